//! A picture in the making: a little of it is drawn in each frame, so that no frame takes long.

use egui::{FontId, Painter};

use super::mesh::MeshCanvas;
use super::picture::Picture;
use crate::scene::{Collider, Ground, Labels, MapScene, Signs, View};
use crate::ui::theme::Theme;
use crate::view::Locale;

/// Work of one frame in corners of triangles; under a millisecond.
const FRAME_WORK: usize = 6_000;
/// What a surface, line or sign comes to in corners, more or less.
const STEP_WORK: usize = 60;
/// Finding a place for a name takes as long as so many corners.
const LABEL_WORK: usize = 160;

/// The next picture and what is still to be drawn of it.
pub struct Draft {
    picture: Picture,
    taken: Collider,
    ground: Ground,
    /// Names that the signs make room for.
    first: Labels,
    signs: Option<Signs>,
    labels: Option<Labels>,
}

impl Draft {
    /// An empty draft of a scene around a view.
    pub fn new(scene: &MapScene, view: &View, theme: &Theme, painter: &Painter) -> Self {
        let picture = Picture::empty(scene, view, theme, painter);
        Self {
            taken: Collider::new(picture.base.size),
            ground: Ground::new(scene, &picture.base),
            first: Labels::first(scene, &picture.base),
            picture,
            signs: None,
            labels: None,
        }
    }

    /// The picture of a view, drawn at once.
    pub fn whole(
        scene: &MapScene,
        view: &View,
        theme: &Theme,
        painter: &Painter,
        locale: &Locale,
    ) -> Picture {
        Self::new(scene, view, theme, painter).finish(theme, painter, locale)
    }

    /// Whether it will be the picture of this view.
    pub fn suits(&self, scene: &MapScene, view: &View, theme: &Theme, ppp: f32) -> bool {
        self.picture.fits(scene, view, theme, ppp) && !self.picture.is_stretched(view)
    }

    /// Draws some more. `share` is how much of what is left must be done in this frame, for a view
    /// that moves fast. Whether it is complete.
    pub fn advance(&mut self, theme: &Theme, painter: &Painter, share: f32) -> bool {
        let steps = self.ground.left() + self.signs.as_ref().map_or(0, Signs::left);
        let names = self.first.left() + self.labels.as_ref().map_or(0, Labels::left);
        let left = (steps * STEP_WORK + names * LABEL_WORK) as f32;
        self.work(theme, painter, FRAME_WORK.max((left * share) as usize))
    }

    /// Draws all the rest.
    pub fn finish(mut self, theme: &Theme, painter: &Painter, locale: &Locale) -> Picture {
        while !self.work(theme, painter, usize::MAX) {}
        self.picture.draw_answer(theme, painter, locale);
        self.picture
    }

    /// Draws up to `most` corners of one stage; whether everything is drawn.
    fn work(&mut self, theme: &Theme, painter: &Painter, most: usize) -> bool {
        let Self { picture, taken, ground, first, signs, labels } = self;
        let ppp = picture.pixels_per_point;
        if ground.left() > 0 {
            let drawn = std::mem::take(&mut picture.ground);
            let end = drawn.vertices.len().saturating_add(most);
            let mut canvas = MeshCanvas::over(drawn, theme, ppp);
            while canvas.vertices() < end && ground.step(&picture.scene, &mut canvas) {}
            picture.ground = canvas.finish();
            return false;
        }
        let mut measure = |text: &str, size: f32| {
            let font = FontId::proportional(size);
            let galley = painter.layout_no_wrap(text.to_owned(), font, theme.text);
            [galley.size().x, galley.size().y]
        };
        if first.left() > 0 {
            for _ in 0..(most / LABEL_WORK).max(1) {
                if !first.step(taken, &mut measure) {
                    break;
                }
            }
            return false;
        }
        let Some(signs) = signs else {
            *signs = Some(Signs::new(&picture.scene, &picture.base, taken));
            return false;
        };
        if signs.left() > 0 {
            let drawn = std::mem::take(&mut picture.signs);
            let end = drawn.vertices.len().saturating_add(most);
            let mut canvas = MeshCanvas::over(drawn, theme, ppp);
            while canvas.vertices() < end
                && let Some(([x, y], half)) = signs.next_place()
            {
                let begin = canvas.corners();
                signs.step(&mut canvas);
                let around = [x - half, y - half, x + half, y + half];
                picture.sign_spans.push((around, begin..canvas.corners()));
            }
            picture.signs = canvas.finish();
            return false;
        }
        let Some(labels) = labels else {
            *labels = Some(Labels::new(&picture.scene, &picture.base, signs.drawn()));
            return false;
        };
        for _ in 0..(most / LABEL_WORK).max(1) {
            if !labels.step(taken, &mut measure) {
                picture.labels = [first.placed(), labels.placed()].concat();
                return true;
            }
        }
        false
    }
}

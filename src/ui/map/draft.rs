//! A picture in the making: a little of it is drawn in each frame, so that no frame takes long.

use egui::Painter;

use super::names::Lettering;
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
        letters: &mut Lettering,
        locale: &Locale,
    ) -> Picture {
        Self::new(scene, view, theme, painter).finish(theme, painter, letters, locale)
    }

    /// Whether it will be the picture of this view.
    pub fn suits(&self, scene: &MapScene, view: &View, theme: &Theme, ppp: f32) -> bool {
        self.picture.fits(scene, view, theme, ppp) && !self.picture.is_stretched(view)
    }

    /// Draws some more. `share` is how much of what is left must be done in this frame, for a view
    /// that moves fast. Whether it is complete.
    pub fn advance(
        &mut self,
        theme: &Theme,
        painter: &Painter,
        letters: &mut Lettering,
        share: f32,
    ) -> bool {
        let steps = self.ground.left() + self.signs.as_ref().map_or(0, Signs::left);
        let names = self.first.left() + self.labels.as_ref().map_or(0, Labels::left);
        let left = (steps * STEP_WORK + names * LABEL_WORK) as f32;
        self.work(theme, painter, letters, FRAME_WORK.max((left * share) as usize))
    }

    /// Draws all the rest.
    pub fn finish(
        mut self,
        theme: &Theme,
        painter: &Painter,
        letters: &mut Lettering,
        locale: &Locale,
    ) -> Picture {
        while !self.work(theme, painter, letters, usize::MAX) {}
        letters.turn();
        self.picture.draw_answer(theme, painter, locale);
        self.picture
    }

    /// Draws up to `most` corners of one stage; whether everything is drawn.
    fn work(
        &mut self,
        theme: &Theme,
        painter: &Painter,
        letters: &mut Lettering,
        most: usize,
    ) -> bool {
        let Self { picture, taken, ground, first, signs, labels } = self;
        let ppp = picture.pixels_per_point;
        if ground.left() > 0 {
            let scene = &picture.scene;
            picture.ground.draw(theme, ppp, most, false, |canvas| ground.step(scene, canvas));
            return false;
        }
        let mut some = |labels: &mut Labels| {
            let begun = labels.placed().len();
            let mut measure = |text: &str, size: f32| {
                let size = letters.galley(painter, theme, text, size).size();
                [size.x, size.y]
            };
            let open = (0..(most / LABEL_WORK).max(1)).all(|_| labels.step(taken, &mut measure));
            picture.names.add(&labels.placed()[begun..], theme, painter, letters);
            open
        };
        if first.left() > 0 {
            some(first);
            return false;
        }
        let Some(signs) = signs else {
            *signs = Some(Signs::new(&picture.scene, &picture.base, taken));
            return false;
        };
        if signs.left() > 0 {
            picture.signs.draw(theme, ppp, most, true, |canvas| signs.step(canvas));
            return false;
        }
        let Some(labels) = labels else {
            *labels = Some(Labels::new(&picture.scene, &picture.base, signs.drawn()));
            return false;
        };
        !some(labels)
    }
}

//! The drawn map, kept between frames: a little more than the window shows, so that panning only
//! moves it.

use std::sync::Arc;

use egui::epaint::{Mesh, TextShape};
use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Vec2, pos2};

use super::answer::{paint_answer, paint_marks};
use super::closed::paint_windows;
use super::names::{HALO, Names, layout};
use super::sheet::{Movement, Sheet};
use crate::scene::{MapScene, Marks, NUMBER_RISE, Token, View};
use crate::ui::theme::{Theme, ThemeMode};
use crate::view::Locale;

/// How far the picture reaches beyond the window on each side, as a share of the window.
const BEYOND: f32 = 0.25;
/// When less than this share of the window is left, the next picture is begun.
const EDGE: f32 = 0.18;
/// A picture may be stretched by this many zoom steps while the view is zooming.
const STRETCH: f64 = 0.4;

/// A clip that differs by less than a pixel begins a mesh of its own.
const APART: Vec2 = Vec2::splat(0.01);

/// What one scene looks like around one view.
pub struct Picture {
    pub(super) base: View,
    pub(super) scene: MapScene,
    mode: ThemeMode,
    pub(super) pixels_per_point: f32,
    pub(super) ground: Sheet,
    pub(super) signs: Sheet,
    answer: Sheet,
    marks: Sheet,
    placed: Marks,
    pub(super) names: Names,
    /// How the last frame showed it.
    moved: Option<(Movement, Rect, bool)>,
}

/// What is left of an answer's colours while the next one is being drawn.
const FAINT: f32 = 0.3;

impl Picture {
    /// An empty picture around a view.
    pub(super) fn empty(scene: &MapScene, view: &View, theme: &Theme, painter: &Painter) -> Self {
        let base =
            View { size: view.size.map(|side| (side * (1.0 + 2.0 * BEYOND)).round()), ..*view };
        Self {
            base,
            scene: scene.clone(),
            mode: theme.mode,
            pixels_per_point: painter.pixels_per_point(),
            ground: Sheet::default(),
            signs: Sheet::default(),
            answer: Sheet::default(),
            marks: Sheet::default(),
            placed: Marks::default(),
            names: Names::default(),
            moved: None,
        }
    }

    /// Draws the answer and its marks.
    pub(super) fn draw_answer(&mut self, theme: &Theme, painter: &Painter, locale: &Locale) {
        let Self { base, scene, pixels_per_point: ppp, .. } = &*self;
        let answer = Sheet::of(theme, *ppp, |canvas| paint_answer(scene, base, canvas));
        let mut measure = |text: &str, size: f32| {
            let size = layout(painter, theme, text, size).size();
            [size.x, size.y]
        };
        let count = |n: u64| locale.count(n);
        let placed = Marks::new(scene.overlay(), base, &count, &mut measure);
        let marks = Sheet::of(theme, *ppp, |canvas| paint_marks(scene, base, &placed, canvas));
        let boxes: Vec<Rect> = placed.covered.iter().map(rect_of).collect();
        let written: Vec<Rect> = placed.written.iter().map(rect_of).collect();
        (self.answer, self.marks, self.placed) = (answer, marks, placed);
        self.signs.hide(&boxes);
        self.names.hide(&written);
        self.moved = None;
    }

    /// Whether the ground, signs and names can be shown in this view by moving and stretching them.
    pub fn fits(&self, scene: &MapScene, view: &View, theme: &Theme, ppp: f32) -> bool {
        self.mode == theme.mode
            && self.pixels_per_point == ppp
            && self.scene.same_base(scene)
            && (view.zoom - self.base.zoom).abs() < STRETCH
            && self.room(view) >= -0.5
    }

    /// Whether a view that goes on moving will soon leave the picture.
    pub fn ends_soon(&self, view: &View) -> bool {
        self.room(view) < EDGE * view.size[0].min(view.size[1])
    }

    /// Pixels between the view's edge and the picture's, where that is least.
    pub fn room(&self, view: &View) -> f32 {
        let (k, shift) = self.movement(view);
        let side = |axis: usize| {
            let low = shift[axis];
            let high = low + self.base.size[axis] * k;
            (-low).min(high - view.size[axis])
        };
        side(0).min(side(1))
    }

    /// Whether it is shown larger or smaller than it was drawn.
    pub fn is_stretched(&self, view: &View) -> bool {
        (view.zoom - self.base.zoom).abs() >= 1e-9
    }

    /// Draws the answer anew if it is another one.
    pub fn renew_answer(
        &mut self,
        scene: &MapScene,
        theme: &Theme,
        painter: &Painter,
        locale: &Locale,
    ) {
        if !self.scene.same_overlay(scene) {
            self.scene = scene.clone();
            self.draw_answer(theme, painter, locale);
        }
    }

    /// Scale and shift from the picture's pixels to those of a view.
    fn movement(&self, view: &View) -> (f32, Vec2) {
        let k = (view.zoom - self.base.zoom).exp2();
        let w = view.pixels_per_world();
        let half = |size: f32| f64::from(size) / 2.0;
        let x = (self.base.centre.x - view.centre.x) * w + half(view.size[0])
            - half(self.base.size[0]) * k;
        let y = (self.base.centre.y - view.centre.y) * w + half(view.size[1])
            - half(self.base.size[1]) * k;
        (k as f32, Vec2::new(x as f32, y as f32))
    }

    /// Paints the picture into a rectangle of the window, as this view shows it. With `faint` the
    /// answer steps back behind the next one, which is being drawn.
    pub fn paint(
        &mut self,
        painter: &Painter,
        rect: Rect,
        view: &View,
        theme: &Theme,
        faint: bool,
        shown: &mut Arc<Mesh>,
    ) {
        let (k, shift) = self.movement(view);
        // Whole pixels, so that a resting map is as crisp as it was drawn.
        let snap = |v: f32| (v * self.pixels_per_point).round() / self.pixels_per_point;
        let shift = rect.min.to_vec2() + Vec2::new(snap(shift.x), snap(shift.y));
        let moved = (Movement { scale: k, shift }, rect, faint);
        if self.moved != Some(moved) {
            self.moved = Some(moved);
            self.fill(shown, moved);
        }
        painter.add(Shape::Mesh(shown.clone()));
        // A clip of their own keeps the words out of the large mesh, which would be copied to make
        // room for them.
        let painter = painter.with_clip_rect(Rect { max: rect.max - APART, ..rect });
        let painter = &painter;
        self.names.paint(painter, theme, moved.0);
        if !self.marks.is_empty() {
            let mut marks = Mesh::default();
            self.marks.put(&mut marks, moved.0, rect, paled(faint));
            painter.add(marks);
        }
        if !faint {
            self.paint_answer_words(painter, view, rect, theme);
        }
    }

    /// Makes the mesh that one frame shows below the names. The memory of the last one is used again,
    /// as nobody else looks at it any more.
    fn fill(&self, shown: &mut Arc<Mesh>, (movement, rect, faint): (Movement, Rect, bool)) {
        let mut own = std::mem::take(shown);
        if Arc::get_mut(&mut own).is_none() {
            own = Arc::default();
        }
        if let Some(mesh) = Arc::get_mut(&mut own) {
            // `Mesh::clear` would give the memory back.
            mesh.vertices.clear();
            mesh.indices.clear();
            self.ground.put(mesh, movement, rect, |color| color);
            self.answer.put(mesh, movement, rect, paled(faint));
            self.signs.put(mesh, movement, rect, |color| color);
        }
        *shown = own;
    }

    /// Numbers and words of the answer; few, and always on top.
    fn paint_answer_words(&self, painter: &Painter, view: &View, rect: Rect, theme: &Theme) {
        let place = |at| {
            let [x, y] = view.screen_from_lonlat(at);
            rect.min + Vec2::new(x, y)
        };
        paint_windows(&self.scene, view, rect, painter, theme);
        let overlay = self.scene.overlay();
        for reach in overlay.reaches.iter().rev() {
            let font = FontId::proportional(12.5);
            let color = theme.map(Token::OnAction);
            let at = place(reach.to) - Vec2::new(0.0, NUMBER_RISE);
            painter.text(at, Align2::CENTER_CENTER, reach.number.to_string(), font, color);
        }
        for word in &self.placed.words {
            let at = place(word.at) + Vec2::from(word.offset);
            // A word is rarely wider than this.
            if rect.expand(160.0).contains(at) {
                let (text, size) = (&word.text, word.size);
                paint_text(painter, theme, text, at, Align2::LEFT_TOP, 0.0, size, Token::Label);
            }
        }
    }
}

fn rect_of(b: &[f32; 4]) -> Rect {
    Rect::from_min_max(pos2(b[0], b[1]), pos2(b[2], b[3]))
}

/// Colours as they are, or stepping back.
fn paled(faint: bool) -> impl Fn(Color32) -> Color32 {
    move |color| if faint { color.gamma_multiply(FAINT) } else { color }
}

/// Text with an edge that sets it off from the map.
#[expect(clippy::too_many_arguments, reason = "what, where and how; a struct would be named once")]
pub fn paint_text(
    painter: &Painter,
    theme: &Theme,
    text: &str,
    at: Pos2,
    anchor: Align2,
    angle: f32,
    size: f32,
    color: Token,
) {
    let galley = layout(painter, theme, text, size);
    let corner = anchor.anchor_size(at, galley.size()).min;
    let ppp = painter.pixels_per_point();
    // Level text is crisp only on whole pixels.
    let corner = if angle == 0.0 {
        pos2((corner.x * ppp).round() / ppp, (corner.y * ppp).round() / ppp)
    } else {
        corner
    };
    let put = |offset: Vec2, color| {
        let shape = TextShape::new(corner + offset, galley.clone(), color)
            .with_override_text_color(color)
            .with_angle_and_anchor(angle, Align2::CENTER_CENTER);
        painter.add(shape);
    };
    let halo = theme.map(Token::Halo);
    for (x, y) in HALO {
        put(Vec2::new(x, y), halo);
    }
    put(Vec2::ZERO, theme.map(color));
}

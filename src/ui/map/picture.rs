//! The drawn map, kept between frames: a little more than the window shows, so that panning only
//! moves it.

use std::sync::Arc;

use egui::epaint::{Mesh, TextShape};
use egui::{Align2, FontId, Painter, Pos2, Rect, Shape, Vec2, pos2};

use super::answer::{mark_boxes, paint_answer, paint_marks};
use super::mesh::MeshCanvas;
use crate::scene::{MapScene, PlacedLabel, Token, View};
use crate::ui::theme::{Theme, ThemeMode};

/// How far the picture reaches beyond the window on each side, as a share of the window.
const BEYOND: f32 = 0.25;
/// When less than this share of the window is left, the next picture is begun.
const EDGE: f32 = 0.15;
/// A picture may be stretched by this many zoom steps while the view is zooming.
const STRETCH: f64 = 0.4;

/// What one scene looks like around one view.
pub struct Picture {
    pub(super) base: View,
    pub(super) scene: MapScene,
    mode: ThemeMode,
    pub(super) pixels_per_point: f32,
    pub(super) ground: Mesh,
    pub(super) signs: Mesh,
    answer: Mesh,
    marks: Mesh,
    pub(super) labels: Vec<PlacedLabel>,
    /// Names the answer's marks would cover.
    covered: Vec<bool>,
    /// The meshes in their place of the last frame.
    moved: Option<(f32, Vec2, [Arc<Mesh>; 4])>,
}

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
            ground: Mesh::default(),
            signs: Mesh::default(),
            answer: Mesh::default(),
            marks: Mesh::default(),
            labels: Vec::new(),
            covered: Vec::new(),
            moved: None,
        }
    }

    /// Draws the answer and its marks.
    pub(super) fn draw_answer(&mut self, theme: &Theme) {
        let mut canvas = MeshCanvas::new(theme, self.pixels_per_point);
        paint_answer(&self.scene, &self.base, &mut canvas);
        self.answer = canvas.finish();
        let mut canvas = MeshCanvas::new(theme, self.pixels_per_point);
        paint_marks(&self.scene, &self.base, &mut canvas);
        self.marks = canvas.finish();
        let marks = mark_boxes(&self.scene, &self.base);
        let covers = |label: &PlacedLabel| {
            // Names of few letters are as wide as high, long ones wider; half of that is enough.
            let half = label.text.chars().count() as f32 * label.size / 2.0;
            let name = Rect::from_center_size(
                pos2(label.at[0], label.at[1]),
                Vec2::new(2.0 * half * label.angle.cos().abs().max(0.4), label.size * 1.2),
            );
            marks.iter().any(|mark| mark.intersects(name))
        };
        self.covered = self.labels.iter().map(covers).collect();
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
    pub fn renew_answer(&mut self, scene: &MapScene, theme: &Theme) {
        if !self.scene.same_overlay(scene) {
            self.scene = scene.clone();
            self.draw_answer(theme);
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

    /// Paints the picture into a rectangle of the window, as this view shows it.
    pub fn paint(&mut self, painter: &Painter, rect: Rect, view: &View, theme: &Theme) {
        let (k, shift) = self.movement(view);
        // Whole pixels, so that a resting map is as crisp as it was drawn.
        let snap = |v: f32| (v * self.pixels_per_point).round() / self.pixels_per_point;
        let shift = rect.min.to_vec2() + Vec2::new(snap(shift.x), snap(shift.y));
        let meshes = match &self.moved {
            Some((scale, offset, meshes)) if *scale == k && *offset == shift => meshes.clone(),
            _ => {
                let place = |mesh: &Mesh| Arc::new(moved(mesh, k, shift));
                let meshes = [&self.ground, &self.answer, &self.signs, &self.marks].map(place);
                self.moved = Some((k, shift, meshes.clone()));
                meshes
            }
        };
        let [ground, answer, signs, marks] = meshes;
        painter.add(Shape::Mesh(ground));
        painter.add(Shape::Mesh(answer));
        painter.add(Shape::Mesh(signs));
        for (label, covered) in self.labels.iter().zip(&self.covered) {
            if *covered {
                continue;
            }
            let at = pos2(label.at[0] * k, label.at[1] * k) + shift;
            // A name is rarely wider than this; what is out of sight is not laid out.
            if rect.expand(120.0).contains(at) {
                paint_text(
                    painter,
                    theme,
                    &label.text,
                    at,
                    Align2::CENTER_CENTER,
                    label.angle,
                    label.size,
                    label.color,
                );
            }
        }
        painter.add(Shape::Mesh(marks));
        self.paint_answer_words(painter, view, rect, theme);
    }

    /// Numbers and words of the answer; few, and always on top.
    fn paint_answer_words(&self, painter: &Painter, view: &View, rect: Rect, theme: &Theme) {
        let place = |at| {
            let [x, y] = view.screen_from_lonlat(at);
            rect.min + Vec2::new(x, y)
        };
        let overlay = self.scene.overlay();
        for reach in overlay.reaches.iter().rev() {
            let font = FontId::proportional(12.5);
            let color = theme.map(Token::OnAction);
            let at = place(reach.to) - Vec2::new(0.0, super::answer::NUMBER_RISE);
            painter.text(at, Align2::CENTER_CENTER, reach.number.to_string(), font, color);
        }
        for mark in &overlay.unassigned {
            let at = place(mark.at) + Vec2::new(12.0, 0.0);
            let text = mark.people.to_string();
            paint_text(painter, theme, &text, at, Align2::LEFT_CENTER, 0.0, 12.5, Token::Label);
        }
        for pin in overlay.pins.iter().filter(|pin| !pin.label.is_empty()) {
            let at = place(pin.at) + Vec2::new(0.0, 5.0);
            paint_text(painter, theme, &pin.label, at, Align2::CENTER_TOP, 0.0, 13.0, Token::Label);
        }
    }
}

fn moved(mesh: &Mesh, k: f32, shift: Vec2) -> Mesh {
    let mut out = mesh.clone();
    if k == 1.0 {
        out.vertices.iter_mut().for_each(|v| v.pos += shift);
    } else {
        out.vertices.iter_mut().for_each(|v| v.pos = (v.pos.to_vec2() * k + shift).to_pos2());
    }
    out
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
    let galley = painter.layout_no_wrap(text.to_owned(), FontId::proportional(size), theme.text);
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
    for (x, y) in [(-1.0, -0.9), (1.0, -0.9), (-1.0, 0.9), (1.0, 0.9)] {
        put(Vec2::new(x, y), halo);
    }
    put(Vec2::ZERO, theme.map(color));
}

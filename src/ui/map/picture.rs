//! The drawn map, kept between frames: a little more than the window shows, so that panning only
//! moves it.

use std::ops::Range;
use std::sync::Arc;

use egui::epaint::{Mesh, TextShape, Vertex};
use egui::{Align2, FontId, Painter, Pos2, Rect, Shape, Vec2, pos2};

use super::answer::{paint_answer, paint_marks};
use super::closed::paint_windows;
use super::mesh::MeshCanvas;
use crate::scene::{MapScene, Marks, NUMBER_RISE, PlacedLabel, Token, View};
use crate::ui::theme::{Theme, ThemeMode};
use crate::view::Locale;

/// How far the picture reaches beyond the window on each side, as a share of the window.
const BEYOND: f32 = 0.18;
/// When less than this share of the window is left, the next picture is begun.
const EDGE: f32 = 0.12;
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
    /// Which corners of triangles in `signs` belong to which box.
    pub(super) sign_spans: Vec<([f32; 4], Range<usize>)>,
    /// The signs that the answer's marks leave.
    signs_left: Mesh,
    answer: Mesh,
    marks: Mesh,
    placed: Marks,
    pub(super) labels: Vec<PlacedLabel>,
    /// Names the answer's marks would cover.
    covered: Vec<bool>,
    /// The meshes in their place of the last frame.
    moved: Option<(Movement, [Arc<Mesh>; 4])>,
}

/// How a picture is brought into a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Movement {
    scale: f32,
    shift: Vec2,
    /// The answer steps back.
    faint: bool,
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
            ground: Mesh::default(),
            signs: Mesh::default(),
            sign_spans: Vec::new(),
            signs_left: Mesh::default(),
            answer: Mesh::default(),
            marks: Mesh::default(),
            placed: Marks::default(),
            labels: Vec::new(),
            covered: Vec::new(),
            moved: None,
        }
    }

    /// Draws the answer and its marks.
    pub(super) fn draw_answer(&mut self, theme: &Theme, painter: &Painter, locale: &Locale) {
        let mut canvas = MeshCanvas::new(theme, self.pixels_per_point);
        paint_answer(&self.scene, &self.base, &mut canvas);
        self.answer = canvas.finish();
        let mut measure = |text: &str, size: f32| {
            let font = FontId::proportional(size);
            let galley = painter.layout_no_wrap(text.to_owned(), font, theme.text);
            [galley.size().x, galley.size().y]
        };
        let count = |n: u64| locale.count(n);
        self.placed = Marks::new(self.scene.overlay(), &self.base, &count, &mut measure);
        let mut canvas = MeshCanvas::new(theme, self.pixels_per_point);
        paint_marks(&self.scene, &self.base, &self.placed, &mut canvas);
        self.marks = canvas.finish();
        self.signs_left = self.signs_beside(&self.placed.covered);
        let marks: Vec<Rect> = self.placed.written.iter().map(rect_of).collect();
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

    /// The signs without those that meet one of the boxes.
    fn signs_beside(&self, boxes: &[[f32; 4]]) -> Mesh {
        if boxes.is_empty() {
            return self.signs.clone();
        }
        let boxes: Vec<Rect> = boxes.iter().map(rect_of).collect();
        let mut left = self.signs.clone();
        left.indices.clear();
        for (around, span) in &self.sign_spans {
            let around = rect_of(around);
            if !boxes.iter().any(|mark| mark.intersects(around)) {
                left.indices.extend(self.signs.indices.get(span.clone()).unwrap_or_default());
            }
        }
        left
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
    ) {
        let (k, shift) = self.movement(view);
        // Whole pixels, so that a resting map is as crisp as it was drawn.
        let snap = |v: f32| (v * self.pixels_per_point).round() / self.pixels_per_point;
        let shift = rect.min.to_vec2() + Vec2::new(snap(shift.x), snap(shift.y));
        let movement = Movement { scale: k, shift, faint };
        let meshes = match self.moved.take() {
            Some((before, meshes)) if before == movement => meshes,
            before => {
                let kept = before.map(|(_, meshes)| meshes.map(Some)).unwrap_or_default();
                let mut kept = kept.into_iter().flatten();
                [
                    (&self.ground, false),
                    (&self.answer, faint),
                    (&self.signs_left, false),
                    (&self.marks, faint),
                ]
                .map(|(mesh, faint)| moved(mesh, kept.next(), k, shift, faint))
            }
        };
        self.moved = Some((movement, meshes.clone()));
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
        if !faint {
            self.paint_answer_words(painter, view, rect, theme);
        }
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

/// A mesh in its place. What the last frame showed is moved on where it lies, as nobody else looks at it
/// any more: a hundred thousand corners are not copied sixty times a second.
fn moved(mesh: &Mesh, kept: Option<Arc<Mesh>>, scale: f32, shift: Vec2, faint: bool) -> Arc<Mesh> {
    let mut out = kept.filter(|kept| kept.vertices.len() == mesh.vertices.len());
    let own = out.as_mut().and_then(Arc::get_mut);
    let place = |vertex: &Vertex| Vertex {
        pos: (vertex.pos.to_vec2() * scale + shift).to_pos2(),
        uv: vertex.uv,
        color: if faint { vertex.color.gamma_multiply(FAINT) } else { vertex.color },
    };
    match own {
        Some(own) => {
            for (to, from) in own.vertices.iter_mut().zip(&mesh.vertices) {
                *to = place(from);
            }
            out.unwrap_or_default()
        }
        None => Arc::new(Mesh {
            indices: mesh.indices.clone(),
            vertices: mesh.vertices.iter().map(place).collect(),
            texture_id: mesh.texture_id,
        }),
    }
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

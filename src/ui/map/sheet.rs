//! Triangles that lie in known places, so that a frame takes only those in sight.

use std::ops::Range;

use egui::epaint::{Mesh, Vertex};
use egui::{Rect, Vec2};

use super::mesh::MeshCanvas;
use crate::ui::theme::Theme;

/// Neighbours share a span up to so many corners: each span costs a look per frame.
const SPAN_CORNERS: usize = 384;
/// A span wider than this, in pixels, takes no neighbours: it is in sight too often already.
const SPAN_SIDE: f32 = 512.0;

/// How a sheet is brought into a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Movement {
    /// How many times as large.
    pub scale: f32,
    /// Pixels to the right and down, after the scale.
    pub shift: Vec2,
}

/// A mesh in spans of neighbouring triangles.
#[derive(Default)]
pub struct Sheet {
    mesh: Mesh,
    spans: Vec<Span>,
    /// Spans that are not shown.
    hidden: Vec<bool>,
}

struct Span {
    bounds: Rect,
    vertices: Range<usize>,
    indices: Range<usize>,
}

impl Sheet {
    /// A sheet with one drawing, always shown whole.
    pub fn of(
        theme: &Theme,
        pixels_per_point: f32,
        draw: impl FnOnce(&mut MeshCanvas<'_>),
    ) -> Self {
        let mut canvas = MeshCanvas::new(theme, pixels_per_point);
        draw(&mut canvas);
        let mesh = canvas.finish();
        let (vertices, indices) = (0..mesh.vertices.len(), 0..mesh.indices.len());
        let spans = vec![Span { bounds: Rect::EVERYTHING, vertices, indices }];
        Self { mesh, spans, hidden: Vec::new() }
    }

    /// Whether nothing is drawn on it.
    pub fn is_empty(&self) -> bool {
        self.mesh.indices.is_empty()
    }

    /// Draws some more on it. `one` draws the next thing and says whether there was one; what it draws
    /// refers to no corner drawn before. At most so many corners are begun. With `apart` each thing
    /// has a span of its own, in the order of drawing.
    pub fn draw(
        &mut self,
        theme: &Theme,
        pixels_per_point: f32,
        most: usize,
        apart: bool,
        mut one: impl FnMut(&mut MeshCanvas<'_>) -> bool,
    ) {
        let drawn = std::mem::take(&mut self.mesh);
        let end = drawn.vertices.len().saturating_add(most);
        let mut canvas = MeshCanvas::over(drawn, theme, pixels_per_point);
        let mut ends = Vec::new();
        while canvas.vertices() < end && one(&mut canvas) {
            ends.push((canvas.vertices(), canvas.corners()));
        }
        self.mesh = canvas.finish();
        for (vertices, indices) in ends {
            self.span(vertices, indices, apart);
        }
    }

    /// What was drawn since the last span, up to these corners, is a span or joins the last one.
    fn span(&mut self, vertices: usize, indices: usize, apart: bool) {
        let begun = self.spans.last().map_or((0, 0), |last| (last.vertices.end, last.indices.end));
        let mut bounds = Rect::NOTHING;
        for vertex in &self.mesh.vertices[begun.0..vertices] {
            bounds.extend_with(vertex.pos);
        }
        if let Some(last) = self.spans.last_mut().filter(|_| !apart) {
            let both = last.bounds.union(bounds);
            if vertices - last.vertices.start <= SPAN_CORNERS && both.size().max_elem() <= SPAN_SIDE
            {
                last.bounds = both;
                last.vertices.end = vertices;
                last.indices.end = indices;
                return;
            }
        }
        self.spans.push(Span { bounds, vertices: begun.0..vertices, indices: begun.1..indices });
    }

    /// Shows all spans but those that meet one of the boxes.
    pub fn hide(&mut self, boxes: &[Rect]) {
        let met = |span: &Span| boxes.iter().any(|b| b.intersects(span.bounds));
        self.hidden = self.spans.iter().map(met).collect();
    }

    /// Adds what a window shows of it to a mesh.
    pub fn put(
        &self,
        out: &mut Mesh,
        movement: Movement,
        window: Rect,
        color: impl Fn(egui::Color32) -> egui::Color32,
    ) {
        let Movement { scale, shift } = movement;
        // The window as the sheet has it.
        let seen = (window.translate(-shift) / scale).expand(1.0);
        let mut hidden = self.hidden.iter();
        for span in &self.spans {
            if hidden.next().is_some_and(|hidden| *hidden) || !span.bounds.intersects(seen) {
                continue;
            }
            let moved = |vertex: &Vertex| Vertex {
                pos: (vertex.pos.to_vec2() * scale + shift).to_pos2(),
                uv: vertex.uv,
                color: color(vertex.color),
            };
            // Wraps where the corners come to stand further ahead than before.
            let ahead = (out.vertices.len() as u32).wrapping_sub(span.vertices.start as u32);
            out.vertices.extend(self.mesh.vertices[span.vertices.clone()].iter().map(moved));
            let indices = &self.mesh.indices[span.indices.clone()];
            out.indices.extend(indices.iter().map(|index| index.wrapping_add(ahead)));
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::{Color32, pos2, vec2};

    use super::*;
    use crate::ui::theme::ThemeMode;

    /// A sheet with squares of four pixels at these places.
    fn squares(at: &[[f32; 2]], apart: bool) -> Sheet {
        let theme = Theme::of(ThemeMode::Day);
        let mut sheet = Sheet::default();
        let mut next = at.iter();
        // In two goes, as a map is drawn over several frames.
        for most in [1, usize::MAX] {
            sheet.draw(&theme, 1.0, most, apart, |canvas| {
                let Some([x, y]) = next.next() else { return false };
                let corners = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)];
                let corners = corners.map(|(dx, dy)| pos2(x + dx, y + dy)).to_vec();
                canvas.convex(corners, Color32::RED);
                true
            });
        }
        sheet
    }

    fn shown(sheet: &Sheet, movement: Movement, window: Rect) -> Mesh {
        let mut out = Mesh::default();
        out.add_colored_rect(Rect::EVERYTHING.intersect(window), Color32::BLACK);
        sheet.put(&mut out, movement, window, |color| color);
        assert!(out.is_valid());
        out
    }

    const WINDOW: Rect = Rect { min: pos2(0.0, 0.0), max: pos2(100.0, 100.0) };
    const STILL: Movement = Movement { scale: 1.0, shift: Vec2::ZERO };

    #[test]
    fn what_is_out_of_sight_is_left_out_and_the_rest_keeps_its_shape() {
        let sheet = squares(&[[10.0, 10.0], [2000.0, 10.0], [50.0, 60.0]], false);
        let all = shown(&sheet, STILL, Rect::from_min_size(WINDOW.min, vec2(5000.0, 5000.0)));
        let here = shown(&sheet, STILL, WINDOW);
        let one = (all.vertices.len() - 4) / 3;
        assert_eq!(here.vertices.len(), 4 + 2 * one);
        // Each triangle of what is left is one of the whole.
        let triangles = |mesh: &Mesh| -> Vec<Vec<[u32; 2]>> {
            let place = |i: &u32| {
                let at = mesh.vertices[*i as usize].pos;
                [at.x.to_bits(), at.y.to_bits()]
            };
            mesh.indices[6..].chunks(3).map(|t| t.iter().map(place).collect()).collect()
        };
        let (all, here) = (triangles(&all), triangles(&here));
        assert_eq!(here.len() * 3, all.len() * 2);
        assert!(here.iter().all(|t| all.contains(t)));
    }

    #[test]
    fn a_moved_sheet_shows_what_the_move_brings_into_sight() {
        let sheet = squares(&[[10.0, 10.0], [2000.0, 10.0]], false);
        let movement = Movement { scale: 2.0, shift: vec2(-3990.0, 0.0) };
        let mesh = shown(&sheet, movement, WINDOW);
        let places = mesh.vertices[4..].iter().map(|v| v.pos);
        let bounds = places.fold(Rect::NOTHING, |b, at| b.union(Rect::from_pos(at)));
        assert!(!mesh.vertices[4..].is_empty());
        assert!((bounds.center() - pos2(14.0, 24.0)).length() < 0.01, "{bounds:?}");
    }

    #[test]
    fn a_box_hides_only_what_it_meets() {
        let mut sheet = squares(&[[10.0, 10.0], [16.0, 10.0]], true);
        let both = shown(&sheet, STILL, WINDOW).vertices.len() - 4;
        sheet.hide(&[Rect::from_min_max(pos2(17.5, 10.0), pos2(30.0, 30.0))]);
        let left = shown(&sheet, STILL, WINDOW);
        assert_eq!((left.vertices.len() - 4) * 2, both);
        assert!(left.vertices[4..].iter().all(|v| v.pos.x < 16.0));
        sheet.hide(&[]);
        assert_eq!(shown(&sheet, STILL, WINDOW).vertices.len() - 4, both);
    }
}

//! A canvas that turns what a scene draws into triangles for the graphics card.

use egui::epaint::{
    CircleShape, Mesh, PathShape, PathStroke, RectShape, TessellationOptions, Tessellator,
};
use egui::{Color32, Pos2, Rect, Shape, Vec2, pos2};

use crate::scene::glyph::{Glyph, Mark, Plate};
use crate::scene::{Canvas, Look, Stroke, Token};
use crate::ui::theme::Theme;

/// Collects one mesh.
pub struct MeshCanvas<'a> {
    theme: &'a Theme,
    tessellator: Tessellator,
    mesh: Mesh,
    /// Everything drawn from now on becomes fainter by this.
    pub opacity: f32,
    /// Lines get this colour instead of their own.
    pub ink: Option<Color32>,
}

impl<'a> MeshCanvas<'a> {
    /// An empty canvas.
    pub fn new(theme: &'a Theme, pixels_per_point: f32) -> Self {
        let options = TessellationOptions {
            // The mesh is moved afterwards, so nothing may be dropped or snapped to pixels, and
            // it must not refer to the font texture, which can be made anew.
            coarse_tessellation_culling: false,
            round_line_segments_to_pixels: false,
            round_rects_to_pixels: false,
            prerasterized_discs: false,
            ..TessellationOptions::default()
        };
        let tessellator = Tessellator::new(pixels_per_point, options, [1, 1], Vec::new());
        Self { theme, tessellator, mesh: Mesh::default(), opacity: 1.0, ink: None }
    }

    /// A canvas on which something is drawn already.
    pub fn over(mesh: Mesh, theme: &'a Theme, pixels_per_point: f32) -> Self {
        Self { mesh, ..Self::new(theme, pixels_per_point) }
    }

    /// How many corners of triangles have been drawn.
    pub fn vertices(&self) -> usize {
        self.mesh.vertices.len()
    }

    /// How many corners the triangles have together, counting a shared corner for each.
    pub fn corners(&self) -> usize {
        self.mesh.indices.len()
    }

    /// What was drawn.
    pub fn finish(self) -> Mesh {
        self.mesh
    }

    /// A colour of the theme at the present opacity.
    pub fn color(&self, token: Token) -> Color32 {
        let color = self.theme.map(token);
        if self.opacity < 1.0 { color.gamma_multiply(self.opacity) } else { color }
    }

    /// A line.
    pub fn path(&mut self, points: Vec<Pos2>, closed: bool, width: f32, color: Color32) {
        if points.len() < 2 || width <= 0.0 {
            return;
        }
        let stroke = PathStroke::new(width, color);
        let path = PathShape { points, closed, fill: Color32::TRANSPARENT, stroke };
        self.tessellator.tessellate_path(&path, &mut self.mesh);
    }

    /// A filled convex shape.
    pub fn convex(&mut self, points: Vec<Pos2>, color: Color32) {
        let path = PathShape::convex_polygon(points, color, PathStroke::NONE);
        self.tessellator.tessellate_path(&path, &mut self.mesh);
    }

    /// A filled circle.
    pub fn disc(&mut self, at: Pos2, radius: f32, color: Color32) {
        self.tessellator.tessellate_circle(CircleShape::filled(at, radius, color), &mut self.mesh);
    }

    /// A circle.
    pub fn ring(&mut self, at: Pos2, radius: f32, width: f32, color: Color32) {
        let circle = CircleShape::stroke(at, radius, egui::Stroke::new(width, color));
        self.tessellator.tessellate_circle(circle, &mut self.mesh);
    }

    fn plate(&mut self, plate: Plate, at: Pos2, size: f32, color: Color32) {
        match plate {
            Plate::None => {}
            Plate::Square => {
                let rect = Rect::from_center_size(at, Vec2::splat(size * 1.84));
                let shape = RectShape::filled(rect, size * 0.36, color);
                self.tessellator.tessellate_rect(&shape, &mut self.mesh);
            }
            Plate::Circle => self.disc(at, size, color),
            Plate::Disc => self.disc(at, size * 0.94, color),
            Plate::Diamond => {
                let s = size * 1.22;
                let corner = |x: f32, y: f32| at + Vec2::new(x * s, y * s);
                self.convex(
                    vec![corner(0.0, -1.0), corner(1.0, 0.0), corner(0.0, 1.0), corner(-1.0, 0.0)],
                    color,
                );
            }
        }
    }

    fn marks(&mut self, glyph: Glyph, at: Pos2, size: f32, color: Color32) {
        let weight = (size * 0.19).clamp(1.15, 2.2);
        let place = |c: &[f32; 2]| at + Vec2::new(c[0] * size, c[1] * size);
        for mark in glyph.marks() {
            match mark {
                Mark::Line(line) => {
                    self.path(line.iter().map(place).collect(), false, weight, color);
                }
                Mark::Ring(ring) => {
                    self.path(ring.iter().map(place).collect(), true, weight, color);
                }
                Mark::Circle(c, r) => self.ring(place(c), r * size, weight, color),
                Mark::Dot(c, r) => self.disc(place(c), r * size, color),
            }
        }
    }
}

impl Canvas for MeshCanvas<'_> {
    fn fill(&mut self, corners: &[[f32; 2]], triangles: &[[u32; 3]], color: Token) {
        let color = self.color(color);
        let Ok(first) = u32::try_from(self.mesh.vertices.len()) else { return };
        for corner in corners {
            self.mesh.colored_vertex(pos2(corner[0], corner[1]), color);
        }
        for [a, b, c] in triangles {
            self.mesh.add_triangle(first + a, first + b, first + c);
        }
    }

    fn stroke(&mut self, line: &[[f32; 2]], closed: bool, stroke: Stroke<'_>) {
        let color = self.ink.unwrap_or_else(|| self.color(stroke.color));
        let mut points: Vec<Pos2> = line.iter().map(|c| pos2(c[0], c[1])).collect();
        if stroke.dash.len() >= 2 {
            if let (true, Some(first)) = (closed, points.first().copied()) {
                points.push(first);
            }
            let on: Vec<f32> = stroke.dash.iter().step_by(2).copied().collect();
            let off: Vec<f32> = stroke.dash.iter().skip(1).step_by(2).copied().collect();
            let pen = egui::Stroke::new(stroke.width, color);
            for dash in Shape::dashed_line_with_offset(&points, pen, &on, &off, 0.0) {
                self.tessellator.tessellate_shape(dash, &mut self.mesh);
            }
            return;
        }
        if stroke.ticks > 0.0 {
            for (at, across) in every(&points, 9.0) {
                self.path(vec![at, at + across * stroke.ticks], false, stroke.width, color);
            }
        }
        if stroke.width >= 4.0 && !closed {
            // Pieces of one road meet with round ends, so that no wedge stays open between them.
            for end in [points.first(), points.last()].into_iter().flatten() {
                let circle = CircleShape::filled(*end, stroke.width / 2.0, color);
                self.tessellator.tessellate_circle(circle, &mut self.mesh);
            }
        }
        self.path(points, closed, stroke.width, color);
    }

    fn sign(&mut self, glyph: Glyph, at: [f32; 2], size: f32, look: Look) {
        let at = pos2(at[0], at[1]);
        let (ink, ground) = (self.color(Token::Symbol), self.color(Token::SymbolGround));
        let unusable = self.color(Token::SymbolUnusable);
        match look {
            Look::Full if glyph == Glyph::Dot => {
                self.disc(at, size + 1.0, self.color(Token::Land));
                self.disc(at, size, unusable);
            }
            Look::Full => {
                self.plate(glyph.plate(), at, size + 1.2, ground);
                self.plate(glyph.plate(), at, size, ink);
                self.marks(glyph, at, size, ground);
            }
            Look::Hollow => {
                self.plate(glyph.plate(), at, size + 1.0, ground);
                self.plate(glyph.plate(), at, size, unusable);
                self.plate(glyph.plate(), at, size - 1.3, ground);
                self.marks(glyph, at, size * 0.9, unusable);
            }
            Look::Speck => {
                self.plate(glyph.plate(), at, size + 0.8, ground);
                self.plate(glyph.plate(), at, size, ink);
            }
            Look::HollowSpeck => {
                self.plate(glyph.plate(), at, size + 0.5, unusable);
                self.plate(glyph.plate(), at, size - 0.6, ground);
            }
        }
    }
}

/// Places at equal steps along a line with the direction to its right.
fn every(line: &[Pos2], step: f32) -> Vec<(Pos2, Vec2)> {
    let mut out = Vec::new();
    let mut left = step / 2.0;
    for pair in line.windows(2) {
        let along = pair[1] - pair[0];
        let length = along.length();
        if length <= 0.0 {
            continue;
        }
        let along = along / length;
        while left <= length {
            out.push((pair[0] + along * left, Vec2::new(-along.y, along.x)));
            left += step;
        }
        left -= length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::ThemeMode;

    #[test]
    fn what_is_drawn_never_refers_to_the_font_texture() {
        let theme = Theme::of(ThemeMode::Day);
        let mut canvas = MeshCanvas::new(&theme, 1.0);
        canvas.stroke(&[[0.0, 0.0], [90.0, 0.0]], false, Stroke::solid(Token::Water, 6.0));
        canvas.sign(Glyph::Shelter, [5.0, 5.0], 9.0, Look::Full);
        canvas.sign(Glyph::Police, [5.0, 5.0], 9.0, Look::Hollow);
        canvas.fill(&[[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]], &[[0, 1, 2]], Token::Land);
        let mesh = canvas.finish();
        assert!(mesh.is_valid() && !mesh.is_empty());
        assert!(mesh.vertices.iter().all(|v| v.uv == egui::epaint::WHITE_UV));
    }

    #[test]
    fn ticks_stand_at_equal_steps_to_the_right() {
        let ticks = every(&[pos2(0.0, 0.0), pos2(10.0, 0.0), pos2(10.0, 10.0)], 8.0);
        let at: Vec<Pos2> = ticks.iter().map(|(at, _)| *at).collect();
        assert_eq!(at, [pos2(4.0, 0.0), pos2(10.0, 2.0), pos2(10.0, 10.0)]);
        assert_eq!(ticks[0].1, Vec2::new(0.0, 1.0), "y grows downwards: right of east is south");
    }
}

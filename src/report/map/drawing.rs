//! A drawing: shapes in points of a sheet, lowest first, for whatever can draw vectors.

use std::collections::BTreeMap;

use super::ink::{Ink, ink};
use crate::scene::glyph::{Glyph, Mark, Plate};
use crate::scene::{Canvas, Look, Stroke, Token};

/// A shape of a drawing; y grows downwards.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A surface within closed lines (non-zero rule).
    Surface {
        /// Its outlines.
        rings: Vec<Vec<[f32; 2]>>,
        /// Colour.
        ink: Ink,
    },
    /// A line with round joins.
    Line {
        /// Its corners.
        points: Vec<[f32; 2]>,
        /// The last corner is joined to the first.
        closed: bool,
        /// Width.
        width: f32,
        /// Lengths of strokes and gaps in turn; empty: unbroken.
        dash: Vec<f32>,
        /// Colour.
        ink: Ink,
    },
    /// A filled circle.
    Disc {
        /// Its middle.
        at: [f32; 2],
        /// Its radius.
        radius: f32,
        /// Colour.
        ink: Ink,
    },
    /// A line of text with an edge that sets it off.
    Words {
        /// Its middle.
        at: [f32; 2],
        /// Turned clockwise, in radians.
        angle: f32,
        /// Height of the letters.
        size: f32,
        /// The words.
        text: String,
        /// Colour.
        ink: Ink,
    },
}

/// Shapes on a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Width and height.
    pub size: [f32; 2],
    /// From the lowest to the highest.
    pub shapes: Vec<Shape>,
}

impl Drawing {
    /// An empty drawing.
    pub fn new(size: [f32; 2]) -> Self {
        Self { size, shapes: Vec::new() }
    }

    /// A surface within one line.
    pub fn surface(&mut self, ring: Vec<[f32; 2]>, ink: Ink) {
        self.shapes.push(Shape::Surface { rings: vec![ring], ink });
    }

    /// An unbroken line.
    pub fn line(&mut self, points: Vec<[f32; 2]>, closed: bool, width: f32, ink: Ink) {
        if points.len() >= 2 && width > 0.0 {
            self.shapes.push(Shape::Line { points, closed, width, dash: Vec::new(), ink });
        }
    }

    /// A filled circle.
    pub fn disc(&mut self, at: [f32; 2], radius: f32, ink: Ink) {
        if radius > 0.0 {
            self.shapes.push(Shape::Disc { at, radius, ink });
        }
    }

    /// Words around their middle.
    pub fn words(&mut self, text: &str, at: [f32; 2], angle: f32, size: f32, ink: Ink) {
        let text = text.to_owned();
        self.shapes.push(Shape::Words { at, angle, size, text, ink });
    }

    fn plate(&mut self, plate: Plate, at: [f32; 2], size: f32, ink: Ink) {
        let box_of = |corners: [[f32; 2]; 4], s: f32| {
            corners.map(|[x, y]| [at[0] + x * s, at[1] + y * s]).to_vec()
        };
        match plate {
            Plate::None => {}
            Plate::Square => {
                let corners = [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]];
                self.surface(box_of(corners, size * 0.92), ink);
            }
            Plate::Circle => self.disc(at, size, ink),
            Plate::Disc => self.disc(at, size * 0.94, ink),
            Plate::Diamond => {
                let corners = [[0.0, -1.0], [1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]];
                self.surface(box_of(corners, size * 1.22), ink);
            }
        }
    }

    fn marks(&mut self, glyph: Glyph, at: [f32; 2], size: f32, ink: Ink) {
        let weight = (size * 0.19).clamp(1.15, 2.2);
        let place = |c: &[f32; 2]| [at[0] + c[0] * size, at[1] + c[1] * size];
        for mark in glyph.marks() {
            match mark {
                Mark::Line(line) => {
                    self.line(line.iter().map(place).collect(), false, weight, ink);
                }
                Mark::Ring(ring) => self.line(ring.iter().map(place).collect(), true, weight, ink),
                Mark::Circle(c, r) => self.line(circle(place(c), r * size), true, weight, ink),
                Mark::Dot(c, r) => self.disc(place(c), r * size, ink),
            }
        }
    }
}

/// A circle as a closed line.
pub(super) fn circle(at: [f32; 2], radius: f32) -> Vec<[f32; 2]> {
    arc(at, radius, 1.0)
}

/// A share of a circle, clockwise from the top.
pub(super) fn arc([x, y]: [f32; 2], radius: f32, share: f32) -> Vec<[f32; 2]> {
    let steps = (share.clamp(0.0, 1.0) * 40.0).ceil().max(1.0) as u16;
    (0..=steps)
        .map(|i| {
            let turn = f32::from(i) / f32::from(steps) * share * std::f32::consts::TAU;
            [x + turn.sin() * radius, y - turn.cos() * radius]
        })
        .collect()
}

impl Canvas for Drawing {
    fn fill(&mut self, corners: &[[f32; 2]], triangles: &[[u32; 3]], color: Token) {
        let rings = outlines(corners, triangles);
        if !rings.is_empty() {
            self.shapes.push(Shape::Surface { rings, ink: ink(color) });
        }
    }

    fn stroke(&mut self, line: &[[f32; 2]], closed: bool, stroke: Stroke<'_>) {
        if line.len() < 2 || stroke.width <= 0.0 {
            return;
        }
        if stroke.ticks > 0.0 {
            for (from, to) in ticks(line, stroke.ticks) {
                self.line(vec![from, to], false, stroke.width, ink(stroke.color));
            }
        }
        self.shapes.push(Shape::Line {
            points: line.to_vec(),
            closed,
            width: stroke.width,
            dash: stroke.dash.to_vec(),
            ink: ink(stroke.color),
        });
    }

    fn sign(&mut self, glyph: Glyph, at: [f32; 2], size: f32, look: Look) {
        let [full, ground] = [Token::Symbol, Token::SymbolGround].map(ink);
        let unusable = ink(Token::SymbolUnusable);
        let plate = glyph.plate();
        match look {
            Look::Full if glyph == Glyph::Dot => {
                self.disc(at, size + 1.0, ink(Token::Land));
                self.disc(at, size, unusable);
            }
            Look::Full => {
                self.plate(plate, at, size + 1.2, ground);
                self.plate(plate, at, size, full);
                self.marks(glyph, at, size, ground);
            }
            Look::Hollow => {
                self.plate(plate, at, size + 1.0, ground);
                self.plate(plate, at, size, unusable);
                self.plate(plate, at, size - 1.3, ground);
                self.marks(glyph, at, size * 0.9, unusable);
            }
            Look::Speck => {
                self.plate(plate, at, size + 0.8, ground);
                self.plate(plate, at, size, full);
            }
            Look::HollowSpeck => {
                self.plate(plate, at, size + 0.5, unusable);
                self.plate(plate, at, size - 0.6, ground);
            }
        }
    }
}

/// The outlines of a triangulated surface: the sides that only one triangle has. Triangles side by
/// side would show their seams on paper.
fn outlines(corners: &[[f32; 2]], triangles: &[[u32; 3]]) -> Vec<Vec<[f32; 2]>> {
    let place = |i: u32| corners.get(i as usize).copied().unwrap_or_default();
    let mut next: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut add = |from: u32, to: u32| {
        let back = next.get_mut(&to).and_then(|ends| {
            let at = ends.iter().position(|end| *end == from)?;
            Some(ends.swap_remove(at))
        });
        if back.is_none() {
            next.entry(from).or_default().push(to);
        }
    };
    for [a, b, c] in triangles {
        let [p, q, r] = [*a, *b, *c].map(place);
        // All turn the same way, so that a shared side is met once in each direction.
        let area = (q[0] - p[0]) * (r[1] - p[1]) - (r[0] - p[0]) * (q[1] - p[1]);
        let (b, c) = if area < 0.0 { (c, b) } else { (b, c) };
        for (from, to) in [(*a, *b), (*b, *c), (*c, *a)] {
            add(from, to);
        }
    }
    let mut out = Vec::new();
    while let Some(start) = next.iter().find(|(_, ends)| !ends.is_empty()).map(|(from, _)| *from) {
        let mut ring = Vec::new();
        let mut at = start;
        while let Some(to) = next.get_mut(&at).and_then(Vec::pop) {
            ring.push(place(at));
            at = to;
        }
        next.retain(|_, ends| !ends.is_empty());
        if ring.len() > 2 {
            out.push(ring);
        }
    }
    out
}

/// Ticks at equal steps to the right of a line.
fn ticks(line: &[[f32; 2]], length: f32) -> Vec<([f32; 2], [f32; 2])> {
    const STEP: f32 = 9.0;
    let mut out = Vec::new();
    let mut left = STEP / 2.0;
    for pair in line.windows(2) {
        let (dx, dy) = (pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]);
        let whole = dx.hypot(dy);
        if whole <= 0.0 {
            continue;
        }
        let (dx, dy) = (dx / whole, dy / whole);
        while left <= whole {
            let from = [pair[0][0] + dx * left, pair[0][1] + dy * left];
            out.push((from, [from[0] - dy * length, from[1] + dx * length]));
            left += STEP;
        }
        left -= whole;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surface_is_its_outline_however_it_was_cut_up() {
        let corners = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]];
        // The two triangles turn in different directions.
        let rings = outlines(&corners, &[[0, 1, 2], [0, 3, 2]]);
        assert_eq!(rings, [corners.to_vec()]);
        assert_eq!(outlines(&corners, &[]), Vec::<Vec<[f32; 2]>>::new());
        // Corners that are not there do not stop the press.
        outlines(&corners, &[[0, 1, 9]]);
    }

    #[test]
    fn a_hole_is_an_outline_of_its_own() {
        // A square of 4 around one of 2, cut into eight triangles.
        let corners = [
            [0.0, 0.0],
            [4.0, 0.0],
            [4.0, 4.0],
            [0.0, 4.0],
            [1.0, 1.0],
            [3.0, 1.0],
            [3.0, 3.0],
            [1.0, 3.0],
        ];
        let triangles = [
            [0, 1, 4],
            [1, 5, 4],
            [1, 2, 5],
            [2, 6, 5],
            [2, 3, 6],
            [3, 7, 6],
            [3, 0, 7],
            [0, 4, 7],
        ];
        let area = |ring: &Vec<[f32; 2]>| -> f32 {
            let next = ring.iter().cycle().skip(1);
            ring.iter().zip(next).map(|(a, b)| (a[0] * b[1] - b[0] * a[1]) / 2.0).sum()
        };
        let mut areas: Vec<f32> = outlines(&corners, &triangles).iter().map(area).collect();
        areas.sort_by(f32::total_cmp);
        assert_eq!(areas, [-4.0, 16.0], "the hole turns the other way");
    }

    #[test]
    fn ticks_stand_to_the_right() {
        let ticks = ticks(&[[0.0, 0.0], [20.0, 0.0]], 3.0);
        assert_eq!(ticks, [([4.5, 0.0], [4.5, 3.0]), ([13.5, 0.0], [13.5, 3.0])]);
    }
}

//! What a scene is drawn on: a window, a sheet of paper or a picture.

use super::Token;
use super::glyph::Glyph;

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke<'a> {
    /// Colour.
    pub color: Token,
    /// Width in pixels.
    pub width: f32,
    /// Lengths of strokes and gaps in turn; empty: unbroken.
    pub dash: &'a [f32],
    /// Length of ticks to the right of the line; 0: none.
    pub ticks: f32,
}

impl Stroke<'_> {
    /// An unbroken line.
    pub fn solid(color: Token, width: f32) -> Self {
        Self { color, width, dash: &[], ticks: 0.0 }
    }
}

/// How a sign is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Whole.
    Full,
    /// Cannot be counted on: only its outline.
    Hollow,
    /// Too small or too crowded: its ground only.
    Speck,
    /// The same for what cannot be counted on.
    HollowSpeck,
}

/// Takes what a scene draws, in pixels, lowest first.
pub trait Canvas {
    /// A triangulated surface.
    fn fill(&mut self, corners: &[[f32; 2]], triangles: &[[u32; 3]], color: Token);
    /// A line; with `closed` the last corner is joined to the first.
    fn stroke(&mut self, line: &[[f32; 2]], closed: bool, stroke: Stroke<'_>);
    /// A sign with half the width `size`.
    fn sign(&mut self, glyph: Glyph, at: [f32; 2], size: f32, look: Look);
}

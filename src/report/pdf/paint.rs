//! Draws pages: what was laid out, the lines at head and foot, the mark of sample data.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;

use super::PAGE;
use super::flow::{LEFT, Leaf, Mark, RIGHT};
use super::typeface::Typeface;
use crate::report::document::Document;
use crate::report::map::{Drawing, Ink, Shape, ink};
use crate::report::words::{Words, moment};
use crate::scene::Token;

const BLACK: Ink = Ink::solid(0x00_0000);
const GROUND: Ink = Ink::solid(0xEB_EBEB);
/// Height of the letters at head and foot.
const SMALL: f32 = 8.0;
/// How far a circle's handles lie from its corners.
const ROUND: f32 = 0.552_285;

/// Draws one page.
pub(super) fn leaf(
    leaf: &Leaf,
    document: &Document,
    number: &str,
    face: &Typeface,
    words: &dyn Words,
    surface: &mut Surface<'_>,
) {
    let mut pen = Pen { surface, face };
    for mark in &leaf.marks {
        match mark {
            Mark::Text { at, size, bold, text } => pen.text(text, *at, *size, *bold, BLACK),
            Mark::Rule { from, to, width } => pen.line(&[*from, *to], false, *width, &[], BLACK),
            Mark::Ground([x, y, w, h]) => {
                pen.fill(polygon(&[[*x, *y], [x + w, *y], [x + w, y + h], [*x, y + h]]), GROUND);
            }
            Mark::Drawing(at, drawing) => pen.drawing(drawing, *at),
        }
    }
    pen.furniture(document, number, words);
    if document.sample {
        pen.watermark(&words.tr("sample"));
    }
}

struct Pen<'a, 'b> {
    surface: &'a mut Surface<'b>,
    face: &'a Typeface,
}

impl Pen<'_, '_> {
    fn text(&mut self, text: &str, at: [f32; 2], size: f32, bold: bool, ink: Ink) {
        self.surface.set_fill(Some(fill(ink)));
        // There is one weight; a thin edge makes the other.
        self.surface.set_stroke(bold.then(|| stroke(size * 0.03, &[], ink)));
        let glyphs = self.face.glyphs(text);
        let start = Point::from_xy(at[0], at[1]);
        self.surface.draw_glyphs(start, &glyphs, self.face.font(), text, size, false);
    }

    fn fill(&mut self, path: Option<Path>, ink: Ink) {
        if let Some(path) = path {
            self.surface.set_fill(Some(fill(ink)));
            self.surface.set_stroke(None);
            self.surface.draw_path(&path);
        }
    }

    fn line(&mut self, points: &[[f32; 2]], closed: bool, width: f32, dash: &[f32], ink: Ink) {
        if let Some(path) = path([(points, closed)]) {
            self.surface.set_fill(None);
            self.surface.set_stroke(Some(stroke(width, dash, ink)));
            self.surface.draw_path(&path);
        }
    }

    /// A drawing with its top left corner at a place; nothing of it leaves its sheet.
    fn drawing(&mut self, drawing: &Drawing, [x, y]: [f32; 2]) {
        let [w, h] = drawing.size;
        self.surface.push_transform(&Transform::from_translate(x, y));
        let clip = polygon(&[[0.0, 0.0], [w, 0.0], [w, h], [0.0, h]]);
        if let Some(clip) = &clip {
            self.surface.push_clip_path(clip, &FillRule::NonZero);
        }
        for shape in &drawing.shapes {
            self.shape(shape);
        }
        if clip.is_some() {
            self.surface.pop();
        }
        self.surface.pop();
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Surface { rings, ink } => {
                self.fill(path(rings.iter().map(|ring| (&ring[..], true))), *ink);
            }
            Shape::Line { points, closed, width, dash, ink } => {
                self.line(points, *closed, *width, dash, *ink);
            }
            Shape::Disc { at, radius, ink } => self.fill(disc(*at, *radius), *ink),
            Shape::Words { at, angle, size, text, ink: own } => {
                let wide = self.face.width(text, *size);
                // The baseline lies about a third of the height below the middle.
                let from = [at[0] - wide / 2.0, at[1] + size * 0.35];
                let turned = *angle != 0.0;
                if turned {
                    let turn = Transform::from_rotate_at(angle.to_degrees(), at[0], at[1]);
                    self.surface.push_transform(&turn);
                }
                let glyphs = self.face.glyphs(text);
                let start = Point::from_xy(from[0], from[1]);
                // The edge lies below the letters, as a shape of its own.
                let halo = ink(Token::Halo);
                self.surface.set_fill(None);
                self.surface.set_stroke(Some(stroke(size * 0.22, &[], halo)));
                self.surface.draw_glyphs(start, &glyphs, self.face.font(), text, *size, true);
                self.text(text, from, *size, false, *own);
                if turned {
                    self.surface.pop();
                }
            }
        }
    }

    /// Number and time above, the page below.
    fn furniture(&mut self, document: &Document, number: &str, words: &dyn Words) {
        let (head, _) = self.face.written(&format!("{}  {}", document.title, document.number));
        let (at, _) = self.face.written(&moment(document.at));
        self.text(&head, [LEFT, 36.0], SMALL, false, BLACK);
        let x = RIGHT - self.face.width(&at, SMALL);
        self.text(&at, [x, 36.0], SMALL, false, BLACK);
        self.line(&[[LEFT, 41.0], [RIGHT, 41.0]], false, 0.5, &[], BLACK);
        let foot = PAGE[1] - 30.0;
        let status = document.signature.as_ref().map(|signature| signature.status.clone());
        let status = status.unwrap_or_else(|| words.tr("report-for-reference"));
        let (status, _) = self.face.written(&status);
        self.text(&status, [LEFT, foot], SMALL, false, BLACK);
        let (number, _) = self.face.written(number);
        let x = RIGHT - self.face.width(&number, SMALL);
        self.text(&number, [x, foot], SMALL, false, BLACK);
    }

    /// The words across the page, light enough to read through.
    fn watermark(&mut self, text: &str) {
        let (text, _) = self.face.written(text);
        let size = (430.0 / self.face.width(&text, 1.0).max(1.0)).min(110.0);
        let [x, y] = PAGE.map(|side| side / 2.0);
        self.surface.push_transform(&Transform::from_rotate_at(-35.0, x, y));
        let from = [x - self.face.width(&text, size) / 2.0, y + size * 0.35];
        self.text(&text, from, size, false, BLACK.at(0.1));
        self.surface.pop();
    }
}

fn paint(ink: Ink) -> krilla::paint::Paint {
    let [r, g, b] = ink.rgb;
    rgb::Color::new(r, g, b).into()
}

fn opacity(ink: Ink) -> NormalizedF32 {
    NormalizedF32::new(ink.opacity.clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE)
}

fn fill(ink: Ink) -> Fill {
    Fill { paint: paint(ink), opacity: opacity(ink), rule: FillRule::NonZero }
}

fn stroke(width: f32, dash: &[f32], ink: Ink) -> Stroke {
    let dash = (dash.len() >= 2).then(|| StrokeDash { array: dash.to_vec(), offset: 0.0 });
    Stroke {
        paint: paint(ink),
        width,
        line_cap: if dash.is_some() { LineCap::Butt } else { LineCap::Round },
        line_join: LineJoin::Round,
        opacity: opacity(ink),
        dash,
        ..Stroke::default()
    }
}

/// Lines as one path; `None` if nothing of them can be drawn.
fn path<'a>(lines: impl IntoIterator<Item = (&'a [[f32; 2]], bool)>) -> Option<Path> {
    let mut out = PathBuilder::new();
    for (points, closed) in lines {
        let Some(([x, y], rest)) = points.split_first() else { continue };
        out.move_to(*x, *y);
        for [x, y] in rest {
            out.line_to(*x, *y);
        }
        if closed {
            out.close();
        }
    }
    out.finish()
}

fn polygon(points: &[[f32; 2]]) -> Option<Path> {
    path([(points, true)])
}

fn disc([x, y]: [f32; 2], r: f32) -> Option<Path> {
    let k = r * ROUND;
    let mut out = PathBuilder::new();
    out.move_to(x + r, y);
    out.cubic_to(x + r, y + k, x + k, y + r, x, y + r);
    out.cubic_to(x - k, y + r, x - r, y + k, x - r, y);
    out.cubic_to(x - r, y - k, x - k, y - r, x, y - r);
    out.cubic_to(x + k, y - r, x + r, y - k, x + r, y);
    out.close();
    out.finish()
}

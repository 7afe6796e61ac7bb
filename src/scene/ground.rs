//! Draws the ground of a scene, surfaces and lines, piece by piece.

use super::canvas::{Canvas, Stroke};
use super::grid::{Bounds, meet};
use super::layer::{Fill, Part};
use super::simplify::Corner;
use super::style::{LineStyle, StyleTable};
use super::{MapScene, Token, View};

/// Side of the parts of a view whose contents are drawn together.
const BLOCK_PX: f32 = 256.0;

/// From local units to the pixels of a view.
#[derive(Clone, Copy, Debug)]
pub struct ToPixels {
    scale: f32,
    offset: [f32; 2],
    /// The view in local units.
    pub window: Bounds,
}

impl ToPixels {
    /// For a scene seen through a view, with `margin` pixels around it.
    pub fn new(scene: &MapScene, view: &View, margin: f32) -> Self {
        let (scale, offset) = view.screen_from_local(&scene.frame());
        let window = [
            (-margin - offset[0]) / scale,
            (-margin - offset[1]) / scale,
            (view.size[0] + margin - offset[0]) / scale,
            (view.size[1] + margin - offset[1]) / scale,
        ];
        Self { scale, offset, window }
    }

    /// The part of the view that something lies in, by its middle: neighbours are drawn one after
    /// the other, so that a map that moves can leave out what is out of sight.
    fn block(&self, bounds: &Bounds) -> (i32, i32) {
        let middle = [(bounds[0] + bounds[2]) / 2.0, (bounds[1] + bounds[3]) / 2.0];
        let [x, y] = self.apply(middle).map(|v| (v / BLOCK_PX).floor() as i32);
        (y, x)
    }

    /// The pixel of a corner.
    pub fn apply(&self, c: Corner) -> [f32; 2] {
        [c[0] * self.scale + self.offset[0], c[1] * self.scale + self.offset[1]]
    }
}

/// One thing to draw: which layer among the visible ones, and which of its surfaces or lines.
#[derive(Clone, Copy, Debug)]
struct Step {
    layer: usize,
    number: usize,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Surface,
    /// The edge of a line that has one.
    Casing,
    Line,
}

/// The ground of a view, lowest first, drawn step by step: a map that moves has little time in each
/// frame.
#[derive(Clone, Debug)]
pub struct Ground {
    to: ToPixels,
    zoom: f64,
    steps: Vec<Step>,
    next: usize,
    pixels: Vec<Corner>,
}

impl Ground {
    /// What is to be drawn of a scene in a view.
    pub fn new(scene: &MapScene, view: &View) -> Self {
        let to = ToPixels::new(scene, view, 32.0);
        let zoom = view.zoom as f32;
        let table = StyleTable::get();
        let mut surfaces = Vec::new();
        let mut lines = Vec::new();
        for (layer, source) in scene.visible_layers().enumerate() {
            let band = source.band(view.zoom);
            for (number, fill) in band.fills.iter().enumerate() {
                if meet(&fill.bounds, &to.window)
                    && let Some(area) = table.style(fill.style).and_then(|s| s.area.as_ref())
                    && zoom >= area.min_zoom
                {
                    surfaces.push((area.order, layer, to.block(&fill.bounds), number));
                }
            }
            for (number, part) in band.parts.iter().enumerate() {
                if meet(&part.bounds, &to.window)
                    && let Some(style) = table.style(part.style)
                    && let Some(line) = style.line.as_ref()
                    && zoom >= line.min_zoom
                {
                    let cased = casing(line, zoom).is_some();
                    lines.push((style.order, layer, to.block(&part.bounds), number, cased));
                }
            }
        }
        surfaces.sort_unstable();
        lines.sort_unstable();
        let step = |layer: usize, number: usize, what: What| Step { layer, number, what };
        let mut steps: Vec<Step> = surfaces
            .into_iter()
            .map(|(_, layer, _, number)| step(layer, number, What::Surface))
            .collect();
        // Lines of one rank first get all their edges, so that crossings are open.
        for rank in lines.chunk_by(|a, b| a.0.div_euclid(100) == b.0.div_euclid(100)) {
            let cased = rank.iter().filter(|(.., cased)| *cased);
            steps.extend(cased.map(|(_, layer, _, number, _)| step(*layer, *number, What::Casing)));
            let lines = rank.iter();
            steps.extend(lines.map(|(_, layer, _, number, _)| step(*layer, *number, What::Line)));
        }
        Self { to, zoom: view.zoom, steps, next: 0, pixels: Vec::new() }
    }

    /// How many steps are left.
    pub fn left(&self) -> usize {
        self.steps.len() - self.next
    }

    /// Draws the next thing; `false` when nothing is left. The scene must be the one it was made for.
    pub fn step(&mut self, scene: &MapScene, canvas: &mut dyn Canvas) -> bool {
        let Some(step) = self.steps.get(self.next).copied() else { return false };
        self.next += 1;
        let Some(layer) = scene.visible_layers().nth(step.layer) else { return true };
        let band = layer.band(self.zoom);
        let mut pixels = std::mem::take(&mut self.pixels);
        if step.what == What::Surface {
            if let Some(fill) = band.fills.get(step.number) {
                self.surface(fill, &mut pixels, canvas);
            }
        } else if let Some(part) = band.parts.get(step.number) {
            self.line(part, step.what, &mut pixels, canvas);
        }
        self.pixels = pixels;
        true
    }

    fn surface(&self, fill: &Fill, pixels: &mut Vec<Corner>, canvas: &mut dyn Canvas) {
        let style = StyleTable::get().style(fill.style).and_then(|style| style.area.as_ref());
        let Some(area) = style else { return };
        pixels.clear();
        pixels.extend(fill.corners.iter().map(|c| self.to.apply(*c)));
        canvas.fill(pixels, &fill.triangles, area.fill);
    }

    fn line(&self, part: &Part, what: What, pixels: &mut Vec<Corner>, canvas: &mut dyn Canvas) {
        let style = StyleTable::get().style(part.style).and_then(|style| style.line.as_ref());
        let Some(style) = style else { return };
        let zoom = self.zoom as f32;
        let width = style.width.at(zoom);
        let cased = casing(style, zoom);
        let stroke = match (what, cased) {
            (What::Casing, Some(casing)) => Stroke::solid(casing, width + 1.6),
            (_, cased) => Stroke {
                color: cased.and(style.inner).unwrap_or(style.color),
                width,
                dash: &style.dash,
                ticks: style.ticks,
            },
        };
        paint_part(part, &self.to, stroke, pixels, canvas);
    }
}

/// The colour of a line's edge at a zoom, if it has one there.
fn casing(style: &LineStyle, zoom: f32) -> Option<Token> {
    style.casing.filter(|_| zoom >= style.casing_zoom)
}

/// Draws the whole ground at once.
pub fn paint_ground(scene: &MapScene, view: &View, canvas: &mut dyn Canvas) {
    let mut ground = Ground::new(scene, view);
    while ground.step(scene, canvas) {}
}

/// Draws the stretches of a part that meet the window.
fn paint_part(
    part: &Part,
    to: &ToPixels,
    stroke: Stroke<'_>,
    pixels: &mut Vec<Corner>,
    canvas: &mut dyn Canvas,
) {
    pixels.clear();
    let (w, b) = (&to.window, &part.bounds);
    if b[0] >= w[0] && b[1] >= w[1] && b[2] <= w[2] && b[3] <= w[3] {
        pixels.extend(part.corners.iter().map(|c| to.apply(*c)));
        let closed = pixels.len() > 3 && pixels.first() == pixels.last();
        if closed {
            pixels.pop();
        }
        canvas.stroke(pixels, closed, stroke);
        return;
    }
    for run in runs(&part.corners, w) {
        pixels.clear();
        pixels.extend(run.iter().map(|c| to.apply(*c)));
        canvas.stroke(pixels, false, stroke);
    }
}

/// The stretches of a line whose segments meet a window.
pub fn runs(corners: &[Corner], window: &Bounds) -> Vec<Vec<Corner>> {
    let mut out: Vec<Vec<Corner>> = Vec::new();
    let mut open = false;
    for (a, b) in corners.windows(2).map(|s| (&s[0], &s[1])) {
        let bounds = [a[0].min(b[0]), a[1].min(b[1]), a[0].max(b[0]), a[1].max(b[1])];
        if !meet(&bounds, window) {
            open = false;
            continue;
        }
        match out.last_mut() {
            Some(run) if open => run.push(*b),
            _ => out.push(vec![*a, *b]),
        }
        open = true;
    }
    out
}

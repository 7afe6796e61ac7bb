//! Draws the ground and the signs of a scene on a canvas.

use super::canvas::{Canvas, Look, Stroke};
use super::glyph::Glyph;
use super::grid::{Bounds, meet};
use super::label::Collider;
use super::layer::Part;
use super::simplify::Corner;
use super::style::{LineStyle, StyleTable};
use super::{MapScene, View};

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

    /// The pixel of a corner.
    pub fn apply(&self, c: Corner) -> [f32; 2] {
        [c[0] * self.scale + self.offset[0], c[1] * self.scale + self.offset[1]]
    }
}

/// Draws surfaces and lines.
pub fn paint_ground(scene: &MapScene, view: &View, canvas: &mut dyn Canvas) {
    let to = ToPixels::new(scene, view, 32.0);
    let zoom = view.zoom as f32;
    let table = StyleTable::get();
    let mut surfaces = Vec::new();
    let mut lines: Vec<(i32, usize, usize, &LineStyle, &Part)> = Vec::new();
    for (at, layer) in scene.visible_layers().enumerate() {
        let band = layer.band(view.zoom);
        for (n, fill) in band.fills.iter().enumerate().filter(|(_, f)| meet(&f.bounds, &to.window))
        {
            if let Some(area) = table.style(fill.style).and_then(|s| s.area.as_ref())
                && zoom >= area.min_zoom
            {
                surfaces.push((area.order, at, n, area.fill, fill));
            }
        }
        for (n, part) in band.parts.iter().enumerate().filter(|(_, p)| meet(&p.bounds, &to.window))
        {
            if let Some(style) = table.style(part.style)
                && let Some(line) = style.line.as_ref()
                && zoom >= line.min_zoom
            {
                lines.push((style.order, at, n, line, part));
            }
        }
    }
    surfaces.sort_unstable_by_key(|(order, at, n, ..)| (*order, *at, *n));
    let mut pixels = Vec::new();
    for (.., color, fill) in surfaces {
        pixels.clear();
        pixels.extend(fill.corners.iter().map(|c| to.apply(*c)));
        canvas.fill(&pixels, &fill.triangles, color);
    }
    lines.sort_unstable_by_key(|(order, at, n, ..)| (*order, *at, *n));
    for block in lines.chunk_by(|a, b| a.0.div_euclid(100) == b.0.div_euclid(100)) {
        for edges in [true, false] {
            for (.., style, part) in block {
                let cased = style.casing.filter(|_| zoom >= style.casing_zoom);
                let width = style.width.at(zoom);
                let stroke = match (edges, cased) {
                    (true, Some(casing)) => Stroke::solid(casing, width + 1.6),
                    (true, None) => continue,
                    (false, cased) => Stroke {
                        color: cased.and(style.inner).unwrap_or(style.color),
                        width,
                        dash: &style.dash,
                        ticks: style.ticks,
                    },
                };
                paint_part(part, &to, stroke, &mut pixels, canvas);
            }
        }
    }
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

/// A sign that was drawn, for the names that stand beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawnSign {
    /// Layer, by its place among the visible ones, and row.
    pub of: (usize, u32),
    /// Half its width in pixels.
    pub size: f32,
}

/// Draws signs. Where they would lie on each other, the more important one stays and the others
/// shrink to specks. Returns the drawn ones, sorted, and leaves their place in `taken`.
pub fn paint_signs(
    scene: &MapScene,
    view: &View,
    taken: &mut Collider,
    canvas: &mut dyn Canvas,
) -> Vec<DrawnSign> {
    let to = ToPixels::new(scene, view, 16.0);
    let zoom = view.zoom as f32;
    let table = StyleTable::get();
    let mut spots = Vec::new();
    for (at, layer) in scene.visible_layers().enumerate() {
        for spot in layer.spots() {
            let w = &to.window;
            if !(spot.at[0] >= w[0]
                && spot.at[0] <= w[2]
                && spot.at[1] >= w[1]
                && spot.at[1] <= w[3])
            {
                continue;
            }
            if let Some(sign) = table.style(spot.style).and_then(|s| s.sign.as_ref())
                && zoom >= sign.min_zoom
            {
                spots.push((-sign.priority, at, spot, sign));
            }
        }
    }
    spots.sort_by_key(|(priority, at, spot, _)| (*priority, *at, spot.row));
    let mut drawn = Vec::new();
    let mut signs = Vec::new();
    for (_, at, spot, sign) in spots {
        let place = to.apply(spot.at);
        let size = sign.size.at(zoom);
        let small = (size * 0.36).clamp(1.5, 3.2);
        let (look, size) = if sign.glyph == Glyph::Dot {
            (Look::Full, size)
        } else if zoom >= sign.sign_zoom && taken.take_square(place, size * 0.9) {
            (if spot.usable { Look::Full } else { Look::Hollow }, size)
        } else if taken.take_square(place, small) {
            (if spot.usable { Look::Speck } else { Look::HollowSpeck }, small)
        } else {
            continue;
        };
        signs.push((sign.glyph, place, size, look));
        drawn.push(DrawnSign { of: (at, spot.row), size });
    }
    for (glyph, place, size, look) in signs.into_iter().rev() {
        canvas.sign(glyph, place, size, look);
    }
    drawn.sort_by_key(|sign| sign.of);
    drawn
}

//! Bands of minutes: told apart by their edges and hatching, not by shade alone.

use egui::{Pos2, Rect, Sense, Ui, Vec2, pos2};
use geo_types::{Coord, LineString, Polygon};

use super::mesh::MeshCanvas;
use crate::scene::{Band, Canvas, Frame, Hatch, Stroke, Token, View, hatch_lines, triangulate};
use crate::ui::theme::Theme;

/// How a band looks.
struct BandStyle {
    /// Pixels of stroke and gap of its edge; none: unbroken.
    dash: &'static [f32],
    /// Width of its edge.
    width: f32,
    /// How much of the colour its ground has.
    fill: f32,
    /// Its hatching, if it has one.
    hatch: Option<Hatch>,
}

/// From afar a band is little more than its roads: its ground tells it apart then, near by its edge does.
fn nearness(zoom: f64) -> f32 {
    ((zoom as f32 - 11.0) / 3.0).clamp(0.0, 1.0)
}

/// The nearest band first.
fn style(step: usize) -> BandStyle {
    let hatch = |angle_deg, spacing| Some(Hatch { angle_deg, spacing });
    match step {
        0 => BandStyle { dash: &[], width: 2.6, fill: 0.2, hatch: hatch(45.0, 10.0) },
        1 => BandStyle { dash: &[10.0, 5.0], width: 2.2, fill: 0.13, hatch: hatch(-45.0, 18.0) },
        _ => BandStyle { dash: &[2.5, 4.0], width: 2.2, fill: 0.08, hatch: None },
    }
}

/// Draws what is reached within some minutes.
pub fn paint_band(
    frame: Frame,
    band: &Band,
    step: usize,
    view: &View,
    canvas: &mut MeshCanvas<'_>,
) {
    // Pixels of a close view are too large for `f32`: the triangles are made in local units.
    let (k, shift) = view.screen_from_local(&frame);
    let pixel = |c: [f32; 2]| [c[0] * k + shift[0], c[1] * k + shift[1]];
    for polygon in &band.polygons.0 {
        let local = |ring: &LineString<f64>| -> LineString<f32> {
            let corners = ring.0.iter().map(|c| frame.local_from_lonlat(*c));
            LineString::new(corners.map(|[x, y]| Coord { x, y }).collect())
        };
        let outer = local(polygon.exterior());
        let inner: Vec<LineString<f32>> = polygon.interiors().iter().map(local).collect();
        let rings: Vec<Vec<[f32; 2]>> = std::iter::once(&outer)
            .chain(&inner)
            .map(|ring| ring.0.iter().map(|c| pixel([c.x, c.y])).collect())
            .collect();
        let (corners, triangles) = triangulate(&Polygon::new(outer, inner));
        let corners: Vec<[f32; 2]> = corners.into_iter().map(pixel).collect();
        // Hatching passes through the frame's origin, so that it stays put when the view moves.
        let phase = shift.map(|v| v % 10_000.0);
        let near = nearness(view.zoom);
        let shape = (&rings[..], &corners[..], &triangles[..]);
        paint(shape, phase, view.size, step, near, canvas);
    }
}

/// Rings, corners of all triangles, and triangles, in pixels.
type Shape<'a> = (&'a [Vec<[f32; 2]>], &'a [[f32; 2]], &'a [[u32; 3]]);

fn paint(
    (rings, corners, triangles): Shape<'_>,
    phase: [f32; 2],
    size: [f32; 2],
    step: usize,
    near: f32,
    canvas: &mut MeshCanvas<'_>,
) {
    let style = style(step);
    let opacity = canvas.opacity;
    let width = style.width * (0.45 + 0.55 * near);
    canvas.opacity = opacity * style.fill * (2.6 - 1.6 * near);
    canvas.fill(corners, triangles, Token::Action);
    canvas.opacity = opacity * 0.35;
    if let Some(hatch) = style.hatch {
        for [a, b] in hatch_lines(rings, hatch, phase, size) {
            let color = canvas.color(Token::Action);
            canvas.path(vec![pos2(a[0], a[1]), pos2(b[0], b[1])], false, 1.0, color);
        }
    }
    canvas.opacity = opacity;
    for ring in rings {
        if near > 0.5 {
            canvas.stroke(ring, false, Stroke::solid(Token::Halo, width + 2.0));
        }
        let edge = Stroke { dash: style.dash, ..Stroke::solid(Token::Action, width) };
        canvas.stroke(ring, false, edge);
    }
}

/// A band as it looks on the map, for the legend.
pub fn band_swatch_ui(ui: &mut Ui, step: usize, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(44.0, 24.0), Sense::hover());
    let box_ = Rect::from_center_size(rect.center(), Vec2::new(38.0, 18.0));
    let mut canvas = MeshCanvas::new(theme, ui.ctx().pixels_per_point());
    let corner = |at: Pos2| [at.x, at.y];
    let mut ring = vec![
        corner(box_.left_top()),
        corner(box_.right_top()),
        corner(box_.right_bottom()),
        corner(box_.left_bottom()),
    ];
    let corners = ring.clone();
    ring.push(corners[0]);
    let end = corner(rect.right_bottom());
    let triangles = [[0, 1, 2], [0, 2, 3]];
    let shape = (&[ring][..], &corners[..], &triangles[..]);
    paint(shape, corners[0], end, step, 1.0, &mut canvas);
    ui.painter().add(canvas.finish());
}

//! The answer of a question on the map: the only saturated thing there.

use egui::{Pos2, Vec2, pos2};
use geo_types::{Coord, Geometry, LineString, Polygon};

use super::band::paint_band;
use super::closed::{paint_closed, paint_closed_marks};
use super::fault::paint_faults;
use super::mesh::MeshCanvas;
use crate::scene::glyph::Glyph;
use crate::scene::{
    Canvas, Frame, Hatch, Look, MapScene, Marks, NUMBER_RISE, ORIGIN, Severity, Stroke, Token,
    View, hatch_lines, hatches, place_of, triangulate,
};

/// Surfaces and lines: danger areas, flows, lines to the nearest. They lie below the signs.
pub fn paint_answer(scene: &MapScene, view: &View, canvas: &mut MeshCanvas<'_>) {
    let overlay = scene.overlay();
    // The widest first: each band lies on the next one.
    for (step, band) in overlay.bands.iter().enumerate().rev() {
        paint_band(scene.frame(), band, step, view, canvas);
    }
    paint_closed(scene, view, canvas);
    for area in &overlay.areas {
        for polygon in &area.polygons.0 {
            paint_danger(scene.frame(), polygon, area.severity, view, canvas);
        }
    }
    paint_highlight(scene, view, canvas);
    let most = overlay.flows.iter().map(|flow| flow.people.0).max().unwrap_or(0).max(1) as f32;
    let chosen = overlay.flows.iter().any(|flow| flow.emphasised);
    for strong in [false, true] {
        for flow in overlay.flows.iter().filter(|flow| flow.emphasised == strong) {
            canvas.opacity = if chosen && !strong { 0.3 } else { 1.0 };
            let width = 1.3 + 5.2 * (flow.people.0 as f32 / most).sqrt();
            paint_flow(place(view, flow.from), place(view, flow.to), width, canvas);
        }
    }
    for strong in [false, true] {
        for way in overlay.ways.iter().filter(|way| way.emphasised == strong) {
            let line: Vec<Pos2> = way.line.iter().map(|at| place(view, *at)).collect();
            let width = if strong { 5.0 } else { 2.6 };
            canvas.opacity = 1.0;
            canvas.path(line.clone(), false, width + 3.0, canvas.color(Token::Halo));
            canvas.opacity = if strong { 1.0 } else { 0.55 };
            canvas.path(line, false, width, canvas.color(Token::Action));
        }
    }
    canvas.opacity = 1.0;
    let chosen = overlay.reaches.iter().any(|reach| reach.emphasised);
    for strong in [false, true] {
        for reach in overlay.reaches.iter().filter(|reach| reach.emphasised == strong) {
            canvas.opacity = if chosen && !strong { 0.4 } else { 1.0 };
            let width = if strong { 3.2 } else { 2.0 };
            let line = if reach.way.is_empty() {
                vec![place(view, reach.from), place(view, reach.to)]
            } else {
                reach.way.iter().map(|at| place(view, *at)).collect()
            };
            canvas.path(line.clone(), false, width + 2.4, canvas.color(Token::Halo));
            canvas.path(line, false, width, canvas.color(Token::Action));
        }
    }
    canvas.opacity = 1.0;
}

/// Marks above the signs: how full shelters become, who is left, numbers' grounds, the origin.
pub fn paint_marks(scene: &MapScene, view: &View, marks: &Marks, canvas: &mut MeshCanvas<'_>) {
    let overlay = scene.overlay();
    let (action, halo) = (canvas.color(Token::Action), canvas.color(Token::Halo));
    paint_closed_marks(scene, view, canvas);
    paint_faults(scene, view, canvas);
    for pin in &overlay.pins {
        let paint = if pin.goal { paint_goal } else { paint_origin };
        paint(place(view, pin.at), canvas);
    }
    for ring in &marks.rings {
        let at = place(view, ring.at);
        let (radius, width) = if ring.large { (15.0, 3.4) } else { (5.4, 2.2) };
        canvas.disc(at, radius + width / 2.0 + 1.2, halo);
        canvas.ring(at, radius, width, canvas.color(Token::TownshipLine));
        let share = ring.share.clamp(0.0, 1.0);
        if share > 0.0 {
            let steps = (share * 40.0).ceil().max(1.0);
            let arc = (0..=steps as usize)
                .map(|i| {
                    let turn = i as f32 / steps * share * std::f32::consts::TAU;
                    at + Vec2::new(turn.sin(), -turn.cos()) * radius
                })
                .collect();
            canvas.path(arc, false, width, action);
        }
        if ring.large {
            canvas.sign(Glyph::Shelter, [at.x, at.y], 8.0, Look::Full);
        }
    }
    for crowd in marks.crowds.iter().rev() {
        let at = place(view, crowd.at);
        let ink = canvas.color(Token::OnUnplaced);
        canvas.disc(at, 10.2, ink);
        canvas.disc(at, 9.0, canvas.color(Token::Unplaced));
        canvas.path(vec![at + Vec2::new(0.0, -5.4), at + Vec2::new(0.0, 1.4)], false, 2.4, ink);
        canvas.disc(at + Vec2::new(0.0, 4.7), 1.5, ink);
    }
    for reach in overlay.reaches.iter().rev() {
        let at = place(view, reach.to);
        let middle = at - Vec2::new(0.0, NUMBER_RISE);
        for (grow, color) in [(1.4, halo), (0.0, action)] {
            canvas.disc(middle, 9.5 + grow, color);
            canvas.convex(
                vec![
                    middle + Vec2::new(4.6 + grow, 7.6),
                    at - Vec2::new(0.0, 8.0 - grow * 1.4),
                    middle + Vec2::new(-4.6 - grow, 7.6),
                ],
                color,
            );
        }
    }
}

pub(super) fn place(view: &View, at: Coord<f64>) -> Pos2 {
    let [x, y] = view.screen_from_lonlat(at);
    pos2(x, y)
}

/// The place a question was asked from: a ring with a point in it, unlike the answers' pins, which
/// may cover it.
fn paint_origin(at: Pos2, canvas: &mut MeshCanvas<'_>) {
    let (action, halo) = (canvas.color(Token::Action), canvas.color(Token::Halo));
    canvas.disc(at, ORIGIN + 1.4, halo);
    canvas.ring(at, ORIGIN - 1.2, 2.4, action);
    canvas.disc(at, 3.4, action);
}

/// Where a journey ends: a flag that stands on the place.
fn paint_goal(at: Pos2, canvas: &mut MeshCanvas<'_>) {
    let (action, halo) = (canvas.color(Token::Action), canvas.color(Token::Halo));
    let top = at - Vec2::new(0.0, 26.0);
    for (grow, color) in [(1.6, halo), (0.0, action)] {
        canvas.disc(at, 4.0 + grow, color);
        canvas.path(vec![at, top - Vec2::new(0.0, grow)], false, 2.6 + 2.0 * grow, color);
        canvas.convex(
            vec![
                top + Vec2::new(-grow, -grow),
                top + Vec2::new(17.0 + 2.0 * grow, 6.5),
                top + Vec2::new(-grow, 13.0 + grow),
            ],
            color,
        );
    }
}

/// How much lighter a danger area becomes as the view comes closer, 0 to 1: from afar it must be
/// seen, near by it must not hide what lies in it.
fn lightness(zoom: f64) -> f32 {
    ((zoom as f32 - 11.0) / 4.0).clamp(0.0, 1.0)
}

/// A danger area: light ground, hatching, edge.
pub fn paint_danger(
    frame: Frame,
    polygon: &Polygon<f64>,
    severity: Severity,
    view: &View,
    canvas: &mut MeshCanvas<'_>,
) {
    // Pixels of a close view are too large for `f32`: the triangles are made in local units.
    let (k, shift) = view.screen_from_local(&frame);
    let local = |ring: &LineString<f64>| {
        LineString::new(
            ring.0
                .iter()
                .map(|c| {
                    let [x, y] = frame.local_from_lonlat(*c);
                    Coord { x, y }
                })
                .collect(),
        )
    };
    let outer = local(polygon.exterior());
    let inner: Vec<LineString<f32>> = polygon.interiors().iter().map(local).collect();
    let pixel = |c: [f32; 2]| [c[0] * k + shift[0], c[1] * k + shift[1]];
    let rings: Vec<Vec<[f32; 2]>> = std::iter::once(&outer)
        .chain(&inner)
        .map(|ring| {
            let open = ring.0.split_last().map_or(&[][..], |(_, rest)| rest);
            open.iter().map(|c| pixel([c.x, c.y])).collect()
        })
        .collect();
    let (corners, triangles) = triangulate(&Polygon::new(outer, inner));
    let corners: Vec<[f32; 2]> = corners.into_iter().map(pixel).collect();
    let light = lightness(view.zoom);
    let opacity = canvas.opacity;
    canvas.opacity = opacity * (1.0 - 0.5 * light);
    canvas.fill(&corners, &triangles, Token::DangerFill);
    canvas.opacity = opacity;
    let line = canvas.color(Token::DangerLine);
    for hatch in hatches(severity) {
        // Lines pass through the frame's origin, so that they stay put when the view moves.
        let phase = shift.map(|v| v % 10_000.0);
        let hatch = Hatch { spacing: hatch.spacing * (1.0 + light), ..*hatch };
        for [a, b] in hatch_lines(&rings, hatch, phase, view.size) {
            let color = line.gamma_multiply(0.45 - 0.2 * light);
            canvas.path(vec![pos2(a[0], a[1]), pos2(b[0], b[1])], false, 1.0, color);
        }
    }
    for ring in rings {
        let ring: Vec<Pos2> = ring.into_iter().map(|c| pos2(c[0], c[1])).collect();
        canvas.path(ring.clone(), true, 4.4, canvas.color(Token::Halo).gamma_multiply(0.7));
        canvas.path(ring, true, 2.2, line);
    }
}

/// A flow: slightly bent, so that crossing flows stay apart, with its head at the shelter.
fn paint_flow(from: Pos2, to: Pos2, width: f32, canvas: &mut MeshCanvas<'_>) {
    let way = to - from;
    let length = way.length();
    if length < 4.0 {
        return;
    }
    let along = way / length;
    let across = Vec2::new(-along.y, along.x);
    let knee = from + way * 0.5 + across * (length * 0.08).min(40.0);
    let end = |t: f32| {
        let (a, b) = (from.lerp(knee, t), knee.lerp(to, t));
        a.lerp(b, t)
    };
    // The head ends at the rim of the shelter's ring.
    let head = width * 1.6 + 5.0;
    let stop = (1.0 - 18.0 / length).max(0.3);
    let neck = (1.0 - (18.0 + head) / length).clamp(0.0, stop);
    let steps = 14;
    let line: Vec<Pos2> = (0..=steps).map(|i| end(neck * i as f32 / steps as f32)).collect();
    let tip = end(stop);
    let direction = (tip - end(neck)).normalized();
    let side = Vec2::new(-direction.y, direction.x) * (width * 0.9 + 2.6);
    let base = end(neck) - direction * 0.5;
    let grown = side * 1.25;
    let halo = canvas.color(Token::Halo);
    let action = canvas.color(Token::Action);
    canvas.path(line.clone(), false, width + 2.2, halo);
    canvas.convex(vec![tip + direction * 2.4, base + grown, base - grown], halo);
    canvas.path(line, false, width, action);
    canvas.convex(vec![tip, base + side, base - side], action);
}

/// The chosen feature: its outline, or a ring around its sign.
fn paint_highlight(scene: &MapScene, view: &View, canvas: &mut MeshCanvas<'_>) {
    let Some(feature) = scene.overlay().highlight.and_then(|chosen| scene.feature(chosen)) else {
        return;
    };
    let Some(geometry) = &feature.geometry else { return };
    let mut lines: Vec<(&LineString<f64>, bool)> = Vec::new();
    match geometry {
        Geometry::LineString(line) => lines.push((line, false)),
        Geometry::MultiLineString(many) => lines.extend(many.0.iter().map(|line| (line, false))),
        Geometry::Polygon(polygon) => lines.push((polygon.exterior(), true)),
        Geometry::MultiPolygon(many) => {
            lines.extend(many.0.iter().map(|polygon| (polygon.exterior(), true)));
        }
        _ => {}
    }
    for (line, closed) in &lines {
        let mut pixels: Vec<[f32; 2]> =
            line.0.iter().map(|c| view.screen_from_lonlat(*c)).collect();
        if *closed {
            pixels.pop();
        }
        for (width, token) in [(7.0, Token::Halo), (3.4, Token::Highlight)] {
            canvas.stroke(&pixels, *closed, Stroke::solid(token, width));
        }
    }
    if lines.is_empty()
        && let Some(at) = place_of(feature)
    {
        let at = place(view, at);
        canvas.ring(at, 18.0, 6.0, canvas.color(Token::Halo));
        canvas.ring(at, 18.0, 2.8, canvas.color(Token::Highlight));
    }
}

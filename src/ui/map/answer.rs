//! The answer of a question on the map: the only saturated thing there.

use egui::{Pos2, Rect, Vec2, pos2};
use geo_types::{Coord, Geometry, LineString, Polygon};

use super::hatch::{hatch_lines, hatches};
use super::mesh::MeshCanvas;
use crate::scene::{Canvas, Frame, MapScene, Severity, Stroke, Token, View, place_of, triangulate};

/// How far above its place the number of a facility stands, in pixels.
pub const NUMBER_RISE: f32 = 21.0;

/// Surfaces and lines: danger areas, flows, lines to the nearest. They lie below the signs.
pub fn paint_answer(scene: &MapScene, view: &View, canvas: &mut MeshCanvas<'_>) {
    let overlay = scene.overlay();
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
    let chosen = overlay.reaches.iter().any(|reach| reach.emphasised);
    for strong in [false, true] {
        for reach in overlay.reaches.iter().filter(|reach| reach.emphasised == strong) {
            canvas.opacity = if chosen && !strong { 0.4 } else { 1.0 };
            let width = if strong { 3.2 } else { 2.0 };
            let line = vec![place(view, reach.from), place(view, reach.to)];
            canvas.path(line.clone(), false, width + 2.4, canvas.color(Token::Halo));
            canvas.path(line, false, width, canvas.color(Token::Action));
        }
    }
    canvas.opacity = 1.0;
}

/// Marks above the signs: how full shelters become, who is left, numbers' grounds, pins.
pub fn paint_marks(scene: &MapScene, view: &View, canvas: &mut MeshCanvas<'_>) {
    let overlay = scene.overlay();
    let (action, halo) = (canvas.color(Token::Action), canvas.color(Token::Halo));
    for load in &overlay.loads {
        let at = place(view, load.at);
        let share = load.share.clamp(0.0, 1.0);
        canvas.ring(at, 15.0, 6.0, halo);
        canvas.ring(at, 15.0, 3.4, canvas.color(Token::TownshipLine));
        if share > 0.0 {
            let steps = (share * 40.0).ceil().max(1.0);
            let arc = (0..=steps as usize)
                .map(|i| {
                    let turn = i as f32 / steps * share * std::f32::consts::TAU;
                    at + Vec2::new(turn.sin(), -turn.cos()) * 15.0
                })
                .collect();
            canvas.path(arc, false, 3.4, action);
        }
    }
    for mark in &overlay.unassigned {
        let at = place(view, mark.at);
        canvas.disc(at, 10.2, canvas.color(Token::OnAttention));
        canvas.disc(at, 9.0, canvas.color(Token::Attention));
        let ink = canvas.color(Token::OnAttention);
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
    for pin in &overlay.pins {
        paint_pin(place(view, pin.at), canvas);
    }
}

/// Where marks and their words stand, in pixels.
pub fn mark_boxes(scene: &MapScene, view: &View) -> Vec<Rect> {
    let overlay = scene.overlay();
    let square = |at: Pos2, half: f32| Rect::from_center_size(at, Vec2::splat(2.0 * half));
    let mut out = Vec::new();
    out.extend(overlay.loads.iter().map(|load| square(place(view, load.at), 17.0)));
    out.extend(
        overlay
            .reaches
            .iter()
            .map(|reach| square(place(view, reach.to) - Vec2::new(0.0, NUMBER_RISE), 11.0)),
    );
    for mark in &overlay.unassigned {
        let disc = square(place(view, mark.at), 10.0);
        let words = 12.0 + 7.5 * mark.people.to_string().len() as f32;
        out.push(Rect::from_min_max(disc.min, disc.max + Vec2::new(words, 0.0)));
    }
    for pin in &overlay.pins {
        let at = place(view, pin.at);
        let half = (7.0 * pin.label.chars().count() as f32).max(11.0);
        out.push(Rect::from_min_max(at - Vec2::new(11.0, 28.0), at + Vec2::new(11.0, 2.0)));
        out.push(Rect::from_min_max(at + Vec2::new(-half, 4.0), at + Vec2::new(half, 22.0)));
    }
    out
}

fn place(view: &View, at: Coord<f64>) -> Pos2 {
    let [x, y] = view.screen_from_lonlat(at);
    pos2(x, y)
}

fn paint_pin(at: Pos2, canvas: &mut MeshCanvas<'_>) {
    let middle = at - Vec2::new(0.0, 17.0);
    for (grow, token) in [(1.6, Token::Halo), (0.0, Token::Action)] {
        let color = canvas.color(token);
        canvas.disc(middle, 9.0 + grow, color);
        canvas.convex(
            vec![
                middle + Vec2::new(8.0 + grow, 4.0),
                at + Vec2::new(0.0, grow * 1.6),
                middle + Vec2::new(-8.0 - grow, 4.0),
            ],
            color,
        );
    }
    canvas.disc(middle, 3.6, canvas.color(Token::OnAction));
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
    canvas.fill(&corners, &triangles, Token::DangerFill);
    let line = canvas.color(Token::DangerLine);
    for hatch in hatches(severity) {
        // Lines pass through the frame's origin, so that they stay put when the view moves.
        let phase = shift.map(|v| v % 10_000.0);
        for [a, b] in hatch_lines(&rings, *hatch, phase, view.size) {
            let color = line.gamma_multiply(0.5);
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

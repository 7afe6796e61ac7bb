//! The answer on a printed map: danger areas, who goes where, how full shelters become, who is left.

use geo_types::{Coord, LineString, Polygon};

use super::drawing::{Drawing, Shape, arc, circle};
use super::ink::ink;
use crate::scene::glyph::Glyph;
use crate::scene::{
    Canvas, Flow, Frame, Look, MapScene, Marks, Severity, Stroke, Token, View, hatch_lines,
    hatches, triangulate,
};

/// Surfaces and lines; they lie below the signs.
pub(super) fn draw_answer(scene: &MapScene, view: &View, out: &mut Drawing) {
    for closed in scene.closed() {
        for line in &closed.lines {
            let pixels: Vec<[f32; 2]> =
                line.0.iter().map(|c| view.screen_from_lonlat(*c)).collect();
            let width = if closed.coming { 2.0 } else { 4.0 };
            out.stroke(&pixels, false, Stroke::solid(Token::Halo, width + 2.4));
            let stroke = Stroke { dash: &[7.0, 5.0], ..Stroke::solid(Token::Closed, width) };
            out.stroke(&pixels, false, stroke);
        }
    }
    let overlay = scene.overlay();
    for area in &overlay.areas {
        for polygon in &area.polygons.0 {
            danger(scene.frame(), polygon, area.severity, view, out);
        }
    }
    let most = overlay.flows.iter().map(|flow| flow.people.0).max().unwrap_or(0).max(1) as f32;
    for line in &overlay.flows {
        flow(line, most, view, out);
    }
}

/// Marks above the signs.
pub(super) fn draw_marks(marks: &Marks, view: &View, out: &mut Drawing) {
    for ring in &marks.rings {
        let at = view.screen_from_lonlat(ring.at);
        let (radius, width) = if ring.large { (15.0, 3.4) } else { (5.4, 2.2) };
        out.disc(at, radius + width / 2.0 + 1.2, ink(Token::Halo));
        out.line(circle(at, radius), true, width, ink(Token::TownshipLine));
        if ring.share > 0.0 {
            out.line(arc(at, radius, ring.share), false, width, ink(Token::Action));
        }
        if ring.large {
            out.sign(Glyph::Shelter, at, 8.0, Look::Full);
        }
    }
    for crowd in marks.crowds.iter().rev() {
        let at = view.screen_from_lonlat(crowd.at);
        let on = ink(Token::OnUnplaced);
        out.disc(at, 10.2, on);
        out.disc(at, 9.0, ink(Token::Unplaced));
        out.line(vec![[at[0], at[1] - 5.4], [at[0], at[1] + 1.4]], false, 2.4, on);
        out.disc([at[0], at[1] + 4.7], 1.5, on);
    }
}

/// A danger area: light ground, hatching, edge.
fn danger(
    frame: Frame,
    polygon: &Polygon<f64>,
    severity: Severity,
    view: &View,
    out: &mut Drawing,
) {
    let (k, shift) = view.screen_from_local(&frame);
    let local = |ring: &LineString<f64>| {
        let corners = ring.0.iter().map(|c| frame.local_from_lonlat(*c));
        LineString::new(corners.map(|[x, y]| Coord { x, y }).collect())
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
    out.fill(&corners, &triangles, Token::DangerFill);
    let edge = ink(Token::DangerLine);
    for hatch in hatches(severity) {
        for [a, b] in hatch_lines(&rings, *hatch, shift.map(|v| v % 10_000.0), view.size) {
            out.line(vec![a, b], false, 0.8, edge.at(0.55));
        }
    }
    for ring in rings {
        out.line(ring.clone(), true, 4.4, ink(Token::Halo).at(0.7));
        out.line(ring, true, 2.4, edge);
    }
}

/// A slightly bent arrow from a village to its shelter, wider for more people.
fn flow(flow: &Flow, most: f32, view: &View, out: &mut Drawing) {
    let [from, to] = [flow.from, flow.to].map(|at| view.screen_from_lonlat(at));
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let length = dx.hypot(dy);
    if length < 4.0 {
        return;
    }
    let width = 1.3 + 4.2 * (flow.people.0 as f32 / most).sqrt();
    let bend = 0.08_f32.min(40.0 / length);
    let knee = [(from[0] + to[0]) / 2.0 - dy * bend, (from[1] + to[1]) / 2.0 + dx * bend];
    let mix = |a: [f32; 2], b: [f32; 2], t: f32| [0, 1].map(|i| a[i] + (b[i] - a[i]) * t);
    let point = |t: f32| mix(mix(from, knee, t), mix(knee, to, t), t);
    // The head ends at the rim of the shelter's ring.
    let head = width * 1.6 + 5.0;
    let stop = (1.0 - 18.0 / length).max(0.3);
    let neck = (1.0 - (18.0 + head) / length).clamp(0.0, stop);
    let line: Vec<[f32; 2]> = (0..=14_u8).map(|i| point(neck * f32::from(i) / 14.0)).collect();
    let (tip, base) = (point(stop), point(neck));
    let (ax, ay) = (tip[0] - base[0], tip[1] - base[1]);
    let along = ax.hypot(ay).max(1e-3);
    let side = |w: f32| [-ay / along * w, ax / along * w];
    let arrow = |w: f32| {
        let [sx, sy] = side(w);
        vec![tip, [base[0] + sx, base[1] + sy], [base[0] - sx, base[1] - sy]]
    };
    let half = width * 0.9 + 2.6;
    out.line(line.clone(), false, width + 2.2, ink(Token::Halo));
    out.shapes.push(Shape::Surface { rings: vec![arrow(half * 1.3)], ink: ink(Token::Halo) });
    out.line(line, false, width, ink(Token::Action));
    out.surface(arrow(half), ink(Token::Action));
}

//! Whether the rings of a polygon cross: each edge is compared only with those whose box meets its own.

use geo::Intersects;
use geo::line_intersection::{LineIntersection, line_intersection};
use geo_types::{Coord, Line, Polygon};

use crate::spatial::packed::{Bounds, Packed, order};

/// Up to here comparing all with all is quicker than building a tree.
const FEW: usize = 32;

/// An edge and where it stands.
struct Edge {
    line: Line<f64>,
    bounds: Bounds<2>,
    ring: usize,
    at: usize,
    /// Number of the last edge of the ring, which is next to the first.
    last: usize,
}

/// Whether edges of a polygon's rings cross, overlap, or touch within one ring.
pub(super) fn crosses_itself(polygon: &Polygon<f64>) -> bool {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let mut edges: Vec<Edge> = rings
        .enumerate()
        .flat_map(|(ring, r)| {
            let last = r.0.len().saturating_sub(2);
            let edge = move |(at, line)| Edge { line, bounds: bounds(&line), ring, at, last };
            r.lines().enumerate().map(edge)
        })
        .collect();
    if edges.len() <= FEW {
        return edges.iter().enumerate().any(|(i, one)| {
            edges
                .iter()
                .skip(i + 1)
                .any(|other| meet(&one.bounds, &other.bounds) && clash(one, other))
        });
    }
    turn(&mut edges);
    let middle = |e: &Edge| [0, 1].map(|d| (e.bounds.0[d] + e.bounds.1[d]) / 2.0);
    let edges: Vec<&Edge> = order(&edges, middle).into_iter().map(|i| &edges[i as usize]).collect();
    let tree = Packed::new(edges.iter().map(|e| e.bounds));
    edges.iter().enumerate().any(|(i, one)| {
        let mut bad = false;
        tree.meeting(&one.bounds.0, &one.bounds.1, &mut |j| {
            // Each pair once.
            let other = edges.get(j).filter(|other| j > i && meet(&one.bounds, &other.bounds));
            bad = other.is_some_and(|other| clash(one, other));
            !bad
        });
        bad
    })
}

/// Turns the boxes so that one of their sides runs along the edges, as far as these have a common direction:
/// long edges side by side, such as ridges of fields, would else all meet each other's boxes.
fn turn(edges: &mut [Edge]) {
    // The direction with weight, doubled so that back and forth are the same.
    let (mut cos2, mut sin2) = (0.0, 0.0);
    for Edge { line, .. } in edges.iter() {
        let (dx, dy) = (line.end.x - line.start.x, line.end.y - line.start.y);
        let length = dx.hypot(dy);
        if length > 0.0 {
            cos2 += (dx * dx - dy * dy) / length;
            sin2 += 2.0 * dx * dy / length;
        }
    }
    let norm = cos2.hypot(sin2);
    if norm == 0.0 {
        return;
    }
    let cos = ((1.0 + cos2 / norm) / 2.0).max(0.0).sqrt();
    let sin = ((1.0 - cos2 / norm) / 2.0).max(0.0).sqrt().copysign(sin2);
    let turned = |c: Coord<f64>| Coord { x: c.x * cos + c.y * sin, y: c.y * cos - c.x * sin };
    for edge in edges {
        let (mut low, mut high) =
            bounds(&Line::new(turned(edge.line.start), turned(edge.line.end)));
        for d in 0..2 {
            // More than turning rounds off.
            low[d] -= 1e-12;
            high[d] += 1e-12;
        }
        edge.bounds = (low, high);
    }
}

/// The box around a segment.
fn bounds(line: &Line<f64>) -> Bounds<2> {
    let (a, b) = (line.start, line.end);
    ([a.x.min(b.x), a.y.min(b.y)], [a.x.max(b.x), a.y.max(b.y)])
}

/// Whether two boxes have a point in common.
pub(super) fn meet(a: &Bounds<2>, b: &Bounds<2>) -> bool {
    (0..2).all(|d| a.0[d] <= b.1[d] && b.0[d] <= a.1[d])
}

/// Whether two edges meet as they must not.
fn clash(one: &Edge, other: &Edge) -> bool {
    if one.ring != other.ring {
        // Rings may touch in points.
        crosses(&one.line, &other.line)
    } else if next_to(one.at, other.at, one.last) {
        // Neighbours share a corner; a spike turns back on itself.
        matches!(
            line_intersection(one.line, other.line),
            Some(LineIntersection::Collinear { intersection })
                if intersection.start != intersection.end
        )
    } else {
        one.line.intersects(&other.line)
    }
}

/// Whether two segments cross or run along each other; touching in a point is neither.
fn crosses(a: &Line<f64>, b: &Line<f64>) -> bool {
    match line_intersection(*a, *b) {
        Some(LineIntersection::SinglePoint { is_proper, .. }) => is_proper,
        Some(LineIntersection::Collinear { intersection }) => {
            intersection.start != intersection.end
        }
        None => false,
    }
}

fn next_to(a: usize, b: usize, last: usize) -> bool {
    let (low, high) = (a.min(b), a.max(b));
    high - low == 1 || (low == 0 && high == last)
}

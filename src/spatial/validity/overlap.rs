//! Whether sound rings and polygons share surface: only those whose boxes meet are looked at closely.

use geo::BoundingRect;
use geo::bool_ops::BooleanOps;
use geo::line_intersection::{LineIntersection, line_intersection};
use geo_types::{Coord, Line, LineString, Polygon};

use super::cross::meet;
use crate::spatial::edges::{Edges, Location};
use crate::spatial::measure::{polygon_surface, surface};
use crate::spatial::packed::{Bounds, Packed, order};

/// Whether any two of these sound polygons have surface in common. A common edge is none.
pub(super) fn overlap(parts: &[Polygon<f64>]) -> bool {
    if parts.len() < 2 {
        return false;
    }
    let boxes: Vec<Bounds<2>> = parts.iter().map(|part| bounds_of(part.exterior())).collect();
    let mut edges: Vec<Option<Edges>> = vec![None; parts.len()];
    let mut any = false;
    each_meeting(&boxes, &mut |i, j| {
        // The larger outline is indexed, the smaller one walked along.
        let size = |at: usize| parts[at].exterior().0.len();
        let (large, small) = if size(i) >= size(j) { (i, j) } else { (j, i) };
        let indexed = edges[large].get_or_insert_with(|| Edges::new(rings(&parts[large])));
        any = share_surface((&parts[large], indexed), &parts[small]);
        !any
    });
    any
}

/// For each of these rings, which do not cross, whether it lies within another one.
pub(super) fn nested(holes: &[LineString<f64>]) -> Vec<bool> {
    let boxes: Vec<Bounds<2>> = holes.iter().map(bounds_of).collect();
    let mut within = vec![false; holes.len()];
    let contains = |outer: &Bounds<2>, inner: &Bounds<2>| {
        (0..2).all(|d| outer.0[d] <= inner.0[d] && outer.1[d] >= inner.1[d])
    };
    each_meeting(&boxes, &mut |i, j| {
        for (inner, outer) in [(i, j), (j, i)] {
            if !within[inner] && contains(&boxes[outer], &boxes[inner]) {
                let around = Edges::new(std::iter::once(&holes[outer]));
                within[inner] = is_inside(&holes[inner], &around);
            }
        }
        true
    });
    within
}

/// Calls `visit` with each pair of boxes that meet, until it says `false`.
fn each_meeting(boxes: &[Bounds<2>], visit: &mut dyn FnMut(usize, usize) -> bool) {
    let middle = |b: &Bounds<2>| [(b.0[0] + b.1[0]) / 2.0, (b.0[1] + b.1[1]) / 2.0];
    let order: Vec<usize> = order(boxes, middle).into_iter().map(|i| i as usize).collect();
    let tree = Packed::new(order.iter().map(|i| boxes[*i]));
    let mut go = true;
    for (at, one) in order.iter().enumerate() {
        tree.meeting(&boxes[*one].0, &boxes[*one].1, &mut |other| {
            if other > at
                && let Some(other) = order.get(other)
                && meet(&boxes[*one], &boxes[*other])
            {
                go = visit(*one, *other);
            }
            go
        });
        if !go {
            return;
        }
    }
}

/// Whether two sound polygons have surface in common.
fn share_surface((large, indexed): (&Polygon<f64>, &Edges), small: &Polygon<f64>) -> bool {
    let mut touch = false;
    let mut cross = false;
    for edge in rings(small).flat_map(LineString::lines) {
        let ([west, south], [east, north]) = super::cross::bounds(&edge);
        let (low, high) = (Coord { x: west, y: south }, Coord { x: east, y: north });
        indexed.meeting(low, high, &mut |other| {
            match contact(&edge, other) {
                Contact::Cross => cross = true,
                Contact::Touch => touch = true,
                Contact::None => {}
            }
            !cross
        });
        if cross {
            return true;
        }
    }
    if touch {
        // Outlines that meet without crossing may lie side by side or upon each other.
        let common = surface(&large.intersection(small));
        return common > 1e-9 * polygon_surface(large).min(polygon_surface(small));
    }
    // Outlines apart: one lies within the other, or they share nothing.
    is_inside(small.exterior(), indexed) || is_inside(large.exterior(), &Edges::new(rings(small)))
}

enum Contact {
    None,
    Touch,
    Cross,
}

fn contact(a: &Line<f64>, b: &Line<f64>) -> Contact {
    match line_intersection(*a, *b) {
        None => Contact::None,
        Some(LineIntersection::SinglePoint { is_proper: true, .. }) => Contact::Cross,
        Some(_) => Contact::Touch,
    }
}

/// Whether a ring lies inside others that it does not cross: its first corner off their outline decides.
pub(super) fn is_inside(ring: &LineString<f64>, others: &Edges) -> bool {
    ring.0
        .iter()
        .map(|at| others.locate(*at))
        .find(|place| *place != Location::Boundary)
        .is_some_and(|place| place == Location::Inside)
}

fn rings(polygon: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

fn bounds_of(ring: &LineString<f64>) -> Bounds<2> {
    ring.bounding_rect().map_or(([0.0; 2], [0.0; 2]), |extent| {
        ([extent.min().x, extent.min().y], [extent.max().x, extent.max().y])
    })
}

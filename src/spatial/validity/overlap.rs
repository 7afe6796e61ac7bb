//! Whether sound rings and polygons share surface: only those whose boxes meet are looked at closely.

use geo::bool_ops::BooleanOps;
use geo::{Area, BoundingRect};
use geo_types::{LineString, Polygon};

use super::cross::meet;
use crate::spatial::edges::{Edges, Location};
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
    let edges = || rings(small).flat_map(LineString::lines);
    if edges().any(|edge| indexed.cross(&edge)) {
        // Outlines that meet may lie side by side. What is less than a millimetre wide all along the
        // outline is rounding: corners lie on slanted edges only as far as numbers can say.
        let outline: f64 = edges().map(|e| (e.end.x - e.start.x).hypot(e.end.y - e.start.y)).sum();
        return large.intersection(small).unsigned_area() > 1e-8 * outline;
    }
    // Outlines apart: one lies within the other, or they share nothing.
    is_inside(small.exterior(), indexed) || is_inside(large.exterior(), &Edges::new(rings(small)))
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

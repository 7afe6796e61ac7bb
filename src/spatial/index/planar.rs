//! The R-tree of a layer in the county's plane, metres of its Gauss–Krüger zone.
//!
//! rstar yields the pieces of the layer by growing distance in the plane. The scale of the projection
//! bounds what that says about the geodesic, so the search goes on until nothing unseen can still come
//! first; the places themselves are measured on the ellipsoid. A question from far outside the zone,
//! where the scale bounds nothing, looks at every piece.

use std::collections::{BTreeSet, HashMap};

use geo_types::{Coord, Rect};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, PointDistance, RTree, RTreeObject};

use super::Candidate;
use super::outline::{Outlines, Shape};
use crate::base::Metres;
use crate::spatial::globe::{Arc, longest_geodesic, space};
use crate::spatial::plane::Plane;

/// Points, lines and areas of a layer that lies in one zone.
#[derive(Debug)]
pub(super) struct PlaneTree {
    plane: Plane,
    /// Points and the pieces of lines and outlines, in the plane.
    pieces: RTree<Piece>,
    shapes: Vec<Shape>,
    /// Points and the extents of shapes, in degrees.
    extents: RTree<GeomWithData<Rectangle<[f64; 2]>, Slot>>,
}

/// Whose extent it is.
#[derive(Clone, Copy, Debug)]
enum Slot {
    /// The point of this number.
    Point(u32),
    /// The shape at this position.
    Shape(u32),
}

/// A point, or a piece of a line or outline.
#[derive(Clone, Copy, Debug)]
struct Piece {
    item: u32,
    arc: Arc,
    /// Around it in the plane.
    bounds: AABB<[f64; 2]>,
}

impl Piece {
    fn new(plane: &Plane, item: u32, arc: Arc) -> Option<Self> {
        let (a, b) = (plane.forward(arc.a)?, plane.forward(arc.b)?);
        // In a zone the curve bends no more in the plane than in space, but for the scale.
        let sag = arc.sag() * 1.1;
        let low = [a.x.min(b.x) - sag, a.y.min(b.y) - sag];
        let high = [a.x.max(b.x) + sag, a.y.max(b.y) + sag];
        Some(Self { item, arc, bounds: AABB::from_corners(low, high) })
    }
}

impl RTreeObject for Piece {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        self.bounds
    }
}

impl PointDistance for Piece {
    /// To its bounds, and so never more than to the piece itself.
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        self.bounds.distance_2(point)
    }
}

impl PlaneTree {
    /// Everything must lie within a few degrees of the plane's central meridian.
    pub fn new(plane: Plane, points: &[(u32, Coord<f64>)], outlines: Outlines) -> Self {
        let (shapes, arcs) = outlines.cut();
        let spots = points.iter().map(|(item, at)| (*item, Arc { a: *at, b: *at }));
        let pieces = spots.chain(arcs).filter_map(|(item, arc)| Piece::new(&plane, item, arc));
        let pieces = RTree::bulk_load(pieces.collect());
        let points = points.iter().map(|(item, at)| (Rect::new(*at, *at), Slot::Point(*item)));
        let areas = (0..).zip(&shapes).map(|(i, shape)| (shape.extent, Slot::Shape(i)));
        let extents = points.chain(areas).map(|(extent, slot)| {
            let (low, high) = (extent.min(), extent.max());
            GeomWithData::new(Rectangle::from_corners([low.x, low.y], [high.x, high.y]), slot)
        });
        let extents = RTree::bulk_load(extents.collect());
        Self { plane, pieces, shapes, extents }
    }

    /// Accepted features among which are the `k` nearest, each with its nearest place.
    pub fn nearest(
        &self,
        at: Coord<f64>,
        k: usize,
        within: Option<Metres>,
        accept: &mut dyn FnMut(u32) -> bool,
    ) -> Vec<Candidate> {
        let mut search =
            Search { k, best: HashMap::new(), top: BTreeSet::new(), found: Vec::new() };
        let mut around = Vec::new();
        self.containing(at, &mut around);
        for item in around {
            if search.accepts(item, accept) {
                search.improve(item, 0.0, at);
            }
        }
        let from = space(at);
        let farthest = |search: &Search| {
            let within = within.map_or(f64::INFINITY, |within| within.0);
            search.farthest().min(within)
        };
        // From where the plane does not reach, the order means nothing and nothing is left out.
        let place = self.plane.forward(at);
        let reach = |farthest: f64| {
            place.map_or(f64::INFINITY, |place| self.plane.longest_image(place, farthest))
        };
        let start = place.map_or([0.0, 0.0], |place| [place.x, place.y]);
        let mut limit = reach(farthest(&search));
        for (piece, square) in self.pieces.nearest_neighbor_iter_with_distance_2(&start) {
            if square > limit * limit {
                break;
            }
            if search.accepts(piece.item, accept) {
                let (nearest, chord2) = piece.arc.nearest(&from);
                if search.improve(piece.item, chord2, nearest) {
                    limit = reach(farthest(&search));
                }
            }
        }
        search.candidates()
    }

    /// Adds the numbers of what meets a window of degrees by its extent.
    pub fn window(&self, window: Rect<f64>, hits: &mut Vec<u32>) {
        let (low, high) = (window.min(), window.max());
        let window = AABB::from_corners([low.x, low.y], [high.x, high.y]);
        for extent in self.extents.locate_in_envelope_intersecting(&window) {
            match extent.data {
                Slot::Point(item) => hits.push(item),
                Slot::Shape(i) => hits.extend(self.shapes.get(i as usize).map(|shape| shape.item)),
            }
        }
    }

    /// Adds the numbers of the areas around a place.
    pub fn containing(&self, at: Coord<f64>, hits: &mut Vec<u32>) {
        for extent in self.extents.locate_all_at_point(&[at.x, at.y]) {
            if let Slot::Shape(i) = extent.data {
                let around = self.shapes.get(i as usize).filter(|shape| shape.contains(at));
                hits.extend(around.map(|shape| shape.item));
            }
        }
    }
}

/// What one search knows: of each feature the nearest place so far, and how far the last of the
/// `k` best is.
struct Search {
    k: usize,
    /// Square chord and place; `None` if the feature is not accepted.
    best: HashMap<u32, Option<(f64, Coord<f64>)>>,
    /// The `k` best by square chord (as the bits of a positive float, which sort alike).
    top: BTreeSet<(u64, u32)>,
    /// Accepted features in the order they were met.
    found: Vec<u32>,
}

impl Search {
    /// Whether a feature counts; asked for each only once.
    fn accepts(&mut self, item: u32, accept: &mut dyn FnMut(u32) -> bool) -> bool {
        let found = &mut self.found;
        self.best
            .entry(item)
            .or_insert_with(|| {
                accept(item).then(|| {
                    found.push(item);
                    (f64::INFINITY, Coord { x: 0.0, y: 0.0 })
                })
            })
            .is_some()
    }

    /// Takes a place of an accepted feature; whether it is the nearest of it so far.
    fn improve(&mut self, item: u32, chord2: f64, place: Coord<f64>) -> bool {
        let Some(Some(best)) = self.best.get_mut(&item) else { return false };
        if chord2 >= best.0 {
            return false;
        }
        self.top.remove(&(best.0.to_bits(), item));
        *best = (chord2, place);
        self.top.insert((chord2.to_bits(), item));
        if self.top.len() > self.k {
            self.top.pop_last();
        }
        true
    }

    /// No feature beyond this many metres can come among the first `k`.
    fn farthest(&self) -> f64 {
        match self.top.last() {
            Some((square, _)) if self.top.len() == self.k => {
                longest_geodesic(f64::from_bits(*square).sqrt())
            }
            _ => f64::INFINITY,
        }
    }

    fn candidates(self) -> Vec<Candidate> {
        let place = |item: &u32| Some((*item, self.best.get(item).copied()??.1));
        self.found.iter().filter_map(place).collect()
    }
}

//! The index over one layer: nearest in true geodesic order, window, point in polygon.
//!
//! A layer of a county stands in an R-tree in the county's plane (`planar`). A layer that is wider
//! than a zone, or so large that building and asking it pays, stands in a packed tree in space
//! (`space`). Both give every feature that could come first; the length on the ellipsoid decides, so
//! that an answer never depends on which tree gave it.

mod outline;
mod planar;
mod space;

use geo_types::{Coord, Geometry, Rect};

use super::extent::joined;
use super::measure::geodesic_distance;
use super::plane::Plane;
use super::tmerc::wrap_degrees;
use crate::base::Metres;
use outline::Outlines;
use planar::PlaneTree;
use space::SpaceTree;

/// Up to this many features a layer stands in the county's plane. Beyond, building the R-tree takes
/// longer than anybody should wait for a first answer: 13 ms at 5,000 points and 2.4 s at a million,
/// where the packed tree takes 0.6 ms and 0.2 s (`benches/spatial.rs`, the same machine and hour).
const LARGE: usize = 5_000;

/// A plane is not used for what is wider, near the poles either.
const WIDEST_DEG: f64 = 12.0;

/// A feature found near a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// Which one: the number given when the index was built.
    pub item: u32,
    /// Its nearest point in degrees.
    pub at: Coord<f64>,
    /// Geodesic distance to that point; 0 inside an area.
    pub distance: Metres,
}

/// A feature that may be among the nearest, and its nearest place.
type Candidate = (u32, Coord<f64>);

/// Index over the geometries of a layer. Edges are straight in degrees, as RFC 7946 has it.
///
/// ```
/// use geo_types::{Coord, Geometry, Point};
/// use shouye::spatial::FeatureIndex;
/// let places: Vec<Geometry<f64>> = vec![Point::new(116.4, 35.7).into(), Point::new(116.5, 35.7).into()];
/// let index = FeatureIndex::build((0..).zip(&places));
/// let near = index.nearest(Coord { x: 116.49, y: 35.7 }, 1, None, &mut |_| true);
/// assert_eq!((near[0].item, near[0].distance.whole()), (1, 905));
/// ```
#[derive(Debug)]
pub struct FeatureIndex {
    tree: Tree,
}

#[derive(Debug)]
enum Tree {
    Plane(PlaneTree),
    Space(SpaceTree),
}

impl Default for FeatureIndex {
    fn default() -> Self {
        Self::build(std::iter::empty())
    }
}

impl FeatureIndex {
    /// Builds the index over numbered geometries in degrees. What is empty or not on the globe is left out.
    pub fn build<'a>(geometries: impl Iterator<Item = (u32, &'a Geometry<f64>)>) -> Self {
        let (points, outlines) = taken_apart(geometries);
        let small = points.len() + outlines.shapes.len() <= LARGE;
        match small.then(|| zone(&points, &outlines)).flatten() {
            Some(plane) => Self::planar(plane, &points, outlines),
            None => Self::spatial(&points, outlines),
        }
    }

    /// The same in the plane of a zone however large it is; `None` if no zone holds all of it.
    pub fn in_plane<'a>(
        geometries: impl Iterator<Item = (u32, &'a Geometry<f64>)>,
    ) -> Option<Self> {
        let (points, outlines) = taken_apart(geometries);
        let plane = zone(&points, &outlines)?;
        Some(Self::planar(plane, &points, outlines))
    }

    /// The same in space however small it is.
    pub fn in_space<'a>(geometries: impl Iterator<Item = (u32, &'a Geometry<f64>)>) -> Self {
        let (points, outlines) = taken_apart(geometries);
        Self::spatial(&points, outlines)
    }

    fn planar(plane: Plane, points: &[(u32, Coord<f64>)], outlines: Outlines) -> Self {
        Self { tree: Tree::Plane(PlaneTree::new(plane, points, outlines)) }
    }

    fn spatial(points: &[(u32, Coord<f64>)], outlines: Outlines) -> Self {
        Self { tree: Tree::Space(SpaceTree::new(points, outlines)) }
    }

    /// The `k` nearest accepted features no farther than `within`, nearest first, ties by number.
    ///
    /// `accept` is asked at most once for each feature. The nearest place on a line or outline is exact
    /// to 0.1 mm within 1000 km of the question, to centimetres beyond.
    pub fn nearest(
        &self,
        at: Coord<f64>,
        k: usize,
        within: Option<Metres>,
        accept: &mut dyn FnMut(u32) -> bool,
    ) -> Vec<Near> {
        let somewhere = at.x.is_finite() && (-90.0..=90.0).contains(&at.y);
        if k == 0 || !somewhere || !within.is_none_or(|within| within.0 >= 0.0) {
            return Vec::new();
        }
        let candidates = match &self.tree {
            Tree::Plane(tree) => tree.nearest(at, k, within, accept),
            Tree::Space(tree) => tree.nearest(at, k, within, accept),
        };
        let mut near: Vec<Near> = candidates
            .into_iter()
            .map(|(item, place)| Near { item, at: place, distance: geodesic_distance(at, place) })
            .filter(|near| within.is_none_or(|w| near.distance.0 <= w.0))
            .collect();
        near.sort_unstable_by(|a, b| {
            a.distance.0.total_cmp(&b.distance.0).then(a.item.cmp(&b.item))
        });
        near.truncate(k);
        near
    }

    /// Features whose extent meets the window, in ascending number.
    pub fn window(&self, window: Rect<f64>) -> Vec<u32> {
        let mut hits = Vec::new();
        match &self.tree {
            Tree::Plane(tree) => tree.window(window, &mut hits),
            Tree::Space(tree) => tree.window(window, &mut hits),
        }
        hits.sort_unstable();
        hits
    }

    /// Areas that contain the place or have it on their outline, in ascending number.
    pub fn containing(&self, at: Coord<f64>) -> Vec<u32> {
        let mut hits = Vec::new();
        if at.x.is_finite() {
            match &self.tree {
                Tree::Plane(tree) => tree.containing(wrapped(at), &mut hits),
                Tree::Space(tree) => tree.containing(wrapped(at), &mut hits),
            }
        }
        hits.sort_unstable();
        hits
    }
}

/// Points by themselves, lines and areas as outlines.
fn taken_apart<'a>(
    geometries: impl Iterator<Item = (u32, &'a Geometry<f64>)>,
) -> (Vec<(u32, Coord<f64>)>, Outlines) {
    let mut points = Vec::with_capacity(geometries.size_hint().0);
    let mut outlines = Outlines::default();
    for (item, geometry) in geometries {
        match geometry {
            Geometry::Point(p) if on_globe(p.0) => points.push((item, p.0)),
            Geometry::Point(_) => {}
            other => outlines.add(item, other),
        }
    }
    (points, outlines)
}

/// The plane in which all of it can stand; `None` if there is none, or nothing.
fn zone(points: &[(u32, Coord<f64>)], outlines: &Outlines) -> Option<Plane> {
    let points = points.iter().map(|(_, at)| Rect::new(*at, *at));
    let extents = outlines.shapes.iter().map(|shape| shape.extent);
    let extent = points.chain(extents).reduce(joined)?;
    let plane = Plane::for_extent(extent);
    (extent.width() <= WIDEST_DEG && plane.holds(extent)).then_some(plane)
}

fn on_globe(at: Coord<f64>) -> bool {
    at.x.abs() <= 180.0 && at.y.abs() <= 90.0
}

fn wrapped(at: Coord<f64>) -> Coord<f64> {
    Coord { x: wrap_degrees(at.x), y: at.y }
}

#[cfg(test)]
mod tests;

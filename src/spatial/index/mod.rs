//! The index over one layer: nearest in true geodesic order, window, point in polygon.
//!
//! Features stand in a packed R-tree in space, metres from the centre of the earth, so that one tree
//! answers for a county as for the world, across 180° and at the poles. The search runs through it by
//! growing chord; `globe` proves how far a chord may deceive about the geodesic, and everything that
//! could still come first is measured by Karney's geodesic before the answer is put in order.

mod points;
mod shapes;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use geo_types::{Coord, Geometry, Rect};

use super::globe::{Space, decided_beyond, longest_chord, space};
use super::measure::geodesic_distance;
use super::packed::FAN;
use super::tmerc::wrap_degrees;
use crate::base::Metres;
use points::Points;
use shapes::Shapes;

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
    points: Points,
    shapes: Shapes,
}

impl Default for FeatureIndex {
    fn default() -> Self {
        Self::build(std::iter::empty())
    }
}

/// What waits in the search, by growing square chord (as the bits of a positive float, which sort alike).
type Waiting = Reverse<(u64, Step, u32)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// A point, by its place in the tree's order.
    Point,
    /// A place on a shape that has been measured, by its number in the search.
    Measured,
    /// A piece of outline, known by its box.
    Arc,
    /// Eight points.
    Bucket,
    /// A node of the points' tree at a level.
    PointNode(u8),
    /// A node of the arcs' tree at a level.
    ArcNode(u8),
}

impl FeatureIndex {
    /// Builds the index over numbered geometries in degrees. What is empty or not on the globe is left out.
    pub fn build<'a>(geometries: impl Iterator<Item = (u32, &'a Geometry<f64>)>) -> Self {
        let mut points = Vec::with_capacity(geometries.size_hint().0);
        let mut shapes = shapes::Builder::default();
        for (item, geometry) in geometries {
            match geometry {
                Geometry::Point(p) if on_globe(p.0) => points.push((item, p.0)),
                Geometry::Point(_) => {}
                other => shapes.add(item, other),
            }
        }
        Self { points: Points::new(&points), shapes: shapes.build() }
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
        if k == 0 || !at.x.is_finite() || !(-90.0..=90.0).contains(&at.y) {
            return Vec::new();
        }
        let mut limit = match within {
            None => f64::INFINITY,
            Some(w) if w.0 >= 0.0 => longest_chord(w.0),
            Some(_) => return Vec::new(),
        };
        let mut search = Search::new(self, at);
        let mut seen: HashSet<u32> = HashSet::new();
        // Item and place, by growing chord.
        let mut found: Vec<(u32, Coord<f64>)> = Vec::new();
        while let Some((item, place, chord)) = search.next(limit, &seen) {
            // A shape comes again with each piece of its outline.
            if search.is_shape && !seen.insert(item) {
                continue;
            }
            if accept(item) {
                found.push((item, place));
                if found.len() == k {
                    limit = limit.min(decided_beyond(chord));
                }
            }
        }
        let mut near: Vec<Near> = found
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
        self.points.window(window, &mut hits);
        self.shapes.window(window, &mut hits);
        hits.sort_unstable();
        hits
    }

    /// Areas that contain the place or have it on their outline, in ascending number.
    pub fn containing(&self, at: Coord<f64>) -> Vec<u32> {
        let mut hits = Vec::new();
        if at.x.is_finite() {
            self.shapes.containing(wrapped(at), &mut hits);
        }
        hits.sort_unstable();
        hits
    }
}

/// One search in progress: a queue of what may come next, nearest by chord first.
struct Search<'a> {
    index: &'a FeatureIndex,
    from: Space,
    queue: BinaryHeap<Waiting>,
    /// Places on shapes, measured exactly.
    measured: Vec<(u32, Coord<f64>)>,
    /// Whether the last thing found is a shape.
    is_shape: bool,
}

impl<'a> Search<'a> {
    fn new(index: &'a FeatureIndex, at: Coord<f64>) -> Self {
        let mut search = Self {
            index,
            from: space(at),
            queue: BinaryHeap::with_capacity(128),
            measured: Vec::new(),
            is_shape: false,
        };
        search.wait(0.0, Step::PointNode(index.points.tree.root() as u8), 0);
        if !index.shapes.is_empty() {
            search.wait(0.0, Step::ArcNode(index.shapes.tree.root() as u8), 0);
            let mut around = Vec::new();
            index.shapes.containing(wrapped(at), &mut around);
            for item in around {
                search.wait_measured(0.0, item, at);
            }
        }
        search
    }

    fn wait(&mut self, square: f64, step: Step, at: usize) {
        self.queue.push(Reverse((square.to_bits(), step, at as u32)));
    }

    fn wait_measured(&mut self, square: f64, item: u32, place: Coord<f64>) {
        self.wait(square, Step::Measured, self.measured.len());
        self.measured.push((item, place));
    }

    /// The next feature by chord, its nearest place and the chord; shapes in `seen` need no measuring.
    fn next(&mut self, limit: f64, seen: &HashSet<u32>) -> Option<(u32, Coord<f64>, f64)> {
        let limit = limit * limit;
        loop {
            let Reverse((bits, step, at)) = self.queue.pop()?;
            let square = f64::from_bits(bits);
            if square > limit {
                return None;
            }
            let at = at as usize;
            let index = self.index;
            match step {
                Step::Point => {
                    self.is_shape = false;
                    let (item, place) = index.points.get(at)?;
                    return Some((item, place, square.sqrt()));
                }
                Step::Measured => {
                    self.is_shape = true;
                    let (item, place) = *self.measured.get(at)?;
                    return Some((item, place, square.sqrt()));
                }
                Step::Arc => {
                    let Some((item, arc)) = index.shapes.arc(at) else { continue };
                    if !seen.contains(&item) {
                        let (place, square) = arc.nearest(&self.from);
                        if square <= limit {
                            self.wait_measured(square, item, place);
                        }
                    }
                }
                Step::Bucket => {
                    let from = self.from;
                    for (i, square) in index.points.bucket(at, &from) {
                        if square <= limit {
                            self.wait(square, Step::Point, i);
                        }
                    }
                }
                Step::PointNode(level) => {
                    let squares = index.points.tree.distances(level.into(), at, &self.from);
                    let below = level.checked_sub(1).map_or(Step::Bucket, Step::PointNode);
                    self.wait_children(at, &squares, limit, below);
                }
                Step::ArcNode(level) => {
                    let squares = index.shapes.tree.distances(level.into(), at, &self.from);
                    let below = level.checked_sub(1).map_or(Step::Arc, Step::ArcNode);
                    self.wait_children(at, &squares, limit, below);
                }
            }
        }
    }

    fn wait_children(&mut self, node: usize, squares: &[f64; FAN], limit: f64, below: Step) {
        for (child, square) in squares.iter().enumerate() {
            // A child that is not there is infinitely far.
            if *square <= limit && *square < f64::INFINITY {
                self.wait(*square, below, node * FAN + child);
            }
        }
    }
}

fn on_globe(at: Coord<f64>) -> bool {
    at.x.abs() <= 180.0 && at.y.abs() <= 90.0
}

fn wrapped(at: Coord<f64>) -> Coord<f64> {
    Coord { x: wrap_degrees(at.x), y: at.y }
}

#[cfg(test)]
mod tests;

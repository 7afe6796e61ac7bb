//! The packed R-tree of a large or wide layer, in space, metres from the centre of the earth, so that
//! one tree answers for a county as for the world, across 180° and at the poles.
//!
//! The search runs through it by growing chord; `globe` proves how far a chord may deceive about the
//! geodesic.

mod points;
mod shapes;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use geo_types::{Coord, Rect};

use super::outline::Outlines;
use super::{Candidate, wrapped};
use crate::base::Metres;
use crate::spatial::globe::{Space, decided_beyond, longest_chord, space};
use crate::spatial::packed::FAN;
use points::Points;
use shapes::Shapes;

/// Points, lines and areas of a layer anywhere on the globe.
#[derive(Debug)]
pub(super) struct SpaceTree {
    points: Points,
    shapes: Shapes,
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

impl SpaceTree {
    pub fn new(points: &[(u32, Coord<f64>)], outlines: Outlines) -> Self {
        Self { points: Points::new(points), shapes: Shapes::new(outlines) }
    }

    /// Accepted features among which are the `k` nearest, each with its nearest place.
    pub fn nearest(
        &self,
        at: Coord<f64>,
        k: usize,
        within: Option<Metres>,
        accept: &mut dyn FnMut(u32) -> bool,
    ) -> Vec<Candidate> {
        let mut limit = within.map_or(f64::INFINITY, |within| longest_chord(within.0));
        let mut search = Search::new(self, at);
        let mut seen: HashSet<u32> = HashSet::new();
        // By growing chord.
        let mut found = Vec::new();
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
        found
    }

    /// Adds the numbers of what meets a window of degrees by its extent.
    pub fn window(&self, window: Rect<f64>, hits: &mut Vec<u32>) {
        self.points.window(window, hits);
        self.shapes.window(window, hits);
    }

    /// Adds the numbers of the areas around a place.
    pub fn containing(&self, at: Coord<f64>, hits: &mut Vec<u32>) {
        self.shapes.containing(at, hits);
    }
}

/// One search in progress: a queue of what may come next, nearest by chord first.
struct Search<'a> {
    index: &'a SpaceTree,
    from: Space,
    queue: BinaryHeap<Waiting>,
    /// Places on shapes, measured exactly.
    measured: Vec<(u32, Coord<f64>)>,
    /// Whether the last thing found is a shape.
    is_shape: bool,
}

impl<'a> Search<'a> {
    fn new(index: &'a SpaceTree, at: Coord<f64>) -> Self {
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

//! Finds the edges of the graph near a place.

use geo_types::Coord;

use super::graph::Graph;
use super::place::{Place, Scale};
use crate::spatial::packed::{Bounds, FAN, Packed, order};

/// What rounding may hide of a distance, as a share of it and in square metres.
const SLACK: (f64, f64) = (1e-6, 1e-4);

/// Segments of edges, never of gates, in a tree over their extents in degrees.
#[derive(Clone, Debug)]
pub struct Locator {
    segments: Vec<Segment>,
    tree: Packed<2>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Segment {
    edge: u32,
    /// Corner of the graph it begins at.
    corner: u32,
}

impl Segment {
    fn ends(self, graph: &Graph) -> [Coord<f64>; 2] {
        let corner = self.corner as usize;
        [graph.corners[corner], graph.corners[corner + 1]]
    }

    fn bounds(self, graph: &Graph) -> Bounds<2> {
        let [a, b] = self.ends(graph);
        ([a.x.min(b.x), a.y.min(b.y)], [a.x.max(b.x), a.y.max(b.y)])
    }
}

impl Locator {
    /// An index over those edges of a graph that `accept` takes.
    pub fn new(graph: &Graph, accept: impl Fn(u32) -> bool) -> Self {
        let mut all: Vec<Segment> = Vec::new();
        for (edge, facts) in (0_u32..).zip(&graph.edges) {
            if facts.gate.is_none() && accept(edge) {
                let corners = facts.corners.start..facts.corners.end.saturating_sub(1);
                all.extend(corners.map(|corner| Segment { edge, corner }));
            }
        }
        let centre = |segment: &Segment| {
            let [a, b] = segment.ends(graph);
            [(a.x + b.x) / 2.0, (a.y + b.y) / 2.0]
        };
        let segments: Vec<Segment> =
            order(&all, centre).into_iter().map(|at| all[at as usize]).collect();
        let tree = Packed::new(segments.iter().map(|segment| segment.bounds(graph)));
        Self { segments, tree }
    }

    /// The nearest place on an edge; ties go to the lower edge.
    pub fn nearest(&self, graph: &Graph, at: Coord<f64>) -> Option<Place> {
        let scale = Scale::at(at);
        let mut search = Search { locator: self, graph, at, scale, best: None };
        search.descend(self.tree.root(), 0);
        search.best.map(|found| found.place(graph, at))
    }

    /// Edges whose segments have extents that meet a box in degrees, in order.
    pub fn in_box(&self, low: Coord<f64>, high: Coord<f64>) -> Vec<u32> {
        let mut edges: Vec<u32> = Vec::new();
        self.tree.meeting(&[low.x, low.y], &[high.x, high.y], &mut |at| {
            edges.extend(self.segments.get(at).map(|segment| segment.edge));
            true
        });
        edges.sort_unstable();
        edges.dedup();
        edges
    }
}

struct Search<'a> {
    locator: &'a Locator,
    graph: &'a Graph,
    at: Coord<f64>,
    scale: Scale,
    best: Option<Found>,
}

impl Search<'_> {
    /// Looks through a node of the tree, the nearest child first.
    fn descend(&mut self, level: usize, node: usize) {
        let scale = [self.scale.x, self.scale.y];
        let from = [self.at.x, self.at.y];
        let mut far = self.locator.tree.scaled_distances(level, node, &from, &scale);
        for _ in 0..FAN {
            let mut child = 0;
            for other in 1..FAN {
                if far[other] < far[child] {
                    child = other;
                }
            }
            let limit = self
                .best
                .as_ref()
                .map_or(f64::MAX, |best| best.distance2 * (1.0 + SLACK.0) + SLACK.1);
            // Also what is not there, which is infinitely far.
            if far[child] > limit {
                return;
            }
            far[child] = f64::INFINITY;
            let below = node * FAN + child;
            if level > 0 {
                self.descend(level - 1, below);
            } else if let Some(segment) = self.locator.segments.get(below) {
                let found = Found::of(self.graph, *segment, self.at, &self.scale);
                if self.best.as_ref().is_none_or(|best| found.before(best)) {
                    self.best = Some(found);
                }
            }
        }
    }
}

struct Found {
    segment: Segment,
    share: f64,
    distance2: f64,
}

impl Found {
    fn of(graph: &Graph, segment: Segment, at: Coord<f64>, scale: &Scale) -> Self {
        let [a, b] = segment.ends(graph);
        let (along, way) = (scale.metres(b - a), scale.metres(at - a));
        let length2 = along[0] * along[0] + along[1] * along[1];
        let share = if length2 > 0.0 {
            ((way[0] * along[0] + way[1] * along[1]) / length2).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let (dx, dy) = (way[0] - along[0] * share, way[1] - along[1] * share);
        Self { segment, share, distance2: dx * dx + dy * dy }
    }

    fn before(&self, other: &Self) -> bool {
        self.distance2
            .total_cmp(&other.distance2)
            .then_with(|| self.segment.cmp(&other.segment))
            .is_lt()
    }

    fn place(&self, graph: &Graph, at: Coord<f64>) -> Place {
        Place::on_segment(graph, self.segment.edge, self.segment.corner, self.share, at)
    }
}

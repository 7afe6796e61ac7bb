//! Dijkstra's search: always available, and what every faster way is held against.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use geo_types::Coord;

use super::graph::{ArcId, Graph, NodeId};
use super::metric::{Metric, NEVER};
use super::place::Place;

/// From here on the node before is no node but the number of a seed.
const SEED: u32 = 1 << 31;

/// Which way time runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the seeds to everywhere.
    From,
    /// From everywhere to the seeds.
    To,
}

impl Direction {
    /// The other one.
    pub fn reversed(self) -> Self {
        match self {
            Self::From => Self::To,
            Self::To => Self::From,
        }
    }
}

/// Times from some places to all nodes, or from all nodes to some places, and the ways there.
/// Made once and used again: it forgets the last search without clearing everything.
#[derive(Clone, Debug)]
pub struct Search {
    direction: Direction,
    time: Vec<u32>,
    /// The arc by which each node was reached, and the node before it.
    by: Vec<(ArcId, NodeId)>,
    round: Vec<u32>,
    now: u32,
    heap: BinaryHeap<Reverse<(u32, NodeId)>>,
    seeds: Vec<Place>,
}

/// Milliseconds, by which node and arc if by any, and the seed on whose edge it lies otherwise.
type Best = (u32, Option<(NodeId, ArcId)>, Place);

/// A way through the net.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Milliseconds.
    pub ms: u32,
    /// Where it begins.
    pub start: Place,
    /// Where it ends.
    pub end: Place,
    /// Edges in the order they are passed, as twice the edge plus one against its corners. The first
    /// and the last are passed in part.
    pub ways: Vec<u32>,
}

impl Search {
    /// For a graph.
    pub fn new(graph: &Graph) -> Self {
        let nodes = graph.original.len();
        Self {
            direction: Direction::From,
            time: vec![NEVER; nodes],
            by: vec![(0, SEED); nodes],
            round: vec![0; nodes],
            now: 0,
            heap: BinaryHeap::new(),
            seeds: Vec::new(),
        }
    }

    /// Searches from (or to) places until `most` milliseconds, or until `settled` says that it is
    /// enough; it is called with each node when its time is final.
    pub fn run(
        &mut self,
        graph: &Graph,
        metric: &Metric,
        seeds: &[Place],
        direction: Direction,
        most: u32,
        mut settled: impl FnMut(NodeId, u32) -> bool,
    ) {
        self.begin(direction);
        self.seeds.extend_from_slice(seeds);
        for (number, place) in (SEED..).zip(seeds) {
            for (node, ms, arc) in ends(graph, metric, place, direction) {
                self.offer(node, ms, (arc, number), most);
            }
        }
        while let Some(Reverse((ms, node))) = self.heap.pop() {
            if ms > self.time(node) {
                continue;
            }
            if !settled(node, ms) {
                break;
            }
            match direction {
                Direction::From => {
                    for arc in graph.out(node) {
                        let next = ms.saturating_add(metric.arc[arc]);
                        self.offer(graph.head[arc], next, (arc as ArcId, node), most);
                    }
                }
                Direction::To => {
                    for entry in graph.into(node) {
                        let (tail, arc) = graph.incoming[entry];
                        let next = ms.saturating_add(metric.arc[arc as usize]);
                        self.offer(tail, next, (arc, node), most);
                    }
                }
            }
        }
    }

    /// Searches from a place until the quickest way to another is found.
    pub fn run_to(&mut self, graph: &Graph, metric: &Metric, from: &Place, to: &Place) {
        let left: Vec<(NodeId, u32)> =
            ends(graph, metric, to, Direction::To).map(|(node, rest, _)| (node, rest)).collect();
        let mut best = NEVER;
        self.run(graph, metric, &[*from], Direction::From, NEVER, |node, ms| {
            for (_, rest) in left.iter().filter(|(end, _)| *end == node) {
                best = best.min(ms.saturating_add(*rest));
            }
            ms < best
        });
    }

    fn begin(&mut self, direction: Direction) {
        self.direction = direction;
        self.heap.clear();
        self.seeds.clear();
        self.now = self.now.wrapping_add(1);
        if self.now == 0 {
            self.round.fill(0);
            self.now = 1;
        }
    }

    fn offer(&mut self, node: NodeId, ms: u32, by: (ArcId, NodeId), most: u32) {
        let at = node as usize;
        if ms >= NEVER || ms > most || (self.round[at] == self.now && self.time[at] <= ms) {
            return;
        }
        self.round[at] = self.now;
        self.time[at] = ms;
        self.by[at] = by;
        self.heap.push(Reverse((ms, node)));
    }

    /// Milliseconds between the seeds and a node; [`NEVER`] if the search did not get there.
    pub fn time(&self, node: NodeId) -> u32 {
        let at = node as usize;
        if self.round[at] == self.now { self.time[at] } else { NEVER }
    }

    /// Milliseconds between the seeds and a place; [`NEVER`] if there is no way.
    pub fn time_at(&self, graph: &Graph, metric: &Metric, place: &Place) -> u32 {
        self.best(graph, metric, place).map_or(NEVER, |best| best.0)
    }

    /// Milliseconds between a place and the nearest of the seeds, and which one that is.
    pub fn nearest_seed(
        &self,
        graph: &Graph,
        metric: &Metric,
        place: &Place,
    ) -> Option<(u32, usize)> {
        let (ms, by, seed) = self.best(graph, metric, place)?;
        let number = match by {
            None => self.seeds.iter().position(|own| *own == seed)?,
            Some((mut node, _)) => loop {
                let (_, before) = self.by[node as usize];
                if before >= SEED {
                    break (before - SEED) as usize;
                }
                node = before;
            },
        };
        Some((ms, number))
    }

    /// The best time at a place, with the node and arc by which it is reached; no node if it lies
    /// on the seed's own edge.
    fn best(&self, graph: &Graph, metric: &Metric, place: &Place) -> Option<Best> {
        let opposite = self.direction.reversed();
        let mut best: Option<Best> = None;
        let mut offer = |ms: u32, by: Option<(NodeId, ArcId)>, seed: Place| {
            if ms < NEVER && best.as_ref().is_none_or(|best| ms < best.0) {
                best = Some((ms, by, seed));
            }
        };
        for seed in self.seeds.iter().filter(|seed| seed.edge == place.edge) {
            let (from, to) = self.in_order(*seed, *place);
            if let Some(ms) = metric.between(graph, place.edge, from.offset_mm, to.offset_mm) {
                offer(ms, None, *seed);
            }
        }
        for (node, ms, arc) in ends(graph, metric, place, opposite) {
            let there = self.time(node);
            if there != NEVER {
                offer(there.saturating_add(ms), Some((node, arc)), *place);
            }
        }
        best
    }

    /// The way between the seeds and a place.
    pub fn path(&self, graph: &Graph, metric: &Metric, place: &Place) -> Option<Path> {
        let (ms, by, seed) = self.best(graph, metric, place)?;
        let Some((mut node, last)) = by else {
            let (start, end) = self.in_order(seed, *place);
            let way = place.edge * 2 + u32::from(start.offset_mm > end.offset_mm);
            return Some(Path { ms, start, end, ways: vec![way] });
        };
        let mut ways = vec![graph.way[last as usize]];
        let seed = loop {
            let (arc, before) = self.by[node as usize];
            if graph.way[arc as usize] != Graph::FREE {
                ways.push(graph.way[arc as usize]);
            }
            if before >= SEED {
                break *self.seeds.get((before - SEED) as usize)?;
            }
            node = before;
        };
        if self.direction == Direction::From {
            ways.reverse();
        }
        let (start, end) = self.in_order(seed, *place);
        let mut path = Path { ms, start, end, ways };
        path.trim(graph);
        Some(path)
    }

    fn in_order(&self, seed: Place, place: Place) -> (Place, Place) {
        match self.direction {
            Direction::From => (seed, place),
            Direction::To => (place, seed),
        }
    }
}

impl Path {
    /// Leaves out a first and a last edge of which nothing is passed, because the journey begins or ends
    /// at a junction.
    pub(super) fn trim(&mut self, graph: &Graph) {
        let end_of = |way: u32, end: u32| {
            if way % 2 == end { 0 } else { graph.edges[(way / 2) as usize].length_mm }
        };
        while let [first, second, ..] = self.ways[..]
            && self.start.offset_mm == end_of(first, 1)
        {
            self.start.edge = second / 2;
            self.start.offset_mm = end_of(second, 0);
            self.ways.remove(0);
        }
        while let [.., before, last] = self.ways[..]
            && self.end.offset_mm == end_of(last, 0)
        {
            self.end.edge = before / 2;
            self.end.offset_mm = end_of(before, 1);
            self.ways.pop();
        }
    }

    /// Metres from end to end.
    pub fn length_m(&self, graph: &Graph) -> f64 {
        let whole = |way: &u32| f64::from(graph.edges[(*way / 2) as usize].length_mm);
        let mm = match self.ways[..] {
            [_] => f64::from(self.start.offset_mm.abs_diff(self.end.offset_mm)),
            [first, .., last] => {
                let from = f64::from(self.start.offset_mm);
                let to = f64::from(self.end.offset_mm);
                let begun = if first % 2 == 0 { from } else { whole(&first) - from };
                let left = if last % 2 == 0 { whole(&last) - to } else { to };
                self.ways.iter().map(whole).sum::<f64>() - begun - left
            }
            [] => 0.0,
        };
        mm / 1000.0
    }

    /// The corners of the way in degrees.
    pub fn line(&self, graph: &Graph) -> Vec<Coord<f64>> {
        let mut out: Vec<Coord<f64>> = Vec::new();
        let last = self.ways.len().saturating_sub(1);
        for (n, way) in self.ways.iter().enumerate() {
            let edge = way / 2;
            let length = graph.edges[edge as usize].length_mm;
            let (begin, end) = if way % 2 == 0 { (0, length) } else { (length, 0) };
            let from = if n == 0 { self.start.offset_mm } else { begin };
            let to = if n == last { self.end.offset_mm } else { end };
            Place::append_stretch(graph, edge, from, to, &mut out);
        }
        out.dedup();
        out
    }
}

/// The nodes at which a traveller from (or to) a place comes upon the net, how long it takes from
/// (or to) there, and by which arc.
pub(super) fn ends<'a>(
    graph: &'a Graph,
    metric: &'a Metric,
    place: &'a Place,
    direction: Direction,
) -> impl Iterator<Item = (NodeId, u32, ArcId)> + 'a {
    let length = graph.edges[place.edge as usize].length_mm;
    [0_u32, 1].into_iter().flat_map(move |backward| {
        let way = place.edge * 2 + backward;
        let (begin, end) = if backward == 0 { (0, length) } else { (length, 0) };
        let (from, to) = match direction {
            Direction::From => (place.offset_mm, end),
            Direction::To => (begin, place.offset_mm),
        };
        // A stretch of no length has no direction of its own: it is passed in this one.
        let open = metric.way[way as usize] != NEVER;
        let ms = metric.between(graph, place.edge, from, to).filter(|_| open);
        let arcs = ms.into_iter().flat_map(move |ms| graph.arcs_of(way).map(move |arc| (ms, arc)));
        arcs.map(move |(ms, (tail, arc))| match direction {
            Direction::From => {
                let head = graph.head[arc as usize];
                (head, ms.saturating_add(metric.delay_ms(graph, way)), arc)
            }
            Direction::To => (tail, ms, arc),
        })
    })
}

/// The nodes from which a traveller comes to a place along its own edge, and how long that takes.
pub(super) fn approaches(
    graph: &Graph,
    metric: &Metric,
    place: &Place,
    visit: &mut impl FnMut(NodeId, u32),
) {
    let edge = &graph.edges[place.edge as usize];
    for (end, begin) in [(0, 0), (1, edge.length_mm)] {
        let way = place.edge * 2 + end;
        if metric.way[way as usize] == NEVER {
            continue;
        }
        let Some(ms) = metric.between(graph, place.edge, begin, place.offset_mm) else { continue };
        let node = edge.nodes[end as usize];
        if graph.copied[node as usize] {
            graph.arcs_of(way).for_each(|(node, _)| visit(node, ms));
        } else {
            visit(node, ms);
        }
    }
}

//! Customizable contraction hierarchy: the same times as Dijkstra's search, for many places at once.
//!
//! The order of contraction depends on the net alone and is made once; a vehicle's times and every
//! closure only customise it (Dibbelt, Strasser and Wagner, 2016).

use cch::{Cch, CchView, inertial_order};

use super::graph::{ArcId, Graph, NodeId};
use super::metric::{Metric, NEVER};
use super::place::Place;
use super::search::{Direction, Path, ends};

/// The hierarchy of a graph.
#[derive(Debug)]
pub struct Hierarchy {
    cch: Cch,
}

/// The times of one metric in a hierarchy.
#[derive(Debug)]
pub struct Customised {
    metric: cch::Metric,
}

impl Hierarchy {
    /// Orders and contracts a graph; some tenths of a second for a county.
    pub fn new(graph: &Graph) -> Self {
        let tail: Vec<NodeId> = (0..graph.nodes.len() as NodeId)
            .flat_map(|node| graph.out(node).map(move |_| node))
            .collect();
        // Single precision tells places a metre apart, which is enough for an order.
        let latitude: Vec<f32> = graph.nodes.iter().map(|at| at.y as f32).collect();
        let longitude: Vec<f32> = graph.nodes.iter().map(|at| at.x as f32).collect();
        let nodes = graph.nodes.len() as u32;
        let order = inertial_order(nodes, &tail, &graph.head, &latitude, &longitude);
        let input = cch::graph::Graph {
            first_out: graph.first_out.clone(),
            head: graph.head.clone(),
            weight: vec![0; graph.head.len()],
        };
        Self { cch: Cch::build(&input, &order) }
    }

    /// The times of a metric; again after every closure.
    pub fn customise(&self, metric: &Metric) -> Customised {
        Customised { metric: self.cch.customize(&metric.arc) }
    }

    /// Milliseconds from each place of the first list to each of the second, row by row; [`NEVER`]
    /// where there is no way.
    pub fn matrix(
        &self,
        customised: &Customised,
        graph: &Graph,
        metric: &Metric,
        from: &[Option<Place>],
        to: &[Option<Place>],
    ) -> Vec<u32> {
        let pinned = self.pin(customised, graph, metric, to);
        let mut sweep = Sweep::default();
        let mut out = vec![NEVER; from.len() * to.len()];
        for (place, row) in from.iter().zip(out.chunks_mut(to.len().max(1))) {
            if let Some(place) = place {
                self.times(customised, graph, metric, &pinned, place, &mut sweep, row);
            }
        }
        out
    }

    /// Prepares places that many journeys end at, such as all stations.
    pub fn pin(
        &self,
        customised: &Customised,
        graph: &Graph,
        metric: &Metric,
        to: &[Option<Place>],
    ) -> Pinned {
        let view = self.cch.view();
        let backward = customised.metric.view().backward;
        let mut rest: Vec<(u32, u32, u32)> = Vec::new();
        for (column, place) in (0_u32..).zip(to) {
            for (node, ms, _) in place.iter().flat_map(|at| ends(graph, metric, at, Direction::To))
            {
                rest.push((view.rank[node as usize], column, ms));
            }
        }
        // Everything above a target in the elimination tree, the highest first.
        let mut local = vec![u32::MAX; view.rank.len()];
        let mut ranks: Vec<u32> = Vec::new();
        for (rank, ..) in &rest {
            let mut at = *rank;
            while at != ROOT && local[at as usize] == u32::MAX {
                local[at as usize] = 0;
                ranks.push(at);
                at = view.elimination_tree_parent[at as usize];
            }
        }
        ranks.sort_unstable_by(|a, b| b.cmp(a));
        for (n, rank) in (0_u32..).zip(&ranks) {
            local[*rank as usize] = n;
        }
        let mut pinned = Pinned { places: to.to_vec(), ranks, ..Pinned::default() };
        pinned.first.push(0);
        for rank in &pinned.ranks {
            for arc in up_arcs(&view, *rank) {
                if backward[arc] < NEVER {
                    pinned.arcs.push((local[view.up_head[arc] as usize], backward[arc]));
                }
            }
            pinned.first.push(pinned.arcs.len() as u32);
        }
        pinned.rest =
            rest.into_iter().map(|(rank, to, ms)| (local[rank as usize], to, ms)).collect();
        pinned
    }

    /// Milliseconds from a place to each of the pinned ones.
    #[expect(clippy::too_many_arguments, reason = "what is asked, where, and where to")]
    pub fn times(
        &self,
        customised: &Customised,
        graph: &Graph,
        metric: &Metric,
        pinned: &Pinned,
        from: &Place,
        sweep: &mut Sweep,
        out: &mut [u32],
    ) {
        out.fill(NEVER);
        let view = self.cch.view();
        sweep.climb(
            &view,
            customised.metric.view().forward,
            ends(graph, metric, from, Direction::From),
        );
        sweep.below.clear();
        for (n, rank) in pinned.ranks.iter().enumerate() {
            let mut best = sweep.time[*rank as usize];
            let arcs = pinned.first[n] as usize..pinned.first[n + 1] as usize;
            for (head, ms) in &pinned.arcs[arcs] {
                // Heads stand higher and are done; sums stay below 2³² because both are below 2³¹.
                best = best.min(sweep.below[*head as usize] + ms);
            }
            sweep.below.push(best.min(NEVER));
        }
        for (node, column, ms) in &pinned.rest {
            let there = sweep.below[*node as usize];
            if there < NEVER {
                let cell = &mut out[*column as usize];
                *cell = (*cell).min(there.saturating_add(*ms));
            }
        }
        // Places of one edge may be nearer to each other than to any node.
        for (cell, to) in out.iter_mut().zip(&pinned.places) {
            if let Some(to) = to.filter(|to| to.edge == from.edge) {
                let direct = metric.between(graph, from.edge, from.offset_mm, to.offset_mm);
                *cell = (*cell).min(direct.unwrap_or(NEVER));
            }
        }
    }

    /// The quickest way between two places.
    pub fn path(
        &self,
        customised: &Customised,
        graph: &Graph,
        metric: &Metric,
        from: &Place,
        to: &Place,
    ) -> Option<Path> {
        let (view, times) = (self.cch.view(), customised.metric.view());
        let (mut up, mut down) = (Sweep::default(), Sweep::default());
        let mut best: Option<(u32, [(NodeId, u32); 2])> = None;
        for (start, begun, first) in ends(graph, metric, from, Direction::From) {
            up.climb(&view, times.forward, std::iter::once((start, begun, first)));
            for (end, rest, last) in ends(graph, metric, to, Direction::To) {
                down.climb(&view, times.backward, std::iter::once((end, rest, last)));
                for rank in &down.seen {
                    let there = up.time[*rank as usize];
                    let ms = there.saturating_add(down.time[*rank as usize]);
                    if ms < NEVER && best.is_none_or(|best| ms < best.0) {
                        best = Some((ms, [(start, first), (end, last)]));
                    }
                }
            }
        }
        if from.edge == to.edge
            && let Some(ms) = metric.between(graph, from.edge, from.offset_mm, to.offset_mm)
            && best.is_none_or(|best| ms <= best.0)
        {
            let way = from.edge * 2 + u32::from(from.offset_mm > to.offset_mm);
            return Some(Path { ms, start: *from, end: *to, ways: vec![way] });
        }
        let (ms, [(start, first), (end, last)]) = best?;
        let nodes = cch::node_path(&view, &times, start, end)?;
        let mut ways = vec![graph.way[first as usize]];
        for pair in nodes.windows(2) {
            let between = graph.out(pair[0]).filter(|arc| graph.head[*arc] == pair[1]);
            let arc = between.min_by_key(|arc| metric.arc[*arc])?;
            ways.extend(Some(graph.way[arc]).filter(|way| *way != Graph::FREE));
        }
        ways.push(graph.way[last as usize]);
        let mut path = Path { ms, start: *from, end: *to, ways };
        path.trim(graph);
        Some(path)
    }
}

/// No node above.
const ROOT: u32 = u32::MAX;

fn up_arcs(view: &CchView<'_>, rank: u32) -> std::ops::Range<usize> {
    view.up_first_out[rank as usize] as usize..view.up_first_out[rank as usize + 1] as usize
}

/// Places that many journeys end at, with that part of the hierarchy that lies above them.
#[derive(Clone, Debug, Default)]
pub struct Pinned {
    places: Vec<Option<Place>>,
    /// Nodes by rank, the highest first.
    ranks: Vec<u32>,
    /// First of the arcs of each node; one more than there are nodes.
    first: Vec<u32>,
    /// Position of the higher end, and milliseconds down from there.
    arcs: Vec<(u32, u32)>,
    /// Position of a node, the place it leads to, and milliseconds from there.
    rest: Vec<(u32, u32, u32)>,
}

/// Memory of a query, to be used again.
#[derive(Clone, Debug, Default)]
pub struct Sweep {
    time: Vec<u32>,
    seen: Vec<u32>,
    below: Vec<u32>,
}

impl Sweep {
    /// Times from (or to) some nodes to everything above them.
    fn climb(
        &mut self,
        view: &CchView<'_>,
        weight: &[u32],
        seeds: impl Iterator<Item = (NodeId, u32, ArcId)>,
    ) {
        self.time.resize(view.rank.len(), NEVER);
        for rank in self.seen.drain(..) {
            self.time[rank as usize] = NEVER;
        }
        // The paths to the root, lowest first, each node once.
        let mut heads: Vec<u32> = Vec::new();
        for (node, ms, _) in seeds {
            let rank = view.rank[node as usize];
            self.time[rank as usize] = self.time[rank as usize].min(ms);
            heads.push(rank);
        }
        while let Some(rank) = heads.iter().copied().min().filter(|rank| *rank != ROOT) {
            for head in heads.iter_mut().filter(|head| **head == rank) {
                *head = view.elimination_tree_parent[rank as usize];
            }
            heads.dedup();
            self.seen.push(rank);
            let here = self.time[rank as usize];
            if here >= NEVER {
                continue;
            }
            for arc in up_arcs(view, rank) {
                let to = &mut self.time[view.up_head[arc] as usize];
                *to = (*to).min(here.saturating_add(weight[arc]));
            }
        }
    }
}

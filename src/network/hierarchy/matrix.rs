//! Times between many places.

use super::sweep::Sweep;
use super::{Customised, Hierarchy, NONE};
use crate::network::graph::Graph;
use crate::network::metric::{Metric, NEVER};
use crate::network::place::Place;
use crate::network::search::{Direction, approaches, ends};

/// So many journeys go down the hierarchy side by side.
const LANES: usize = 8;
/// A place has about so many nodes above it: from so many places on, everything is gone through
/// instead of looking for what lies above them.
const ABOVE: usize = 16;

/// Places that many journeys end at, such as all stations, with that part of the hierarchy that lies
/// above them. Holds whatever is closed; its times are those of the metric it was last timed with.
#[derive(Clone, Debug, Default)]
pub struct Pinned {
    places: Vec<Option<Place>>,
    /// Nodes by rank, the highest first.
    ranks: Vec<u32>,
    /// Position of each rank in that list.
    local: Vec<u32>,
    /// First of the arcs of each node; one more than there are nodes.
    first: Vec<u32>,
    /// Position of the upper end of each arc that is open, and milliseconds down from there.
    down: Vec<(u32, u32)>,
    /// Position of a node, the place it leads to, and milliseconds from there.
    rest: Vec<(u32, u32, u32)>,
}

impl Hierarchy {
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
        let mut out = vec![NEVER; from.len() * to.len()];
        if from.len() == 1 && to.len() * ABOVE > graph.nodes.len() {
            if let [Some(from)] = from {
                self.times_to_all(customised, graph, metric, from, to, &mut out);
            }
            return out;
        }
        let mut pinned = self.pin(graph, metric, to);
        self.time(&mut pinned, customised, graph, metric);
        self.times(customised, graph, metric, &pinned, from, &mut out);
        out
    }

    /// Finds what lies above places that many journeys of a vehicle end at.
    pub fn pin(&self, graph: &Graph, metric: &Metric, to: &[Option<Place>]) -> Pinned {
        let cch = &self.cch;
        let mut local = vec![NONE; cch.rank.len()];
        let mut ranks: Vec<u32> = Vec::new();
        for place in to.iter().flatten() {
            for (end, node) in graph.edges[place.edge as usize].nodes.into_iter().enumerate() {
                if metric.way[place.edge as usize * 2 + end] == NEVER {
                    continue;
                }
                for node in graph.with_copies(node) {
                    let mut at = cch.rank[node as usize];
                    while at != NONE && local[at as usize] == NONE {
                        local[at as usize] = 0;
                        ranks.push(at);
                        at = cch.elimination_tree_parent[at as usize];
                    }
                }
            }
        }
        ranks.sort_unstable_by(|a, b| b.cmp(a));
        for (n, rank) in (0_u32..).zip(&ranks) {
            local[*rank as usize] = n;
        }
        Pinned { places: to.to_vec(), ranks, local, ..Pinned::default() }
    }

    /// Gives pinned places the times of a metric; again after every closure.
    pub fn time(
        &self,
        pinned: &mut Pinned,
        customised: &Customised,
        graph: &Graph,
        metric: &Metric,
    ) {
        pinned.first.clear();
        pinned.down.clear();
        pinned.first.push(0);
        for rank in &pinned.ranks {
            let arcs = self.up(*rank);
            let heads = &self.cch.up_head[arcs.clone()];
            let open = heads.iter().zip(&customised.backward[arcs]).filter(|(_, ms)| **ms < NEVER);
            pinned.down.extend(open.map(|(head, ms)| (pinned.local[*head as usize], *ms)));
            pinned.first.push(pinned.down.len() as u32);
        }
        pinned.rest.clear();
        for (column, place) in (0_u32..).zip(&pinned.places) {
            let Some(place) = place else { continue };
            approaches(graph, metric, place, &mut |node, ms| {
                let rank = self.cch.rank[node as usize];
                pinned.rest.push((pinned.local[rank as usize], column, ms));
            });
        }
    }

    /// Milliseconds from some places to each of the pinned ones, row by row.
    pub fn times(
        &self,
        customised: &Customised,
        graph: &Graph,
        metric: &Metric,
        pinned: &Pinned,
        from: &[Option<Place>],
        out: &mut [u32],
    ) {
        out.fill(NEVER);
        let columns = pinned.places.len().max(1);
        let mut sweep = self.spares.take();
        if let [Some(only)] = from {
            self.go_alone(customised, graph, metric, pinned, only, &mut sweep, out);
        } else {
            let from: Vec<(usize, &Place)> = (0..)
                .step_by(columns)
                .zip(from)
                .filter_map(|(n, p)| Some((n, p.as_ref()?)))
                .collect();
            for some in from.chunks(LANES) {
                self.go(customised, graph, metric, pinned, some, &mut sweep, out);
            }
        }
        self.spares.give(sweep);
    }

    /// Journeys from one place.
    #[expect(clippy::too_many_arguments, reason = "what is asked, where, and where to")]
    fn go_alone(
        &self,
        customised: &Customised,
        graph: &Graph,
        metric: &Metric,
        pinned: &Pinned,
        from: &Place,
        sweep: &mut Sweep,
        out: &mut [u32],
    ) {
        sweep.climb(self, &customised.forward, ends(graph, metric, from, Direction::From));
        let below = &mut sweep.below;
        below.clear();
        let mut arcs = &pinned.down[..];
        for (rank, pair) in pinned.ranks.iter().zip(pinned.first.windows(2)) {
            let own;
            (own, arcs) = arcs.split_at((pair[1] - pair[0]) as usize);
            let here = sweep.time[*rank as usize];
            // Upper ends are done; sums stay below 2³² because both are below 2³¹.
            let ways = own.iter().map(|(head, ms)| below[*head as usize] + ms);
            below.push(ways.fold(here, u32::min));
        }
        for (node, column, ms) in &pinned.rest {
            let cell = &mut out[*column as usize];
            *cell = (*cell).min(below[*node as usize].saturating_add(*ms));
        }
        along_the_road(graph, metric, from, &pinned.places, out);
    }

    /// Journeys from up to [`LANES`] places, each with the first of its cells.
    #[expect(clippy::too_many_arguments, reason = "what is asked, where, and where to")]
    fn go(
        &self,
        customised: &Customised,
        graph: &Graph,
        metric: &Metric,
        pinned: &Pinned,
        from: &[(usize, &Place)],
        sweep: &mut Sweep,
        out: &mut [u32],
    ) {
        let mut below = std::mem::take(&mut sweep.below);
        below.clear();
        below.resize(pinned.ranks.len() * LANES, NEVER);
        for (lane, (_, place)) in from.iter().enumerate() {
            sweep.climb(self, &customised.forward, ends(graph, metric, place, Direction::From));
            for (cells, rank) in below.chunks_exact_mut(LANES).zip(&pinned.ranks) {
                cells[lane] = sweep.time[*rank as usize];
            }
        }
        for n in 0..pinned.ranks.len() {
            let (done, rest) = below.split_at_mut(n * LANES);
            let Some(here) = rest.first_chunk_mut::<LANES>() else { break };
            let arcs = pinned.first[n] as usize..pinned.first[n + 1] as usize;
            for (head, ms) in &pinned.down[arcs] {
                // Upper ends are done; sums stay below 2³² because both are below 2³¹.
                let above = &done[*head as usize * LANES..][..LANES];
                for (own, above) in here.iter_mut().zip(above) {
                    *own = (*own).min(above + ms);
                }
            }
        }
        for (node, column, ms) in &pinned.rest {
            let there = &below[*node as usize * LANES..][..LANES];
            for ((first, _), there) in from.iter().zip(there) {
                let cell = &mut out[*first + *column as usize];
                *cell = (*cell).min(there.saturating_add(*ms)).min(NEVER);
            }
        }
        for (first, place) in from {
            let row = &mut out[*first..*first + pinned.places.len()];
            along_the_road(graph, metric, place, &pinned.places, row);
        }
        sweep.below = below;
    }

    /// From one place to very many that are not pinned.
    fn times_to_all(
        &self,
        customised: &Customised,
        graph: &Graph,
        metric: &Metric,
        from: &Place,
        to: &[Option<Place>],
        out: &mut [u32],
    ) {
        let mut sweep = self.spares.take();
        sweep.climb(self, &customised.forward, ends(graph, metric, from, Direction::From));
        let below = &mut sweep.below;
        below.clear();
        below.extend_from_slice(&sweep.time);
        for rank in (0..below.len()).rev() {
            let arcs = self.up(rank as u32);
            let heads = &self.cch.up_head[arcs.clone()];
            let mut best = below[rank];
            for (head, ms) in heads.iter().zip(&customised.backward[arcs]) {
                best = best.min(below[*head as usize] + ms);
            }
            below[rank] = best.min(NEVER);
        }
        let rank = &self.cch.rank;
        for (cell, place) in out.iter_mut().zip(to) {
            let Some(place) = place else { continue };
            approaches(graph, metric, place, &mut |node, ms| {
                let there = below[rank[node as usize] as usize];
                *cell = (*cell).min(there.saturating_add(ms)).min(NEVER);
            });
        }
        along_the_road(graph, metric, from, to, out);
        self.spares.give(sweep);
    }
}

/// Places of one edge may be nearer to each other than to any node.
fn along_the_road(
    graph: &Graph,
    metric: &Metric,
    from: &Place,
    to: &[Option<Place>],
    out: &mut [u32],
) {
    for (cell, to) in out.iter_mut().zip(to) {
        if let Some(to) = to.filter(|to| to.edge == from.edge) {
            let direct = metric.between(graph, from.edge, from.offset_mm, to.offset_mm);
            *cell = (*cell).min(direct.unwrap_or(NEVER));
        }
    }
}

//! The part of a query that climbs from a place to the top of the hierarchy.

use std::sync::{Mutex, PoisonError};

use super::{Hierarchy, NONE};
use crate::network::graph::{ArcId, NodeId};
use crate::network::metric::NEVER;

/// From here on a node was reached by no arc but is the end of the road a journey begins on.
pub(super) const SEED: u32 = 1 << 31;

/// Memory of a query, to be used again.
#[derive(Clone, Debug, Default)]
pub(super) struct Sweep {
    /// Milliseconds by rank; [`NEVER`] wherever the climb did not come.
    pub(super) time: Vec<u32>,
    /// By which arc of the hierarchy, or from [`SEED`] on by which seed.
    pub(super) by: Vec<u32>,
    /// Ranks the climb came by, the lowest first.
    pub(super) seen: Vec<u32>,
    /// Times at nodes further down.
    pub(super) below: Vec<u32>,
    heads: Vec<u32>,
}

impl Sweep {
    /// Times from (or to) some nodes to everything above them.
    pub(super) fn climb(
        &mut self,
        hierarchy: &Hierarchy,
        weight: &[u32],
        seeds: impl Iterator<Item = (NodeId, u32, ArcId)>,
    ) {
        let cch = &hierarchy.cch;
        if self.time.len() != cch.rank.len() {
            self.time = vec![NEVER; cch.rank.len()];
            self.by = vec![NONE; cch.rank.len()];
            self.seen.clear();
        }
        for rank in self.seen.drain(..) {
            self.time[rank as usize] = NEVER;
        }
        self.heads.clear();
        for (number, (node, ms, _)) in (SEED..).zip(seeds) {
            let rank = cch.rank[node as usize];
            if ms < self.time[rank as usize] {
                self.time[rank as usize] = ms;
                self.by[rank as usize] = number;
            }
            if !self.heads.contains(&rank) {
                self.heads.push(rank);
            }
        }
        // The ways to the top, the lowest node first, each once.
        while let [first, rest @ ..] = &self.heads[..] {
            let rank = rest.iter().fold(*first, |least, rank| least.min(*rank));
            self.seen.push(rank);
            self.pass(hierarchy, weight, rank);
            let parent = cch.elimination_tree_parent[rank as usize];
            let known = parent == NONE || self.heads.contains(&parent);
            let Some(at) = self.heads.iter().position(|head| *head == rank) else { break };
            if known {
                self.heads.swap_remove(at);
            } else {
                self.heads[at] = parent;
            }
        }
    }

    fn pass(&mut self, hierarchy: &Hierarchy, weight: &[u32], rank: u32) {
        let here = self.time[rank as usize];
        if here >= NEVER {
            return;
        }
        let arcs = hierarchy.up(rank);
        let heads = &hierarchy.cch.up_head[arcs.clone()];
        for (arc, (head, ms)) in (arcs.start..).zip(heads.iter().zip(&weight[arcs])) {
            // Both are below 2³¹.
            let there = here + ms;
            if there < self.time[*head as usize] {
                self.time[*head as usize] = there;
                self.by[*head as usize] = arc as u32;
            }
        }
    }
}

/// Memory that is not in use.
#[derive(Debug, Default)]
pub(super) struct Spares(Mutex<Vec<Sweep>>);

impl Spares {
    /// Some that was used before, if there is any.
    pub(super) fn take(&self) -> Sweep {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Keeps it for the next query.
    pub(super) fn give(&self, sweep: Sweep) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(sweep);
    }
}

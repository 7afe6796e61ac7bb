//! Customising: the times of one metric in a hierarchy, whole or only as far as a closure reaches.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Hierarchy, NONE};
use crate::network::graph::ArcId;
use crate::network::metric::{Metric, NEVER};

/// The times of one metric in a hierarchy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customised {
    /// Milliseconds up each arc of the hierarchy, from its lower end.
    pub(super) forward: Vec<u32>,
    /// Milliseconds down each arc, to its lower end.
    pub(super) backward: Vec<u32>,
}

impl Customised {
    /// How many arcs can be passed downwards.
    pub fn open_arcs(&self) -> usize {
        self.backward.iter().filter(|ms| **ms < NEVER).count()
    }
}

impl Hierarchy {
    /// The times of a metric.
    pub fn customise(&self, metric: &Metric) -> Customised {
        let cch::Metric { forward, backward } = self.cch.customize(&metric.arc);
        Customised { forward, backward }
    }

    /// The times of a metric that differs from another one in some arcs. Only what depends on those
    /// is worked out again: after a closure that is a small part of the hierarchy.
    pub fn customise_again(&self, before: &Customised, old: &Metric, new: &Metric) -> Customised {
        let mut out = before.clone();
        let mut due = BinaryHeap::new();
        for (arc, (old, new)) in old.arc.iter().zip(&new.arc).enumerate() {
            let own = self.cch.input_arc_to_cch_arc[arc];
            if old != new && own != NONE {
                due.push(Reverse(own));
            }
        }
        let mut last = None;
        // Arcs are numbered by their lower ends: whatever an arc rests on comes before it.
        while let Some(Reverse(arc)) = due.pop() {
            if last == Some(arc) {
                continue;
            }
            last = Some(arc);
            let was = [out.forward[arc as usize], out.backward[arc as usize]];
            let now = self.times_of(&out, &new.arc, arc);
            if was != now {
                out.forward[arc as usize] = now[0];
                out.backward[arc as usize] = now[1];
                self.concerned(&out, arc, was, now, &mut due);
            }
        }
        out
    }

    /// Up and down an arc: by its own roads, or by a node below both of its ends.
    fn times_of(&self, times: &Customised, road_ms: &[u32], arc: u32) -> [u32; 2] {
        let cch = &self.cch;
        let (low, high) = (cch.up_tail[arc as usize], cch.up_head[arc as usize]);
        let quickest = |roads: &mut dyn Iterator<Item = ArcId>| {
            roads.map(|road| road_ms[road as usize]).min().unwrap_or(NEVER).min(NEVER)
        };
        let mut up = quickest(&mut self.roads_up(arc));
        let mut down = quickest(&mut self.roads_down(arc));
        for (to_low, to_high) in self.triangles(low, high) {
            let (to_low, to_high) = (to_low as usize, to_high as usize);
            // Both are below 2³¹.
            up = up.min(times.backward[to_low] + times.forward[to_high]);
            down = down.min(times.forward[to_low] + times.backward[to_high]);
        }
        [up, down]
    }

    /// Puts down the arcs above a changed one whose times may follow it: those that rested on it,
    /// and those it is now the quicker way for.
    fn concerned(
        &self,
        times: &Customised,
        arc: u32,
        was: [u32; 2],
        now: [u32; 2],
        due: &mut BinaryHeap<Reverse<u32>>,
    ) {
        let cch = &self.cch;
        let (low, high) = (cch.up_tail[arc as usize], cch.up_head[arc as usize]);
        for other in self.up(low) {
            let far = cch.up_head[other];
            if far == high {
                continue;
            }
            let (a, b) = (high.min(far), high.max(far));
            let Some(above) = self.arc_between(a, b) else { continue };
            // Through the lower end from its one upper neighbour to the other, either way.
            let (up, down) = (times.forward[other], times.backward[other]);
            let there = |own: [u32; 2]| [own[1] + up, down + own[0]];
            let [then, today] = [there(was), there(now)];
            let mut present = [times.forward[above as usize], times.backward[above as usize]];
            if far < high {
                present.swap(0, 1);
            }
            let follows = (0..2).any(|way| then[way] == present[way] || today[way] < present[way]);
            if follows {
                due.push(Reverse(above));
            }
        }
    }

    /// The arc from one node up to another.
    fn arc_between(&self, low: u32, high: u32) -> Option<u32> {
        let arcs = self.up(low);
        let first = arcs.start;
        // Heads stand in order.
        self.cch.up_head[arcs].binary_search(&high).ok().map(|at| (first + at) as u32)
    }

    /// Roads that are an arc of the hierarchy, upwards.
    pub(super) fn roads_up(&self, arc: u32) -> impl Iterator<Item = ArcId> {
        let cch = &self.cch;
        let arc = arc as usize;
        let first = &cch.first_extra_forward_input_arc_of_cch;
        let extra = first[arc] as usize..first[arc + 1] as usize;
        let first = Some(cch.forward_input_arc_of_cch[arc]).filter(|road| *road != NONE);
        first.into_iter().chain(cch.extra_forward_input_arc_of_cch[extra].iter().copied())
    }

    /// The same downwards.
    pub(super) fn roads_down(&self, arc: u32) -> impl Iterator<Item = ArcId> {
        let cch = &self.cch;
        let arc = arc as usize;
        let first = &cch.first_extra_backward_input_arc_of_cch;
        let extra = first[arc] as usize..first[arc + 1] as usize;
        let first = Some(cch.backward_input_arc_of_cch[arc]).filter(|road| *road != NONE);
        first.into_iter().chain(cch.extra_backward_input_arc_of_cch[extra].iter().copied())
    }

    /// Nodes below both of two nodes, as the arcs that lead up to the first and to the second.
    pub(super) fn triangles(&self, a: u32, b: u32) -> impl Iterator<Item = (u32, u32)> {
        let cch = &self.cch;
        let down = |rank: u32| {
            let first = &cch.down_first_out;
            first[rank as usize] as usize..first[rank as usize + 1] as usize
        };
        let (mut left, mut right) = (down(a), down(b));
        std::iter::from_fn(move || {
            // Both lists stand in order.
            while !left.is_empty() && !right.is_empty() {
                let (x, y) = (cch.down_head[left.start], cch.down_head[right.start]);
                let found = (cch.down_to_up[left.start], cch.down_to_up[right.start]);
                left.start += usize::from(x <= y);
                right.start += usize::from(y <= x);
                if x == y {
                    return Some(found);
                }
            }
            None
        })
    }
}

//! The way between two places.

use super::sweep::{SEED, Sweep};
use super::{Customised, Hierarchy};
use crate::network::graph::{ArcId, Graph};
use crate::network::metric::{Metric, NEVER};
use crate::network::place::Place;
use crate::network::search::{Direction, Path, ends};

impl Hierarchy {
    /// The quickest way between two places.
    pub fn path(
        &self,
        customised: &Customised,
        graph: &Graph,
        metric: &Metric,
        from: &Place,
        to: &Place,
    ) -> Option<Path> {
        let (mut up, mut down) = (self.spares.take(), self.spares.take());
        let path = self.path_with(customised, graph, metric, [from, to], [&mut up, &mut down]);
        self.spares.give(up);
        self.spares.give(down);
        path
    }

    fn path_with(
        &self,
        customised: &Customised,
        graph: &Graph,
        metric: &Metric,
        [from, to]: [&Place; 2],
        [up, down]: [&mut Sweep; 2],
    ) -> Option<Path> {
        up.climb(self, &customised.forward, ends(graph, metric, from, Direction::From));
        down.climb(self, &customised.backward, ends(graph, metric, to, Direction::To));
        let mut best: Option<(u32, u32)> = None;
        for rank in &down.seen {
            let ms = up.time[*rank as usize].saturating_add(down.time[*rank as usize]);
            if ms < NEVER && best.is_none_or(|best| ms < best.0) {
                best = Some((ms, *rank));
            }
        }
        if from.edge == to.edge
            && let Some(ms) = metric.between(graph, from.edge, from.offset_mm, to.offset_mm)
            && best.is_none_or(|best| ms <= best.0)
        {
            let way = from.edge * 2 + u32::from(from.offset_mm > to.offset_mm);
            return Some(Path { ms, start: *from, end: *to, ways: vec![way] });
        }
        let (ms, top) = best?;
        let (seed, rise) = self.trace(up, top);
        let (goal, fall) = self.trace(down, top);
        let road = |place, direction, number: u32| {
            ends(graph, metric, place, direction).nth(number as usize).map(|(_, _, arc)| arc)
        };
        let first = road(from, Direction::From, seed)?;
        let last = road(to, Direction::To, goal)?;
        let mut ways = vec![graph.way[first as usize]];
        // Popped from its end: what is passed first stands last.
        let downwards = fall.iter().rev().map(|arc| (*arc, false));
        let upwards = rise.iter().map(|arc| (*arc, true));
        let mut roads = Vec::new();
        self.unpack(customised, metric, downwards.chain(upwards).collect(), &mut roads);
        let passed = roads.into_iter().map(|arc| graph.way[arc as usize]);
        ways.extend(passed.filter(|way| *way != Graph::FREE));
        ways.push(graph.way[last as usize]);
        let mut path = Path { ms, start: *from, end: *to, ways };
        path.trim(graph);
        Some(path)
    }

    /// The seed a climb came from to a node, and the arcs of the hierarchy, the last first.
    fn trace(&self, sweep: &Sweep, top: u32) -> (u32, Vec<u32>) {
        let mut arcs = Vec::new();
        let mut at = top;
        loop {
            let by = sweep.by[at as usize];
            if by >= SEED {
                return (by - SEED, arcs);
            }
            arcs.push(by);
            at = self.cch.up_tail[by as usize];
        }
    }

    /// The roads that arcs of the hierarchy, passed upwards or downwards, stand for.
    fn unpack(
        &self,
        customised: &Customised,
        metric: &Metric,
        mut left: Vec<(u32, bool)>,
        out: &mut Vec<ArcId>,
    ) {
        while let Some((arc, upwards)) = left.pop() {
            let number = arc as usize;
            let ms = if upwards { customised.forward[number] } else { customised.backward[number] };
            let is_it = |road: &ArcId| metric.arc[*road as usize] == ms;
            let road = if upwards {
                self.roads_up(arc).find(is_it)
            } else {
                self.roads_down(arc).find(is_it)
            };
            if let Some(road) = road {
                out.push(road);
                continue;
            }
            let (low, high) = (self.cch.up_tail[number], self.cch.up_head[number]);
            let through = self.triangles(low, high).find(|(to_low, to_high)| {
                let (to_low, to_high) = (*to_low as usize, *to_high as usize);
                let by = if upwards {
                    customised.backward[to_low] + customised.forward[to_high]
                } else {
                    customised.forward[to_low] + customised.backward[to_high]
                };
                by == ms
            });
            // First down to the node below, then up; the last to be pushed is the first to be passed.
            if let Some((to_low, to_high)) = through {
                if upwards {
                    left.extend([(to_high, true), (to_low, false)]);
                } else {
                    left.extend([(to_low, true), (to_high, false)]);
                }
            }
        }
    }
}

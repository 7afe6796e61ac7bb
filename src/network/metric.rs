//! What every arc of the graph costs for one vehicle, in milliseconds.

use std::sync::{Arc, OnceLock};

use super::barrier::{Barrier, Effect};
use super::costing::{Conditions, CostTable, Vehicle};
use super::entrance::Entrances;
use super::graph::Graph;
use super::locator::Locator;

/// No way through.
pub const NEVER: u32 = 2_147_483_647;

/// Times of one vehicle under one set of conditions and barriers.
#[derive(Clone, Debug)]
pub struct Metric {
    /// Milliseconds of each arc, junction delay included; [`NEVER`] where it cannot be passed.
    pub arc: Vec<u32>,
    /// Milliseconds from end to end by edge and direction, without junctions and barriers that
    /// close only a part of the edge.
    pub way: Vec<u32>,
    /// Edges that something stands across, with the stretch in millimetres from their first corner
    /// and the barrier's number; sorted by edge.
    pub blocked: Vec<(u32, [u32; 2], u32)>,
    /// Whether the vehicle may go against one-way traffic, as people on foot do.
    pub both_ways: bool,
    /// Milliseconds lost where important roads meet.
    pub major_ms: u32,
    /// Where one enters the net; the same whatever is closed.
    pub(super) entrances: Arc<OnceLock<Entrances>>,
}

impl Metric {
    /// Costs of a vehicle with every road open.
    pub fn new(
        graph: &Graph,
        table: &CostTable,
        vehicle: &Vehicle,
        conditions: Conditions,
    ) -> Self {
        let both_ways = vehicle.walks();
        let major_ms = if vehicle.walks() { 0 } else { table.major_ms() };
        let mut way = vec![NEVER; graph.edges.len() * 2];
        for (edge, times) in graph.edges.iter().zip(way.chunks_exact_mut(2)) {
            let speed = table.speed_kmh(vehicle, conditions, edge);
            let Some(time) = speed.map(|kmh| time_ms(edge.length_mm, kmh)) else { continue };
            for (open, to) in edge.open.iter().zip(times) {
                if *open || both_ways {
                    *to = time;
                }
            }
        }
        let mut metric = Self {
            arc: Vec::new(),
            way,
            blocked: Vec::new(),
            both_ways,
            major_ms,
            entrances: Arc::default(),
        };
        metric.arc = metric.unbarred_arcs(graph);
        metric
    }

    /// The same with barriers; their numbers are positions in the list.
    pub fn barred(
        &self,
        graph: &Graph,
        locator: &Locator,
        vehicle: &Vehicle,
        barriers: &[Barrier],
    ) -> Self {
        let mut metric = self.clone();
        let mut edges: Vec<u32> = Vec::new();
        for (number, barrier) in (0_u32..).zip(barriers) {
            for (edge, effect) in barrier.effects(graph, locator, vehicle) {
                metric.bar(graph, edge, effect, number);
                edges.push(edge);
            }
        }
        metric.blocked.sort_unstable();
        edges.dedup();
        for way in edges.into_iter().flat_map(|edge| [edge * 2, edge * 2 + 1]) {
            let closed = !metric.blocked_on(way / 2).is_empty();
            let ms = if closed { NEVER } else { metric.arc_ms(graph, way) };
            for (_, arc) in graph.arcs_of(way) {
                metric.arc[arc as usize] = ms;
            }
        }
        metric
    }

    fn bar(&mut self, graph: &Graph, edge: u32, effect: Effect, number: u32) {
        let length_mm = graph.edges[edge as usize].length_mm;
        let (stretch, slowed): ([u32; 2], &dyn Fn(f64) -> f64) = match &effect {
            Effect::Closed(stretch) => {
                self.blocked.push((edge, *stretch, number));
                return;
            }
            Effect::Slower { stretch, factor } => (*stretch, &move |time| time / factor),
            Effect::AtMost { stretch, kmh } => {
                let slow = f64::from(time_ms(length_mm, *kmh));
                (*stretch, &move |time: f64| time.max(slow))
            }
        };
        let share = share_of(graph, edge, stretch);
        for time in &mut self.way[edge as usize * 2..edge as usize * 2 + 2] {
            if *time != NEVER {
                let usual = f64::from(*time);
                *time = whole(usual * (1.0 - share) + slowed(usual) * share);
            }
        }
    }

    /// Times of arcs as if nothing were blocked.
    pub(super) fn unbarred_arcs(&self, graph: &Graph) -> Vec<u32> {
        graph.way.iter().map(|way| self.arc_ms(graph, *way)).collect()
    }

    /// Milliseconds of an arc: those of its way and of the junction it leads to.
    fn arc_ms(&self, graph: &Graph, way: u32) -> u32 {
        if way == Graph::FREE {
            // Turns are forbidden to vehicles only.
            return if self.both_ways { 0 } else { NEVER };
        }
        let time = self.way[way as usize];
        if time == NEVER {
            return NEVER;
        }
        time.saturating_add(self.delay_ms(graph, way)).min(NEVER - 1)
    }

    /// Milliseconds lost at the junction at the end of a way.
    pub fn delay_ms(&self, graph: &Graph, way: u32) -> u32 {
        if graph.delayed[way as usize] { self.major_ms } else { 0 }
    }

    /// Stretches of an edge that nobody gets through, with the barrier's number.
    pub fn blocked_on(&self, edge: u32) -> &[(u32, [u32; 2], u32)] {
        let from = self.blocked.partition_point(|(blocked, ..)| *blocked < edge);
        let to = self.blocked.partition_point(|(blocked, ..)| *blocked <= edge);
        &self.blocked[from..to]
    }

    /// Milliseconds between two places of an edge, in millimetres from its first corner; `None`
    /// where the way between them is barred or against the traffic.
    pub fn between(&self, graph: &Graph, edge: u32, from: u32, to: u32) -> Option<u32> {
        let backward = usize::from(from > to);
        let whole_way = self.way[edge as usize * 2 + backward];
        let (low, high) = (from.min(to), from.max(to));
        let barred = self.blocked_on(edge).iter().any(|(_, [a, b], _)| *a <= high && *b >= low);
        if whole_way == NEVER || barred {
            return None;
        }
        Some(share_ms(whole_way, high - low, graph.edges[edge as usize].length_mm))
    }
}

/// Milliseconds for a part of a way, rounded.
fn share_ms(whole: u32, part_mm: u32, length_mm: u32) -> u32 {
    let length = u64::from(length_mm.max(1));
    let sum = u64::from(whole) * u64::from(part_mm) + length / 2;
    if sum < 1 << 50 {
        // Exact, and several times as fast as a division of whole numbers this long.
        (sum as f64 / length as f64) as u32
    } else {
        u32::try_from(sum / length).unwrap_or(NEVER - 1)
    }
}

fn share_of(graph: &Graph, edge: u32, [from, to]: [u32; 2]) -> f64 {
    let length = f64::from(graph.edges[edge as usize].length_mm.max(1));
    (f64::from(to.saturating_sub(from)) / length).clamp(0.0, 1.0)
}

fn whole(ms: f64) -> u32 {
    // `as` saturates.
    (ms.round() as u32).min(NEVER - 1)
}

/// Milliseconds for a length at a speed, at least one for whatever has a length.
fn time_ms(length_mm: u32, kmh: f64) -> u32 {
    // A millimetre at 1 km/h takes 3.6 milliseconds.
    whole(f64::from(length_mm) * 3.6 / kmh).max(u32::from(length_mm > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_way_are_rounded_to_whole_milliseconds() {
        let exact = |whole: u64, part: u64, length: u64| (whole * part + length / 2) / length;
        for whole in [1, 2, 999, 123_457, 9_000_001, NEVER - 1] {
            for length in [1, 3, 7, 1000, 65_537, 1_000_003, u32::MAX] {
                for part in [0, 1, length / 3, length / 2, length - 1, length] {
                    let sum = exact(whole.into(), part.into(), length.into());
                    assert_eq!(u64::from(share_ms(whole, part, length)), sum);
                }
            }
        }
    }
}

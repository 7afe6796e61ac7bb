//! Many vehicles on the same roads: what each road takes in at which time, and when one more would
//! arrive.
//!
//! Reservation in the manner of capacity-constrained route planning (Lu, George and Shekhar, 2005):
//! whoever comes to a road that is full for the time being waits before it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::graph::{ArcId, Graph, NodeId};
use super::metric::{Metric, NEVER};
use super::place::Place;
use super::search::{Direction, Search, ends};

/// No queue is followed over more steps than this.
const MOST_STEPS: u32 = 50_000;

/// What roads take in, and what has been promised of it.
#[derive(Clone, Debug)]
pub struct Lanes {
    step_ms: u32,
    /// By way, in thousandths of a car that may enter in one step.
    capacity: Vec<u32>,
    /// By way and step, the same promised.
    used: Vec<Vec<u32>>,
    /// By way, the first step with room.
    first_free: Vec<u32>,
    /// How much slower a full road is, and how sharply that sets in (BPR).
    congestion: (f64, f64),
}

/// One road of a ride.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Twice the edge, plus one against its corners.
    pub way: u32,
    /// When one comes to it, in milliseconds.
    pub come_ms: u32,
    /// When one enters it: later, if it was full.
    pub enter_ms: u32,
    /// Milliseconds on it if it is empty, the junction at its end included.
    pub free_ms: u32,
}

/// A journey at a certain time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ride {
    /// The roads in their order.
    pub passes: Vec<Pass>,
    /// When it ends.
    pub arrive_ms: u32,
    /// How many vehicles the roads let go together like this; at least one.
    pub vehicles: u32,
}

impl Lanes {
    /// Empty roads. `cars_per_hour` gives what a way takes in; 0 = nobody.
    pub fn new(
        graph: &Graph,
        step_ms: u32,
        congestion: (f64, f64),
        cars_per_hour: impl Fn(u32) -> u32,
    ) -> Self {
        let step_ms = step_ms.max(1);
        let ways = graph.edges.len() * 2;
        let capacity = (0..ways as u32).map(|way| {
            let per_step = u64::from(cars_per_hour(way)) * u64::from(step_ms) / 3_600;
            u32::try_from(per_step).unwrap_or(u32::MAX)
        });
        Self {
            step_ms,
            capacity: capacity.collect(),
            used: vec![Vec::new(); ways],
            first_free: vec![0; ways],
            congestion,
        }
    }

    /// The length of a step in milliseconds.
    pub fn step_ms(&self) -> u32 {
        self.step_ms
    }

    /// Lets a way take in twice as much.
    pub fn double(&mut self, way: u32) {
        let capacity = &mut self.capacity[way as usize];
        *capacity = capacity.saturating_mul(2);
        self.first_free[way as usize] = 0;
    }

    /// Thousandths of a car that may enter a way in a step.
    pub fn capacity(&self, way: u32) -> u32 {
        self.capacity[way as usize]
    }

    /// What has been promised of a way, step by step.
    pub fn used(&self, way: u32) -> &[u32] {
        &self.used[way as usize]
    }

    fn room(&self, way: u32, step: u32) -> u32 {
        let used = self.used[way as usize].get(step as usize).copied().unwrap_or(0);
        self.capacity[way as usize].saturating_sub(used)
    }

    /// When somebody of this weight who comes to a way may enter it, with the room that is left in that
    /// step for others; `None` if never.
    fn entry(&self, way: u32, come_ms: u32, weight: u32) -> Option<(u32, u32)> {
        if self.capacity[way as usize] == 0 {
            return None;
        }
        let come = come_ms / self.step_ms;
        let mut step = come.max(self.first_free[way as usize]);
        let mut sum: u64 = 0;
        loop {
            let room = self.room(way, step);
            sum += u64::from(room);
            if sum >= u64::from(weight) {
                let enter_ms = if step == come { come_ms } else { step * self.step_ms };
                let left = sum - u64::from(weight);
                return Some((enter_ms, u32::try_from(left).unwrap_or(u32::MAX).min(room)));
            }
            step += 1;
            if step > MOST_STEPS {
                return None;
            }
        }
    }

    /// Milliseconds on a way that is entered like this, from those of the empty road.
    fn slowed(&self, way: u32, enter_ms: u32, weight: u32, free_ms: u32) -> u32 {
        let capacity = self.capacity[way as usize];
        let room = self.room(way, enter_ms / self.step_ms);
        let used = f64::from(capacity - room.min(capacity)) + f64::from(weight);
        let load = (used / f64::from(capacity.max(1))).min(1.0);
        let (most, power) = self.congestion;
        // `as` saturates.
        (f64::from(free_ms) * (1.0 + most * load.powf(power))).round() as u32
    }

    /// The same roads at another time.
    pub fn follow(&self, ride: &Ride, leave_ms: u32, weight: u32) -> Option<Ride> {
        let mut now = leave_ms;
        let mut passes = Vec::with_capacity(ride.passes.len());
        for pass in &ride.passes {
            let (pass, arrive) = enter(self, pass.way, now, weight, pass.free_ms)?;
            passes.push(pass);
            now = arrive;
        }
        let vehicles = self.together(&passes, weight);
        Some(Ride { passes, arrive_ms: now, vehicles })
    }

    /// How many vehicles these roads let go together.
    fn together(&self, passes: &[Pass], weight: u32) -> u32 {
        let room = passes.iter().map(|pass| {
            let left = self.entry(pass.way, pass.come_ms, weight).map_or(0, |(_, left)| left);
            1 + left / weight.max(1)
        });
        room.min().unwrap_or(u32::MAX)
    }

    /// Promises the roads of a ride to so many vehicles of this weight.
    pub fn reserve(&mut self, ride: &Ride, vehicles: u32, weight: u32) {
        for pass in &ride.passes {
            let way = pass.way as usize;
            let mut left = u64::from(weight) * u64::from(vehicles);
            let mut step = (pass.come_ms / self.step_ms).max(self.first_free[way]);
            let last = pass.enter_ms / self.step_ms;
            while left > 0 && step <= last {
                let take = u64::from(self.room(pass.way, step)).min(left);
                if take > 0 {
                    let used = &mut self.used[way];
                    if used.len() <= step as usize {
                        used.resize(step as usize + 1, 0);
                    }
                    used[step as usize] += take as u32;
                    left -= take;
                }
                step += 1;
            }
            while self.room(pass.way, self.first_free[way]) == 0 && self.capacity[way] > 0 {
                self.first_free[way] += 1;
            }
        }
    }
}

/// Looks for the first arrival on roads that fill; made once and used again.
#[derive(Debug)]
pub struct CrowdSearch {
    time: Vec<u32>,
    by: Vec<Step>,
    round: Vec<u32>,
    now: u32,
    /// Later arrivals are of no use.
    by_ms: u32,
    heap: BinaryHeap<Reverse<(u32, u32, NodeId)>>,
}

/// How a node was reached.
#[derive(Clone, Copy, Debug, Default)]
struct Step {
    /// The node before; [`START`] at the beginning.
    from: NodeId,
    arc: ArcId,
    come_ms: u32,
    enter_ms: u32,
    free_ms: u32,
    /// Nothing of the road is passed: one stands at its end.
    nothing: bool,
}

const START: NodeId = NodeId::MAX;
/// In place of a way: the journey ends where the road before it does.
const NOTHING: u32 = u32::MAX;

impl CrowdSearch {
    /// For a graph.
    pub fn new(graph: &Graph) -> Self {
        let nodes = graph.original.len();
        Self {
            time: vec![NEVER; nodes],
            by: vec![Step::default(); nodes],
            round: vec![0; nodes],
            now: 0,
            by_ms: u32::MAX,
            heap: BinaryHeap::new(),
        }
    }

    /// The ride from one place to another that begins at a time and arrives first, for a vehicle of this
    /// weight in thousandths of a car. `left` is a search to the destination on empty roads, which
    /// tells how much is left from everywhere. Only arrivals before `by_ms` are looked for.
    #[expect(clippy::too_many_arguments, reason = "the same net, times and places as everywhere")]
    pub fn first_arrival(
        &mut self,
        graph: &Graph,
        metric: &Metric,
        lanes: &Lanes,
        [from, to]: [&Place; 2],
        left: &Search,
        (leave_ms, by_ms): (u32, u32),
        weight: u32,
    ) -> Option<Ride> {
        self.begin(by_ms);
        let mut best: Option<(u32, NodeId, Pass)> = None;
        if from.edge == to.edge
            && let Some(ms) = metric.between(graph, from.edge, from.offset_mm, to.offset_mm)
        {
            let way = from.edge * 2 + u32::from(from.offset_mm > to.offset_mm);
            if let Some((pass, arrive)) = enter(lanes, way, leave_ms, weight, ms)
                && arrive < by_ms
            {
                best = Some((arrive, START, pass));
            }
        }
        let last: Vec<(NodeId, u32, u32)> = ends(graph, metric, to, Direction::To)
            .map(|(node, ms, arc)| (node, ms, graph.way[arc as usize]))
            .collect();
        for (node, ms, arc) in ends(graph, metric, from, Direction::From) {
            let way = graph.way[arc as usize];
            if stands_at(graph, from, way, 1) {
                let by = Step { from: START, arc, nothing: true, ..Step::default() };
                self.offer(left, node, leave_ms, by);
            } else if let Some((pass, arrive)) = enter(lanes, way, leave_ms, weight, ms) {
                self.offer(left, node, arrive, Step::of(START, arc, pass));
            }
        }
        while let Some(Reverse((bound, ms, node))) = self.heap.pop() {
            if best.is_some_and(|(arrive, ..)| bound >= arrive) {
                break;
            }
            if ms > self.time[node as usize] {
                continue;
            }
            for (_, rest, way) in last.iter().filter(|(end, ..)| *end == node) {
                if stands_at(graph, to, *way, 0) {
                    let pass = Pass { way: NOTHING, come_ms: ms, enter_ms: ms, free_ms: 0 };
                    if best.map_or(by_ms, |(before, ..)| before) > ms {
                        best = Some((ms, node, pass));
                    }
                } else if let Some((pass, arrive)) = enter(lanes, *way, ms, weight, *rest)
                    && best.map_or(by_ms, |(before, ..)| before) > arrive
                {
                    best = Some((arrive, node, pass));
                }
            }
            for arc in graph.out(node) {
                let (free, way) = (metric.arc[arc], graph.way[arc]);
                if free >= NEVER {
                    continue;
                }
                let arc = arc as ArcId;
                if way == Graph::FREE {
                    let pass = Pass { way, come_ms: ms, enter_ms: ms, free_ms: 0 };
                    self.offer(left, graph.head[arc as usize], ms, Step::of(node, arc, pass));
                } else if let Some((pass, arrive)) = enter(lanes, way, ms, weight, free) {
                    self.offer(left, graph.head[arc as usize], arrive, Step::of(node, arc, pass));
                }
            }
        }
        let (arrive_ms, mut node, end) = best?;
        let mut passes: Vec<Pass> =
            Some(end).filter(|end| end.way != NOTHING).into_iter().collect();
        while node != START {
            let step = self.by[node as usize];
            let way = graph.way[step.arc as usize];
            if way != Graph::FREE && !step.nothing {
                let Step { come_ms, enter_ms, free_ms, .. } = step;
                passes.push(Pass { way, come_ms, enter_ms, free_ms });
            }
            node = step.from;
        }
        passes.reverse();
        let vehicles = lanes.together(&passes, weight);
        Some(Ride { passes, arrive_ms, vehicles })
    }

    fn begin(&mut self, by_ms: u32) {
        self.heap.clear();
        self.by_ms = by_ms;
        self.now = self.now.wrapping_add(1);
        if self.now == 0 {
            self.round.fill(0);
            self.now = 1;
        }
    }

    fn offer(&mut self, left: &Search, node: NodeId, ms: u32, by: Step) {
        let at = node as usize;
        let rest = left.time(node);
        let bound = ms.saturating_add(rest);
        if rest >= NEVER
            || bound >= self.by_ms
            || (self.round[at] == self.now && self.time[at] <= ms)
        {
            return;
        }
        self.round[at] = self.now;
        self.time[at] = ms;
        self.by[at] = by;
        self.heap.push(Reverse((bound, ms, node)));
    }
}

impl Step {
    fn of(from: NodeId, arc: ArcId, pass: Pass) -> Self {
        let Pass { come_ms, enter_ms, free_ms, .. } = pass;
        Self { from, arc, come_ms, enter_ms, free_ms, nothing: false }
    }
}

/// Whether a place is the beginning (0) or the end (1) of a way, so that nothing of it is passed.
fn stands_at(graph: &Graph, place: &Place, way: u32, end: u32) -> bool {
    let length = graph.edges[(way / 2) as usize].length_mm;
    place.offset_mm == if way % 2 == end { 0 } else { length }
}

/// How a way is passed by somebody who comes to it, and when it is left.
fn enter(lanes: &Lanes, way: u32, come_ms: u32, weight: u32, free_ms: u32) -> Option<(Pass, u32)> {
    let (enter_ms, _) = lanes.entry(way, come_ms, weight)?;
    let ms = lanes.slowed(way, enter_ms, weight, free_ms);
    Some((Pass { way, come_ms, enter_ms, free_ms }, enter_ms.saturating_add(ms)))
}

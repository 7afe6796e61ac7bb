//! One course of a movement, vehicle by vehicle, in the order of time.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::flow::{Destination, Flow, Leg, Means};
use super::setting::{CAR, Setting};
use crate::base::{Cancelled, Feedback};
use crate::county::County;
use crate::model::Kind;
use crate::network::{CrowdSearch, Graph, Lanes, Ride};

/// How people travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// On foot.
    Foot,
    /// In own cars.
    Car,
    /// By bus.
    Bus,
}

impl Mode {
    /// Word for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Foot => "foot",
            Self::Car => "car",
            Self::Bus => "bus",
        }
    }
}

/// Some people who leave and arrive together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) flow: usize,
    pub(super) mode: Mode,
    pub(super) leave_ms: u32,
    pub(super) arrive_ms: u32,
    pub(super) people: u64,
    pub(super) vehicles: u32,
}

/// How long vehicles stood before a road that was full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Queue {
    /// Vehicles that passed the road.
    pub(super) passed: u64,
    /// Vehicles that had to wait.
    pub(super) waited: u64,
    pub(super) worst_ms: u32,
    /// Of all together.
    pub(super) sum_ms: u64,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// In the order in which people leave.
    pub(super) moves: Vec<Move>,
    /// By way.
    pub(super) queues: BTreeMap<u32, Queue>,
    /// By flow: people for whom the roads had no room within any time that can be told.
    pub(super) left_over: BTreeMap<usize, u64>,
    pub(super) trips: u64,
    pub(super) buses: u32,
}

/// Everything a course needs.
pub(super) struct Course<'a> {
    pub(super) means: &'a Means<'a>,
    pub(super) setting: &'a Setting,
    pub(super) flows: &'a [Flow],
    pub(super) destinations: &'a [Destination],
    /// Flows, the most urgent first.
    pub(super) order: &'a [usize],
    pub(super) lanes: Lanes,
    /// By flow, in cars or not: the last ride that was looked for, and the milliseconds it took.
    pub(super) known: BTreeMap<(usize, bool), (Ride, u32)>,
}

/// Other roads are looked for when a journey takes longer than the last one by this part of it, and by so
/// many milliseconds.
const OTHER_WAY: (u32, u32) = (5, 60_000);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// A bus is loaded: bus, flow, people.
    Full(u32, usize, u64),
    /// A bus is free.
    Free(u32),
    /// People of a flow have got ready to drive, by its place in the order.
    Ready(usize),
}

/// What a road takes in with the figures of a setting.
pub(super) fn lanes(county: &County, graph: &Graph, setting: &Setting) -> Lanes {
    let figures = super::figures::Figures::usual();
    let rows = county.features(Kind::Road);
    Lanes::new(graph, setting.step_ms, setting.congestion, |way| {
        let edge = &graph.edges[(way / 2) as usize];
        let lanes = if edge.gate.is_none() {
            let row = rows.get(edge.row as usize);
            row.and_then(|row| row.value("lanes")?.as_f64()).filter(|lanes| *lanes >= 1.0)
        } else {
            None
        };
        let both = edge.open == [true, true];
        let here = lanes.map(|lanes| if both { lanes / 2.0 } else { lanes }.floor() as u32);
        let cars = figures.cars_per_hour(edge.class, here);
        (f64::from(cars) * setting.factor).round() as u32
    })
}

impl Course<'_> {
    pub(super) fn run(mut self, feedback: &Feedback) -> Result<Outcome, Cancelled> {
        let mut out = Outcome::default();
        let mut search = CrowdSearch::new(&self.means.car.net.graph);
        let mut events = BinaryHeap::new();
        let splits: Vec<_> = self.flows.iter().map(|flow| flow.split(self.setting)).collect();
        let mut riders: Vec<u64> = splits.iter().map(|split| split.bus).collect();
        let cars: Vec<u64> = splits
            .iter()
            .map(|split| (split.car as f64 / self.setting.car_people).ceil() as u64)
            .collect();
        let mut gone = vec![0_u64; self.flows.len()];
        for (rank, flow) in self.order.iter().enumerate() {
            self.walk(*flow, splits[*flow].foot, &mut out);
            if cars[*flow] > 0 {
                events.push(Reverse((self.setting.notified_ms, Event::Ready(rank))));
            }
        }
        let wanted: u64 =
            riders.iter().map(|people| people.div_ceil(self.setting.seats.max(1))).sum();
        // A bus more than there are trips would only stand.
        let buses = u64::from(self.setting.buses).min(wanted) as u32;
        let mut stands: Vec<Option<usize>> = vec![None; buses as usize];
        for bus in 0..buses {
            events.push(Reverse((self.setting.mobilised_ms, Event::Free(bus))));
        }
        out.buses = buses;
        while let Some(Reverse((now, event))) = events.pop() {
            feedback.check()?;
            match event {
                Event::Ready(rank) => {
                    let flow = self.order[rank];
                    let ready = (self.setting.ready(now) * cars[flow] as f64).floor() as u64;
                    let ready = ready.min(cars[flow]);
                    let drive = (gone[flow], ready, cars[flow], splits[flow].car);
                    self.drive(flow, now, drive, &mut search, &mut out);
                    gone[flow] = ready;
                    if ready < cars[flow] {
                        let end = self.setting.all_ready_ms();
                        let next = now.saturating_add(self.setting.step_ms);
                        let next = if now < end { next.min(end) } else { next };
                        events.push(Reverse((next, Event::Ready(rank))));
                    }
                }
                Event::Free(bus) => {
                    let next = self.order.iter().find(|flow| riders[**flow] > 0);
                    let Some(flow) = next.copied() else { continue };
                    let people = riders[flow].min(self.setting.seats);
                    riders[flow] -= people;
                    let there = now.saturating_add(self.deadhead(stands[bus as usize], flow));
                    // The first buses need not wait for the last people.
                    let total = splits[flow].bus.max(1) as f64;
                    let share = (splits[flow].bus - riders[flow]) as f64 / total;
                    let ready = self.setting.ready_ms(share);
                    let full = there.max(ready).saturating_add(self.setting.load_ms);
                    events.push(Reverse((full, Event::Full(bus, flow, people))));
                }
                Event::Full(bus, flow, people) => {
                    let weight = self.setting.bus;
                    let leg = self.flows[flow].bus;
                    let ride = leg
                        .and_then(|leg| self.ride(&mut search, (flow, false), &leg, now, weight));
                    let Some(ride) = ride else {
                        *out.left_over.entry(flow).or_default() += people;
                        events.push(Reverse((now, Event::Free(bus))));
                        continue;
                    };
                    self.take(&ride, 1, self.setting.bus, &mut out);
                    out.trips += 1;
                    out.moves.push(Move {
                        flow,
                        mode: Mode::Bus,
                        leave_ms: now,
                        arrive_ms: ride.arrive_ms,
                        people,
                        vehicles: 1,
                    });
                    stands[bus as usize] = Some(self.flows[flow].to);
                    let free = ride.arrive_ms.saturating_add(self.setting.unload_ms);
                    events.push(Reverse((free, Event::Free(bus))));
                }
            }
        }
        out.moves.sort_by_key(|m| (m.leave_ms, m.arrive_ms, m.flow, m.mode));
        Ok(out)
    }

    /// Walkers leave step by step as they get ready; paths and verges have room for them.
    fn walk(&self, flow: usize, people: u64, out: &mut Outcome) {
        let Some((leg, _)) = self.flows[flow].foot.filter(|_| people > 0) else { return };
        let end = self.setting.all_ready_ms();
        let (mut now, mut gone) = (self.setting.notified_ms, 0);
        loop {
            let ready = ((self.setting.ready(now) * people as f64).floor() as u64).min(people);
            if ready > gone {
                out.moves.push(Move {
                    flow,
                    mode: Mode::Foot,
                    leave_ms: now,
                    arrive_ms: now.saturating_add(leg.free_ms),
                    people: ready - gone,
                    vehicles: 0,
                });
                gone = ready;
            }
            if gone == people || now >= end {
                break;
            }
            now = now.saturating_add(self.setting.step_ms).min(end);
        }
    }

    /// Cars number `from..to` of a flow set off.
    fn drive(
        &mut self,
        flow: usize,
        now: u32,
        (from, to, cars, people): (u64, u64, u64, u64),
        search: &mut CrowdSearch,
        out: &mut Outcome,
    ) {
        let Some(leg) = self.flows[flow].car else { return };
        let mut gone = from;
        while gone < to {
            let ride = self.ride(search, (flow, true), &leg, now, CAR);
            // Each car carries its share of the people, whole persons in all.
            let aboard = |n: u64| people * n / cars.max(1);
            let Some(ride) = ride else {
                *out.left_over.entry(flow).or_default() += aboard(to) - aboard(gone);
                return;
            };
            let vehicles = u64::from(ride.vehicles).min(to - gone);
            // No more than were asked for, so they fit.
            self.take(&ride, vehicles as u32, CAR, out);
            out.moves.push(Move {
                flow,
                mode: Mode::Car,
                leave_ms: now,
                arrive_ms: ride.arrive_ms,
                people: aboard(gone + vehicles) - aboard(gone),
                vehicles: vehicles as u32,
            });
            gone += vehicles;
        }
    }

    /// The ride that arrives first: on the roads of the last one of this flow, as long as the queues there
    /// have not grown so much that looking for others is worth while.
    fn ride(
        &mut self,
        search: &mut CrowdSearch,
        (flow, by_car): (usize, bool),
        leg: &Leg,
        now: u32,
        weight: u32,
    ) -> Option<Ride> {
        let mut same = None;
        if let Some((last, took_ms)) = self.known.get(&(flow, by_car))
            && let Some(ride) = self.lanes.follow(last, now, weight)
        {
            if ride.arrive_ms - now <= took_ms + (took_ms / OTHER_WAY.0).max(OTHER_WAY.1) {
                return Some(ride);
            }
            same = Some(ride);
        }
        let destination = &self.destinations[self.flows[flow].to];
        let (end, left) = if by_car { &destination.car } else { &destination.bus }.as_ref()?;
        let trips = if by_car { &self.means.car } else { &self.means.bus };
        let (graph, metric) = (&trips.net.graph, &trips.metric);
        let ends = [&leg.start, end];
        let times = (now, same.as_ref().map_or(u32::MAX, |ride| ride.arrive_ms));
        let other = search.first_arrival(graph, metric, &self.lanes, ends, left, times, weight);
        let ride = other.or(same)?;
        let took_ms = ride.arrive_ms - now;
        self.known.insert((flow, by_car), (ride.clone(), took_ms));
        Some(ride)
    }

    fn take(&mut self, ride: &Ride, vehicles: u32, weight: u32, out: &mut Outcome) {
        self.lanes.reserve(ride, vehicles, weight);
        for pass in &ride.passes {
            let queue = out.queues.entry(pass.way).or_default();
            let wait = pass.enter_ms - pass.come_ms;
            queue.passed += u64::from(vehicles);
            if wait > 0 {
                queue.waited += u64::from(vehicles);
                queue.worst_ms = queue.worst_ms.max(wait);
                queue.sum_ms += u64::from(wait) * u64::from(vehicles);
            }
        }
    }

    /// How long an empty bus takes from a shelter to a village: as long as from the village to the
    /// shelter on an empty road.
    fn deadhead(&self, stands: Option<usize>, flow: usize) -> u32 {
        let Some((stands, leg)) = stands.zip(self.flows[flow].bus) else { return 0 };
        let trips = &self.means.bus;
        self.destinations[stands].bus.as_ref().map_or(0, |(_, search)| {
            let ms = search.time_at(&trips.net.graph, &trips.metric, &leg.start);
            if ms < crate::network::NEVER { ms } else { leg.free_ms }
        })
    }
}

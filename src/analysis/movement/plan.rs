//! The plan of a movement as it is told.

use std::collections::BTreeMap;

use super::course::{Mode, Queue};
use super::figures::Estimate;
use crate::base::{Id, Message, Persons};

/// Seconds after the order: quick, likely and slow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// If everything goes well.
    pub low_s: u32,
    /// To be expected.
    pub likely_s: u32,
    /// If everything takes long.
    pub high_s: u32,
}

impl Range {
    pub(super) fn set(&mut self, estimate: Estimate, seconds: u32) {
        match estimate {
            Estimate::Low => self.low_s = seconds,
            Estimate::Likely => self.likely_s = seconds,
            Estimate::High => self.high_s = seconds,
        }
    }
}

/// People who leave a village for a shelter within the same quarter of an hour, in the likely course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// The shelter.
    pub shelter: Id,
    /// By what.
    pub mode: Mode,
    /// When the first leave, seconds after the order.
    pub leave_s: u32,
    /// When the last of them arrive.
    pub arrive_s: u32,
    /// How many.
    pub people: Persons,
    /// In how many cars or bus trips.
    pub vehicles: u32,
}

/// What a village has to do.
#[derive(Clone, Debug, PartialEq)]
pub struct VillageMovement {
    /// Which one.
    pub settlement: Id,
    /// Its name.
    pub name: String,
    /// People who travel.
    pub people: Persons,
    /// When the last have arrived.
    pub clear: Range,
    /// When the danger comes, seconds after the present; `None` = not known.
    pub danger_s: Option<u32>,
    /// The last moment at which the order leaves time enough even for the slow course, seconds after
    /// the present; negative if it is past.
    pub latest_start_s: Option<i64>,
    /// Who leaves when, first leave first.
    pub waves: Vec<Wave>,
}

/// Why people with a place do not get there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StuckWhy {
    /// No road leads there.
    NoRoad,
    /// Too far to walk, no car and no bus.
    NoVehicle,
    /// The roads do not take them in within any time that can be told.
    NoRoom,
}

impl StuckWhy {
    /// Word for programs and end of the message id.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoRoad => "no_road",
            Self::NoVehicle => "no_vehicle",
            Self::NoRoom => "no_room",
        }
    }
}

/// People who have a place but do not get there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// Which village.
    pub settlement: Id,
    /// Its name.
    pub name: String,
    /// How many.
    pub people: Persons,
    /// Why.
    pub why: StuckWhy,
}

/// A road where vehicles queue, in the likely course.
#[derive(Clone, Debug, PartialEq)]
pub struct Bottleneck {
    /// Twice the edge, plus one against its corners.
    pub way: u32,
    /// The road's row.
    pub road: Id,
    /// Its name; empty if it has none.
    pub name: String,
    /// On a bridge.
    pub bridge: bool,
    /// Cars per hour it takes in, the factor of an evacuation included.
    pub cars_per_hour: u32,
    /// Vehicles that pass.
    pub vehicles: u64,
    /// Of these, how many wait.
    pub waited: u64,
    /// The longest wait in seconds.
    pub worst_s: u32,
    /// All waits together, in vehicle-minutes.
    pub vehicle_minutes: u64,
}

/// What one change would bring, found by reckoning again.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// What is changed.
    pub change: Change,
    /// When the last arrive then, in the likely course; seconds after the order.
    pub clear_s: u32,
    /// How much sooner that is.
    pub sooner_s: u32,
    /// How many more people travel.
    pub more_people: u64,
}

impl Remedy {
    /// What to do and what it brings, in words.
    pub fn message(&self) -> Message {
        let message = match &self.change {
            Change::Buses(more) => Message::new("movement-more-buses").with("buses", *more),
            Change::Road { name, .. } if name.is_empty() => Message::new("movement-wider-unnamed"),
            Change::Road { name, bridge, .. } => {
                let id = if *bridge { "movement-wider-bridge" } else { "movement-wider-road" };
                Message::new(id).with("name", name.as_str())
            }
            Change::Reopen { name, .. } => {
                Message::new("movement-reopen").with("name", name.as_str())
            }
        };
        message.with("minutes", self.sooner_s / 60).with("people", self.more_people)
    }
}

/// One thing that could be changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// So many buses more.
    Buses(u32),
    /// The road takes in twice as much: both lanes in one direction, or the traffic led by hand.
    Road {
        /// Its row.
        road: Id,
        /// Its name.
        name: String,
        /// On a bridge.
        bridge: bool,
    },
    /// A closure is lifted.
    Reopen {
        /// Its record, if it is one.
        closure: Option<Id>,
        /// Its name.
        name: String,
    },
}

/// The movement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MovementPlan {
    /// People with a place.
    pub people: Persons,
    /// Of these by mode.
    pub by_mode: BTreeMap<Mode, Persons>,
    /// Who does not get there.
    pub stuck: Vec<Stuck>,
    /// When the last have arrived; `None` if nobody travels.
    pub clear: Option<Range>,
    /// The same on empty roads, with a bus for everybody: no plan is quicker.
    pub bound_s: u32,
    /// People who have arrived by then, in the likely course: at the end of each five minutes.
    pub curve: Vec<(u32, u64)>,
    /// The villages, the most urgent first.
    pub villages: Vec<VillageMovement>,
    /// Where vehicles queue, the worst first.
    pub bottlenecks: Vec<Bottleneck>,
    /// Buses in use, and their trips, in the likely course.
    pub buses: (u32, u64),
    /// What would help, the greatest gain first.
    pub remedies: Vec<Remedy>,
}

impl Queue {
    pub(super) fn vehicle_minutes(&self) -> u64 {
        self.sum_ms / 60_000
    }
}

//! Who goes where by what: the assignments of a plan, split over the ways of travelling.

use geo_types::Coord;

use super::setting::Setting;
use crate::analysis::evacuation::{EvacuationPlan, EvacuationProblem};
use crate::analysis::roads::{Travel, TravelFault, Trips};
use crate::base::{Cancelled, Feedback, Id};
use crate::county::County;
use crate::network::{Direction, NEVER, Place, Search};

/// The three ways of travelling on the roads as they are.
#[derive(Debug)]
pub struct Means<'a> {
    /// Own cars.
    pub car: Trips<'a>,
    /// Buses.
    pub bus: Trips<'a>,
    /// On foot.
    pub foot: Trips<'a>,
}

impl<'a> Means<'a> {
    /// Conditions, time and barriers of a travel, whatever its vehicle.
    pub fn new(county: &'a County, travel: &Travel) -> Result<Self, TravelFault> {
        let by = |key: &str| {
            let travel = Travel { vehicle: Some(key.to_owned()), ..travel.clone() };
            Trips::new(county, &travel, None)
        };
        Ok(Self { car: by("car")?, bus: by("bus")?, foot: by("walking")? })
    }

    /// The same with one of the barriers lifted.
    pub(super) fn without(&self, barrier: usize) -> Self {
        let without = |trips: &Trips<'a>| {
            let mut barriers = trips.barriers.clone();
            if barrier < barriers.len() {
                barriers.remove(barrier);
            }
            trips.with_barriers(barriers)
        };
        Self { car: without(&self.car), bus: without(&self.bus), foot: without(&self.foot) }
    }
}

/// A journey on empty roads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leg {
    pub(super) start: Place,
    /// Milliseconds.
    pub(super) free_ms: u32,
}

/// Some people of one village on their way to one shelter.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    pub(super) settlement: Id,
    pub(super) shelter: Id,
    /// Its number among the destinations.
    pub(super) to: usize,
    pub(super) people: u64,
    pub(super) car: Option<Leg>,
    pub(super) bus: Option<Leg>,
    /// With the length of the way in metres.
    pub(super) foot: Option<(Leg, f64)>,
}

/// A shelter that people go to, with the times from everywhere on empty roads.
#[derive(Debug)]
pub(super) struct Destination {
    pub(super) car: Option<(Place, Search)>,
    pub(super) bus: Option<(Place, Search)>,
}

/// The flows of a plan, in the order of its assignments.
pub(super) fn flows(
    means: &Means<'_>,
    problem: &EvacuationProblem,
    plan: &EvacuationPlan,
    feedback: &Feedback,
) -> Result<(Vec<Flow>, Vec<Destination>), Cancelled> {
    let mut known: Vec<(Id, Option<(Place, Search)>)> = Vec::new();
    let mut destinations = Vec::new();
    let mut flows = Vec::new();
    for assignment in &plan.assignments {
        feedback.check()?;
        let from = problem.origins.iter().find(|origin| origin.id == assignment.settlement);
        let place = problem.places.iter().find(|place| place.id == assignment.shelter);
        let (Some(from), Some(place)) = (from, place) else { continue };
        let to = match known.iter().position(|(id, _)| *id == assignment.shelter) {
            Some(to) => to,
            None => {
                destinations.push(Destination {
                    car: ending(&means.car, place.at),
                    bus: ending(&means.bus, place.at),
                });
                known.push((assignment.shelter, ending(&means.foot, place.at)));
                known.len() - 1
            }
        };
        let destination: &Destination = &destinations[to];
        let on_foot = known[to].1.as_ref();
        let foot = leg(&means.foot, from.at, on_foot).and_then(|leg| {
            let (_, search) = on_foot?;
            let graph = &means.foot.net.graph;
            let path = search.path(graph, &means.foot.metric, &leg.start)?;
            Some((leg, path.length_m(graph)))
        });
        flows.push(Flow {
            settlement: assignment.settlement,
            shelter: assignment.shelter,
            to,
            people: assignment.people.0,
            car: leg(&means.car, from.at, destination.car.as_ref()),
            bus: leg(&means.bus, from.at, destination.bus.as_ref()),
            foot,
        });
    }
    Ok((flows, destinations))
}

/// Where journeys to a place end, and the times from everywhere.
fn ending(trips: &Trips<'_>, at: Coord<f64>) -> Option<(Place, Search)> {
    let place = trips.enter_for(at, Direction::To)?;
    Some((place, trips.search(&trips.metric, &[place], Direction::To)))
}

fn leg(trips: &Trips<'_>, from: Coord<f64>, to: Option<&(Place, Search)>) -> Option<Leg> {
    let (_, search) = to?;
    let start = trips.enter_for(from, Direction::From)?;
    let free_ms = search.time_at(&trips.net.graph, &trips.metric, &start);
    (free_ms < NEVER).then_some(Leg { start, free_ms })
}

/// How many people of a flow travel how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Split {
    pub(super) foot: u64,
    pub(super) car: u64,
    pub(super) bus: u64,
    /// There is a way, but nothing to travel by.
    pub(super) no_vehicle: u64,
    /// There is no way.
    pub(super) no_road: u64,
}

impl Flow {
    /// Short ways are walked; of the others some have a car, and the rest take the bus. Who can neither
    /// drive nor ride walks, if it is not too far.
    pub(super) fn split(&self, setting: &Setting) -> Split {
        let mut split = Split::default();
        let walkable = |most: f64| self.foot.is_some_and(|(_, metres)| metres <= most);
        if walkable(setting.walk_m) {
            split.foot = self.people;
            return split;
        }
        if self.car.is_some() {
            // `as` saturates.
            split.car = (self.people as f64 * setting.car_share).round() as u64;
        }
        let rest = self.people - split.car.min(self.people);
        let has_way = self.car.is_some() || self.bus.is_some() || self.foot.is_some();
        let to = if self.bus.is_some() && setting.buses > 0 && setting.seats > 0 {
            &mut split.bus
        } else if walkable(setting.walk_most_m) {
            &mut split.foot
        } else if has_way {
            &mut split.no_vehicle
        } else {
            &mut split.no_road
        };
        *to = rest;
        split
    }
}

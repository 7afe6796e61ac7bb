//! The nearest facilities, by distance or by travel time: the work of one job.

use std::sync::Arc;

use geo_types::Coord;

use super::nearest::{Measure, NearestAnswer};
use crate::analysis::roads::{Travel, TravelFault, Trips, Unreached, arrivals};
use crate::analysis::{ClosestFacility, Reach, closest_facility};
use crate::base::{Cancelled, Feedback, Id, Metres, Timestamp};
use crate::county::County;
use crate::network::{Conditions, Direction};
use crate::spatial::measure::geodesic_distance;
use crate::spatial::middle;

/// How it is ranked.
#[derive(Clone, Debug)]
pub struct How {
    /// By distance or time.
    pub measure: Measure,
    /// Key of the vehicle; without it what the kind sends.
    pub vehicle: Option<String>,
    /// Night, rain, snow.
    pub conditions: Conditions,
    /// When: closures outside their time window do not count.
    pub now: Timestamp,
}

/// What an answer by time says beside the times.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ByRoad {
    /// Key of the vehicle.
    pub vehicle: String,
    /// Night, rain, snow.
    pub conditions: Conditions,
    /// The way of each facility in degrees, in the order of the answer.
    pub ways: Vec<Vec<Coord<f64>>>,
    /// Seconds from the order to departure, which are part of every time.
    pub turnout_s: u32,
    /// P90 of a driving time as a multiple of P50.
    pub p90: f64,
    /// Those without a way, those that barriers cut off first, then by distance.
    pub unreached: Vec<CutFacility>,
    /// The place is this far from the nearest road, if that is worth telling.
    pub far_from_road: Option<Metres>,
    /// Why there are no times.
    pub fault: Option<TravelFault>,
}

/// A facility without a way.
#[derive(Clone, Debug, PartialEq)]
pub struct CutFacility {
    /// Which one.
    pub id: Id,
    /// Names of the barriers in the way; empty if there never was a way.
    pub barriers: Vec<String>,
}

/// Answers the question of the nearest panel.
pub fn nearest(
    county: Arc<County>,
    ask: ClosestFacility,
    place: String,
    how: &How,
    feedback: &Feedback,
) -> Result<NearestAnswer, Cancelled> {
    let (reaches, by_road) = match how.measure {
        Measure::Distance => (closest_facility(&county, &ask, feedback)?, None),
        Measure::Time => {
            let (reaches, by_road) = by_time(&county, &ask, how, feedback)?;
            (reaches, Some(by_road))
        }
    };
    Ok(NearestAnswer { ask, place, county, reaches, by_road })
}

fn by_time(
    county: &County,
    ask: &ClosestFacility,
    how: &How,
    feedback: &Feedback,
) -> Result<(Vec<Reach>, ByRoad), Cancelled> {
    feedback.check()?;
    let travel = Travel {
        vehicle: how.vehicle.clone(),
        conditions: how.conditions,
        at: Some(how.now),
        closed: Vec::new(),
    };
    let trips = match Trips::new(county, &travel, Some(ask.kind)) {
        Ok(trips) => trips,
        Err(fault) => {
            return Ok((Vec::new(), ByRoad { fault: Some(fault), ..ByRoad::default() }));
        }
    };
    let arrivals = arrivals(county, &trips, ask, feedback)?;
    let by_road = ByRoad {
        vehicle: trips.vehicle.key.clone(),
        conditions: trips.conditions,
        ways: ways(&trips, ask, &arrivals.reached),
        turnout_s: trips.table.turnout_s(ask.kind),
        p90: trips.table.p90(),
        unreached: cut(county, &trips, ask, &arrivals.unreached),
        far_from_road: arrivals.far_from_road,
        fault: None,
    };
    Ok((arrivals.reached, by_road))
}

/// The ways of the facilities, from door to door, as they are travelled.
fn ways(trips: &Trips<'_>, ask: &ClosestFacility, reached: &[Reach]) -> Vec<Vec<Coord<f64>>> {
    let comes = trips.table.sends(ask.kind);
    let direction = if comes { Direction::To } else { Direction::From };
    let Some(here) = trips.enter_for(ask.at, direction) else { return Vec::new() };
    let search = trips.search(&trips.metric, &[here], direction);
    let line = |reach: &Reach| {
        let place = trips.enter_for(reach.at, direction.reversed())?;
        let path = search.path(&trips.net.graph, &trips.metric, &place)?;
        let (from, to) = if comes { (reach.at, ask.at) } else { (ask.at, reach.at) };
        let mut line = vec![from];
        line.extend(path.line(&trips.net.graph));
        line.push(to);
        Some(line)
    };
    reached.iter().map(|reach| line(reach).unwrap_or_default()).collect()
}

fn cut(
    county: &County,
    trips: &Trips<'_>,
    ask: &ClosestFacility,
    unreached: &[Unreached],
) -> Vec<CutFacility> {
    let Some(layer) = county.layer(ask.kind) else { return Vec::new() };
    let mut out: Vec<(bool, f64, CutFacility)> = Vec::new();
    for facility in unreached {
        let row = layer.by_id(facility.id);
        let Some(at) = row.and_then(|row| middle(row.geometry.as_ref()?)) else { continue };
        let far = geodesic_distance(ask.at, at).0;
        // By road it would be farther still.
        if ask.within.is_some_and(|within| far > within.0) {
            continue;
        }
        let names = facility.barriers.iter().filter_map(|n| trips.barriers.get(*n));
        let barriers: Vec<String> = names.map(|barrier| barrier.name.clone()).collect();
        let cut = CutFacility { id: facility.id, barriers };
        out.push((cut.barriers.is_empty(), far, cut));
    }
    out.sort_by(|(a, far, x), (b, other, y)| {
        a.cmp(b).then(far.total_cmp(other)).then(x.id.cmp(&y.id))
    });
    out.into_iter().map(|(.., cut)| cut).collect()
}

//! Closest facility by travel time: who is there first.

use super::travel::{Trips, seconds};
use crate::analysis::{ClosestFacility, Reach};
use crate::base::{Cancelled, Feedback, Id, Metres};
use crate::county::County;
use crate::network::{Direction, NEVER};
use crate::spatial::middle;

/// Facilities in the order of their arrival, and those that cannot be reached.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrivals {
    /// First arrival first, ties by id; the distance is that by road.
    pub reached: Vec<Reach>,
    /// No way there.
    pub unreached: Vec<Unreached>,
    /// The asked place is this far from the nearest road, if that is worth telling.
    pub far_from_road: Option<Metres>,
}

/// A facility that cannot be reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Unreached {
    /// Which one.
    pub id: Id,
    /// Positions of the barriers that cut it off; empty if there never was a way.
    pub barriers: Vec<usize>,
}

/// The facilities that arrive first, or are reached first: what sends somebody comes to the place,
/// turnout time included; to everything else one travels from there. Ties by id.
pub fn arrivals(
    county: &County,
    trips: &Trips<'_>,
    ask: &ClosestFacility,
    feedback: &Feedback,
) -> Result<Arrivals, Cancelled> {
    feedback.check()?;
    let graph = &trips.net.graph;
    let mut out = Arrivals::default();
    let somewhere = ask.at.x.is_finite() && ask.at.y.is_finite() && ask.at.y.abs() <= 90.0;
    let direction = if trips.table.sends(ask.kind) { Direction::To } else { Direction::From };
    let here = if ask.k > 0 && somewhere { trips.enter_for(ask.at, direction) } else { None };
    let Some(here) = here else { return Ok(out) };
    out.far_from_road = Some(here.off).filter(|off| off.0 > super::travel::FAR_M);
    let turnout_s = trips.table.turnout_s(ask.kind);
    let search = trips.search(&trips.metric, &[here], direction);
    let mut found = Vec::new();
    let mut lost = Vec::new();
    for row in county.features(ask.kind) {
        if !ask.conditions.iter().all(|condition| condition.holds(row)) {
            continue;
        }
        let Some(at) = row.geometry.as_ref().and_then(middle) else { continue };
        let place = trips.enter_for(at, direction.reversed());
        let ms = place.map_or(NEVER, |place| search.time_at(graph, &trips.metric, &place));
        match place {
            Some(place) if ms != NEVER => found.push((ms, row.id, at, place)),
            _ => lost.push((row.id, at)),
        }
    }
    found.sort_unstable_by_key(|(ms, id, ..)| (*ms, *id));
    for (ms, id, at, place) in found {
        if out.reached.len() == ask.k {
            break;
        }
        feedback.check()?;
        let Some(path) = search.path(graph, &trips.metric, &place) else { continue };
        let distance = Metres(path.length_m(graph));
        if ask.within.is_none_or(|within| distance.0 <= within.0) {
            let travel_s = Some(seconds(ms).saturating_add(turnout_s));
            out.reached.push(Reach { id, at, distance, travel_s });
        }
    }
    if !lost.is_empty() {
        let open = trips.unbarred();
        let search = trips.search(open, &[here], direction);
        for (id, at) in lost {
            feedback.check()?;
            let path = trips.net.enter_for(open, at, direction.reversed());
            let path = path.and_then(|place| search.path(graph, open, &place));
            let barriers = path.map(|path| trips.barriers_on(&path)).unwrap_or_default();
            out.unreached.push(Unreached { id, barriers });
        }
    }
    Ok(out)
}

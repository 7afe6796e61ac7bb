//! Coverage (覆盖): how many people the first team reaches in how many minutes, who is left, and what
//! one more station would add.

use super::travel::Trips;
use crate::base::{Cancelled, Feedback, Id, Persons};
use crate::county::County;
use crate::model::{Feature, Kind, Settlement};
use crate::network::{Direction, NEVER, Place, Search};
use crate::spatial::middle;

/// A settlement and when the first team is there.
#[derive(Clone, Debug, PartialEq)]
pub struct SettlementTime {
    /// Which one.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Residents; `None` = no data.
    pub people: Option<Persons>,
    /// Seconds with turnout; `None` if nobody gets there.
    pub travel_s: Option<u32>,
    /// The facility that is first.
    pub first: Option<Id>,
}

/// Who is covered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// All residents with a figure.
    pub people: Persons,
    /// Minutes and the residents reached within them, in the order asked for.
    pub within: Vec<(u32, Persons)>,
    /// Settlements by id.
    pub settlements: Vec<SettlementTime>,
}

impl Coverage {
    /// Settlements that are not reached within so many minutes, most people first, ties by id.
    pub fn uncovered(&self, minutes: u32) -> Vec<&SettlementTime> {
        let late = |settlement: &&SettlementTime| {
            settlement.travel_s.is_none_or(|s| s > minutes.saturating_mul(60))
        };
        let mut out: Vec<_> = self.settlements.iter().filter(late).collect();
        out.sort_by_key(|settlement| (std::cmp::Reverse(settlement.people), settlement.id));
        out
    }
}

/// Times from the facilities that `serves` allows to every settlement.
pub fn coverage(
    county: &County,
    trips: &Trips<'_>,
    kind: Kind,
    minutes: &[u32],
    serves: &dyn Fn(&Feature) -> bool,
    feedback: &Feedback,
) -> Result<Coverage, Cancelled> {
    feedback.check()?;
    let turnout_ms = trips.table.turnout_s(kind).saturating_mul(1000);
    let mut teams: Vec<(Id, Place)> = Vec::new();
    for row in county.features(kind).iter().filter(|row| serves(row)) {
        let place = row.geometry.as_ref().and_then(middle).and_then(|at| trips.enter(at));
        teams.extend(place.map(|place| (row.id, place)));
    }
    let seeds: Vec<Place> = teams.iter().map(|(_, place)| *place).collect();
    let search = trips.search(&trips.metric, &seeds, Direction::From);
    let mut out = Coverage::default();
    for (settlement, place) in settlements(county, trips) {
        feedback.check()?;
        let graph = &trips.net.graph;
        let best = place.and_then(|place| search.nearest_seed(graph, &trips.metric, &place));
        let travel_s = best.map(|(ms, _)| ms.saturating_add(turnout_ms).div_ceil(1000));
        let first = best.and_then(|(_, seed)| teams.get(seed)).map(|(id, _)| *id);
        out.people += settlement.people.unwrap_or_default();
        out.settlements.push(SettlementTime { travel_s, first, ..settlement });
    }
    for minutes in minutes {
        let most = minutes.saturating_mul(60);
        let reached = |s: &&SettlementTime| s.travel_s.is_some_and(|travel| travel <= most);
        let people =
            out.settlements.iter().filter(reached).filter_map(|settlement| settlement.people).sum();
        out.within.push((*minutes, people));
    }
    Ok(out)
}

/// What one more station at a place would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The settlement it would stand in.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// People reached in time who are not today.
    pub gained: Persons,
    /// Person-minutes saved over all whom somebody reaches today, and over those newly reached
    /// counted from the limit.
    pub saved_person_minutes: u64,
}

/// What one more station in each settlement would add to a coverage, the best first: by people reached
/// within `minutes` (maximal covering location, MCLP with one facility), then by time saved
/// (p-median). Every settlement is tried, so the best is the best.
pub fn candidates(
    county: &County,
    trips: &Trips<'_>,
    kind: Kind,
    today: &Coverage,
    minutes: u32,
    feedback: &Feedback,
) -> Result<Vec<Candidate>, Cancelled> {
    let graph = &trips.net.graph;
    let turnout_s = trips.table.turnout_s(kind);
    let most_s = minutes.saturating_mul(60);
    let all = settlements(county, trips);
    let mut search = Search::new(graph);
    let mut out = Vec::new();
    for (number, (site, place)) in all.iter().enumerate() {
        feedback.check()?;
        feedback.report(number as u64, all.len() as u64);
        let Some(place) = place else { continue };
        search.run(graph, &trips.metric, &[*place], Direction::From, NEVER, |_, _| true);
        let mut candidate = Candidate {
            id: site.id,
            name: site.name.clone(),
            gained: Persons::ZERO,
            saved_person_minutes: 0,
        };
        let mut saved_s = 0_u64;
        for ((_, there), now) in all.iter().zip(&today.settlements) {
            let people = now.people.unwrap_or_default();
            let ms = there.map_or(NEVER, |there| search.time_at(graph, &trips.metric, &there));
            if ms == NEVER {
                continue;
            }
            let new_s = ms.div_ceil(1000).saturating_add(turnout_s);
            let old_s = now.travel_s.unwrap_or(most_s.max(new_s));
            if new_s <= most_s && now.travel_s.is_none_or(|s| s > most_s) {
                candidate.gained += people;
            }
            saved_s = saved_s
                .saturating_add(people.0.saturating_mul(u64::from(old_s.saturating_sub(new_s))));
        }
        candidate.saved_person_minutes = saved_s / 60;
        out.push(candidate);
    }
    out.sort_by_key(|c| {
        (std::cmp::Reverse(c.gained), std::cmp::Reverse(c.saved_person_minutes), c.id)
    });
    Ok(out)
}

/// Every settlement with its people and where it meets the roads, by id.
pub(super) fn settlements(
    county: &County,
    trips: &Trips<'_>,
) -> Vec<(SettlementTime, Option<Place>)> {
    let rows = county.features(Kind::Settlement).iter();
    rows.map(|row| {
        let place = row.geometry.as_ref().and_then(middle).and_then(|at| trips.enter(at));
        let settlement = SettlementTime {
            id: row.id,
            name: row.name.clone(),
            people: Settlement::of(row).residents,
            travel_s: None,
            first: None,
        };
        (settlement, place)
    })
    .collect()
}

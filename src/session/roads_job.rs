//! The questions of the roads task: the work of its jobs.

use std::sync::Arc;

use super::roads::{
    BarrierNote, COVER_MINUTES, Found, More, REACH_MINUTES, RoadAnswer, RoadQuestion, RoadsForm,
};
use crate::analysis::roads::{
    Routes, Travel, Trips, candidates, coverage, cut_off, losses, reach, reopening, road_losses,
    route,
};
use crate::base::{Cancelled, Feedback, Timestamp};
use crate::county::County;
use crate::model::Feature;
use crate::scene::StyleTable;

/// Ways beside the quickest one.
const OTHERS: usize = 2;

fn travel(form: &RoadsForm, now: Timestamp) -> Travel {
    Travel {
        vehicle: Some(form.vehicle()),
        conditions: form.conditions,
        at: Some(now),
        closed: Vec::new(),
    }
}

/// Whether a facility can be counted on today, as its sign on the map shows it.
fn serves(row: &Feature) -> bool {
    StyleTable::get().is_usable(row)
}

/// Answers the question of a form.
pub fn answer(
    county: Arc<County>,
    form: RoadsForm,
    now: Timestamp,
    feedback: &Feedback,
) -> Result<RoadAnswer, Cancelled> {
    feedback.check()?;
    let (found, barriers) = match Trips::new(&county, &travel(&form, now), None) {
        Ok(trips) => {
            // Looked for here, so that the window need not wait for it.
            county.islands();
            let notes = trips.barriers.iter();
            let notes = notes
                .map(|barrier| BarrierNote { id: barrier.id, name: barrier.name.clone() })
                .collect();
            (found(&county, &trips, &form, feedback)?, notes)
        }
        Err(fault) => (Found::Fault(fault), Vec::new()),
    };
    Ok(RoadAnswer { form, county, barriers, found, more: None })
}

fn found(
    county: &County,
    trips: &Trips<'_>,
    form: &RoadsForm,
    feedback: &Feedback,
) -> Result<Found, Cancelled> {
    Ok(match form.question {
        RoadQuestion::Route => Found::Route(match (&form.from, &form.to) {
            (Some(from), Some(to)) => route(county, trips, from.at, to.at, OTHERS, feedback)?,
            _ => Routes::default(),
        }),
        RoadQuestion::Reach => Found::Reach(match &form.centre {
            Some(centre) => reach(trips, centre.at, &REACH_MINUTES, feedback)?,
            None => Vec::new(),
        }),
        RoadQuestion::Coverage => {
            let minutes = &COVER_MINUTES;
            Found::Coverage(coverage(county, trips, form.kind, minutes, &serves, feedback)?)
        }
        RoadQuestion::CutOff => {
            let cut = cut_off(county, trips, feedback)?;
            let order = if trips.barriers.is_empty() {
                Vec::new()
            } else {
                reopening(county, trips, feedback)?
            };
            Found::CutOff(cut, order)
        }
    })
}

/// What an answer can be asked for besides; `None` if there is nothing.
pub fn more(
    answer: &RoadAnswer,
    now: Timestamp,
    feedback: &Feedback,
) -> Result<Option<More>, Cancelled> {
    let RoadAnswer { county, form, .. } = answer;
    let Ok(trips) = Trips::new(county, &travel(form, now), None) else { return Ok(None) };
    Ok(match &answer.found {
        Found::Coverage(today) => {
            let all = candidates(county, &trips, form.kind, today, form.limit, feedback)?;
            Some(More::Candidates(all))
        }
        Found::CutOff(..) => {
            let mut all = losses(county, &trips, feedback)?;
            all.extend(road_losses(county, &trips, feedback)?);
            // Bridges stand before roads that cut off as many.
            all.sort_by_key(|loss| std::cmp::Reverse(loss.people));
            Some(More::Losses(all))
        }
        Found::Route(_) | Found::Reach(_) | Found::Fault(_) => None,
    })
}

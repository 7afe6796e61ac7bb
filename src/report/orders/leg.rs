//! Legs of a transfer: the way by road from a village to its shelter, by the names of the roads.

use geo_types::Coord;

use crate::analysis::roads::{Trips, route};
use crate::analysis::{EvacuationPlan, EvacuationProblem};
use crate::base::{Cancelled, Feedback, Id, Message, Metres};
use crate::county::County;
use crate::report::words::Words;

/// The way from a village to a shelter.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    /// From.
    pub settlement: Id,
    /// To.
    pub shelter: Id,
    /// Names of the roads, in order, each once in a row; empty if none has a name.
    pub roads: Vec<String>,
    /// By road, in metres.
    pub distance: Metres,
    /// P50 in seconds.
    pub travel_s: u32,
    /// P90 in seconds.
    pub travel_p90_s: u32,
}

/// The quickest way of each assignment of a plan, in the order of the plan; those to which no road
/// leads are left out.
pub fn legs(
    county: &County,
    trips: &Trips<'_>,
    problem: &EvacuationProblem,
    plan: &EvacuationPlan,
    feedback: &Feedback,
) -> Result<Vec<Leg>, Cancelled> {
    let start = |id: Id| problem.origins.iter().find(|origin| origin.id == id).map(|o| o.at);
    let end = |id: Id| -> Option<Coord<f64>> {
        problem.places.iter().find(|place| place.id == id).map(|place| place.at)
    };
    let mut out = Vec::new();
    for line in &plan.assignments {
        feedback.check()?;
        let (Some(from), Some(to)) = (start(line.settlement), end(line.shelter)) else { continue };
        let Some(way) = route(county, trips, from, to, 0, feedback)?.routes.into_iter().next()
        else {
            continue;
        };
        let mut roads: Vec<String> =
            way.steps.into_iter().map(|step| step.road).filter(|road| !road.is_empty()).collect();
        roads.dedup();
        out.push(Leg {
            settlement: line.settlement,
            shelter: line.shelter,
            roads,
            distance: way.distance,
            travel_s: way.travel_s,
            travel_p90_s: way.travel_p90_s,
        });
    }
    Ok(out)
}

impl Leg {
    /// Roads, length and time in words.
    pub(super) fn text(&self, words: &dyn Words) -> String {
        let roads: Vec<&str> = self.roads.iter().map(String::as_str).collect();
        let roads =
            if roads.is_empty() { words.tr("roads-unnamed-road") } else { words.list(&roads) };
        words.say(
            &Message::new("report-leg")
                .with("roads", roads)
                .with("distance", words.distance(self.distance))
                .with("time", minutes(self.travel_s, self.travel_p90_s)),
        )
    }
}

/// An estimate in whole minutes, from P50 to P90.
pub(in crate::report) fn minutes(p50_s: u32, p90_s: u32) -> Message {
    let low = (p50_s + 30) / 60;
    let high = p90_s.div_ceil(60).max(low);
    let range = if high == 0 {
        Message::new("travel-range-short")
    } else if low == high {
        Message::new("travel-range-one").with("minutes", high)
    } else {
        Message::new("travel-range").with("low", low).with("high", high)
    };
    Message::new("travel-estimate").with("range", range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_whole_minutes_and_never_a_point() {
        let range = |p50, p90| format!("{:?}", minutes(p50, p90).args);
        assert!(range(400, 521).contains("travel-range\""), "{}", range(400, 521));
        assert!(range(400, 521).contains("Count(7)") && range(400, 521).contains("Count(9)"));
        assert!(range(0, 0).contains("travel-range-short"));
        assert!(range(55, 60).contains("travel-range-one"));
    }
}

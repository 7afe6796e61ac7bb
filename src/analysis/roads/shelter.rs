//! Evacuation by travel time: the same plan as by distance, with seconds instead of metres.

use geo_types::Coord;

use super::matrix::travel_costs;
use super::travel::Trips;
use crate::analysis::evacuation::{
    Evacuation, EvacuationPlan, EvacuationProblem, evacuation_with_costs,
};
use crate::base::{Cancelled, Feedback};
use crate::network::Direction;

/// Plans where people go so that they spend the least time on the road. Costs are whole seconds, and so is
/// the limit of the ask; each assignment says its metres by road and its seconds.
pub fn evacuation_by_time(
    problem: &EvacuationProblem,
    trips: &Trips<'_>,
    ask: &Evacuation,
    feedback: &Feedback,
) -> Result<EvacuationPlan, Cancelled> {
    let from: Vec<Coord<f64>> = problem.origins.iter().map(|origin| origin.at).collect();
    let to: Vec<Coord<f64>> = problem.places.iter().map(|place| place.at).collect();
    let costs = travel_costs(trips, &from, &to, feedback)?;
    let mut plan = evacuation_with_costs(problem, ask, &costs, feedback)?;
    for limit in &mut plan.limits {
        // What was worked out in seconds is not told in metres.
        let told = match limit.message.id.as_ref() {
            "limit-shelter" => "limit-shelter-time",
            "limit-shelter-at-least" => "limit-shelter-time-at-least",
            "limit-distance" => "limit-time",
            "limit-distance-estimate" => "limit-time-estimate",
            _ => continue,
        };
        limit.message.id = told.into();
    }
    let graph = &trips.net.graph;
    let mut searched = None;
    for assignment in &mut plan.assignments {
        feedback.check()?;
        assignment.travel_s = Some(assignment.distance_m);
        let origin = problem.origins.iter().position(|origin| origin.id == assignment.settlement);
        let is_there = |shelter: usize| {
            problem.shelters.get(shelter).is_some_and(|load| load.id == assignment.shelter)
        };
        let place = problem.places.iter().find(|place| is_there(place.shelter));
        let (Some(origin), Some(place)) = (origin, place) else { continue };
        let ends = (
            trips.enter_for(from[origin], Direction::From),
            trips.enter_for(place.at, Direction::To),
        );
        let (Some(start), Some(end)) = ends else { continue };
        // Assignments of one village stand together.
        let search = match &mut searched {
            Some((of, search)) if *of == origin => search,
            other => {
                let search = trips.search(&trips.metric, &[start], Direction::From);
                &mut other.insert((origin, search)).1
            }
        };
        if let Some(path) = search.path(graph, &trips.metric, &end) {
            assignment.distance_m = path.length_m(graph).round() as u32;
        }
    }
    Ok(plan)
}

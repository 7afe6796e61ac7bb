//! The evacuation plan, by distance or by travel time: the work of its job.

use std::sync::Arc;

use super::evacuation::{ChosenArea, Journey, PlanAnswer, PlanTimes};
use crate::analysis::evacuation::EvacuationProblem;
use crate::analysis::roads::{Travel, TravelFault, Trips, evacuation_by_time};
use crate::analysis::{Evacuation, evacuation};
use crate::base::{Cancelled, Feedback, Timestamp};
use crate::county::County;

/// Makes a plan; by time where there is a journey. Closures count as they are now.
pub fn plan(
    county: Arc<County>,
    area: ChosenArea,
    ask: Evacuation,
    journey: Option<Journey>,
    now: Timestamp,
    feedback: &Feedback,
) -> Result<Result<PlanAnswer, TravelFault>, Cancelled> {
    let (plan, times) = match journey {
        None => (evacuation(&county, &area.area, &ask, feedback)?, None),
        Some(journey) => {
            feedback.check()?;
            let travel = Travel {
                vehicle: Some(journey.vehicle.clone()),
                conditions: journey.conditions,
                at: Some(now),
                closed: Vec::new(),
            };
            let trips = match Trips::new(&county, &travel, None) {
                Ok(trips) => trips,
                Err(fault) => return Ok(Err(fault)),
            };
            let problem = EvacuationProblem::new(&county, &area.area, &ask, feedback)?;
            let plan = evacuation_by_time(&problem, &trips, &ask, feedback)?;
            let costing = county.costing().as_ref().clone();
            (plan, Some(PlanTimes { journey, costing }))
        }
    };
    Ok(Ok(PlanAnswer { version: county.version(), ask, area, county, plan, times, saved_as: None }))
}

//! Evacuation: who goes where, within the shelters' real capacity.
//!
//! The rule, in this order: as many people as possible get a place; as many of them as possible
//! go where the preplanned table (预案对口安置) sends them, earlier priorities before later ones;
//! then Σ people × cost is least.

mod arrangement;
mod assign;
mod budget;
mod choice;
mod cost;
mod exchange;
mod fill;
mod knapsack;
mod lagrange;
mod level;
mod limits;
mod plan;
mod problem;
mod relaxation;
mod rounding;
mod together;
#[cfg(test)]
mod trial;

pub use plan::{
    Assignment, EvacuationPlan, Limit, LimitKind, ShelterLoad, Unassigned, UnassignedWhy,
    UnresolvedArrangement, UnresolvedWhy, Unusable,
};
pub use problem::{EvacuationProblem, Origin, Place};

use super::transport::CostMatrix;
use crate::base::{Cancelled, Feedback, Metres};
use crate::county::County;
use crate::model::{HazardKind, StayClass};
use crate::spatial::Area;

/// The question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evacuation {
    /// What people are moved away from; `None`: shelters of every hazard count.
    pub hazard: Option<HazardKind>,
    /// How long they stay.
    pub stay: StayClass,
    /// Villages are not split.
    pub keep_together: bool,
    /// Nobody is sent farther than this.
    pub max_distance: Option<Metres>,
}

/// Plans where the residents of `area` go, by straight-line distance in whole metres.
///
/// "Nobody can be placed" is a plan too: the people are then listed with the reason.
pub fn evacuation(
    county: &County,
    area: &Area,
    ask: &Evacuation,
    feedback: &Feedback,
) -> Result<EvacuationPlan, Cancelled> {
    let problem = EvacuationProblem::new(county, area, ask, feedback)?;
    let costs = problem.geodesic_costs(feedback)?;
    evacuation_with_costs(&problem, ask, &costs, feedback)
}

/// The same by any other cost: a row per origin and a column per place of the problem, in whole
/// metres, [`CostMatrix::FORBIDDEN`] where there is no way. Missing cells count as forbidden.
pub fn evacuation_with_costs(
    problem: &EvacuationProblem,
    ask: &Evacuation,
    costs: &CostMatrix,
    feedback: &Feedback,
) -> Result<EvacuationPlan, Cancelled> {
    let permitted = match ask.max_distance {
        Some(limit) => costs.limited(limit.0.floor() as u32),
        None => costs.clone(),
    };
    let solved = assign::assign(problem, ask.keep_together, &permitted, feedback)?;
    let mut plan = problem.plan(&solved, &permitted, ask);
    plan.limits = limits::limits(problem, ask, costs, &permitted, &plan, &solved, feedback)?;
    Ok(plan)
}

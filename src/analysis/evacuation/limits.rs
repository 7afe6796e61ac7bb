//! What holds the plan back.

use super::assign::Assigned;
use super::plan::Limit;
use super::{CostMatrix, Evacuation, EvacuationProblem};
use crate::base::{Cancelled, Feedback};

/// Full shelters and the permitted distance with what each of them costs the plan.
pub(super) fn limits(
    _problem: &EvacuationProblem,
    _ask: &Evacuation,
    _costs: &CostMatrix,
    _permitted: &CostMatrix,
    _solved: &Assigned,
    feedback: &Feedback,
) -> Result<Vec<Limit>, Cancelled> {
    feedback.check()?;
    Ok(Vec::new())
}

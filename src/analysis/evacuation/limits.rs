//! What holds the plan back: full shelters and the permitted distance, found by solving again.

use std::cmp::Reverse;

use super::assign::{Assigned, assign, assign_whole, transport, whole};
use super::plan::{EvacuationPlan, Limit, LimitKind};
use super::problem::Place;
use super::{CostMatrix, Evacuation, EvacuationProblem};
use crate::base::{Cancelled, Feedback, Message};

/// Everything that holds `plan` back, greatest gain first: more people before fewer metres.
pub(super) fn limits(
    problem: &EvacuationProblem,
    ask: &Evacuation,
    costs: &CostMatrix,
    permitted: &CostMatrix,
    plan: &EvacuationPlan,
    feedback: &Feedback,
) -> Result<Vec<Limit>, Cancelled> {
    let mut limits = if ask.keep_together {
        whole_villages(problem, permitted, plan, feedback)?
    } else {
        full_shelters(problem, permitted, feedback)?
    };
    if let Some(limit) = ask.max_distance.filter(|_| costs != permitted) {
        let free = assign(problem, ask.keep_together, costs, feedback)?;
        let (people, cost) = totals(&free, costs);
        let gain_people = people.saturating_sub(plan.assigned.0);
        let saved = if people == plan.assigned.0 { plan.cost.saturating_sub(cost) } else { 0 };
        if gain_people > 0 || saved > 0 {
            limits.push(Limit {
                kind: LimitKind::Distance,
                id: None,
                name: String::new(),
                gain_people,
                gain_cost: saved,
                message: Message::new("limit-distance")
                    .with("limit", limit.0.floor())
                    .with("people", gain_people)
                    .with("metres", saved),
            });
        }
    }
    limits.sort_by_key(|limit| (Reverse((limit.gain_people, limit.gain_cost)), limit.id));
    Ok(limits)
}

/// People placed and Σ people × cost.
fn totals(assigned: &Assigned, costs: &CostMatrix) -> (u64, u64) {
    assigned.flows.iter().fold((0, 0), |(people, cost), flow| {
        let each = costs.get(flow.settlement, flow.shelter).unwrap_or_default();
        (people + flow.people, cost + flow.people * u64::from(each))
    })
}

/// The gain of one more place in each shelter where it changes the plan.
fn full_shelters(
    problem: &EvacuationProblem,
    permitted: &CostMatrix,
    feedback: &Feedback,
) -> Result<Vec<Limit>, Cancelled> {
    let mut transport = transport(problem, permitted);
    let solution = transport.solve(feedback)?;
    let mut limits = Vec::new();
    for (place, marginal) in problem.places.iter().zip(transport.one_more_place(&solution)) {
        let saved: i64 = marginal
            .moves
            .iter()
            .map(|&(row, column, people)| {
                -people * i64::from(permitted.get(row, column).unwrap_or_default())
            })
            .sum();
        let gain_people = u64::from(marginal.places_one_more);
        let gain_cost = if gain_people > 0 { 0 } else { u64::try_from(saved).unwrap_or(0) };
        limits.extend(shelter_limit(problem, place, gain_people, gain_cost));
    }
    Ok(limits)
}

/// The same with whole villages: solved again for each shelter in use, and said only where both
/// plans are proven to be the best.
fn whole_villages(
    problem: &EvacuationProblem,
    permitted: &CostMatrix,
    plan: &EvacuationPlan,
    feedback: &Feedback,
) -> Result<Vec<Limit>, Cancelled> {
    let mut limits = Vec::new();
    if !plan.optimal {
        return Ok(limits);
    }
    let mut whole = whole(problem, permitted);
    for (column, place) in problem.places.iter().enumerate() {
        whole.capacity[column] += 1;
        let again = assign_whole(&whole, permitted, problem.places.len(), feedback)?;
        whole.capacity[column] -= 1;
        if again.optimal {
            let (people, cost) = totals(&again, permitted);
            let gain_people = people.saturating_sub(plan.assigned.0);
            let gain_cost = if gain_people > 0 { 0 } else { plan.cost.saturating_sub(cost) };
            limits.extend(shelter_limit(problem, place, gain_people, gain_cost));
        }
    }
    Ok(limits)
}

/// The limit that a shelter is; `None` if one more place there gains nothing.
fn shelter_limit(
    problem: &EvacuationProblem,
    place: &Place,
    gain_people: u64,
    gain_cost: u64,
) -> Option<Limit> {
    let name = &problem.shelters.get(place.shelter)?.name;
    (gain_people > 0 || gain_cost > 0).then(|| Limit {
        kind: LimitKind::Shelter,
        id: Some(place.id),
        name: name.clone(),
        gain_people,
        gain_cost,
        message: Message::new("limit-shelter")
            .with("name", name.as_str())
            .with("people", gain_people)
            .with("metres", gain_cost),
    })
}

//! What holds the plan back: full shelters and the permitted distance, found by solving again.

use std::cmp::Reverse;

use super::assign::{Assigned, assign, transport};
use super::plan::{EvacuationPlan, Limit, LimitKind};
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
    let mut limits = full_shelters(problem, permitted, feedback)?;
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
        if gain_people == 0 && gain_cost == 0 {
            continue;
        }
        let name = &problem.shelters[place.shelter].name;
        limits.push(Limit {
            kind: LimitKind::Shelter,
            id: Some(place.id),
            name: name.clone(),
            gain_people,
            gain_cost,
            message: Message::new("limit-shelter")
                .with("name", name.as_str())
                .with("people", gain_people)
                .with("metres", gain_cost),
        });
    }
    Ok(limits)
}

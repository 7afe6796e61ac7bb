//! What holds the plan back: full shelters and the permitted distance, found by solving again.

use std::cmp::Reverse;

use super::assign::{Assigned, assign, assign_whole, flows, transport, whole};
use super::fill::fullest;
use super::plan::{EvacuationPlan, Limit, LimitKind};
use super::problem::Place;
use super::together::{WORK, go_on};
use super::{CostMatrix, Evacuation, EvacuationProblem};
use crate::base::{Cancelled, Feedback, Message};

/// Everything that holds `plan` back, greatest gain first: more people before fewer metres.
pub(super) fn limits(
    problem: &EvacuationProblem,
    ask: &Evacuation,
    costs: &CostMatrix,
    permitted: &CostMatrix,
    plan: &EvacuationPlan,
    solved: &Assigned,
    feedback: &Feedback,
) -> Result<Vec<Limit>, Cancelled> {
    let mut limits = if ask.keep_together {
        whole_villages(problem, permitted, plan, solved, feedback)?
    } else {
        full_shelters(problem, permitted, feedback)?
    };
    if let Some(limit) = ask.max_distance.filter(|_| costs != permitted) {
        let free = assign(problem, ask.keep_together, costs, feedback)?;
        let (people, cost) = totals(&free, costs);
        let gain_people = people.saturating_sub(plan.assigned.0);
        let saved = if people == plan.assigned.0 { plan.cost.saturating_sub(cost) } else { 0 };
        if gain_people > 0 || saved > 0 {
            let id = if solved.optimal && free.optimal {
                "limit-distance"
            } else {
                "limit-distance-estimate"
            };
            limits.push(Limit {
                kind: LimitKind::Distance,
                id: None,
                name: String::new(),
                gain_people,
                gain_cost: saved,
                message: Message::new(id)
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
        let more = flow.people.saturating_mul(each.into());
        (people.saturating_add(flow.people), cost.saturating_add(more))
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
        limits.extend(shelter_limit(problem, place, "limit-shelter", gain_people, gain_cost));
    }
    Ok(limits)
}

/// The same with whole villages, for each shelter that one more place lets fill better.
///
/// Where both plans are proven to be the best, the gain is exact. Else it is the gain that could be
/// found: of the best plan with one more place, or of a plan that goes on from the present one and
/// needs that place; there may be more in it.
fn whole_villages(
    problem: &EvacuationProblem,
    permitted: &CostMatrix,
    plan: &EvacuationPlan,
    solved: &Assigned,
    feedback: &Feedback,
) -> Result<Vec<Limit>, Cancelled> {
    let mut limits = Vec::new();
    let mut whole = whole(problem, permitted);
    let mut homes = vec![None; whole.weights.len()];
    for flow in &solved.flows {
        homes[flow.settlement] = Some(flow.shelter);
    }
    let columns: Vec<usize> = (0..problem.places.len())
        .filter(|&column| {
            let villages = || {
                (0..homes.len())
                    .filter(|&row| whole.costs.get(row, column).is_some())
                    .map(|row| whole.weights[row])
            };
            let room = whole.capacity[column];
            fullest(villages(), room + 1) > fullest(villages(), room)
        })
        .collect();
    let work = WORK / columns.len().max(1) as u64;
    for column in columns {
        let place = &problem.places[column];
        whole.capacity[column] += 1;
        let again = if solved.optimal {
            assign_whole(&whole, &homes, work, feedback)?
        } else {
            let homes = go_on(&whole, &homes, column, work, feedback)?;
            Assigned { flows: flows(&whole, &homes), ..Assigned::default() }
        };
        let room = whole.capacity[column];
        whole.capacity[column] -= 1;
        let there: u64 =
            again.flows.iter().filter(|flow| flow.shelter == column).map(|flow| flow.people).sum();
        let (people, cost) = totals(&again, permitted);
        if (!solved.optimal && there < room) || people < plan.assigned.0 {
            continue;
        }
        let gain_people = people - plan.assigned.0;
        let gain_cost = if gain_people > 0 { 0 } else { plan.cost.saturating_sub(cost) };
        let exact = solved.optimal && again.optimal;
        let id = if exact { "limit-shelter" } else { "limit-shelter-at-least" };
        limits.extend(shelter_limit(problem, place, id, gain_people, gain_cost));
    }
    Ok(limits)
}

/// The limit that a shelter is; `None` if one more place there gains nothing.
fn shelter_limit(
    problem: &EvacuationProblem,
    place: &Place,
    id: &'static str,
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
        message: Message::new(id)
            .with("name", name.as_str())
            .with("people", gain_people)
            .with("metres", gain_cost),
    })
}

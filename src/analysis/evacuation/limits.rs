//! What holds the plan back: full shelters and the permitted distance, found by solving again.

use std::cmp::Reverse;

use super::assign::{Assigned, assign, assign_whole, flows, transport, whole};
use super::exchange::Near;
use super::fill::fullest;
use super::plan::{EvacuationPlan, Limit, LimitKind};
use super::problem::Place;
use super::rounding::Whole;
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
        let free = if ask.keep_together {
            let whole = whole(problem, costs);
            assign_whole(&whole, &homes_of(solved, whole.weights.len()), WORK, feedback)?
        } else {
            assign(problem, false, costs, feedback)?
        };
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

/// Where each whole village is.
fn homes_of(solved: &Assigned, villages: usize) -> Vec<Option<usize>> {
    let mut homes = vec![None; villages];
    for flow in &solved.flows {
        homes[flow.settlement] = Some(flow.shelter);
    }
    homes
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
/// found: of the best plan with one more place or, where looking for that would take too long, of a
/// plan that goes on from the present one and needs that place; there may be more in it.
fn whole_villages(
    problem: &EvacuationProblem,
    permitted: &CostMatrix,
    plan: &EvacuationPlan,
    solved: &Assigned,
    feedback: &Feedback,
) -> Result<Vec<Limit>, Cancelled> {
    let mut limits = Vec::new();
    let mut whole = whole(problem, permitted);
    let homes = homes_of(solved, whole.weights.len());
    let mut columns = Vec::new();
    for column in 0..problem.places.len() {
        feedback.check()?;
        let villages = || {
            (0..homes.len())
                .filter(|&row| whole.costs.get(row, column).is_some())
                .map(|row| whole.weights[row])
        };
        let room = whole.capacity[column];
        if fullest(villages(), room.saturating_add(1)) > fullest(villages(), room) {
            columns.push(column);
        }
    }
    let work = WORK / 2 / columns.len().max(1) as u64;
    // Splitting villages alone takes about so long, and the search does that a few times.
    let cells = (homes.len() * problem.places.len()) as u64;
    let anew = solved.optimal && work > 500 * cells;
    let near = Near::of(&Whole {
        capacity: whole.capacity.iter().map(|places| places.saturating_add(1)).collect(),
        ..whole.clone()
    });
    let now = whole.worth(&homes);
    for column in columns {
        let place = &problem.places[column];
        if !solved.optimal {
            // What the same moves gain without one more place is no gain of that place.
            let (as_it_is, _) = go_on(&whole, &near, &homes, column, work / 2, feedback)?;
            if as_it_is < now {
                continue;
            }
        }
        whole.capacity[column] = whole.capacity[column].saturating_add(1);
        let again = if anew {
            assign_whole(&whole, &homes, work, feedback)?
        } else {
            let (_, homes) = go_on(&whole, &near, &homes, column, work / 2, feedback)?;
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
        let exact = anew && again.optimal;
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

#[cfg(test)]
mod tests {
    use geo_types::Coord;

    use super::super::arrangement::Preference;
    use super::super::trial::{self, Draw, all_plans};
    use super::*;
    use crate::analysis::evacuation::plan::ShelterLoad;
    use crate::analysis::evacuation::problem::Origin;
    use crate::base::{Id, Persons};

    /// The county problem of a made-up case.
    fn problem_of(whole: &Whole) -> EvacuationProblem {
        let at = Coord { x: 116.5, y: 35.7 };
        let id = |n: usize| Id::from_natural_key("case", &n.to_string());
        let mut problem = EvacuationProblem::default();
        for (n, &people) in whole.weights.iter().enumerate() {
            let (id, people) = (id(n), Persons(people));
            problem.origins.push(Origin { id, name: n.to_string(), people, at });
            problem.preferences.push(Preference::default());
        }
        for (n, &left) in whole.capacity.iter().enumerate() {
            let (id, left) = (id(100 + n), Persons(left));
            problem.places.push(Place { id, shelter: n, left, at });
            problem.shelters.push(ShelterLoad {
                id,
                code: None,
                name: n.to_string(),
                capacity: Some(left),
                capacity_basis: None,
                occupied: Persons::ZERO,
                reserved: Persons::ZERO,
                assigned: Persons::ZERO,
                unusable: None,
            });
        }
        problem
    }

    #[test]
    fn an_unproven_plan_has_limits_that_promise_no_more_than_there_is() {
        let feedback = Feedback::default();
        let ask = Evacuation { keep_together: true, ..Evacuation::default() };
        let (mut people, mut metres) = (0, 0);
        let mut draw = Draw(23);
        for _ in 0..100 {
            let (mut whole, costs) = trial::whole(&mut draw, false);
            let problem = problem_of(&whole);
            let solved =
                Assigned { optimal: false, ..assign_whole(&whole, &[], WORK, &feedback).unwrap() };
            let plan = problem.plan(&solved, &costs, &ask);
            let found = limits(&problem, &ask, &costs, &costs, &plan, &solved, &feedback).unwrap();
            for limit in found {
                assert_eq!(limit.message.id, "limit-shelter-at-least");
                let column: usize = limit.name.parse().unwrap();
                whole.capacity[column] += 1;
                let best = all_plans(&whole).into_iter().min().unwrap();
                whole.capacity[column] -= 1;
                let gain = plan.unassigned.0 - best.unassigned;
                assert!(limit.gain_people <= gain);
                if gain == 0 {
                    assert!(limit.gain_cost <= plan.cost - best.cost.metres as u64);
                }
                people += usize::from(limit.gain_people > 0);
                metres += usize::from(limit.gain_cost > 0);
            }
        }
        assert!(people > 10 && metres > 5, "too few limits: {people}, {metres}");
    }
}

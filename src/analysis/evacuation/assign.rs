//! The assignment itself: costs with preferences, solved exactly, and put into a plan.

use super::plan::{Assignment, EvacuationPlan, Unassigned, UnassignedWhy};
use super::problem::EvacuationProblem;
use super::rounding::Whole;
use super::together::keep_together;
use super::{CostMatrix, Evacuation};
use crate::analysis::transport::{Flow, Transport};
use crate::base::{Cancelled, Feedback, Persons};

/// Ranks of the preplanned table that are told apart; later ones count like the last.
const RANKS: usize = 8;

/// An assignment and what is proven about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Assigned {
    pub(super) flows: Vec<Flow>,
    /// No plan is better by the rule.
    pub(super) optimal: bool,
    /// Proven bound on the people a better plan could still place.
    pub(super) people_gap: u64,
    /// Proven bound on the cost relative to the least possible; 0 when optimal.
    pub(super) gap: f64,
}

/// Assigns people to places; with `together`, a whole village to one place.
pub(super) fn assign(
    problem: &EvacuationProblem,
    together: bool,
    costs: &CostMatrix,
    feedback: &Feedback,
) -> Result<Assigned, Cancelled> {
    if together {
        return assign_whole(&whole(problem, costs), costs, 1, feedback);
    }
    let solution = transport(problem, costs).solve(feedback)?;
    Ok(Assigned { flows: solution.flows, optimal: true, ..Assigned::default() })
}

/// The problem in which villages stay whole.
pub(super) fn whole(problem: &EvacuationProblem, costs: &CostMatrix) -> Whole {
    Whole {
        weights: problem.supply(),
        capacity: problem.capacity(),
        cells: preferred_cells(problem, costs),
    }
}

/// Whole villages to places, within 1 ÷ `share` of the usual work.
pub(super) fn assign_whole(
    whole: &Whole,
    costs: &CostMatrix,
    share: usize,
    feedback: &Feedback,
) -> Result<Assigned, Cancelled> {
    let best = keep_together(whole, share, feedback)?;
    let people_gap = best.worth.unassigned - best.bound.unassigned.min(best.worth.unassigned);
    let flows: Vec<Flow> = best
        .homes
        .iter()
        .zip(&whole.weights)
        .enumerate()
        .filter(|(_, (_, people))| **people > 0)
        .filter_map(|(settlement, (home, &people))| {
            Some(Flow { settlement, shelter: (*home)?, people })
        })
        .collect();
    let over = best.worth.cost - best.least;
    if over <= 0 {
        return Ok(Assigned { flows, optimal: people_gap == 0, people_gap, gap: 0.0 });
    }
    // A plan that keeps to the table as well as this one differs from it in metres alone; and no
    // plan beats the one that may split villages and need not keep to the table.
    let metres: i128 = flows
        .iter()
        .map(|flow| {
            let each = costs.get(flow.settlement, flow.shelter).unwrap_or_default();
            i128::from(each) * i128::from(flow.people)
        })
        .sum();
    let split = split_cost(whole, costs, best.worth.unassigned, feedback)?;
    let least = (metres - over).max(split).max(1);
    let gap = (metres - least).max(0) as f64 / least as f64;
    Ok(Assigned { flows, optimal: false, people_gap, gap })
}

/// The least cost of any plan, villages split or not, that leaves no more than `unassigned` out.
fn split_cost(
    whole: &Whole,
    costs: &CostMatrix,
    unassigned: u64,
    feedback: &Feedback,
) -> Result<i128, Cancelled> {
    let columns = whole.capacity.len();
    let mut capacity = whole.capacity.clone();
    capacity.push(unassigned);
    let mut cells = Vec::with_capacity(whole.weights.len() * capacity.len());
    for row in 0..whole.weights.len() {
        cells.extend((0..columns).map(|column| costs.get(row, column).map(i64::from)));
        cells.push(Some(0));
    }
    let found = Transport::from_cells(&whole.weights, &capacity, &cells).solve(feedback)?;
    Ok(found.cost.into())
}

/// The transportation problem of a plan in which villages may be split.
pub(super) fn transport(problem: &EvacuationProblem, costs: &CostMatrix) -> Transport {
    let (supply, capacity) = (problem.supply(), problem.capacity());
    if problem.preferences.iter().all(|preference| preference.columns.is_empty()) {
        return Transport::new(&supply, &capacity, costs);
    }
    Transport::from_cells(&supply, &capacity, &preferred_cells(problem, costs))
}

/// Costs that put arranged shelters first: a step of rank outweighs every saving of distance, and
/// leaving the table outweighs every saving of ranks.
pub(super) fn preferred_cells(problem: &EvacuationProblem, costs: &CostMatrix) -> Vec<Option<i64>> {
    let columns = problem.places.len();
    let dearest = costs.cells().iter().filter(|&&c| c != CostMatrix::FORBIDDEN).max();
    let ranks = problem.preferences.iter().flat_map(|p| &p.columns).map(|(_, rank)| *rank).max();
    let last = ranks.unwrap_or(0).min(RANKS - 1) as i64;
    // Twice the length of the longest chain of moves: sums then stay apart whatever their sign.
    let chain = 2 * (columns.min(problem.origins.len()) as i64 + 1);
    let rank_step = chain * (i64::from(dearest.copied().unwrap_or(0)) + 1);
    let table_step = chain * (last + 1) * rank_step;
    let mut cells = Vec::with_capacity(problem.origins.len() * columns);
    for (row, preference) in problem.preferences.iter().enumerate() {
        let arranged = !preference.columns.is_empty();
        for column in 0..columns {
            let extra = match preference.rank(column) {
                Some(rank) => (rank as i64).min(last) * rank_step,
                None if arranged => table_step,
                None => 0,
            };
            cells.push(costs.get(row, column).map(|cost| i64::from(cost) + extra));
        }
    }
    cells
}

impl EvacuationProblem {
    /// The plan that an assignment makes.
    pub(super) fn plan(
        &self,
        assigned: &Assigned,
        costs: &CostMatrix,
        ask: &Evacuation,
    ) -> EvacuationPlan {
        let mut plan = EvacuationPlan {
            people: self.origins.iter().map(|origin| origin.people).sum(),
            shelters: self.shelters.clone(),
            to_confirm: self.to_confirm.clone(),
            point_only: self.point_only.clone(),
            gap: assigned.gap,
            people_gap: assigned.people_gap,
            optimal: assigned.optimal,
            ..EvacuationPlan::default()
        };
        let mut waiting: Vec<Persons> = self.origins.iter().map(|origin| origin.people).collect();
        for flow in &assigned.flows {
            let (origin, place) = (&self.origins[flow.settlement], &self.places[flow.shelter]);
            let distance_m = costs.get(flow.settlement, flow.shelter).unwrap_or_default();
            let people = Persons(flow.people);
            let load = &mut plan.shelters[place.shelter];
            load.assigned += people;
            plan.assigned += people;
            plan.cost = plan.cost.saturating_add(flow.people.saturating_mul(distance_m.into()));
            waiting[flow.settlement] = waiting[flow.settlement] - people;
            let promised = &self.preferences[flow.settlement].shelters;
            plan.assignments.push(Assignment {
                settlement: origin.id,
                settlement_name: origin.name.clone(),
                shelter: place.id,
                shelter_name: load.name.clone(),
                people,
                distance_m,
                travel_s: None,
                deviates_from: promised.first().copied().filter(|_| !promised.contains(&place.id)),
            });
        }
        plan.unassigned = plan.people - plan.assigned;
        for (row, &people) in waiting.iter().enumerate().filter(|(_, n)| **n > Persons::ZERO) {
            let origin = &self.origins[row];
            let why = self.why(row, people, &plan, costs, ask);
            let (id, name) = (origin.id, origin.name.clone());
            plan.unassigned_settlements.push(Unassigned { id, name, people, why });
        }
        plan.unassigned_settlements.extend(self.without_data.iter().map(|(id, name)| Unassigned {
            id: *id,
            name: name.clone(),
            people: Persons::ZERO,
            why: UnassignedWhy::NoData,
        }));
        plan.unassigned_settlements.sort_by_key(|settlement| settlement.id);
        plan
    }

    fn why(
        &self,
        row: usize,
        people: Persons,
        plan: &EvacuationPlan,
        costs: &CostMatrix,
        ask: &Evacuation,
    ) -> UnassignedWhy {
        if self.places.is_empty() {
            return UnassignedWhy::NoShelter;
        }
        let reach = || (0..self.places.len()).filter(|&column| costs.get(row, column).is_some());
        if reach().next().is_none() {
            return UnassignedWhy::TooFar;
        }
        let left = |column: usize| {
            let place = &self.places[column];
            place.left - plan.shelters[place.shelter].assigned
        };
        let fits_somewhere = reach().any(|column| self.places[column].left >= people);
        let fits_split = reach().map(left).sum::<Persons>() >= people;
        if ask.keep_together && (!fits_somewhere || fits_split) {
            return UnassignedWhy::TooLargeToKeepTogether;
        }
        UnassignedWhy::NoCapacity
    }
}

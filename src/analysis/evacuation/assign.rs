//! The assignment itself: costs with preferences, solved exactly, and put into a plan.

use super::cost::{RankedCosts, Standing};
use super::plan::{Assignment, EvacuationPlan, Unassigned, UnassignedWhy};
use super::problem::EvacuationProblem;
use super::rounding::Whole;
use super::together::{WORK, keep_together};
use super::{CostMatrix, Evacuation};
use crate::analysis::transport::{Flow, Transport};
use crate::base::{Cancelled, Feedback, Id, Persons};

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
        return assign_whole(&whole(problem, costs), &[], WORK, feedback);
    }
    let solution = transport(problem, costs).solve(feedback)?;
    Ok(Assigned { flows: solution.flows, optimal: true, ..Assigned::default() })
}

/// The problem in which villages stay whole.
pub(super) fn whole(problem: &EvacuationProblem, costs: &CostMatrix) -> Whole {
    Whole {
        weights: problem.supply(),
        capacity: problem.capacity(),
        costs: ranked_costs(problem, costs),
    }
}

/// Whole villages to places, no worse than where they are at the start, within so much work.
pub(super) fn assign_whole(
    whole: &Whole,
    start: &[Option<usize>],
    work: u64,
    feedback: &Feedback,
) -> Result<Assigned, Cancelled> {
    let best = keep_together(whole, start, work, feedback)?;
    let people_gap = best.worth.unassigned - best.bound.unassigned.min(best.worth.unassigned);
    let optimal = best.bound >= best.worth;
    let mut gap = 0.0;
    if !optimal {
        // No plan beats the one that may split villages and need not keep to the table.
        let split = split_cost(whole, best.worth.unassigned, feedback)?;
        let metres = i128::from(best.worth.cost.metres);
        let least = i128::from(best.least_metres).max(split).max(1);
        gap = (metres - least).max(0) as f64 / least as f64;
    }
    Ok(Assigned { flows: flows(whole, &best.homes), optimal, people_gap, gap })
}

/// Who goes where when whole villages go to these places.
pub(super) fn flows(whole: &Whole, homes: &[Option<usize>]) -> Vec<Flow> {
    homes
        .iter()
        .zip(&whole.weights)
        .enumerate()
        .filter(|(_, (_, people))| **people > 0)
        .filter_map(|(settlement, (home, &people))| {
            Some(Flow { settlement, shelter: (*home)?, people })
        })
        .collect()
}

/// The least metres of any plan, villages split or not, that leaves no more than `unassigned` out.
fn split_cost(whole: &Whole, unassigned: u64, feedback: &Feedback) -> Result<i128, Cancelled> {
    let columns = whole.capacity.len();
    let mut capacity = whole.capacity.clone();
    capacity.push(unassigned);
    let mut cells = Vec::with_capacity(whole.weights.len() * capacity.len());
    for row in 0..whole.weights.len() {
        cells.extend(
            (0..columns).map(|column| whole.costs.get(row, column).map(|cost| cost.metres)),
        );
        cells.push(Some(0));
    }
    let found = Transport::from_cells(&whole.weights, &capacity, &cells).solve(feedback)?;
    Ok(found.cost.into())
}

/// The transportation problem of a plan in which villages may be split.
pub(super) fn transport(problem: &EvacuationProblem, costs: &CostMatrix) -> Transport {
    let (supply, capacity) = (problem.supply(), problem.capacity());
    let ranked = ranked_costs(problem, costs);
    if !ranked.has_table() {
        return Transport::new(&supply, &capacity, costs);
    }
    let charge = ranked.chain_charge();
    let (rows, columns) = (supply.len(), capacity.len());
    let cells: Vec<Option<i64>> = (0..rows * columns)
        .map(|at| Some(ranked.get(at / columns, at % columns)?.charged(charge)))
        .collect();
    Transport::from_cells(&supply, &capacity, &cells)
}

/// Metres, and what the preplanned table says about each pair.
fn ranked_costs(problem: &EvacuationProblem, costs: &CostMatrix) -> RankedCosts {
    RankedCosts::new(problem.origins.len(), problem.places.len(), costs, |row, column| {
        let Some(preference) = problem.preferences.get(row) else { return Standing::default() };
        match preference.rank(column) {
            Some(rank) => Standing { off_table: false, rank },
            None => Standing { off_table: !preference.columns.is_empty(), rank: 0 },
        }
    })
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
            arranged: self.preferences.iter().filter(|p| !p.shelters.is_empty()).count(),
            unresolved_arrangements: self.unresolved_arrangements.clone(),
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
            let promised: &[Id] =
                self.preferences.get(flow.settlement).map_or(&[], |table| &table.shelters);
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

#[cfg(test)]
mod tests {
    use super::super::trial::{Draw, all_plans, whole};
    use super::*;

    #[test]
    fn the_gap_is_never_smaller_than_the_distance_to_the_best() {
        let mut draw = Draw(17);
        let mut open = 0;
        for case in 0..200 {
            let (whole, _) = whole(&mut draw, case % 2 == 0);
            let plans = all_plans(&whole);
            for work in [0, 150_000, WORK] {
                let found = assign_whole(&whole, &[], work, &Feedback::default()).unwrap();
                let mut homes = vec![None; whole.weights.len()];
                for flow in &found.flows {
                    homes[flow.settlement] = Some(flow.shelter);
                }
                let own = whole.worth(&homes);
                let best = plans.iter().min().unwrap();
                assert!(own.unassigned - found.people_gap <= best.unassigned);
                assert!(!found.optimal || own == *best);
                let as_many = || plans.iter().filter(|plan| plan.unassigned <= own.unassigned);
                let as_well = as_many().filter(|plan| {
                    plan.cost.off_table <= own.cost.off_table && plan.cost.rank <= own.cost.rank
                });
                let least = as_well.map(|plan| plan.cost.metres).min().unwrap() as f64;
                assert!(own.cost.metres as f64 <= (1.0 + found.gap) * least.max(1.0) + 1e-6);
                let split = split_cost(&whole, own.unassigned, &Feedback::default()).unwrap();
                let least = as_many().map(|plan| plan.cost.metres).min().unwrap();
                assert!(split <= least.into());
                open += usize::from(found.gap > 0.0);
            }
        }
        assert!(open > 20, "the cases are too easy: {open}");
    }
}

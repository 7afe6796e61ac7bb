//! Problems that bound a plan of whole villages: the one in which villages may be split, and the
//! one in which every village has a price.

use std::cmp::Reverse;

use super::budget::Budget;
use super::cost::Charge;
use super::fill::fullest;
use super::lagrange::{Lagrange, NEVER};
use super::level::{Level, at_level};
use super::rounding::{Whole, Worth};
use crate::analysis::transport::Transport;
use crate::base::Cancelled;

/// A decision about one village: it goes to this column, or it does not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) goes: bool,
}

/// The split plan under some decisions.
pub(super) struct Relaxed {
    pub(super) worth: Worth,
    /// Columns of the villages that stay whole by themselves.
    pub(super) homes: Vec<Option<usize>>,
    /// The largest split village and the column that takes most of it.
    pub(super) branch: Option<(usize, usize)>,
}

/// How full whole villages can make each shelter under some decisions: for all shelters, or with
/// decisions for those that they touch.
pub(super) fn fullest_all(whole: &Whole, decisions: &[Decision]) -> Vec<u64> {
    let mut room = whole.capacity.clone();
    let mut settled = vec![false; whole.weights.len()];
    for decision in decisions.iter().filter(|decision| decision.goes) {
        room[decision.column] = room[decision.column].saturating_sub(whole.weights[decision.row]);
        settled[decision.row] = true;
    }
    for (column, room) in room.iter_mut().enumerate() {
        if !decisions.is_empty() && decisions.iter().all(|decision| decision.column != column) {
            continue;
        }
        let kept_out = |row: usize| {
            let here = |d: &&Decision| !d.goes && d.column == column && d.row == row;
            decisions.iter().any(|d| here(&d))
        };
        let villages = (0..settled.len())
            .filter(|&row| !settled[row] && !kept_out(row))
            .filter(|&row| whole.cost(row, column, *room).is_some())
            .map(|row| whole.weights[row]);
        *room = fullest(villages, *room);
    }
    room
}

impl Whole {
    /// The best plan under some decisions when the other villages may be split.
    pub(super) fn relax(
        &self,
        decisions: &[Decision],
        budget: &mut Budget<'_>,
    ) -> Result<Relaxed, Cancelled> {
        let whole = self;
        let columns = whole.capacity.len();
        let charge = whole.costs.chain_charge();
        let mut supply = whole.weights.clone();
        let capacity = fullest_all(whole, decisions);
        let mut homes = vec![None; supply.len()];
        let mut worth = Worth::default();
        for decision in decisions.iter().filter(|decision| decision.goes) {
            let total = whole.total(decision.row, decision.column, u64::MAX).unwrap_or_default();
            worth.cost = worth.cost + total;
            supply[decision.row] = 0;
            homes[decision.row] = Some(decision.column);
        }
        let mut cells = Vec::with_capacity(supply.len() * columns);
        for row in 0..supply.len() {
            cells.extend((0..columns).map(|column| {
                whole.cost(row, column, capacity[column]).map(|cost| cost.charged(charge))
            }));
        }
        for decision in decisions.iter().filter(|decision| !decision.goes) {
            cells[decision.row * columns + decision.column] = None;
        }
        budget.charge(100 * cells.len() as u64 + 5000)?;
        let solution =
            Transport::from_cells(&supply, &capacity, &cells).solve(budget.feedback())?;
        let mut branch: Option<(u64, Reverse<usize>, u64, Reverse<usize>)> = None;
        for flow in &solution.flows {
            let (row, column) = (flow.settlement, flow.shelter);
            let each = whole.costs.get(row, column).unwrap_or_default();
            worth.cost = worth.cost + each.times(flow.people);
            if flow.people == supply[row] {
                homes[row] = Some(column);
            } else {
                branch =
                    branch.max(Some((supply[row], Reverse(row), flow.people, Reverse(column))));
            }
        }
        worth.unassigned = solution.unassigned.iter().sum();
        let branch = branch.map(|(_, row, _, column)| (row.0, column.0));
        Ok(Relaxed { worth, homes, branch })
    }

    /// The problem under some decisions for one part of the cost, with one more shelter for the
    /// people that may be left out; the cost that is decided already; and what the parts
    /// before are charged.
    pub(super) fn restricted(
        &self,
        decisions: &[Decision],
        level: Level,
        unassigned: u64,
    ) -> (Lagrange, i128, Charge) {
        let whole = self;
        let columns = whole.capacity.len();
        let charge = level.charge(&whole.costs);
        let mut people = whole.weights.clone();
        let mut room = fullest_all(whole, decisions);
        let mut fixed = 0;
        for decision in decisions.iter().filter(|decision| decision.goes) {
            let total = whole.total(decision.row, decision.column, u64::MAX).unwrap_or_default();
            fixed += i128::from(at_level(total, level, charge));
            people[decision.row] = 0;
        }
        let mut totals = Vec::with_capacity(people.len() * (columns + 1));
        for row in 0..people.len() {
            totals.extend((0..columns).map(|column| {
                // A cost too large for the number is cut: the bound only becomes lower by that.
                let total = whole.total(row, column, room[column]);
                total.map_or(NEVER, |total| at_level(total, level, charge).min(NEVER - 1))
            }));
            totals.push(0);
        }
        for decision in decisions.iter().filter(|decision| !decision.goes) {
            totals[decision.row * (columns + 1) + decision.column] = NEVER;
        }
        room.push(unassigned);
        (Lagrange { people, room, totals }, fixed, charge)
    }
}

/// Prices of whole villages and the cost when villages may be split.
pub(super) fn split_prices(
    problem: &Lagrange,
    budget: &mut Budget<'_>,
) -> Result<(Vec<i64>, i128), Cancelled> {
    let columns = problem.room.len();
    let each = |at: usize| {
        let (total, people) = (problem.totals[at], problem.people[at / columns]);
        (total != NEVER).then(|| total.checked_div(people as i64).unwrap_or(0))
    };
    let cells: Vec<Option<i64>> = (0..problem.totals.len()).map(each).collect();
    budget.charge(100 * cells.len() as u64)?;
    let solution =
        Transport::from_cells(&problem.people, &problem.room, &cells).solve(budget.feedback())?;
    let price = |(value, people): (&i64, &u64)| value.saturating_mul(*people as i64);
    let prices = solution.values.iter().zip(&problem.people).map(price).collect();
    let cost = solution.flows.iter().map(|flow| {
        let cell = cells[flow.settlement * columns + flow.shelter].unwrap_or(0);
        i128::from(cell) * i128::from(flow.people)
    });
    Ok((prices, cost.sum()))
}

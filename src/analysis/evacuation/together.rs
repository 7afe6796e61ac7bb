//! Villages stay whole: a generalised assignment, solved by branch and bound.
//!
//! A branch is bounded by the plan in which villages may be split, an exact transportation problem,
//! and where that is not enough by prices on whole villages. A village that the split plan splits is
//! then sent to one of its shelters, or kept out of it. The search ends after a fixed amount of
//! work, never by the clock, so that every computer gives the same plan; what is left open then
//! bounds how much better a plan could be.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::fill::fullest;
use super::lagrange::{Effort, Lagrange, NEVER};
use super::rounding::{Whole, Worth};
use crate::analysis::transport::Transport;
use crate::base::{Cancelled, Feedback};

/// Work that one search may take, in steps of about a nanosecond.
const WORK: u64 = 400_000_000;

/// The best plan found, and the least that any plan can come to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Together {
    /// Column of each village.
    pub(super) homes: Vec<Option<usize>>,
    pub(super) worth: Worth,
    /// No plan is better than this.
    pub(super) bound: Worth,
    /// No plan that places as many people costs less than this.
    pub(super) least: i128,
}

/// A decision about one village: it goes to this column, or it does not.
#[derive(Clone, Copy, Debug)]
struct Decision {
    row: usize,
    column: usize,
    goes: bool,
}

/// The split plan under some decisions.
struct Relaxed {
    worth: Worth,
    /// Columns of the villages that stay whole by themselves.
    homes: Vec<Option<usize>>,
    /// The largest split village and the column that takes most of it.
    branch: Option<(usize, usize)>,
}

/// A branch that is still open.
struct Branch {
    pick: (usize, usize),
    decisions: Vec<Decision>,
    prices: Vec<i64>,
}

/// A search with its best plan so far.
struct Search<'a> {
    whole: &'a Whole,
    feedback: &'a Feedback,
    best: Worth,
    homes: Vec<Option<usize>>,
    work: u64,
}

/// The best whole-village plan that the work finds; `share` divides the work.
pub(super) fn keep_together(
    whole: &Whole,
    share: usize,
    feedback: &Feedback,
) -> Result<Together, Cancelled> {
    // Places that no choice of whole villages can fill count for nothing.
    let tight = Whole { capacity: fullest_all(whole, &[]), ..whole.clone() };
    let whole = &tight;
    let homes = vec![None; whole.weights.len()];
    let mut search = Search { whole, feedback, best: whole.worth(&homes), homes, work: 0 };
    let (bound, least) = search.run(WORK / share.max(1) as u64)?;
    Ok(Together { homes: search.homes, worth: search.best, bound, least })
}

/// How full whole villages can make each shelter under some decisions: for all shelters, or with
/// decisions for those that they touch.
fn fullest_all(whole: &Whole, decisions: &[Decision]) -> Vec<u64> {
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

impl Search<'_> {
    /// Searches, and says what no plan can be better than, and the least cost of a plan with as
    /// many people.
    fn run(&mut self, limit: u64) -> Result<(Worth, i128), Cancelled> {
        let root = self.relax(&[])?;
        self.suggest(&root.homes)?;
        let mut prices = Vec::new();
        let mut bound = root.worth;
        if bound < self.best {
            bound = self.tighten(&[], bound, &mut prices, 150)?;
        }
        let mut open: BinaryHeap<Reverse<(Worth, usize)>> = BinaryHeap::new();
        let mut branches: Vec<Option<Branch>> = Vec::new();
        if let Some(pick) = root.branch {
            open.push(Reverse((bound, 0)));
            branches.push(Some(Branch { pick, decisions: Vec::new(), prices }));
        }
        while let Some(Reverse((bound, at))) = open.pop() {
            if bound >= self.best {
                break;
            }
            if self.work >= limit {
                let least = self.least(bound)?;
                return Ok((bound, least));
            }
            let Some(branch) = branches[at].take() else { continue };
            for goes in [true, false] {
                let mut decisions = branch.decisions.clone();
                decisions.push(Decision { row: branch.pick.0, column: branch.pick.1, goes });
                let relaxed = self.relax(&decisions)?;
                let mut low = relaxed.worth.max(bound);
                if low >= self.best {
                    continue;
                }
                self.suggest(&relaxed.homes)?;
                let Some(pick) = relaxed.branch else { continue };
                let mut prices = branch.prices.clone();
                low = self.tighten(&decisions, low, &mut prices, 24)?;
                if low < self.best {
                    open.push(Reverse((low, branches.len())));
                    branches.push(Some(Branch { pick, decisions, prices }));
                }
            }
        }
        Ok((self.best, self.best.cost))
    }

    /// The least cost of a plan with as many people as the best, when the search ends early.
    fn least(&mut self, bound: Worth) -> Result<i128, Cancelled> {
        if bound.unassigned == self.best.unassigned {
            return Ok(bound.cost);
        }
        // The bound places more people, so that its cost says nothing about ours.
        let (problem, fixed) = self.restricted(&[]);
        let (mut prices, split) = self.split_prices(&problem)?;
        let effort = Effort { rounds: 60, enough: self.best.cost - fixed };
        let own = self.best.cost;
        let mut ignore = |_: &[Option<usize>]| Ok(own);
        let found =
            problem.bound(&mut prices, effort, &mut self.work, self.feedback, &mut ignore)?;
        Ok(fixed + found.max(split).min(self.best.cost - fixed))
    }

    /// Makes a plan of a suggestion and keeps it if it is the best; says its cost.
    fn suggest(&mut self, homes: &[Option<usize>]) -> Result<Worth, Cancelled> {
        let mut homes = homes.to_vec();
        let swaps = homes.len() <= 1000;
        self.work += 2 * self.whole.improve(&mut homes, swaps, self.feedback)?;
        let worth = self.whole.worth(&homes);
        if worth < self.best {
            (self.best, self.homes) = (worth, homes);
        }
        Ok(worth)
    }

    /// A better bound for a branch that cannot place more people than the best plan does.
    fn tighten(
        &mut self,
        decisions: &[Decision],
        low: Worth,
        prices: &mut Vec<i64>,
        rounds: usize,
    ) -> Result<Worth, Cancelled> {
        if low.unassigned < self.best.unassigned {
            return Ok(low);
        }
        let (problem, fixed) = self.restricted(decisions);
        if prices.is_empty() {
            *prices = self.split_prices(&problem)?.0;
        }
        let effort = Effort { rounds, enough: self.best.cost - fixed };
        let feedback = self.feedback;
        let mut work = 0;
        let unassigned = self.best.unassigned;
        let found = problem.bound(prices, effort, &mut work, feedback, &mut |suggested| {
            let columns = self.whole.capacity.len();
            let mut homes: Vec<Option<usize>> =
                suggested.iter().map(|home| home.filter(|&column| column < columns)).collect();
            for decision in decisions.iter().filter(|decision| decision.goes) {
                homes[decision.row] = Some(decision.column);
            }
            self.suggest(&homes)?;
            Ok(if self.best.unassigned == unassigned {
                self.best.cost - fixed
            } else {
                effort.enough
            })
        })?;
        self.work += work;
        let cost = low.cost.max(fixed + found);
        Ok(Worth { unassigned: low.unassigned, cost })
    }

    /// The problem under some decisions, with one more shelter for the people that the best plan
    /// leaves out, and the cost that is decided already.
    fn restricted(&self, decisions: &[Decision]) -> (Lagrange, i128) {
        let whole = self.whole;
        let columns = whole.capacity.len();
        let mut people = whole.weights.clone();
        let mut room = fullest_all(whole, decisions);
        let mut fixed = 0;
        for decision in decisions.iter().filter(|decision| decision.goes) {
            fixed += whole.total(decision.row, decision.column, u64::MAX).unwrap_or(0);
            people[decision.row] = 0;
        }
        let mut totals = Vec::with_capacity(people.len() * (columns + 1));
        for row in 0..people.len() {
            totals.extend((0..columns).map(|column| {
                let total = whole.total(row, column, room[column]);
                total.and_then(|total| i64::try_from(total).ok()).unwrap_or(NEVER)
            }));
            totals.push(0);
        }
        for decision in decisions.iter().filter(|decision| !decision.goes) {
            totals[decision.row * (columns + 1) + decision.column] = NEVER;
        }
        room.push(self.best.unassigned);
        (Lagrange { people, room, totals }, fixed)
    }

    /// Prices of whole villages and the cost when villages may be split.
    fn split_prices(&mut self, problem: &Lagrange) -> Result<(Vec<i64>, i128), Cancelled> {
        let columns = problem.room.len();
        let each = |at: usize| {
            let (total, people) = (problem.totals[at], problem.people[at / columns]);
            (total != NEVER).then(|| total.checked_div(people as i64).unwrap_or(0))
        };
        let cells: Vec<Option<i64>> = (0..problem.totals.len()).map(each).collect();
        self.work += 30 * cells.len() as u64;
        let solution =
            Transport::from_cells(&problem.people, &problem.room, &cells).solve(self.feedback)?;
        let price = |(value, people): (&i64, &u64)| value.saturating_mul(*people as i64);
        let prices = solution.values.iter().zip(&problem.people).map(price).collect();
        let cost = solution.flows.iter().map(|flow| {
            let cell = cells[flow.settlement * columns + flow.shelter].unwrap_or(0);
            i128::from(cell) * i128::from(flow.people)
        });
        Ok((prices, cost.sum()))
    }

    /// The best plan under some decisions when the other villages may be split.
    fn relax(&mut self, decisions: &[Decision]) -> Result<Relaxed, Cancelled> {
        let whole = self.whole;
        let columns = whole.capacity.len();
        let mut supply = whole.weights.clone();
        let capacity = fullest_all(whole, decisions);
        let mut homes = vec![None; supply.len()];
        let mut worth = Worth::default();
        for decision in decisions.iter().filter(|decision| decision.goes) {
            worth.cost += whole.total(decision.row, decision.column, u64::MAX).unwrap_or(0);
            supply[decision.row] = 0;
            homes[decision.row] = Some(decision.column);
        }
        let mut cells = Vec::with_capacity(supply.len() * columns);
        for row in 0..supply.len() {
            cells.extend((0..columns).map(|column| whole.cost(row, column, capacity[column])));
        }
        for decision in decisions.iter().filter(|decision| !decision.goes) {
            cells[decision.row * columns + decision.column] = None;
        }
        self.work += 30 * cells.len() as u64 + 5000;
        let solution = Transport::from_cells(&supply, &capacity, &cells).solve(self.feedback)?;
        let mut branch: Option<(u64, Reverse<usize>, u64, Reverse<usize>)> = None;
        for flow in &solution.flows {
            let (row, column) = (flow.settlement, flow.shelter);
            let each = cells[row * columns + column].unwrap_or(0);
            worth.cost += i128::from(each) * i128::from(flow.people);
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
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything a plan of whole villages can be worth.
    fn all_plans(whole: &Whole, row: usize, homes: &mut Vec<Option<usize>>, out: &mut Vec<Worth>) {
        if row == whole.weights.len() {
            let mut room = whole.capacity.clone();
            let fits = homes.iter().zip(&whole.weights).all(|(home, people)| {
                home.is_none_or(|column| {
                    let left = room[column].checked_sub(*people);
                    room[column] = left.unwrap_or(0);
                    left.is_some()
                })
            });
            out.extend(fits.then(|| whole.worth(homes)));
            return;
        }
        for home in std::iter::once(None).chain((0..whole.capacity.len()).map(Some)) {
            if home.is_none_or(|column| whole.cost(row, column, u64::MAX).is_some()) {
                homes.push(home);
                all_plans(whole, row + 1, homes, out);
                homes.pop();
            }
        }
    }

    #[test]
    fn what_is_proven_holds_however_early_the_search_ends() {
        let mut seed = 3_u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % below
        };
        let mut cut_short = 0;
        for _ in 0..150 {
            let weights: Vec<u64> = (0..6).map(|_| 1 + next(40)).collect();
            let capacity: Vec<u64> = (0..3).map(|_| next(90)).collect();
            let cells = (0..18).map(|_| (next(8) > 0).then_some(next(1000) as i64)).collect();
            let whole = Whole { weights, capacity, cells };
            let mut plans = Vec::new();
            all_plans(&whole, 0, &mut Vec::new(), &mut plans);
            let best = plans.iter().min().copied().unwrap();
            // No work at all, a little, and as much as it takes.
            for share in [usize::MAX, 4_000, 1] {
                let found = keep_together(&whole, share, &Feedback::default()).unwrap();
                assert_eq!(whole.worth(&found.homes), found.worth);
                assert!(found.bound <= best && best <= found.worth);
                let as_many = plans.iter().filter(|p| p.unassigned <= found.worth.unassigned);
                assert!(as_many.map(|p| p.cost).min() >= Some(found.least));
                cut_short += usize::from(found.bound < found.worth);
            }
            let found = keep_together(&whole, 1, &Feedback::default()).unwrap();
            assert_eq!((found.worth, found.bound), (best, best));
        }
        assert!(cut_short > 20, "the cases are too easy: {cut_short}");
    }
}

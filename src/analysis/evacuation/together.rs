//! Villages stay whole: a generalised assignment, solved by branch and bound.
//!
//! A branch is bounded by the plan in which villages may be split, an exact transportation problem,
//! and where that is not enough by prices on whole villages. A village that the split plan splits is
//! then sent to one of its shelters, or kept out of it. Everything is compared as the rule says,
//! people before the table before metres; a bound is proven level by level. The search ends after a
//! fixed amount of work, never by the clock, so that every computer gives the same plan; what is
//! left open then bounds how much better a plan could be.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::budget::Budget;
use super::cost::Cost;
use super::exchange::Near;
use super::lagrange::Effort;
use super::level::{Level, at_level, part, raised};
use super::relaxation::{Decision, fullest_all, split_prices};
use super::rounding::{Housing, Whole, Worth};
use crate::base::{Cancelled, Feedback};

/// Work that one search may take, in steps of about a nanosecond.
pub(super) const WORK: u64 = 600_000_000;

/// Rounds of prices at the root and in a branch.
const ROUNDS: (usize, usize) = (600, 24);

/// Turns per shelter without success after which nothing more is tried around the best plan.
const TURNS: usize = 12;

/// The best plan found, and the least that any plan can come to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Together {
    /// Column of each village.
    pub(super) homes: Vec<Option<usize>>,
    pub(super) worth: Worth,
    /// No plan is better than this.
    pub(super) bound: Worth,
    /// No plan that places as many people and keeps to the table as well has fewer metres.
    pub(super) least_metres: i64,
}

/// Prices of villages that were good for one part of the cost.
#[derive(Clone, Debug)]
struct Prices {
    level: Level,
    of: Vec<i64>,
}

/// A branch that is still open.
struct Branch {
    pick: (usize, usize),
    decisions: Vec<Decision>,
    prices: Option<Prices>,
}

/// A search with its best plan so far.
struct Search<'a> {
    whole: &'a Whole,
    near: Near,
    best: Worth,
    homes: Vec<Option<usize>>,
}

/// The best whole-village plan that so much work finds, no worse than `start` if that is a plan.
pub(super) fn keep_together(
    whole: &Whole,
    start: &[Option<usize>],
    work: u64,
    feedback: &Feedback,
) -> Result<Together, Cancelled> {
    // Places that no choice of whole villages can fill count for nothing.
    let tight = Whole { capacity: fullest_all(whole, &[]), ..whole.clone() };
    let homes = vec![None; whole.weights.len()];
    let near = Near::of(&tight);
    let mut search = Search { whole: &tight, near, best: tight.worth(&homes), homes };
    let mut budget = Budget::new(work, feedback);
    if start.len() == whole.weights.len() {
        search.suggest(start, &mut budget)?;
    }
    let (bound, least_metres) = search.run(&mut budget)?;
    Ok(Together { homes: search.homes, worth: search.best, bound, least_metres })
}

/// The best plan that moves around one shelter find from `homes` on, and what it is worth.
pub(super) fn go_on(
    whole: &Whole,
    near: &Near,
    homes: &[Option<usize>],
    column: usize,
    work: u64,
    feedback: &Feedback,
) -> Result<(Worth, Vec<Option<usize>>), Cancelled> {
    let mut budget = Budget::new(work, feedback);
    let mut housing = Housing::new(whole, homes);
    while housing.exchange_one(column, near, &mut budget)? && budget.left() > 0 {}
    let mut best = (whole.worth(&housing.homes), housing.homes);
    let partners = Housing::new(whole, homes).partners(column, &mut budget)?;
    for emptied in partners.into_iter().map(|other| [other, column]) {
        if budget.left() == 0 {
            break;
        }
        let mut housing = Housing::new(whole, homes);
        housing.disturb(&emptied, near, &mut budget)?;
        let worth = whole.worth(&housing.homes);
        if worth < best.0 {
            best = (worth, housing.homes);
        }
    }
    Ok(best)
}

impl Search<'_> {
    /// Searches, and says what no plan can be better than, and the fewest metres of a plan that
    /// places as many people and keeps to the table as well.
    fn run(&mut self, budget: &mut Budget<'_>) -> Result<(Worth, i64), Cancelled> {
        let limit = budget.left();
        let root = self.whole.relax(&[], budget)?;
        let mut part = budget.part(budget.left() / 4);
        self.suggest(&root.homes, &mut part)?;
        budget.close(part);
        let mut prices = None;
        let mut bound = root.worth;
        if bound < self.best {
            let mut part = budget.part(budget.left() / 2);
            bound = self.tighten(&[], bound, &mut prices, ROUNDS.0, &mut part)?;
            budget.close(part);
        }
        if bound.unassigned < self.best.unassigned {
            let mut part = budget.part(budget.left() / 3);
            self.least_metres(true, &mut part)?;
            budget.close(part);
        }
        if bound < self.best {
            // Branches close a small gap; while it is large, other plans are the better use of work.
            let (own, low) = (self.best.cost.metres, bound.cost.metres);
            let far = bound.unassigned < self.best.unassigned
                || Level::between(self.best.cost, bound.cost) != Some(Level::Metres)
                || own - low > own / 20;
            let share = if far { 15 } else { 12 };
            let mut part = budget.part(budget.left() / 16 * share);
            self.wander(&mut part)?;
            budget.close(part);
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
            if budget.left() == 0 {
                let own = self.best;
                let alike = bound.unassigned == own.unassigned
                    && Level::between(bound.cost, own.cost)
                        .is_none_or(|level| level == Level::Metres);
                if alike {
                    return Ok((bound, bound.cost.metres));
                }
                // The bound is of plans better by people or by the table: its metres say nothing
                // about ours.
                let mut last = Budget::new(limit / 3, budget.feedback());
                let least = self.least_metres(false, &mut last)?;
                return Ok((bound.min(self.best), least));
            }
            let Some(branch) = branches[at].take() else { continue };
            for goes in [true, false] {
                let mut decisions = branch.decisions.clone();
                decisions.push(Decision { row: branch.pick.0, column: branch.pick.1, goes });
                let relaxed = self.whole.relax(&decisions, budget)?;
                let mut low = relaxed.worth.max(bound);
                if low >= self.best {
                    continue;
                }
                self.suggest(&relaxed.homes, budget)?;
                let Some(pick) = relaxed.branch else { continue };
                let mut prices = branch.prices.clone();
                low = self.tighten(&decisions, low, &mut prices, ROUNDS.1, budget)?;
                if low < self.best {
                    open.push(Reverse((low, branches.len())));
                    branches.push(Some(Branch { pick, decisions, prices }));
                }
            }
        }
        Ok((self.best, self.best.cost.metres))
    }

    /// Empties a few neighbouring shelters of the best plan at a time and fills them anew, as long
    /// as the budget lasts and now and then it helps.
    fn wander(&mut self, budget: &mut Budget<'_>) -> Result<(), Cancelled> {
        let columns = self.whole.capacity.len();
        let mut stale = 0;
        for turn in 0.. {
            if budget.left() == 0 || stale >= TURNS * columns {
                break;
            }
            let (column, round) = (turn % columns, turn / columns);
            let mut housing = Housing::new(self.whole, &self.homes);
            let mut emptied = housing.partners(column, budget)?;
            let first = round.checked_rem(emptied.len()).unwrap_or(0);
            emptied.rotate_left(first);
            emptied.truncate(1 + round % 3);
            emptied.push(column);
            housing.disturb(&emptied, &self.near, budget)?;
            let worth = self.whole.worth(&housing.homes);
            stale += 1;
            if worth < self.best {
                (self.best, self.homes) = (worth, housing.homes);
                stale = 0;
            }
        }
        Ok(())
    }

    /// The fewest metres of a plan that places as many people as the best and keeps to the table
    /// as well; if asked, what the shelters choose suggests plans.
    fn least_metres(&mut self, suggests: bool, budget: &mut Budget<'_>) -> Result<i64, Cancelled> {
        let own = self.best.cost;
        let (problem, fixed, charge) =
            self.whole.restricted(&[], Level::Metres, self.best.unassigned);
        let (mut prices, split) = split_prices(&problem, budget)?;
        let enough = i128::from(own.charged(charge));
        let effort = Effort { rounds: ROUNDS.0, enough: enough - fixed };
        let found = problem.bound(&mut prices, effort, budget, &mut |suggested, budget| {
            if suggests {
                let columns = self.whole.capacity.len();
                let homes: Vec<Option<usize>> =
                    suggested.iter().map(|home| home.filter(|&column| column < columns)).collect();
                self.suggest(&homes, budget)?;
            }
            Ok(effort.enough)
        })?;
        let least = fixed + found.max(split) - (enough - i128::from(own.metres));
        Ok(i64::try_from(least).unwrap_or(0).clamp(0, own.metres))
    }

    /// Makes a plan of a suggestion and keeps it if it is the best; says what it is worth.
    fn suggest(
        &mut self,
        homes: &[Option<usize>],
        budget: &mut Budget<'_>,
    ) -> Result<Worth, Cancelled> {
        let mut housing = Housing::new(self.whole, homes);
        housing.improve(budget)?;
        housing.exchange(&self.near, budget)?;
        let worth = self.whole.worth(&housing.homes);
        if worth < self.best {
            (self.best, self.homes) = (worth, housing.homes);
        }
        Ok(worth)
    }

    /// A better bound for a branch that cannot place more people than the best plan does: one part
    /// of the cost after the other, as long as the parts before agree with the best plan's.
    fn tighten(
        &mut self,
        decisions: &[Decision],
        mut low: Worth,
        prices: &mut Option<Prices>,
        rounds: usize,
        budget: &mut Budget<'_>,
    ) -> Result<Worth, Cancelled> {
        while low.unassigned >= self.best.unassigned && low < self.best {
            let Some(level) = Level::between(low.cost, self.best.cost) else { break };
            let own = self.best.cost;
            let (problem, fixed, charge) =
                self.whole.restricted(decisions, level, self.best.unassigned);
            let mut of = match prices.take() {
                Some(prices) if prices.level == level => prices.of,
                _ => split_prices(&problem, budget)?.0,
            };
            let scalar = |cost: Cost| i128::from(at_level(cost, level, charge)) - fixed;
            let effort = Effort { rounds, enough: scalar(own) };
            let unassigned = self.best.unassigned;
            let found = problem.bound(&mut of, effort, budget, &mut |suggested, budget| {
                let columns = self.whole.capacity.len();
                let mut homes: Vec<Option<usize>> =
                    suggested.iter().map(|home| home.filter(|&column| column < columns)).collect();
                for decision in decisions.iter().filter(|decision| decision.goes) {
                    homes[decision.row] = Some(decision.column);
                }
                self.suggest(&homes, budget)?;
                let like = self.best.unassigned == unassigned;
                Ok(if like { scalar(self.best.cost).min(effort.enough) } else { effort.enough })
            })?;
            *prices = Some(Prices { level, of });
            // What the parts before weigh is known: they agree with the best plan's.
            let found = i64::try_from(found + fixed).unwrap_or(0);
            let before = at_level(own, level, charge) - part(own, level);
            let raised = raised(low.cost, level, found.saturating_sub(before));
            if raised <= low.cost {
                break;
            }
            low.cost = raised;
            if part(raised, level) < part(own, level) {
                break;
            }
        }
        Ok(low)
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::{Draw, all_plans, whole};
    use super::*;
    use crate::analysis::evacuation::CostMatrix;
    use crate::analysis::evacuation::cost::{RankedCosts, Standing};

    #[test]
    fn what_is_proven_holds_however_early_the_search_ends() {
        let mut draw = Draw(3);
        let mut cut_short = 0;
        for case in 0..200 {
            let (whole, _) = whole(&mut draw, case % 2 == 0);
            let plans = all_plans(&whole);
            let best = plans.iter().min().copied().unwrap();
            // No work at all, a little, and as much as it takes.
            for work in [0, 150_000, WORK] {
                let found = keep_together(&whole, &[], work, &Feedback::default()).unwrap();
                assert_eq!(whole.worth(&found.homes), found.worth);
                assert!(found.bound <= best && best <= found.worth);
                let own = found.worth;
                let as_well = plans.iter().filter(|plan| {
                    plan.unassigned <= own.unassigned
                        && plan.cost.off_table <= own.cost.off_table
                        && plan.cost.rank <= own.cost.rank
                });
                assert!(as_well.map(|p| p.cost.metres).min() >= Some(found.least_metres));
                cut_short += usize::from(found.bound < found.worth);
            }
            let found = keep_together(&whole, &[], WORK, &Feedback::default()).unwrap();
            assert_eq!((found.worth, found.bound), (best, best));
        }
        assert!(cut_short > 20, "the cases are too easy: {cut_short}");
    }

    #[test]
    fn a_search_stops_when_its_work_is_done() {
        // Whatever the size, no more than the splits at the root are done beyond the work.
        let (villages, shelters) = (300, 60);
        let mut draw = Draw(11);
        let weights: Vec<u64> = (0..villages).map(|_| 100 + draw.below(900)).collect();
        let capacity: Vec<u64> = (0..shelters).map(|_| 500 + draw.below(2000)).collect();
        let metres = (0..villages * shelters).map(|_| draw.below(30_000) as u32).collect();
        let metres = CostMatrix::new(shelters, metres).unwrap();
        let costs = RankedCosts::new(villages, shelters, &metres, |_, _| Standing::default());
        let whole = Whole { weights, capacity, costs };
        let feedback = Feedback::default();
        let homes = vec![None; villages];
        let near = Near::of(&whole);
        let mut search = Search { whole: &whole, near, best: whole.worth(&homes), homes };
        let mut budget = Budget::new(20_000_000, &feedback);
        search.run(&mut budget).unwrap();
        let splits = 100 * (villages * (shelters + 1)) as u64;
        assert!(budget.done() < 20_000_000 + 8 * splits, "{} steps", budget.done());
        assert!(search.best.unassigned < whole.weights.iter().sum());
    }

    #[test]
    fn a_search_can_be_stopped() {
        let (whole, _) = whole(&mut Draw(3), false);
        let feedback = Feedback::default();
        feedback.cancel();
        assert!(keep_together(&whole, &[], WORK, &feedback).is_err());
    }
}

//! Larger moves: a shelter chooses anew among its guests and the villages that wait, and two
//! shelters divide their guests anew.

use super::budget::Budget;
use super::choice::{Guest, choose};
use super::cost::Cost;
use super::rounding::{Housing, Whole};
use crate::base::Cancelled;

/// Villages that one choice looks at, the cheapest ones; all others are too far away to matter.
const POOL: usize = 64;

/// Shelters that one shelter exchanges with, the ones that suit its guests best.
const PARTNERS: usize = 10;

/// Rounds of exchanges.
const ROUNDS: usize = 20;

/// Rounds of exchanges around shelters that were filled anew.
const DISTURBED: usize = 4;

/// Steps after which a division of two shelters is left as it is.
const STEPS: u64 = 4_000;

/// The villages that fit into each shelter, cheapest first.
#[derive(Clone, Debug)]
pub(super) struct Near(Vec<Vec<u32>>);

impl Near {
    pub(super) fn of(whole: &Whole) -> Self {
        let column = |column: usize| {
            let mut rows: Vec<(Cost, u32)> = (0..whole.weights.len())
                .filter(|&row| whole.weights[row] > 0)
                .filter_map(|row| Some((whole.cost(row, column, u64::MAX)?, row as u32)))
                .collect();
            rows.sort_unstable();
            rows.into_iter().map(|(_, row)| row).collect()
        };
        Self((0..whole.capacity.len()).map(column).collect())
    }
}

impl Housing<'_> {
    /// Exchanges as long as that helps and the budget lasts; says whether nothing helps any more.
    pub(super) fn exchange(
        &mut self,
        near: &Near,
        budget: &mut Budget<'_>,
    ) -> Result<bool, Cancelled> {
        for _ in 0..ROUNDS {
            let mut better = false;
            for column in 0..self.room.len() {
                better |= self.repack(column, near, budget)?;
            }
            for column in 0..self.room.len() {
                better |= self.divide(column, near, budget)?;
            }
            if budget.left() == 0 {
                return Ok(false);
            }
            if !better {
                return Ok(true);
            }
            self.improve(budget)?;
        }
        Ok(false)
    }

    /// Empties some shelters, fills them anew one after the other, and exchanges around them.
    pub(super) fn disturb(
        &mut self,
        columns: &[usize],
        near: &Near,
        budget: &mut Budget<'_>,
    ) -> Result<(), Cancelled> {
        for &column in columns {
            self.guests(column).into_iter().for_each(|row| self.put(row, None));
        }
        for &column in columns {
            let pool = self.pool(column, near, |home| home.is_none());
            if let Some((_, chosen)) = choose(&pool, self.whole.capacity[column], budget)? {
                chosen.into_iter().for_each(|row| self.put(row, Some(column)));
            }
        }
        for _ in 0..DISTURBED {
            let mut better = false;
            for &column in columns {
                better |= self.exchange_one(column, near, budget)?;
            }
            if !better {
                break;
            }
        }
        Ok(())
    }

    /// The exchanges of one shelter alone.
    pub(super) fn exchange_one(
        &mut self,
        column: usize,
        near: &Near,
        budget: &mut Budget<'_>,
    ) -> Result<bool, Cancelled> {
        let better = self.repack(column, near, budget)?;
        Ok(self.divide(column, near, budget)? || better)
    }

    /// Chooses anew among the guests of a shelter and the villages that wait: most people first,
    /// then least cost.
    fn repack(
        &mut self,
        column: usize,
        near: &Near,
        budget: &mut Budget<'_>,
    ) -> Result<bool, Cancelled> {
        if !self.some_wait() {
            return Ok(false);
        }
        let pool = self.pool(column, near, |home| home.is_none_or(|home| home == column));
        let guests = self.guests(column);
        if pool.len() == guests.len() {
            return Ok(false);
        }
        let Some((cost, chosen)) = choose(&pool, self.whole.capacity[column], budget)? else {
            return Ok(false);
        };
        let (before, now) = (self.people(&guests), self.cost_of(&guests));
        let after = self.people(&chosen);
        if after < before || (after == before && cost >= now) {
            return Ok(false);
        }
        guests.iter().for_each(|&row| self.put(row, None));
        chosen.iter().for_each(|&row| self.put(row, Some(column)));
        Ok(true)
    }

    /// The cheapest villages for a shelter whose home is such, and all its own guests.
    fn pool(&self, column: usize, near: &Near, home: impl Fn(Option<usize>) -> bool) -> Vec<Guest> {
        let mut others = 0;
        near.0[column]
            .iter()
            .map(|&row| row as usize)
            .filter(|&row| {
                let own = self.homes[row] == Some(column);
                let taken = home(self.homes[row]) && (own || others < POOL);
                others += usize::from(taken && !own);
                taken
            })
            .map(|row| Guest {
                row,
                people: self.whole.weights[row],
                each: self.whole.costs.get(row, column).unwrap_or_default(),
            })
            .collect()
    }

    fn people(&self, rows: &[usize]) -> u64 {
        rows.iter().map(|&row| self.whole.weights[row]).sum()
    }

    fn cost_of(&self, rows: &[usize]) -> Cost {
        rows.iter().map(|&row| self.now(row)).sum()
    }

    /// Exchanges guests of a shelter with the shelters that suit them best.
    fn divide(
        &mut self,
        column: usize,
        near: &Near,
        budget: &mut Budget<'_>,
    ) -> Result<bool, Cancelled> {
        let mut better = false;
        for other in self.partners(column, budget)? {
            if budget.left() == 0 {
                break;
            }
            better |= self.divide_two(column, other, budget)?;
            better |= self.refill_two(column, other, near, budget)?;
        }
        Ok(better)
    }

    /// The shelters where the guests of this one would be best off.
    pub(super) fn partners(
        &self,
        column: usize,
        budget: &mut Budget<'_>,
    ) -> Result<Vec<usize>, Cancelled> {
        let guests = self.guests(column);
        budget.charge(((10 * guests.len() + 20) * self.room.len()) as u64)?;
        let mut partners: Vec<(Cost, usize)> = (0..self.room.len())
            .filter(|&other| other != column && self.whole.capacity[other] > 0)
            .filter_map(|other| {
                let saved = guests.iter().filter_map(|&row| {
                    let there = self.whole.cost(row, other, u64::MAX)?;
                    Some(there - self.whole.cost(row, column, u64::MAX)?)
                });
                Some((saved.min()?, other))
            })
            .collect();
        partners.sort_unstable();
        partners.truncate(PARTNERS);
        Ok(partners.into_iter().map(|(_, other)| other).collect())
    }

    /// Divides the guests of two shelters anew at least cost.
    fn divide_two(
        &mut self,
        a: usize,
        b: usize,
        budget: &mut Budget<'_>,
    ) -> Result<bool, Cancelled> {
        let whole = self.whole;
        let (mut in_a, mut in_b) = (whole.capacity[a], whole.capacity[b]);
        let mut parts: Vec<Part> = Vec::new();
        let mut now = Cost::default();
        for row in self.guests(a).into_iter().chain(self.guests(b)) {
            let people = whole.weights[row];
            match (whole.total(row, a, u64::MAX), whole.total(row, b, u64::MAX)) {
                (Some(to_a), Some(to_b)) => {
                    let more = to_a - to_b;
                    if self.homes[row] == Some(a) {
                        now = now + more;
                    }
                    parts.push(Part { row, people, more });
                }
                // It can only be where it is.
                (Some(_), None) => in_a -= people,
                _ => in_b -= people,
            }
        }
        parts.sort_unstable_by_key(|part| (std::cmp::Reverse(part.people), part.row));
        let mut saved = vec![Cost::default(); parts.len() + 1];
        for (at, part) in parts.iter().enumerate().rev() {
            saved[at] = saved[at + 1] + part.more.min(Cost::default());
        }
        let (chosen, best) = (Vec::new(), (now, None));
        let mut division = Division { steps: 0, chosen, best, saved, parts };
        division.go(0, in_a, in_b, Cost::default());
        budget.charge(1000 + 30 * division.steps)?;
        let Some(chosen) = division.best.1 else { return Ok(false) };
        division.parts.iter().for_each(|part| self.put(part.row, None));
        for part in &division.parts {
            self.put(part.row, Some(if chosen.contains(&part.row) { a } else { b }));
        }
        Ok(true)
    }

    /// Empties two shelters and fills first one and then the other from their guests and the
    /// villages that wait.
    fn refill_two(
        &mut self,
        a: usize,
        b: usize,
        near: &Near,
        budget: &mut Budget<'_>,
    ) -> Result<bool, Cancelled> {
        if !self.some_wait() {
            return Ok(false);
        }
        let waits = |home: Option<usize>| home.is_none_or(|home| home == a || home == b);
        let pool = self.pool(a, near, waits);
        let (of_a, of_b) = (self.guests(a), self.guests(b));
        budget.charge(2 * self.homes.len() as u64)?;
        let Some((cost_a, to_a)) = choose(&pool, self.whole.capacity[a], budget)? else {
            return Ok(false);
        };
        let mut pool = self.pool(b, near, waits);
        pool.retain(|guest| !to_a.contains(&guest.row));
        let Some((cost_b, to_b)) = choose(&pool, self.whole.capacity[b], budget)? else {
            return Ok(false);
        };
        let before = self.people(&of_a) + self.people(&of_b);
        let after = self.people(&to_a) + self.people(&to_b);
        let now = self.cost_of(&of_a) + self.cost_of(&of_b);
        if after < before || (after == before && cost_a + cost_b >= now) {
            return Ok(false);
        }
        of_a.iter().chain(&of_b).for_each(|&row| self.put(row, None));
        to_a.iter().for_each(|&row| self.put(row, Some(a)));
        to_b.iter().for_each(|&row| self.put(row, Some(b)));
        Ok(true)
    }
}

/// A guest of two shelters, and what it costs more in the first one.
struct Part {
    row: usize,
    people: u64,
    more: Cost,
}

/// A search for the cheapest division of guests between two shelters.
struct Division {
    parts: Vec<Part>,
    /// The most that the guests from each one on can save.
    saved: Vec<Cost>,
    chosen: Vec<usize>,
    /// The cost to beat, and who goes to the first shelter.
    best: (Cost, Option<Vec<usize>>),
    steps: u64,
}

impl Division {
    /// Decides about the guests from `at` on, with so much room in either shelter.
    fn go(&mut self, at: usize, in_a: u64, in_b: u64, cost: Cost) {
        self.steps += 1;
        let Some(part) = self.parts.get(at) else {
            if cost < self.best.0 {
                self.best = (cost, Some(self.chosen.clone()));
            }
            return;
        };
        if self.steps > STEPS || cost + self.saved[at] >= self.best.0 {
            return;
        }
        let (row, people, more) = (part.row, part.people, part.more);
        if people <= in_a {
            self.chosen.push(row);
            self.go(at + 1, in_a - people, in_b, cost + more);
            self.chosen.pop();
        }
        if people <= in_b {
            self.go(at + 1, in_a, in_b - people, cost);
        }
    }
}

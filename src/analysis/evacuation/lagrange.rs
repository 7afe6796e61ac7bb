//! A bound for whole villages that is tighter than splitting them (Fisher, Jaikumar and
//! Van Wassenhove 1986): every village has a price, and every shelter takes the villages that are
//! worth most to it. Whatever the prices are, no plan costs less than the prices of all villages
//! minus what the shelters gain; raising the price of villages nobody takes and lowering that of
//! those taken twice makes the bound better, and the choices suggest good plans.

use super::budget::Budget;
use super::knapsack::{Item, pack};
use crate::base::Cancelled;

/// The cost of a pair that is not allowed.
pub(super) const NEVER: i64 = i64::MAX;

/// Rounds between two suggestions.
const SUGGESTED: usize = 60;

/// A whole-village problem in which every village has to go somewhere.
#[derive(Clone, Debug)]
pub(super) struct Lagrange {
    /// People by village; 0 = already settled, takes no part.
    pub(super) people: Vec<u64>,
    /// Places by shelter.
    pub(super) room: Vec<u64>,
    /// Cost of the whole village in a shelter, village by village; [`NEVER`] if not allowed.
    pub(super) totals: Vec<i64>,
}

/// Makes a plan of the column suggested for each village and says what it costs.
pub(super) type Suggest<'a> =
    dyn FnMut(&[Option<usize>], &mut Budget<'_>) -> Result<i128, Cancelled> + 'a;

/// How long to look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    /// Rounds of prices.
    pub(super) rounds: usize,
    /// A bound that is high enough.
    pub(super) enough: i128,
}

/// What the shelters choose at some prices.
struct Choice {
    bound: i128,
    /// The cheapest taker of each village.
    homes: Vec<Option<usize>>,
    /// How many took it.
    taken: Vec<i64>,
}

impl Lagrange {
    /// The best bound on the cost found from `prices` on, which are left at their best.
    pub(super) fn bound(
        &self,
        prices: &mut Vec<i64>,
        effort: Effort,
        budget: &mut Budget<'_>,
        suggest: &mut Suggest<'_>,
    ) -> Result<i128, Cancelled> {
        let mut best = i128::MIN;
        let mut target = effort.enough;
        let mut current = prices.clone();
        let (mut stride, mut stale) = (1.0_f64, 0);
        let patience = (effort.rounds / 20).clamp(4, 10);
        let mut before = vec![0.0_f64; prices.len()];
        for round in 0..effort.rounds {
            if round > 0 && budget.left() == 0 {
                break;
            }
            let Choice { bound, homes, taken } = self.choose(&current, budget)?;
            if bound > best {
                best = bound;
                prices.clone_from(&current);
                stale = 0;
            } else {
                stale += 1;
                if stale == patience {
                    stride *= 0.85;
                    stale = 0;
                    current.clone_from(prices);
                    before.fill(0.0);
                }
            }
            if round % SUGGESTED == SUGGESTED - 1 || round + 1 == effort.rounds {
                target = target.min(suggest(&homes, budget)?);
            }
            let misses: i64 = taken
                .iter()
                .zip(&self.people)
                .filter(|(_, people)| **people > 0)
                .map(|(n, _)| (1 - n) * (1 - n))
                .sum();
            if best >= target || misses == 0 || stride < 0.0005 {
                if misses == 0 {
                    suggest(&homes, budget)?;
                }
                break;
            }
            let step = stride * ((target - bound).max(1) as f64 * 1.05) / misses as f64;
            let rows = current.iter_mut().zip(&taken).zip(&mut before).zip(&self.people);
            for (((price, n), before), &people) in rows {
                if people > 0 {
                    // A part of the step before damps the zigzag (Camerini, Fratta, Maffioli 1975).
                    *before = 0.3 * *before + (1 - n) as f64;
                    // `as` saturates; a price beyond all costs changes nothing any more.
                    *price = price.saturating_add((*before * step) as i64);
                }
            }
        }
        Ok(best)
    }

    /// The bound at these prices, and what the shelters choose.
    fn choose(&self, prices: &[i64], budget: &mut Budget<'_>) -> Result<Choice, Cancelled> {
        let columns = self.room.len();
        let mut homes: Vec<Option<usize>> = vec![None; prices.len()];
        let mut taken = vec![0_i64; prices.len()];
        let mut bound: i128 = prices
            .iter()
            .zip(&self.people)
            .filter(|(_, n)| **n > 0)
            .map(|(p, _)| i128::from(*p))
            .sum();
        let mut items: Vec<Vec<Item>> = vec![Vec::new(); columns];
        for (row, (&price, &people)) in prices.iter().zip(&self.people).enumerate() {
            if people == 0 {
                continue;
            }
            let totals = &self.totals[row * columns..(row + 1) * columns];
            for ((&total, items), &room) in totals.iter().zip(&mut items).zip(&self.room) {
                if total < price && people <= room {
                    items.push(Item { row, people, profit: price.saturating_sub(total) });
                }
            }
        }
        budget.charge(4 * self.totals.len() as u64)?;
        for (column, items) in items.iter_mut().enumerate() {
            let packing = pack(items, self.room[column]);
            budget.charge(50 * items.len() as u64 + 25 * packing.steps)?;
            bound -= i128::from(packing.bound);
            for row in packing.rows {
                taken[row] += 1;
                let total = |at: usize| self.totals[row * columns + at];
                if homes[row].is_none_or(|home| total(column) < total(home)) {
                    homes[row] = Some(column);
                }
            }
        }
        Ok(Choice { bound, homes, taken })
    }
}

//! One optimum of many: when several plans cost the same, every way of solving prints the same one.
//!
//! All optima use only tight arcs, those whose cost equals their worth, whichever basis was found.
//! Among them a second cost decides, a number made from row and column that looks random, so that
//! two plans hardly ever draw; where they do, a third one decides, and so on.

use super::Transport;
use super::tree::{Costs, Prices, Tree};
use crate::base::{Cancelled, Feedback};

/// Rounds of numbers; one is enough unless two different sums of 40-bit numbers agree by chance.
const ROUNDS: u64 = 4;

/// A settlement that may choose between several places at equal cost.
struct Choice {
    row: usize,
    columns: Vec<u32>,
    /// Whether its people may also stay without a place.
    unassigned: bool,
}

/// The second cost of a round and the prices that belong to it.
struct Draw {
    round: u64,
}

struct DrawPrices(Vec<i64>);

impl Costs for Draw {
    fn pair(&self, row: usize, column: usize) -> i64 {
        // SplitMix64 (Steele, Lea, Flood 2014) over the place of the cell.
        let mut z = ((row as u64) << 24 ^ column as u64 ^ self.round << 60)
            .wrapping_add(1)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 24) as i64
    }
    fn unassigned(&self) -> i64 {
        0
    }
    fn overflow(&self) -> i64 {
        0
    }
}

impl Prices for DrawPrices {
    fn shift(&mut self, shelter: usize, by: i64) {
        self.0[shelter] += by;
    }
}

impl Transport {
    /// Chooses the one optimum of all that cost the least.
    pub(super) fn settle_ties(&mut self, feedback: &Feedback) -> Result<(), Cancelled> {
        let root = self.tree.root();
        let mut free: Vec<u32> = (0..self.capacity.len() as u32)
            .filter(|&shelter| self.pricing.price(shelter as usize) == 0)
            .collect();
        let mut choices = self.choices();
        for round in 0..ROUNDS {
            if choices.iter().all(|choice| choice.is_settled(&self.tree))
                && free.iter().all(|&shelter| self.tree.parent(shelter) == root)
            {
                break;
            }
            let draw = Draw { round };
            let mut prices = DrawPrices(self.tree.prices(&draw));
            let mut changed = true;
            while changed {
                feedback.check()?;
                changed = false;
                for &shelter in &free {
                    let price = prices.0[shelter as usize];
                    if price < 0 {
                        self.tree.pivot(root, shelter, price, &mut prices);
                        changed = true;
                    }
                }
                for choice in &choices {
                    changed |= choice.improve(&mut self.tree, &draw, &mut prices);
                }
            }
            for choice in &mut choices {
                choice.keep_tight(&self.tree, &draw, &prices.0);
            }
            free.retain(|&shelter| prices.0[shelter as usize] == 0);
        }
        Ok(())
    }

    /// The settlements that have, or may get, a choice: those with several tight arcs. A leaf with
    /// a single one always keeps it.
    fn choices(&self) -> Vec<Choice> {
        let penalty = self.pricing.penalties.unassigned;
        let mut choices = Vec::new();
        for row in 0..self.supply.len() {
            let value = self.value(row);
            let unassigned = value == penalty;
            if self.pricing.count_at(row, value) + usize::from(unassigned) > 1 {
                let columns = (0..self.capacity.len() as u32)
                    .filter(|&column| self.pricing.sum(row, column as usize) == value)
                    .collect();
                choices.push(Choice { row, columns, unassigned });
            }
        }
        choices
    }
}

impl Choice {
    /// Lets the cheapest place by the second cost enter the basis, if it is cheaper than the present.
    fn improve(&self, tree: &mut Tree, draw: &Draw, prices: &mut DrawPrices) -> bool {
        let value = tree.value(self.row, draw, &prices.0);
        let sums = self.columns.iter().map(|&column| {
            (draw.pair(self.row, column as usize) + prices.0[column as usize], column)
        });
        let stay = self.unassigned.then_some((draw.unassigned(), tree.root()));
        match sums.chain(stay).min() {
            Some((sum, to)) if sum < value => {
                let from = tree.settlement(self.row);
                tree.pivot(from, to, sum - value, prices);
                true
            }
            _ => false,
        }
    }

    fn keep_tight(&mut self, tree: &Tree, draw: &Draw, prices: &[i64]) {
        let value = tree.value(self.row, draw, prices);
        self.columns.retain(|&column| {
            draw.pair(self.row, column as usize) + prices[column as usize] == value
        });
        self.unassigned &= draw.unassigned() == value;
    }

    /// Whether all its tight arcs are in the basis.
    fn is_settled(&self, tree: &Tree) -> bool {
        self.columns.len() + usize::from(self.unassigned) == tree.basic_arcs(self.row).count()
    }
}

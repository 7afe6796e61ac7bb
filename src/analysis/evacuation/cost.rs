//! What a place costs by the rule: leaving the preplanned table weighs more than any rank in it,
//! and a rank more than any distance.

use std::iter::Sum;
use std::ops::{Add, Sub};

use super::CostMatrix;

/// Ranks of the preplanned table that are told apart; later ones count like the last.
const RANKS: usize = 8;

/// What a person, a village or a plan comes to; compared in the order of the fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost {
    /// People whom the table sends elsewhere.
    pub(super) off_table: i64,
    /// People × rank in the table, the first choice being 0.
    pub(super) rank: i64,
    /// People × metres.
    pub(super) metres: i64,
}

impl Cost {
    /// The same for so many people.
    pub(super) fn times(self, people: u64) -> Self {
        let people = i64::try_from(people).unwrap_or(i64::MAX);
        Self {
            off_table: self.off_table.saturating_mul(people),
            rank: self.rank.saturating_mul(people),
            metres: self.metres.saturating_mul(people),
        }
    }

    /// All three in one number, leaving the table and a rank charged in metres.
    pub(super) fn charged(self, charge: Charge) -> i64 {
        self.metres
            .saturating_add(self.rank.saturating_mul(charge.rank))
            .saturating_add(self.off_table.saturating_mul(charge.off_table))
    }
}

impl Add for Cost {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            off_table: self.off_table.saturating_add(other.off_table),
            rank: self.rank.saturating_add(other.rank),
            metres: self.metres.saturating_add(other.metres),
        }
    }
}

impl Sub for Cost {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self {
            off_table: self.off_table.saturating_sub(other.off_table),
            rank: self.rank.saturating_sub(other.rank),
            metres: self.metres.saturating_sub(other.metres),
        }
    }
}

impl Sum for Cost {
    fn sum<I: Iterator<Item = Self>>(costs: I) -> Self {
        costs.fold(Self::default(), Add::add)
    }
}

/// How many metres a person off the table and a step of rank count for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Charge {
    pub(super) off_table: i64,
    pub(super) rank: i64,
}

/// What the table says about a pair: whether it sends these people elsewhere, and the rank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) off_table: bool,
    pub(super) rank: usize,
}

/// A person's cost in a small space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    metres: u32,
    rank: u8,
    off_table: bool,
}

/// The cost per person of every pair of village and shelter.
#[derive(Clone, Debug, Default)]
pub(super) struct RankedCosts {
    columns: usize,
    cells: Vec<Cell>,
    last_rank: i64,
    dearest: i64,
    has_table: bool,
}

impl RankedCosts {
    /// Metres, and what the table says about each pair. Missing metres count as forbidden.
    pub(super) fn new(
        rows: usize,
        columns: usize,
        metres: &CostMatrix,
        standing: impl Fn(usize, usize) -> Standing,
    ) -> Self {
        let mut out = Self { columns, ..Self::default() };
        out.cells.reserve(rows * columns);
        for row in 0..rows {
            for column in 0..columns {
                let Standing { off_table, rank } = standing(row, column);
                let rank = rank.min(RANKS - 1) as u8;
                let open = metres.get(row, column);
                if let Some(metres) = open {
                    out.dearest = out.dearest.max(metres.into());
                    out.last_rank = out.last_rank.max(rank.into());
                    out.has_table |= off_table || rank > 0;
                }
                let metres = open.unwrap_or(CostMatrix::FORBIDDEN);
                out.cells.push(Cell { metres, rank, off_table });
            }
        }
        out
    }

    /// The cost per person; `None` = forbidden.
    pub(super) fn get(&self, row: usize, column: usize) -> Option<Cost> {
        let cell = self.cells[row * self.columns + column];
        (cell.metres != CostMatrix::FORBIDDEN).then_some(Cost {
            off_table: cell.off_table.into(),
            rank: cell.rank.into(),
            metres: cell.metres.into(),
        })
    }

    /// Whether the table tells any two places apart.
    pub(super) fn has_table(&self) -> bool {
        self.has_table
    }

    /// The dearest pair in metres.
    pub(super) fn dearest(&self) -> i64 {
        self.dearest
    }

    /// The last rank of any pair.
    pub(super) fn last_rank(&self) -> i64 {
        self.last_rank
    }

    /// Charges that keep the order of the rule when people move one by one.
    ///
    /// Two plans that may split villages differ by chains of moves of one person each, and such a
    /// chain uses every village and every shelter once at most: twice the dearest chain is more than
    /// any saving. Whole villages move hundreds of people for the sake of one; for them these
    /// charges prove nothing.
    pub(super) fn chain_charge(&self) -> Charge {
        let rows = self.cells.len().checked_div(self.columns).unwrap_or(0);
        let chain = 2 * (self.columns.min(rows) as i64 + 1);
        let rank = chain.saturating_mul(self.dearest + 1);
        Charge { rank, off_table: chain.saturating_mul(self.last_rank + 1).saturating_mul(rank) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_on_the_table_outweighs_all_metres() {
        let cost = |off_table, rank, metres| Cost { off_table, rank, metres };
        assert!(cost(1, 0, 0) > cost(0, 9_000, 9_000_000_000));
        assert!(cost(0, 1, 0) > cost(0, 0, 9_000_000_000));
        assert_eq!(cost(1, 2, 3).times(10) - cost(0, 5, 0), cost(10, 15, 30));
        assert_eq!(cost(1, 1, i64::MAX).times(u64::MAX).metres, i64::MAX);
        assert_eq!(cost(2, 3, 5).charged(Charge { off_table: 100, rank: 10 }), 235);
    }
}

//! Bounds level by level: the parts of a cost in the order of the rule, each proven when the parts
//! before it are.

use super::cost::{Charge, Cost, RankedCosts};

/// The parts of a cost, in the order of the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    OffTable,
    Rank,
    Metres,
}

impl Level {
    /// The first part in which two costs differ.
    pub(super) fn between(a: Cost, b: Cost) -> Option<Self> {
        if a.off_table != b.off_table {
            Some(Self::OffTable)
        } else if a.rank != b.rank {
            Some(Self::Rank)
        } else {
            (a.metres != b.metres).then_some(Self::Metres)
        }
    }

    /// What the parts before this one are charged, so that one number bounds all of them.
    pub(super) fn charge(self, costs: &RankedCosts) -> Charge {
        match self {
            Self::OffTable => Charge::default(),
            Self::Rank => Charge { off_table: costs.last_rank() + 1, rank: 0 },
            Self::Metres => {
                let rank = costs.dearest() + 1;
                Charge { off_table: rank * (costs.last_rank() + 1), rank }
            }
        }
    }
}

/// One part of a cost.
pub(super) fn part(cost: Cost, level: Level) -> i64 {
    match level {
        Level::OffTable => cost.off_table,
        Level::Rank => cost.rank,
        Level::Metres => cost.metres,
    }
}

/// One part of a cost and the charges for the parts before it.
pub(super) fn at_level(cost: Cost, level: Level, charge: Charge) -> i64 {
    match level {
        Level::OffTable => cost.off_table,
        Level::Rank => cost.rank.saturating_add(cost.off_table.saturating_mul(charge.off_table)),
        Level::Metres => cost.charged(charge),
    }
}

/// A bound with one part raised; nothing is known any more of the parts after a raised one.
pub(super) fn raised(low: Cost, level: Level, to: i64) -> Cost {
    if to <= part(low, level) {
        return low;
    }
    match level {
        Level::OffTable => Cost { off_table: to, ..Cost::default() },
        Level::Rank => Cost { rank: to, metres: 0, ..low },
        Level::Metres => Cost { metres: to, ..low },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raised_part_leaves_the_parts_after_it_open() {
        let cost = |off_table, rank, metres| Cost { off_table, rank, metres };
        let low = cost(2, 3, 500);
        assert_eq!(Level::between(low, cost(2, 4, 500)), Some(Level::Rank));
        assert_eq!(Level::between(low, low), None);
        assert_eq!(raised(low, Level::OffTable, 4), cost(4, 0, 0));
        assert_eq!(raised(low, Level::Rank, 5), cost(2, 5, 0));
        assert_eq!(raised(low, Level::Metres, 900), cost(2, 3, 900));
        assert_eq!(raised(low, Level::Rank, 1), low);
    }
}

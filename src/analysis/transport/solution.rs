//! The optimum and its certificate.

use super::Transport;

/// Some people of one settlement go to one shelter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Row of the settlement.
    pub settlement: usize,
    /// Column of the shelter.
    pub shelter: usize,
    /// How many; never 0.
    pub people: u64,
}

/// The optimum with the prices that prove it.
///
/// The proof (linear programming duality): prices are ≥ 0 and 0 where places stay empty; what a
/// settlement pays, `values`, is never more than cost + price anywhere nor more than `penalty`,
/// and exactly that where its people go; hence Σ people × values − Σ capacity × prices, which no
/// plan can go below, equals cost + penalty × people without a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Solution {
    /// Who goes where, by settlement then shelter.
    pub flows: Vec<Flow>,
    /// People with a place.
    pub assigned: u64,
    /// People without a place by settlement.
    pub unassigned: Vec<u64>,
    /// Σ people × cost.
    pub cost: u64,
    /// Price of a place by shelter.
    pub prices: Vec<i64>,
    /// Value of a place by settlement.
    pub values: Vec<i64>,
    /// What a person without a place costs: more than any way to place one.
    pub penalty: i64,
}

impl Transport {
    pub(super) fn solution(&self) -> Solution {
        let columns = self.tree.shelters();
        let mut out = Solution {
            unassigned: vec![0; self.supply.len()],
            prices: (0..columns).map(|column| self.pricing.price(column)).collect(),
            values: (0..self.supply.len()).map(|row| self.value(row)).collect(),
            penalty: self.pricing.penalties.unassigned,
            ..Solution::default()
        };
        for row in 0..self.supply.len() {
            let first = out.flows.len();
            for (shelter, people) in self.tree.basic_arcs(row) {
                let (shelter, people) = (shelter as usize, people.unsigned_abs());
                if people == 0 {
                    continue;
                }
                if shelter >= columns {
                    out.unassigned[row] += people;
                    continue;
                }
                out.assigned += people;
                let cost = self.pricing.cost(row, shelter).unsigned_abs();
                out.cost = out.cost.saturating_add(cost.saturating_mul(people));
                out.flows.push(Flow { settlement: row, shelter, people });
            }
            out.flows[first..].sort_unstable_by_key(|flow| flow.shelter);
        }
        out
    }
}

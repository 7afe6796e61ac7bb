//! What one more place in a shelter would be worth.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Solution, Transport};

/// What one more place in one shelter changes at the optimum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marginal {
    /// One more person gets a place.
    pub places_one_more: bool,
    /// How the people move up: `(settlement, shelter, +1 or −1 person)`; empty if nothing changes.
    pub moves: Vec<(usize, usize, i64)>,
}

/// No predecessor.
const NONE: usize = usize::MAX;

impl Transport {
    /// For each shelter, what changes when the problem is solved again with one more place there.
    ///
    /// One place more lets exactly one person move up, along the cheapest chain of moves that ends
    /// in that shelter; a single search from all sources of people (Dijkstra on reduced costs)
    /// finds the chains of all shelters. `solution` is this problem's last one.
    pub fn one_more_place(&self, solution: &Solution) -> Vec<Marginal> {
        let (rows, columns) = (self.supply.len(), self.capacity.len());
        // Nodes: shelters, then settlements. A shelter's price is the cost of "nothing changes".
        let mut distance: Vec<i64> = solution.prices.clone();
        distance.resize(columns + rows, i64::MAX);
        let mut before = vec![NONE; columns + rows];
        let mut guests: Vec<Vec<usize>> = vec![Vec::new(); columns];
        for flow in &solution.flows {
            guests[flow.shelter].push(flow.settlement);
        }
        let mut heap = BinaryHeap::new();
        for (column, &price) in solution.prices.iter().enumerate() {
            heap.push(Reverse((price, column)));
        }
        for (row, _) in solution.unassigned.iter().enumerate().filter(|(_, n)| **n > 0) {
            distance[columns + row] = 0;
            heap.push(Reverse((0, columns + row)));
        }
        while let Some(Reverse((so_far, node))) = heap.pop() {
            if so_far > distance[node] {
                continue;
            }
            if node < columns {
                for &row in &guests[node] {
                    if so_far < distance[columns + row] {
                        distance[columns + row] = so_far;
                        before[columns + row] = node;
                        heap.push(Reverse((so_far, columns + row)));
                    }
                }
                continue;
            }
            let row = node - columns;
            let value = solution.values[row];
            for column in 0..columns {
                let reach = so_far + self.pricing.sum(row, column) - value;
                if reach < distance[column] {
                    distance[column] = reach;
                    before[column] = node;
                    heap.push(Reverse((reach, column)));
                }
            }
        }
        (0..columns).map(|column| chain(column, columns, &before)).collect()
    }
}

/// The chain of moves that ends in `column`.
fn chain(column: usize, columns: usize, before: &[usize]) -> Marginal {
    let mut marginal = Marginal::default();
    let mut node = column;
    while before[node] != NONE {
        let from = before[node];
        if node < columns {
            marginal.moves.push((from - columns, node, 1));
        } else {
            marginal.moves.push((node - columns, from, -1));
        }
        node = from;
    }
    marginal.places_one_more = node >= columns;
    marginal
}

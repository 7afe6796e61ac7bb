//! The first basis: one settlement after the other fills its cheapest shelters that have places left.

use super::Transport;

impl Transport {
    /// Builds a strongly feasible first basis.
    pub(super) fn start(&mut self) {
        let root = self.tree.root();
        let mut left = self.capacity.clone();
        for (shelter, &places) in left.iter().enumerate() {
            if places == 0 {
                self.tree.set_arc(shelter as u32, 0, true);
                self.shut(shelter);
            }
        }
        for row in 0..self.supply.len() {
            let node = self.tree.settlement(row);
            let mut people = self.supply[row];
            let mut home = root;
            let mut filled = Vec::new();
            while let Some((column, _)) =
                self.pricing.cheapest_below(row, self.pricing.penalties.unassigned)
            {
                if people < left[column] {
                    left[column] -= people;
                    home = column as u32;
                    break;
                }
                people -= left[column];
                filled.push((column, left[column]));
                left[column] = 0;
                self.shut(column);
            }
            self.tree.hang(node, home, people);
            for (column, flow) in filled {
                self.tree.hang(column as u32, node, flow);
            }
        }
        for (shelter, &slack) in left.iter().enumerate() {
            if slack > 0 {
                self.tree.set_arc(shelter as u32, slack, false);
            }
        }
        for (shelter, price) in self.tree.prices(&self.pricing).into_iter().enumerate() {
            self.pricing.set_price(shelter, price);
        }
    }

    /// Takes a full shelter out of the search while the first basis is built.
    fn shut(&mut self, shelter: usize) {
        let overflow = self.pricing.penalties.overflow;
        self.pricing.set_price(shelter, overflow);
    }
}

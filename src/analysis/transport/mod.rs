//! The transportation problem, solved exactly: who goes where when places are scarce.
//!
//! As many people as possible get a place, then Σ people × cost is least. The method is the
//! primal network simplex (Dantzig 1951; Cunningham 1976 for the strongly feasible bases)
//! specialised to settlements × shelters, on whole numbers throughout. The optimum is unique:
//! among optima of equal cost one is chosen by a rule that does not depend on the way there.

mod marginal;
mod pricing;
mod solution;
mod start;
mod ties;
mod tree;

pub use marginal::Marginal;
pub use solution::{Flow, Solution};

use crate::base::{Cancelled, Feedback};
use pricing::Pricing;
use tree::Tree;

/// Costs of every pair of settlement (row) and shelter (column): whole metres, or seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CostMatrix {
    columns: usize,
    cells: Vec<u32>,
}

impl CostMatrix {
    /// The cell of a pair that must not be used.
    pub const FORBIDDEN: u32 = u32::MAX;

    /// A matrix from its rows one after the other; `None` if they do not fill whole rows.
    ///
    /// ```
    /// use shouye::analysis::CostMatrix;
    /// let costs = CostMatrix::new(2, vec![100, 200, 300, CostMatrix::FORBIDDEN]).unwrap();
    /// assert_eq!((costs.rows(), costs.get(1, 0), costs.get(1, 1)), (2, Some(300), None));
    /// assert!(CostMatrix::new(2, vec![1]).is_none());
    /// ```
    pub fn new(columns: usize, cells: Vec<u32>) -> Option<Self> {
        let whole = cells.is_empty() || (columns > 0 && cells.len().is_multiple_of(columns));
        whole.then_some(Self { columns, cells })
    }

    /// How many settlements; 0 if there is no shelter.
    pub fn rows(&self) -> usize {
        self.cells.len().checked_div(self.columns).unwrap_or(0)
    }

    /// How many shelters.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// All cells, row by row.
    pub fn cells(&self) -> &[u32] {
        &self.cells
    }

    /// The cost of a pair; `None` if it is forbidden.
    pub fn get(&self, row: usize, column: usize) -> Option<u32> {
        let cost = *self.cells.get(row * self.columns + column)?;
        (column < self.columns && cost != Self::FORBIDDEN).then_some(cost)
    }

    /// The same costs with every pair dearer than `limit` forbidden.
    #[must_use]
    pub fn limited(&self, limit: u32) -> Self {
        let cell = |&c: &u32| if c > limit { Self::FORBIDDEN } else { c };
        Self { columns: self.columns, cells: self.cells.iter().map(cell).collect() }
    }
}

/// A transportation problem with its current basis: after a change of capacity it is solved on
/// from there.
///
/// ```
/// use shouye::analysis::{CostMatrix, Transport};
/// use shouye::base::Feedback;
/// let costs = CostMatrix::new(2, vec![100, 900, 200, 300]).unwrap();
/// let mut problem = Transport::new(&[30, 50], &[40, 60], &costs);
/// let best = problem.solve(&Feedback::default()).unwrap();
/// assert_eq!((best.assigned, best.cost), (80, 30 * 100 + 10 * 200 + 40 * 300));
/// problem.set_capacity(1, 0);
/// let best = problem.solve(&Feedback::default()).unwrap();
/// assert_eq!((best.assigned, best.cost), (40, 30 * 100 + 10 * 200));
/// ```
#[derive(Clone, Debug)]
pub struct Transport {
    supply: Vec<i64>,
    capacity: Vec<i64>,
    tree: Tree,
    pricing: Pricing,
    started: bool,
}

impl Transport {
    /// A problem from people by settlement, places by shelter and the cost of each pair.
    ///
    /// Missing rows or columns of the matrix count as forbidden, figures beyond 2^40 as 2^40.
    pub fn new(supply: &[u64], capacity: &[u64], costs: &CostMatrix) -> Self {
        let fitted;
        let costs = if costs.columns() == capacity.len()
            && costs.cells().len() == supply.len() * capacity.len()
        {
            costs
        } else {
            fitted = fit(costs, supply.len(), capacity.len());
            &fitted
        };
        Self::from_pricing(supply, capacity, Pricing::new(costs))
    }

    /// A problem whose costs need more than 32 bits, row by row; `None` = forbidden. Costs beyond
    /// 2^59 ÷ (shelters + 1) can no longer be told from having no place.
    pub(crate) fn from_cells(supply: &[u64], capacity: &[u64], cells: &[Option<i64>]) -> Self {
        Self::from_pricing(supply, capacity, Pricing::from_cells(capacity.len(), cells))
    }

    fn from_pricing(supply: &[u64], capacity: &[u64], pricing: Pricing) -> Self {
        let supply: Vec<i64> = supply.iter().map(|&n| bounded(n)).collect();
        let capacity: Vec<i64> = capacity.iter().map(|&n| bounded(n)).collect();
        let tree = Tree::new(&capacity, &supply);
        Self { tree, pricing, supply, capacity, started: false }
    }

    /// Changes the places of one shelter; the next [`Self::solve`] starts from the present basis.
    pub fn set_capacity(&mut self, shelter: usize, places: u64) {
        let Some(capacity) = self.capacity.get_mut(shelter) else { return };
        let more = bounded(places) - *capacity;
        *capacity += more;
        if self.started && more != 0 {
            self.change_places(shelter as u32, more);
        }
    }

    fn change_places(&mut self, shelter: u32, more: i64) {
        let root = self.tree.root();
        let price = self.pricing.price(shelter as usize);
        let overflow = self.pricing.penalties.overflow;
        if self.tree.parent(shelter) != root {
            // The slack or overflow arc is outside the basis and carries the change for a moment.
            if more > 0 {
                self.tree.drain(shelter, root, more, -price, &mut self.pricing);
            } else {
                self.tree.drain(root, shelter, -more, price - overflow, &mut self.pricing);
            }
            return;
        }
        let (flow, upward) = self.tree.arc(shelter);
        let slack = more + if upward { -flow } else { flow };
        self.tree.set_arc(shelter, slack.abs(), slack <= 0);
        let target = if slack <= 0 { overflow } else { 0 };
        if target != price {
            self.tree.shift_below(shelter, target - price, &mut self.pricing);
        }
    }

    /// The optimum: most people first, then least cost.
    pub fn solve(&mut self, feedback: &Feedback) -> Result<Solution, Cancelled> {
        if !self.started {
            self.start();
            self.started = true;
        }
        self.optimise(feedback)?;
        self.settle_ties(feedback)?;
        Ok(self.solution())
    }

    /// What a settlement pays now: cost and price at a shelter it uses, or the penalty.
    fn value(&self, row: usize) -> i64 {
        let home = self.tree.parent(self.tree.settlement(row));
        if home == self.tree.root() {
            self.pricing.penalties.unassigned
        } else {
            self.pricing.sum(row, home as usize)
        }
    }

    /// Pivots until no arc lowers the cost: rows in turn, each by its best column.
    fn optimise(&mut self, feedback: &Feedback) -> Result<(), Cancelled> {
        let root = self.tree.root();
        let rows = self.supply.len();
        let (mut row, mut clean) = (0, 0);
        while clean < rows.max(1) {
            if row % 64 == 0 {
                feedback.check()?;
                while let Some((shelter, price)) = self.pricing.negative_price() {
                    self.tree.pivot(root, shelter as u32, price, &mut self.pricing);
                    clean = 0;
                }
            }
            if rows == 0 {
                return Ok(());
            }
            clean += 1;
            if self.improve(row) {
                clean = 0;
            }
            row = (row + 1) % rows;
        }
        Ok(())
    }

    /// Lets the best arc of one settlement enter, if any lowers the cost.
    fn improve(&mut self, row: usize) -> bool {
        let unassigned = self.pricing.penalties.unassigned;
        let value = self.value(row);
        let from = self.tree.settlement(row);
        let (to, reduced) = match self.pricing.cheapest_below(row, value.min(unassigned)) {
            Some((column, sum)) => (column as u32, sum - value),
            None if unassigned < value => (self.tree.root(), unassigned - value),
            None => return false,
        };
        self.tree.pivot(from, to, reduced, &mut self.pricing);
        true
    }
}

fn bounded(n: u64) -> i64 {
    n.min(1 << 40) as i64
}

fn fit(costs: &CostMatrix, rows: usize, columns: usize) -> CostMatrix {
    let cells = (0..rows)
        .flat_map(|row| (0..columns).map(move |column| (row, column)))
        .map(|(row, column)| costs.get(row, column).unwrap_or(CostMatrix::FORBIDDEN))
        .collect();
    CostMatrix { columns, cells }
}

//! Prices of places, and the search for arcs that would lower the cost.
//!
//! With prices p ≥ 0 on the shelters, a settlement pays cost + price; the basis is optimal when
//! every settlement uses only its cheapest shelters and no price is negative.

use super::CostMatrix;
use super::tree::{Costs, Prices};

/// Cost of a person without a place, of one beyond a shelter's capacity, and of a forbidden pair.
#[derive(Clone, Copy, Debug)]
pub(super) struct Penalties {
    pub(super) unassigned: i64,
    pub(super) overflow: i64,
    forbidden: i64,
}

impl Penalties {
    /// A path through the network uses each settlement and each shelter at most once, so that its
    /// cost stays below (pairs it can have + 1) × (dearest pair + 1): twice that is dearer than any
    /// way to place somebody, and four times that is the largest cost and price a person can meet.
    fn of(rows: usize, columns: usize, dearest: i64) -> Self {
        let pairs = rows.min(columns) as i64;
        let bound = (pairs + 1).saturating_mul(dearest.saturating_add(1)).min(1 << 59);
        Self { unassigned: 2 * bound, overflow: 2 * bound + 1, forbidden: 8 * bound }
    }

    /// The forbidden cell as a 32-bit number, if every sum of cost and price fits.
    fn narrow(&self) -> Option<i32> {
        i32::try_from(self.forbidden + 2 * self.overflow).ok()?;
        i32::try_from(self.forbidden).ok()
    }
}

/// Costs in the narrowest integer that cannot overflow: half the memory, twice the speed.
#[derive(Clone, Debug)]
enum Cells {
    Narrow { cells: Vec<i32>, price: Vec<i32> },
    Wide { cells: Vec<i64>, price: Vec<i64> },
}

/// The dense costs beside the current prices.
#[derive(Clone, Debug)]
pub(super) struct Pricing {
    columns: usize,
    cells: Cells,
    pub(super) penalties: Penalties,
}

impl Pricing {
    /// Costs as they stand in a matrix.
    pub(super) fn new(costs: &CostMatrix) -> Self {
        let open = |c: u32| c != CostMatrix::FORBIDDEN;
        let dearest = costs.cells().iter().filter(|&&c| open(c)).max().copied().unwrap_or(0);
        let penalties = Penalties::of(costs.rows(), costs.columns(), dearest.into());
        if let Some(forbidden) = penalties.narrow() {
            let cell = |&c: &u32| if open(c) { c as i32 } else { forbidden };
            Self::narrow(penalties, costs.columns(), costs.cells().iter().map(cell).collect())
        } else {
            let cell = |&c: &u32| if open(c) { i64::from(c) } else { penalties.forbidden };
            Self::wide(penalties, costs.columns(), costs.cells().iter().map(cell).collect())
        }
    }

    /// Costs made for the occasion; `None` = forbidden.
    pub(super) fn from_cells(columns: usize, cells: &[Option<i64>]) -> Self {
        let dearest = cells.iter().flatten().max().copied().unwrap_or(0);
        let penalties =
            Penalties::of(cells.len().checked_div(columns).unwrap_or(0), columns, dearest);
        if let Some(forbidden) = penalties.narrow() {
            let cell = |c: &Option<i64>| c.map_or(forbidden, |c| c as i32);
            Self::narrow(penalties, columns, cells.iter().map(cell).collect())
        } else {
            let cell = |c: &Option<i64>| c.unwrap_or(penalties.forbidden);
            Self::wide(penalties, columns, cells.iter().map(cell).collect())
        }
    }

    fn narrow(penalties: Penalties, columns: usize, cells: Vec<i32>) -> Self {
        Self { columns, cells: Cells::Narrow { cells, price: vec![0; columns] }, penalties }
    }

    fn wide(penalties: Penalties, columns: usize, cells: Vec<i64>) -> Self {
        Self { columns, cells: Cells::Wide { cells, price: vec![0; columns] }, penalties }
    }

    pub(super) fn price(&self, column: usize) -> i64 {
        match &self.cells {
            Cells::Narrow { price, .. } => price[column].into(),
            Cells::Wide { price, .. } => price[column],
        }
    }

    pub(super) fn set_price(&mut self, column: usize, to: i64) {
        self.shift(column, to - self.price(column));
    }

    pub(super) fn cost(&self, row: usize, column: usize) -> i64 {
        let at = row * self.columns + column;
        match &self.cells {
            Cells::Narrow { cells, .. } => cells[at].into(),
            Cells::Wide { cells, .. } => cells[at],
        }
    }

    /// Cost and price together.
    pub(super) fn sum(&self, row: usize, column: usize) -> i64 {
        self.cost(row, column) + self.price(column)
    }

    /// How many columns of a row have exactly this sum of cost and price.
    pub(super) fn count_at(&self, row: usize, sum: i64) -> usize {
        let span = row * self.columns..(row + 1) * self.columns;
        match &self.cells {
            Cells::Narrow { cells, price } => {
                let Ok(sum) = i32::try_from(sum) else { return 0 };
                let equal = cells[span].iter().zip(price).map(|(c, p)| u32::from(c + p == sum));
                equal.sum::<u32>() as usize
            }
            Cells::Wide { cells, price } => {
                cells[span].iter().zip(price).filter(|&(c, p)| c + p == sum).count()
            }
        }
    }

    /// The least cost + price of a row if it is below `limit`, with its first column.
    pub(super) fn cheapest_below(&self, row: usize, limit: i64) -> Option<(usize, i64)> {
        let span = row * self.columns..(row + 1) * self.columns;
        match &self.cells {
            Cells::Narrow { cells, price } => {
                let cells = &cells[span];
                let least = least_sum(cells, price);
                if i64::from(least) >= limit {
                    return None;
                }
                let at = cells.iter().zip(price).position(|(c, p)| c + p == least)?;
                Some((at, least.into()))
            }
            Cells::Wide { cells, price } => cells[span]
                .iter()
                .zip(price)
                .map(|(c, p)| c + p)
                .enumerate()
                .min_by_key(|&(at, sum)| (sum, at))
                .filter(|&(_, sum)| sum < limit),
        }
    }

    /// A shelter whose price is negative: leaving its places empty is cheaper.
    pub(super) fn negative_price(&self) -> Option<(usize, i64)> {
        let (at, price) = match &self.cells {
            Cells::Narrow { price, .. } => {
                let (at, &p) = price.iter().enumerate().min_by_key(|&(_, p)| p)?;
                (at, i64::from(p))
            }
            Cells::Wide { price, .. } => {
                let (at, &p) = price.iter().enumerate().min_by_key(|&(_, p)| p)?;
                (at, p)
            }
        };
        (price < 0).then_some((at, price))
    }
}

impl Costs for Pricing {
    fn pair(&self, row: usize, column: usize) -> i64 {
        self.cost(row, column)
    }
    fn unassigned(&self) -> i64 {
        self.penalties.unassigned
    }
    fn overflow(&self) -> i64 {
        self.penalties.overflow
    }
}

impl Prices for Pricing {
    fn shift(&mut self, shelter: usize, by: i64) {
        match &mut self.cells {
            // Within the penalties' bound, which was checked to fit when the cells were made.
            Cells::Narrow { price, .. } => price[shelter] += by as i32,
            Cells::Wide { price, .. } => price[shelter] += by,
        }
    }
}

/// Least sum of two rows; independent lanes let the compiler use vector instructions.
fn least_sum(cells: &[i32], price: &[i32]) -> i32 {
    const LANES: usize = 16;
    let mut least = [i32::MAX; LANES];
    let (cells, cells_rest) = cells.as_chunks::<LANES>();
    let (price, price_rest) = price.as_chunks::<LANES>();
    for (c, p) in cells.iter().zip(price) {
        for lane in 0..LANES {
            least[lane] = least[lane].min(c[lane] + p[lane]);
        }
    }
    let rest = cells_rest.iter().zip(price_rest).map(|(c, p)| c + p);
    least.into_iter().chain(rest).min().unwrap_or(i32::MAX)
}

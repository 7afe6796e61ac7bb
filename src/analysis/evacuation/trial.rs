//! Small made-up cases for tests, and every plan that they have.

use super::CostMatrix;
use super::cost::{RankedCosts, Standing};
use super::rounding::{Whole, Worth};

/// Numbers that look random and are the same every time.
pub(super) struct Draw(pub(super) u64);

impl Draw {
    pub(super) fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % n
    }
}

/// Six villages and three shelters, on demand with a preplanned table.
pub(super) fn whole(draw: &mut Draw, with_table: bool) -> (Whole, CostMatrix) {
    let weights: Vec<u64> = (0..6).map(|_| 1 + draw.below(40)).collect();
    let capacity: Vec<u64> = (0..3).map(|_| draw.below(90)).collect();
    let metres: Vec<u32> = (0..18)
        .map(|_| if draw.below(8) > 0 { draw.below(1000) as u32 } else { CostMatrix::FORBIDDEN })
        .collect();
    let metres = CostMatrix::new(3, metres).unwrap();
    let table: Vec<usize> = (0..18).map(|_| draw.below(8) as usize).collect();
    let costs = RankedCosts::new(6, 3, &metres, |row, column| {
        let entry = if with_table { table[row * 3 + column] } else { 0 };
        Standing { off_table: entry > 4, rank: if entry > 4 { 0 } else { entry / 2 } }
    });
    (Whole { weights, capacity, costs }, metres)
}

/// What every plan of whole villages is worth.
pub(super) fn all_plans(whole: &Whole) -> Vec<Worth> {
    let mut plans = Vec::new();
    go(whole, &mut Vec::new(), &mut whole.capacity.clone(), &mut plans);
    plans
}

fn go(whole: &Whole, homes: &mut Vec<Option<usize>>, room: &mut [u64], plans: &mut Vec<Worth>) {
    let row = homes.len();
    if row == whole.weights.len() {
        plans.push(whole.worth(homes));
        return;
    }
    homes.push(None);
    go(whole, homes, room, plans);
    homes.pop();
    for column in 0..room.len() {
        if whole.cost(row, column, room[column]).is_some() {
            room[column] -= whole.weights[row];
            homes.push(Some(column));
            go(whole, homes, room, plans);
            homes.pop();
            room[column] += whole.weights[row];
        }
    }
}

//! Whole villages into shelters: what an assignment is worth, and moves that make it better.

use std::cmp::Reverse;

use super::knapsack::{Item, pack};
use crate::base::{Cancelled, Feedback};

/// What a plan is worth; less is better: people without a place first, then cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Worth {
    pub(super) unassigned: u64,
    pub(super) cost: i128,
}

/// Villages that must not be split, and shelters.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    /// People by village.
    pub(super) weights: Vec<u64>,
    /// Places by shelter.
    pub(super) capacity: Vec<u64>,
    /// Cost per person, village by village; `None` = forbidden.
    pub(super) cells: Vec<Option<i64>>,
}

/// Rounds of moves; each is short, and the last ones gain next to nothing.
const ROUNDS: usize = 30;

impl Whole {
    /// Cost per person of a village in a shelter with `room` places; `None` if it does not fit.
    pub(super) fn cost(&self, row: usize, column: usize, room: u64) -> Option<i64> {
        if self.weights[row] > room.min(self.capacity[column]) {
            return None;
        }
        self.cells[row * self.capacity.len() + column]
    }

    /// Cost of the whole village.
    pub(super) fn total(&self, row: usize, column: usize, room: u64) -> Option<i128> {
        self.cost(row, column, room).map(|each| i128::from(each) * i128::from(self.weights[row]))
    }

    /// What an assignment is worth.
    pub(super) fn worth(&self, homes: &[Option<usize>]) -> Worth {
        let mut worth = Worth::default();
        for (row, home) in homes.iter().enumerate() {
            match home.and_then(|column| self.total(row, column, u64::MAX)) {
                Some(cost) => worth.cost += cost,
                None => worth.unassigned += self.weights[row],
            }
        }
        worth
    }

    fn room(&self, homes: &[Option<usize>]) -> Vec<u64> {
        let mut room = self.capacity.clone();
        for (row, home) in homes.iter().enumerate() {
            if let Some(column) = *home {
                room[column] = room[column].saturating_sub(self.weights[row]);
            }
        }
        room
    }

    /// Places villages that have none and moves others as long as that helps; says how many
    /// steps it took.
    pub(super) fn improve(
        &self,
        homes: &mut [Option<usize>],
        swaps: bool,
        feedback: &Feedback,
    ) -> Result<u64, Cancelled> {
        let mut room = self.room(homes);
        let (rows, columns) = (self.weights.len() as u64, self.capacity.len() as u64);
        let mut steps = 0;
        for _ in 0..ROUNDS {
            feedback.check()?;
            let waiting = homes.iter().filter(|home| home.is_none()).count() as u64;
            steps += (2 + 2 * waiting) * rows * columns + if swaps { rows * rows } else { 0 };
            let mut better = self.place(homes, &mut room);
            better |= self.shift(homes, &mut room);
            if swaps {
                better |= self.swap(homes, &mut room);
            }
            if !better {
                break;
            }
        }
        Ok(steps)
    }

    /// Finds places for villages without one, the largest first: an empty one, one whose guests
    /// can move on, or one taken from a smaller village.
    fn place(&self, homes: &mut [Option<usize>], room: &mut [u64]) -> bool {
        let mut waiting: Vec<usize> =
            (0..homes.len()).filter(|&row| homes[row].is_none() && self.weights[row] > 0).collect();
        waiting.sort_by_key(|&row| (Reverse(self.weights[row]), row));
        let mut better = false;
        for row in waiting {
            let people = self.weights[row];
            if let Some((column, _)) = self.cheapest(row, room, None) {
                room[column] -= people;
                homes[row] = Some(column);
                better = true;
                continue;
            }
            better |= self.push_on(row, homes, room) || self.replace(row, homes, room);
        }
        for column in 0..room.len() {
            better |= self.repack(column, homes, room);
        }
        better
    }

    /// Chooses anew among the guests of a shelter and the villages that wait: most people first,
    /// then the nearer ones.
    fn repack(&self, column: usize, homes: &mut [Option<usize>], room: &mut [u64]) -> bool {
        if room[column] == 0 || !homes.contains(&None) {
            return false;
        }
        let pool = |row: &usize| homes[*row].is_none_or(|home| home == column);
        let candidates: Vec<(usize, i64)> = (0..homes.len())
            .filter(pool)
            .filter_map(|row| Some((row, self.cost(row, column, u64::MAX)?)))
            .filter(|(row, _)| self.weights[*row] > 0)
            .collect();
        let dearest = candidates.iter().map(|(_, each)| i128::from(*each)).max().unwrap_or(0) + 1;
        // A person is worth more than all nearness together: fewer than 2^20 villages of 2^10 each.
        let mut items: Vec<Item> = candidates
            .iter()
            .map(|&(row, each)| {
                let nearness = ((dearest - i128::from(each)) << 10) / dearest;
                let people = self.weights[row];
                Item { row, people, profit: ((people as i64) << 30) + nearness as i64 }
            })
            .collect();
        let packing = pack(&mut items, self.capacity[column]);
        let now = self.capacity[column] - room[column];
        let people: u64 = packing.rows.iter().map(|&row| self.weights[row]).sum();
        if people <= now {
            return false;
        }
        for home in homes.iter_mut().filter(|home| **home == Some(column)) {
            *home = None;
        }
        for &row in &packing.rows {
            homes[row] = Some(column);
        }
        room[column] = self.capacity[column] - people;
        true
    }

    /// The cheapest column with room, other than `not`.
    fn cheapest(&self, row: usize, room: &[u64], not: Option<usize>) -> Option<(usize, i128)> {
        room.iter()
            .enumerate()
            .filter(|(column, _)| Some(*column) != not)
            .filter_map(|(column, &room)| Some((column, self.total(row, column, room)?)))
            .min_by_key(|&(column, cost)| (cost, column))
    }

    /// Sends one guest on to another shelter, so that `row` fits into its place.
    fn push_on(&self, row: usize, homes: &mut [Option<usize>], room: &mut [u64]) -> bool {
        let mut best: Option<(i128, usize, usize, usize)> = None;
        for (guest, &home) in homes.iter().enumerate() {
            let Some(here) = home else { continue };
            let Some(come) = self.total(row, here, room[here] + self.weights[guest]) else {
                continue;
            };
            let Some((there, go)) = self.cheapest(guest, room, Some(here)) else { continue };
            let now = self.total(guest, here, u64::MAX).unwrap_or(0);
            let change = (come + go - now, guest, here, there);
            if best.is_none_or(|so_far| change < so_far) {
                best = Some(change);
            }
        }
        let Some((_, guest, here, there)) = best else { return false };
        room[there] -= self.weights[guest];
        room[here] = room[here] + self.weights[guest] - self.weights[row];
        homes[guest] = Some(there);
        homes[row] = Some(here);
        true
    }

    /// Takes the place of the smallest village that has to give way: more people are placed.
    fn replace(&self, row: usize, homes: &mut [Option<usize>], room: &mut [u64]) -> bool {
        let mut best: Option<(u64, i128, usize, usize)> = None;
        for (guest, &home) in homes.iter().enumerate() {
            let Some(here) = home else { continue };
            if self.weights[guest] >= self.weights[row] {
                continue;
            }
            if let Some(come) = self.total(row, here, room[here] + self.weights[guest]) {
                let now = self.total(guest, here, u64::MAX).unwrap_or(0);
                let change = (self.weights[guest], come - now, guest, here);
                if best.is_none_or(|so_far| change < so_far) {
                    best = Some(change);
                }
            }
        }
        let Some((people, _, guest, here)) = best else { return false };
        room[here] = room[here] + people - self.weights[row];
        homes[guest] = None;
        homes[row] = Some(here);
        true
    }

    /// Moves villages to cheaper shelters with room.
    fn shift(&self, homes: &mut [Option<usize>], room: &mut [u64]) -> bool {
        let mut better = false;
        for (row, home) in homes.iter_mut().enumerate() {
            let Some(here) = *home else { continue };
            let now = self.total(row, here, u64::MAX).unwrap_or(0);
            if let Some((there, cost)) = self.cheapest(row, room, Some(here))
                && cost < now
            {
                room[here] += self.weights[row];
                room[there] -= self.weights[row];
                *home = Some(there);
                better = true;
            }
        }
        better
    }

    /// Exchanges the shelters of two villages where that is cheaper.
    fn swap(&self, homes: &mut [Option<usize>], room: &mut [u64]) -> bool {
        let mut better = false;
        for a in 0..homes.len() {
            for b in a + 1..homes.len() {
                let (Some(home_a), Some(home_b)) = (homes[a], homes[b]) else { continue };
                if home_a == home_b {
                    continue;
                }
                let (people_a, people_b) = (self.weights[a], self.weights[b]);
                let to_b = self.total(a, home_b, room[home_b] + people_b);
                let to_a = self.total(b, home_a, room[home_a] + people_a);
                let (Some(to_b), Some(to_a)) = (to_b, to_a) else { continue };
                let now = self.total(a, home_a, u64::MAX).unwrap_or(0)
                    + self.total(b, home_b, u64::MAX).unwrap_or(0);
                if to_a + to_b < now {
                    room[home_a] = room[home_a] + people_a - people_b;
                    room[home_b] = room[home_b] + people_b - people_a;
                    (homes[a], homes[b]) = (Some(home_b), Some(home_a));
                    better = true;
                }
            }
        }
        better
    }
}

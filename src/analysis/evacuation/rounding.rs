//! Whole villages into shelters: what an assignment is worth, and moves that make it better.

use std::cmp::Reverse;

use super::budget::Budget;
use super::cost::{Cost, RankedCosts};
use crate::base::Cancelled;

/// What a plan is worth; less is better: people without a place first, then cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Worth {
    pub(super) unassigned: u64,
    pub(super) cost: Cost,
}

/// Villages that must not be split, and shelters.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    /// People by village.
    pub(super) weights: Vec<u64>,
    /// Places by shelter.
    pub(super) capacity: Vec<u64>,
    /// Cost per person.
    pub(super) costs: RankedCosts,
}

impl Whole {
    /// Cost per person of a village in a shelter with `room` places; `None` if it does not fit.
    pub(super) fn cost(&self, row: usize, column: usize, room: u64) -> Option<Cost> {
        if self.weights[row] > room.min(self.capacity[column]) {
            return None;
        }
        self.costs.get(row, column)
    }

    /// Cost of the whole village.
    pub(super) fn total(&self, row: usize, column: usize, room: u64) -> Option<Cost> {
        self.cost(row, column, room).map(|each| each.times(self.weights[row]))
    }

    /// What an assignment is worth.
    pub(super) fn worth(&self, homes: &[Option<usize>]) -> Worth {
        let mut worth = Worth::default();
        for (row, home) in homes.iter().enumerate() {
            match home.and_then(|column| self.total(row, column, u64::MAX)) {
                Some(cost) => worth.cost = worth.cost + cost,
                None => worth.unassigned += self.weights[row],
            }
        }
        worth
    }
}

/// Rounds of moves; each is short, and the last ones gain next to nothing.
const ROUNDS: usize = 30;

/// Villages beyond which exchanges of two are not tried one by one.
const SWAPPED: usize = 1000;

/// Villages in their shelters, and the room that is left.
#[derive(Clone, Debug)]
pub(super) struct Housing<'a> {
    pub(super) whole: &'a Whole,
    pub(super) homes: Vec<Option<usize>>,
    pub(super) room: Vec<u64>,
    /// Villages by shelter.
    guests: Vec<Vec<usize>>,
    /// How many villages have no place.
    waiting: usize,
}

impl<'a> Housing<'a> {
    /// Villages in these shelters; whoever finds no room there waits.
    pub(super) fn new(whole: &'a Whole, homes: &[Option<usize>]) -> Self {
        let mut out = Self {
            whole,
            homes: vec![None; homes.len()],
            room: whole.capacity.clone(),
            guests: vec![Vec::new(); whole.capacity.len()],
            waiting: whole.weights.iter().filter(|people| **people > 0).count(),
        };
        for (row, home) in homes.iter().enumerate() {
            if let Some(column) = *home
                && whole.total(row, column, out.room[column]).is_some()
            {
                out.put(row, Some(column));
            }
        }
        out
    }

    /// Places villages that have none and moves others as long as that helps and the budget lasts.
    pub(super) fn improve(&mut self, budget: &mut Budget<'_>) -> Result<(), Cancelled> {
        for _ in 0..ROUNDS {
            let mut better = self.place(budget)?;
            better |= self.shift(budget)?;
            better |= self.swap(budget)?;
            if !better {
                break;
            }
        }
        Ok(())
    }

    /// The villages that wait, largest first.
    pub(super) fn waiting(&self) -> Vec<usize> {
        let weights = &self.whole.weights;
        let mut waiting: Vec<usize> = (0..self.homes.len())
            .filter(|&row| self.homes[row].is_none() && weights[row] > 0)
            .collect();
        waiting.sort_by_key(|&row| (Reverse(weights[row]), row));
        waiting
    }

    /// Whether some village waits.
    pub(super) fn some_wait(&self) -> bool {
        self.waiting > 0
    }

    /// The villages in a shelter.
    pub(super) fn guests(&self, column: usize) -> Vec<usize> {
        self.guests[column].clone()
    }

    /// What a village costs where it is.
    pub(super) fn now(&self, row: usize) -> Cost {
        let here = self.homes[row].and_then(|home| self.whole.total(row, home, u64::MAX));
        here.unwrap_or_default()
    }

    /// Moves a village; the room has to be there.
    pub(super) fn put(&mut self, row: usize, home: Option<usize>) {
        let people = self.whole.weights[row];
        // A village without people is nowhere.
        if people == 0 {
            return;
        }
        match self.homes[row] {
            Some(here) => {
                self.room[here] += people;
                self.guests[here].retain(|&guest| guest != row);
            }
            None => self.waiting -= 1,
        }
        match home {
            Some(there) => {
                self.room[there] -= people;
                self.guests[there].push(row);
            }
            None => self.waiting += 1,
        }
        self.homes[row] = home;
    }

    /// Finds places for villages without one, the largest first: an empty one, one whose guests
    /// can move on, or one taken from a smaller village.
    fn place(&mut self, budget: &mut Budget<'_>) -> Result<bool, Cancelled> {
        let mut better = false;
        for row in self.waiting() {
            if !budget.spend((5 * self.room.len() + 8 * self.homes.len()) as u64)? {
                break;
            }
            if let Some((column, _)) = self.cheapest(row, None) {
                self.put(row, Some(column));
                better = true;
                continue;
            }
            better |= self.push_on(row, budget)? || self.replace(row);
        }
        Ok(better)
    }

    /// The cheapest column with room, other than `not`.
    fn cheapest(&self, row: usize, not: Option<usize>) -> Option<(usize, Cost)> {
        self.room
            .iter()
            .enumerate()
            .filter(|(column, _)| Some(*column) != not)
            .filter_map(|(column, &room)| Some((column, self.whole.total(row, column, room)?)))
            .min_by_key(|&(column, cost)| (cost, column))
    }

    /// Sends one guest on to another shelter, so that `row` fits into its place.
    fn push_on(&mut self, row: usize, budget: &mut Budget<'_>) -> Result<bool, Cancelled> {
        let weights = &self.whole.weights;
        let widest = self.room.iter().max().copied().unwrap_or(0);
        let mut best: Option<(Cost, usize, usize, usize)> = None;
        for (guest, &home) in self.homes.iter().enumerate() {
            let Some(here) = home else { continue };
            // Nobody who fits nowhere else moves on: most guests of a full county.
            if weights[guest] > widest {
                continue;
            }
            let Some(come) = self.whole.total(row, here, self.room[here] + weights[guest]) else {
                continue;
            };
            budget.charge(5 * self.room.len() as u64)?;
            let Some((there, go)) = self.cheapest(guest, Some(here)) else { continue };
            let change = (come + go - self.now(guest), guest, here, there);
            if best.is_none_or(|so_far| change < so_far) {
                best = Some(change);
            }
        }
        let Some((_, guest, here, there)) = best else { return Ok(false) };
        self.put(guest, Some(there));
        self.put(row, Some(here));
        Ok(true)
    }

    /// Takes the place of the smallest village that has to give way: more people are placed.
    fn replace(&mut self, row: usize) -> bool {
        let weights = &self.whole.weights;
        let mut best: Option<(u64, Cost, usize, usize)> = None;
        for (guest, &home) in self.homes.iter().enumerate() {
            let Some(here) = home else { continue };
            if weights[guest] >= weights[row] {
                continue;
            }
            if let Some(come) = self.whole.total(row, here, self.room[here] + weights[guest]) {
                let change = (weights[guest], come - self.now(guest), guest, here);
                if best.is_none_or(|so_far| change < so_far) {
                    best = Some(change);
                }
            }
        }
        let Some((_, _, guest, here)) = best else { return false };
        self.put(guest, None);
        self.put(row, Some(here));
        true
    }

    /// Moves villages to cheaper shelters with room.
    fn shift(&mut self, budget: &mut Budget<'_>) -> Result<bool, Cancelled> {
        let mut better = false;
        for row in 0..self.homes.len() {
            let Some(here) = self.homes[row] else { continue };
            if !budget.spend(5 * self.room.len() as u64)? {
                break;
            }
            if let Some((there, cost)) = self.cheapest(row, Some(here))
                && cost < self.now(row)
            {
                self.put(row, Some(there));
                better = true;
            }
        }
        Ok(better)
    }

    /// Exchanges the shelters of two villages where that is cheaper.
    fn swap(&mut self, budget: &mut Budget<'_>) -> Result<bool, Cancelled> {
        let mut better = false;
        if self.homes.len() > SWAPPED {
            return Ok(better);
        }
        for a in 0..self.homes.len() {
            if !budget.spend(8 * (self.homes.len() - a) as u64)? {
                break;
            }
            for b in a + 1..self.homes.len() {
                let (Some(home_a), Some(home_b)) = (self.homes[a], self.homes[b]) else { continue };
                if home_a == home_b {
                    continue;
                }
                let (people_a, people_b) = (self.whole.weights[a], self.whole.weights[b]);
                let to_b = self.whole.total(a, home_b, self.room[home_b] + people_b);
                let to_a = self.whole.total(b, home_a, self.room[home_a] + people_a);
                let (Some(to_b), Some(to_a)) = (to_b, to_a) else { continue };
                if to_a + to_b < self.now(a) + self.now(b) {
                    self.put(a, None);
                    self.put(b, Some(home_a));
                    self.put(a, Some(home_b));
                    better = true;
                }
            }
        }
        Ok(better)
    }
}

//! The best choice of whole villages for one shelter: the fullest, and of these the cheapest.

use super::budget::Budget;
use super::cost::Cost;
use crate::base::Cancelled;

/// Steps after which the cheapest choice found so far has to do.
const STEPS: u64 = 3_000;

/// Words of memory beyond which a choice is not worth the while.
const WORDS: usize = 400_000;

/// A village that may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Guest {
    pub(super) row: usize,
    pub(super) people: u64,
    /// Cost per person.
    pub(super) each: Cost,
}

/// Which sums of people the guests from each one on can make (Bellman 1957).
struct Sums {
    bits: Vec<u64>,
    words: usize,
}

impl Sums {
    fn of(guests: &[Guest], room: usize) -> Self {
        let words = room / 64 + 1;
        let mut bits = vec![0_u64; words * (guests.len() + 1)];
        bits[words * guests.len()] = 1;
        for (at, guest) in guests.iter().enumerate().rev() {
            let (front, back) = bits.split_at_mut(words * (at + 1));
            let (here, after) = (&mut front[words * at..], &back[..words]);
            here.copy_from_slice(after);
            let (whole, part) = (guest.people as usize / 64, guest.people % 64);
            for word in whole..words {
                here[word] |= after[word - whole] << part;
                if part > 0 && word > whole {
                    here[word] |= after[word - whole - 1] >> (64 - part);
                }
            }
        }
        Self { bits, words }
    }

    fn has(&self, at: usize, sum: u64) -> bool {
        self.bits[at * self.words + sum as usize / 64] >> (sum % 64) & 1 == 1
    }
}

/// A search for the cheapest choice of one sum.
struct Search<'a> {
    guests: &'a [Guest],
    sums: Sums,
    chosen: Vec<usize>,
    best: Option<(Cost, Vec<usize>)>,
    steps: u64,
}

impl Search<'_> {
    /// Tries guests from `at` on for exactly `left` people more.
    fn go(&mut self, at: usize, left: u64, cost: Cost) {
        self.steps += 1;
        let best = self.best.as_ref().map(|(cost, _)| *cost);
        if left == 0 {
            if best.is_none_or(|best| cost < best) {
                self.best = Some((cost, self.chosen.clone()));
            }
            return;
        }
        if at == self.guests.len() || !self.sums.has(at, left) {
            return;
        }
        let guest = self.guests[at];
        // The rest comes no cheaper than this one, who is the cheapest of those that are left.
        if best.is_some_and(|best| self.steps > STEPS || cost + guest.each.times(left) >= best) {
            return;
        }
        if guest.people <= left {
            self.chosen.push(guest.row);
            self.go(at + 1, left - guest.people, cost + guest.each.times(guest.people));
            self.chosen.pop();
        }
        self.go(at + 1, left, cost);
    }
}

/// The rows of the fullest and then cheapest choice, and its cost; guests come cheapest first.
/// `None` if that takes too long.
pub(super) fn choose(
    guests: &[Guest],
    room: u64,
    budget: &mut Budget<'_>,
) -> Result<Option<(Cost, Vec<usize>)>, Cancelled> {
    let room = room.min(guests.iter().fold(0, |sum, guest| guest.people.saturating_add(sum)));
    let words = (room as usize / 64 + 1).saturating_mul(guests.len() + 1);
    if words > WORDS || !budget.spend(3 * words as u64 + 500)? {
        return Ok(None);
    }
    let sums = Sums::of(guests, room as usize);
    let most = (0..=room).rev().find(|&sum| sums.has(0, sum)).unwrap_or(0);
    let mut search = Search { guests, sums, chosen: Vec::new(), best: None, steps: 0 };
    search.go(0, most, Cost::default());
    budget.charge(10 * search.steps)?;
    Ok(search.best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Feedback;

    #[test]
    fn the_fullest_choice_is_the_cheapest_of_its_sum() {
        let mut seed = 5_u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % below
        };
        for _ in 0..300 {
            let mut guests: Vec<Guest> = (0..next(9) as usize)
                .map(|row| {
                    let each = Cost {
                        off_table: next(2) as i64,
                        rank: next(3) as i64,
                        metres: next(50) as i64,
                    };
                    Guest { row, people: 1 + next(90), each }
                })
                .collect();
            guests.sort_by_key(|guest| guest.each);
            let room = next(250);
            let best = (0_u32..1 << guests.len())
                .filter_map(|set| {
                    let taken = || guests.iter().filter(|guest| set >> guest.row & 1 == 1);
                    let people: u64 = taken().map(|guest| guest.people).sum();
                    let cost: Cost = taken().map(|guest| guest.each.times(guest.people)).sum();
                    (people <= room).then_some((std::cmp::Reverse(people), cost))
                })
                .min()
                .unwrap();
            let feedback = Feedback::default();
            let mut budget = Budget::new(u64::MAX, &feedback);
            let (cost, rows) = choose(&guests, room, &mut budget).unwrap().unwrap();
            let people = guests.iter().filter(|g| rows.contains(&g.row)).map(|g| g.people).sum();
            assert_eq!((std::cmp::Reverse(people), cost), best);
        }
    }
}

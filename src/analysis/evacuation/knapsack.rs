//! The 0-1 knapsack of one shelter: which villages are worth its places.

/// A village that would like to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) row: usize,
    pub(super) people: u64,
    /// What taking it is worth; more than 0.
    pub(super) profit: i64,
}

/// Backtracking steps after which the bound is taken for the optimum.
const STEPS: u64 = 2_000;

/// The choice for one shelter.
#[derive(Clone, Debug, Default)]
pub(super) struct Packing {
    /// No choice is worth more than this; the chosen villages are worth it unless the steps ran out.
    pub(super) bound: i64,
    /// Rows of the chosen villages.
    pub(super) rows: Vec<usize>,
    /// Steps taken.
    pub(super) steps: u64,
}

/// Chooses the most profitable villages that fit into `room` (Horowitz and Sahni 1974).
pub(super) fn pack(items: &mut [Item], room: u64) -> Packing {
    let worth = |item: &Item| i128::from(item.profit);
    let size = |item: &Item| i128::from(item.people);
    items.sort_unstable_by(|a, b| {
        (worth(b) * size(a)).cmp(&(worth(a) * size(b))).then(a.row.cmp(&b.row))
    });
    let mut out = Packing { bound: relaxed(items, room, 0).0, ..Packing::default() };
    let mut chosen = vec![false; items.len()];
    let (mut at, mut left, mut value, mut best) = (0, room, 0, 0);
    loop {
        while at < items.len() {
            let (more, next) = relaxed(&items[at..], left, at);
            if value + more <= best {
                break;
            }
            for (item, chosen) in items[at..next].iter().zip(&mut chosen[at..next]) {
                *chosen = true;
                left -= item.people;
                value += item.profit;
            }
            at = next + 1;
        }
        if value > best {
            best = value;
            out.rows.clear();
            let taken = items.iter().zip(&chosen).filter(|(_, chosen)| **chosen);
            out.rows.extend(taken.map(|(item, _)| item.row));
        }
        out.steps += 1;
        let Some(last) = chosen[..at.min(items.len())].iter().rposition(|&chosen| chosen) else {
            out.bound = best;
            return out;
        };
        if out.steps >= STEPS || best == out.bound {
            return out;
        }
        chosen[last] = false;
        left += items[last].people;
        value -= items[last].profit;
        at = last + 1;
    }
}

/// What the first items that fit and a part of the next one are worth, and where that one stands.
fn relaxed(items: &[Item], room: u64, offset: usize) -> (i64, usize) {
    let (mut left, mut value) = (room, 0_i64);
    for (at, item) in items.iter().enumerate() {
        if item.people > left {
            let part = match (item.profit as u64).checked_mul(left) {
                Some(product) => (product / item.people) as i64,
                None => {
                    let product = i128::from(item.profit) * i128::from(left);
                    (product / i128::from(item.people)) as i64
                }
            };
            return (value.saturating_add(part), offset + at);
        }
        left -= item.people;
        value = value.saturating_add(item.profit);
    }
    (value, offset + items.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(row: usize, people: u64, profit: i64) -> Item {
        Item { row, people, profit }
    }

    #[test]
    fn the_best_choice_is_not_the_greedy_one() {
        // The densest village alone leaves 4 places empty.
        let mut items = [item(0, 6, 66), item(1, 5, 50), item(2, 5, 49)];
        let packing = pack(&mut items, 10);
        assert_eq!((packing.bound, packing.rows), (99, vec![1, 2]));
    }

    #[test]
    fn every_choice_of_small_cases_is_tried() {
        let mut seed = 1_u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % below
        };
        for _ in 0..300 {
            let mut items: Vec<Item> = (0..next(9) as usize)
                .map(|row| item(row, 1 + next(30), 1 + next(40) as i64))
                .collect();
            let room = next(80);
            let best = (0_u32..1 << items.len())
                .filter_map(|set| {
                    let taken = || items.iter().filter(|item| set >> item.row & 1 == 1);
                    let fits = taken().map(|item| item.people).sum::<u64>() <= room;
                    fits.then(|| taken().map(|item| item.profit).sum::<i64>())
                })
                .max();
            assert_eq!(Some(pack(&mut items, room).bound), best);
        }
    }
}

//! How long stocks last in each place when all share them: whole days, the least as many as possible.

use std::collections::BTreeMap;

use super::depot::Depots;
use super::item::Item;
use super::norm::{Basis, Norm, Season};
use super::stock::Stock;
use crate::analysis::transport::{CostMatrix, Transport};
use crate::base::{Cancelled, Feedback};

/// Whole days that stocks last in a place, and the item that ends first, if one does before the last day.
pub(super) type Lasting = (u32, Option<&'static str>);

/// For each place the days that the mandatory items which are used up last; `None` = no data.
pub(super) fn lasting(
    stock: &Stock,
    depots: &Depots,
    people: &[u64],
    (norm, season, days): (&Norm, Season, u32),
    feedback: &Feedback,
) -> Result<Option<Vec<Lasting>>, Cancelled> {
    let mut out: Option<Vec<Lasting>> = None;
    for line in norm.lines_in(season).filter(|line| line.mandatory) {
        let Some(item) = Item::of(&line.item) else { continue };
        let is_consumable = matches!(line.basis, Basis::Consumable { .. });
        if !is_consumable || stock.have(item).is_none() {
            continue;
        }
        // One day for one person.
        let portions = |quantity| line.people(quantity, 1, season).map_or(0, |people| people.0);
        let sources = depots.sources(stock, item, portions);
        let reach = |place: usize| -> Vec<bool> {
            sources.iter().map(|s| depots.drive_s(s.depot, place).is_some()).collect()
        };
        let capacity: Vec<u64> = sources.iter().map(|source| source.capacity).collect();
        let rows: Vec<Vec<bool>> = (0..people.len()).map(reach).collect();
        let found = shared(people, &capacity, &rows, days, feedback)?;
        let all = out.get_or_insert_with(|| vec![(days, None); people.len()]);
        for (own, days) in all.iter_mut().zip(found) {
            if days < own.0 {
                *own = (days, Some(&item.key));
            }
        }
    }
    Ok(out)
}

/// Days by place, at most `most`: all places are raised together until some can be raised no more.
/// A place's portions are its people times its days; `reach` says which sources it can have them from.
fn shared(
    people: &[u64],
    capacity: &[u64],
    reach: &[Vec<bool>],
    most: u32,
    feedback: &Feedback,
) -> Result<Vec<u32>, Cancelled> {
    // Places that reach the same sources are one to the flow.
    let mut groups: BTreeMap<&[bool], usize> = BTreeMap::new();
    for row in reach {
        let next = groups.len();
        groups.entry(row).or_insert(next);
    }
    let group: Vec<usize> = reach.iter().map(|row| groups[row.as_slice()]).collect();
    let mut cells = vec![CostMatrix::FORBIDDEN; groups.len() * capacity.len()];
    for (row, at) in &groups {
        for (column, _) in row.iter().enumerate().filter(|(_, reached)| **reached) {
            cells[at * capacity.len() + column] = 1;
        }
    }
    let costs = CostMatrix::new(capacity.len(), cells).unwrap_or_default();
    let enough = |days: &[u32]| -> Result<bool, Cancelled> {
        let mut supply = vec![0_u64; groups.len()];
        for ((people, days), at) in people.iter().zip(days).zip(&group) {
            supply[*at] = supply[*at].saturating_add(people.saturating_mul((*days).into()));
        }
        let wanted: u64 = supply.iter().fold(0, |sum, own| sum.saturating_add(*own));
        Ok(Transport::new(&supply, capacity, &costs).solve(feedback)?.assigned == wanted)
    };
    let mut days: Vec<u32> = people.iter().map(|n| if *n == 0 { most } else { 0 }).collect();
    let mut open: Vec<usize> = (0..people.len()).filter(|at| people[*at] > 0).collect();
    while !open.is_empty() {
        let at_level = |days: &[u32], level: u32| {
            let mut out = days.to_vec();
            open.iter().for_each(|at| out[*at] = out[*at].max(level));
            out
        };
        // The highest level that all open places can have; they have the lowest of theirs already.
        let mut low = open.iter().map(|at| days[*at]).min().unwrap_or(most);
        let mut high = most;
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if enough(&at_level(&days, middle))? {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        days = at_level(&days, low);
        if low >= most {
            break;
        }
        let mut still = Vec::new();
        for at in open {
            if days[at] > low {
                still.push(at);
                continue;
            }
            days[at] = low + 1;
            if enough(&days)? {
                still.push(at);
            } else {
                days[at] = low;
            }
        }
        open = still;
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(people: &[u64], capacity: &[u64], reach: &[&[bool]], most: u32) -> Vec<u32> {
        let reach: Vec<Vec<bool>> = reach.iter().map(|row| row.to_vec()).collect();
        shared(people, capacity, &reach, most, &Feedback::default()).unwrap()
    }

    #[test]
    fn what_all_can_have_is_shared_by_days() {
        let both: &[bool] = &[true, true];
        // 1000 portions for 30 + 70 people are ten days for all.
        assert_eq!(of(&[30, 70], &[400, 600], &[both, both], 15), [10, 10]);
        // 1040: ten days for all, and one more for the thirty.
        assert_eq!(of(&[30, 70], &[440, 600], &[both, both], 15), [11, 10]);
        assert_eq!(of(&[30, 70], &[9000, 0], &[both, both], 15), [15, 15]);
        assert_eq!(of(&[30, 0], &[0, 0], &[both, both], 15), [0, 15]);
        assert_eq!(of(&[], &[10], &[], 15), [0_u32; 0]);
        assert_eq!(of(&[5], &[], &[&[]], 15), [0]);
    }

    #[test]
    fn who_is_cut_off_does_not_hold_the_others_back() {
        let (left, right, none): (&[bool], &[bool], &[bool]) =
            (&[true, false], &[false, true], &[false, false]);
        // 100 portions for ten people, 60 for twenty, nothing for those without a road.
        assert_eq!(of(&[10, 20, 5], &[100, 60], &[left, right, none], 15), [10, 3, 0]);
    }
}

//! Who gets what from where: each item of the first issue by an exact minimum-cost flow, and
//! nobody counts as supplied who does not get every item.

use super::depot::{Depots, Source};
use super::table::Times;
use crate::analysis::transport::{CostMatrix, Solution, Transport};
use crate::base::{Cancelled, Feedback};

/// Where each item of the first issue can be had, and for how many people it is still there.
pub(super) type Sources = Vec<Vec<Source>>;

/// Goods of one item for some people of one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ItemFlow {
    /// Position of the item.
    pub(super) item: usize,
    pub(super) depot: usize,
    pub(super) activation_s: u32,
    pub(super) place: usize,
    pub(super) people: u64,
}

/// An allocation of all items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Allocation {
    /// People by place who get every item.
    pub(super) served: Vec<u64>,
    /// By item, place, depot.
    pub(super) flows: Vec<ItemFlow>,
    /// No allocation serves more people.
    pub(super) optimal: bool,
}

/// Seconds from the order until goods are handed out, if no truck waits for another.
fn eta_s(times: &Times, source: &Source, drive_s: u32) -> u32 {
    let steps = [times.prepare_min, times.load_min, times.unload_min, times.distribute_min];
    let steps_s = steps.iter().fold(0_u32, |sum, min| sum.saturating_add(min.saturating_mul(60)));
    source.activation_s.saturating_add(steps_s).saturating_add(drive_s)
}

/// Serves as many people as possible by the deadline, then with the least people × seconds, and
/// takes what they get out of the sources.
///
/// The items are bound together only by the people they are for. Solved one after the other, the
/// scarcest first, each for those whom the ones before could serve, they serve everybody whom the
/// scarcest alone could, unless roads part the county so that each part lacks another item;
/// `optimal` says which.
pub(super) fn allocate(
    demand: &[u64],
    items: &mut Sources,
    depots: &Depots,
    times: &Times,
    deadline_s: Option<u32>,
    feedback: &Feedback,
) -> Result<Allocation, Cancelled> {
    let solve = |sources: &[Source], served: &[u64]| -> Result<Solution, Cancelled> {
        let capacity: Vec<u64> = sources.iter().map(|source| source.capacity).collect();
        let mut cells = Vec::with_capacity(served.len() * capacity.len());
        for place in 0..served.len() {
            cells.extend(sources.iter().map(|source| {
                let eta = depots.drive_s(source.depot, place).map(|s| eta_s(times, source, s));
                eta.filter(|eta| deadline_s.is_none_or(|deadline| *eta <= deadline))
                    .unwrap_or(CostMatrix::FORBIDDEN)
            }));
        }
        let costs = CostMatrix::new(capacity.len(), cells).unwrap_or_default();
        Transport::new(served, &capacity, &costs).solve(feedback)
    };
    let mut served = demand.to_vec();
    let mut alone: Vec<(u64, usize)> = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        alone.push((solve(item, demand)?.assigned, at));
    }
    alone.sort_unstable();
    for (_, at) in &alone {
        let found = solve(&items[*at], &served)?;
        for (own, left) in served.iter_mut().zip(&found.unassigned) {
            *own -= (*left).min(*own);
        }
    }
    let most = alone.first().map_or(0, |(people, _)| *people);
    let mut out = Allocation { optimal: served.iter().sum::<u64>() == most, ..Default::default() };
    for (item, own) in items.iter_mut().enumerate() {
        for flow in solve(own, &served)?.flows {
            let source = &mut own[flow.shelter];
            source.capacity -= flow.people.min(source.capacity);
            out.flows.push(ItemFlow {
                item,
                depot: source.depot,
                activation_s: source.activation_s,
                place: flow.settlement,
                people: flow.people,
            });
        }
    }
    out.served = served;
    Ok(out)
}

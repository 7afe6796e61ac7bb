//! Trucks: what travels together, how many it takes, when each leaves and arrives.

use std::collections::BTreeMap;

use super::allocate::ItemFlow;
use super::depot::Depots;
use super::milli::Milli;
use super::table::{Issue, ReliefTable};

/// Goods that travel from one depot to one place, with their times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Load {
    pub(super) depot: usize,
    pub(super) place: usize,
    activation_s: u32,
    /// Position of the item, people it is for.
    pub(super) people: Vec<(usize, u64)>,
    pub(super) weight_g: u64,
    pub(super) volume_cm3: u64,
    pub(super) trucks: u64,
    pub(super) drive_s: u32,
    /// When the last truck leaves.
    pub(super) departs_s: u32,
    pub(super) eta_s: u32,
    pub(super) eta_p90_s: u32,
}

impl Load {
    /// People whom the goods of an item are for.
    pub(super) fn people_of(&self, item: usize) -> u64 {
        self.people.iter().filter(|(own, _)| *own == item).map(|(_, people)| people).sum()
    }

    /// How much of an item.
    pub(super) fn goods<'a>(
        &'a self,
        issues: &'a [Issue],
    ) -> impl Iterator<Item = (Issue, Milli, u64)> + 'a {
        self.people.iter().filter_map(|(item, people)| {
            let issue = *issues.get(*item)?;
            Some((issue, issue.quantity(*people), *people))
        })
    }
}

/// Puts flows on trucks. In each depot so many trucks are loaded at a time, those first that are
/// ready first, of these those that drive longest.
pub(super) fn loads(
    flows: impl Iterator<Item = ItemFlow>,
    issues: &[Issue],
    depots: &Depots,
    table: &ReliefTable,
    p90: f64,
) -> Vec<Load> {
    let mut together: BTreeMap<(usize, u32, usize), BTreeMap<usize, u64>> = BTreeMap::new();
    for flow in flows {
        let key = (flow.depot, flow.activation_s, flow.place);
        *together.entry(key).or_default().entry(flow.item).or_default() += flow.people;
    }
    let mut out: Vec<Load> = Vec::with_capacity(together.len());
    for ((depot, activation_s, place), people) in together {
        let Some(drive_s) = depots.drive_s(depot, place) else { continue };
        let people = people.into_iter().collect();
        let mut load = Load {
            depot,
            place,
            activation_s,
            people,
            weight_g: 0,
            volume_cm3: 0,
            trucks: 0,
            drive_s,
            departs_s: 0,
            eta_s: 0,
            eta_p90_s: 0,
        };
        let (weight_g, volume_cm3) = load.goods(issues).fold((0, 0), |(g, cm3), (issue, n, _)| {
            (g + issue.item.weight_g(n), cm3 + issue.item.volume_cm3(n))
        });
        let by_weight = weight_g.div_ceil(table.truck.payload_kg.max(1) * 1000);
        let by_volume = volume_cm3.div_ceil(table.truck.volume_m3.max(1) * 1_000_000);
        load.trucks = by_weight.max(by_volume).max(1);
        (load.weight_g, load.volume_cm3) = (weight_g, volume_cm3);
        out.push(load);
    }
    out.sort_by_key(|load| {
        (load.depot, load.activation_s, std::cmp::Reverse(load.drive_s), load.place)
    });
    let times = &table.time;
    let minutes = |min: u32| min.saturating_mul(60);
    let mut bays: Vec<u32> = Vec::new();
    let mut depot = None;
    for load in &mut out {
        if depot != Some(load.depot) {
            depot = Some(load.depot);
            bays = vec![0; times.bays.max(1) as usize];
        }
        let ready = minutes(times.prepare_min).saturating_add(load.activation_s);
        for _ in 0..load.trucks {
            // The first of those that are free soonest.
            let Some(bay) = bays.iter_mut().min_by_key(|free| **free) else { break };
            *bay = (*bay).max(ready).saturating_add(minutes(times.load_min));
            load.departs_s = load.departs_s.max(*bay);
        }
        let after = minutes(times.unload_min).saturating_add(minutes(times.distribute_min));
        let arrives = |drive: u32| load.departs_s.saturating_add(drive).saturating_add(after);
        load.eta_s = arrives(load.drive_s);
        load.eta_p90_s = arrives((f64::from(load.drive_s) * p90.max(1.0)).round() as u32);
    }
    out.sort_by_key(|load| (load.place, load.depot, load.activation_s));
    out
}

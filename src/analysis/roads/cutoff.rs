//! Cut-off analysis (孤岛分析): which villages lose every road, which bridge would cut off more, and in
//! which order reopening roads brings back most people soonest.

use std::collections::{BTreeMap, BTreeSet};

use super::coverage::settlements;
use super::travel::Trips;
use crate::base::{Cancelled, Feedback, Id, Persons};
use crate::county::County;
use crate::model::Kind;
use crate::network::{Direction, Metric, NEVER, Place};
use crate::spatial::middle;

/// Stretches of edges in millimetres from their first corner.
type Stretches = Vec<(u32, [u32; 2])>;

/// Up to so many barriers every order of reopening is compared.
const ORDERS: usize = 12;

/// A settlement without a way in.
#[derive(Clone, Debug, PartialEq)]
pub struct CutSettlement {
    /// Which one.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Residents; `None` = no data.
    pub people: Option<Persons>,
    /// Teams that are inside with it.
    pub teams: Vec<Id>,
    /// Even with every road open there is no way in.
    pub always: bool,
}

/// Who is cut off from where most people live.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CutOff {
    /// Settlements, most people first, ties by id.
    pub settlements: Vec<CutSettlement>,
    /// Their residents.
    pub people: Persons,
    /// Residents of all settlements.
    pub of_people: Persons,
}

/// What losing one more bridge or road would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Loss {
    /// The bridge.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Settlements newly cut off, most people first.
    pub settlements: Vec<Id>,
    /// Their residents.
    pub people: Persons,
}

/// One step of an order of reopening.
#[derive(Clone, Debug, PartialEq)]
pub struct Reopening {
    /// Position of the barrier.
    pub barrier: usize,
    /// People who have a road again after this step and had none before.
    pub regained: Persons,
    /// The order is proven best; false where there are too many barriers to compare all orders.
    pub proven: bool,
}

/// The net as seen from where most people live.
struct View<'a> {
    trips: &'a Trips<'a>,
    villages: Vec<(Id, String, Option<Persons>, Option<Place>)>,
}

impl<'a> View<'a> {
    fn new(county: &County, trips: &'a Trips<'a>) -> Self {
        // Entered as if nothing were closed: a closed road is still where a village lies.
        let open = trips.unbarred();
        let villages: Vec<_> = settlements(county, trips)
            .into_iter()
            .zip(county.features(Kind::Settlement))
            .map(|((village, _), row)| {
                let at = row.geometry.as_ref().and_then(middle);
                let place = at.and_then(|at| trips.net.enter(&open, at));
                (village.id, village.name, village.people, place)
            })
            .collect();
        Self { trips, villages }
    }

    /// For each village whether it belongs to that part of the net where most people live.
    fn main_part(&self, metric: &Metric) -> Vec<bool> {
        let mut left: BTreeSet<usize> = (0..self.villages.len()).collect();
        let mut best: Option<(Persons, Vec<bool>)> = None;
        while let Some(first) = left.pop_first() {
            let Some(place) = self.villages[first].3 else { continue };
            let inside = self.reached(metric, &place);
            left.retain(|n| !inside[*n]);
            let people = self.people(&inside);
            if best.as_ref().is_none_or(|(most, _)| people > *most) {
                best = Some((people, inside));
            }
        }
        best.map_or_else(|| vec![false; self.villages.len()], |(_, inside)| inside)
    }

    /// For each village whether there is a way to it from a place.
    fn reached(&self, metric: &Metric, from: &Place) -> Vec<bool> {
        let search = self.trips.search(metric, &[*from], Direction::From);
        let graph = &self.trips.net.graph;
        let reached = |place: &Place| search.time_at(graph, metric, place) != NEVER;
        self.villages.iter().map(|(.., place)| place.is_some_and(|place| reached(&place))).collect()
    }

    fn people(&self, reached: &[bool]) -> Persons {
        let villages = self.villages.iter().zip(reached).filter(|(_, reached)| **reached);
        villages.filter_map(|((_, _, people, _), _)| *people).sum()
    }
}

/// The settlements that cannot be reached now, with the teams that are inside with them.
pub fn cut_off(
    county: &County,
    trips: &Trips<'_>,
    feedback: &Feedback,
) -> Result<CutOff, Cancelled> {
    feedback.check()?;
    let view = View::new(county, trips);
    let graph = &trips.net.graph;
    let reached = view.main_part(&trips.metric);
    let open = trips.unbarred();
    let usually = view.main_part(&open);
    let teams: Vec<(Id, Place)> = county
        .features(Kind::Station)
        .iter()
        .filter_map(|row| {
            let at = row.geometry.as_ref().and_then(middle)?;
            Some((row.id, trips.net.enter(&open, at)?))
        })
        .collect();
    let mut out = CutOff::default();
    for (n, (id, name, people, place)) in view.villages.iter().enumerate() {
        out.of_people += people.unwrap_or_default();
        if reached[n] {
            continue;
        }
        feedback.check()?;
        let inside = place.map(|place| trips.search(&trips.metric, &[place], Direction::To));
        let near = |(team, at): &(Id, Place)| {
            let search = inside.as_ref()?;
            (search.time_at(graph, &trips.metric, at) != NEVER).then_some(*team)
        };
        out.people += people.unwrap_or_default();
        out.settlements.push(CutSettlement {
            id: *id,
            name: name.clone(),
            people: *people,
            teams: teams.iter().filter_map(near).collect(),
            always: !usually[n],
        });
    }
    out.settlements.sort_by_key(|village| (std::cmp::Reverse(village.people), village.id));
    Ok(out)
}

/// What the loss of each bridge of the county would do, on top of what is closed already (N−1); those that
/// cut off most people first, bridges that cut off nobody left out.
pub fn losses(
    county: &County,
    trips: &Trips<'_>,
    feedback: &Feedback,
) -> Result<Vec<Loss>, Cancelled> {
    let view = View::new(county, trips);
    let graph = &trips.net.graph;
    let before = view.main_part(&trips.metric);
    let mut edges_of: BTreeMap<Id, (String, Stretches)> = BTreeMap::new();
    for row in county.features(Kind::Bridge) {
        let shape = row.geometry.clone();
        let barrier = crate::network::Barrier {
            id: Some(row.id),
            name: row.name.clone(),
            shape,
            roads: Vec::new(),
            factor: 0.0,
            depth_m: None,
        };
        let stretches = barrier.stretches(graph, trips.net.locator());
        edges_of.insert(row.id, (row.name.clone(), stretches));
    }
    let mut metric = Metric::clone(&trips.metric);
    let mut out = Vec::new();
    let total = edges_of.len() as u64;
    for (number, (id, (name, edges))) in (0_u64..).zip(edges_of) {
        feedback.check()?;
        feedback.report(number, total);
        let arcs: Vec<usize> = edges
            .iter()
            .flat_map(|(edge, _)| [edge * 2, edge * 2 + 1])
            .flat_map(|way| graph.arcs_of(way).map(|(_, arc)| arc as usize).collect::<Vec<_>>())
            .collect();
        let usual: Vec<u32> = arcs.iter().map(|arc| metric.arc[*arc]).collect();
        arcs.iter().for_each(|arc| metric.arc[*arc] = NEVER);
        // A village beyond the bridge may lie on the same edge: nobody gets along it either.
        let barred = metric.blocked.clone();
        metric.blocked.extend(edges.iter().map(|(edge, stretch)| (*edge, *stretch, u32::MAX)));
        metric.blocked.sort_unstable();
        let after = view.main_part(&metric);
        metric.blocked = barred;
        arcs.iter().zip(usual).for_each(|(arc, ms)| metric.arc[*arc] = ms);
        let mut lost: Vec<(std::cmp::Reverse<Option<Persons>>, Id)> = Vec::new();
        let mut people = Persons::ZERO;
        for (n, (village, _, residents, _)) in view.villages.iter().enumerate() {
            if before[n] && !after[n] {
                people += residents.unwrap_or_default();
                lost.push((std::cmp::Reverse(*residents), *village));
            }
        }
        lost.sort_unstable();
        if !lost.is_empty() {
            let settlements = lost.into_iter().map(|(_, id)| id).collect();
            out.push(Loss { id, name, settlements, people });
        }
    }
    out.sort_by_key(|loss| (std::cmp::Reverse(loss.people), loss.id));
    Ok(out)
}

/// The order in which lifting the barriers brings back most people soonest (抢通顺序): the sum of the
/// people connected after each step is greatest. Barriers that cut off nobody come last.
pub fn reopening(
    county: &County,
    trips: &Trips<'_>,
    feedback: &Feedback,
) -> Result<Vec<Reopening>, Cancelled> {
    let view = View::new(county, trips);
    let all = trips.barriers.len();
    let connected = |open: &BTreeSet<usize>| {
        let left: Vec<_> =
            (0..all).filter(|n| !open.contains(n)).map(|n| trips.barriers[n].clone()).collect();
        let metric = trips.net.metric(trips.table, trips.vehicle, trips.conditions, &left);
        view.people(&view.main_part(&metric))
    };
    let mut order: Vec<usize> = Vec::new();
    let proven = all <= ORDERS;
    if proven {
        order = best_order(all, &connected, feedback)?;
    } else {
        let mut open = BTreeSet::new();
        while order.len() < all {
            let mut best: Option<(Persons, usize)> = None;
            for next in (0..all).filter(|n| !open.contains(n)) {
                feedback.check()?;
                let mut with = open.clone();
                with.insert(next);
                let people = connected(&with);
                if best.is_none_or(|(most, _)| people > most) {
                    best = Some((people, next));
                }
            }
            let Some((_, next)) = best else { break };
            open.insert(next);
            order.push(next);
        }
    }
    let mut open = BTreeSet::new();
    let mut before = connected(&open);
    let mut out = Vec::new();
    for barrier in order {
        open.insert(barrier);
        let now = connected(&open);
        out.push(Reopening { barrier, regained: now.saturating_sub(before), proven });
        before = now;
    }
    Ok(out)
}

/// The best order by dynamic programming over the sets of barriers that are lifted; ties to the
/// barrier that comes first.
fn best_order(
    all: usize,
    connected: &dyn Fn(&BTreeSet<usize>) -> Persons,
    feedback: &Feedback,
) -> Result<Vec<usize>, Cancelled> {
    let sets = 1_usize << all;
    let mut people = vec![0_u64; sets];
    for (set, people) in people.iter_mut().enumerate() {
        feedback.check()?;
        feedback.report(set as u64, sets as u64);
        *people = connected(&(0..all).filter(|n| set & (1 << n) != 0).collect()).0;
    }
    // The most that can still be gathered from a set on, and what to lift next.
    let mut best = vec![(0_u64, all); sets];
    for set in (0..sets.saturating_sub(1)).rev() {
        for next in (0..all).filter(|n| set & (1 << n) == 0) {
            let with = set | (1 << next);
            let sum = people[with].saturating_add(best[with].0);
            if best[set].1 == all || sum > best[set].0 {
                best[set] = (sum, next);
            }
        }
    }
    let mut order = Vec::new();
    let mut set = 0;
    while set + 1 < sets {
        let next = best[set].1;
        order.push(next);
        set |= 1 << next;
    }
    Ok(order)
}

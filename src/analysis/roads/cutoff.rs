//! Cut-off analysis (孤岛分析): which villages lose every road, and in which order reopening roads brings
//! back most people soonest.

use std::collections::{BTreeMap, BTreeSet};

use super::coverage::settlements;
use super::travel::Trips;
use crate::base::{Cancelled, Feedback, Id, Persons};
use crate::county::County;
use crate::model::Kind;
use crate::network::{Direction, Metric, NEVER, Place, Search};
use crate::spatial::middle;

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
pub(super) struct View<'a> {
    trips: &'a Trips<'a>,
    villages: Vec<(Id, String, Option<Persons>, Option<Place>)>,
}

impl<'a> View<'a> {
    pub(super) fn new(county: &County, trips: &'a Trips<'a>) -> Self {
        // Entered as if nothing were closed: a closed road is still where a village lies.
        let open = trips.unbarred();
        let villages: Vec<_> = settlements(county, trips)
            .into_iter()
            .zip(county.features(Kind::Settlement))
            .map(|((village, _), row)| {
                let at = row.geometry.as_ref().and_then(middle);
                let place = at.and_then(|at| trips.net.enter(open, at));
                (village.id, village.name, village.people, place)
            })
            .collect();
        Self { trips, villages }
    }

    /// For each village whether it belongs to that part of the net where most people live.
    pub(super) fn main_part(&self, metric: &Metric) -> Vec<bool> {
        let main = self.main_start(metric);
        main.map_or_else(|| vec![false; self.villages.len()], |(_, inside)| inside)
    }

    /// The same with a place in that part; `None` if no village lies on a road.
    pub(super) fn main_start(&self, metric: &Metric) -> Option<(Place, Vec<bool>)> {
        let mut left: BTreeSet<usize> = (0..self.villages.len()).collect();
        let mut best: Option<(Persons, Place, Vec<bool>)> = None;
        while let Some(first) = left.pop_first() {
            let Some(place) = self.villages[first].3 else { continue };
            let search = self.trips.search(metric, &[place], Direction::From);
            let inside = self.reached_by(&search, metric);
            left.retain(|n| !inside[*n]);
            let people = self.people(&inside);
            if best.as_ref().is_none_or(|(most, ..)| people > *most) {
                best = Some((people, place, inside));
            }
        }
        best.map(|(_, place, inside)| (place, inside))
    }

    /// For each village whether a search came to it.
    pub(super) fn reached_by(&self, search: &Search, metric: &Metric) -> Vec<bool> {
        let graph = &self.trips.net.graph;
        let reached = |place: &Place| search.time_at(graph, metric, place) != NEVER;
        self.places().map(|place| place.is_some_and(|place| reached(&place))).collect()
    }

    pub(super) fn people(&self, reached: &[bool]) -> Persons {
        let villages = self.residents().zip(reached).filter(|(_, reached)| **reached);
        villages.filter_map(|((_, people), _)| people).sum()
    }

    /// Where each village lies on the net.
    pub(super) fn places(&self) -> impl Iterator<Item = Option<Place>> {
        self.villages.iter().map(|(.., place)| *place)
    }

    /// The villages and their residents.
    pub(super) fn residents(&self) -> impl Iterator<Item = (Id, Option<Persons>)> {
        self.villages.iter().map(|(id, _, people, _)| (*id, *people))
    }

    /// The villages on each edge.
    pub(super) fn by_edge(&self) -> BTreeMap<u32, Vec<usize>> {
        let mut out: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (n, place) in self.places().enumerate() {
            if let Some(place) = place {
                out.entry(place.edge).or_default().push(n);
            }
        }
        out
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
    let usually = view.main_part(open);
    let teams: Vec<(Id, Place)> = county
        .features(Kind::Station)
        .iter()
        .filter_map(|row| {
            let at = row.geometry.as_ref().and_then(middle)?;
            Some((row.id, trips.net.enter(open, at)?))
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
        let metric = trips.with_barriers(left).metric;
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

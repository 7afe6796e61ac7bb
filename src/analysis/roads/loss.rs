//! N−1: what the loss of one more bridge, or of one more stretch of road, would do.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use geo_types::Coord;

use super::cutoff::View;
use super::travel::Trips;
use crate::base::{Cancelled, Feedback, Id, Persons};
use crate::county::County;
use crate::model::Kind;
use crate::network::{Barrier, Direction, Metric, NEVER, Place, Search};

/// Stretches of edges in millimetres from their first corner.
type Stretches = Vec<(u32, [u32; 2])>;

/// What losing one more bridge or stretch of road would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Loss {
    /// A bridge or a road.
    pub kind: Kind,
    /// Which one.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Where: the middle of the stretch; `None` for a bridge, which has a place of its own.
    pub at: Option<Coord<f64>>,
    /// Settlements newly cut off, most people first.
    pub settlements: Vec<Id>,
    /// Their residents.
    pub people: Persons,
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
        let barrier = Barrier {
            id: Some(row.id),
            name: row.name.clone(),
            shape: row.geometry.clone(),
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
        let usual = close(&mut metric, trips, edges.iter().map(|(edge, _)| *edge));
        // A village beyond the bridge may lie on the same edge: nobody gets along it either.
        let barred = metric.blocked.clone();
        metric.blocked.extend(edges.iter().map(|(edge, stretch)| (*edge, *stretch, u32::MAX)));
        metric.blocked.sort_unstable();
        let after = view.main_part(&metric);
        metric.blocked = barred;
        reopen(&mut metric, usual);
        let (settlements, people) = lost(&view, &before, |n| !after[n]);
        if !settlements.is_empty() {
            out.push(Loss { kind: Kind::Bridge, id, name, at: None, settlements, people });
        }
    }
    sort(&mut out);
    Ok(out)
}

/// What the loss of each stretch of road between two junctions would do, on top of what is closed
/// already (N−1); those that cut off most people first, stretches that cut off nobody left out. Stretches
/// of one road that cut off the same settlements count once. A village on the stretch itself is cut off
/// if there is a place on it whose loss leaves it no way.
pub fn road_losses(
    county: &County,
    trips: &Trips<'_>,
    feedback: &Feedback,
) -> Result<Vec<Loss>, Cancelled> {
    let view = View::new(county, trips);
    let graph = &trips.net.graph;
    let Some((start, before)) = view.main_start(&trips.metric) else { return Ok(Vec::new()) };
    let half = Persons(view.people(&before).0 / 2);
    let on_edge = view.by_edge();
    let places: Vec<_> = view.places().collect();
    let mut metric = Metric::clone(&trips.metric);
    let mut search = Search::new(graph);
    // A stretch that no quickest way passes can be lost: those ways are still there.
    let mut passed: BTreeSet<u32> = on_edge.keys().copied().collect();
    search.run(graph, &metric, &[start], Direction::From, NEVER, |_, _| true);
    for place in view.places().flatten() {
        if let Some(path) = search.path(graph, &metric, &place) {
            passed.extend(path.ways.iter().map(|way| way / 2));
        }
    }
    passed.retain(|edge| graph.edges[*edge as usize].gate.is_none());
    let mut groups: BTreeMap<(u32, Vec<Id>), (Persons, Vec<u32>)> = BTreeMap::new();
    let total = passed.len() as u64;
    for (number, edge) in (0_u64..).zip(passed) {
        feedback.check()?;
        feedback.report(number, total);
        let usual = close(&mut metric, trips, std::iter::once(edge));
        search.run(graph, &metric, &[start], Direction::From, NEVER, |_, _| true);
        let mut after = view.reached_by(&search, &metric);
        if view.people(&after) <= half {
            // Perhaps most people are now on the other side.
            after = view.main_part(&metric);
        }
        for n in on_edge.get(&edge).into_iter().flatten() {
            after[*n] = is_reached_past_any_gap(trips, &metric, &search, places[*n]);
        }
        reopen(&mut metric, usual);
        let (settlements, people) = lost(&view, &before, |n| !after[n]);
        if !settlements.is_empty() {
            let row = graph.edges[edge as usize].row;
            let group = groups.entry((row, settlements)).or_insert_with(|| (people, Vec::new()));
            group.1.push(edge);
        }
    }
    let roads = county.features(Kind::Road);
    let mut out: Vec<Loss> = groups
        .into_iter()
        .filter_map(|((row, settlements), (people, edges))| {
            let road = roads.get(row as usize)?;
            let edge = edges[edges.len() / 2];
            let middle = graph.edges[edge as usize].length_mm / 2;
            let at = Some(Place::point_at(graph, edge, middle).0);
            let (kind, name) = (Kind::Road, road.name.clone());
            Some(Loss { kind, id: road.id, name, at, settlements, people })
        })
        .collect();
    sort(&mut out);
    Ok(out)
}

/// Closes edges for those who pass them; returns what [`reopen`] needs.
fn close(
    metric: &mut Metric,
    trips: &Trips<'_>,
    edges: impl Iterator<Item = u32>,
) -> Vec<(u32, u32)> {
    let ways = edges.flat_map(|edge| [edge * 2, edge * 2 + 1]);
    let mut usual = Vec::new();
    for (_, arc) in ways.flat_map(|way| trips.net.graph.arcs_of(way)) {
        let ms = std::mem::replace(&mut metric.arc[arc as usize], NEVER);
        usual.push((arc, ms));
    }
    usual
}

fn reopen(metric: &mut Metric, usual: Vec<(u32, u32)>) {
    // The last first: an edge that was closed twice gets its first times.
    for (arc, ms) in usual.into_iter().rev() {
        metric.arc[arc as usize] = ms;
    }
}

/// Whether one comes to a place wherever its edge has a gap: at its own end if it lies there, else from
/// both ends.
fn is_reached_past_any_gap(
    trips: &Trips<'_>,
    metric: &Metric,
    search: &Search,
    place: Option<Place>,
) -> bool {
    let Some(place) = place else { return false };
    let graph = &trips.net.graph;
    let edge = &graph.edges[place.edge as usize];
    let comes_to =
        |end: usize| graph.with_copies(edge.nodes[end]).any(|node| search.time(node) != NEVER);
    let comes_by = |end: usize| {
        let way = place.edge as usize * 2 + end;
        metric.way[way] != NEVER && metric.blocked_on(place.edge).is_empty() && comes_to(end)
    };
    match place.offset_mm {
        0 => comes_to(0),
        mm if mm == edge.length_mm => comes_to(1),
        _ => comes_by(0) && comes_by(1),
    }
}

/// Who was reached before and is lost, most people first, and their residents.
fn lost(view: &View<'_>, before: &[bool], is_lost: impl Fn(usize) -> bool) -> (Vec<Id>, Persons) {
    let mut lost: Vec<(Reverse<Option<Persons>>, Id)> = Vec::new();
    let mut people = Persons::ZERO;
    for (n, (id, residents)) in view.residents().enumerate() {
        if before[n] && is_lost(n) {
            people += residents.unwrap_or_default();
            lost.push((Reverse(residents), id));
        }
    }
    lost.sort_unstable();
    (lost.into_iter().map(|(_, id)| id).collect(), people)
}

fn sort(losses: &mut [Loss]) {
    losses.sort_by(|a, b| {
        let order = |loss: &Loss| (Reverse(loss.people), loss.id);
        let place = |loss: &Loss| loss.at.map_or([0.0; 2], |at| [at.x, at.y]);
        order(a).cmp(&order(b)).then_with(|| {
            let ([ax, ay], [bx, by]) = (place(a), place(b));
            ax.total_cmp(&bx).then(ay.total_cmp(&by))
        })
    });
}

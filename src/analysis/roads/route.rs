//! Route: the quickest way, and others that really differ.

use std::collections::BTreeSet;

use geo_types::Coord;

use super::step::{Step, steps};
use super::travel::{FAR_M, Trips, seconds};
use crate::base::{Cancelled, Feedback, Metres};
use crate::county::County;
use crate::network::{Direction, Metric, NEVER, Path, Place};

/// Roads of ways found so far count as so much longer when another is looked for.
const PENALTY: f64 = 1.6;
/// An alternative may take so much longer than the quickest way.
const DETOUR: f64 = 1.6;
/// An alternative shares at most so much of its length with a way found before.
const SHARED: f64 = 0.6;

/// One way.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// By road, in metres.
    pub distance: Metres,
    /// P50 in seconds.
    pub travel_s: u32,
    /// P90 in seconds.
    pub travel_p90_s: u32,
    /// Its line in degrees.
    pub line: Vec<Coord<f64>>,
    /// The turn list.
    pub steps: Vec<Step>,
}

/// The answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Routes {
    /// The quickest first; empty if there is no way.
    pub routes: Vec<Route>,
    /// Positions of the barriers that the quickest way would run into if nobody had told it.
    pub avoided: Vec<usize>,
    /// How far the ends are from the nearest road, if that is worth telling.
    pub far_from_road: [Option<Metres>; 2],
}

/// The quickest way between two places, and up to `others` that really differ.
pub fn route(
    county: &County,
    trips: &Trips<'_>,
    from: Coord<f64>,
    to: Coord<f64>,
    others: usize,
    feedback: &Feedback,
) -> Result<Routes, Cancelled> {
    let mut out = Routes::default();
    let Some((start, end, quickest)) = quickest(trips, from, to) else { return Ok(out) };
    out.far_from_road = [start, end].map(|end| Some(end.off).filter(|off| off.0 > FAR_M));
    let graph = &trips.net.graph;
    let mut found: Vec<(Path, u32)> = Vec::new();
    found.extend(quickest.map(|path| {
        let ms = path.ms;
        (path, ms)
    }));
    if let (Some((first, _)), true) = (found.first(), others > 0) {
        let mut metric = Metric::clone(&trips.metric);
        penalise(trips, &mut metric, first);
        // Some tries give a way that is known already.
        for _ in 0..others * 3 {
            feedback.check()?;
            if found.len() > others {
                break;
            }
            let search = trips.search(&metric, &[start], Direction::From);
            let Some(path) = search.path(graph, &metric, &end) else { break };
            let ms = time_of(trips, &path);
            penalise(trips, &mut metric, &path);
            if differs(trips, &path, ms, &found) {
                found.push((path, ms));
            }
        }
    }
    if let [_, others @ ..] = &mut found[..] {
        others.sort_by_key(|(_, ms)| *ms);
    }
    for (path, ms) in &found {
        let p90 = f64::from(*ms) * trips.table.p90();
        out.routes.push(Route {
            distance: Metres(path.length_m(graph)),
            travel_s: seconds(*ms),
            travel_p90_s: seconds(p90.round() as u32),
            line: path.line(graph),
            steps: steps(county, trips.net, path),
        });
    }
    if !trips.barriers.is_empty() {
        let open = trips.unbarred();
        let search = trips.search(open, &[start], Direction::From);
        if let Some(path) = search.path(graph, open, &end) {
            out.avoided = trips.barriers_on(&path);
        }
    }
    Ok(out)
}

/// Where the journey enters and leaves the net, and the quickest way between. That is from the very
/// nearest road to the very nearest road if there is a way between them: a small piece of the net will do
/// for a journey within it, and a one-way road for one in its direction.
fn quickest(
    trips: &Trips<'_>,
    from: Coord<f64>,
    to: Coord<f64>,
) -> Option<(Place, Place, Option<Path>)> {
    let nearest = |at| trips.net.nearest_usable(&trips.metric, at);
    let (start, end) = (nearest(from)?, nearest(to)?);
    if let Some(path) = trips.path(&start, &end) {
        return Some((start, end, Some(path)));
    }
    let start = trips.enter_for(from, Direction::From)?;
    let end = trips.enter_for(to, Direction::To)?;
    let path = trips.path(&start, &end);
    Some((start, end, path))
}

/// Milliseconds of a way that may have been found with other times.
fn time_of(trips: &Trips<'_>, path: &Path) -> u32 {
    let (graph, metric) = (&trips.net.graph, &trips.metric);
    let last = path.ways.len().saturating_sub(1);
    let mut ms = 0_u32;
    for (n, way) in path.ways.iter().enumerate() {
        let edge = &graph.edges[(way / 2) as usize];
        let (begin, finish) = if way % 2 == 0 { (0, edge.length_mm) } else { (edge.length_mm, 0) };
        let from = if n == 0 { path.start.offset_mm } else { begin };
        let to = if n == last { path.end.offset_mm } else { finish };
        ms = ms.saturating_add(metric.between(graph, way / 2, from, to).unwrap_or(NEVER));
        if n < last {
            ms = ms.saturating_add(metric.delay_ms(graph, *way));
        }
    }
    ms
}

/// Makes the roads of a way dearer, in both directions.
fn penalise(trips: &Trips<'_>, metric: &mut Metric, path: &Path) {
    let edges: BTreeSet<u32> = path.ways.iter().map(|way| way / 2).collect();
    let dearer = |ms: u32| if ms == NEVER { ms } else { (f64::from(ms) * PENALTY) as u32 };
    for (arc, way) in trips.net.graph.way.iter().enumerate() {
        if edges.contains(&(way / 2)) {
            metric.arc[arc] = dearer(metric.arc[arc]).min(NEVER);
        }
    }
}

fn differs(trips: &Trips<'_>, path: &Path, ms: u32, found: &[(Path, u32)]) -> bool {
    let Some((_, best)) = found.first() else { return true };
    let length = |way: &u32| u64::from(trips.net.graph.edges[(*way / 2) as usize].length_mm);
    let own: u64 = path.ways.iter().map(length).sum();
    f64::from(ms) <= f64::from(*best) * DETOUR
        && found.iter().all(|(other, _)| {
            let edges: BTreeSet<u32> = other.ways.iter().map(|way| way / 2).collect();
            let shared = path.ways.iter().filter(|way| edges.contains(&(*way / 2)));
            shared.map(length).sum::<u64>() as f64 <= own as f64 * SHARED
        })
}

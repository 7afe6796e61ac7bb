//! Travel times between many places.

use geo_types::Coord;

use super::travel::{Trips, seconds};
use crate::analysis::CostMatrix;
use crate::base::{Cancelled, Feedback};
use crate::network::{Direction, NEVER, Search};

/// From so many places on it pays to make a hierarchy, and with its order known from so many.
const MANY: usize = 256;
const SOME: usize = 16;

/// Seconds from each place of the first list to each of the second; `None` where there is no way.
pub fn matrix(
    trips: &Trips<'_>,
    from: &[Coord<f64>],
    to: &[Coord<f64>],
    feedback: &Feedback,
) -> Result<Vec<Vec<Option<u32>>>, Cancelled> {
    let graph = &trips.net.graph;
    let sources: Vec<_> = from.iter().map(|at| trips.enter_for(*at, Direction::From)).collect();
    let targets: Vec<_> = to.iter().map(|at| trips.enter_for(*at, Direction::To)).collect();
    let told = |ms: u32| (ms != NEVER).then(|| seconds(ms));
    let pays = hierarchy_pays(trips, from.len());
    feedback.check()?;
    if let Some((hierarchy, customised)) = trips.customised().filter(|_| pays) {
        let times = hierarchy.matrix(customised, graph, &trips.metric, &sources, &targets);
        let rows = times.chunks(to.len().max(1));
        return Ok(rows.map(|row| row.iter().map(|ms| told(*ms)).collect()).collect());
    }
    let mut search = Search::new(graph);
    let mut rows = Vec::with_capacity(from.len());
    for start in sources {
        feedback.check()?;
        let Some(start) = start else {
            rows.push(vec![None; to.len()]);
            continue;
        };
        search.run(graph, &trips.metric, &[start], Direction::From, NEVER, |_, _| true);
        let time = |place: &Option<_>| {
            place.as_ref().and_then(|place| told(search.time_at(graph, &trips.metric, place)))
        };
        rows.push(targets.iter().map(time).collect());
    }
    Ok(rows)
}

/// Whether times from so many places are found sooner by the hierarchy, which is made then.
fn hierarchy_pays(trips: &Trips<'_>, from: usize) -> bool {
    // Ordering a hierarchy takes as long as some hundred searches, customising it as some.
    if from <= if trips.net.has_order() { SOME } else { MANY } {
        return false;
    }
    trips.is_customised() || from > trips.net.hierarchy().customising_in_searches(&trips.net.graph)
}

/// The same as costs of an evacuation, in whole seconds.
pub fn travel_costs(
    trips: &Trips<'_>,
    from: &[Coord<f64>],
    to: &[Coord<f64>],
    feedback: &Feedback,
) -> Result<CostMatrix, Cancelled> {
    let rows = matrix(trips, from, to, feedback)?;
    let cells = rows.into_iter().flatten().map(|s| s.unwrap_or(CostMatrix::FORBIDDEN)).collect();
    Ok(CostMatrix::new(to.len(), cells).unwrap_or_default())
}

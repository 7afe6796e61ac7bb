//! Service area (可达范围): how far one gets in some minutes. Roads are cut exactly where the minutes run
//! out; the polygon is what lies nearer to a stretch that is reached than to one that is not.

use geo::BoundingRect;
use geo_types::{Coord, LineString, MultiLineString, MultiPolygon};

use super::travel::Trips;
use crate::base::{Cancelled, Feedback};
use crate::network::{Direction, Graph, NEVER, Place, Search};
use crate::spatial::{joined as joined_extent, nearer};

/// What is reached within some minutes.
#[derive(Clone, Debug, PartialEq)]
pub struct ReachBand {
    /// The minutes.
    pub minutes: u32,
    /// The stretches of road, cut where the time runs out.
    pub roads: MultiLineString<f64>,
    /// The area around them that is not nearer to a road of the vehicle that is not reached.
    pub area: MultiPolygon<f64>,
}

/// How far one gets from a place, for each number of minutes in the order given. No road near: no
/// bands with anything in them.
pub fn reach(
    trips: &Trips<'_>,
    from: Coord<f64>,
    minutes: &[u32],
    feedback: &Feedback,
) -> Result<Vec<ReachBand>, Cancelled> {
    let mut out = Vec::new();
    let Some(start) = trips.enter_for(from, Direction::From) else { return Ok(out) };
    let limit = |minutes: u32| minutes.saturating_mul(60_000).min(NEVER - 1);
    let most = minutes.iter().map(|minutes| limit(*minutes)).max().unwrap_or(0);
    let mut search = Search::new(&trips.net.graph);
    search.run(&trips.net.graph, &trips.metric, &[start], Direction::From, most, |_, _| true);
    for minutes in minutes {
        feedback.check()?;
        let (reached, missed) =
            stretches(trips, &start, &|node| search.time(node), limit(*minutes));
        let area = nearer(&reached, &missed);
        out.push(ReachBand { minutes: *minutes, roads: MultiLineString::new(reached), area });
    }
    Ok(out)
}

/// The stretches of the vehicle's roads that are reached in time, and those that are not.
fn stretches(
    trips: &Trips<'_>,
    start: &Place,
    reached: &dyn Fn(u32) -> u32,
    most: u32,
) -> (Vec<LineString<f64>>, Vec<LineString<f64>>) {
    let (graph, metric) = (&trips.net.graph, &trips.metric);
    let mut in_time: Vec<LineString<f64>> = Vec::new();
    let mut late: Vec<(u32, [u32; 2])> = Vec::new();
    for (number, edge) in (0_u32..).zip(&graph.edges) {
        let ways = &metric.way[number as usize * 2..number as usize * 2 + 2];
        if edge.gate.is_some() || ways == [NEVER; 2] {
            continue;
        }
        let length = edge.length_mm;
        // From each end as far as the time and what stands in the way allow.
        let far = |backward: u32| {
            let way = number * 2 + backward;
            let whole = metric.way[way as usize];
            if whole == NEVER {
                return 0;
            }
            let tails = graph.arcs_of(way).map(|(tail, _)| tail);
            let began = tails.map(reached).min().unwrap_or(NEVER);
            if began > most {
                return 0;
            }
            let left = u64::from(most - began);
            let share = u64::from(length).saturating_mul(left) / u64::from(whole.max(1));
            let mut far = share.min(u64::from(length)) as u32;
            for (_, [a, b], _) in metric.blocked_on(number) {
                far = far.min(if backward == 0 { *a } else { length - b });
            }
            far
        };
        let ends = [far(0), far(1)];
        if ends == [0, 0] && number != start.edge {
            late.push((number, [0, length]));
            continue;
        }
        let mut parts = vec![[0, ends[0]], [length - ends[1], length]];
        if number == start.edge {
            for backward in [0, 1] {
                let whole = u64::from(metric.way[(number * 2 + backward) as usize]);
                if whole == u64::from(NEVER) {
                    continue;
                }
                let far = u64::from(length).saturating_mul(most.into()) / whole.max(1);
                let far = far.min(length.into()) as u32;
                let mut to = if backward == 0 {
                    start.offset_mm.saturating_add(far).min(length)
                } else {
                    start.offset_mm.saturating_sub(far)
                };
                for (_, [a, b], _) in metric.blocked_on(number) {
                    if backward == 0 && *b >= start.offset_mm {
                        to = to.min((*a).max(start.offset_mm));
                    }
                    if backward == 1 && *a <= start.offset_mm {
                        to = to.max((*b).min(start.offset_mm));
                    }
                }
                parts.push([start.offset_mm.min(to), start.offset_mm.max(to)]);
            }
        }
        let mut end = 0;
        for [from, to] in joined(parts) {
            if end < from {
                late.push((number, [end, from]));
            }
            in_time.push(LineString::new(Place::stretch(graph, number, from, to)));
            end = to;
        }
        if end < length {
            late.push((number, [end, length]));
        }
    }
    let late = near(graph, &in_time, &late);
    (in_time, late)
}

/// Those stretches that lie within the extent of some lines and a little around it.
fn near(
    graph: &Graph,
    lines: &[LineString<f64>],
    stretches: &[(u32, [u32; 2])],
) -> Vec<LineString<f64>> {
    let extents = lines.iter().filter_map(BoundingRect::bounding_rect);
    let Some(extent) = extents.reduce(joined_extent) else { return Vec::new() };
    // The area reaches a quarter of a kilometre beyond the lines, or some cells of its picture.
    let beyond = 0.01 + 0.05 * extent.width().max(extent.height());
    let (low, high) = (extent.min(), extent.max());
    let is_near = |(edge, _): &&(u32, [u32; 2])| {
        let line = graph.line(*edge);
        let within = |low: f64, high: f64, of: fn(&Coord<f64>) -> f64| {
            line.iter().any(|at| of(at) >= low - beyond)
                && line.iter().any(|at| of(at) <= high + beyond)
        };
        within(low.x, high.x, |at| at.x) && within(low.y, high.y, |at| at.y)
    };
    let line = |(edge, [from, to]): &(u32, [u32; 2])| {
        LineString::new(Place::stretch(graph, *edge, *from, *to))
    };
    stretches.iter().filter(is_near).map(line).collect()
}

/// Stretches of one edge without those of no length, overlapping ones made one.
fn joined(mut parts: Vec<[u32; 2]>) -> Vec<[u32; 2]> {
    parts.retain(|[from, to]| from < to);
    parts.sort_unstable();
    let mut out: Vec<[u32; 2]> = Vec::new();
    for part in parts {
        match out.last_mut() {
            Some(last) if last[1] >= part[0] => last[1] = last[1].max(part[1]),
            _ => out.push(part),
        }
    }
    out
}

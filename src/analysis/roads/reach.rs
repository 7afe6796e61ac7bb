//! Service area (可达范围): how far one gets in some minutes. Roads are cut exactly where the minutes run
//! out; the polygon lies around them like a cord.

use contour::ContourBuilder;
use geo_types::{Coord, LineString, MultiLineString, MultiPolygon};

use super::travel::Trips;
use crate::base::{Cancelled, Feedback};
use crate::network::{Direction, NEVER, Place};
use crate::spatial::measure::polygon_surface;

/// Cells along the longer side of the picture the polygon is drawn from.
const CELLS: f64 = 400.0;
/// Smallest side of a cell in degrees of latitude, some thirty metres.
const LEAST_CELL: f64 = 0.000_27;
/// The polygon lies so many cells around the roads.
const AROUND: f64 = 1.6;
/// Holes of fewer cells than this are closed.
const LEAST_HOLE: f64 = 60.0;

/// What is reached within some minutes.
#[derive(Clone, Debug, PartialEq)]
pub struct ReachBand {
    /// The minutes.
    pub minutes: u32,
    /// The stretches of road, cut where the time runs out.
    pub roads: MultiLineString<f64>,
    /// The area around them.
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
    let Some(start) = trips.enter(from) else { return Ok(out) };
    let search = trips.search(&trips.metric, &[start], Direction::From);
    let reached = |node: u32| search.time(node);
    for minutes in minutes {
        feedback.check()?;
        let most = minutes.saturating_mul(60_000).min(NEVER - 1);
        let roads = MultiLineString::new(stretches(trips, &start, &reached, most));
        let area = around(&roads);
        out.push(ReachBand { minutes: *minutes, roads, area });
    }
    Ok(out)
}

/// The stretches of all edges that are reached in time.
fn stretches(
    trips: &Trips<'_>,
    start: &Place,
    reached: &dyn Fn(u32) -> u32,
    most: u32,
) -> Vec<LineString<f64>> {
    let (graph, metric) = (&trips.net.graph, &trips.metric);
    let mut out = Vec::new();
    for (number, edge) in (0_u32..).zip(&graph.edges) {
        if edge.gate.is_some() {
            continue;
        }
        let length = edge.length_mm;
        // From each end as far as the time and what stands in the way allow.
        let far = |backward: u32| {
            let way = number * 2 + backward;
            let whole = metric.way[way as usize];
            let tails = graph.with_copies(edge.nodes[backward as usize]);
            let began = tails.map(reached).min().unwrap_or(NEVER);
            if whole == NEVER || began > most {
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
        let mut parts = vec![[0, far(0)], [length - far(1), length]];
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
        for [from, to] in joined(parts) {
            out.push(LineString::new(Place::stretch(graph, number, from, to)));
        }
    }
    out
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

/// The area around some lines.
fn around(lines: &MultiLineString<f64>) -> MultiPolygon<f64> {
    use geo::BoundingRect;
    let none = MultiPolygon::new(Vec::new());
    let Some(extent) = lines.bounding_rect() else { return none };
    // Cells as wide as they are high on the ground.
    let narrow = extent.center().y.to_radians().cos().max(0.01);
    let side = (extent.height().max(extent.width() * narrow) / CELLS).max(LEAST_CELL);
    let (dx, dy) = (side / narrow, side);
    let margin = AROUND.ceil() + 2.0;
    let corner = Coord { x: extent.min().x - margin * dx, y: extent.min().y - margin * dy };
    let columns = (extent.width() / dx + 2.0 * margin).ceil() as usize + 1;
    let rows = (extent.height() / dy + 2.0 * margin).ceil() as usize + 1;
    let mut near = vec![0.0_f64; columns * rows];
    let mut mark = |at: Coord<f64>| {
        let (x, y) = ((at.x - corner.x) / dx, (at.y - corner.y) / dy);
        let reach = AROUND + 1.0;
        for row in (y - reach).ceil() as usize..=(y + reach).floor() as usize {
            for column in (x - reach).ceil() as usize..=(x + reach).floor() as usize {
                let (a, b) = (column as f64 - x, row as f64 - y);
                let value = reach - (a * a + b * b).sqrt();
                let cell = &mut near[row * columns + column];
                *cell = cell.max(value);
            }
        }
    };
    for segment in lines.iter().flat_map(LineString::lines) {
        let way = segment.end - segment.start;
        let steps = (way.x / dx).hypot(way.y / dy).ceil().max(1.0) as u32;
        for step in 0..=steps {
            mark(segment.start + way * (f64::from(step) / f64::from(steps)));
        }
    }
    let builder = ContourBuilder::new(columns, rows, true)
        .x_origin(corner.x)
        .y_origin(corner.y)
        .x_step(dx)
        .y_step(dy);
    let Ok(contours) = builder.contours(&near, &[1.0]) else { return none };
    let least = LEAST_HOLE * dx * dy;
    let mut area = contours.into_iter().next().map_or(none, |contour| contour.into_inner().0);
    for polygon in &mut area {
        let hole_is_large = |ring: &LineString<f64>| {
            let ring = geo_types::Polygon::new(ring.clone(), Vec::new());
            let degrees2 = geo::Area::unsigned_area(&ring);
            degrees2 >= least
        };
        let (outer, holes) = std::mem::replace(
            polygon,
            geo_types::Polygon::new(LineString::new(Vec::new()), Vec::new()),
        )
        .into_inner();
        let holes = holes.into_iter().filter(hole_is_large).collect();
        *polygon = geo_types::Polygon::new(outer, holes);
    }
    area.0.retain(|polygon| polygon_surface(polygon) > 0.0);
    area
}

//! Barriers: what closes roads or slows them down, and which stretches of the net it concerns.

use geo::BoundingRect;
use geo_types::{Coord, Geometry, LineString, MultiPolygon};

use super::costing::Vehicle;
use super::graph::Graph;
use super::locator::Locator;
use super::place::Place;
use crate::base::Id;
use crate::spatial::Area;

/// A point or a drawn line closes the road nearest to it, if that is no farther than this.
const NEAR_M: f64 = 30.0;

/// Something in the way of traffic while it is in force.
#[derive(Clone, Debug)]
pub struct Barrier {
    /// The record it comes from, if it has one.
    pub id: Option<Id>,
    /// What people call it.
    pub name: String,
    /// Where.
    pub shape: Option<Geometry<f64>>,
    /// Rows of roads that are closed from end to end.
    pub roads: Vec<u32>,
    /// 0 = closed, 1 = as fast as ever, between them slower. Ignored where a depth is given.
    pub factor: f64,
    /// Depth of the water in metres: what that means depends on the vehicle.
    pub depth_m: Option<f64>,
}

/// A barrier that somebody would run into.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocked {
    /// Position in the list of barriers.
    pub barrier: usize,
    /// The edge it stands on.
    pub edge: u32,
}

/// What a barrier does to an edge; stretches in millimetres from its first corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    /// Nobody gets through.
    Closed([u32; 2]),
    /// A share of the usual speed.
    Slower {
        /// Where.
        stretch: [u32; 2],
        /// Between 0 and 1.
        factor: f64,
    },
    /// No faster than this.
    AtMost {
        /// Where.
        stretch: [u32; 2],
        /// km/h.
        kmh: f64,
    },
}

impl Barrier {
    /// What it does to a vehicle, edge by edge, in order.
    pub fn effects(
        &self,
        graph: &Graph,
        locator: &Locator,
        vehicle: &Vehicle,
    ) -> Vec<(u32, Effect)> {
        let wading = self.depth_m.map(|depth| vehicle.wading_kmh(depth));
        if wading.is_none() && self.factor >= 1.0 {
            return Vec::new();
        }
        let effect = |stretch: [u32; 2]| match wading {
            Some(None) => Effect::Closed(stretch),
            Some(Some(kmh)) => Effect::AtMost { stretch, kmh },
            None if self.factor > 0.0 => Effect::Slower { stretch, factor: self.factor },
            None => Effect::Closed(stretch),
        };
        // Water under a bridge closes no bridge.
        let concerned = |edge: &u32| self.depth_m.is_none() || !graph.edges[*edge as usize].bridge;
        let stretches = self.stretches(graph, locator).into_iter();
        stretches.filter(|(edge, _)| concerned(edge)).map(|(edge, s)| (edge, effect(s))).collect()
    }

    /// The stretches of edges it covers, in order.
    pub fn stretches(&self, graph: &Graph, locator: &Locator) -> Vec<(u32, [u32; 2])> {
        let mut out = Vec::new();
        if let Some(shape) = &self.shape {
            stretches_of(shape, graph, locator, &mut out);
        }
        if !self.roads.is_empty() {
            for (number, edge) in (0_u32..).zip(&graph.edges) {
                if edge.gate.is_none() && self.roads.contains(&edge.row) {
                    out.push((number, [0, edge.length_mm]));
                }
            }
        }
        out.sort_unstable();
        // What continues is one stretch: otherwise it would slow down twice.
        out.dedup_by(|next, last| {
            let joins = next.0 == last.0 && last.1[1].saturating_add(1) >= next.1[0];
            if joins {
                last.1[1] = last.1[1].max(next.1[1]);
            }
            joins
        });
        out
    }
}

fn stretches_of(
    shape: &Geometry<f64>,
    graph: &Graph,
    locator: &Locator,
    out: &mut Vec<(u32, [u32; 2])>,
) {
    match shape {
        Geometry::Point(point) => at_point(point.0, graph, locator, out),
        Geometry::MultiPoint(points) => {
            points.iter().for_each(|point| at_point(point.0, graph, locator, out));
        }
        Geometry::Line(line) => along(&LineString::from(*line), graph, locator, out),
        Geometry::LineString(line) => along(line, graph, locator, out),
        Geometry::MultiLineString(lines) => {
            lines.iter().for_each(|line| along(line, graph, locator, out));
        }
        Geometry::Polygon(polygon) => {
            inside(MultiPolygon::new(vec![polygon.clone()]), graph, locator, out);
        }
        Geometry::MultiPolygon(polygons) => inside(polygons.clone(), graph, locator, out),
        Geometry::Rect(rect) => {
            inside(MultiPolygon::new(vec![rect.to_polygon()]), graph, locator, out);
        }
        Geometry::Triangle(triangle) => {
            inside(MultiPolygon::new(vec![triangle.to_polygon()]), graph, locator, out);
        }
        Geometry::GeometryCollection(all) => {
            all.iter().for_each(|shape| stretches_of(shape, graph, locator, out));
        }
    }
}

fn at_point(at: Coord<f64>, graph: &Graph, locator: &Locator, out: &mut Vec<(u32, [u32; 2])>) {
    let place = locator.nearest(graph, at).filter(|place| place.off.0 <= NEAR_M);
    out.extend(place.map(|place| (place.edge, [place.offset_mm, place.offset_mm])));
}

/// What a line crosses, and the roads it was drawn along. Where it lies exactly on a road it is a
/// stretch of that road, and of nothing that only meets the road there.
fn along(line: &LineString<f64>, graph: &Graph, locator: &Locator, out: &mut Vec<(u32, [u32; 2])>) {
    use geo::line_intersection::{LineIntersection, line_intersection};
    // Corners that lie on the road which the line follows.
    let mut follows = vec![false; line.0.len()];
    for (number, segment) in line.lines().enumerate() {
        let rect = segment.bounding_rect();
        let mut crossed = Vec::new();
        let mut followed = Vec::new();
        for edge in locator.in_box(rect.min(), rect.max()) {
            let facts = &graph.edges[edge as usize];
            for (corner, pair) in (facts.corners.start..).zip(graph.line(edge).windows(2)) {
                let own = geo_types::Line::new(pair[0], pair[1]);
                let offset = |at: Coord<f64>| {
                    let way = pair[1] - pair[0];
                    let length2 = way.x * way.x + way.y * way.y;
                    let to = at - pair[0];
                    let share = ((to.x * way.x + to.y * way.y) / length2).clamp(0.0, 1.0);
                    Place::on_segment(graph, edge, corner, share, at).offset_mm
                };
                match line_intersection(segment, own) {
                    Some(LineIntersection::SinglePoint { intersection, .. }) => {
                        let offset = offset(intersection);
                        crossed.push((edge, [offset, offset]));
                    }
                    Some(LineIntersection::Collinear { intersection }) => {
                        let [a, b] = [offset(intersection.start), offset(intersection.end)];
                        followed.push((edge, [a.min(b), a.max(b)]));
                    }
                    None => {}
                }
            }
        }
        if followed.is_empty() {
            out.append(&mut crossed);
            at_point((segment.start + segment.end) / 2.0, graph, locator, out);
        } else {
            follows[number] = true;
            follows[number + 1] = true;
            out.append(&mut followed);
        }
    }
    for (at, follows) in line.coords().zip(follows) {
        if !follows {
            at_point(*at, graph, locator, out);
        }
    }
}

fn inside(
    polygons: MultiPolygon<f64>,
    graph: &Graph,
    locator: &Locator,
    out: &mut Vec<(u32, [u32; 2])>,
) {
    // Polygons without surface cover nothing.
    let Ok(area) = Area::new(polygons) else { return };
    let extent = area.extent();
    for edge in locator.in_box(extent.min(), extent.max()) {
        let facts = &graph.edges[edge as usize];
        let mut last: Option<[u32; 2]> = None;
        for (corner, pair) in (facts.corners.start..).zip(graph.line(edge).windows(2)) {
            for [from, to] in area.stretches(pair[0], pair[1]) {
                let offset =
                    |share| Place::on_segment(graph, edge, corner, share, pair[0]).offset_mm;
                let stretch = [offset(from), offset(to)];
                match &mut last {
                    Some(last) if last[1] + 1 >= stretch[0] => last[1] = stretch[1],
                    _ => {
                        out.extend(last.map(|stretch| (edge, stretch)));
                        last = Some(stretch);
                    }
                }
            }
        }
        out.extend(last.map(|stretch| (edge, stretch)));
    }
}

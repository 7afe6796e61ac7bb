//! A place on the net: a point of an edge.

use geo_types::Coord;

use super::graph::Graph;
use crate::base::Metres;
use crate::spatial::measure::geodesic_distance;

/// Where a traveller enters or leaves the net.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The edge.
    pub edge: u32,
    /// Millimetres from its first corner.
    pub offset_mm: u32,
    /// In degrees.
    pub at: Coord<f64>,
    /// How far it is from the place that was asked for.
    pub off: Metres,
}

impl Place {
    /// A share of the way along the segment that begins at a corner of an edge.
    pub(super) fn on_segment(
        graph: &Graph,
        edge: u32,
        corner: u32,
        share: f64,
        asked: Coord<f64>,
    ) -> Self {
        let corner = corner as usize;
        let (a, b) = (graph.corners[corner], graph.corners[corner + 1]);
        let at = a + (b - a) * share;
        let step = f64::from(graph.along[corner + 1] - graph.along[corner]);
        Self {
            edge,
            offset_mm: graph.along[corner] + (step * share).round() as u32,
            at,
            off: geodesic_distance(asked, at),
        }
    }

    /// The point of an edge at an offset, and the number of corners before it.
    pub fn point_at(graph: &Graph, edge: u32, offset_mm: u32) -> (Coord<f64>, usize) {
        let range = &graph.edges[edge as usize].corners;
        let along = &graph.along[range.start as usize..range.end as usize];
        let line = graph.line(edge);
        // The first corner is not after any offset.
        let next = along.partition_point(|mm| *mm <= offset_mm).max(1);
        if next == line.len() {
            let at_end = line[line.len() - 1];
            return (at_end, line.len());
        }
        let (before, after) = (along[next - 1], along[next]);
        let share = f64::from(offset_mm - before) / f64::from((after - before).max(1));
        (line[next - 1] + (line[next] - line[next - 1]) * share, next)
    }

    /// The corners of a stretch of an edge, in the order in which it is passed.
    pub fn stretch(graph: &Graph, edge: u32, from_mm: u32, to_mm: u32) -> Vec<Coord<f64>> {
        let mut out = Vec::new();
        Self::append_stretch(graph, edge, from_mm, to_mm, &mut out);
        out.dedup();
        out
    }

    /// Appends them; neighbours may be equal.
    pub fn append_stretch(
        graph: &Graph,
        edge: u32,
        from_mm: u32,
        to_mm: u32,
        out: &mut Vec<Coord<f64>>,
    ) {
        let line = graph.line(edge);
        let begin = out.len();
        if from_mm.abs_diff(to_mm) >= graph.edges[edge as usize].length_mm {
            out.extend_from_slice(line);
        } else {
            let (low, first) = Self::point_at(graph, edge, from_mm.min(to_mm));
            let (high, end) = Self::point_at(graph, edge, from_mm.max(to_mm));
            out.push(low);
            out.extend_from_slice(&line[first.min(end)..end]);
            out.push(high);
        }
        if from_mm > to_mm {
            out[begin..].reverse();
        }
    }
}

/// Metres to a degree around a place: enough for the few hundred metres between a door and its road.
pub(super) struct Scale {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Scale {
    pub(super) fn at(place: Coord<f64>) -> Self {
        // Radii of curvature of the ellipsoid GRS 80.
        const MAJOR_AXIS: f64 = 6_378_137.0;
        const ECC2: f64 = 0.006_694_380_022_90;
        let (sin, cos) = place.y.to_radians().sin_cos();
        let w = 1.0 - ECC2 * sin * sin;
        let across = MAJOR_AXIS / w.sqrt();
        let along = across * (1.0 - ECC2) / w;
        Self { x: (across * cos).max(1.0).to_radians(), y: along.to_radians() }
    }

    pub(super) fn metres(&self, way: Coord<f64>) -> [f64; 2] {
        [way.x * self.x, way.y * self.y]
    }

    pub(super) fn length(&self, way: Coord<f64>) -> f64 {
        let [x, y] = self.metres(way);
        (x * x + y * y).sqrt()
    }
}

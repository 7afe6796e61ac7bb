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
        let facts = &graph.edges[edge as usize];
        let line = graph.line(edge);
        let segment = (corner - facts.corners.start) as usize;
        let scale = Scale::at(line[0]);
        let lengths = || line.windows(2).map(|pair| scale.length(pair[1] - pair[0]));
        let whole: f64 = lengths().sum();
        let before: f64 = lengths().take(segment).sum();
        let (a, b) = (line[segment], line[segment + 1]);
        let along = before + scale.length(b - a) * share;
        let share_of_all = if whole > 0.0 { (along / whole).clamp(0.0, 1.0) } else { 0.0 };
        let at = a + (b - a) * share;
        Self {
            edge,
            offset_mm: (f64::from(facts.length_mm) * share_of_all).round() as u32,
            at,
            off: geodesic_distance(asked, at),
        }
    }

    /// The point of an edge at an offset, and the number of corners before it.
    pub fn point_at(graph: &Graph, edge: u32, offset_mm: u32) -> (Coord<f64>, usize) {
        let line = graph.line(edge);
        let length = f64::from(graph.edges[edge as usize].length_mm.max(1));
        let scale = Scale::at(line[0]);
        let whole: f64 = line.windows(2).map(|pair| scale.length(pair[1] - pair[0])).sum();
        let mut left = whole * f64::from(offset_mm) / length;
        for (n, pair) in line.windows(2).enumerate() {
            let step = scale.length(pair[1] - pair[0]);
            if left <= step {
                let share = if step > 0.0 { left / step } else { 0.0 };
                return (pair[0] + (pair[1] - pair[0]) * share, n + 1);
            }
            left -= step;
        }
        (line[line.len() - 1], line.len())
    }

    /// The corners of a stretch of an edge, in the order in which it is passed.
    pub fn stretch(graph: &Graph, edge: u32, from_mm: u32, to_mm: u32) -> Vec<Coord<f64>> {
        let line = graph.line(edge);
        let (low, first) = Self::point_at(graph, edge, from_mm.min(to_mm));
        let (high, end) = Self::point_at(graph, edge, from_mm.max(to_mm));
        let mut out = vec![low];
        out.extend_from_slice(&line[first.min(end)..end]);
        out.push(high);
        out.dedup();
        if from_mm > to_mm {
            out.reverse();
        }
        out
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

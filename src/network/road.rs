//! Reads the facts of an edge out of the row of its road or gate.

use std::ops::Range;

use geo_types::Coord;

use super::graph::{Access, Edge, Gate, Graph, NodeId, RoadClass, Surface};
use crate::model::{Feature, Value};
use crate::spatial::measure::geodesic_distance;

impl Graph {
    /// Adds a node that is no copy.
    pub(super) fn add_node(&mut self, at: Coord<f64>) -> NodeId {
        let id = self.nodes.len() as NodeId;
        self.nodes.push(at);
        self.original.push(id);
        id
    }
}

/// The edge of a stretch of road.
pub(super) fn edge_of(
    road: &Feature,
    row: u32,
    nodes: [NodeId; 2],
    range: Range<u32>,
    corners: &[Coord<f64>],
) -> Edge {
    let flag = |field: &str| road.attributes.get(field).and_then(Value::as_bool) == Some(true);
    let length: f64 = corners.windows(2).map(|pair| geodesic_distance(pair[0], pair[1]).0).sum();
    Edge {
        nodes,
        corners: range,
        // `as` saturates: a line around the globe stays four thousand kilometres long.
        length_mm: (length * 1000.0).round() as u32,
        row,
        class: road.text("road_class").and_then(RoadClass::parse).unwrap_or(RoadClass::Village),
        access: match road.text("access") {
            Some("destination") => Access::Destination,
            Some("private") => Access::Private,
            Some("walking") => Access::Walking,
            Some("no") => Access::No,
            _ => Access::Yes,
        },
        surface: match road.text("surface") {
            Some("gravel") => Surface::Gravel,
            Some("unpaved") => Surface::Unpaved,
            _ => Surface::Paved,
        },
        open: [true, !flag("oneway")],
        link: flag("link"),
        bridge: flag("bridge"),
        ford: flag("ford"),
        max_speed_kmh: limit(road, "max_speed_kmh", 1.0),
        max_height_cm: limit(road, "max_height_m", 100.0),
        max_weight_100kg: limit(road, "max_weight_t", 10.0),
        gate: None,
    }
}

/// The edge of no length that stands for a gate between two arms of a road.
pub(super) fn gate_edge(gate: &Feature, row: u32, nodes: [NodeId; 2], range: Range<u32>) -> Edge {
    let kind = match (gate.text("status"), gate.text("access"), gate.text("gate_type")) {
        (Some("closed"), ..) | (_, Some("no"), _) => Gate::Block,
        (_, Some("private"), _) => Gate::Private,
        (_, Some("emergency"), _) => Gate::Emergency,
        (_, _, Some("bollard")) => Gate::Bollard,
        (_, _, Some("height")) => Gate::Height,
        (_, access, Some("block")) if access != Some("yes") => Gate::Block,
        _ => Gate::Open,
    };
    Edge {
        nodes,
        corners: range,
        length_mm: 0,
        row,
        class: RoadClass::Village,
        access: Access::Yes,
        surface: Surface::Paved,
        open: [true, true],
        link: false,
        bridge: false,
        ford: false,
        max_speed_kmh: None,
        max_height_cm: limit(gate, "max_height_m", 100.0),
        max_weight_100kg: None,
        gate: Some(kind),
    }
}

/// A limit in smaller units; none where there is no sensible figure.
fn limit(row: &Feature, field: &str, units: f64) -> Option<u16> {
    let value = row.number(field)?;
    (value.is_finite() && value > 0.0).then(|| (value * units).round().min(65_535.0) as u16)
}

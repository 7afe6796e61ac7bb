//! Islands: pieces of the net that no road joins to the rest.

use geo_types::Coord;

use super::graph::{Access, Edge, Gate, Graph, RoadClass};

/// A piece of the net on which one can drive, but not from it to the largest piece.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Island {
    /// The first road in it, by row.
    pub row: u32,
    /// Where that road begins, in degrees.
    pub at: Coord<f64>,
    /// How long its roads are together, in metres.
    pub length_m: f64,
    /// How many stretches of road it has.
    pub edges: usize,
}

/// Pieces of the net for those who drive, whatever the direction of traffic, but for the one with the
/// longest roads; the longest first, ties in the order of the rows.
pub fn islands(graph: &Graph) -> Vec<Island> {
    let mut root: Vec<u32> = graph.original.clone();
    for edge in graph.edges.iter().filter(|edge| is_driven(edge)) {
        let [a, b] = edge.nodes.map(|node| top(&mut root, node));
        root[a.max(b) as usize] = a.min(b);
    }
    let mut found: Vec<Option<Island>> = vec![None; root.len()];
    // Edges come in the order of their rows, so the first of a piece is that of its first row. Gates
    // join pieces, but their rows are no roads.
    for edge in graph.edges.iter().filter(|edge| edge.gate.is_none() && is_driven(edge)) {
        let piece = top(&mut root, edge.nodes[0]);
        let island = found[piece as usize].get_or_insert(Island {
            row: edge.row,
            at: graph.nodes[edge.nodes[0] as usize],
            length_m: 0.0,
            edges: 0,
        });
        island.length_m += f64::from(edge.length_mm) / 1000.0;
        island.edges += 1;
    }
    let mut out: Vec<Island> = found.into_iter().flatten().collect();
    out.sort_by(|a, b| b.length_m.total_cmp(&a.length_m).then(a.row.cmp(&b.row)));
    if !out.is_empty() {
        out.remove(0);
    }
    out
}

fn is_driven(edge: &Edge) -> bool {
    edge.class != RoadClass::Path
        && !matches!(edge.access, Access::Walking | Access::No)
        && !matches!(edge.gate, Some(Gate::Bollard | Gate::Block))
}

/// The lowest node of the piece that a node belongs to.
fn top(root: &mut [u32], node: u32) -> u32 {
    let mut at = node;
    while root[at as usize] != at {
        root[at as usize] = root[root[at as usize] as usize];
        at = root[at as usize];
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Id;
    use crate::model::{Attributes, Feature, Kind, Provenance};

    fn road(name: &str, class: &str, line: &[(f64, f64)]) -> Feature {
        let mut attributes = Attributes::default();
        attributes.set(Kind::Road, "road_class", Some(class.into()));
        Feature {
            id: Id::from_natural_key("road", name),
            kind: Kind::Road,
            code: None,
            name: name.to_owned(),
            geometry: Some(geo_types::LineString::from(line.to_vec()).into()),
            attributes,
            extra: Vec::new(),
            provenance: Provenance::default(),
        }
    }

    #[test]
    fn what_no_road_joins_is_an_island_and_a_footpath_joins_nothing() {
        let roads = [
            road("yard", "service", &[(116.40, 35.70), (116.401, 35.70)]),
            road("main", "primary", &[(116.50, 35.70), (116.51, 35.70)]),
            road("side", "village", &[(116.51, 35.70), (116.51, 35.71)]),
            road("path", "path", &[(116.51, 35.71), (116.52, 35.71)]),
            road("far", "village", &[(116.52, 35.71), (116.526, 35.71)]),
        ];
        let (graph, _) = Graph::build(&roads, &[], &[]);
        let found = islands(&graph);
        let rows: Vec<u32> = found.iter().map(|island| island.row).collect();
        assert_eq!(rows, [4, 0], "the longest first, the main net not at all");
        assert_eq!(found[0].at, Coord { x: 116.52, y: 35.71 });
        assert!((found[1].length_m - 90.5).abs() < 0.2, "{}", found[1].length_m);
        assert!(islands(&Graph::default()).is_empty());
    }
}

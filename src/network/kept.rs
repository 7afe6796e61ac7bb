//! A net as bytes, so that a store can keep it and opening a county need not make it again.

use serde::{Deserialize, Serialize};

use super::build::BuildReport;
use super::graph::{Graph, NodeId};
use super::net::Network;

/// Grows whenever a net made by an older program would be another one.
const FORMAT: u32 = 2;

/// What decides a net: a digest of the rows it is made of.
pub type NetKey = [u8; 32];

#[derive(Serialize, Deserialize)]
struct Kept {
    format: u32,
    key: NetKey,
    graph: Graph,
    report: BuildReport,
    /// Nodes in the order in which the hierarchy contracts them.
    order: Vec<NodeId>,
}

impl Network {
    /// The net, and the order of its hierarchy, which is made if nobody has had it made yet.
    pub fn to_bytes(&self, key: NetKey) -> Vec<u8> {
        let kept = Kept {
            format: FORMAT,
            key,
            graph: self.graph.clone(),
            report: self.report.clone(),
            order: self.hierarchy().order().to_vec(),
        };
        let mut bytes = postcard::to_stdvec(&kept).unwrap_or_default();
        let sum = blake3::hash(&bytes);
        bytes.extend_from_slice(sum.as_bytes());
        bytes
    }

    /// The net that was kept under this key. `None` if the bytes are of another net or another
    /// program, or not what was written.
    pub fn from_bytes(bytes: &[u8], key: &NetKey) -> Option<Self> {
        let (bytes, sum) = bytes.split_at_checked(bytes.len().checked_sub(blake3::OUT_LEN)?)?;
        // Format and key stand in front: another net is told without reading it.
        let (format, rest) = postcard::take_from_bytes::<u32>(bytes).ok()?;
        if format != FORMAT || rest.first_chunk() != Some(key) {
            return None;
        }
        if blake3::hash(bytes).as_bytes() != sum {
            return None;
        }
        let kept: Kept = postcard::from_bytes(bytes).ok()?;
        let mut graph = kept.graph;
        if !is_sound(&graph) || !is_order(&kept.order, graph.nodes.len()) {
            return None;
        }
        graph.index();
        Some(Self::kept(graph, kept.report, kept.order))
    }
}

/// Whether every number points at something: the file may come from anywhere.
fn is_sound(graph: &Graph) -> bool {
    let (nodes, edges, corners) = (graph.nodes.len(), graph.edges.len(), graph.corners.len());
    let is_node = |node: &NodeId| (*node as usize) < nodes;
    let ascending = |list: &[u32]| list.windows(2).all(|pair| pair[0] <= pair[1]);
    graph.original.len() == nodes
        && graph.original.iter().all(is_node)
        && graph.delayed.len() == edges * 2
        && graph.edges.iter().all(|edge| {
            edge.nodes.iter().all(is_node)
                && edge.corners.end as usize <= corners
                && edge.corners.len() >= 2
        })
        && graph.first_out.len() == nodes + 1
        && graph.first_out.first() == Some(&0)
        && ascending(&graph.first_out)
        && graph.first_out.last().is_some_and(|last| *last as usize == graph.head.len())
        && graph.way.len() == graph.head.len()
        && graph.head.iter().all(is_node)
        && graph.way.iter().all(|way| *way == Graph::FREE || (*way as usize) < edges * 2)
        && graph.copies.iter().all(|(a, b)| is_node(a) && is_node(b))
        && graph.copies.is_sorted()
        && every_way_leaves_its_node(graph)
}

/// Every edge must have its arcs, both from the node it begins at.
fn every_way_leaves_its_node(graph: &Graph) -> bool {
    let mut found = vec![false; graph.edges.len() * 2];
    for (node, original) in (0..).zip(&graph.original) {
        for arc in graph.out(node) {
            let way = graph.way[arc];
            if way == Graph::FREE {
                if node == *original {
                    return false;
                }
                continue;
            }
            let edge = &graph.edges[(way / 2) as usize];
            if edge.nodes[(way % 2) as usize] != *original {
                return false;
            }
            found[way as usize] |= node == *original;
        }
    }
    found.into_iter().all(|found| found)
}

/// Whether each of so many nodes stands in it once.
fn is_order(order: &[NodeId], nodes: usize) -> bool {
    let mut seen = vec![false; nodes];
    order.len() == nodes
        && order.iter().all(|node| {
            seen.get_mut(*node as usize).is_some_and(|seen| !std::mem::replace(seen, true))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square of four roads.
    fn square() -> Graph {
        let edge = |a: NodeId, b: NodeId, n: u32| -> super::super::graph::Edge {
            use super::super::graph::{Access, Edge, RoadClass, Surface};
            Edge {
                nodes: [a, b],
                corners: n * 2..n * 2 + 2,
                length_mm: 1000,
                row: n,
                class: RoadClass::Village,
                access: Access::Yes,
                surface: Surface::Paved,
                open: [true, true],
                link: false,
                bridge: false,
                ford: false,
                max_speed_kmh: None,
                max_height_cm: None,
                max_weight_100kg: None,
                gate: None,
            }
        };
        let place = geo_types::Coord { x: 116.0, y: 35.0 };
        let mut graph = Graph {
            nodes: vec![place; 4],
            original: vec![0, 1, 2, 3],
            edges: vec![edge(0, 1, 0), edge(1, 2, 1), edge(2, 3, 2), edge(3, 0, 3)],
            corners: vec![place; 8],
            first_out: vec![0, 2, 4, 6, 8],
            head: vec![1, 3, 2, 0, 3, 1, 0, 2],
            way: vec![0, 7, 2, 1, 4, 3, 6, 5],
            delayed: vec![false; 8],
            ..Graph::default()
        };
        graph.index();
        graph
    }

    #[test]
    fn numbers_that_point_nowhere_are_noticed() {
        assert!(is_sound(&square()));
        let wrecks: [fn(&mut Graph); 12] = [
            |graph| graph.head[3] = 4,
            |graph| graph.way[3] = 8,
            |graph| graph.way[3] = 3,
            |graph| graph.way[3] = Graph::FREE,
            |graph| graph.first_out[4] = 7,
            |graph| graph.first_out[2] = 9,
            |graph| graph.edges[0].nodes[1] = 4,
            |graph| graph.edges[3].corners.end = 9,
            |graph| graph.edges[3].corners.end = graph.edges[3].corners.start,
            |graph| graph.copies.push((0, 4)),
            |graph| graph.original[2] = 4,
            |graph| graph.delayed.truncate(7),
        ];
        for (n, wreck) in wrecks.into_iter().enumerate() {
            let mut graph = square();
            wreck(&mut graph);
            assert!(!is_sound(&graph), "wreck {n}");
        }
        assert!(is_order(&[2, 0, 1], 3));
        for order in [&[0, 1][..], &[0, 1, 1], &[0, 1, 3], &[0, 1, 2, 3]] {
            assert!(!is_order(order, 3), "{order:?}");
        }
    }
}

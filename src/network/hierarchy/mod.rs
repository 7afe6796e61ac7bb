//! Customizable contraction hierarchy: the same times as Dijkstra's search, for many places at once.
//!
//! The order of contraction depends on the net alone and is made once; a vehicle's times and every
//! closure only customise it (Dibbelt, Strasser and Wagner, 2016).

mod customise;
mod matrix;
mod path;
mod sweep;

use cch::{Cch, inertial_order};

use super::graph::{Graph, NodeId};
pub use customise::Customised;
pub use matrix::Pinned;
use sweep::Spares;

/// Customising goes through so many triangles of the hierarchy while a search passes one arc of the
/// graph: an arc takes about 27 ns (`benches/network.rs`), a triangle one or two.
const TRIANGLES: usize = 20;

/// No node above, no arc.
const NONE: u32 = u32::MAX;

/// The hierarchy of a graph.
#[derive(Debug)]
pub struct Hierarchy {
    cch: Cch,
    spares: Spares,
}

impl Hierarchy {
    /// Orders and contracts a graph; some tenths of a second for a county.
    pub fn new(graph: &Graph) -> Self {
        let tail: Vec<NodeId> = (0..graph.nodes.len() as NodeId)
            .flat_map(|node| graph.out(node).map(move |_| node))
            .collect();
        // Single precision tells places a metre apart, which is enough for an order.
        let latitude: Vec<f32> = graph.nodes.iter().map(|at| at.y as f32).collect();
        let longitude: Vec<f32> = graph.nodes.iter().map(|at| at.x as f32).collect();
        let nodes = graph.nodes.len() as u32;
        let order = inertial_order(nodes, &tail, &graph.head, &latitude, &longitude);
        Self::with_order(graph, &order)
    }

    /// Contracts a graph in an order that was made for it: a list of each node once.
    pub fn with_order(graph: &Graph, order: &[NodeId]) -> Self {
        let input = cch::graph::Graph {
            first_out: graph.first_out.clone(),
            head: graph.head.clone(),
            weight: vec![0; graph.head.len()],
        };
        Self { cch: Cch::build(&input, order), spares: Spares::default() }
    }

    /// Nodes in the order in which they are contracted.
    pub fn order(&self) -> &[NodeId] {
        &self.cch.order
    }

    /// How many searches through the graph take as long as customising does. Few for roads; on a grid
    /// of streets without any order among them the hierarchy grows so much that searching may be quicker
    /// even for many places.
    pub fn customising_in_searches(&self, graph: &Graph) -> usize {
        let up = self.cch.up_first_out.windows(2).map(|pair| (pair[1] - pair[0]) as usize);
        let triangles: usize = up.map(|arcs| arcs * arcs.saturating_sub(1) / 2).sum();
        triangles / (TRIANGLES * graph.head.len().max(1))
    }

    /// How many nodes and arcs it has.
    pub fn size(&self) -> [usize; 2] {
        [self.cch.rank.len(), self.cch.up_head.len()]
    }

    /// Arcs of the hierarchy that lead up from a node, by rank.
    fn up(&self, rank: u32) -> std::ops::Range<usize> {
        let first = &self.cch.up_first_out;
        first[rank as usize] as usize..first[rank as usize + 1] as usize
    }
}

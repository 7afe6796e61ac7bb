//! Where a traveller enters the net.

use geo_types::Coord;

use super::graph::{Graph, NodeId};
use super::locator::Locator;
use super::metric::NEVER;
use super::place::Place;

/// Pieces of the net with fewer nodes than this are not where a journey begins or ends, if a larger
/// one is about as near.
const ISLAND_NODES: u32 = 50;
/// How much farther the larger one may be, in metres.
const ISLAND_M: f64 = 1000.0;

/// The roads a vehicle may use, for finding the nearest.
#[derive(Debug)]
pub struct Entrances {
    main: Locator,
    /// Those of small pieces, from which one gets nowhere else or to which nobody comes.
    islands: Locator,
}

impl Entrances {
    /// Of a vehicle's times by edge and direction, and by arc, with every road open.
    pub fn new(graph: &Graph, way: &[u32], arc: &[u32]) -> Self {
        let usable =
            |edge: u32| way[edge as usize * 2..edge as usize * 2 + 2].iter().any(|ms| *ms != NEVER);
        let (piece, size) = pieces(graph, arc);
        let large = |edge: u32| {
            let [a, b] = graph.edges[edge as usize].nodes.map(|node| piece[node as usize]);
            a == b && size[a as usize] >= ISLAND_NODES
        };
        Self {
            main: Locator::new(graph, |edge| usable(edge) && large(edge)),
            islands: Locator::new(graph, |edge| usable(edge) && !large(edge)),
        }
    }

    /// The nearest road. One of a small piece gives way to one of the net that is about as near.
    pub fn nearest(&self, graph: &Graph, at: Coord<f64>) -> Option<Place> {
        let main = self.main.nearest(graph, at);
        if main.is_some_and(|main| main.off.0 <= ISLAND_M) {
            return main;
        }
        let island = self.islands.nearest(graph, at);
        let far = |island: &Place| main.is_none_or(|main| main.off.0 > island.off.0 + ISLAND_M);
        island.filter(far).or(main)
    }
}

/// Strongly connected pieces (Tarjan, 1972): between nodes of one piece there is a way there and a
/// way back. The piece of each node and the number of nodes of each piece.
fn pieces(graph: &Graph, arc: &[u32]) -> (Vec<u32>, Vec<u32>) {
    const NEW: u32 = u32::MAX;
    let nodes = graph.nodes.len();
    let mut number = vec![NEW; nodes];
    let mut low = vec![0_u32; nodes];
    let mut piece = vec![NEW; nodes];
    let mut size: Vec<u32> = Vec::new();
    let mut open: Vec<NodeId> = Vec::new();
    let mut next = 0;
    // Nodes on the way down, each with the next of its arcs.
    let mut path: Vec<(NodeId, usize)> = Vec::new();
    for start in 0..nodes as NodeId {
        if number[start as usize] == NEW {
            path.push((start, graph.out(start).start));
        }
        while let Some((node, at)) = path.last_mut() {
            let here = *node as usize;
            if number[here] == NEW {
                number[here] = next;
                low[here] = next;
                next += 1;
                open.push(*node);
            }
            if *at < graph.out(*node).end {
                let head = graph.head[*at];
                let passes = arc[*at] != NEVER;
                *at += 1;
                if !passes {
                    continue;
                }
                if number[head as usize] == NEW {
                    path.push((head, graph.out(head).start));
                } else if piece[head as usize] == NEW {
                    low[here] = low[here].min(number[head as usize]);
                }
                continue;
            }
            path.pop();
            if let Some((before, _)) = path.last() {
                low[*before as usize] = low[*before as usize].min(low[here]);
            }
            if low[here] == number[here] {
                let own = size.len() as u32;
                size.push(0);
                while let Some(member) = open.pop() {
                    piece[member as usize] = own;
                    size[own as usize] += 1;
                    if member as usize == here {
                        break;
                    }
                }
            }
        }
    }
    (piece, size)
}

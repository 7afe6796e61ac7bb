//! Where time is lost: junctions of important roads.

use super::graph::{Edge, NodeId, RoadClass};

/// Arms of important roads this near to each other along a road are one junction, in millimetres.
const JUNCTION_MM: u32 = 60_000;
/// A stretch within a junction is drawn in so many pieces at most.
const PIECES: usize = 8;

/// Whether time is lost at the end of each way: where three important roads meet, but not on the way
/// from one such node to the next of the same junction, around a roundabout or across a dual
/// carriageway.
pub fn delays(edges: &[Edge], nodes: usize) -> Vec<bool> {
    let important =
        |edge: &Edge| edge.class <= RoadClass::Secondary && !edge.link && edge.gate.is_none();
    // How many important edges end at a node, and the first two.
    let mut arms = vec![(0_u32, [0_u32; 2]); nodes];
    for (number, edge) in (0_u32..).zip(edges).filter(|(_, edge)| important(edge)) {
        for node in edge.nodes {
            let (count, first) = &mut arms[node as usize];
            if let Some(slot) = first.get_mut(*count as usize) {
                *slot = number;
            }
            *count += 1;
        }
    }
    let is_major = |node: NodeId| arms[node as usize].0 >= 3;
    let within_one = |edge: u32, begin: NodeId| {
        let (mut edge, mut node, mut length) = (edge, begin, 0_u32);
        for _ in 0..PIECES {
            length = length.saturating_add(edges[edge as usize].length_mm);
            let (count, [first, second]) = arms[node as usize];
            if length > JUNCTION_MM || count < 2 {
                return false;
            }
            if count > 2 {
                return true;
            }
            // On through a node where only pieces of one road meet.
            edge = if first == edge { second } else { first };
            let [a, b] = edges[edge as usize].nodes;
            node = if a == node { b } else { a };
        }
        false
    };
    let of_way = |number: u32, begin: NodeId, end: NodeId| {
        let own = important(&edges[number as usize]);
        is_major(end) && !(own && within_one(number, begin))
    };
    (0_u32..)
        .zip(edges)
        .flat_map(|(number, edge)| {
            let [a, b] = edge.nodes;
            [of_way(number, a, b), of_way(number, b, a)]
        })
        .collect()
}

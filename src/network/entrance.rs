//! Where a traveller enters the net.

use geo_types::Coord;

use super::graph::{Graph, NodeId};
use super::locator::Locator;
use super::metric::NEVER;
use super::place::Place;
use super::search::Direction;

/// Pieces of the net with fewer nodes than this are not where a journey begins or ends, if a larger
/// one is about as near.
const ISLAND_NODES: u32 = 50;
/// How much farther the larger one may be, in metres.
const ISLAND_M: f64 = 1000.0;

/// The roads a vehicle may use, for finding the nearest.
#[derive(Debug)]
pub struct Entrances {
    /// Of large pieces, from which one gets everywhere and back.
    main: Locator,
    /// Of the others those from which one gets to a large piece, and those to which one comes from there,
    /// such as one-way roads across the edge of an extract.
    starts: Locator,
    ends: Locator,
    /// All the others.
    others: Locator,
}

impl Entrances {
    /// Of a vehicle's times by edge and direction, and by arc, with every road open.
    pub fn new(graph: &Graph, way: &[u32], arc: &[u32]) -> Self {
        let edges = graph.edges.len();
        let (piece, size) = pieces(graph, arc);
        let is_large = |node: NodeId| size[piece[node as usize] as usize] >= ISLAND_NODES;
        let leads = spread(graph, arc, &is_large, Direction::To);
        let led_to = spread(graph, arc, &is_large, Direction::From);
        let (mut large, mut starts, mut ends) =
            (vec![false; edges], vec![false; edges], vec![false; edges]);
        for tail in 0..graph.nodes.len() as NodeId {
            for at in
                graph.out(tail).filter(|at| arc[*at] != NEVER && graph.way[*at] != Graph::FREE)
            {
                let edge = (graph.way[at] / 2) as usize;
                let head = graph.head[at];
                // The head may be a copy of its node: it is the arc that lies within a piece.
                large[edge] |= is_large(tail) && piece[tail as usize] == piece[head as usize];
                starts[edge] |= leads[head as usize];
                ends[edge] |= led_to[tail as usize];
            }
        }
        let usable =
            |edge: u32| way[edge as usize * 2..edge as usize * 2 + 2].iter().any(|ms| *ms != NEVER);
        let other = |edge: u32| usable(edge) && !large[edge as usize];
        Self {
            main: Locator::new(graph, |edge| usable(edge) && large[edge as usize]),
            starts: Locator::new(graph, |edge| other(edge) && starts[edge as usize]),
            ends: Locator::new(graph, |edge| other(edge) && ends[edge as usize]),
            others: Locator::new(graph, other),
        }
    }

    /// The nearest road from which a journey can begin (`From`), on which it can end (`To`), or both
    /// (`None`). One of a small piece gives way to one of the net that is about as near.
    pub fn nearest(
        &self,
        graph: &Graph,
        at: Coord<f64>,
        direction: Option<Direction>,
    ) -> Option<Place> {
        let main = self.main.nearest(graph, at);
        let more = match direction {
            Some(Direction::From) => self.starts.nearest(graph, at),
            Some(Direction::To) => self.ends.nearest(graph, at),
            None => None,
        };
        let main = nearer(main, more);
        if main.is_some_and(|main| main.off.0 <= ISLAND_M) {
            return main;
        }
        let other = self.others.nearest(graph, at);
        let far = |other: &Place| main.is_none_or(|main| main.off.0 > other.off.0 + ISLAND_M);
        other.filter(far).or(main)
    }

    /// The nearest road, wherever it leads.
    pub fn nearest_of_all(&self, graph: &Graph, at: Coord<f64>) -> Option<Place> {
        nearer(self.main.nearest(graph, at), self.others.nearest(graph, at))
    }
}

/// The nearer of two places, the first of equals.
fn nearer(a: Option<Place>, b: Option<Place>) -> Option<Place> {
    match (a, b) {
        (Some(a), Some(b)) if b.off.0 < a.off.0 => Some(b),
        (a, b) => a.or(b),
    }
}

/// Nodes to which one comes from some nodes, or from which one comes to them; those nodes too.
fn spread(
    graph: &Graph,
    arc: &[u32],
    is_seed: &dyn Fn(NodeId) -> bool,
    direction: Direction,
) -> Vec<bool> {
    let nodes = graph.nodes.len() as NodeId;
    let mut reached: Vec<bool> = (0..nodes).map(is_seed).collect();
    let mut left: Vec<NodeId> = (0..nodes).filter(|node| reached[*node as usize]).collect();
    while let Some(node) = left.pop() {
        let mut offer = |next: NodeId, by: usize| {
            if arc[by] != NEVER && !std::mem::replace(&mut reached[next as usize], true) {
                left.push(next);
            }
        };
        match direction {
            Direction::From => graph.out(node).for_each(|by| offer(graph.head[by], by)),
            Direction::To => graph.into(node).for_each(|entry| {
                let (tail, by) = graph.incoming[entry];
                offer(tail, by as usize);
            }),
        }
    }
    reached
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

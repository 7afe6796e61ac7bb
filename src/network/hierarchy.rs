//! Customizable contraction hierarchy: the same times as Dijkstra's search, for many places at once.
//!
//! The order of contraction depends on the net alone and is made once; a vehicle's times and every
//! closure only customise it (Dibbelt, Strasser and Wagner, 2016).

use cch::{Cch, ElimTreeQuery, inertial_order};

use super::graph::{Graph, NodeId};
use super::metric::{Metric, NEVER};
use super::place::Place;
use super::search::{Direction, ends};

/// The hierarchy of a graph.
#[derive(Debug)]
pub struct Hierarchy {
    cch: Cch,
}

/// The times of one metric in a hierarchy.
#[derive(Debug)]
pub struct Customised {
    metric: cch::Metric,
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
        let input = cch::graph::Graph {
            first_out: graph.first_out.clone(),
            head: graph.head.clone(),
            weight: vec![0; graph.head.len()],
        };
        Self { cch: Cch::build(&input, &order) }
    }

    /// The times of a metric; again after every closure.
    pub fn customise(&self, metric: &Metric) -> Customised {
        Customised { metric: self.cch.customize(&metric.arc) }
    }

    /// Milliseconds from each place of the first list to each of the second, row by row; [`NEVER`]
    /// where there is no way.
    pub fn matrix(
        &self,
        customised: &Customised,
        graph: &Graph,
        metric: &Metric,
        from: &[Option<Place>],
        to: &[Option<Place>],
    ) -> Vec<u32> {
        let mut out = vec![NEVER; from.len() * to.len()];
        // The nodes by which the targets are come upon, with the way left from there.
        let mut nodes: Vec<NodeId> = Vec::new();
        let mut left: Vec<(usize, u32)> = Vec::new();
        for (column, place) in to.iter().enumerate() {
            for (node, ms, _) in place.iter().flat_map(|at| ends(graph, metric, at, Direction::To))
            {
                nodes.push(node);
                left.push((column, ms));
            }
        }
        let view = self.cch.view();
        let times = customised.metric.view();
        let mut query = ElimTreeQuery::new(&view);
        query.pin_targets(&nodes);
        let mut found = vec![NEVER; nodes.len()];
        for (row, place) in from.iter().enumerate() {
            let Some(place) = place else { continue };
            let row = &mut out[row * to.len()..(row + 1) * to.len()];
            for (node, begun, _) in ends(graph, metric, place, Direction::From) {
                query.reset_source();
                query.add_source_and_run(&times, node);
                query.get_distances_to_targets(&mut found);
                for (ms, (column, rest)) in found.iter().zip(&left) {
                    if *ms < NEVER {
                        let all = begun.saturating_add(*ms).saturating_add(*rest);
                        row[*column] = row[*column].min(all);
                    }
                }
            }
            for (cell, target) in row.iter_mut().zip(to) {
                // Places of one edge may be nearer to each other than to any node.
                if let Some(target) = target.filter(|target| target.edge == place.edge) {
                    let (a, b) = (place.offset_mm, target.offset_mm);
                    if let Some(ms) = metric.between(graph, place.edge, a, b) {
                        *cell = (*cell).min(ms);
                    }
                }
            }
        }
        out
    }
}

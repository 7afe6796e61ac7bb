//! The net of a county: graph, places on it and times.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use geo_types::Coord;

use super::barrier::Barrier;
use super::build::BuildReport;
use super::costing::{Conditions, CostTable, Vehicle};
use super::graph::{Access, Edge, Gate, Graph, RoadClass};
use super::hierarchy::{Customised, Hierarchy};
use super::locator::Locator;
use super::metric::{Metric, NEVER};
use super::place::Place;
use crate::model::Feature;

/// Pieces of the net with fewer nodes than this are not where a journey begins, if a larger one is
/// about as near.
const ISLAND_NODES: u32 = 50;
/// How much farther the larger one may be, in metres.
const ISLAND_M: f64 = 300.0;
/// So many sets of times with every road open are kept: vehicles by day and by night.
const OPEN_KEPT: usize = 8;

/// A road net, ready for questions.
#[derive(Debug, Default)]
pub struct Network {
    /// The graph.
    pub graph: Graph,
    /// Finds edges.
    pub locator: Locator,
    /// What was noticed while it was made.
    pub report: BuildReport,
    /// For each edge, how many nodes hang together with it for those who drive and for those who walk.
    piece: [Vec<u32>; 2],
    hierarchy: OnceLock<Hierarchy>,
    /// Times with every road open that were asked for lately.
    open: Mutex<Vec<Arc<OpenRoads>>>,
}

/// Times of a vehicle with every road open: what every closure starts from.
#[derive(Debug)]
pub struct OpenRoads {
    table: CostTable,
    vehicle: Vehicle,
    conditions: Conditions,
    /// The times.
    pub metric: Arc<Metric>,
    customised: OnceLock<Arc<Customised>>,
}

impl OpenRoads {
    /// The times in a hierarchy.
    pub fn customised(&self, hierarchy: &Hierarchy) -> &Arc<Customised> {
        self.customised.get_or_init(|| Arc::new(hierarchy.customise(&self.metric)))
    }
}

impl Network {
    /// The net of some roads.
    pub fn new(roads: &[Feature], restrictions: &[Feature], gates: &[Feature]) -> Self {
        let (graph, report) = Graph::build(roads, restrictions, gates);
        let locator = Locator::new(&graph);
        let driven = |edge: &Edge| {
            edge.class != RoadClass::Path
                && !matches!(edge.access, Access::Walking | Access::No)
                && !matches!(edge.gate, Some(Gate::Bollard | Gate::Block))
        };
        let piece = [pieces(&graph, &driven), pieces(&graph, &|_| true)];
        Self { graph, locator, report, piece, hierarchy: OnceLock::new(), open: Mutex::default() }
    }

    /// Whether there is no road at all.
    pub fn is_empty(&self) -> bool {
        self.graph.edges.is_empty()
    }

    /// The contraction hierarchy, made at first use: worth it for many places at once.
    pub fn hierarchy(&self) -> &Hierarchy {
        self.hierarchy.get_or_init(|| Hierarchy::new(&self.graph))
    }

    /// The hierarchy if somebody has had it made.
    pub fn ready_hierarchy(&self) -> Option<&Hierarchy> {
        self.hierarchy.get()
    }

    /// Times of a vehicle with every road open, kept for the next time they are asked for.
    pub fn open_roads(
        &self,
        table: &CostTable,
        vehicle: &Vehicle,
        conditions: Conditions,
    ) -> Arc<OpenRoads> {
        // Whoever panicked here left the list as it was.
        let mut kept = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |open: &Arc<OpenRoads>| {
            open.conditions == conditions && open.vehicle == *vehicle && open.table == *table
        };
        if let Some(at) = kept.iter().position(same) {
            let open = kept.remove(at);
            kept.push(Arc::clone(&open));
            return open;
        }
        let open = Arc::new(OpenRoads {
            table: table.clone(),
            vehicle: vehicle.clone(),
            conditions,
            metric: Arc::new(Metric::new(&self.graph, table, vehicle, conditions)),
            customised: OnceLock::new(),
        });
        if kept.len() == OPEN_KEPT {
            kept.remove(0);
        }
        kept.push(Arc::clone(&open));
        open
    }

    /// Times of a vehicle with these barriers in force.
    pub fn metric(
        &self,
        table: &CostTable,
        vehicle: &Vehicle,
        conditions: Conditions,
        barriers: &[Barrier],
    ) -> Metric {
        let open = self.open_roads(table, vehicle, conditions);
        open.metric.barred(&self.graph, &self.locator, vehicle, barriers)
    }

    /// Where a traveller at a place enters the net: the nearest road the vehicle may use. A road of
    /// a small piece that hangs together with nothing gives way to one nearly as near.
    pub fn enter(&self, metric: &Metric, at: Coord<f64>) -> Option<Place> {
        let usable = |edge: u32| {
            let ways = &metric.way[edge as usize * 2..edge as usize * 2 + 2];
            ways.iter().any(|ms| *ms != NEVER)
        };
        let nearest = self.locator.nearest(&self.graph, at, &usable)?;
        let piece = &self.piece[usize::from(metric.both_ways)];
        if piece[nearest.edge as usize] >= ISLAND_NODES {
            return Some(nearest);
        }
        let large = |edge: u32| piece[edge as usize] >= ISLAND_NODES && usable(edge);
        let other = self.locator.nearest(&self.graph, at, &large);
        Some(other.filter(|other| other.off.0 <= nearest.off.0 + ISLAND_M).unwrap_or(nearest))
    }
}

/// How many nodes hang together with each edge by edges of a sort, whatever the direction of traffic.
fn pieces(graph: &Graph, of_sort: &dyn Fn(&Edge) -> bool) -> Vec<u32> {
    let mut root: Vec<u32> = graph.original.clone();
    fn find(root: &mut [u32], node: u32) -> u32 {
        let mut at = node;
        while root[at as usize] != at {
            root[at as usize] = root[root[at as usize] as usize];
            at = root[at as usize];
        }
        at
    }
    for edge in graph.edges.iter().filter(|edge| of_sort(edge)) {
        let [a, b] = edge.nodes.map(|node| find(&mut root, node));
        root[a.max(b) as usize] = a.min(b);
    }
    let mut size = vec![0_u32; root.len()];
    for node in 0..root.len() as u32 {
        let at = find(&mut root, node);
        size[at as usize] += 1;
    }
    graph.edges.iter().map(|edge| size[find(&mut root, edge.nodes[0]) as usize]).collect()
}

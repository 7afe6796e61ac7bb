//! The net of a county: graph, places on it and times.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use geo_types::Coord;

use super::barrier::Barrier;
use super::build::BuildReport;
use super::costing::{Conditions, CostTable, Vehicle};
use super::entrance::Entrances;
use super::graph::{Graph, NodeId};
use super::hierarchy::{Customised, Hierarchy};
use super::locator::Locator;
use super::metric::Metric;
use super::place::Place;
use super::search::Direction;
use crate::model::Feature;

/// So many sets of times with every road open are kept: vehicles by day and by night.
const OPEN_KEPT: usize = 8;

/// A road net, ready for questions.
#[derive(Debug, Default)]
pub struct Network {
    /// The graph.
    pub graph: Graph,
    locator: OnceLock<Locator>,
    /// What was noticed while it was made.
    pub report: BuildReport,
    /// The order of the hierarchy, if it was kept with the net.
    order: Option<Vec<NodeId>>,
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
    /// Whether the times in the hierarchy have been worked out.
    pub fn is_customised(&self) -> bool {
        self.customised.get().is_some()
    }

    /// The times in a hierarchy.
    pub fn customised(&self, hierarchy: &Hierarchy) -> &Arc<Customised> {
        self.customised.get_or_init(|| Arc::new(hierarchy.customise(&self.metric)))
    }
}

impl Network {
    /// The net of some roads.
    pub fn new(roads: &[Feature], restrictions: &[Feature], gates: &[Feature]) -> Self {
        let (graph, report) = Graph::build(roads, restrictions, gates);
        Self { graph, report, ..Self::default() }
    }

    /// A net that was made before, with the order of its hierarchy.
    pub(super) fn kept(graph: Graph, report: BuildReport, order: Vec<NodeId>) -> Self {
        Self { graph, report, order: Some(order), ..Self::default() }
    }

    /// The nearest place on a road, whoever may use it; on a certain row if one is given.
    pub fn nearest(&self, at: Coord<f64>, row: Option<u32>) -> Option<Place> {
        let Some(row) = row else { return self.locator().nearest(&self.graph, at) };
        let edges = &self.graph.edges;
        Locator::new(&self.graph, |edge| edges[edge as usize].row == row).nearest(&self.graph, at)
    }

    /// Finds edges, whoever may use them.
    pub fn locator(&self) -> &Locator {
        self.locator.get_or_init(|| Locator::new(&self.graph, |_| true))
    }

    /// Whether there is no road at all.
    pub fn is_empty(&self) -> bool {
        self.graph.edges.is_empty()
    }

    /// The contraction hierarchy, made at first use: worth it for many places at once.
    pub fn hierarchy(&self) -> &Hierarchy {
        self.hierarchy.get_or_init(|| match &self.order {
            Some(order) => Hierarchy::with_order(&self.graph, order),
            None => Hierarchy::new(&self.graph),
        })
    }

    /// Whether making the hierarchy takes no longer than some searches.
    pub fn has_order(&self) -> bool {
        self.order.is_some() || self.hierarchy.get().is_some()
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
        open.metric.barred(&self.graph, self.locator(), vehicle, barriers)
    }

    /// Where a traveller at a place enters the net: the nearest road the vehicle may use. A road from
    /// which one gets nowhere, or to which nobody comes, gives way to one of the net that is about as
    /// near.
    pub fn enter(&self, metric: &Metric, at: Coord<f64>) -> Option<Place> {
        self.entrances(metric).nearest(&self.graph, at, None)
    }

    /// The same for a place where journeys only begin (`From`) or only end (`To`): also a one-way road
    /// that leads into the net, or out of it, will do.
    pub fn enter_for(
        &self,
        metric: &Metric,
        at: Coord<f64>,
        direction: Direction,
    ) -> Option<Place> {
        self.entrances(metric).nearest(&self.graph, at, Some(direction))
    }

    /// The nearest road the vehicle may use, wherever it leads.
    pub fn nearest_usable(&self, metric: &Metric, at: Coord<f64>) -> Option<Place> {
        self.entrances(metric).nearest_of_all(&self.graph, at)
    }

    fn entrances<'m>(&self, metric: &'m Metric) -> &'m Entrances {
        metric.entrances.get_or_init(|| {
            let open = metric.unbarred_arcs(&self.graph);
            Entrances::new(&self.graph, &metric.way, &open)
        })
    }
}

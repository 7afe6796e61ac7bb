//! How somebody travels, and the times that follow from it.

use std::sync::{Arc, OnceLock};

use geo_types::Coord;

use crate::base::{Message, Timestamp};
use crate::county::County;
use crate::model::Kind;
use crate::network::{
    Barrier, Conditions, CostTable, Customised, Direction, Hierarchy, Metric, NEVER, Network,
    OpenRoads, Path, Place, Search, Vehicle,
};

/// A place farther than this from every road is pointed out, in metres.
pub(super) const FAR_M: f64 = 250.0;

/// How somebody travels.
#[derive(Clone, Debug, Default)]
pub struct Travel {
    /// Key of the vehicle; what the facility sends, or a car, without it.
    pub vehicle: Option<String>,
    /// Night, rain, snow.
    pub conditions: Conditions,
    /// When; barriers outside their time are not in force. Without it all are that are not lifted.
    pub at: Option<Timestamp>,
    /// Barriers beside those of the county.
    pub closed: Vec<Barrier>,
}

/// Why there are no travel times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TravelFault {
    /// The county has no roads.
    NoRoads,
    /// No vehicle has this key.
    NoVehicle {
        /// What was asked for.
        key: String,
        /// Those that there are.
        known: Vec<String>,
    },
}

impl TravelFault {
    /// Words for people.
    pub fn message(&self) -> Message {
        match self {
            Self::NoRoads => Message::new("roads-none"),
            Self::NoVehicle { key, known } => Message::new("roads-no-vehicle")
                .with("vehicle", key.as_str())
                .with("known", known.join(" ")),
        }
    }
}

/// Everything that travel times of one vehicle rest on.
#[derive(Debug)]
pub struct Trips<'a> {
    /// The net.
    pub net: &'a Network,
    /// The figures.
    pub table: &'a CostTable,
    /// The vehicle.
    pub vehicle: &'a Vehicle,
    /// Conditions.
    pub conditions: Conditions,
    /// Barriers in force.
    pub barriers: Vec<Barrier>,
    /// Times with the barriers.
    pub metric: Arc<Metric>,
    open: Arc<OpenRoads>,
    customised: OnceLock<Arc<Customised>>,
}

impl<'a> Trips<'a> {
    /// For a vehicle, or for whatever facilities of a kind send, or for a car.
    pub fn new(
        county: &'a County,
        travel: &Travel,
        sender: Option<Kind>,
    ) -> Result<Self, TravelFault> {
        let table = county.costing().table();
        let key = match (&travel.vehicle, sender) {
            (Some(key), _) => key.as_str(),
            (None, Some(kind)) => table.vehicle_of(kind),
            (None, None) => "car",
        };
        let vehicle = table.vehicle(key).ok_or_else(|| TravelFault::NoVehicle {
            key: key.to_owned(),
            known: table.vehicle.iter().map(|vehicle| vehicle.key.clone()).collect(),
        })?;
        let net = county.network();
        if net.is_empty() {
            return Err(TravelFault::NoRoads);
        }
        let mut barriers = county.barriers(travel.at);
        barriers.extend(travel.closed.iter().cloned());
        let conditions = travel.conditions;
        let open = net.open_roads(table, vehicle, conditions);
        let metric = barred(net, vehicle, &open, &barriers);
        let customised = OnceLock::new();
        Ok(Self { net, table, vehicle, conditions, barriers, metric, open, customised })
    }

    /// The same travel with other barriers in force.
    pub fn with_barriers(&self, barriers: Vec<Barrier>) -> Self {
        let Self { net, table, vehicle, conditions, .. } = *self;
        let open = Arc::clone(&self.open);
        let metric = barred(net, vehicle, &open, &barriers);
        let customised = OnceLock::new();
        Self { net, table, vehicle, conditions, barriers, metric, open, customised }
    }

    /// The times as if nothing were closed.
    pub fn unbarred(&self) -> &Metric {
        &self.open.metric
    }

    /// Where a traveller enters the net.
    pub fn enter(&self, at: Coord<f64>) -> Option<Place> {
        self.net.enter(&self.metric, at)
    }

    /// Where journeys that only begin there (`From`), or only end there (`To`), enter the net.
    pub fn enter_for(&self, at: Coord<f64>, direction: Direction) -> Option<Place> {
        self.net.enter_for(&self.metric, at, direction)
    }

    /// The times in the hierarchy, if somebody has had that made.
    pub fn customised(&self) -> Option<(&Hierarchy, &Customised)> {
        let hierarchy = self.net.ready_hierarchy()?;
        let customised = self.customised.get_or_init(|| {
            let open = self.open.customised(hierarchy);
            if Arc::ptr_eq(&self.metric, &self.open.metric) {
                return Arc::clone(open);
            }
            Arc::new(hierarchy.customise_again(open, &self.open.metric, &self.metric))
        });
        Some((hierarchy, customised))
    }

    /// Whether the times of this vehicle have been worked out in the hierarchy.
    pub(super) fn is_customised(&self) -> bool {
        self.open.is_customised()
    }

    /// The quickest way between two places.
    pub fn path(&self, start: &Place, end: &Place) -> Option<Path> {
        let graph = &self.net.graph;
        // For a single way, customising takes longer than a search.
        let customised = self.is_customised().then(|| self.customised()).flatten();
        match customised {
            Some((hierarchy, times)) => hierarchy.path(times, graph, &self.metric, start, end),
            None => {
                let mut search = Search::new(graph);
                search.run_to(graph, &self.metric, start, end);
                search.path(graph, &self.metric, end)
            }
        }
    }

    /// A search from or to some places, run to its end.
    pub fn search(&self, metric: &Metric, seeds: &[Place], direction: Direction) -> Search {
        let mut search = Search::new(&self.net.graph);
        search.run(&self.net.graph, metric, seeds, direction, NEVER, |_, _| true);
        search
    }

    /// Positions of the barriers in force that stand on a way, each once, in the order in which the
    /// traveller comes to them.
    pub fn barriers_on(&self, path: &Path) -> Vec<usize> {
        let mut out = Vec::new();
        for way in &path.ways {
            let mut here: Vec<_> = self.metric.blocked_on(way / 2).to_vec();
            if way % 2 == 1 {
                here.reverse();
            }
            for (_, _, barrier) in here {
                if !out.contains(&(barrier as usize)) {
                    out.push(barrier as usize);
                }
            }
        }
        out
    }
}

/// The times with some barriers, from those without any.
fn barred(net: &Network, vehicle: &Vehicle, open: &OpenRoads, barriers: &[Barrier]) -> Arc<Metric> {
    if barriers.is_empty() {
        return Arc::clone(&open.metric);
    }
    Arc::new(open.metric.barred(&net.graph, net.locator(), vehicle, barriers))
}

/// Whole seconds, rounded.
pub(super) fn seconds(ms: u32) -> u32 {
    (ms + 500) / 1000
}

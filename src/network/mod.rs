//! The road net: its graph, what passing it costs, what bars it, and the ways through it.

pub mod barrier;
mod build;
pub mod costing;
mod crowd;
mod entrance;
mod graph;
mod hierarchy;
mod island;
mod junction;
mod kept;
mod locator;
mod metric;
mod net;
mod noding;
mod own_figure;
mod place;
mod road;
mod search;

pub use barrier::{Barrier, Blocked};
pub use build::{BuildReport, Gap};
pub use costing::{Conditions, CostTable, Vehicle};
pub use crowd::{CrowdSearch, Lanes, Pass, Ride};
pub use graph::{Access, ArcId, Edge, Gate, Graph, NodeId, RoadClass, Surface};
pub use hierarchy::{Customised, Hierarchy, Pinned};
pub use island::{Island, islands};
pub use kept::NetKey;
pub use metric::{Metric, NEVER};
pub use net::{Network, OpenRoads};
pub use own_figure::{CostFault, CostFigure, Costing, OwnFigure, Quantity};
pub use place::Place;
pub use search::{Direction, Path, Search};

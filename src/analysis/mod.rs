//! The commander's questions: pure functions of a county and an ask.

pub mod closest_facility;
pub mod evacuation;
pub mod exposure;
pub mod roads;
pub mod supplies;
pub mod transport;

pub use closest_facility::{ClosestFacility, Condition, Reach, closest_facility};
pub use evacuation::{
    Evacuation, EvacuationPlan, EvacuationProblem, evacuation, evacuation_with_costs,
};
pub use exposure::{Exposure, exposure};
pub use transport::{CostMatrix, Transport};

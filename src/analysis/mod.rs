//! The commander's questions: pure functions of a county and an ask.

pub mod closest_facility;
pub mod evacuation;
pub mod exposure;

pub use closest_facility::{ClosestFacility, Condition, Reach, closest_facility};
pub use evacuation::{Evacuation, EvacuationPlan};
pub use exposure::{Exposure, exposure};

//! The commander's questions: pure functions of a county and an ask.

pub mod balance;
pub mod closest_facility;
pub mod demand;
pub mod evacuation;
pub mod exposure;
pub mod movement;
pub mod roads;
pub mod shelter_check;
pub mod supplies;
pub mod transport;

pub use balance::{Balance, BalanceSheet, balance};
pub use closest_facility::{ClosestFacility, Condition, Reach, closest_facility};
pub use demand::{Demand, DemandAsk, TimeOfDay, demand};
pub use evacuation::{
    Evacuation, EvacuationPlan, EvacuationProblem, evacuation, evacuation_with_costs,
};
pub use exposure::{Exposure, exposure};
pub use shelter_check::{ShelterCheck, ShelterChecks, checks_of, shelter_checks};
pub use transport::{CostMatrix, Transport};

//! Questions by road: how long, which way, who gets there first, who is cut off.

mod arrival;
mod coverage;
mod cutoff;
mod loss;
mod matrix;
mod reach;
mod route;
mod shelter;
mod step;
mod travel;

pub use arrival::{Arrivals, Unreached, arrivals};
pub use coverage::{Candidate, Coverage, SettlementTime, candidates, coverage};
pub use cutoff::{CutOff, CutSettlement, Reopening, cut_off, reopening};
pub use loss::{Loss, losses, road_losses};
pub use matrix::{matrix, travel_costs};
pub use reach::{ReachBand, reach};
pub use route::{Route, Routes, route};
pub use shelter::evacuation_by_time;
pub use step::{Step, Turn};
pub use travel::{Travel, TravelFault, Trips};

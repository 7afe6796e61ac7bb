//! Questions by road: how long, which way, who gets there first, who is cut off.

mod arrival;
mod coverage;
mod cutoff;
mod matrix;
mod reach;
mod route;
mod shelter;
mod step;
mod travel;

pub use arrival::{Arrivals, Unreached, arrivals};
pub use coverage::{Candidate, Coverage, SettlementTime, candidates, coverage};
pub use cutoff::{CutOff, CutSettlement, Loss, Reopening, cut_off, losses, reopening};
pub use matrix::{matrix, travel_costs};
pub use reach::{ReachBand, reach};
pub use route::{Route, Routes, route};
pub use shelter::evacuation_by_time;
pub use step::{Step, Turn};
pub use travel::{Travel, TravelFault, Trips};

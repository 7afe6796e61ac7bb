//! The panels, one file each: functions from a summary to pixels and commands.

pub mod card;
mod checks;
pub mod confirm;
pub mod costing;
pub mod data;
pub mod drawer;
pub mod evacuation;
pub mod hint;
pub mod import;
pub mod layers;
pub mod nearest;
pub mod nearest_time;
pub mod path;
pub mod plan;
pub mod rail;
pub mod roads;
pub mod settings;
pub mod status;
pub mod task;
pub mod top;
pub mod travel;

//! The command line as scripts see it: the real binary, field by field.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod caution;
mod costing;
mod demo;
mod evacuate;
mod exposure;
mod fields;
mod first_start;
mod import;
mod language;
mod movement;
mod nearest;
mod places;
mod print;
mod record;
mod roads;
mod store;
mod supplies;
mod support;
mod usage;

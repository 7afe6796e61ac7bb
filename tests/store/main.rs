//! The store, from outside: journeys, faults, durability and what other programs see.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
#![allow(clippy::expect_used, reason = "a test may fail loudly")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

mod additions;
mod case;
mod changes;
mod checks;
mod copies;
mod costing;
mod faults;
mod geopackage;
mod imports;
mod ledger;
mod power;
#[path = "../support/skip.rs"]
mod skip;

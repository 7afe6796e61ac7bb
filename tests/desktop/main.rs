//! The desktop, walked through without a display: every panel, both languages, all colours.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod cards;
mod closures;
mod costing;
mod county;
mod data;
mod evacuation;
mod import;
mod looks;
mod nearest;
mod roads;
mod summaries;
mod walk;
mod widths;

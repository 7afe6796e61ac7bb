//! The rules of the demo county, checked on the files in `maps/` as they are committed.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

#[path = "../../examples/generate_demo_county/demo/mod.rs"]
mod demo;

mod facilities;
mod files;
mod people;
mod provenance;
mod roads;
mod water;

//! Shouye (守夜): an offline desktop GIS for county emergency command.
//!
//! The floors of the house, from the ground up. A file uses only floors listed
//! before its own; `tests/architecture.rs` checks it.

pub mod analysis;
pub mod base;
pub mod cli;
pub mod county;
pub mod io;
pub mod model;
pub mod scene;
pub mod session;
pub mod spatial;
pub mod store;
pub mod ui;
pub mod view;

//! Shouye (守夜): an offline desktop GIS for the people who command a county's emergencies.
//!
//! The floors of the house stand here from the ground up. A file uses only floors listed
//! before its own; `tests/architecture.rs` checks it. Blank lines keep the order from being sorted.

pub mod base;

pub mod model;

pub mod spatial;

pub mod county;

pub mod analysis;

pub mod scene;

pub mod store;

pub mod io;

pub mod session;

pub mod view;

pub mod cli;

pub mod ui;

//! Shouye (守夜): an offline desktop GIS for the people who command a county's emergencies.
//!
//! The floors of the house stand here from the ground up. A file uses only floors listed
//! before its own; `tests/architecture.rs` checks it. Blank lines keep the order from being sorted.

/// Keeps memory that was just given back at hand: a map of a hundred thousand corners asks for and
/// returns megabytes sixty times a second, and a system's own allocator hands those to the kernel
/// and back each time. It stands here so that benches measure what the program runs with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod base;

pub mod model;

pub mod spatial;

pub mod network;

pub mod county;

pub mod analysis;

pub mod scene;

pub mod report;

pub mod store;

pub mod io;

pub mod session;

pub mod view;

pub mod cli;

pub mod ui;

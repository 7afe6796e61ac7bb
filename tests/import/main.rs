//! Files in and out, from the first byte to the rows of the store.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod areas;
mod crs;
mod facts;
mod formats;
mod hostile;
mod identity;
#[cfg(unix)]
mod limits;
mod osm;
mod process;
mod public_files;
mod round_trip;
mod shape;
mod shapefiles;
#[path = "../support/skip.rs"]
mod skip;
mod support;
mod tables;

//! Files in and out, from the first byte to the rows of the store.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

mod areas;
mod facts;
mod formats;
mod hostile;
mod process;
mod public_files;
mod round_trip;
mod shape;
mod shapefiles;
mod support;
mod tables;

//! What commands do and what news change, one file per subject.

mod analysis;
mod app;
mod closures;
mod costing;
mod data;
mod edit;
mod map;
mod news;
mod roads;

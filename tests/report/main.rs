//! Documents on paper: what a hand-made county's plan looks like in HTML, CSV and PDF.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod case;
mod golden;
mod pages;
mod words;

#[path = "../support/county.rs"]
#[allow(dead_code, reason = "each journey uses its own part")]
mod county;

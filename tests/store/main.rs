//! The store, from outside: journeys, faults, durability and what other programs see.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod case;
mod changes;
mod imports;

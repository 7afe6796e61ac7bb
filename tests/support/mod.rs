//! What several journeys share.

#![allow(dead_code, reason = "each journey uses its own part")]

pub mod county;
pub mod flow;

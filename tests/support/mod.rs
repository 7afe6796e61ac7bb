//! What several journeys share.

pub mod county;

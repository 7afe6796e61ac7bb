//! What a later version adds to distance: road times, vehicles and closures.

use super::args::{By, CostArgs};
use super::fault::Fault;

/// Refuses what needs the road network, which a later version brings.
pub fn by_distance_only(ask: &CostArgs) -> Result<(), Fault> {
    let later = [
        (ask.by == By::Time, "--by time"),
        (ask.vehicle.is_some(), "--vehicle"),
        (ask.closed.is_some(), "--closed"),
    ];
    match later.into_iter().find(|(asked, _)| *asked) {
        Some((_, what)) => Err(Fault::not_available(what)),
        None => Ok(()),
    }
}

//! Depots: warehouses that goods can be fetched from, and how long a truck drives to every place.

use std::collections::BTreeMap;

use geo_types::Coord;

use super::item::Item;
use super::milli::Milli;
use super::stock::Stock;
use crate::analysis::roads::{Trips, matrix};
use crate::base::{Cancelled, Feedback, Id};
use crate::county::County;
use crate::model::Kind;
use crate::spatial::{Area, middle};

/// Warehouses in use, by id.
#[derive(Clone, Debug, Default)]
pub(super) struct Depots {
    pub(super) ids: Vec<Id>,
    /// Driving time in seconds by depot, then place; `None` = no way.
    pub(super) drive_s: Vec<Vec<Option<u32>>>,
    /// Warehouses left out because they lie in the danger area.
    pub(super) in_danger: Vec<Id>,
}

/// Goods of one item in one depot that are ready at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// Position of the depot.
    pub(super) depot: usize,
    /// From the order until they can be loaded, in seconds.
    pub(super) activation_s: u32,
    /// How many people, or people times days, they are for.
    pub(super) capacity: u64,
}

impl Depots {
    /// The warehouses of a county that are not out of use and not in danger.
    pub(super) fn new(
        county: &County,
        trips: &Trips<'_>,
        places: &[Coord<f64>],
        danger: Option<&Area>,
        feedback: &Feedback,
    ) -> Result<Self, Cancelled> {
        let mut out = Self::default();
        let mut from = Vec::new();
        for row in county.features(Kind::Warehouse) {
            let Some(shape) = row.geometry.as_ref() else { continue };
            if danger.is_some_and(|area| area.touches(shape)) {
                out.in_danger.push(row.id);
            } else if let (Some(at), true) =
                (middle(shape), row.text("status") != Some("unavailable"))
            {
                out.ids.push(row.id);
                from.push(at);
            }
        }
        out.drive_s = matrix(trips, &from, places, feedback)?;
        Ok(out)
    }

    /// Where an item can be fetched; `capacity` says for how many people a quantity is.
    pub(super) fn sources(
        &self,
        stock: &Stock,
        item: &Item,
        capacity: impl Fn(Milli) -> u64,
    ) -> Vec<Source> {
        let mut sums: BTreeMap<(usize, u32), Milli> = BTreeMap::new();
        for (holding, quantity) in stock.holdings_of(item) {
            let depot = holding.warehouse.and_then(|id| self.ids.binary_search(&id).ok());
            if let Some(depot) = depot {
                *sums.entry((depot, holding.activation_s)).or_default() += quantity;
            }
        }
        sums.into_iter()
            .map(|((depot, activation_s), quantity)| Source {
                depot,
                activation_s,
                capacity: capacity(quantity),
            })
            .collect()
    }

    /// Whether any depot has a way to a place.
    pub(super) fn reach(&self, place: usize) -> bool {
        self.drive_s.iter().any(|row| row.get(place).is_some_and(Option::is_some))
    }

    pub(super) fn drive_s(&self, depot: usize, place: usize) -> Option<u32> {
        *self.drive_s.get(depot)?.get(place)?
    }
}

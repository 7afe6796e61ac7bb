//! Watches an import for the shift of Chinese web maps, by comparing it with what the store already holds.

use std::collections::HashMap;

use geo::BoundingRect;
use geo_types::{Coord, Rect};

use super::ask::RowNote;
use crate::county::County;
use crate::model::Kind;
use crate::spatial::crs::{ShiftVerdict, shift_against_pairs};

const MAX_PAIRS: usize = 5_000;

/// Places of the store by name, and how the new rows of the same names lie to them.
#[derive(Default)]
pub struct ShiftWatch {
    known: HashMap<String, Rect<f64>>,
    pairs: Vec<(Coord<f64>, Coord<f64>)>,
}

impl ShiftWatch {
    /// Takes the named places of a county: its boundary, townships and settlements.
    pub fn of(county: &County) -> Self {
        let mut watch = Self::default();
        let mut twice = Vec::new();
        for kind in [Kind::Boundary, Kind::Township, Kind::Settlement] {
            for feature in county.features(kind) {
                let place = feature.geometry.as_ref().and_then(BoundingRect::bounding_rect);
                let Some(place) = place.filter(|_| !feature.name.is_empty()) else { continue };
                if watch.known.insert(feature.name.clone(), place).is_some() {
                    twice.push(&feature.name);
                }
            }
        }
        // Names that several places have prove nothing.
        for name in twice {
            watch.known.remove(name);
        }
        watch
    }

    /// Takes notice of a new row.
    pub fn see(&mut self, name: &str, own: Rect<f64>) {
        if self.pairs.len() >= MAX_PAIRS {
            return;
        }
        let Some(known) = self.known.get(name) else { return };
        if own.width() > 0.0 && known.width() > 0.0 {
            // Two areas: their corners and middles.
            let corners = |r: Rect<f64>| {
                let (low, high) = (r.min(), r.max());
                [
                    low,
                    high,
                    Coord { x: low.x, y: high.y },
                    Coord { x: high.x, y: low.y },
                    r.center(),
                ]
            };
            self.pairs.extend(corners(own).into_iter().zip(corners(*known)));
        } else {
            self.pairs.push((own.center(), known.center()));
        }
    }

    /// What the comparison says, and forgets the layer.
    pub fn verdict(&mut self) -> Option<RowNote> {
        let evidence = shift_against_pairs(&std::mem::take(&mut self.pairs));
        let crs = match evidence.verdict {
            ShiftVerdict::LikelyGcj02 => "GCJ02",
            ShiftVerdict::LikelyBd09 => "BD09",
            ShiftVerdict::Fits | ShiftVerdict::Unclear => return None,
        };
        Some(RowNote::new(0, "likely_shifted").with("crs", crs))
    }
}

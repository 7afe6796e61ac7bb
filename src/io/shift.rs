//! Watches an import for the shift of Chinese web maps, by comparing it with what the store already holds.

use geo_types::{Coord, Rect};

use super::ask::RowNote;
use crate::spatial::crs::{ShiftVerdict, shift_against_pairs};

const MAX_PAIRS: usize = 5_000;

/// How the new rows of a layer lie to known places of the same names.
#[derive(Default)]
pub struct ShiftWatch {
    pairs: Vec<(Coord<f64>, Coord<f64>)>,
}

impl ShiftWatch {
    /// Takes notice of a new row at `own` whose name is known at `known`.
    pub fn see(&mut self, own: Rect<f64>, known: Rect<f64>) {
        if self.pairs.len() >= MAX_PAIRS {
            return;
        }
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
            self.pairs.extend(corners(own).into_iter().zip(corners(known)));
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

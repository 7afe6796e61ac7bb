//! The preplanned table (预案对口安置): which shelter a village was promised.

use std::collections::BTreeMap;

use super::problem::{Origin, Place};
use crate::base::Id;
use crate::county::County;
use crate::model::Kind;

/// What the table says about one origin.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Preference {
    /// Arranged shelters, first choice first, usable or not.
    pub(super) shelters: Vec<Id>,
    /// The usable ones as columns, with their rank in `shelters`.
    pub(super) columns: Vec<(usize, usize)>,
}

impl Preference {
    /// The rank of a column; `None` if the table does not name it.
    pub(super) fn rank(&self, column: usize) -> Option<usize> {
        self.columns.iter().find(|(at, _)| *at == column).map(|(_, rank)| *rank)
    }
}

/// The rows of the table for each origin, by priority, ties by shelter id; no priority comes last.
///
/// Settlements and shelters are named by code, id or unique name; a row that names none of ours
/// says nothing.
pub(super) fn preferences(
    county: &County,
    origins: &[Origin],
    places: &[Place],
) -> Vec<Preference> {
    let mut rows: BTreeMap<Id, Vec<(i64, Id)>> = BTreeMap::new();
    for row in county.features(Kind::Arrangement) {
        let named = |kind: Kind, field: &str| Some(county.resolve(kind, row.text(field)?)?.id);
        let (Some(settlement), Some(shelter)) =
            (named(Kind::Settlement, "settlement"), named(Kind::Shelter, "shelter"))
        else {
            continue;
        };
        let priority = row.attributes.get("priority").and_then(|value| value.as_i64());
        rows.entry(settlement).or_default().push((priority.unwrap_or(i64::MAX), shelter));
    }
    origins
        .iter()
        .map(|origin| {
            let mut wanted = rows.remove(&origin.id).unwrap_or_default();
            wanted.sort_unstable();
            let mut preference = Preference::default();
            for (_, shelter) in wanted {
                if preference.shelters.contains(&shelter) {
                    continue;
                }
                let rank = preference.shelters.len();
                preference.shelters.push(shelter);
                if let Ok(column) = places.binary_search_by_key(&shelter, |place| place.id) {
                    preference.columns.push((column, rank));
                }
            }
            preference
        })
        .collect()
}

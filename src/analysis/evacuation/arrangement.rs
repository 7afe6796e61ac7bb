//! The preplanned table (预案对口安置): which shelter a village was promised.

use std::collections::BTreeMap;

use super::plan::{UnresolvedArrangement, UnresolvedWhy};
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

/// The table as far as it concerns these origins.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    /// Origin by origin.
    pub(super) preferences: Vec<Preference>,
    /// Rows that nobody can follow.
    pub(super) unresolved: Vec<UnresolvedArrangement>,
}

/// The rows of the table for each origin, by priority, ties by shelter id; no priority comes last.
///
/// Settlements and shelters are named by code, id or unique name. A row whose settlement is not
/// known may be meant for one of the origins, and is reported; one whose shelter is not known is,
/// if it is for an origin.
pub(super) fn table(county: &County, origins: &[Id], places: &[Id]) -> Table {
    let mut table = Table::default();
    let mut rows: BTreeMap<Id, Vec<(i64, Id)>> = BTreeMap::new();
    for row in county.features(Kind::Arrangement) {
        let written = |field: &str| row.text(field).unwrap_or_default();
        let named = |kind: Kind, field: &str| Some(county.resolve(kind, written(field))?.id);
        let settlement = named(Kind::Settlement, "settlement");
        let shelter = named(Kind::Shelter, "shelter");
        if settlement.is_some_and(|id| origins.binary_search(&id).is_err()) {
            continue;
        }
        if let (Some(settlement), Some(shelter)) = (settlement, shelter) {
            let priority = row.attributes.get("priority").and_then(|value| value.as_i64());
            rows.entry(settlement).or_default().push((priority.unwrap_or(i64::MAX), shelter));
            continue;
        }
        table.unresolved.push(UnresolvedArrangement {
            settlement,
            settlement_as_written: written("settlement").to_owned(),
            shelter_as_written: written("shelter").to_owned(),
            why: match settlement {
                None => UnresolvedWhy::UnknownSettlement,
                Some(_) => UnresolvedWhy::UnknownShelter,
            },
        });
    }
    table.unresolved.sort_by(|a, b| {
        let words = |row: &UnresolvedArrangement| {
            (row.settlement_as_written.clone(), row.shelter_as_written.clone())
        };
        a.why.cmp(&b.why).then_with(|| words(a).cmp(&words(b)))
    });
    table.preferences = origins
        .iter()
        .map(|origin| {
            let mut wanted = rows.remove(origin).unwrap_or_default();
            wanted.sort_unstable();
            let mut preference = Preference::default();
            for (_, shelter) in wanted {
                if preference.shelters.contains(&shelter) {
                    continue;
                }
                let rank = preference.shelters.len();
                preference.shelters.push(shelter);
                if let Ok(column) = places.binary_search(&shelter) {
                    preference.columns.push((column, rank));
                }
            }
            preference
        })
        .collect();
    table
}

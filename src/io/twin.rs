//! Records that a file has twice, in whichever of its layers.

use std::collections::{HashMap, HashSet};

use super::ask::RowNote;
use crate::base::Id;
use crate::model::Feature;

/// The records of a file so far.
#[derive(Default)]
pub struct Twins {
    /// What each record was called.
    ids: HashMap<Id, Box<str>>,
    places: HashSet<Id>,
}

impl Twins {
    /// Takes notice of a record; the reason to refuse it if the file has had it before, or one of the same
    /// name at the same place. `place` is its place as a key, if it has a name and a place.
    pub fn meet(&mut self, row: u64, feature: &Feature, place: Option<&str>) -> Option<RowNote> {
        let own = word(feature);
        if let Some(first) = self.ids.get(&feature.id) {
            return Some(if **first == *own {
                RowNote::new(row, "duplicate").with("name", own)
            } else {
                let key = feature.code.clone().unwrap_or_else(|| feature.id.to_string());
                RowNote::said(row, "duplicate", "duplicate_code")
                    .with("code", key)
                    .with("name", own)
                    .with("first", &**first)
            });
        }
        if let Some(place) = place {
            let key = format!("{}\u{1f}{place}", feature.name);
            let key = Id::from_natural_key(feature.kind.key(), &key);
            if !self.places.insert(key) {
                return Some(RowNote::new(row, "duplicate").with("name", own));
            }
        }
        self.ids.insert(feature.id, own.into());
        None
    }
}

/// What people call it.
fn word(feature: &Feature) -> &str {
    match (&feature.code, feature.name.as_str()) {
        (Some(code), "") => code,
        (_, name) => name,
    }
}

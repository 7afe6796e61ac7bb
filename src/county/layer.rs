//! The rows of one kind that count in answers, with their index and their sources.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use geo_types::Rect;

use super::directory::Directory;
use super::extent_of;
use crate::base::Id;
use crate::model::{Feature, Kind};
use crate::spatial::FeatureIndex;

/// What an answer rests on: one source of one layer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceNote {
    /// Which layer.
    pub kind: Kind,
    /// Who says so; empty if unknown.
    pub source: String,
    /// The oldest day of its figures, if known.
    pub as_of: Option<String>,
    /// Sample data (示例数据).
    pub sample: bool,
}

/// The rows of one kind. As soon as there are real rows, sample rows are left out.
#[derive(Debug)]
pub struct Layer {
    kind: Kind,
    features: Vec<Feature>,
    left_out: usize,
    extent: Option<Rect<f64>>,
    sources: Vec<SourceNote>,
    directory: Directory,
    index: OnceLock<FeatureIndex>,
}

impl Layer {
    /// A layer from all rows of a kind; they are put in the order of their ids.
    pub fn new(kind: Kind, mut rows: Vec<Feature>) -> Self {
        let all = rows.len();
        if rows.iter().any(|row| !row.provenance.sample) {
            rows.retain(|row| !row.provenance.sample);
        }
        let left_out = all - rows.len();
        rows.sort_unstable_by_key(|row| row.id);
        let mut notes: BTreeMap<(&str, bool), Option<&str>> = BTreeMap::new();
        for row in &rows {
            let source = row.provenance.source.as_deref().unwrap_or("");
            let as_of = row.provenance.as_of.as_deref();
            notes
                .entry((source, row.provenance.sample))
                .and_modify(|oldest| {
                    if as_of.is_some() && (oldest.is_none() || as_of < *oldest) {
                        *oldest = as_of;
                    }
                })
                .or_insert(as_of);
        }
        let sources = notes
            .into_iter()
            .map(|((source, sample), as_of)| SourceNote {
                kind,
                source: source.to_owned(),
                as_of: as_of.map(str::to_owned),
                sample,
            })
            .collect();
        let extent = extent_of(&rows);
        let directory = Directory::new(&rows);
        Self { kind, features: rows, left_out, extent, sources, directory, index: OnceLock::new() }
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The rows that count, in the order of their ids.
    pub fn features(&self) -> &[Feature] {
        &self.features
    }

    /// How many sample rows real rows have taken the place of.
    pub fn samples_left_out(&self) -> usize {
        self.left_out
    }

    /// Whether its rows are sample data.
    pub fn is_sample(&self) -> bool {
        self.features.iter().any(|row| row.provenance.sample)
    }

    /// The extent in degrees; `None` for plain tables.
    pub fn extent(&self) -> Option<Rect<f64>> {
        self.extent
    }

    /// Where its rows come from.
    pub fn sources(&self) -> &[SourceNote] {
        &self.sources
    }

    /// The row with this id.
    pub fn by_id(&self, id: Id) -> Option<&Feature> {
        self.features.get(self.directory.by_id(id)?)
    }

    /// The index over its rows, built at first use; item numbers are positions in [`Self::features`].
    pub fn index(&self) -> &FeatureIndex {
        self.index.get_or_init(|| {
            FeatureIndex::build(
                (0_u32..)
                    .zip(&self.features)
                    .filter_map(|(at, row)| Some((at, row.geometry.as_ref()?))),
            )
        })
    }

    /// The row meant by a code, an id or a name that only one row has.
    pub fn resolve(&self, reference: &str) -> Option<&Feature> {
        let reference = reference.trim();
        if let Some(found) = Id::parse(reference).and_then(|id| self.by_id(id)) {
            return Some(found);
        }
        self.features.get(self.directory.by_word(reference, &self.features)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Attributes, Provenance};

    fn row(name: &str, sample: bool, as_of: Option<&str>) -> Feature {
        Feature {
            id: Id::from_natural_key("school", name),
            kind: Kind::School,
            code: Some(format!("c-{name}")),
            name: name.to_owned(),
            geometry: None,
            attributes: Attributes::default(),
            extra: Vec::new(),
            provenance: Provenance {
                source: Some("test".to_owned()),
                as_of: as_of.map(str::to_owned),
                sample,
            },
        }
    }

    #[test]
    fn real_rows_push_sample_rows_out() {
        let only_samples =
            Layer::new(Kind::School, vec![row("a", true, None), row("b", true, None)]);
        assert_eq!((only_samples.features().len(), only_samples.is_sample()), (2, true));
        let mixed = Layer::new(Kind::School, vec![row("a", true, None), row("b", false, None)]);
        assert_eq!((mixed.features().len(), mixed.samples_left_out()), (1, 1));
        assert!(!mixed.is_sample());
    }

    #[test]
    fn the_oldest_day_is_the_layers_age() {
        let layer = Layer::new(
            Kind::School,
            vec![
                row("a", false, Some("2026-05-01")),
                row("b", false, Some("2025-01-01")),
                row("c", false, None),
            ],
        );
        assert_eq!(layer.sources()[0].as_of.as_deref(), Some("2025-01-01"));
    }

    #[test]
    fn every_row_is_found_by_id_and_no_other() {
        for n in [0, 1, 2, 7, 8, 100, 1000] {
            let rows = (0..n).map(|i| row(&i.to_string(), false, None)).collect();
            let layer = Layer::new(Kind::School, rows);
            for feature in layer.features() {
                assert_eq!(layer.by_id(feature.id), Some(feature));
                assert_eq!(layer.resolve(&feature.name), Some(feature));
            }
            assert_eq!(layer.by_id(Id::from_natural_key("school", "none")), None);
            assert_eq!(layer.by_id(Id::from_bytes([0; 16])), None);
            assert_eq!(layer.by_id(Id::from_bytes([255; 16])), None);
        }
        // Ids that are no hashes still work, only slower.
        let like = |last: u8| {
            let mut bytes = [0; 16];
            bytes[15] = last;
            let mut like = row(&last.to_string(), false, None);
            like.id = Id::from_bytes(bytes);
            like
        };
        let layer = Layer::new(Kind::School, (0..=255).rev().map(like).collect());
        assert!(layer.features().iter().all(|f| layer.by_id(f.id) == Some(f)));
    }

    #[test]
    fn references_resolve_by_code_id_and_unique_name() {
        let mut twin = row("twin", false, None);
        twin.code = Some("c-other".to_owned());
        twin.id = Id::from_natural_key("school", "other");
        let layer =
            Layer::new(Kind::School, vec![row("a", false, None), row("twin", false, None), twin]);
        assert_eq!(layer.resolve("c-a").unwrap().name, "a");
        assert_eq!(layer.resolve("a").unwrap().name, "a");
        assert!(layer.resolve("twin").is_none());
        let id = Id::from_natural_key("school", "a").to_string();
        assert_eq!(layer.resolve(&id).unwrap().name, "a");
    }
}

//! What every case needs: a store in a folder of its own, a clock that stands still, features in one line.

use std::path::PathBuf;
use std::sync::Arc;

use geo_types::{Geometry, Point};
use shouye::base::{Clock, FixedClock, Id, Timestamp};
use shouye::model::{Attributes, Feature, Kind, Provenance, Value};
use shouye::store::{BatchSummary, ImportBatch, Put, Store};

/// 2026-11-24T10:40:00+08:00.
pub const NOW: Timestamp = Timestamp(1_795_488_000_000);

/// A folder with a store in it.
pub struct Case {
    pub folder: tempfile::TempDir,
    pub clock: Arc<FixedClock>,
}

impl Case {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), clock: Arc::new(FixedClock::at(NOW)) }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("county.gpkg")
    }

    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::<FixedClock>::clone(&self.clock)
    }

    pub fn create(&self) -> Store {
        Store::create(&self.path(), self.clock()).unwrap()
    }

    pub fn open(&self) -> Store {
        Store::open(&self.path(), self.clock()).unwrap()
    }
}

/// A feature whose code is its natural key.
pub fn feature(kind: Kind, code: &str, values: &[(&str, Value)]) -> Feature {
    let mut attributes = Attributes::default();
    for (name, value) in values {
        assert!(attributes.set(kind, name, Some(value.clone())), "{kind} has no {name}");
    }
    let mut feature = Feature {
        id: Id::from_natural_key(kind.key(), code),
        kind,
        code: Some(code.to_owned()),
        name: format!("{code}号"),
        geometry: None,
        attributes,
        extra: Vec::new(),
        provenance: Provenance {
            source: Some("台账".to_owned()),
            as_of: Some("2026-05-01".to_owned()),
            sample: false,
        },
    };
    feature.id = Id::from_natural_key(kind.key(), &feature.natural_key().unwrap());
    feature
}

/// A shelter at a place.
pub fn shelter(code: &str, lon: f64, lat: f64, values: &[(&str, Value)]) -> Feature {
    Feature {
        geometry: Some(Geometry::from(Point::new(lon, lat))),
        ..feature(Kind::Shelter, code, values)
    }
}

pub fn sample(mut feature: Feature) -> Feature {
    feature.provenance.sample = true;
    feature
}

pub fn batch(kind: Kind, source: &str) -> ImportBatch {
    ImportBatch {
        kind,
        source: source.to_owned(),
        replace: false,
        who: "张三".to_owned(),
        demo: false,
    }
}

pub fn replacing(kind: Kind, source: &str) -> ImportBatch {
    ImportBatch { replace: true, ..batch(kind, source) }
}

/// Imports the features and returns what became of each.
pub fn import(
    store: &mut Store,
    batch: ImportBatch,
    features: &[Feature],
) -> (Vec<Put>, BatchSummary) {
    let mut transaction = store.import(batch).unwrap();
    let puts = features.iter().map(|feature| transaction.put(feature).unwrap()).collect();
    (puts, transaction.commit().unwrap())
}

pub fn set(store: &mut Store, id: Id, field: &str, value: impl Into<Value>) {
    let changes = [(field.to_owned(), Some(value.into()))];
    assert_eq!(store.set(id, &changes, "李四", None).unwrap().len(), 1);
}

/// The shelter's value of a field as it is stored now.
pub fn stored(store: &Store, kind: Kind, id: Id, field: &str) -> Option<Value> {
    let rows = store.read_layer(kind).unwrap();
    rows.iter().find(|row| row.id == id).unwrap().value(field)
}

/// Every table's rows, cell by cell, as another program sees them.
pub fn rows_of(store: &Store, table: &str) -> Vec<Vec<rusqlite::types::Value>> {
    let db = rusqlite::Connection::open(store.path()).unwrap();
    let mut statement = db.prepare(&format!("SELECT * FROM {table} ORDER BY fid")).unwrap();
    let columns = statement.column_count();
    let rows = statement
        .query_map([], |row| (0..columns).map(|at| row.get(at)).collect::<Result<Vec<_>, _>>())
        .unwrap();
    rows.map(Result::unwrap).collect()
}

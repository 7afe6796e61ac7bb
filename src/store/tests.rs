//! What a store must keep, refuse and undo.

use std::sync::Arc;

use geo_types::{Point, line_string, polygon};

use super::*;
use crate::base::{Clock, Feedback, FixedClock, Id, Timestamp};
use crate::model::{Attributes, Feature, Kind, Provenance, Value};

fn clock() -> Arc<dyn Clock> {
    Arc::new(FixedClock::at(Timestamp(1_790_000_000_000)))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn shelter(code: &str, capacity: i64) -> Feature {
    let mut attributes = Attributes::default();
    assert!(attributes.set(Kind::Shelter, "capacity", Some(capacity.into())));
    assert!(attributes.set(Kind::Shelter, "indoor", Some(true.into())));
    assert!(attributes.set(Kind::Shelter, "gross_area_m2", Some(12.5.into())));
    Feature {
        id: Id::from_natural_key("shelter", &format!("code={code}")),
        kind: Kind::Shelter,
        code: Some(code.to_owned()),
        name: format!("学校{code}"),
        geometry: Some(Point::new(116.5, 35.7).into()),
        attributes,
        extra: vec![("楼层\"; DROP TABLE shelter".to_owned(), Value::Integer(3))],
        provenance: Provenance { source: Some("台账".to_owned()), as_of: None, sample: false },
    }
}

fn put_all(store: &mut Store, replace: bool, rows: &[Feature]) -> BatchSummary {
    let batch = ImportBatch {
        kind: rows[0].kind,
        source: "test".to_owned(),
        replace,
        who: "tester".to_owned(),
        demo: false,
    };
    let mut tx = store.import(batch).unwrap();
    for row in rows {
        tx.put(row).unwrap();
    }
    tx.commit().unwrap()
}

#[test]
fn rows_come_back_as_they_went_in() {
    let folder = folder();
    let path = folder.path().join("a.gpkg");
    let mut store = Store::create(&path, clock()).unwrap();
    let mut area = shelter("2", 5);
    area.geometry = Some(
        polygon![(x: 116.0, y: 35.0), (x: 116.1, y: 35.0), (x: 116.1, y: 35.1), (x: 116.0, y: 35.0)]
            .into(),
    );
    put_all(&mut store, false, &[shelter("1", 100), area.clone()]);
    let mut river = shelter("3", 0);
    river.kind = Kind::River;
    river.attributes = Attributes::default();
    river.geometry = Some(line_string![(x: 116.0, y: 35.0), (x: 116.1, y: 35.0)].into());
    put_all(&mut store, false, std::slice::from_ref(&river));
    drop(store);
    assert!(
        !disk::with_suffix(&path, "-wal").exists(),
        "the log is folded in when the store is closed"
    );
    let store = Store::open(&path, clock()).unwrap();
    assert_eq!(store.read_layer(Kind::Shelter).unwrap(), [shelter("1", 100), area]);
    assert_eq!(store.read_layer(Kind::River).unwrap(), [river]);
    let county = store.read_county(&Feedback::default()).unwrap();
    assert_eq!(county.features(Kind::Shelter).len(), 2);
    assert!(store.check(&Feedback::default()).unwrap().iter().all(|f| !f.is_fault));
}

#[test]
fn a_dropped_import_leaves_nothing() {
    let folder = folder();
    let mut store = Store::create(&folder.path().join("a.gpkg"), clock()).unwrap();
    let version = store.version().unwrap();
    let batch = ImportBatch {
        kind: Kind::Shelter,
        source: String::new(),
        replace: true,
        who: String::new(),
        demo: false,
    };
    let mut tx = store.import(batch).unwrap();
    tx.put(&shelter("1", 1)).unwrap();
    drop(tx);
    assert!(store.read_layer(Kind::Shelter).unwrap().is_empty());
    assert_eq!(store.version().unwrap(), version);
}

#[test]
fn updates_keep_what_the_new_row_does_not_know_and_undo_restores_it() {
    let folder = folder();
    let mut store = Store::create(&folder.path().join("a.gpkg"), clock()).unwrap();
    put_all(&mut store, false, &[shelter("1", 100), shelter("2", 50)]);
    store.set(shelter("1", 0).id, &[("occupied".into(), Some(7_i64.into()))], "me", None).unwrap();
    let before = store.read_layer(Kind::Shelter).unwrap();
    let summary =
        put_all(&mut store, false, &[shelter("1", 120), shelter("2", 50), shelter("3", 9)]);
    assert_eq!((summary.added, summary.updated, summary.removed), (1, 1, 0));
    let rows = store.read_layer(Kind::Shelter).unwrap();
    assert_eq!(rows[0].count("capacity"), Some(120));
    assert_eq!(
        rows[0].count("occupied"),
        Some(7),
        "a ledger without occupancy does not empty a shelter"
    );
    let undone = store.undo_import("tester").unwrap().unwrap();
    assert_eq!(undone.batch, summary.batch);
    let mut after = store.read_layer(Kind::Shelter).unwrap();
    after.sort_by(|a, b| a.code.cmp(&b.code));
    assert_eq!(after, before);
    store.undo_import("tester").unwrap().unwrap();
    assert!(store.read_layer(Kind::Shelter).unwrap().is_empty());
    assert_eq!(store.undo_import("tester").unwrap(), None);
}

#[test]
fn replacing_removes_the_rest_and_can_be_undone() {
    let folder = folder();
    let mut store = Store::create(&folder.path().join("a.gpkg"), clock()).unwrap();
    put_all(&mut store, false, &[shelter("1", 100), shelter("2", 50)]);
    let summary = put_all(&mut store, true, &[shelter("3", 9)]);
    assert_eq!((summary.added, summary.removed), (1, 2));
    assert_eq!(store.read_layer(Kind::Shelter).unwrap(), [shelter("3", 9)]);
    store.undo_import("tester").unwrap();
    let mut rows = store.read_layer(Kind::Shelter).unwrap();
    rows.sort_by(|a, b| a.code.cmp(&b.code));
    assert_eq!(rows, [shelter("1", 100), shelter("2", 50)]);
}

#[test]
fn changes_are_fitted_logged_and_walked_back() {
    let folder = folder();
    let mut store = Store::create(&folder.path().join("a.gpkg"), clock()).unwrap();
    put_all(&mut store, false, &[shelter("1", 100)]);
    let id = shelter("1", 100).id;
    let made =
        store.set(id, &[("status".into(), Some("启用".into()))], "duty", Some("drill")).unwrap();
    assert_eq!(made, [Change { field: "status".into(), old: None, new: Some("open".into()) }]);
    store.set(id, &[("occupied".into(), Some("30".into()))], "duty", None).unwrap();
    assert_eq!(store.set(id, &[("occupied".into(), Some("30".into()))], "duty", None).unwrap(), []);
    let refused = store.set(id, &[("occupied".into(), Some("-1".into()))], "duty", None);
    assert_eq!(refused.unwrap_err().code(), "bad_value");
    assert_eq!(
        store.set(id, &[("wings".into(), None)], "duty", None).unwrap_err().code(),
        "no_field"
    );
    let nobody = Id::from_natural_key("shelter", "nobody");
    assert_eq!(store.set(nobody, &[], "duty", None).unwrap_err().code(), "not_found");

    let (_, undone) = store.undo_set("tester").unwrap().unwrap();
    assert_eq!(undone[0].field, "occupied");
    let (_, undone) = store.undo_set("tester").unwrap().unwrap();
    assert_eq!(undone, [Change { field: "status".into(), old: Some("open".into()), new: None }]);
    assert_eq!(store.undo_set("tester").unwrap(), None);
    assert_eq!(store.read_layer(Kind::Shelter).unwrap(), [shelter("1", 100)]);
    let history = store.history(id).unwrap();
    assert_eq!(history.len(), 4);
    assert_eq!(history.iter().filter(|line| line.is_undo).count(), 2);
    assert_eq!(history[0].why.as_deref(), Some("drill"));
    assert!(store.check(&Feedback::default()).unwrap().iter().all(|f| !f.is_fault));
}

#[test]
fn the_change_table_cannot_be_edited_and_a_row_changed_behind_it_is_found() {
    let folder = folder();
    let mut store = Store::create(&folder.path().join("a.gpkg"), clock()).unwrap();
    put_all(&mut store, false, &[shelter("1", 100)]);
    store.set(shelter("1", 0).id, &[("occupied".into(), Some(7_i64.into()))], "me", None).unwrap();
    for sql in ["DELETE FROM shouye_change", "UPDATE shouye_change SET who='x'"] {
        assert!(store.db.execute_batch(sql).is_err());
    }
    store.db.execute_batch("UPDATE shelter SET occupied=8").unwrap();
    let findings = store.check(&Feedback::default()).unwrap();
    assert_eq!(findings[0].code, "change_mismatch");
}

#[test]
fn real_rows_take_the_whole_place_of_sample_rows() {
    let folder = folder();
    let mut store = Store::create(&folder.path().join("a.gpkg"), clock()).unwrap();
    let mut sample = shelter("1", 100);
    sample.provenance.sample = true;
    sample.attributes.set(Kind::Shelter, "toilets", Some(9_i64.into()));
    put_all(&mut store, false, &[sample]);
    put_all(&mut store, false, &[shelter("1", 60)]);
    assert_eq!(store.read_layer(Kind::Shelter).unwrap(), [shelter("1", 60)]);
}

#[test]
fn plans_and_settings_are_kept() {
    let folder = folder();
    let mut store = Store::create(&folder.path().join("a.gpkg"), clock()).unwrap();
    store.save_plan("北部", "{}").unwrap();
    store.save_plan("北部", "{\"people\":3}").unwrap();
    assert_eq!(store.plans().unwrap().len(), 1);
    assert_eq!(store.load_plan("北部").unwrap().as_deref(), Some("{\"people\":3}"));
    assert!(store.delete_plan("北部").unwrap());
    assert_eq!(store.load_plan("北部").unwrap(), None);
    store.put_setting("title", "汶上县").unwrap();
    assert_eq!(store.setting("title").unwrap().as_deref(), Some("汶上县"));
}

#[test]
fn on_a_full_disk_the_import_fails_whole_and_the_store_lives_on() {
    let folder = folder();
    let mut store = Store::create(&folder.path().join("a.gpkg"), clock()).unwrap();
    put_all(&mut store, false, &[shelter("1", 100)]);
    let pages: i64 = store.db.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    store.db.pragma_update(None, "max_page_count", pages + 10).unwrap();
    let batch = ImportBatch {
        kind: Kind::Shelter,
        source: "big".to_owned(),
        replace: true,
        who: "tester".to_owned(),
        demo: false,
    };
    let mut tx = store.import(batch).unwrap();
    let fault = (2..10_000).find_map(|i| tx.put(&shelter(&i.to_string(), 1)).err()).unwrap();
    assert_eq!(fault.code(), "disk_full");
    drop(tx);
    assert_eq!(store.read_layer(Kind::Shelter).unwrap(), [shelter("1", 100)]);
    assert_eq!(store.version().unwrap(), 1);
    // Space is made, and work goes on.
    store.db.pragma_update(None, "max_page_count", pages + 10_000).unwrap();
    put_all(&mut store, false, &[shelter("2", 50)]);
    assert!(store.check(&Feedback::default()).unwrap().iter().all(|f| !f.is_fault));
}

/// Only with these two is every acknowledged change on the disk before it is acknowledged.
#[test]
fn changes_are_logged_ahead_and_synchronised_in_full() {
    let folder = folder();
    let path = folder.path().join("a.gpkg");
    for store in [Store::create(&path, clock()).unwrap(), Store::open(&path, clock()).unwrap()] {
        let mode: String =
            store.db.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        let level: i64 =
            store.db.pragma_query_value(None, "synchronous", |row| row.get(0)).unwrap();
        assert_eq!((mode.as_str(), level), ("wal", 2));
        let page: u32 = store.db.pragma_query_value(None, "page_size", |row| row.get(0)).unwrap();
        assert_eq!(page, 16_384, "an import writes whole pages, few and large");
    }
}

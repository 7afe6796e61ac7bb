//! Adding a record by hand: one act with all its fields, and the way back.

use geo_types::{Geometry, LineString, Point, line_string, polygon};
use shouye::base::{Feedback, Id, Timestamp};
use shouye::model::{Feature, Kind, Value};
use shouye::store::{Change, NewRecord, Store, StoreError, WHOLE_RECORD};

use crate::case::{Case, NOW, batch, feature, import, replacing, rows_of, set, stored};

fn closure(values: &[(&str, &str)]) -> NewRecord {
    let value = |(field, word): &(&str, &str)| ((*field).to_owned(), Some(Value::from(*word)));
    NewRecord {
        kind: Kind::Closure,
        geometry: Some(Point::new(116.5, 35.7).into()),
        values: values.iter().map(value).collect(),
    }
}

fn flood() -> NewRecord {
    closure(&[("code", "FB-20261124"), ("name", "泉河桥"), ("status", "生效"), ("depth_m", "0.3")])
}

fn rows(store: &Store) -> Vec<Feature> {
    store.read_layer(Kind::Closure).unwrap()
}

fn extent(store: &Store) -> Vec<Option<f64>> {
    let db = rusqlite::Connection::open(store.path()).unwrap();
    let sql = "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'closure'";
    db.query_row(sql, [], |row| (0..4).map(|at| row.get(at)).collect()).unwrap()
}

#[test]
fn a_record_is_added_with_who_when_and_why() {
    let case = Case::new();
    let mut store = case.create();
    let (id, made) = store.add(&flood(), "李四", Some("暴雨")).unwrap();
    assert_eq!(id, Id::from_natural_key("closure", "code=FB-20261124"));
    let new =
        |field: &str, value: Value| Change { field: field.to_owned(), old: None, new: Some(value) };
    let fields = [
        new("code", "FB-20261124".into()),
        new("name", "泉河桥".into()),
        new("status", "active".into()),
        new("depth_m", 0.3.into()),
    ];
    let sorted = |mut all: Vec<Change>| {
        all.sort_by(|a, b| a.field.cmp(&b.field));
        all
    };
    assert_eq!(sorted(made), sorted(fields.to_vec()));
    let row = rows(&store).remove(0);
    assert_eq!((row.id, row.text("status")), (id, Some("active")));
    assert_eq!(row.geometry, Some(Point::new(116.5, 35.7).into()));
    assert!(!row.provenance.sample);
    assert_eq!(extent(&store), [Some(116.5), Some(35.7), Some(116.5), Some(35.7)]);
    assert_eq!(store.version().unwrap(), 1);

    // The record as a whole, its place by fingerprint, and its four fields.
    let told = store.history(id).unwrap();
    assert_eq!(told.len(), 6);
    assert_eq!(
        (&*told[0].change.field, &told[0].change.new),
        (WHOLE_RECORD, &Some("泉河桥".into()))
    );
    for line in &told {
        assert_eq!((&*line.who, line.why.as_deref()), ("李四", Some("暴雨")));
        assert_eq!((line.at.clone(), line.act), (NOW.to_string(), told[0].seq));
        assert!(line.change.old.is_none() && !line.is_undo && line.source.is_none());
    }
    assert!(store.check(&Feedback::default()).unwrap().is_empty());
}

#[test]
fn undo_leaves_the_layer_as_it_was() {
    let case = Case::new();
    let mut store = case.create();
    let kept = NewRecord { geometry: Some(Point::new(116.6, 35.6).into()), ..closure(&[]) };
    store.add(&kept, "李四", None).unwrap();
    let before = (rows(&store), rows_of(&store, "closure"), extent(&store));

    let (id, made) = store.add(&flood(), "李四", None).unwrap();
    assert_eq!(extent(&store), [Some(116.5), Some(35.6), Some(116.6), Some(35.7)]);
    let (undone, back) = store.undo_set("王五").unwrap().unwrap();
    assert_eq!(undone, id);
    let swapped = |c: &Change| Change { field: c.field.clone(), old: c.new.clone(), new: None };
    assert_eq!(back, made.iter().map(swapped).collect::<Vec<_>>());
    assert_eq!((rows(&store), rows_of(&store, "closure"), extent(&store)), before);

    // What was undone stays told, and is not undone again.
    let told = store.history(id).unwrap();
    let last = told.last().unwrap();
    assert!(last.is_undo && last.who == "王五" && last.change.field == WHOLE_RECORD);
    assert_eq!((&last.change.old, &last.change.new), (&Some("泉河桥".into()), &None));
    assert!(store.undo_set("王五").unwrap().is_some(), "the first one");
    assert_eq!(store.undo_set("王五").unwrap(), None);
    assert!(rows(&store).is_empty() && extent(&store) == [None; 4]);
    // The same record may be added anew.
    assert_eq!(store.add(&flood(), "李四", None).unwrap().0, id);
}

#[test]
fn later_changes_of_the_record_are_undone_before_it() {
    let case = Case::new();
    let mut store = case.create();
    let (id, _) = store.add(&flood(), "李四", None).unwrap();
    set(&mut store, id, "status", "lifted");
    let (_, back) = store.undo_set("王五").unwrap().unwrap();
    assert_eq!(back.len(), 1);
    assert_eq!(stored(&store, Kind::Closure, id, "status"), Some("active".into()));
    assert_eq!(store.undo_set("王五").unwrap().unwrap().1.len(), 4);
    assert!(rows(&store).is_empty());
}

#[test]
fn what_cannot_be_is_refused_and_nothing_changes() {
    let case = Case::new();
    let mut store = case.create();
    store.add(&flood(), "李四", None).unwrap();
    let line: LineString<f64> = line_string![(x: 116.0, y: 35.0), (x: 116.1, y: 35.0)];
    let shelter =
        NewRecord { kind: Kind::Gauge, geometry: Some(Geometry::from(line)), values: Vec::new() };
    for (record, code) in [
        (flood(), "record_exists"),
        (closure(&[("depth_m", "deep")]), "bad_value"),
        (closure(&[("status", "飞走")]), "bad_value"),
        (closure(&[("wings", "2")]), "no_field"),
        (closure(&[("geom", "2")]), "no_field"),
        (shelter, "geometry_type"),
    ] {
        let fault = store.add(&record, "李四", None).unwrap_err();
        assert_eq!(fault.code(), code, "{fault}");
        assert!(fault.hint().is_some());
    }
    assert_eq!((store.version().unwrap(), rows(&store).len()), (1, 1));
}

#[test]
fn records_without_a_key_go_by_the_moment() {
    let case = Case::new();
    let mut store = case.create();
    let ring = polygon![(x: 116.0, y: 35.0), (x: 116.1, y: 35.0), (x: 116.1, y: 35.1)];
    let area = NewRecord { geometry: Some(ring.into()), ..closure(&[]) };
    let one = store.add(&area, "李四", None).unwrap();
    let two = store.add(&area, "李四", None).unwrap();
    assert!(one.0 != two.0 && one.1.is_empty());
    let other = Case::new();
    assert_eq!(other.create().add(&area, "李四", None).unwrap().0, one.0, "the same again");
    assert!(store.check(&Feedback::default()).unwrap().is_empty());
}

#[test]
fn a_ledger_renews_an_added_record_and_undo_then_leaves_it() {
    let case = Case::new();
    let mut store = case.create();
    let (id, _) = store.add(&flood(), "李四", None).unwrap();
    let deeper = feature(Kind::Closure, "FB-20261124", &[("depth_m", 0.5.into())]);
    let deeper = Feature { name: "泉河桥".to_owned(), geometry: None, ..deeper };
    assert_eq!(deeper.id, id);
    import(&mut store, batch(Kind::Closure, "a.csv"), std::slice::from_ref(&deeper));
    assert_eq!(stored(&store, Kind::Closure, id, "depth_m"), Some(0.5.into()));
    assert_eq!(store.undo_set("王五").unwrap(), None);

    // With the import taken back it is as it was added again, and can go.
    store.undo_import("王五").unwrap().unwrap();
    assert_eq!(stored(&store, Kind::Closure, id, "depth_m"), Some(0.3.into()));
    assert_eq!(store.undo_set("王五").unwrap().unwrap().0, id);
    assert!(rows(&store).is_empty());
}

#[test]
fn a_replacing_import_takes_it_away_and_gives_it_back() {
    let case = Case::new();
    let mut store = case.create();
    let (id, _) = store.add(&flood(), "李四", None).unwrap();
    let before = rows(&store);
    let other = feature(Kind::Closure, "FB-9", &[]);
    import(&mut store, replacing(Kind::Closure, "a.csv"), &[other]);
    assert!(rows(&store).iter().all(|row| row.id != id));
    // What an import took away is no longer there to be undone.
    assert_eq!(store.undo_set("王五").unwrap(), None);
    store.undo_import("王五").unwrap().unwrap();
    assert_eq!(rows(&store), before);
    assert_eq!(store.undo_set("王五").unwrap().unwrap().0, id);
}

#[test]
fn an_import_taken_back_leaves_what_was_added_by_hand() {
    let case = Case::new();
    let mut store = case.create();
    import(&mut store, batch(Kind::Closure, "a.csv"), &[feature(Kind::Closure, "FB-9", &[])]);
    let (id, _) = store.add(&flood(), "李四", None).unwrap();
    store.undo_import("王五").unwrap().unwrap();
    let left = rows(&store);
    assert_eq!((left.len(), left[0].id), (1, id));
}

#[test]
fn a_store_that_cannot_be_written_or_is_held_adds_nothing() {
    let case = Case::new();
    let mut store = case.create();
    let holder = rusqlite::Connection::open(case.path()).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(matches!(store.add(&flood(), "李四", None), Err(StoreError::Busy { .. })));
    holder.execute_batch("ROLLBACK").unwrap();
    drop(holder);
    case.clock.set(Timestamp(NOW.0 + 1));
    assert!(store.add(&flood(), "李四", None).is_ok());
}

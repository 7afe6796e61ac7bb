//! Imports: all or nothing, added or brought up to date by id, replaced, taken back.

use geo_types::{Rect, line_string, polygon};
use shouye::base::Feedback;
use shouye::model::{Feature, Kind, Value};
use shouye::store::{ImportBatch, Put, StoreError, WHOLE_RECORD};

use crate::case::{Case, batch, feature, import, replacing, rows_of, sample, set, shelter, stored};

#[test]
fn everything_a_feature_carries_comes_back() {
    let case = Case::new();
    let mut store = case.create();
    let mut park = shelter(
        "A1",
        116.512_345_678_9,
        35.712_345_678_9,
        &[
            ("capacity", 1200_i64.into()),
            ("effective_area_out_m2", 2400.0.into()),
            ("status", "standby".into()),
            ("hazards", "flood;earthquake".into()),
            ("indoor", false.into()),
            ("phone", "0537-1234567".into()),
        ],
    );
    park.extra = vec![
        ("建成年份".to_owned(), Value::Integer(1998)),
        ("面积".to_owned(), Value::Real(0.1 + 0.2)),
        ("公式".to_owned(), Value::Text("=1+1".to_owned())),
        ("验收".to_owned(), Value::Boolean(true)),
    ];
    let mut road = feature(Kind::Road, "S1", &[("oneway", true.into())]);
    road.geometry = Some(line_string![(x: 116.0, y: 35.0), (x: 116.1, y: 35.1)].into());
    let stock = feature(Kind::Equipment, "E1", &[("reach_m", 32.0.into())]);

    let mut transaction = store.import(batch(Kind::Shelter, "a.csv")).unwrap();
    for row in [&park, &road, &stock] {
        assert_eq!(transaction.put(row).unwrap(), Put::Added);
    }
    let summary = transaction.commit().unwrap();
    assert_eq!(summary.kinds, [Kind::Road, Kind::Shelter, Kind::Equipment]);
    assert_eq!((summary.added, store.version().unwrap()), (3, 1));

    let store = {
        store.close().unwrap();
        case.open()
    };
    assert_eq!(store.read_layer(Kind::Shelter).unwrap(), [park.clone()]);
    assert_eq!(store.read_layer(Kind::Equipment).unwrap(), [stock]);
    // The layer is declared MULTILINESTRING, but a line comes back as the line it was.
    assert_eq!(store.read_layer(Kind::Road).unwrap(), [road]);

    let county = store.read_county(&Feedback::default()).unwrap();
    assert_eq!((county.version(), county.features(Kind::Shelter)), (1, [park].as_slice()));
    let layers = store.layers().unwrap();
    let shelters = layers.iter().find(|layer| layer.kind == Kind::Shelter).unwrap();
    let place = (116.512_345_678_9, 35.712_345_678_9);
    assert_eq!(shelters.extent, Some(Rect::new(place, place)));
    assert_eq!((shelters.features, shelters.source.as_str()), (1, "台账"));
    assert_eq!((shelters.as_of.as_deref(), shelters.sample), (Some("2026-05-01"), false));
}

#[test]
fn a_dropped_import_leaves_no_trace() {
    let case = Case::new();
    let mut store = case.create();
    let mut transaction = store.import(batch(Kind::Shelter, "a.csv")).unwrap();
    transaction.put(&shelter("A1", 116.0, 35.0, &[])).unwrap();
    drop(transaction);
    assert!(store.layers().unwrap().is_empty());
    assert_eq!(store.version().unwrap(), 0);
    assert_eq!(store.undo_import("王五").unwrap(), None);
    // The store is free again.
    import(&mut store, batch(Kind::Shelter, "a.csv"), &[shelter("A1", 116.0, 35.0, &[])]);
}

#[test]
fn a_second_delivery_updates_by_id_and_keeps_what_it_does_not_know() {
    let case = Case::new();
    let mut store = case.create();
    let mut first = shelter("A1", 116.0, 35.0, &[("capacity", 100_i64.into())]);
    first.extra = vec![("备用".to_owned(), "x".into()), ("年份".to_owned(), 1998_i64.into())];
    let same = shelter("A2", 116.1, 35.1, &[("capacity", 50_i64.into())]);
    import(&mut store, batch(Kind::Shelter, "a.csv"), &[first.clone(), same.clone()]);
    set(&mut store, first.id, "occupied", 30_i64);

    // The new ledger has another capacity, no position, no occupancy, and one of two unknown columns.
    let mut second = shelter("A1", 0.0, 0.0, &[("capacity", 120_i64.into())]);
    second.geometry = None;
    second.extra = vec![("年份".to_owned(), 1999_i64.into())];
    let third = shelter("A3", 116.2, 35.2, &[]);
    let (puts, summary) = import(&mut store, batch(Kind::Shelter, "b.csv"), &[second, same, third]);
    assert_eq!(puts, [Put::Updated, Put::Unchanged, Put::Added]);
    assert_eq!((summary.updated, summary.unchanged, summary.added), (1, 1, 1));

    let rows = store.read_layer(Kind::Shelter).unwrap();
    assert_eq!(rows[0].count("capacity"), Some(120));
    assert_eq!(rows[0].count("occupied"), Some(30));
    assert_eq!(rows[0].geometry, first.geometry);
    let years = [("年份".to_owned(), Value::Integer(1999)), ("备用".to_owned(), "x".into())];
    assert_eq!(rows[0].extra, years);
}

#[test]
fn an_import_that_says_nothing_new_is_no_change() {
    let case = Case::new();
    let mut store = case.create();
    let rows = [shelter("A1", 116.0, 35.0, &[("capacity", 100_i64.into())])];
    import(&mut store, batch(Kind::Shelter, "a.csv"), &rows);
    let (_, summary) = import(&mut store, batch(Kind::Shelter, "a.csv"), &rows);
    assert_eq!((summary.unchanged, summary.kinds.len()), (1, 0));
    assert_eq!(store.version().unwrap(), 1);
    // So taking back takes the first one.
    assert_eq!(store.undo_import("王五").unwrap().unwrap().added, 1);
}

#[test]
fn after_a_replacement_the_layer_holds_just_the_file() {
    let case = Case::new();
    let mut store = case.create();
    let (a, b) = (
        shelter("A1", 116.0, 35.0, &[("capacity", 100_i64.into())]),
        shelter("A2", 117.0, 36.0, &[]),
    );
    import(&mut store, batch(Kind::Shelter, "a.csv"), &[a.clone(), sample(b)]);
    let school = feature(Kind::School, "S1", &[]);
    import(&mut store, batch(Kind::School, "s.csv"), std::slice::from_ref(&school));

    let (bare, c) = (shelter("A1", 116.0, 35.0, &[]), shelter("A3", 116.5, 35.5, &[]));
    let (puts, summary) =
        import(&mut store, replacing(Kind::Shelter, "b.csv"), &[bare.clone(), c.clone()]);
    assert_eq!(puts, [Put::Updated, Put::Added]);
    assert_eq!((summary.removed, summary.updated), (1, 1));
    // Unlike an update, a replacement also empties what the file leaves empty.
    assert_eq!(store.read_layer(Kind::Shelter).unwrap(), [bare, c]);
    assert_eq!(store.read_layer(Kind::School).unwrap(), [school]);
    let extent = store.layers().unwrap().iter().find(|l| l.kind == Kind::Shelter).unwrap().extent;
    assert_eq!(extent, Some(Rect::new((116.0, 35.0), (116.5, 35.5))));
}

#[test]
fn taking_imports_back_restores_every_byte() {
    let case = Case::new();
    let mut store = case.create();
    let first: Vec<Feature> = (0..20)
        .map(|i| {
            let x = 116.0 + f64::from(i) * 0.01;
            let mut row =
                shelter(&format!("A{i}"), x, 35.0, &[("effective_area_out_m2", (x / 3.0).into())]);
            row.extra = vec![("n".to_owned(), (x / 7.0).into())];
            row
        })
        .collect();
    import(&mut store, batch(Kind::Shelter, "a.csv"), &first);
    let before = rows_of(&store, "shelter");
    let extent = store.layers().unwrap()[0].extent;

    let changed: Vec<Feature> = (0..10)
        .map(|i| shelter(&format!("A{i}"), 115.0, 34.0, &[("capacity", 7_i64.into())]))
        .chain([shelter("B1", 116.0, 35.0, &[])])
        .collect();
    import(&mut store, batch(Kind::Shelter, "b.csv"), &changed);
    import(&mut store, replacing(Kind::Shelter, "c.csv"), &[shelter("C1", 110.0, 30.0, &[])]);
    assert_eq!(store.read_layer(Kind::Shelter).unwrap().len(), 1);

    let undone = store.undo_import("王五").unwrap().unwrap();
    assert_eq!((undone.source.as_str(), undone.removed, undone.added), ("c.csv", 21, 1));
    let undone = store.undo_import("王五").unwrap().unwrap();
    assert_eq!((undone.source.as_str(), undone.updated, undone.added), ("b.csv", 10, 1));
    assert_eq!(rows_of(&store, "shelter"), before);
    assert_eq!(store.layers().unwrap()[0].extent, extent);
    assert_eq!(store.undo_import("王五").unwrap().unwrap().source, "a.csv");
    assert!(store.layers().unwrap().is_empty());
    assert_eq!(store.undo_import("王五").unwrap(), None);
    assert!(store.check(&Feedback::default()).unwrap().is_empty());
}

#[test]
fn taking_an_import_back_keeps_what_people_set_since() {
    let case = Case::new();
    let mut store = case.create();
    let row = |capacity: i64| shelter("A1", 116.0, 35.0, &[("capacity", capacity.into())]);
    let id = row(1).id;
    import(&mut store, batch(Kind::Shelter, "a.csv"), &[row(100)]);
    import(&mut store, batch(Kind::Shelter, "b.csv"), &[row(120)]);
    set(&mut store, id, "occupied", 30_i64);
    store.undo_import("王五").unwrap().unwrap();
    assert_eq!(stored(&store, Kind::Shelter, id, "capacity"), Some(Value::Integer(100)));
    assert_eq!(stored(&store, Kind::Shelter, id, "occupied"), Some(Value::Integer(30)));
    // The row whose arrival is taken back goes, with an entry that says so.
    store.undo_import("王五").unwrap().unwrap();
    assert!(store.check(&Feedback::default()).unwrap().is_empty());
    let gone = store.history(id).unwrap().pop().unwrap();
    assert_eq!((gone.change.field.as_str(), gone.change.new), (WHOLE_RECORD, None));
}

#[test]
fn sample_rows_stand_beside_real_ones_and_out_of_every_answer() {
    let case = Case::new();
    let mut store = case.create();
    let (a, b) = (
        sample(shelter("A1", 116.0, 35.0, &[("capacity", 100_i64.into()), ("beds", 9_i64.into())])),
        sample(shelter("A2", 116.1, 35.1, &[])),
    );
    let demo = ImportBatch { demo: true, ..batch(Kind::Shelter, "示例") };
    import(&mut store, demo, &[a, b.clone()]);
    assert!(store.layers().unwrap()[0].sample);
    assert_eq!(
        store.undo_import("王五").unwrap(),
        None,
        "the demo county is no import of the user's"
    );

    // The real record of the same code takes over nothing that was invented.
    let real = shelter("A1", 116.0, 35.0, &[("capacity", 80_i64.into())]);
    import(&mut store, batch(Kind::Shelter, "a.csv"), std::slice::from_ref(&real));
    let rows = store.read_layer(Kind::Shelter).unwrap();
    assert_eq!(rows, [real.clone(), b]);
    let county = store.read_county(&Feedback::default()).unwrap();
    assert_eq!(county.features(Kind::Shelter), std::slice::from_ref(&real));
    let info = store.layers().unwrap().remove(0);
    assert_eq!((info.features, info.samples_left_out, info.sample), (1, 1, false));

    // And invented figures never overwrite it.
    let invented = sample(shelter("A1", 116.0, 35.0, &[("capacity", 5000_i64.into())]));
    let (puts, _) = import(&mut store, batch(Kind::Shelter, "示例"), &[invented]);
    assert_eq!(puts, [Put::Unchanged]);
    assert_eq!(store.read_layer(Kind::Shelter).unwrap()[0], real);
}

#[test]
fn a_geometry_that_the_layer_cannot_hold_is_refused_by_name() {
    let case = Case::new();
    let mut store = case.create();
    let mut gauge = feature(Kind::Gauge, "G1", &[]);
    let area = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0), (x: 0.0, y: 0.0)];
    gauge.geometry = Some(area.into());
    let mut transaction = store.import(batch(Kind::Gauge, "g")).unwrap();
    let fault = transaction.put(&gauge).unwrap_err();
    assert!(matches!(&fault, StoreError::GeometryType { found: "Polygon", .. }), "{fault}");
    // The import may go on without that row.
    gauge.geometry = None;
    transaction.put(&gauge).unwrap();
    assert_eq!(transaction.commit().unwrap().added, 1);
}

#[test]
fn names_that_look_like_sql_are_names() {
    let case = Case::new();
    let mut store = case.create();
    let mut row =
        shelter("'); DROP TABLE shelter; --", 116.0, 35.0, &[("note", "\"' \u{1}\n%s".into())]);
    row.extra = vec![("\"order\" by 1; --".to_owned(), "]]\"".into())];
    import(&mut store, batch(Kind::Shelter, "x'; --"), std::slice::from_ref(&row));
    assert_eq!(store.read_layer(Kind::Shelter).unwrap(), [row]);
}

/// Sample rows of the user's own are an import like any other.
#[test]
fn the_last_import_is_taken_back_whatever_its_rows_say_of_themselves() {
    let case = Case::new();
    let mut store = case.create();
    let own = sample(shelter("A1", 116.0, 35.0, &[("capacity", 100_i64.into())]));
    let real = shelter("A2", 116.1, 35.1, &[]);
    import(&mut store, batch(Kind::Shelter, "real.csv"), std::slice::from_ref(&real));
    import(&mut store, batch(Kind::Shelter, "sample.csv"), &[own]);
    assert_eq!(store.undo_import("王五").unwrap().unwrap().source, "sample.csv");
    assert_eq!(store.read_layer(Kind::Shelter).unwrap(), [real]);
}

/// A row that was replaced and came again stands under another number; taking back must not trip.
#[test]
fn imports_are_taken_back_one_after_the_other_through_a_replacement() {
    let case = Case::new();
    let mut store = case.create();
    let samples = [
        sample(shelter("A1", 116.0, 35.0, &[("capacity", 100_i64.into())])),
        sample(shelter("A2", 116.1, 35.1, &[])),
    ];
    import(&mut store, batch(Kind::Shelter, "a.csv"), &samples);
    let first = store.read_layer(Kind::Shelter).unwrap();
    let real = [shelter("R1", 116.2, 35.2, &[])];
    import(&mut store, replacing(Kind::Shelter, "b.csv"), &real);
    import(&mut store, batch(Kind::Shelter, "a.csv"), &samples);
    for source in ["a.csv", "b.csv"] {
        assert_eq!(store.undo_import("王五").unwrap().unwrap().source, source);
    }
    assert_eq!(store.read_layer(Kind::Shelter).unwrap(), first);
    assert_eq!(store.undo_import("王五").unwrap().unwrap().source, "a.csv");
    assert!(store.read_layer(Kind::Shelter).unwrap().is_empty());
}

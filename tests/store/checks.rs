//! What a check finds, and that it finds nothing where nothing is wrong.

use geo_types::{Geometry, Point, polygon};
use rusqlite::Connection;
use shouye::base::Feedback;
use shouye::model::{Feature, Kind};
use shouye::store::{Finding, Store};

use crate::case::{Case, batch, feature, import, sample, set, shelter};

fn check(store: &Store) -> Vec<Finding> {
    store.check(&Feedback::default()).unwrap()
}

fn codes(findings: &[Finding]) -> Vec<(&str, &str)> {
    findings.iter().map(|finding| (finding.code, finding.layer.as_str())).collect()
}

fn put(store: &mut Store, rows: &[Feature]) {
    let mut transaction = store.import(batch(rows[0].kind, "test")).unwrap();
    for row in rows {
        transaction.put(row).unwrap();
    }
    transaction.commit().unwrap();
}

fn at(row: Feature, lon: f64, lat: f64) -> Feature {
    Feature { geometry: Some(Geometry::from(Point::new(lon, lat))), ..row }
}

#[test]
fn the_rules_of_a_county() {
    let case = Case::new();
    let mut store = case.create();
    let square = polygon![(x: 116.0, y: 35.0), (x: 117.0, y: 35.0), (x: 117.0, y: 36.0), (x: 116.0, y: 36.0), (x: 116.0, y: 35.0)];
    let township =
        Feature { geometry: Some(square.into()), ..feature(Kind::Township, "370830100", &[]) };
    let village = |code: &str, lon| at(feature(Kind::Settlement, code, &[]), lon, 35.5);
    let people = |capacity: i64, occupied: i64, reserved: i64| {
        [
            ("capacity", capacity.into()),
            ("occupied", occupied.into()),
            ("reserved", reserved.into()),
        ]
    };
    let stock = |code: &str, expiry: &str, warehouse: &str| {
        feature(Kind::Stock, code, &[("expiry", expiry.into()), ("warehouse", warehouse.into())])
    };
    put(
        &mut store,
        &[
            township,
            village("370830100201", 116.5),
            village("370830100202", 117.5),
            village("370830999203", 116.5),
            shelter("S-fits", 116.1, 35.1, &people(100, 60, 40)),
            shelter("S-over", 116.1, 35.1, &people(100, 60, 41)),
            shelter("S-blank", 116.1, 35.1, &[]),
            shelter("S-area", 116.1, 35.1, &[("effective_area_out_m2", 500.0.into())]),
            at(feature(Kind::Warehouse, "W1", &[]), 116.1, 35.1),
            stock("L1", "2026-11-24", "W1"),
            stock("L2", "2026-11-23", "W1号"),
            stock("L3", "2027-01-01", "W9"),
            feature(
                Kind::Arrangement,
                "P1",
                &[("settlement", "370830100201".into()), ("shelter", "S-gone".into())],
            ),
        ],
    );
    let found = check(&store);
    assert!(found.iter().all(|finding| !finding.is_fault));
    assert_eq!(
        codes(
            &found.iter().filter(|f| f.code != "id_not_natural_key").cloned().collect::<Vec<_>>()
        ),
        [
            ("no_capacity", "shelter"),
            ("outside_township", "settlement"),
            ("over_capacity", "shelter"),
            ("reference_unresolved", "arrangement"),
            ("reference_unresolved", "stock"),
            ("stock_expired", "stock"),
            ("township_unknown", "settlement"),
        ]
    );
    let over = found.iter().find(|finding| finding.code == "over_capacity").unwrap();
    assert_eq!(over.id, Some(shelter("S-over", 0.0, 0.0, &[]).id));
}

#[test]
fn sample_rows_that_do_not_count_are_not_found_wanting() {
    let case = Case::new();
    let mut store = case.create();
    let real = shelter("A1", 116.0, 35.0, &[("capacity", 1_i64.into())]);
    put(&mut store, &[sample(shelter("A2", 116.0, 35.0, &[])), real]);
    assert_eq!(codes(&check(&store)), []);
}

#[test]
fn what_was_done_behind_the_change_table_is_found() {
    let case = Case::new();
    let mut store = case.create();
    let row = shelter("A1", 116.0, 35.0, &[("capacity", 100_i64.into())]);
    import(&mut store, batch(Kind::Shelter, "a.csv"), std::slice::from_ref(&row));
    set(&mut store, row.id, "occupied", 10_i64);
    assert_eq!(codes(&check(&store)), []);

    let db = Connection::open(case.path()).unwrap();
    db.execute("UPDATE shelter SET occupied = 99", []).unwrap();
    assert_eq!(codes(&check(&store)), [("change_mismatch", "shelter")]);
    db.execute("DELETE FROM shelter", []).unwrap();
    assert_eq!(codes(&check(&store)), [("record_missing", "shelter")]);
    db.execute_batch(
        "DROP TRIGGER shouye_change_is_not_cut; DELETE FROM shouye_change WHERE seq = 1",
    )
    .unwrap();
    assert!(codes(&check(&store)).contains(&("changes_tampered", "shouye_change")));
}

#[test]
fn what_makes_it_no_geopackage_is_found() {
    let case = Case::new();
    drop(case.create());
    let db = Connection::open(case.path()).unwrap();
    db.execute_batch(
        "PRAGMA foreign_keys = OFF; PRAGMA application_id = 0; PRAGMA user_version = 3;
         DELETE FROM gpkg_spatial_ref_sys WHERE srs_id = 4490;
         UPDATE gpkg_geometry_columns SET geometry_type_name = 'POINT' WHERE table_name = 'road';
         DELETE FROM gpkg_contents WHERE table_name = 'stock';",
    )
    .unwrap();
    drop(db);
    let found = check(&case.open());
    assert!(found.iter().all(|finding| finding.is_fault));
    let mut codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
    codes.dedup();
    assert_eq!(
        codes,
        [
            "foreign_key",
            "gpkg_application_id",
            "gpkg_contents",
            "gpkg_geometry_column",
            "gpkg_srs_missing",
            "gpkg_version",
        ]
    );
}

/// Another program can write anything; what counts nowhere must at least be said.
#[test]
fn values_that_no_field_can_hold_are_faults() {
    let case = Case::new();
    let mut store = case.create();
    put(&mut store, &[shelter("SH-1", 116.1, 35.1, &[("capacity", 90_i64.into())])]);
    store.close().unwrap();
    let break_with = |sql: &str| {
        let db = Connection::open(case.path()).unwrap();
        db.execute_batch(sql).unwrap();
        let found = check(&case.open());
        found.into_iter().map(|finding| finding.code).collect::<Vec<_>>()
    };
    for sql in [
        "UPDATE shelter SET capacity = -5",
        "UPDATE shelter SET capacity = 'abc'",
        "UPDATE shelter SET capacity = 90, status = 'foo'",
        "UPDATE shelter SET status = NULL, as_of = 'yesterday'",
    ] {
        assert!(break_with(sql).contains(&"value_invalid"), "{sql}");
    }
    let lost = break_with("UPDATE shelter SET as_of = NULL, geom = NULL");
    assert_eq!(lost, ["no_position"]);
}

#[test]
fn two_records_of_one_code_are_noticed() {
    let case = Case::new();
    let mut store = case.create();
    let twin = Feature {
        name: "另一处".to_owned(),
        id: shouye::base::Id::from_natural_key("shelter", "another"),
        ..shelter("SH-1", 116.2, 35.1, &[("capacity", 90_i64.into())])
    };
    put(&mut store, &[shelter("SH-1", 116.1, 35.1, &[("capacity", 90_i64.into())]), twin]);
    assert!(codes(&check(&store)).contains(&("duplicate_code", "shelter")));
}

#[test]
fn a_shape_that_makes_no_sense_is_found() {
    let case = Case::new();
    let mut store = case.create();
    let square = |x: f64, side: f64| polygon![(x: x, y: 35.0), (x: x + side, y: 35.0), (x: x + side, y: 35.0 + side), (x: x, y: 35.0 + side), (x: x, y: 35.0)];
    let lake = |code: &str, parts: Vec<geo_types::Polygon<f64>>| Feature {
        geometry: Some(geo_types::MultiPolygon::new(parts).into()),
        ..feature(Kind::Waterbody, code, &[])
    };
    put(
        &mut store,
        &[
            lake("L-apart", vec![square(116.0, 0.1), square(116.2, 0.1)]),
            lake("L-over", vec![square(116.0, 0.2), square(116.1, 0.2)]),
        ],
    );
    let found: Vec<Finding> =
        check(&store).into_iter().filter(|f| f.code == "geometry_invalid").collect();
    assert_eq!(codes(&found), [("geometry_invalid", "waterbody")]);
    assert_eq!(found[0].id, Some(feature(Kind::Waterbody, "L-over", &[]).id));
    assert!(!found[0].is_fault);
}

//! What other programs see: a GeoPackage like any other.

use std::process::Command;

use geo_types::{line_string, polygon};
use rusqlite::Connection;
use shouye::model::{Feature, Kind};

use crate::case::{Case, batch, feature, import, shelter, stored};
use crate::skip::skipped;

/// A store with a point, an area in a mixed layer, a line, a polygon and a plain table.
fn county(case: &Case) {
    let mut store = case.create();
    let area = polygon![(x: 116.0, y: 35.0), (x: 116.1, y: 35.0), (x: 116.1, y: 35.1), (x: 116.0, y: 35.0)];
    let with = |row: Feature, geometry: geo_types::Geometry<f64>| Feature {
        geometry: Some(geometry),
        ..row
    };
    let rows = [
        shelter("A1", 116.5, 35.7, &[("capacity", 100_i64.into()), ("indoor", true.into())]),
        with(feature(Kind::Shelter, "A2", &[]), area.clone().into()),
        with(feature(Kind::Township, "370830100", &[]), area.into()),
        with(
            feature(Kind::Road, "S1", &[("oneway", true.into())]),
            line_string![(x: 116.0, y: 35.0), (x: 116.1, y: 35.1)].into(),
        ),
        feature(Kind::Contact, "C1", &[("settlement", "x".into()), ("role", "informant".into())]),
    ];
    let mut transaction = store.import(batch(Kind::Shelter, "a.csv")).unwrap();
    for row in &rows {
        transaction.put(row).unwrap();
    }
    transaction.commit().unwrap();
    store.close().unwrap();
}

#[test]
fn the_header_and_the_tables_say_geopackage() {
    let case = Case::new();
    county(&case);
    let db = Connection::open(case.path()).unwrap();
    let pragma =
        |name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(pragma("application_id"), 0x4750_4b47);
    assert_eq!(pragma("user_version"), 10_300);
    let one = |sql: &str| db.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(
        one(
            "SELECT group_concat(srs_id) FROM (SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY 1)"
        ),
        "-1,0,4326,4490"
    );
    let types = "SELECT geometry_type_name FROM gpkg_geometry_columns WHERE table_name = ";
    assert_eq!(one(&format!("{types}'shelter'")), "GEOMETRY");
    assert_eq!(one(&format!("{types}'road'")), "MULTILINESTRING");
    assert_eq!(one(&format!("{types}'township'")), "MULTIPOLYGON");
    assert_eq!(one(&format!("{types}'gauge'")), "POINT");
    assert_eq!(
        one("SELECT last_change FROM gpkg_contents WHERE table_name = 'shelter'"),
        "2026-11-24T02:40:00.000Z"
    );
    let unlisted = "SELECT coalesce(group_concat(name), '') FROM sqlite_schema WHERE type = 'table' \
                    AND name NOT LIKE 'gpkg_%' AND name NOT LIKE 'sqlite_%' \
                    AND name NOT IN (SELECT table_name FROM gpkg_contents)";
    assert_eq!(one(unlisted), "");
    let journal =
        db.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(journal, "ok");
}

#[test]
fn gdal_finds_it_valid_and_reads_every_layer() {
    let case = Case::new();
    county(&case);
    let validate = Command::new("/usr/bin/python3")
        .args(["-m", "osgeo_utils.samples.validate_gpkg", "-q"])
        .arg(case.path())
        .output();
    match validate {
        Ok(run) if String::from_utf8_lossy(&run.stderr).contains("No module named") => {
            skipped("GDAL's validate_gpkg is not installed");
        }
        Ok(run) => {
            let said = format!(
                "{}{}",
                String::from_utf8_lossy(&run.stdout),
                String::from_utf8_lossy(&run.stderr)
            );
            assert!(run.status.success() && !said.contains("Traceback"), "{said}");
        }
        Err(why) => skipped(format_args!("no python3 for GDAL's validate_gpkg: {why}")),
    }
    let Ok(run) = Command::new("ogrinfo").args(["-ro", "-al"]).arg(case.path()).output() else {
        skipped("ogrinfo is not installed");
        return;
    };
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}");
    for kind in Kind::ALL {
        assert!(said.contains(&format!("Layer name: {}\n", kind.table())), "no layer {kind}");
    }
    assert!(said.contains("capacity (Integer64) = 100") && said.contains("POINT (116.5 35.7)"));
    assert!(
        said.contains("MULTILINESTRING ((116.0 35.0") || said.contains("MULTILINESTRING ((116 35")
    );
    let complaints = String::from_utf8_lossy(&run.stderr);
    assert!(!complaints.contains("ERROR") && !complaints.contains("Warning"), "{complaints}");
}

#[test]
fn a_spatial_index_made_by_another_program_does_not_stop_changes() {
    let case = Case::new();
    county(&case);
    // The triggers that QGIS makes (OGC 12-128r19, annex F.3), in short.
    let db = Connection::open(case.path()).unwrap();
    db.execute_batch(
        "CREATE VIRTUAL TABLE rtree_shelter_geom USING rtree(id, minx, maxx, miny, maxy);
         CREATE TRIGGER rtree_shelter_geom_insert AFTER INSERT ON shelter
           WHEN (new.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
           BEGIN INSERT OR REPLACE INTO rtree_shelter_geom VALUES (NEW.fid,
             ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;",
    )
    .unwrap();
    drop(db);
    let mut store = case.open();
    let more = shelter("A3", 117.0, 36.0, &[]);
    import(&mut store, batch(Kind::Shelter, "b.csv"), std::slice::from_ref(&more));
    store.close().unwrap();
    let db = Connection::open(case.path()).unwrap();
    let indexed: (f64, f64) = db
        .query_row("SELECT minx, maxy FROM rtree_shelter_geom", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!(indexed, (117.0, 36.0));
}

#[test]
fn what_another_program_wrote_is_read_as_well_as_can_be() {
    let case = Case::new();
    county(&case);
    let db = Connection::open(case.path()).unwrap();
    db.execute_batch(
        "UPDATE shelter SET geom = x'00ff', code = 17, capacity = 12.0, extra = 'spoilt' WHERE code = 'A1';
         INSERT INTO shelter (id, name, sample) VALUES ('no uuid', '手工添加', 0);",
    )
    .unwrap();
    drop(db);
    let store = case.open();
    let rows = store.read_layer(Kind::Shelter).unwrap();
    assert_eq!(rows.len(), 3);
    assert_eq!((rows[0].geometry.as_ref(), rows[0].code.as_deref()), (None, Some("17")));
    assert_eq!(rows[0].count("capacity"), Some(12));
    assert_eq!(rows[2].name, "手工添加");
    assert_eq!(stored(&store, Kind::Shelter, rows[2].id, "name"), Some("手工添加".into()));
    let found = store.check(&shouye::base::Feedback::default()).unwrap();
    let codes: Vec<&str> = found.iter().filter(|f| f.is_fault).map(|f| f.code).collect();
    assert_eq!(codes, ["geometry_unreadable", "id_invalid"]);
}

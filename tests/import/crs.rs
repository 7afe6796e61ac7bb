//! Coordinate systems that files name wrongly, and what people may say instead.

use geo_types::{Coord, Geometry};
use rusqlite::Connection;
use shouye::base::Feedback;
use shouye::io::{ImportAsk, Reader, Surroundings, export, preview_by};
use shouye::model::Kind;
use shouye::spatial::measure::geodesic_distance;

use crate::shape::{ZONE, dbf, point, shp, write};
use crate::support::{Desk, ask, warned};

const PARK: Coord<f64> = Coord { x: 116.489, y: 35.733 };

fn says(crs: &str, ask: &ImportAsk) -> ImportAsk {
    ImportAsk { crs: Some(crs.to_owned()), ..ask.clone() }
}

/// Metres between the one shelter of the store and where it truly is.
fn off(desk: &Desk) -> f64 {
    let Some(Geometry::Point(at)) = desk.rows(Kind::Shelter)[0].geometry.clone() else {
        unreachable!("one point was imported")
    };
    geodesic_distance(at.0, PARK).0
}

fn geojson(crs: &str, at: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"{crs}"}}}},"features":[{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{at}]}},"properties":{{"name":"公园"}}}}]}}"#
    )
}

#[test]
fn degrees_under_a_projected_name_are_degrees_and_said() {
    let parts = [
        ("shp", shp(vec![point(PARK.x, PARK.y)])),
        ("dbf", dbf(&[("名称", 20)], &[&["公园"]])),
        ("prj", ZONE.as_bytes().to_vec()),
    ];
    let desk = Desk::new();
    let shapefile = write(&desk.path(""), "避难场所", &parts);
    let collection =
        desk.file("a.geojson", geojson("urn:ogc:def:crs:EPSG::3857", "116.489,35.733"));
    for file in [shapefile, collection] {
        let mut desk = Desk::new();
        let report = desk.take(&file, Kind::Shelter);
        assert_eq!(warned(&report), [(0, "crs_mismatch")], "{}", file.display());
        assert_eq!(report.crs, "EPSG:4490");
        assert!(off(&desk) < 0.01);
    }
}

#[test]
fn numbers_that_cannot_be_in_the_system_asked_for_are_an_error() {
    let mut desk = Desk::new();
    let degrees = desk.file("a.csv", "名称,X,Y\n公园,116.489,35.733\n");
    let metres = desk.file("b.csv", "名称,X,Y\n公园,453771.3541,3956037.6714\n");
    let before = desk.everything();
    for (file, crs) in [(&degrees, "EPSG:4548"), (&degrees, "EPSG:3857"), (&metres, "EPSG:4490")] {
        let error = desk.import(&says(crs, &ask(file, Kind::Shelter))).unwrap_err();
        assert_eq!(error.code(), "crs_mismatch", "{crs}");
    }
    assert_eq!(desk.everything(), before);
}

#[test]
fn exchanged_eastings_and_northings_are_put_right_whatever_the_headings_say() {
    let mut desk = Desk::new();
    let file = desk.file("a.csv", "名称,横坐标,纵坐标\n公园,3956037.6714,453771.3541\n");
    let report = desk.import(&says("EPSG:4548", &ask(&file, Kind::Shelter))).unwrap().remove(0);
    assert_eq!(warned(&report), [(0, "x_is_northing")]);
    assert!(off(&desk) < 0.01);
}

#[test]
fn a_system_that_cannot_be_used_is_overruled_by_one_that_people_name() {
    let mut desk = Desk::new();
    let xian = ZONE
        .replace("D_China_2000", "D_Xian_1980")
        .replace("GCS_China_Geodetic_Coordinate_System_2000", "GCS_Xian_1980")
        .replace("CGCS2000_3", "Xian_1980_3");
    let parts = |prj: &str| {
        [
            ("shp", shp(vec![point(453771.3541, 3956037.6714)])),
            ("dbf", dbf(&[("名称", 20)], &[&["公园"]])),
            ("prj", prj.as_bytes().to_vec()),
        ]
    };
    let old = write(&desk.path(""), "old", &parts(&xian));
    let local = write(&desk.path(""), "local", &parts(r#"LOCAL_CS["地方坐标系"]"#));
    let metres = "453771.3541,3956037.6714";
    let json = desk.file("a.geojson", geojson("urn:ogc:def:crs:EPSG::2437", metres));
    // The name of the system stands behind the features.
    let collection = geojson("urn:ogc:def:crs:EPSG::2437", metres);
    let (head, rest) = collection.split_once(r#""crs""#).unwrap();
    let (crs, features) = rest.split_once(r#","features""#).unwrap();
    let features = features.strip_suffix('}').unwrap();
    let behind = desk.file("b.geojson", format!(r#"{head}"features"{features},"crs"{crs}}}"#));
    let package = desk.path("a.gpkg");
    let plain = desk.file("plain.csv", "名称,lon,lat\n公园,116.489,35.733\n");
    desk.take(&plain, Kind::Shelter);
    export(&desk.rows(Kind::Shelter), Kind::Shelter, &package).unwrap();
    Connection::open(&package)
        .unwrap()
        .execute_batch(
            "INSERT OR REPLACE INTO gpkg_spatial_ref_sys VALUES ('old', 2437, 'EPSG', 2437, '', NULL);
             PRAGMA foreign_keys = OFF; UPDATE gpkg_geometry_columns SET srs_id = 2437;",
        )
        .unwrap();
    for (file, own) in [
        (old, "EPSG:4548"),
        (local, "EPSG:4548"),
        (json, "EPSG:4548"),
        (behind, "EPSG:4548"),
        (package, "EPSG:4490"),
    ] {
        let name = file.display();
        let mut desk = Desk::new();
        let question = ask(&file, Kind::Shelter);
        let error = desk.import(&question).unwrap_err();
        assert!(error.code().starts_with("crs_"), "{name}: {}", error.code());
        assert!(desk.rows(Kind::Shelter).is_empty(), "{name}");
        // A look shows the columns and asks for the system.
        let (here, feedback) = (Surroundings::default(), Feedback::default());
        let look = preview_by(&Reader::Own, &question, &here, &feedback).unwrap();
        assert_eq!(look.layers[0].crs, None, "{name}");
        assert!(look.layers[0].notes.iter().any(|n| n.code.starts_with("crs_")), "{name}");
        desk.import(&says(own, &question)).unwrap();
        assert!(off(&desk) < 0.01, "{name}");
    }
}

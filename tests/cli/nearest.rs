//! `nearest`: what is nearest, with every field of the contract.

use serde_json::json;

use crate::support::{Home, assert_grounded, keys, list, timeless};

/// Three shelters east and north of 116.50 E, 35.70 N; the distances were worked out apart from the
/// program with Vincenty's formula on the CGCS2000 ellipsoid.
fn three_shelters() -> Home {
    let home = Home::with_empty_store();
    home.write(
        "shelters.csv",
        "编号,名称,经度,纬度,容纳人数,状态,联系方式,水井\n\
         S-1,东院,116.515,35.70,80,启用,0537-1,有\n\
         S-2,北校,116.50,35.72,40,启用,0537-2,\n\
         S-3,远园,116.53,35.70,500,停用,0537-3,无\n",
    );
    home.json(&["import", "shelters.csv", "--as", "shelter"]);
    home
}

fn names(answer: &serde_json::Value) -> Vec<&str> {
    list(&answer["queries"][0]["results"]).iter().map(|r| r["name"].as_str().unwrap()).collect()
}

#[test]
fn the_nearest_come_first_with_their_geodesic_distance() {
    let home = three_shelters();
    let answer = home.json(&["nearest", "--at", "116.50,35.70", "--kind", "shelter", "-k", "2"]);
    assert_eq!(keys(&answer), ["queries", "timing", "sources"]);
    assert_grounded(&answer);
    let query = &answer["queries"][0];
    assert_eq!(keys(query), ["id", "at", "results"]);
    assert_eq!(query["at"], json!([116.5, 35.7]));
    let results = list(&query["results"]);
    assert_eq!(results.len(), 2);
    let first = &results[0];
    assert_eq!(
        keys(first),
        ["id", "code", "name", "kind", "lon", "lat", "distance_m", "travel_s", "attributes"]
    );
    assert_eq!(first["code"], "S-1");
    assert_eq!(first["name"], "东院");
    assert_eq!(first["kind"], "shelter");
    assert_eq!((&first["lon"], &first["lat"]), (&json!(116.515), &json!(35.7)));
    assert_eq!(first["distance_m"], json!(1357.6));
    assert!(first["travel_s"].is_null());
    assert_eq!(first["attributes"]["capacity"], 80);
    assert_eq!(first["attributes"]["status"], "open");
    assert_eq!(first["attributes"]["phone"], "0537-1");
    // A column we do not know keeps its own header; an empty cell is no value.
    assert_eq!(first["attributes"]["水井"], "有");
    assert_eq!(results[1]["distance_m"], json!(2219.1));
    assert!(results[1]["attributes"].get("水井").is_none());
    assert_eq!(answer["sources"][0]["layer"], "shelter");
    assert_eq!(answer["sources"][0]["sample"], false);
}

#[test]
fn distance_and_conditions_narrow_the_choice() {
    let home = three_shelters();
    let ask = |more: &[&str]| {
        let base = ["nearest", "--at", "116.50,35.70", "--kind", "shelter"];
        home.json(&[&base[..], more].concat())
    };
    assert_eq!(names(&ask(&[])), ["东院", "北校", "远园"]);
    assert_eq!(names(&ask(&["--within", "2219"])), ["东院"]);
    assert_eq!(names(&ask(&["--within", "2220"])), ["东院", "北校"]);
    assert_eq!(names(&ask(&["--where", "status=open"])), ["东院", "北校"]);
    assert_eq!(names(&ask(&["--where", "status=停用"])), ["远园"]);
    assert_eq!(names(&ask(&["--where", "capacity>=80"])), ["东院", "远园"]);
    assert_eq!(names(&ask(&["--where", "capacity>=80", "--where", "status=open"])), ["东院"]);
    assert_eq!(names(&ask(&["--where", "水井=有"])), ["东院"]);
    assert_eq!(names(&ask(&["--where", "capacity>9000"])), [""; 0]);
}

#[test]
fn a_misspelt_condition_is_an_error_rather_than_nothing() {
    let home = three_shelters();
    let ask = |condition: &str| {
        home.error(&["nearest", "--at", "116.5,35.7", "--kind", "shelter", "--where", condition])
    };
    assert_eq!(ask("capcity>=80"), "no_field");
    assert_eq!(ask("status=opne"), "bad_value");
}

#[test]
fn none_is_an_answer_too() {
    let home = Home::with_empty_store();
    let answer = home.json(&["nearest", "--at", "116.5,35.7", "--kind", "hospital"]);
    assert_eq!(answer["queries"], json!([{"id": null, "at": [116.5, 35.7], "results": []}]));
    assert_eq!(answer["sources"], json!([]));
    home.text(&["nearest", "--at", "116.5,35.7", "--kind", "hospital"]);
}

#[test]
fn places_in_the_west_and_south_are_negative() {
    let home = Home::with_empty_store();
    home.write("h.csv", "name,lon,lat\nBoston,-71.06,42.36\nRio,-43.2,-22.9\n");
    home.json(&["import", "h.csv", "--as", "hospital"]);
    let answer = home.json(&["nearest", "--at", "-71.0,42.3", "--kind", "hospital", "-k", "1"]);
    assert_eq!(names(&answer), ["Boston"]);
    let answer = home.json(&["nearest", "--at=-43,-23", "--kind", "hospital", "-k", "1"]);
    assert_eq!(names(&answer), ["Rio"]);
}

#[test]
fn lines_and_areas_answer_with_their_nearest_point() {
    let home = Home::with_empty_store();
    home.write(
        "w.geojson",
        r#"{"type":"FeatureCollection","features":[
          {"type":"Feature","properties":{"name":"湖"},"geometry":{"type":"Polygon",
            "coordinates":[[[116.4,35.6],[116.5,35.6],[116.5,35.7],[116.4,35.7],[116.4,35.6]]]}}]}"#,
    );
    home.json(&["import", "w.geojson", "--as", "waterbody"]);
    let ask = |at: &str| {
        home.json(&["nearest", "--at", at, "--kind", "waterbody"])["queries"][0]["results"][0]
            .clone()
    };
    let inside = ask("116.45,35.65");
    assert_eq!(inside["distance_m"], json!(0.0));
    let east = ask("116.51,35.65");
    assert!((east["lon"].as_f64().unwrap() - 116.5).abs() < 1e-5, "{east}");
    assert!((east["lat"].as_f64().unwrap() - 35.65).abs() < 1e-3, "{east}");
    let distance = east["distance_m"].as_f64().unwrap();
    assert!((900.0..911.0).contains(&distance), "{east}");
}

#[test]
fn many_places_are_asked_at_once() {
    let home = three_shelters();
    home.write("points.csv", "id,lon,lat\nA,116.50,35.70\nB,116.51,35.70\n");
    let answer = home.json(&["nearest", "--points", "points.csv", "--kind", "shelter", "-k", "1"]);
    let queries = list(&answer["queries"]);
    let brief: Vec<_> = queries
        .iter()
        .map(|q| (q["id"].as_str().unwrap(), q["results"][0]["distance_m"].as_f64().unwrap()))
        .collect();
    assert_eq!(brief, [("A", 1357.6), ("B", 452.5)]);
}

#[test]
fn unreadable_points_are_an_error_not_a_crash() {
    let home = three_shelters();
    home.write("no_columns.csv", "a,b\n1,2\n");
    home.write("bad.csv", "id,lon,lat\nA,116.5,north\n");
    home.write("zero.csv", "");
    home.write("binary.csv", [0xff, 0x00, 0x80, 0x0a, 0xfe]);
    for file in ["no_columns.csv", "bad.csv", "zero.csv", "binary.csv", "missing.csv", "."] {
        let code = home.error(&["nearest", "--points", file, "--kind", "shelter"]);
        assert_ne!(code, "usage", "{file}");
    }
}

#[test]
fn out_writes_the_answer_as_points() {
    let home = three_shelters();
    let ask = ["nearest", "--at", "116.50,35.70", "--kind", "shelter", "-k", "2", "--out"];
    home.json(&[&ask[..], &["near.geojson"]].concat());
    let out = home.read_json("near.geojson");
    assert_eq!(out["type"], "FeatureCollection");
    let features = list(&out["features"]);
    assert_eq!(features.len(), 2);
    assert_eq!(features[0]["geometry"], json!({"type": "Point", "coordinates": [116.515, 35.7]}));
    let properties = &features[0]["properties"];
    assert_eq!((&properties["rank"], &properties["name"]), (&json!(1), &json!("东院")));
    assert_eq!(properties["distance_m"], json!(1357.6));
    assert_eq!(home.error(&[&ask[..], &["no/such/folder.geojson"]].concat()), "cannot_write");
}

#[test]
fn the_same_question_gets_the_same_bytes() {
    let home = Home::with_demo();
    home.write("p.csv", "lon,lat\n116.45,35.70\n116.55,35.80\n116.60,35.65\n");
    let ask = || {
        let kinds = ["shelter", "road", "township", "hydrant"];
        kinds.map(|kind| timeless(home.json(&["nearest", "--points", "p.csv", "--kind", kind])))
    };
    assert_eq!(ask(), ask());
}

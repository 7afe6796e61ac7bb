//! What the program refuses to do, and what it says it does not know.

use serde_json::json;

use crate::support::{Home, list, rectangle};

#[test]
fn no_answer_is_written_over_a_county_store() {
    let home = Home::with_demo();
    home.json(&["backup", "copy.gpkg"]);
    let before = std::fs::read(home.path("copy.gpkg")).unwrap();
    home.write("area.geojson", rectangle([116.48, 35.70], [116.50, 35.72]));
    let nearest = ["nearest", "--at", "116.49,35.73", "--kind", "shelter", "--out", "copy.gpkg"];
    let evacuate = ["evacuate", "--area", "area.geojson", "--out", "copy.gpkg"];
    for asked in [&["export", "shelter", "copy.gpkg"][..], &nearest, &evacuate] {
        assert_eq!(home.error(asked), "store_in_the_way", "{asked:?}");
    }
    assert_eq!(home.error(&["export", "shelter", "data/county.gpkg"]), "store_in_the_way");
    assert_eq!(std::fs::read(home.path("copy.gpkg")).unwrap(), before);
    // An earlier answer may be replaced.
    for _ in 0..2 {
        assert_eq!(home.json(&["export", "shelter", "out.gpkg"])["features"], 61);
    }
    let same = ["evacuate", "--area", "area.geojson", "--out", "area.geojson"];
    assert_eq!(home.error(&same), "usage");
}

#[test]
fn the_demo_county_is_no_import_that_can_be_taken_back() {
    let home = Home::with_demo();
    let layers = home.json(&["layers"]);
    assert!(home.json(&["import", "--undo"])["undone"].is_null());
    home.write("own.csv", "编号,名称,经度,纬度,容纳人数\nA-1,东院,116.5,35.7,80\n");
    // Whoever brings real rows is told that the samples step back.
    let report = home.json(&["import", "own.csv", "--as", "shelter"]);
    assert_eq!(report["files"][0]["samples_left_out"], 61);
    assert_eq!(home.json(&["import", "--undo"])["undone"]["source"], "own.csv");
    assert!(home.json(&["import", "--undo"])["undone"].is_null());
    assert_eq!(home.json(&["layers"]), layers);
}

#[test]
fn where_nobody_is_counted_nobody_is_not_the_answer() {
    let home = Home::with_empty_store();
    home.write("shelters.csv", "编号,名称,经度,纬度,容纳人数\nA-1,东院,116.5,35.7,80\n");
    home.json(&["import", "shelters.csv", "--as", "shelter"]);
    home.write("area.geojson", rectangle([116.4, 35.6], [116.6, 35.8]));
    let exposure = home.json(&["exposure", "--area", "area.geojson"]);
    assert_eq!((&exposure["people"], &exposure["people_day"]), (&json!(null), &json!(null)));
    assert_eq!(exposure["facilities"]["shelter"], 1);
    let plan = home.json(&["evacuate", "--area", "area.geojson"]);
    assert_eq!((&plan["people"], &plan["unassigned"]), (&json!(null), &json!(null)));
    let words = home.text(&["--lang", "en", "evacuate", "--area", "area.geojson"]);
    assert!(words.contains("holds no settlements"), "{words}");
}

#[test]
fn conditions_that_cannot_hold_are_refused() {
    let home = Home::with_demo();
    let ask = |condition: &'static str| {
        ["nearest", "--at", "116.49,35.73", "--kind", "hospital", "--where", condition]
    };
    for wrong in ["beds>=abc", "level>=5", "as_of>=soon"] {
        assert_eq!(home.error(&ask(wrong)), "bad_value", "{wrong}");
    }
    let found = |condition| list(&home.json(&ask(condition))["queries"][0]["results"]).len();
    assert_eq!(found("beds<>80"), found("beds!=80"));
    assert_eq!(found("beds==80"), found("beds=80"));
    assert!(found("beds>=1") > 0);
}

/// Columns that we do not know come from a table as text; numbers in them can be compared all the same.
#[test]
fn unknown_columns_can_be_compared_as_numbers() {
    let home = Home::with_empty_store();
    home.write(
        "wells.csv",
        "编号,名称,经度,纬度,井深\nA-1,东,116.5,35.7,9\nA-2,西,116.4,35.7,60\n",
    );
    home.json(&["import", "wells.csv", "--as", "hydrant"]);
    let deep = ["nearest", "--at", "116.5,35.7", "--kind", "hydrant", "--where", "井深>=50"];
    let answer = home.json(&deep);
    let results = list(&answer["queries"][0]["results"]);
    assert_eq!(results.len(), 1);
    assert_eq!(results[0]["code"], "A-2");
}

/// A shelter that declares no capacity has the one its area gives, here as in every plan.
#[test]
fn a_capacity_by_area_counts_in_conditions() {
    let home = Home::with_empty_store();
    home.write(
        "shelters.csv",
        "编号,名称,经度,纬度,容纳人数,有效避难面积\n\
         A-1,按面积,116.5,35.7,,2000\nA-2,申报,116.51,35.7,600,\nA-3,小,116.5,35.71,,500\n",
    );
    home.json(&["import", "shelters.csv", "--as", "shelter"]);
    let large = ["nearest", "--at", "116.5,35.7", "--kind", "shelter", "--where", "capacity>=500"];
    let answer = home.json(&large);
    let codes: Vec<_> =
        list(&answer["queries"][0]["results"]).iter().map(|r| r["code"].clone()).collect();
    assert_eq!(codes, ["A-1", "A-2"]);
}

#[test]
fn formats_of_later_versions_are_called_that() {
    let home = Home::with_empty_store();
    home.write("a.kml", "<?xml version=\"1.0\"?><kml><Placemark/></kml>");
    home.write("b.gpx", "<gpx version=\"1.1\"></gpx>");
    home.write("c.osc", "<?xml version=\"1.0\"?><osmChange version=\"0.6\"/>");
    for file in ["a.kml", "b.gpx", "c.osc"] {
        assert_eq!(home.error(&["import", file]), "not_available", "{file}");
    }
}

/// The same kind comes back whatever the table of its rows looks like.
#[test]
fn roads_written_as_a_table_come_back_as_roads() {
    let home = Home::with_demo();
    let written = home.json(&["export", "road", "road.csv"])["features"].clone();
    let empty = Home::with_empty_store();
    std::fs::copy(home.path("road.csv"), empty.path("lines.csv")).unwrap();
    let report = empty.json(&["import", "lines.csv"])["files"][0].clone();
    assert_eq!((&report["kind"], &report["accepted"]), (&json!("road"), &written));
}

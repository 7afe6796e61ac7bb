//! `exposure`: who and what is in an area.

use serde_json::json;

use crate::support::{Home, assert_grounded, keys, list, rectangle, timeless};

/// A village by its point (100 people), one with an extent (400), one without a figure, one outside; a school.
fn villages() -> Home {
    let home = Home::with_empty_store();
    home.write(
        "villages.geojson",
        json!({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"code": "V1", "name": "甲村", "residents": 100, "residents_day": 60},
             "geometry": {"type": "Point", "coordinates": [116.505, 35.705]}},
            {"type": "Feature", "properties": {"code": "V2", "name": "乙村", "residents": 400},
             "geometry": {"type": "Polygon", "coordinates":
                [[[116.515, 35.70], [116.525, 35.70], [116.525, 35.71], [116.515, 35.71], [116.515, 35.70]]]}},
            {"type": "Feature", "properties": {"code": "V3", "name": "丙村"},
             "geometry": {"type": "Point", "coordinates": [116.506, 35.705]}},
            {"type": "Feature", "properties": {"code": "V4", "name": "丁村", "residents": 900},
             "geometry": {"type": "Point", "coordinates": [116.60, 35.705]}}
        ]})
        .to_string(),
    );
    home.write("schools.csv", "名称,经度,纬度\n一中,116.507,35.705\n二中,116.70,35.705\n");
    home.json(&["import", "villages.geojson", "--as", "settlement"]);
    home.json(&["import", "schools.csv", "--as", "school"]);
    // The eastern edge cuts the second village in half.
    home.write("area.geojson", rectangle([116.50, 35.69], [116.52, 35.72]));
    home
}

#[test]
fn people_count_by_the_share_of_their_village() {
    let home = villages();
    let answer = home.json(&["exposure", "--area", "area.geojson"]);
    assert_eq!(keys(&answer)[..4], ["people", "people_day", "settlements", "facilities"]);
    assert_grounded(&answer);
    assert_eq!(answer["people"], 300);
    assert_eq!(answer["people_day"], 60);
    assert_eq!(answer["facilities"], json!({"school": 1}));
    let settlements = list(&answer["settlements"]);
    let brief: Vec<_> = settlements
        .iter()
        .map(|s| (s["name"].as_str().unwrap(), s["people"].as_u64(), s["share"].as_f64().unwrap()))
        .collect();
    assert_eq!(brief, [("乙村", Some(200), 0.5), ("甲村", Some(100), 1.0), ("丙村", None, 1.0)]);
    for settlement in settlements {
        assert_eq!(keys(settlement)[..4], ["id", "name", "people", "share"]);
    }
    let text = home.text(&["exposure", "--area", "area.geojson"]);
    assert!(text.contains("300") && text.contains("无数据") && text.contains("请核实"), "{text}");
}

#[test]
fn a_circle_does_as_well() {
    let home = villages();
    let ask = |at: &str, within: &str| home.json(&["exposure", "--at", at, "--within", within]);
    assert_eq!(ask("116.505,35.705", "50")["people"], 100);
    assert_eq!(ask("116.505,35.705", "20000")["people"], 1400);
    assert_eq!(ask("-71.0,42.0", "500")["people"], 0);
}

#[test]
fn bad_areas_are_errors() {
    let home = villages();
    home.write("point.geojson", r#"{"type":"Point","coordinates":[116.5,35.7]}"#);
    home.write("empty.geojson", r#"{"type":"FeatureCollection","features":[]}"#);
    home.write("broken.geojson", r#"{"type":"FeatureColl"#);
    home.write("off.geojson", rectangle([516.0, 35.0], [517.0, 36.0]));
    home.write("zero.geojson", "");
    let files =
        ["point.geojson", "empty.geojson", "broken.geojson", "off.geojson", "zero.geojson", "gone"];
    for file in files {
        for command in ["exposure", "evacuate"] {
            let code = home.error(&[command, "--area", file]);
            assert_ne!(code, "usage", "{command} {file}");
        }
    }
}

#[test]
fn the_same_question_gets_the_same_bytes() {
    let home = Home::with_demo();
    let ask = || timeless(home.json(&["exposure", "--at", "116.489,35.733", "--within", "8000"]));
    assert_eq!(ask(), ask());
}

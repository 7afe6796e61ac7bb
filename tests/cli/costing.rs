//! `costing`: the table, the county's own figures, and the answers that rest on them.

use serde_json::json;

use crate::support::{Home, assert_grounded, keys, list};

/// A street of 1810.13 m along 35.70 N, geodesic, worked out apart from the program.
fn street() -> Home {
    let home = Home::with_empty_store();
    home.write(
        "roads.geojson",
        r#"{"type":"Feature","properties":{"code":"R-1","name":"大街","road_class":"primary"},
        "geometry":{"type":"LineString","coordinates":[[116.50,35.70],[116.52,35.70]]}}"#,
    );
    home.json(&["import", "roads.geojson", "--as", "road"]);
    home.write("stations.csv", "编号,名称,经度,纬度\nXZ1,西站,116.50,35.70\n");
    home.json(&["import", "stations.csv", "--as", "station"]);
    home
}

const ROUTE: [&str; 5] = ["route", "--from", "116.50,35.70", "--to", "116.52,35.70"];

fn figure(answer: &serde_json::Value, key: &str) -> serde_json::Value {
    list(&answer["figures"]).iter().find(|figure| figure["key"] == key).unwrap().clone()
}

#[test]
fn the_table_shows_every_figure_with_its_mark() {
    let home = street();
    let answer = home.json(&["costing"]);
    assert_eq!(keys(&answer), ["source", "figures", "vehicles", "changes", "lost"]);
    assert_eq!(
        figure(&answer, "turnout.station"),
        json!({"key": "turnout.station", "value": 60.0, "usual": 60.0, "unit": "s",
            "mark": "recalled", "own": false, "who": null, "at": null})
    );
    assert_eq!(figure(&answer, "vehicle.ladder-truck.weight_t")["value"], 33.0);
    assert_eq!(list(&answer["vehicles"]).len(), 7);
    let text = home.text(&["costing", "--lang", "en"]);
    for words in ["Speed by class of road", "Ladder truck", "Wading depth", "our default"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn own_figures_decide_and_are_named() {
    let home = street();
    let usual = home.json(&ROUTE);
    assert_eq!(usual["features"][0]["properties"]["travel_s"], 109);
    assert_eq!(usual["costing"]["changed"], json!([]));
    let set = home.json(&["costing", "set", "speed.primary=30", "spread.p90=2"]);
    assert_eq!(
        set["changes"],
        json!([{"key": "speed.primary", "old": 60.0, "new": 30.0},
            {"key": "spread.p90", "old": 1.35, "new": 2.0}])
    );
    assert_eq!(figure(&set, "speed.primary")["own"], true);
    let slow = home.json(&[&ROUTE[..], &["--night"]].concat());
    assert_grounded(&slow);
    let facts = &slow["features"][0]["properties"];
    assert_eq!((&facts["travel_s"], &facts["travel_p90_s"]), (&json!(241), &json!(483)));
    assert_eq!(slow["conditions"], json!(["night"]));
    let changed = list(&slow["costing"]["changed"]);
    assert_eq!(keys(&changed[0]), ["key", "value", "usual", "who", "at"]);
    assert_eq!((&changed[0]["value"], &changed[0]["usual"]), (&json!(30.0), &json!(60.0)));
    let text = home.text(&[&ROUTE[..], &["--night", "--lang", "en"]].concat());
    assert!(text.starts_with("Travel: Car · Night"), "{text}");
    assert!(
        text.contains("The county's own: Speed by class of road, Provincial road 30"),
        "{text}"
    );
    home.json(&["costing", "reset", "speed.primary"]);
    assert_eq!(home.json(&ROUTE)["features"][0]["properties"]["travel_s"], 109);
    let all = home.json(&["costing", "reset"]);
    assert_eq!(all["changes"], json!([{"key": "spread.p90", "old": 2.0, "new": 1.35}]));
    assert_eq!(home.json(&["check"])["ok"], true);
}

#[test]
fn a_station_that_leaves_at_once_still_comes_to_the_place() {
    let home = street();
    let near = [
        "nearest",
        "--at",
        "116.52,35.70",
        "--kind",
        "station",
        "--by",
        "time",
        "--vehicle",
        "car",
    ];
    let with_turnout = home.json(&near);
    assert_eq!(with_turnout["queries"][0]["results"][0]["travel_s"], 169);
    home.json(&["costing", "set", "turnout.station=0"]);
    let at_once = home.json(&near);
    assert_eq!(at_once["queries"][0]["results"][0]["travel_s"], 109);
    assert_eq!(at_once["costing"]["changed"][0]["key"], "turnout.station");
    let by_distance = home.json(&near[..5]);
    assert!(by_distance.get("costing").is_none());
}

#[test]
fn what_cannot_be_is_refused_and_nothing_changes() {
    let home = street();
    for (value, code) in [
        ("speed.primary=0", "bad_value"),
        ("speed.primary=-5", "bad_value"),
        ("speed.primary=fast", "bad_value"),
        ("surface.gravel=1.5", "bad_value"),
        ("turnout.station=60.5", "bad_value"),
        ("speed.lane=30", "no_figure"),
    ] {
        assert_eq!(home.error(&["costing", "set", "speed.trunk=50", value]), code, "{value}");
    }
    assert_eq!(home.error(&["costing", "set", "speed.primary"]), "usage");
    assert_eq!(home.error(&["costing", "set"]), "usage");
    assert_eq!(home.error(&["costing", "reset", "speed.lane"]), "no_figure");
    let answer = home.json(&["costing"]);
    assert!(list(&answer["figures"]).iter().all(|figure| figure["own"] == false));
    let run = home.run(&["costing", "set", "surface.gravel=1.5", "--lang", "en"]);
    assert!(run.stderr.contains("0.05") && run.stderr.contains("times"), "{}", run.stderr);
}

#[test]
fn check_tells_of_gaps_and_islands_of_the_net() {
    let home = street();
    home.write(
        "more.geojson",
        r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"code":"R-2","name":"断头路","road_class":"village"},
         "geometry":{"type":"LineString","coordinates":[[116.51,35.7001],[116.51,35.71]]}},
        {"type":"Feature","properties":{"code":"R-3","name":"孤路","road_class":"village"},
         "geometry":{"type":"LineString","coordinates":[[116.60,35.80],[116.605,35.80]]}}]}"#,
    );
    home.json(&["import", "more.geojson", "--as", "road"]);
    let answer = home.json(&["check"]);
    assert_eq!(answer["ok"], true);
    let of = |code: &str| -> Vec<String> {
        let all = list(&answer["findings"]).iter().filter(|finding| finding["code"] == code);
        all.map(|finding| finding["message"].as_str().unwrap().to_owned()).collect()
    };
    let gaps = of("road_gap");
    assert!(gaps.len() == 1 && gaps[0].contains("断头路"), "{gaps:?}");
    assert!(gaps[0].contains("116.510000,35.700100"), "{gaps:?}");
    let islands = of("road_island");
    assert_eq!(islands.len(), 2, "{islands:?}");
    assert!(islands.iter().any(|told| told.contains("孤路")), "{islands:?}");
}

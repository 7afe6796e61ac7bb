//! Travel by road: `route`, `reach`, `matrix`, `coverage`, `cutoff`, and `--by time`.

use std::sync::Arc;

use serde_json::json;
use shouye::base::SystemClock;
use shouye::store::Store;

use crate::support::{Home, assert_grounded, keys, list, timeless};

/// A street of 0.02° along 35.70 N with a lane to the north at its end; a village at each end, a
/// station in the west.
fn street() -> Home {
    let home = Home::with_empty_store();
    home.write(
        "roads.geojson",
        r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"code":"R-1","name":"大街","road_class":"primary"},
         "geometry":{"type":"LineString","coordinates":[[116.50,35.70],[116.52,35.70]]}},
        {"type":"Feature","properties":{"code":"R-2","name":"小巷","road_class":"village"},
         "geometry":{"type":"LineString","coordinates":[[116.52,35.70],[116.52,35.71]]}}]}"#,
    );
    home.json(&["import", "roads.geojson", "--as", "road"]);
    home.write(
        "villages.csv",
        "编码,名称,经度,纬度,人口\n370830001001,西村,116.50,35.70,800\n370830001002,北村,116.52,35.71,200\n",
    );
    home.json(&["import", "villages.csv", "--as", "settlement"]);
    home.write("stations.csv", "编号,名称,经度,纬度\nXZ1,西站,116.50,35.70\n");
    home.json(&["import", "stations.csv", "--as", "station"]);
    home
}

/// Geodesic lengths worked out apart from the program: 1810.13 m along the street, 1109.51 m up the lane.
const STREET_M: f64 = 1810.13;
const LANE_M: f64 = 1109.51;

fn seconds(street_kmh: f64, lane_kmh: f64) -> f64 {
    STREET_M * 3.6 / street_kmh + LANE_M * 3.6 / lane_kmh
}

#[test]
fn a_route_is_a_collection_of_lines_with_steps() {
    let home = street();
    let ask = ["route", "--from", "116.50,35.70", "--to", "116.52,35.71"];
    let answer = home.json(&ask);
    assert_eq!(answer["type"], "FeatureCollection");
    assert_grounded(&answer);
    let way = &list(&answer["features"])[0];
    assert_eq!(way["geometry"]["type"], "LineString");
    let facts = &way["properties"];
    assert_eq!(keys(facts), ["rank", "distance_m", "travel_s", "travel_p90_s", "steps"]);
    let metres = facts["distance_m"].as_f64().unwrap();
    assert!((metres - STREET_M - LANE_M).abs() < 0.2, "{metres}");
    assert_eq!(facts["travel_s"], json!(seconds(60.0, 25.0).round() as u64));
    let turns: Vec<_> = list(&facts["steps"]).iter().map(|step| step["turn"].clone()).collect();
    assert_eq!(turns, ["depart", "left", "arrive"]);
    assert_eq!(list(&facts["steps"])[1]["road"], "小巷");
    assert_eq!(timeless(answer.clone()), timeless(home.json(&ask)), "the same bytes again");
    // Another vehicle, at night, in the rain: 60 × 0.85 × 0.9 × 0.7.
    let slow = home.json(&[&ask[..], &["--vehicle", "fire-engine", "--night", "--rain"]].concat());
    let factor = 0.85 * 0.9 * 0.7;
    let wanted = seconds(60.0 * factor, 25.0 * factor).round() as u64;
    assert_eq!(slow["features"][0]["properties"]["travel_s"], json!(wanted));
    assert_eq!(home.error(&[&ask[..], &["--vehicle", "horse"]].concat()), "usage");
}

#[test]
fn closed_roads_are_avoided_and_named() {
    let home = street();
    home.write(
        "closed.geojson",
        r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"name":"塌方"},
         "geometry":{"type":"Point","coordinates":[116.52,35.705]}},
        {"type":"Feature","properties":{"name":"已过期","to":"2001-01-01T00:00:00+08:00"},
         "geometry":{"type":"Point","coordinates":[116.51,35.70]}}]}"#,
    );
    let ask = ["route", "--from", "116.50,35.70", "--to", "116.52,35.71"];
    let answer = home.json(&[&ask[..], &["--closed", "closed.geojson"]].concat());
    assert_eq!(list(&answer["features"]).len(), 0);
    assert_eq!(answer["avoided"], json!(["塌方"]));
    let cut = home.json(&["cutoff", "--bridges", "--closed", "closed.geojson"]);
    assert_grounded(&cut);
    assert_eq!((&cut["people"], &cut["of_people"]), (&json!(200), &json!(1000)));
    assert_eq!(cut["settlements"][0]["name"], "北村");
    assert_eq!(cut["reopening"][0]["name"], "塌方");
    assert_eq!(cut["reopening"][0]["regained"], 200);
    assert_eq!(cut["roads"], json!([]), "nobody asked");
    let cut = home.json(&["cutoff", "--roads"]);
    let loss = &cut["roads"][0];
    assert_eq!(loss["people"], 200);
    assert_eq!(list(&loss["settlements"]).len(), 1);
    assert!(loss["at"][0].as_f64().is_some_and(|lon| (116.49..116.53).contains(&lon)), "{loss}");
    let near = ["nearest", "--at", "116.52,35.71", "--kind", "station", "--by", "time"];
    let answer = home.json(&[&near[..], &["--closed", "closed.geojson"]].concat());
    assert_eq!(list(&answer["queries"][0]["results"]).len(), 0);
    assert_eq!(answer["queries"][0]["unreached"][0]["barriers"], json!(["塌方"]));
    let answer = home.json(&near);
    let found = &answer["queries"][0]["results"][0];
    // The station sends a fire engine, a minute after the order.
    let wanted = (seconds(60.0 * 0.85, 25.0 * 0.85) + 60.0).round() as u64;
    assert_eq!(found["travel_s"], json!(wanted));
    assert_eq!(home.error(&[&near[..5], &["--vehicle", "car"]].concat()), "usage");
}

#[test]
fn a_closed_road_of_the_store_is_closed_until_it_is_opened() {
    let home = street();
    let ask = ["route", "--from", "116.50,35.70", "--to", "116.52,35.71"];
    home.json(&["set", "R-2", "status=closed", "--why", "积水"]);
    assert_eq!(list(&home.json(&ask)["features"]).len(), 0);
    home.json(&["set", "--undo"]);
    assert_eq!(list(&home.json(&ask)["features"]).len(), 1);
}

#[test]
fn an_added_closure_bars_the_road_within_its_time() {
    let home = street();
    let ask = ["route", "--from", "116.50,35.70", "--to", "116.52,35.71"];
    let ways = |home: &Home| list(&home.json(&ask)["features"]).len();
    let add = ["add", "closure", "name=塌方", "--at", "116.52,35.705", "--why", "巡查发现"];
    home.json(&[&add[..], &["valid_to=2001-01-01T00:00+08:00"]].concat());
    assert_eq!(ways(&home), 1, "it is over");
    home.json(&["set", "--undo"]);
    home.json(&[&add[..], &["valid_from=2001-01-01T00:00+08:00"]].concat());
    assert_eq!(ways(&home), 0);
    assert_eq!(home.json(&ask)["avoided"], json!(["塌方"]));
    home.json(&["set", "--undo"]);
    assert_eq!(ways(&home), 1);
    // Half the speed on the whole lane, drawn exactly along it: the street is not concerned.
    let seconds_of = |home: &Home| home.json(&ask)["features"][0]["properties"]["travel_s"].clone();
    home.write(
        "lane.geojson",
        r#"{"type":"LineString","coordinates":[[116.52,35.70],[116.52,35.71]]}"#,
    );
    home.json(&["add", "closure", "factor=0.5", "--area", "lane.geojson"]);
    assert_eq!(seconds_of(&home), json!(seconds(60.0, 12.5).round() as u64));
    home.json(&["set", "--undo"]);
    assert_eq!(seconds_of(&home), json!(seconds(60.0, 25.0).round() as u64));
}

#[test]
fn times_of_many_places_and_how_far_one_gets() {
    let home = street();
    home.write("from.csv", "id,lon,lat\nW,116.50,35.70\nN,116.52,35.71\n");
    home.write("to.csv", "lon,lat\n116.52,35.70\n");
    let answer = home.json(&["matrix", "--from", "from.csv", "--to", "to.csv"]);
    assert_grounded(&answer);
    let street = (STREET_M * 3.6 / 60.0).round() as u64;
    let lane = (LANE_M * 3.6 / 25.0).round() as u64;
    assert_eq!(answer["seconds"], json!([[street], [lane]]));
    let answer = home.json(&["reach", "--from", "116.50,35.70", "--minutes", "1,2"]);
    assert_grounded(&answer);
    let bands = list(&answer["features"]);
    assert_eq!(bands.len(), 2);
    assert_eq!(bands[0]["geometry"]["type"], "MultiPolygon");
    assert_eq!(bands[0]["properties"]["minutes"], 1);
    // A kilometre a minute.
    let road = bands[0]["properties"]["road_m"].as_f64().unwrap();
    assert!((road - 1000.0).abs() < 0.5, "{road}");
}

#[test]
fn coverage_counts_everybody_once() {
    let home = street();
    let answer = home.json(&["coverage", "--kind", "station", "--minutes", "1,30", "--one-more"]);
    assert_grounded(&answer);
    assert_eq!(answer["people"], 1000);
    assert_eq!(answer["within"], json!([{"minutes":1,"people":800},{"minutes":30,"people":1000}]));
    assert_eq!(list(&answer["uncovered"]).len(), 0);
    assert_eq!(list(&answer["one_more"]).len(), 2);
    let home = Home::with_empty_store();
    assert_eq!(home.error(&["coverage"]), "no_roads");
}

#[test]
fn an_import_of_roads_keeps_the_net_and_a_changed_road_is_not_taken_from_it() {
    let home = street();
    let open = || Store::open(&home.path("data/county.gpkg"), Arc::new(SystemClock)).unwrap();
    let kept = || open().kept_net().unwrap();
    let net = kept().expect("roads were imported");
    let ask = ["route", "--from", "116.50,35.70", "--to", "116.52,35.71"];
    let there = timeless(home.json(&ask));
    // Closed and opened again the road is the same.
    home.json(&["set", "R-2", "status=closed"]);
    assert_eq!(list(&home.json(&ask)["features"]).len(), 0);
    home.json(&["set", "--undo"]);
    assert_eq!(timeless(home.json(&ask)), there);
    // A one-way street is another net, although the old one is still kept.
    home.json(&["set", "R-1", "oneway=true"]);
    assert_eq!(kept().as_ref(), Some(&net));
    assert_eq!(timeless(home.json(&ask)), there);
    let back = ["route", "--from", "116.52,35.71", "--to", "116.50,35.70"];
    assert_eq!(list(&home.json(&back)["features"]).len(), 0);
    // Damage to what is kept changes no answer.
    open().keep_net(&net[..net.len() / 2]).unwrap();
    assert_eq!(timeless(home.json(&ask)), there);
}

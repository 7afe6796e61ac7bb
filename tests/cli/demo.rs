//! A newcomer's journey through the demo county.

use std::collections::BTreeMap;

use crate::support::{Home, assert_grounded, list, rectangle, timeless};

const SEAT: &str = "116.489,35.733";

#[test]
fn the_seat_has_shelters_nearby_and_they_are_marked_as_samples() {
    let home = Home::with_demo();
    let answer = home.json(&["nearest", "--at", SEAT, "--kind", "shelter", "-k", "3"]);
    assert_grounded(&answer);
    assert!(list(&answer["sources"]).iter().all(|s| s["sample"] == true));
    let results = list(&answer["queries"][0]["results"]);
    let distances: Vec<f64> = results.iter().map(|r| r["distance_m"].as_f64().unwrap()).collect();
    assert_eq!(distances.len(), 3);
    assert!(distances.is_sorted() && distances[2] < 5000.0, "{distances:?}");
}

#[test]
fn an_evacuation_respects_every_shelter() {
    let home = Home::with_demo();
    home.write("area.geojson", rectangle([116.46, 35.70], [116.53, 35.76]));
    let ask = ["evacuate", "--area", "area.geojson", "--hazard", "earthquake"];
    let plan = home.json(&ask);
    assert_grounded(&plan);
    let number = |key: &str| plan[key].as_u64().unwrap();
    assert!(number("people") > 10_000, "{}", number("people"));
    assert_eq!(number("assigned") + number("unassigned"), number("people"));
    let mut sent: BTreeMap<&str, u64> = BTreeMap::new();
    let mut cost = 0;
    for assignment in list(&plan["assignments"]) {
        let people = assignment["people"].as_u64().unwrap();
        assert!(people > 0);
        *sent.entry(assignment["shelter"].as_str().unwrap()).or_default() += people;
        cost += people * assignment["distance_m"].as_u64().unwrap();
    }
    assert_eq!(cost, number("cost"));
    assert_eq!(sent.values().sum::<u64>(), number("assigned"));
    for shelter in list(&plan["shelters"]) {
        let assigned = shelter["assigned"].as_u64().unwrap();
        assert_eq!(sent.get(shelter["id"].as_str().unwrap()).copied().unwrap_or(0), assigned);
        if assigned > 0 {
            assert_eq!(shelter["usable"], true);
            let taken =
                shelter["occupied"].as_u64().unwrap() + shelter["reserved"].as_u64().unwrap();
            assert!(assigned + taken <= shelter["capacity"].as_u64().unwrap(), "{shelter}");
        }
    }
    let left: u64 =
        list(&plan["unassigned_settlements"]).iter().map(|s| s["people"].as_u64().unwrap()).sum();
    assert_eq!(left, number("unassigned"));
    assert_eq!(timeless(home.json(&ask)), timeless(plan));
}

#[test]
fn the_plan_moves_whom_the_exposure_counts() {
    let home = Home::with_demo();
    home.write("area.geojson", rectangle([116.46, 35.70], [116.53, 35.76]));
    let exposure = home.json(&["exposure", "--area", "area.geojson"]);
    let plan = home.json(&["evacuate", "--area", "area.geojson"]);
    assert_eq!(exposure["people"], plan["people"]);
}

#[test]
fn ones_own_ledger_takes_the_place_of_the_samples() {
    let home = Home::with_demo();
    home.write(
        "own.csv",
        "名称,经度,纬度,容纳人数,联系方式\n自家公园,116.490,35.734,500,0537-7\n自家学校,116.480,35.730,300,0537-8\n",
    );
    let report = home.json(&["import", "own.csv", "--as", "shelter"]);
    assert_eq!(report["files"][0]["accepted"], 2);
    let answer = home.json(&["nearest", "--at", SEAT, "--kind", "shelter", "-k", "50"]);
    let names: Vec<&str> = list(&answer["queries"][0]["results"])
        .iter()
        .map(|r| r["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["自家公园", "自家学校"]);
    assert!(list(&answer["sources"]).iter().all(|s| s["sample"] == false));
    home.json(&["import", "--undo"]);
    let answer = home.json(&["nearest", "--at", SEAT, "--kind", "shelter", "-k", "50"]);
    assert!(list(&answer["queries"][0]["results"]).len() > 2);
    assert!(list(&answer["sources"]).iter().all(|s| s["sample"] == true));
}

#[test]
fn people_get_tables_for_the_same_questions() {
    let home = Home::with_demo();
    home.write("area.geojson", rectangle([116.46, 35.70], [116.53, 35.76]));
    for lang in ["zh", "en"] {
        for args in [
            &["layers"][..],
            &["check"],
            &["nearest", "--at", SEAT, "--kind", "hospital"],
            &["exposure", "--area", "area.geojson"],
            &["evacuate", "--area", "area.geojson", "--hazard", "flood"],
        ] {
            let said = home.text(&[args, &["--lang", lang]].concat());
            assert!(!said.contains("cli-"), "{args:?} {said}");
            assert!(said.lines().all(|line| line == line.trim_end()), "{args:?} {said}");
        }
    }
}

//! `evacuate --movement`: who leaves when, and the latest moment for the order.

use crate::support::{Home, rectangle};

const ASK: [&str; 4] = ["evacuate", "--area", "area.geojson", "--movement"];

fn home() -> Home {
    let home = Home::with_demo();
    home.write("area.geojson", rectangle([116.45, 35.60], [116.48, 35.63]));
    home
}

#[test]
fn everybody_with_a_place_travels_and_orders_carry_the_times() {
    let home = home();
    let print = ["--danger", "600", "--print", "plan.csv", "--document", "orders"];
    let answer = home.json(&[&ASK[..], &print].concat());
    let movement = &answer["movement"];
    let whole = |value: &serde_json::Value| value.as_u64().unwrap();
    let by_mode = movement["by_mode"].as_object().unwrap();
    let moved: u64 = by_mode.values().map(whole).sum();
    let stuck = movement["stuck"].as_array().unwrap().iter();
    let stuck: u64 = stuck.map(|stuck| whole(&stuck["people"])).sum();
    assert!(moved > 0);
    assert_eq!(moved + stuck, whole(&answer["assigned"]));
    let clear = &movement["clear_s"];
    assert!(whole(&clear["low"]) <= whole(&clear["likely"]));
    assert!(whole(&clear["likely"]) <= whole(&clear["high"]));
    for village in movement["villages"].as_array().unwrap() {
        let latest = village["latest_start_s"].as_i64().unwrap();
        assert_eq!(latest, 36_000 - village["clear_s"]["high"].as_i64().unwrap());
        assert!(!village["waves"].as_array().unwrap().is_empty());
    }
    for figure in movement["figures"].as_array().unwrap() {
        assert!(figure["source"].as_str().is_some_and(|source| !source.is_empty()));
    }
    let sheet = std::fs::read_to_string(home.path("plan.csv")).unwrap();
    assert!(sheet.contains("客车"), "{sheet}");
    // The same question, the same bytes, but for the clock.
    let again = home.json(&[&ASK[..], &["--danger", "600"]].concat());
    assert_eq!(again["movement"]["villages"][0]["waves"], movement["villages"][0]["waves"]);
    assert!(home.json(&ASK[..3]).get("movement").is_none());
}

#[test]
fn fewer_buses_take_longer_and_more_are_told_to_help() {
    let home = home();
    let clear = |buses: &str| {
        let answer = home.json(&[&ASK[..], &["--buses", buses, "--car-share", "0"]].concat());
        let remedies = answer["movement"]["remedies"].clone();
        (answer["movement"]["clear_s"]["likely"].as_u64().unwrap(), remedies)
    };
    let ((few, remedies), (many, _)) = (clear("2"), clear("40"));
    assert!(few > many, "{few} {many}");
    let more = remedies.as_array().unwrap().iter().find(|r| r["change"] == "buses").unwrap();
    let then = more["clear_s"].as_u64().unwrap();
    assert_eq!(few - then, more["sooner_s"].as_u64().unwrap());
    let buses = (2 + more["buses"].as_u64().unwrap()).to_string();
    assert_eq!(clear(&buses).0, then, "what is promised comes true");
}

#[test]
fn words_say_it_in_both_languages_and_odd_figures_are_refused() {
    let home = home();
    let said = home.text(&[&ASK[..], &["--danger", "30"]].concat());
    assert!(said.contains("转移组织（估算") && said.contains("已迟"), "{said}");
    let said = home.text(&[&["--lang", "en"][..], &ASK, &["--danger", "6000"]].concat());
    assert!(said.contains("All arrive after about") && said.contains("min left"), "{said}");
    let error = |more: &[&str]| home.error(&[&ASK[..], more].concat());
    assert_eq!(error(&["--car-share", "1.5"]), "usage");
    assert_eq!(error(&["--danger", "soon"]), "usage");
    assert_eq!(error(&["--notify-min", "-1"]), "usage");
    assert_eq!(home.error(&[&ASK[..3], &["--buses", "3"]].concat()), "usage");
}

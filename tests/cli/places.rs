//! `shelters`, `balance` and `demand`.

use serde_json::{Value, json};

use crate::support::{Home, assert_grounded, keys, list, rectangle, timeless};

/// Two villages, a plant and two shelters.
fn county() -> Home {
    let home = Home::with_empty_store();
    home.write(
        "villages.csv",
        "名称,乡镇,经度,纬度,人口,白天人口,脆弱人群比例,入户叫应率,已转移人数\n\
         甲村,东镇,116.505,35.705,1000,600,0.2,0.95,100\n\
         乙村,东镇,116.560,35.705,400,,,,\n",
    );
    home.write(
        "shelters.csv",
        "名称,乡镇,经度,纬度,避难场所类型,容纳人数,室外有效面积,厕位,无障碍,出入口方向数\n\
         小学,东镇,116.506,35.705,短期固定,500,900,10,是,2\n\
         广场,东镇,116.600,35.705,紧急,200,400,,,\n",
    );
    home.write(
        "plants.csv",
        "名称,经度,纬度,重大危险源级别,从业人数\n化肥厂,116.506,35.712,三级,50\n",
    );
    home.json(&["import", "villages.csv", "--as", "settlement"]);
    home.json(&["import", "shelters.csv", "--as", "shelter"]);
    home.json(&["import", "plants.csv", "--as", "hazard-source"]);
    home.write("area.geojson", rectangle([116.50, 35.69], [116.52, 35.72]));
    home
}

fn check<'a>(shelter: &'a Value, key: &str) -> &'a Value {
    list(&shelter["checks"]).iter().find(|check| check["check"] == key).unwrap()
}

#[test]
fn shelters_are_checked_worst_first_with_clauses() {
    let home = county();
    let answer = home.json(&["shelters", "--area", "area.geojson", "--wind", "0"]);
    assert_eq!(keys(&answer)[..4], ["stay", "wind_from_deg", "wind_cone_deg", "shelters"]);
    assert_grounded(&answer);
    let shelters = list(&answer["shelters"]);
    let names: Vec<_> = shelters.iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["小学", "广场"]);
    let school = &shelters[0];
    assert_eq!(school["class"], "short");
    assert_eq!(check(school, "danger-area")["outcome"], "fail");
    // 500 people on 900 m².
    let area = check(school, "area-per-person");
    assert_eq!((&area["figure"], &area["limit"]), (&json!(1.8), &json!(2.0)));
    assert_eq!(area["clause"], "GB 51143-2015 3.1");
    // The plant stands 777 m north of it, and the wind comes from there.
    for key in ["major-source", "downwind"] {
        let near = check(school, key);
        assert_eq!((&near["outcome"], &near["other_name"]), (&json!("fail"), &json!("化肥厂")));
        assert_eq!(near["figure"].as_f64().unwrap().round(), 777.0);
    }
    assert_eq!(check(school, "exits")["outcome"], "pass");
    let fault = check(school, "fault");
    assert_eq!((&fault["outcome"], &fault["note"]), (&json!("no_data"), &json!("no_layer")));
    assert_eq!(fault["figure"], Value::Null);
    let counted: u64 =
        ["fail", "warn", "no_data", "pass"].iter().map(|key| school[key].as_u64().unwrap()).sum();
    assert_eq!(counted, list(&school["checks"]).len() as u64);
    let text = home.text(&["shelters", "--wind", "0", "--area", "area.geojson"]);
    assert!(text.contains("× 人均有效面积 · 1.8 平方米/人 · 应不少于 2 平方米/人"), "{text}");
}

#[test]
fn the_stay_asked_for_decides_what_is_checked() {
    let home = county();
    let answer = home.json(&["shelters", "--stay", "emergency"]);
    for shelter in list(&answer["shelters"]) {
        assert_eq!(shelter["class"], "emergency");
        assert!(list(&shelter["checks"]).iter().all(|check| check["check"] != "exits"));
        assert_eq!(check(shelter, "downwind")["note"], "no_wind");
        assert_eq!(check(shelter, "danger-area")["note"], "no_area");
    }
    for wind in ["north", "-10", "400"] {
        assert_eq!(home.error(&["shelters", "--wind", wind]), "usage");
    }
    assert_eq!(home.error(&["shelters", "--stay", "forever"]), "usage");
}

#[test]
fn the_balance_sets_people_against_places() {
    let home = county();
    let answer = home.json(&["balance"]);
    assert_eq!(keys(&answer)[..4], ["stay", "county", "townships", "shelters"]);
    assert_grounded(&answer);
    let county = &answer["county"];
    assert_eq!((&county["people"], &county["people_day"]), (&json!(1400), &json!(600)));
    assert_eq!(
        county["places"],
        json!({"emergency": 700, "temporary": 500, "short": 500, "medium": 0, "long": 0})
    );
    // 15 % of 1,400 are 210; the second village is five kilometres from the school.
    assert_eq!((&county["fixed_needed"], &county["shortfall"]), (&json!(210), &json!(0)));
    assert_eq!((&county["rule"], &county["beyond"]), (&json!("pass"), &json!(400)));
    assert_eq!((&county["free"], &county["without_place"]), (&json!(500), &json!(900)));
    let townships = list(&answer["townships"]);
    assert_eq!((townships.len(), &townships[0]["name"]), (1, &json!("东镇")));
    assert_eq!(townships[0]["people"], 1400);
    let school = list(&answer["shelters"]).iter().find(|s| s["name"] == "小学").unwrap();
    assert_eq!((&school["responsible"], &school["shortfall"]), (&json!(1000), &json!(500)));
    assert_eq!(school["radius_m"], 1000);
    assert_eq!(home.json(&["balance", "--stay", "emergency"])["county"]["free"], 700);
    let empty = Home::with_empty_store().json(&["balance"]);
    assert_eq!(
        (&empty["county"]["people"], &empty["county"]["rule"]),
        (&Value::Null, &json!("no_data"))
    );
}

#[test]
fn demand_comes_in_three_cases_that_lose_nobody() {
    let home = county();
    let answer = home.json(&["demand", "--area", "area.geojson"]);
    assert_eq!(keys(&answer)[..3], ["time", "cases", "groups"]);
    assert_grounded(&answer);
    assert_eq!(answer["time"], "night");
    for case in ["low", "likely", "high"] {
        let need = &answer["cases"][case];
        let n = |key: &str| need[key].as_u64().unwrap();
        assert_eq!((n("people"), n("moved"), n("to_move")), (1000, 100, 900));
        assert_eq!(n("relatives") + n("sheltered"), 900, "{need}");
        assert_eq!(n("with_help") + n("by_car") + n("on_foot") + n("by_bus"), 900, "{need}");
        // A fifth of those to be moved is vulnerable, as the village says.
        let groups = need["vulnerable"].as_object().unwrap();
        assert_eq!(groups.values().map(|n| n.as_u64().unwrap()).sum::<u64>(), 180);
    }
    assert_eq!(answer["cases"]["likely"]["sheltered"], 270);
    assert_eq!((&answer["notified_share"], &answer["moved_share"]), (&json!(0.95), &json!(0.1)));
    assert_eq!(answer["workers"][0]["on_shift"], json!({"low": 10, "likely": 15, "high": 17}));
    let day = home.json(&["demand", "--area", "area.geojson", "--time", "day"]);
    assert_eq!(day["cases"]["likely"]["to_move"], 500);
    let text = home.text(&["demand", "--area", "area.geojson"]);
    assert!(text.contains("估算") && text.contains("95 %") && text.contains("270"), "{text}");
    assert_eq!(home.error(&["demand", "--area", "area.geojson", "--time", "noon"]), "usage");
    assert_eq!(home.error(&["demand"]), "usage");
    let empty = Home::with_empty_store();
    empty.write("area.geojson", rectangle([116.50, 35.69], [116.52, 35.72]));
    assert_eq!(empty.json(&["demand", "--area", "area.geojson"])["cases"], Value::Null);
}

#[test]
fn the_demo_county_answers_all_three_alike_each_time_and_in_both_languages() {
    let home = Home::with_demo();
    home.write("area.geojson", rectangle([116.46, 35.70], [116.53, 35.76]));
    for args in [
        &["shelters", "--wind", "45"][..],
        &["balance"],
        &["demand", "--area", "area.geojson", "--time", "day"],
    ] {
        assert_eq!(timeless(home.json(args)), timeless(home.json(args)), "{args:?}");
        for lang in ["zh", "en"] {
            let said = home.text(&[args, &["--lang", lang]].concat());
            for id in ["cli-", "check-", "demand-", "rule-mark", "site-class", "outcome-"] {
                assert!(!said.contains(id), "{args:?} {said}");
            }
            assert!(said.lines().all(|line| line == line.trim_end()), "{args:?} {said}");
        }
    }
}

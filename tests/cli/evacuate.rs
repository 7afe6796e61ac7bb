//! `evacuate`: a small case worked out by hand, field by field.

use serde_json::{Value, json};

use crate::support::{Home, assert_grounded, keys, list, rectangle, timeless};

/// Two villages in the area, three shelters outside of it.
///
/// Metres, by Vincenty's formula and rounded: 甲村 to 东院 1358, 北校 2219, 远园 2715; 乙村 to 453, 2396, 1810.
fn county() -> Home {
    let home = Home::with_empty_store();
    home.write(
        "villages.csv",
        "编码,名称,经度,纬度,人口\nV1,甲村,116.50,35.70,100\nV2,乙村,116.51,35.70,50\n",
    );
    home.write(
        "shelters.csv",
        "编号,名称,经度,纬度,容纳人数,状态,适用灾种\n\
         S1,东院,116.515,35.70,80,启用,地震\n\
         S2,北校,116.50,35.72,40,启用,地震、洪涝\n\
         S3,远园,116.53,35.70,500,停用,地震\n",
    );
    home.json(&["import", "villages.csv", "--as", "settlement"]);
    home.json(&["import", "shelters.csv", "--as", "shelter"]);
    home.write("area.geojson", rectangle([116.49, 35.69], [116.512, 35.71]));
    home
}

fn flows(plan: &Value) -> Vec<(&str, &str, u64)> {
    let mut flows: Vec<_> = list(&plan["assignments"])
        .iter()
        .map(|a| {
            let word = |key: &str| a[key].as_str().unwrap();
            (word("settlement_name"), word("shelter_name"), a["people"].as_u64().unwrap())
        })
        .collect();
    flows.sort_unstable();
    flows
}

#[test]
fn as_many_as_fit_and_then_the_shortest_ways() {
    let home = county();
    let plan = home.json(&["evacuate", "--area", "area.geojson"]);
    assert_grounded(&plan);
    // 80 + 40 places for 150 people; the nearer village fills the nearer shelter first.
    assert_eq!(
        (&plan["people"], &plan["assigned"], &plan["unassigned"]),
        (&150.into(), &120.into(), &30.into())
    );
    assert_eq!(flows(&plan), [("乙村", "东院", 50), ("甲村", "东院", 30), ("甲村", "北校", 40)]);
    assert_eq!(plan["cost"], 50 * 453 + 30 * 1358 + 40 * 2219);
    assert_eq!(plan["unit"], "person-metres");
    assert_eq!((&plan["optimal"], &plan["gap"]), (&true.into(), &json!(0.0)));
    let left = &plan["unassigned_settlements"][0];
    assert_eq!(keys(left)[..4], ["id", "name", "people", "why"]);
    assert_eq!(
        (&left["name"], &left["people"], &left["why"]),
        (&"甲村".into(), &30.into(), &"no_capacity".into())
    );
}

#[test]
fn every_field_of_the_contract_is_there() {
    let home = county();
    let plan = home.json(&["evacuate", "--area", "area.geojson"]);
    let wanted = [
        "people",
        "assigned",
        "unassigned",
        "cost",
        "unit",
        "optimal",
        "gap",
        "assignments",
        "shelters",
        "unassigned_settlements",
        "limits",
        "timing",
        "sources",
    ];
    for key in wanted {
        assert!(plan.get(key).is_some(), "{key}");
    }
    for assignment in list(&plan["assignments"]) {
        assert_eq!(
            keys(assignment)[..7],
            [
                "settlement",
                "settlement_name",
                "shelter",
                "shelter_name",
                "people",
                "distance_m",
                "travel_s"
            ]
        );
        assert!(assignment["travel_s"].is_null());
    }
    let shelters = list(&plan["shelters"]);
    assert_eq!(shelters.len(), 3);
    for shelter in shelters {
        for key in [
            "id",
            "code",
            "name",
            "capacity",
            "capacity_basis",
            "occupied",
            "assigned",
            "usable",
            "why",
        ] {
            assert!(shelter.get(key).is_some(), "{key}: {shelter}");
        }
    }
    let far = shelters.iter().find(|s| s["name"] == "远园").unwrap();
    assert_eq!((&far["usable"], &far["why"]), (&false.into(), &"closed".into()));
    assert_eq!((&far["capacity"], &far["capacity_basis"]), (&500.into(), &"declared".into()));
    let limits = list(&plan["limits"]);
    for limit in limits {
        assert_eq!(keys(limit)[..4], ["kind", "id", "name", "gain_one_more"]);
        assert!(limit["message"].is_string());
    }
    // One more place in either full shelter takes one more person.
    for name in ["东院", "北校"] {
        let limit = limits.iter().find(|l| l["name"] == name).unwrap();
        assert_eq!((&limit["kind"], &limit["gain_one_more"]), (&"shelter".into(), &1.into()));
    }
}

#[test]
fn opening_a_shelter_takes_everybody_in() {
    let home = county();
    home.json(&["set", "S3", "status=open"]);
    let plan = home.json(&["evacuate", "--area", "area.geojson"]);
    assert_eq!((&plan["assigned"], &plan["unassigned"]), (&150.into(), &0.into()));
    assert_eq!(plan["cost"], 50 * 453 + 30 * 1358 + 40 * 2219 + 30 * 2715);
    home.json(&["set", "--undo"]);
    assert_eq!(home.json(&["evacuate", "--area", "area.geojson"])["assigned"], 120);
}

#[test]
fn hazard_distance_and_occupancy_shrink_what_can_be_used() {
    let home = county();
    let ask = |more: &[&str]| home.json(&[&["evacuate", "--area", "area.geojson"], more].concat());
    let flood = ask(&["--hazard", "flood"]);
    assert_eq!(flows(&flood), [("甲村", "北校", 40)]);
    let east = list(&flood["shelters"]).iter().find(|s| s["name"] == "东院").unwrap();
    assert_eq!((&east["usable"], &east["why"]), (&false.into(), &"unfit_for_hazard".into()));
    let near = ask(&["--max", "1000"]);
    assert_eq!(flows(&near), [("乙村", "东院", 50)]);
    assert_eq!(near["unassigned_settlements"][0]["why"], "too_far");
    home.json(&["set", "S1", "occupied=70"]);
    assert_eq!(ask(&["--max", "1000"])["assigned"], 10);
}

#[test]
fn a_village_kept_together_is_not_split() {
    let home = county();
    let plan = home.json(&["evacuate", "--area", "area.geojson", "--keep-together"]);
    // 100 people fit nowhere as one; 50 fit into the eastern shelter.
    assert_eq!(flows(&plan), [("乙村", "东院", 50)]);
    assert_eq!(plan["unassigned"], 100);
}

#[test]
fn the_stay_decides_how_many_fit_on_an_area() {
    let home = Home::with_empty_store();
    home.write("v.csv", "名称,经度,纬度,人口\n甲村,116.50,35.70,1000\n");
    home.write("s.csv", "名称,经度,纬度,室外有效面积\n广场,116.52,35.70,900\n");
    home.json(&["import", "v.csv", "--as", "settlement"]);
    home.json(&[
        "import",
        "s.csv",
        "--as",
        "shelter",
        "--column",
        "effective_area_out_m2=室外有效面积",
    ]);
    home.write("area.geojson", rectangle([116.49, 35.69], [116.51, 35.71]));
    // 900 m² at 0.5, 2.0 and 4.5 m² a head (GB 51143).
    for (stay, people) in [("emergency", 1000), ("short", 450), ("long", 200)] {
        let plan = home.json(&["evacuate", "--area", "area.geojson", "--stay", stay]);
        assert_eq!(plan["assigned"], people, "{stay}");
        assert_eq!(plan["shelters"][0]["capacity_basis"], "area");
    }
}

#[test]
fn out_draws_a_line_from_village_to_shelter() {
    let home = county();
    let plan = home.json(&["evacuate", "--area", "area.geojson", "--out", "plan.geojson"]);
    let out = home.read_json("plan.geojson");
    let features = list(&out["features"]);
    assert_eq!(features.len(), list(&plan["assignments"]).len());
    for (feature, assignment) in features.iter().zip(list(&plan["assignments"])) {
        assert_eq!(&feature["properties"], assignment);
        assert_eq!(feature["geometry"]["type"], "LineString");
    }
    let line = features.iter().find(|f| f["properties"]["settlement_name"] == "乙村").unwrap();
    assert_eq!(line["geometry"]["coordinates"], json!([[116.51, 35.7], [116.515, 35.7]]));
}

#[test]
fn nobody_in_the_area_is_an_answer() {
    let home = county();
    home.write("sea.geojson", rectangle([120.0, 35.0], [120.1, 35.1]));
    let plan = home.json(&["evacuate", "--area", "sea.geojson"]);
    assert_eq!((&plan["people"], &plan["cost"]), (&0.into(), &0.into()));
    home.text(&["evacuate", "--area", "sea.geojson"]);
}

#[test]
fn the_same_question_gets_the_same_bytes() {
    let home = county();
    let ask = || timeless(home.json(&["evacuate", "--area", "area.geojson"]));
    assert_eq!(ask(), ask());
}

#[test]
fn rows_of_the_table_that_nobody_can_follow_are_said() {
    let home = county();
    home.write("table.csv", "村代码,安置点编号,优先级\nV1,S2,1\nV2,S9,1\n");
    home.json(&["import", "table.csv", "--as", "arrangement"]);
    let plan = home.json(&["evacuate", "--area", "area.geojson"]);
    let rows = list(&plan["unresolved_arrangements"]);
    assert_eq!(rows.len(), 1);
    assert_eq!(
        keys(&rows[0]),
        ["settlement", "settlement_as_written", "shelter_as_written", "why"]
    );
    assert_eq!(
        (&rows[0]["settlement_as_written"], &rows[0]["shelter_as_written"], &rows[0]["why"]),
        (&"V2".into(), &"S9".into(), &"unknown_shelter".into())
    );
    let text = home.text(&["evacuate", "--area", "area.geojson"]);
    assert!(text.contains("S9"), "{text}");
}

//! `supplies`: cases worked out by hand, field by field.

use serde_json::{Value, json};

use crate::support::{Home, assert_grounded, keys, list, rectangle, timeless};

/// One warehouse; bottles of 0.55 L, tents, food, and rows that must not count.
fn stocked() -> Home {
    let home = Home::with_empty_store();
    home.write("w.csv", "编号,名称,经度,纬度\nW1,县库,116.50,35.70\n");
    home.write(
        "s.csv",
        "仓库,名称,数量,单位,有效期至,储备类型\n\
         W1,12 m² 单帐篷,850,顶,,政府实物\n\
         W1,折叠床,5000,张,,政府实物\n\
         W1,棉被,5200,床,,政府实物\n\
         W1,瓶装饮用水 550 mL,100000,瓶,2999-01-01,政府实物\n\
         W1,瓶装饮用水 550 mL,60000,瓶,,企业\n\
         W1,方便食品,90000,份,2999-01-01,政府实物\n\
         W1,压缩饼干,7000,份,2001-01-01,政府实物\n\
         W1,矿泉水,10,箱,,政府实物\n\
         W1,铁锹,90,把,,政府实物\n",
    );
    home.json(&["import", "w.csv", "--as", "warehouse"]);
    home.json(&["import", "s.csv", "--as", "stock"]);
    home
}

fn ask<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["supplies", "--people", "5000", "--days", "15", "--season", "summer"], more].concat()
}

fn item<'a>(answer: &'a Value, code: &str) -> &'a Value {
    list(&answer["items"]).iter().find(|item| item["code"] == code).unwrap()
}

#[test]
fn five_thousand_people_for_fifteen_days() {
    let home = stocked();
    let answer = home.json(&ask(&[]));
    assert_grounded(&answer);
    assert_eq!(keys(&answer)[..4], ["items", "days", "people", "bottleneck"]);
    let water = item(&answer, "water-drinking");
    assert_eq!(
        keys(water)[..9],
        ["code", "name", "unit", "basis", "need", "have", "days", "people", "mandatory"]
    );
    // 160,000 bottles × 0.55 L = 88,000 L; ÷ 15,000 L a day; ÷ 45 L a person.
    assert_eq!((&water["need"], &water["have"]), (&json!(225_000), &json!(88_000)));
    assert_eq!((&water["days"], &water["people"]), (&json!(5.866), &json!(1955)));
    let reserves =
        json!([{"kind": "enterprise", "have": 33_000}, {"kind": "government", "have": 55_000}]);
    assert_eq!(water["reserves"], reserves);
    assert_eq!(item(&answer, "water-domestic")["need"], 900_000);
    assert!(item(&answer, "water-domestic")["have"].is_null());
    let meal = item(&answer, "meal");
    assert_eq!(
        (&meal["need"], &meal["have"], &meal["days"]),
        (&json!(225_000), &json!(90_000), &json!(6))
    );
    let tent = item(&answer, "tent");
    assert_eq!(
        (&tent["need"], &tent["have"], &tent["short"]),
        (&json!(1000), &json!(850), &json!(150))
    );
    assert_eq!((&tent["basis"], &tent["days"]), (&json!("durable"), &json!(null)));
    // Water covers 0.391 of the need, meals 0.4, tents 0.85.
    assert_eq!(answer["bottleneck"], "water-drinking");
    assert_eq!((&answer["days"], &answer["people"]), (&json!(5.866), &json!(1955)));
    let why: Vec<&str> =
        list(&answer["not_counted"]).iter().map(|note| note["why"].as_str().unwrap()).collect();
    assert_eq!((why.len(), why.contains(&"expired")), (2, true));
    assert!(why.contains(&"unknown_unit"));
    assert_eq!(answer["other_rows"], 1);
    assert_eq!(timeless(answer), timeless(home.json(&ask(&[]))));
}

#[test]
fn other_norms_and_winter() {
    let home = stocked();
    let winter = home.json(&["supplies", "--people", "5000", "--season", "winter"]);
    assert_eq!(winter["asked"], json!({"people": 5000, "days": 15, "season": "winter"}));
    assert_eq!(item(&winter, "quilt")["need"], 10_000);
    assert_eq!(winter["without_data"], json!(["coat"]));
    let bnpb = home.json(&ask(&["--norm", "bnpb"]));
    assert_eq!(item(&bnpb, "rice")["need"], 30_000);
    assert_eq!(item(&bnpb, "water-drinking")["need"], 187_500);
    assert_eq!(item(&bnpb, "family-kit")["need"], 1000);
    let sphere = home.json(&ask(&["--norm", "sphere"]));
    assert_eq!(item(&sphere, "water")["need"], 1_125_000);
    assert_eq!(item(&sphere, "water")["have"], 88_000);
    assert_eq!(item(&sphere, "floor")["need"], 17_500);
}

#[test]
fn nobody_and_an_empty_store_are_answers() {
    let home = stocked();
    let nobody = home.json(&["supplies", "--people", "0", "--days", "15", "--season", "summer"]);
    assert!(list(&nobody["items"]).iter().all(|item| item["need"] == 0));
    assert!(nobody["days"].is_null() && nobody["bottleneck"].is_null());
    let empty = Home::with_empty_store().json(&ask(&[]));
    assert!(list(&empty["items"]).iter().all(|item| item["have"].is_null()));
    assert!(empty["days"].is_null() && empty["people"].is_null());
    assert!(!home.text(&ask(&[])).is_empty());
}

#[test]
fn wrong_usage_and_bad_norms_are_said() {
    let home = stocked();
    for args in [
        &["supplies"][..],
        &["supplies", "--people", "-5"],
        &["supplies", "--people", "many"],
        &["supplies", "--people", "5000", "--days", "0"],
        &["supplies", "--people", "5000", "--season", "spring"],
        &["supplies", "--people", "5000", "--norm", "mars"],
    ] {
        assert_eq!(home.error(args), "usage", "{args:?}");
    }
    let norm = |line: &str| {
        format!(
            "[[norm]]\nkey = \"own\"\nzh = \"本县\"\nen = \"own\"\nstandard = \"s\"\nline = [{{ \
             item = \"water-drinking\", amount = 15, mark = \"default\", mandatory = true{line} }}]\n"
        )
    };
    home.write("own.toml", norm(", unit = \"L\", basis = \"consumable\", period = \"day\""));
    let own = home.json(&ask(&["--norm", "own.toml"]));
    assert_eq!((&own["norm"]["key"], &own["items"][0]["need"]), (&json!("own"), &json!(1_125_000)));
    home.write("unit.toml", norm(", basis = \"consumable\", period = \"day\""));
    home.write("period.toml", norm(", unit = \"L\", basis = \"consumable\""));
    home.write("none.toml", "");
    for (file, code) in [
        ("unit.toml", "bad_norm"),
        ("period.toml", "bad_norm"),
        ("missing.toml", "cannot_read"),
        ("none.toml", "usage"),
    ] {
        assert_eq!(home.error(&ask(&["--norm", file])), code, "{file}");
    }
}

/// A street with a village, a shelter at its end and a warehouse at its beginning.
fn street() -> Home {
    let home = stocked();
    home.write(
        "roads.geojson",
        r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"code":"R-1","name":"大街","road_class":"primary"},
         "geometry":{"type":"LineString","coordinates":[[116.50,35.70],[116.52,35.70]]}}]}"#,
    );
    home.write("v.csv", "编码,名称,经度,纬度,人口\n370830001001,甲村,116.51,35.701,800\n");
    home.write("sh.csv", "编号,名称,经度,纬度,容纳人数,状态\nS1,东院,116.52,35.70,600,启用\n");
    home.json(&["import", "roads.geojson", "--as", "road"]);
    home.json(&["import", "v.csv", "--as", "settlement"]);
    home.json(&["import", "sh.csv", "--as", "shelter"]);
    home.write("area.geojson", rectangle([116.505, 35.6995], [116.515, 35.705]));
    home
}

#[test]
fn first_relief_reaches_the_shelters_of_an_area() {
    let home = street();
    let ask = ["supplies", "--area", "area.geojson", "--season", "summer"];
    let answer = home.json(&ask);
    assert_grounded(&answer);
    assert_eq!(answer["asked"]["people"], 800);
    let east = &list(&answer["relief"])[0];
    assert_eq!((&east["shelter_name"], &east["people"]), (&json!("东院"), &json!(600)));
    assert_eq!((&east["in_time"], &east["why"]), (&json!(600), &json!(null)));
    let shipment = &list(&east["shipments"])[0];
    assert_eq!((&shipment["warehouse_name"], &shipment["trucks"]), (&json!("县库"), &json!(1)));
    // 1810.13 m at 60 × 0.85 km/h; an hour and 45 minutes before, an hour and a half after.
    assert_eq!((&shipment["drive_s"], &east["eta_s"]), (&json!(128), &json!(11_828)));
    let totals = &answer["relief_totals"];
    assert_eq!((&totals["deadline_h"], &totals["unsheltered"]), (&json!(12), &json!(200)));
    // 600 people for 15 days: 27,000 L and 27,000 meals of those there are.
    assert_eq!((&east["days"], &east["runs_out"]), (&json!(15), &json!(null)));
    assert_eq!(timeless(answer), timeless(home.json(&ask)));
    let text = home.text(&[&ask[..], &["--lang", "en"]].concat());
    assert!(text.contains("600 of 600 people") && text.contains("200 people have no shelter"));
    // A closed street leaves nobody a way.
    home.write(
        "closed.geojson",
        r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[116.51,35.70]}}"#,
    );
    let cut = home.json(&[&ask[..], &["--closed", "closed.geojson"]].concat());
    assert_eq!(cut["relief"][0]["why"], "no_road");
    assert_eq!((&cut["relief"][0]["in_time"], &cut["relief"][0]["days"]), (&json!(0), &json!(0)));
    assert_eq!(home.error(&["supplies", "--people", "5", "--vehicle", "truck"]), "usage");
    assert_eq!(home.error(&["supplies", "--people", "5", "--area", "area.geojson"]), "usage");
    assert_eq!(home.error(&["supplies", "--area", "none.geojson"]), "cannot_read");
}

#[test]
fn stock_moves_through_its_ledger() {
    let home = stocked();
    home.write("w2.csv", "编号,名称,经度,纬度\nW2,乡库,116.60,35.70\n");
    home.json(&["import", "w2.csv", "--as", "warehouse"]);
    let rows = home.json(&["stock", "list", "W1"]);
    let quilts = list(&rows["stock"]).iter().find(|row| row["name"] == "棉被").unwrap();
    let id = quilts["id"].as_str().unwrap();
    let have = || item(&home.json(&ask(&[])), "quilt")["have"].clone();
    assert_eq!(have(), 5200);
    let out = home.json(&["stock", "out", id, "1,200", "--document", "CK-1", "--why", "演练"]);
    assert_eq!(keys(&out), ["movement", "id", "document", "changes"]);
    assert_eq!(
        (&out["changes"][0]["old"], &out["changes"][0]["new"]),
        (&json!(5200.0), &json!(4000.0))
    );
    assert_eq!(have(), 4000);
    let moved = home.json(&["stock", "transfer", id, "1000", "--to", "乡库"]);
    assert_eq!(
        (list(&moved["changes"]).len(), &moved["changes"][1]["warehouse"]),
        (2, &json!("W2"))
    );
    assert_eq!(have(), 4000);
    assert_eq!(list(&home.json(&["stock", "list", "W2"])["stock"]).len(), 1);
    let ledger = home.json(&["stock", "ledger", id]);
    let first = &list(&ledger["entries"])[0];
    assert_eq!((&first["movement"], &first["document"]), (&json!("out"), &json!("CK-1")));
    home.json(&["stock", "undo"]);
    home.json(&["stock", "undo"]);
    home.json(&["stock", "undo"]);
    assert_eq!(have(), 5200);
    for (args, code) in [
        (vec!["stock", "out", id, "9999"], "stock_short"),
        (vec!["stock", "out", id, "-5"], "bad_value"),
        (vec!["stock", "out", id, "many"], "usage"),
        (vec!["stock", "out", "nothing", "5"], "not_found"),
        (vec!["stock", "in", "W1", "5"], "not_stock"),
        (vec!["stock", "transfer", id, "5"], "usage"),
        (vec!["stock", "transfer", id, "5", "--to", "W9"], "not_found"),
        (vec!["set", id, "quantity=7"], "ledger_only"),
    ] {
        assert_eq!(home.error(&args), code, "{args:?}");
    }
    assert!(home.text(&["stock", "ledger", "--lang", "en"]).contains("transfer taken back"));
    assert!(home.json(&["check"])["ok"].as_bool().unwrap());
}

#[test]
fn the_demo_county_stands_the_stress_test() {
    let home = Home::with_demo();
    let answer = home.json(&ask(&[]));
    assert_grounded(&answer);
    assert!(list(&answer["sources"]).iter().all(|source| source["sample"] == true));
    // Every row of the mandatory items is recognised; beds and tents do not expire.
    assert_eq!(answer["without_data"], json!([]));
    assert!(item(&answer, "tent")["have"].as_u64().unwrap() >= 850);
    assert!(item(&answer, "bed")["have"].as_u64().unwrap() >= 3200);
    let kinds: Vec<&str> = list(&item(&answer, "quilt")["reserves"])
        .iter()
        .map(|reserve| reserve["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["government", "production"]);
    assert!(answer["bottleneck"].is_string());
}

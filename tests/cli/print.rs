//! `evacuate --print`: the plan as documents.

use crate::support::{Home, rectangle};

/// A corner of the demo county with some villages.
fn area(home: &Home) {
    home.write("area.geojson", rectangle([116.45, 35.60], [116.50, 35.65]));
}

const ASK: [&str; 3] = ["evacuate", "--area", "area.geojson"];

#[test]
fn a_plan_is_printed_in_every_format() {
    let home = Home::with_demo();
    area(&home);
    let answer = home.json(&[&ASK[..], &["--print", "plan.pdf"]].concat());
    assert_eq!(answer["printed"]["file"], "plan.pdf");
    let documents = answer["printed"]["documents"].as_u64().unwrap();
    assert!(documents >= 3, "brief, opening list, and an order per township");
    assert!(std::fs::read(home.path("plan.pdf")).unwrap().starts_with(b"%PDF-"));
    let said = home.text(&[&ASK[..], &["--print", "plan.html"]].concat());
    assert!(said.contains("plan.html"), "{said}");
    let page = std::fs::read_to_string(home.path("plan.html")).unwrap();
    // The demo county is sample data.
    for word in ["人员转移指令（", "避难场所启用清单", "人员转移指挥员简报", "示例数据", "待签发"]
    {
        assert!(page.contains(word), "{word}");
    }
    home.text(&[&ASK[..], &["--print", "plan.csv", "--document", "opening"]].concat());
    let sheet = std::fs::read_to_string(home.path("plan.csv")).unwrap();
    assert!(sheet.starts_with("\u{feff}避难场所启用清单\r\n"), "{sheet}");
    let plain = home.json(&ASK);
    assert!(plain.get("printed").is_none());
}

#[test]
fn by_time_the_way_is_told_by_the_names_of_its_roads() {
    let home = Home::with_demo();
    area(&home);
    let ask = ["--by", "time", "--vehicle", "bus", "--night"];
    let print = ["--print", "plan.csv", "--document", "orders"];
    home.text(&[&ASK[..], &ask, &print].concat());
    let sheet = std::fs::read_to_string(home.path("plan.csv")).unwrap();
    assert!(sheet.contains("行程按,客车 · 夜间"), "{sheet}");
    assert!(sheet.contains(" km，估算 "), "{sheet}");
    assert!(sheet.contains("道路"), "roads are among the sources: {sheet}");
}

#[test]
fn what_cannot_be_printed_is_refused_before_anything_is_written() {
    let home = Home::with_demo();
    area(&home);
    let error = |more: &[&str]| home.error(&[&ASK[..], more].concat());
    assert_eq!(error(&["--print", "plan.doc"]), "usage");
    assert_eq!(error(&["--print", "plan.csv"]), "usage");
    assert_eq!(error(&["--document", "brief"]), "usage");
    assert_eq!(error(&["--print", "area.geojson"]), "usage");
    assert_eq!(error(&["--print", "a.html", "--out", "a.html"]), "usage");
    assert_eq!(error(&["--print", "no/such/plan.pdf"]), "cannot_write");
    std::fs::copy(home.path("data/county.gpkg"), home.path("store.pdf")).unwrap();
    assert_eq!(error(&["--print", "store.pdf"]), "store_in_the_way");
    assert!(!home.path("plan.doc").exists() && !home.path("a.html").exists());
}

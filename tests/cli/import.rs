//! `import` and `export`: ledgers in and out again.

use crate::support::{Home, files_in, keys, list};

const LEDGER: &str = "编号,名称,经度,纬度,容纳人数,水井\n\
    S1,公园,116.50,35.70,100,有\n\
    S2,无坐标,,,50,\n\
    S3,零坐标,0,0,50,\n\
    S4,负数,116.51,35.70,-5,\n\
    S5,无容量,116.52,35.70,,\n";

#[test]
fn the_report_has_every_field_and_every_refused_row() {
    let home = Home::with_empty_store();
    home.write("shelters.csv", LEDGER);
    let answer = home.json(&["import", "shelters.csv", "--as", "shelter"]);
    assert_eq!(keys(&answer), ["files"]);
    let report = &answer["files"][0];
    assert_eq!(
        keys(report),
        [
            "file",
            "format",
            "layer",
            "kind",
            "crs",
            "encoding",
            "read",
            "accepted",
            "added",
            "updated",
            "unchanged",
            "refused",
            "warnings",
            "extent",
            "samples_left_out"
        ]
    );
    assert_eq!(report["file"], "shelters.csv");
    assert_eq!(report["kind"], "shelter");
    assert_eq!(report["read"], 5);
    let refused = list(&report["refused"]);
    for note in refused {
        assert_eq!(keys(note), ["row", "code", "message"]);
        assert!(!note["message"].as_str().unwrap().is_empty());
    }
    let at =
        |row: u64| refused.iter().find(|n| n["row"] == row).map(|n| n["code"].as_str().unwrap());
    // The header is row 1.
    assert_eq!(at(3), Some("no_coordinates"));
    assert_eq!(at(4), Some("zero_coordinates"));
    assert_eq!(at(6), None, "a missing capacity is no data, not an error");
    let accepted = report["accepted"].as_u64().unwrap();
    assert_eq!(accepted + refused.len() as u64, 5);
    let layers = home.json(&["layers"]);
    assert_eq!(layers["layers"][0]["features"], accepted);
    let extent: Vec<f64> = list(&report["extent"]).iter().map(|x| x.as_f64().unwrap()).collect();
    assert_eq!(extent, [116.5, 35.7, 116.52, 35.7]);
}

#[test]
fn a_dry_run_changes_nothing() {
    let home = Home::with_empty_store();
    home.write("shelters.csv", LEDGER);
    let dry = home.json(&["import", "shelters.csv", "--as", "shelter", "--dry-run"]);
    assert_eq!(list(&home.json(&["layers"])["layers"]).len(), 0);
    let wet = home.json(&["import", "shelters.csv", "--as", "shelter"]);
    assert_eq!(dry, wet);
}

#[test]
fn importing_again_updates_and_replace_replaces() {
    let home = Home::with_empty_store();
    home.write(
        "a.csv",
        "编号,名称,经度,纬度,容纳人数\nS1,公园,116.50,35.70,100\nS2,学校,116.51,35.70,60\n",
    );
    home.write(
        "b.csv",
        "编号,名称,经度,纬度,容纳人数\nS1,公园,116.50,35.70,150\nS3,广场,116.52,35.70,70\n",
    );
    let capacities = |home: &Home| {
        let answer = home.json(&["nearest", "--at", "116.49,35.70", "--kind", "shelter"]);
        let results = list(&answer["queries"][0]["results"]).to_vec();
        results.iter().map(|r| r["attributes"]["capacity"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    home.json(&["import", "a.csv", "--as", "shelter"]);
    home.json(&["import", "b.csv", "--as", "shelter"]);
    assert_eq!(capacities(&home), [150, 60, 70]);
    home.json(&["import", "--undo"]);
    assert_eq!(capacities(&home), [100, 60]);
    home.json(&["import", "b.csv", "--as", "shelter", "--replace"]);
    assert_eq!(capacities(&home), [150, 70]);
}

#[test]
fn columns_and_kind_can_be_named() {
    let home = Home::with_empty_store();
    home.write("list.csv", "甲,乙,丙,丁\n公园,116.50,35.70,100\n");
    home.json(&[
        "import",
        "list.csv",
        "--as",
        "shelter",
        "--column",
        "name=甲",
        "--column",
        "lon=乙",
        "--column",
        "lat=丙",
        "--column",
        "capacity=丁",
    ]);
    let answer = home.json(&["nearest", "--at", "116.5,35.7", "--kind", "shelter"]);
    let result = &answer["queries"][0]["results"][0];
    assert_eq!((&result["name"], &result["attributes"]["capacity"]), (&"公园".into(), &100.into()));
}

#[test]
fn a_file_that_fails_leaves_earlier_ones_in() {
    let home = Home::with_empty_store();
    home.write("a.csv", "名称,经度,纬度\n一,116.50,35.70\n");
    home.write("broken.geojson", "{\"type\":");
    home.write("b.csv", "名称,经度,纬度\n二,116.51,35.70\n");
    let answer =
        home.json_with(&["import", "a.csv", "broken.geojson", "b.csv", "--as", "school"], 1);
    assert_eq!(list(&answer["files"]).len(), 1);
    assert_eq!(keys(&answer["error"]), ["code", "message", "hint"]);
    assert_eq!(home.json(&["layers"])["layers"][0]["features"], 1);
}

#[test]
fn files_that_are_none_are_errors_and_change_nothing() {
    let home = Home::with_empty_store();
    home.write("empty.csv", "");
    home.write("junk.xlsx", "no sheet");
    home.write("junk.gpkg", "no database");
    home.write("junk.zip", "no archive");
    home.write("picture.png", [0x89, b'P', b'N', b'G']);
    for file in
        ["empty.csv", "junk.xlsx", "junk.gpkg", "junk.zip", "picture.png", "missing.csv", "."]
    {
        let code = home.error(&["import", file, "--as", "school"]);
        assert_ne!(code, "usage", "{file}");
        assert_eq!(list(&home.json(&["layers"])["layers"]).len(), 0, "{file}");
    }
}

#[test]
fn nothing_accepted_is_exit_code_1_with_the_reasons() {
    let home = Home::with_empty_store();
    home.write("a.csv", "名称,经度,纬度\n一,,\n二,0,0\n");
    let answer = home.json_with(&["import", "a.csv", "--as", "school"], 1);
    assert_eq!(list(&answer["files"][0]["refused"]).len(), 2);
    assert_eq!(answer["error"]["code"], "nothing_accepted");
}

#[test]
fn nothing_to_undo_is_an_answer() {
    let home = Home::with_empty_store();
    assert_eq!(list(&home.json(&["import", "--undo"])["files"]).len(), 0);
}

#[test]
fn every_format_comes_back_as_it_went_out() {
    let home = Home::with_empty_store();
    home.write(
        "s.csv",
        "编号,名称,经度,纬度,容纳人数,状态,水井\nS1,公园,116.50,35.70,100,启用,有\nS2,=1+1,116.51,35.70,,停用,-\n",
    );
    home.json(&["import", "s.csv", "--as", "shelter"]);
    let ask = ["nearest", "--at", "116.5,35.7", "--kind", "shelter"];
    let strip = |home: &Home| {
        let mut queries = home.json(&ask)["queries"].clone();
        for result in queries[0]["results"].as_array_mut().unwrap() {
            let attributes = result["attributes"].as_object_mut().unwrap();
            attributes.retain(|name, _| name != "source" && name != "as_of");
        }
        queries
    };
    let before = strip(&home);
    for ending in ["geojson", "csv", "xlsx", "gpkg"] {
        let file = format!("out.{ending}");
        let answer = home.json(&["export", "shelter", &file]);
        assert_eq!(keys(&answer), ["file", "features"]);
        assert_eq!((&answer["file"], &answer["features"]), (&file.as_str().into(), &2.into()));
        let other = Home::with_empty_store();
        std::fs::copy(home.path(&file), other.path(&file)).unwrap();
        other.json(&["import", &file, "--as", "shelter"]);
        assert_eq!(strip(&other), before, "{ending}");
    }
}

#[test]
fn export_says_what_it_cannot_do() {
    let home = Home::with_empty_store();
    home.write("s.csv", "名称,经度,纬度\n公园,116.50,35.70\n");
    home.json(&["import", "s.csv", "--as", "shelter"]);
    for ending in ["fgb", "shp", "kml"] {
        let file = format!("out.{ending}");
        assert_eq!(home.error(&["export", "shelter", &file]), "not_available", "{ending}");
    }
    assert_eq!(home.error(&["export", "castle", "out.csv"]), "not_found");
    assert_ne!(home.error(&["export", "shelter", "out.docx"]), "usage");
    assert_ne!(home.error(&["export", "shelter", "no/such/folder.csv"]), "usage");
    assert_eq!(files_in(&home.path(".")), ["data", "s.csv"]);
}

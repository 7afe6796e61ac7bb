//! `add` and `set`: add a record, change one, undo it.

use serde_json::json;

use crate::support::{Home, keys, list};

fn hospital() -> Home {
    let home = Home::with_empty_store();
    home.write(
        "h.csv",
        "编号,名称,经度,纬度,床位\nH1,县医院,116.5,35.7,300\nH2,中医院,116.51,35.7,\n",
    );
    home.json(&["import", "h.csv", "--as", "hospital"]);
    home
}

fn nearest(home: &Home) -> serde_json::Value {
    let ask = ["nearest", "--at", "116.5,35.7", "--kind", "hospital", "-k", "1"];
    home.json(&ask)["queries"][0]["results"][0].clone()
}

#[test]
fn a_change_is_answered_kept_and_undone() {
    let home = hospital();
    let id = nearest(&home)["id"].as_str().unwrap().to_owned();
    let answer = home.json(&["set", &id, "beds=280", "phone=0537-120", "--why", "夜班核对"]);
    assert_eq!(keys(&answer), ["id", "changes"]);
    assert_eq!(answer["id"], id.as_str());
    let changes = list(&answer["changes"]);
    assert_eq!(changes.len(), 2);
    for change in changes {
        assert_eq!(keys(change), ["field", "old", "new"]);
    }
    let beds = changes.iter().find(|c| c["field"] == "beds").unwrap();
    assert_eq!((&beds["old"], &beds["new"]), (&300.into(), &280.into()));
    let phone = changes.iter().find(|c| c["field"] == "phone").unwrap();
    assert!(phone["old"].is_null());
    assert_eq!(nearest(&home)["attributes"]["beds"], 280);
    let undone = home.json(&["set", "--undo"]);
    assert_eq!((&undone["id"], list(&undone["changes"]).len()), (&id.as_str().into(), 2));
    assert_eq!(nearest(&home)["attributes"]["beds"], 300);
    assert!(nearest(&home)["attributes"].get("phone").is_none());
}

#[test]
fn a_code_names_a_record_as_well_and_nothing_means_no_data() {
    let home = hospital();
    let answer = home.json(&["set", "H1", "beds="]);
    assert_eq!(
        (&answer["changes"][0]["old"], &answer["changes"][0]["new"]),
        (&300.into(), &().into())
    );
    assert!(nearest(&home)["attributes"].get("beds").is_none());
}

#[test]
fn words_of_the_trade_are_read_as_choices() {
    let home = Home::with_empty_store();
    home.write("s.csv", "编号,名称,经度,纬度,容纳人数\nS1,公园,116.5,35.7,100\n");
    home.json(&["import", "s.csv", "--as", "shelter"]);
    let answer = home.json(&["set", "S1", "status=启用", "occupied=12"]);
    assert_eq!(answer["changes"][0]["new"], "open");
}

#[test]
fn wrong_changes_change_nothing() {
    let home = hospital();
    let before = nearest(&home);
    for (args, code) in [
        (["set", "H9", "beds=1"], "not_found"),
        (["set", "7d0c1f9e-0000-8000-8000-000000000000", "beds=1"], "not_found"),
        (["set", "H1", "wings=2"], "no_field"),
        (["set", "H1", "beds=many"], "bad_value"),
        (["set", "H1", "beds=-5"], "bad_value"),
        (["set", "H1", "beds"], "usage"),
    ] {
        assert_eq!(home.error(&args), code, "{args:?}");
    }
    // One wrong value spoils the whole change.
    assert_eq!(home.error(&["set", "H1", "phone=1", "beds=x"]), "bad_value");
    assert_eq!(nearest(&home), before);
}

#[test]
fn nothing_to_undo_is_an_answer() {
    let home = hospital();
    let answer = home.json(&["set", "--undo"]);
    assert!(answer["id"].is_null());
    assert_eq!(list(&answer["changes"]).len(), 0);
}

#[test]
fn a_record_is_added_and_taken_back() {
    let home = hospital();
    let add = ["add", "hospital", "code=H3", "name=新院区", "beds=120", "--at", "116.52,35.7"];
    let answer = home.json(&[&add[..], &["--why", "开诊"]].concat());
    assert_eq!(keys(&answer), ["id", "kind", "changes"]);
    assert_eq!(answer["kind"], "hospital");
    let fields: Vec<&str> =
        list(&answer["changes"]).iter().map(|c| c["field"].as_str().unwrap()).collect();
    for (field, value) in [("code", json!("H3")), ("beds", json!(120)), ("source", json!("duty"))] {
        let change = list(&answer["changes"]).iter().find(|c| c["field"] == field).unwrap();
        assert_eq!((keys(change), &change["new"]), (vec!["field", "old", "new"], &value));
        assert!(change["old"].is_null());
    }
    assert_eq!(fields.len(), 5, "{fields:?}");
    // A ledger that brings it later means the same record.
    assert_eq!(home.error(&add), "record_exists");
    assert_eq!(home.json(&["set", "H3", "beds=130"])["id"], answer["id"]);
    home.json(&["set", "--undo"]);
    let undone = home.json(&["set", "--undo"]);
    assert_eq!((&undone["id"], list(&undone["changes"]).len()), (&answer["id"], 5));
    assert_eq!(home.error(&["set", "H3", "beds=1"]), "not_found");
    assert!(home.text(&[&add[..], &["--lang", "en"]].concat()).starts_with("Added 新院区:"));
    assert!(home.json(&["check"])["ok"].as_bool().unwrap());
}

#[test]
fn what_cannot_be_added_is_said_and_nothing_changes() {
    let home = hospital();
    home.write("p.geojson", r#"{"type":"Point","coordinates":[116.5,95.0]}"#);
    home.write("l.geojson", r#"{"type":"LineString","coordinates":[[116.5,35.7],[116.6,35.7]]}"#);
    home.write("n.geojson", r#"{"type":"FeatureCollection","features":[]}"#);
    for (args, code) in [
        (vec!["add", "hospital", "name=A"], "usage"),
        (vec!["add", "contact", "name=A", "--at", "116.5,35.7"], "usage"),
        (vec!["add", "dragon", "name=A"], "usage"),
        (vec!["add", "hospital", "name", "--at", "116.5,35.7"], "usage"),
        (vec!["add", "hospital", "--at", "35.7,116.5"], "usage"),
        (vec!["add", "hospital", "--at", "116.5,35.7", "--area", "l.geojson"], "usage"),
        (vec!["add", "hospital", "wings=2", "--at", "116.5,35.7"], "no_field"),
        (vec!["add", "hospital", "beds=-1", "--at", "116.5,35.7"], "bad_value"),
        (vec!["add", "hospital", "name=A", "--area", "l.geojson"], "geometry_type"),
        (vec!["add", "closure", "--area", "p.geojson"], "invalid_area"),
        (vec!["add", "closure", "--area", "n.geojson"], "no_shape"),
        (vec!["add", "closure", "--area", "none.geojson"], "cannot_read"),
    ] {
        assert_eq!(home.error(&args), code, "{args:?}");
    }
    assert!(home.json(&["set", "--undo"])["id"].is_null());
}

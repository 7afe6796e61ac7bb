//! `new`, `layers`, `check`, `backup`, `restore`, and stores that are none.

use crate::support::{Home, files_in, keys, list};

#[test]
fn new_makes_a_store_and_never_overwrites() {
    let home = Home::fresh();
    let answer = home.json(&["new", "a.gpkg", "--empty"]);
    assert_eq!(keys(&answer), ["store", "layers"]);
    assert_eq!((&answer["store"], &answer["layers"]), (&"a.gpkg".into(), &0.into()));
    assert_eq!(list(&home.json(&["layers", "--store", "a.gpkg"])["layers"]).len(), 0);
    let before = std::fs::read(home.path("a.gpkg")).unwrap();
    assert_eq!(home.error(&["new", "a.gpkg"]), "exists");
    assert_eq!(std::fs::read(home.path("a.gpkg")).unwrap(), before);
    assert_eq!(files_in(&home.path(".")), ["a.gpkg"]);
}

#[test]
fn new_with_the_demo_county_says_how_many_layers() {
    let home = Home::fresh();
    let made = home.json(&["new", "demo.gpkg"]);
    let layers = home.json(&["layers", "--store", "demo.gpkg"]);
    assert_eq!(made["layers"].as_u64().unwrap() as usize, list(&layers["layers"]).len());
}

#[test]
fn layers_have_every_field_of_the_contract() {
    let answer = Home::with_demo().json(&["layers"]);
    assert_eq!(keys(&answer), ["layers"]);
    for layer in list(&answer["layers"]) {
        assert_eq!(
            keys(layer)[..7],
            ["name", "kind", "features", "extent", "source", "as_of", "sample"]
        );
        assert!(layer["features"].as_u64().unwrap() > 0);
        if let Some(extent) = layer["extent"].as_array() {
            let extent: Vec<f64> = extent.iter().map(|x| x.as_f64().unwrap()).collect();
            assert!(extent[0] <= extent[2] && extent[1] <= extent[3]);
            // Everything of the demo county lies in or around it.
            assert!(extent[0] > 116.0 && extent[2] < 117.0, "{layer}");
            assert!(extent[1] > 35.0 && extent[3] < 36.5, "{layer}");
        }
    }
}

#[test]
fn a_named_store_has_to_be_there() {
    let home = Home::fresh();
    let cases: &[&[&str]] = &[
        &["layers"],
        &["check"],
        &["backup", "b.gpkg"],
        &["restore", "b.gpkg"],
        &["nearest", "--at", "116.5,35.7", "--kind", "shelter"],
        &["import", "a.csv"],
        &["import", "--undo"],
        &["set", "--undo"],
        &["export", "shelter", "s.csv"],
    ];
    for args in cases {
        assert_eq!(
            home.error(&[*args, &["--store", "gone.gpkg"]].concat()),
            "not_found",
            "{args:?}"
        );
    }
    assert!(files_in(&home.path(".")).is_empty());
}

#[test]
fn what_is_no_store_is_refused_and_left_alone() {
    let home = Home::fresh();
    home.write("text.gpkg", "this is no database");
    home.write("empty.gpkg", "");
    for name in ["text.gpkg", "empty.gpkg", "."] {
        let before = std::fs::read(home.path(name)).ok();
        let code = home.error(&["layers", "--store", name]);
        assert_ne!(code, "usage");
        assert_eq!(std::fs::read(home.path(name)).ok(), before);
    }
}

#[test]
fn the_demo_county_passes_its_own_check() {
    let answer = Home::with_demo().json(&["check"]);
    assert_eq!(keys(&answer), ["ok", "findings"]);
    assert_eq!(answer["ok"], true, "{answer}");
    // Stock past its date is worth a look, but no fault of the store.
    for finding in list(&answer["findings"]) {
        assert_eq!(keys(finding)[..4], ["code", "layer", "id", "message"]);
        assert_eq!(finding["fault"], false, "{finding}");
    }
}

#[test]
fn a_backup_brings_back_what_was_changed_since() {
    let home = Home::with_demo();
    let copy = home.json(&["backup", "copy.gpkg"]);
    assert_eq!(keys(&copy), ["file", "bytes"]);
    assert_eq!(copy["bytes"].as_u64().unwrap(), home.path("copy.gpkg").metadata().unwrap().len());
    let nearest = ["nearest", "--at", "116.489,35.733", "--kind", "shelter", "-k", "1"];
    let id = |home: &Home| home.json(&nearest)["queries"][0]["results"][0]["id"].clone();
    let status = |home: &Home| {
        home.json(&nearest)["queries"][0]["results"][0]["attributes"]["status"].clone()
    };
    let before = status(&home);
    home.json(&["set", id(&home).as_str().unwrap(), "status=closed"]);
    assert_eq!(status(&home), "closed");
    let back = home.json(&["restore", "copy.gpkg"]);
    assert_eq!(keys(&back), ["file", "bytes"]);
    assert_eq!(status(&home), before);
    assert_eq!(home.json(&["check"])["ok"], true);
}

#[test]
fn restore_refuses_what_is_no_backup_and_mends_a_broken_store() {
    let home = Home::with_demo();
    home.json(&["backup", "copy.gpkg"]);
    home.write("junk.gpkg", "junk");
    assert_ne!(home.error(&["restore", "junk.gpkg"]), "usage");
    assert_ne!(home.error(&["restore", "nothing.gpkg"]), "usage");
    assert_eq!(home.json(&["check"])["ok"], true);
    // The disk has eaten everything behind the first page.
    let mut bytes = std::fs::read(home.path("data/county.gpkg")).unwrap();
    bytes[4096..].fill(0xaa);
    home.write("data/county.gpkg", bytes);
    assert_ne!(home.error(&["layers"]), "usage");
    home.json(&["restore", "copy.gpkg"]);
    assert_eq!(home.json(&["check"])["ok"], true);
}

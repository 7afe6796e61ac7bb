//! Wrong usage, commands that come later, errors as objects, pipes that close.

use std::io::Read;
use std::process::Stdio;

use crate::support::{Home, list};

#[test]
fn wrong_usage_is_exit_code_2_and_an_object_under_json() {
    let home = Home::with_empty_store();
    let cases: &[&[&str]] = &[
        &["nearst"],
        &["nearest", "--kind", "shelter"],
        &["nearest", "--kind", "castle", "--at", "116.5,35.7"],
        &["nearest", "--kind", "shelter", "--at", "here"],
        &["nearest", "--kind", "shelter", "--at", "35.7,116.5"],
        &["nearest", "--kind", "shelter", "--at", "516.5,35.7"],
        &["nearest", "--kind", "shelter", "--at", "116.5,35.7", "-k", "0"],
        &["nearest", "--kind", "shelter", "--at", "116.5,35.7", "--within", "-5"],
        &["nearest", "--kind", "shelter", "--at", "116.5,35.7", "--within", "NaN"],
        &["nearest", "--kind", "shelter", "--at", "116.5,35.7", "--where", "capacity"],
        &["nearest", "--kind", "shelter", "--at", "116.5,35.7", "--by", "luck"],
        &["nearest", "--kind", "shelter", "--at", "1,2", "--points", "p.csv"],
        &["exposure"],
        &["exposure", "--at", "116.5,35.7"],
        &["exposure", "--at", "116.5,35.7", "--within", "0"],
        &["evacuate"],
        &["evacuate", "--area", "a.geojson", "--stay", "forever"],
        &["evacuate", "--area", "a.geojson", "--hazard", "dragon"],
        &["import"],
        &["import", "--undo", "a.csv"],
        &["import", "a.csv", "--column", "capacity"],
        &["import", "a.csv", "--clip", "1,2"],
        &["set"],
        &["set", "some-id"],
        &["export", "shelter"],
        &["new"],
        &["layers", "--bogus"],
        &["--lang", "fr", "layers"],
        &["--json", "--bogus"],
    ];
    for args in cases {
        assert_eq!(home.error(args), "usage", "{args:?}");
    }
}

#[test]
fn without_json_an_error_is_one_line_on_stderr() {
    let home = Home::fresh();
    let run = home.run(&["layers", "--store", "missing.gpkg"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert_eq!(run.stderr.lines().count(), 1);
    assert!(run.stderr.contains("missing.gpkg"));
}

#[test]
fn what_a_later_version_brings_is_not_available() {
    let home = Home::with_empty_store();
    let cases: &[&[&str]] = &[
        &["hazard"],
        &["hazard", "flood", "--level", "40", "--out", "x.geojson"],
        &["impact", "x.geojson"],
    ];
    for args in cases {
        assert_eq!(home.error(args), "not_available", "{args:?}");
    }
}

#[test]
fn the_order_of_general_options_does_not_matter() {
    let home = Home::with_empty_store();
    let after = home.run(&["layers", "--json", "--lang", "en", "--store", "data/county.gpkg"]);
    let before = home.run(&["--json", "--lang", "en", "--store", "data/county.gpkg", "layers"]);
    assert_eq!((after.code, &after.stdout), (0, &before.stdout));
    assert_eq!(list(&after.object()["layers"]).len(), 0);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let home = Home::fresh();
    let mut child = home
        .command()
        .args(["fields", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(said, "");
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_an_error() {
    let home = Home::fresh();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let out = home.command().args(["fields", "--json"]).stdout(full).output().unwrap();
    assert_eq!(out.status.code(), Some(1));
    assert!(!out.stderr.is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_display_the_desktop_says_what_works_instead() {
    let home = Home::with_demo();
    let run = home.run(&["--json"]);
    assert_eq!(run.code, 1);
    let object = run.object();
    assert_eq!(object["error"]["code"], "no_display");
    let hint = object["error"]["hint"].as_str().unwrap();
    let command = hint.split_once("shouye ").unwrap().1;
    // The command in the hint works as it stands.
    let words: Vec<&str> = command.split_whitespace().collect();
    assert!(!home.text(&words).is_empty());
}

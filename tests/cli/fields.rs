//! `fields`: the canonical fields of every kind.

use crate::support::{Home, keys, list};

const KINDS: [&str; 21] = [
    "boundary",
    "township",
    "settlement",
    "river",
    "waterbody",
    "levee",
    "gauge",
    "pump",
    "fault",
    "road",
    "bridge",
    "shelter",
    "warehouse",
    "station",
    "hospital",
    "police",
    "school",
    "care-home",
    "hydrant",
    "mine",
    "hazard-source",
];

#[test]
fn every_kind_of_the_contract_is_listed_with_its_fields() {
    let answer = Home::fresh().json(&["fields"]);
    assert_eq!(keys(&answer), ["kinds"]);
    let kinds = list(&answer["kinds"]);
    for kind in KINDS.iter().chain(&["contact"]) {
        let found = kinds.iter().find(|entry| entry["kind"] == **kind).unwrap();
        assert_eq!(keys(found)[..2], ["kind", "fields"]);
        for field in list(&found["fields"]) {
            assert_eq!(keys(field), ["name", "type", "unit", "values", "aliases", "label"]);
        }
    }
}

#[test]
fn a_field_has_type_unit_values_and_ledger_headings() {
    let answer = Home::fresh().json(&["fields", "shelter"]);
    let kinds = list(&answer["kinds"]);
    assert_eq!(kinds.len(), 1);
    let field = |name: &str| {
        let fields = list(&kinds[0]["fields"]);
        fields.iter().find(|field| field["name"] == name).cloned().unwrap()
    };
    let capacity = field("capacity");
    assert_eq!((&capacity["type"], &capacity["unit"]), (&"integer".into(), &"persons".into()));
    assert!(list(&capacity["aliases"]).contains(&"容纳人数".into()));
    let status = field("status");
    assert_eq!(status["type"], "choice");
    assert!(list(&status["values"]).contains(&"open".into()));
    assert!(field("name")["unit"].is_null());
}

#[test]
fn people_see_a_table_and_no_store_is_made_for_it() {
    let home = Home::fresh();
    let text = home.text(&["fields", "care_home"]);
    assert!(text.contains("care-home") && text.contains("beds"), "{text}");
    assert!(!home.path("data").exists());
}

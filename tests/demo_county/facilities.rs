//! What stands in the county: enough of everything, beside a road, and tables that refer to it.

use std::collections::{BTreeMap, BTreeSet};

use shouye::model::Kind;

use crate::demo::plane::{P, inside, to_line, to_ring};
use crate::files::{FACILITIES, Row, layer, townships};

#[test]
fn facilities_stand_in_their_township_beside_a_road() {
    let areas = townships();
    let roads: Vec<Vec<P>> = layer(Kind::Road)
        .iter()
        .filter(|row| row.get("road_class") != "motorway")
        .map(Row::line)
        .collect();
    for kind in FACILITIES {
        for row in layer(kind) {
            let what = format!("{} {}", row.get("code"), row.get("name"));
            let q = row.place();
            assert!(inside(q, &areas[row.get("township")]), "{what} is not in its township");
            if kind == Kind::Gauge {
                continue;
            }
            let nearest = roads
                .iter()
                .filter(|line| line[0].distance(q) < 4_000.0)
                .map(|line| to_line(q, line))
                .fold(f64::INFINITY, f64::min);
            assert!((10.0..60.0).contains(&nearest), "{what} is {nearest} m from a road");
        }
    }
}

#[test]
fn there_is_enough_of_everything() {
    let count = |kind: Kind, field: &str, value: &str| {
        layer(kind).iter().filter(|row| row.get(field) == value).count()
    };
    let shelters = layer(Kind::Shelter);
    assert!((55..=70).contains(&shelters.len()), "{}", shelters.len());
    for shelter_type in ["emergency", "fixed_short", "fixed_medium", "fixed_long", "central"] {
        assert!(count(Kind::Shelter, "shelter_type", shelter_type) > 0, "{shelter_type}");
    }
    for row in &shelters {
        let known = ["capacity", "effective_area_in_m2", "effective_area_out_m2"];
        assert!(known.iter().any(|field| !row.get(field).is_empty()), "{}", row.get("name"));
        assert!(row.get("hazards").contains("earthquake"));
    }
    assert!(shelters.iter().filter(|row| row.get("hazards").contains("flood")).count() > 25);
    let stores = layer(Kind::Warehouse);
    let county: Vec<_> = stores.iter().filter(|row| row.get("level") == "county").collect();
    assert_eq!(county.len(), 2);
    assert!(county.iter().all(|row| row.number("floor_area_m2") >= 2000.0));
    assert_eq!(count(Kind::Warehouse, "level", "township"), 15);
    assert_eq!(count(Kind::Station, "tier", "1"), 1);
    assert_eq!(count(Kind::Station, "tier", "M"), 15);
    assert!(count(Kind::Station, "tier", "N") >= 80);
    assert!(
        layer(Kind::Station)
            .iter()
            .filter(|r| r.get("tier") == "M")
            .all(|r| r.get("headcount") == "30")
    );
    assert_eq!(layer(Kind::Hospital).len(), 10);
    assert_eq!(layer(Kind::HazardSource).len(), 15);
    for substance in ["液氨", "液氯", "液化石油气", "汽油"] {
        assert!(count(Kind::HazardSource, "substance", substance) > 0, "{substance}");
    }
    assert!(count(Kind::Mine, "name", "义桥煤矿") == 1);
    assert!(layer(Kind::School).len() >= 40 && layer(Kind::CareHome).len() >= 15);
    for gauge in layer(Kind::Gauge) {
        assert!(gauge.number("guarantee_level_m") > gauge.number("warning_level_m"));
        assert!(gauge.number("warning_level_m") > gauge.number("level_m"));
    }
}

#[test]
fn tables_refer_to_rows_that_exist() {
    let codes = |kind: Kind| -> BTreeSet<String> {
        layer(kind).iter().map(|row| row.get("code").to_owned()).collect()
    };
    let (villages, shelters) = (codes(Kind::Settlement), codes(Kind::Shelter));
    let (stores, stations) = (codes(Kind::Warehouse), codes(Kind::Station));
    let mut kinds = BTreeSet::new();
    for row in layer(Kind::Stock) {
        assert!(stores.contains(row.get("warehouse")), "{}", row.get("warehouse"));
        let code = row.get("item_code");
        assert!(code.len() == 7 && ["1", "2", "3"].contains(&&code[..1]), "{code}");
        kinds.insert(row.get("reserve_kind").to_owned());
    }
    assert_eq!(kinds.len(), 5);
    assert!(layer(Kind::Equipment).iter().all(|row| stations.contains(row.get("station"))));
    assert!(layer(Kind::Equipment).iter().any(|row| !row.get("reach_m").is_empty()));
    assert!(layer(Kind::Equipment).iter().any(|row| !row.get("pump_m3h").is_empty()));
    let mut roles: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in layer(Kind::Contact) {
        roles
            .entry(row.get("settlement").to_owned())
            .or_default()
            .insert(row.get("role").to_owned());
    }
    assert_eq!(roles.keys().cloned().collect::<BTreeSet<_>>(), villages);
    assert!(roles.values().all(|own| own.contains("informant") && own.contains("responsible")));
    let arrangements = layer(Kind::Arrangement);
    assert!((30..200).contains(&arrangements.len()));
    for row in arrangements {
        assert!(villages.contains(row.get("settlement")) && shelters.contains(row.get("shelter")));
    }
}

#[test]
fn plants_keep_their_distance_from_villages() {
    for plant in layer(Kind::HazardSource) {
        let q = plant.place();
        for village in layer(Kind::Settlement) {
            let ring: Vec<P> = village.ring();
            let far = !inside(q, &ring) && to_ring(q, &ring) > 150.0;
            assert!(far, "{} stands at {}", plant.get("name"), village.get("name"));
        }
    }
}

//! Real files that nobody here wrote, with their true counts.

use shouye::base::Feedback;
use shouye::io::load_demo;
use shouye::model::{Kind, Value};

use crate::support::{Desk, guess, shared};

#[test]
fn the_demo_county_loads_through_the_ordinary_importer() {
    let mut desk = Desk::new();
    load_demo(&mut desk.store, &Feedback::default()).unwrap();
    assert_eq!(desk.rows(Kind::Township).len(), 15);
    assert_eq!(desk.rows(Kind::Settlement).len(), 372);
    assert!(desk.rows(Kind::Shelter).iter().all(|row| row.provenance.sample));
    let residents: u64 =
        desk.rows(Kind::Settlement).iter().filter_map(|row| row.count("residents")).sum();
    assert_eq!(residents, 687_544);
}

#[test]
fn taichung_shelters_from_csv_and_json_agree() {
    let (Some(csv), Some(json)) =
        (shared("shelters/taichung_shelters.csv"), shared("shelters/taichung_shelters.json"))
    else {
        return;
    };
    let mut desk = Desk::new();
    let report = desk.import(&guess(&csv)).unwrap().remove(0);
    assert_eq!((report.kind, report.format.as_str()), (Kind::Shelter, "CSV"));
    assert_eq!((report.read, report.encoding.as_str()), (492, "UTF-8"));
    assert_eq!(report.accepted + report.refused.len() as u64, 492);
    let park = desk.rows(Kind::Shelter).into_iter().find(|row| row.name == "健康公園").unwrap();
    assert_eq!(park.code.as_deref(), Some("45"));
    assert_eq!(park.count("capacity"), Some(7500));
    assert_eq!(park.text("hazards"), Some("earthquake"));
    assert_eq!(park.attributes.get("indoor"), Some(&Value::Boolean(false)));
    // The same ledger as JSON: the same records, so nothing is added.
    let before = desk.rows(Kind::Shelter).len();
    let report = desk.import(&guess(&json)).unwrap().remove(0);
    assert_eq!((report.kind, report.format.as_str(), report.read), (Kind::Shelter, "GeoJSON", 492));
    assert_eq!(desk.rows(Kind::Shelter).len(), before);
}

#[test]
fn japan_s_emergency_sites_come_in_with_their_unknown_columns() {
    let Some(file) = shared("bench/jp_emergency_115402.geojson") else { return };
    let mut desk = Desk::new();
    let report = desk.import(&guess(&file)).unwrap().remove(0);
    assert_eq!((report.kind, report.read), (Kind::Shelter, 115_402));
    assert_eq!(report.accepted + report.refused.len() as u64, 115_402);
    let rows = desk.rows(Kind::Shelter);
    let first = rows.iter().find(|row| row.code.as_deref() == Some("E0110000001202")).unwrap();
    assert_eq!(first.name, "もみじ台中学校");
    assert_eq!(first.extra[0], ("NO".to_owned(), Value::Integer(1)));
    assert!(first.extra.contains(&("洪水".to_owned(), Value::from("1"))));
}

#[test]
fn the_world_s_places_come_in() {
    let Some(file) = shared("bench/geonames_cities500_world.csv") else { return };
    let mut desk = Desk::new();
    let report = desk.import(&guess(&file)).unwrap().remove(0);
    assert_eq!((report.kind, report.read), (Kind::Settlement, 234_908));
    assert_eq!(report.accepted + report.refused.len() as u64, 234_908);
}

//! The balance sheet of shelters on small counties, worked out by hand.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod support;

use geo_types::Geometry;
use shouye::analysis::balance::{Sums, TownshipBalance};
use shouye::analysis::shelter_check::Outcome;
use shouye::analysis::{Balance, BalanceSheet, balance};
use shouye::base::{Feedback, Persons};
use shouye::model::{Feature, StayClass};

use support::county::{block, county, row, settlement};

fn sheet(rows: Vec<Feature>, stay: StayClass) -> BalanceSheet {
    balance(&county(rows), &Balance { stay }, &Feedback::default()).unwrap()
}

/// A village with an extent.
fn village(name: &str, corners: [f64; 4], fields: &[(&str, &str)]) -> Feature {
    let [x0, y0, x1, y1] = corners;
    let geometry = Some(Geometry::MultiPolygon(block(x0, y0, x1, y1)));
    Feature { geometry, ..row("settlement", name, None, fields) }
}

fn fixed(name: &str, x: f64, capacity: &str, fields: &[(&str, &str)]) -> Feature {
    let own = [("shelter_type", "短期固定"), ("capacity", capacity)];
    row("shelter", name, Some((x, 0.0)), &[&own[..], fields].concat())
}

fn line<'a>(sheet: &'a BalanceSheet, name: &str) -> &'a TownshipBalance {
    sheet.townships.iter().find(|line| line.name == name).unwrap()
}

#[test]
fn those_within_the_radius_are_the_nearest_shelters_and_the_rest_are_beyond() {
    // Radius 1 km about 0 and about 1.5 km; villages at 0.5, 0.9 (nearer to the second), 2.4 and 4 km.
    let found = sheet(
        vec![
            settlement("甲", 0.5, 0.0, 100),
            settlement("乙", 0.9, 0.0, 200),
            settlement("丙", 2.4, 0.0, 400),
            settlement("丁", 4.0, 0.0, 800),
            fixed("东", 1.5, "150", &[]),
            fixed("西", 0.0, "150", &[]),
        ],
        StayClass::Short,
    );
    let area = |name: &str| {
        let area = found.shelters.iter().find(|area| area.name == name).unwrap();
        (area.within.0, area.responsible.0, area.shortfall().map(|people| people.0))
    };
    // Both radii hold both near villages; each village has one shelter that is responsible.
    assert_eq!(area("西"), (300, 100, Some(0)));
    assert_eq!(area("东"), (700, 600, Some(450)));
    assert_eq!(found.county.beyond, Persons(800));
    let responsible: Persons = found.shelters.iter().map(|area| area.responsible).sum();
    assert_eq!(responsible + found.county.beyond, found.county.residents);
}

#[test]
fn a_village_counts_by_the_share_of_its_extent_and_no_share_twice() {
    // The long village runs from −2 to 2 km: one shelter in its middle covers half of it.
    let long = || village("长", [-2.0, -0.01, 2.0, 0.01], &[("residents", "1000")]);
    let one = sheet(vec![long(), fixed("中", 0.0, "10", &[])], StayClass::Short);
    assert_eq!((one.county.beyond.0, one.shelters[0].within.0), (500, 500));
    // Two that overlap between −0.5 and 0.5 km cover −1.5 to 1.5 km together: three quarters.
    let two = sheet(
        vec![long(), fixed("西", -0.5, "10", &[]), fixed("东", 0.5, "10", &[])],
        StayClass::Short,
    );
    assert_eq!(two.county.beyond, Persons(250));
    assert_eq!(two.shelters.iter().map(|area| area.within.0).sum::<u64>(), 1000);
    assert_eq!(two.shelters.iter().map(|area| area.responsible.0).sum::<u64>(), 750);
}

#[test]
fn the_radius_is_that_of_the_class() {
    for (class, kilometres) in
        [("紧急", 0.5), ("短期固定", 1.0), ("中期固定", 1.5), ("长期固定", 2.5)]
    {
        let beyond = |x: f64| {
            let site = row("shelter", "点", Some((0.0, 0.0)), &[("shelter_type", class)]);
            sheet(vec![settlement("村", x, 0.0, 7), site], StayClass::Short).county.beyond.0
        };
        assert_eq!((beyond(kilometres - 0.01), beyond(kilometres + 0.01)), (0, 7), "{class}");
    }
    // A closed shelter is nobody's.
    let closed = fixed("停", 0.0, "10", &[("status", "停用")]);
    let found = sheet(vec![settlement("村", 0.1, 0.0, 7), closed], StayClass::Short);
    assert_eq!((found.county.beyond.0, found.county.shelters), (7, 0));
    assert_eq!(found.county.fixed_places, Persons::ZERO);
}

#[test]
fn townships_add_up_and_are_found_by_name_or_by_place() {
    let town = |name: &str, code: &str, x0: f64, x1: f64| Feature {
        code: Some(code.to_owned()),
        geometry: Some(Geometry::MultiPolygon(block(x0, -5.0, x1, 5.0))),
        ..row("township", name, None, &[])
    };
    let people = [("residents", "1000"), ("residents_day", "600"), ("township", "东镇")];
    let found = sheet(
        vec![
            town("东镇", "2", 10.0, 20.0),
            town("西镇", "1", 0.0, 10.0),
            // Says that it belongs to the east although it lies in the west.
            village("甲", [1.0, 0.0, 1.1, 0.1], &people),
            settlement("乙", 2.0, 0.0, 500),
            settlement("丙", 40.0, 0.0, 50),
            row("settlement", "丁", Some((3.0, 0.0)), &[("township", "西镇")]),
            fixed("东", 11.0, "150", &[("occupied", "20"), ("reserved", "10")]),
            fixed("西", 2.0, "74", &[]),
            row(
                "shelter",
                "广场",
                Some((12.0, 0.0)),
                &[("shelter_type", "紧急"), ("effective_area_out_m2", "1000")],
            ),
        ],
        StayClass::Short,
    );
    let names: Vec<&str> = found.townships.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, ["西镇", "东镇", ""]);
    let (east, west) = (line(&found, "东镇").sums, line(&found, "西镇").sums);
    assert_eq!((east.residents.0, east.by_day.0, east.without_day), (1000, 600, 0));
    assert_eq!((west.residents.0, west.without_data, west.known_by_day()), (500, 1, None));
    // The square serves emergencies alone: 1,000 m² at 0.5 m²; 150 fixed places serve the shorter stays too.
    assert_eq!(east.places.map(|places| places.0), [2150, 150, 150, 0, 0]);
    assert_eq!((east.free.0, east.fixed_places.0), (120, 150));
    assert_eq!((east.rule(), east.shortfall()), (Outcome::Pass, Some(Persons::ZERO)));
    assert_eq!(east.without_place(), Some(Persons(880)));
    assert_eq!((west.rule(), west.shortfall()), (Outcome::Fail, Some(Persons(1))));
    let add =
        |get: fn(&Sums) -> u64| found.townships.iter().map(|line| get(&line.sums)).sum::<u64>();
    assert_eq!(add(|sums| sums.residents.0), found.county.residents.0);
    assert_eq!(add(|sums| sums.beyond.0), found.county.beyond.0);
    assert_eq!(add(|sums| sums.free.0), found.county.free.0);
    assert_eq!(found.county.residents, Persons(1550));
}

#[test]
fn nothing_known_is_no_data() {
    let empty = sheet(vec![], StayClass::Long);
    assert!(empty.no_settlements && empty.townships.is_empty());
    assert_eq!(empty.county.known_residents(), None);
    assert_eq!(empty.county.rule(), Outcome::NoData);
    let bare = sheet(vec![row("shelter", "某处", None, &[])], StayClass::Long);
    assert_eq!((bare.county.shelters, bare.county.without_capacity), (1, 1));
    assert_eq!((bare.shelters[0].radius, bare.shelters[0].shortfall()), (None, None));
}

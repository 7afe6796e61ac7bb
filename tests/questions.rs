//! Closest facility and exposure on small counties, worked out by hand.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod support;

use geo_types::{Coord, Geometry};
use shouye::analysis::{ClosestFacility, Condition, closest_facility, exposure};
use shouye::base::{Feedback, Metres, Persons};
use shouye::county::County;
use shouye::model::{Feature, Kind};
use shouye::spatial::Area;

use support::county::{at, block, county, row, settlement, shelter};

fn ask(place: Coord<f64>, k: usize) -> ClosestFacility {
    ClosestFacility { at: place, kind: Kind::Shelter, k, within: None, conditions: Vec::new() }
}

/// Names in the order of the answer.
fn nearest(county: &County, ask: &ClosestFacility) -> Vec<String> {
    closest_facility(county, ask, &Feedback::default())
        .unwrap()
        .into_iter()
        .map(|reach| county.feature(reach.id).unwrap().name.clone())
        .collect()
}

fn with(conditions: &[&str]) -> ClosestFacility {
    let conditions = conditions.iter().map(|text| Condition::parse(text).unwrap()).collect();
    ClosestFacility { conditions, ..ask(at(0.0, 0.0), 10) }
}

fn three() -> County {
    county(vec![
        row(
            "shelter",
            "a",
            Some((1.0, 0.0)),
            &[("capacity", "100"), ("hazards", "flood;fire"), ("status", "open")],
        ),
        row("shelter", "b", Some((2.0, 0.0)), &[("capacity", "500"), ("hazards", "flood")]),
        row("shelter", "c", Some((3.0, 0.0)), &[("status", "closed")]),
    ])
}

#[test]
fn nearest_first_and_no_more_than_asked() {
    let county = three();
    assert_eq!(nearest(&county, &ask(at(0.0, 0.0), 2)), ["a", "b"]);
    assert_eq!(nearest(&county, &ask(at(4.0, 0.0), 9)), ["c", "b", "a"]);
    let reaches = closest_facility(&county, &ask(at(0.0, 0.0), 1), &Feedback::default()).unwrap();
    assert!((reaches[0].distance.0 - 1000.0).abs() < 0.01);
    assert_eq!(reaches[0].travel_s, None);
}

#[test]
fn none_is_an_answer() {
    let county = three();
    assert!(nearest(&county, &ask(at(0.0, 0.0), 0)).is_empty());
    let school = ClosestFacility { kind: Kind::School, ..ask(at(0.0, 0.0), 3) };
    assert!(nearest(&county, &school).is_empty());
    assert!(nearest(&county, &ask(Coord { x: f64::NAN, y: 0.0 }, 3)).is_empty());
    let never = ClosestFacility { within: Some(Metres(f64::NAN)), ..ask(at(0.0, 0.0), 3) };
    assert!(nearest(&county, &never).is_empty());
}

#[test]
fn within_a_distance_the_border_counts() {
    let county = three();
    let exact =
        closest_facility(&county, &ask(at(0.0, 0.0), 2), &Feedback::default()).unwrap()[1].distance;
    let within = |metres| ClosestFacility { within: Some(metres), ..ask(at(0.0, 0.0), 9) };
    assert_eq!(nearest(&county, &within(exact)), ["a", "b"]);
    assert_eq!(nearest(&county, &within(Metres(exact.0 - 0.001))), ["a"]);
    assert!(nearest(&county, &within(Metres(0.0))).is_empty());
}

#[test]
fn equal_distances_come_in_the_order_of_ids() {
    let county = county((0..6).map(|n| shelter(&format!("s{n}"), 5.0, 5.0, 10)).collect());
    let found = closest_facility(&county, &ask(at(0.0, 0.0), 3), &Feedback::default()).unwrap();
    let all: Vec<_> = county.features(Kind::Shelter).iter().map(|f| f.id).collect();
    assert_eq!(found.iter().map(|reach| reach.id).collect::<Vec<_>>(), all[..3]);
}

#[test]
fn conditions_compare_numbers_choices_and_days() {
    let mut county_rows: Vec<Feature> = three().features(Kind::Shelter).to_vec();
    for (feature, day) in county_rows.iter_mut().zip(["2026-01-05", "2025-12-31", "2024-06-01"]) {
        feature.provenance.as_of = Some(day.to_owned());
    }
    let newer = county_rows[0].name.clone();
    let county = county(county_rows);
    assert_eq!(nearest(&county, &with(&["capacity>=100"])), ["a", "b"]);
    assert_eq!(nearest(&county, &with(&["capacity>100"])), ["b"]);
    assert_eq!(nearest(&county, &with(&["capacity=500"])), ["b"]);
    assert_eq!(nearest(&county, &with(&["hazards=fire"])), ["a"]);
    assert_eq!(nearest(&county, &with(&["hazards=fire;flood"])), ["a"]);
    assert_eq!(nearest(&county, &with(&["hazards=flood", "capacity<500"])), ["a"]);
    assert_eq!(nearest(&county, &with(&["status=启用"])), ["a"]);
    assert_eq!(nearest(&county, &with(&["as_of>=2026-01-01"])), [newer]);
    // No data satisfies no condition, not even "is not".
    assert_eq!(nearest(&county, &with(&["capacity!=100"])), ["b"]);
    assert_eq!(nearest(&county, &with(&["name<b"])), Vec::<String>::new());
}

/// A village with an extent.
fn village(name: &str, corners: [f64; 4], residents: &str) -> Feature {
    let [x0, y0, x1, y1] = corners;
    let mut feature = row("settlement", name, None, &[]);
    if !residents.is_empty() {
        feature = row("settlement", name, None, &[("residents", residents)]);
    }
    feature.geometry = Some(Geometry::MultiPolygon(block(x0, y0, x1, y1)));
    feature
}

#[test]
fn villages_count_by_the_share_of_their_extent() {
    let county = county(vec![
        village("inside", [1.0, 1.0, 2.0, 2.0], "100"),
        village("half", [9.0, 4.0, 11.0, 5.0], "200"),
        village("beside", [10.1, 6.0, 11.0, 7.0], "400"),
        village("unknown", [3.0, 3.0, 4.0, 4.0], ""),
        village("sliver", [9.99, 8.0, 14.0, 9.0], "20"),
        settlement("point", 5.0, 5.0, 30),
        settlement("elsewhere", 15.0, 5.0, 70),
        shelter("in", 6.0, 6.0, 10),
        shelter("out", 16.0, 6.0, 10),
    ]);
    let area = Area::new(block(0.0, 0.0, 10.0, 10.0)).unwrap();
    let found = exposure(&county, &area, &Feedback::default()).unwrap();
    let rows: Vec<_> = found
        .settlements
        .iter()
        .map(|s| (s.name.as_str(), s.people.map(|p| p.0), s.on_edge, s.point_only))
        .collect();
    let sorted = |mut rows: Vec<(&'static str, Option<u64>, bool, bool)>| {
        rows.sort_unstable();
        rows
    };
    let mut found_rows = rows.clone();
    found_rows.sort_unstable();
    assert_eq!(
        found_rows,
        sorted(vec![
            ("inside", Some(100), false, false),
            ("half", Some(100), true, false),
            ("point", Some(30), false, true),
            ("sliver", Some(0), true, false),
            ("unknown", None, false, false),
        ])
    );
    assert!(rows.is_sorted_by(|a, b| a.1 >= b.1), "most people first, no data last");
    assert_eq!((found.people, found.without_data), (Persons(230), 1));
    assert_eq!(found.known_people(), Some(Persons(230)));
    assert_eq!(found.known_people_day(), None, "nobody knows how many are there by day");
    assert_eq!(found.facilities.len(), 1);
    assert_eq!(county.feature(found.facilities[&Kind::Shelter][0]).unwrap().name, "in");
}

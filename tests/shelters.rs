//! Checks of shelters on small counties, worked out by hand.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod support;

use geo_types::{Geometry, LineString};
use shouye::analysis::shelter_check::{Check, CheckKind, CheckNote, Outcome, SiteClass};
use shouye::analysis::{ShelterCheck, checks_of, shelter_checks};
use shouye::base::Feedback;
use shouye::county::County;
use shouye::model::{Feature, StayClass};
use shouye::spatial::Area;

use support::county::{at, block, county, row};

/// A line between two places of the grid, in kilometres.
fn line(kind: &str, name: &str, fields: &[(&str, &str)], ends: [(f64, f64); 2]) -> Feature {
    let line = LineString::new(ends.map(|(x, y)| at(x, y)).to_vec());
    Feature { geometry: Some(line.into()), ..row(kind, name, None, fields) }
}

/// One shelter at 5 km, 5 km among other rows.
fn among(fields: &[(&str, &str)], mut rows: Vec<Feature>) -> County {
    rows.push(row("shelter", "学校", Some((5.0, 5.0)), fields));
    county(rows)
}

fn check(county: &County, kind: CheckKind, ask: &ShelterCheck<'_>) -> Option<Check> {
    let shelter = &county.features(shouye::model::Kind::Shelter)[0];
    checks_of(county, shelter, ask).checks.into_iter().find(|check| check.kind == kind)
}

/// How it comes out and what was measured, to a tenth.
fn of(county: &County, kind: CheckKind) -> (Outcome, Option<f64>) {
    let found = check(county, kind, &ShelterCheck::default()).unwrap();
    (found.outcome, found.figure.map(|figure| (figure * 10.0).round() / 10.0))
}

#[test]
fn a_fault_fails_below_100_m_and_warns_below_200_m() {
    let fault = |apart: f64, activity: &[(&str, &str)]| {
        let x = 5.0 + apart / 1000.0;
        let fault = line("fault", "断裂", activity, [(x, 0.0), (x, 10.0)]);
        among(&[], vec![fault])
    };
    let active = [("activity", "全新世")];
    assert_eq!(of(&fault(50.0, &active), CheckKind::Fault).0, Outcome::Fail);
    assert_eq!(of(&fault(150.0, &active), CheckKind::Fault), (Outcome::Warn, Some(150.0)));
    assert_eq!(of(&fault(250.0, &active), CheckKind::Fault), (Outcome::Pass, Some(250.0)));
    // What nobody says is inferred counts as a fault.
    assert_eq!(of(&fault(50.0, &[]), CheckKind::Fault).0, Outcome::Fail);
    let inferred = fault(50.0, &[("activity", "推测")]);
    let found = check(&inferred, CheckKind::Fault, &ShelterCheck::default()).unwrap();
    assert_eq!((found.outcome, found.limit), (Outcome::Warn, Some(200.0)));
    assert_eq!(found.note, Some(CheckNote::Inferred));
    assert_eq!(of(&among(&[], vec![]), CheckKind::Fault), (Outcome::NoData, None));
}

#[test]
fn a_sure_fault_that_passes_does_not_hide_an_inferred_one_that_warns() {
    let sure = line("fault", "实", &[("activity", "全新世")], [(5.3, 0.0), (5.3, 10.0)]);
    let guess = line("fault", "推", &[("activity", "推测")], [(4.95, 0.0), (4.95, 10.0)]);
    let both = among(&[], vec![sure, guess]);
    assert_eq!(of(&both, CheckKind::Fault), (Outcome::Warn, Some(50.0)));
}

#[test]
fn the_edge_of_a_site_counts_and_not_its_middle() {
    let mut rows = vec![line("fault", "断裂", &[], [(6.15, 0.0), (6.15, 10.0)])];
    let site = Geometry::MultiPolygon(block(4.0, 4.0, 6.0, 6.0));
    rows.push(Feature { geometry: Some(site), ..row("shelter", "公园", None, &[]) });
    // A second fault is nearer to the middle of the site than to its edge anywhere else.
    rows.push(line("fault", "远", &[], [(7.0, 5.0), (8.0, 5.0)]));
    assert_eq!(of(&county(rows), CheckKind::Fault).0, Outcome::Warn);
}

#[test]
fn hazard_sources_keep_their_distance_by_class() {
    let plant = |metres: f64, class: &[(&str, &str)]| {
        among(&[], vec![row("hazard-source", "厂", Some((5.0, 5.0 + metres / 1000.0)), class)])
    };
    let (major, minor) = ([("major_hazard_class", "四级")], [("major_hazard_class", "不构成")]);
    assert_eq!(of(&plant(20.0, &minor), CheckKind::FireSource), (Outcome::Fail, Some(20.0)));
    assert_eq!(of(&plant(40.0, &minor), CheckKind::FireSource).0, Outcome::Pass);
    assert_eq!(of(&plant(40.0, &minor), CheckKind::MajorSource), (Outcome::Pass, None));
    assert_eq!(of(&plant(900.0, &major), CheckKind::MajorSource), (Outcome::Fail, Some(900.0)));
    assert_eq!(of(&plant(1100.0, &major), CheckKind::MajorSource).0, Outcome::Pass);
    let unknown = plant(900.0, &[]);
    let found = check(&unknown, CheckKind::MajorSource, &ShelterCheck::default()).unwrap();
    assert_eq!((found.outcome, found.note), (Outcome::NoData, Some(CheckNote::UnknownSource)));
    assert_eq!(of(&plant(1100.0, &[]), CheckKind::MajorSource).0, Outcome::Pass);
    assert_eq!(of(&among(&[], vec![]), CheckKind::MajorSource).0, Outcome::NoData);
}

#[test]
fn downwind_is_a_cone_of_30_degrees_to_either_side() {
    // The plant stands 2 km north: a wind from the north carries its plume over the shelter.
    let county = among(&[], vec![row("hazard-source", "厂", Some((5.0, 7.0)), &[])]);
    let by = |wind: Option<f64>| {
        let ask = ShelterCheck { wind_from_deg: wind, ..ShelterCheck::default() };
        check(&county, CheckKind::Downwind, &ask).unwrap()
    };
    for (wind, outcome) in [
        (0.0, Outcome::Warn),
        (29.0, Outcome::Warn),
        (31.0, Outcome::Pass),
        (331.0, Outcome::Warn),
        (329.0, Outcome::Pass),
        (180.0, Outcome::Pass),
    ] {
        assert_eq!(by(Some(wind)).outcome, outcome, "wind from {wind}");
    }
    assert_eq!(by(None).note, Some(CheckNote::NoWind));
    let near = among(&[], vec![row("hazard-source", "厂", Some((5.0, 5.8)), &[])]);
    let ask = ShelterCheck { wind_from_deg: Some(350.0), ..ShelterCheck::default() };
    assert_eq!(check(&near, CheckKind::Downwind, &ask).unwrap().outcome, Outcome::Fail);
    let far = among(&[], vec![row("hazard-source", "厂", Some((5.0, 10.2)), &[])]);
    assert_eq!(check(&far, CheckKind::Downwind, &ask).unwrap().outcome, Outcome::Pass);
}

#[test]
fn water_and_danger_areas_are_told_apart() {
    let lake = |water: &str, x: f64| {
        let shape = Geometry::MultiPolygon(block(x, 4.0, x + 2.0, 6.0));
        let lake = row("waterbody", "湖", None, &[("water_type", water)]);
        among(&[], vec![Feature { geometry: Some(shape), ..lake }])
    };
    assert_eq!(of(&lake("湖泊", 4.0), CheckKind::Water).0, Outcome::Fail);
    assert_eq!(of(&lake("湖洼", 4.0), CheckKind::Water).0, Outcome::Warn);
    assert_eq!(of(&lake("湖泊", 8.0), CheckKind::Water).0, Outcome::Pass);
    assert_eq!(of(&among(&[], vec![]), CheckKind::Water).0, Outcome::NoData);
    let county = among(&[], vec![line("levee", "堤", &[], [(5.04, 0.0), (5.04, 9.0)])]);
    assert_eq!(of(&county, CheckKind::Levee), (Outcome::Warn, Some(40.0)));
    assert_eq!(of(&county, CheckKind::River).0, Outcome::NoData);
    for (x, outcome) in [(4.0, Outcome::Fail), (6.0, Outcome::Pass)] {
        let area = Area::new(block(x, 4.0, x + 2.0, 6.0)).unwrap();
        let ask = ShelterCheck { area: Some(&area), ..ShelterCheck::default() };
        assert_eq!(check(&county, CheckKind::DangerArea, &ask).unwrap().outcome, outcome);
    }
}

#[test]
fn the_record_is_held_against_its_class() {
    // 2,400 people on 4,000 m²: 1.67 m² each where a short stay needs 2.
    let short = among(
        &[
            ("shelter_type", "短期固定"),
            ("capacity", "2400"),
            ("effective_area_out_m2", "4000"),
            ("toilets", "30"),
            ("exits", "1"),
            ("water_l", "360000"),
            ("water_sources", "2"),
            ("power_sources", "1"),
            ("accessible", "否"),
        ],
        vec![],
    );
    let expected = [
        (CheckKind::Exits, Outcome::Fail, Some(1.0)),
        (CheckKind::WaterSources, Outcome::Pass, Some(2.0)),
        (CheckKind::PowerSources, Outcome::Fail, Some(1.0)),
        // 360,000 L over 2,400 people and 15 days.
        (CheckKind::WaterStored, Outcome::Pass, Some(10.0)),
        (CheckKind::Toilets, Outcome::Warn, Some(80.0)),
        (CheckKind::Accessible, Outcome::Warn, None),
        (CheckKind::SiteArea, Outcome::Pass, Some(4000.0)),
        (CheckKind::CapacityCap, Outcome::Pass, Some(2400.0)),
        (CheckKind::AreaPerPerson, Outcome::Fail, Some(1.7)),
        // One unit could not hold them; how many there are is not recorded.
        (CheckKind::RestUnit, Outcome::NoData, None),
    ];
    for (kind, outcome, figure) in expected {
        assert_eq!(of(&short, kind), (outcome, figure), "{kind:?}");
    }
    // The same record as an emergency shelter: fewer rules, other figures.
    let ask = ShelterCheck { stay: Some(StayClass::Emergency), ..ShelterCheck::default() };
    assert_eq!(check(&short, CheckKind::Exits, &ask), None);
    let area = check(&short, CheckKind::AreaPerPerson, &ask).unwrap();
    assert_eq!((area.outcome, area.limit), (Outcome::Pass, Some(0.5)));
}

#[test]
fn what_is_not_recorded_is_no_data() {
    let bare = among(&[], vec![]);
    let found =
        checks_of(&bare, &bare.features(shouye::model::Kind::Shelter)[0], &ShelterCheck::default());
    assert_eq!((found.class, found.checks.len()), (None, CheckKind::ALL.len()));
    assert!(found.checks.iter().all(|check| check.outcome == Outcome::NoData), "{found:?}");
    assert!(found.checks.iter().all(|check| check.note.is_some()));
    // Four exits may all lead to one street.
    let exits = among(&[("shelter_type", "中心"), ("exits", "4")], vec![]);
    let found = check(&exits, CheckKind::Exits, &ShelterCheck::default()).unwrap();
    assert_eq!((found.outcome, found.note), (Outcome::NoData, Some(CheckNote::NoDirections)));
    let directions = among(&[("shelter_type", "中心"), ("exit_directions", "4")], vec![]);
    assert_eq!(of(&directions, CheckKind::Exits).0, Outcome::Pass);
    let no_place = county(vec![row("shelter", "某处", None, &[])]);
    let found = check(&no_place, CheckKind::Fault, &ShelterCheck::default()).unwrap();
    assert_eq!(found.note, Some(CheckNote::NoPlace));
    // No seat at all is a figure, and a bad one.
    let none = among(&[("shelter_type", "紧急"), ("capacity", "10"), ("toilets", "0")], vec![]);
    assert_eq!(of(&none, CheckKind::Toilets).0, Outcome::Fail);
}

#[test]
fn the_worst_shelter_stands_first() {
    let rows = vec![
        row("shelter", "甲", Some((1.0, 1.0)), &[("power_sources", "2"), ("shelter_type", "中期")]),
        row("shelter", "乙", Some((2.0, 1.0)), &[("power_sources", "1"), ("shelter_type", "中期")]),
        row("shelter", "丙", Some((3.0, 1.0)), &[("accessible", "否"), ("shelter_type", "中期")]),
    ];
    let found =
        shelter_checks(&county(rows), &ShelterCheck::default(), &Feedback::default()).unwrap();
    let order: Vec<&str> = found.iter().map(|shelter| shelter.name.as_str()).collect();
    assert_eq!(order, ["乙", "丙", "甲"]);
    assert_eq!(found[0].class, Some(SiteClass::Medium));
    let feedback = Feedback::default();
    feedback.cancel();
    assert!(
        shelter_checks(
            &county(vec![row("shelter", "甲", None, &[])]),
            &ShelterCheck::default(),
            &feedback
        )
        .is_err()
    );
}

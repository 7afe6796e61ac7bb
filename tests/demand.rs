//! What the people of an area need, on small counties, worked out by hand.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod support;

use geo_types::Geometry;
use shouye::analysis::demand::Need;
use shouye::analysis::{Demand, DemandAsk, TimeOfDay, demand, exposure};
use shouye::base::{Feedback, Persons};
use shouye::model::Feature;
use shouye::spatial::Area;

use support::county::{block, county, row, settlement};

/// The area is the square from 0 to 10 km.
fn asked(rows: Vec<Feature>, time: TimeOfDay) -> Demand {
    let area = Area::new(block(0.0, 0.0, 10.0, 10.0)).unwrap();
    demand(&county(rows), &area, &DemandAsk { time }, &Feedback::default()).unwrap()
}

/// A village of 1 km² of which the eastern half lies outside.
fn on_edge(fields: &[(&str, &str)]) -> Feature {
    let geometry = Some(Geometry::MultiPolygon(block(9.5, 1.0, 10.5, 2.0)));
    Feature { geometry, ..row("settlement", "边村", None, fields) }
}

fn three(of: &Demand, figure: fn(&Need) -> Persons) -> [u64; 3] {
    [0, 1, 2].map(|case: usize| figure(&of.needs[case]).0)
}

#[test]
fn people_are_those_of_the_night_or_of_the_day() {
    let rows = || {
        let day = [("residents", "1000"), ("residents_day", "400")];
        vec![row("settlement", "甲", Some((1.0, 1.0)), &day), settlement("乙", 2.0, 2.0, 100)]
    };
    let night = asked(rows(), TimeOfDay::Night);
    assert_eq!(three(&night, |need| need.people), [1100; 3]);
    let day = asked(rows(), TimeOfDay::Day);
    // Where nobody counted by day it is 60, 80 or 100 of the 100.
    assert_eq!(three(&day, |need| need.people), [460, 480, 500]);
    let estimated: Vec<bool> = day.settlements.iter().map(|v| v.day_estimated).collect();
    assert_eq!(estimated, [false, true]);
    assert!(night.settlements.iter().all(|village| !village.day_estimated));
}

#[test]
fn those_already_moved_are_taken_off_once() {
    let fields = [("residents", "1000"), ("moved_people", "300"), ("notified_share", "0.9")];
    let half = asked(vec![on_edge(&fields)], TimeOfDay::Night);
    // 500 people in the area; of the 300 at most all and likely half were among them.
    assert_eq!(three(&half, |need| need.people), [500; 3]);
    assert_eq!(three(&half, |need| need.to_move), [200, 350, 350]);
    let village = &half.settlements[0];
    assert_eq!((village.notified, village.moved), (Some(0.9), Some(0.3)));
    // More moved than there are: nobody is left, and nobody below zero.
    let over = [("residents", "10"), ("moved_people", "50")];
    let done = asked(vec![row("settlement", "甲", Some((1.0, 1.0)), &over)], TimeOfDay::Night);
    assert_eq!(three(&done, |need| need.to_move), [0; 3]);
    assert_eq!(done.moved, Some(1.0));
}

#[test]
fn rates_are_told_village_by_village_and_weighed_by_people() {
    let village =
        |name: &str, fields: &[(&str, &str)]| row("settlement", name, Some((1.0, 1.0)), fields);
    let found = asked(
        vec![
            village(
                "甲",
                &[("residents", "300"), ("notified_share", "1.0"), ("moved_people", "0")],
            ),
            village("乙", &[("residents", "100"), ("notified_share", "0.2")]),
            village("丙", &[("residents", "600")]),
        ],
        TimeOfDay::Night,
    );
    // (300 × 1.0 + 100 × 0.2) / 400.
    assert_eq!((found.notified, found.without_notified()), (Some(0.8), 1));
    // One village says that nobody has moved; the others say nothing.
    assert_eq!((found.moved, found.without_moved()), (Some(0.0), 2));
}

#[test]
fn sums_are_exact_and_people_are_those_of_the_exposure() {
    let mut rows: Vec<Feature> = (0..60)
        .map(|n| settlement(&format!("村{n}"), f64::from(n) * 0.2, 5.0, n * 37 % 211))
        .collect();
    rows.push(on_edge(&[("residents", "777"), ("vulnerable_share", "0.31")]));
    let area = Area::new(block(0.0, 0.0, 10.0, 10.0)).unwrap();
    let people = exposure(&county(rows.clone()), &area, &Feedback::default()).unwrap().people;
    let found = asked(rows, TimeOfDay::Night);
    for (case, need) in found.needs.iter().enumerate() {
        assert_eq!(need.people, people);
        assert_eq!(need.relatives + need.sheltered, need.to_move);
        assert_eq!(need.with_help + need.by_car + need.on_foot + need.by_bus, need.to_move);
        let mut sum = Need::default();
        found
            .settlements
            .iter()
            .for_each(|village| sum.add(&village.needs.as_ref().unwrap()[case]));
        assert_eq!(&sum, need);
    }
}

#[test]
fn workers_and_patients_stand_beside() {
    let at = Some((1.0, 1.0));
    let found = asked(
        vec![
            row("hazard-source", "化肥厂", at, &[("workers", "200")]),
            row("hazard-source", "仓库", at, &[]),
            row("mine", "煤矿", at, &[("workers", "1000"), ("status", "关闭")]),
            row("mine", "远矿", Some((30.0, 1.0)), &[("workers", "1000")]),
            row("hospital", "医院", at, &[("beds", "100"), ("beds_free", "20")]),
            row("hospital", "诊所", at, &[("beds", "5")]),
            row("care-home", "敬老院", at, &[("residents", "40"), ("bedridden", "30")]),
        ],
        TimeOfDay::Night,
    );
    let shift = |name: &str| {
        let shift = found.shifts.iter().find(|shift| shift.name == name).unwrap();
        shift.on_shift.map(|people| people.map(|p| p.0))
    };
    // A fifth, three tenths, a third of 200.
    assert_eq!(shift("化肥厂"), Some([40, 60, 66]));
    assert_eq!((shift("仓库"), shift("煤矿")), (None, Some([0, 0, 0])));
    assert_eq!(found.shifts.len(), 3);
    let home = |name: &str| {
        let home = found.institutions.iter().find(|home| home.name == name).unwrap();
        (home.people.map(|p| p.0), home.with_help.map(|people| people.map(|p| p.0)))
    };
    assert_eq!(home("医院"), (Some(80), Some([24, 40, 64])));
    assert_eq!(home("诊所"), (None, None));
    // Half of 40 would be fewer than those who cannot get up.
    assert_eq!(home("敬老院"), (Some(40), Some([30, 30, 40])));
    assert!(found.no_settlements && !found.is_known());
}

#[test]
fn no_figure_is_no_data() {
    let found = asked(vec![row("settlement", "甲", Some((1.0, 1.0)), &[])], TimeOfDay::Night);
    assert_eq!((found.without_data(), found.is_known()), (1, false));
    let nobody = asked(vec![settlement("甲", 20.0, 1.0, 9)], TimeOfDay::Day);
    assert!(nobody.is_known() && nobody.settlements.is_empty());
    assert_eq!(three(&nobody, |need| need.people), [0; 3]);
    let feedback = Feedback::default();
    feedback.cancel();
    let area = Area::new(block(0.0, 0.0, 1.0, 1.0)).unwrap();
    assert!(demand(&county(vec![]), &area, &DemandAsk::default(), &feedback).is_err());
}

//! Evacuation plans of small counties, worked out by hand.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod support;

use geo_types::Geometry;
use shouye::analysis::evacuation::{
    Evacuation, EvacuationPlan, LimitKind, UnassignedWhy, UnresolvedWhy, Unusable,
};
use shouye::analysis::{CostMatrix, EvacuationProblem, evacuation, evacuation_with_costs};
use shouye::base::{Feedback, Metres, Persons};
use shouye::county::County;
use shouye::model::{CapacityBasis, HazardKind};
use shouye::spatial::Area;

use shouye::spatial::measure::geodesic_distance;
use support::county::{arrangement, at, block, county, row, settlement, shelter};
use support::flow::{Instance, splitmix};

/// The danger area of these cases: from x = 0 to 10 and y = 0 to 10 (see `support::county::at`).
fn area() -> Area {
    Area::new(block(0.0, 0.0, 10.0, 10.0)).unwrap()
}

fn plan(county: &County, ask: &Evacuation) -> EvacuationPlan {
    evacuation(county, &area(), ask, &Feedback::default()).unwrap()
}

/// `village>shelter people`, in the order of names.
fn flows(plan: &EvacuationPlan) -> Vec<String> {
    let mut out: Vec<String> = plan
        .assignments
        .iter()
        .map(|a| format!("{}>{} {}", a.settlement_name, a.shelter_name, a.people))
        .collect();
    out.sort();
    out
}

#[test]
fn the_near_shelter_fills_and_the_rest_walks_on() {
    // Going on to "far" costs "south" less than "north": so "south" gives way.
    let county = county(vec![
        settlement("north", 9.0, 9.0, 40),
        settlement("south", 9.0, 1.0, 30),
        shelter("near", 12.0, 5.0, 50),
        shelter("far", 14.0, 0.0, 100),
    ]);
    let plan = plan(&county, &Evacuation::default());
    assert_eq!(
        (plan.people, plan.assigned, plan.unassigned),
        (Persons(70), Persons(70), Persons(0))
    );
    assert!(plan.optimal && plan.gap == 0.0);
    assert_eq!(flows(&plan), ["north>near 40", "south>far 20", "south>near 10"]);
    let metres: Vec<u32> = plan.assignments.iter().map(|a| a.distance_m).collect();
    assert!(
        metres.iter().all(|m| [5_000, 5_099].iter().any(|km| m.abs_diff(*km) < 5)),
        "{metres:?}"
    );
    let cost: u64 = plan.assignments.iter().map(|a| a.people.0 * u64::from(a.distance_m)).sum();
    assert_eq!(plan.cost, cost);
}

#[test]
fn people_come_before_metres() {
    // "only" can reach just one shelter within 6 units; taking the near place away from "both"
    // costs metres but places everybody.
    let county = county(vec![
        settlement("only", 6.0, 5.0, 10),
        settlement("both", 9.0, 5.0, 10),
        shelter("one", 11.0, 5.0, 10),
        shelter("two", 14.0, 5.0, 10),
    ]);
    let ask = Evacuation { max_distance: Some(Metres(6_000.0)), ..Evacuation::default() };
    assert_eq!(flows(&plan(&county, &ask)), ["both>two 10", "only>one 10"]);
}

#[test]
fn who_stays_is_listed_with_the_reason() {
    let county = county(vec![
        settlement("deep", 1.0, 1.0, 5),
        settlement("edge", 9.0, 5.0, 30),
        row("settlement", "unknown", Some((8.0, 8.0)), &[]),
        shelter("small", 11.0, 5.0, 20),
    ]);
    let ask = Evacuation { max_distance: Some(Metres(5_000.0)), ..Evacuation::default() };
    let plan = plan(&county, &ask);
    let mut why: Vec<_> =
        plan.unassigned_settlements.iter().map(|u| (u.name.as_str(), u.people.0, u.why)).collect();
    why.sort_by_key(|(name, ..)| *name);
    assert_eq!(
        why,
        [
            ("deep", 5, UnassignedWhy::TooFar),
            ("edge", 10, UnassignedWhy::NoCapacity),
            ("unknown", 0, UnassignedWhy::NoData),
        ]
    );
    assert_eq!((plan.assigned, plan.unassigned), (Persons(20), Persons(15)));
}

#[test]
fn without_any_shelter_everybody_stays() {
    let county = county(vec![settlement("a", 5.0, 5.0, 7)]);
    let plan = plan(&county, &Evacuation::default());
    assert_eq!(plan.unassigned_settlements[0].why, UnassignedWhy::NoShelter);
    assert_eq!((plan.assigned, plan.unassigned, plan.cost), (Persons(0), Persons(7), 0));
}

#[test]
fn each_shelter_says_why_it_is_not_usable() {
    let county = county(vec![
        settlement("a", 5.0, 5.0, 10),
        row("shelter", "1 closed", Some((20.0, 5.0)), &[("capacity", "9"), ("status", "closed")]),
        row("shelter", "2 full", Some((20.0, 5.0)), &[("capacity", "9"), ("status", "full")]),
        row("shelter", "3 none left", Some((20.0, 5.0)), &[("capacity", "9"), ("occupied", "9")]),
        row("shelter", "4 in danger", Some((6.0, 5.0)), &[("capacity", "9")]),
        row(
            "shelter",
            "5 quake",
            Some((20.0, 5.0)),
            &[("capacity", "9"), ("hazards", "earthquake")],
        ),
        row("shelter", "6 no data", Some((20.0, 5.0)), &[]),
        row("shelter", "7 nowhere", None, &[("capacity", "9")]),
        row("shelter", "8 by area", Some((20.0, 5.0)), &[("effective_area_in_m2", "17")]),
    ]);
    let ask = Evacuation { hazard: Some(HazardKind::Flood), ..Evacuation::default() };
    let plan = plan(&county, &ask);
    let mut shelters: Vec<_> =
        plan.shelters.iter().map(|s| (s.name.as_str(), s.unusable, s.assigned.0)).collect();
    shelters.sort_by_key(|(name, ..)| *name);
    assert_eq!(
        shelters,
        [
            ("1 closed", Some(Unusable::Closed), 0),
            ("2 full", Some(Unusable::Full), 0),
            ("3 none left", Some(Unusable::Full), 0),
            ("4 in danger", Some(Unusable::InDanger), 0),
            ("5 quake", Some(Unusable::UnfitForHazard), 0),
            ("6 no data", Some(Unusable::NoData), 0),
            ("7 nowhere", Some(Unusable::NoPosition), 0),
            ("8 by area", None, 8),
        ]
    );
    let by_area = plan.shelters.iter().find(|s| s.name == "8 by area").unwrap();
    assert_eq!(by_area.capacity_basis, Some(CapacityBasis::Area));
    assert_eq!(plan.unassigned, Persons(2));
}

#[test]
fn occupied_and_reserved_places_are_not_given_away() {
    let county = county(vec![
        settlement("a", 5.0, 5.0, 100),
        row(
            "shelter",
            "s",
            Some((20.0, 5.0)),
            &[("capacity", "60"), ("occupied", "15"), ("reserved", "5")],
        ),
    ]);
    assert_eq!(plan(&county, &Evacuation::default()).assigned, Persons(40));
}

#[test]
fn the_preplanned_shelter_comes_before_the_nearer_one() {
    let county = county(vec![
        settlement("a", 5.0, 5.0, 30),
        shelter("near", 11.0, 5.0, 100),
        shelter("promised", 30.0, 5.0, 20),
        arrangement("a", "promised", 1),
    ]);
    let plan = plan(&county, &Evacuation::default());
    assert_eq!(flows(&plan), ["a>near 10", "a>promised 20"]);
    let promised = county.resolve(shouye::model::Kind::Shelter, "promised").unwrap().id;
    for assignment in &plan.assignments {
        let deviates = (assignment.shelter_name == "near").then_some(promised);
        assert_eq!(assignment.deviates_from, deviates);
    }
}

#[test]
fn the_preplanned_table_never_costs_anybody_a_place() {
    // "tight" reaches only "one"; the table sends "free" there too.
    let county = county(vec![
        settlement("tight", 6.0, 5.0, 10),
        settlement("free", 9.0, 5.0, 10),
        shelter("one", 11.0, 5.0, 10),
        shelter("two", 14.0, 5.0, 10),
        arrangement("free", "one", 1),
    ]);
    let ask = Evacuation { max_distance: Some(Metres(6_000.0)), ..Evacuation::default() };
    assert_eq!(flows(&plan(&county, &ask)), ["free>two 10", "tight>one 10"]);
}

#[test]
fn earlier_priorities_fill_first() {
    let county = county(vec![
        settlement("a", 5.0, 5.0, 30),
        shelter("first", 40.0, 5.0, 10),
        shelter("second", 30.0, 5.0, 10),
        shelter("other", 11.0, 5.0, 10),
        arrangement("a", "second", 2),
        arrangement("a", "first", 1),
    ]);
    assert_eq!(
        flows(&plan(&county, &Evacuation::default())),
        ["a>first 10", "a>other 10", "a>second 10"]
    );
}

#[test]
fn rows_of_the_table_that_nobody_can_follow_are_listed() {
    let county = county(vec![
        settlement("a", 5.0, 5.0, 30),
        settlement("elsewhere", 50.0, 5.0, 30),
        shelter("s", 11.0, 5.0, 100),
        arrangement("a", "s", 1),
        arrangement("a", "gone", 2),
        arrangement("nobody", "s", 1),
        // Outside the area: not our concern.
        arrangement("elsewhere", "gone", 1),
    ]);
    let plan = plan(&county, &Evacuation::default());
    let rows: Vec<_> = plan
        .unresolved_arrangements
        .iter()
        .map(|row| (row.settlement_as_written.as_str(), row.shelter_as_written.as_str(), row.why))
        .collect();
    assert_eq!(
        rows,
        [
            ("nobody", "s", UnresolvedWhy::UnknownSettlement),
            ("a", "gone", UnresolvedWhy::UnknownShelter),
        ]
    );
    let known: Vec<bool> =
        plan.unresolved_arrangements.iter().map(|row| row.settlement.is_some()).collect();
    assert_eq!((known, plan.arranged), (vec![false, true], 1));
}

#[test]
fn a_cancelled_question_has_no_answer() {
    let county = county(vec![settlement("a", 5.0, 5.0, 7)]);
    let feedback = Feedback::default();
    feedback.cancel();
    assert!(evacuation(&county, &area(), &Evacuation::default(), &feedback).is_err());
}

#[test]
fn a_full_shelter_says_what_one_more_place_there_would_gain() {
    let county = county(vec![
        settlement("a", 9.0, 5.0, 40),
        shelter("near", 11.0, 5.0, 10),
        shelter("far", 25.0, 5.0, 100),
    ]);
    let plan = plan(&county, &Evacuation::default());
    let [limit] = plan.limits.as_slice() else { panic!("one limit, not {:?}", plan.limits) };
    assert_eq!(
        (limit.name.as_str(), limit.kind, limit.gain_people),
        ("near", LimitKind::Shelter, 0)
    );
    // One person walks 2 km instead of 16.
    let metres =
        |name: &str| plan.assignments.iter().find(|a| a.shelter_name == name).unwrap().distance_m;
    assert_eq!(limit.gain_cost, u64::from(metres("far") - metres("near")));
    assert!((13_990..14_010).contains(&limit.gain_cost));
}

#[test]
fn limits_are_what_a_county_with_one_more_place_gains() {
    let villages = || {
        vec![
            settlement("a", 9.0, 5.0, 40),
            settlement("b", 6.0, 7.0, 25),
            settlement("c", 7.0, 2.0, 33),
            settlement("d", 2.0, 2.0, 12),
        ]
    };
    let capacities = [("s1", 11.0, 5.0, 30), ("s2", 13.0, 9.0, 20), ("s3", 15.0, 1.0, 25)];
    let build = |extra: &str| {
        let mut rows = villages();
        for (name, x, y, capacity) in capacities {
            rows.push(shelter(name, x, y, capacity + u32::from(name == extra)));
        }
        county(rows)
    };
    for max_distance in [None, Some(Metres(9_000.0))] {
        let ask = Evacuation { max_distance, ..Evacuation::default() };
        let before = plan(&build(""), &ask);
        for (name, ..) in capacities {
            let after = plan(&build(name), &ask);
            let limit =
                before.limits.iter().find(|l| l.kind == LimitKind::Shelter && l.name == name);
            let people = after.assigned.0 - before.assigned.0;
            assert_eq!(limit.map_or(0, |l| l.gain_people), people, "{name}");
            let saved = if people == 0 { before.cost - after.cost } else { 0 };
            assert_eq!(limit.map_or(0, |l| l.gain_cost), saved, "{name}");
        }
        let gains: Vec<_> = before.limits.iter().map(|l| (l.gain_people, l.gain_cost)).collect();
        assert!(gains.is_sorted_by(|a, b| a >= b));
        let distance = before.limits.iter().find(|l| l.kind == LimitKind::Distance);
        let free = plan(&build(""), &Evacuation::default());
        assert_eq!(
            distance.map_or(0, |l| l.gain_people),
            if max_distance.is_some() { free.assigned.0 - before.assigned.0 } else { 0 }
        );
    }
}

/// Fewest people without a place and then least cost with whole villages, by trying everything.
fn whole_villages(
    people: &[u64],
    places: &[u64],
    metres: &dyn Fn(usize, usize) -> u64,
) -> (u64, u64) {
    fn go(
        row: usize,
        people: &[u64],
        left: &mut [u64],
        metres: &dyn Fn(usize, usize) -> u64,
    ) -> (u64, u64) {
        let Some(&n) = people.get(row) else { return (0, 0) };
        let rest = go(row + 1, people, left, metres);
        let mut best = (rest.0 + n, rest.1);
        for column in 0..left.len() {
            if left[column] >= n {
                left[column] -= n;
                let rest = go(row + 1, people, left, metres);
                left[column] += n;
                best = best.min((rest.0, rest.1 + n * metres(row, column)));
            }
        }
        best
    }
    go(0, people, &mut places.to_vec(), metres)
}

#[test]
fn whole_villages_agree_with_trying_everything() {
    let together = Evacuation { keep_together: true, ..Evacuation::default() };
    for case in 0..60_u64 {
        let draw = |n: u64, below: u64| splitmix(case, n) % below;
        let villages: Vec<(f64, f64, u64)> = (0..6)
            .map(|n| {
                (draw(n, 100) as f64 / 10.0, draw(n + 10, 100) as f64 / 10.0, 5 + draw(n + 20, 60))
            })
            .collect();
        let shelters: Vec<(f64, f64, u64)> = (0..3)
            .map(|n| {
                (
                    11.0 + draw(n + 30, 50) as f64 / 10.0,
                    draw(n + 40, 100) as f64 / 10.0,
                    20 + draw(n + 50, 80),
                )
            })
            .collect();
        let mut rows = Vec::new();
        for (n, &(x, y, people)) in villages.iter().enumerate() {
            rows.push(settlement(&format!("v{n}"), x, y, people as u32));
        }
        for (n, &(x, y, places)) in shelters.iter().enumerate() {
            rows.push(shelter(&format!("s{n}"), x, y, places as u32));
        }
        let county = county(rows);
        let plan = plan(&county, &together);
        let again = evacuation(&county, &area(), &together, &Feedback::default()).unwrap();
        assert_eq!(plan, again, "case {case}: the same question has the same answer");
        let people: Vec<u64> = villages.iter().map(|v| v.2).collect();
        let places: Vec<u64> = shelters.iter().map(|s| s.2).collect();
        let metres = |row: usize, column: usize| {
            let (v, s) = (villages[row], shelters[column]);
            u64::from(geodesic_distance(at(v.0, v.1), at(s.0, s.1)).whole())
        };
        let best = whole_villages(&people, &places, &metres);
        assert!(plan.optimal && plan.gap == 0.0 && plan.people_gap == 0, "case {case}");
        assert_eq!((plan.unassigned.0, plan.cost), best, "case {case}");
        for assignment in &plan.assignments {
            let row: usize = assignment.settlement_name[1..].parse().unwrap();
            assert_eq!(assignment.people.0, people[row], "case {case}: a village is split");
        }
        for load in &plan.shelters {
            assert!(load.assigned.0 <= load.capacity.unwrap().0);
        }
    }
}

#[test]
fn a_village_too_large_for_any_shelter_says_so() {
    let county = county(vec![
        settlement("large", 9.0, 5.0, 80),
        settlement("small", 9.0, 6.0, 30),
        shelter("a", 12.0, 5.0, 50),
        shelter("b", 13.0, 5.0, 50),
    ]);
    let ask = Evacuation { keep_together: true, ..Evacuation::default() };
    let whole = plan(&county, &ask);
    assert_eq!(flows(&whole), ["small>a 30"]);
    assert_eq!(whole.unassigned_settlements[0].why, UnassignedWhy::TooLargeToKeepTogether);
    assert!(whole.optimal);
    assert_eq!(plan(&county, &Evacuation::default()).unassigned, Persons(10));
}

#[test]
fn one_more_place_lets_a_whole_village_in() {
    let county = county(vec![
        settlement("village", 9.0, 5.0, 80),
        shelter("almost", 12.0, 5.0, 79),
        shelter("hut", 13.0, 5.0, 20),
    ]);
    let ask = Evacuation { keep_together: true, ..Evacuation::default() };
    let plan = plan(&county, &ask);
    assert_eq!(plan.assigned, Persons(0));
    let limits: Vec<_> = plan.limits.iter().map(|l| (l.name.as_str(), l.gain_people)).collect();
    assert_eq!(limits, [("almost", 80)]);
}

#[test]
fn a_plan_of_a_large_county_knows_how_far_from_the_best_it_may_be() {
    let case = Instance::county(60, 20);
    let mut rows = Vec::new();
    for (n, people) in case.people.iter().enumerate() {
        let (x, y) = ((n % 12) as f64 * 0.8 + 0.1, (n / 12) as f64 * 0.9 + 0.1);
        rows.push(settlement(&format!("v{n}"), x, y, *people as u32));
    }
    for (n, places) in case.places.iter().enumerate() {
        let (x, y) = (11.0 + (n % 5) as f64, (n / 5) as f64 * 2.0);
        rows.push(shelter(&format!("s{n}"), x, y, *places as u32));
    }
    let county = county(rows);
    let split = plan(&county, &Evacuation::default());
    let ask = Evacuation { keep_together: true, ..Evacuation::default() };
    let whole = plan(&county, &ask);
    assert!(whole.assigned.0 + whole.people_gap >= split.assigned.0.min(whole.people.0));
    if whole.assigned == split.assigned {
        assert!(whole.cost >= split.cost);
    }
    assert!(whole.gap < 0.05, "gap {}", whole.gap);
    assert_eq!(whole.optimal, whole.gap == 0.0 && whole.people_gap == 0);
    let mut villages: Vec<_> = whole.assignments.iter().map(|a| a.settlement).collect();
    villages.dedup();
    assert_eq!(villages.len(), whole.assignments.len(), "no village is split");
}

#[test]
fn with_a_preplanned_table_limits_are_still_what_solving_again_gains() {
    let build = |extra: &str| {
        let places = [("s1", 11.0, 5.0, 30), ("s2", 13.0, 9.0, 20), ("s3", 15.0, 1.0, 25)];
        let mut rows = vec![
            settlement("a", 9.0, 5.0, 28),
            settlement("b", 6.0, 7.0, 25),
            settlement("c", 7.0, 2.0, 20),
            arrangement("a", "s3", 1),
            arrangement("a", "s2", 2),
            arrangement("c", "s1", 1),
        ];
        for (name, x, y, capacity) in places {
            rows.push(shelter(name, x, y, capacity + u32::from(name == extra)));
        }
        county(rows)
    };
    let before = plan(&build(""), &Evacuation::default());
    for name in ["s1", "s2", "s3"] {
        let after = plan(&build(name), &Evacuation::default());
        let limit = before.limits.iter().find(|l| l.name == name);
        assert_eq!(before.assigned, after.assigned);
        let saved = before.cost.saturating_sub(after.cost);
        assert_eq!(limit.map_or(0, |l| l.gain_cost), saved, "{name}");
    }
}

#[test]
fn other_costs_take_the_place_of_straight_lines() {
    // By road "near" lies behind the river; there is no road to "cut off" at all.
    let county = county(vec![
        settlement("a", 9.0, 5.0, 10),
        shelter("near", 11.0, 5.0, 100),
        shelter("far", 20.0, 5.0, 100),
        shelter("cut off", 11.0, 6.0, 100),
    ]);
    let ask = Evacuation::default();
    let problem = EvacuationProblem::new(&county, &area(), &ask, &Feedback::default()).unwrap();
    let cells = problem
        .places
        .iter()
        .map(|place| match problem.shelters[place.shelter].name.as_str() {
            "near" => 30_000,
            "far" => 12_000,
            _ => CostMatrix::FORBIDDEN,
        })
        .collect();
    let costs = CostMatrix::new(3, cells).unwrap();
    let plan = evacuation_with_costs(&problem, &ask, &costs, &Feedback::default()).unwrap();
    assert_eq!(flows(&plan), ["a>far 10"]);
    assert_eq!(plan.cost, 120_000);
    let nothing = CostMatrix::default();
    let plan = evacuation_with_costs(&problem, &ask, &nothing, &Feedback::default()).unwrap();
    assert_eq!(plan.unassigned_settlements[0].why, UnassignedWhy::TooFar);
}

#[test]
fn a_village_on_the_edge_starts_from_its_part_in_danger_and_is_to_be_confirmed() {
    let mut village = settlement("edge", 0.0, 0.0, 100);
    village.geometry = Some(Geometry::MultiPolygon(block(8.0, 4.0, 12.0, 6.0)));
    let id = village.id;
    let county = county(vec![village, shelter("s", 15.0, 5.0, 500)]);
    let plan = plan(&county, &Evacuation::default());
    assert_eq!((plan.people, plan.to_confirm.as_slice()), (Persons(50), [id].as_slice()));
    // From the middle of the western half, 9 km east, to 15 km east.
    assert!(plan.assignments[0].distance_m.abs_diff(6_000) < 10);
    assert!(plan.point_only.is_empty());
}

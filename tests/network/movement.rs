//! Movements through small towns, with times worked out by hand.

use shouye::analysis::movement::{
    Change, Means, Mode, MovementAsk, MovementPlan, StuckWhy, movement,
};
use shouye::analysis::roads::{Travel, evacuation_by_time};
use shouye::analysis::{Evacuation, EvacuationProblem};
use shouye::base::{Feedback, Persons};
use shouye::model::Kind;
use shouye::network::Barrier;
use shouye::spatial::Area;

use crate::town::Town;

/// Everybody lives around A and B; the shelters lie elsewhere.
fn move_out(town: &Town, ask: &MovementAsk, closed: Vec<Barrier>) -> MovementPlan {
    let county = town.county();
    let danger = geo_types::Rect::new(town.near('A', -5.0, -5.0), town.near('B', 5.0, 5.0));
    let area = Area::new(geo_types::MultiPolygon::from(danger.to_polygon())).unwrap();
    let travel = Travel { closed, ..Travel::default() };
    let means = Means::new(&county, &travel).unwrap();
    let question = Evacuation::default();
    let feedback = Feedback::default();
    let problem = EvacuationProblem::new(&county, &area, &question, &feedback).unwrap();
    let plan = evacuation_by_time(&problem, &means.car, &question, &feedback).unwrap();
    let moved = movement(&county, &means, &problem, &plan, ask, &feedback).unwrap();
    conserved(&moved);
    moved
}

/// Whoever has a place travels or is told to be stuck, once.
fn conserved(plan: &MovementPlan) {
    let moved: u64 = plan.by_mode.values().map(|people| people.0).sum();
    let stuck: u64 = plan.stuck.iter().map(|stuck| stuck.people.0).sum();
    assert_eq!(moved + stuck, plan.people.0);
    let waves = plan.villages.iter().flat_map(|village| &village.waves);
    assert_eq!(waves.map(|wave| wave.people.0).sum::<u64>(), moved);
    assert_eq!(plan.curve.last().map_or(0, |(_, people)| *people), moved);
    assert!(plan.curve.is_sorted());
    if let Some(clear) = plan.clear {
        assert!(clear.low_s <= clear.likely_s && clear.likely_s <= clear.high_s, "{clear:?}");
    }
}

/// Warned and ready at once.
fn at_once() -> MovementAsk {
    MovementAsk { notify_min: Some(0.0), prepare_min: Some(0.0), ..MovementAsk::default() }
}

/// Two kilometres of village road from A by B to C.
fn far() -> Town {
    let gap = "-".repeat(199);
    let mut town = Town::new(&format!("AB{gap}C"));
    town.roads("AB BC");
    town.put(Kind::Shelter, "school", 'C', &[("capacity", 5000.into())]);
    town
}

#[test]
fn short_ways_are_walked() {
    let mut town = Town::new(&format!("A-B{}C", "-".repeat(80)));
    town.roads("AB BC").village("a", 'A', 100);
    town.put(Kind::Shelter, "school", 'C', &[("capacity", 500.into())]);
    let plan = move_out(&town, &at_once(), Vec::new());
    assert_eq!(plan.by_mode.get(&Mode::Foot), Some(&Persons(100)));
    // 830 m at 4.5 km/h.
    let clear = plan.clear.unwrap();
    assert!((f64::from(clear.likely_s) - 664.0).abs() < 2.0, "{clear:?}");
    assert_eq!(plan.bound_s, clear.likely_s);
    assert!(plan.bottlenecks.is_empty());
}

#[test]
fn cars_leave_as_fast_as_the_road_takes_them_in() {
    let mut town = far();
    town.village("a", 'A', 275);
    let ask = MovementAsk { car_share: Some(1.0), ..at_once() };
    let plan = move_out(&town, &ask, Vec::new());
    // 275 people in 100 cars; a village road takes in 200 cars an hour, of which 0.8 are left in an
    // evacuation: 160 an hour, the hundredth enters in the 38th minute. Then 2 km at 25 km/h, on a
    // full road slower by 15 %: 5:32.
    let clear = plan.clear.unwrap();
    let (least, most) = (37 * 60 + 288, 38 * 60 + 332 + 2);
    assert!((least..=most).contains(&clear.likely_s), "{clear:?}");
    assert!((plan.bound_s as i64 - 290).abs() <= 3, "{}", plan.bound_s);
    let worst = &plan.bottlenecks[0];
    assert_eq!((worst.name.as_str(), worst.vehicles), ("AB", 100));
    assert_eq!(worst.cars_per_hour, 159, "whole thousandths of a car by the minute");
    assert_eq!(plan.by_mode.get(&Mode::Car), Some(&Persons(275)));
}

#[test]
fn buses_go_to_and_fro() {
    let mut town = far();
    town.village("a", 'A', 90);
    let ask = MovementAsk { car_share: Some(0.0), buses: Some(1), seats: Some(45), ..at_once() };
    let plan = move_out(&town, &ask, Vec::new());
    assert_eq!(plan.buses, (1, 2));
    // A bus is there after 30 min and loads for 10; it drives, unloads for 10, goes back on an empty
    // road, loads and drives again.
    let wave = &plan.villages[0].waves[0];
    assert_eq!(wave.leave_s, 40 * 60);
    let drive = wave.arrive_s - wave.leave_s;
    let back = plan.bound_s - 40 * 60;
    // Two cars' room of the 2.67 a minute that the road has is a load of 0.75.
    assert!((f64::from(drive) - f64::from(back) * (1.0 + 0.15 * 0.75_f64.powi(4))).abs() < 2.0);
    let expected = (40 + 10 + 10) * 60 + 2 * drive + back;
    assert!(plan.clear.unwrap().likely_s.abs_diff(expected) <= 2, "{plan:?}");
    let two = move_out(&town, &MovementAsk { buses: Some(2), ..ask.clone() }, Vec::new());
    assert_eq!(two.buses, (2, 2));
    // The second bus queues for its place on the road at most.
    assert!(two.clear.unwrap().likely_s <= 40 * 60 + drive + 61);
    // That is what the plan with one bus says would help.
    let one = move_out(&town, &MovementAsk { remedies: true, ..ask }, Vec::new());
    let remedy = &one.remedies[0];
    assert_eq!(remedy.change, Change::Buses(1));
    assert_eq!(remedy.clear_s, two.clear.unwrap().likely_s);
    assert_eq!(remedy.sooner_s, one.clear.unwrap().likely_s - remedy.clear_s);
}

#[test]
fn without_a_bus_or_a_car_nobody_gets_far() {
    let gap = "-".repeat(350);
    let mut town = Town::new(&format!("AB{gap}C"));
    town.roads("AB BC").village("a", 'A', 90);
    town.put(Kind::Shelter, "school", 'C', &[("capacity", 5000.into())]);
    let ask = MovementAsk { car_share: Some(0.5), buses: Some(0), ..at_once() };
    let plan = move_out(&town, &ask, Vec::new());
    assert_eq!(plan.by_mode.get(&Mode::Car), Some(&Persons(45)));
    assert_eq!((plan.stuck[0].people, plan.stuck[0].why), (Persons(45), StuckWhy::NoVehicle));
    // Two kilometres they would have walked.
    let mut near = far();
    near.village("a", 'A', 90);
    let plan = move_out(&near, &ask, Vec::new());
    assert_eq!(plan.by_mode.get(&Mode::Foot), Some(&Persons(45)));
    assert!(plan.stuck.is_empty());
}

#[test]
fn the_latest_start_leaves_time_for_the_slow_course() {
    let mut town = far();
    town.village("a", 'A', 275).village("b", 'B', 40);
    let ask = MovementAsk { danger_s: Some(3 * 3600), ..MovementAsk::default() };
    let plan = move_out(&town, &ask, Vec::new());
    assert_eq!(plan.villages.len(), 2);
    for village in &plan.villages {
        let latest = village.latest_start_s.unwrap();
        assert_eq!(latest, 3 * 3600 - i64::from(village.clear.high_s));
    }
    assert!(plan.villages[0].latest_start_s <= plan.villages[1].latest_start_s, "urgent first");
    // Whose danger comes first drives first.
    let id = town.things.iter().find(|thing| thing.name == "b").unwrap().id;
    let mut ask = ask;
    ask.danger_by_settlement.insert(id, 1800);
    let plan = move_out(&town, &ask, Vec::new());
    assert_eq!(plan.villages[0].settlement, id);
    assert!(plan.villages[0].latest_start_s.unwrap() < 0, "too late already");
}

#[test]
fn lifting_a_closure_is_weighed() {
    let gap = "-".repeat(120);
    let lane = " ".repeat(120);
    let mut town = Town::new(&format!(
        "
 D{gap}--E
 |{lane}  |
 |{lane}  |
 |{lane}  |
 |{lane}  |
 AB{gap}-C",
    ));
    town.roads("AB BC").road("ADEC", &[]).village("a", 'A', 60);
    town.put(Kind::Shelter, "school", 'C', &[("capacity", 500.into())]);
    let cut = geo_types::Point(town.near('B', 300.0, 0.0));
    let barrier = Barrier {
        id: None,
        name: "slide".to_owned(),
        shape: Some(cut.into()),
        roads: Vec::new(),
        factor: 0.0,
        depth_m: None,
    };
    let ask = MovementAsk { car_share: Some(1.0), remedies: true, ..at_once() };
    let open = move_out(&town, &ask, Vec::new());
    let shut = move_out(&town, &ask, vec![barrier]);
    let lifted = shut.remedies.iter().find(|r| matches!(r.change, Change::Reopen { .. }));
    // With both roads open people go on two of them, or walk.
    assert_eq!(lifted.map(|remedy| remedy.clear_s), open.clear.map(|clear| clear.likely_s));
    assert!(open.remedies.iter().all(|r| !matches!(r.change, Change::Reopen { .. })));
}

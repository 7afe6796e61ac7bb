//! Journeys through small towns, with times worked out by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod county;
mod crowd;
mod movement;
mod questions;
mod real;
#[path = "../support/skip.rs"]
mod skip;
mod town;

use geo_types::{LineString, Point, Polygon};
use shouye::model::Value;
use shouye::network::Network;
use town::{Town, check, seconds};

#[test]
fn a_straight_road() {
    let mut town = Town::new("A----------B-----C");
    town.roads("ABC");
    // 170 m at 25 km/h.
    check(town.car('A', 'C'), "ABC", seconds(170.0, 25.0));
    check(town.car('C', 'A'), "ABC", seconds(170.0, 25.0));
    check(town.trip("walking", town.at('A'), town.at('C')), "ABC", seconds(170.0, 4.5));
}

#[test]
fn the_faster_road_is_not_the_shorter_one() {
    let mut town = Town::new(
        "
 A-----------------------B
 |                       |
 |                       |
 |                       |
 C-----------------------D",
    );
    town.roads("AB").road("ACDB", &[("road_class", "trunk".into())]);
    // 240 m at 25 km/h are 34.6 s; 80 + 240 + 80 m at 70 km/h are 20.6 s.
    check(town.car('A', 'B'), "ACDB", seconds(400.0, 70.0));
    check(town.trip("walking", town.at('A'), town.at('B')), "AB", seconds(240.0, 4.5));
}

#[test]
fn journeys_begin_and_end_within_a_road() {
    let mut town = Town::new("A----------B----------C");
    town.roads("ABC");
    let (from, to) = (town.near('A', 30.0, 8.0), town.near('C', -20.0, -5.0));
    check(town.trip("car", from, to), "ABC", seconds(170.0, 25.0));
    // Within one edge, and back within it.
    check(town.trip("car", to, from), "ABC", seconds(170.0, 25.0));
    check(town.trip("car", from, from), "ABC", 0.0);
}

#[test]
fn one_way_streets_are_driven_one_way_and_walked_both() {
    let mut town = Town::new(
        "
 A----------B
 |          |
 C----------D",
    );
    town.road("AB", &[("oneway", true.into())]).roads("AC CD DB");
    check(town.car('A', 'B'), "AB", seconds(110.0, 25.0));
    check(town.car('B', 'A'), "DB CD AC", seconds(190.0, 25.0));
    check(town.trip("walking", town.at('B'), town.at('A')), "AB", seconds(110.0, 4.5));
    // Against the traffic within the street itself: all around.
    let (east, west) = (town.near('A', 70.0, 0.0), town.near('A', 20.0, 0.0));
    check(town.trip("car", east, west), "AB DB CD AC AB", seconds(40.0 + 190.0 + 20.0, 25.0));
}

#[test]
fn a_bridge_over_a_road_is_no_junction() {
    let mut town = Town::new(
        "
      N
      |
 W----+----E
      |
      S",
    );
    town.road("WE", &[]).road("NS", &[("bridge", true.into())]);
    assert!(town.car('W', 'N').is_none(), "joined at their nodes, and they have none in common");
    // Drawn without nodes: the bridge passes, a street would not.
    for road in &mut town.roads {
        road.attributes.set(shouye::model::Kind::Road, "noded", None);
    }
    assert!(town.car('W', 'N').is_none());
    town.roads[1].attributes.set(shouye::model::Kind::Road, "bridge", None);
    check(town.car('W', 'N'), "WE NS", seconds(50.0 + 40.0, 25.0));
    assert_eq!(town.net().report.joined, 1);
}

#[test]
fn ends_that_nearly_meet_are_joined_and_gaps_told() {
    let mut town = Town::new("A----------B   C----------D");
    let free = [("noded", false.into())];
    town.road("AB", &free).road("CD", &free);
    assert!(town.car('A', 'D').is_none());
    let net = town.net();
    assert!(net.report.gaps.is_empty(), "forty metres are no slip of the pen");
    let move_to = |town: &mut Town, metres: f64| {
        let line: LineString<f64> = vec![town.near('B', metres, 0.0), town.at('D')].into();
        town.roads[1].geometry = Some(line.into());
    };
    move_to(&mut town, 6.0);
    let net = town.net();
    assert_eq!(net.report.gaps.len(), 2);
    assert!((net.report.gaps[0].metres - 6.0).abs() < 0.01);
    assert!(town.car('A', 'D').is_none());
    move_to(&mut town, 1.0);
    assert!(town.net().report.gaps.is_empty());
    check(town.car('A', 'D'), "AB CD", seconds(260.0, 25.0));
}

#[test]
fn forbidden_turns_are_not_made() {
    let drawing = "
      N
      |
 W----X----E
      |
      S
      |
 P----Q----R";
    let mut town = Town::new(drawing);
    town.roads("WX XE NX XS SQ PQ QR WP ER");
    check(town.car('W', 'N'), "WX NX", seconds(90.0, 25.0));
    town.turn("no", "WX", 'X', "NX");
    // Around: W–P–Q–S–X–N.
    check(town.car('W', 'N'), "WP PQ SQ XS NX", seconds(80.0 + 50.0 + 40.0 + 40.0 + 40.0, 25.0));
    // Other turns from there, and the same turn from elsewhere, are free.
    check(town.car('W', 'E'), "WX XE", seconds(100.0, 25.0));
    check(town.car('E', 'N'), "XE NX", seconds(90.0, 25.0));
    check(town.trip("walking", town.at('W'), town.at('N')), "WX NX", seconds(90.0, 4.5));
    // From W straight on only.
    let mut town = Town::new(drawing);
    town.roads("WX XE NX XS SQ PQ QR WP ER").turn("only", "WX", 'X', "XE");
    check(town.car('W', 'E'), "WX XE", seconds(100.0, 25.0));
    check(town.car('W', 'S'), "WP PQ SQ", seconds(80.0 + 50.0 + 40.0, 25.0));
    // A restriction whose roads are not there is counted.
    town.turn("no", "WX", 'X', "ZZ");
    assert_eq!(town.net().report.lost_restrictions, 1);
}

#[test]
fn nobody_drives_through_a_bollard() {
    let mut town = Town::new(
        "
 A-----B-----C
 |           |
 D-----------E",
    );
    town.roads("ABC AD DE CE").gate('B', &[("gate_type", "bollard".into())]);
    check(town.car('A', 'C'), "AD DE CE", seconds(200.0, 25.0));
    let walk = town.trip("walking", town.at('A'), town.at('C'));
    check(walk, "ABC gate gate ABC", seconds(120.0, 4.5));
    // A gate that opens for emergency vehicles only.
    town.gates.clear();
    town.gate('B', &[("gate_type", "gate".into()), ("access", "emergency".into())]);
    check(town.car('A', 'C'), "AD DE CE", seconds(200.0, 25.0));
    let ambulance = town.trip("ambulance", town.at('A'), town.at('C'));
    check(ambulance, "ABC gate gate ABC", seconds(120.0, 25.0));
}

#[test]
fn barriers_close_what_they_cover() {
    let drawing = "
 A----------B----------C
 |                     |
 D---------------------E";
    let roads = "AB BC AD DE CE";
    let mut town = Town::new(drawing);
    town.roads(roads);
    check(town.car('A', 'C'), "AB BC", seconds(220.0, 25.0));
    let around = seconds(300.0, 25.0);
    // A point beside the road.
    town.barrier(Point(town.near('A', 40.0, 10.0)));
    check(town.car('A', 'C'), "AD DE CE", around);
    // Up to the barrier the road is open, from both sides.
    check(town.trip("car", town.at('A'), town.near('A', 30.0, 0.0)), "AB", seconds(30.0, 25.0));
    let beyond = town.near('A', 60.0, 0.0);
    check(town.trip("car", town.at('A'), beyond), "AD DE CE BC AB", around + seconds(160.0, 25.0));
    // A line across, a polygon over it.
    town.barriers.clear();
    let across: LineString<f64> =
        vec![town.near('B', 40.0, 30.0), town.near('B', 40.0, -10.0)].into();
    town.barrier(across);
    check(town.car('A', 'C'), "AD DE CE", around);
    town.barriers.clear();
    let ring: LineString<f64> = vec![
        town.near('A', 30.0, -5.0),
        town.near('A', 70.0, -5.0),
        town.near('A', 70.0, 5.0),
        town.near('A', 30.0, 5.0),
        town.near('A', 30.0, -5.0),
    ]
    .into();
    let polygon = Polygon::new(ring, Vec::new());
    town.barrier(polygon.clone());
    check(town.car('A', 'C'), "AD DE CE", around);
    // Half as fast on forty of its metres.
    town.barriers.clear();
    town.barrier(polygon.clone()).factor = 0.5;
    let slower = seconds(220.0 + 40.0, 25.0);
    check(town.trip("walking", town.at('A'), town.at('C')), "AB BC", slower * 25.0 / 4.5);
    check(town.car('A', 'C'), "AB BC", slower);
}

#[test]
fn a_line_exactly_on_a_road_is_a_stretch_of_it_and_of_nothing_else() {
    let mut town = Town::new(
        "
 A----------B----------C----F
            |          |
            D----------E",
    );
    town.roads("AB BC BD DE CE CF");
    let usual = seconds(110.0, 25.0);
    check(town.car('A', 'B'), "AB", usual);
    let stretch: LineString<f64> = vec![town.at('B'), town.at('C')].into();
    // From junction to junction: the other arms of both stay open.
    town.barrier(stretch.clone());
    let around = seconds(110.0 + 40.0 + 110.0 + 40.0 + 50.0, 25.0);
    check(town.car('A', 'F'), "AB BD DE CE CF", around);
    check(town.car('A', 'D'), "AB BD", seconds(150.0, 25.0));
    // Half as fast on all of it, once, however many corners the line has.
    town.barriers.clear();
    town.barrier(stretch).factor = 0.9;
    check(town.car('B', 'C'), "BC", seconds(110.0, 22.5));
    town.barriers.clear();
    let half: LineString<f64> =
        vec![town.at('B'), town.near('B', 30.0, 0.0), town.near('B', 55.0, 0.0)].into();
    town.barrier(half).factor = 0.9;
    check(town.car('B', 'C'), "BC", seconds(55.0, 22.5) + seconds(55.0, 25.0));
}

#[test]
fn water_of_a_depth_stops_some_and_slows_others() {
    let mut town = Town::new("A----------B----------C");
    town.roads("AB BC");
    let ring: LineString<f64> = vec![
        town.near('A', -20.0, -20.0),
        town.near('A', 60.0, -20.0),
        town.near('A', 60.0, 20.0),
        town.near('A', -20.0, 20.0),
        town.near('A', -20.0, -20.0),
    ]
    .into();
    town.barrier(Polygon::new(ring, Vec::new())).depth_m = Some(0.2);
    // 0.2 m: 0.0009·200² − 0.5529·200 + 86.9448 = 12.36 km/h on sixty metres.
    let wading = seconds(60.0, 12.3648) + seconds(160.0, 25.0);
    check(town.car('A', 'C'), "AB BC", wading);
    town.barriers[0].depth_m = Some(0.4);
    assert!(town.car('A', 'C').is_none());
    assert!(town.trip("fire-engine", town.at('A'), town.at('C')).is_some());
    town.roads[0].attributes.set(shouye::model::Kind::Road, "bridge", Some(true.into()));
    check(town.car('A', 'C'), "AB BC", seconds(220.0, 25.0));
}

#[test]
fn strange_roads_give_no_wrong_time() {
    let mut town = Town::new("A----------B----------C");
    town.road("AB", &[("max_speed_kmh", 0_i64.into())])
        .road("BC", &[("max_speed_kmh", 999_i64.into())]);
    // A limit of nought is no figure, one of 999 no licence.
    check(town.car('A', 'C'), "AB BC", seconds(220.0, 25.0));
    let mut empty = Town::new("A--B");
    assert!(empty.car('A', 'B').is_none() && empty.net().is_empty());
    // A road of no length.
    let stub: LineString<f64> = vec![empty.at('A'), empty.at('A')].into();
    empty.road("AB", &[]);
    empty.roads[0].geometry = Some(stub.into());
    assert!(empty.net().is_empty() && empty.net().report.without_line == [0]);
    // Closures that cover everything.
    let ring: LineString<f64> = vec![
        town.near('A', -900.0, -900.0),
        town.near('A', 900.0, -900.0),
        town.near('A', 900.0, 900.0),
        town.near('A', -900.0, 900.0),
        town.near('A', -900.0, -900.0),
    ]
    .into();
    town.barrier(Polygon::new(ring, Vec::new()));
    assert!(town.car('A', 'C').is_none());
}

#[test]
fn a_yard_that_only_a_footpath_leads_to_is_not_where_a_car_begins() {
    let mut town = Town::new("A-----B");
    // A street of sixty stretches, a yard beside it, and a footpath between them.
    let corner = |town: &Town, n: i32| town.near('A', f64::from(n) * 20.0, 0.0);
    for n in 0..60 {
        town.road("AB", &[]);
        let line: LineString<f64> = vec![corner(&town, n), corner(&town, n + 1)].into();
        town.roads.last_mut().unwrap().geometry = Some(line.into());
    }
    let yard: LineString<f64> =
        vec![town.near('A', 600.0, 80.0), town.near('A', 640.0, 80.0)].into();
    let path: LineString<f64> = vec![town.near('A', 600.0, 80.0), corner(&town, 30)].into();
    town.road("AB", &[("road_class", "service".into())]);
    town.roads.last_mut().unwrap().geometry = Some(yard.into());
    town.road("AB", &[("road_class", "path".into())]);
    town.roads.last_mut().unwrap().geometry = Some(path.into());
    let station = town.near('A', 640.0, 90.0);
    let car = town.trip("car", station, town.at('A')).expect("from the street, not from the yard");
    assert!((car.seconds - seconds(640.0, 25.0)).abs() < 0.1, "{}", car.seconds);
    let walk = town.trip("walking", station, town.at('A')).unwrap();
    assert!((walk.seconds - seconds(40.0 + 80.0 + 600.0, 4.5)).abs() < 0.5, "{}", walk.seconds);
}

#[test]
fn a_roundabout_and_a_dual_carriageway_are_one_junction_each() {
    // Main roads from W and E into a ring, and one more from N.
    let mut town = Town::new(
        "
         N
         |
         B
 W-----A---C-----E
         D",
    );
    let main = [("road_class", Value::from("secondary"))];
    let ring = [("road_class", Value::from("secondary")), ("oneway", true.into())];
    town.road("WA", &main).road("CE", &main).road("NB", &main);
    for side in ["AD", "DC", "CB", "BA"] {
        town.road(side, &ring);
    }
    let trip = town.car('W', 'E').unwrap();
    // 60 m, twice 28.3 m around, 60 m at 45 km/h, and once twelve seconds.
    let metres = 60.0 + 2.0 * 800_f64.sqrt() + 60.0;
    assert!((trip.seconds - seconds(metres, 45.0) - 12.0).abs() < 0.1, "{}", trip.seconds);
    // A crossing of four single roads costs as much.
    let mut town = Town::new(
        "
      N
      |
 W----X----E
      |
      S",
    );
    for road in ["WX", "XE", "NX", "XS"] {
        town.road(road, &main);
    }
    let trip = town.car('W', 'E').unwrap();
    assert!((trip.seconds - seconds(100.0, 45.0) - 12.0).abs() < 0.1, "{}", trip.seconds);
}

/// A street of sixty stretches along the first row, so that it counts as the net.
fn long_street(town: &mut Town) {
    for n in 0..60 {
        let corner = |n: i32| town.near('A', f64::from(n) * 20.0, 0.0);
        let line: LineString<f64> = vec![corner(n), corner(n + 1)].into();
        town.road("AB", &[]);
        town.roads.last_mut().unwrap().geometry = Some(line.into());
    }
}

#[test]
fn a_one_way_stub_that_leads_out_of_the_net_is_not_where_a_journey_begins() {
    let mut town = Town::new("A-----B");
    long_street(&mut town);
    let stub: LineString<f64> =
        vec![town.near('A', 600.0, 0.0), town.near('A', 600.0, 90.0)].into();
    town.road("AB", &[("oneway", true.into())]);
    town.roads.last_mut().unwrap().geometry = Some(stub.into());
    let beyond = town.near('A', 600.0, 90.0);
    let out = town.trip("car", beyond, town.at('A')).expect("from the street");
    assert!((out.seconds - seconds(600.0, 25.0)).abs() < 0.1, "{}", out.seconds);
    assert!(town.trip("car", town.at('A'), beyond).is_some());
}

#[test]
fn a_road_behind_a_forbidden_turn_is_part_of_the_net() {
    let mut town = Town::new("A-----B");
    long_street(&mut town);
    // One way up to J; from there one way back to the street on either side, but not to the left.
    let [foot, j, right, left] =
        [(200.0, 0.0), (200.0, 100.0), (400.0, 0.0), (0.0, 0.0)].map(|(x, y)| town.near('A', x, y));
    for (code, from, to) in [("up", foot, j), ("right", j, right), ("left", j, left)] {
        town.road("AB", &[("oneway", true.into())]);
        let road = town.roads.last_mut().unwrap();
        road.geometry = Some(LineString::from(vec![from, to]).into());
        road.code = Some(code.to_owned());
    }
    town.turn("no", "up", 'A', "left");
    town.restrictions.last_mut().unwrap().geometry = Some(Point(j).into());
    assert_eq!(town.net().report.lost_restrictions, 0);
    // Half-way down to the right: 112 m to the street, 400 m along it.
    let from = town.near('A', 300.0, 50.0);
    let trip = town.trip("car", from, town.at('A')).unwrap();
    let metres = 12_500_f64.sqrt() + 400.0;
    assert!((trip.seconds - seconds(metres, 25.0)).abs() < 0.2, "{}", trip.seconds);
    // And there: up, and half-way down.
    let trip = town.trip("car", town.at('A'), from).unwrap();
    let metres = 200.0 + 100.0 + 12_500_f64.sqrt();
    assert!((trip.seconds - seconds(metres, 25.0)).abs() < 0.2, "{}", trip.seconds);
}

#[test]
fn what_a_private_road_leads_to_belongs_to_the_net_of_those_who_may_use_it() {
    let mut town = Town::new("A-----B");
    long_street(&mut town);
    let drive: LineString<f64> =
        vec![town.near('A', 600.0, 0.0), town.near('A', 600.0, 200.0)].into();
    let yard: LineString<f64> =
        vec![town.near('A', 600.0, 200.0), town.near('A', 700.0, 200.0)].into();
    town.road("AB", &[("access", "private".into())]);
    town.roads.last_mut().unwrap().geometry = Some(drive.into());
    town.road("AB", &[]);
    town.roads.last_mut().unwrap().geometry = Some(yard.into());
    let there = town.near('A', 700.0, 200.0);
    let car = town.trip("car", there, town.at('A')).expect("from the street below the yard");
    assert!((car.seconds - seconds(700.0, 25.0)).abs() < 0.1, "{}", car.seconds);
    let engine = town.trip("fire-engine", there, town.at('A')).unwrap();
    let metres = 100.0 + 200.0 + 600.0;
    assert!((engine.seconds - seconds(metres, 25.0 * 0.85)).abs() < 0.1, "{}", engine.seconds);
}

#[test]
fn streets_closed_to_cars_open_for_the_fire_engine_but_paths_do_not() {
    let mut town = Town::new("A-----B-----C");
    town.road("AB", &[("access", "walking".into())]).roads("BC");
    assert!(town.car('A', 'C').is_none_or(|trip| trip.roads == "BC"));
    check(
        town.trip("fire-engine", town.at('A'), town.at('C')),
        "AB BC",
        seconds(120.0, 25.0 * 0.85),
    );
    let mut town = Town::new("A-----B-----C");
    town.road("AB", &[("access", "walking".into()), ("road_class", "path".into())]).roads("BC");
    let engine = town.trip("fire-engine", town.at('A'), town.at('C'));
    assert!(engine.is_none_or(|trip| trip.roads == "BC"));
}

#[test]
fn a_forbidden_turn_is_not_made_by_turning_round_behind_the_junction_but_at_the_end_of_a_road() {
    let drawing = "
      N
      |
 W----X----E----F
           |
           P";
    // A footpath at E makes no junction of it: nobody turns there to come back to N.
    let mut town = Town::new(drawing);
    town.roads("WX XE NX EF").road("EP", &[("road_class", "path".into())]);
    town.turn("no", "WX", 'X', "NX");
    // At F the road ends: there one turns.
    check(town.car('W', 'N'), "WX XE EF EF XE NX", seconds(50.0 + 100.0 + 100.0 + 40.0, 25.0));
}

#[test]
fn a_net_that_was_kept_is_the_same_and_a_damaged_one_is_none() {
    let mut town = Town::new(
        "
      N
      |
 W----X----E
      |
      S",
    );
    town.roads("WX XE NX XS").turn("no", "WX", 'X', "NX");
    town.gate('S', &[("gate_type", "gate".into())]);
    let net = town.net();
    let key = [7; 32];
    let bytes = net.to_bytes(key);
    let kept = Network::from_bytes(&bytes, &key).unwrap();
    assert_eq!((&kept.graph.edges, &kept.graph.head), (&net.graph.edges, &net.graph.head));
    assert_eq!((&kept.graph.incoming, &kept.graph.along), (&net.graph.incoming, &net.graph.along));
    assert_eq!(kept.report, net.report);
    assert_eq!(kept.hierarchy().order(), net.hierarchy().order());
    assert_eq!(kept.to_bytes(key), bytes);
    assert!(Network::from_bytes(&bytes, &[8; 32]).is_none(), "of other roads");
    for cut in [0, 1, 31, 32, 40, bytes.len() / 2, bytes.len() - 1] {
        assert!(Network::from_bytes(&bytes[..cut], &key).is_none(), "{cut} bytes");
    }
    for at in 0..bytes.len() {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x40;
        assert!(Network::from_bytes(&bytes, &key).is_none(), "byte {at}");
    }
}

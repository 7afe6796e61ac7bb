//! The questions by road, asked in towns small enough to know the answers.

use std::collections::BTreeSet;

use geo::Contains;
use geo_types::{Coord, Point};
use shouye::analysis::ClosestFacility;
use shouye::analysis::evacuation::{Evacuation, EvacuationProblem};
use shouye::analysis::roads::{
    Travel, Trips, Turn, arrivals, candidates, coverage, cut_off, evacuation_by_time, losses,
    matrix, reach, reopening, road_losses, route,
};
use shouye::base::{Feedback, Id, Metres, Persons};
use shouye::county::County;
use shouye::model::{Feature, Kind, StayClass};
use shouye::network::Barrier;
use shouye::spatial::Area;

use crate::town::{Town, seconds};

/// A river flows between the rows; the only bridges are B–E and D–G.
const RIVER: &str = "
 A-----B-----C-----D
       |           |
       |           |
       E-----F-----G-----H";

fn river_town() -> Town {
    let mut town = Town::new(RIVER);
    town.roads("AB BC CD EF FG GH").road("BE", &[("bridge", true.into())]);
    town.road("DG", &[("bridge", true.into())]);
    town
}

fn bridge(town: &mut Town, name: &str, from: char) {
    town.put(Kind::Bridge, name, from, &[]);
    let at = town.near(from, 0.0, -30.0);
    town.things.last_mut().unwrap().geometry = Some(Point(at).into());
}

fn trips<'a>(county: &'a County, travel: &Travel, sender: Option<Kind>) -> Trips<'a> {
    Trips::new(county, travel, sender).unwrap()
}

fn car() -> Travel {
    Travel { vehicle: Some("car".to_owned()), ..Travel::default() }
}

fn barrier(name: &str, at: Coord<f64>) -> Barrier {
    Barrier {
        id: None,
        name: name.to_owned(),
        shape: Some(Point(at).into()),
        roads: Vec::new(),
        factor: 0.0,
        depth_m: None,
    }
}

fn ask(at: Coord<f64>, kind: Kind, k: usize) -> ClosestFacility {
    ClosestFacility { at, kind, k, within: None, conditions: Vec::new() }
}

/// Villages north and south of the river, a fire station in the north.
fn with_villages() -> Town {
    let mut town = river_town();
    town.village("north", 'C', 500).village("south", 'F', 300).village("east", 'H', 100);
    town.put(Kind::Station, "fire", 'A', &[("tier", "1".into())]);
    bridge(&mut town, "west bridge", 'B');
    bridge(&mut town, "east bridge", 'D');
    town
}

#[test]
fn whoever_is_near_may_come_late() {
    let mut town = river_town();
    town.put(Kind::Station, "across", 'F', &[]).put(Kind::Station, "along", 'A', &[]);
    let county = town.county();
    // From C the station across the river is 60 m away, but 180 m by road; the other 120 m.
    let by_car = trips(&county, &car(), Some(Kind::Station));
    let found =
        arrivals(&county, &by_car, &ask(town.at('C'), Kind::Station, 5), &Feedback::default());
    let found = found.unwrap();
    let names: Vec<_> = found.reached.iter().map(|reach| town.name(reach.id)).collect();
    assert_eq!(names, ["along", "across"]);
    let times: Vec<_> = found.reached.iter().map(|reach| reach.travel_s.unwrap()).collect();
    // A minute of turnout before the wheels turn.
    let wanted = [120.0, 180.0].map(|metres| (seconds(metres, 25.0) + 60.0).round() as u32);
    assert_eq!(times, wanted);
    assert!((found.reached[1].distance.0 - 180.0).abs() < 0.1);
    assert_eq!(found.far_from_road, None);
}

#[test]
fn who_cannot_come_is_told_with_what_is_in_the_way() {
    let mut town = river_town();
    town.put(Kind::Station, "across", 'F', &[]).put(Kind::Station, "along", 'A', &[]);
    let county = town.county();
    let closed = vec![
        barrier("flooded road", town.near('B', 0.0, -30.0)),
        barrier("broken bridge", town.near('D', 0.0, -30.0)),
    ];
    let travel = Travel { closed, ..car() };
    let trips = trips(&county, &travel, Some(Kind::Station));
    let question = ask(town.at('C'), Kind::Station, 5);
    let found = arrivals(&county, &trips, &question, &Feedback::default()).unwrap();
    assert_eq!(found.reached.len(), 1);
    assert_eq!(found.unreached.len(), 1);
    assert_eq!(town.name(found.unreached[0].id), "across");
    // Both ways are equally long; the first barrier on the one it would have taken is named.
    assert_eq!(found.unreached[0].barriers.len(), 1);
    // Far out in the fields it says so.
    let far = ask(town.near('A', -900.0, 0.0), Kind::Station, 1);
    let found = arrivals(&county, &trips, &far, &Feedback::default()).unwrap();
    assert!((found.far_from_road.unwrap().0 - 900.0).abs() < 0.5);
}

#[test]
fn a_route_has_alternatives_turns_and_what_it_avoids() {
    let town = river_town();
    let county = town.county();
    let open = trips(&county, &car(), None);
    let (from, to) = (town.at('B'), town.at('G'));
    let found = route(&county, &open, from, to, 2, &Feedback::default()).unwrap();
    assert_eq!(found.routes.len(), 2, "there are two bridges");
    assert!(found.routes[0].travel_s <= found.routes[1].travel_s);
    for way in &found.routes {
        assert!((way.distance.0 - 180.0).abs() < 0.1);
        assert_eq!(way.travel_p90_s, (f64::from(way.travel_s) * 1.35).round() as u32);
        assert_eq!((way.line[0], *way.line.last().unwrap()), (from, to));
        assert_eq!(way.steps.first().unwrap().turn, Turn::Depart);
        assert_eq!(way.steps.last().unwrap().turn, Turn::Arrive);
        let turns: Vec<_> = way.steps.iter().map(|step| (step.turn, step.road.as_str())).collect();
        // South over the bridge and left, or east and right over the other one.
        let by_west = turns.contains(&(Turn::Left, "EF"));
        let by_east = turns.contains(&(Turn::Right, "DG"));
        assert!(by_west != by_east, "{turns:?}");
    }
    assert!(found.avoided.is_empty());
    let travel = Travel { closed: vec![barrier("broken", town.near('B', 0.0, -30.0))], ..car() };
    let one = trips(&county, &travel, None);
    let found = route(&county, &one, from, to, 2, &Feedback::default()).unwrap();
    assert_eq!(found.routes.len(), 1);
    let from = town.near('B', 0.0, -10.0);
    let found = route(&county, &one, from, town.at('E'), 0, &Feedback::default()).unwrap();
    assert_eq!(found.avoided, [0], "the bridge is what everybody would take");
}

#[test]
fn a_matrix_holds_the_times_of_its_routes() {
    let town = river_town();
    let county = town.county();
    let trips = trips(&county, &car(), None);
    let places: Vec<_> = "ABCDEFGH".chars().map(|letter| town.at(letter)).collect();
    let times = matrix(&trips, &places, &places, &Feedback::default()).unwrap();
    for (n, from) in places.iter().enumerate() {
        for (m, to) in places.iter().enumerate() {
            let way = route(&county, &trips, *from, *to, 0, &Feedback::default()).unwrap();
            assert_eq!(times[n][m], Some(way.routes[0].travel_s), "{n} {m}");
        }
    }
}

#[test]
fn coverage_adds_up_and_one_more_station_is_tried_everywhere() {
    let town = with_villages();
    let county = town.county();
    let trips = trips(&county, &car(), Some(Kind::Station));
    let today =
        coverage(&county, &trips, Kind::Station, &[1, 2, 30], &|_| true, &Feedback::default());
    let today = today.unwrap();
    assert_eq!(today.people, Persons(900));
    // C: 120 m = 17.3 s; F: 60 + 60 + 60 m = 25.9 s; H: 36 + … m, each with a minute of turnout.
    let people: Vec<_> = today.within.iter().map(|(_, people)| people.0).collect();
    assert_eq!(people, [0, 900, 900]);
    assert!(today.uncovered(2).is_empty());
    assert_eq!(today.uncovered(1).len(), 3);
    assert_eq!(town.name(today.uncovered(1)[0].id), "north", "most people first");
    assert_eq!(today.settlements.iter().filter(|s| s.first.is_some()).count(), 3);
    // Within a minute and twenty seconds nobody but the north is reached.
    let late = shouye::analysis::roads::Coverage {
        settlements: today
            .settlements
            .iter()
            .cloned()
            .map(|mut s| {
                s.travel_s = Some(600);
                s
            })
            .collect(),
        ..today.clone()
    };
    let sites = candidates(&county, &trips, Kind::Station, &late, 2, &Feedback::default()).unwrap();
    assert_eq!(sites.len(), 3);
    assert!(sites.iter().all(|site| site.gained == Persons(900)));
    // Time saved by hand: from C to F are 60 + 60 + 60 m, to H 60 + 60 + 60 m.
    let best = &sites[0];
    assert_eq!(town.name(best.id), "north", "where most people live");
}

#[test]
fn closed_bridges_make_islands_and_the_team_inside_is_named() {
    let mut town = with_villages();
    town.put(Kind::Station, "post", 'H', &[("tier", "n".into())]);
    let county = town.county();
    let open = trips(&county, &car(), None);
    let feedback = Feedback::default();
    let none = cut_off(&county, &open, &feedback).unwrap();
    assert!(none.settlements.is_empty() && none.of_people == Persons(900));
    assert!(losses(&county, &open, &feedback).unwrap().is_empty(), "one bridge may go");
    // With one bridge gone the other is what everything hangs on.
    let broken = Travel { closed: vec![barrier("west", town.near('B', 0.0, -30.0))], ..car() };
    let one = trips(&county, &broken, None);
    let critical = losses(&county, &one, &feedback).unwrap();
    assert_eq!(critical.len(), 1);
    assert_eq!((critical[0].name.as_str(), critical[0].people), ("east bridge", Persons(400)));
    let villages: Vec<_> = critical[0].settlements.iter().map(|id| town.name(*id)).collect();
    assert_eq!(villages, ["south", "east"]);
    // Both gone: the island has 400 people and a post of its own.
    let mut both = broken.clone();
    both.closed.push(barrier("east", town.near('D', 0.0, -30.0)));
    let both = trips(&county, &both, None);
    let cut = cut_off(&county, &both, &feedback).unwrap();
    assert_eq!(cut.people, Persons(400));
    let islands: Vec<_> = cut.settlements.iter().map(|village| town.name(village.id)).collect();
    assert_eq!(islands, ["south", "east"]);
    for village in &cut.settlements {
        let teams: Vec<_> = village.teams.iter().map(|id| town.name(*id)).collect();
        assert_eq!(teams, ["post"]);
        assert!(!village.always);
    }
}

#[test]
fn what_brings_back_most_people_is_reopened_first() {
    let mut town = Town::new(
        "
 A-----B-----C
       |
       D
       |
       E",
    );
    town.roads("AB BC BD DE");
    town.village("hub", 'A', 1000).village("east", 'C', 70).village("south", 'E', 100);
    let county = town.county();
    // The south needs two repairs for a hundred people, the east one for seventy.
    let closed = [
        barrier("first south", town.near('B', 0.0, -20.0)),
        barrier("second south", town.near('D', 0.0, -20.0)),
        barrier("east", town.near('B', 30.0, 0.0)),
        barrier("nowhere", town.near('A', 0.5, 0.0)),
    ];
    let travel = Travel { closed: closed[..3].to_vec(), ..car() };
    let trips = trips(&county, &travel, None);
    let order = reopening(&county, &trips, &Feedback::default()).unwrap();
    let steps: Vec<_> = order.iter().map(|step| (step.barrier, step.regained.0)).collect();
    assert_eq!(steps, [(2, 70), (0, 0), (1, 100)]);
    assert!(order.iter().all(|step| step.proven));
}

#[test]
fn reach_contains_what_is_reached_and_nothing_else() {
    let mut town = Town::new("A----------B----------C----------D----------E");
    town.roads("ABCDE");
    let county = town.county();
    let walking = Travel { vehicle: Some("walking".to_owned()), ..Travel::default() };
    let trips = trips(&county, &walking, None);
    // At 4.5 km/h three minutes are 225 m.
    let bands = reach(&trips, town.at('A'), &[3], &Feedback::default()).unwrap();
    let band = &bands[0];
    let end = band.roads.iter().flat_map(|line| line.coords()).map(|at| at.x).fold(0.0, f64::max);
    let metres = (end - town.at('A').x) / crate::town::METRE.x;
    assert!((metres - 225.0).abs() < 0.1, "{metres}");
    for metre in (0..440).step_by(5) {
        let at = Point(town.near('A', f64::from(metre), 0.0));
        // The cord around the road is some fifty metres thick.
        if !(225..300).contains(&metre) {
            assert_eq!(band.area.contains(&at), metre < 225, "{metre}");
        }
    }
    assert!(reach(&trips, town.at('A'), &[], &Feedback::default()).unwrap().is_empty());
}

#[test]
fn people_are_sent_where_they_arrive_soonest() {
    let mut town = river_town();
    town.village("people", 'C', 100);
    let places = [("status", "open".into()), ("capacity", 100_i64.into())];
    town.put(Kind::Shelter, "across", 'F', &places).put(Kind::Shelter, "along", 'A', &places);
    let county = town.county();
    let ring = [(-15.0, -15.0), (15.0, -15.0), (15.0, 15.0), (-15.0, 15.0), (-15.0, -15.0)];
    let ring: geo_types::LineString<f64> =
        ring.iter().map(|(x, y)| town.near('C', *x, *y)).collect();
    let area = Area::new(geo_types::Polygon::new(ring, Vec::new()).into()).unwrap();
    let question = Evacuation {
        hazard: None,
        stay: StayClass::default(),
        keep_together: false,
        max_distance: None,
    };
    let feedback = Feedback::default();
    let problem = EvacuationProblem::new(&county, &area, &question, &feedback).unwrap();
    let straight = problem.geodesic_costs(&feedback).unwrap();
    let plan =
        shouye::analysis::evacuation_with_costs(&problem, &question, &straight, &feedback).unwrap();
    assert_eq!(plan.assignments[0].shelter_name, "across", "sixty metres as the crow flies");
    let walking = Travel { vehicle: Some("walking".to_owned()), ..Travel::default() };
    let trips = trips(&county, &walking, None);
    let plan = evacuation_by_time(&problem, &trips, &question, &feedback).unwrap();
    let assignment = &plan.assignments[0];
    assert_eq!(assignment.shelter_name, "along");
    assert_eq!(assignment.travel_s, Some(seconds(120.0, 4.5).round() as u32));
    assert_eq!(assignment.distance_m, 120);
    assert_eq!(plan.cost, 100 * u64::from(assignment.travel_s.unwrap()));
    // Nobody walks longer than a minute.
    let short = Evacuation { max_distance: Some(Metres(60.0)), ..question };
    let plan = evacuation_by_time(&problem, &trips, &short, &feedback).unwrap();
    assert_eq!(plan.unassigned, Persons(100));
}

#[test]
fn the_loss_of_each_bridge_is_what_closing_it_gives() {
    let town = with_villages();
    let county = town.county();
    let feedback = Feedback::default();
    let broken = Travel { closed: vec![barrier("west", town.near('B', 0.0, -30.0))], ..car() };
    let base = trips(&county, &broken, None);
    let before: BTreeSet<_> =
        cut_off(&county, &base, &feedback).unwrap().settlements.iter().map(|v| v.id).collect();
    let told = losses(&county, &base, &feedback).unwrap();
    for row in county.features(Kind::Bridge) {
        let Some(shouye_at) = row.geometry.clone() else { continue };
        let mut closed = broken.clone();
        closed.closed.push(Barrier { shape: Some(shouye_at), ..barrier("x", town.at('A')) });
        let after = cut_off(&county, &trips(&county, &closed, None), &feedback).unwrap();
        let fresh: BTreeSet<_> =
            after.settlements.iter().map(|v| v.id).filter(|id| !before.contains(id)).collect();
        let own = told.iter().find(|loss| loss.id == row.id);
        let own: BTreeSet<_> = own.iter().flat_map(|loss| loss.settlements.clone()).collect();
        assert_eq!(own, fresh, "{}", row.name);
    }
}

#[test]
fn the_loss_of_each_stretch_is_what_a_gap_in_it_gives() {
    let mut town = Town::new(
        "
      E
      |
 A----B----C----D
      |    |
      F----G",
    );
    // C–D is a dead end with a village at its end and one half-way; E hangs on B; the rest is a ring.
    town.roads("AB BC CD EB BF FG GC");
    town.village("in the ring", 'F', 500).village("at the start", 'A', 90);
    town.village("at the end", 'D', 70).village("on the hill", 'E', 20);
    let mut county = town.county();
    let half_way = Feature {
        id: Id::from_natural_key("settlement", "half-way"),
        name: "half-way".to_owned(),
        geometry: Some(Point(town.near('C', 25.0, 0.0)).into()),
        ..town.things[0].clone()
    };
    let mut rows = county.features(Kind::Settlement).to_vec();
    rows.push(half_way.clone());
    county = county.with_layer(2, Kind::Settlement, rows);
    let trips = trips(&county, &car(), None);
    let feedback = Feedback::default();
    let told = road_losses(&county, &trips, &feedback).unwrap();
    let name = |id: &Id| {
        let row = county.feature(*id).unwrap();
        row.name.clone()
    };
    let told: Vec<_> = told
        .iter()
        .map(|loss| {
            let names: Vec<_> = loss.settlements.iter().map(name).collect();
            (loss.name.clone(), loss.people.0, names.join(", "))
        })
        .collect();
    // The village half-way has the residents of the first, 500; the larger ones come first.
    let expected = [
        ("CD", 570, "half-way, at the end"),
        ("AB", 90, "at the start"),
        ("EB", 20, "on the hill"),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(road, people, names)| ((*road).to_owned(), *people, (*names).to_owned()))
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn a_one_way_street_is_entered_by_its_own_end_however_late() {
    let mut town = Town::new(
        "
 A-----B
 |     |
 |     |
 C-----D",
    );
    town.road("AB", &[("oneway", true.into())]).roads("BD CD AC");
    let county = town.county();
    let trips = trips(&county, &car(), None);
    // The far end of the street is next door, but one has to go all around: 60 + 60 + 60 + 30 m.
    let to = town.near('A', 30.0, 0.0);
    let found = route(&county, &trips, town.at('B'), to, 0, &Feedback::default()).unwrap();
    assert_eq!(found.routes[0].travel_s, seconds(210.0, 25.0).round() as u32);
}

#[test]
fn a_journey_within_a_small_piece_of_the_net_stays_there() {
    let mut town = Town::new("A-----B");
    // A street of sixty stretches, and a yard beside it that no road leads to.
    for n in 0..60 {
        let corner = |n: i32| town.near('A', f64::from(n) * 20.0, 0.0);
        let line: geo_types::LineString<f64> = vec![corner(n), corner(n + 1)].into();
        town.road("AB", &[]);
        town.roads.last_mut().unwrap().geometry = Some(line.into());
    }
    let yard: geo_types::LineString<f64> =
        vec![town.near('A', 600.0, 80.0), town.near('A', 700.0, 80.0)].into();
    town.road("AB", &[]);
    town.roads.last_mut().unwrap().geometry = Some(yard.into());
    let county = town.county();
    let trips = trips(&county, &car(), None);
    let ask = |from, to| route(&county, &trips, from, to, 0, &Feedback::default()).unwrap();
    let within = ask(town.near('A', 610.0, 80.0), town.near('A', 690.0, 80.0));
    assert_eq!(within.routes[0].travel_s, seconds(80.0, 25.0).round() as u32);
    // From the yard to the street one begins on the street.
    let out = ask(town.near('A', 610.0, 80.0), town.at('A'));
    assert_eq!(out.routes[0].travel_s, seconds(610.0, 25.0).round() as u32);
}

#[test]
fn on_a_grid_of_streets_searching_may_be_quicker_and_either_way_gives_the_same() {
    let side = 24_u32;
    let mut town = Town::new("A-----B");
    let corner =
        |town: &Town, x: u32, y: u32| town.near('A', f64::from(x) * 60.0, f64::from(y) * 60.0);
    for n in 0..side {
        for (from, to) in [((n, 0), (n, side - 1)), ((0, n), (side - 1, n))] {
            let [dx, dy] = [u32::from(from.0 != to.0), u32::from(from.1 != to.1)];
            let along = (0..side).map(|k| corner(&town, from.0 + k * dx, from.1 + k * dy));
            let line: geo_types::LineString<f64> = along.collect();
            town.road("AB", &[]);
            town.roads.last_mut().unwrap().geometry = Some(line.into());
        }
    }
    let county = town.county();
    let trips = trips(&county, &car(), None);
    let net = county.network();
    // A street of as many nodes has next to no triangles.
    let few = Town::new("A-----B").roads("AB").net();
    assert_eq!(few.hierarchy().customising_in_searches(&few.graph), 0);
    let [nodes, arcs] = net.hierarchy().size();
    assert_eq!(nodes as u32, side * side);
    assert!(arcs > 4 * nodes, "{arcs} arcs of {nodes} nodes");
    let from: Vec<Coord<f64>> = (0..20).map(|n| corner(&town, n, (n * 7) % side)).collect();
    let fast = matrix(&trips, &from, &from, &Feedback::default()).unwrap();
    let slow: Vec<Vec<Option<u32>>> = from
        .iter()
        .map(|at| matrix(&trips, &[*at], &from, &Feedback::default()).unwrap().remove(0))
        .collect();
    assert_eq!(fast, slow);
    let blocks = f64::from(19 + 133 % side);
    assert_eq!(fast[0][19], Some(seconds(blocks * 60.0, 25.0).round() as u32));
}

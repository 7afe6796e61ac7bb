//! The net of the demo county: the hierarchy gives what Dijkstra's search gives, whatever is closed.

use std::fs;
use std::path::Path;

use geo::Contains;
use geo_types::{Coord, Geometry, Point};
use shouye::analysis::roads::{Travel, Trips, reach};
use shouye::base::{Feedback, Id, Metres};
use shouye::county::County;
use shouye::model::{Attributes, Feature, Kind, Provenance};
use shouye::network::{Conditions, CostTable, Direction, NEVER, Network, Place, Search};

use crate::town::{METRE, metric};

/// The roads of the demo county, read straight from their file.
fn roads() -> Vec<Feature> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/roads.geojson");
    let text: geojson::GeoJson = fs::read_to_string(file).unwrap().parse().unwrap();
    let rows = geojson::FeatureCollection::try_from(text).unwrap().features;
    let kind = Kind::Road;
    rows.into_iter()
        .map(|row| {
            let mut attributes = Attributes::default();
            for field in kind.table_def().attribute_fields() {
                let Some(value) = row.property(&field.name) else { continue };
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                attributes.set(kind, &field.name, field.read(&text).ok().flatten());
            }
            let code = row.property("code").unwrap().as_str().unwrap().to_owned();
            let geometry: Geometry<f64> = row.geometry.unwrap().value.try_into().unwrap();
            Feature {
                id: Id::from_natural_key(kind.key(), &code),
                kind,
                name: code.clone(),
                code: Some(code),
                geometry: Some(geometry),
                attributes,
                extra: Vec::new(),
                provenance: Provenance::default(),
            }
        })
        .collect()
}

/// A sequence of numbers that looks random and is always the same.
pub fn splitmix(n: u64) -> u64 {
    let mut z = n.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x2545_f491_4f6c_dd1d);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn place(net: &Network, metric: &shouye::network::Metric, n: u64) -> Option<Place> {
    let share = |n: u64| (splitmix(n) % 10_000) as f64 / 10_000.0;
    let at = Coord { x: 116.33 + 0.3 * share(n), y: 35.55 + 0.35 * share(n + 7_777) };
    net.enter(metric, at)
}

#[test]
fn the_hierarchy_agrees_with_dijkstra_whatever_is_closed() {
    let roads = roads();
    let net = Network::new(&roads, &[], &[]);
    // Motorways pass over everything but their interchanges, which have nodes.
    assert_eq!(net.report.joined, 0);
    assert_eq!(net.report.gaps, []);
    assert!(net.report.without_line.is_empty());
    for (round, vehicle) in ["car", "fire-engine", "walking", "truck"].into_iter().enumerate() {
        let mut town = crate::town::Town::new("A");
        for n in 0..round as u64 * 60 {
            let edge = splitmix(n + 99) as usize % net.graph.edges.len();
            let at = net.graph.line(edge as u32)[0];
            town.barrier(Point(Coord { x: at.x + METRE.x, y: at.y }));
        }
        let metric = metric(&net, vehicle, &town.barriers);
        let from: Vec<_> = (0..25).map(|n| place(&net, &metric, n)).collect();
        let to: Vec<_> = (100..160).map(|n| place(&net, &metric, n)).collect();
        let customised = net.hierarchy().customise(&metric);
        // From the times with every road open one comes to the same.
        let table = CostTable::usual();
        let car = table.vehicle(vehicle).unwrap();
        let open = net.open_roads(table, car, Conditions::default());
        let usual = open.customised(net.hierarchy());
        let again = net.hierarchy().customise_again(usual, &open.metric, &metric);
        assert!(again == customised, "{vehicle}");
        let back = net.hierarchy().customise_again(&again, &metric, &open.metric);
        assert!(back == **usual, "{vehicle}");
        let fast = net.hierarchy().matrix(&customised, &net.graph, &metric, &from, &to);
        let mut search = Search::new(&net.graph);
        let mut ways = 0;
        for (row, from) in fast.chunks(to.len()).zip(&from) {
            let from = from.unwrap();
            search.run(&net.graph, &metric, &[from], Direction::From, NEVER, |_, _| true);
            let slow: Vec<u32> =
                to.iter().map(|to| search.time_at(&net.graph, &metric, &to.unwrap())).collect();
            assert_eq!(row, slow, "{vehicle}");
            // To very many at once another way is taken.
            let many = to.repeat(10);
            let one = [Some(from)];
            let fast = net.hierarchy().matrix(&customised, &net.graph, &metric, &one, &many);
            assert_eq!(fast, slow.repeat(10), "{vehicle}");
            ways += slow.iter().filter(|ms| **ms != NEVER).count();
            // The way is as long as its time says, and the search towards a place agrees.
            for to in to.iter().take(8).map(|to| to.unwrap()) {
                let path = search.path(&net.graph, &metric, &to);
                let fast = net.hierarchy().path(&customised, &net.graph, &metric, &from, &to);
                let length = |path: &shouye::network::Path| path.length_m(&net.graph).round();
                assert_eq!(fast.as_ref().map(|path| path.ms), path.as_ref().map(|path| path.ms));
                // Ways that take the same time may differ by a bend of equal length.
                if let (Some(fast), Some(path)) = (&fast, &path) {
                    assert!((length(fast) - length(path)).abs() < 50.0);
                }
                assert_eq!(
                    path.map_or(NEVER, |path| path.ms),
                    search.time_at(&net.graph, &metric, &to)
                );
            }
        }
        assert!(ways > 1000, "{ways} of 1500 with {round} rounds of closures");
    }
}

#[test]
fn an_isochrone_holds_the_roads_that_are_reached_and_no_others() {
    let county = County::new(1, [(Kind::Road, roads())]);
    let travel = Travel { vehicle: Some("fire-engine".to_owned()), ..Travel::default() };
    let trips = Trips::new(&county, &travel, None).unwrap();
    let graph = &trips.net.graph;
    let mut search = Search::new(graph);
    for (round, minutes) in [5_u32, 8, 15].into_iter().enumerate() {
        let from = place(trips.net, &trips.metric, 40 + round as u64).unwrap();
        let bands = reach(&trips, from.at, &[minutes], &Feedback::default()).unwrap();
        let area = &bands[0].area;
        search.run(graph, &trips.metric, &[from], Direction::From, NEVER, |_, _| true);
        let (mut points, mut reached, mut wrong) = (0, 0, 0);
        for (edge, facts) in (0_u32..).zip(&graph.edges) {
            for mm in (0..=facts.length_mm).step_by(97_000) {
                let (at, _) = Place::point_at(graph, edge, mm);
                let place = Place { edge, offset_mm: mm, at, off: Metres(0.0) };
                let in_time = search.time_at(graph, &trips.metric, &place) <= minutes * 60_000;
                points += 1;
                reached += u32::from(in_time);
                wrong += u32::from(in_time != area.contains(&Point(at)));
            }
        }
        assert!(reached > 50 && reached < points, "{reached} of {points}");
        // Where roads lie nearer to each other than a cell of the picture, they are not told apart.
        assert!(wrong * 500 <= reached.max(500), "{wrong} wrong, {reached} reached, {minutes} min");
    }
}

//! Travel times on the roads of Liechtenstein (2015, OpenStreetMap): coordinates in, seconds out,
//! finding the road included.
//!
//! Binding, and the peers of the performance sheet on the same net: one pair with its path 30 µs
//! (fast_paths 7.6 µs without finding the road, OSRM 161 µs); one to 500 100 µs cold and 30 µs to
//! pinned stations (cch 25 µs pinned, RoutingKit 59 µs); 100×100 1.2 ms (RoutingKit 0.80 ms); a road
//! closes, new times from all stations 2.5 ms (cch 1.75 ms to customise); isochrone polygon of ten
//! minutes 3 ms (Valhalla 9.2 ms); PBF to a net one can ask 200 ms (OSRM 0.9 s).

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark may fail loudly")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use geo_types::Coord;
use shouye::analysis::roads::{Travel, Trips, matrix, reach, route};
use shouye::base::Feedback;
use shouye::county::County;
use shouye::io::osm::read_roads;
use shouye::model::Kind;
use shouye::network::{Barrier, Direction, NEVER, Network, Search};

fn data(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared/data", "../../shared/data"].map(|data| root.join(data).join(name));
    let found = found.into_iter().find(|path| path.exists());
    if found.is_none() {
        println!("skipped: ../shared/data/{name} is not there");
    }
    found
}

fn splitmix(n: u64) -> u64 {
    let mut z = n.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x2545_f491_4f6c_dd1d);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Places beside roads, spread over the net by their number.
fn places(net: &Network, from: u64, count: u64) -> Vec<Coord<f64>> {
    let corners = &net.graph.corners;
    (from..from + count)
        .map(|n| {
            let at = corners[splitmix(n) as usize % corners.len()];
            Coord { x: at.x + 0.0002, y: at.y - 0.0001 }
        })
        .collect()
}

fn roads(c: &mut Criterion) {
    let Some(file) = data("osm/liechtenstein-2015.osm.pbf") else { return };
    let read = read_roads(&file).unwrap();
    let net = Network::new(&read.roads, &read.restrictions, &read.gates);
    println!("{} nodes, {} arcs", net.graph.nodes.len(), net.graph.head.len());
    let layers = [
        (Kind::Road, read.roads),
        (Kind::TurnRestriction, read.restrictions),
        (Kind::RoadGate, read.gates),
    ];
    let county = County::new(1, layers);
    let feedback = Feedback::default();
    let travel = Travel { vehicle: Some("car".to_owned()), ..Travel::default() };
    let trips = Trips::new(&county, &travel, None).unwrap();
    let (from, to) = (places(&net, 0, 500), places(&net, 10_000, 500));
    let mut group = c.benchmark_group("Liechtenstein");
    group.bench_function("PBF to a net one can ask", |b| {
        b.iter(|| {
            let read = read_roads(&file).unwrap();
            black_box(Network::new(&read.roads, &read.restrictions, &read.gates))
        });
    });
    group.bench_function("one-to-all tree, Dijkstra", |b| {
        let graph = &trips.net.graph;
        let start = trips.enter(from[0]).unwrap();
        let mut search = Search::new(graph);
        b.iter(|| {
            search.run(graph, &trips.metric, &[start], Direction::From, NEVER, |_, _| true);
            black_box(search.time(0))
        });
    });
    let mut n = 0;
    group.bench_function("isochrone polygon of ten minutes", |b| {
        b.iter(|| {
            n += 1;
            black_box(reach(&trips, from[n % 500], &[10], &feedback).unwrap())
        });
    });
    let began = Instant::now();
    let hierarchy = trips.net.hierarchy();
    println!("hierarchy ordered and contracted in {:?}", began.elapsed());
    let (_, customised) = trips.customised().unwrap();
    let customised = customised.clone();
    let [nodes, arcs] = hierarchy.size();
    let searches = hierarchy.customising_in_searches(&trips.net.graph);
    println!("{nodes} nodes, {arcs} arcs in the hierarchy, {} open", customised.open_arcs());
    println!("customising it counts as {searches} searches");
    let graph = &trips.net.graph;
    let enter =
        |places: &[Coord<f64>]| places.iter().map(|at| trips.enter(*at)).collect::<Vec<_>>();
    let targets = enter(&to);
    group.bench_function("customise the whole hierarchy", |b| {
        b.iter(|| black_box(hierarchy.customise(&trips.metric)));
    });
    group.bench_function("one pair with path", |b| {
        b.iter(|| {
            n += 1;
            let (from, to) = (trips.enter(from[n % 500]), trips.enter(to[n % 499]));
            black_box(trips.path(&from.unwrap(), &to.unwrap()))
        });
    });
    group.bench_function("one pair with line, names and turn list", |b| {
        b.iter(|| {
            n += 1;
            let pair = (from[n % 500], to[n % 499]);
            black_box(route(&county, &trips, pair.0, pair.1, 0, &feedback).unwrap())
        });
    });
    let mut pinned = hierarchy.pin(graph, &trips.metric, &targets);
    hierarchy.time(&mut pinned, &customised, graph, &trips.metric);
    group.bench_function("one to 500, pinned", |b| {
        let mut out = vec![0; targets.len()];
        b.iter(|| {
            n += 1;
            let one = [trips.enter(from[n % 500])];
            hierarchy.times(&customised, graph, &trips.metric, &pinned, &one, &mut out);
            black_box(out[0])
        });
    });
    group.bench_function("one to 500, cold", |b| {
        b.iter(|| {
            n += 1;
            let one = enter(&from[n % 500..n % 500 + 1]);
            black_box(hierarchy.matrix(&customised, graph, &trips.metric, &one, &targets))
        });
    });
    group.bench_function("one to 500, all 501 roads to be found", |b| {
        b.iter(|| {
            n += 1;
            let (one, targets) = (enter(&from[n % 500..n % 500 + 1]), enter(&to));
            black_box(hierarchy.matrix(&customised, graph, &trips.metric, &one, &targets))
        });
    });
    group.bench_function("100 by 100", |b| {
        b.iter(|| {
            let (from, to) = (enter(&from[..100]), enter(&to[..100]));
            black_box(hierarchy.matrix(&customised, graph, &trips.metric, &from, &to))
        });
    });
    group.bench_function("100 by 100, as asked", |b| {
        b.iter(|| black_box(matrix(&trips, &from[..100], &to[..100], &feedback).unwrap()));
    });
    let stations = enter(&from[..15]);
    group.bench_function("a road closes, new times from 15 stations to 500 places", |b| {
        let mut out = vec![0; stations.len() * targets.len()];
        b.iter(|| {
            n += 1;
            let barrier = Barrier {
                id: None,
                name: String::new(),
                shape: Some(geo_types::Point(to[n % 500]).into()),
                roads: Vec::new(),
                factor: 0.0,
                depth_m: None,
            };
            let closed = trips.with_barriers(vec![barrier]);
            let (hierarchy, times) = closed.customised().unwrap();
            hierarchy.time(&mut pinned, times, graph, &closed.metric);
            hierarchy.times(times, graph, &closed.metric, &pinned, &stations, &mut out);
            black_box(out[0])
        });
    });
    group.finish();
}

fn many(c: &mut Criterion) {
    let Some(file) = data("bench/real_mix_9areas.osm.pbf") else { return };
    let mut group = c.benchmark_group("nine areas, 509k nodes");
    group.sample_size(10);
    group.bench_function("PBF to a net one can ask", |b| {
        b.iter(|| {
            let read = read_roads(&file).unwrap();
            black_box(Network::new(&read.roads, &read.restrictions, &read.gates))
        });
    });
    group.finish();
}

criterion_group!(benches, roads, many);
criterion_main!(benches);

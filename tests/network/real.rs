//! The roads of real places, from public extracts of OpenStreetMap: the hierarchy gives what Dijkstra's
//! search gives, whatever is closed.

use std::path::{Path, PathBuf};

use geo_types::{Coord, Point};
use shouye::io::osm::read_roads;
use shouye::network::{Barrier, Conditions, CostTable, Direction, NEVER, Network, Search};

use crate::county::splitmix;
use crate::skip;

fn extract(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared/data", "../../shared/data"].map(|data| root.join(data).join(name));
    let found = found.into_iter().find(|path| path.exists());
    if found.is_none() {
        skip::skipped(format_args!("../shared/data/{name} is not there"));
    }
    found
}

fn closed(net: &Network, n: u64) -> Barrier {
    let edge = splitmix(n) as usize % net.graph.edges.len();
    let line = net.graph.line(edge as u32);
    Barrier {
        id: None,
        name: String::new(),
        shape: Some(Point((line[0] + line[1]) / 2.0).into()),
        roads: Vec::new(),
        factor: if n.is_multiple_of(3) { 0.5 } else { 0.0 },
        depth_m: None,
    }
}

#[test]
fn the_hierarchy_agrees_with_dijkstra_on_real_roads_whatever_is_closed() {
    for (name, closures) in [
        ("osm/liechtenstein-2015.osm.pbf", 400),
        ("osm/monaco.osm.gz", 60),
        ("osm/pyrosm_test.osm.pbf", 30),
    ] {
        let Some(file) = extract(name) else { continue };
        let read = read_roads(&file).unwrap();
        let net = Network::new(&read.roads, &read.restrictions, &read.gates);
        let graph = &net.graph;
        let table = CostTable::usual();
        let mut ways = 0;
        for (round, key) in ["car", "fire-engine", "walking"].into_iter().enumerate() {
            let vehicle = table.vehicle(key).unwrap();
            let open = net.open_roads(table, vehicle, Conditions::default());
            let from = round as u64 * 1000;
            let barriers: Vec<Barrier> = (from..from + closures).map(|n| closed(&net, n)).collect();
            let metric = net.metric(table, vehicle, Conditions::default(), &barriers);
            let whole = net.hierarchy().customise(&metric);
            let usual = open.customised(net.hierarchy());
            let times = net.hierarchy().customise_again(usual, &open.metric, &metric);
            assert!(times == whole, "{name}, {key}");
            let place = |n: u64| {
                let at = graph.corners[splitmix(n) as usize % graph.corners.len()];
                net.enter(&metric, Coord { x: at.x + 0.0002, y: at.y - 0.0001 })
            };
            let from: Vec<_> = (0..12).map(|n| place(n + 77)).collect();
            let to: Vec<_> = (0..80).map(|n| place(n + 7777)).collect();
            let fast = net.hierarchy().matrix(&times, graph, &metric, &from, &to);
            let mut search = Search::new(graph);
            for (row, from) in fast.chunks(to.len()).zip(&from) {
                let from = from.unwrap();
                search.run(graph, &metric, &[from], Direction::From, NEVER, |_, _| true);
                for (to, fast) in to.iter().map(|to| to.unwrap()).zip(row) {
                    let slow = search.time_at(graph, &metric, &to);
                    assert_eq!(*fast, slow, "{name}, {key}");
                    let path = net.hierarchy().path(&times, graph, &metric, &from, &to);
                    assert_eq!(path.map_or(NEVER, |path| path.ms), slow, "{name}, {key}");
                    ways += u32::from(slow != NEVER);
                }
            }
        }
        assert!(ways > 1000, "{ways} ways of 2880 in {name}");
    }
}

//! Many vehicles on the same roads, held against the best that a network over time allows.

use shouye::network::{
    Conditions, CostTable, CrowdSearch, Direction, Lanes, Metric, Network, Place, Search,
};

use crate::town::Town;

const STEP: u32 = 60_000;

/// A town whose roads take whole steps, and take in whole cars.
struct Streets {
    net: Network,
    metric: Metric,
    /// Steps by edge.
    steps: Vec<u32>,
    /// Cars in a step by edge, in either direction.
    cars: Vec<u32>,
}

impl Streets {
    fn new(town: &Town, figure: impl Fn(usize) -> (u32, u32)) -> Self {
        let net = town.net();
        let table = CostTable::usual();
        let car = table.vehicle("car").unwrap();
        let mut metric = Metric::new(&net.graph, table, car, Conditions::default());
        metric.major_ms = 0;
        let (mut steps, mut cars) = (Vec::new(), Vec::new());
        for edge in 0..net.graph.edges.len() {
            let (long, wide) = figure(edge);
            steps.push(long);
            cars.push(wide);
            for way in [edge * 2, edge * 2 + 1] {
                metric.way[way] = long * STEP;
            }
        }
        for (arc, way) in net.graph.way.iter().enumerate() {
            metric.arc[arc] = metric.way[*way as usize];
        }
        Self { net, metric, steps, cars }
    }

    /// The place of a junction.
    fn place(&self, town: &Town, letter: char) -> Place {
        self.net.enter(&self.metric, town.at(letter)).unwrap()
    }

    fn node(&self, town: &Town, letter: char) -> usize {
        let at = town.at(letter);
        let off = |n: &usize| {
            let node = self.net.graph.nodes[*n];
            (node.x - at.x).hypot(node.y - at.y)
        };
        let nodes = 0..self.net.graph.nodes.len();
        nodes.min_by(|a, b| off(a).total_cmp(&off(b))).unwrap()
    }

    fn lanes(&self, congestion: (f64, f64)) -> Lanes {
        Lanes::new(&self.net.graph, STEP, congestion, |way| self.cars[way as usize / 2] * 60)
    }

    /// Sends cars off in turn and gives the last arrival in steps; tests that no road ever takes in
    /// more than it can.
    fn clear(&self, town: &Town, cars: &[(char, u32)], to: char) -> u32 {
        let graph = &self.net.graph;
        let end = self.place(town, to);
        let mut left = Search::new(graph);
        left.run(graph, &self.metric, &[end], Direction::To, u32::MAX / 2, |_, _| true);
        let mut lanes = self.lanes((0.0, 1.0));
        let mut search = CrowdSearch::new(graph);
        let mut last = 0;
        let mut waiting: Vec<(Place, u32)> =
            cars.iter().map(|(from, cars)| (self.place(town, *from), *cars)).collect();
        // In turn, as villages that are warned at the same time set off.
        while waiting.iter().any(|(_, cars)| *cars > 0) {
            for (start, cars) in waiting.iter_mut().filter(|(_, cars)| *cars > 0) {
                let ends = [&*start, &end];
                let ride = search
                    .first_arrival(graph, &self.metric, &lanes, ends, &left, (0, u32::MAX), 1000)
                    .unwrap();
                let n = ride.vehicles.min(*cars);
                lanes.reserve(&ride, n, 1000);
                last = last.max(ride.arrive_ms);
                *cars -= n;
            }
        }
        for way in 0..graph.edges.len() as u32 * 2 {
            assert!(lanes.used(way).iter().all(|used| *used <= lanes.capacity(way)));
        }
        last.div_ceil(STEP)
    }

    /// The fewest steps in which all can arrive: a flow through the network over time, tried for one
    /// horizon after the other.
    fn best(&self, town: &Town, cars: &[(char, u32)], to: char) -> u32 {
        let sources: Vec<(usize, u32)> =
            cars.iter().map(|(from, cars)| (self.node(town, *from), *cars)).collect();
        let sink = self.node(town, to);
        let wanted: u32 = cars.iter().map(|(_, cars)| cars).sum();
        (1..).find(|horizon| self.flow(&sources, sink, *horizon) == wanted).unwrap()
    }

    fn flow(&self, sources: &[(usize, u32)], sink: usize, horizon: u32) -> u32 {
        let nodes = self.net.graph.nodes.len();
        let id = |node: usize, step: u32| node + nodes * step as usize;
        let source = nodes * (horizon as usize + 1);
        let mut arcs: Vec<(usize, usize, u32)> = Vec::new();
        for (edge, road) in self.net.graph.edges.iter().enumerate() {
            for step in 0..horizon {
                let end = step + self.steps[edge];
                if end <= horizon {
                    let [a, b] = road.nodes.map(|node| node as usize);
                    arcs.push((id(a, step), id(b, end), self.cars[edge]));
                    arcs.push((id(b, step), id(a, end), self.cars[edge]));
                }
            }
        }
        for node in 0..nodes {
            for step in 0..horizon {
                arcs.push((id(node, step), id(node, step + 1), u32::MAX));
            }
        }
        arcs.extend(sources.iter().map(|(node, cars)| (source, id(*node, 0), *cars)));
        max_flow(source + 1, &arcs, source, id(sink, horizon))
    }
}

/// Shortest augmenting paths.
fn max_flow(nodes: usize, arcs: &[(usize, usize, u32)], from: usize, to: usize) -> u32 {
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    let (mut head, mut room) = (Vec::new(), Vec::new());
    for (a, b, cap) in arcs {
        out[*a].push(head.len());
        head.push(*b);
        room.push(*cap);
        out[*b].push(head.len());
        head.push(*a);
        room.push(0);
    }
    let mut sum = 0;
    loop {
        let mut by = vec![usize::MAX; nodes];
        let mut queue = std::collections::VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            for arc in &out[node] {
                let next = head[*arc];
                if room[*arc] > 0 && by[next] == usize::MAX && next != from {
                    by[next] = *arc;
                    queue.push_back(next);
                }
            }
        }
        if by[to] == usize::MAX {
            return sum;
        }
        let mut path = Vec::new();
        let mut node = to;
        while node != from {
            path.push(by[node]);
            node = head[by[node] ^ 1];
        }
        let take = path.iter().map(|arc| room[*arc]).min().unwrap();
        for arc in path {
            room[arc] -= take;
            room[arc ^ 1] = room[arc ^ 1].saturating_add(take);
        }
        sum += take;
    }
}

#[test]
fn cars_wait_where_a_road_is_full() {
    let mut town = Town::new("A----------B----------C");
    town.roads("AB BC");
    // Two steps and four cars a step, then three steps and two cars a step.
    let streets = Streets::new(&town, |edge| [(2, 4), (3, 2)][edge]);
    // The tenth of ten cars enters the second road in the fifth step from the second: 2 + 4 + 3.
    assert_eq!(streets.clear(&town, &[('A', 10)], 'C'), 9);
    assert_eq!(streets.best(&town, &[('A', 10)], 'C'), 9);
    assert_eq!(streets.clear(&town, &[('A', 2)], 'C'), 5);
}

#[test]
fn a_longer_road_is_taken_when_the_short_one_is_full() {
    let mut town = Town::new(
        "
 A-----------B
 |           |
 C-----------D",
    );
    town.roads("AB ACDB");
    let streets = Streets::new(&town, |edge| [(1, 1), (3, 1)][edge]);
    // By AB one car a step arrives from the first step on, by ACDB from the third.
    assert_eq!(streets.clear(&town, &[('A', 8)], 'B'), 5);
    assert_eq!(streets.best(&town, &[('A', 8)], 'B'), 5);
}

#[test]
fn a_full_road_is_slower() {
    let mut town = Town::new("A----------B");
    town.roads("AB");
    let streets = Streets::new(&town, |_| (10, 4));
    let graph = &streets.net.graph;
    let (from, to) = (streets.place(&town, 'A'), streets.place(&town, 'B'));
    let mut left = Search::new(graph);
    left.run(graph, &streets.metric, &[to], Direction::To, u32::MAX / 2, |_, _| true);
    let mut lanes = streets.lanes((0.15, 4.0));
    let mut search = CrowdSearch::new(graph);
    let mut arrivals = Vec::new();
    for _ in 0..5 {
        let ends = [&from, &to];
        let ride = search
            .first_arrival(graph, &streets.metric, &lanes, ends, &left, (0, u32::MAX), 1000)
            .unwrap();
        lanes.reserve(&ride, 1, 1000);
        arrivals.push(ride.arrive_ms);
    }
    // 600 s · (1 + 0.15 · load⁴), loads of a quarter to a whole; the fifth waits for the next step.
    let slow = |quarters: f64| (600_000.0 * (1.0 + 0.15 * (quarters / 4.0).powi(4))) as u32;
    let expected = [slow(1.0), slow(2.0), slow(3.0), slow(4.0), STEP + slow(1.0)];
    for (arrival, expected) in arrivals.iter().zip(expected) {
        assert!(arrival.abs_diff(expected) <= 1, "{arrivals:?}");
    }
}

#[test]
fn nobody_enters_a_road_that_takes_in_nobody() {
    let mut town = Town::new("A----------B----------C");
    town.roads("AB BC");
    let streets = Streets::new(&town, |edge| [(1, 1), (1, 0)][edge]);
    let graph = &streets.net.graph;
    let (from, to) = (streets.place(&town, 'A'), streets.place(&town, 'C'));
    let mut left = Search::new(graph);
    left.run(graph, &streets.metric, &[to], Direction::To, u32::MAX / 2, |_, _| true);
    let lanes = streets.lanes((0.0, 1.0));
    let ends = [&from, &to];
    let ride = CrowdSearch::new(graph).first_arrival(
        graph,
        &streets.metric,
        &lanes,
        ends,
        &left,
        (0, u32::MAX),
        1000,
    );
    assert_eq!(ride, None);
}

#[test]
fn small_nets_are_cleared_within_a_tenth_of_the_best_and_a_hundredth_on_average() {
    let mut town = Town::new(
        "
 A-------B-------C
 |       |       |
 D-------E-------F
 |       |       |
 G-------H-------I",
    );
    town.roads("AB BC AD BE CF DE EF DG EH FI GH HI");
    let (mut worst, mut sum): (f64, f64) = (1.0, 0.0);
    for seed in 0..60_u64 {
        let pick = |salt: u64, among: u64| {
            let mut x = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(salt);
            x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((x ^ (x >> 31)) % among) as u32
        };
        let streets =
            Streets::new(&town, |edge| (1 + pick(edge as u64, 4), 1 + pick(100 + edge as u64, 4)));
        let cars =
            [('A', 20 + pick(200, 40)), ('C', 20 + pick(201, 40)), ('G', 20 + pick(202, 40))];
        let (ours, best) = (streets.clear(&town, &cars, 'I'), streets.best(&town, &cars, 'I'));
        assert!(ours >= best, "seed {seed}: {ours} steps cannot beat {best}");
        let over = f64::from(ours) / f64::from(best);
        sum += over;
        worst = worst.max(over);
    }
    assert!(worst <= 1.1 && sum / 60.0 <= 1.01, "{worst}, on average {}", sum / 60.0);
}

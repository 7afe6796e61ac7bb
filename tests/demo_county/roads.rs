//! The road net: one piece, joined at junctions, bridged over water.

use std::collections::{BTreeMap, BTreeSet};

use shouye::model::Kind;

use crate::demo::plane::{P, crossing, inside, lonlat, to_line, to_ring};
use crate::files::{Row, layer, rivers};

type Node = (i64, i64);

struct Net {
    rows: Vec<Row>,
    lines: Vec<Vec<P>>,
}

impl Net {
    fn read() -> Self {
        let rows = layer(Kind::Road);
        let lines = rows.iter().map(Row::line).collect();
        Self { rows, lines }
    }

    fn ends(&self, at: usize) -> (Node, Node) {
        let line = &self.lines[at];
        (line[0].micro(), line[line.len() - 1].micro())
    }

    fn motorway(&self, at: usize) -> bool {
        self.rows[at].get("road_class") == "motorway"
    }
}

#[test]
fn the_road_net_is_one_piece_and_reaches_every_village() {
    let net = Net::read();
    assert!((3_000..7_000).contains(&net.lines.len()), "{}", net.lines.len());
    let classes: BTreeSet<&str> = net.rows.iter().map(|row| row.get("road_class")).collect();
    assert_eq!(
        classes,
        BTreeSet::from([
            "motorway",
            "primary",
            "secondary",
            "tertiary",
            "track",
            "trunk",
            "village"
        ])
    );
    let mut around: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
    for at in 0..net.lines.len() {
        let (a, b) = net.ends(at);
        assert_ne!(a, b, "{} goes nowhere", net.rows[at].get("code"));
        around.entry(a).or_default().push(b);
        around.entry(b).or_default().push(a);
    }
    // Everything can be reached from a junction of the county town.
    let seat = lonlat(116.4961, 35.7275);
    let start = *around
        .keys()
        .min_by(|a, b| P::of(**a).distance2(seat).total_cmp(&P::of(**b).distance2(seat)))
        .unwrap();
    let mut seen = BTreeSet::from([start]);
    let mut open = vec![start];
    while let Some(node) = open.pop() {
        for next in &around[&node] {
            if seen.insert(*next) {
                open.push(*next);
            }
        }
    }
    assert_eq!(seen.len(), around.len());
    for village in layer(Kind::Settlement) {
        let ring = village.ring();
        assert!(
            seen.iter().any(|n| inside(P::of(*n), &ring) || to_ring(P::of(*n), &ring) < 40.0),
            "no road reaches {}",
            village.get("name")
        );
    }
}

#[test]
fn roads_join_where_they_cross_and_motorways_only_at_slip_roads() {
    let net = Net::read();
    let mut by_cell: BTreeMap<(i64, i64), BTreeSet<usize>> = BTreeMap::new();
    let cell = |v: f64| (v / 400.0).floor() as i64;
    for (at, line) in net.lines.iter().enumerate() {
        for s in line.windows(2) {
            for i in cell(s[0].x.min(s[1].x))..=cell(s[0].x.max(s[1].x)) {
                for j in cell(s[0].y.min(s[1].y))..=cell(s[0].y.max(s[1].y)) {
                    by_cell.entry((i, j)).or_default().insert(at);
                }
            }
        }
    }
    let mut pairs = BTreeSet::new();
    for members in by_cell.values() {
        let members: Vec<usize> = members.iter().copied().collect();
        for (n, a) in members.iter().enumerate() {
            pairs.extend(members[n + 1..].iter().map(|b| (*a, *b)));
        }
    }
    for (a, b) in pairs {
        let ((a0, a1), (b0, b1)) = (net.ends(a), net.ends(b));
        let shared = [a0, a1].iter().any(|n| *n == b0 || *n == b1);
        let name = |at: usize| format!("{} {}", net.rows[at].get("code"), net.rows[at].get("name"));
        if net.motorway(a) != net.motorway(b) {
            let other = if net.motorway(a) { b } else { a };
            let slip = net.rows[other].get("name").contains("互通匝道");
            assert!(!shared || slip, "{} joins {} without an interchange", name(a), name(b));
            continue;
        }
        for s in net.lines[a].windows(2) {
            for t in net.lines[b].windows(2) {
                if let Some((u, _)) = crossing(s[0], s[1], t[0], t[1]) {
                    let at = s[0].towards(s[1], u);
                    let node = [a0, a1].iter().any(|n| P::of(*n).distance(at) < 0.5)
                        && [b0, b1].iter().any(|n| P::of(*n).distance(at) < 0.5);
                    assert!(
                        node,
                        "{} crosses {} without a junction at {:?}",
                        name(a),
                        name(b),
                        at.micro()
                    );
                }
            }
        }
    }
    let slips = net.rows.iter().filter(|row| row.get("name").contains("互通匝道")).count();
    assert!(slips >= 6, "{slips}");
}

#[test]
fn a_bridge_stands_wherever_a_road_crosses_water() {
    let net = Net::read();
    let rivers = rivers();
    let bridges = layer(Kind::Bridge);
    let mut crossings = 0;
    for (row, line) in net.rows.iter().zip(&net.lines) {
        for (river, course, _) in &rivers {
            for s in line.windows(2) {
                for t in course.windows(2) {
                    if let Some((u, _)) = crossing(s[0], s[1], t[0], t[1]) {
                        crossings += 1;
                        assert_eq!(row.get("bridge"), "true", "{} fords {river}", row.get("code"));
                        let at = s[0].towards(s[1], u);
                        assert!(
                            bridges.iter().any(|b| b.get("river") == river
                                && b.place().distance(at) < 20.0 + b.number("length_m")),
                            "no record of the bridge of {} over {river}",
                            row.get("code")
                        );
                    }
                }
            }
        }
    }
    assert!(crossings >= 40, "{crossings}");
    let flagged = net.rows.iter().filter(|row| row.get("bridge") == "true").count();
    assert!(flagged >= bridges.len() && bridges.len() >= 40);
    // No other road runs in a river along its bank.
    for (row, line) in
        net.rows.iter().zip(&net.lines).filter(|(row, _)| row.get("bridge") != "true")
    {
        for q in line {
            let afloat = rivers.iter().any(|(_, course, half)| to_line(*q, course) < *half - 1.0);
            assert!(!afloat, "{} runs in the water at {:?}", row.get("code"), q.micro());
        }
    }
    // Lakes are gone round.
    for lake in
        layer(Kind::Waterbody).iter().filter(|row| row.get("water_type") != "old_lake_basin")
    {
        let ring = lake.ring();
        assert!(net.lines.iter().flatten().all(|q| !inside(*q, &ring)), "{}", lake.get("name"));
    }
}

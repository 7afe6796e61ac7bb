//! Township areas (示意): a partition of the outline with shared edges, grown from the seats.
//!
//! A raster is labelled by the nearest seat (with a handicap that leads each area to its wanted
//! size, and some warp so that no edge is straight). The edges between labels become arcs shared
//! by both neighbours, the arcs are cut at the outline, and faces are read off the planar graph.

use std::collections::BTreeMap;

use super::facts::Facts;
use super::plane::{Micro, P, area, crossing, inside, p, simplify, smooth};
use super::rng::noise;
use super::row::{Row, Shape};

/// Side of a raster cell in metres.
const CELL: f64 = 120.0;

/// Areas in square kilometres where none is published, in the order of the codes; scaled to fill the outline.
const WANTED_KM2: [f64; 15] =
    [45.0, 36.0, 75.0, 59.56, 82.0, 66.0, 62.0, 74.0, 58.0, 68.6, 48.7, 68.0, 46.0, 52.0, 37.0];

/// The raster over the outline's extent and a margin.
struct Raster {
    west: f64,
    south: f64,
    columns: usize,
    rows: usize,
    labels: Vec<usize>,
}

impl Raster {
    fn centre(&self, i: usize, j: usize) -> P {
        p(self.west + (i as f64 + 0.5) * CELL, self.south + (j as f64 + 0.5) * CELL)
    }

    fn corner(&self, i: usize, j: usize) -> P {
        p(self.west + i as f64 * CELL, self.south + j as f64 * CELL)
    }

    /// The label of a cell; none outside the raster.
    fn label(&self, i: i64, j: i64) -> Option<usize> {
        let inside = i >= 0 && j >= 0 && i < self.columns as i64 && j < self.rows as i64;
        inside.then(|| self.labels[j as usize * self.columns + i as usize])
    }
}

/// The areas, one ring per township in the order of the codes, anticlockwise.
pub fn partition(facts: &Facts) -> Vec<Vec<Micro>> {
    let raster = label(facts);
    let outline: Vec<Micro> = facts.outline.iter().map(|q| q.micro()).collect();
    let arcs: Vec<Vec<P>> = arcs(&raster);
    let mut edges = cut(&outline, &arcs);
    loop {
        let faces = faces(&edges);
        let homeless =
            faces.iter().position(|face| !facts.townships.iter().any(|t| holds(face, t.seat)));
        let Some(at) = homeless else {
            return facts
                .townships
                .iter()
                .map(|t| {
                    let face = faces.iter().find(|face| holds(face, t.seat)).unwrap();
                    ring_of(face)
                })
                .collect();
        };
        // A sliver cut off by a bend of the outline joins the neighbour it shares the longest edge with.
        let weakest = (0..edges.len())
            .filter(|&e| !edges[e].fixed)
            .filter(|&e| faces[at].iter().any(|half| half.edge == e))
            .max_by_key(|&e| edges[e].line.len())
            .unwrap();
        edges.remove(weakest);
    }
}

/// The township layer.
pub fn rows(facts: &Facts, areas: &[Vec<Micro>], residents: &[u64]) -> Vec<Row> {
    facts
        .townships
        .iter()
        .zip(areas)
        .zip(residents)
        .map(|((fact, ring), residents)| {
            Row::new(Shape::Ring(ring.clone()))
                .text("code", &fact.code)
                .text("name", &fact.name)
                .whole("residents", *residents)
                .text("note", "代码、名称为公开资料；范围、人口为示例，不作划界依据")
                .sample()
        })
        .collect()
}

fn label(facts: &Facts) -> Raster {
    let xs = facts.outline.iter().map(|q| q.x);
    let ys = facts.outline.iter().map(|q| q.y);
    let margin = 1500.0;
    let west = xs.clone().fold(f64::INFINITY, f64::min) - margin;
    let south = ys.clone().fold(f64::INFINITY, f64::min) - margin;
    let columns = ((xs.fold(f64::NEG_INFINITY, f64::max) + margin - west) / CELL) as usize;
    let rows = ((ys.fold(f64::NEG_INFINITY, f64::max) + margin - south) / CELL) as usize;
    let mut raster = Raster { west, south, columns, rows, labels: vec![0; columns * rows] };
    let total = area(&facts.outline);
    let scale = total / 1e6 / WANTED_KM2.iter().sum::<f64>();
    let warped: Vec<(P, bool)> = (0..columns * rows)
        .map(|at| {
            let q = raster.centre(at % columns, at / columns);
            let bend = |seed| {
                700.0 * noise(seed, q.x, q.y, 2600.0) + 220.0 * noise(seed + 7, q.x, q.y, 800.0)
            };
            (q.plus(bend(11), bend(12)), inside(q, &facts.outline))
        })
        .collect();
    let mut handicap = vec![0.0_f64; facts.townships.len()];
    let nearest = |q: P, handicap: &[f64]| {
        let cost = |k: usize| facts.townships[k].seat.distance2(q) + handicap[k];
        (1..handicap.len()).fold(0, |best, k| if cost(k) < cost(best) { k } else { best })
    };
    // A coarse sample of cells is enough to find the handicaps.
    for _ in 0..60 {
        let mut size = vec![0.0_f64; handicap.len()];
        for (at, (q, within)) in warped.iter().enumerate() {
            if *within && at % columns % 4 == 1 && at / columns % 4 == 1 {
                size[nearest(*q, &handicap)] += 16.0 * CELL * CELL / 1e6;
            }
        }
        for (k, fact) in facts.townships.iter().enumerate() {
            let wanted = fact.km2.unwrap_or(WANTED_KM2[k] * scale);
            handicap[k] += (size[k] - wanted) * 1e6 * 0.12;
        }
        // A seat stays in its own township, however small.
        for a in 0..handicap.len() {
            for b in 0..handicap.len() {
                let share = if a.max(b) < 2 { 0.45 } else { 0.75 };
                let most = share * facts.townships[a].seat.distance2(facts.townships[b].seat);
                handicap[a] = handicap[a].min(handicap[b] + most);
            }
        }
    }
    raster.labels = warped.iter().map(|(q, _)| nearest(*q, &handicap)).collect();
    raster
}

/// The lines between different labels, from junction to junction, smoothed.
fn arcs(raster: &Raster) -> Vec<Vec<P>> {
    type Corner = (usize, usize);
    let mut next: BTreeMap<Corner, Vec<Corner>> = BTreeMap::new();
    let mut link = |a: Corner, b: Corner| {
        next.entry(a).or_default().push(b);
        next.entry(b).or_default().push(a);
    };
    for j in 0..=raster.rows {
        for i in 0..=raster.columns {
            let (x, y) = (i as i64, j as i64);
            // Only edges between two cells of the raster; those at its border end in the open.
            if let (Some(a), Some(b)) = (raster.label(x, y), raster.label(x - 1, y))
                && a != b
            {
                link((i, j), (i, j + 1));
            }
            if let (Some(a), Some(b)) = (raster.label(x, y), raster.label(x, y - 1))
                && a != b
            {
                link((i, j), (i + 1, j));
            }
        }
    }
    let is_end = |corner: &Corner| next[corner].len() != 2;
    let mut out = Vec::new();
    for start in next.keys().filter(|corner| is_end(corner)) {
        for first in &next[start] {
            let mut line = vec![*start, *first];
            while !is_end(&line[line.len() - 1]) {
                let (here, from) = (line[line.len() - 1], line[line.len() - 2]);
                let on = next[&here].iter().find(|c| **c != from).unwrap();
                line.push(*on);
            }
            // Each arc is met from both ends; keep one direction.
            if line[0] < line[line.len() - 1] {
                out.push(soften(&line.iter().map(|c| raster.corner(c.0, c.1)).collect::<Vec<_>>()));
            }
        }
    }
    out
}

/// A staircase made natural, its ends kept.
fn soften(stairs: &[P]) -> Vec<P> {
    let mut line = vec![stairs[0]];
    line.extend(stairs.windows(2).map(|s| s[0].towards(s[1], 0.5)));
    line.push(stairs[stairs.len() - 1]);
    let line = simplify(&smooth(&simplify(&line, 90.0), 2), 12.0);
    line.iter().map(|q| P::of(q.micro())).collect()
}

/// An edge of the planar graph; outline edges are fixed.
struct Edge {
    line: Vec<Micro>,
    fixed: bool,
}

/// Cuts arcs and outline where they cross and keeps what is inside.
fn cut(outline: &[Micro], arcs: &[Vec<P>]) -> Vec<Edge> {
    let ring: Vec<P> = outline.iter().map(|m| P::of(*m)).collect();
    let n = ring.len();
    let mut on_outline: Vec<Vec<(f64, Micro)>> = vec![Vec::new(); n];
    let mut edges = Vec::new();
    for arc in arcs {
        let mut pieces: Vec<Vec<Micro>> = vec![vec![arc[0].micro()]];
        for s in arc.windows(2) {
            let mut hits: Vec<(f64, usize, f64)> = (0..n)
                .filter_map(|i| {
                    crossing(s[0], s[1], ring[i], ring[(i + 1) % n]).map(|(t, u)| (t, i, u))
                })
                .collect();
            hits.sort_by(|a, b| a.0.total_cmp(&b.0));
            for (t, i, u) in hits {
                let node = s[0].towards(s[1], t).micro();
                on_outline[i].push((u, node));
                pieces.last_mut().unwrap().push(node);
                pieces.push(vec![node]);
            }
            pieces.last_mut().unwrap().push(s[1].micro());
        }
        for mut line in pieces {
            line.dedup();
            if line.len() > 1 {
                let (a, b) = (P::of(line[0]), P::of(line[1]));
                let middle = a.towards(b, 0.5);
                if inside(middle, &ring) {
                    edges.push(Edge { line, fixed: false });
                }
            }
        }
    }
    let mut line: Vec<Micro> = Vec::new();
    let mut first: Option<Vec<Micro>> = None;
    for i in 0..n {
        line.push(outline[i]);
        let mut hits = on_outline[i].clone();
        hits.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (_, node) in hits {
            line.push(node);
            let done = std::mem::replace(&mut line, vec![node]);
            if first.is_none() {
                first = Some(done);
            } else {
                edges.push(Edge { line: done, fixed: true });
            }
        }
    }
    line.extend(first.unwrap());
    edges.push(Edge { line, fixed: true });
    edges
}

/// One direction of an edge.
#[derive(Clone)]
struct Half {
    edge: usize,
    line: Vec<Micro>,
}

/// The bounded faces, each as its half-edges in anticlockwise order.
fn faces(edges: &[Edge]) -> Vec<Vec<Half>> {
    let mut halves: Vec<Half> = Vec::new();
    for (edge, e) in edges.iter().enumerate() {
        halves.push(Half { edge, line: e.line.clone() });
        halves.push(Half { edge, line: e.line.iter().rev().copied().collect() });
    }
    let mut around: BTreeMap<Micro, Vec<usize>> = BTreeMap::new();
    for (h, half) in halves.iter().enumerate() {
        around.entry(half.line[0]).or_default().push(h);
    }
    for list in around.values_mut() {
        list.sort_by(|a, b| {
            let way = |h: usize| {
                let line = &halves[h].line;
                (line[1].0 - line[0].0, line[1].1 - line[0].1)
            };
            let (a, b) = (way(*a), way(*b));
            let upper = |v: (i64, i64)| v.1 > 0 || (v.1 == 0 && v.0 > 0);
            upper(b).cmp(&upper(a)).then(0.cmp(&(a.0 * b.1 - a.1 * b.0)))
        });
    }
    let mut used = vec![false; halves.len()];
    let mut out = Vec::new();
    for start in 0..halves.len() {
        if used[start] {
            continue;
        }
        let mut face = Vec::new();
        let mut at = start;
        while !used[at] {
            used[at] = true;
            face.push(halves[at].clone());
            // At the far end turn to the edge next clockwise from the one we came by.
            let twin = at ^ 1;
            let list = &around[&halves[twin].line[0]];
            let place = list.iter().position(|h| *h == twin).unwrap();
            at = list[(place + list.len() - 1) % list.len()];
        }
        if area(&ring_of(&face).iter().map(|m| P::of(*m)).collect::<Vec<_>>()) > 0.0 {
            out.push(face);
        }
    }
    out
}

fn ring_of(face: &[Half]) -> Vec<Micro> {
    face.iter().flat_map(|half| half.line[..half.line.len() - 1].iter().copied()).collect()
}

fn holds(face: &[Half], q: P) -> bool {
    inside(q, &ring_of(face).iter().map(|m| P::of(*m)).collect::<Vec<_>>())
}

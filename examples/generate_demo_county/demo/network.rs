//! The road net: lines cut where they meet, bridges where they cross water, motorways joined at interchanges only.

use std::collections::BTreeMap;

use super::bridges::{Bridge, bearing, over_water};
use super::design_lines::Line;
use super::plane::{Micro, P, along, chainage, crossing, length, part, to_segment};
use super::row::{Row, Shape};
use super::water::Water;

/// Nodes closer than this become one.
const SNAP: f64 = 16.0;

/// A stretch of road between two nodes.
#[derive(Clone)]
pub struct Segment {
    /// Name of its road.
    pub name: String,
    /// Class key.
    pub class: &'static str,
    /// Vertices; first and last are nodes.
    pub line: Vec<Micro>,
    /// Over water.
    pub bridge: bool,
    /// A slip road of an interchange.
    pub ramp: bool,
}

/// The finished net.
pub struct Network {
    /// All stretches.
    pub segments: Vec<Segment>,
    /// All bridges.
    pub bridges: Vec<Bridge>,
}

/// Cells that hold what lies near.
struct Grid<T> {
    cells: BTreeMap<(i64, i64), Vec<T>>,
}

const SIDE: f64 = 300.0;

impl<T: Copy + Ord> Grid<T> {
    fn new() -> Self {
        Self { cells: BTreeMap::new() }
    }

    fn add(&mut self, low: P, high: P, item: T) {
        for i in (low.x / SIDE).floor() as i64..=(high.x / SIDE).floor() as i64 {
            for j in (low.y / SIDE).floor() as i64..=(high.y / SIDE).floor() as i64 {
                self.cells.entry((i, j)).or_default().push(item);
            }
        }
    }

    fn near(&self, low: P, high: P) -> Vec<T> {
        let mut out = Vec::new();
        for i in (low.x / SIDE).floor() as i64..=(high.x / SIDE).floor() as i64 {
            for j in (low.y / SIDE).floor() as i64..=(high.y / SIDE).floor() as i64 {
                out.extend(self.cells.get(&(i, j)).into_iter().flatten().copied());
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

fn bounds(a: P, b: P, margin: f64) -> (P, P) {
    (
        P { x: a.x.min(b.x) - margin, y: a.y.min(b.y) - margin },
        P { x: a.x.max(b.x) + margin, y: a.y.max(b.y) + margin },
    )
}

/// Builds the net.
pub fn build(mut lines: Vec<Line>, water: &Water) -> Network {
    let ramps_from = lines.len();
    let ramps = interchanges(&mut lines);
    lines.extend(ramps);
    let mut stretches: Vec<(usize, Vec<P>)> =
        lines.iter().enumerate().map(|(k, line)| (k, line.points.clone())).collect();
    // Snapping nodes together can make new crossings; a few rounds settle it.
    for _ in 0..6 {
        let before = stretches.len();
        stretches = node(&stretches, &lines);
        if stretches.len() == before {
            break;
        }
    }
    let mut segments: Vec<Segment> = Vec::new();
    for (k, points) in stretches {
        let mut line: Vec<Micro> = points.iter().map(|q| q.micro()).collect();
        line.dedup();
        let road = &lines[k];
        segments.push(Segment {
            name: road.name.clone(),
            class: road.class,
            line,
            bridge: false,
            ramp: k >= ramps_from,
        });
    }
    drop_doubles(&mut segments);
    let mut net = over_water(segments, water);
    net.segments
        .sort_by(|a, b| rank(a).cmp(&rank(b)).then(a.name.cmp(&b.name)).then(a.line.cmp(&b.line)));
    net
}

/// Order of the classes from great to small.
fn rank(s: &Segment) -> usize {
    const CLASSES: [&str; 7] =
        ["motorway", "trunk", "primary", "secondary", "tertiary", "village", "track"];
    CLASSES.iter().position(|c| *c == s.class).unwrap()
}

/// Interchanges where a motorway crosses a great road: slip roads between a motorway vertex and the road.
fn interchanges(lines: &mut [Line]) -> Vec<Line> {
    let mut ramps = Vec::new();
    let mut used: Vec<P> = Vec::new();
    let motorways: Vec<usize> = (0..lines.len()).filter(|&k| lines[k].motorway).collect();
    for class in ["trunk", "primary", "secondary"] {
        for &m in &motorways {
            let mut hits = Vec::new();
            for road in lines.iter().filter(|l| l.class == class && !l.name.is_empty()) {
                for s in lines[m].points.windows(2) {
                    for t in road.points.windows(2) {
                        if let Some((u, _)) = crossing(s[0], s[1], t[0], t[1]) {
                            hits.push((s[0].towards(s[1], u), road.clone()));
                        }
                    }
                }
            }
            for (place, road) in hits {
                let apart = if class == "secondary" { 9000.0 } else { 4000.0 };
                if used.iter().any(|q| q.distance(place) < apart) {
                    continue;
                }
                used.push(place);
                for side in [-420.0, 420.0] {
                    let at = chainage(place, &lines[m].points);
                    let gate = P::of(along(&lines[m].points, at + side).micro());
                    let foot_at = chainage(place, &road.points) + side.signum() * 300.0;
                    let foot = along(&road.points, foot_at.clamp(0.0, length(&road.points)));
                    insert(&mut lines[m].points, gate);
                    let middle = gate.towards(foot, 0.5);
                    let bulge = middle.towards(place, 0.35);
                    ramps.push(Line {
                        name: format!(
                            "{}互通匝道",
                            lines[m].name.split(' ').next_back().unwrap_or_default()
                        ),
                        class: "primary",
                        points: vec![
                            gate,
                            gate.towards(bulge, 0.6),
                            bulge.towards(foot, 0.4),
                            foot,
                        ],
                        motorway: false,
                    });
                }
            }
        }
    }
    ramps
}

/// Makes `q`, which lies on the line, a vertex of it.
fn insert(line: &mut Vec<P>, q: P) {
    let at = (0..line.len() - 1)
        .min_by(|&a, &b| {
            to_segment(q, line[a], line[a + 1]).0.total_cmp(&to_segment(q, line[b], line[b + 1]).0)
        })
        .unwrap();
    if line[at].distance(q) > 1.0 && line[at + 1].distance(q) > 1.0 {
        line.insert(at + 1, q);
    }
}

/// One round of cutting all lines at their crossings and at the ends that touch them.
fn node(stretches: &[(usize, Vec<P>)], lines: &[Line]) -> Vec<(usize, Vec<P>)> {
    let mut pieces: Grid<(usize, usize)> = Grid::new();
    for (i, (_, line)) in stretches.iter().enumerate() {
        for (j, s) in line.windows(2).enumerate() {
            let (low, high) = bounds(s[0], s[1], 0.0);
            pieces.add(low, high, (i, j));
        }
    }
    let mut nodes = Nodes { grid: Grid::new(), places: Vec::new() };
    // Ends first: they stay where they are.
    for (_, line) in stretches {
        nodes.get(line[0]);
        nodes.get(line[line.len() - 1]);
    }
    let mut cuts: Vec<Vec<(f64, usize)>> = vec![Vec::new(); stretches.len()];
    let starts: Vec<Vec<f64>> = stretches
        .iter()
        .map(|(_, line)| {
            let mut at = 0.0;
            let mut out = vec![0.0];
            for s in line.windows(2) {
                at += s[0].distance(s[1]);
                out.push(at);
            }
            out
        })
        .collect();
    for (i, (road, line)) in stretches.iter().enumerate() {
        for (j, s) in line.windows(2).enumerate() {
            let (low, high) = bounds(s[0], s[1], 0.0);
            for (k, m) in pieces.near(low, high) {
                let (other, other_line) = &stretches[k];
                if k <= i || lines[*road].motorway != lines[*other].motorway {
                    continue;
                }
                let t = [other_line[m], other_line[m + 1]];
                if let Some((u, v)) = crossing(s[0], s[1], t[0], t[1]) {
                    let node = nodes.get(s[0].towards(s[1], u));
                    cuts[i].push((starts[i][j] + u * s[0].distance(s[1]), node));
                    cuts[k].push((starts[k][m] + v * t[0].distance(t[1]), node));
                }
            }
        }
    }
    // Ends that touch another line, and the gates of slip roads on motorways.
    for (road, line) in stretches {
        for end in [line[0], line[line.len() - 1]] {
            let (low, high) = bounds(end, end, SNAP);
            for (k, m) in pieces.near(low, high) {
                let (other, other_line) = &stretches[k];
                let (d, t) = to_segment(end, other_line[m], other_line[m + 1]);
                let reach =
                    if lines[*road].motorway == lines[*other].motorway { SNAP } else { 0.5 };
                let gate = lines[*road].class == "primary" && lines[*other].motorway;
                if d < reach && (lines[*road].motorway == lines[*other].motorway || gate) {
                    let at = starts[k][m] + t * other_line[m].distance(other_line[m + 1]);
                    let node = nodes.get(end);
                    cuts[k].push((at, node));
                }
            }
        }
    }
    let mut out = Vec::new();
    for (i, (road, line)) in stretches.iter().enumerate() {
        let total = starts[i][line.len() - 1];
        let mut own = cuts[i].clone();
        own.push((0.0, nodes.get(line[0])));
        own.push((total, nodes.get(line[line.len() - 1])));
        own.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        own.dedup_by_key(|cut| cut.1);
        for pair in own.windows(2) {
            let ((from, a), (to, b)) = (pair[0], pair[1]);
            let mut piece = part(line, from, to);
            let last = piece.len() - 1;
            piece[0] = nodes.places[a];
            piece[last] = nodes.places[b];
            // Vertices that crowd a node would make hooks.
            let keep: Vec<P> = piece
                .iter()
                .enumerate()
                .filter(|(n, q)| {
                    *n == 0
                        || *n == last
                        || (q.distance(piece[0]) > 12.0 && q.distance(piece[last]) > 12.0)
                })
                .map(|(_, q)| *q)
                .collect();
            if a != b {
                out.push((*road, keep));
            }
        }
    }
    out
}

/// Nodes by place.
struct Nodes {
    grid: Grid<usize>,
    places: Vec<P>,
}

impl Nodes {
    /// The node at or near `q`.
    fn get(&mut self, q: P) -> usize {
        let (low, high) = bounds(q, q, SNAP);
        let near = self.grid.near(low, high);
        let best = near
            .into_iter()
            .filter(|&n| self.places[n].distance(q) < SNAP)
            .min_by(|a, b| self.places[*a].distance2(q).total_cmp(&self.places[*b].distance2(q)));
        best.unwrap_or_else(|| {
            let place = P::of(q.micro());
            self.places.push(place);
            self.grid.add(place, place, self.places.len() - 1);
            self.places.len() - 1
        })
    }
}

/// Two stretches between the same nodes along the same way are one road; the greater stays.
fn drop_doubles(segments: &mut Vec<Segment>) {
    segments.retain(|s| s.line.len() > 1 && s.line[0] != s.line[s.line.len() - 1]);
    segments.sort_by(|a, b| rank(a).cmp(&rank(b)).then(a.line.cmp(&b.line)));
    let mut seen: BTreeMap<(Micro, Micro), Vec<P>> = BTreeMap::new();
    segments.retain(|s| {
        let line: Vec<P> = s.line.iter().map(|m| P::of(*m)).collect();
        let (a, b) = (s.line[0], s.line[s.line.len() - 1]);
        let key = (a.min(b), a.max(b));
        let middle = along(&line, length(&line) / 2.0);
        let middles = seen.entry(key).or_default();
        if middles.iter().any(|q| q.distance(middle) < 60.0) {
            return false;
        }
        middles.push(middle);
        true
    });
}

impl Network {
    /// The road layer.
    pub fn road_rows(&self) -> Vec<Row> {
        self.segments
            .iter()
            .enumerate()
            .map(|(i, s)| {
                let (lanes, speed) = match s.class {
                    "motorway" => (4, 120),
                    "trunk" => (4, 80),
                    _ if s.ramp => (1, 40),
                    "primary" => (2, 70),
                    "secondary" => (2, 60),
                    "tertiary" => (2, 40),
                    "village" => (1, 30),
                    _ => (1, 20),
                };
                let mut row =
                    Row::new(Shape::Line(s.line.clone())).text("code", format!("DL{:05}", i + 1));
                if !s.name.is_empty() {
                    row = row.text("name", &s.name);
                }
                row = row
                    .text("road_class", s.class)
                    .whole("lanes", lanes)
                    .whole("max_speed_kmh", speed);
                if s.bridge {
                    row = row.real("max_weight_t", bearing(s.class), 0).yes("bridge", true);
                }
                row.sample()
            })
            .collect()
    }
}

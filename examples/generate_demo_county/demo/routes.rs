//! Which places the lesser roads join: county roads from seat to seat, village roads, field tracks, lanes.

use std::collections::BTreeMap;

use super::design_lines::{BLOCKS, Line, highways, town_corner, town_streets};
use super::facts::Facts;
use super::plane::{P, crossing, length, resample, to_segment};
use super::rng::Rng;
use super::settlements::Settlement;
use super::water::{River, Water};

/// A place roads run to.
struct Site {
    place: P,
    /// Line it lies on already, so that neighbours on it need no other road.
    on: Option<usize>,
}

/// A possible road between two sites.
struct Link {
    a: usize,
    b: usize,
    metres: f64,
    wet: usize,
    sparse: bool,
}

/// All lines before they are cut at junctions.
pub fn lines(facts: &Facts, water: &Water, villages: &[Settlement]) -> Vec<Line> {
    let mut out = highways();
    for road in &mut out {
        road.points = clip(&road.points, &facts.outline);
    }
    let streets_from = out.len();
    out.extend(town_streets());
    let sites = sites(&out, streets_from, villages);
    let links = links(&sites, water);
    let mut class: Vec<Option<&'static str>> = vec![None; links.len()];
    let named = county_roads(facts, &sites, &links, &mut class);
    village_roads(&sites, &links, &mut class);
    let mut rng = Rng::new("road bends");
    for (k, link) in links.iter().enumerate() {
        if let Some(class) = class[k] {
            out.push(Line {
                name: named.get(&k).cloned().unwrap_or_default(),
                class,
                points: bend(sites[link.a].place, sites[link.b].place, &mut rng),
                motorway: false,
            });
        }
    }
    out.extend(border_roads(facts, water, villages));
    out.extend(lanes(villages));
    out
}

/// The part of a highway inside the outline.
fn clip(line: &[P], outline: &[P]) -> Vec<P> {
    let inside: Vec<bool> = line.iter().map(|q| super::plane::inside(*q, outline)).collect();
    let first = inside.iter().position(|i| *i).unwrap();
    let last = inside.iter().rposition(|i| *i).unwrap();
    line[first..=last].to_vec()
}

fn sites(roads: &[Line], streets_from: usize, villages: &[Settlement]) -> Vec<Site> {
    let mut out: Vec<Site> = villages
        .iter()
        .filter(|s| !s.town_block)
        .map(|s| Site { place: s.place, on: None })
        .collect();
    for (k, road) in roads.iter().enumerate().take(streets_from) {
        if !road.motorway {
            out.extend(road.points.iter().step_by(3).map(|q| Site { place: *q, on: Some(k) }));
        }
    }
    // The ends of the town's main streets.
    let (w, h) = (BLOCKS.0 as f64, BLOCKS.1 as f64);
    for k in 0..=BLOCKS.0 {
        for q in [town_corner(k as f64, 0.0), town_corner(k as f64, h)] {
            out.push(Site { place: q, on: Some(streets_from) });
        }
    }
    for k in 1..BLOCKS.1 {
        for q in [town_corner(0.0, k as f64), town_corner(w, k as f64)] {
            out.push(Site { place: q, on: Some(streets_from) });
        }
    }
    out
}

/// Gabriel graph of the sites; `sparse` marks the relative neighbourhood graph in it.
fn links(sites: &[Site], water: &Water) -> Vec<Link> {
    let mut out = Vec::new();
    let (low, high) = (town_corner(0.0, 0.0), town_corner(BLOCKS.0 as f64, BLOCKS.1 as f64));
    for a in 0..sites.len() {
        for b in 0..a {
            let (p, q) = (sites[a].place, sites[b].place);
            let d2 = p.distance2(q);
            if d2 > 4500.0 * 4500.0 || (sites[a].on.is_some() && sites[a].on == sites[b].on) {
                continue;
            }
            let middle = p.towards(q, 0.5);
            let in_town =
                middle.x > low.x && middle.x < high.x && middle.y > low.y && middle.y < high.y;
            if in_town || d2 < 80.0 * 80.0 {
                continue;
            }
            let (mut gabriel, mut sparse) = (true, true);
            for (c, site) in sites.iter().enumerate() {
                if c == a || c == b {
                    continue;
                }
                let (pc, qc) = (p.distance2(site.place), q.distance2(site.place));
                if pc + qc < d2 {
                    gabriel = false;
                    break;
                }
                sparse &= pc.max(qc) >= d2;
            }
            if gabriel {
                let wet = water.rivers.iter().map(|r| wet(p, q, r)).sum();
                out.push(Link { a, b, metres: d2.sqrt(), wet, sparse });
            }
        }
    }
    out
}

/// How often a straight road meets a river; one that runs in the water beside it counts as many.
fn wet(p: P, q: P, river: &River) -> usize {
    let course = &river.line;
    let times = course.windows(2).filter(|s| crossing(p, q, s[0], s[1]).is_some()).count();
    let grazes = course.iter().any(|v| to_segment(*v, p, q).0 < river.half_width + 70.0);
    if times == 0 && grazes { 3 } else { times }
}

/// Shortest path by a cost for each link.
fn path(
    n: usize,
    links: &[Link],
    cost: &dyn Fn(usize) -> f64,
    from: usize,
    to: usize,
) -> Vec<usize> {
    let mut around: Vec<Vec<usize>> = vec![Vec::new(); n];
    for (k, link) in links.iter().enumerate() {
        around[link.a].push(k);
        around[link.b].push(k);
    }
    let mut best = vec![f64::INFINITY; n];
    let mut by = vec![usize::MAX; n];
    let mut done = vec![false; n];
    best[from] = 0.0;
    while let Some(at) = (0..n)
        .filter(|&i| !done[i] && best[i].is_finite())
        .min_by(|a, b| best[*a].total_cmp(&best[*b]))
    {
        if at == to {
            break;
        }
        done[at] = true;
        for &k in &around[at] {
            let next = links[k].a + links[k].b - at;
            if best[at] + cost(k) < best[next] {
                best[next] = best[at] + cost(k);
                by[next] = k;
            }
        }
    }
    let mut out = Vec::new();
    let mut at = to;
    while at != from && by[at] != usize::MAX {
        out.push(by[at]);
        at = links[by[at]].a + links[by[at]].b - at;
    }
    out
}

/// Seat to seat; the names by link.
fn county_roads(
    facts: &Facts,
    sites: &[Site],
    links: &[Link],
    class: &mut [Option<&'static str>],
) -> BTreeMap<usize, String> {
    let seats: Vec<P> = facts.townships.iter().map(|t| t.seat).collect();
    let nearest = |q: P, village_only: bool| {
        (0..sites.len())
            .filter(|&i| !village_only || sites[i].on.is_none())
            .min_by(|a, b| sites[*a].place.distance2(q).total_cmp(&sites[*b].place.distance2(q)))
            .unwrap()
    };
    let mut names = BTreeMap::new();
    let mut number = 0;
    for a in 1..seats.len() {
        for b in 0..a {
            let blocked = (0..seats.len()).any(|c| {
                c != a
                    && c != b
                    && seats[a].distance2(seats[c]).max(seats[b].distance2(seats[c])) * 0.9
                        < seats[a].distance2(seats[b])
            });
            if blocked || (a, b) == (1, 0) {
                continue;
            }
            number += 1;
            let (from, to) = (nearest(seats[a], a > 1), nearest(seats[b], b > 1));
            let taken: Vec<bool> = class.iter().map(Option::is_some).collect();
            let cost = |k: usize| {
                let link = &links[k];
                let base = link.metres * (1.0 + link.metres / 6000.0) + 1500.0 * link.wet as f64;
                if taken[k] { base * 0.55 } else { base }
            };
            for k in path(sites.len(), links, &cost, from, to) {
                if class[k].is_none() {
                    class[k] = Some("secondary");
                    let short = |i: usize| {
                        facts.townships[i]
                            .name
                            .trim_end_matches(['镇', '乡'])
                            .trim_end_matches("街道")
                            .to_owned()
                    };
                    names.insert(k, format!("县道X{:03} {}—{}", 100 + number, short(b), short(a)));
                }
            }
        }
    }
    names
}

/// The other roads: the sparse graph, few of its bridges, some of the rest as tracks; then whatever joins all sites.
fn village_roads(sites: &[Site], links: &[Link], class: &mut [Option<&'static str>]) {
    let mut rng = Rng::new("village roads");
    let mut bridges: Vec<P> = Vec::new();
    let mut order: Vec<usize> = (0..links.len()).collect();
    order.sort_by(|a, b| links[*a].metres.total_cmp(&links[*b].metres).then(a.cmp(b)));
    for &k in &order {
        let middle = sites[links[k].a].place.towards(sites[links[k].b].place, 0.5);
        let dry = links[k].wet == 0;
        if class[k].is_some() {
            if !dry {
                bridges.push(middle);
            }
            continue;
        }
        let few = bridges.iter().all(|q| q.distance(middle) > 2300.0);
        let luck = rng.unit();
        class[k] = match (dry, links[k].sparse) {
            (true, true) => Some(if luck < 0.3 { "tertiary" } else { "village" }),
            (true, false) if links[k].metres < 2600.0 && luck < 0.42 => Some("village"),
            (true, false) if links[k].metres < 2600.0 && luck < 0.78 => Some("track"),
            (false, true) if few && links[k].wet == 1 => {
                bridges.push(middle);
                Some("tertiary")
            }
            _ => None,
        };
    }
    let mut parent: Vec<usize> = (0..sites.len()).collect();
    fn root(parent: &mut [usize], mut i: usize) -> usize {
        while parent[i] != i {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        i
    }
    // Sites on drawn lines hang together already: streets and highways cross one another.
    let on: Vec<usize> = (0..sites.len()).filter(|&i| sites[i].on.is_some()).collect();
    for pair in on.windows(2) {
        let (a, b) = (root(&mut parent, pair[0]), root(&mut parent, pair[1]));
        parent[a] = b;
    }
    for pass in 0..2 {
        for &k in &order {
            let (a, b) = (root(&mut parent, links[k].a), root(&mut parent, links[k].b));
            if class[k].is_some_and(|c| c != "track") {
                parent[a] = b;
            } else if pass == 1 && a != b {
                class[k] = Some("village");
                parent[a] = b;
            }
        }
    }
}

/// A road that is not quite straight.
fn bend(a: P, b: P, rng: &mut Rng) -> Vec<P> {
    let d = a.distance(b);
    let (ux, uy) = a.heading(b);
    let side = d.min(1500.0) * 0.05;
    let (one, two) = (rng.between(-side, side), rng.between(-side, side));
    if d < 250.0 {
        return vec![a, b];
    }
    vec![
        a,
        a.towards(b, 0.33).plus(-uy * one, ux * one),
        a.towards(b, 0.67).plus(-uy * two, ux * two),
        b,
    ]
}

/// Roads from villages near the border to the neighbours, ending on the outline.
fn border_roads(facts: &Facts, water: &Water, villages: &[Settlement]) -> Vec<Line> {
    let ring = &facts.outline;
    let mut out: Vec<Line> = Vec::new();
    let mut exits: Vec<P> = Vec::new();
    for i in 0..ring.len() {
        let middle = ring[i].towards(ring[(i + 1) % ring.len()], 0.5);
        let Some(near) = villages
            .iter()
            .filter(|s| !s.town_block)
            .min_by(|a, b| a.place.distance2(middle).total_cmp(&b.place.distance2(middle)))
        else {
            continue;
        };
        let road = [near.place, middle];
        let wet = water.rivers.iter().any(|r| super::plane::lines_cross(&road, &r.line));
        let out_and_in = (0..ring.len())
            .filter(|&j| crossing(road[0], road[1], ring[j], ring[(j + 1) % ring.len()]).is_some())
            .count();
        let d = length(&road);
        if d < 2500.0
            && !wet
            && out_and_in <= 1
            && exits.iter().all(|q| q.distance(middle) > 4200.0)
        {
            exits.push(middle);
            out.push(Line {
                name: String::new(),
                class: "tertiary",
                points: resample(&road, 900.0),
                motorway: false,
            });
        }
    }
    out
}

/// A few lanes in each village, more in larger ones.
fn lanes(villages: &[Settlement]) -> Vec<Line> {
    let mut out = Vec::new();
    for s in villages.iter().filter(|s| !s.town_block) {
        let mut rng = Rng::new(&format!("lanes {}", s.fact.code));
        let tilt = rng.between(-0.12, 0.12);
        let reach = s.radius * 0.8;
        let mut lane = |x0: f64, y0: f64, x1: f64, y1: f64| {
            let turn = |x: f64, y: f64| s.place.plus(x - y * tilt, y + x * tilt);
            let (a, b) = (turn(x0, y0), turn(x1, y1));
            out.push(Line {
                name: String::new(),
                class: "village",
                points: vec![a, b],
                motorway: false,
            });
        };
        lane(-reach, 0.0, reach, 0.0);
        lane(0.0, -reach * 0.8, 0.0, reach * 0.8);
        if s.residents > 1100 {
            lane(-reach * 0.8, reach * 0.45, reach * 0.8, reach * 0.45);
            lane(reach * 0.5, -reach * 0.7, reach * 0.5, reach * 0.7);
        }
    }
    out
}

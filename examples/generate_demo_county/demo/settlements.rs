//! Villages and communities: where they stand, how far they extend, who lives there.

use geo::{Area, BooleanOps};
use geo_types::{Coord, LineString, Polygon};

use super::design_lines::{BLOCK, BLOCKS, Line, town_corner};
use super::facts::{Facts, VillageFact};
use super::names::arrange;
use super::plane::{CIRCLE, Micro, P, area, beside, inside, p, to_line, to_ring};
use super::rng::Rng;
use super::row::{Row, Shape};
use super::terrain::Terrain;
use super::water::Water;

/// A village or community.
pub struct Settlement {
    /// Code and names.
    pub fact: VillageFact,
    /// Which township, by position.
    pub township: usize,
    /// Its middle.
    pub place: P,
    /// Radius of a circle that holds its extent, in metres.
    pub radius: f64,
    /// Default extent.
    pub extent: Vec<Micro>,
    /// Counted as urban in the demo's split.
    pub urban: bool,
    /// A block of the county town.
    pub town_block: bool,
    /// Residents by night.
    pub residents: u64,
    /// Present by day.
    pub residents_day: u64,
    /// Households.
    pub households: u64,
    /// Share of people who need help.
    pub vulnerable_share: f64,
}

/// What villages must keep clear of.
pub struct Ground<'a> {
    /// Facts.
    pub facts: &'a Facts,
    /// Township rings in metres.
    pub areas: Vec<Vec<P>>,
    /// Water.
    pub water: &'a Water,
    /// Ground.
    pub terrain: &'a Terrain,
    /// Highways.
    pub highways: &'a [Line],
}

/// Places round the seat of 南站街道 that count as urban: its communities and a few villages. The rest of
/// this street is villages like those of any township.
const NANZHAN_URBAN: usize = 9;

/// Where a village may be, and how large.
struct Slot {
    place: P,
    radius: f64,
    town_block: bool,
    ring: Vec<P>,
}

impl Ground<'_> {
    /// Room for a village at `q`: the radius that keeps clear of everything but other villages.
    fn room(&self, q: P, township: usize) -> f64 {
        let area = &self.areas[township];
        if !inside(q, area) || self.terrain.height(q) > 88.0 {
            return 0.0;
        }
        let mut room = (to_ring(q, area) - 30.0) / 1.12;
        room = room.min((self.water.clearance(q) - 150.0) / 1.12);
        room = room.min((self.water.basin_distance(q) - 60.0) / 1.12);
        for line in self.highways {
            let keep = if line.motorway { 120.0 } else { 40.0 };
            room = room.min((to_line(q, &line.points) - keep) / 1.12);
        }
        let (low, high) = (
            town_corner(-0.15, -0.15),
            town_corner(BLOCKS.0 as f64 + 0.15, BLOCKS.1 as f64 + 0.15),
        );
        let (dx, dy) = ((low.x - q.x).max(q.x - high.x), (low.y - q.y).max(q.y - high.y));
        room.min(dx.max(dy) / 1.12)
    }
}

/// All settlements in the order of their codes.
pub fn settle(ground: &Ground) -> Vec<Settlement> {
    let facts = ground.facts;
    let mut placed: Vec<(P, f64)> = Vec::new();
    let mut slots: Vec<Vec<Slot>> = (0..facts.townships.len()).map(|_| Vec::new()).collect();
    town_blocks(ground, &mut slots);
    // Town neighbourhoods first, then the villages of all townships by turns.
    for (k, own) in slots.iter_mut().enumerate() {
        let communities = facts.villages_of(k).iter().filter(|v| v.community).count();
        let compact = if k < 2 { 0 } else { communities.max(3) };
        seat_cluster(ground, k, compact, own, &mut placed);
    }
    for (k, own) in slots.iter_mut().enumerate() {
        let wanted = facts.villages_of(k).len();
        let mut rng = Rng::new(&format!("villages {k}"));
        while own.len() < wanted {
            let place = best_candidate(ground, k, &placed, &mut rng);
            let radius = ground.room(place, k).min(420.0);
            placed.push((place, radius.min(300.0)));
            own.push(Slot { place, radius, town_block: false, ring: Vec::new() });
        }
    }
    let mut out = Vec::new();
    for (k, own) in slots.into_iter().enumerate() {
        let villages = facts.villages_of(k);
        let places: Vec<P> = own.iter().map(|slot| slot.place).collect();
        let order = arrange(&villages, &places, &facts.townships[k].name);
        for (fact, at) in villages.into_iter().zip(order) {
            let slot = &own[at];
            // The first places of a township are those round its seat.
            let round_seat = if k == 2 { NANZHAN_URBAN } else { 3 };
            out.push(Settlement {
                fact,
                township: k,
                place: slot.place,
                radius: slot.radius,
                extent: slot.ring.iter().map(|q| q.micro()).collect(),
                urban: slot.town_block || k < 2 || at < round_seat,
                town_block: slot.town_block,
                residents: 0,
                residents_day: 0,
                households: 0,
                vulnerable_share: 0.0,
            });
        }
    }
    limit_radii(&mut out);
    people(facts, &mut out);
    for s in &mut out {
        if !s.town_block {
            blob(s);
        }
    }
    out
}

/// The communities of the two town streets: one town block each, cut at the river and the township edge.
fn town_blocks(ground: &Ground, slots: &mut [Vec<Slot>]) {
    let mut blocks: Vec<(usize, P, Vec<P>, f64)> = Vec::new();
    for j in 0..BLOCKS.1 {
        for i in 0..BLOCKS.0 {
            let low = town_corner(i as f64, j as f64).plus(30.0, 30.0);
            let high = low.plus(BLOCK.0 - 60.0, BLOCK.1 - 60.0);
            let block = vec![low, p(high.x, low.y), high, p(low.x, high.y)];
            for k in 0..2 {
                let mut shape = polygon(&block).intersection(&polygon(&ground.areas[k]));
                for river in &ground.water.rivers {
                    let reach = river.half_width + 25.0;
                    let mut strip = beside(&river.line, reach);
                    strip.extend(beside(&river.line, -reach).into_iter().rev());
                    shape = shape.difference(&polygon(&strip));
                }
                let Some(largest) = shape
                    .0
                    .into_iter()
                    .max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))
                else {
                    continue;
                };
                let ring: Vec<P> =
                    largest.exterior().0.iter().skip(1).map(|c| p(c.x, c.y)).collect();
                let ring: Vec<P> = ring.iter().map(|q| P::of(q.micro())).collect();
                let size = area(&ring).abs();
                let middle = centroid(&ring);
                if size > 0.33 * BLOCK.0 * BLOCK.1 && inside(middle, &ring) {
                    blocks.push((k, middle, ring, size));
                }
            }
        }
    }
    for (k, own) in slots.iter_mut().enumerate().take(2) {
        let wanted = ground.facts.villages_of(k).iter().filter(|v| v.community).count();
        let seat = ground.facts.townships[k].seat;
        let mut mine: Vec<_> = blocks.iter().filter(|b| b.0 == k).collect();
        mine.sort_by(|a, b| a.1.distance2(seat).total_cmp(&b.1.distance2(seat)));
        for (_, middle, ring, _) in mine.into_iter().take(wanted) {
            own.push(Slot { place: *middle, radius: 0.0, town_block: true, ring: ring.clone() });
        }
    }
}

fn centroid(ring: &[P]) -> P {
    let (mut x, mut y, mut six) = (0.0, 0.0, 0.0);
    for i in 0..ring.len() {
        let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
        let cross = a.x * b.y - b.x * a.y;
        x += (a.x + b.x) * cross;
        y += (a.y + b.y) * cross;
        six += 3.0 * cross;
    }
    p(x / six, y / six)
}

/// A ring as a geo polygon.
pub fn polygon(ring: &[P]) -> Polygon<f64> {
    let mut line: Vec<Coord<f64>> = ring.iter().map(|q| Coord { x: q.x, y: q.y }).collect();
    line.push(line[0]);
    Polygon::new(LineString(line), Vec::new())
}

/// Neighbourhoods round a township's seat, the seat itself first.
fn seat_cluster(
    ground: &Ground,
    k: usize,
    wanted: usize,
    slots: &mut Vec<Slot>,
    placed: &mut Vec<(P, f64)>,
) {
    let seat = ground.facts.townships[k].seat;
    let mut rng = Rng::new(&format!("seat {k}"));
    let mut tries = 0;
    let mut reach = 60.0;
    let mut own = 0;
    while own < wanted {
        tries += 1;
        reach += if tries % 8 == 0 { 25.0 } else { 0.0 };
        let (dx, dy) = rng.direction();
        let place = seat.plus(dx * reach, dy * reach);
        let radius = ground.room(place, k).min(340.0);
        let gap =
            placed.iter().map(|(q, r)| q.distance(place) - r * 1.12).fold(f64::INFINITY, f64::min);
        if radius >= 250.0 && gap > 330.0 {
            placed.push((place, 280.0));
            slots.push(Slot {
                place,
                radius: radius.min(320.0),
                town_block: false,
                ring: Vec::new(),
            });
            own += 1;
        }
    }
}

/// Mitchell's best candidate: of many random places the one farthest from its neighbours.
fn best_candidate(ground: &Ground, k: usize, placed: &[(P, f64)], rng: &mut Rng) -> P {
    let ring = &ground.areas[k];
    let low =
        ring.iter().fold(p(f64::INFINITY, f64::INFINITY), |a, q| p(a.x.min(q.x), a.y.min(q.y)));
    let high = ring
        .iter()
        .fold(p(f64::NEG_INFINITY, f64::NEG_INFINITY), |a, q| p(a.x.max(q.x), a.y.max(q.y)));
    let mut best = (-1.0, low);
    let mut found = 0;
    while found < 14 {
        let q = p(rng.between(low.x, high.x), rng.between(low.y, high.y));
        let room = ground.room(q, k);
        if room < 150.0 {
            continue;
        }
        found += 1;
        let gap =
            placed.iter().map(|(other, r)| other.distance(q) - r).fold(f64::INFINITY, f64::min);
        if gap > best.0 {
            best = (gap, q);
        }
    }
    best.1
}

/// No two extents may touch.
fn limit_radii(all: &mut [Settlement]) {
    for i in 0..all.len() {
        for j in 0..i {
            let gap = all[i].place.distance(all[j].place) - 50.0;
            let sum = (all[i].radius + all[j].radius) * 1.12;
            if !all[i].town_block && !all[j].town_block && sum > gap {
                let share = gap / sum;
                all[i].radius *= share;
                all[j].radius *= share;
            }
        }
    }
}

/// Residents that add up exactly: the urban ones to the urban figure, all to the county figure.
fn people(facts: &Facts, all: &mut [Settlement]) {
    let mut rng = Rng::new("people");
    let weights: Vec<f64> = all
        .iter()
        .map(|s| {
            let size = if s.town_block {
                let ring: Vec<P> = s.extent.iter().map(|m| P::of(*m)).collect();
                10_400.0 * area(&ring).abs() / (BLOCK.0 * BLOCK.1)
            } else if s.fact.community {
                4300.0
            } else if s.urban && s.township < 2 {
                // Villages that the county town has grown around.
                3900.0
            } else if s.urban {
                2500.0
            } else {
                1150.0
            };
            // Skewed: many small places, a few large ones; what fits its room.
            let luck = 0.55 + 0.5 * rng.unit() + 0.7 * rng.unit() * rng.unit();
            let room = if s.town_block { 1.0 } else { (s.radius / 260.0).clamp(0.6, 1.3) };
            size * luck * room
        })
        .collect();
    for urban in [true, false] {
        let total = if urban { facts.urban } else { facts.residents - facts.urban };
        let group: Vec<usize> = (0..all.len()).filter(|&i| all[i].urban == urban).collect();
        let sum: f64 = group.iter().map(|&i| weights[i]).sum();
        let mut left = total;
        for &i in &group {
            all[i].residents = (weights[i] / sum * total as f64) as u64;
            left -= all[i].residents;
        }
        // What rounding left over goes to the first ones, a person each.
        for &i in group.iter().cycle().take(left as usize) {
            all[i].residents += 1;
        }
    }
    for s in all.iter_mut() {
        let away = if s.town_block {
            rng.between(0.86, 1.12)
        } else if s.urban {
            rng.between(0.78, 0.95)
        } else {
            rng.between(0.68, 0.84)
        };
        let household = if s.urban { rng.between(2.75, 3.05) } else { rng.between(2.85, 3.35) };
        let share = if s.urban { rng.between(0.24, 0.31) } else { rng.between(0.33, 0.44) };
        s.residents_day = (s.residents as f64 * away) as u64;
        s.households = (s.residents as f64 / household) as u64;
        s.vulnerable_share = (share * 1000.0).round() / 1000.0;
    }
}

/// A compact uneven outline, as large as its people need and its room allows.
fn blob(s: &mut Settlement) {
    let mut rng = Rng::new(&s.fact.code);
    let per_person = if s.urban { 75.0 } else { 150.0 };
    let needed = (s.residents as f64 * per_person / 2.95).sqrt();
    s.radius = s.radius.min(needed);
    let (wide, tilt) = (rng.between(0.82, 1.0), rng.between(-0.12, 0.12));
    let ring: Vec<P> = CIRCLE
        .iter()
        .step_by(2)
        .map(|(c, n)| {
            // Between a circle and a square, wider than high.
            let square = 1.0 / c.abs().max(n.abs());
            let r = s.radius * (0.55 + 0.45 * square).min(1.12) * rng.between(0.9, 1.0);
            let (x, y) = (c * r, n * r * wide);
            s.place.plus(x - y * tilt, y + x * tilt)
        })
        .collect();
    s.extent = ring.iter().map(|q| q.micro()).collect();
}

/// The settlement layer.
pub fn rows(facts: &Facts, all: &[Settlement]) -> Vec<Row> {
    all.iter()
        .map(|s| {
            Row::new(Shape::Ring(s.extent.clone()))
                .text("code", &s.fact.code)
                .text("name", &s.fact.name)
                .text("township", &facts.townships[s.township].name)
                .text("settlement_type", if s.fact.community { "community" } else { "village" })
                .whole("residents", s.residents as i64)
                .whole("residents_day", s.residents_day as i64)
                .whole("households", s.households as i64)
                .real("vulnerable_share", s.vulnerable_share, 3)
                .yes("urban", s.urban)
                .text("official_name", &s.fact.official)
                .sample()
        })
        .collect()
}

/// Residents of each township.
pub fn by_township(facts: &Facts, all: &[Settlement]) -> Vec<u64> {
    (0..facts.townships.len())
        .map(|k| all.iter().filter(|s| s.township == k).map(|s| s.residents).sum())
        .collect()
}

//! Finding room for a facility: beside a road, in its township, clear of water and of its neighbours.

use super::County;
use super::plane::{P, along, inside, length, to_line, to_ring};
use super::rng::Rng;

/// What a facility asks of its place.
#[derive(Clone, Copy)]
pub struct Wish {
    near: P,
    township: usize,
    clear: f64,
    reach: f64,
    apart: f64,
}

impl Wish {
    /// Near a place in a township, 60 m clear of water.
    pub fn new(near: P, township: usize) -> Self {
        Self { near, township, clear: 60.0, reach: 260.0, apart: 0.0 }
    }

    /// At least so many metres to the water's edge.
    pub fn clear(self, clear: f64) -> Self {
        Self { clear, ..self }
    }

    /// Anywhere within so many metres.
    pub fn within(self, reach: f64) -> Self {
        Self { reach, ..self }
    }

    /// So many metres from every village.
    pub fn apart(self, apart: f64) -> Self {
        Self { apart, ..self }
    }
}

/// How far round a seat its facilities are spread, in metres.
pub const SEAT: f64 = 620.0;

/// Keeps what has been built, so that nothing stands on anything else.
pub struct Builder<'a> {
    /// The county so far.
    pub county: &'a County,
    rings: Vec<Vec<P>>,
    streets: Vec<Vec<P>>,
    all_roads: Vec<(P, f64, Vec<P>)>,
    taken: Vec<P>,
    /// Ponds dug so far.
    pub ponds: Vec<Vec<P>>,
}

impl<'a> Builder<'a> {
    /// Nothing is built yet.
    pub fn new(county: &'a County) -> Self {
        let line =
            |s: &super::network::Segment| s.line.iter().map(|m| P::of(*m)).collect::<Vec<P>>();
        let streets = county
            .roads
            .segments
            .iter()
            .filter(|s| !s.bridge && !s.ramp && s.class != "motorway" && s.class != "track")
            .map(line)
            .filter(|l| length(l) > 45.0)
            .collect();
        let all_roads = county
            .roads
            .segments
            .iter()
            .map(|s| {
                let l = line(s);
                let middle = along(&l, length(&l) / 2.0);
                let reach = l.iter().map(|q| q.distance(middle)).fold(0.0, f64::max);
                (middle, reach, l)
            })
            .collect();
        let rings = county.areas.iter().map(|r| r.iter().map(|m| P::of(*m)).collect()).collect();
        Self { county, rings, streets, all_roads, taken: Vec::new(), ponds: Vec::new() }
    }

    /// Which township a place is in, if it is in the county.
    pub fn find_township(&self, q: P) -> Option<usize> {
        (0..self.rings.len()).find(|&k| inside(q, &self.rings[k]))
    }

    /// Which township a place in the county is in.
    pub fn township_at(&self, q: P) -> usize {
        self.find_township(q).unwrap()
    }

    /// Whether a place is in this township.
    pub fn in_township(&self, q: P, k: usize) -> bool {
        inside(q, &self.rings[k])
    }

    /// Whether a circle touches no road, village, river, basin or pond and lies in the county.
    pub fn open_ground(&self, q: P, radius: f64) -> bool {
        let county = self.county;
        self.find_township(q).is_some()
            && county.water.clearance(q) > radius
            && county.water.basin_distance(q) > radius
            && to_ring(q, &county.facts.outline) > radius
            && self.ponds.iter().all(|ring| to_ring(q, ring) > radius && !inside(q, ring))
            && county.villages.iter().all(|v| {
                let ring: Vec<P> = v.extent.iter().map(|m| P::of(*m)).collect();
                v.place.distance(q) > radius + 1500.0
                    || (to_ring(q, &ring) > radius && !inside(q, &ring))
            })
            && self.all_roads.iter().all(|(middle, reach, l)| {
                middle.distance(q) > reach + radius || to_line(q, l) > radius
            })
    }

    /// Name of a township.
    pub fn township_name(&self, k: usize) -> &str {
        &self.county.facts.townships[k].name
    }

    /// Its name without `镇`, `乡` or `街道`.
    pub fn short(&self, k: usize) -> &str {
        self.township_name(k).trim_end_matches(['镇', '乡']).trim_end_matches("街道")
    }

    /// A place beside a road, as wished; the search widens until there is one.
    pub fn beside_road(&mut self, wish: Wish, rng: &mut Rng) -> P {
        let mut reach = wish.reach;
        loop {
            let close: Vec<usize> = (0..self.streets.len())
                .filter(|&i| {
                    let l = &self.streets[i];
                    along(l, length(l) / 2.0).distance(wish.near) < reach
                })
                .collect();
            for _ in 0..if close.is_empty() { 0 } else { 60 } {
                let street = &self.streets[close[rng.below(close.len())]];
                let at = rng.between(0.15, 0.85) * length(street);
                let foot = along(street, at);
                let (ux, uy) = foot.heading(along(street, at + 5.0));
                let side = rng.between(22.0, 40.0) * if rng.chance(0.5) { 1.0 } else { -1.0 };
                let q = P::of(foot.plus(-uy * side, ux * side).micro());
                if q.distance(wish.near) < reach + 60.0 && self.free(q, &wish) {
                    self.taken.push(q);
                    return q;
                }
            }
            reach *= 1.3;
        }
    }

    fn free(&self, q: P, wish: &Wish) -> bool {
        let water = &self.county.water;
        inside(q, &self.rings[wish.township])
            && water.clearance(q) > wish.clear
            && water.basin_distance(q) > 20.0
            && self.ponds.iter().all(|ring| !inside(q, ring) && to_ring(q, ring) > 15.0)
            && self.taken.iter().all(|other| other.distance(q) > 55.0)
            && self.road_distance(q) > 14.0
            && (wish.apart == 0.0 || self.village_distance(q) > wish.apart)
    }

    /// Distance to the nearest village extent; 0 inside.
    fn village_distance(&self, q: P) -> f64 {
        let near = self.county.villages.iter().filter(|v| v.place.distance(q) < 2000.0);
        near.map(|v| {
            let ring: Vec<P> = v.extent.iter().map(|m| P::of(*m)).collect();
            if inside(q, &ring) { 0.0 } else { to_ring(q, &ring) }
        })
        .fold(f64::INFINITY, f64::min)
    }

    /// Distance to the nearest road of any kind, as far as it matters.
    fn road_distance(&self, q: P) -> f64 {
        self.all_roads
            .iter()
            .filter(|(middle, reach, _)| middle.distance(q) < reach + 40.0)
            .map(|(_, _, l)| to_line(q, l))
            .fold(40.0, f64::min)
    }

    /// Distance to the nearest river's edge and height of the ground decide whether a place is fit in a flood.
    pub fn floods(&self, q: P) -> bool {
        let water = &self.county.water;
        water.clearance(q) < 450.0
            || water.basin_distance(q) < 350.0
            || self.county.terrain.height(q) < 38.6
    }

    /// The villages of a township, by position.
    pub fn villages_of(&self, k: usize) -> Vec<usize> {
        (0..self.county.villages.len()).filter(|&i| self.county.villages[i].township == k).collect()
    }
}

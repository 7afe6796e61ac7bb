//! Guessing the coordinate reference system of a table from the size of its numbers.

use geo_types::{Coord, Rect};

use super::{CGCS2000, Crs};
use crate::spatial::tmerc::TransverseMercator;

/// Which of the two columns counts eastward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axes {
    /// x is easting or longitude, y northing or latitude.
    XEast,
    /// x is northing or latitude, as in Chinese survey tables; y easting or longitude.
    XNorth,
}

impl Axes {
    /// The coordinate with x east and y north.
    pub fn east_north(self, x: f64, y: f64) -> Coord<f64> {
        match self {
            Self::XEast => Coord { x, y },
            Self::XNorth => Coord { x: y, y: x },
        }
    }
}

/// What the numbers look like.
#[derive(Clone, Debug, PartialEq)]
pub struct CrsGuess {
    /// The likeliest system.
    pub crs: Crs,
    /// Which column is which.
    pub axes: Axes,
    /// Nothing else fits nearly as well; otherwise somebody has to confirm.
    pub sure: bool,
}

/// Mainland, islands and a margin: where a county's data lie unless something else is known.
const CHINA: [f64; 4] = [73.0, 3.0, 136.0, 54.0];

/// Guesses from `pairs` as they stand in the columns x and y. `near` is the extent in degrees of what
/// is already known of the county; eastings without zone number cannot be told apart without it.
///
/// `None` if the numbers fit nothing.
pub fn guess(pairs: &[(f64, f64)], near: Option<Rect<f64>>) -> Option<CrsGuess> {
    let pairs: Vec<(f64, f64)> = pairs
        .iter()
        .copied()
        // Zeros stand for "no coordinates" in many ledgers.
        .filter(|(x, y)| x.is_finite() && y.is_finite() && (*x != 0.0 || *y != 0.0))
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let mut found: Vec<(CrsGuess, f64, f64)> = Vec::new();
    for axes in [Axes::XEast, Axes::XNorth] {
        let coords: Vec<Coord<f64>> = pairs.iter().map(|(x, y)| axes.east_north(*x, *y)).collect();
        for crs in candidates(&coords, near) {
            let places: Vec<Coord<f64>> =
                coords.iter().filter_map(|at| crs.to_lonlat(*at)).collect();
            let share = |n: usize| n as f64 / coords.len() as f64;
            if share(places.len()) < 0.9 {
                continue;
            }
            let within = |frame: [f64; 4]| {
                let [x0, y0, x1, y1] = frame;
                let inside = |p: &&Coord<f64>| (x0..=x1).contains(&p.x) && (y0..=y1).contains(&p.y);
                share(places.iter().filter(inside).count())
            };
            let nearby = near.map_or(0.0, |r| {
                let margin = r.width().max(r.height()).max(0.25);
                let (low, high) = (r.min(), r.max());
                within([low.x - margin, low.y - margin, high.x + margin, high.y + margin])
            });
            let china = within(CHINA);
            // Any two large numbers are metres somewhere on the globe.
            if crs.is_degrees() || nearby.max(china) >= 0.5 {
                found.push((CrsGuess { crs, axes, sure: false }, nearby, china));
            }
        }
    }
    // Stable: what comes first in `candidates` wins among equals.
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.2.total_cmp(&a.2)));
    let score = |(_, nearby, china): &(CrsGuess, f64, f64)| {
        if *nearby > 0.0 { 1.0 + nearby } else { *china }
    };
    let mut ranked = found.iter();
    let (best, second) = (ranked.next()?, ranked.next());
    let alone = second.is_none_or(|other| score(other) < score(best) - 0.5);
    // Where there is something near to compare with, a sure guess has to lie there.
    let placed = near.is_none() || best.1 >= 0.5;
    Some(CrsGuess { sure: alone && placed, ..best.0.clone() })
}

/// Systems whose numbers have this size, commonest first.
fn candidates(coords: &[Coord<f64>], near: Option<Rect<f64>>) -> Vec<Crs> {
    let middle = |part: fn(&Coord<f64>) -> f64| {
        let mut values: Vec<f64> = coords.iter().map(part).collect();
        let at = values.len() / 2;
        *values.select_nth_unstable_by(at, f64::total_cmp).1
    };
    let (east, north) = (middle(|c| c.x), middle(|c| c.y));
    let mut out = Vec::new();
    if east.abs() <= 180.0 && north.abs() <= 90.0 {
        out.push(CGCS2000);
        return out;
    }
    if east.abs() < 1000.0 || north.abs() < 1000.0 {
        return out;
    }
    let gauss_north = (100_000.0..=6_300_000.0).contains(&north);
    let gauss_east = |rest: f64| (100_000.0..=900_000.0).contains(&rest);
    if gauss_north && (13e6..46e6).contains(&east) && gauss_east(east % 1e6) {
        let zone = (east / 1e6) as u32;
        let width = if zone <= 23 { 6 } else { 3 };
        out.push(Crs::gauss_kruger_zone(zone, width, true));
    }
    if let Some(near) = near.filter(|_| gauss_north && gauss_east(east)) {
        let lon = near.center().x;
        let three = (lon / 3.0).round().max(0.0);
        let six = ((lon + 3.0) / 6.0).round().max(0.0);
        out.push(Crs::gauss_kruger_zone(three as u32, 3, false));
        if three * 3.0 != six * 6.0 - 3.0 {
            out.push(Crs::gauss_kruger_zone(six as u32, 6, false));
        }
        out.push(Crs::from_transverse_mercator(TransverseMercator {
            scale: 0.9996,
            ..TransverseMercator::gauss_kruger(six * 6.0 - 3.0)
        }));
    }
    if east.abs() <= 20_037_509.0 && north.abs() <= 20_050_000.0 && !gauss_east(east) {
        out.push(Crs::WebMercator);
    }
    out
}

//! The lie of the land: a plain that falls to the south-west, hills in the north-east, shallow old lake beds.

use super::plane::{P, lonlat};

/// The generator's own ground model (示意): heights in metres.
pub struct Terrain {
    corner: P,
    hills: Vec<(P, f64, f64)>,
    beds: Vec<(P, f64, f64, f64)>,
}

/// The way downhill on the plain, a unit vector to the south-west.
pub const DOWNHILL: (f64, f64) = (-0.502_625, -0.864_504);

/// Height of the plain where it is lowest.
const PLAIN_LOW: f64 = 37.6;

/// The old lake basins: name, centre in degrees, half axes in metres.
pub const OLD_LAKES: [(&str, f64, f64, f64, f64); 3] = [
    ("南旺湖", 116.3625, 35.5795, 1550.0, 1450.0),
    ("蜀山湖", 116.4390, 35.5850, 4100.0, 2300.0),
    ("马踏湖", 116.3815, 35.6370, 1900.0, 2300.0),
];

impl Terrain {
    /// The ground whose highest and lowest points are `highest` and `lowest` metres.
    pub fn new(highest: f64, lowest: f64) -> Self {
        let mut terrain =
            Self { corner: lonlat(116.4044, 35.5147), hills: Vec::new(), beds: Vec::new() };
        // The named peak first, lower neighbours around it.
        for (lon, lat, height, radius) in [
            (116.6530, 35.8080, highest, 1900.0),
            (116.6395, 35.7950, 128.0, 1300.0),
            (116.6650, 35.7930, 112.0, 1200.0),
            (116.6270, 35.8065, 96.0, 1000.0),
            (116.6050, 35.8210, 84.0, 800.0),
            (116.6470, 35.7780, 90.0, 1000.0),
        ] {
            let top = lonlat(lon, lat);
            let rise = height - terrain.plain(top);
            terrain.hills.push((top, rise, radius));
        }
        for (name, lon, lat, rx, ry) in OLD_LAKES {
            let centre = lonlat(lon, lat);
            let depth = if name == "蜀山湖" { terrain.plain(centre) - lowest } else { 1.0 };
            terrain.beds.push((centre, depth, rx, ry));
        }
        terrain
    }

    fn plain(&self, q: P) -> f64 {
        let (dx, dy) = (q.x - self.corner.x, q.y - self.corner.y);
        let t = -(dx * DOWNHILL.0 + dy * DOWNHILL.1) / 1000.0;
        PLAIN_LOW + 0.12 * t + 0.004 * t * t
    }

    /// Height of the ground.
    pub fn height(&self, q: P) -> f64 {
        let bump = |r2: f64| if r2 < 1.0 { (1.0 - r2) * (1.0 - r2) } else { 0.0 };
        let hill = self
            .hills
            .iter()
            .map(|(top, rise, radius)| rise * bump(q.distance2(*top) / (radius * radius)))
            .fold(0.0, f64::max);
        let bed: f64 = self
            .beds
            .iter()
            .map(|(centre, depth, rx, ry)| {
                let (u, v) = ((q.x - centre.x) / rx, (q.y - centre.y) / ry);
                depth * bump(u * u + v * v)
            })
            .sum();
        self.plain(q) + hill - bed
    }
}

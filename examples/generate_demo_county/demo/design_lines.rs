//! The highways and town streets that are drawn by hand before villages are placed.

use super::plane::{P, lonlat, lonlats, p, resample, smooth};

/// A road before it is cut at junctions.
#[derive(Clone)]
pub struct Line {
    /// Name; empty for nameless lanes.
    pub name: String,
    /// Its class, a key of the field table.
    pub class: &'static str,
    /// Vertices.
    pub points: Vec<P>,
    /// Passes over or under everything but its own interchanges.
    pub motorway: bool,
}

/// Middle of the town's street grid, degrees.
pub const TOWN: (f64, f64) = (116.4938, 35.7285);
/// Half the number of town blocks east–west and north–south, and the size of a block in metres.
pub const BLOCKS: (i64, i64) = (5, 5);
/// Block width and height in metres.
pub const BLOCK: (f64, f64) = (870.0, 880.0);

const G105: [[f64; 2]; 11] = [
    [116.5100, 35.8427],
    [116.5065, 35.8180],
    [116.5020, 35.7960],
    [116.5120, 35.7760],
    [116.5205, 35.7560],
    [116.5205, 35.7050],
    [116.5120, 35.6800],
    [116.5060, 35.6500],
    [116.4980, 35.6050],
    [116.4860, 35.5700],
    [116.4830, 35.5390],
];
const EAST_WEST_MOTORWAY: [[f64; 2]; 8] = [
    [116.3468, 35.6224],
    [116.3700, 35.6165],
    [116.4060, 35.6140],
    [116.4500, 35.6110],
    [116.5000, 35.6060],
    [116.5400, 35.6030],
    [116.5800, 35.6065],
    [116.6068, 35.6126],
];
const NORTH_SOUTH_MOTORWAY: [[f64; 2]; 10] = [
    [116.4600, 35.8342],
    [116.4590, 35.8050],
    [116.4430, 35.7700],
    [116.4240, 35.7300],
    [116.4130, 35.6950],
    [116.4110, 35.6600],
    [116.4125, 35.6300],
    [116.4040, 35.5960],
    [116.3960, 35.5650],
    [116.3930, 35.5263],
];
const YANLIANG: [[f64; 2]; 8] = [
    [116.6191, 35.6350],
    [116.5900, 35.6330],
    [116.5550, 35.6290],
    [116.5200, 35.6370],
    [116.4800, 35.6520],
    [116.4450, 35.6660],
    [116.4000, 35.6650],
    [116.3236, 35.6625],
];

/// The highways.
pub fn highways() -> Vec<Line> {
    let line = |name: &str, class, points: &[[f64; 2]]| Line {
        name: name.to_owned(),
        class,
        points: resample(&smooth(&lonlats(points), 3), 320.0),
        motorway: class == "motorway",
    };
    vec![
        line("G1511 日兰高速", "motorway", &EAST_WEST_MOTORWAY),
        line("济徐高速", "motorway", &NORTH_SOUTH_MOTORWAY),
        line("G105 京澳线", "trunk", &G105),
        line("兖梁公路", "primary", &YANLIANG),
    ]
}

/// Corner of the town grid: `i` blocks east and `j` blocks north of its south-west corner.
pub fn town_corner(i: f64, j: f64) -> P {
    let middle = lonlat(TOWN.0, TOWN.1);
    p(
        middle.x + (i - BLOCKS.0 as f64 / 2.0) * BLOCK.0,
        middle.y + (j - BLOCKS.1 as f64 / 2.0) * BLOCK.1,
    )
}

/// Streets round the blocks (secondary) and through their middle (tertiary).
pub fn town_streets() -> Vec<Line> {
    const NORTH_SOUTH: [&str; 11] = [
        "西外环路",
        "泉西街",
        "西湖路",
        "圣源巷",
        "尚书路",
        "文昌街",
        "中都大街",
        "明星路",
        "政和路",
        "东和街",
        "东外环路",
    ];
    const EAST_WEST: [&str; 11] = [
        "南外环路",
        "南园街",
        "花园路",
        "坝口街",
        "宁民路",
        "路街",
        "宝相寺路",
        "西和街",
        "广场路",
        "北园街",
        "北外环路",
    ];
    let street = |name: &str, k: usize, from: P, to: P| Line {
        name: name.to_owned(),
        class: if k.is_multiple_of(2) { "secondary" } else { "tertiary" },
        points: vec![from, to],
        motorway: false,
    };
    let (w, h) = (BLOCKS.0 as f64, BLOCKS.1 as f64);
    let mut out = Vec::new();
    for (k, name) in NORTH_SOUTH.iter().enumerate() {
        let at = k as f64 / 2.0;
        out.push(street(name, k, town_corner(at, 0.0), town_corner(at, h)));
    }
    for (k, name) in EAST_WEST.iter().enumerate() {
        let at = k as f64 / 2.0;
        out.push(street(name, k, town_corner(0.0, at), town_corner(w, at)));
    }
    out
}

//! Rivers, the canal and the old lake basins: drawn by hand after the published order and courses.

use super::facts::Facts;
use super::plane::{
    CIRCLE, P, along, chainage, length, lonlat, lonlats, resample, smooth, to_line, to_ring,
};
use super::rng::noise;
use super::row::{Row, Shape};
use super::terrain::{DOWNHILL, OLD_LAKES, Terrain};

/// A river's line, from its source (or the border) to its mouth.
pub struct River {
    /// Name.
    pub name: String,
    /// Vertices downstream.
    pub line: Vec<P>,
    /// Half the width of the water, in metres.
    pub half_width: f64,
    /// Height of the bed at each vertex.
    pub bed: Vec<f64>,
}

/// An old lake basin.
pub struct Basin {
    /// Name.
    pub name: &'static str,
    /// Edge.
    pub ring: Vec<P>,
}

/// All water that is drawn before anything else.
pub struct Water {
    /// Rivers in the published order.
    pub rivers: Vec<River>,
    /// Old lakes.
    pub basins: Vec<Basin>,
}

/// Control points downstream, half width in metres, swing of the meanders, depth of the bed, the river it flows into.
struct Course {
    name: &'static str,
    points: &'static [[f64; 2]],
    half_width: f64,
    swing: f64,
    depth: f64,
    into: Option<&'static str>,
    from: Option<&'static str>,
}

/// In an order in which the river flowed into or out of always stands first.
const COURSES: [Course; 5] = [
    Course {
        name: "大汶河",
        points: &[
            [116.6640, 35.9393],
            [116.6420, 35.9380],
            [116.6235, 35.9376],
            [116.6128, 35.9328],
            [116.5985, 35.9170],
            [116.5925, 35.9035],
            [116.5665, 35.8992],
            [116.5555, 35.8930],
        ],
        half_width: 130.0,
        swing: 0.0,
        depth: 6.0,
        into: None,
        from: None,
    },
    Course {
        name: "梁济运河",
        points: &[
            [116.3225, 35.5940],
            [116.3310, 35.5850],
            [116.3530, 35.5640],
            [116.3770, 35.5435],
            [116.3860, 35.5305],
            [116.4045, 35.5105],
        ],
        half_width: 45.0,
        swing: 0.0,
        depth: 5.0,
        into: None,
        from: None,
    },
    Course {
        name: "小汶河",
        points: &[
            [116.6390, 35.9376],
            [116.6290, 35.9240],
            [116.6130, 35.9060],
            [116.5920, 35.8960],
            [116.5830, 35.8720],
            [116.5730, 35.8520],
            [116.5610, 35.8330],
            [116.5340, 35.8220],
            [116.5200, 35.8060],
            [116.5120, 35.7900],
            [116.4900, 35.7720],
            [116.4680, 35.7640],
            [116.4510, 35.7500],
            [116.4440, 35.7300],
            [116.4380, 35.7050],
            [116.4290, 35.6820],
            [116.4200, 35.6560],
            [116.4070, 35.6360],
            [116.4020, 35.6160],
            [116.3850, 35.6040],
            [116.3680, 35.6020],
            [116.3520, 35.5985],
            [116.3310, 35.5870],
        ],
        half_width: 35.0,
        swing: 330.0,
        depth: 3.5,
        into: Some("梁济运河"),
        from: Some("大汶河"),
    },
    Course {
        name: "泉河",
        points: &[
            [116.5150, 35.7700],
            [116.5080, 35.7520],
            [116.4990, 35.7400],
            [116.4920, 35.7250],
            [116.4840, 35.7080],
            [116.4730, 35.6900],
            [116.4520, 35.6790],
            [116.4460, 35.6600],
            [116.4440, 35.6400],
            [116.4405, 35.6220],
            [116.4200, 35.6110],
            [116.4010, 35.6075],
            [116.3860, 35.6040],
        ],
        half_width: 18.0,
        swing: 130.0,
        depth: 2.5,
        into: Some("小汶河"),
        from: None,
    },
    Course {
        name: "小新河",
        points: &[
            [116.3740, 35.7430],
            [116.3640, 35.7150],
            [116.3630, 35.6900],
            [116.3580, 35.6650],
            [116.3575, 35.6400],
            [116.3572, 35.6250],
            [116.3540, 35.6120],
            [116.3480, 35.5975],
        ],
        half_width: 12.0,
        swing: 90.0,
        depth: 2.2,
        into: Some("小汶河"),
        from: None,
    },
];

impl Water {
    /// Draws the water on this ground.
    pub fn new(terrain: &Terrain) -> Self {
        let mut rivers: Vec<River> = Vec::new();
        for course in COURSES {
            let river = draw(&course, terrain, &mut rivers);
            rivers.push(river);
        }
        let basins = OLD_LAKES
            .iter()
            .map(|&(name, lon, lat, rx, ry)| Basin { name, ring: basin(lonlat(lon, lat), rx, ry) })
            .collect();
        Self { rivers, basins }
    }

    /// Distance from the nearest water's edge; negative in the water.
    pub fn clearance(&self, q: P) -> f64 {
        self.rivers
            .iter()
            .map(|river| to_line(q, &river.line) - river.half_width)
            .fold(f64::INFINITY, f64::min)
    }

    /// Distance to the nearest old lake basin; negative inside.
    pub fn basin_distance(&self, q: P) -> f64 {
        self.basins
            .iter()
            .map(|b| {
                let d = to_ring(q, &b.ring);
                if super::plane::inside(q, &b.ring) { -d } else { d }
            })
            .fold(f64::INFINITY, f64::min)
    }

    /// The river with this name.
    pub fn river(&self, name: &str) -> &River {
        self.rivers.iter().find(|river| river.name == name).unwrap()
    }

    /// The river layer.
    pub fn river_rows(&self, facts: &Facts) -> Vec<Row> {
        facts
            .rivers
            .iter()
            .map(|fact| {
                let river = self.river(&fact.name);
                let drawn = length(&river.line);
                let published = fact.length_km.map(|km| km * 1000.0);
                let mut row = Row::new(Shape::Line(river.line.iter().map(|q| q.micro()).collect()))
                    .text("code", format!("HL{:02}", fact.order))
                    .text("name", &fact.name)
                    .text("river_class", &fact.river_class)
                    .whole("order", fact.order)
                    .real(
                        "length_m",
                        published.unwrap_or_else(|| (drawn / 100.0).round() * 100.0),
                        0,
                    );
                if let Some(flow) = fact.design_flow_m3s {
                    row = row.real("design_flow_m3s", flow, 0);
                }
                let basis = if published.is_some() {
                    "名称、河长为公开资料"
                } else {
                    "名称为公开资料"
                };
                row.real("width_m", river.half_width * 2.0, 0)
                    .real("bed_start_m", river.bed[0], 1)
                    .real("bed_end_m", river.bed[river.bed.len() - 1], 1)
                    .text("note", format!("{}；{basis}，线位示意", fact.text))
                    .sample()
            })
            .collect()
    }
}

/// One river: smooth, swinging along the contour so that it still falls all the way, its ends on the other rivers.
fn draw(course: &Course, terrain: &Terrain, others: &mut [River]) -> River {
    let smoothed = resample(&smooth(&lonlats(course.points), 3), 220.0);
    let total = length(&smoothed);
    let seed = course.name.bytes().map(u64::from).sum();
    let mut line: Vec<P> = smoothed
        .iter()
        .enumerate()
        .map(|(i, q)| {
            let at = total * i as f64 / (smoothed.len() - 1) as f64;
            // No swing near the ends, where it meets other water.
            let calm = (at.min(total - at) / 2500.0).min(1.0);
            let side = course.swing * calm * noise(seed, at, 0.0, 800.0);
            q.plus(-DOWNHILL.1 * side, DOWNHILL.0 * side)
        })
        .collect();
    let last = line.len() - 1;
    for (end, name) in [(0, course.from), (last, course.into)] {
        if let Some(other) = others.iter_mut().find(|river| Some(river.name.as_str()) == name) {
            line[end] = join(line[end], other);
        }
    }
    line = line.iter().map(|q| P::of(q.micro())).collect();
    // Where two rivers meet they have one bed.
    let level_at = |name: Option<&str>, q: P| {
        let other = others.iter().find(|river| Some(river.name.as_str()) == name)?;
        other.line.iter().position(|v| *v == q).map(|at| other.bed[at])
    };
    let mut bed: Vec<f64> = Vec::new();
    for q in &line {
        let wanted = terrain.height(*q) - course.depth;
        let above = bed.last().copied().or_else(|| level_at(course.from, *q));
        bed.push(above.map_or(wanted, |above: f64| wanted.min(above)));
    }
    if let Some(start) = level_at(course.from, line[0]) {
        bed[0] = start;
    }
    if let Some(mouth) = level_at(course.into, line[last]) {
        let left = left_to_go(&line);
        let start = bed[left.iter().position(|left| *left < RUN_OUT).unwrap_or(last)];
        for (level, left) in bed.iter_mut().zip(left) {
            let falling = mouth + (start - mouth).max(0.0) * (left / RUN_OUT).min(1.0);
            *level = if left < RUN_OUT { level.min(falling) } else { *level }.max(mouth);
        }
    }
    River { name: course.name.to_owned(), line, half_width: course.half_width, bed }
}

/// Over so many metres a river comes down to the bed of the one it flows into.
const RUN_OUT: f64 = 3000.0;

/// How far it is from each vertex to the last one.
fn left_to_go(line: &[P]) -> Vec<f64> {
    let mut out = vec![0.0; line.len()];
    for i in (0..line.len() - 1).rev() {
        out[i] = out[i + 1] + line[i].distance(line[i + 1]);
    }
    out
}

/// The vertex of `other` nearest to `q`, made for the purpose.
fn join(q: P, other: &mut River) -> P {
    let at = chainage(q, &other.line);
    let foot = P::of(along(&other.line, at).micro());
    if let Some(same) = other.line.iter().find(|v| v.distance(foot) < 5.0) {
        return *same;
    }
    let mut passed = 0.0;
    for i in 0..other.line.len() - 1 {
        let step = other.line[i].distance(other.line[i + 1]);
        if passed + step >= at {
            let share = (at - passed) / step;
            let level = other.bed[i] + (other.bed[i + 1] - other.bed[i]) * share;
            other.line.insert(i + 1, foot);
            other.bed.insert(i + 1, level);
            break;
        }
        passed += step;
    }
    foot
}

/// An uneven oval.
fn basin(centre: P, rx: f64, ry: f64) -> Vec<P> {
    CIRCLE
        .iter()
        .enumerate()
        .map(|(i, (c, s))| {
            let r = 0.94 + 0.06 * noise(41, centre.x + i as f64 * 700.0, centre.y, 1000.0);
            P::of(centre.plus(c * rx * r, s * ry * r).micro())
        })
        .collect()
}

/// The old lakes as rows.
pub fn basin_rows(water: &Water) -> Vec<Row> {
    water
        .basins
        .iter()
        .enumerate()
        .map(|(i, b)| {
            let area = super::plane::area(&b.ring);
            Row::new(Shape::Ring(b.ring.iter().map(|q| q.micro()).collect()))
                .text("code", format!("LH{:02}", i + 1))
                .text("name", format!("{}洼地", b.name))
                .text("water_type", "old_lake_basin")
                .real("storage_m3", (area * 0.6 / 1e5).round() * 1e5, 0)
                .text("note", "历史湖洼，平时为农田，超标准洪水时可能滞水；范围示意")
                .sample()
        })
        .collect()
}

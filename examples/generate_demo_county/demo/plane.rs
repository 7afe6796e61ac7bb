//! The generator's plane: metres east and north of a point near the county seat, and what can be asked of lines in it.

/// Origin of the plane, in degrees.
const LON0: f64 = 116.49;
const LAT0: f64 = 35.73;
/// Length of a degree on the WGS 84 ellipsoid at 35.73° N, in metres.
const LON_M: f64 = 90_470.025;
const LAT_M: f64 = 110_954.003;

/// A place in millionths of a degree, longitude first: what is written, and what identifies a node.
pub type Micro = (i64, i64);

/// A place in metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct P {
    /// East.
    pub x: f64,
    /// North.
    pub y: f64,
}

/// A place from metres.
pub const fn p(x: f64, y: f64) -> P {
    P { x, y }
}

/// A place from degrees.
pub fn lonlat(lon: f64, lat: f64) -> P {
    p((lon - LON0) * LON_M, (lat - LAT0) * LAT_M)
}

/// Places from pairs of degrees.
pub fn lonlats(pairs: &[[f64; 2]]) -> Vec<P> {
    pairs.iter().map(|[lon, lat]| lonlat(*lon, *lat)).collect()
}

impl P {
    /// Rounded to millionths of a degree.
    pub fn micro(self) -> Micro {
        let round = |degrees: f64| (degrees * 1e6).round() as i64;
        (round(LON0 + self.x / LON_M), round(LAT0 + self.y / LAT_M))
    }

    /// The place of a rounded one.
    pub fn of(micro: Micro) -> Self {
        lonlat(micro.0 as f64 / 1e6, micro.1 as f64 / 1e6)
    }

    /// This place moved.
    pub fn plus(self, dx: f64, dy: f64) -> Self {
        p(self.x + dx, self.y + dy)
    }

    /// The place the share `t` of the way to `other`.
    pub fn towards(self, other: Self, t: f64) -> Self {
        p(self.x + (other.x - self.x) * t, self.y + (other.y - self.y) * t)
    }

    /// Square of the distance.
    pub fn distance2(self, other: Self) -> f64 {
        let (dx, dy) = (other.x - self.x, other.y - self.y);
        dx * dx + dy * dy
    }

    /// Distance in metres.
    pub fn distance(self, other: Self) -> f64 {
        self.distance2(other).sqrt()
    }

    /// Unit vector to `other`; east if both are one.
    pub fn heading(self, other: Self) -> (f64, f64) {
        let d = self.distance(other);
        if d < 1e-9 { (1.0, 0.0) } else { ((other.x - self.x) / d, (other.y - self.y) / d) }
    }
}

/// Length of a line.
pub fn length(line: &[P]) -> f64 {
    line.windows(2).map(|s| s[0].distance(s[1])).sum()
}

/// Chaikin's corner cutting, the ends kept.
pub fn smooth(line: &[P], rounds: usize) -> Vec<P> {
    let mut line = line.to_vec();
    for _ in 0..rounds {
        let mut next = vec![line[0]];
        for (i, s) in line.windows(2).enumerate() {
            if i > 0 {
                next.push(s[0].towards(s[1], 0.25));
            }
            if i + 2 < line.len() {
                next.push(s[0].towards(s[1], 0.75));
            }
        }
        next.push(line[line.len() - 1]);
        line = next;
    }
    line
}

/// The place at `distance` along a line.
pub fn along(line: &[P], distance: f64) -> P {
    let mut left = distance.max(0.0);
    for s in line.windows(2) {
        let d = s[0].distance(s[1]);
        if left <= d && d > 0.0 {
            return s[0].towards(s[1], left / d);
        }
        left -= d;
    }
    line[line.len() - 1]
}

/// Evenly spaced vertices, about `step` apart, the ends kept.
pub fn resample(line: &[P], step: f64) -> Vec<P> {
    let total = length(line);
    let n = (total / step).round().max(1.0) as usize;
    (0..=n).map(|i| along(line, total * i as f64 / n as f64)).collect()
}

/// The part of a line between two distances along it.
pub fn part(line: &[P], from: f64, to: f64) -> Vec<P> {
    let mut out = vec![along(line, from)];
    let mut at = 0.0;
    for s in line.windows(2) {
        at += s[0].distance(s[1]);
        if at > from + 0.01 && at < to - 0.01 {
            out.push(s[1]);
        }
    }
    out.push(along(line, to));
    out
}

/// Distance to a segment, and the share of the way along it where the foot lies.
pub fn to_segment(q: P, a: P, b: P) -> (f64, f64) {
    let d2 = a.distance2(b);
    let t = if d2 == 0.0 {
        0.0
    } else {
        (((q.x - a.x) * (b.x - a.x) + (q.y - a.y) * (b.y - a.y)) / d2).clamp(0.0, 1.0)
    };
    (q.distance(a.towards(b, t)), t)
}

/// Distance to a line.
pub fn to_line(q: P, line: &[P]) -> f64 {
    line.windows(2).map(|s| to_segment(q, s[0], s[1]).0).fold(f64::INFINITY, f64::min)
}

/// Distance along a line to the foot of `q`.
pub fn chainage(q: P, line: &[P]) -> f64 {
    let (mut best, mut at, mut passed) = (f64::INFINITY, 0.0, 0.0);
    for s in line.windows(2) {
        let (d, t) = to_segment(q, s[0], s[1]);
        let step = s[0].distance(s[1]);
        if d < best {
            (best, at) = (d, passed + t * step);
        }
        passed += step;
    }
    at
}

/// Shares along both segments where they cross; `None` if they do not, or are parallel.
pub fn crossing(a: P, b: P, c: P, d: P) -> Option<(f64, f64)> {
    let (rx, ry, sx, sy) = (b.x - a.x, b.y - a.y, d.x - c.x, d.y - c.y);
    let cross = rx * sy - ry * sx;
    if cross.abs() < 1e-9 {
        return None;
    }
    let t = ((c.x - a.x) * sy - (c.y - a.y) * sx) / cross;
    let u = ((c.x - a.x) * ry - (c.y - a.y) * rx) / cross;
    ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u)).then_some((t, u))
}

/// Whether two lines cross.
pub fn lines_cross(a: &[P], b: &[P]) -> bool {
    a.windows(2).any(|s| b.windows(2).any(|t| crossing(s[0], s[1], t[0], t[1]).is_some()))
}

/// Whether a place is inside a ring (first vertex not repeated).
pub fn inside(q: P, ring: &[P]) -> bool {
    let mut odd = false;
    for i in 0..ring.len() {
        let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
        if (a.y > q.y) != (b.y > q.y) && q.x < (b.x - a.x) * (q.y - a.y) / (b.y - a.y) + a.x {
            odd = !odd;
        }
    }
    odd
}

/// Signed area of a ring, anticlockwise positive, in square metres.
pub fn area(ring: &[P]) -> f64 {
    (0..ring.len())
        .map(|i| {
            let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
            a.x * b.y - b.x * a.y
        })
        .sum::<f64>()
        / 2.0
}

/// Distance to the edge of a ring.
pub fn to_ring(q: P, ring: &[P]) -> f64 {
    (0..ring.len())
        .map(|i| to_segment(q, ring[i], ring[(i + 1) % ring.len()]).0)
        .fold(f64::INFINITY, f64::min)
}

/// A line beside another: `offset` metres to its left (negative: right).
pub fn beside(line: &[P], offset: f64) -> Vec<P> {
    (0..line.len())
        .map(|i| {
            let before = line[i.saturating_sub(1)];
            let after = line[(i + 1).min(line.len() - 1)];
            let (ux, uy) = before.heading(after);
            line[i].plus(-uy * offset, ux * offset)
        })
        .collect()
}

/// Douglas–Peucker: drops vertices nearer than `tolerance` to the line without them.
pub fn simplify(line: &[P], tolerance: f64) -> Vec<P> {
    if line.len() < 3 {
        return line.to_vec();
    }
    let (a, b) = (line[0], line[line.len() - 1]);
    let far = (1..line.len() - 1)
        .map(|i| (i, to_segment(line[i], a, b).0))
        .fold((0, 0.0), |best, next| if next.1 > best.1 { next } else { best });
    if far.1 <= tolerance {
        return vec![a, b];
    }
    let mut left = simplify(&line[..=far.0], tolerance);
    left.pop();
    left.extend(simplify(&line[far.0..], tolerance));
    left
}

/// Twenty-four directions round the circle.
#[allow(clippy::approx_constant, reason = "a table of rounded values, the same on every machine")]
pub const CIRCLE: [(f64, f64); 24] = [
    (1.000000, 0.000000),
    (0.965926, 0.258819),
    (0.866025, 0.500000),
    (0.707107, 0.707107),
    (0.500000, 0.866025),
    (0.258819, 0.965926),
    (0.000000, 1.000000),
    (-0.258819, 0.965926),
    (-0.500000, 0.866025),
    (-0.707107, 0.707107),
    (-0.866025, 0.500000),
    (-0.965926, 0.258819),
    (-1.000000, 0.000000),
    (-0.965926, -0.258819),
    (-0.866025, -0.500000),
    (-0.707107, -0.707107),
    (-0.500000, -0.866025),
    (-0.258819, -0.965926),
    (0.000000, -1.000000),
    (0.258819, -0.965926),
    (0.500000, -0.866025),
    (0.707107, -0.707107),
    (0.866025, -0.500000),
    (0.965926, -0.258819),
];

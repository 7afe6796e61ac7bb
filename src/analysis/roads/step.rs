//! The turn list of a route: what the driver is told.

use geo_types::Coord;

use crate::county::County;
use crate::model::Kind;
use crate::network::{Graph, Network, Path, Place};

/// How a step begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The journey begins.
    Depart,
    /// Straight on, onto another road.
    Straight,
    /// Half left.
    SlightLeft,
    /// Left.
    Left,
    /// Sharp left.
    SharpLeft,
    /// Half right.
    SlightRight,
    /// Right.
    Right,
    /// Sharp right.
    SharpRight,
    /// Back.
    Around,
    /// The journey ends.
    Arrive,
}

impl Turn {
    /// The word in data and the end of the message id.
    pub fn key(self) -> &'static str {
        match self {
            Self::Depart => "depart",
            Self::Straight => "straight",
            Self::SlightLeft => "slight-left",
            Self::Left => "left",
            Self::SharpLeft => "sharp-left",
            Self::SlightRight => "slight-right",
            Self::Right => "right",
            Self::SharpRight => "sharp-right",
            Self::Around => "around",
            Self::Arrive => "arrive",
        }
    }

    /// Of a change of direction in degrees, positive to the right.
    fn of(angle: f64) -> Self {
        match angle.abs() {
            a if a < 20.0 => Self::Straight,
            a if a > 165.0 => Self::Around,
            a if a < 55.0 && angle > 0.0 => Self::SlightRight,
            a if a < 55.0 => Self::SlightLeft,
            a if a < 125.0 && angle > 0.0 => Self::Right,
            a if a < 125.0 => Self::Left,
            _ if angle > 0.0 => Self::SharpRight,
            _ => Self::SharpLeft,
        }
    }
}

/// One line of the turn list.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// How it begins.
    pub turn: Turn,
    /// The road; empty if it has no name.
    pub road: String,
    /// How far to go on it, in metres.
    pub distance_m: f64,
    /// Where it begins.
    pub at: Coord<f64>,
}

/// The turn list of a way.
pub fn steps(county: &County, net: &Network, path: &Path) -> Vec<Step> {
    let roads = county.features(Kind::Road);
    let mut out: Vec<Step> = Vec::new();
    let mut heading: Option<Coord<f64>> = None;
    let last = path.ways.len().saturating_sub(1);
    for (n, way) in path.ways.iter().enumerate() {
        let edge = &net.graph.edges[(way / 2) as usize];
        if edge.gate.is_some() {
            continue;
        }
        let (begin, end) = if way % 2 == 0 { (0, edge.length_mm) } else { (edge.length_mm, 0) };
        let from = if n == 0 { path.start.offset_mm } else { begin };
        let to = if n == last { path.end.offset_mm } else { end };
        let Some([first, second, before, end]) = outer_corners(&net.graph, *way, from, to) else {
            continue;
        };
        let metres = f64::from(from.abs_diff(to)) / 1000.0;
        let name = roads.get(edge.row as usize).map_or("", |road| road.name.as_str());
        let enters = second - first;
        let turn =
            heading.map_or(Turn::Depart, |heading| Turn::of(angle(heading, enters, first.y)));
        if first != end {
            heading = Some(end - before);
        }
        match out.last_mut() {
            // The same road goes on, or a bend without a name.
            Some(step) if step.road == name && matches!(turn, Turn::Straight | Turn::Depart) => {
                step.distance_m += metres;
            }
            Some(step) if step.road == name && !name.is_empty() => step.distance_m += metres,
            _ => out.push(Step { turn, road: name.to_owned(), distance_m: metres, at: first }),
        }
    }
    if let Some(first) = out.first_mut() {
        first.turn = Turn::Depart;
    }
    out.push(Step { turn: Turn::Arrive, road: String::new(), distance_m: 0.0, at: path.end.at });
    out
}

/// The first two and the last two corners of a stretch of an edge.
fn outer_corners(graph: &Graph, way: u32, from: u32, to: u32) -> Option<[Coord<f64>; 4]> {
    let part;
    let edge = way / 2;
    let whole = from.abs_diff(to) == graph.edges[edge as usize].length_mm;
    let backwards = whole && way % 2 == 1;
    let line = if whole {
        graph.line(edge)
    } else {
        part = Place::stretch(graph, edge, from, to);
        &part
    };
    let [first, .., last] = line else { return None };
    let (second, before) = (line[1], line[line.len() - 2]);
    Some(if backwards { [*last, before, second, *first] } else { [*first, second, before, *last] })
}

/// The change from one direction to another in degrees, positive to the right.
fn angle(from: Coord<f64>, to: Coord<f64>, latitude: f64) -> f64 {
    let narrow = latitude.to_radians().cos();
    let (a, b) = ((from.x * narrow, from.y), (to.x * narrow, to.y));
    let (right, ahead) = (a.1 * b.0 - a.0 * b.1, a.0 * b.0 + a.1 * b.1);
    right.atan2(ahead).to_degrees()
}

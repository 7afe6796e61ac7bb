//! Finds the edges of the graph near a place.

use geo_types::Coord;
use rustc_hash::FxHashMap;

use super::graph::Graph;
use super::place::{Place, Scale};

/// Side of a cell in degrees, some hundred metres.
const CELL: f64 = 0.001;
/// Rings of cells that are searched before every edge is looked at.
const RINGS: i64 = 64;

/// Segments of all edges but gates, by the cells of a grid they pass.
#[derive(Clone, Debug, Default)]
pub struct Locator {
    cells: FxHashMap<(i32, i32), [u32; 2]>,
    segments: Vec<Segment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Segment {
    edge: u32,
    /// Corner of the graph it begins at.
    corner: u32,
}

fn cell(v: f64) -> i32 {
    // `as` saturates; degrees never come near.
    (v / CELL).floor() as i32
}

impl Locator {
    /// An index over the edges of a graph.
    pub fn new(graph: &Graph) -> Self {
        let mut all: Vec<((i32, i32), Segment)> = Vec::new();
        for (number, edge) in (0_u32..).zip(&graph.edges) {
            if edge.gate.is_some() {
                continue;
            }
            for corner in edge.corners.start..edge.corners.end.saturating_sub(1) {
                let at = corner as usize;
                let segment = Segment { edge: number, corner };
                passed(graph.corners[at], graph.corners[at + 1], &mut |cell| {
                    all.push((cell, segment));
                });
            }
        }
        all.sort_unstable();
        let mut cells = FxHashMap::default();
        let mut begin = 0_u32;
        for group in all.chunk_by(|a, b| a.0 == b.0) {
            // Fewer than 2³² segments: the graph counts its corners in 32 bits.
            let end = begin + group.len() as u32;
            cells.insert(group[0].0, [begin, end]);
            begin = end;
        }
        Self { cells, segments: all.into_iter().map(|(_, segment)| segment).collect() }
    }

    /// The nearest place on an edge that `accept` allows; ties go to the lower edge.
    pub fn nearest(
        &self,
        graph: &Graph,
        at: Coord<f64>,
        accept: &dyn Fn(u32) -> bool,
    ) -> Option<Place> {
        let scale = Scale::at(at);
        let mut best: Option<Found> = None;
        let look = |best: &mut Option<Found>, segments: &[Segment]| {
            for segment in segments {
                let found = Found::of(graph, *segment, at, &scale);
                if best.as_ref().is_none_or(|best| found.before(best)) && accept(segment.edge) {
                    *best = Some(found);
                }
            }
        };
        let (x, y) = (cell(at.x), cell(at.y));
        // How far into its cell the place lies, and the sides of a cell in metres.
        let inside = [at.x / CELL - f64::from(x), at.y / CELL - f64::from(y)];
        let side = [scale.x * CELL, scale.y * CELL];
        let border = |axis: usize, ring: f64| {
            (inside[axis].min(1.0 - inside[axis]) + ring).max(0.0) * side[axis]
        };
        let none_within = |best: &Option<Found>, metres2: f64| {
            best.as_ref().is_some_and(|best| best.distance2 < metres2)
        };
        for ring in 0..=RINGS {
            for (dx, dy) in ring_at(ring) {
                let gaps = [gap(dx, inside[0]) * side[0], gap(dy, inside[1]) * side[1]];
                if none_within(&best, gaps[0] * gaps[0] + gaps[1] * gaps[1]) {
                    continue;
                }
                let cell = (x.saturating_add(dx), y.saturating_add(dy));
                if let Some([from, to]) = self.cells.get(&cell) {
                    look(&mut best, &self.segments[*from as usize..*to as usize]);
                }
            }
            // Whatever lies beyond this ring is farther than its outer edge.
            let beyond = border(0, ring as f64).min(border(1, ring as f64));
            if none_within(&best, beyond * beyond) {
                break;
            }
            if ring == RINGS && best.is_none() {
                look(&mut best, &self.segments);
            }
        }
        best.map(|found| found.place(graph, at))
    }

    /// Edges that pass cells of a box in degrees, in order.
    pub fn in_box(&self, low: Coord<f64>, high: Coord<f64>) -> Vec<u32> {
        let (x0, y0, x1, y1) = (cell(low.x), cell(low.y), cell(high.x), cell(high.y));
        let columns = i64::from(x1) - i64::from(x0) + 1;
        let rows = i64::from(y1) - i64::from(y0) + 1;
        let mut edges: Vec<u32> = Vec::new();
        let mut take = |[from, to]: [u32; 2]| {
            edges.extend(self.segments[from as usize..to as usize].iter().map(|s| s.edge));
        };
        if columns.saturating_mul(rows) <= self.cells.len() as i64 {
            for x in x0..=x1 {
                for y in y0..=y1 {
                    self.cells.get(&(x, y)).copied().into_iter().for_each(&mut take);
                }
            }
        } else {
            let inside = |(x, y): &(i32, i32)| (x0..=x1).contains(x) && (y0..=y1).contains(y);
            let mut found: Vec<_> = self.cells.iter().filter(|(cell, _)| inside(cell)).collect();
            found.sort_unstable();
            found.into_iter().for_each(|(_, range)| take(*range));
        }
        edges.sort_unstable();
        edges.dedup();
        edges
    }
}

/// Cells around a cell, at a distance in cells.
fn ring_at(ring: i64) -> impl Iterator<Item = (i32, i32)> {
    let r = ring as i32;
    (-r..=r).flat_map(move |dx| {
        let step = if dx.abs() == r { 1 } else { (2 * r).max(1) };
        (-r..=r).step_by(step as usize).map(move |dy| (dx, dy))
    })
}

/// How many cells lie between a place and a cell some columns or rows away.
fn gap(steps: i32, inside: f64) -> f64 {
    match steps {
        0 => 0.0,
        1.. => f64::from(steps) - inside,
        _ => inside - f64::from(steps) - 1.0,
    }
}

/// Calls `visit` with the cells a segment passes.
fn passed(a: Coord<f64>, b: Coord<f64>, visit: &mut dyn FnMut((i32, i32))) {
    let (a, b) = if a.x <= b.x { (a, b) } else { (b, a) };
    let (first, last) = (cell(a.x), cell(b.x));
    for x in first..=last {
        let y_at = |bound: f64| {
            let share = if b.x > a.x { ((bound - a.x) / (b.x - a.x)).clamp(0.0, 1.0) } else { 0.0 };
            a.y + (b.y - a.y) * share
        };
        let enter = if x == first { a.y } else { y_at(f64::from(x) * CELL) };
        let leave = if x == last { b.y } else { y_at(f64::from(x + 1) * CELL) };
        for y in cell(enter.min(leave))..=cell(enter.max(leave)) {
            visit((x, y));
        }
    }
}

struct Found {
    segment: Segment,
    share: f64,
    distance2: f64,
}

impl Found {
    fn of(graph: &Graph, segment: Segment, at: Coord<f64>, scale: &Scale) -> Self {
        let corner = segment.corner as usize;
        let (a, b) = (graph.corners[corner], graph.corners[corner + 1]);
        let (along, way) = (scale.metres(b - a), scale.metres(at - a));
        let length2 = along[0] * along[0] + along[1] * along[1];
        let share = if length2 > 0.0 {
            ((way[0] * along[0] + way[1] * along[1]) / length2).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let (dx, dy) = (way[0] - along[0] * share, way[1] - along[1] * share);
        Self { segment, share, distance2: dx * dx + dy * dy }
    }

    fn before(&self, other: &Self) -> bool {
        self.distance2
            .total_cmp(&other.distance2)
            .then_with(|| self.segment.cmp(&other.segment))
            .is_lt()
    }

    fn place(&self, graph: &Graph, at: Coord<f64>) -> Place {
        Place::on_segment(graph, self.segment.edge, self.segment.corner, self.share, at)
    }
}

//! The area that is nearer to some lines than to others.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use rustc_hash::FxHashMap;

/// Cells along the longer side of the picture the area is drawn from.
const CELLS: f64 = 360.0;
/// Smallest side of a cell in degrees of latitude, some thirty metres.
const LEAST_CELL: f64 = 0.000_27;
/// The area reaches so far from the lines, in degrees of latitude: two hundred and fifty metres.
const AROUND: f64 = 0.002_25;
/// But at least so many cells, so that a line never falls through the grid.
const LEAST_AROUND: f32 = 1.25;
/// Holes of fewer cells than this are closed, unless one of the other lines lies in them.
const LEAST_HOLE: f64 = 60.0;
/// Up to here distances are exact, in cells; from there on they are passed on from cell to cell.
const EXACT: f32 = 1.5;
/// No line anywhere.
const FAR: f32 = 1e9;

/// The area around some lines, two hundred and fifty metres on either side but nowhere nearer to one of
/// the other lines than to one of these. Degrees in, degrees out. It is drawn from a picture whose cells
/// are the 360th part of the longer side of the lines' extent, but at least thirty metres: what lies
/// nearer to each other than that is not told apart. Beside the lines distances are exact, farther
/// off within some hundredths.
pub fn nearer(own: &[LineString<f64>], others: &[LineString<f64>]) -> MultiPolygon<f64> {
    match Field::new(own) {
        Some(mut field) => {
            field.own = field.distances(own);
            field.other = field.distances(others);
            field.pass_on();
            field.outline()
        }
        None => MultiPolygon::new(Vec::new()),
    }
}

/// Distances to the lines at the corners of a grid, in cells.
struct Field {
    corner: Coord<f64>,
    step: Coord<f64>,
    columns: usize,
    rows: usize,
    around: f32,
    own: Vec<f32>,
    other: Vec<f32>,
}

/// A segment in cells.
#[derive(Clone, Copy)]
struct Segment {
    a: [f32; 2],
    way: [f32; 2],
    length2: f32,
}

impl Segment {
    fn distance2(&self, x: f32, y: f32) -> f32 {
        let (px, py) = (x - self.a[0], y - self.a[1]);
        let along = (px * self.way[0] + py * self.way[1]) / self.length2;
        let share = along.clamp(0.0, 1.0);
        let (dx, dy) = (px - self.way[0] * share, py - self.way[1] * share);
        dx * dx + dy * dy
    }
}

impl Field {
    /// `None` without any corner.
    fn new(lines: &[LineString<f64>]) -> Option<Self> {
        let mut corners = lines.iter().flat_map(|line| &line.0);
        let first = *corners.next()?;
        let (mut low, mut high) = (first, first);
        for at in corners {
            low = Coord { x: low.x.min(at.x), y: low.y.min(at.y) };
            high = Coord { x: high.x.max(at.x), y: high.y.max(at.y) };
        }
        let size = high - low;
        // Cells as wide as they are high on the ground.
        let narrow = ((low.y + high.y) / 2.0).to_radians().cos().max(0.01);
        let side = (size.y.max(size.x * narrow) / CELLS).max(LEAST_CELL);
        let step = Coord { x: side / narrow, y: side };
        // `as` rounds; a few cells.
        let around = ((AROUND / side) as f32).max(LEAST_AROUND);
        let margin = f64::from(around).ceil() + 2.0;
        let corner = Coord { x: low.x - margin * step.x, y: low.y - margin * step.y };
        let columns = (size.x / step.x + 2.0 * margin).ceil() as usize + 1;
        let rows = (size.y / step.y + 2.0 * margin).ceil() as usize + 1;
        let (own, other) = (Vec::new(), Vec::new());
        Some(Self { corner, step, columns, rows, around, own, other })
    }

    fn in_cells(&self, at: Coord<f64>) -> [f32; 2] {
        let (x, y) = ((at.x - self.corner.x) / self.step.x, (at.y - self.corner.y) / self.step.y);
        [x as f32, y as f32]
    }

    /// The segments of a line, and the corners of the grid that lie near each.
    fn near(&self, line: &LineString<f64>, visit: &mut impl FnMut(&Segment, f32, f32, usize)) {
        let range = |a: f32, b: f32, count: usize| {
            // `as` cuts off towards zero and saturates: what lies outside is left out.
            let from = (a.min(b) - EXACT + 1.0) as usize;
            let to = (a.max(b) + EXACT + 1.0) as usize;
            from..to.min(count)
        };
        let most = [self.columns as f32 + EXACT, self.rows as f32 + EXACT];
        for pair in line.0.windows(2) {
            let (a, b) = (self.in_cells(pair[0]), self.in_cells(pair[1]));
            let outside =
                |axis: usize| a[axis].max(b[axis]) < -EXACT || a[axis].min(b[axis]) > most[axis];
            if outside(0) || outside(1) {
                continue;
            }
            let way = [b[0] - a[0], b[1] - a[1]];
            // A segment of no length is a point: any divisor will do.
            let length2 = (way[0] * way[0] + way[1] * way[1]).max(f32::MIN_POSITIVE);
            let segment = Segment { a, way, length2 };
            for row in range(a[1], b[1], self.rows) {
                for column in range(a[0], b[0], self.columns) {
                    visit(&segment, column as f32, row as f32, row * self.columns + column);
                }
            }
        }
    }

    /// Distances to the nearest of some lines.
    fn distances(&self, lines: &[LineString<f64>]) -> Vec<f32> {
        let mut out = vec![FAR * FAR; self.columns * self.rows];
        for line in lines {
            self.near(line, &mut |segment, x, y, at| {
                out[at] = out[at].min(segment.distance2(x, y));
            });
        }
        out.iter_mut().for_each(|square| *square = square.sqrt());
        out
    }

    /// Passes distances on to cells no line is near to, over their neighbours: once up from the left,
    /// once down from the right (Borgefors, 1986). Both fields go side by side, so that the one need not
    /// wait for the other.
    fn pass_on(&mut self) {
        use std::f32::consts::SQRT_2;
        let (columns, rows) = (self.columns, self.rows);
        // From a row that is done to its neighbour, but for what comes along the row.
        let across = |done: &[f32], own: &mut [f32]| {
            for (own, near) in own.iter_mut().zip(done) {
                *own = own.min(near + 1.0);
            }
            for (own, near) in own[1..].iter_mut().zip(done) {
                *own = own.min(near + SQRT_2);
            }
            for (own, near) in own.iter_mut().zip(&done[1..]) {
                *own = own.min(near + SQRT_2);
            }
        };
        for row in 0..rows {
            if row > 0 {
                for field in [&mut self.own, &mut self.other] {
                    let (done, rest) = field.split_at_mut(row * columns);
                    across(&done[(row - 1) * columns..], &mut rest[..columns]);
                }
            }
            let range = row * columns..(row + 1) * columns;
            let (own, other) = (&mut self.own[range.clone()], &mut self.other[range]);
            let (mut left, mut left_other) = (FAR, FAR);
            for (own, other) in own.iter_mut().zip(other) {
                left = own.min(left + 1.0);
                left_other = other.min(left_other + 1.0);
                (*own, *other) = (left, left_other);
            }
        }
        for row in (0..rows).rev() {
            if row + 1 < rows {
                for field in [&mut self.own, &mut self.other] {
                    let (rest, done) = field.split_at_mut((row + 1) * columns);
                    across(&done[..columns], &mut rest[row * columns..]);
                }
            }
            let range = row * columns..(row + 1) * columns;
            let (own, other) = (&mut self.own[range.clone()], &mut self.other[range]);
            let (mut right, mut right_other) = (FAR, FAR);
            for (own, other) in own.iter_mut().zip(other).rev() {
                right = own.min(right + 1.0);
                right_other = other.min(right_other + 1.0);
                (*own, *other) = (right, right_other);
            }
        }
    }

    /// Positive inside: how many cells farther it is to the edge of the area, or to the other lines.
    fn value(&self, at: usize) -> f32 {
        let own = self.own[at];
        (self.around - own).min((self.other[at] - own) / 2.0)
    }

    /// The area where the value is positive.
    fn outline(&self) -> MultiPolygon<f64> {
        let value: Vec<f32> = (0..self.own.len()).map(|at| self.value(at)).collect();
        let inside = |at: usize| value[at] > 0.0;
        let region = regions(self.columns, &value);
        // Sides of cells that the outline crosses, each with the next one.
        let mut next: FxHashMap<u32, u32> = FxHashMap::default();
        let mut sides: Vec<u32> = Vec::new();
        for row in 0..self.rows - 1 {
            for column in 0..self.columns - 1 {
                let at = row * self.columns + column;
                let corners = [at, at + 1, at + self.columns + 1, at + self.columns];
                let is_in = corners.map(inside);
                if is_in == [false; 4] || is_in == [true; 4] {
                    continue;
                }
                for n in 0..4 {
                    // The outline comes in where, going round against the clock, one leaves the area. From
                    // there it keeps the inner corner on its left, so corners that only touch stay apart.
                    let (here, ahead) = (n, (n + 1) % 4);
                    if !is_in[here] || is_in[ahead] {
                        continue;
                    }
                    let mut back = here;
                    while is_in[(back + 3) % 4] {
                        back = (back + 3) % 4;
                    }
                    let from = self.side(corners[here], corners[ahead]);
                    let to = self.side(corners[(back + 3) % 4], corners[back]);
                    next.insert(from, to);
                    sides.push(from);
                }
            }
        }
        let mut outer: FxHashMap<u32, usize> = FxHashMap::default();
        let mut holes: Vec<(u32, LineString<f64>)> = Vec::new();
        let mut polygons: Vec<Polygon<f64>> = Vec::new();
        for first in sides {
            let mut ring: Vec<Coord<f64>> = Vec::new();
            let mut at = first;
            let mut own = 0;
            let mut enclosed = false;
            while let Some(to) = next.remove(&at) {
                let [a, b] = self.ends(at);
                let [inner, outside] = if inside(a) { [a, b] } else { [b, a] };
                own = region[inner];
                // The outline runs there because of another line, not because it is far from these.
                enclosed |= self.other[outside] < self.own[outside];
                ring.push(self.crossing(&value, inner, outside));
                at = to;
            }
            if ring.is_empty() {
                continue;
            }
            ring.push(ring[0]);
            let ring = LineString::new(ring);
            let cells = self.signed_cells(&ring);
            if cells > 0.0 {
                outer.insert(own, polygons.len());
                polygons.push(Polygon::new(ring, Vec::new()));
            } else if -cells >= LEAST_HOLE || enclosed {
                holes.push((own, ring));
            }
        }
        for (region, hole) in holes {
            if let Some(polygon) = outer.get(&region).and_then(|at| polygons.get_mut(*at)) {
                polygon.interiors_push(hole);
            }
        }
        MultiPolygon::new(polygons)
    }

    /// The number of a side of a cell, by its corners.
    fn side(&self, a: usize, b: usize) -> u32 {
        // Pictures have fewer than 2³¹ corners.
        let low = a.min(b) as u32 * 2;
        low + u32::from(a.abs_diff(b) != 1)
    }

    fn ends(&self, side: u32) -> [usize; 2] {
        let low = (side / 2) as usize;
        [low, low + if side.is_multiple_of(2) { 1 } else { self.columns }]
    }

    /// Where the outline crosses a side.
    fn crossing(&self, value: &[f32], inner: usize, outside: usize) -> Coord<f64> {
        let (high, low) = (f64::from(value[inner]), f64::from(value[outside]));
        let share = high / (high - low);
        let [a, b] = [inner, outside].map(|at| {
            let (x, y) = ((at % self.columns) as f64, (at / self.columns) as f64);
            Coord { x: self.corner.x + x * self.step.x, y: self.corner.y + y * self.step.y }
        });
        a + (b - a) * share
    }

    /// Surface of a ring in cells, positive against the clock.
    fn signed_cells(&self, ring: &LineString<f64>) -> f64 {
        let Some(first) = ring.0.first() else { return 0.0 };
        let doubled: f64 = ring
            .0
            .windows(2)
            .map(|pair| {
                let (a, b) = (pair[0] - *first, pair[1] - *first);
                a.x * b.y - a.y * b.x
            })
            .sum();
        doubled / 2.0 / (self.step.x * self.step.y)
    }
}

/// Which corners with a positive value hang together along the sides of cells: a number for each.
fn regions(columns: usize, value: &[f32]) -> Vec<u32> {
    fn find(root: &mut [u32], at: u32) -> u32 {
        let mut at = at;
        while root[at as usize] != at {
            root[at as usize] = root[root[at as usize] as usize];
            at = root[at as usize];
        }
        at
    }
    let mut root: Vec<u32> = Vec::new();
    let mut of = vec![0_u32; value.len()];
    for at in (0..value.len()).filter(|at| value[*at] > 0.0) {
        let left = (at % columns > 0 && value[at - 1] > 0.0).then(|| of[at - 1]);
        let below = (at >= columns && value[at - columns] > 0.0).then(|| of[at - columns]);
        of[at] = match (left, below) {
            (Some(a), Some(b)) => {
                let (a, b) = (find(&mut root, a), find(&mut root, b));
                root[a.max(b) as usize] = a.min(b);
                a.min(b)
            }
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => {
                let own = root.len() as u32;
                root.push(own);
                own
            }
        };
    }
    for (own, _) in of.iter_mut().zip(value).filter(|(_, value)| **value > 0.0) {
        *own = find(&mut root, *own);
    }
    of
}

#[cfg(test)]
mod tests {
    use geo::{Area, Contains};
    use geo_types::{Point, line_string};

    use super::*;

    const CELL: f64 = LEAST_CELL;

    #[test]
    fn the_area_lies_around_a_line() {
        let line = line_string![(x: 0.0, y: 0.0), (x: 100.0 * CELL, y: 0.0)];
        let area = nearer(&[line], &[]);
        assert_eq!(area.0.len(), 1);
        let cells = area.unsigned_area() / (CELL * CELL);
        let around = AROUND / CELL;
        let exact = 100.0 * 2.0 * around + std::f64::consts::PI * around.powi(2);
        assert!((cells / exact - 1.0).abs() < 0.02, "{cells} {exact}");
    }

    #[test]
    fn where_the_line_is_cut_the_area_ends() {
        let own = line_string![(x: 0.0, y: 0.0), (x: 50.3 * CELL, y: 0.0)];
        let other = line_string![(x: 50.3 * CELL, y: 0.0), (x: 100.0 * CELL, y: 0.0)];
        let area = nearer(&[own], &[other]);
        let at = |cells: f64| area.contains(&Point::new(cells * CELL, 0.0));
        assert!(at(50.2) && !at(50.4) && at(1.0) && !at(60.0));
    }

    #[test]
    fn lines_side_by_side_share_what_lies_between() {
        let side = |y: f64| line_string![(x: 0.0, y: y * CELL), (x: 40.0 * CELL, y: y * CELL)];
        let area = nearer(&[side(0.0)], &[side(2.0)]);
        let at = |y: f64| area.contains(&Point::new(20.2 * CELL, y * CELL));
        assert!(at(0.9) && !at(1.1) && at(-8.2) && !at(-8.5));
    }

    #[test]
    fn a_large_ring_has_a_hole_and_a_small_one_only_around_other_lines() {
        let ring = |n: f64, x: f64| line_string![(x: x, y: 0.0), (x: x + n * CELL, y: 0.0), (x: x + n * CELL, y: n * CELL), (x: x, y: n * CELL), (x: x, y: 0.0)];
        let area = nearer(&[ring(30.0, 0.0), ring(9.0, 60.0 * CELL)], &[]);
        let holes: Vec<usize> = area.0.iter().map(|polygon| polygon.interiors().len()).collect();
        assert_eq!(holes, [1, 0]);
        let within = line_string![(x: 64.0 * CELL, y: 4.0 * CELL), (x: 65.0 * CELL, y: 5.0 * CELL)];
        let area = nearer(&[ring(9.0, 60.0 * CELL)], &[within]);
        assert_eq!(area.0[0].interiors().len(), 1);
        assert!(!area.contains(&Point::new(64.5 * CELL, 4.5 * CELL)));
    }
}

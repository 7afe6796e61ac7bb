//! The edges of rings behind a tree: inside or not, and which edges a box meets.

use geo::kernels::{Kernel, Orientation, RobustKernel};
use geo_types::{Coord, Line, LineString};

use super::packed::{Packed, order};

/// Where a place lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Location {
    Outside,
    Boundary,
    Inside,
}

/// The edges of one or more rings that do not overlap (holes by even-odd rule).
#[derive(Clone, Debug)]
pub(super) struct Edges {
    lines: Vec<Line<f64>>,
    /// None where looking at each edge is quicker.
    tree: Option<Packed<2>>,
}

/// Up to here a tree does not pay.
const FEW: usize = 24;

impl Edges {
    pub fn new<'a>(rings: impl Iterator<Item = &'a LineString<f64>>) -> Self {
        let lines: Vec<Line<f64>> = rings.flat_map(LineString::lines).collect();
        if lines.len() <= FEW {
            return Self { lines, tree: None };
        }
        let middle = |l: &Line<f64>| [(l.start.x + l.end.x) / 2.0, (l.start.y + l.end.y) / 2.0];
        let lines: Vec<Line<f64>> =
            order(&lines, middle).into_iter().map(|i| lines[i as usize]).collect();
        let tree = Some(Packed::new(lines.iter().map(bounds)));
        Self { lines, tree }
    }

    /// Calls `visit` with each edge whose box meets the box, and maybe some others, until it says `false`.
    pub fn meeting(
        &self,
        low: Coord<f64>,
        high: Coord<f64>,
        visit: &mut dyn FnMut(&Line<f64>) -> bool,
    ) {
        let Some(tree) = &self.tree else {
            let _ = self.lines.iter().all(visit);
            return;
        };
        tree.meeting(&[low.x, low.y], &[high.x, high.y], &mut |i| {
            self.lines.get(i).is_none_or(&mut *visit)
        });
    }

    /// Whether any edge's box meets the box.
    pub fn any_near(&self, low: Coord<f64>, high: Coord<f64>) -> bool {
        let mut any = false;
        self.meeting(low, high, &mut |edge| {
            let (a, b) = bounds(edge);
            any = a[0] <= high.x && b[0] >= low.x && a[1] <= high.y && b[1] >= low.y;
            !any
        });
        any
    }

    /// Whether a segment has a point in common with any edge.
    pub fn cross(&self, segment: &Line<f64>) -> bool {
        use geo::Intersects;
        let (low, high) = bounds(segment);
        let mut any = false;
        self.meeting(Coord { x: low[0], y: low[1] }, Coord { x: high[0], y: high[1] }, &mut |e| {
            any = e.intersects(segment);
            !any
        });
        any
    }

    /// Where a place lies: counts the edges to its east, with exact orientation.
    pub fn locate(&self, at: Coord<f64>) -> Location {
        let mut inside = false;
        let mut boundary = false;
        let east = Coord { x: f64::INFINITY, y: at.y };
        self.meeting(at, east, &mut |edge| {
            let (low, high) = if edge.start.y <= edge.end.y {
                (edge.start, edge.end)
            } else {
                (edge.end, edge.start)
            };
            if at.y < low.y || at.y > high.y {
                return true;
            }
            match RobustKernel::orient2d(low, high, at) {
                Orientation::Collinear => {
                    let (west, east) = (low.x.min(high.x), low.x.max(high.x));
                    boundary = (west..=east).contains(&at.x);
                }
                // Left of an edge that counts from its lower end inclusive to its upper exclusive.
                Orientation::CounterClockwise if at.y < high.y => inside = !inside,
                _ => {}
            }
            !boundary
        });
        match (boundary, inside) {
            (true, _) => Location::Boundary,
            (false, true) => Location::Inside,
            (false, false) => Location::Outside,
        }
    }
}

fn bounds(line: &Line<f64>) -> ([f64; 2], [f64; 2]) {
    let (a, b) = (line.start, line.end);
    ([a.x.min(b.x), a.y.min(b.y)], [a.x.max(b.x), a.y.max(b.y)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_edges_and_holes_are_told_apart() {
        let rings: [LineString<f64>; 2] = [
            vec![(0., 0.), (4., 0.), (4., 4.), (2., 2.), (0., 4.), (0., 0.)].into(),
            vec![(1., 1.), (1., 1.5), (1.5, 1.5), (1.5, 1.), (1., 1.)].into(),
        ];
        let edges = Edges::new(rings.iter());
        for ((x, y), expected) in [
            ((0.5, 0.5), Location::Inside),
            ((1.2, 1.2), Location::Outside),
            ((1.0, 1.2), Location::Boundary),
            ((0.0, 0.0), Location::Boundary),
            ((2.0, 2.0), Location::Boundary),
            ((0.5, 2.0), Location::Inside),
            ((2.0, 3.0), Location::Outside),
            ((-1.0, 0.0), Location::Outside),
            ((-1.0, 4.0), Location::Outside),
            ((5.0, 0.0), Location::Outside),
            ((0.5, 1.0), Location::Inside),
            ((3.0, 3.0), Location::Boundary),
        ] {
            assert_eq!(edges.locate(Coord { x, y }), expected, "{x} {y}");
        }
    }
}

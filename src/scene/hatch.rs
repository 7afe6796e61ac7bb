//! Hatching of danger areas, so that they are told apart without colour.

use super::Severity;

/// Parallel lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hatch {
    /// Direction in degrees, clockwise from the horizontal.
    pub angle_deg: f32,
    /// Pixels between two lines.
    pub spacing: f32,
}

/// The hatching of each severity: the more severe, the denser.
pub fn hatches(severity: Severity) -> &'static [Hatch] {
    match severity {
        Severity::Red => &[Hatch { angle_deg: 45.0, spacing: 9.0 }],
        Severity::Orange => &[Hatch { angle_deg: -45.0, spacing: 12.0 }],
        Severity::Yellow => &[Hatch { angle_deg: 0.0, spacing: 14.0 }],
        Severity::Blue => &[Hatch { angle_deg: 90.0, spacing: 18.0 }],
    }
}

/// The lines of a hatching inside rings (even-odd), only where they meet a window from (0, 0) to
/// `size`. `phase` is a point that one of the lines passes through.
pub fn hatch_lines(
    rings: &[Vec<[f32; 2]>],
    hatch: Hatch,
    phase: [f32; 2],
    size: [f32; 2],
) -> Vec<[[f32; 2]; 2]> {
    let (sin, cos) = hatch.angle_deg.to_radians().sin_cos();
    // u runs along the lines, v across them.
    let turn = |[x, y]: [f32; 2]| [x * cos + y * sin, y * cos - x * sin];
    let back = |[u, v]: [f32; 2]| [u * cos - v * sin, u * sin + v * cos];
    let start = turn(phase)[1].rem_euclid(hatch.spacing);
    let corners = [[0.0, 0.0], [size[0], 0.0], [0.0, size[1]], size].map(turn);
    let low = corners.iter().map(|c| c[1]).fold(f32::INFINITY, f32::min);
    let high = corners.iter().map(|c| c[1]).fold(f32::NEG_INFINITY, f32::max);
    let first = ((low - start) / hatch.spacing).floor() as i32;
    let last = ((high - start) / hatch.spacing).ceil() as i32;
    let count = usize::try_from(last - first + 1).unwrap_or(0);
    let mut crossings: Vec<Vec<f32>> = vec![Vec::new(); count];
    for ring in rings {
        for (i, a) in ring.iter().enumerate() {
            let (a, b) = (turn(*a), turn(ring[(i + 1) % ring.len()]));
            let (p, q) = if a[1] <= b[1] { (a, b) } else { (b, a) };
            // Half open, so that a corner on a line counts once.
            let from = (((p[1] - start) / hatch.spacing).ceil() as i32).max(first);
            let to = (((q[1] - start) / hatch.spacing).ceil() as i32).min(last + 1);
            for n in from..to {
                let v = start + n as f32 * hatch.spacing;
                let t = (v - p[1]) / (q[1] - p[1]);
                if let Some(line) =
                    usize::try_from(n - first).ok().and_then(|n| crossings.get_mut(n))
                {
                    line.push(p[0] + (q[0] - p[0]) * t);
                }
            }
        }
    }
    let mut out = Vec::new();
    for (n, mut line) in (first..).zip(crossings) {
        line.sort_unstable_by(f32::total_cmp);
        let v = start + n as f32 * hatch.spacing;
        for pair in line.chunks_exact(2) {
            out.push([back([pair[0], v]), back([pair[1], v])]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_inside_and_leave_holes_free() {
        let outer = vec![[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]];
        let hole = vec![[40.0, 40.0], [60.0, 40.0], [60.0, 60.0], [40.0, 60.0]];
        let level = Hatch { angle_deg: 0.0, spacing: 10.0 };
        let lines = hatch_lines(&[outer, hole], level, [0.0, 5.0], [100.0, 100.0]);
        let length: f32 = lines.iter().map(|[a, b]| (b[0] - a[0]).abs()).sum();
        // Ten lines of 100, two of which lose 20 to the hole.
        assert_eq!((lines.len(), length), (12, 960.0));
        assert!(lines.iter().all(|[a, b]| (a[1] - b[1]).abs() < 1e-4 && a[1] % 10.0 == 5.0));
    }

    #[test]
    fn lines_stay_where_they_are_when_the_window_moves() {
        let ring = |dx: f32| vec![[10.0 + dx, 10.0], [90.0 + dx, 10.0], [50.0 + dx, 90.0]];
        let hatch = Hatch { angle_deg: 45.0, spacing: 9.0 };
        let here = hatch_lines(&[ring(0.0)], hatch, [3.0, 4.0], [200.0, 200.0]);
        let there = hatch_lines(&[ring(30.0)], hatch, [33.0, 4.0], [200.0, 200.0]);
        assert_eq!(here.len(), there.len());
        for ([a, b], [c, d]) in here.iter().zip(&there) {
            assert!((a[0] + 30.0 - c[0]).abs() < 0.01 && (a[1] - c[1]).abs() < 0.01);
            assert!((b[0] + 30.0 - d[0]).abs() < 0.01 && (b[1] - d[1]).abs() < 0.01);
        }
    }
}

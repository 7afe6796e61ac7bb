//! Lines and rings with fewer corners, for looking at from afar (Ramer 1972, Douglas and Peucker 1973).

/// A corner in local units.
pub type Corner = [f32; 2];

/// The line without the corners that lie within `tolerance` of what is left. Both ends stay, so
/// that lines which met still meet.
pub fn simplify(line: &[Corner], tolerance: f32) -> Vec<Corner> {
    if line.len() <= 2 || tolerance <= 0.0 {
        return line.to_vec();
    }
    let mut keep = vec![false; line.len()];
    keep[0] = true;
    keep[line.len() - 1] = true;
    let mut open = vec![(0, line.len() - 1)];
    while let Some((first, last)) = open.pop() {
        let farthest = (first + 1..last)
            .map(|i| (i, square_distance(line[i], line[first], line[last])))
            .fold((0, -1.0), |best, now| if now.1 > best.1 { now } else { best });
        if farthest.1 > tolerance * tolerance {
            keep[farthest.0] = true;
            open.push((first, farthest.0));
            open.push((farthest.0, last));
        }
    }
    line.iter().zip(keep).filter(|(_, keep)| *keep).map(|(corner, _)| *corner).collect()
}

/// The same for a ring given without its closing corner; empty if less than a triangle is left.
pub fn simplify_ring(ring: &[Corner], tolerance: f32) -> Vec<Corner> {
    let Some(first) = ring.first() else { return Vec::new() };
    // Cut at the two corners farthest from each other as seen from the first one.
    let far = (0..ring.len())
        .fold(0, |best, i| if gap(ring[i], *first) > gap(ring[best], *first) { i } else { best });
    let mut back: Vec<Corner> = ring[far..].to_vec();
    back.push(*first);
    let mut out = simplify(&ring[..=far], tolerance);
    out.pop();
    out.extend(simplify(&back, tolerance));
    out.pop();
    if out.len() < 3 { Vec::new() } else { out }
}

fn gap(a: Corner, b: Corner) -> f32 {
    let (dx, dy) = (a[0] - b[0], a[1] - b[1]);
    dx * dx + dy * dy
}

/// Square of the distance from `p` to the segment from `a` to `b`.
pub fn square_distance(p: Corner, a: Corner, b: Corner) -> f32 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = dx * dx + dy * dy;
    let t = if length > 0.0 {
        (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    gap(p, [a[0] + t * dx, a[1] + t * dy])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_bends_go_and_the_ends_stay() {
        let line = [[0.0, 0.0], [1.0, 0.1], [2.0, -0.1], [3.0, 5.0], [6.0, 6.0]];
        assert_eq!(simplify(&line, 0.5), [[0.0, 0.0], [2.0, -0.1], [3.0, 5.0], [6.0, 6.0]]);
        assert_eq!(simplify(&line, 100.0), [[0.0, 0.0], [6.0, 6.0]]);
        assert_eq!(simplify(&line, 0.0), line);
    }

    #[test]
    fn a_loop_that_ends_where_it_began_keeps_both_ends() {
        let line = [[0.0, 0.0], [5.0, 0.0], [5.0, 5.0], [0.0, 0.0]];
        assert_eq!(simplify(&line, 1.0), line);
    }

    #[test]
    fn rings_stay_rings_or_vanish() {
        let square = [[0.0, 0.0], [5.0, 0.05], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]];
        let plain = simplify_ring(&square, 0.5);
        assert_eq!(plain, [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]]);
        assert_eq!(simplify_ring(&square, 50.0), Vec::<Corner>::new());
        assert_eq!(simplify_ring(&[], 1.0), Vec::<Corner>::new());
    }
}

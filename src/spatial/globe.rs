//! The ellipsoid in space: earth-centred coordinates, and what a chord says about the geodesic.
//!
//! All radii of curvature of the ellipsoid lie between b²/a and a²/b. Therefore a geodesic bends at
//! most like a circle of radius b²/a, and the chord c of a geodesic s is at least 2R₁ sin(s / 2R₁)
//! (Schur); and the ellipsoid contains the spindle of circle arcs of radius a²/b over each of its
//! chords (Blaschke), so a path around it is at least as long as such an arc: s ≥ 2R₂ asin(c / 2R₂).
//! The two bounds differ by 2 cm at 100 km: chords can order candidates, geodesics only have to
//! decide among those that are as good as equal.

use geo_types::Coord;

use super::measure::{ECC2, FLATTENING, MAJOR_AXIS};
pub(super) use super::measure::{Space, space};

/// Smallest and largest radius of curvature: b²/a at the equator along the meridian, a²/b at the poles.
const TIGHTEST: f64 = MAJOR_AXIS * (1.0 - FLATTENING) * (1.0 - FLATTENING);
const FLATTEST: f64 = MAJOR_AXIS / (1.0 - FLATTENING);

/// Above this chord the two ends are nearly antipodal and the bounds say nothing useful.
const FAR: f64 = 12_000_000.0;

/// Square of the chord between two points.
pub(super) fn chord2(a: &Space, b: &Space) -> f64 {
    let (x, y, z) = (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
    x * x + y * y + z * z
}

/// The longest chord that a geodesic no longer than `distance` can have.
pub(super) fn longest_chord(distance: f64) -> f64 {
    let angle = distance / (2.0 * FLATTEST);
    if angle < 1.0 { 2.0 * FLATTEST * angle.sin() + SLACK } else { f64::INFINITY }
}

/// The longest geodesic that a chord can have.
pub(super) fn longest_geodesic(chord: f64) -> f64 {
    if chord < FAR {
        2.0 * TIGHTEST * (chord / (2.0 * TIGHTEST)).min(1.0).asin() + SLACK
    } else {
        f64::INFINITY
    }
}

/// The chord beyond which nothing can be nearer by geodesic than something with this chord.
pub(super) fn decided_beyond(chord: f64) -> f64 {
    longest_chord(longest_geodesic(chord))
}

/// Rounding of coordinates in space and of the geodesic, in metres.
const SLACK: f64 = 1e-6;

/// A piece of line that is straight in degrees, as a curve in space over t from 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    pub a: Coord<f64>,
    pub b: Coord<f64>,
}

impl Arc {
    /// The place at `t`.
    pub fn at(&self, t: f64) -> Coord<f64> {
        if t <= 0.0 {
            self.a
        } else if t >= 1.0 {
            self.b
        } else {
            Coord {
                x: self.a.x + t * (self.b.x - self.a.x),
                y: self.a.y + t * (self.b.y - self.a.y),
            }
        }
    }

    /// How far in metres the curve may leave its chord: |second derivative| / 8.
    pub fn sag(&self) -> f64 {
        let dx = (self.b.x - self.a.x).to_radians().abs();
        let dy = (self.b.y - self.a.y).to_radians().abs();
        // No second derivative of the ellipsoid by latitude and longitude is longer than 6500 km.
        6.5e6 / 8.0 * (dx + dy) * (dx + dy)
    }

    /// The nearest place to `q` and its square chord.
    ///
    /// Nearest by chord is nearest by geodesic to within 0.1 mm up to 1000 km.
    pub fn nearest(&self, q: &Space) -> (Coord<f64>, f64) {
        let (pa, pb) = (space(self.a), space(self.b));
        let along = [pb[0] - pa[0], pb[1] - pa[1], pb[2] - pa[2]];
        let length2 = dot(&along, &along);
        if length2 == 0.0 {
            return (self.a, chord2(&pa, q));
        }
        let to_q = [q[0] - pa[0], q[1] - pa[1], q[2] - pa[2]];
        let mut t = (dot(&to_q, &along) / length2).clamp(0.0, 1.0);
        // Newton on the curve; the first guess is good to the sag already.
        for _ in 0..4 {
            let (slope, bend) = self.derivatives(t, q);
            let step = if bend > 0.0 { slope / bend } else { slope / length2 };
            let next = (t - step).clamp(0.0, 1.0);
            let moved = (next - t).abs();
            t = next;
            if moved * moved * length2 < 1e-12 {
                break;
            }
        }
        let inner = self.at(t);
        [(inner, chord2(&space(inner), q)), (self.a, chord2(&pa, q)), (self.b, chord2(&pb, q))]
            .into_iter()
            .min_by(|x, y| x.1.total_cmp(&y.1))
            .unwrap_or((self.a, chord2(&pa, q)))
    }

    /// First and second derivative by t of half the square chord to `q`.
    fn derivatives(&self, t: f64, q: &Space) -> (f64, f64) {
        let at = self.at(t);
        let dx = (self.b.x - self.a.x).to_radians();
        let dy = (self.b.y - self.a.y).to_radians();
        let (sin_lon, cos_lon) = at.x.to_radians().sin_cos();
        let (sin_lat, cos_lat) = at.y.to_radians().sin_cos();
        let w = 1.0 - ECC2 * sin_lat * sin_lat;
        let n = MAJOR_AXIS / w.sqrt();
        let m = n * (1.0 - ECC2) / w;
        let p = [n * cos_lat * cos_lon, n * cos_lat * sin_lon, n * (1.0 - ECC2) * sin_lat];
        let gap = [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
        let by_lon = [-n * cos_lat * sin_lon, n * cos_lat * cos_lon, 0.0];
        let by_lat = [-m * sin_lat * cos_lon, -m * sin_lat * sin_lon, m * cos_lat];
        let first = [0, 1, 2].map(|d: usize| by_lon[d] * dx + by_lat[d] * dy);
        let second = [
            -p[0] * dx * dx + 2.0 * m * sin_lat * sin_lon * dx * dy
                - m * cos_lat * cos_lon * dy * dy,
            -p[1] * dx * dx
                - 2.0 * m * sin_lat * cos_lon * dx * dy
                - m * cos_lat * sin_lon * dy * dy,
            -m * sin_lat * dy * dy,
        ];
        (dot(&gap, &first), dot(&first, &first) + dot(&gap, &second))
    }
}

fn dot(a: &Space, b: &Space) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spatial::measure::geodesic_distance;

    #[test]
    fn chords_bound_geodesics_from_both_sides() {
        for i in 0..2000 {
            let f = f64::from(i);
            let a = Coord { x: f * 37.77 % 360.0 - 180.0, y: f * 17.31 % 180.0 - 90.0 };
            let reach = [0.001, 0.1, 1.0, 10.0, 60.0][i as usize % 5];
            let b = Coord {
                x: a.x + (f * 0.731).sin() * reach,
                y: (a.y + (f * 0.377).cos() * reach).clamp(-90.0, 90.0),
            };
            let (s, c) = (geodesic_distance(a, b).0, chord2(&space(a), &space(b)).sqrt());
            assert!(c <= longest_chord(s), "{a:?} {b:?} {s} {c}");
            assert!(longest_chord(s) <= decided_beyond(c) + 2e-6, "{a:?} {b:?} {s} {c}");
            // And they are tight: 2 cm at 100 km.
            let spread = 0.022 * c.powi(3) / (24.0 * 6.37e6_f64.powi(2));
            assert!(c > 1e6 || decided_beyond(c) - c < 3e-6 + spread, "{a:?} {b:?}");
        }
    }

    #[test]
    fn the_nearest_place_on_an_arc_beats_every_sample() {
        for i in 0..200 {
            let f = f64::from(i);
            let a = Coord { x: f * 37.77 % 360.0 - 180.0, y: f * 17.31 % 170.0 - 85.0 };
            let size = [0.0001, 0.01, 0.25][i as usize % 3];
            let b = Coord { x: a.x + (f * 0.731).sin() * size, y: a.y + (f * 0.377).cos() * size };
            let q = Coord { x: a.x + (f * 1.31).cos() * size, y: a.y + (f * 2.77).sin() * size };
            let arc = Arc { a, b };
            let (at, _) = arc.nearest(&space(q));
            let own = geodesic_distance(q, at).0;
            let best = (0..=1000)
                .map(|j| geodesic_distance(q, arc.at(f64::from(j) / 1000.0)).0)
                .fold(f64::INFINITY, f64::min);
            assert!(own <= best + 1e-6, "{arc:?} {q:?}: {own} > {best}");
        }
    }

    #[test]
    fn the_curve_stays_within_its_sag() {
        for (a, b) in
            [((0.0, 0.0), (0.25, 0.0)), ((10.0, 80.0), (10.25, 80.25)), ((5.0, 89.0), (5.25, 89.1))]
        {
            let arc = Arc { a: a.into(), b: b.into() };
            let (pa, pb) = (space(arc.a), space(arc.b));
            for i in 0..=20 {
                let t = f64::from(i) / 20.0;
                let on_chord = [0, 1, 2].map(|d: usize| pa[d] + t * (pb[d] - pa[d]));
                assert!(chord2(&on_chord, &space(arc.at(t))).sqrt() <= arc.sag());
            }
        }
    }
}

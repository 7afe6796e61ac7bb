//! Transverse Mercator by Krüger's series to the sixth order (Karney 2011): nanometres within a zone.

use std::f64::consts::FRAC_PI_2;

use geo_types::Coord;

use super::measure::{FLATTENING, MAJOR_AXIS};

const N: f64 = FLATTENING / (2.0 - FLATTENING);
const N2: f64 = N * N;
const N3: f64 = N2 * N;
const N4: f64 = N3 * N;
const N5: f64 = N4 * N;
const N6: f64 = N5 * N;

/// First eccentricity squared; `ECC` is its root, spelt out because `sqrt` is not const.
const ECC2: f64 = FLATTENING * (2.0 - FLATTENING);
const ECC: f64 = 0.081_819_191_042_815_79;

/// Radius of the circle as long as the meridian.
const RECTIFYING: f64 = MAJOR_AXIS / (1.0 + N) * (1.0 + N2 / 4.0 + N4 / 64.0 + N6 / 256.0);

/// From conformal to rectifying latitude (Karney 2011, equation 35).
const ALPHA: [f64; 6] = [
    N / 2.0 - 2.0 / 3.0 * N2 + 5.0 / 16.0 * N3 + 41.0 / 180.0 * N4 - 127.0 / 288.0 * N5
        + 7891.0 / 37800.0 * N6,
    13.0 / 48.0 * N2 - 3.0 / 5.0 * N3 + 557.0 / 1440.0 * N4 + 281.0 / 630.0 * N5
        - 1_983_433.0 / 1_935_360.0 * N6,
    61.0 / 240.0 * N3 - 103.0 / 140.0 * N4 + 15061.0 / 26880.0 * N5 + 167_603.0 / 181_440.0 * N6,
    49561.0 / 161_280.0 * N4 - 179.0 / 168.0 * N5 + 6_601_661.0 / 7_257_600.0 * N6,
    34729.0 / 80640.0 * N5 - 3_418_889.0 / 1_995_840.0 * N6,
    212_378_941.0 / 319_334_400.0 * N6,
];

/// And back (equation 36).
const BETA: [f64; 6] = [
    N / 2.0 - 2.0 / 3.0 * N2 + 37.0 / 96.0 * N3 - 1.0 / 360.0 * N4 - 81.0 / 512.0 * N5
        + 96199.0 / 604_800.0 * N6,
    1.0 / 48.0 * N2 + 1.0 / 15.0 * N3 - 437.0 / 1440.0 * N4 + 46.0 / 105.0 * N5
        - 1_118_711.0 / 3_870_720.0 * N6,
    17.0 / 480.0 * N3 - 37.0 / 840.0 * N4 - 209.0 / 4480.0 * N5 + 5569.0 / 90720.0 * N6,
    4397.0 / 161_280.0 * N4 - 11.0 / 504.0 * N5 - 830_251.0 / 7_257_600.0 * N6,
    4583.0 / 161_280.0 * N5 - 108_847.0 / 3_991_680.0 * N6,
    20_648_693.0 / 638_668_800.0 * N6,
];

/// A transverse Mercator projection of the CGCS2000 ellipsoid, metres east and north.
///
/// WGS 84 has the same ellipsoid to within 0.1 mm, so UTM uses it too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TransverseMercator {
    /// Central meridian in degrees.
    pub meridian: f64,
    /// Scale on the central meridian.
    pub scale: f64,
    /// Easting of the central meridian.
    pub false_easting: f64,
    /// Northing of the equator.
    pub false_northing: f64,
}

impl TransverseMercator {
    /// Gauss–Krüger about a meridian: scale 1, 500 km false easting.
    pub fn gauss_kruger(meridian: f64) -> Self {
        Self { meridian, scale: 1.0, false_easting: 500_000.0, false_northing: 0.0 }
    }

    /// Easting and northing of a place in degrees; `None` a quarter of the globe or more away.
    pub fn forward(&self, at: Coord<f64>) -> Option<Coord<f64>> {
        let lambda = wrap_degrees(at.x - self.meridian).to_radians();
        if !(lambda.abs() < 1.4 && at.y.abs() <= 90.0) {
            return None;
        }
        let tau = at.y.to_radians().tan();
        let tau_prime = conformal_tan(tau);
        let (sin, cos) = lambda.sin_cos();
        let xi = tau_prime.atan2(cos);
        let eta = (sin / tau_prime.hypot(cos)).asinh();
        let (mut north, mut east) = (xi, eta);
        for (j, a) in (1..).zip(ALPHA) {
            let k = 2.0 * f64::from(j);
            let (s, c) = (k * xi).sin_cos();
            north += a * s * (k * eta).cosh();
            east += a * c * (k * eta).sinh();
        }
        Some(Coord {
            x: self.false_easting + self.scale * RECTIFYING * east,
            y: self.false_northing + self.scale * RECTIFYING * north,
        })
    }

    /// The place in degrees at an easting and northing; `None` where the series does not hold.
    pub fn inverse(&self, at: Coord<f64>) -> Option<Coord<f64>> {
        let xi = (at.y - self.false_northing) / (self.scale * RECTIFYING);
        let eta = (at.x - self.false_easting) / (self.scale * RECTIFYING);
        // Beyond these the point is not on this side of the globe, and the series diverges.
        if !(xi.abs() <= FRAC_PI_2 + 1e-6 && eta.abs() < 1.5) {
            return None;
        }
        let (mut xi_prime, mut eta_prime) = (xi, eta);
        for (j, b) in (1..).zip(BETA) {
            let k = 2.0 * f64::from(j);
            let (s, c) = (k * xi).sin_cos();
            xi_prime -= b * s * (k * eta).cosh();
            eta_prime -= b * c * (k * eta).sinh();
        }
        let (sin, cos) = xi_prime.sin_cos();
        let sinh = eta_prime.sinh();
        let tau_prime = sin / sinh.hypot(cos);
        // Newton for the geographic latitude; two rounds reach the last bits, five are certain.
        let mut tau = tau_prime / (1.0 - ECC2);
        for _ in 0..5 {
            let guess = conformal_tan(tau);
            let step = (tau_prime - guess) / (1.0 + guess * guess).sqrt()
                * (1.0 + (1.0 - ECC2) * tau * tau)
                / ((1.0 - ECC2) * (1.0 + tau * tau).sqrt());
            tau += step;
            if step.abs() < 1e-16 * (1.0 + tau.abs()) {
                break;
            }
        }
        let place = Coord {
            x: wrap_degrees(self.meridian + sinh.atan2(cos).to_degrees()),
            y: tau.atan().to_degrees(),
        };
        (place.x.is_finite() && place.y.is_finite()).then_some(place)
    }
}

/// The tangent of the conformal latitude from that of the geographic one.
fn conformal_tan(tau: f64) -> f64 {
    let root = (1.0 + tau * tau).sqrt();
    if !root.is_finite() {
        return tau;
    }
    let sigma = (ECC * (ECC * tau / root).atanh()).sinh();
    tau * (1.0 + sigma * sigma).sqrt() - sigma * root
}

/// Brings degrees of longitude into −180 … 180.
pub(super) fn wrap_degrees(degrees: f64) -> f64 {
    if (-180.0..=180.0).contains(&degrees) {
        degrees
    } else {
        (degrees + 180.0).rem_euclid(360.0) - 180.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eccentricity_is_the_root() {
        assert!((ECC * ECC - ECC2).abs() < 1e-17);
    }

    /// Figures of EPSG:4548 from PROJ 9.5.1.
    #[test]
    fn agrees_with_proj_to_a_tenth_of_a_millimetre() {
        let plane = TransverseMercator::gauss_kruger(117.0);
        for (lon, lat, east, north) in [
            (116.489, 35.733, 453_771.354_1, 3_956_037.671_4),
            (116.30, 35.52, 436_504.655_0, 3_932_509.836_1),
            (116.667, 35.917, 469_944.008_7, 3_976_384.373_3),
            (117.0, 36.0, 500_000.0, 3_985_542.670_3),
        ] {
            let there = plane.forward(Coord { x: lon, y: lat }).unwrap();
            assert!((there.x - east).abs() < 1e-4 && (there.y - north).abs() < 1e-4, "{there:?}");
            let back = plane.inverse(there).unwrap();
            assert!((back.x - lon).abs() < 1e-12 && (back.y - lat).abs() < 1e-12, "{back:?}");
        }
    }

    #[test]
    fn comes_back_anywhere_within_fifteen_degrees() {
        let plane = TransverseMercator::gauss_kruger(-177.0);
        for i in 0..=30 {
            for j in -17..=17 {
                let at =
                    Coord { x: wrap_degrees(-177.0 + f64::from(i) - 15.0), y: f64::from(j) * 5.0 };
                let back = plane.inverse(plane.forward(at).unwrap()).unwrap();
                assert!(wrap_degrees(back.x - at.x).abs() < 1e-10, "{at:?} {back:?}");
                assert!((back.y - at.y).abs() < 1e-11, "{at:?} {back:?}");
            }
        }
    }

    #[test]
    fn the_far_side_of_the_globe_has_no_place_in_the_plane() {
        let plane = TransverseMercator::gauss_kruger(117.0);
        assert_eq!(plane.forward(Coord { x: -63.0, y: 10.0 }), None);
        assert_eq!(plane.inverse(Coord { x: 3.9e7, y: 4e6 }), None);
        assert_eq!(plane.inverse(Coord { x: f64::NAN, y: 4e6 }), None);
    }
}

//! Lengths and surfaces on the CGCS2000 ellipsoid (GB 22021-2008: a = 6378137 m, 1/f = 298.257222101).

use std::sync::LazyLock;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};

use crate::base::Metres;

/// Semi-major axis in metres.
pub const MAJOR_AXIS: f64 = 6_378_137.0;
/// Flattening.
pub const FLATTENING: f64 = 1.0 / 298.257_222_101;
/// First eccentricity squared.
pub(super) const ECC2: f64 = FLATTENING * (2.0 - FLATTENING);

static CGCS2000: LazyLock<Geodesic> = LazyLock::new(|| Geodesic::new(MAJOR_AXIS, FLATTENING));

/// Length of the shortest line on the ellipsoid between two places in degrees (Karney 2013).
pub fn geodesic_distance(a: Coord<f64>, b: Coord<f64>) -> Metres {
    Metres(CGCS2000.inverse(a.y, a.x, b.y, b.x))
}

/// The place `distance` away from `from` in the direction `azimuth_deg`, clockwise from north.
pub fn destination(from: Coord<f64>, azimuth_deg: f64, distance: Metres) -> Coord<f64> {
    let (lat, lon) = CGCS2000.direct(from.y, from.x, azimuth_deg, distance.0);
    Coord { x: lon, y: lat }
}

/// Surface in square metres of polygons whose edges are straight in degrees (RFC 7946), holes taken off.
///
/// Rings may be wound either way; polygons must not overlap.
pub fn surface(polygons: &MultiPolygon<f64>) -> f64 {
    polygons.0.iter().map(polygon_surface).sum()
}

/// [`surface`] of one polygon.
pub fn polygon_surface(polygon: &Polygon<f64>) -> f64 {
    let holes: f64 = polygon.interiors().iter().map(ring_surface).sum();
    (ring_surface(polygon.exterior()) - holes).max(0.0)
}

/// ∮ q dλ by Simpson's rule on each edge, where q is the authalic sine: Lambert's equal-area cylinder.
fn ring_surface(ring: &LineString<f64>) -> f64 {
    let Some(first) = ring.0.first() else { return 0.0 };
    // Relative to the first corner, or small rings would drown in the rounding of the whole globe.
    let base = authalic(first.y);
    let q = |lat: f64| authalic(lat) - base;
    let sum: f64 = ring
        .lines()
        .map(|edge| {
            let width = (edge.end.x - edge.start.x).to_radians();
            let middle = (edge.start.y + edge.end.y) / 2.0;
            width * (q(edge.start.y) + 4.0 * q(middle) + q(edge.end.y)) / 6.0
        })
        .sum();
    (sum * MAJOR_AXIS * MAJOR_AXIS / 2.0).abs()
}

fn authalic(lat: f64) -> f64 {
    let e = ECC2.sqrt();
    let sin = lat.to_radians().sin();
    (1.0 - ECC2) * (sin / (1.0 - ECC2 * sin * sin) + (e * sin).atanh() / e)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::polygon;

    #[test]
    fn the_whole_globe_has_its_known_surface() {
        let globe = polygon![(x: -180.0, y: -90.0), (x: 180.0, y: -90.0), (x: 180.0, y: 90.0), (x: -180.0, y: 90.0)];
        // 4πR² with the authalic radius 6 371 007.181 m.
        let expected = 4.0 * std::f64::consts::PI * 6_371_007.181_f64.powi(2);
        assert!((polygon_surface(&globe) / expected - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_hole_is_taken_off_whichever_way_it_is_wound() {
        let outer =
            LineString::from(vec![(116.0, 35.0), (116.2, 35.0), (116.2, 35.2), (116.0, 35.2)]);
        let mut hole = vec![(116.05, 35.05), (116.1, 35.05), (116.1, 35.1), (116.05, 35.1)];
        let whole = polygon_surface(&Polygon::new(outer.clone(), vec![]));
        let one = polygon_surface(&Polygon::new(outer.clone(), vec![hole.clone().into()]));
        hole.reverse();
        let other = polygon_surface(&Polygon::new(outer, vec![hole.into()]));
        assert!((one - other).abs() < 1e-3);
        // 0.2° × 0.2° at 35.1°N is 18.24 km × 22.19 km = 404.7 km²; the hole is a sixteenth.
        assert!((whole / 404.7e6 - 1.0).abs() < 1e-3, "{whole}");
        assert!((one / whole - 15.0 / 16.0).abs() < 1e-4);
    }
}

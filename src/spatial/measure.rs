//! Lengths on the CGCS2000 ellipsoid (GB 22021-2008: a = 6378137 m, 1/f = 298.257222101).

use std::sync::LazyLock;

use geo_types::Coord;
use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};

use crate::base::Metres;

static CGCS2000: LazyLock<Geodesic> =
    LazyLock::new(|| Geodesic::new(6_378_137.0, 1.0 / 298.257_222_101));

/// Length of the shortest line on the ellipsoid between two places in degrees (Karney 2013).
pub fn geodesic_distance(a: Coord<f64>, b: Coord<f64>) -> Metres {
    Metres(CGCS2000.inverse(a.y, a.x, b.y, b.x))
}

/// The place `distance` away from `from` in the direction `azimuth_deg`, clockwise from north.
pub fn destination(from: Coord<f64>, azimuth_deg: f64, distance: Metres) -> Coord<f64> {
    let (lat, lon) = CGCS2000.direct(from.y, from.x, azimuth_deg, distance.0);
    Coord { x: lon, y: lat }
}

//! The county's own plane: the 3-degree Gauss–Krüger zone nearest the middle of its extent.

use geo_types::{Coord, Rect};

use super::crs::Crs;
use super::tmerc::TransverseMercator;

/// A plane in metres in which lengths are true to one part in a thousand or better, where it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plane {
    zone: u32,
    projection: TransverseMercator,
}

/// Scale error beyond which a plane no longer holds.
const WORST_SCALE: f64 = 1e-3;

/// No radius of curvature of the ellipsoid is smaller, in metres.
const TIGHTEST_RADIUS: f64 = 6.335e6;
/// Beyond this many radians from the central meridian the scale of a sphere says too little.
const FARTHEST_ANGLE: f64 = 0.5;

impl Plane {
    /// The plane of the zone whose central meridian is nearest the middle of an extent in degrees.
    ///
    /// ```
    /// use geo_types::Rect;
    /// use shouye::spatial::Plane;
    /// let plane = Plane::for_extent(Rect::new((116.3, 35.5), (116.7, 35.95)));
    /// assert_eq!(plane.crs().label(), "EPSG:4548");
    /// ```
    pub fn for_extent(extent: Rect<f64>) -> Self {
        // Zones run eastward all around: zone 39 is 117°E, 120 is Greenwich.
        let zone = (extent.center().x / 3.0).round().rem_euclid(120.0) as u32;
        let meridian = f64::from(zone) * 3.0;
        let meridian = if meridian > 180.0 { meridian - 360.0 } else { meridian };
        Self { zone, projection: TransverseMercator::gauss_kruger(meridian) }
    }

    /// The central meridian in degrees.
    pub fn meridian(&self) -> f64 {
        self.projection.meridian
    }

    /// The coordinate reference system of its metres.
    pub fn crs(&self) -> Crs {
        if self.meridian() > 0.0 {
            Crs::gauss_kruger_zone(self.zone, 3, false)
        } else {
            Crs::TransverseMercator(None, self.projection)
        }
    }

    /// Metres east and north of a place in degrees; `None` on the far side of the globe.
    pub fn forward(&self, at: Coord<f64>) -> Option<Coord<f64>> {
        self.projection.forward(at)
    }

    /// The place in degrees of metres east and north.
    pub fn inverse(&self, at: Coord<f64>) -> Option<Coord<f64>> {
        self.projection.inverse(at)
    }

    /// The longest that a geodesic of `length` metres from a place of the plane can become in it;
    /// infinite too far from the central meridian to say.
    ///
    /// At a distance m from the meridian the scale is sec(m / R). The straight line between two
    /// places is no longer than the geodesic's image, so nothing within `length` metres on the
    /// ground lies farther away in the plane than this.
    pub(super) fn longest_image(&self, from: Coord<f64>, length: f64) -> f64 {
        let angle = ((from.x - self.projection.false_easting).abs() + length) / TIGHTEST_RADIUS;
        if angle < FARTHEST_ANGLE {
            length / angle.cos() * (1.0 + 1e-9) + 1e-6
        } else {
            f64::INFINITY
        }
    }

    /// Whether lengths anywhere in an extent are true to one part in a thousand.
    ///
    /// The scale is 1 + (Δλ cos φ)² / 2 at Δλ from the central meridian.
    pub fn holds(&self, extent: Rect<f64>) -> bool {
        let off =
            (extent.min().x - self.meridian()).abs().max((extent.max().x - self.meridian()).abs());
        let (south, north) = (extent.min().y, extent.max().y);
        let nearest_equator =
            if south <= 0.0 && north >= 0.0 { 0.0 } else { south.abs().min(north.abs()) };
        let across = off.to_radians() * nearest_equator.to_radians().cos();
        across * across / 2.0 <= WORST_SCALE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Metres;
    use crate::spatial::measure::{destination, geodesic_distance};

    #[test]
    fn a_county_holds_and_a_country_does_not() {
        let county = Rect::new((116.3, 35.5), (116.7, 35.95));
        assert!(Plane::for_extent(county).holds(county));
        let china = Rect::new((73.0, 18.0), (135.0, 53.0));
        assert!(!Plane::for_extent(china).holds(china));
        assert_eq!(Plane::for_extent(Rect::new((-71.0, -1.0), (-69.0, 1.0))).meridian(), -69.0);
        assert_eq!(Plane::for_extent(Rect::new((-1.0, 50.0), (1.0, 51.0))).meridian(), 0.0);
    }

    #[test]
    fn no_geodesic_becomes_longer_in_the_plane_than_it_can() {
        let plane = Plane::for_extent(Rect::new((116.3, 35.5), (116.7, 35.95)));
        let mut tightest = f64::INFINITY;
        for i in 0..3000 {
            let f = f64::from(i);
            let from = Coord { x: 117.0 + (f * 0.37).sin() * 14.0, y: (f * 0.71).sin() * 75.0 };
            let length = [10.0, 1e3, 1e5, 5e5, 1e6][i as usize % 5];
            let to = destination(from, f * 37.77 % 360.0, Metres(length));
            let (Some(p), Some(q)) = (plane.forward(from), plane.forward(to)) else { continue };
            let (image, bound) = ((p.x - q.x).hypot(p.y - q.y), plane.longest_image(p, length));
            assert!(image <= bound, "{from:?} {to:?}: {image} > {bound}");
            tightest = tightest.min(bound / image);
        }
        assert!(tightest < 1.0 + 1e-4, "the bound is no use: {tightest}");
    }

    #[test]
    fn lengths_are_true_where_it_holds() {
        let extent = Rect::new((114.5, 35.0), (119.5, 36.0));
        let plane = Plane::for_extent(extent);
        assert!(plane.holds(extent));
        for azimuth in [0.0, 45.0, 90.0, 200.0] {
            let a = Coord { x: 119.5, y: 35.5 };
            let b = destination(a, azimuth, Metres(1000.0));
            let (p, q) = (plane.forward(a).unwrap(), plane.forward(b).unwrap());
            let length = (p.x - q.x).hypot(p.y - q.y);
            assert!((length / geodesic_distance(a, b).0 - 1.0).abs() < 1.1e-3, "{length}");
        }
    }
}

//! How far apart two geometries are.

use geo::{BoundingRect, Distance, Euclidean, MapCoords};
use geo_types::{Coord, Geometry};

use super::TransverseMercator;
use super::extent::middle;
use crate::base::Metres;

/// Distance on the ground between the nearest places of two geometries in degrees; 0 where they meet,
/// `None` if one of them is empty or on the far side of the globe.
///
/// It is measured in a plane about the meridian of `a`: true to a part in a million within 9 km.
///
/// ```
/// use geo_types::{Geometry, Point, polygon};
/// use shouye::spatial::distance_between;
/// let park: Geometry<f64> = polygon![(x: 116.5, y: 35.7), (x: 116.51, y: 35.7), (x: 116.51, y: 35.71)].into();
/// let plant: Geometry<f64> = Point::new(116.52, 35.71).into();
/// // A hundredth of a degree of longitude at 35.71°N is 905 m.
/// assert_eq!(distance_between(&park, &plant).unwrap().whole(), 905);
/// ```
pub fn distance_between(a: &Geometry<f64>, b: &Geometry<f64>) -> Option<Metres> {
    b.bounding_rect()?;
    let plane = TransverseMercator::gauss_kruger(middle(a)?.x);
    let flat = |geometry: &Geometry<f64>| {
        geometry.try_map_coords(|at: Coord<f64>| plane.forward(at).ok_or(())).ok()
    };
    let apart = Euclidean.distance(&flat(a)?, &flat(b)?);
    apart.is_finite().then_some(Metres(apart))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spatial::measure::{destination, geodesic_distance};
    use geo_types::{LineString, Point};

    #[test]
    fn points_are_as_far_apart_as_on_the_ellipsoid() {
        let a = Coord { x: 116.5, y: 35.7 };
        for azimuth in [0.0, 33.0, 90.0, 200.0] {
            let b = destination(a, azimuth, Metres(5000.0));
            let apart = distance_between(&Point(a).into(), &Point(b).into()).unwrap();
            assert!((apart.0 - geodesic_distance(a, b).0).abs() < 0.005, "{apart:?}");
        }
    }

    #[test]
    fn the_nearest_places_count_and_nothing_is_nowhere() {
        let a = Coord { x: 116.5, y: 35.7 };
        // A line that passes 100 m to the east, its ends 10 km away.
        let beside = destination(a, 90.0, Metres(100.0));
        let ends = [0.0, 180.0].map(|azimuth| destination(beside, azimuth, Metres(10_000.0)));
        let line: Geometry<f64> = LineString::new(ends.to_vec()).into();
        let apart = distance_between(&Point(a).into(), &line).unwrap();
        assert!((apart.0 - 100.0).abs() < 0.2, "{apart:?}");
        assert_eq!(distance_between(&line, &Point(ends[0]).into()), Some(Metres(0.0)));
        let nothing: Geometry<f64> = LineString::new(Vec::new()).into();
        assert_eq!(distance_between(&Point(a).into(), &nothing), None);
        assert_eq!(distance_between(&nothing, &Point(a).into()), None);
    }
}

//! Rectangles around things, and their middles.

use geo::{Centroid, Contains, InteriorPoint};
use geo_types::{Coord, Geometry, Point, Rect};

/// The smallest rectangle around two others.
///
/// ```
/// use geo_types::{Coord, Rect};
/// use shouye::spatial::joined;
/// let west = Rect::new(Coord { x: 116.0, y: 35.0 }, Coord { x: 116.2, y: 35.9 });
/// let east = Rect::new(Coord { x: 116.1, y: 34.9 }, Coord { x: 116.7, y: 35.1 });
/// let both = Rect::new(Coord { x: 116.0, y: 34.9 }, Coord { x: 116.7, y: 35.9 });
/// assert_eq!(joined(west, east), both);
/// ```
pub fn joined(a: Rect<f64>, b: Rect<f64>) -> Rect<f64> {
    Rect::new(
        Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) },
        Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) },
    )
}

/// The centroid, or a point inside if the centroid of a surface lies outside of it.
pub fn middle(geometry: &Geometry<f64>) -> Option<Coord<f64>> {
    if let Geometry::Point(Point(at)) = geometry {
        return Some(*at);
    }
    let centroid = geometry.centroid()?;
    let surface = matches!(geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_));
    let at = if !surface || geometry.contains(&centroid) {
        centroid
    } else {
        geometry.interior_point().unwrap_or(centroid)
    };
    (at.x().is_finite() && at.y().is_finite()).then_some(at.0)
}

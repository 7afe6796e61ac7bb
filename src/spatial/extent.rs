//! Rectangles around things.

use geo_types::{Coord, Rect};

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

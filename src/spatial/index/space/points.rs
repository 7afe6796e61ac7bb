//! The points of a layer, in buckets of eight that lie together.

use geo_types::{Coord, Rect};

use crate::spatial::globe::{Space, chord2, space};
use crate::spatial::packed::{Bounds, FAN, Packed, order};

/// Points in the order of the tree.
#[derive(Debug)]
pub(super) struct Points {
    places: Vec<(u32, Coord<f64>)>,
    spaces: Vec<Space>,
    /// Over the buckets, in space.
    pub tree: Packed<3>,
    /// Over the same buckets, in degrees.
    degrees: Packed<2>,
}

impl Points {
    pub fn new(points: &[(u32, Coord<f64>)]) -> Self {
        // Degrees will do to put neighbours together, if those of longitude are as long as those of
        // latitude; the boxes in space are exact whatever the order.
        let middle = points.iter().map(|(_, at)| at.y).sum::<f64>() / points.len().max(1) as f64;
        let squeeze = middle.to_radians().cos();
        let order = order(points, |(_, at)| [at.x * squeeze, at.y]);
        let places: Vec<(u32, Coord<f64>)> = order.iter().map(|i| points[*i as usize]).collect();
        let spaces: Vec<Space> = places.iter().map(|(_, at)| space(*at)).collect();
        let tree = Packed::new(spaces.chunks(FAN).map(|bucket| around(bucket.iter().copied())));
        let degrees = Packed::new(
            places.chunks(FAN).map(|bucket| around(bucket.iter().map(|(_, at)| [at.x, at.y]))),
        );
        Self { places, spaces, tree, degrees }
    }

    /// The number and place of the point at this position in the tree's order.
    pub fn get(&self, at: usize) -> Option<(u32, Coord<f64>)> {
        self.places.get(at).copied()
    }

    /// The positions of the points of a bucket and their square chords.
    pub fn bucket(&self, bucket: usize, from: &Space) -> impl Iterator<Item = (usize, f64)> {
        let start = bucket * FAN;
        let end = (start + FAN).min(self.spaces.len());
        let spaces = self.spaces.get(start..end).unwrap_or_default();
        (start..).zip(spaces.iter().map(|space| chord2(space, from)))
    }

    /// Adds the numbers of the points in a window of degrees.
    pub fn window(&self, window: Rect<f64>, hits: &mut Vec<u32>) {
        let (low, high) = (window.min(), window.max());
        self.degrees.meeting(&[low.x, low.y], &[high.x, high.y], &mut |bucket| {
            let bucket = self.places.get(bucket * FAN..).unwrap_or_default();
            let bucket = bucket.get(..FAN).unwrap_or(bucket);
            let inside = |at: &Coord<f64>| {
                (low.x..=high.x).contains(&at.x) && (low.y..=high.y).contains(&at.y)
            };
            hits.extend(bucket.iter().filter(|(_, at)| inside(at)).map(|(item, _)| *item));
            true
        });
    }
}

fn around<const D: usize>(points: impl Iterator<Item = [f64; D]>) -> Bounds<D> {
    let mut bounds = ([f64::INFINITY; D], [f64::NEG_INFINITY; D]);
    for point in points {
        for (d, x) in point.into_iter().enumerate() {
            bounds.0[d] = bounds.0[d].min(x);
            bounds.1[d] = bounds.1[d].max(x);
        }
    }
    bounds
}

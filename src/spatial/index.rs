//! The index over one layer: nearest in true geodesic order, window, point in polygon.

use geo::{BoundingRect, Closest, ClosestPoint, Contains};
use geo_types::{Coord, Geometry, Point, Rect};

use super::measure::geodesic_distance;
use crate::base::Metres;

/// A feature found near a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// Which one: the number given when the index was built.
    pub item: u32,
    /// Its nearest point in degrees.
    pub at: Coord<f64>,
    /// Geodesic distance to that point; 0 inside an area.
    pub distance: Metres,
}

/// Index over the geometries of a layer.
#[derive(Debug, Default)]
pub struct FeatureIndex {
    items: Vec<(u32, Geometry<f64>, Rect<f64>)>,
}

impl FeatureIndex {
    /// Builds the index over numbered geometries in degrees.
    pub fn build<'a>(geometries: impl Iterator<Item = (u32, &'a Geometry<f64>)>) -> Self {
        let items = geometries
            .filter_map(|(item, g)| Some((item, g.clone(), g.bounding_rect()?)))
            .collect();
        Self { items }
    }

    /// The `k` nearest accepted features no farther than `within`, nearest first, ties by number.
    pub fn nearest(
        &self,
        at: Coord<f64>,
        k: usize,
        within: Option<Metres>,
        accept: &mut dyn FnMut(u32) -> bool,
    ) -> Vec<Near> {
        let mut found: Vec<Near> = Vec::new();
        for (item, geometry, _) in &self.items {
            let point = match geometry.closest_point(&Point(at)) {
                Closest::Intersection(p) | Closest::SinglePoint(p) => p.0,
                Closest::Indeterminate => continue,
            };
            let distance = geodesic_distance(at, point);
            if within.is_none_or(|w| distance.0 <= w.0) && accept(*item) {
                found.push(Near { item: *item, at: point, distance });
            }
        }
        found.sort_by(|a, b| a.distance.0.total_cmp(&b.distance.0).then(a.item.cmp(&b.item)));
        found.truncate(k);
        found
    }

    /// Features whose extent meets the window, in ascending number.
    pub fn window(&self, window: Rect<f64>) -> Vec<u32> {
        use geo::Intersects;
        let mut hits: Vec<u32> =
            self.items.iter().filter(|(_, _, r)| r.intersects(&window)).map(|(i, ..)| *i).collect();
        hits.sort_unstable();
        hits
    }

    /// Areas that contain the place, in ascending number.
    pub fn containing(&self, at: Coord<f64>) -> Vec<u32> {
        let mut hits: Vec<u32> =
            self.items.iter().filter(|(_, g, _)| g.contains(&at)).map(|(i, ..)| *i).collect();
        hits.sort_unstable();
        hits
    }
}

//! A danger area: polygons that settlements and facilities are held against.

use geo::{Area as _, BooleanOps, BoundingRect, Contains, Intersects};
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon, Rect};

use super::measure::destination;
use crate::base::Metres;

/// Why polygons are no area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AreaFault {
    /// No ring with at least three different corners.
    #[error("the area has no surface")]
    Empty,
    /// A coordinate is not a number or not on the globe.
    #[error("the area has coordinates that are not on the globe")]
    OffTheGlobe,
}

/// How much of a geometry lies in an area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Coverage {
    /// Nothing.
    Outside,
    /// All of it.
    Inside,
    /// This share of its surface (or length), between 0 and 1: on the edge.
    Partly(f64),
}

/// One or more polygons in degrees.
#[derive(Clone, Debug)]
pub struct Area {
    polygons: MultiPolygon<f64>,
    extent: Rect<f64>,
}

impl Area {
    /// An area from polygons in degrees.
    pub fn new(polygons: MultiPolygon<f64>) -> Result<Self, AreaFault> {
        let extent = polygons.bounding_rect().ok_or(AreaFault::Empty)?;
        if !(extent.width() > 0.0 && extent.height() > 0.0) {
            return Err(AreaFault::Empty);
        }
        if extent.min().x < -180.0 || extent.max().x > 180.0 || extent.max().y.abs() > 90.0 {
            return Err(AreaFault::OffTheGlobe);
        }
        Ok(Self { polygons, extent })
    }

    /// All places within `radius` of `centre`, as a polygon of 128 corners on the geodesic circle.
    pub fn circle(centre: Coord<f64>, radius: Metres) -> Result<Self, AreaFault> {
        let ring: Vec<Coord<f64>> =
            (0..128).map(|i| destination(centre, f64::from(i) * 360.0 / 128.0, radius)).collect();
        Self::new(MultiPolygon::new(vec![Polygon::new(LineString::new(ring), Vec::new())]))
    }

    /// The polygons.
    pub fn polygons(&self) -> &MultiPolygon<f64> {
        &self.polygons
    }

    /// The smallest rectangle around it.
    pub fn extent(&self) -> Rect<f64> {
        self.extent
    }

    /// Whether a place lies in it.
    pub fn contains(&self, at: Coord<f64>) -> bool {
        self.extent.intersects(&at) && self.polygons.contains(&Point(at))
    }

    /// Whether any part of a geometry lies in it.
    pub fn touches(&self, geometry: &Geometry<f64>) -> bool {
        self.polygons.intersects(geometry)
    }

    /// How much of a geometry lies in it: polygons by surface, everything else whole or not at all.
    pub fn coverage(&self, geometry: &Geometry<f64>) -> Coverage {
        let surface = match geometry {
            Geometry::Polygon(p) => MultiPolygon::new(vec![p.clone()]),
            Geometry::MultiPolygon(m) => m.clone(),
            other => return if self.touches(other) { Coverage::Inside } else { Coverage::Outside },
        };
        let whole = surface.unsigned_area();
        let inside = self.polygons.intersection(&surface).unsigned_area();
        if inside <= 0.0 {
            Coverage::Outside
        } else if inside >= whole * (1.0 - 1e-9) {
            Coverage::Inside
        } else {
            Coverage::Partly(inside / whole)
        }
    }
}

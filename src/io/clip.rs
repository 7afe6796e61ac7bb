//! Which part of a file is taken: an extent, or what lies in the county.

use std::str::FromStr;

use geo::{BoundingRect, CoordsIter};
use geo_types::{Coord, Geometry, MultiPolygon, Rect};
use serde::{Deserialize, Serialize};

use super::fault::ReadFault;
use super::read::Surroundings;
use crate::county::County;
use crate::model::Kind;
use crate::spatial::Area;
use crate::spatial::wkb::{read_wkb, write_wkb};

/// The part of a file that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Clip {
    /// Degrees: min lon, min lat, max lon, max lat.
    Extent([f64; 4]),
    /// Within the boundary that the store has.
    Boundary,
}

/// A text that names no part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an extent in degrees, nor the word boundary")]
pub struct NoClip;

impl FromStr for Clip {
    type Err = NoClip;

    /// ```
    /// use shouye::io::Clip;
    /// assert_eq!("116.3,35.5,116.7,35.9".parse(), Ok(Clip::Extent([116.3, 35.5, 116.7, 35.9])));
    /// assert_eq!("boundary".parse(), Ok(Clip::Boundary));
    /// assert!("116.7,35.5,116.3,35.9".parse::<Clip>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Self, NoClip> {
        if text.trim().eq_ignore_ascii_case("boundary") {
            return Ok(Self::Boundary);
        }
        let numbers: Vec<f64> = text
            .split(',')
            .map(|part| part.trim().parse())
            .collect::<Result<_, _>>()
            .map_err(|_no_number: std::num::ParseFloatError| NoClip)?;
        match numbers[..] {
            [west, south, east, north]
                if -180.0 <= west
                    && west < east
                    && east <= 180.0
                    && -90.0 <= south
                    && south < north
                    && north <= 90.0 =>
            {
                Ok(Self::Extent([west, south, east, north]))
            }
            _ => Err(NoClip),
        }
    }
}

/// The boundary of a county as the reading process gets it; `None` if the store has no polygon of it.
pub fn boundary(county: &County) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    for feature in county.features(Kind::Boundary) {
        match &feature.geometry {
            Some(Geometry::Polygon(polygon)) => all.push(polygon.clone()),
            Some(Geometry::MultiPolygon(many)) => all.extend(many.0.iter().cloned()),
            _ => {}
        }
    }
    (!all.is_empty()).then(|| write_wkb(&MultiPolygon::new(all).into()))
}

/// Decides which rows lie in the part that is wanted.
pub struct Cutter {
    area: Area,
    extent: Rect<f64>,
}

impl Cutter {
    /// Prepares the part; `None` if all of the file is wanted.
    pub fn of(clip: Option<Clip>, around: &Surroundings) -> Result<Option<Self>, ReadFault> {
        let drawn = match clip {
            None => return Ok(None),
            Some(Clip::Extent([west, south, east, north])) => {
                let corners = (Coord { x: west, y: south }, Coord { x: east, y: north });
                MultiPolygon::new(vec![Rect::new(corners.0, corners.1).to_polygon()])
            }
            Some(Clip::Boundary) => match around.boundary.as_deref().map(read_wkb) {
                Some(Ok(Some(Geometry::MultiPolygon(many)))) => many,
                _ => return Err(ReadFault::NoBoundary),
            },
        };
        let area = Area::new(drawn).map_err(|_no_surface| ReadFault::NoBoundary)?;
        Ok(Some(Self { extent: area.extent(), area }))
    }

    /// Whether a row is taken: a line whole if any of its vertices lies inside, so that roads that meet still
    /// do; an area whole if any part of it does. Rows without a place are.
    pub fn keeps(&self, geometry: Option<&Geometry<f64>>) -> bool {
        let Some(geometry) = geometry else { return true };
        let apart = |own: Rect<f64>| {
            own.min().x > self.extent.max().x
                || own.max().x < self.extent.min().x
                || own.min().y > self.extent.max().y
                || own.max().y < self.extent.min().y
        };
        if geometry.bounding_rect().is_none_or(apart) {
            return false;
        }
        match geometry {
            Geometry::LineString(_) | Geometry::MultiLineString(_) => {
                geometry.coords_iter().any(|corner| self.area.contains(corner))
            }
            other => self.area.touches(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{line_string, point, polygon};

    #[test]
    fn lines_are_kept_by_vertices_and_areas_by_any_part() {
        let clip = Some(Clip::Extent([0.0, 0.0, 1.0, 1.0]));
        let cutter = Cutter::of(clip, &Surroundings::default()).unwrap().unwrap();
        let keeps = |geometry: Geometry<f64>| cutter.keeps(Some(&geometry));
        assert!(keeps(point!(x: 0.5, y: 0.5).into()) && !keeps(point!(x: 1.5, y: 0.5).into()));
        assert!(keeps(line_string![(x: 0.5, y: 0.5), (x: 9.0, y: 9.0)].into()));
        assert!(!keeps(line_string![(x: -1.0, y: 0.5), (x: 2.0, y: 0.5)].into()), "only crosses");
        let around =
            polygon![(x: -1.0, y: -1.0), (x: 2.0, y: -1.0), (x: 2.0, y: 2.0), (x: -1.0, y: 2.0)];
        assert!(keeps(around.into()));
        assert!(cutter.keeps(None));
        let none = Cutter::of(Some(Clip::Boundary), &Surroundings::default());
        assert_eq!(none.err(), Some(ReadFault::NoBoundary));
    }
}

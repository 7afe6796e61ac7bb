//! The geometry part of a shapefile (ESRI white paper, July 1998), read with bounds.

use geo::{Area, BoundingRect, Contains, Intersects};
use geo_types::{
    Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};

use crate::io::fault::ReadFault;
use crate::io::source::Shape;

const HEADER: usize = 100;

/// The records of a `.shp` file, one after another. The index file is not needed.
pub struct Shapes {
    bytes: Vec<u8>,
    at: usize,
    number: u64,
}

impl Shapes {
    /// Checks the header.
    pub fn new(bytes: Vec<u8>) -> Result<Self, ReadFault> {
        let mark = bytes.get(..4) == Some(&[0, 0, 0x27, 0x0a]);
        if bytes.len() < HEADER || !mark {
            return Err(ReadFault::damaged(0, ".shp: no header"));
        }
        Ok(Self { bytes, at: HEADER, number: 0 })
    }

    /// Bytes read so far.
    pub fn done(&self) -> u64 {
        self.at as u64
    }

    /// The next shape; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Shape>, ReadFault> {
        let rest = &self.bytes[self.at.min(self.bytes.len())..];
        if rest.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        let cut = || ReadFault::damaged(self.number, ".shp: the record ends too early");
        let words = rest.get(4..8).and_then(|b| <[u8; 4]>::try_from(b).ok()).ok_or_else(cut)?;
        let length = (u32::from_be_bytes(words) as usize).checked_mul(2).ok_or_else(cut)?;
        let record = rest.get(8..).and_then(|r| r.get(..length)).ok_or_else(cut)?;
        let shape = shape(record);
        self.at += 8 + length;
        Ok(Some(shape))
    }
}

/// A record's bytes as numbers.
struct Record<'a>(&'a [u8]);

impl Record<'_> {
    fn u32(&self, at: usize) -> Option<usize> {
        let bytes = self.0.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(u32::from_le_bytes(bytes) as usize)
    }

    fn coord(&self, at: usize) -> Option<Coord<f64>> {
        let number = |at: usize| {
            Some(f64::from_le_bytes(self.0.get(at..at.checked_add(8)?)?.try_into().ok()?))
        };
        Some(Coord { x: number(at)?, y: number(at + 8)? })
    }

    fn coords(&self, at: usize, count: usize) -> Option<Vec<Coord<f64>>> {
        // Sixteen bytes each have to be there before anything is reserved.
        let end = at.checked_add(count.checked_mul(16)?)?;
        if end > self.0.len() {
            return None;
        }
        (0..count).map(|i| self.coord(at + 16 * i)).collect()
    }

    /// The parts of a line or polygon: type, box, counts, starts, points.
    fn parts(&self) -> Option<Vec<LineString<f64>>> {
        let (parts, points) = (self.u32(36)?, self.u32(40)?);
        let starts_end = 44_usize.checked_add(parts.checked_mul(4)?)?;
        if starts_end > self.0.len() {
            return None;
        }
        let all = self.coords(starts_end, points)?;
        let mut out = Vec::with_capacity(parts);
        let mut begun = 0;
        for part in 0..parts {
            let start = self.u32(44 + 4 * part)?;
            let end = if part + 1 < parts { self.u32(48 + 4 * part)? } else { points };
            // Parts follow one another; overlapping ones would multiply the points.
            if start < begun {
                return None;
            }
            begun = end;
            out.push(LineString(all.get(start..end)?.to_vec()));
        }
        Some(out)
    }
}

fn shape(bytes: &[u8]) -> Shape {
    let record = Record(bytes);
    let Some(kind) = record.u32(0) else { return Shape::Broken("record too short".to_owned()) };
    let geometry: Option<Geometry<f64>> = match kind {
        0 => return Shape::Absent,
        1 | 11 | 21 => record.coord(4).map(|c| Point(c).into()),
        3 | 13 | 23 => record.parts().map(|mut lines| match lines.len() {
            1 => lines.remove(0).into(),
            _ => MultiLineString::new(lines).into(),
        }),
        5 | 15 | 25 => record.parts().map(polygons),
        8 | 18 | 28 => record
            .u32(36)
            .and_then(|count| record.coords(40, count))
            .map(|points| MultiPoint::new(points.into_iter().map(Point).collect()).into()),
        31 => return Shape::Broken("multipatch".to_owned()),
        other => return Shape::Broken(format!("unknown shape type {other}")),
    };
    geometry
        .map_or_else(|| Shape::Broken("declares more points than it has".to_owned()), Shape::Given)
}

/// Outer rings run clockwise, holes the other way and belong to the outer ring around them.
fn polygons(rings: Vec<LineString<f64>>) -> Geometry<f64> {
    let clockwise =
        |ring: &LineString<f64>| Polygon::new(ring.clone(), Vec::new()).signed_area() <= 0.0;
    let marked: Vec<(bool, LineString<f64>)> =
        rings.into_iter().map(|ring| (clockwise(&ring), ring)).collect();
    let any_outer = marked.iter().any(|(outer, _)| *outer);
    let mut shells: Vec<Polygon<f64>> = Vec::new();
    let mut holes = Vec::new();
    for (outer, ring) in marked {
        if outer || !any_outer {
            shells.push(Polygon::new(ring, Vec::new()));
        } else {
            holes.push(ring);
        }
    }
    let boxes: Vec<_> = shells.iter().map(BoundingRect::bounding_rect).collect();
    for hole in holes {
        let Some(first) = hole.0.first().copied() else { continue };
        let home = shells.iter().zip(&boxes).position(|(shell, frame)| {
            frame.is_some_and(|frame| frame.intersects(&first))
                && Polygon::new(shell.exterior().clone(), Vec::new()).contains(&Point(first))
        });
        match home {
            Some(at) => shells[at].interiors_push(hole),
            None => shells.push(Polygon::new(hole, Vec::new())),
        }
    }
    match shells.len() {
        1 => shells.remove(0).into(),
        _ => MultiPolygon::new(shells).into(),
    }
}

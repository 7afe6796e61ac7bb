//! Well-known binary (OGC 06-103r4) and the GeoPackage geometry blob (OGC 12-128r19, 2.1.3), read with bounds.
//!
//! Nothing that a file declares is believed before it is checked against the bytes that are there:
//! a count larger than the rest of the blob could hold is an error, not an allocation.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon,
    Point, Polygon,
};

/// Why bytes are no geometry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WkbFault {
    /// The bytes end too early, or declare more than there is.
    #[error("the geometry is cut off or declares more points than it has")]
    Truncated,
    /// A geometry type that this reader does not know.
    #[error("the geometry has an unknown type")]
    UnknownType,
    /// A coordinate is not a finite number.
    #[error("the geometry has a coordinate that is not a number")]
    NotFinite,
    /// Collections within collections within collections.
    #[error("the geometry is nested too deeply")]
    TooDeep,
    /// The GeoPackage header is wrong.
    #[error("the geometry does not begin with a GeoPackage header")]
    BadHeader,
}

const MAX_DEPTH: u32 = 8;

struct Reader<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl<'a> Reader<'a> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], WkbFault> {
        let (head, rest) = self.bytes.split_first_chunk::<N>().ok_or(WkbFault::Truncated)?;
        self.bytes = rest;
        Ok(*head)
    }

    fn byte_order(&mut self) -> Result<(), WkbFault> {
        match self.take::<1>()? {
            [0] => self.little = false,
            [1] => self.little = true,
            _ => return Err(WkbFault::UnknownType),
        }
        Ok(())
    }

    fn u32(&mut self) -> Result<u32, WkbFault> {
        let bytes = self.take::<4>()?;
        Ok(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn f64(&mut self) -> Result<f64, WkbFault> {
        let bytes = self.take::<8>()?;
        Ok(if self.little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    /// A count of things that need at least `least` bytes each.
    fn count(&mut self, least: usize) -> Result<usize, WkbFault> {
        let count = self.u32()? as usize;
        if count.checked_mul(least).is_none_or(|need| need > self.bytes.len()) {
            return Err(WkbFault::Truncated);
        }
        Ok(count)
    }

    fn coord(&mut self, dimensions: usize) -> Result<Coord<f64>, WkbFault> {
        let coord = Coord { x: self.f64()?, y: self.f64()? };
        for _ in 2..dimensions {
            self.f64()?;
        }
        Ok(coord)
    }

    fn line(&mut self, dimensions: usize) -> Result<LineString<f64>, WkbFault> {
        let count = self.count(8 * dimensions)?;
        let mut coords = Vec::with_capacity(count);
        for _ in 0..count {
            let coord = self.coord(dimensions)?;
            if !(coord.x.is_finite() && coord.y.is_finite()) {
                return Err(WkbFault::NotFinite);
            }
            coords.push(coord);
        }
        Ok(LineString(coords))
    }

    fn polygon(&mut self, dimensions: usize) -> Result<Polygon<f64>, WkbFault> {
        let rings = self.count(4)?;
        let mut rings = (0..rings).map(|_| self.line(dimensions)).collect::<Result<Vec<_>, _>>()?;
        if rings.is_empty() {
            return Ok(Polygon::new(LineString(Vec::new()), Vec::new()));
        }
        let shell = rings.remove(0);
        Ok(Polygon::new(shell, rings))
    }

    /// A geometry; `None` for an empty point, which WKB writes as NaN.
    fn geometry(&mut self, depth: u32) -> Result<Option<Geometry<f64>>, WkbFault> {
        if depth > MAX_DEPTH {
            return Err(WkbFault::TooDeep);
        }
        self.byte_order()?;
        let code = self.u32()?;
        // EWKB marks Z, M and an SRID in the high bits; ISO WKB adds 1000, 2000 or 3000.
        if code & 0x2000_0000 != 0 {
            self.u32()?;
        }
        let iso = (code & 0x0fff_ffff) / 1000;
        let flat = (code & 0x0fff_ffff) % 1000;
        if iso > 3 {
            return Err(WkbFault::UnknownType);
        }
        let has_z = code & 0x8000_0000 != 0 || iso == 1 || iso == 3;
        let has_m = code & 0x4000_0000 != 0 || iso == 2 || iso == 3;
        let dimensions = 2 + usize::from(has_z) + usize::from(has_m);
        let geometry = match flat {
            1 => {
                let c = self.coord(dimensions)?;
                if c.x.is_nan() && c.y.is_nan() {
                    return Ok(None);
                }
                if !(c.x.is_finite() && c.y.is_finite()) {
                    return Err(WkbFault::NotFinite);
                }
                Point(c).into()
            }
            2 => self.line(dimensions)?.into(),
            3 => self.polygon(dimensions)?.into(),
            4..=7 => {
                // The smallest member: byte order, type and a count.
                let count = self.count(9)?;
                let mut members = Vec::with_capacity(count.min(1 << 16));
                for _ in 0..count {
                    if let Some(member) = self.geometry(depth + 1)? {
                        members.push(member);
                    }
                }
                collected(flat, members)?
            }
            _ => return Err(WkbFault::UnknownType),
        };
        Ok(Some(geometry))
    }
}

fn collected(flat: u32, members: Vec<Geometry<f64>>) -> Result<Geometry<f64>, WkbFault> {
    fn all<T: TryFrom<Geometry<f64>>>(members: Vec<Geometry<f64>>) -> Result<Vec<T>, WkbFault> {
        members
            .into_iter()
            .map(|member| T::try_from(member).ok().ok_or(WkbFault::UnknownType))
            .collect()
    }
    Ok(match flat {
        4 => MultiPoint::new(all(members)?).into(),
        5 => MultiLineString::new(all(members)?).into(),
        6 => MultiPolygon::new(all(members)?).into(),
        _ => Geometry::GeometryCollection(GeometryCollection::from(members)),
    })
}

/// Reads WKB, EWKB or ISO WKB of either byte order; Z and M are dropped. `Ok(None)` is an empty point.
pub fn read_wkb(bytes: &[u8]) -> Result<Option<Geometry<f64>>, WkbFault> {
    Reader { bytes, little: true }.geometry(0)
}

/// Reads a GeoPackage geometry blob; `Ok(None)` when it is empty. The number is its srs_id.
pub fn read_gpkg(blob: &[u8]) -> Result<(i32, Option<Geometry<f64>>), WkbFault> {
    let (header, mut rest) = blob.split_first_chunk::<8>().ok_or(WkbFault::BadHeader)?;
    let [b'G', b'P', _, flags, s0, s1, s2, s3] = *header else { return Err(WkbFault::BadHeader) };
    let srs = [s0, s1, s2, s3];
    let srs_id = if flags & 1 == 1 { i32::from_le_bytes(srs) } else { i32::from_be_bytes(srs) };
    let envelope = match (flags >> 1) & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err(WkbFault::BadHeader),
    };
    rest = rest.get(envelope..).ok_or(WkbFault::Truncated)?;
    if flags & 0b1_0000 != 0 {
        return Ok((srs_id, None));
    }
    Ok((srs_id, read_wkb(rest)?))
}

/// Writes little-endian WKB.
pub fn write_wkb(geometry: &Geometry<f64>) -> Vec<u8> {
    let mut out = Vec::with_capacity(64);
    put(&mut out, geometry);
    out
}

/// Writes a GeoPackage geometry blob; everything but points carries its envelope.
pub fn write_gpkg(geometry: &Geometry<f64>, srs_id: i32) -> Vec<u8> {
    use geo::BoundingRect;
    let extent = match geometry {
        Geometry::Point(_) => None,
        other => other.bounding_rect(),
    };
    let mut out = Vec::with_capacity(64);
    out.extend_from_slice(b"GP\0");
    out.push(if extent.is_some() { 0b0000_0011 } else { 0b0000_0001 });
    out.extend_from_slice(&srs_id.to_le_bytes());
    if let Some(extent) = extent {
        for x in [extent.min().x, extent.max().x, extent.min().y, extent.max().y] {
            out.extend_from_slice(&x.to_le_bytes());
        }
    }
    put(&mut out, geometry);
    out
}

fn head(out: &mut Vec<u8>, code: u32) {
    out.push(1);
    out.extend_from_slice(&code.to_le_bytes());
}

fn put_count(out: &mut Vec<u8>, count: usize) {
    // No geometry in memory has more than four billion parts.
    out.extend_from_slice(&u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn put_coord(out: &mut Vec<u8>, coord: Coord<f64>) {
    out.extend_from_slice(&coord.x.to_le_bytes());
    out.extend_from_slice(&coord.y.to_le_bytes());
}

fn put_line(out: &mut Vec<u8>, line: &LineString<f64>) {
    put_count(out, line.0.len());
    line.0.iter().for_each(|c| put_coord(out, *c));
}

fn put_polygon(out: &mut Vec<u8>, polygon: &Polygon<f64>) {
    put_count(out, 1 + polygon.interiors().len());
    put_line(out, polygon.exterior());
    polygon.interiors().iter().for_each(|ring| put_line(out, ring));
}

fn put(out: &mut Vec<u8>, geometry: &Geometry<f64>) {
    match geometry {
        Geometry::Point(p) => {
            head(out, 1);
            put_coord(out, p.0);
        }
        Geometry::Line(l) => {
            head(out, 2);
            put_line(out, &LineString(vec![l.start, l.end]));
        }
        Geometry::LineString(l) => {
            head(out, 2);
            put_line(out, l);
        }
        Geometry::Polygon(p) => {
            head(out, 3);
            put_polygon(out, p);
        }
        Geometry::Rect(r) => {
            head(out, 3);
            put_polygon(out, &r.to_polygon());
        }
        Geometry::Triangle(t) => {
            head(out, 3);
            put_polygon(out, &t.to_polygon());
        }
        Geometry::MultiPoint(m) => {
            head(out, 4);
            put_count(out, m.0.len());
            for p in &m.0 {
                head(out, 1);
                put_coord(out, p.0);
            }
        }
        Geometry::MultiLineString(m) => {
            head(out, 5);
            put_count(out, m.0.len());
            for l in &m.0 {
                head(out, 2);
                put_line(out, l);
            }
        }
        Geometry::MultiPolygon(m) => {
            head(out, 6);
            put_count(out, m.0.len());
            for p in &m.0 {
                head(out, 3);
                put_polygon(out, p);
            }
        }
        Geometry::GeometryCollection(c) => {
            head(out, 7);
            put_count(out, c.0.len());
            c.0.iter().for_each(|g| put(out, g));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{line_string, polygon};
    use proptest::prelude::*;

    fn samples() -> Vec<Geometry<f64>> {
        let hole = polygon!(exterior: [(x: 0., y: 0.), (x: 9., y: 0.), (x: 9., y: 9.), (x: 0., y: 0.)],
            interiors: [[(x: 1., y: 1.), (x: 2., y: 1.), (x: 2., y: 2.), (x: 1., y: 1.)]]);
        vec![
            Point::new(116.5, 35.7).into(),
            line_string![(x: 1., y: 2.), (x: 3., y: 4.)].into(),
            hole.clone().into(),
            MultiPolygon::new(vec![hole.clone(), hole.clone()]).into(),
            MultiPoint::new(vec![Point::new(1., 2.)]).into(),
            Geometry::GeometryCollection(GeometryCollection::from(vec![
                Geometry::from(Point::new(1., 2.)),
                hole.into(),
            ])),
        ]
    }

    #[test]
    fn what_is_written_is_read() {
        for geometry in samples() {
            assert_eq!(read_wkb(&write_wkb(&geometry)), Ok(Some(geometry.clone())));
            assert_eq!(read_gpkg(&write_gpkg(&geometry, 4490)), Ok((4490, Some(geometry))));
        }
    }

    #[test]
    fn big_endian_z_and_srid_are_understood() {
        let mut bytes = vec![0, 0xa0, 0, 0, 1, 0, 0, 0x10, 0xe6];
        for x in [1.5_f64, 2.5, 99.0] {
            bytes.extend_from_slice(&x.to_be_bytes());
        }
        assert_eq!(read_wkb(&bytes), Ok(Some(Point::new(1.5, 2.5).into())));
    }

    #[test]
    fn lies_are_refused_before_they_cost_memory() {
        let mut line = vec![1, 2, 0, 0, 0];
        line.extend_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(read_wkb(&line), Err(WkbFault::Truncated));
        let mut nested = Vec::new();
        for _ in 0..10_000 {
            nested.extend_from_slice(&[1, 7, 0, 0, 0, 1, 0, 0, 0]);
        }
        assert_eq!(read_wkb(&nested), Err(WkbFault::TooDeep));
        let nan = write_wkb(&line_string![(x: f64::NAN, y: 2.), (x: 3., y: 4.)].into());
        assert_eq!(read_wkb(&nan), Err(WkbFault::NotFinite));
        assert_eq!(read_gpkg(b"not a geometry"), Err(WkbFault::BadHeader));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _either_way = (read_wkb(&bytes), read_gpkg(&bytes));
        }
    }
}

//! The reader: every declared count is held against the bytes that are left before anything is allocated.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon,
    Point, Polygon,
};

use super::kind;

/// Collections inside collections inside collections … are nobody's data.
const DEEPEST: u32 = 8;

/// Why bytes are not a geometry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WkbFault {
    /// It ends too early, or declares more than it holds.
    #[error("the geometry declares more than it holds")]
    Truncated,
    /// A byte order mark other than 0 and 1, or no GeoPackage header.
    #[error("the geometry has no valid header")]
    BadHeader,
    /// A curve, surface or unknown type.
    #[error("geometry type {0} is not supported")]
    Unsupported(u32),
    /// Collections nested deeper than any real data.
    #[error("the geometry is nested too deeply")]
    TooDeep,
    /// A coordinate is infinite or not a number.
    #[error("a coordinate is not a finite number")]
    NotFinite,
}

/// Reads one geometry; Z and M are dropped, what follows it is ignored. `None` if it is empty.
///
/// ```
/// use shouye::spatial::wkb::{WkbFault, read_wkb};
/// // A line that declares four thousand million points and has none.
/// let lie = [1, 2, 0, 0, 0, 0xff, 0xff, 0xff, 0xff];
/// assert_eq!(read_wkb(&lie), Err(WkbFault::Truncated));
/// ```
pub fn read_wkb(bytes: &[u8]) -> Result<Option<Geometry<f64>>, WkbFault> {
    Cursor { rest: bytes, big: false }.geometry(0)
}

struct Cursor<'a> {
    rest: &'a [u8],
    big: bool,
}

struct Header {
    kind: u32,
    dimensions: usize,
}

impl Cursor<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], WkbFault> {
        let (head, rest) = self.rest.split_first_chunk::<N>().ok_or(WkbFault::Truncated)?;
        self.rest = rest;
        Ok(*head)
    }

    fn u32(&mut self) -> Result<u32, WkbFault> {
        let bytes = self.take()?;
        Ok(if self.big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    fn f64(&mut self) -> Result<f64, WkbFault> {
        let bytes = self.take()?;
        Ok(if self.big { f64::from_be_bytes(bytes) } else { f64::from_le_bytes(bytes) })
    }

    /// A count of things of which each takes at least `size` bytes.
    fn count(&mut self, size: usize) -> Result<usize, WkbFault> {
        let count = self.u32()? as usize;
        if count > self.rest.len() / size { Err(WkbFault::Truncated) } else { Ok(count) }
    }

    fn header(&mut self) -> Result<Header, WkbFault> {
        self.big = match self.take::<1>()? {
            [0] => true,
            [1] => false,
            _ => return Err(WkbFault::BadHeader),
        };
        let code = self.u32()?;
        let flagged = |bit: u32| usize::from(code & bit != 0);
        let plain = code & 0x0fff_ffff;
        // ISO adds thousands for Z, M and ZM; PostGIS sets the high bits.
        let iso = match plain / 1000 {
            0 => 0,
            1 | 2 => 1,
            3 => 2,
            _ => return Err(WkbFault::Unsupported(plain)),
        };
        if flagged(0x2000_0000) == 1 {
            self.u32()?;
        }
        let extra = iso.max(flagged(0x8000_0000) + flagged(0x4000_0000));
        Ok(Header { kind: plain % 1000, dimensions: 2 + extra })
    }

    /// A coordinate with everything but x and y dropped; not yet checked.
    fn raw_coord(&mut self, dimensions: usize) -> Result<Coord<f64>, WkbFault> {
        let at = Coord { x: self.f64()?, y: self.f64()? };
        for _ in 2..dimensions {
            self.take::<8>()?;
        }
        Ok(at)
    }

    fn line(&mut self, dimensions: usize) -> Result<LineString<f64>, WkbFault> {
        let count = self.count(8 * dimensions)?;
        let mut coords = Vec::with_capacity(count);
        for _ in 0..count {
            let at = self.raw_coord(dimensions)?;
            if !(at.x.is_finite() && at.y.is_finite()) {
                return Err(WkbFault::NotFinite);
            }
            coords.push(at);
        }
        Ok(LineString::new(coords))
    }

    /// `None` for an empty point, which WKB writes as NaN.
    fn point(&mut self, dimensions: usize) -> Result<Option<Point<f64>>, WkbFault> {
        let at = self.raw_coord(dimensions)?;
        match (at.x.is_finite(), at.y.is_finite()) {
            (true, true) => Ok(Some(Point(at))),
            _ if at.x.is_nan() && at.y.is_nan() => Ok(None),
            _ => Err(WkbFault::NotFinite),
        }
    }

    fn polygon(&mut self, dimensions: usize) -> Result<Option<Polygon<f64>>, WkbFault> {
        let count = self.count(4)?;
        let mut rings = Vec::with_capacity(count);
        for _ in 0..count {
            rings.push(self.line(dimensions)?);
        }
        let mut rings = rings.into_iter().filter(|ring| !ring.0.is_empty());
        Ok(rings.next().map(|shell| Polygon::new(shell, rings.collect())))
    }

    /// The members of a multi-geometry, each with its own header of the `wanted` kind.
    fn members<T>(
        &mut self,
        wanted: u32,
        least: usize,
        mut read: impl FnMut(&mut Self, usize) -> Result<Option<T>, WkbFault>,
    ) -> Result<Vec<T>, WkbFault> {
        let count = self.count(least)?;
        let big = self.big;
        let mut out = Vec::with_capacity(count);
        for _ in 0..count {
            let header = self.header()?;
            if header.kind != wanted {
                return Err(WkbFault::Unsupported(header.kind));
            }
            out.extend(read(self, header.dimensions)?);
            self.big = big;
        }
        Ok(out)
    }

    fn geometry(&mut self, depth: u32) -> Result<Option<Geometry<f64>>, WkbFault> {
        let Header { kind, dimensions } = self.header()?;
        let some_line = |line: LineString<f64>| (!line.0.is_empty()).then_some(line);
        Ok(match kind {
            kind::POINT => self.point(dimensions)?.map(Geometry::Point),
            kind::LINE_STRING => some_line(self.line(dimensions)?).map(Geometry::LineString),
            kind::POLYGON => self.polygon(dimensions)?.map(Geometry::Polygon),
            kind::MULTI_POINT => {
                let members = self.members(kind::POINT, 21, Self::point)?;
                (!members.is_empty()).then(|| MultiPoint::new(members).into())
            }
            kind::MULTI_LINE_STRING => {
                let members = self.members(kind::LINE_STRING, 9, |cursor, dimensions| {
                    cursor.line(dimensions).map(some_line)
                })?;
                (!members.is_empty()).then(|| MultiLineString::new(members).into())
            }
            kind::MULTI_POLYGON => {
                let members = self.members(kind::POLYGON, 9, Self::polygon)?;
                (!members.is_empty()).then(|| MultiPolygon::new(members).into())
            }
            kind::COLLECTION => {
                if depth >= DEEPEST {
                    return Err(WkbFault::TooDeep);
                }
                let count = self.count(9)?;
                let big = self.big;
                let mut members = Vec::with_capacity(count);
                for _ in 0..count {
                    members.extend(self.geometry(depth + 1)?);
                    self.big = big;
                }
                (!members.is_empty())
                    .then(|| Geometry::GeometryCollection(GeometryCollection::from(members)))
            }
            other => return Err(WkbFault::Unsupported(other)),
        })
    }
}

//! GeoPackage geometry blobs (OGC 12-128r18, clause 2.1.3): a header before the WKB.

use geo::BoundingRect;
use geo_types::Geometry;

use super::read::{WkbFault, read_wkb};
use super::write::append_wkb;

/// Bytes of the envelope by its code; 5 to 7 are invalid.
const ENVELOPES: [usize; 5] = [0, 32, 48, 48, 64];

/// Reads a blob: its `srs_id` (−1 unknown projected, 0 unknown degrees, else mostly EPSG) and the geometry,
/// `None` if it is empty. The envelope is skipped, since it may lie.
pub fn read_gpkg(blob: &[u8]) -> Result<(i32, Option<Geometry<f64>>), WkbFault> {
    let [b'G', b'P', _version, flags, id @ ..] =
        *blob.first_chunk::<8>().ok_or(WkbFault::BadHeader)?
    else {
        return Err(WkbFault::BadHeader);
    };
    let srs_id = if flags & 1 == 1 { i32::from_le_bytes(id) } else { i32::from_be_bytes(id) };
    let envelope = *ENVELOPES.get(usize::from(flags >> 1 & 0b111)).ok_or(WkbFault::BadHeader)?;
    // Extended blobs carry vendors' own types.
    if flags & 0b10_0000 != 0 {
        return Err(WkbFault::Unsupported(0));
    }
    let wkb = blob.get(8 + envelope..).ok_or(WkbFault::Truncated)?;
    let empty = flags & 0b1_0000 != 0;
    let geometry = if empty { None } else { read_wkb(wkb)? };
    Ok((srs_id, geometry))
}

/// Writes a blob: little-endian, with an x-y envelope for everything but points.
pub fn write_gpkg(geometry: &Geometry<f64>, srs_id: i32) -> Vec<u8> {
    let extent = match geometry {
        Geometry::Point(_) => None,
        other => other.bounding_rect(),
    };
    let empty = extent.is_none() && !matches!(geometry, Geometry::Point(_));
    let mut out = Vec::with_capacity(64);
    let flags = 1 | u8::from(extent.is_some()) << 1 | u8::from(empty) << 4;
    out.extend([b'G', b'P', 0, flags]);
    out.extend(srs_id.to_le_bytes());
    if let Some(rect) = extent {
        for bound in [rect.min().x, rect.max().x, rect.min().y, rect.max().y] {
            out.extend(bound.to_le_bytes());
        }
    }
    append_wkb(geometry, &mut out);
    out
}

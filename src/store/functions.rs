//! The `ST_*` functions that a spatial index made by another program (QGIS, GDAL) calls from its
//! triggers on our tables: without them every change of an indexed layer would fail.

use geo::BoundingRect;
use geo_types::Rect;
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;

use crate::spatial::wkb;

/// Registers `ST_MinX`, `ST_MaxX`, `ST_MinY`, `ST_MaxY` and `ST_IsEmpty` (OGC 12-128r19, annex F.3).
pub(super) fn register(db: &Connection) -> rusqlite::Result<()> {
    type Side = fn(Rect<f64>) -> f64;
    let sides: [(&str, Side); 4] = [
        ("ST_MinX", |r| r.min().x),
        ("ST_MaxX", |r| r.max().x),
        ("ST_MinY", |r| r.min().y),
        ("ST_MaxY", |r| r.max().y),
    ];
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    for (name, side) in sides {
        db.create_scalar_function(name, 1, flags, move |context| Ok(extent(context).map(side)))?;
    }
    db.create_scalar_function("ST_IsEmpty", 1, flags, |context| {
        Ok(match context.get_raw(0) {
            ValueRef::Blob(_) => Some(extent(context).is_none()),
            _ => None,
        })
    })
}

fn extent(context: &Context<'_>) -> Option<Rect<f64>> {
    let ValueRef::Blob(blob) = context.get_raw(0) else { return None };
    extent_of_blob(blob)
}

/// The extent of a GeoPackage blob: from its header if it is there, else from its points.
pub(super) fn extent_of_blob(blob: &[u8]) -> Option<Rect<f64>> {
    let (_, geometry) = wkb::read_gpkg(blob).ok()?;
    geometry?.bounding_rect()
}

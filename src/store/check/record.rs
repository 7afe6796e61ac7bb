//! The records: readable geometries, true ids, and that each is the sum of its changes.

use std::collections::BTreeMap;

use geo_types::Geometry;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};

use super::super::geopackage::SRS;
use super::super::layout::{Column, FIRST, GeometryType, Holds, Layout};
use super::super::{change, past, row};
use super::Findings;
use crate::base::{Id, Message};
use crate::model::Kind;
use crate::spatial::validity::{Repair, repair};
use crate::spatial::wkb;

/// The rows of a layer.
pub(super) fn rows(
    db: &Connection,
    layout: &Layout,
    findings: &mut Findings,
) -> rusqlite::Result<()> {
    let layer = layout.table.as_str();
    let geometry_at = layout.position("geom");
    let mut statement = db.prepare(&format!("{} ORDER BY fid", layout.select))?;
    let mut found = statement.query([])?;
    while let Some(stored) = found.next()? {
        let fid: i64 = stored.get(0)?;
        let id = row::id(layout, fid, stored.get_ref(1)?);
        if stored.get_ref(1)?.as_str().ok().and_then(Id::parse).is_none() {
            findings.fault("id_invalid", layer, None, || {
                Message::new("store-check-id").with("row", fid)
            });
        }
        let feature = row::feature(layout, stored)?;
        if let Some(at) = geometry_at
            && let Some((code, words)) = geometry_fault(layout, stored.get_ref(FIRST + at)?)
        {
            findings.fault(code, layer, Some(id), || {
                Message::new(words).with("name", feature.name.as_str()).with("row", fid)
            });
        }
        if geometry_at.is_some() && feature.geometry.is_none() {
            findings.note("no_position", layer, Some(id), || {
                Message::new("store-check-no-position").with("name", feature.name.as_str())
            });
        }
        for (at, column) in layout.columns.iter().enumerate() {
            let cell = stored.get_ref(FIRST + at)?;
            if let Some(text) = unfit(layout, column, cell) {
                findings.fault("value_invalid", layer, Some(id), || {
                    Message::new("store-check-value")
                        .with("name", feature.name.as_str())
                        .with("field", column.name)
                        .with("value", text)
                });
            }
        }
        if let Some(geometry) = &feature.geometry
            && let Some(why) = unsound(geometry)
        {
            findings.note("geometry_invalid", layer, Some(id), || {
                Message::new("store-check-geometry-invalid")
                    .with("name", feature.name.as_str())
                    .with("row", fid)
                    .with("why", why)
            });
        }
        let key = feature.natural_key();
        if key.is_some_and(|key| Id::from_natural_key(layout.kind.key(), &key) != id) {
            findings.note("id_not_natural_key", layer, Some(id), || {
                Message::new("store-check-natural-key").with("name", feature.name.as_str())
            });
        }
    }
    Ok(())
}

/// The text of a cell that its field cannot hold, which another program must have written: nothing
/// of it counts in answers.
fn unfit(layout: &Layout, column: &Column, cell: ValueRef<'_>) -> Option<String> {
    let Holds::Field(holds) = column.holds else { return None };
    let field = layout.kind.field(column.name)?;
    match (row::value(holds, cell), cell) {
        (_, ValueRef::Null) => None,
        (None, _) => Some("…".to_owned()),
        (Some(value), _) => field.fit(value.clone()).is_err().then(|| value.to_string()),
    }
}

type GeometryFault = (&'static str, &'static str);

fn geometry_fault(layout: &Layout, cell: ValueRef<'_>) -> Option<GeometryFault> {
    const UNREADABLE: GeometryFault = ("geometry_unreadable", "store-check-geometry-unreadable");
    let blob = match cell {
        ValueRef::Null => return None,
        ValueRef::Blob(blob) => blob,
        _ => return Some(UNREADABLE),
    };
    let Ok((srs, geometry)) = wkb::read_gpkg(blob) else { return Some(UNREADABLE) };
    if srs != SRS {
        return Some(("geometry_srs", "store-check-geometry-srs"));
    }
    use geo_types::Geometry as G;
    let fits = match (layout.geometry, geometry?) {
        (GeometryType::Mixed, _)
        | (GeometryType::Point, G::Point(_))
        | (GeometryType::MultiLineString, G::MultiLineString(_))
        | (GeometryType::MultiPolygon, G::MultiPolygon(_)) => true,
        (_, _) => false,
    };
    (!fits).then_some(("geometry_type", "store-check-geometry-type"))
}

/// What is wrong with the shape itself; an import would refuse or repair it, another program may not.
fn unsound(geometry: &Geometry<f64>) -> Option<Message> {
    match repair(geometry) {
        Err(why) => Some(why.message()),
        Ok(repaired) => repaired
            .what
            .into_iter()
            .find(|what| *what != Repair::RepeatedVertices)
            .map(|what| Message::new(format!("invalid-{}", what.code().replace('_', "-")))),
    }
}

/// Whether the change table is whole and every record says what its last changes say.
pub(super) fn changes(
    db: &Connection,
    layouts: &BTreeMap<Kind, Layout>,
    findings: &mut Findings,
) -> rusqlite::Result<()> {
    let (rows, last, guards): (i64, i64, i64) = db.query_row(
        "SELECT count(*), coalesce(max(seq), 0), (SELECT count(*) FROM sqlite_schema \
           WHERE type = 'trigger' AND name IN ('shouye_change_is_kept', 'shouye_change_is_not_cut')) \
         FROM shouye_change",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    if rows != last || guards != 2 {
        findings.fault("changes_tampered", "shouye_change", None, || {
            Message::new("store-check-changes-tampered")
        });
    }
    let by_table: BTreeMap<&str, &Layout> =
        layouts.values().map(|layout| (layout.table.as_str(), layout)).collect();
    let mut statement = db.prepare(
        "SELECT layer, id, field, new, max(seq) FROM shouye_change \
         WHERE id IS NOT NULL AND field IS NOT NULL GROUP BY id, layer, field ORDER BY 5",
    )?;
    let mut latest = statement.query([])?;
    while let Some(row) = latest.next()? {
        let (table, id, field): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (new, seq): (Option<String>, i64) = (row.get(3)?, row.get(4)?);
        let Some(layout) = by_table.get(table.as_str()) else { continue };
        let Some(at) = layout.position(&field) else { continue };
        let Some(now) = past::row_by_id(db, layout, &id).optional()? else {
            if !was_removed(db, &id, seq)? {
                findings.fault("record_missing", &table, Id::parse(&id), || {
                    Message::new("store-check-record-missing").with("id", id.as_str())
                });
            }
            continue;
        };
        // The record was removed and a later import brought it anew.
        let superseded = now.batch.is_some_and(|batch| batch > seq);
        if !superseded && change::recorded(layout.columns[at], &now.cells[at]) != new {
            findings.fault("change_mismatch", &table, Id::parse(&id), || {
                Message::new("store-check-record-differs").with("field", field)
            });
        }
    }
    Ok(())
}

fn was_removed(db: &Connection, id: &str, after: i64) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM shouye_change \
         WHERE id = ? AND field IS NULL AND new IS NULL AND seq > ?)",
    )?
    .query_row(rusqlite::params![id, after], |row| row.get(0))
}

//! The file: pages, keys, and what OGC 12-128r19 asks of a GeoPackage.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::super::layout::{Layout, SRS_ID};
use super::super::schema;
use super::{Findings, Severity::Error};
use crate::base::Message;
use crate::model::Kind;

/// Pages and foreign keys.
pub(super) fn pages(db: &Connection, findings: &mut Findings) -> rusqlite::Result<()> {
    let mut statement = db.prepare("PRAGMA integrity_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let verdict: String = row.get(0)?;
        if verdict != "ok" {
            findings.add(Error, "integrity", None, None, || {
                Message::new("store-check-integrity").with("detail", verdict)
            });
        }
    }
    let mut statement = db.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        findings.add(Error, "foreign_key", Some(&table), None, || {
            Message::new("store-check-foreign-key")
                .with("table", table.as_str())
                .with("parent", parent)
        });
    }
    Ok(())
}

/// The GeoPackage tables.
pub(super) fn geopackage(
    db: &Connection,
    layouts: &BTreeMap<Kind, Layout>,
    findings: &mut Findings,
) -> rusqlite::Result<()> {
    let number = |name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let (application, user) = (number("application_id")?, number("user_version")?);
    if application != schema::APPLICATION_ID {
        findings.add(Error, "gpkg_application_id", None, None, || {
            Message::new("store-check-application-id")
        });
    }
    if !(10_200..=10_499).contains(&user) {
        findings.add(Error, "gpkg_version", None, None, || {
            Message::new("store-check-gpkg-version").with("found", user.to_string())
        });
    }
    for (_, srs, ..) in schema::REFERENCE_SYSTEMS {
        let there: bool = db.query_row(
            "SELECT EXISTS (SELECT 1 FROM gpkg_spatial_ref_sys WHERE srs_id = ?)",
            [srs],
            |row| row.get(0),
        )?;
        if !there {
            findings.add(Error, "gpkg_srs_missing", None, None, || {
                Message::new("store-check-srs").with("srs", srs.to_string())
            });
        }
    }
    for layout in layouts.values() {
        let registered: Option<String> = db
            .prepare_cached("SELECT data_type FROM gpkg_contents WHERE table_name = ?")?
            .query_row([&layout.table], |row| row.get(0))
            .optional()?;
        let wanted = if layout.geometry.name().is_some() { "features" } else { "attributes" };
        if registered.as_deref() != Some(wanted) {
            findings.add(Error, "gpkg_contents", Some(&layout.table), None, || {
                Message::new("store-check-contents").with("layer", layout.table.as_str())
            });
        }
        let declared: Option<(String, String, i32)> = db
            .prepare_cached(
                "SELECT column_name, geometry_type_name, srs_id FROM gpkg_geometry_columns \
                 WHERE table_name = ?",
            )?
            .query_row([&layout.table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let wanted =
            layout.geometry.name().map(|name| ("geom".to_owned(), name.to_owned(), SRS_ID));
        if declared != wanted {
            findings.add(Error, "gpkg_geometry_column", Some(&layout.table), None, || {
                Message::new("store-check-geometry-column").with("layer", layout.table.as_str())
            });
        }
    }
    Ok(())
}

//! The file: pages, keys, and what OGC 12-128r19 asks of a GeoPackage.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::super::geopackage;
use super::super::geopackage::SRS;
use super::super::layout::Layout;
use super::Findings;
use crate::base::Message;
use crate::model::Kind;

/// Pages and foreign keys.
pub(super) fn pages(db: &Connection, findings: &mut Findings) -> rusqlite::Result<()> {
    let mut statement = db.prepare("PRAGMA integrity_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let verdict: String = row.get(0)?;
        if verdict != "ok" {
            findings.fault("integrity", "", None, || {
                Message::new("store-check-integrity").with("detail", verdict)
            });
        }
    }
    let mut statement = db.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        findings.fault("foreign_key", &table, None, || {
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
    if application != geopackage::APPLICATION_ID {
        findings
            .fault("gpkg_application_id", "", None, || Message::new("store-check-application-id"));
    }
    if !(10_200..=10_499).contains(&user) {
        findings.fault("gpkg_version", "", None, || {
            Message::new("store-check-gpkg-version").with("found", user.to_string())
        });
    }
    for (_, srs, ..) in geopackage::REFERENCE_SYSTEMS {
        let there: bool = db.query_row(
            "SELECT EXISTS (SELECT 1 FROM gpkg_spatial_ref_sys WHERE srs_id = ?)",
            [srs],
            |row| row.get(0),
        )?;
        if !there {
            findings.fault("gpkg_srs_missing", "", None, || {
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
            findings.fault("gpkg_contents", &layout.table, None, || {
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
        let wanted = layout.geometry.name().map(|name| ("geom".to_owned(), name.to_owned(), SRS));
        if declared != wanted {
            findings.fault("gpkg_geometry_column", &layout.table, None, || {
                Message::new("store-check-geometry-column").with("layer", layout.table.as_str())
            });
        }
    }
    Ok(())
}

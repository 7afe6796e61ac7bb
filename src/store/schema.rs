//! The tables of the store: a valid GeoPackage (OGC 12-128r19) with our own tables registered beside the layers.

use rusqlite::{Connection, Transaction};

use super::geopackage::{self, quoted};
use crate::model::{Field, FieldType, Kind};

/// The newest schema this program knows.
pub(super) const SCHEMA: i64 = 1;

/// Our own tables: they are listed in `gpkg_contents` as attributes, so that other programs see what they are.
pub(super) const PRIVATE_TABLES: [&str; 4] =
    ["shouye_meta", "shouye_batch", "shouye_change", "shouye_plan"];

const OWN: &str = "
CREATE TABLE shouye_meta (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT);
CREATE TABLE shouye_batch (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, layer TEXT NOT NULL,
  source TEXT, replaced BOOLEAN NOT NULL, added INTEGER NOT NULL, updated INTEGER NOT NULL,
  removed INTEGER NOT NULL, undone_at TEXT);
CREATE TABLE shouye_change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, action INTEGER NOT NULL,
  undoes INTEGER, batch INTEGER, layer TEXT NOT NULL, record TEXT NOT NULL, field TEXT NOT NULL,
  old TEXT, new TEXT, why TEXT);
CREATE INDEX shouye_change_record ON shouye_change (record, seq);
CREATE INDEX shouye_change_batch ON shouye_change (batch) WHERE batch IS NOT NULL;
CREATE TRIGGER shouye_change_keeps_rows BEFORE DELETE ON shouye_change
  BEGIN SELECT RAISE(ABORT, 'changes are never deleted'); END;
CREATE TRIGGER shouye_change_keeps_values BEFORE UPDATE ON shouye_change
  BEGIN SELECT RAISE(ABORT, 'changes are never edited'); END;
CREATE TABLE shouye_plan (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, saved_at TEXT NOT NULL, plan TEXT NOT NULL);
";

/// The columns of a layer before its canonical attributes, in this order.
pub(super) const HEAD_COLUMNS: [&str; 7] =
    ["id", "code", "name", "source", "as_of", "sample", "extra"];

fn sql_type(field: &Field) -> &'static str {
    match field.field_type {
        FieldType::Integer => "INTEGER",
        FieldType::Real => "DOUBLE",
        FieldType::Boolean => "BOOLEAN",
        FieldType::Date => "DATE",
        FieldType::Text | FieldType::Choice | FieldType::Choices => "TEXT",
    }
}

/// The geometry type a kind's layer is declared with: mixed layers are `GEOMETRY`.
pub(super) fn geometry_type(kind: Kind) -> Option<&'static str> {
    match kind.table_def().geometry.as_slice() {
        [] => None,
        [only] => Some(match only.as_str() {
            "point" => "POINT",
            "line" => "MULTILINESTRING",
            "polygon" => "MULTIPOLYGON",
            _ => "GEOMETRY",
        }),
        _ => Some("GEOMETRY"),
    }
}

/// Fills a new, empty database.
pub(super) fn create(connection: &mut Connection, now: &str) -> rusqlite::Result<()> {
    geopackage::found(connection)?;
    let tx = connection.transaction()?;
    tx.execute_batch(OWN)?;
    for kind in Kind::ALL {
        create_layer(&tx, *kind)?;
    }
    for table in PRIVATE_TABLES {
        tx.execute(
            "INSERT INTO gpkg_contents (table_name,data_type,identifier) VALUES (?1,'attributes',?1)",
            [table],
        )?;
    }
    // One moment for all tables: the injected clock's, not the database's.
    tx.execute("UPDATE gpkg_contents SET last_change=strftime('%Y-%m-%dT%H:%M:%fZ',?1)", [now])?;
    let meta = [("schema", SCHEMA.to_string()), ("version", "1".to_owned())];
    for (key, value) in meta {
        tx.execute("INSERT INTO shouye_meta (key,value) VALUES (?1,?2)", (key, value))?;
    }
    tx.commit()
}

fn create_layer(tx: &Transaction<'_>, kind: Kind) -> rusqlite::Result<()> {
    let mut columns = vec!["id TEXT NOT NULL UNIQUE".to_owned()];
    columns.extend(["code TEXT", "name TEXT"].map(str::to_owned));
    columns.extend(
        kind.table_def()
            .attribute_fields()
            .map(|field| format!("{} {}", quoted(&field.name), sql_type(field))),
    );
    columns.extend(
        ["source TEXT", "as_of DATE", "sample BOOLEAN NOT NULL", "extra TEXT", "batch INTEGER"]
            .map(str::to_owned),
    );
    geopackage::add_layer(tx, &kind.table(), geometry_type(kind), &columns)
}

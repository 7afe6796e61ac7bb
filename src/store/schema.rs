//! The tables of the store: a valid GeoPackage (OGC 12-128r19) with our own tables registered beside the layers.

use rusqlite::{Connection, Transaction};

use crate::model::{Field, FieldType, Kind};

/// `GPKG`, as the GeoPackage standard wants it in the file's header.
pub(super) const APPLICATION_ID: i32 = 0x4750_4b47;
/// GeoPackage 1.3.
pub(super) const USER_VERSION: i32 = 10_300;
/// The newest schema this program knows.
pub(super) const SCHEMA: i64 = 1;
/// CGCS2000, degrees.
pub(super) const SRS: i32 = 4490;

/// Our own tables: they are listed in `gpkg_contents` as attributes, so that other programs see what they are.
pub(super) const PRIVATE_TABLES: [&str; 4] =
    ["shouye_meta", "shouye_batch", "shouye_change", "shouye_plan"];

const CORE: &str = "
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
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

const CGCS2000_WKT: &str = r#"GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101,AUTHORITY["EPSG","1024"]],AUTHORITY["EPSG","1043"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4490"]]"#;
const WGS84_WKT: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]"#;

/// A table or column name, quoted for SQL. Ours never hold quotes, yet nothing relies on that.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

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
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", USER_VERSION)?;
    let tx = connection.transaction()?;
    tx.execute_batch(CORE)?;
    let srs: [(&str, i32, &str, i32, &str); 4] = [
        ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
        ("WGS 84", 4326, "EPSG", 4326, WGS84_WKT),
        ("CGCS2000", SRS, "EPSG", SRS, CGCS2000_WKT),
    ];
    for (name, id, organization, code, definition) in srs {
        tx.execute(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?1,?2,?3,?4,?5,NULL)",
            (name, id, organization, code, definition),
        )?;
    }
    for kind in Kind::ALL {
        create_layer(&tx, *kind, now)?;
    }
    for table in PRIVATE_TABLES {
        tx.execute(
            "INSERT INTO gpkg_contents (table_name,data_type,identifier,last_change) VALUES (?1,'attributes',?1,?2)",
            (table, now),
        )?;
    }
    let meta = [("schema", SCHEMA.to_string()), ("version", "1".to_owned())];
    for (key, value) in meta {
        tx.execute("INSERT INTO shouye_meta (key,value) VALUES (?1,?2)", (key, value))?;
    }
    tx.commit()
}

fn create_layer(tx: &Transaction<'_>, kind: Kind, now: &str) -> rusqlite::Result<()> {
    let table = kind.table();
    let geometry = geometry_type(kind);
    let mut columns = vec![
        "fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL".to_owned(),
        "id TEXT NOT NULL UNIQUE".to_owned(),
    ];
    columns.extend(geometry.map(|geometry| format!("geom {geometry}")));
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
    tx.execute_batch(&format!("CREATE TABLE {} ({})", quoted(&table), columns.join(", ")))?;
    tx.execute(
        "INSERT INTO gpkg_contents (table_name,data_type,identifier,last_change,srs_id) VALUES (?1,?2,?1,?3,?4)",
        (
            &table,
            if geometry.is_some() { "features" } else { "attributes" },
            now,
            geometry.map(|_| SRS),
        ),
    )?;
    if let Some(geometry) = geometry {
        tx.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?1,'geom',?2,?3,0,0)",
            (&table, geometry, SRS),
        )?;
    }
    Ok(())
}

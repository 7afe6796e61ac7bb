//! What makes an SQLite file a GeoPackage (OGC 12-128r19): its marks, its tables of contents, its layers.

use geo_types::Rect;
use rusqlite::Connection;

/// `GPKG`, as the standard wants it in the file's header.
pub const APPLICATION_ID: i32 = 0x4750_4b47;
/// GeoPackage 1.3.
pub const USER_VERSION: i32 = 10_300;
/// CGCS2000, degrees.
pub const SRS: i32 = 4490;

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
";

const CGCS2000_WKT: &str = r#"GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101,AUTHORITY["EPSG","1024"]],AUTHORITY["EPSG","1043"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4490"]]"#;
const WGS84_WKT: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]"#;

/// A table or column name, quoted for SQL: names come from files.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Every row of `gpkg_spatial_ref_sys`: name, id, organisation, its number, definition.
pub(super) const REFERENCE_SYSTEMS: [(&str, i32, &str, i32, &str); 4] = [
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
    ("WGS 84", 4326, "EPSG", 4326, WGS84_WKT),
    ("CGCS2000", SRS, "EPSG", SRS, CGCS2000_WKT),
];

/// Bytes of a page of a new file. Rows of half a kilobyte fill these better than SQLite's usual 4096,
/// and an import writes a quarter as many.
const PAGE_SIZE: u32 = 16_384;

/// Makes an empty database a GeoPackage without layers.
pub fn found(connection: &Connection) -> rusqlite::Result<()> {
    mark(connection)?;
    let tx = connection.unchecked_transaction()?;
    tables(&tx)?;
    tx.commit()
}

/// Chooses the pages of an empty file and writes the marks into its header.
pub(super) fn mark(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "page_size", PAGE_SIZE)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", USER_VERSION)
}

/// Makes the tables of contents, as part of a transaction.
pub(super) fn tables(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(CORE)?;
    for (name, id, organization, code, definition) in REFERENCE_SYSTEMS {
        connection.execute(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?1,?2,?3,?4,?5,NULL)",
            (name, id, organization, code, definition),
        )?;
    }
    Ok(())
}

/// Adds a table with these columns (SQL declarations) and lists it: as a layer if it has a geometry
/// type, else as attributes.
pub fn add_layer(
    connection: &Connection,
    table: &str,
    geometry: Option<&str>,
    columns: &[String],
) -> rusqlite::Result<()> {
    let mut declared = vec!["fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL".to_owned()];
    declared.extend(geometry.map(|geometry| format!("geom {geometry}")));
    declared.extend(columns.iter().cloned());
    connection.execute_batch(&format!(
        "CREATE TABLE {} ({})",
        quoted(table),
        declared.join(", ")
    ))?;
    let data_type = if geometry.is_some() { "features" } else { "attributes" };
    connection.execute(
        "INSERT INTO gpkg_contents (table_name,data_type,identifier,srs_id) VALUES (?1,?2,?1,?3)",
        (table, data_type, geometry.map(|_| SRS)),
    )?;
    if let Some(geometry) = geometry {
        connection.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?1,'geom',?2,?3,0,0)",
            (table, geometry, SRS),
        )?;
    }
    Ok(())
}

/// Writes a layer's extent into the table of contents.
pub fn note_extent(
    connection: &Connection,
    table: &str,
    extent: Option<Rect<f64>>,
) -> rusqlite::Result<()> {
    let corner = |pick: fn(Rect<f64>) -> f64| extent.map(pick);
    connection
        .execute(
            "UPDATE gpkg_contents SET min_x=?1,min_y=?2,max_x=?3,max_y=?4 WHERE table_name=?5",
            (
                corner(|r| r.min().x),
                corner(|r| r.min().y),
                corner(|r| r.max().x),
                corner(|r| r.max().y),
                table,
            ),
        )
        .map(drop)
}

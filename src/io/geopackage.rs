//! GeoPackages, our own stores too: opened so that nothing in them can run, write or wait.

use std::io::Read;
use std::path::Path;
use std::time::Instant;

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Rows, Statement};

use super::ask::RowNote;
use super::fault::ReadFault;
use super::source::{LayerHead, MAX_COLUMNS, RawRow, RowReader, Shape};
use crate::model::{Kind, Value};
use crate::spatial::crs::Crs;
use crate::spatial::wkb::read_gpkg;
use crate::store::geopackage::quoted;

/// Virtual machine steps between two looks at the clock, and how long one statement may take.
const STEPS: i32 = 100_000;
const SECONDS: u64 = 300;

/// One layer or table of the package.
#[derive(Clone, Debug)]
pub struct PackageLayer {
    /// Its table.
    pub table: String,
    geometry: Option<String>,
    crs: Option<Crs>,
    fault: Option<ReadFault>,
}

/// An open package.
pub struct Package {
    connection: Connection,
    layers: Vec<PackageLayer>,
    ours: bool,
    size: u64,
    pending: Option<RowNote>,
}

fn sql(error: rusqlite::Error) -> ReadFault {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::OperationInterrupted) => {
            ReadFault::TooLarge { what: format!("SQLite > {SECONDS} s") }
        }
        _ => ReadFault::damaged(0, error),
    }
}

impl Package {
    /// Opens a package without trusting it.
    pub fn open(file: &Path) -> Result<Self, ReadFault> {
        let size = std::fs::metadata(file)?.len();
        let mut connection = Connection::open_with_flags(
            uri(file),
            OpenFlags::SQLITE_OPEN_READ_ONLY
                | OpenFlags::SQLITE_OPEN_URI
                | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )
        .map_err(sql)?;
        harden(&mut connection).map_err(sql)?;
        let answer: String =
            connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(sql)?;
        if answer != "ok" {
            return Err(ReadFault::damaged(0, answer));
        }
        let has = |table: &str| connection.table_exists(None, table).map_err(sql);
        if !has("gpkg_contents")? {
            return Err(ReadFault::UnknownFormat);
        }
        let ours = has("shouye_meta")?;
        let layers = layers(&connection).map_err(sql)?;
        Ok(Self { connection, layers, ours, size, pending: pending(file) })
    }

    /// Its layers and tables, ours without the store's own books.
    pub fn layers(&self) -> Vec<PackageLayer> {
        let own = |layer: &&PackageLayer| self.ours && Kind::parse(&layer.table).is_none();
        self.layers.iter().filter(|layer| !own(layer)).cloned().collect()
    }

    /// How many rows a layer has.
    pub fn count(&self, layer: &PackageLayer) -> Result<u64, ReadFault> {
        let count = format!("SELECT count(*) FROM {}", quoted(&layer.table));
        let rows: i64 = self.connection.query_row(&count, [], |row| row.get(0)).map_err(sql)?;
        Ok(rows.unsigned_abs())
    }

    /// A statement that reads all of a layer.
    pub fn prepare(&self, layer: &PackageLayer) -> Result<Statement<'_>, ReadFault> {
        let statement = self
            .connection
            .prepare(&format!("SELECT * FROM {}", quoted(&layer.table)))
            .map_err(sql)?;
        if statement.column_count() > MAX_COLUMNS {
            return Err(ReadFault::TooLarge { what: format!("{} columns", MAX_COLUMNS) });
        }
        Ok(statement)
    }

    /// The rows of a prepared layer.
    pub fn rows<'s>(
        &self,
        layer: &PackageLayer,
        statement: &'s mut Statement<'_>,
    ) -> Result<PackageRows<'s>, ReadFault> {
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let booleans = declared_booleans(&self.connection, &layer.table).map_err(sql)?;
        let mut columns = Vec::new();
        let mut roles = Vec::new();
        for name in names {
            let is = |other: &str| name.eq_ignore_ascii_case(other);
            roles.push(if layer.geometry.as_deref().is_some_and(is) {
                Role::Geometry
            } else if is("fid") || is("ogc_fid") || (self.ours && is("batch")) {
                Role::Skip
            } else if self.ours && is("extra") {
                Role::Extra
            } else {
                let boolean = booleans.iter().any(|b| is(b));
                let heading = if self.ours && is("id") { "shouye_id".to_owned() } else { name };
                columns.push(heading);
                Role::Cell(columns.len() as u32 - 1, boolean)
            });
        }
        let head = LayerHead {
            name: layer.table.clone(),
            kind: None,
            crs: layer.crs.clone(),
            crs_fault: layer.fault.clone(),
            encoding: "UTF-8".to_owned(),
            ours: self.ours,
            notes: self.pending.iter().cloned().collect(),
        };
        let total = self.count(layer)?.max(1);
        let rows = statement.query([]).map_err(sql)?;
        Ok(PackageRows { rows, head, columns, roles, number: 0, total, size: self.size })
    }
}

/// Whether changes still lie in a file beside the package, where reading it without trust cannot see them:
/// another program has it open, or was ended before its time.
fn pending(file: &Path) -> Option<RowNote> {
    const JOURNAL: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
    const WAL_HEADER: u64 = 32;
    let beside = |ending: &str| {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        std::path::PathBuf::from(name)
    };
    let log = beside("-wal");
    let has_log = std::fs::metadata(&log).is_ok_and(|about| about.len() > WAL_HEADER);
    let journal = beside("-journal");
    let mut head = [0; 8];
    let has_journal = std::fs::File::open(&journal)
        .is_ok_and(|mut open| open.read_exact(&mut head).is_ok() && head == JOURNAL);
    let found = if has_log { Some(log) } else { has_journal.then_some(journal) };
    let name = found?.file_name()?.to_string_lossy().into_owned();
    Some(RowNote::new(0, "wal_pending").with("name", name))
}

/// SQLite reads `%`, `?` and `#` in a URI as signs of its own.
fn uri(file: &Path) -> String {
    let mut out = String::from("file:");
    for c in file.to_string_lossy().chars() {
        match c {
            '%' => out.push_str("%25"),
            '?' => out.push_str("%3f"),
            '#' => out.push_str("%23"),
            other => out.push(other),
        }
    }
    out.push_str("?mode=ro&immutable=1");
    out
}

fn harden(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    let began = Instant::now();
    connection.progress_handler(STEPS, Some(move || began.elapsed().as_secs() > SECONDS))
}

fn layers(connection: &Connection) -> rusqlite::Result<Vec<PackageLayer>> {
    let mut query = connection.prepare(
        "SELECT c.table_name, g.column_name, s.organization, s.organization_coordsys_id, s.definition
         FROM gpkg_contents c
         JOIN sqlite_schema t ON t.name = c.table_name AND t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%'
         LEFT JOIN gpkg_geometry_columns g ON g.table_name = c.table_name
         LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
         WHERE c.data_type IN ('features', 'attributes') ORDER BY c.table_name LIMIT 1000",
    )?;
    let rows = query.query_map([], |row| {
        let text = |at: usize| -> rusqlite::Result<Option<String>> { row.get(at) };
        let (organization, definition) = (text(2)?.unwrap_or_default(), text(4)?);
        let number: i64 = row.get::<_, Option<i64>>(3)?.unwrap_or(0);
        let crs = match u32::try_from(number) {
            Ok(number @ 1..) if organization.eq_ignore_ascii_case("EPSG") => {
                Some(Crs::from_epsg(number))
            }
            _ => definition.filter(|d| d.contains('[')).map(|wkt| Crs::from_wkt(&wkt)),
        };
        let (crs, fault) = match crs {
            None => (None, None),
            Some(Ok(crs)) => (Some(crs), None),
            Some(Err(fault)) => (None, Some(ReadFault::crs(&fault))),
        };
        Ok(PackageLayer { table: text(0)?.unwrap_or_default(), geometry: text(1)?, crs, fault })
    })?;
    rows.collect()
}

fn declared_booleans(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut query = connection.prepare("SELECT name, type FROM pragma_table_info(?1)")?;
    let rows = query.query_map([table], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?.unwrap_or_default()))
    })?;
    let all: rusqlite::Result<Vec<(String, String)>> = rows.collect();
    Ok(all?.into_iter().filter(|(_, t)| t.eq_ignore_ascii_case("BOOLEAN")).map(|r| r.0).collect())
}

enum Role {
    Geometry,
    /// A column of the row; true if it holds truth values.
    Cell(u32, bool),
    /// Our own store's unknown columns, as JSON.
    Extra,
    Skip,
}

/// Reads one layer.
pub struct PackageRows<'s> {
    rows: Rows<'s>,
    head: LayerHead,
    columns: Vec<String>,
    roles: Vec<Role>,
    number: u64,
    total: u64,
    size: u64,
}

impl RowReader for PackageRows<'_> {
    fn head(&self) -> &LayerHead {
        &self.head
    }

    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn next(&mut self, row: &mut RawRow) -> Result<bool, ReadFault> {
        row.clear();
        let Some(record) = self.rows.next().map_err(sql)? else { return Ok(false) };
        self.number += 1;
        row.number = self.number;
        for (at, role) in self.roles.iter().enumerate() {
            let value = record.get_ref(at).map_err(sql)?;
            match role {
                Role::Skip => {}
                Role::Geometry => row.shape = shape(value),
                Role::Cell(column, boolean) => {
                    row.cells.extend(cell(value, *boolean).map(|value| (*column, value)));
                }
                Role::Extra => extra(value, &mut self.columns, row),
            }
        }
        Ok(true)
    }

    fn done(&self) -> u64 {
        self.size.saturating_mul(self.number) / self.total.max(self.number)
    }

    fn late_notes(&mut self) -> Vec<RowNote> {
        Vec::new()
    }
}

fn shape(value: ValueRef<'_>) -> Shape {
    match value {
        ValueRef::Null => Shape::Absent,
        ValueRef::Blob(blob) => match read_gpkg(blob) {
            Ok((_, Some(geometry))) => Shape::Given(geometry),
            Ok((_, None)) => Shape::Absent,
            Err(fault) => Shape::Broken(fault.to_string()),
        },
        _ => Shape::Broken("no geometry blob".to_owned()),
    }
}

fn cell(value: ValueRef<'_>, boolean: bool) -> Option<Value> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(n @ (0 | 1)) if boolean => Some(Value::Boolean(n == 1)),
        ValueRef::Integer(n) => Some(Value::Integer(n)),
        ValueRef::Real(x) => Some(Value::Real(x)),
        ValueRef::Text(text) => Some(Value::Text(String::from_utf8_lossy(text).into_owned())),
        // Pictures and other attachments stay in the file.
        ValueRef::Blob(_) => None,
    }
}

/// Our store keeps unknown columns as a list of heading and value.
fn extra(value: ValueRef<'_>, columns: &mut Vec<String>, row: &mut RawRow) {
    let Ok(text) = value.as_str() else { return };
    let Ok(pairs) = serde_json::from_str::<Vec<(String, serde_json::Value)>>(text) else { return };
    for (name, value) in pairs {
        let at = match columns.iter().position(|column| *column == name) {
            Some(at) => at,
            None if columns.len() >= MAX_COLUMNS => continue,
            None => {
                columns.push(name);
                columns.len() - 1
            }
        };
        let value = match value {
            serde_json::Value::Null => continue,
            serde_json::Value::Bool(b) => Value::Boolean(b),
            serde_json::Value::Number(n) => match (n.as_i64(), n.as_f64()) {
                (Some(n), _) => Value::Integer(n),
                (None, Some(x)) => Value::Real(x),
                (None, None) => Value::Text(n.to_string()),
            },
            serde_json::Value::String(text) => Value::Text(text),
            other => Value::Text(other.to_string()),
        };
        row.cells.push((at as u32, value));
    }
}

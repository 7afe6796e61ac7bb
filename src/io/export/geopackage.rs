//! GeoPackage out: one layer in a file of its own, with every column as a real column.

use std::path::Path;

use geo::BoundingRect;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};

use super::Failure;
use super::sheet::{Column, columns};
use crate::model::{Feature, FieldType, Kind, Value};
use crate::spatial::joined;
use crate::spatial::wkb::write_gpkg;
use crate::store::geopackage;

pub(super) fn write(features: &[Feature], kind: Kind, file: &Path) -> Result<(), Failure> {
    Ok(fill(features, kind, file)?)
}

fn fill(features: &[Feature], kind: Kind, file: &Path) -> rusqlite::Result<()> {
    let mut connection = Connection::open(file)?;
    geopackage::found(&connection)?;
    let tx = connection.transaction()?;
    let columns = columns(features, kind);
    let table = kind.table();
    let mut names: Vec<String> = Vec::new();
    for column in &columns {
        names.push(free_name(column.header(), &names));
    }
    let declared: Vec<String> = columns
        .iter()
        .zip(&names)
        .map(|(column, name)| {
            format!("{} {}", geopackage::quoted(name), sql_type(kind, column, features))
        })
        .collect();
    geopackage::add_layer(&tx, &table, kind.has_geometry().then_some("GEOMETRY"), &declared)?;
    let quoted: Vec<String> = names.iter().map(|name| geopackage::quoted(name)).collect();
    let geometry = if kind.has_geometry() { ",geom" } else { "" };
    let marks = vec!["?"; columns.len() + usize::from(kind.has_geometry())].join(",");
    let sql = format!(
        "INSERT INTO {} ({}{geometry}) VALUES ({marks})",
        geopackage::quoted(&table),
        quoted.join(",")
    );
    {
        let mut insert = tx.prepare(&sql)?;
        for feature in features {
            let mut cells: Vec<Sql> =
                columns.iter().map(|c| c.cell(feature).map_or(Sql::Null, sql_value)).collect();
            if kind.has_geometry() {
                cells.push(
                    feature
                        .geometry
                        .as_ref()
                        .map_or(Sql::Null, |g| Sql::Blob(write_gpkg(g, geopackage::SRS))),
                );
            }
            insert.execute(params_from_iter(cells))?;
        }
    }
    let extents = features.iter().filter_map(|f| f.geometry.as_ref()?.bounding_rect());
    geopackage::note_extent(&tx, &table, extents.reduce(joined))?;
    tx.commit()
}

/// SQLite compares column names without case, and two are ours.
fn free_name(header: &str, taken: &[String]) -> String {
    let is_taken = |name: &str| {
        ["fid", "geom"].iter().any(|own| own.eq_ignore_ascii_case(name))
            || taken.iter().any(|other| other.to_lowercase() == name.to_lowercase())
    };
    let base = if header.trim().is_empty() { "column" } else { header };
    let mut name = base.to_owned();
    let mut n = 2_u32;
    while is_taken(&name) {
        name = format!("{base}_{n}");
        n += 1;
    }
    name
}

fn sql_type(kind: Kind, column: &Column, features: &[Feature]) -> &'static str {
    let field_type = match column {
        Column::Field(name) => kind.field(name).map(|field| field.field_type),
        Column::Sample => Some(FieldType::Boolean),
        Column::Id => None,
        Column::Extra(_) => common_type(features.iter().filter_map(|f| column.cell(f))),
    };
    match field_type {
        Some(FieldType::Integer) => "INTEGER",
        Some(FieldType::Real) => "DOUBLE",
        Some(FieldType::Boolean) => "BOOLEAN",
        Some(FieldType::Date) => "DATE",
        _ => "TEXT",
    }
}

/// The narrowest type that holds all values unchanged; `None` = text.
fn common_type(values: impl Iterator<Item = Value>) -> Option<FieldType> {
    values
        .map(|value| match value {
            Value::Boolean(_) => Some(FieldType::Boolean),
            Value::Integer(_) => Some(FieldType::Integer),
            Value::Real(_) => Some(FieldType::Real),
            Value::Text(_) => None,
        })
        .reduce(|a, b| match (a, b) {
            (Some(FieldType::Integer), Some(FieldType::Real))
            | (Some(FieldType::Real), Some(FieldType::Integer)) => Some(FieldType::Real),
            (a, b) if a == b => a,
            _ => None,
        })
        .flatten()
}

fn sql_value(value: Value) -> Sql {
    match value {
        Value::Boolean(b) => Sql::Integer(i64::from(b)),
        Value::Integer(n) => Sql::Integer(n),
        Value::Real(x) => Sql::Real(x),
        Value::Text(text) => Sql::Text(text),
    }
}

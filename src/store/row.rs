//! One row of a layer: a feature to columns and back, and its image in the change table.

use geo_types::{Geometry, MultiLineString, MultiPolygon};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Row, ToSql};
use serde::{Deserialize, Serialize};

use super::geopackage::{SRS, quoted};
use super::schema::{HEAD_COLUMNS, geometry_type};
use crate::base::Id;
use crate::model::{Attributes, Feature, FieldType, Kind, Provenance, Value};
use crate::spatial::wkb;

/// A row that cannot be read.
#[derive(Debug)]
pub(super) struct RowFault {
    /// Its id or number.
    pub record: String,
    /// What is wrong.
    pub detail: String,
}

/// How a kind's rows are read and written: column lists and statements.
pub(super) struct RowForm {
    kind: Kind,
    attributes: Vec<(&'static str, FieldType)>,
}

impl RowForm {
    pub(super) fn of(kind: Kind) -> Self {
        let attributes = kind
            .table_def()
            .attribute_fields()
            .map(|field| (field.name.as_str(), field.field_type))
            .collect();
        Self { kind, attributes }
    }

    fn columns(&self) -> Vec<String> {
        let mut columns: Vec<String> = HEAD_COLUMNS.iter().map(|name| quoted(name)).collect();
        if self.kind.has_geometry() {
            columns.push("geom".to_owned());
        }
        columns.extend(self.attributes.iter().map(|(name, _)| quoted(name)));
        columns
    }

    /// `SELECT` of all columns, to be completed with a condition.
    pub(super) fn select(&self) -> String {
        format!("SELECT {} FROM {}", self.columns().join(","), quoted(&self.kind.table()))
    }

    /// Adds a row; its parameters are those of [`Self::parameters`] and then the batch.
    pub(super) fn insert(&self) -> String {
        let columns = self.columns();
        let marks = vec!["?"; columns.len() + 1].join(",");
        format!(
            "INSERT INTO {} ({},batch) VALUES ({marks})",
            quoted(&self.kind.table()),
            columns.join(",")
        )
    }

    /// Overwrites the row with the same id, keeping its batch.
    pub(super) fn update(&self) -> String {
        let sets: Vec<String> = self.columns().iter().map(|column| format!("{column}=?")).collect();
        // The id comes first among the columns, so the condition can reuse parameter 1.
        format!("UPDATE {} SET {} WHERE id=?1", quoted(&self.kind.table()), sets.join(","))
    }

    /// The values of all columns, in order.
    pub(super) fn parameters(&self, feature: &Feature) -> Vec<Cell> {
        let text = |text: Option<&str>| text.map_or(Cell::Null, |text| Cell::Text(text.to_owned()));
        let mut cells = vec![
            Cell::Text(feature.id.to_string()),
            text(feature.code.as_deref()),
            text((!feature.name.is_empty()).then_some(feature.name.as_str())),
            text(feature.provenance.source.as_deref()),
            text(feature.provenance.as_of.as_deref()),
            Cell::Integer(i64::from(feature.provenance.sample)),
            if feature.extra.is_empty() {
                Cell::Null
            } else {
                Cell::Text(extra_text(&feature.extra))
            },
        ];
        if self.kind.has_geometry() {
            cells.push(
                feature
                    .geometry
                    .as_ref()
                    .map_or(Cell::Null, |g| Cell::Blob(geometry_blob(self.kind, g))),
            );
        }
        cells.extend(self.attributes.iter().map(|(name, _)| match feature.attributes.get(name) {
            None => Cell::Null,
            Some(Value::Boolean(b)) => Cell::Integer(i64::from(*b)),
            Some(Value::Integer(n)) => Cell::Integer(*n),
            Some(Value::Real(x)) => Cell::Real(*x),
            Some(Value::Text(text)) => Cell::Text(text.clone()),
        }));
        cells
    }

    /// Reads the columns of [`Self::select`].
    pub(super) fn read(&self, row: &Row<'_>) -> rusqlite::Result<Result<Feature, RowFault>> {
        let record = row.get_ref(0)?.as_str().unwrap_or_default().to_owned();
        let fault = |detail: String| Ok(Err(RowFault { record: record.clone(), detail }));
        let Some(id) = Id::parse(&record) else { return fault("id".to_owned()) };
        let text = |at: usize| -> rusqlite::Result<Option<String>> {
            Ok(match row.get_ref(at)? {
                ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
                ValueRef::Integer(n) => Some(n.to_string()),
                ValueRef::Real(x) => Some(x.to_string()),
                ValueRef::Null | ValueRef::Blob(_) => None,
            })
        };
        let extra = match text(6)? {
            None => Vec::new(),
            Some(json) => match read_extra(&json) {
                Some(extra) => extra,
                None => return fault("extra".to_owned()),
            },
        };
        let mut at = HEAD_COLUMNS.len();
        let mut geometry = None;
        if self.kind.has_geometry() {
            if let ValueRef::Blob(blob) = row.get_ref(at)? {
                match wkb::read_gpkg(blob) {
                    Ok((_, read)) => geometry = read.map(plain),
                    Err(error) => return fault(error.to_string()),
                }
            }
            at += 1;
        }
        let mut attributes = Attributes::default();
        for (offset, (name, field_type)) in self.attributes.iter().enumerate() {
            if let Some(value) = value_of(row.get_ref(at + offset)?, *field_type) {
                attributes.push(name, value);
            }
        }
        Ok(Ok(Feature {
            id,
            kind: self.kind,
            code: text(1)?,
            name: text(2)?.unwrap_or_default(),
            geometry,
            attributes,
            extra,
            provenance: Provenance {
                source: text(3)?,
                as_of: text(4)?,
                sample: matches!(row.get_ref(5)?, ValueRef::Integer(n) if n != 0),
            },
        }))
    }
}

/// A cell on its way into the database.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(n) => ValueRef::Integer(*n),
            Self::Real(x) => ValueRef::Real(*x),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Other programs may have edited the store: a number in a text column stays readable.
fn value_of(cell: ValueRef<'_>, field_type: FieldType) -> Option<Value> {
    match (cell, field_type) {
        (ValueRef::Null | ValueRef::Blob(_), _) => None,
        (ValueRef::Integer(n), FieldType::Boolean) => Some(Value::Boolean(n != 0)),
        (ValueRef::Integer(n), FieldType::Real) => Some(Value::Real(n as f64)),
        (ValueRef::Integer(n), FieldType::Integer) => Some(Value::Integer(n)),
        (ValueRef::Real(x), FieldType::Real | FieldType::Integer) => Some(Value::Real(x)),
        (ValueRef::Integer(n), _) => Some(Value::Text(n.to_string())),
        (ValueRef::Real(x), _) => Some(Value::Text(x.to_string())),
        (ValueRef::Text(bytes), _) => {
            Some(Value::Text(String::from_utf8_lossy(bytes).into_owned()))
        }
    }
}

/// Layers of one geometry type hold multi-part geometries; mixed layers keep what they get.
fn geometry_blob(kind: Kind, geometry: &Geometry<f64>) -> Vec<u8> {
    match (geometry_type(kind), geometry) {
        (Some("MULTIPOLYGON"), Geometry::Polygon(p)) => {
            wkb::write_gpkg(&MultiPolygon::new(vec![p.clone()]).into(), SRS)
        }
        (Some("MULTILINESTRING"), Geometry::LineString(l)) => {
            wkb::write_gpkg(&MultiLineString::new(vec![l.clone()]).into(), SRS)
        }
        _ => wkb::write_gpkg(geometry, SRS),
    }
}

/// Undoes the promotion of [`geometry_blob`]: a multi-part geometry of one part is that part.
fn plain(geometry: Geometry<f64>) -> Geometry<f64> {
    match geometry {
        Geometry::MultiPolygon(mut m) if m.0.len() == 1 => m.0.remove(0).into(),
        Geometry::MultiLineString(mut m) if m.0.len() == 1 => m.0.remove(0).into(),
        Geometry::MultiPoint(mut m) if m.0.len() == 1 => m.0.remove(0).into(),
        other => other,
    }
}

/// A value as JSON text, as the change table keeps it.
pub(super) fn value_text(value: &Value) -> String {
    json_of(value).to_string()
}

/// Reads what [`value_text`] wrote.
pub(super) fn read_value(text: &str) -> Option<Value> {
    value_from(serde_json::from_str(text).ok()?)
}

fn json_of(value: &Value) -> serde_json::Value {
    match value {
        Value::Boolean(b) => (*b).into(),
        Value::Integer(n) => (*n).into(),
        Value::Real(x) => (*x).into(),
        Value::Text(text) => text.as_str().into(),
    }
}

fn value_from(json: serde_json::Value) -> Option<Value> {
    match json {
        serde_json::Value::Bool(b) => Some(Value::Boolean(b)),
        serde_json::Value::Number(n) => {
            n.as_i64().map(Value::Integer).or_else(|| n.as_f64().map(Value::Real))
        }
        serde_json::Value::String(text) => Some(Value::Text(text)),
        _ => None,
    }
}

fn extra_text(extra: &[(String, Value)]) -> String {
    let pairs: Vec<serde_json::Value> =
        extra.iter().map(|(header, value)| serde_json::json!([header, json_of(value)])).collect();
    serde_json::Value::Array(pairs).to_string()
}

fn read_extra(json: &str) -> Option<Vec<(String, Value)>> {
    let pairs: Vec<(String, serde_json::Value)> = serde_json::from_str(json).ok()?;
    pairs.into_iter().map(|(header, value)| Some((header, value_from(value)?))).collect()
}

/// A whole row, kept when an import overwrites or removes it, so that the import can be undone.
#[derive(Serialize, Deserialize)]
struct Image {
    code: Option<String>,
    name: String,
    geometry: Option<String>,
    attributes: Vec<(String, Value)>,
    extra: Vec<(String, Value)>,
    provenance: Provenance,
    batch: Option<i64>,
}

/// The image of a row as text, with the batch that added it.
pub(super) fn image_of(feature: &Feature, batch: Option<i64>) -> Option<String> {
    let image = Image {
        code: feature.code.clone(),
        name: feature.name.clone(),
        geometry: feature.geometry.as_ref().map(|g| hex(&wkb::write_wkb(g))),
        attributes: feature.attributes.iter().map(|(n, v)| (n.to_owned(), v.clone())).collect(),
        extra: feature.extra.clone(),
        provenance: feature.provenance.clone(),
        batch,
    };
    serde_json::to_string(&image).ok()
}

/// The row an image shows.
pub(super) fn from_image(kind: Kind, id: Id, text: &str) -> Option<(Feature, Option<i64>)> {
    let image: Image = serde_json::from_str(text).ok()?;
    let mut attributes = Attributes::default();
    for (name, value) in image.attributes {
        attributes.set(kind, &name, Some(value));
    }
    let geometry = match image.geometry {
        Some(text) => wkb::read_wkb(&unhex(&text)?).ok()?,
        None => None,
    };
    let feature = Feature {
        id,
        kind,
        code: image.code,
        name: image.name,
        geometry,
        attributes,
        extra: image.extra,
        provenance: image.provenance,
    };
    Some((feature, image.batch))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| Some(c.to_digit(16)? as u8)).collect();
    let digits = digits?;
    (digits.len() % 2 == 0).then(|| digits.chunks_exact(2).map(|d| d[0] * 16 + d[1]).collect())
}

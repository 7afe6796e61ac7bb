//! A feature as a row and a row as a feature.

use geo_types::{Geometry, MultiLineString, MultiPolygon};
use rusqlite::types::{Value as Cell, ValueRef};

use super::error::StoreError;
use super::extra;
use super::geopackage::SRS;
use super::layout::{FIRST, GeometryType, Holds, Layout};
use crate::base::Id;
use crate::model::{Attributes, Feature, FieldType, Provenance, Value};
use crate::spatial::wkb;

/// The geometry as the layer is declared: single lines and areas become collections of one.
/// `Ok(None)` when there is nothing to store; `Err` names the type that does not fit.
fn promoted(
    geometry: &Geometry<f64>,
    declared: GeometryType,
) -> Result<Option<Geometry<f64>>, &'static str> {
    use GeometryType as T;
    let lines = |line| Some(MultiLineString::new(vec![line]).into());
    let areas = |area| Some(MultiPolygon::new(vec![area]).into());
    let whole = || Some(geometry.clone());
    Ok(match (declared, geometry) {
        (T::Point | T::Mixed, Geometry::Point(_)) => whole(),
        (T::Point, Geometry::MultiPoint(points)) if points.0.len() == 1 => {
            points.0.first().map(|point| (*point).into())
        }
        (_, Geometry::LineString(line)) if line.0.is_empty() => None,
        (_, Geometry::Polygon(area)) if area.exterior().0.is_empty() => None,
        (_, Geometry::MultiPoint(points)) if points.0.is_empty() => None,
        (_, Geometry::MultiLineString(many)) if many.0.iter().all(|line| line.0.is_empty()) => None,
        (_, Geometry::MultiPolygon(many)) if many.0.is_empty() => None,
        (T::MultiLineString, Geometry::LineString(line)) => lines(line.clone()),
        (T::MultiLineString, Geometry::Line(line)) => lines((*line).into()),
        (T::MultiLineString, Geometry::MultiLineString(_)) => whole(),
        (T::MultiPolygon, Geometry::Polygon(area)) => areas(area.clone()),
        (T::MultiPolygon, Geometry::Rect(area)) => areas(area.to_polygon()),
        (T::MultiPolygon, Geometry::Triangle(area)) => areas(area.to_polygon()),
        (T::MultiPolygon, Geometry::MultiPolygon(_)) => whole(),
        (T::Mixed, Geometry::Line(line)) => Some(geo_types::LineString::from(line).into()),
        (T::Mixed, Geometry::Rect(area)) => Some(area.to_polygon().into()),
        (T::Mixed, Geometry::Triangle(area)) => Some(area.to_polygon().into()),
        (T::Mixed, _) => whole(),
        (_, other) => return Err(type_name(other)),
    })
}

/// Undoes [`promoted`]: a collection of one, where the layer wants collections, is that one.
fn demoted(geometry: Geometry<f64>, declared: GeometryType) -> Geometry<f64> {
    match (declared, geometry) {
        (GeometryType::MultiLineString, Geometry::MultiLineString(mut many))
            if many.0.len() == 1 =>
        {
            many.0.remove(0).into()
        }
        (GeometryType::MultiPolygon, Geometry::MultiPolygon(mut many)) if many.0.len() == 1 => {
            many.0.remove(0).into()
        }
        (_, other) => other,
    }
}

/// The name of a geometry's type.
pub(super) fn type_name(geometry: &Geometry<f64>) -> &'static str {
    match geometry {
        Geometry::Point(_) => "Point",
        Geometry::Line(_) | Geometry::LineString(_) => "LineString",
        Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => "Polygon",
        Geometry::MultiPoint(_) => "MultiPoint",
        Geometry::MultiLineString(_) => "MultiLineString",
        Geometry::MultiPolygon(_) => "MultiPolygon",
        Geometry::GeometryCollection(_) => "GeometryCollection",
    }
}

/// The geometry cell of a feature.
fn geometry_cell(layout: &Layout, feature: &Feature) -> Result<Option<Vec<u8>>, StoreError> {
    let Some(geometry) = &feature.geometry else { return Ok(None) };
    if layout.geometry == GeometryType::None {
        return Ok(None);
    }
    // The common case needs no copy.
    if matches!(
        (layout.geometry, geometry),
        (GeometryType::Point | GeometryType::Mixed, Geometry::Point(_))
    ) {
        return Ok(Some(wkb::write_gpkg(geometry, SRS)));
    }
    promoted(geometry, layout.geometry)
        .map(|fitting| fitting.map(|fitting| wkb::write_gpkg(&fitting, SRS)))
        .map_err(|found| StoreError::GeometryType {
            kind: feature.kind,
            name: feature.name.clone(),
            found,
        })
}

/// A value as the column stores it.
pub(super) fn cell(holds: FieldType, value: &Value) -> Cell {
    match (holds, value) {
        (FieldType::Integer, Value::Integer(n)) => Cell::Integer(*n),
        (FieldType::Real, Value::Integer(n)) => Cell::Real(*n as f64),
        (FieldType::Integer | FieldType::Real, Value::Real(x)) => Cell::Real(*x),
        (FieldType::Boolean, Value::Boolean(b)) => Cell::Integer(i64::from(*b)),
        (_, other) => Cell::Text(other.to_string()),
    }
}

/// A stored cell as a value; `None` = no data.
pub(super) fn value(holds: FieldType, cell: ValueRef<'_>) -> Option<Value> {
    Some(match (holds, cell) {
        (_, ValueRef::Null | ValueRef::Blob(_)) => return None,
        (FieldType::Real, ValueRef::Integer(n)) => Value::Real(n as f64),
        (FieldType::Boolean, ValueRef::Integer(n)) => Value::Boolean(n != 0),
        (FieldType::Integer, ValueRef::Integer(n)) => Value::Integer(n),
        (FieldType::Integer | FieldType::Real, ValueRef::Real(x)) => Value::Real(x),
        // Another program wrote a number where we keep text: 101 is a fine code.
        (_, ValueRef::Integer(n)) => Value::Text(n.to_string()),
        (_, ValueRef::Real(x)) => Value::Text(x.to_string()),
        (_, ValueRef::Text(bytes)) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
    })
}

/// The content cells of a feature, in the order of [`Layout::columns`].
pub(super) fn cells(layout: &Layout, feature: &Feature) -> Result<Vec<Cell>, StoreError> {
    let text = |text: Option<&str>| text.map_or(Cell::Null, |text| Cell::Text(text.to_owned()));
    let mut out = Vec::with_capacity(layout.columns.len());
    // Attributes come in the order of the field table, so one walk usually finds them all.
    let mut walk = feature.attributes.iter().peekable();
    for column in &layout.columns {
        out.push(match column.holds {
            Holds::Geometry => geometry_cell(layout, feature)?.map_or(Cell::Null, Cell::Blob),
            Holds::Field(holds) => match column.name {
                "code" => text(feature.code.as_deref()),
                "name" => text(Some(feature.name.as_str()).filter(|name| !name.is_empty())),
                "source" => text(feature.provenance.source.as_deref()),
                "as_of" => text(feature.provenance.as_of.as_deref()),
                name => match walk.next_if(|(field, _)| *field == name) {
                    Some((_, value)) => cell(holds, value),
                    None => Cell::Null,
                },
            },
            Holds::Extra => (!feature.extra.is_empty())
                .then(|| extra::write(&feature.extra))
                .map_or(Cell::Null, Cell::Text),
            Holds::Sample => Cell::Integer(i64::from(feature.provenance.sample)),
        });
    }
    if walk.peek().is_some() {
        for (at, column) in layout.columns.iter().enumerate() {
            if let (Holds::Field(holds), Some(value)) =
                (column.holds, feature.attributes.get(column.name))
            {
                out[at] = cell(holds, value);
            }
        }
    }
    Ok(out)
}

/// The id of a row; a row that another program added without a proper one gets one from its number.
pub(super) fn id(layout: &Layout, fid: i64, cell: ValueRef<'_>) -> Id {
    cell.as_str()
        .ok()
        .and_then(Id::parse)
        .unwrap_or_else(|| Id::from_natural_key(&layout.table, &format!("fid={fid}")))
}

/// Reads a row that was selected with [`Layout::select`]. What cannot be read is no data; `check` says so.
pub(super) fn feature(
    layout: &Layout,
    row: &rusqlite::Row<'_>,
) -> Result<Feature, rusqlite::Error> {
    let mut feature = Feature {
        id: id(layout, row.get(0)?, row.get_ref(1)?),
        kind: layout.kind,
        code: None,
        name: String::new(),
        geometry: None,
        attributes: Attributes::default(),
        extra: Vec::new(),
        provenance: Provenance::default(),
    };
    let text = |value: Option<Value>| match value {
        Some(Value::Text(text)) => Some(text),
        other => other.map(|value| value.to_string()),
    };
    for (at, column) in layout.columns.iter().enumerate() {
        let cell = row.get_ref(FIRST + at)?;
        if matches!(cell, ValueRef::Null) {
            continue;
        }
        match column.holds {
            Holds::Geometry => {
                if let ValueRef::Blob(blob) = cell {
                    let found = wkb::read_gpkg(blob).ok().and_then(|(_, found)| found);
                    feature.geometry = found.map(|found| demoted(found, layout.geometry));
                }
            }
            Holds::Field(holds) => {
                let found = value(holds, cell);
                match column.name {
                    "code" => feature.code = text(found),
                    "name" => feature.name = text(found).unwrap_or_default(),
                    "source" => feature.provenance.source = text(found),
                    "as_of" => feature.provenance.as_of = text(found),
                    name => {
                        if let Some(found) = found {
                            feature.attributes.push(name, found);
                        }
                    }
                }
            }
            Holds::Extra => {
                if let ValueRef::Text(json) = cell {
                    feature.extra = extra::read(json);
                }
            }
            Holds::Sample => feature.provenance.sample = cell != ValueRef::Integer(0),
        }
    }
    Ok(feature)
}

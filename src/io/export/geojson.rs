//! GeoJSON (RFC 7946) out: a FeatureCollection in CGCS2000 degrees.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use geojson::Geometry as JsonGeometry;
use serde_json::{Map, Value as Json};

use super::Failure;
use super::sheet::{Column, columns};
use crate::model::{Feature, Kind, Value};

pub(super) fn write(features: &[Feature], kind: Kind, file: &Path) -> Result<(), Failure> {
    let mut out = BufWriter::new(File::create(file)?);
    let columns = columns(features, kind);
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
    for (at, feature) in features.iter().enumerate() {
        text.push_str(if at == 0 { "\n" } else { ",\n" });
        text.push_str(&one(feature, &columns).to_string());
        out.write_all(text.as_bytes())?;
        text.clear();
    }
    text.push_str("\n]}\n");
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

fn one(feature: &Feature, columns: &[Column]) -> Json {
    let mut properties = Map::new();
    for column in columns {
        if let Some(value) = column.cell(feature) {
            properties.insert(column.header().to_owned(), json(value));
        }
    }
    let geometry =
        feature.geometry.as_ref().map(|geometry| JsonGeometry::from(geometry).to_string());
    let geometry = geometry.and_then(|text| serde_json::from_str(&text).ok());
    let mut out = Map::new();
    out.insert("type".to_owned(), "Feature".into());
    out.insert("geometry".to_owned(), geometry.unwrap_or(Json::Null));
    out.insert("properties".to_owned(), Json::Object(properties));
    Json::Object(out)
}

fn json(value: Value) -> Json {
    match value {
        Value::Boolean(b) => b.into(),
        Value::Integer(n) => n.into(),
        Value::Real(x) => x.into(),
        Value::Text(text) => text.into(),
    }
}

//! CSV out: UTF-8 with a byte order mark, so that office programs in Chinese show it right.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use geo_types::Geometry;
use geozero::ToWkt;

use super::sheet::columns;
use crate::io::guard;
use crate::model::{Feature, Kind, Value};

pub(super) fn write(features: &[Feature], kind: Kind, file: &Path) -> Result<(), String> {
    let mut out = File::create(file).map_err(|e| e.to_string())?;
    out.write_all(b"\xef\xbb\xbf").map_err(|e| e.to_string())?;
    let mut out = ::csv::Writer::from_writer(out);
    let columns = columns(features, kind);
    let only_points =
        features.iter().all(|f| matches!(f.geometry, None | Some(Geometry::Point(_))));
    let mut header: Vec<String> = columns.iter().map(|column| guard(column.header())).collect();
    match (kind.has_geometry(), only_points) {
        (false, _) => {}
        (true, true) => header.extend(["lon", "lat"].map(str::to_owned)),
        (true, false) => header.push("wkt".to_owned()),
    }
    out.write_record(&header).map_err(|e| e.to_string())?;
    for feature in features {
        let mut row: Vec<String> = columns
            .iter()
            .map(|column| column.cell(feature).map_or_else(String::new, cell))
            .collect();
        if kind.has_geometry() {
            match (&feature.geometry, only_points) {
                (Some(Geometry::Point(p)), true) => {
                    row.extend([p.x().to_string(), p.y().to_string()]);
                }
                (Some(geometry), _) => row.push(geometry.to_wkt().map_err(|e| e.to_string())?),
                (None, true) => row.extend([String::new(), String::new()]),
                (None, false) => row.push(String::new()),
            }
        }
        out.write_record(&row).map_err(|e| e.to_string())?;
    }
    out.flush().map_err(|e| e.to_string())
}

/// Only texts can be run as a formula; a negative number stays a number.
fn cell(value: Value) -> String {
    match value {
        Value::Text(text) => guard(&text),
        other => other.to_string(),
    }
}

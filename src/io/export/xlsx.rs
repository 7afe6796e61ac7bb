//! XLSX out: one sheet; text cells are stored as text, so that none of them can run as a formula.

use std::path::Path;

use geo_types::Geometry;
use geozero::ToWkt;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::sheet::columns;
use crate::model::{Feature, Kind, Value};

/// Excel takes no longer text in a cell.
const LONGEST_TEXT: usize = 32_767;

pub(super) fn write(features: &[Feature], kind: Kind, file: &Path) -> Result<(), String> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    fill(sheet, features, kind).map_err(|e| e.to_string())?;
    book.save(file).map_err(|e| e.to_string())
}

fn fill(sheet: &mut Worksheet, features: &[Feature], kind: Kind) -> Result<(), XlsxError> {
    sheet.set_name(kind.key())?;
    let columns = columns(features, kind);
    let only_points =
        features.iter().all(|f| matches!(f.geometry, None | Some(Geometry::Point(_))));
    let mut headers: Vec<&str> = columns.iter().map(|column| column.header()).collect();
    match (kind.has_geometry(), only_points) {
        (false, _) => {}
        (true, true) => headers.extend(["lon", "lat"]),
        (true, false) => headers.push("wkt"),
    }
    for (at, header) in (0_u16..).zip(headers) {
        sheet.write_string(0, at, header)?;
    }
    for (row, feature) in (1_u32..).zip(features) {
        let mut at = 0_u16;
        for column in &columns {
            match column.cell(feature) {
                None => {}
                Some(Value::Boolean(b)) => drop(sheet.write_boolean(row, at, b)?),
                Some(Value::Integer(n)) => drop(sheet.write_number(row, at, n as f64)?),
                Some(Value::Real(x)) => drop(sheet.write_number(row, at, x)?),
                Some(Value::Text(text)) => drop(sheet.write_string(row, at, short(text))?),
            }
            at += 1;
        }
        match &feature.geometry {
            Some(Geometry::Point(p)) if only_points => {
                sheet.write_number(row, at, p.x())?;
                sheet.write_number(row, at + 1, p.y())?;
            }
            Some(geometry) if kind.has_geometry() => {
                let wkt = geometry.to_wkt().unwrap_or_default();
                // A geometry cut short would be another geometry: better none than a wrong one.
                if wkt.len() <= LONGEST_TEXT {
                    sheet.write_string(row, at, wkt)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn short(text: String) -> String {
    if text.len() <= LONGEST_TEXT { text } else { text.chars().take(LONGEST_TEXT).collect() }
}

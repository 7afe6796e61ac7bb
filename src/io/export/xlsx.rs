//! XLSX out: one sheet; text cells are stored as text, so that none of them can run as a formula.

use std::path::Path;

use rust_xlsxwriter::{Workbook, Worksheet};

use super::Failure;
use super::sheet::Sheet;
use crate::model::{Feature, Kind, Value};

/// Excel takes no longer text in a cell.
const LONGEST_TEXT: usize = 32_767;
/// Excel keeps fifteen figures of a number; longer ones, such as codes of land parcels, are texts.
const FIGURES: u64 = 1_000_000_000_000_000;

pub(super) fn write(features: &[Feature], kind: Kind, file: &Path) -> Result<(), Failure> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name(kind.key())?;
    let sheet = Sheet::new(features, kind);
    for (at, header) in (0_u16..).zip(sheet.headers()) {
        page.write_string(0, at, header)?;
    }
    for (row, (feature, cells)) in (1_u32..).zip(sheet.rows()) {
        for ((at, value), column) in (0_u16..).zip(cells?).zip(sheet.headers()) {
            let Some(value) = value else { continue };
            // A text cut short would be another text, a geometry cut short another place.
            if value.as_text().is_some_and(|text| text.chars().count() > LONGEST_TEXT) {
                let name = match (feature.name.as_str(), feature.code.as_deref()) {
                    ("", Some(code)) => code.to_owned(),
                    ("", None) => feature.id.to_string(),
                    (name, _) => name.to_owned(),
                };
                return Err(Failure::TooLong { name, column: column.to_owned() });
            }
            put(page, row, at, value)?;
        }
    }
    Ok(book.save(file)?)
}

fn put(page: &mut Worksheet, row: u32, at: u16, value: Value) -> Result<(), Failure> {
    match value {
        Value::Boolean(b) => page.write_boolean(row, at, b)?,
        Value::Integer(n) if n.unsigned_abs() >= FIGURES => {
            page.write_string(row, at, n.to_string())?
        }
        Value::Integer(n) => page.write_number(row, at, n as f64)?,
        Value::Real(x) => page.write_number(row, at, x)?,
        Value::Text(text) => page.write_string(row, at, text)?,
    };
    Ok(())
}

//! CSV out: UTF-8 with a byte order mark, so that office programs in Chinese show it right.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use super::Failure;
use super::sheet::Sheet;
use crate::base::guard;
use crate::model::{Feature, Kind, Value};

pub(super) fn write(features: &[Feature], kind: Kind, file: &Path) -> Result<(), Failure> {
    let mut out = File::create(file)?;
    out.write_all(b"\xef\xbb\xbf")?;
    let mut out = ::csv::Writer::from_writer(out);
    let sheet = Sheet::new(features, kind);
    out.write_record(sheet.headers().map(guard))?;
    for (_, cells) in sheet.rows() {
        let cells = cells?.into_iter().map(|value| value.map_or_else(String::new, cell));
        out.write_record(cells)?;
    }
    Ok(out.flush()?)
}

/// Only texts can be run as a formula; a negative number stays a number.
fn cell(value: Value) -> String {
    match value {
        Value::Text(text) => guard(&text),
        other => other.to_string(),
    }
}

//! The import panel's form.

use std::path::PathBuf;

use crate::model::Kind;

/// What stands in the import form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportForm {
    /// Which file.
    pub file: PathBuf,
    /// Kind chosen by hand; `None` = as recognised.
    pub kind: Option<Kind>,
    /// Layer or sheet of the file.
    pub source_layer: Option<String>,
    /// CRS chosen by hand.
    pub crs: Option<String>,
    /// Encoding chosen by hand.
    pub encoding: Option<String>,
    /// Columns chosen by hand: field and column.
    pub columns: Vec<(String, String)>,
    /// The layer afterwards holds just this file.
    pub replace: bool,
}

/// The running import.
#[derive(Debug, Default)]
pub struct ImportState {
    /// The form; `None` = no file is being imported.
    pub form: Option<ImportForm>,
}

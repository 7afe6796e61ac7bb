//! The import panel's form, preview and report.

use std::path::PathBuf;

use super::news::Fault;
use crate::io::{ImportAsk, ImportReport, Preview};
use crate::model::Kind;

/// What stands in the import form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportForm {
    /// Which file.
    pub file: PathBuf,
    /// Kind chosen by hand; `None` = as recognised.
    pub kind: Option<Kind>,
    /// Layer or sheet of the file; `None` = all that are recognised.
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

impl ImportForm {
    /// The import that is asked for.
    pub fn ask(&self) -> ImportAsk {
        ImportAsk {
            file: self.file.clone(),
            kind: self.kind,
            source_layer: self.source_layer.clone(),
            crs: self.crs.clone(),
            encoding: self.encoding.clone(),
            columns: self.columns.clone(),
            clip: None,
            replace: self.replace,
            dry_run: false,
        }
    }

    /// Says by hand what a column is; `None` leaves it as recognised.
    pub fn set_column(&mut self, column: &str, field: Option<&str>) {
        self.columns.retain(|(own, other)| other != column && Some(own.as_str()) != field);
        if let Some(field) = field {
            self.columns.push((field.to_owned(), column.to_owned()));
        }
    }
}

/// Why a file could not be looked into.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewFault {
    /// The stable word.
    pub code: String,
    /// In words.
    pub fault: Fault,
}

/// The running import.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportState {
    /// The form; `None` = no file is being imported.
    pub form: Option<ImportForm>,
    /// What the file holds.
    pub preview: Option<Preview>,
    /// Why it could not be looked into, or why the import did not happen.
    pub fault: Option<PreviewFault>,
    /// What an import would accept and refuse; `None` while that is tried out.
    pub outlook: Option<Vec<ImportReport>>,
    /// What became of it.
    pub reports: Option<Vec<ImportReport>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_means_one_field_and_a_field_one_column() {
        let mut form = ImportForm::default();
        form.set_column("人数", Some("capacity"));
        form.set_column("核定", Some("capacity"));
        assert_eq!(form.columns, [("capacity".to_owned(), "核定".to_owned())]);
        form.set_column("核定", Some("occupied"));
        assert_eq!(form.columns, [("occupied".to_owned(), "核定".to_owned())]);
        form.set_column("核定", None);
        assert!(form.columns.is_empty());
    }
}

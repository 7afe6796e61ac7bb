//! Files out: one layer as GeoJSON, CSV, XLSX or GeoPackage.

mod csv;
mod geojson;
mod geopackage;
mod sheet;
mod xlsx;

use std::path::{Path, PathBuf};

use crate::base::Message;
use crate::model::{Feature, Kind};
use crate::store::place;

/// A layer could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The ending is none that we write.
    #[error("cannot write {}: unknown ending", file.display())]
    UnknownFormat {
        /// Which file.
        file: PathBuf,
    },
    /// The format comes with a later version.
    #[error("cannot write {} yet", file.display())]
    NotAvailable {
        /// Which file.
        file: PathBuf,
    },
    /// The system refuses.
    #[error("cannot write {}: {reason}", file.display())]
    Write {
        /// Which file.
        file: PathBuf,
        /// What it says.
        reason: String,
    },
    /// A cell holds more than the format can; nothing was written.
    #[error("cannot write {}: {column} of {name} is too long", file.display())]
    TooLong {
        /// Which file.
        file: PathBuf,
        /// The record.
        name: String,
        /// The column.
        column: String,
    },
}

/// Why a writer gave up; it does not know what its file will be called.
enum Failure {
    /// What the system or the format says.
    Reason(String),
    /// A cell holds more than the format can.
    TooLong { name: String, column: String },
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Reason(error.to_string())
    }
}

impl ExportError {
    /// One word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownFormat { .. } => "unknown_format",
            Self::NotAvailable { .. } => "not_available",
            Self::Write { .. } => "cannot_write",
            Self::TooLong { .. } => "too_long",
        }
    }

    /// What happened.
    pub fn message(&self) -> Message {
        match self {
            Self::UnknownFormat { file } => {
                Message::new("export-unknown").with("file", file.display().to_string())
            }
            Self::NotAvailable { file } => {
                Message::new("export-later").with("file", file.display().to_string())
            }
            Self::Write { file, reason } => Message::new("export-failed")
                .with("file", file.display().to_string())
                .with("reason", reason.as_str()),
            Self::TooLong { file, name, column } => Message::new("export-too-long")
                .with("file", file.display().to_string())
                .with("name", name.as_str())
                .with("column", column.as_str()),
        }
    }

    /// What to do next.
    pub fn hint(&self) -> Option<Message> {
        Some(Message::new(match self {
            Self::UnknownFormat { .. } | Self::NotAvailable { .. } => "export-formats-hint",
            Self::Write { .. } => "export-failed-hint",
            Self::TooLong { .. } => "export-too-long-hint",
        }))
    }
}

/// Writes features to `file` in the format of its ending; returns how many.
///
/// The file appears whole or not at all: it is written under a temporary name, synced and renamed.
/// Columns are the canonical names, then the layer's unknown columns under their own headers.
pub fn export(features: &[Feature], kind: Kind, file: &Path) -> Result<u64, ExportError> {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_lowercase();
    let failed = |reason: String| ExportError::Write { file: file.to_owned(), reason };
    let write: fn(&[Feature], Kind, &Path) -> Result<(), Failure> = match ending.as_str() {
        "geojson" | "json" => geojson::write,
        "csv" => csv::write,
        "xlsx" => xlsx::write,
        "gpkg" => geopackage::write,
        "fgb" | "shp" | "kml" => return Err(ExportError::NotAvailable { file: file.to_owned() }),
        _ => return Err(ExportError::UnknownFormat { file: file.to_owned() }),
    };
    let workshop = tempfile::Builder::new()
        .prefix(".shouye-export-")
        .tempdir_in(place::folder(file))
        .map_err(|e| failed(e.to_string()))?;
    let made = workshop.path().join(format!("export.{ending}"));
    write(features, kind, &made).map_err(|failure| match failure {
        Failure::Reason(reason) => failed(reason),
        Failure::TooLong { name, column } => {
            ExportError::TooLong { file: file.to_owned(), name, column }
        }
    })?;
    place::put(&made, file).map_err(|e| failed(e.to_string()))?;
    Ok(features.len() as u64)
}

#[cfg(test)]
mod tests;

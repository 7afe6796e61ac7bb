//! What an import is asked and what it answers.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::clip::Clip;
use crate::base::Message;
use crate::model::Kind;

/// A file to read, and what is known about it better than the file says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportAsk {
    /// Which file.
    pub file: PathBuf,
    /// What it holds; recognised if `None`.
    pub kind: Option<Kind>,
    /// Which of its layers or sheets; all that are recognised if `None`.
    pub source_layer: Option<String>,
    /// Its coordinate reference system, `EPSG:4548`, `GCJ02`; from the file or its numbers if `None`.
    pub crs: Option<String>,
    /// Its text encoding, `GBK`; recognised if `None`.
    pub encoding: Option<String>,
    /// Canonical field and the column that holds it, where the headings do not tell.
    /// Beside the kind's fields: `lon`, `lat`, `wkt`, `sample`.
    pub columns: Vec<(String, String)>,
    /// Only what lies there; all of it if `None`.
    pub clip: Option<Clip>,
    /// Afterwards the layer holds just the rows of this file.
    pub replace: bool,
    /// Only look: the store stays as it is.
    pub dry_run: bool,
}

/// Something to say about one row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowNote {
    /// Line of the table (heading = 1) or number of the feature (first = 1); 0 = the whole file.
    pub row: u64,
    /// The stable word for scripts, `no_coordinates`.
    pub code: String,
    /// The same for people.
    pub message: Message,
}

/// What became of one layer of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportReport {
    /// The file as it was asked for.
    pub file: String,
    /// `GeoJSON`, `CSV`, `XLSX`, `Shapefile`, `GeoPackage`, `OSM PBF` or `OSM XML`.
    pub format: String,
    /// Layer, sheet or file stem.
    pub layer: String,
    /// What it holds.
    pub kind: Kind,
    /// The coordinate reference system it was read in; empty for plain tables.
    pub crs: String,
    /// The text encoding it was read in.
    pub encoding: String,
    /// Rows read.
    pub read: u64,
    /// Rows taken in.
    pub accepted: u64,
    /// What they changed; `None` if a dry run could not try, because the store cannot be written.
    pub taken: Option<RowsTaken>,
    /// Rows refused, and why.
    pub refused: Vec<RowNote>,
    /// What somebody should look at.
    pub warnings: Vec<RowNote>,
    /// Extent of the rows taken in, degrees: min lon, min lat, max lon, max lat.
    pub extent: Option<[f64; 4]>,
}

/// What the accepted rows of a layer changed in the store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowsTaken {
    /// New records.
    pub added: u64,
    /// Records that carry new values now.
    pub updated: u64,
    /// Records that said the same already.
    pub unchanged: u64,
}

/// One column of a file and what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewColumn {
    /// Its heading.
    pub name: String,
    /// The canonical field, or `lon`, `lat`, `wkt`; `None` = kept under its own heading.
    pub field: Option<String>,
}

/// One layer of a file before it is imported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PreviewLayer {
    /// Layer, sheet or file stem.
    pub name: String,
    /// What it seems to hold.
    pub kind: Option<Kind>,
    /// Its coordinate reference system, from the file or guessed; `None` = has to be asked for.
    pub crs: Option<String>,
    /// Its columns.
    pub columns: Vec<PreviewColumn>,
    /// The first rows, a text for each column.
    pub rows: Vec<Vec<String>>,
    /// How many rows it has.
    pub row_count: u64,
    /// What somebody should know before importing it.
    pub notes: Vec<RowNote>,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// The file as it was asked for.
    pub file: String,
    /// `GeoJSON`, `CSV`, `XLSX`, `Shapefile`, `GeoPackage`, `OSM PBF` or `OSM XML`.
    pub format: String,
    /// The text encoding it was read in.
    pub encoding: String,
    /// Its layers or sheets.
    pub layers: Vec<PreviewLayer>,
}

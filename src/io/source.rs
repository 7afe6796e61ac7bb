//! What every reader gives: layers with a head, and rows of typed cells with a geometry.

use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use geo_types::Geometry;

use super::ask::RowNote;
use super::fault::ReadFault;
use crate::base::Timestamp;
use crate::model::{Kind, Value};
use crate::spatial::crs::Crs;

/// More columns than any ledger has.
pub const MAX_COLUMNS: usize = 4096;

/// Bytes that can be read from any place.
pub trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// Where the bytes come from.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file on disk.
    File(PathBuf),
    /// A file embedded in the program.
    Embedded(String, &'static [u8]),
}

impl Input {
    /// Opens it for reading.
    pub fn open(&self) -> Result<Box<dyn ReadSeek>, ReadFault> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Embedded(_, bytes) => Box::new(Cursor::new(*bytes)),
        })
    }

    /// Its size in bytes.
    pub fn size(&self) -> Result<u64, ReadFault> {
        match self {
            Self::File(path) => {
                let about = std::fs::metadata(path)?;
                if about.is_file() {
                    Ok(about.len())
                } else {
                    // A pipe or device has no end, a folder no bytes.
                    Err(ReadFault::Unreadable { why: "not a regular file".to_owned() })
                }
            }
            Self::Embedded(_, bytes) => Ok(bytes.len() as u64),
        }
    }

    /// Its name without folders.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => {
                path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
            }
            Self::Embedded(name, _) => name.clone(),
        }
    }

    /// Its name without folders and ending.
    pub fn stem(&self) -> String {
        let name = self.name();
        let stem = Path::new(&name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        stem.unwrap_or(name)
    }

    /// The ending of its name in lower case, `csv`; empty if it has none.
    pub fn ending(&self) -> String {
        let name = self.name();
        Path::new(&name).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
    }

    /// The day it was last changed, `2026-11-23`.
    pub fn day(&self) -> Option<String> {
        let Self::File(path) = self else { return None };
        let changed = std::fs::metadata(path).ok()?.modified().ok()?;
        let since = changed.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(Timestamp(i64::try_from(since.as_millis()).ok()?).date()).filter(|d| !d.is_empty())
    }
}

/// Where a row lies, before anything is believed.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Shape {
    /// The file gives none; it may stand in columns.
    #[default]
    Absent,
    /// As it stands in the file, in the file's own system.
    Given(Geometry<f64>),
    /// There is one, but it cannot be read.
    Broken(String),
}

/// A row as it stands in the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawRow {
    /// Line of the table or number of the feature.
    pub number: u64,
    /// Column and value of each cell that is not empty.
    pub cells: Vec<(u32, Value)>,
    /// Where it lies.
    pub shape: Shape,
    /// A fault of this row alone: it is refused.
    pub fault: Option<String>,
    /// The same in words of its own.
    pub refusal: Option<RowNote>,
    /// What the file calls the row where its number says little, `way/123`: said with every note about it.
    pub label: Option<String>,
}

impl RawRow {
    /// Makes it ready for the next row without giving up its memory.
    pub fn clear(&mut self) {
        self.number = 0;
        self.cells.clear();
        self.shape = Shape::Absent;
        self.fault = None;
        self.refusal = None;
        self.label = None;
    }

    /// The cell of a column.
    pub fn cell(&self, column: u32) -> Option<&Value> {
        self.cells.iter().find(|(at, _)| *at == column).map(|(_, value)| value)
    }
}

/// What is known about a layer before its rows are read.
#[derive(Clone, Debug, Default)]
pub struct LayerHead {
    /// Layer or sheet name, or the file's stem.
    pub name: String,
    /// What it holds, where the format leaves no doubt.
    pub kind: Option<Kind>,
    /// The system the file says it is in.
    pub crs: Option<Crs>,
    /// Why the system it says cannot be used; no matter if somebody names another.
    pub crs_fault: Option<ReadFault>,
    /// Encoding of its text.
    pub encoding: String,
    /// Its rows were written by Shouye: the column `id` holds the record's own id.
    pub ours: bool,
    /// Things to say about the whole layer.
    pub notes: Vec<RowNote>,
}

/// The rows of one layer, one after another.
pub trait RowReader {
    /// What is known beforehand.
    fn head(&self) -> &LayerHead;

    /// Headings of the columns met so far; grows while rows are read.
    fn columns(&self) -> &[String];

    /// Reads the next row into `row`; false at the end.
    fn next(&mut self, row: &mut RawRow) -> Result<bool, ReadFault>;

    /// Bytes read so far, for progress.
    fn done(&self) -> u64;

    /// Whether [`Self::done`] ends at all of the file's bytes: no layer follows that was read with this one.
    fn is_last(&self) -> bool {
        true
    }

    /// Things to say that only came up while reading.
    fn late_notes(&mut self) -> Vec<RowNote> {
        Vec::new()
    }
}

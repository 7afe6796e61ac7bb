//! Everything that can go wrong while reading a file, each with its own words and next step.

use serde::{Deserialize, Serialize};

use super::note::clip;
use crate::base::Message;
use crate::spatial::crs::CrsFault;

/// Characters of a list of columns or layers that are said.
const LISTED: usize = 2000;

/// Why a file could not be read. Crosses the border between the reading process and ours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum ReadFault {
    /// There is no such file.
    #[error("no such file")]
    NotFound,
    /// The operating system refused.
    #[error("cannot be read: {why}")]
    Unreadable {
        /// What it said.
        why: String,
    },
    /// Nothing at all: 0 bytes, or no row.
    #[error("the file is empty")]
    Empty,
    /// A format that a later version reads.
    #[error("{format} cannot be imported yet")]
    NotYet {
        /// Which one.
        format: String,
    },
    /// None of the formats we know.
    #[error("not a format that can be imported")]
    UnknownFormat,
    /// Cut off, or its parts contradict each other.
    #[error("damaged at row {row}: {why}")]
    Damaged {
        /// Row or feature near the damage; 0 = unknown.
        row: u64,
        /// Technical reason.
        why: String,
    },
    /// A quotation mark that never closes: the rest of the table would be one cell.
    #[error("the quotation mark of row {row} never closes")]
    OpenQuote {
        /// The row where it opened.
        row: u64,
    },
    /// Larger than any county's data: probably hostile.
    #[error("too large: {what}")]
    TooLarge {
        /// What is too large.
        what: String,
    },
    /// Bytes that are not text in this encoding.
    #[error("not {encoding} near row {row}")]
    WrongEncoding {
        /// The encoding asked for or recognised.
        encoding: String,
        /// Line near the first wrong byte; 0 = unknown.
        row: u64,
    },
    /// No encoding makes sense of the bytes.
    #[error("the text encoding cannot be recognised")]
    EncodingUnknown,
    /// `--encoding` names none.
    #[error("no encoding is called {name}")]
    EncodingName {
        /// What was asked for.
        name: String,
    },
    /// Neither name nor columns tell what it holds.
    #[error("what layer {layer} holds cannot be recognised")]
    KindUnknown {
        /// The layer.
        layer: String,
    },
    /// The file has no such layer.
    #[error("no layer {layer}; there are {layers}")]
    LayerMissing {
        /// The layer asked for.
        layer: String,
        /// What there is.
        layers: String,
    },
    /// `--column` names a column that is not there.
    #[error("no column {column}")]
    ColumnMissing {
        /// The column asked for.
        column: String,
        /// What there is.
        columns: String,
    },
    /// `--column` names a field that the kind does not have.
    #[error("no field {field}")]
    FieldMissing {
        /// The field asked for.
        field: String,
        /// The kind's key.
        kind: String,
    },
    /// The coordinates are in no system that can be known.
    #[error("the coordinate reference system of layer {layer} cannot be known")]
    CrsUnknown {
        /// The layer.
        layer: String,
        /// The likeliest, by its label.
        likely: Option<String>,
    },
    /// Only what lies in the boundary was asked for, and there is none.
    #[error("no boundary to clip to")]
    NoBoundary,
    /// A coordinate reference system that cannot be used.
    #[error("coordinate reference system: {technical}")]
    Crs {
        /// Its code.
        code: String,
        /// What to tell people.
        message: Message,
        /// Technical line.
        technical: String,
    },
}

impl ReadFault {
    /// A damaged file.
    pub fn damaged(row: u64, why: impl ToString) -> Self {
        Self::Damaged { row, why: why.to_string() }
    }

    /// What the operating system, or a decoder below it, said.
    pub fn io(error: &std::io::Error) -> Self {
        if let Some(fault) = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()) {
            return fault.clone();
        }
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::NotFound,
            std::io::ErrorKind::UnexpectedEof => Self::damaged(0, "cut off"),
            _ => Self::Unreadable { why: error.to_string() },
        }
    }

    /// A coordinate reference system that cannot be used.
    pub fn crs(fault: &CrsFault) -> Self {
        Self::Crs {
            code: fault.code().to_owned(),
            message: fault.message(),
            technical: fault.to_string(),
        }
    }

    /// The stable word for scripts.
    pub fn code(&self) -> &str {
        match self {
            Self::NotFound => "not_found",
            Self::Unreadable { .. } => "unreadable_file",
            Self::Empty => "empty_file",
            Self::NotYet { .. } => "not_available",
            Self::UnknownFormat => "unknown_format",
            Self::Damaged { .. } => "damaged_file",
            Self::OpenQuote { .. } => "open_quote",
            Self::TooLarge { .. } => "too_large",
            Self::WrongEncoding { .. } => "wrong_encoding",
            Self::EncodingUnknown => "encoding_unknown",
            Self::EncodingName { .. } => "encoding_name",
            Self::KindUnknown { .. } => "kind_unknown",
            Self::LayerMissing { .. } => "layer_not_found",
            Self::ColumnMissing { .. } => "column_not_found",
            Self::FieldMissing { .. } => "unknown_field",
            Self::CrsUnknown { .. } => "crs_unknown",
            Self::NoBoundary => "no_boundary",
            Self::Crs { code, .. } => code,
        }
    }

    /// What happened, for people.
    pub fn message(&self, file: &str) -> Message {
        let id = format!("import-error-{}", self.code().replace('_', "-"));
        let message = Message::new(id).with("file", file);
        match self {
            Self::NotFound
            | Self::Empty
            | Self::UnknownFormat
            | Self::EncodingUnknown
            | Self::NoBoundary => message,
            Self::NotYet { format } => message.with("format", format.as_str()),
            Self::Unreadable { why } => message.with("why", why.as_str()),
            Self::Damaged { row, why } => message.with("row", *row).with("why", why.as_str()),
            Self::OpenQuote { row } => message.with("row", *row),
            Self::TooLarge { what } => message.with("what", what.as_str()),
            Self::WrongEncoding { encoding, row } => {
                message.with("encoding", encoding.as_str()).with("row", *row)
            }
            Self::EncodingName { name } => message.with("name", name.as_str()),
            Self::KindUnknown { layer } | Self::CrsUnknown { layer, .. } => {
                message.with("layer", layer.as_str())
            }
            Self::LayerMissing { layer, layers } => {
                message.with("layer", layer.as_str()).with("layers", clip(layers, LISTED))
            }
            Self::ColumnMissing { column, columns } => {
                message.with("column", column.as_str()).with("columns", clip(columns, LISTED))
            }
            Self::FieldMissing { field, kind } => {
                message.with("field", field.as_str()).with("kind", kind.as_str())
            }
            Self::Crs { message, .. } => {
                Message::new("import-error-crs").with("file", file).with("why", message.clone())
            }
        }
    }

    /// What to do next.
    pub fn hint(&self) -> Message {
        let id = match self {
            Self::Crs { .. } => "import-error-crs-hint".to_owned(),
            other => format!("import-error-{}-hint", other.code().replace('_', "-")),
        };
        match self {
            Self::OpenQuote { row } => Message::new(id).with("row", *row),
            Self::FieldMissing { kind, .. } => Message::new(id).with("kind", kind.as_str()),
            Self::CrsUnknown { likely, .. } => {
                Message::new(id).with("likely", likely.as_deref().unwrap_or("EPSG:4490"))
            }
            _ => Message::new(id),
        }
    }
}

impl From<std::io::Error> for ReadFault {
    fn from(error: std::io::Error) -> Self {
        Self::io(&error)
    }
}

//! What can go wrong with a store, in words for people and one word for programs.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::base::{Cancelled, Id, Message};

/// Something went wrong with the store `file`.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("{} does not exist", file.display())]
    NotFound {
        /// Which file.
        file: PathBuf,
    },
    /// A new store would overwrite something.
    #[error("{} is there already", file.display())]
    Exists {
        /// Which file.
        file: PathBuf,
    },
    /// The file is something else: text, another database, a plain GeoPackage, a folder.
    #[error("{} is not a county store", file.display())]
    NotACountyStore {
        /// Which file.
        file: PathBuf,
    },
    /// The store was written by a newer program.
    #[error("{} has schema {found}, this program knows {known}", file.display())]
    Newer {
        /// Which file.
        file: PathBuf,
        /// The store's schema.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// The file is damaged.
    #[error("{} is damaged: {detail}", file.display())]
    Damaged {
        /// Which file.
        file: PathBuf,
        /// What SQLite says.
        detail: String,
    },
    /// The store is open for reading only.
    #[error("{} is read-only", file.display())]
    ReadOnly {
        /// Which file.
        file: PathBuf,
    },
    /// Another program is writing and does not finish.
    #[error("{} is busy", file.display())]
    Busy {
        /// Which file.
        file: PathBuf,
    },
    /// The disk is full; nothing was changed.
    #[error("no space left for {}", file.display())]
    DiskFull {
        /// Which file.
        file: PathBuf,
    },
    /// The system does not let us at the file.
    #[error("cannot use {}: {source}", file.display())]
    File {
        /// Which file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// No record has this id.
    #[error("no record {id}")]
    NoRecord {
        /// Which id.
        id: Id,
    },
    /// The record's kind has no such field.
    #[error("{kind} has no field {field}")]
    NoField {
        /// The record's kind.
        kind: &'static str,
        /// The unknown field.
        field: String,
    },
    /// The value does not fit the field.
    #[error("{value} does not fit {field}")]
    BadValue {
        /// Which field.
        field: String,
        /// The value refused.
        value: String,
        /// What the field takes.
        expected: String,
    },
    /// Somebody asked to stop.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// Any other fault of the database.
    #[error("{}: {source}", file.display())]
    Database {
        /// Which file.
        file: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// Sorts a database error into the faults people can do something about.
    pub(super) fn from_sqlite(file: &Path, source: rusqlite::Error) -> Self {
        let file = file.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged { file, detail: source.to_string() }
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { file },
            Some(ErrorCode::DiskFull) => Self::DiskFull { file },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { file },
            _ => Self::Database { file, source },
        }
    }

    /// One word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } | Self::NoRecord { .. } => "not_found",
            Self::Exists { .. } => "exists",
            Self::NotACountyStore { .. } => "not_a_store",
            Self::Newer { .. } => "newer_store",
            Self::Damaged { .. } => "damaged_store",
            Self::ReadOnly { .. } => "read_only",
            Self::Busy { .. } => "busy",
            Self::DiskFull { .. } => "disk_full",
            Self::File { .. } => "cannot_open",
            Self::NoField { .. } => "no_field",
            Self::BadValue { .. } => "bad_value",
            Self::Cancelled(_) => "cancelled",
            Self::Database { .. } => "database",
        }
    }

    /// What happened, in words.
    pub fn message(&self) -> Message {
        let about = |id: &'static str, file: &Path| {
            Message::new(id).with("file", file.display().to_string())
        };
        match self {
            Self::NotFound { file } => about("store-not-found", file),
            Self::Exists { file } => about("store-exists", file),
            Self::NotACountyStore { file } => about("store-not-a-store", file),
            Self::Newer { file, found, known } => {
                about("store-newer", file).with("found", *found).with("known", *known)
            }
            Self::Damaged { file, .. } => about("store-damaged", file),
            Self::ReadOnly { file } => about("store-read-only", file),
            Self::Busy { file } => about("store-busy", file),
            Self::DiskFull { file } => about("store-disk-full", file),
            Self::File { file, source } => {
                about("store-file", file).with("reason", source.to_string())
            }
            Self::NoRecord { id } => Message::new("store-no-record").with("id", id.to_string()),
            Self::NoField { kind, field } => {
                Message::new("store-no-field").with("kind", *kind).with("field", field.as_str())
            }
            Self::BadValue { field, value, .. } => Message::new("store-bad-value")
                .with("field", field.as_str())
                .with("value", value.as_str()),
            Self::Cancelled(_) => Message::new("store-cancelled"),
            Self::Database { file, source } => {
                about("store-database", file).with("reason", source.to_string())
            }
        }
    }

    /// What to do next.
    pub fn hint(&self) -> Option<Message> {
        Some(Message::new(match self {
            Self::NotFound { .. } => "store-not-found-hint",
            Self::Exists { .. } => "store-exists-hint",
            Self::NotACountyStore { .. } => "store-not-a-store-hint",
            Self::Newer { .. } => "store-newer-hint",
            Self::Damaged { .. } => "store-damaged-hint",
            Self::ReadOnly { .. } => "store-read-only-hint",
            Self::Busy { .. } => "store-busy-hint",
            Self::DiskFull { .. } => "store-disk-full-hint",
            Self::File { .. } => "store-file-hint",
            Self::NoRecord { .. } => "store-no-record-hint",
            Self::NoField { kind, .. } => {
                return Some(Message::new("store-no-field-hint").with("kind", *kind));
            }
            Self::BadValue { expected, .. } => {
                return Some(
                    Message::new("store-bad-value-hint").with("expected", expected.as_str()),
                );
            }
            Self::Cancelled(_) => return None,
            Self::Database { .. } => "store-database-hint",
        }))
    }
}

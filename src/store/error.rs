//! Everything that can go wrong with a store, each with its own words and next step.

use std::io;
use std::path::{Path, PathBuf};

use crate::base::{Cancelled, Id, Message};
use crate::model::Kind;
use crate::model::field::ValueFault;

/// What a file is that should have been a county store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAStore {
    /// Nothing at all: 0 bytes.
    Empty,
    /// A folder.
    Folder,
    /// A file of another format.
    OtherFormat,
    /// A SQLite database of another program.
    OtherDatabase,
    /// A GeoPackage, but without the tables of a county store.
    PlainGeoPackage,
}

/// Why a store could not be opened, read or changed. The store is then as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no such file.
    #[error("{}: no such store", path.display())]
    NotFound {
        /// The file asked for.
        path: PathBuf,
    },
    /// A new store must not overwrite a file.
    #[error("{}: exists already", path.display())]
    Exists {
        /// The file in the way.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{}: not a county store ({what:?})", path.display())]
    NotAStore {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        what: NotAStore,
    },
    /// Written by a newer version of the program.
    #[error("{}: schema {found} is newer than {supported}", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        found: u32,
        /// The newest schema version this program knows.
        supported: u32,
    },
    /// The file is cut off or its pages contradict each other.
    #[error("{}: damaged: {detail}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite found first.
        detail: String,
    },
    /// The store was opened for reading because the file or its folder cannot be written.
    #[error("{}: read-only", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Another program holds the file and did not let go in time.
    #[error("{}: locked by another program", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// No space left for the change.
    #[error("{}: the disk is full", path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// No record has this id.
    #[error("no record {id}")]
    UnknownRecord {
        /// The id asked for.
        id: Id,
    },
    /// Records of this kind have no such field.
    #[error("{kind} has no field {field}")]
    UnknownField {
        /// The kind of the record.
        kind: Kind,
        /// The field asked for.
        field: String,
    },
    /// The field cannot hold this value.
    #[error("{kind}.{field} cannot be {value:?} ({fault:?})")]
    InvalidValue {
        /// The kind of the record.
        kind: Kind,
        /// The field.
        field: String,
        /// What was given.
        value: String,
        /// Why not.
        fault: ValueFault,
    },
    /// The layer of this kind cannot hold this geometry.
    #[error("{kind} {name:?} cannot be a {found}")]
    GeometryType {
        /// The kind of the feature.
        kind: Kind,
        /// The feature's name.
        name: String,
        /// The geometry's type.
        found: &'static str,
    },
    /// The backup cannot be used; the present store was left alone.
    #[error("backup cannot be used: {0}")]
    BadBackup(#[source] Box<StoreError>),
    /// Somebody asked to stop.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The operating system refused.
    #[error("{}: {source}", path.display())]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// A fault of SQLite that has no own case.
    #[error("{}: {source}", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What it said.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// Sorts a fault of SQLite into the cases that people can do something about.
    pub(super) fn sql(path: &Path, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase, ReadOnly,
        };
        // The shared memory beside a WAL file cannot grow: the disk is full.
        const IOERR_SHMSIZE: i32 = 10 | (19 << 8);
        let path = path.to_owned();
        let rusqlite::Error::SqliteFailure(fault, _) = &source else {
            return Self::Database { path, source };
        };
        match fault.code {
            DatabaseBusy | DatabaseLocked => Self::Busy { path },
            DatabaseCorrupt | NotADatabase => Self::Damaged { path, detail: source.to_string() },
            DiskFull => Self::DiskFull { path },
            ReadOnly => Self::ReadOnly { path },
            _ if fault.extended_code == IOERR_SHMSIZE => Self::DiskFull { path },
            _ => Self::Database { path, source },
        }
    }

    /// Sorts a fault of the operating system.
    pub(super) fn disk(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound { path },
            io::ErrorKind::AlreadyExists => Self::Exists { path },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            _ => Self::Disk { path, source },
        }
    }

    /// The same error about another file: the one the user named instead of our copy of it.
    #[must_use]
    pub(super) fn about(mut self, file: &Path) -> Self {
        match &mut self {
            Self::NotFound { path }
            | Self::Exists { path }
            | Self::NotAStore { path, .. }
            | Self::Newer { path, .. }
            | Self::Damaged { path, .. }
            | Self::ReadOnly { path }
            | Self::Busy { path }
            | Self::DiskFull { path }
            | Self::Disk { path, .. }
            | Self::Database { path, .. } => *path = file.to_owned(),
            Self::UnknownRecord { .. }
            | Self::UnknownField { .. }
            | Self::InvalidValue { .. }
            | Self::GeometryType { .. }
            | Self::BadBackup(_)
            | Self::Cancelled(_) => {}
        }
        self
    }

    /// The stable word for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } | Self::UnknownRecord { .. } => "not_found",
            Self::Exists { .. } => "exists",
            Self::NotAStore { .. } => "not_a_store",
            Self::Newer { .. } => "newer_store",
            Self::Damaged { .. } => "damaged",
            Self::ReadOnly { .. } => "read_only",
            Self::Busy { .. } => "busy",
            Self::DiskFull { .. } => "disk_full",
            Self::UnknownField { .. } => "unknown_field",
            Self::InvalidValue { .. } => "invalid_value",
            Self::GeometryType { .. } => "geometry_type",
            Self::BadBackup(inner) => match inner.code() {
                "not_found" => "not_found",
                _ => "bad_backup",
            },
            Self::Cancelled(_) => "cancelled",
            Self::Disk { .. } => "disk",
            Self::Database { .. } => "database",
        }
    }

    /// What happened, for people.
    pub fn message(&self) -> Message {
        let file = |id: &'static str, path: &Path| {
            Message::new(id).with("file", path.display().to_string())
        };
        let kind_word = |kind: &Kind| Message::new(format!("kind-{kind}"));
        match self {
            Self::NotFound { path } => file("store-not-found", path),
            Self::Exists { path } => file("store-exists", path),
            Self::NotAStore { path, what } => file(
                match what {
                    NotAStore::Empty => "store-is-empty-file",
                    NotAStore::Folder => "store-is-folder",
                    NotAStore::OtherFormat => "store-is-other-format",
                    NotAStore::OtherDatabase => "store-is-other-database",
                    NotAStore::PlainGeoPackage => "store-is-plain-geopackage",
                },
                path,
            ),
            Self::Newer { path, found, supported } => file("store-newer", path)
                .with("found", found.to_string())
                .with("supported", supported.to_string()),
            Self::Damaged { path, detail } => {
                file("store-damaged", path).with("detail", detail.as_str())
            }
            Self::ReadOnly { path } => file("store-read-only", path),
            Self::Busy { path } => file("store-busy", path),
            Self::DiskFull { path } => file("store-disk-full", path),
            Self::UnknownRecord { id } => {
                Message::new("store-unknown-record").with("id", id.to_string())
            }
            Self::UnknownField { kind, field } => Message::new("store-unknown-field")
                .with("kind", kind_word(kind))
                .with("field", field.as_str()),
            Self::InvalidValue { kind, field, value, fault } => Message::new(match fault {
                ValueFault::WrongType => "store-value-wrong-type",
                ValueFault::NotAllowed => "store-value-not-allowed",
                ValueFault::Negative => "store-value-negative",
                ValueFault::OutOfRange => "store-value-out-of-range",
            })
            .with("kind", kind_word(kind))
            .with("field", field.as_str())
            .with("value", value.as_str()),
            Self::GeometryType { kind, name, found } => Message::new("store-geometry-type")
                .with("kind", kind_word(kind))
                .with("name", name.as_str())
                .with("found", *found),
            Self::BadBackup(inner) => Message::new("store-bad-backup").with("why", inner.message()),
            Self::Cancelled(_) => Message::new("store-cancelled"),
            Self::Disk { path, source } => {
                file("store-disk", path).with("detail", source.to_string())
            }
            Self::Database { path, source } => {
                file("store-database", path).with("detail", source.to_string())
            }
        }
    }

    /// What to do next.
    pub fn hint(&self) -> Option<Message> {
        let id = match self {
            Self::NotFound { .. } => "store-not-found-hint",
            Self::Exists { .. } => "store-exists-hint",
            Self::NotAStore { what: NotAStore::PlainGeoPackage, .. } => {
                "store-is-plain-geopackage-hint"
            }
            Self::NotAStore { .. } => "store-is-other-hint",
            Self::Newer { .. } => "store-newer-hint",
            Self::Damaged { .. } => "store-damaged-hint",
            Self::ReadOnly { .. } => "store-read-only-hint",
            Self::Busy { .. } => "store-busy-hint",
            Self::DiskFull { .. } => "store-disk-full-hint",
            Self::UnknownRecord { .. } => "store-unknown-record-hint",
            Self::UnknownField { kind, .. } => {
                return Some(Message::new("store-unknown-field-hint").with("kind", kind.key()));
            }
            Self::InvalidValue { kind, field, fault: ValueFault::NotAllowed, .. } => {
                let allowed: Vec<&str> = kind.field(field).map_or_else(Vec::new, |field| {
                    field.values.iter().map(|choice| choice.key.as_str()).collect()
                });
                return Some(
                    Message::new("store-value-not-allowed-hint")
                        .with("allowed", allowed.join(" | ")),
                );
            }
            Self::InvalidValue { .. } => "store-value-hint",
            Self::GeometryType { .. } => "store-geometry-type-hint",
            Self::BadBackup(_) => "store-bad-backup-hint",
            Self::Disk { .. } => "store-disk-hint",
            Self::Database { .. } => "store-database-hint",
            Self::Cancelled(_) => return None,
        };
        Some(Message::new(id))
    }
}

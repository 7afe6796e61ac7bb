//! Everything that can go wrong with a store, each with its own words and next step.

use std::io;
use std::path::{Path, PathBuf};

use crate::base::{Cancelled, Id, Message};
use crate::model::Kind;
use crate::network::CostFault;

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

impl NotAStore {
    fn message_id(self) -> &'static str {
        match self {
            Self::Empty => "store-is-empty-file",
            Self::Folder => "store-is-folder",
            Self::OtherFormat => "store-is-other-format",
            Self::OtherDatabase => "store-is-other-database",
            Self::PlainGeoPackage => "store-is-plain-geopackage",
        }
    }
}

/// Why a store could not be opened, read or changed. The store is then as it was before.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("{}: no such store", file.display())]
    NotFound {
        /// The file asked for.
        file: PathBuf,
    },
    /// A new store must not overwrite a file.
    #[error("{}: exists already", file.display())]
    Exists {
        /// The file in the way.
        file: PathBuf,
    },
    /// The file is something else.
    #[error("{}: not a county store ({what:?})", file.display())]
    NotAStore {
        /// The file.
        file: PathBuf,
        /// What it is instead.
        what: NotAStore,
    },
    /// Written by a newer version of the program.
    #[error("{}: schema {found} is newer than {supported}", file.display())]
    Newer {
        /// The file.
        file: PathBuf,
        /// Its schema version.
        found: u32,
        /// The newest schema version this program knows.
        supported: u32,
    },
    /// The file is cut off or its pages contradict each other.
    #[error("{}: damaged: {detail}", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What SQLite found first.
        detail: String,
    },
    /// The store was opened for reading because the file or its folder cannot be written.
    #[error("{}: read-only", file.display())]
    ReadOnly {
        /// The file.
        file: PathBuf,
    },
    /// Another program holds the file and did not let go in time.
    #[error("{}: locked by another program", file.display())]
    Busy {
        /// The file.
        file: PathBuf,
    },
    /// No space left for the change.
    #[error("{}: the disk is full", file.display())]
    DiskFull {
        /// The file.
        file: PathBuf,
    },
    /// A county store stands where something else was to be written.
    #[error("{} is a county store and is not overwritten", file.display())]
    InTheWay {
        /// The file.
        file: PathBuf,
    },
    /// No record has this id.
    #[error("no record {id}")]
    NoRecord {
        /// The id asked for.
        id: Id,
    },
    /// A record with this id is there already.
    #[error("{kind} {name:?} is there already as {id}")]
    RecordExists {
        /// The kind of the record.
        kind: Kind,
        /// Its name.
        name: String,
        /// Its id.
        id: Id,
    },
    /// The record is no stock row.
    #[error("{id} is no stock row")]
    NotStock {
        /// The id asked for.
        id: Id,
    },
    /// The quantity of stock changes by movements only.
    #[error("the quantity of {id} changes by movements only")]
    LedgerOnly {
        /// The stock row.
        id: Id,
    },
    /// Less is there than is to go.
    #[error("{name:?}: {wanted} wanted, {have} there")]
    StockShort {
        /// Name of the stock row.
        name: String,
        /// What is there.
        have: f64,
        /// What was to go.
        wanted: f64,
    },
    /// Nobody knows how much is there: it has to be counted first.
    #[error("{name:?} ({id}) has no quantity")]
    NotCounted {
        /// Name of the stock row.
        name: String,
        /// The stock row.
        id: Id,
    },
    /// Records of this kind have no such field.
    #[error("{kind} has no field {field}")]
    NoField {
        /// The kind of the record.
        kind: &'static str,
        /// The field asked for.
        field: String,
    },
    /// The field cannot hold this value.
    #[error("{field} cannot be {value:?}")]
    BadValue {
        /// The field.
        field: String,
        /// What was given.
        value: String,
        /// What the field takes.
        expected: String,
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
    /// A figure of the costing cannot be set.
    #[error(transparent)]
    Costing(#[from] CostFault),
    /// The backup cannot be used; the present store was left alone.
    #[error("backup cannot be used: {0}")]
    BadBackup(#[source] Box<StoreError>),
    /// Somebody asked to stop.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The operating system refused.
    #[error("{}: {source}", file.display())]
    Disk {
        /// The file or folder.
        file: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// A fault of SQLite that has no own case.
    #[error("{}: {source}", file.display())]
    Database {
        /// The file.
        file: PathBuf,
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
        let file = path.to_owned();
        let rusqlite::Error::SqliteFailure(fault, _) = &source else {
            return Self::Database { file, source };
        };
        match fault.code {
            DatabaseBusy | DatabaseLocked => Self::Busy { file },
            DatabaseCorrupt | NotADatabase => Self::Damaged { file, detail: source.to_string() },
            DiskFull => Self::DiskFull { file },
            ReadOnly => Self::ReadOnly { file },
            _ if fault.extended_code == IOERR_SHMSIZE => Self::DiskFull { file },
            _ => Self::Database { file, source },
        }
    }

    /// Sorts a fault of the operating system.
    pub(super) fn disk(path: &Path, source: io::Error) -> Self {
        let file = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound { file },
            io::ErrorKind::AlreadyExists => Self::Exists { file },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { file },
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { file },
            _ => Self::Disk { file, source },
        }
    }

    /// The same error about another file: the one the user named instead of our copy of it.
    #[must_use]
    pub(super) fn about(mut self, named: &Path) -> Self {
        match &mut self {
            Self::NotFound { file }
            | Self::Exists { file }
            | Self::NotAStore { file, .. }
            | Self::Newer { file, .. }
            | Self::Damaged { file, .. }
            | Self::ReadOnly { file }
            | Self::Busy { file }
            | Self::DiskFull { file }
            | Self::InTheWay { file }
            | Self::Disk { file, .. }
            | Self::Database { file, .. } => named.clone_into(file),
            Self::NoRecord { .. }
            | Self::RecordExists { .. }
            | Self::NotStock { .. }
            | Self::LedgerOnly { .. }
            | Self::StockShort { .. }
            | Self::NotCounted { .. }
            | Self::NoField { .. }
            | Self::BadValue { .. }
            | Self::GeometryType { .. }
            | Self::Costing(_)
            | Self::BadBackup(_)
            | Self::Cancelled(_) => {}
        }
        self
    }

    /// The stable word for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } | Self::NoRecord { .. } => "not_found",
            Self::Exists { .. } => "exists",
            Self::RecordExists { .. } => "record_exists",
            Self::NotAStore { .. } => "not_a_store",
            Self::Newer { .. } => "newer_store",
            Self::Damaged { .. } => "damaged_store",
            Self::ReadOnly { .. } => "read_only",
            Self::Busy { .. } => "busy",
            Self::DiskFull { .. } => "disk_full",
            Self::InTheWay { .. } => "store_in_the_way",
            Self::NotStock { .. } => "not_stock",
            Self::LedgerOnly { .. } => "ledger_only",
            Self::StockShort { .. } => "stock_short",
            Self::NotCounted { .. } => "not_counted",
            Self::NoField { .. } => "no_field",
            Self::BadValue { .. } => "bad_value",
            Self::GeometryType { .. } => "geometry_type",
            Self::Costing(fault) => fault.code(),
            Self::BadBackup(inner) if inner.code() == "not_found" => "not_found",
            Self::BadBackup(_) => "bad_backup",
            Self::Cancelled(_) => "cancelled",
            Self::Disk { .. } => "cannot_open",
            Self::Database { .. } => "database",
        }
    }

    /// What happened, for people.
    pub fn message(&self) -> Message {
        let about = |id: &'static str, file: &Path| {
            Message::new(id).with("file", file.display().to_string())
        };
        match self {
            Self::NotFound { file } => about("store-not-found", file),
            Self::Exists { file } => about("store-exists", file),
            Self::NotAStore { file, what } => about(what.message_id(), file),
            Self::Newer { file, found, supported } => about("store-newer", file)
                .with("found", found.to_string())
                .with("supported", supported.to_string()),
            Self::Damaged { file, detail } => {
                about("store-damaged", file).with("detail", detail.as_str())
            }
            Self::ReadOnly { file } => about("store-read-only", file),
            Self::Busy { file } => about("store-busy", file),
            Self::DiskFull { file } => about("store-disk-full", file),
            Self::InTheWay { file } => about("store-in-the-way", file),
            Self::NoRecord { id } => Message::new("store-no-record").with("id", id.to_string()),
            Self::RecordExists { kind, name, id } => Message::new("store-record-exists")
                .with("kind", Message::new(format!("kind-{kind}")))
                .with("name", name.as_str())
                .with("id", id.to_string()),
            Self::NotStock { .. } => Message::new("stock-none"),
            Self::LedgerOnly { .. } => Message::new("stock-ledger-only"),
            Self::StockShort { name, have, wanted } => Message::new("stock-short")
                .with("name", name.as_str())
                .with("have", *have)
                .with("wanted", *wanted),
            Self::NotCounted { name, .. } => {
                Message::new("stock-not-counted").with("name", name.as_str())
            }
            Self::NoField { kind, field } => Message::new("store-no-field")
                .with("kind", Message::new(format!("kind-{kind}")))
                .with("field", field.as_str()),
            Self::BadValue { field, value, .. } => Message::new("store-bad-value")
                .with("field", field.as_str())
                .with("value", value.as_str()),
            Self::GeometryType { kind, name, found } => Message::new("store-geometry-type")
                .with("kind", Message::new(format!("kind-{kind}")))
                .with("name", name.as_str())
                .with("found", *found),
            Self::Costing(fault) => fault.message(),
            Self::BadBackup(inner) => Message::new("store-bad-backup").with("why", inner.message()),
            Self::Cancelled(_) => Message::new("store-cancelled"),
            Self::Disk { file, source } => {
                about("store-disk", file).with("detail", source.to_string())
            }
            Self::Database { file, source } => {
                about("store-database", file).with("detail", source.to_string())
            }
        }
    }

    /// What to do next.
    pub fn hint(&self) -> Option<Message> {
        Some(Message::new(match self {
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
            Self::InTheWay { .. } => "store-in-the-way-hint",
            Self::NoRecord { .. } => "store-no-record-hint",
            Self::RecordExists { .. } => "store-record-exists-hint",
            Self::NotStock { .. } => "stock-none-hint",
            Self::LedgerOnly { .. } => "stock-ledger-only-hint",
            Self::StockShort { .. } => "stock-short-hint",
            Self::NotCounted { .. } => "stock-not-counted-hint",
            Self::NoField { kind, .. } => {
                return Some(Message::new("store-no-field-hint").with("kind", *kind));
            }
            Self::BadValue { expected, .. } => {
                return Some(
                    Message::new("store-bad-value-hint").with("expected", expected.as_str()),
                );
            }
            Self::GeometryType { .. } => "store-geometry-type-hint",
            Self::Costing(fault) => return Some(fault.hint()),
            Self::BadBackup(_) => "store-bad-backup-hint",
            Self::Disk { .. } => "store-disk-hint",
            Self::Database { .. } => "store-database-hint",
            Self::Cancelled(_) => return None,
        }))
    }
}

//! Making, opening and closing the one file.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, MAIN_DB, OpenFlags};

use super::error::{NotAStore, StoreError};
use super::layout::Layout;
use super::{disk, functions, geopackage, schema};
use crate::base::{Clock, Timestamp};
use crate::model::Kind;

/// How long a change waits for another program to let go of the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(3);
/// Up to this size the whole file is checked at each start (about 1 ms per megabyte).
const QUICK_CHECK_BYTES: u64 = 16 << 20;

/// One county in one GeoPackage.
pub struct Store {
    pub(super) path: PathBuf,
    pub(super) db: Connection,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) layouts: BTreeMap<Kind, Layout>,
    /// Why nothing can be changed; `None` = everything can.
    barred: Option<Bar>,
    /// The copy that is read instead of a file whose log can be neither replayed nor ignored in place.
    copy: Option<tempfile::TempDir>,
}

/// Why a store can only be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bar {
    /// The file or its folder is write-protected.
    Protected,
    /// There is no room for the log beside it.
    DiskFull,
}

impl Store {
    /// Makes an empty county store; an error if the file exists. The file appears complete or not at all.
    pub fn create(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        if path.symlink_metadata().is_ok() {
            return Err(StoreError::Exists { file: path.to_owned() });
        }
        let made = disk::beside(path)?;
        let fault = |source| StoreError::sql(path, source);
        let mut db = Connection::open(&made).map_err(fault)?;
        prepare(&db).map_err(fault)?;
        geopackage::mark(&db).map_err(fault)?;
        schema::migrate(&mut db, schema::STEPS, clock.now()).map_err(fault)?;
        db.close().map_err(|(_, source)| fault(source))?;
        disk::place_new(made, path)?;
        Self::open(path, clock)
    }

    /// Opens a store, for reading if its file or folder cannot be written. A small file is checked
    /// quickly, any file fully after an unclean stop; an older schema is brought up to date, with a
    /// backup first.
    pub fn open(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        recognise(path)?;
        let log_left = disk::has_content(&disk::with_suffix(path, "-wal"));
        let fault = |source| StoreError::sql(path, source);
        let (mut db, mut barred, copy) = connect(path)?;

        let Some(version) = schema::version(&db).map_err(fault)? else {
            let id: i32 =
                db.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(fault)?;
            let what = if id == geopackage::APPLICATION_ID {
                NotAStore::PlainGeoPackage
            } else {
                NotAStore::OtherDatabase
            };
            return Err(StoreError::NotAStore { file: path.to_owned(), what });
        };
        if version > schema::newest() {
            return Err(StoreError::Newer {
                file: path.to_owned(),
                found: version,
                supported: schema::newest(),
            });
        }
        let unclean = log_left && barred.is_none() && alone(&db).map_err(fault)?;
        check_pages(&db, path, unclean)?;
        if barred.is_none() && !journal(&db).map_err(fault)? {
            barred = Some(Bar::Protected);
        }

        let mut present = schema::columns(&db).map_err(fault)?;
        let outdated = version < schema::newest() || schema::lacks_fields(&present);
        if outdated && barred.is_none() {
            update(&mut db, path, clock.now())?;
            present = schema::columns(&db).map_err(fault)?;
        }
        let layouts = Kind::ALL
            .iter()
            .filter_map(|kind| {
                let columns = present.get(&kind.table())?;
                Some((*kind, Layout::new(*kind, Some(columns))))
            })
            .collect();
        Ok(Self { path: path.to_owned(), db, clock, layouts, barred, copy })
    }

    /// Where the store lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether changes are impossible because the file or its folder cannot be written, or because
    /// the disk is full.
    pub fn is_read_only(&self) -> bool {
        self.barred.is_some()
    }

    /// Grows with every change of a record, a layer or the costing; other settings and plans do not count.
    pub fn version(&self) -> Result<u64, StoreError> {
        version(&self.db).map_err(|source| self.fault(source))
    }

    /// Folds the log into the file, so that the file alone is the store and can be handed on.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        if self.is_read_only() {
            return Ok(());
        }
        self.db
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .map_err(|source| self.fault(source))
    }

    /// Closes the store and says if the log could not be folded into the file. Dropping it closes it too.
    pub fn close(self) -> Result<(), StoreError> {
        self.checkpoint()?;
        let Self { path, db, copy, .. } = self;
        let closed = db.close().map_err(|(_, source)| StoreError::sql(&path, source));
        drop(copy);
        closed
    }

    /// An error of this store's file.
    pub(super) fn fault(&self, source: rusqlite::Error) -> StoreError {
        StoreError::sql(&self.path, source)
    }

    /// `Err` for a store that was opened for reading.
    pub(super) fn writable(&self) -> Result<(), StoreError> {
        let file = || self.path.clone();
        match self.barred {
            None => Ok(()),
            Some(Bar::Protected) => Err(StoreError::ReadOnly { file: file() }),
            Some(Bar::DiskFull) => Err(StoreError::DiskFull { file: file() }),
        }
    }
}

pub(super) fn version(db: &Connection) -> rusqlite::Result<u64> {
    let text: String = db
        .prepare_cached("SELECT value FROM shouye_meta WHERE key = 'version'")?
        .query_row([], |row| row.get(0))?;
    Ok(text.parse().unwrap_or(0))
}

/// Counts one more change; part of the transaction that makes it.
pub(super) fn count_change(db: &Connection) -> rusqlite::Result<u64> {
    let next = version(db)? + 1;
    db.prepare_cached("UPDATE shouye_meta SET value = ? WHERE key = 'version'")?
        .execute([next.to_string()])?;
    Ok(next)
}

/// What can be said of a file without SQLite.
pub(super) fn recognise(path: &Path) -> Result<(), StoreError> {
    let facts = fs::metadata(path).map_err(|source| StoreError::disk(path, source))?;
    let not = |what| Err(StoreError::NotAStore { file: path.to_owned(), what });
    if facts.is_dir() {
        return not(NotAStore::Folder);
    }
    if facts.len() == 0 {
        return not(NotAStore::Empty);
    }
    let mut magic = [0; 16];
    let mut file = fs::File::open(path).map_err(|source| StoreError::disk(path, source))?;
    match file.read_exact(&mut magic) {
        Ok(()) if &magic == b"SQLite format 3\0" => Ok(()),
        _ => not(NotAStore::OtherFormat),
    }
}

/// Makes sure that what is about to be written does not take the place of a county store.
pub fn spare_stores(path: &Path) -> Result<(), StoreError> {
    if recognise(path).is_err() {
        return Ok(());
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let version = Connection::open_with_flags(disk::immutable_uri(path), flags)
        .and_then(|db| schema::version(&db));
    // A database that cannot be read may be a damaged store: it is not overwritten either.
    match version {
        Ok(None) => Ok(()),
        _ => Err(StoreError::InTheWay { file: path.to_owned() }),
    }
}

type Connected = (Connection, Option<Bar>, Option<tempfile::TempDir>);

/// Opens for writing if that is possible, else for reading.
fn connect(path: &Path) -> Result<Connected, StoreError> {
    let fault = |source| StoreError::sql(path, source);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let first = match Connection::open_with_flags(path, flags).and_then(probed) {
        Ok(db) => {
            let read_only = db.is_readonly(MAIN_DB).map_err(fault)?;
            return Ok((db, read_only.then_some(Bar::Protected), None));
        }
        Err(source) => fault(source),
    };
    // A log needs its index file beside it, which a read-only folder or a full disk denies.
    let bar = match first {
        StoreError::DiskFull { .. } => Bar::DiskFull,
        StoreError::Database { .. } | StoreError::Disk { .. } if disk::is_full(path) => {
            Bar::DiskFull
        }
        StoreError::ReadOnly { .. } | StoreError::Database { .. } | StoreError::Disk { .. } => {
            Bar::Protected
        }
        other => return Err(other),
    };
    let log = disk::with_suffix(path, "-wal");
    let (at, copy) = if disk::has_content(&log) {
        let folder = tempfile::tempdir().map_err(|source| StoreError::disk(path, source))?;
        let copied = folder.path().join("store.gpkg");
        let to = disk::with_suffix(&copied, "-wal");
        fs::copy(path, &copied)
            .and_then(|_| fs::copy(&log, to))
            .map_err(|source| StoreError::disk(path, source))?;
        (copied, Some(folder))
    } else {
        (path.to_owned(), None)
    };
    let db = if copy.is_some() {
        Connection::open_with_flags(&at, flags).and_then(probed)
    } else {
        Connection::open_with_flags(
            disk::immutable_uri(&at),
            OpenFlags::SQLITE_OPEN_READ_ONLY
                | OpenFlags::SQLITE_OPEN_NO_MUTEX
                | OpenFlags::SQLITE_OPEN_URI,
        )
        .and_then(probed)
    }
    .map_err(fault)?;
    Ok((db, Some(bar), copy))
}

/// Settings of every connection.
fn prepare(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(BUSY_TIMEOUT)?;
    // The file may come from anywhere: nothing in its schema may call out of SQLite.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.execute_batch(
        "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA cache_size = -131072; \
         PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL;",
    )?;
    db.set_prepared_statement_cache_capacity(256);
    functions::register(db)
}

/// The connection, once it has really read the file.
fn probed(db: Connection) -> rusqlite::Result<Connection> {
    prepare(&db)?;
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(db)
}

/// Chooses the journal: a write-ahead log, or, where a file system cannot have one, a rollback
/// journal with the synchronisation that loses no commit. False when the folder takes no journal at all.
fn journal(db: &Connection) -> rusqlite::Result<bool> {
    use rusqlite::ErrorCode::{CannotOpen, ReadOnly, SystemIoFailure};
    let mode: rusqlite::Result<String> =
        db.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0));
    match mode {
        Ok(mode) if mode == "wal" => return Ok(true),
        Err(rusqlite::Error::SqliteFailure(fault, _))
            if matches!(fault.code, CannotOpen | ReadOnly | SystemIoFailure) =>
        {
            return Ok(false);
        }
        _ => {}
    }
    db.execute_batch("PRAGMA synchronous = EXTRA")?;
    Ok(true)
}

/// Whether nobody else has the file open: only then can the log be abolished, which needs the file alone.
fn alone(db: &Connection) -> rusqlite::Result<bool> {
    db.busy_timeout(Duration::ZERO)?;
    let mode: rusqlite::Result<String> =
        db.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0));
    db.busy_timeout(BUSY_TIMEOUT)?;
    match mode {
        Ok(mode) => Ok(mode == "delete"),
        Err(rusqlite::Error::SqliteFailure(fault, _))
            if fault.code == rusqlite::ErrorCode::DatabaseBusy
                || fault.code == rusqlite::ErrorCode::DatabaseLocked =>
        {
            Ok(false)
        }
        Err(other) => Err(other),
    }
}

fn check_pages(db: &Connection, path: &Path, unclean: bool) -> Result<(), StoreError> {
    let size = fs::metadata(path).map_or(0, |facts| facts.len());
    let pragmas: Vec<String> = if unclean {
        vec!["PRAGMA integrity_check(1)".to_owned()]
    } else if size <= QUICK_CHECK_BYTES {
        vec!["PRAGMA quick_check(1)".to_owned()]
    } else {
        schema::PRIVATE[..2]
            .iter()
            .map(|(table, _)| format!("PRAGMA quick_check('{table}')"))
            .collect()
    };
    for pragma in pragmas {
        let verdict: String = db
            .query_row(&pragma, [], |row| row.get(0))
            .map_err(|source| StoreError::sql(path, source))?;
        if verdict != "ok" {
            return Err(StoreError::Damaged { file: path.to_owned(), detail: verdict });
        }
    }
    Ok(())
}

/// Migrates, after a backup that stays beside the store.
fn update(db: &mut Connection, path: &Path, at: Timestamp) -> Result<(), StoreError> {
    let fault = |source| StoreError::sql(path, source);
    super::backup::keep_copy(db, path, at, "before-update")?;
    schema::migrate(db, schema::STEPS, at).map_err(fault)?;
    let tx =
        db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(fault)?;
    schema::add_layers(&tx, at).map_err(fault)?;
    tx.commit().map_err(fault)
}

//! Making and opening a store, and telling what a file is that is none.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::geopackage::APPLICATION_ID;
use super::schema::{self, SCHEMA};
use super::{Store, StoreError, meta};
use crate::base::Clock;

const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

impl Store {
    /// Makes a new, empty store.
    ///
    /// # Errors
    /// [`StoreError::Exists`] if the file is there already; never overwrites.
    pub fn create(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        if path.symlink_metadata().is_ok() {
            return Err(StoreError::Exists { file: path.to_owned() });
        }
        // Making the file first gives the system's own words when the folder is missing or closed.
        File::create_new(path)
            .map_err(|source| StoreError::File { file: path.to_owned(), source })?;
        let now = clock.now().to_string();
        let make = || {
            let mut connection = Connection::open_with_flags(path, flags(true))?;
            settle(&connection)?;
            schema::create(&mut connection, &now)?;
            Ok(connection)
        };
        match make() {
            Ok(connection) => Ok(Self {
                connection,
                path: path.to_owned(),
                clock,
                read_only: false,
                marked: false,
            }),
            Err(error) => {
                for file in [path.to_owned(), beside(path, "-wal"), beside(path, "-shm")] {
                    let _may_not_exist = std::fs::remove_file(file);
                }
                Err(StoreError::from_sqlite(path, error))
            }
        }
    }

    /// Opens a store, for reading only if the file or its folder cannot be written.
    ///
    /// The start-up check is quick; after an unclean stop it is complete.
    ///
    /// # Errors
    /// Each fault has its own variant: missing, not a county store, newer, damaged, busy.
    pub fn open(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        identify(path)?;
        let writable = is_writable(path);
        let connection = if writable { open_for_writing(path) } else { open_for_reading(path) };
        let connection = connection.map_err(|e| StoreError::from_sqlite(path, e))?;
        let store =
            Self { connection, path: path.to_owned(), clock, read_only: !writable, marked: false };
        store.verify()?;
        Ok(store)
    }

    /// Whether this is a sound county store that this program understands.
    fn verify(&self) -> Result<(), StoreError> {
        let known: i64 = self
            .connection
            .query_row(
                "SELECT count(*) FROM sqlite_schema WHERE type='table' AND name='shouye_meta'",
                [],
                |row| row.get(0),
            )
            .map_err(|e| self.fault(e))?;
        if known == 0 {
            return Err(StoreError::NotACountyStore { file: self.path.clone() });
        }
        let schema = meta::get(&self.connection, "schema").map_err(|e| self.fault(e))?;
        let found: i64 = schema.and_then(|text| text.parse().ok()).unwrap_or(0);
        if found > SCHEMA {
            return Err(StoreError::Newer { file: self.path.clone(), found, known: SCHEMA });
        }
        let unclean = meta::get(&self.connection, meta::UNCLEAN).map_err(|e| self.fault(e))?;
        let pragma =
            if unclean.is_some() { "PRAGMA integrity_check(1)" } else { "PRAGMA quick_check(1)" };
        let verdict: String =
            self.connection.query_row(pragma, [], |row| row.get(0)).map_err(|e| self.fault(e))?;
        if verdict == "ok" {
            Ok(())
        } else {
            Err(StoreError::Damaged { file: self.path.clone(), detail: verdict })
        }
    }
}

/// Looks at the first bytes before SQLite does, so that each fault gets its own words.
fn identify(path: &Path) -> Result<(), StoreError> {
    let file = path.to_owned();
    let trouble = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::NotFound => StoreError::NotFound { file: file.clone() },
        _ => StoreError::File { file: file.clone(), source },
    };
    if std::fs::metadata(path).map_err(trouble)?.is_dir() {
        return Err(StoreError::NotACountyStore { file: path.to_owned() });
    }
    let mut head = Vec::with_capacity(100);
    File::open(path)
        .and_then(|file| file.take(100).read_to_end(&mut head))
        .map_err(|source| StoreError::File { file: path.to_owned(), source })?;
    if !head.starts_with(b"SQLite format 3\0") {
        return Err(StoreError::NotACountyStore { file: path.to_owned() });
    }
    // A store so new that its first pages are still in the log has no application id in the file yet.
    let application = head.get(68..72).map(|id| id == APPLICATION_ID.to_be_bytes());
    let has_log = std::fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0);
    match application {
        Some(true) => Ok(()),
        _ if has_log => Ok(()),
        Some(false) => Err(StoreError::NotACountyStore { file: path.to_owned() }),
        None => Err(StoreError::Damaged {
            file: path.to_owned(),
            detail: "the file ends within its header".to_owned(),
        }),
    }
}

pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Whether the file may be changed and its folder takes the log that a change needs.
fn is_writable(path: &Path) -> bool {
    // The mark counts also for the system's administrator, whom it would not stop.
    let marked = std::fs::metadata(path).is_ok_and(|file| file.permissions().readonly());
    if marked || File::options().write(true).open(path).is_err() {
        return false;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let closed = std::fs::metadata(folder).is_ok_and(|folder| folder.permissions().readonly());
    !closed && tempfile::tempfile_in(folder).is_ok()
}

fn flags(create: bool) -> OpenFlags {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    if create { flags | OpenFlags::SQLITE_OPEN_CREATE } else { flags }
}

fn open_for_writing(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags(false))?;
    settle(&connection)?;
    Ok(connection)
}

/// Without a log beside it the file cannot change under us, and SQLite needs no files of its own.
fn open_for_reading(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let has_log = std::fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0);
    let mode = if has_log { "mode=ro" } else { "immutable=1" };
    let connection = Connection::open_with_flags(format!("file:{}?{mode}", escaped(path)), flags)?;
    harden(&connection)?;
    Ok(connection)
}

/// A path as it may stand in an SQLite URI.
fn escaped(path: &Path) -> String {
    path.to_string_lossy()
        .chars()
        .map(|c| match c {
            '%' => "%25".to_owned(),
            '?' => "%3f".to_owned(),
            '#' => "%23".to_owned(),
            other => other.to_string(),
        })
        .collect()
}

fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.query_row("PRAGMA journal_mode=WAL", [], |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    harden(connection)
}

fn harden(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

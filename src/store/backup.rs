//! Copies of the store, and the way back to one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::error::{NotAStore, StoreError};
use super::{Store, disk, open};
use crate::base::{Clock, Timestamp};

/// How many rotating backups stay beside the store unless the caller says otherwise.
pub const KEPT_BACKUPS: usize = 5;

impl Store {
    /// Writes a copy that is complete or absent and returns its size in bytes; an error if `to` exists.
    pub fn backup(&self, to: &Path) -> Result<u64, StoreError> {
        if to.symlink_metadata().is_ok() {
            return Err(StoreError::Exists { file: to.to_owned() });
        }
        copy(&self.db, to)
    }

    /// Makes the day's first change safe: rotates a backup unless there is one of today already.
    pub fn back_up_today(&self, keep: usize) -> Result<Option<PathBuf>, StoreError> {
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let folder = disk::folder(&self.path).join(format!("{stem}-backups"));
        let today = format!("{stem}-{}T", self.clock.now().date().replace('-', ""));
        let is_of_today = |name: &str| name.starts_with(&today) && name.ends_with("-daily.gpkg");
        let done = fs::read_dir(folder).is_ok_and(|entries| {
            entries.flatten().any(|entry| is_of_today(&entry.file_name().to_string_lossy()))
        });
        if done || self.is_read_only() {
            return Ok(None);
        }
        self.rotate_backup(keep).map(Some)
    }

    /// Writes a backup into the folder `<name>-backups` beside the store and removes all but the newest `keep`.
    pub fn rotate_backup(&self, keep: usize) -> Result<PathBuf, StoreError> {
        let made = keep_copy(&self.db, &self.path, self.clock.now(), "daily")?;
        let mut all: Vec<PathBuf> = fs::read_dir(disk::folder(&made))
            .map_err(|source| StoreError::disk(&made, source))?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.to_string_lossy().ends_with("-daily.gpkg"))
            .collect();
        all.sort_unstable();
        let surplus = all.len().saturating_sub(keep.max(1));
        for old in all.drain(..surplus) {
            fs::remove_file(&old).map_err(|source| StoreError::disk(&old, source))?;
        }
        Ok(made)
    }

    fn overwrite(mut self, source: &Self) -> Result<u64, StoreError> {
        self.writable()?;
        keep_copy(&self.db, &self.path, self.clock.now(), "before-restore")?;
        let version = self.version()?.max(source.version()?) + 1;
        source
            .db
            .execute(
                "UPDATE shouye_meta SET value = ? WHERE key = 'version'",
                [version.to_string()],
            )
            .map_err(|fault| source.fault(fault))?;
        let path = self.path.clone();
        let fault = |inner| StoreError::sql(&path, inner);
        // A store with a log keeps the size of its pages, so the copy has to take it on.
        let size = page_size(&self.db).map_err(fault)?;
        if page_size(&source.db).map_err(fault)? != size {
            let taking_on =
                format!("PRAGMA journal_mode = DELETE; PRAGMA page_size = {size}; VACUUM");
            source.db.execute_batch(&taking_on).map_err(|fault| source.fault(fault))?;
        }
        {
            let backup = Backup::new(&source.db, &mut self.db).map_err(fault)?;
            // All pages in one step are one transaction: the present store stays until it is complete.
            // Another reader or writer is waited for as with any change.
            match backup.step(-1).map_err(fault)? {
                StepResult::Done => {}
                _ => return Err(StoreError::Busy { file: path }),
            }
        }
        self.close()?;
        fs::metadata(&path).map(|facts| facts.len()).map_err(|fault| StoreError::disk(&path, fault))
    }
}

fn page_size(db: &Connection) -> rusqlite::Result<u32> {
    db.pragma_query_value(None, "page_size", |row| row.get(0))
}

/// Puts a backup in the place of the store `to`, after checking it fully, and returns its size in
/// bytes. The store as it was goes into the folder of rotating backups; until the last step it is
/// untouched, and programs that have it open see the change.
pub fn restore(backup: &Path, to: &Path, clock: Arc<dyn Clock>) -> Result<u64, StoreError> {
    let bad = |fault| match fault {
        // The copy that is looked at lies beside the store.
        StoreError::DiskFull { .. } => StoreError::DiskFull { file: to.to_owned() },
        fault => StoreError::BadBackup(Box::new(fault)),
    };
    if same_file(backup, to) {
        return Err(StoreError::Exists { file: to.to_owned() });
    }
    open::recognise(backup).map_err(bad)?;
    // Looked at in a copy, so that the backup itself never changes: an older schema is brought
    // up to date there like in any store.
    let workshop = tempfile::Builder::new()
        .prefix(".shouye-")
        .tempdir_in(disk::folder(to))
        .map_err(|source| StoreError::disk(to, source))?;
    let copied = workshop.path().join("backup.gpkg");
    for suffix in ["", "-wal"] {
        let from = disk::with_suffix(backup, suffix);
        if suffix.is_empty() || from.exists() {
            fs::copy(&from, disk::with_suffix(&copied, suffix))
                .map_err(|source| bad(StoreError::disk(&from, source)))?;
        }
    }
    let source =
        Store::open(&copied, Arc::clone(&clock)).map_err(|fault| bad(fault.about(backup)))?;
    let verdict: String = source
        .db
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(|fault| bad(StoreError::sql(backup, fault)))?;
    if verdict != "ok" {
        return Err(bad(StoreError::Damaged { file: backup.to_owned(), detail: verdict }));
    }
    match Store::open(to, Arc::clone(&clock)) {
        Ok(present) => present.overwrite(&source),
        Err(StoreError::NotFound { .. }) => copy(&source.db, to),
        Err(fault) if may_have_been_a_store(&fault, to) => {
            let made = disk::beside(to)?;
            let size = copy_into(&source.db, &made, to)?;
            set_aside(to, clock.now())?;
            disk::place(made, to)?;
            Ok(size)
        }
        Err(other) => Err(other),
    }
}

/// A damaged store, or a GeoPackage so damaged that nothing of a store can be seen in it any more.
fn may_have_been_a_store(fault: &StoreError, file: &Path) -> bool {
    match fault {
        StoreError::Damaged { .. } => true,
        StoreError::NotAStore { what: NotAStore::Empty | NotAStore::OtherFormat, .. } => {
            file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gpkg"))
        }
        _ => false,
    }
}

/// Keeps a copy beside the store, named by time and occasion.
pub(super) fn keep_copy(
    db: &Connection,
    store: &Path,
    at: Timestamp,
    occasion: &str,
) -> Result<PathBuf, StoreError> {
    let stem = store.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = disk::folder(store).join(format!("{stem}-backups"));
    fs::create_dir_all(&folder).map_err(|source| StoreError::disk(&folder, source))?;
    let moment = format!("{}T{}", at.date(), at.time_of_day()).replace([':', '-'], "");
    let mut to = folder.join(format!("{stem}-{moment}-{occasion}.gpkg"));
    let mut twin = 1;
    while to.exists() {
        twin += 1;
        to = folder.join(format!("{stem}-{moment}-{twin:03}-{occasion}.gpkg"));
    }
    copy(db, &to)?;
    Ok(to)
}

fn copy(db: &Connection, to: &Path) -> Result<u64, StoreError> {
    let made = disk::beside(to)?;
    let size = copy_into(db, &made, to)?;
    disk::place_new(made, to)?;
    Ok(size)
}

fn copy_into(db: &Connection, made: &Path, to: &Path) -> Result<u64, StoreError> {
    db.execute("VACUUM INTO ?", [made.to_string_lossy()])
        .map_err(|source| StoreError::sql(to, source))?;
    fs::metadata(made).map(|facts| facts.len()).map_err(|source| StoreError::disk(to, source))
}

/// Moves a damaged store and its log out of the way without losing them.
fn set_aside(path: &Path, at: Timestamp) -> Result<(), StoreError> {
    let moment = format!("{}T{}", at.date(), at.time_of_day()).replace([':', '-'], "");
    for suffix in ["-wal", "-shm", ""] {
        let from = disk::with_suffix(path, suffix);
        if from.exists() {
            let to = disk::with_suffix(path, &format!(".damaged-{moment}{suffix}"));
            fs::rename(&from, &to).map_err(|source| StoreError::disk(&from, source))?;
        }
    }
    Ok(())
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

//! Backups: a complete copy under a temporary name, synced, then moved into place.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::open::beside;
use super::{Store, StoreError};
use crate::base::{Clock, Feedback};

impl Store {
    /// Copies the store, as it is at this moment, to `to`; returns the size in bytes.
    ///
    /// # Errors
    /// [`StoreError::Exists`] if `to` is there already.
    pub fn backup(&self, to: &Path) -> Result<u64, StoreError> {
        if to.symlink_metadata().is_ok() {
            return Err(StoreError::Exists { file: to.to_owned() });
        }
        let file = |source| StoreError::File { file: to.to_owned(), source };
        let folder = folder_of(to);
        let workshop =
            tempfile::Builder::new().prefix(".shouye-backup-").tempdir_in(&folder).map_err(file)?;
        let copy = workshop.path().join("copy.gpkg");
        self.connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()]).map_err(|e| {
            match StoreError::from_sqlite(&self.path, e) {
                StoreError::DiskFull { .. } => StoreError::DiskFull { file: to.to_owned() },
                other => other,
            }
        })?;
        place(&copy, to, &folder)
    }
}

/// Puts a backup in the place of the store `to`, after checking it; returns the size in bytes.
/// A store that was there stays beside it under the ending `.before-restore`.
///
/// # Errors
/// The faults of [`Store::open`] for the backup; then `to` is untouched.
pub fn restore(backup: &Path, to: &Path, clock: Arc<dyn Clock>) -> Result<u64, StoreError> {
    let source = Store::open(backup, Arc::clone(&clock))?;
    let findings = source.check(&Feedback::default())?;
    if let Some(fault) = findings.iter().find(|finding| finding.is_fault) {
        return Err(StoreError::Damaged {
            file: backup.to_owned(),
            detail: format!("{} {}", fault.code, fault.layer),
        });
    }
    let file = |source| StoreError::File { file: to.to_owned(), source };
    let folder = folder_of(to);
    let workshop =
        tempfile::Builder::new().prefix(".shouye-restore-").tempdir_in(&folder).map_err(file)?;
    let copy = workshop.path().join("copy.gpkg");
    source
        .connection
        .execute("VACUUM INTO ?1", [copy.to_string_lossy()])
        .map_err(|e| StoreError::from_sqlite(to, e))?;
    drop(source);
    if to.symlink_metadata().is_ok() {
        refuse_if_in_use(to, clock)?;
        std::fs::rename(to, beside(to, ".before-restore")).map_err(file)?;
        // A log left by the old store must never be replayed into the restored one.
        for ending in ["-wal", "-shm"] {
            let log = beside(to, ending);
            if log.exists() {
                std::fs::rename(&log, beside(&beside(to, ".before-restore"), ending))
                    .map_err(file)?;
            }
        }
    }
    place(&copy, to, &folder)
}

/// A store that somebody is writing to is not exchanged under their hands; a damaged one may be.
fn refuse_if_in_use(to: &Path, clock: Arc<dyn Clock>) -> Result<(), StoreError> {
    match Store::open(to, clock) {
        Ok(mut open) if !open.is_read_only() => {
            open.begin()?;
            open.roll_back();
            Ok(())
        }
        Err(StoreError::Busy { file }) => Err(StoreError::Busy { file }),
        Ok(_) | Err(_) => Ok(()),
    }
}

fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn place(copy: &Path, to: &Path, folder: &Path) -> Result<u64, StoreError> {
    let moved = || {
        let file = File::options().read(true).write(true).open(copy)?;
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        std::fs::rename(copy, to)?;
        if cfg!(unix) {
            File::open(folder)?.sync_all()?;
        }
        Ok(bytes)
    };
    moved().map_err(|source| StoreError::File { file: to.to_owned(), source })
}

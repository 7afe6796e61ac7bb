//! The one SQLite/GeoPackage file in which a county lives.

mod backup;
mod change;
mod check;
mod error;
pub mod geopackage;
mod import;
mod meta;
mod open;
mod read;
mod row;
mod schema;

pub use backup::restore;
pub use change::{Change, ChangeRecord};
pub use check::Finding;
pub use error::StoreError;
pub use import::{BatchSummary, ImportBatch, ImportTransaction, Put};
pub use meta::PlanInfo;
pub use read::LayerInfo;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;

use crate::base::Clock;

/// An open county store. Closing it (dropping) folds the write-ahead log into the file.
pub struct Store {
    connection: Connection,
    path: PathBuf,
    clock: Arc<dyn Clock>,
    read_only: bool,
    /// Whether this store has been marked as being written to.
    marked: bool,
}

impl Store {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether changes are refused, because the file or its folder cannot be written.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    fn now(&self) -> String {
        self.clock.now().to_string()
    }

    /// Turns a database error into one of this store.
    fn fault(&self, source: rusqlite::Error) -> StoreError {
        StoreError::from_sqlite(&self.path, source)
    }

    /// Runs `work` in one transaction that is allowed to write, and counts the store's version up.
    /// Nothing is changed when it fails.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&Connection, &Path) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.begin()?;
        let out = work(&self.connection, &self.path);
        match out {
            Ok(out) => self.commit().map(|()| out),
            Err(error) => {
                self.roll_back();
                Err(error)
            }
        }
    }

    fn begin(&mut self) -> Result<(), StoreError> {
        if self.read_only {
            return Err(StoreError::ReadOnly { file: self.path.clone() });
        }
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(|e| self.fault(e))?;
        let marked = if self.marked {
            Ok(())
        } else {
            meta::put(&self.connection, meta::UNCLEAN, Some("1"))
        };
        if let Err(error) = marked.and_then(|()| meta::next_version(&self.connection)) {
            self.roll_back();
            return Err(self.fault(error));
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        match self.connection.execute_batch("COMMIT") {
            Ok(()) => {
                self.marked = true;
                Ok(())
            }
            Err(error) => {
                let error = self.fault(error);
                self.roll_back();
                Err(error)
            }
        }
    }

    fn roll_back(&self) {
        // SQLite may have rolled back by itself already (full disk); then there is nothing to do.
        if !self.connection.is_autocommit() {
            let _nothing_left_to_undo = self.connection.execute_batch("ROLLBACK");
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if self.read_only {
            return;
        }
        self.roll_back();
        if self.marked {
            // A store that cannot be marked clean gets its full check at the next start.
            let _checked_next_time = meta::put(&self.connection, meta::UNCLEAN, None);
        }
        let _still_in_the_log = self.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}

#[cfg(test)]
mod tests;

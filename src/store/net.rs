//! The road net as it was last made: kept so that the next start need not make it again.

use rusqlite::{OptionalExtension, params};

use super::Store;
use super::error::StoreError;

impl Store {
    /// Keeps a net in the place of the one before. It is no part of the county's data: the store's
    /// version stays.
    pub fn keep_net(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.writable()?;
        self.db
            .execute("INSERT OR REPLACE INTO shouye_net (fid, net) VALUES (1, ?)", params![bytes])
            .map(|_| ())
            .map_err(|source| self.fault(source))
    }

    /// The net that was kept last. Whoever uses it finds out whether it still is that of the roads.
    pub fn kept_net(&self) -> Result<Option<Vec<u8>>, StoreError> {
        self.db
            .prepare_cached("SELECT net FROM shouye_net WHERE fid = 1")
            .and_then(|mut found| found.query_row([], |row| row.get(0)).optional())
            .map_err(|source| self.fault(source))
    }
}

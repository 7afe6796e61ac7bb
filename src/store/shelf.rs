//! Settings of a store and saved plans: kept with the county, but no part of its answers.

use rusqlite::{OptionalExtension, params};

use super::Store;
use super::error::StoreError;
use crate::base::Timestamp;

/// A saved plan without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanInfo {
    /// Its name.
    pub name: String,
    /// When it was saved, ISO 8601.
    pub saved_at: String,
}

impl Store {
    /// A setting; `None` if it was never made.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT value FROM shouye_setting WHERE key = ?")
            .map_err(|source| self.fault(source))?;
        statement.query_row([key], |row| row.get(0)).optional().map_err(|source| self.fault(source))
    }

    /// Makes a setting.
    pub fn put_setting(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.writable()?;
        self.db
            .execute(
                "INSERT INTO shouye_setting (key, value) VALUES (?, ?) \
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                [key, value],
            )
            .map(|_| ())
            .map_err(|source| self.fault(source))
    }

    /// Saves a plan under a name, in the place of an older one of that name.
    pub fn save_plan(&mut self, name: &str, json: &str) -> Result<(), StoreError> {
        self.writable()?;
        self.db
            .execute(
                "INSERT INTO shouye_plan (name, at, plan) VALUES (?, ?, ?) \
                 ON CONFLICT (name) DO UPDATE SET at = excluded.at, plan = excluded.plan",
                params![name, self.clock.now().0, json],
            )
            .map(|_| ())
            .map_err(|source| self.fault(source))
    }

    /// The saved plans, newest first.
    pub fn plans(&self) -> Result<Vec<PlanInfo>, StoreError> {
        let read = || {
            self.db
                .prepare_cached("SELECT name, at FROM shouye_plan ORDER BY at DESC, name")?
                .query_map([], |row| {
                    Ok(PlanInfo { name: row.get(0)?, saved_at: Timestamp(row.get(1)?).to_string() })
                })?
                .collect::<rusqlite::Result<_>>()
        };
        read().map_err(|source| self.fault(source))
    }

    /// The plan of that name as it was saved; `None` if there is none.
    pub fn load_plan(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.db
            .query_row("SELECT plan FROM shouye_plan WHERE name = ?", [name], |row| row.get(0))
            .optional()
            .map_err(|source| self.fault(source))
    }

    /// Deletes a plan; false if there is none of that name.
    pub fn delete_plan(&mut self, name: &str) -> Result<bool, StoreError> {
        self.writable()?;
        self.db
            .execute("DELETE FROM shouye_plan WHERE name = ?", [name])
            .map(|rows| rows > 0)
            .map_err(|source| self.fault(source))
    }
}

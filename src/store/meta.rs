//! Small things the store remembers: its version, settings, saved plans.

use rusqlite::{Connection, OptionalExtension};

use super::{Store, StoreError};

/// Set while somebody writes; still set at the next start after an unclean stop.
pub(super) const UNCLEAN: &str = "unclean";
const VERSION: &str = "version";

pub(super) fn get(connection: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    connection
        .query_row("SELECT value FROM shouye_meta WHERE key=?1", [key], |row| row.get(0))
        .optional()
        .map(Option::flatten)
}

pub(super) fn put(connection: &Connection, key: &str, value: Option<&str>) -> rusqlite::Result<()> {
    match value {
        Some(value) => connection.execute(
            "INSERT INTO shouye_meta (key,value) VALUES (?1,?2) ON CONFLICT(key) DO UPDATE SET value=?2",
            (key, value),
        ),
        None => connection.execute("DELETE FROM shouye_meta WHERE key=?1", [key]),
    }
    .map(drop)
}

pub(super) fn version(connection: &Connection) -> rusqlite::Result<u64> {
    Ok(get(connection, VERSION)?.and_then(|text| text.parse().ok()).unwrap_or(0))
}

pub(super) fn next_version(connection: &Connection) -> rusqlite::Result<()> {
    let next = version(connection)?.saturating_add(1);
    put(connection, VERSION, Some(&next.to_string()))
}

/// A saved evacuation plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanInfo {
    /// The name it was saved under.
    pub name: String,
    /// When, ISO 8601.
    pub saved_at: String,
}

impl Store {
    /// Counts every change; the same version means the same content.
    pub fn version(&self) -> Result<u64, StoreError> {
        version(&self.connection).map_err(|e| self.fault(e))
    }

    /// A setting, if it was ever put.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        get(&self.connection, &format!("setting:{key}")).map_err(|e| self.fault(e))
    }

    /// Remembers a setting.
    pub fn put_setting(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.write(|connection, path| {
            put(connection, &format!("setting:{key}"), Some(value))
                .map_err(|e| StoreError::from_sqlite(path, e))
        })
    }

    /// Saves a plan (JSON text) under a name, replacing an older one of that name.
    pub fn save_plan(&mut self, name: &str, plan: &str) -> Result<(), StoreError> {
        let now = self.now();
        self.write(|connection, path| {
            connection
                .execute(
                    "INSERT INTO shouye_plan (name,saved_at,plan) VALUES (?1,?2,?3)
                     ON CONFLICT(name) DO UPDATE SET saved_at=?2, plan=?3",
                    (name, now, plan),
                )
                .map(drop)
                .map_err(|e| StoreError::from_sqlite(path, e))
        })
    }

    /// The saved plans by name.
    pub fn plans(&self) -> Result<Vec<PlanInfo>, StoreError> {
        let read = || {
            let mut query =
                self.connection.prepare("SELECT name, saved_at FROM shouye_plan ORDER BY name")?;
            let rows = query
                .query_map([], |row| Ok(PlanInfo { name: row.get(0)?, saved_at: row.get(1)? }))?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|e| self.fault(e))
    }

    /// The plan saved under a name.
    pub fn load_plan(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.connection
            .query_row("SELECT plan FROM shouye_plan WHERE name=?1", [name], |row| row.get(0))
            .optional()
            .map_err(|e| self.fault(e))
    }

    /// Forgets a plan; says whether there was one.
    pub fn delete_plan(&mut self, name: &str) -> Result<bool, StoreError> {
        self.write(|connection, path| {
            connection
                .execute("DELETE FROM shouye_plan WHERE name=?1", [name])
                .map(|gone| gone > 0)
                .map_err(|e| StoreError::from_sqlite(path, e))
        })
    }
}

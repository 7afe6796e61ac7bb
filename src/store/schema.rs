//! The tables of a store: GeoPackage's own, ours, one per kind; made once and migrated by number.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::geopackage::{self, quoted};
use super::layout::Layout;
use crate::base::Timestamp;
use crate::model::Kind;

/// One numbered step from the schema before it.
pub(super) type Step = fn(&Transaction<'_>, Timestamp) -> rusqlite::Result<()>;

/// All steps; the schema version of a store is how many of them it has behind it.
pub(super) const STEPS: &[Step] = &[first, second, third];

/// The newest schema version this program writes.
pub(super) fn newest() -> u32 {
    u32::try_from(STEPS.len()).unwrap_or(u32::MAX)
}

/// Our own tables, with what they are for.
pub(super) const PRIVATE: [(&str, &str); 8] = [
    ("shouye_meta", "schema version and store version"),
    ("shouye_setting", "settings"),
    ("shouye_change", "every change of a record, append-only"),
    ("shouye_batch", "imports"),
    ("shouye_past", "rows as they were before the last imports"),
    ("shouye_plan", "saved plans"),
    ("shouye_net", "the road net, ready for use; made again from the roads whenever it is missing"),
    ("shouye_ledger", "which changes are movements of stock, and their documents; append-only"),
];

// The change table refuses to forget: whoever opens the file in another program cannot tidy it up
// by mistake. `act` joins the fields changed together (the first `seq` of the group), `undoes` names
// the act taken back. A row without `id` is an import; a row without `field` a
// record removed, or added or restored.
const OURS: &str = "
CREATE TABLE shouye_meta (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL);
CREATE TABLE shouye_setting (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL);
CREATE TABLE shouye_change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  at INTEGER NOT NULL, who TEXT NOT NULL, batch INTEGER, layer TEXT NOT NULL, id TEXT,
  field TEXT, old TEXT, new TEXT, why TEXT, act INTEGER NOT NULL, undoes INTEGER);
CREATE INDEX shouye_change_id ON shouye_change (id, seq);
CREATE INDEX shouye_change_undoes ON shouye_change (undoes) WHERE undoes IS NOT NULL;
CREATE TRIGGER shouye_change_is_kept BEFORE UPDATE ON shouye_change
  BEGIN SELECT RAISE(ABORT, 'the change table is append-only'); END;
CREATE TRIGGER shouye_change_is_not_cut BEFORE DELETE ON shouye_change
  BEGIN SELECT RAISE(ABORT, 'the change table is append-only'); END;
CREATE TABLE shouye_batch (
  batch INTEGER PRIMARY KEY NOT NULL,
  at INTEGER NOT NULL, who TEXT NOT NULL, kinds TEXT NOT NULL, source TEXT NOT NULL,
  replaced BOOLEAN NOT NULL, added INTEGER NOT NULL, updated INTEGER NOT NULL,
  unchanged INTEGER NOT NULL, removed INTEGER NOT NULL,
  sample BOOLEAN NOT NULL, undone INTEGER);
CREATE TABLE shouye_past (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  batch INTEGER NOT NULL REFERENCES shouye_batch (batch),
  layer TEXT NOT NULL, row INTEGER NOT NULL, cells BLOB NOT NULL,
  UNIQUE (batch, layer, row));
CREATE TABLE shouye_plan (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  name TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, plan TEXT NOT NULL);
INSERT INTO shouye_meta (key, value) VALUES ('schema', '0'), ('version', '0');
";

/// Version 1: everything but the net.
fn first(tx: &Transaction<'_>, at: Timestamp) -> rusqlite::Result<()> {
    geopackage::tables(tx)?;
    tx.execute_batch(OURS)?;
    for (table, purpose) in &PRIVATE[..6] {
        register(tx, table, purpose, at)?;
    }
    add_layers(tx, at)
}

/// Version 2: a place for the road net.
fn second(tx: &Transaction<'_>, at: Timestamp) -> rusqlite::Result<()> {
    tx.execute_batch(
        "CREATE TABLE shouye_net (
           fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, net BLOB NOT NULL);",
    )?;
    let (table, purpose) = PRIVATE[6];
    register(tx, table, purpose, at)
}

/// Version 3: which changes are movements of stock.
fn third(tx: &Transaction<'_>, at: Timestamp) -> rusqlite::Result<()> {
    tx.execute_batch(
        "CREATE TABLE shouye_ledger (
           fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
           act INTEGER NOT NULL UNIQUE, movement TEXT NOT NULL, document TEXT);
         CREATE TRIGGER shouye_ledger_is_kept BEFORE UPDATE ON shouye_ledger
           BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
         CREATE TRIGGER shouye_ledger_is_not_cut BEFORE DELETE ON shouye_ledger
           BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;",
    )?;
    let (table, purpose) = PRIVATE[7];
    register(tx, table, purpose, at)
}

/// Brings a store from its schema version to the newest, each step in one transaction.
pub(super) fn migrate(db: &mut Connection, steps: &[Step], at: Timestamp) -> rusqlite::Result<()> {
    loop {
        let have = version(db)?.unwrap_or(0);
        let Some(step) = steps.get(have as usize) else { return Ok(()) };
        let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        step(&tx, at)?;
        tx.execute(
            "UPDATE shouye_meta SET value = ? WHERE key = 'schema'",
            [(have + 1).to_string()],
        )?;
        tx.commit()?;
    }
}

/// The schema version of a store; `None` when the file has no table of ours.
pub(super) fn version(db: &Connection) -> rusqlite::Result<Option<u32>> {
    let ours: bool = db.query_row(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'shouye_meta')",
        [],
        |row| row.get(0),
    )?;
    if !ours {
        return Ok(None);
    }
    let text: Option<String> = db
        .query_row("SELECT value FROM shouye_meta WHERE key = 'schema'", [], |row| row.get(0))
        .optional()?;
    Ok(text.and_then(|text| text.parse().ok()))
}

/// The columns of every table that is there.
pub(super) fn columns(db: &Connection) -> rusqlite::Result<BTreeMap<String, BTreeSet<String>>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut statement = db.prepare(
        "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c \
         WHERE t.type = 'table'",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        out.entry(row.get(0)?).or_default().insert(row.get(1)?);
    }
    Ok(out)
}

/// Whether the field table has kinds or fields that the store has no table or column for.
pub(super) fn lacks_fields(present: &BTreeMap<String, BTreeSet<String>>) -> bool {
    Kind::ALL.iter().any(|kind| {
        let layout = Layout::new(*kind, None);
        present.get(&layout.table).is_none_or(|columns| {
            layout.columns.iter().any(|column| !columns.contains(column.name))
        })
    })
}

/// Gives every kind its table and every field its column.
pub(super) fn add_layers(tx: &Transaction<'_>, at: Timestamp) -> rusqlite::Result<()> {
    let present = columns(tx)?;
    for kind in Kind::ALL {
        let layout = Layout::new(*kind, None);
        match present.get(&layout.table) {
            None => {
                geopackage::add_layer(
                    tx,
                    &layout.table,
                    layout.geometry.name(),
                    &layout.declared(),
                )?;
                stamp(tx, &layout.table, at)?;
            }
            Some(columns) => {
                for column in &layout.columns {
                    if !columns.contains(column.name) {
                        tx.execute_batch(&format!(
                            "ALTER TABLE {} ADD COLUMN {} {}",
                            quoted(&layout.table),
                            quoted(column.name),
                            column.sql_type(layout.geometry)
                        ))?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// Lists one of our own tables, so that no table of the file is unaccounted for.
fn register(
    tx: &Transaction<'_>,
    table: &str,
    purpose: &str,
    at: Timestamp,
) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) \
         VALUES (?1, 'attributes', ?1, ?2)",
        [table, purpose],
    )?;
    stamp(tx, table, at)
}

/// Writes when a table last changed.
pub(super) fn stamp(db: &Connection, table: &str, at: Timestamp) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE gpkg_contents \
         SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', ? / 1000.0, 'unixepoch') \
         WHERE table_name = ?",
    )?
    .execute(params![at.0, table])?;
    Ok(())
}

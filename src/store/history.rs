//! What happened to a record, told from the change table and the imports.

use rusqlite::OptionalExtension;

use super::error::StoreError;
use super::layout::quoted;
use super::{Store, extra};
use crate::base::{Id, Timestamp};
use crate::model::Value;

/// What kind of entry a [`ChangeRecord`] is.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// An import brought the record.
    Added,
    /// A field changed: the field, its value before and after; a geometry shows as a fingerprint.
    Changed(super::change::Change),
    /// A replacing import, or taking an import back, removed it.
    Removed,
    /// Taking an import back restored it.
    Restored,
}

/// One entry of a record's history.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRecord {
    /// Its number in the change table; grows with time.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What.
    pub event: Event,
    /// Why, if it was said.
    pub why: Option<String>,
    /// The file, if an import did it.
    pub source: Option<String>,
    /// It takes an earlier entry back.
    pub undo: bool,
}

impl Store {
    /// Everything that happened to a record, oldest first.
    pub fn history(&self, id: Id) -> Result<Vec<ChangeRecord>, StoreError> {
        let told = || -> rusqlite::Result<(bool, Vec<ChangeRecord>)> {
            let added = self.arrival(id)?;
            let there = added.is_some();
            let mut out: Vec<ChangeRecord> = added.flatten().into_iter().collect();
            let mut statement = self.db.prepare_cached(
                "SELECT c.seq, c.at, c.who, c.field, c.old, c.new, c.why, b.source, c.undoes \
                 FROM shouye_change AS c LEFT JOIN shouye_batch AS b ON b.batch = c.batch \
                 WHERE c.id = ? ORDER BY c.seq",
            )?;
            let mut rows = statement.query([id.to_string()])?;
            while let Some(row) = rows.next()? {
                let value = |at| -> rusqlite::Result<Option<Value>> {
                    let json: Option<String> = row.get(at)?;
                    Ok(json.as_deref().and_then(extra::read_value))
                };
                let (old, new) = (value(4)?, value(5)?);
                let event = match row.get::<_, Option<String>>(3)? {
                    Some(field) => Event::Changed(super::change::Change { field, old, new }),
                    None if new.is_none() => Event::Removed,
                    None => Event::Restored,
                };
                out.push(ChangeRecord {
                    seq: row.get::<_, i64>(0)?.unsigned_abs(),
                    at: Timestamp(row.get(1)?),
                    who: row.get(2)?,
                    event,
                    why: row.get(6)?,
                    source: row.get(7)?,
                    undo: row.get::<_, Option<i64>>(8)?.is_some(),
                });
            }
            out.sort_by_key(|record| record.seq);
            Ok((there, out))
        };
        let (there, out) = told().map_err(|source| self.fault(source))?;
        if !there && out.is_empty() {
            return Err(StoreError::UnknownRecord { id });
        }
        Ok(out)
    }

    /// `None`: no such record now. `Some(None)`: it is there, but no import brought it.
    fn arrival(&self, id: Id) -> rusqlite::Result<Option<Option<ChangeRecord>>> {
        for layout in self.layouts.values() {
            let batch: Option<Option<i64>> = self
                .db
                .prepare_cached(&format!(
                    "SELECT batch FROM {} WHERE id = ?",
                    quoted(&layout.table)
                ))?
                .query_row([id.to_string()], |row| row.get(0))
                .optional()?;
            let Some(batch) = batch else { continue };
            let Some(batch) = batch else { return Ok(Some(None)) };
            return self
                .db
                .prepare_cached("SELECT at, who, source FROM shouye_batch WHERE batch = ?")?
                .query_row([batch], |row| {
                    Ok(ChangeRecord {
                        seq: batch.unsigned_abs(),
                        at: Timestamp(row.get(0)?),
                        who: row.get(1)?,
                        event: Event::Added,
                        why: None,
                        source: row.get(2)?,
                        undo: false,
                    })
                })
                .optional()
                .map(Some);
        }
        Ok(None)
    }
}

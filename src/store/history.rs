//! What happened to a record, told from the change table and the imports.

use super::error::StoreError;
use super::geopackage::quoted;
use super::{Change, Store, extra};
use crate::base::{Id, Timestamp};
use crate::model::Value;

/// The field name of an entry about the record as a whole.
pub const WHOLE_RECORD: &str = "*";

/// One entry of a record's history.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRecord {
    /// Its number in the change table; grows with time.
    pub seq: i64,
    /// The number of the first entry of those made together.
    pub act: i64,
    /// When, ISO 8601.
    pub at: String,
    /// Who.
    pub who: String,
    /// What: a field with its value before and after; a geometry shows as a fingerprint.
    /// [`WHOLE_RECORD`] with only an old value, its name: the record was removed; with only a new one: added or restored.
    pub change: Change,
    /// Why, if somebody said so.
    pub why: Option<String>,
    /// The file, if an import did it.
    pub source: Option<String>,
    /// Whether it takes an earlier change back.
    pub is_undo: bool,
}

impl Store {
    /// What changed about a record since an import brought it, oldest first.
    pub fn history(&self, id: Id) -> Result<Vec<ChangeRecord>, StoreError> {
        let told = || -> rusqlite::Result<(bool, Vec<ChangeRecord>)> {
            let there = self.is_there(id)?;
            let mut out = Vec::new();
            let mut statement = self.db.prepare_cached(
                "SELECT c.seq, c.at, c.who, c.field, c.old, c.new, c.why, b.source, c.undoes, c.act \
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
                let field: Option<String> = row.get(3)?;
                out.push(ChangeRecord {
                    seq: row.get(0)?,
                    at: Timestamp(row.get(1)?).to_string(),
                    who: row.get(2)?,
                    change: Change {
                        field: field.unwrap_or_else(|| WHOLE_RECORD.to_owned()),
                        old,
                        new,
                    },
                    why: row.get(6)?,
                    source: row.get(7)?,
                    act: row.get(9)?,
                    is_undo: row.get::<_, Option<i64>>(8)?.is_some(),
                });
            }
            Ok((there, out))
        };
        let (there, out) = told().map_err(|source| self.fault(source))?;
        if !there && out.is_empty() {
            return Err(StoreError::NoRecord { id });
        }
        Ok(out)
    }

    fn is_there(&self, id: Id) -> rusqlite::Result<bool> {
        for layout in self.layouts.values() {
            let sql =
                format!("SELECT EXISTS (SELECT 1 FROM {} WHERE id = ?)", quoted(&layout.table));
            if self.db.prepare_cached(&sql)?.query_row([id.to_string()], |row| row.get(0))? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

//! Changing records through the append-only change table, and walking back.

use rusqlite::{OptionalExtension, params_from_iter};

use super::import::WHOLE_ROW;
use super::row::{RowForm, read_value, value_text};
use super::{Store, StoreError};
use crate::base::Id;
use crate::model::field::HEAD_FIELDS;
use crate::model::{Feature, Field, FieldType, Kind, Value};

/// One field's change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Which field.
    pub field: String,
    /// Before; `None` = no data.
    pub old: Option<Value>,
    /// After; `None` = no data.
    pub new: Option<Value>,
}

/// A change as it stands in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRecord {
    /// Its place in the log.
    pub seq: i64,
    /// When, ISO 8601.
    pub at: String,
    /// Who.
    pub who: String,
    /// What; an import that overwrote the whole row says field `*` and no values.
    pub change: Change,
    /// Why, if somebody said so.
    pub why: Option<String>,
    /// Whether it takes an earlier change back.
    pub is_undo: bool,
}

/// A line about to be appended.
pub(super) struct Entry<'a> {
    pub who: &'a str,
    pub action: i64,
    pub undoes: Option<i64>,
    pub batch: Option<i64>,
    pub kind: Kind,
    pub record: Id,
    pub field: &'a str,
    pub old: Option<String>,
    pub new: Option<String>,
    pub why: Option<&'a str>,
}

impl Store {
    pub(super) fn next_action(&self) -> rusqlite::Result<i64> {
        self.connection.query_row(
            // Actions never decrease along the log, so the last line has the greatest.
            "SELECT coalesce((SELECT action FROM shouye_change ORDER BY seq DESC LIMIT 1),0)+1",
            [],
            |row| row.get(0),
        )
    }

    pub(super) fn append(&self, entry: &Entry<'_>) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO shouye_change (at,who,action,undoes,batch,layer,record,field,old,new,why)
                 VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)",
            )?
            .execute((
                self.now(),
                entry.who,
                entry.action,
                entry.undoes,
                entry.batch,
                entry.kind.table(),
                entry.record.to_string(),
                entry.field,
                entry.old.as_deref(),
                entry.new.as_deref(),
                entry.why,
            ))
            .map(drop)
    }

    /// Changes fields of a record; `None` as value means no data. Words that ledgers use for a
    /// choice are understood. Returns what really changed; nothing is changed when one value is refused.
    ///
    /// # Errors
    /// [`StoreError::NoRecord`], [`StoreError::NoField`], [`StoreError::BadValue`].
    pub fn set(
        &mut self,
        id: Id,
        changes: &[(String, Option<Value>)],
        who: &str,
        why: Option<&str>,
    ) -> Result<Vec<Change>, StoreError> {
        let old = self.find(id)?.ok_or(StoreError::NoRecord { id })?;
        let mut new = old.clone();
        let mut made: Vec<Change> = Vec::new();
        for (field, value) in changes {
            let value = fitted(old.kind, field, value.clone())?;
            let before = new.value(field);
            put_value(&mut new, field, value.clone());
            if before != value {
                made.push(Change { field: field.clone(), old: before, new: value });
            }
        }
        if made.is_empty() {
            return Ok(made);
        }
        self.begin()?;
        let written = self
            .next_action()
            .and_then(|action| self.write_changes(&new, &made, who, why, (action, None)));
        self.finish(written)?;
        Ok(made)
    }

    /// Takes back the last action that has not been taken back yet. Undoing is appended like any
    /// other change; undoing again walks further back. `None` if there is nothing left.
    pub fn undo_set(&mut self) -> Result<Option<(Id, Vec<Change>)>, StoreError> {
        self.begin()?;
        let undone = self.undo_last_action();
        match undone {
            Ok(undone) => self.commit().map(|()| undone),
            Err(error) => {
                self.roll_back();
                Err(error)
            }
        }
    }

    fn undo_last_action(&self) -> Result<Option<(Id, Vec<Change>)>, StoreError> {
        let last = self
            .connection
            .query_row(
                "SELECT action, record, layer FROM shouye_change AS c
                 WHERE batch IS NULL AND undoes IS NULL
                   AND NOT EXISTS (SELECT 1 FROM shouye_change AS u WHERE u.undoes = c.action)
                 ORDER BY seq DESC LIMIT 1",
                [],
                |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
                },
            )
            .optional()
            .map_err(|e| self.fault(e))?;
        let Some((action, record, layer)) = last else { return Ok(None) };
        let (Some(id), Some(kind)) = (Id::parse(&record), Kind::parse(&layer)) else {
            return Ok(None);
        };
        let Some(mut feature) = self.find_in(kind, id)? else {
            return Err(StoreError::NoRecord { id });
        };
        let read = || {
            let mut query = self.connection.prepare(
                "SELECT field, old, who FROM shouye_change WHERE action=?1 ORDER BY seq DESC",
            )?;
            let rows = query.query_map([action], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, Option<String>>(1)?,
                    row.get::<_, String>(2)?,
                ))
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        let lines = read().map_err(|e| self.fault(e))?;
        let mut made = Vec::new();
        let mut who = String::new();
        for (field, old, by) in lines {
            let back = old.as_deref().and_then(read_value);
            let before = feature.value(&field);
            put_value(&mut feature, &field, back.clone());
            made.push(Change { field, old: before, new: back });
            who = by;
        }
        self.next_action()
            .and_then(|next| self.write_changes(&feature, &made, &who, None, (next, Some(action))))
            .map_err(|e| self.fault(e))?;
        Ok(Some((id, made)))
    }

    fn write_changes(
        &self,
        feature: &Feature,
        changes: &[Change],
        who: &str,
        why: Option<&str>,
        (action, undoes): (i64, Option<i64>),
    ) -> rusqlite::Result<()> {
        let form = RowForm::of(feature.kind);
        self.connection
            .prepare_cached(&form.update())?
            .execute(params_from_iter(form.parameters(feature)))?;
        for change in changes {
            self.append(&Entry {
                who,
                action,
                undoes,
                batch: None,
                kind: feature.kind,
                record: feature.id,
                field: &change.field,
                old: change.old.as_ref().map(value_text),
                new: change.new.as_ref().map(value_text),
                why,
            })?;
        }
        Ok(())
    }

    fn finish(&mut self, written: rusqlite::Result<()>) -> Result<(), StoreError> {
        match written {
            Ok(()) => self.commit(),
            Err(error) => {
                self.roll_back();
                Err(self.fault(error))
            }
        }
    }

    /// What happened to a record, oldest first.
    pub fn history(&self, id: Id) -> Result<Vec<ChangeRecord>, StoreError> {
        let read = || {
            let mut query = self.connection.prepare_cached(
                "SELECT seq,at,who,field,old,new,why,undoes FROM shouye_change WHERE record=?1 ORDER BY seq",
            )?;
            let rows = query.query_map([id.to_string()], |row| {
                let field: String = row.get(3)?;
                let value = |at: usize| -> rusqlite::Result<Option<Value>> {
                    let text: Option<String> = row.get(at)?;
                    // A whole row's image is no value.
                    Ok(text.filter(|_| field != WHOLE_ROW).as_deref().and_then(read_value))
                };
                Ok(ChangeRecord {
                    seq: row.get(0)?,
                    at: row.get(1)?,
                    who: row.get(2)?,
                    change: Change { old: value(4)?, new: value(5)?, field: field.clone() },
                    why: row.get(6)?,
                    is_undo: row.get::<_, Option<i64>>(7)?.is_some(),
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|e| self.fault(e))
    }
}

fn fitted(kind: Kind, name: &str, value: Option<Value>) -> Result<Option<Value>, StoreError> {
    let unknown = || StoreError::NoField { kind: kind.key(), field: name.to_owned() };
    let field = kind.field(name).ok_or_else(unknown)?;
    let Some(value) = value else { return Ok(None) };
    let shown = value.to_string();
    field.fit(value).map_err(|_fault| StoreError::BadValue {
        field: name.to_owned(),
        value: shown,
        expected: expected(field),
    })
}

/// What a field takes, for the next step of an error.
fn expected(field: &Field) -> String {
    match field.field_type {
        FieldType::Choice | FieldType::Choices => field
            .values
            .iter()
            .map(|choice| match choice.aliases.first() {
                Some(alias) => format!("{} ({alias})", choice.key),
                None => choice.key.clone(),
            })
            .collect::<Vec<_>>()
            .join(", "),
        other if field.must_be_non_negative() => format!("{} >= 0", other.key()),
        other => other.key().to_owned(),
    }
}

fn put_value(feature: &mut Feature, field: &str, value: Option<Value>) {
    let text = || value.as_ref().map(ToString::to_string);
    match field {
        "code" => feature.code = text(),
        "name" => feature.name = text().unwrap_or_default(),
        "source" => feature.provenance.source = text(),
        "as_of" => feature.provenance.as_of = text(),
        other => {
            debug_assert!(!HEAD_FIELDS.contains(&other));
            feature.attributes.set(feature.kind, other, value);
        }
    }
}

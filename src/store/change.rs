//! The append-only change table: who changed which field of which record, when and why.

use rusqlite::types::{Value as Cell, ValueRef};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::error::StoreError;
use super::geopackage::quoted;
use super::layout::{Column, Holds, Layout};
use super::{Store, add, extra, ledger, open, past, row};
use crate::base::{Id, Timestamp};
use crate::model::{Field, FieldType, Kind, Value};

/// One field that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The field.
    pub field: String,
    /// Its value before; `None` = no data.
    pub old: Option<Value>,
    /// Its value now; `None` = no data.
    pub new: Option<Value>,
}

/// A row of the change table about to be written.
#[derive(Clone)]
pub(super) struct Entry<'a> {
    pub(super) at: Timestamp,
    pub(super) who: &'a str,
    /// The import that made the change; `None` for a person's own change and for the import itself.
    pub(super) batch: Option<i64>,
    pub(super) layer: &'a str,
    /// The record; `None` for an import as a whole.
    pub(super) id: Option<&'a str>,
    /// The column; `None` for a record removed (`new` is `None`), or added or brought back.
    pub(super) field: Option<&'a str>,
    /// JSON scalars, see [`recorded`].
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
    pub(super) why: Option<&'a str>,
    /// The group it belongs to; `None` begins one.
    pub(super) act: Option<i64>,
    /// The group it takes back.
    pub(super) undoes: Option<i64>,
}

/// Appends to the change table and returns the row's number.
pub(super) fn append(db: &Connection, entry: &Entry<'_>) -> rusqlite::Result<i64> {
    let mut statement = db.prepare_cached(
        "INSERT INTO shouye_change \
         (seq, at, who, batch, layer, id, field, old, new, why, act, undoes) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    let next: i64 = db
        .prepare_cached("SELECT coalesce(max(seq), 0) + 1 FROM shouye_change")?
        .query_row([], |row| row.get(0))?;
    statement.execute(params![
        next,
        entry.at.0,
        entry.who,
        entry.batch,
        entry.layer,
        entry.id,
        entry.field,
        entry.old,
        entry.new,
        entry.why,
        entry.act.unwrap_or(next),
        entry.undoes
    ])?;
    Ok(next)
}

/// A cell as the change table keeps it: a JSON scalar; a geometry by its fingerprint; `None` = no data.
pub(super) fn recorded(column: Column, cell: &Cell) -> Option<String> {
    match (column.holds, cell) {
        (_, Cell::Null) => None,
        (_, Cell::Blob(blob)) => Some(format!("\"blake3:{}\"", &blake3::hash(blob).to_hex()[..32])),
        (Holds::Field(holds), cell) => {
            row::value(holds, ValueRef::from(cell)).map(|value| extra::write_value(&value))
        }
        (Holds::Sample, cell) => Some(extra::write_value(&(*cell != Cell::Integer(0)).into())),
        (Holds::Geometry | Holds::Extra, Cell::Text(text)) => {
            Some(extra::write_value(&text.as_str().into()))
        }
        (Holds::Geometry | Holds::Extra, _) => None,
    }
}

/// The name of a row as the change table keeps it.
pub(super) fn name_of(layout: &Layout, cells: &[Cell]) -> String {
    layout
        .position("name")
        .and_then(|at| recorded(layout.columns[at], &cells[at]))
        .unwrap_or_else(|| extra::write_value(&"".into()))
}

/// Where a record lies.
pub(super) struct Found<'a> {
    pub(super) layout: &'a Layout,
    pub(super) fid: i64,
}

impl Store {
    /// Sets fields of a record, `None` for "no data", and returns what really changed. Words of the
    /// ledgers are understood (`启用` for `open`); all fields change or none. Quantities of stock are
    /// not set but moved: [`Store::move_stock`].
    pub fn set(
        &mut self,
        id: Id,
        changes: &[(String, Option<Value>)],
        who: &str,
        why: Option<&str>,
    ) -> Result<Vec<Change>, StoreError> {
        self.writable()?;
        let at = self.clock.now();
        let path = self.path.clone();
        let fault = |source| StoreError::sql(&path, source);
        let Self { db, layouts, .. } = self;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        let found = locate(&tx, layouts.values(), &id.to_string())
            .map_err(fault)?
            .ok_or(StoreError::NoRecord { id })?;
        let kind = found.layout.kind;
        let mut wanted: Vec<(Column, Option<Value>)> = Vec::new();
        for (name, value) in changes {
            let (column, value) = fitted(found.layout, kind, name, value.clone())?;
            if kind == Kind::Stock && column.name == "quantity" {
                return Err(StoreError::LedgerOnly { id });
            }
            wanted.retain(|(earlier, _)| earlier.name != column.name);
            wanted.push((column, value));
        }
        let made = write(&tx, &found, id, &wanted, (at, who, why, None)).map_err(fault)?;
        if !made.is_empty() {
            open::count_change(&tx).map_err(fault)?;
            tx.commit().map_err(fault)?;
        }
        Ok(made)
    }

    /// Takes back the last [`Self::set`] or [`Self::add`] that is not taken back yet; called again, the
    /// one before it. A field that has got another value since keeps it, and so does an added record.
    /// `None` when there is nothing to take back.
    pub fn undo_set(&mut self, who: &str) -> Result<Option<(Id, Vec<Change>)>, StoreError> {
        self.writable()?;
        let at = self.clock.now();
        let path = self.path.clone();
        let fault = |source| StoreError::sql(&path, source);
        let Self { db, layouts, .. } = self;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        let mut before = i64::MAX;
        while let Some((act, id, adds)) = last_act(&tx, before).map_err(fault)? {
            before = act;
            if ledger::is_movement(&tx, act).map_err(fault)? {
                let taking = (at, who, None, Some(act));
                let taken = ledger::take_back(&tx, layouts, act, taking).map_err(fault)?;
                let Some(taken) = taken else { continue };
                open::count_change(&tx).map_err(fault)?;
                tx.commit().map_err(fault)?;
                return Ok(Some(taken));
            }
            let Some(found) = locate(&tx, layouts.values(), &id).map_err(fault)? else { continue };
            let Some(id) = Id::parse(&id) else { continue };
            let taking = (at, who, None, Some(act));
            let made = if adds {
                add::take_back(&tx, &found, id, taking).map_err(fault)?
            } else {
                let wanted = reversed(&tx, &found, act).map_err(fault)?;
                let made = write(&tx, &found, id, &wanted, taking).map_err(fault)?;
                (!made.is_empty()).then_some(made)
            };
            let Some(made) = made else { continue };
            open::count_change(&tx).map_err(fault)?;
            tx.commit().map_err(fault)?;
            return Ok(Some((id, made)));
        }
        Ok(None)
    }
}

/// Finds a record by its id, whatever its kind.
fn locate<'a>(
    db: &Connection,
    layouts: impl Iterator<Item = &'a Layout>,
    id: &str,
) -> rusqlite::Result<Option<Found<'a>>> {
    for layout in layouts {
        let fid = db
            .prepare_cached(&format!("SELECT fid FROM {} WHERE id = ?", quoted(&layout.table)))?
            .query_row([id], |row| row.get(0))
            .optional()?;
        if let Some(fid) = fid {
            return Ok(Some(Found { layout, fid }));
        }
    }
    Ok(None)
}

/// The column of a field and the value as the field can hold it.
pub(super) fn fitted(
    layout: &Layout,
    kind: Kind,
    name: &str,
    value: Option<Value>,
) -> Result<(Column, Option<Value>), StoreError> {
    let unknown = || StoreError::NoField { kind: kind.key(), field: name.to_owned() };
    let field: &Field = kind.field(name).ok_or_else(unknown)?;
    let at = layout.position(name).ok_or_else(unknown)?;
    let value = match value {
        None => None,
        Some(value) => {
            let given = value.to_string();
            field.fit(value).map_err(|_fault| StoreError::BadValue {
                field: name.to_owned(),
                value: given,
                expected: expected(field),
            })?
        }
    };
    Ok((layout.columns[at], value))
}

/// What a field takes, for the next step of an error.
fn expected(field: &Field) -> String {
    match field.field_type {
        FieldType::Choice | FieldType::Choices => {
            let words = field.values.iter().map(|choice| match choice.aliases.first() {
                Some(alias) => format!("{} ({alias})", choice.key),
                None => choice.key.clone(),
            });
            words.collect::<Vec<_>>().join(", ")
        }
        FieldType::Time => "2026-11-23 14:20".to_owned(),
        other if field.must_be_non_negative() => format!("{} >= 0", other.key()),
        other => other.key().to_owned(),
    }
}

/// When, who, why, and the group it takes back.
pub(super) type Act<'a> = (Timestamp, &'a str, Option<&'a str>, Option<i64>);

fn write(
    tx: &Transaction<'_>,
    found: &Found<'_>,
    id: Id,
    wanted: &[(Column, Option<Value>)],
    (at, who, why, undoes): Act<'_>,
) -> rusqlite::Result<Vec<Change>> {
    let layout = found.layout;
    let id = id.to_string();
    let now = past::row_by_fid(tx, layout, found.fid)?;
    let mut cells = now.cells.clone();
    let mut made = Vec::new();
    let mut act = None;
    for (column, value) in wanted {
        let (Holds::Field(holds), Some(position)) = (column.holds, layout.position(column.name))
        else {
            continue;
        };
        let new = value.as_ref().map_or(Cell::Null, |value| row::cell(holds, value));
        if new == cells[position] {
            continue;
        }
        let old = std::mem::replace(&mut cells[position], new);
        let entry = Entry {
            at,
            who,
            batch: None,
            layer: &layout.table,
            id: Some(&id),
            field: Some(column.name),
            old: recorded(*column, &old),
            new: recorded(*column, &cells[position]),
            why,
            act,
            undoes,
        };
        let seq = append(tx, &entry)?;
        act.get_or_insert(seq);
        made.push(Change {
            field: column.name.to_owned(),
            old: row::value(holds, ValueRef::from(&old)),
            new: row::value(holds, ValueRef::from(&cells[position])),
        });
    }
    if !made.is_empty() {
        past::overwrite(tx, layout, found.fid, &cells)?;
    }
    Ok(made)
}

/// The newest group before `before` that a person made and nobody took back: its number, the record,
/// and whether it added that.
fn last_act(db: &Connection, before: i64) -> rusqlite::Result<Option<(i64, String, bool)>> {
    db.prepare_cached(
        "SELECT act, id, field IS NULL FROM shouye_change AS c \
         WHERE seq < ? AND act = seq AND batch IS NULL AND undoes IS NULL AND id IS NOT NULL \
           AND NOT EXISTS (SELECT 1 FROM shouye_change AS u WHERE u.undoes = c.act) \
         ORDER BY seq DESC LIMIT 1",
    )?
    .query_row([before], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    .optional()
}

/// What a group has to be set to so that it is taken back: fields that still have the group's value.
fn reversed(
    db: &Connection,
    found: &Found<'_>,
    act: i64,
) -> rusqlite::Result<Vec<(Column, Option<Value>)>> {
    let now = past::row_by_fid(db, found.layout, found.fid)?;
    let mut statement = db.prepare_cached(
        "SELECT field, old, new FROM shouye_change WHERE act = ? AND seq >= ?1 ORDER BY seq",
    )?;
    let mut rows = statement.query([act])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let field: String = row.get(0)?;
        let Some(at) = found.layout.position(&field) else { continue };
        let column = found.layout.columns[at];
        let new: Option<String> = row.get(2)?;
        if recorded(column, &now.cells[at]) == new {
            let old: Option<String> = row.get(1)?;
            out.push((column, old.as_deref().and_then(extra::read_value)));
        }
    }
    Ok(out)
}

//! Taking the last import back: rows it brought go, rows it changed or removed are as they were.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::batch::{declare, measured_extent};
use super::change::{self, Entry};
use super::error::StoreError;
use super::layout::Layout;
use super::{BatchSummary, Store, open, past};
use crate::base::Timestamp;
use crate::model::Kind;

struct Last {
    batch: i64,
    /// Who takes it back.
    who: String,
    kind: Kind,
    kinds: Vec<Kind>,
    source: String,
}

impl Store {
    /// The file of the import that [`Self::undo_import`] would take back; `None` when there is none.
    pub fn last_import(&self) -> Result<Option<String>, StoreError> {
        let last = last(&self.db, "").map_err(|source| self.fault(source))?;
        Ok(last.map(|last| last.source))
    }

    /// Takes the last import back that is not taken back yet, and says what it had done. Fields that
    /// people have set since keep their value. Sample data (示例数据) is not an import of the user's
    /// and stays. `None` when there is nothing to take back; the last five imports can be.
    pub fn undo_import(&mut self, who: &str) -> Result<Option<BatchSummary>, StoreError> {
        self.writable()?;
        let at = self.clock.now();
        let path = self.path.clone();
        let fault = |source| StoreError::sql(&path, source);
        let Self { db, layouts, .. } = self;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        let Some(last) = last(&tx, who).map_err(fault)? else { return Ok(None) };
        let mut summary = BatchSummary {
            batch: last.batch,
            kind: last.kind,
            kinds: last.kinds.clone(),
            source: last.source.clone(),
            added: 0,
            updated: 0,
            unchanged: 0,
            removed: 0,
        };
        let mut take_back = || -> rusqlite::Result<()> {
            let seq = change::append(&tx, &entry(at, &last, None, &last.kind.table()))?;
            for kind in &last.kinds {
                let Some(layout) = layouts.get(kind) else { continue };
                remove_added(&tx, layout, &last, at, &mut summary)?;
                restore_kept(&tx, layout, &last, at, &mut summary)?;
                declare(&tx, layout, measured_extent(&tx, layout)?, at)?;
            }
            tx.execute(
                "UPDATE shouye_batch SET undone = ? WHERE batch = ?",
                params![seq, last.batch],
            )?;
            tx.execute("DELETE FROM shouye_past WHERE batch = ?", [last.batch])?;
            open::count_change(&tx)?;
            Ok(())
        };
        take_back().map_err(fault)?;
        tx.commit().map_err(fault)?;
        Ok(Some(summary))
    }
}

fn entry<'a>(at: Timestamp, last: &'a Last, id: Option<&'a str>, layer: &'a str) -> Entry<'a> {
    Entry {
        at,
        who: &last.who,
        batch: Some(last.batch),
        layer,
        id,
        field: None,
        old: None,
        new: None,
        why: None,
        act: None,
        undoes: Some(last.batch),
    }
}

fn last(db: &Connection, who: &str) -> rusqlite::Result<Option<Last>> {
    let last = db
        .query_row(
            "SELECT batch, kinds, source, \
               (SELECT layer FROM shouye_change WHERE seq = shouye_batch.batch) \
             FROM shouye_batch WHERE undone IS NULL AND NOT sample ORDER BY batch DESC LIMIT 1",
            [],
            |row| {
                let kinds: String = row.get(1)?;
                let layer: String = row.get(3)?;
                let kinds: Vec<Kind> = kinds.split(' ').filter_map(Kind::parse).collect();
                let kind = Kind::parse(&layer).or_else(|| kinds.first().copied());
                Ok(kind.map(|kind| (kind, kinds, row.get(0), row.get(2))))
            },
        )
        .optional()?
        .flatten();
    let Some((kind, kinds, batch, source)) = last else { return Ok(None) };
    let last = Last { batch: batch?, who: who.to_owned(), kind, kinds, source: source? };
    Ok(past::is_kept(db, last.batch)?.then_some(last))
}

fn remove_added(
    db: &Connection,
    layout: &Layout,
    last: &Last,
    at: Timestamp,
    summary: &mut BatchSummary,
) -> rusqlite::Result<()> {
    for fid in past::rows_of(db, layout, last.batch)? {
        let row = past::row_by_fid(db, layout, fid)?;
        // Only a record with a history of its own needs an entry saying how it ended.
        let known: bool = db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM shouye_change WHERE id = ?)")?
            .query_row([&row.id], |found| found.get(0))?;
        if known {
            let name = change::name_of(layout, &row.cells);
            let gone = Entry { old: Some(name), ..entry(at, last, Some(&row.id), &layout.table) };
            change::append(db, &gone)?;
        }
        past::remove(db, layout, fid)?;
        summary.added += 1;
    }
    Ok(())
}

fn restore_kept(
    db: &Connection,
    layout: &Layout,
    last: &Last,
    at: Timestamp,
    summary: &mut BatchSummary,
) -> rusqlite::Result<()> {
    past::each_kept(db, layout, last.batch, &mut |mut old| {
        // A record that came again meanwhile stands under another number.
        let there = past::number_of(db, layout, &old.id)?;
        if let Some(fid) = there {
            old.fid = fid;
        } else {
            past::bring_back(db, layout, &old)?;
            let name = change::name_of(layout, &old.cells);
            let back = Entry { new: Some(name), ..entry(at, last, Some(&old.id), &layout.table) };
            change::append(db, &back)?;
            summary.removed += 1;
            return Ok(());
        }
        let now = past::row_by_fid(db, layout, old.fid)?;
        let set_since = set_since(db, &old.id, last.batch)?;
        let mut act = None;
        for (position, column) in layout.columns.iter().enumerate() {
            if set_since.contains(column.name) {
                old.cells[position] = now.cells[position].clone();
            }
            if old.cells[position] == now.cells[position] {
                continue;
            }
            let field = Entry {
                field: Some(column.name),
                old: change::recorded(*column, &now.cells[position]),
                new: change::recorded(*column, &old.cells[position]),
                act,
                ..entry(at, last, Some(&old.id), &layout.table)
            };
            let seq = change::append(db, &field)?;
            act.get_or_insert(seq);
        }
        past::overwrite(db, layout, old.fid, &old.cells)?;
        summary.updated += 1;
        Ok(())
    })
}

/// Fields of a record that people have set, or taken back, since an import.
fn set_since(db: &Connection, id: &str, batch: i64) -> rusqlite::Result<BTreeSet<String>> {
    db.prepare_cached(
        "SELECT DISTINCT field FROM shouye_change \
         WHERE id = ? AND seq > ? AND batch IS NULL AND field IS NOT NULL",
    )?
    .query_map(params![id, batch], |row| row.get(0))?
    .collect()
}

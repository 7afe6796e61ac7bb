//! Imports: many rows in one transaction, or nothing.

use std::collections::{BTreeMap, BTreeSet};

use geo::BoundingRect;
use geo_types::Rect;
use rusqlite::types::Value as Cell;
use rusqlite::{CachedStatement, Connection, params};

use super::change::{self, Entry};
use super::error::StoreError;
use super::geopackage::quoted;
use super::layout::{GeometryType, Layout};
use super::{Store, functions, geopackage, open, past, read, row, schema};
use crate::base::Timestamp;
use crate::model::{Feature, Kind};

/// What is about to be imported.
#[derive(Clone, Debug)]
pub struct ImportBatch {
    /// The layer; rows of other kinds may come in the same transaction.
    pub kind: Kind,
    /// The file or whoever delivers the rows.
    pub source: String,
    /// Afterwards the layers hold just these rows.
    pub replace: bool,
    /// Who imports.
    pub who: String,
    /// The demo county itself: not the user's own import, so it is never taken back.
    pub demo: bool,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// There was no row with this id.
    Added,
    /// The row with this id now carries the new values.
    Updated,
    /// The row with this id says the same already.
    Unchanged,
}

/// What an import did, or what taking it back undid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchSummary {
    /// Its number; grows with time.
    pub batch: i64,
    /// The layer asked for.
    pub kind: Kind,
    /// All layers that changed, in the order of [`Kind::ALL`].
    pub kinds: Vec<Kind>,
    /// The file or whoever delivered the rows.
    pub source: String,
    /// New rows.
    pub added: u64,
    /// Rows with new values.
    pub updated: u64,
    /// Rows that said the same already.
    pub unchanged: u64,
    /// Rows that a replacement took away.
    pub removed: u64,
}

/// An import in progress. Dropping it without [`Self::commit`] leaves the store as it was.
pub struct ImportTransaction<'a> {
    store: &'a Store,
    ask: ImportBatch,
    batch: i64,
    at: Timestamp,
    layers: BTreeMap<Kind, LayerWriter<'a>>,
    counts: [i64; 4],
    open: bool,
}

struct LayerWriter<'a> {
    layout: &'a Layout,
    insert: CachedStatement<'a>,
    extent: Option<Rect<f64>>,
    /// Rows that were there before and are in the file too; only a replacement needs to know.
    seen: BTreeSet<i64>,
    touched: bool,
    /// Something was taken away or moved: the extent must be measured again.
    shrunk: bool,
}

const ADDED: usize = 0;
const UPDATED: usize = 1;
const UNCHANGED: usize = 2;
const REMOVED: usize = 3;

impl Store {
    /// Begins an import; the store is locked for other writers until it is committed or dropped.
    pub fn import(&mut self, batch: ImportBatch) -> Result<ImportTransaction<'_>, StoreError> {
        self.writable()?;
        let at = self.clock.now();
        let store: &Self = self;
        let fault = |source| store.fault(source);
        store.db.execute_batch("BEGIN IMMEDIATE").map_err(fault)?;
        let mut import = ImportTransaction {
            store,
            ask: batch,
            batch: 0,
            at,
            layers: BTreeMap::new(),
            counts: [0; 4],
            open: true,
        };
        import.batch = import.begin().map_err(fault)?;
        import.writer(import.ask.kind)?;
        Ok(import)
    }
}

impl<'a> ImportTransaction<'a> {
    fn begin(&self) -> rusqlite::Result<i64> {
        let seq = change::append(
            &self.store.db,
            &Entry {
                at: self.at,
                who: &self.ask.who,
                batch: None,
                layer: &self.ask.kind.table(),
                id: None,
                field: None,
                old: None,
                new: Some(super::extra::write_value(&self.ask.source.as_str().into())),
                why: None,
                act: None,
                undoes: None,
            },
        )?;
        self.store.db.execute(
            "INSERT INTO shouye_batch VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, NULL)",
            params![
                seq,
                self.at.0,
                self.ask.who,
                self.ask.kind.key(),
                self.ask.source,
                self.ask.replace
            ],
        )?;
        Ok(seq)
    }

    fn writer(&mut self, kind: Kind) -> Result<&mut LayerWriter<'a>, StoreError> {
        let store = self.store;
        match self.layers.entry(kind) {
            std::collections::btree_map::Entry::Occupied(entry) => Ok(entry.into_mut()),
            std::collections::btree_map::Entry::Vacant(entry) => {
                let layout = store.layouts.get(&kind).ok_or_else(|| StoreError::Damaged {
                    file: store.path.clone(),
                    detail: format!("no table {}", kind.table()),
                })?;
                let insert =
                    store.db.prepare_cached(&layout.insert).map_err(|fault| store.fault(fault))?;
                Ok(entry.insert(LayerWriter {
                    layout,
                    insert,
                    extent: None,
                    seen: BTreeSet::new(),
                    touched: false,
                    shrunk: false,
                }))
            }
        }
    }

    /// Adds a row, or brings the row with its id up to date. An absent value keeps the one that is
    /// there, so that a ledger without a column does not empty it; a replacement and a real row that
    /// takes the place of a sample row set everything. A sample row never changes a real one.
    pub fn put(&mut self, feature: &Feature) -> Result<Put, StoreError> {
        let (store, batch) = (self.store, self.batch);
        let fault = |source| store.fault(source);
        let writer = self.writer(feature.kind)?;
        let cells = row::cells(writer.layout, feature)?;
        let insert = &mut writer.insert;
        insert.raw_bind_parameter(1, feature.id.to_string()).map_err(fault)?;
        insert.raw_bind_parameter(2, batch).map_err(fault)?;
        for (at, cell) in (3..).zip(&cells) {
            insert.raw_bind_parameter(at, cell).map_err(fault)?;
        }
        let put = if insert.raw_execute().map_err(fault)? == 1 {
            writer.touched = true;
            if writer.layout.geometry != GeometryType::None {
                let extent = feature.geometry.as_ref().and_then(BoundingRect::bounding_rect);
                writer.extent = joined(writer.extent, extent);
            }
            Put::Added
        } else {
            self.bring_up_to_date(feature, cells)?
        };
        self.counts[match put {
            Put::Added => ADDED,
            Put::Updated => UPDATED,
            Put::Unchanged => UNCHANGED,
        }] += 1;
        Ok(put)
    }

    fn bring_up_to_date(&mut self, feature: &Feature, cells: Vec<Cell>) -> Result<Put, StoreError> {
        let (store, batch, at) = (self.store, self.batch, self.at);
        let (replace, who) = (self.ask.replace, self.ask.who.clone());
        let fault = |source| store.fault(source);
        let writer = self.writer(feature.kind)?;
        let layout = writer.layout;
        let id = feature.id.to_string();
        let old = past::row_by_id(&store.db, layout, &id).map_err(fault)?;
        if replace && old.batch != Some(batch) {
            writer.seen.insert(old.fid);
        }
        let sample_at = layout.columns.len() - 1;
        let was_sample = old.cells[sample_at] != Cell::Integer(0);
        if feature.provenance.sample && !was_sample {
            return Ok(Put::Unchanged);
        }
        let whole = replace || was_sample && !feature.provenance.sample;
        let new = if whole { cells } else { merged(layout, &old.cells, cells, feature) };
        if new == old.cells {
            return Ok(Put::Unchanged);
        }
        let write = || -> rusqlite::Result<()> {
            if old.batch != Some(batch) {
                past::keep(&store.db, layout, batch, &old)?;
                let mut act = None;
                for (at_column, column) in layout.columns.iter().enumerate() {
                    if old.cells[at_column] == new[at_column] {
                        continue;
                    }
                    let entry = Entry {
                        at,
                        who: &who,
                        batch: Some(batch),
                        layer: &layout.table,
                        id: Some(&id),
                        field: Some(column.name),
                        old: change::recorded(*column, &old.cells[at_column]),
                        new: change::recorded(*column, &new[at_column]),
                        why: None,
                        act,
                        undoes: None,
                    };
                    let seq = change::append(&store.db, &entry)?;
                    act.get_or_insert(seq);
                }
            }
            past::overwrite(&store.db, layout, old.fid, &new)
        };
        write().map_err(fault)?;
        writer.touched = true;
        writer.shrunk = true;
        Ok(Put::Updated)
    }

    /// Makes the import durable; an import that changed nothing leaves no trace.
    pub fn commit(mut self) -> Result<BatchSummary, StoreError> {
        let store = self.store;
        let fault = |source| store.fault(source);
        if self.ask.replace {
            self.remove_unseen().map_err(fault)?;
        }
        let kinds: Vec<Kind> = self
            .layers
            .iter()
            .filter(|(_, writer)| writer.touched)
            .map(|(kind, _)| *kind)
            .collect();
        if !kinds.is_empty() {
            self.finish(&kinds).map_err(fault)?;
            store.db.execute_batch("COMMIT").map_err(fault)?;
            self.open = false;
        }
        Ok(BatchSummary {
            batch: self.batch,
            kind: self.ask.kind,
            kinds,
            source: self.ask.source.clone(),
            added: self.counts[ADDED].unsigned_abs(),
            updated: self.counts[UPDATED].unsigned_abs(),
            unchanged: self.counts[UNCHANGED].unsigned_abs(),
            removed: self.counts[REMOVED].unsigned_abs(),
        })
    }

    fn remove_unseen(&mut self) -> rusqlite::Result<()> {
        let db = &self.store.db;
        for writer in self.layers.values_mut() {
            let before = past::rows_not_of(db, writer.layout, self.batch, &writer.seen)?;
            for fid in before {
                let old = past::row_by_fid(db, writer.layout, fid)?;
                past::keep(db, writer.layout, self.batch, &old)?;
                let name = change::name_of(writer.layout, &old.cells);
                change::append(
                    db,
                    &Entry {
                        at: self.at,
                        who: &self.ask.who,
                        batch: Some(self.batch),
                        layer: &writer.layout.table,
                        id: Some(&old.id),
                        field: None,
                        old: Some(name),
                        new: None,
                        why: None,
                        act: None,
                        undoes: None,
                    },
                )?;
                past::remove(db, writer.layout, fid)?;
                self.counts[REMOVED] += 1;
                writer.touched = true;
                writer.shrunk = true;
            }
        }
        Ok(())
    }

    fn finish(&mut self, kinds: &[Kind]) -> rusqlite::Result<()> {
        let db = &self.store.db;
        for writer in self.layers.values().filter(|writer| writer.touched) {
            let extent = if writer.shrunk {
                measured_extent(db, writer.layout)?
            } else {
                joined(read::declared_extent(db, writer.layout)?, writer.extent)
            };
            declare(db, writer.layout, extent, self.at)?;
        }
        let keys: Vec<&str> = kinds.iter().map(|kind| kind.key()).collect();
        db.execute(
            "UPDATE shouye_batch SET kinds = ?, added = ?, updated = ?, unchanged = ?, \
             removed = ?, sample = ? WHERE batch = ?",
            params![
                keys.join(" "),
                self.counts[ADDED],
                self.counts[UPDATED],
                self.counts[UNCHANGED],
                self.counts[REMOVED],
                self.ask.demo,
                self.batch
            ],
        )?;
        past::forget_old(db)?;
        open::count_change(db)?;
        Ok(())
    }
}

impl Drop for ImportTransaction<'_> {
    fn drop(&mut self) {
        if self.open && !self.store.db.is_autocommit() {
            // Nobody is left to tell; SQLite rolls back by itself when the connection closes.
            let _ = self.store.db.execute_batch("ROLLBACK");
        }
    }
}

/// The old row with the values that the new one has.
fn merged(layout: &Layout, old: &[Cell], new: Vec<Cell>, feature: &Feature) -> Vec<Cell> {
    use super::layout::Holds;
    new.into_iter()
        .zip(old)
        .zip(&layout.columns)
        .map(|((new, old), column)| match (&column.holds, &new, old) {
            (_, Cell::Null, old) => old.clone(),
            (Holds::Extra, Cell::Text(_), Cell::Text(before)) => {
                let mut extra = super::extra::read(before.as_bytes());
                // Headers of the file first win over those that were there; the rest stays in place.
                extra.retain(|(header, _)| !feature.extra.iter().any(|(h, _)| h == header));
                extra.splice(0..0, feature.extra.iter().cloned());
                Cell::Text(super::extra::write(&extra))
            }
            _ => new,
        })
        .collect()
}

pub(super) fn joined(a: Option<Rect<f64>>, b: Option<Rect<f64>>) -> Option<Rect<f64>> {
    match (a, b) {
        (Some(a), Some(b)) => Some(crate::spatial::joined(a, b)),
        (a, b) => a.or(b),
    }
}

/// The extent of all rows of a layer.
pub(super) fn measured_extent(
    db: &Connection,
    layout: &Layout,
) -> rusqlite::Result<Option<Rect<f64>>> {
    if layout.geometry == GeometryType::None {
        return Ok(None);
    }
    let mut statement =
        db.prepare_cached(&format!("SELECT geom FROM {}", quoted(&layout.table)))?;
    let mut rows = statement.query([])?;
    let mut extent = None;
    while let Some(row) = rows.next()? {
        if let rusqlite::types::ValueRef::Blob(blob) = row.get_ref(0)? {
            extent = joined(extent, functions::extent_of_blob(blob));
        }
    }
    Ok(extent)
}

/// Writes extent and time of the last change into `gpkg_contents`.
pub(super) fn declare(
    db: &Connection,
    layout: &Layout,
    extent: Option<Rect<f64>>,
    at: Timestamp,
) -> rusqlite::Result<()> {
    geopackage::note_extent(db, &layout.table, extent)?;
    schema::stamp(db, &layout.table, at)
}

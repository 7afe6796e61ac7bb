//! Taking rows in: one transaction or nothing, and taking the last batch back.

use std::collections::HashSet;

use geo::BoundingRect;
use geo_types::{Coord, Rect};
use rusqlite::{OptionalExtension, params_from_iter};

use super::geopackage::{self, quoted};
use super::row::{RowForm, from_image, image_of};
use super::{Store, StoreError};
use crate::base::Id;
use crate::model::{Feature, Kind, Value};
use crate::spatial::wkb::read_gpkg;

/// The field name under which the change table keeps whole rows.
pub(super) const WHOLE_ROW: &str = "*";

/// What is about to be taken in.
#[derive(Clone, Debug)]
pub struct ImportBatch {
    /// Which layer.
    pub kind: Kind,
    /// Where the rows come from.
    pub source: String,
    /// Afterwards the layer holds just these rows.
    pub replace: bool,
    /// Who does it.
    pub who: String,
}

/// What taking in a row did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// A new row.
    Added,
    /// A row with new values.
    Updated,
    /// A row that was there just like this.
    Unchanged,
}

/// What a batch did, or what taking it back undid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchSummary {
    /// Its number.
    pub batch: i64,
    /// Which layer.
    pub kind: Kind,
    /// Where the rows came from.
    pub source: String,
    /// Rows that are new.
    pub added: u64,
    /// Rows that got new values.
    pub updated: u64,
    /// Rows that gave way (`replace`).
    pub removed: u64,
}

/// An import under way. Dropping it without [`Self::commit`] leaves the store as it was.
pub struct ImportTransaction<'s> {
    store: &'s mut Store,
    batch: ImportBatch,
    number: i64,
    action: i64,
    form: RowForm,
    insert: String,
    update: String,
    /// Rows that were there before, by id.
    before: HashSet<Id>,
    put: HashSet<Id>,
    added: u64,
    updated: u64,
    open: bool,
}

impl Store {
    /// Begins to take rows in.
    pub fn import(&mut self, batch: ImportBatch) -> Result<ImportTransaction<'_>, StoreError> {
        self.begin()?;
        let started = self.start_batch(&batch);
        let (number, action, before) = match started {
            Ok(started) => started,
            Err(error) => {
                self.roll_back();
                return Err(self.fault(error));
            }
        };
        let form = RowForm::of(batch.kind);
        Ok(ImportTransaction {
            insert: form.insert(),
            update: form.update(),
            store: self,
            batch,
            number,
            action,
            form,
            before,
            put: HashSet::new(),
            added: 0,
            updated: 0,
            open: true,
        })
    }

    fn start_batch(&self, batch: &ImportBatch) -> rusqlite::Result<(i64, i64, HashSet<Id>)> {
        self.connection.execute(
            "INSERT INTO shouye_batch (at,who,layer,source,replaced,added,updated,removed)
             VALUES (?1,?2,?3,?4,?5,0,0,0)",
            (self.now(), &batch.who, batch.kind.table(), &batch.source, batch.replace),
        )?;
        let number = self.connection.last_insert_rowid();
        let action = self.next_action()?;
        let mut query =
            self.connection.prepare(&format!("SELECT id FROM {}", quoted(&batch.kind.table())))?;
        let mut rows = query.query([])?;
        let mut before = HashSet::new();
        while let Some(row) = rows.next()? {
            before.extend(row.get_ref(0)?.as_str().ok().and_then(Id::parse));
        }
        Ok((number, action, before))
    }

    /// Takes the last batch that was not taken back yet out again; `None` if there is none.
    pub fn undo_import(&mut self) -> Result<Option<BatchSummary>, StoreError> {
        self.begin()?;
        match self.undo_last_batch() {
            Ok(undone) => self.commit().map(|()| undone),
            Err(error) => {
                self.roll_back();
                Err(error)
            }
        }
    }

    fn undo_last_batch(&self) -> Result<Option<BatchSummary>, StoreError> {
        let last = self
            .connection
            .query_row(
                "SELECT id,layer,source,added,updated,removed FROM shouye_batch
                 WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1",
                [],
                |row| {
                    Ok((
                        row.get::<_, i64>(0)?,
                        row.get::<_, String>(1)?,
                        row.get::<_, Option<String>>(2)?,
                        [row.get::<_, i64>(3)?, row.get(4)?, row.get(5)?],
                    ))
                },
            )
            .optional()
            .map_err(|e| self.fault(e))?;
        let Some((batch, layer, source, counts)) = last else { return Ok(None) };
        let [added, updated, removed] = counts.map(i64::unsigned_abs);
        let Some(kind) = Kind::parse(&layer) else { return Ok(None) };
        self.restore_images(batch, kind)?;
        let undo = || {
            self.connection
                .execute(&format!("DELETE FROM {} WHERE batch=?1", quoted(&layer)), [batch])?;
            self.connection
                .execute("UPDATE shouye_batch SET undone_at=?1 WHERE id=?2", (self.now(), batch))
        };
        undo().map_err(|e| self.fault(e))?;
        self.note_contents(kind).map_err(|e| self.fault(e))?;
        let source = source.unwrap_or_default();
        Ok(Some(BatchSummary { batch, kind, source, added, updated, removed }))
    }

    /// Puts the rows back that a batch has overwritten or removed.
    fn restore_images(&self, batch: i64, kind: Kind) -> Result<(), StoreError> {
        let read = || {
            let mut query = self.connection.prepare(
                "SELECT record,old FROM shouye_change WHERE batch=?1 AND field=?2 ORDER BY seq DESC",
            )?;
            let rows = query.query_map((batch, WHOLE_ROW), |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?))
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        let form = RowForm::of(kind);
        for (record, old) in read().map_err(|e| self.fault(e))? {
            let damaged = || StoreError::Damaged {
                file: self.path.clone(),
                detail: format!("shouye_change, batch {batch}, record {record}"),
            };
            let id = Id::parse(&record).ok_or_else(damaged)?;
            let (feature, home) =
                old.and_then(|old| from_image(kind, id, &old)).ok_or_else(damaged)?;
            let put = || {
                self.connection.execute(
                    &format!("DELETE FROM {} WHERE id=?1", quoted(&kind.table())),
                    [&record],
                )?;
                let mut cells = form.parameters(&feature);
                cells.push(home.map_or(super::row::Cell::Null, super::row::Cell::Integer));
                self.connection.prepare_cached(&form.insert())?.execute(params_from_iter(cells))
            };
            put().map_err(|e| self.fault(e))?;
        }
        Ok(())
    }

    /// Brings the layer's extent and day of change in the GeoPackage's table of contents up to date.
    fn note_contents(&self, kind: Kind) -> rusqlite::Result<()> {
        let table = kind.table();
        if kind.has_geometry() {
            geopackage::note_extent(&self.connection, &table, self.extent_of(kind)?)?;
        }
        self.connection
            .execute(
                "UPDATE gpkg_contents SET last_change=strftime('%Y-%m-%dT%H:%M:%fZ',?1) WHERE table_name=?2",
                (self.now(), table),
            )
            .map(drop)
    }

    fn extent_of(&self, kind: Kind) -> rusqlite::Result<Option<Rect<f64>>> {
        let sql = format!("SELECT geom FROM {} WHERE geom IS NOT NULL", quoted(&kind.table()));
        let mut query = self.connection.prepare(&sql)?;
        let mut rows = query.query([])?;
        let mut extent: Option<Rect<f64>> = None;
        while let Some(row) = rows.next()? {
            let Ok(blob) = row.get_ref(0)?.as_blob() else { continue };
            let Ok((_, Some(geometry))) = read_gpkg(blob) else { continue };
            let Some(own) = geometry.bounding_rect() else { continue };
            extent = Some(extent.map_or(own, |all| {
                Rect::new(
                    Coord { x: all.min().x.min(own.min().x), y: all.min().y.min(own.min().y) },
                    Coord { x: all.max().x.max(own.max().x), y: all.max().y.max(own.max().y) },
                )
            }));
        }
        Ok(extent)
    }
}

impl ImportTransaction<'_> {
    /// Takes one row in.
    ///
    /// A row with a known id is updated: new values win, values that the new row does not have stay.
    /// A real row takes the whole place of a sample row.
    pub fn put(&mut self, feature: &Feature) -> Result<Put, StoreError> {
        let again = !self.put.insert(feature.id);
        if !again && !self.before.contains(&feature.id) {
            self.write(&self.insert, feature, Some(self.number))?;
            self.added += 1;
            return Ok(Put::Added);
        }
        let old = self.store.find_in(self.batch.kind, feature.id)?;
        let Some(old) = old else {
            self.write(&self.insert, feature, Some(self.number))?;
            self.added += 1;
            return Ok(Put::Added);
        };
        let new = if self.batch.replace || old.provenance.sample != feature.provenance.sample {
            feature.clone()
        } else {
            merged(&old, feature)
        };
        if new == old {
            return Ok(Put::Unchanged);
        }
        let home = self.store.batch_of(self.batch.kind, old.id).map_err(|e| self.store.fault(e))?;
        // A row that this very batch has added needs no image: undoing removes it.
        if home != Some(self.number) {
            self.keep_image(&old, home, image_of(&new, home))?;
        }
        self.write(&self.update, &new, None)?;
        self.updated += 1;
        Ok(Put::Updated)
    }

    fn write(&self, sql: &str, feature: &Feature, batch: Option<i64>) -> Result<(), StoreError> {
        let mut cells = self.form.parameters(feature);
        cells.extend(batch.map(super::row::Cell::Integer));
        let write = || {
            self.store.connection.prepare_cached(sql)?.execute(params_from_iter(cells)).map(drop)
        };
        write().map_err(|e| self.store.fault(e))
    }

    fn keep_image(
        &self,
        old: &Feature,
        home: Option<i64>,
        new: Option<String>,
    ) -> Result<(), StoreError> {
        self.store
            .append(&super::change::Entry {
                who: &self.batch.who,
                action: self.action,
                undoes: None,
                batch: Some(self.number),
                kind: self.batch.kind,
                record: old.id,
                field: WHOLE_ROW,
                old: image_of(old, home),
                new,
                why: Some(&self.batch.source),
            })
            .map_err(|e| self.store.fault(e))
    }

    /// Makes it so, and says what was done.
    pub fn commit(mut self) -> Result<BatchSummary, StoreError> {
        let mut removed = 0_u64;
        if self.batch.replace {
            let mut gone: Vec<Id> = self.before.difference(&self.put).copied().collect();
            gone.sort_unstable();
            for id in gone {
                let Some(old) = self.store.find_in(self.batch.kind, id)? else { continue };
                let home =
                    self.store.batch_of(self.batch.kind, id).map_err(|e| self.store.fault(e))?;
                self.keep_image(&old, home, None)?;
                self.store
                    .connection
                    .execute(
                        &format!("DELETE FROM {} WHERE id=?1", quoted(&self.batch.kind.table())),
                        [id.to_string()],
                    )
                    .map_err(|e| self.store.fault(e))?;
                removed += 1;
            }
        }
        let finish = || {
            self.store.connection.execute(
                "UPDATE shouye_batch SET added=?1,updated=?2,removed=?3 WHERE id=?4",
                (signed(self.added), signed(self.updated), signed(removed), self.number),
            )?;
            self.store.note_contents(self.batch.kind)
        };
        finish().map_err(|e| self.store.fault(e))?;
        self.open = false;
        self.store.commit()?;
        Ok(BatchSummary {
            batch: self.number,
            kind: self.batch.kind,
            source: self.batch.source.clone(),
            added: self.added,
            updated: self.updated,
            removed,
        })
    }
}

impl Drop for ImportTransaction<'_> {
    fn drop(&mut self) {
        if self.open {
            self.store.roll_back();
        }
    }
}

/// SQLite counts with a sign; no import has that many rows.
fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The old row with the new row's values; what the new row does not know stays.
fn merged(old: &Feature, new: &Feature) -> Feature {
    let mut out = old.clone();
    if new.code.is_some() {
        out.code.clone_from(&new.code);
    }
    if !new.name.is_empty() {
        out.name.clone_from(&new.name);
    }
    if new.geometry.is_some() {
        out.geometry.clone_from(&new.geometry);
    }
    for (field, value) in new.attributes.iter() {
        out.attributes.set(out.kind, field, Some(value.clone()));
    }
    for (header, value) in &new.extra {
        put_extra(&mut out.extra, header, value);
    }
    if new.provenance.source.is_some() {
        out.provenance.source.clone_from(&new.provenance.source);
    }
    if new.provenance.as_of.is_some() {
        out.provenance.as_of.clone_from(&new.provenance.as_of);
    }
    out
}

fn put_extra(extra: &mut Vec<(String, Value)>, header: &str, value: &Value) {
    match extra.iter_mut().find(|(own, _)| own == header) {
        Some((_, own)) => own.clone_from(value),
        None => extra.push((header.to_owned(), value.clone())),
    }
}

//! Adding a record by hand, and taking that back.

use geo::BoundingRect;
use geo_types::Geometry;
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, Transaction, TransactionBehavior, params_from_iter};

use super::batch::{declare, joined, measured_extent};
use super::change::{self, Act, Entry, Found};
use super::error::StoreError;
use super::layout::{Holds, Layout};
use super::{Change, Store, open, past, read, row};
use crate::base::{Id, Timestamp};
use crate::model::{Attributes, Feature, Kind, Provenance, Value};

/// A record about to be added.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRecord {
    /// What it is.
    pub kind: Kind,
    /// Where, in degrees (CGCS2000); `None` for what has no place.
    pub geometry: Option<Geometry<f64>>,
    /// Fields and their values; `None` = no data.
    pub values: Vec<(String, Option<Value>)>,
}

impl NewRecord {
    /// The record with a source and a day where it names none: what `who` says at a moment.
    #[must_use]
    pub fn said_by(mut self, who: &str, at: Timestamp) -> Self {
        for (field, value) in [("source", who.to_owned()), ("as_of", at.date())] {
            if !self.values.iter().any(|(own, _)| own == field) {
                self.values.push((field.to_owned(), Some(Value::Text(value))));
            }
        }
        self
    }
}

impl Store {
    /// Adds a record and returns its id and its fields. Words of the ledgers are understood. The id is
    /// that of the natural key, so that a ledger which brings the record later renews it; a record
    /// without one goes by the moment. [`StoreError::RecordExists`] when the id is taken.
    pub fn add(
        &mut self,
        record: &NewRecord,
        who: &str,
        why: Option<&str>,
    ) -> Result<(Id, Vec<Change>), StoreError> {
        self.writable()?;
        let at = self.clock.now();
        let path = self.path.clone();
        let fault = |source| StoreError::sql(&path, source);
        let Self { db, layouts, .. } = self;
        let layout = layouts.get(&record.kind).ok_or_else(|| StoreError::Damaged {
            file: path.clone(),
            detail: format!("no table {}", record.kind.table()),
        })?;
        let mut feature = feature_of(layout, record)?;
        if let Some(shape) = feature.geometry.as_ref().filter(|shape| !may_be(record.kind, shape)) {
            let found = row::type_name(shape);
            return Err(StoreError::GeometryType { kind: record.kind, name: feature.name, found });
        }
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        match feature.natural_key() {
            Some(key) => feature.id = Id::from_natural_key(record.kind.key(), &key),
            None => feature.id = free_id(&tx, layout, at).map_err(fault)?,
        }
        let id = feature.id;
        if past::number_of(&tx, layout, &id.to_string()).map_err(fault)?.is_some() {
            return Err(StoreError::RecordExists { kind: record.kind, name: feature.name, id });
        }
        let cells = row::cells(layout, &feature)?;
        let made = insert(&tx, layout, &feature, cells, (at, who, why, None)).map_err(fault)?;
        open::count_change(&tx).map_err(fault)?;
        tx.commit().map_err(fault)?;
        Ok((id, made))
    }
}

/// Whether records of a kind may have such a shape.
fn may_be(kind: Kind, shape: &Geometry<f64>) -> bool {
    use Geometry as G;
    let word = match shape {
        G::Point(_) | G::MultiPoint(_) => "point",
        G::Line(_) | G::LineString(_) | G::MultiLineString(_) => "line",
        G::Polygon(_) | G::MultiPolygon(_) | G::Rect(_) | G::Triangle(_) => "polygon",
        G::GeometryCollection(all) => return all.0.iter().all(|one| may_be(kind, one)),
    };
    kind.table_def().geometry.iter().any(|own| own == word)
}

/// The record as a feature, its values as its fields can hold them; its id is not known yet.
fn feature_of(layout: &Layout, record: &NewRecord) -> Result<Feature, StoreError> {
    let mut feature = Feature {
        id: Id::from_bytes([0; 16]),
        kind: record.kind,
        code: None,
        name: String::new(),
        geometry: record.geometry.clone(),
        attributes: Attributes::default(),
        extra: Vec::new(),
        provenance: Provenance::default(),
    };
    for (name, value) in &record.values {
        let (column, value) = change::fitted(layout, record.kind, name, value.clone())?;
        let text = value.as_ref().map(Value::to_string);
        match column.name {
            "code" => feature.code = text,
            "name" => feature.name = text.unwrap_or_default(),
            "source" => feature.provenance.source = text,
            "as_of" => feature.provenance.as_of = text,
            field => {
                feature.attributes.set(record.kind, field, value);
            }
        }
    }
    Ok(feature)
}

/// An id of the moment that no record of the layer has.
fn free_id(db: &Connection, layout: &Layout, at: Timestamp) -> rusqlite::Result<Id> {
    let mut number = 1_u64;
    loop {
        let key = format!("added={}\u{1f}{number}", at.0);
        let id = Id::from_natural_key(layout.kind.key(), &key);
        if past::number_of(db, layout, &id.to_string())?.is_none() {
            return Ok(id);
        }
        number += 1;
    }
}

/// Inserts a record as an act of its own, and says which fields it has.
pub(super) fn insert(
    tx: &Transaction<'_>,
    layout: &Layout,
    feature: &Feature,
    cells: Vec<Cell>,
    (at, who, why, undoes): Act<'_>,
) -> rusqlite::Result<Vec<Change>> {
    let id = feature.id.to_string();
    let whole = Entry {
        at,
        who,
        batch: None,
        layer: &layout.table,
        id: Some(&id),
        field: None,
        old: None,
        new: Some(change::name_of(layout, &cells)),
        why,
        act: None,
        undoes,
    };
    let act = change::append(tx, &whole)?;
    let mut made = Vec::new();
    for (column, cell) in layout.columns.iter().zip(&cells) {
        let new = change::recorded(*column, cell);
        if new.is_none() || column.holds == Holds::Sample {
            continue;
        }
        let field = Some(column.name);
        let entry = Entry { field, old: None, new, act: Some(act), ..whole.clone() };
        change::append(tx, &entry)?;
        if let Holds::Field(holds) = column.holds {
            let new = row::value(holds, cell.into());
            made.push(Change { field: column.name.to_owned(), old: None, new });
        }
    }
    let head = [Cell::Text(id.clone()), Cell::Null];
    tx.prepare_cached(&layout.insert)?.execute(params_from_iter(head.into_iter().chain(cells)))?;
    let own = feature.geometry.as_ref().and_then(BoundingRect::bounding_rect);
    declare(tx, layout, joined(read::declared_extent(tx, layout)?, own), at)?;
    Ok(made)
}

/// Removes a record that the act `undoes` has added, if it still is as it was added; its fields as
/// they were, or `None` when something else has changed it since.
pub(super) fn take_back(
    tx: &Transaction<'_>,
    found: &Found<'_>,
    id: Id,
    (at, who, why, undoes): Act<'_>,
) -> rusqlite::Result<Option<Vec<Change>>> {
    let layout = found.layout;
    let now = past::row_by_fid(tx, layout, found.fid)?;
    let added = added(tx, layout, undoes)?;
    let mut made = Vec::new();
    for ((column, cell), added) in layout.columns.iter().zip(&now.cells).zip(added) {
        if column.holds == Holds::Sample {
            continue;
        }
        if change::recorded(*column, cell) != added {
            return Ok(None);
        }
        if let (Holds::Field(holds), Some(_)) = (column.holds, added) {
            let old = row::value(holds, cell.into());
            made.push(Change { field: column.name.to_owned(), old, new: None });
        }
    }
    let entry = Entry {
        at,
        who,
        batch: None,
        layer: &layout.table,
        id: Some(&id.to_string()),
        field: None,
        old: Some(change::name_of(layout, &now.cells)),
        new: None,
        why,
        act: None,
        undoes,
    };
    change::append(tx, &entry)?;
    past::remove(tx, layout, found.fid)?;
    declare(tx, layout, measured_extent(tx, layout)?, at)?;
    Ok(Some(made))
}

/// What an act has recorded of each column of the record it added.
fn added(
    db: &Connection,
    layout: &Layout,
    act: Option<i64>,
) -> rusqlite::Result<Vec<Option<String>>> {
    let mut out = vec![None; layout.columns.len()];
    let mut statement = db.prepare_cached(
        "SELECT field, new FROM shouye_change \
         WHERE act = ?1 AND seq > ?1 AND field IS NOT NULL ORDER BY seq",
    )?;
    let mut rows = statement.query([act])?;
    while let Some(row) = rows.next()? {
        let field: String = row.get(0)?;
        if let Some(at) = layout.position(&field) {
            out[at] = row.get(1)?;
        }
    }
    Ok(out)
}

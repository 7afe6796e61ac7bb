//! Whole rows: as they are, and as they were before the last imports, so that an import can be taken back.

use std::collections::BTreeSet;

use rusqlite::types::{Value as Cell, ValueRef};
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use serde::{Deserialize, Serialize};

use super::geopackage::quoted;
use super::layout::{FIRST, Layout};

/// How many imports can be taken back.
const KEPT_BATCHES: i64 = 5;

/// A row with its content cells in the order of [`Layout::columns`].
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StoredRow {
    /// GeoPackage's row number.
    pub(super) fid: i64,
    /// The id as it is written.
    pub(super) id: String,
    /// The import that brought it; `None` for a row another program added.
    pub(super) batch: Option<i64>,
    /// Its content.
    pub(super) cells: Vec<Cell>,
}

/// How a past cell is kept: reals bit by bit.
#[derive(Serialize, Deserialize)]
enum Kept {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

/// A past row: with column names, because a newer program may have added columns meanwhile.
#[derive(Serialize, Deserialize)]
struct KeptRow {
    id: String,
    batch: Option<i64>,
    cells: Vec<(String, Kept)>,
}

pub(super) fn row_by_id(db: &Connection, layout: &Layout, id: &str) -> rusqlite::Result<StoredRow> {
    let mut statement = db.prepare_cached(&format!("{} WHERE id = ?", layout.select))?;
    statement.query_row([id], |row| stored(layout, row))
}

pub(super) fn row_by_fid(
    db: &Connection,
    layout: &Layout,
    fid: i64,
) -> rusqlite::Result<StoredRow> {
    let mut statement = db.prepare_cached(&format!("{} WHERE fid = ?", layout.select))?;
    statement.query_row([fid], |row| stored(layout, row))
}

pub(super) fn stored(layout: &Layout, row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredRow> {
    let text = |cell: ValueRef<'_>| match cell {
        ValueRef::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        _ => String::new(),
    };
    Ok(StoredRow {
        fid: row.get(0)?,
        id: text(row.get_ref(1)?),
        batch: row.get(2)?,
        cells: (0..layout.columns.len())
            .map(|at| {
                Ok(match row.get_ref(FIRST + at)? {
                    ValueRef::Null => Cell::Null,
                    ValueRef::Integer(n) => Cell::Integer(n),
                    ValueRef::Real(x) => Cell::Real(x),
                    ValueRef::Text(bytes) => {
                        Cell::Text(String::from_utf8_lossy(bytes).into_owned())
                    }
                    ValueRef::Blob(bytes) => Cell::Blob(bytes.to_vec()),
                })
            })
            .collect::<rusqlite::Result<_>>()?,
    })
}

/// Sets the content of a row.
pub(super) fn overwrite(
    db: &Connection,
    layout: &Layout,
    fid: i64,
    cells: &[Cell],
) -> rusqlite::Result<()> {
    db.prepare_cached(&layout.update)?
        .execute(params_from_iter(cells.iter().cloned().chain([Cell::Integer(fid)])))?;
    Ok(())
}

pub(super) fn remove(db: &Connection, layout: &Layout, fid: i64) -> rusqlite::Result<()> {
    db.prepare_cached(&format!("DELETE FROM {} WHERE fid = ?", quoted(&layout.table)))?
        .execute([fid])?;
    Ok(())
}

/// Rows that another import brought and that are not among `seen`.
pub(super) fn rows_not_of(
    db: &Connection,
    layout: &Layout,
    batch: i64,
    seen: &BTreeSet<i64>,
) -> rusqlite::Result<Vec<i64>> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT fid FROM {} WHERE batch IS NOT ? ORDER BY fid",
        quoted(&layout.table)
    ))?;
    let rows = statement.query_map([batch], |row| row.get::<_, i64>(0))?;
    rows.filter(|fid| fid.as_ref().map_or(true, |fid| !seen.contains(fid))).collect()
}

/// Rows that an import brought.
pub(super) fn rows_of(db: &Connection, layout: &Layout, batch: i64) -> rusqlite::Result<Vec<i64>> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT fid FROM {} WHERE batch = ? ORDER BY fid",
        quoted(&layout.table)
    ))?;
    let rows = statement.query_map([batch], |row| row.get(0))?;
    rows.collect()
}

/// Keeps a row as it was before the import `batch`; the first time counts.
pub(super) fn keep(
    db: &Connection,
    layout: &Layout,
    batch: i64,
    row: &StoredRow,
) -> rusqlite::Result<()> {
    let cells = layout
        .columns
        .iter()
        .zip(&row.cells)
        .filter(|(_, cell)| **cell != Cell::Null)
        .map(|(column, cell)| {
            let kept = match cell {
                Cell::Null => Kept::Null,
                Cell::Integer(n) => Kept::Integer(*n),
                Cell::Real(x) => Kept::Real(*x),
                Cell::Text(text) => Kept::Text(text.clone()),
                Cell::Blob(blob) => Kept::Blob(blob.clone()),
            };
            (column.name.to_owned(), kept)
        })
        .collect();
    let kept = KeptRow { id: row.id.clone(), batch: row.batch, cells };
    let bytes = postcard::to_stdvec(&kept).map_err(foreign)?;
    db.prepare_cached(
        "INSERT INTO shouye_past (batch, layer, row, cells) VALUES (?, ?, ?, ?) \
         ON CONFLICT DO NOTHING",
    )?
    .execute(params![batch, layout.table, row.fid, bytes])?;
    Ok(())
}

/// Shows the rows of a layer as they were before an import, one after the other.
pub(super) fn each_kept(
    db: &Connection,
    layout: &Layout,
    batch: i64,
    see: &mut dyn FnMut(StoredRow) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached(
        "SELECT row, cells FROM shouye_past WHERE batch = ? AND layer = ? ORDER BY row",
    )?;
    let mut rows = statement.query(params![batch, layout.table])?;
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(1)?.as_blob().map_err(foreign)?;
        let kept: KeptRow = postcard::from_bytes(bytes).map_err(foreign)?;
        let mut cells = vec![Cell::Null; layout.columns.len()];
        for (name, cell) in kept.cells {
            if let Some(at) = layout.position(&name) {
                cells[at] = match cell {
                    Kept::Null => Cell::Null,
                    Kept::Integer(n) => Cell::Integer(n),
                    Kept::Real(x) => Cell::Real(x),
                    Kept::Text(text) => Cell::Text(text),
                    Kept::Blob(blob) => Cell::Blob(blob),
                };
            }
        }
        see(StoredRow { fid: row.get(0)?, id: kept.id, batch: kept.batch, cells })?;
    }
    Ok(())
}

/// Brings back a row that is gone, under its old number if that is still free.
pub(super) fn bring_back(
    db: &Connection,
    layout: &Layout,
    row: &StoredRow,
) -> rusqlite::Result<()> {
    let names: Vec<String> = layout.columns.iter().map(|column| quoted(column.name)).collect();
    let sql = format!(
        "INSERT INTO {} (fid, id, batch, {}) VALUES (?, ?, ?{})",
        quoted(&layout.table),
        names.join(", "),
        ", ?".repeat(names.len())
    );
    let taken: bool = db
        .prepare_cached(&format!(
            "SELECT EXISTS (SELECT 1 FROM {} WHERE fid = ?)",
            quoted(&layout.table)
        ))?
        .query_row([row.fid], |found| found.get(0))?;
    let head = [
        if taken { Cell::Null } else { Cell::Integer(row.fid) },
        Cell::Text(row.id.clone()),
        row.batch.map_or(Cell::Null, Cell::Integer),
    ];
    db.prepare_cached(&sql)?
        .execute(params_from_iter(head.into_iter().chain(row.cells.iter().cloned())))?;
    Ok(())
}

/// The number of the row with this id, if it is there.
pub(super) fn number_of(
    db: &Connection,
    layout: &Layout,
    id: &str,
) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached(&format!("SELECT fid FROM {} WHERE id = ?", quoted(&layout.table)))?
        .query_row([id], |row| row.get(0))
        .optional()
}

/// Forgets the rows before all but the last imports: those can no longer be taken back.
pub(super) fn forget_old(db: &Connection) -> rusqlite::Result<()> {
    db.execute(
        "DELETE FROM shouye_past WHERE batch NOT IN \
         (SELECT batch FROM shouye_batch WHERE undone IS NULL AND NOT sample \
          ORDER BY batch DESC LIMIT ?)",
        [KEPT_BATCHES],
    )?;
    Ok(())
}

/// The oldest imports that can still be taken back.
pub(super) fn is_kept(db: &Connection, batch: i64) -> rusqlite::Result<bool> {
    db.query_row(
        "SELECT ? IN (SELECT batch FROM shouye_batch WHERE undone IS NULL AND NOT sample \
         ORDER BY batch DESC LIMIT ?)",
        [batch, KEPT_BATCHES],
        |row| row.get(0),
    )
}

fn foreign<E: std::error::Error + Send + Sync + 'static>(fault: E) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Blob, Box::new(fault))
}

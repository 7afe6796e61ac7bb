//! The ledger of stock (出入库台账): quantities change by movements, never by hand.
//!
//! A movement is an act of the change table on the field `quantity`, so history, audit and undo are
//! those of every record; beside it stands what kind of movement it was and its document. A row's
//! quantity is thus what was imported plus its movements.

use std::collections::BTreeMap;

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::change::{self, Act, Entry};
use super::error::StoreError;
use super::layout::Layout;
use super::{Change, Store, add, extra, open, past, row};
use crate::base::{Id, Timestamp};
use crate::model::{Feature, Kind, Value};

const FIELD: &str = "quantity";
/// Beyond this a quantity is a slip.
const MOST: f64 = 1.0e12;

/// What happened to stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// 入库: it came in.
    In,
    /// 出库: it was handed out.
    Out,
    /// 调拨: it went to another warehouse.
    Transfer,
    /// 盘点: it was counted.
    Count,
    /// 报损: it is spoilt or lost.
    Loss,
}

impl Movement {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::In, Self::Out, Self::Transfer, Self::Count, Self::Loss];

    /// The word programs read.
    pub fn key(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Transfer => "transfer",
            Self::Count => "count",
            Self::Loss => "loss",
        }
    }

    /// The movement with this key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|movement| movement.key() == key)
    }
}

/// A movement about to be recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct StockMovement {
    /// What happens.
    pub movement: Movement,
    /// To which stock row.
    pub stock: Id,
    /// How much, in the row's unit; of a count, how much there is.
    pub quantity: f64,
    /// The warehouse a transfer goes to.
    pub to: Option<Id>,
    /// Number of the document (单据号).
    pub document: Option<String>,
    /// Why.
    pub why: Option<String>,
}

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerEntry {
    /// Its number in the change table; grows with time.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// The stock row.
    pub stock: Id,
    /// What happened.
    pub movement: Movement,
    /// The movement was taken back by this line.
    pub is_undo: bool,
    /// Quantity before; `None` = no data.
    pub before: Option<f64>,
    /// Quantity after.
    pub after: Option<f64>,
    /// Number of the document.
    pub document: Option<String>,
    /// Why.
    pub why: Option<String>,
}

impl Store {
    /// Records a movement and returns the quantities that changed, by stock row: two for a transfer.
    /// No quantity ever falls below zero. A warehouse that has no such row yet gets one.
    pub fn move_stock(
        &mut self,
        ask: &StockMovement,
        who: &str,
    ) -> Result<Vec<(Id, Change)>, StoreError> {
        self.writable()?;
        let at = self.clock.now();
        let path = self.path.clone();
        let fault = |source| StoreError::sql(&path, source);
        let Self { db, layouts, .. } = self;
        let no_table = |kind: Kind| StoreError::Damaged {
            file: path.clone(),
            detail: format!("no table {}", kind.table()),
        };
        let layout = layouts.get(&Kind::Stock).ok_or_else(|| no_table(Kind::Stock))?;
        let houses = layouts.get(&Kind::Warehouse).ok_or_else(|| no_table(Kind::Warehouse))?;
        let amount = figure(ask)?;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        let own = feature(&tx, layout, ask.stock)
            .map_err(fault)?
            .ok_or(StoreError::NotStock { id: ask.stock })?;
        let why = ask.why.as_deref();
        let before = own.number(FIELD);
        let mut steps = vec![(own.id, before, after(ask.movement, &own, before, amount)?)];
        if ask.movement == Movement::Transfer {
            let to = match ask.to {
                Some(to) => feature(&tx, houses, to).map_err(fault)?,
                None => None,
            };
            let to = to.ok_or_else(|| no_transfer(String::new()))?;
            let word = reference(&tx, &own, &to).map_err(fault)?;
            if own.text("warehouse") == Some(word.as_str()) {
                return Err(no_transfer(word));
            }
            let there = counterpart(&own, word);
            let id = there.id;
            let there = match feature(&tx, layout, id).map_err(fault)? {
                Some(row) if row.text("unit") != own.text("unit") => {
                    return Err(StoreError::BadValue {
                        field: "unit".to_owned(),
                        value: row.text("unit").unwrap_or_default().to_owned(),
                        expected: own.text("unit").unwrap_or_default().to_owned(),
                    });
                }
                Some(row) => row,
                None => {
                    let cells = row::cells(layout, &there)?;
                    add::insert(&tx, layout, &there, cells, (at, who, why, None)).map_err(fault)?;
                    there
                }
            };
            let before = there.number(FIELD);
            steps.push((id, before, after(Movement::In, &there, before, amount)?));
        }
        let act = (at, who, why, None);
        let (seq, made) = write(&tx, layout, &steps, act).map_err(fault)?;
        tx.execute(
            "INSERT INTO shouye_ledger (act, movement, document) VALUES (?, ?, ?)",
            params![seq, ask.movement.key(), ask.document],
        )
        .map_err(fault)?;
        open::count_change(&tx).map_err(fault)?;
        tx.commit().map_err(fault)?;
        Ok(made)
    }

    /// The ledger of a stock row, or of all, oldest first.
    pub fn ledger(&self, stock: Option<Id>) -> Result<Vec<LedgerEntry>, StoreError> {
        let read = || -> rusqlite::Result<Vec<LedgerEntry>> {
            // A store of an older schema that cannot be written has none.
            if !has_ledger(&self.db)? {
                return Ok(Vec::new());
            }
            let mut statement = self.db.prepare_cached(
                "SELECT c.seq, c.at, c.who, c.id, c.old, c.new, c.why, c.undoes, \
                   l.movement, l.document \
                 FROM shouye_ledger AS l \
                 JOIN shouye_change AS c ON c.act = l.act OR c.undoes = l.act \
                 WHERE c.field = 'quantity' AND (?1 IS NULL OR c.id = ?1) ORDER BY c.seq",
            )?;
            let mut rows = statement.query([stock.map(|id| id.to_string())])?;
            let mut out = Vec::new();
            while let Some(row) = rows.next()? {
                let number = |at| -> rusqlite::Result<Option<f64>> {
                    let json: Option<String> = row.get(at)?;
                    Ok(json.as_deref().and_then(extra::read_value).and_then(|v| v.as_f64()))
                };
                let (id, movement): (String, String) = (row.get(3)?, row.get(8)?);
                let (Some(stock), Some(movement)) = (Id::parse(&id), Movement::parse(&movement))
                else {
                    continue;
                };
                out.push(LedgerEntry {
                    seq: row.get(0)?,
                    at: Timestamp(row.get(1)?),
                    who: row.get(2)?,
                    stock,
                    movement,
                    is_undo: row.get::<_, Option<i64>>(7)?.is_some(),
                    before: number(4)?,
                    after: number(5)?,
                    why: row.get(6)?,
                    document: row.get(9)?,
                });
            }
            Ok(out)
        };
        read().map_err(|source| self.fault(source))
    }
}

/// The quantity of a movement: above zero; a count may find nothing.
fn figure(ask: &StockMovement) -> Result<f64, StoreError> {
    let least = ask.movement == Movement::Count && ask.quantity == 0.0;
    if ask.quantity.is_finite() && ask.quantity <= MOST && (ask.quantity > 0.0 || least) {
        return Ok(ask.quantity);
    }
    Err(StoreError::BadValue {
        field: FIELD.to_owned(),
        value: ask.quantity.to_string(),
        expected: if ask.movement == Movement::Count { ">= 0" } else { "> 0" }.to_owned(),
    })
}

/// The quantity after a movement.
fn after(
    movement: Movement,
    row: &Feature,
    before: Option<f64>,
    amount: f64,
) -> Result<f64, StoreError> {
    if movement == Movement::Count {
        return Ok(amount);
    }
    let name = || row.name.clone();
    let before = before.ok_or_else(|| StoreError::NotCounted { name: name(), id: row.id })?;
    let after = match movement {
        Movement::In => before + amount,
        _ => before - amount,
    };
    // Millionths: what floating point adds beyond them is no stock.
    let after = (after * 1.0e6).round() / 1.0e6;
    if after < 0.0 {
        return Err(StoreError::StockShort { name: name(), have: before, wanted: amount });
    }
    Ok(after + 0.0)
}

fn no_transfer(word: String) -> StoreError {
    StoreError::BadValue { field: "warehouse".to_owned(), value: word, expected: "!=".to_owned() }
}

fn feature(db: &Connection, layout: &Layout, id: Id) -> rusqlite::Result<Option<Feature>> {
    db.prepare_cached(&format!("{} WHERE id = ?", layout.select))?
        .query_row([id.to_string()], |found| row::feature(layout, found))
        .optional()
}

/// How the row names the warehouse it goes to: by its code where it names its own by a code.
fn reference(db: &Connection, own: &Feature, to: &Feature) -> rusqlite::Result<String> {
    let by_code: bool = db
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM warehouse WHERE code = ?)")?
        .query_row([own.text("warehouse")], |found| found.get(0))?;
    let code = to.code.clone().filter(|_| by_code || to.name.is_empty());
    Ok(code.unwrap_or_else(|| to.name.clone()))
}

/// The row of the same goods in another warehouse, with nothing there yet. What is moved keeps its
/// source: sample data stay sample data.
fn counterpart(own: &Feature, warehouse: String) -> Feature {
    let mut out = own.clone();
    out.code = None;
    for (field, value) in [
        ("warehouse", Some(Value::Text(warehouse))),
        (FIELD, Some(Value::Real(0.0))),
        ("reserved_quantity", None),
    ] {
        out.attributes.set(Kind::Stock, field, value);
    }
    if let Some(key) = out.natural_key() {
        out.id = Id::from_natural_key(Kind::Stock.key(), &key);
    }
    out
}

/// Sets quantities as one act; its number, and what changed.
fn write(
    tx: &Transaction<'_>,
    layout: &Layout,
    steps: &[(Id, Option<f64>, f64)],
    (at, who, why, undoes): Act<'_>,
) -> rusqlite::Result<(i64, Vec<(Id, Change)>)> {
    let mut act = None;
    let mut made = Vec::new();
    for (id, before, after) in steps {
        let json = |x: f64| extra::write_value(&Value::Real(x));
        let id_text = id.to_string();
        let entry = Entry {
            at,
            who,
            batch: None,
            layer: &layout.table,
            id: Some(&id_text),
            field: Some(FIELD),
            old: before.map(json),
            new: Some(json(*after)),
            why,
            act,
            undoes,
        };
        let seq = change::append(tx, &entry)?;
        act.get_or_insert(seq);
        set(tx, layout, &id_text, Cell::Real(*after))?;
        let (old, new) = (before.map(Value::Real), Some(Value::Real(*after)));
        made.push((*id, Change { field: FIELD.to_owned(), old, new }));
    }
    Ok((act.unwrap_or_default(), made))
}

fn set(tx: &Transaction<'_>, layout: &Layout, id: &str, quantity: Cell) -> rusqlite::Result<()> {
    let mut now = past::row_by_id(tx, layout, id)?;
    if let Some(position) = layout.position(FIELD) {
        now.cells[position] = quantity;
    }
    past::overwrite(tx, layout, now.fid, &now.cells)
}

fn has_ledger(db: &Connection) -> rusqlite::Result<bool> {
    db.query_row(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'shouye_ledger')",
        [],
        |row| row.get(0),
    )
}

/// Whether an act is a movement.
pub(super) fn is_movement(db: &Connection, act: i64) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT EXISTS (SELECT 1 FROM shouye_ledger WHERE act = ?)")?
        .query_row([act], |row| row.get(0))
}

/// Takes a movement back whole, if every quantity still is what it made of it; else `None`.
pub(super) fn take_back(
    tx: &Transaction<'_>,
    layouts: &BTreeMap<Kind, Layout>,
    act: i64,
    (at, who, why, undoes): Act<'_>,
) -> rusqlite::Result<Option<(Id, Vec<Change>)>> {
    let Some(layout) = layouts.get(&Kind::Stock) else { return Ok(None) };
    let Some(position) = layout.position(FIELD) else { return Ok(None) };
    let mut rows: Vec<(String, Option<String>, Option<String>)> = Vec::new();
    {
        let mut statement = tx.prepare_cached(
            "SELECT id, old, new FROM shouye_change WHERE act = ?1 AND seq >= ?1 ORDER BY seq",
        )?;
        let mut found = statement.query([act])?;
        while let Some(row) = found.next()? {
            rows.push((row.get(0)?, row.get(1)?, row.get(2)?));
        }
    }
    for (id, _, new) in &rows {
        let Some(fid) = past::number_of(tx, layout, id)? else { return Ok(None) };
        let now = past::row_by_fid(tx, layout, fid)?;
        if change::recorded(layout.columns[position], &now.cells[position]) != *new {
            return Ok(None);
        }
    }
    let mut group = None;
    let mut changes = Vec::new();
    for (id, old, new) in &rows {
        let entry = Entry {
            at,
            who,
            batch: None,
            layer: &layout.table,
            id: Some(id),
            field: Some(FIELD),
            old: new.clone(),
            new: old.clone(),
            why,
            act: group,
            undoes,
        };
        let seq = change::append(tx, &entry)?;
        group.get_or_insert(seq);
        let number = |json: &Option<String>| json.as_deref().and_then(extra::read_value);
        let was = number(old);
        let cell = was.as_ref().and_then(Value::as_f64).map_or(Cell::Null, Cell::Real);
        set(tx, layout, id, cell)?;
        changes.push(Change { field: FIELD.to_owned(), old: number(new), new: was });
    }
    Ok(rows.first().and_then(|(id, ..)| Id::parse(id)).map(|id| (id, changes)))
}

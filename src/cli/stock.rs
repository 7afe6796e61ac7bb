//! `shouye stock`: what is in the warehouses, and its movements: in, out, transfer, count, loss.

use serde::Serialize;
use serde_json::Value as Json;

use super::args::{MoveArgs, SetArgs, StockArgs, StockCommand};
use super::console::{Answer, Console};
use super::fault::Fault;
use super::table::Align::{Left, Right};
use super::{figure, set};
use crate::base::{Id, Message};
use crate::county::County;
use crate::model::{Feature, Kind, Value};
use crate::session::home::login_name;
use crate::session::workspace::Workspace;
use crate::store::{Change, LedgerEntry, Movement, StockMovement};

#[derive(Serialize)]
struct MovedOut {
    movement: &'static str,
    id: String,
    document: Option<String>,
    changes: Vec<ChangeOut>,
}

#[derive(Serialize)]
struct ChangeOut {
    id: String,
    warehouse: Option<String>,
    field: String,
    old: Json,
    new: Json,
}

#[derive(Serialize)]
struct ListOut<'a> {
    stock: Vec<RowOut<'a>>,
}

#[derive(Serialize)]
struct RowOut<'a> {
    id: String,
    code: Option<&'a str>,
    name: &'a str,
    warehouse: Option<&'a str>,
    quantity: Option<f64>,
    reserved: Option<f64>,
    unit: Option<&'a str>,
    expiry: Option<&'a str>,
    reserve_kind: Option<&'a str>,
    sample: bool,
}

#[derive(Serialize)]
struct LedgerOut<'a> {
    entries: Vec<EntryOut<'a>>,
}

#[derive(Serialize)]
struct EntryOut<'a> {
    seq: i64,
    at: String,
    who: &'a str,
    id: String,
    name: Option<String>,
    movement: &'static str,
    undo: bool,
    before: Option<f64>,
    after: Option<f64>,
    document: Option<&'a str>,
    why: Option<&'a str>,
}

/// Lists, moves, or takes a movement back.
pub fn run(ask: &StockArgs, console: &Console) -> Result<Answer, Fault> {
    let moved = |what: &MoveArgs, movement, to: Option<&str>| moved(what, movement, to, console);
    match &ask.command {
        StockCommand::List { warehouse } => list(warehouse.as_deref(), console),
        StockCommand::Ledger { id } => ledger(id.as_deref(), console),
        StockCommand::In(what) => moved(what, Movement::In, None),
        StockCommand::Out(what) => moved(what, Movement::Out, None),
        StockCommand::Transfer { what, to } => moved(what, Movement::Transfer, Some(to)),
        StockCommand::Count(what) => moved(what, Movement::Count, None),
        StockCommand::Loss(what) => moved(what, Movement::Loss, None),
        StockCommand::Undo => {
            let undo = SetArgs { id: None, values: Vec::new(), why: None, undo: true };
            set::run(&undo, console)
        }
    }
}

fn moved(
    what: &MoveArgs,
    movement: Movement,
    to: Option<&str>,
    console: &Console,
) -> Result<Answer, Fault> {
    let plain = what.quantity.trim().replace([',', '\u{ff0c}'], "");
    let quantity: Option<f64> = plain.parse().ok().filter(|x: &f64| x.is_finite());
    let quantity = quantity.ok_or_else(|| {
        Fault::usage(Message::new("cli-stock-quantity").with("text", what.quantity.as_str()))
            .hint(Message::new("cli-stock-quantity-hint"))
    })?;
    let (mut workspace, _) = console.open()?;
    let stock = set::record(workspace.county(), &what.id)?.id;
    let to = to.map(|word| warehouse(workspace.county(), word)).transpose()?;
    let ask = StockMovement {
        movement,
        stock,
        quantity,
        to,
        document: what.document.clone(),
        why: what.why.clone(),
    };
    let made = workspace.move_stock(&ask, &login_name())?;
    let out = MovedOut {
        movement: movement.key(),
        id: stock.to_string(),
        document: ask.document,
        changes: made.iter().map(|(id, change)| change_out(*id, change, &workspace)).collect(),
    };
    console.answer(&out, || {
        let name = set::name_of(workspace.county(), stock).unwrap_or_else(|| stock.to_string());
        let head = Message::new("cli-stock-done")
            .with("movement", Message::new(format!("movement-{}", movement.key())))
            .with("name", name);
        let mut table = console.table(&[("warehouse", Left), ("old", Right), ("new", Right)]);
        for (row, (_, change)) in out.changes.iter().zip(&made) {
            let word = |value: &Option<Value>| {
                value.as_ref().map_or_else(|| console.tr("cli-no-data"), Value::to_string)
            };
            let place = row.warehouse.clone().unwrap_or_default();
            table.row(vec![place, word(&change.old), word(&change.new)]);
        }
        format!("{}\n{}", console.say(&head), table.render())
    })
}

fn change_out(id: Id, change: &Change, workspace: &Workspace) -> ChangeOut {
    let json = |value: &Option<Value>| value.as_ref().map_or(Json::Null, figure::json_of);
    let row = workspace.county().feature(id);
    ChangeOut {
        id: id.to_string(),
        warehouse: row.and_then(|row| row.text("warehouse")).map(str::to_owned),
        field: change.field.clone(),
        old: json(&change.old),
        new: json(&change.new),
    }
}

/// The warehouse meant by a code, an id or a name that only one has.
fn warehouse(county: &County, word: &str) -> Result<Id, Fault> {
    county.resolve(Kind::Warehouse, word).map(|row| row.id).ok_or_else(|| {
        Fault::not_found(Message::new("cli-stock-no-warehouse").with("warehouse", word))
            .hint(Message::new("cli-stock-no-warehouse-hint"))
    })
}

fn list(at: Option<&str>, console: &Console) -> Result<Answer, Fault> {
    let (workspace, _) = console.open()?;
    let county = workspace.county();
    let at = at.map(|word| warehouse(county, word)).transpose()?;
    let of = |row: &Feature| {
        row.text("warehouse").and_then(|word| county.resolve(Kind::Warehouse, word))
    };
    let mut rows: Vec<&Feature> = county
        .features(Kind::Stock)
        .iter()
        .filter(|row| at.is_none_or(|at| of(row).is_some_and(|own| own.id == at)))
        .collect();
    rows.sort_by_key(|row| (row.text("warehouse"), &row.name, row.text("expiry"), row.id));
    let out = ListOut {
        stock: rows
            .iter()
            .map(|row| RowOut {
                id: row.id.to_string(),
                code: row.text("item_code"),
                name: &row.name,
                warehouse: row.text("warehouse"),
                quantity: row.number("quantity"),
                reserved: row.number("reserved_quantity"),
                unit: row.text("unit"),
                expiry: row.text("expiry"),
                reserve_kind: row.text("reserve_kind"),
                sample: row.provenance.sample,
            })
            .collect(),
    };
    console.answer(&out, || {
        let mut table = console.table(&[
            ("warehouse", Left),
            ("name", Left),
            ("quantity", Right),
            ("unit", Left),
            ("expiry", Left),
            ("id", Left),
        ]);
        for row in &out.stock {
            let word = |text: Option<&str>| text.unwrap_or_default().to_owned();
            table.row(vec![
                word(row.warehouse),
                row.name.to_owned(),
                row.quantity.map_or_else(|| console.tr("cli-no-data"), |n| n.to_string()),
                word(row.unit),
                word(row.expiry),
                row.id.clone(),
            ]);
        }
        table.render()
    })
}

fn ledger(reference: Option<&str>, console: &Console) -> Result<Answer, Fault> {
    let (workspace, _) = console.open()?;
    let county = workspace.county();
    let id = reference.map(|word| set::record(county, word).map(|row| row.id)).transpose()?;
    let entries = workspace.store().ledger(id)?;
    let out = LedgerOut { entries: entries.iter().map(|entry| entry_out(entry, county)).collect() };
    console.answer(&out, || {
        if out.entries.is_empty() {
            return console.tr("cli-stock-ledger-empty");
        }
        let mut table = console.table(&[
            ("at", Left),
            ("name", Left),
            ("movement", Left),
            ("old", Right),
            ("new", Right),
            ("document", Left),
            ("who", Left),
            ("why", Left),
        ]);
        for entry in &out.entries {
            let number =
                |n: Option<f64>| n.map_or_else(|| console.tr("cli-no-data"), |n| n.to_string());
            let mut movement = console.tr(&format!("movement-{}", entry.movement));
            if entry.undo {
                movement =
                    console.say(&Message::new("cli-stock-undone").with("movement", movement));
            }
            table.row(vec![
                entry.at.clone(),
                entry.name.clone().unwrap_or_else(|| entry.id.clone()),
                movement,
                number(entry.before),
                number(entry.after),
                entry.document.unwrap_or_default().to_owned(),
                entry.who.to_owned(),
                entry.why.unwrap_or_default().to_owned(),
            ]);
        }
        table.render()
    })
}

fn entry_out<'a>(entry: &'a LedgerEntry, county: &County) -> EntryOut<'a> {
    EntryOut {
        seq: entry.seq,
        at: entry.at.to_string(),
        who: &entry.who,
        id: entry.stock.to_string(),
        name: set::name_of(county, entry.stock),
        movement: entry.movement.key(),
        undo: entry.is_undo,
        before: entry.before,
        after: entry.after,
        document: entry.document.as_deref(),
        why: entry.why.as_deref(),
    }
}

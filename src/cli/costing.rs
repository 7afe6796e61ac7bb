//! `shouye costing`: the table of speeds, factors and turnout times, and the county's own figures in it.

use serde::Serialize;

use super::args::{CostingArgs, CostingChange};
use super::console::{Answer, Console};
use super::fault::Fault;
use super::table::Align::{Left, Right};
use crate::base::Message;
use crate::network::{CostFault, CostTable, Costing, OwnFigure};
use crate::session::home::login_name;
use crate::session::workspace::set_costing;
use crate::store::StoreError;
use crate::view::costing::{CostGroup, CostRow, cost_groups, figure_name, group_name};

#[derive(Serialize)]
struct CostingOut<'a> {
    source: &'a str,
    figures: Vec<FigureOut<'a>>,
    vehicles: Vec<VehicleOut<'a>>,
    changes: Vec<ChangeOut<'a>>,
    lost: Vec<LostOut<'a>>,
}

#[derive(Serialize)]
struct FigureOut<'a> {
    key: &'a str,
    value: f64,
    usual: f64,
    unit: &'static str,
    mark: &'a str,
    own: bool,
    who: Option<&'a str>,
    at: Option<String>,
}

#[derive(Serialize)]
struct VehicleOut<'a> {
    key: &'a str,
    obeys_limits: bool,
    private: bool,
    gates: &'a [String],
}

#[derive(Serialize)]
struct ChangeOut<'a> {
    key: &'a str,
    old: f64,
    new: f64,
}

#[derive(Serialize)]
struct LostOut<'a> {
    key: &'a str,
    value: f64,
    who: &'a str,
    at: String,
}

/// Shows the table, after changing it if that is asked for.
pub fn run(ask: &CostingArgs, console: &Console) -> Result<Answer, Fault> {
    let changes = match &ask.change {
        Some(CostingChange::Set { values }) => Some(changes(values)?),
        Some(CostingChange::Reset { keys }) => {
            Some(keys.iter().map(|key| (key.trim().to_owned(), None)).collect())
        }
        None => None,
    };
    let mut store = console.open_store()?;
    let before = store.costing()?;
    let costing = match &changes {
        // Without a name everything becomes as usual.
        Some(changes) => {
            let changes = Some(&changes[..]).filter(|changes| !changes.is_empty());
            set_costing(&mut store, changes, &login_name())?
        }
        None => before.clone(),
    };
    let groups = cost_groups(&costing);
    let out = CostingOut {
        source: &costing.table().source,
        figures: groups.iter().flat_map(|group| &group.rows).map(figure_out).collect(),
        vehicles: costing.table().vehicle.iter().map(vehicle_out).collect(),
        changes: differences(&before, &groups),
        lost: costing.lost().iter().map(lost_out).collect(),
    };
    console.answer(&out, || match &changes {
        None => text(&groups, &costing, console),
        Some(_) => changed_text(&out, console),
    })
}

/// `KEY=VALUE`; nothing behind the sign means as usual.
fn changes(texts: &[String]) -> Result<Vec<(String, Option<f64>)>, Fault> {
    let figures = CostTable::usual().figures();
    let change = |text: &String| {
        let Some((key, value)) = text.split_once('=') else {
            let message = Message::new("cli-costing-unreadable").with("text", text.as_str());
            return Err(Fault::usage(message).hint(Message::new("cli-costing-unreadable-hint")));
        };
        let (key, value) = (key.trim(), value.trim());
        let figure = figures.iter().find(|figure| figure.key == key);
        let no_figure = || CostFault::NoFigure { key: key.to_owned() };
        let figure = figure.ok_or_else(no_figure).map_err(StoreError::from)?;
        let value = if value.is_empty() {
            None
        } else {
            Some(figure.read(value).map_err(StoreError::from)?)
        };
        Ok((key.to_owned(), value))
    };
    texts.iter().map(change).collect()
}

fn figure_out(row: &CostRow) -> FigureOut<'_> {
    FigureOut {
        key: &row.key,
        value: row.value,
        usual: row.usual,
        unit: row.quantity.unit(),
        mark: &row.mark,
        own: row.own.is_some(),
        who: row.own.as_ref().map(|own| own.who.as_str()),
        at: row.own.as_ref().map(|own| own.at.to_string()),
    }
}

fn vehicle_out(vehicle: &crate::network::Vehicle) -> VehicleOut<'_> {
    VehicleOut {
        key: &vehicle.key,
        obeys_limits: vehicle.obeys_limits,
        private: vehicle.private,
        gates: &vehicle.gates,
    }
}

fn lost_out(figure: &OwnFigure) -> LostOut<'_> {
    LostOut { key: &figure.key, value: figure.value, who: &figure.who, at: figure.at.to_string() }
}

/// Figures that are not what they were.
fn differences<'a>(before: &Costing, groups: &'a [CostGroup]) -> Vec<ChangeOut<'a>> {
    let old = before.table().figures();
    let rows = groups.iter().flat_map(|group| &group.rows);
    rows.filter_map(|row| {
        let old = old.iter().find(|figure| figure.key == row.key)?.value;
        (old != row.value).then_some(ChangeOut { key: &row.key, old, new: row.value })
    })
    .collect()
}

fn text(groups: &[CostGroup], costing: &Costing, console: &Console) -> String {
    let mut out = String::new();
    let locale = &console.locale;
    for group in groups {
        out.push_str(&format!("{}\n", group_name(locale, &group.key)));
        let mut table = console.table(&[
            ("figure", Left),
            ("value", Right),
            ("unit", Left),
            ("mark", Left),
            ("key", Left),
        ]);
        for row in &group.rows {
            table.row(vec![
                figure_name(locale, &row.key),
                row.value.to_string(),
                console.say(&row.quantity.unit_name()),
                mark(row, console),
                row.key.clone(),
            ]);
        }
        out.push_str(&table.render());
        out.push('\n');
    }
    for figure in costing.lost() {
        let lost = Message::new("store-check-costing-lost")
            .with("key", figure.key.as_str())
            .with("value", figure.value.to_string());
        out.push_str(&format!("{}\n", console.say(&lost)));
    }
    let source = Message::new("cli-source").with("source", costing.table().source.as_str());
    out.push_str(&console.say(&source));
    out
}

/// How sure a figure is, or who put it in the place of which.
fn mark(row: &CostRow, console: &Console) -> String {
    match &row.own {
        Some(own) => console.say(
            &Message::new("costing-own")
                .with("usual", row.usual.to_string())
                .with("who", own.who.as_str())
                .with("day", own.at.date()),
        ),
        None => console.tr(&format!("mark-{}", row.mark)),
    }
}

fn changed_text(out: &CostingOut<'_>, console: &Console) -> String {
    if out.changes.is_empty() {
        return console.tr("cli-set-unchanged");
    }
    let mut table = console.table(&[("key", Left), ("old", Right), ("new", Right)]);
    for change in &out.changes {
        table.row(vec![change.key.to_owned(), change.old.to_string(), change.new.to_string()]);
    }
    table.render()
}

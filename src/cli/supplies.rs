//! `shouye supplies`: how far the stocks go for so many people and days, and what runs out first.

use std::path::Path;
use std::time::Instant;

use serde::Serialize;
use serde_json::Number;

use super::args::SuppliesArgs;
use super::console::{Answer, Console, Timing, ms_since};
use super::fault::Fault;
use super::relief::{self, ReliefOut, Sheltered};
use super::source::{self, Source, sources_of};
use super::table::Align::{Left, Right};
use super::{figure, place};
use crate::analysis::roads::Trips;
use crate::analysis::supplies::{
    Item, ItemCover, Milli, Norm, NormTable, Season, StockNote, Supplies, SuppliesAsk, supplies,
};
use crate::base::{Message, Persons};
use crate::io;
use crate::model::Kind;

/// What the answer rests on: without an area on the first two.
const BY_ROAD: [Kind; 6] =
    [Kind::Stock, Kind::Warehouse, Kind::Settlement, Kind::Shelter, Kind::Road, Kind::Closure];

/// So many stock rows that do not count are shown to people.
const SHOWN: usize = 20;

#[derive(Serialize)]
struct SuppliesOut<'a> {
    items: Vec<ItemOut<'a>>,
    days: Option<Number>,
    people: Option<u64>,
    bottleneck: Option<&'a str>,
    asked: AskedOut<'a>,
    norm: NormOut<'a>,
    without_data: Vec<&'a str>,
    not_counted: Vec<NoteOut<'a>>,
    other_rows: usize,
    #[serde(flatten)]
    relief: Option<ReliefOut<'a>>,
    timing: Timing,
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct AskedOut<'a> {
    people: u64,
    days: u32,
    season: &'a str,
}

#[derive(Serialize)]
struct NormOut<'a> {
    key: &'a str,
    name: &'a str,
    standard: &'a str,
}

#[derive(Serialize)]
struct ItemOut<'a> {
    code: &'a str,
    name: &'a str,
    unit: &'a str,
    basis: &'static str,
    need: Number,
    have: Option<Number>,
    days: Option<Number>,
    people: Option<u64>,
    mandatory: bool,
    short: Option<Number>,
    reserves: Vec<ReserveOut<'a>>,
    mark: &'a str,
}

#[derive(Serialize)]
struct ReserveOut<'a> {
    kind: &'a str,
    have: Number,
}

#[derive(Serialize)]
struct NoteOut<'a> {
    id: String,
    name: &'a str,
    item: &'a str,
    why: &'static str,
}

/// Says how far the stocks go.
pub fn run(ask: &SuppliesArgs, console: &Console) -> Result<Answer, Fault> {
    let table = norms(&ask.norm)?;
    let norm = norm_of(&table, &ask.norm)?;
    let now = console.clock.now();
    let season = ask.season.unwrap_or_else(|| Season::at(now));
    let area = ask.area.as_deref().map(place::area_of_file).transpose()?;
    let trucks = match &area {
        Some(_) => Some(relief::travel(&ask.travel, console)?),
        None => {
            relief::unused(&ask.travel)?;
            None
        }
    };
    let (workspace, load_ms) = match &area {
        Some(_) => console.open_roads()?,
        None => console.open()?,
    };
    let county = workspace.county();
    let started = Instant::now();
    let mut question = SuppliesAsk {
        people: Persons(ask.people.unwrap_or_default()),
        days: ask.days,
        norm,
        season,
        now,
    };
    let trips = match &trucks {
        Some(travel) => Some(Trips::new(county, travel, None)?),
        None => None,
    };
    let mut by_road = None;
    if let (Some(area), Some(trips)) = (&area, &trips) {
        let sheltered = Sheltered::new(county, area)?;
        question.people = sheltered.people;
        by_road = Some(relief::answer(county, trips, &question, area, sheltered)?);
    }
    let people = question.people;
    let found = supplies(county, &question);
    let timing = Timing { load_ms, solve_ms: ms_since(started) };
    let lang = console.locale.lang();
    let out = SuppliesOut {
        items: found.items.iter().filter_map(|item| item_out(item, console)).collect(),
        days: found.days.map(number),
        people: found.people.map(|people| people.0),
        bottleneck: found.bottleneck.map(code),
        asked: AskedOut { people: people.0, days: ask.days, season: season.key() },
        norm: NormOut { key: &norm.key, name: norm.name(lang), standard: &norm.standard },
        without_data: found.without_data.iter().map(|key| code(key)).collect(),
        not_counted: found.notes.iter().map(note_out).collect(),
        other_rows: found.others,
        relief: by_road
            .as_ref()
            .zip(trips.as_ref())
            .map(|(answer, trips)| ReliefOut::new(answer, county, trips, now)),
        timing,
        sources: sources_of(county, if by_road.is_some() { &BY_ROAD } else { &BY_ROAD[..2] }),
    };
    console.answer(&out, || {
        let head = out.relief.as_ref().map(|relief| relief.head(console)).unwrap_or_default();
        let own = out.relief.as_ref().map(|relief| relief.own(console)).unwrap_or_default();
        format!("{head}{}{own}", text(&out, &found, console))
    })
}

/// Norms of the user's own file, or those that come with the program.
fn norms(name: &str) -> Result<NormTable, Fault> {
    if name.to_lowercase().ends_with(".toml") {
        return Ok(io::read_norms(Path::new(name))?);
    }
    Ok(NormTable::usual().clone())
}

/// The norm of this name; of a file the first.
fn norm_of<'a>(table: &'a NormTable, name: &str) -> Result<&'a Norm, Fault> {
    let of_file = table.norms.first().filter(|_| name.to_lowercase().ends_with(".toml"));
    table.norm(name).or(of_file).ok_or_else(|| {
        let known: Vec<&str> =
            NormTable::usual().norms.iter().map(|norm| norm.key.as_str()).collect();
        Fault::usage(Message::new("cli-supplies-no-norm").with("norm", name))
            .hint(Message::new("cli-supplies-no-norm-hint").with("known", known.join(" ")))
    })
}

fn code(key: &str) -> &str {
    Item::of(key).map_or(key, Item::code)
}

/// Whole numbers without a fraction.
pub(super) fn number(n: Milli) -> Number {
    if n.0.is_multiple_of(1000) {
        return Number::from(n.0 / 1000);
    }
    // A finite number always has a JSON form.
    Number::from_f64(n.value()).unwrap_or_else(|| Number::from(n.0 / 1000))
}

fn item_out<'a>(cover: &'a ItemCover, console: &Console) -> Option<ItemOut<'a>> {
    let item = Item::of(cover.item)?;
    Some(ItemOut {
        code: item.code(),
        name: item.name(console.locale.lang()),
        unit: &item.unit,
        basis: cover.basis.key(),
        need: number(cover.need),
        have: cover.have.map(number),
        days: cover.days.map(number),
        people: cover.people.map(|people| people.0),
        mandatory: cover.mandatory,
        short: cover.short().map(number),
        reserves: cover
            .reserves
            .iter()
            .map(|(kind, have)| ReserveOut { kind, have: number(*have) })
            .collect(),
        mark: &cover.mark,
    })
}

fn note_out(note: &StockNote) -> NoteOut<'_> {
    NoteOut {
        id: note.stock.to_string(),
        name: &note.name,
        item: code(note.item),
        why: note.why.key(),
    }
}

/// A quantity for people: thousands separated, a fraction with one decimal, rounded down.
fn amount(n: Milli) -> String {
    let tenths = n.0 / 100;
    match tenths % 10 {
        0 => figure::count(tenths / 10),
        rest => format!("{}.{rest}", figure::count(tenths / 10)),
    }
}

fn text(out: &SuppliesOut<'_>, found: &Supplies, console: &Console) -> String {
    let no_data = || console.tr("cli-no-data");
    let head = Message::new("cli-supplies-head")
        .with("people", figure::count(out.asked.people))
        .with("days", out.asked.days)
        .with("season", Message::new(format!("season-{}", out.asked.season)))
        .with("norm", out.norm.name);
    let mut text = format!("{}\n", console.say(&head));
    let mut table = console.table(&[
        ("supply-item", Left),
        ("unit", Left),
        ("need", Right),
        ("have", Right),
        ("short", Right),
        ("days", Right),
        ("people", Right),
        ("mandatory", Left),
    ]);
    for (item, cover) in out.items.iter().zip(&found.items) {
        let day = || match cover.days {
            Some(days) => amount(days),
            None if cover.have.is_none() => no_data(),
            None => "–".to_owned(),
        };
        table.row(vec![
            item.name.to_owned(),
            console.tr(&format!("supplies-unit-{}", item.unit)),
            amount(cover.need),
            cover.have.map_or_else(no_data, amount),
            cover.short().map_or_else(no_data, amount),
            day(),
            cover.people.map_or_else(no_data, |people| figure::count(people.0)),
            if item.mandatory { console.tr("cli-supplies-mandatory") } else { String::new() },
        ]);
    }
    text.push_str(&table.render());
    text.push('\n');
    let bottleneck = found.bottleneck.and_then(Item::of);
    let line = match bottleneck {
        Some(item) => Message::new("cli-supplies-bottleneck")
            .with("item", item.name(console.locale.lang()))
            .with("days", found.days.map_or_else(no_data, amount))
            .with("people", found.people.map_or_else(no_data, |n| figure::count(n.0))),
        None if out.asked.people == 0 => Message::new("cli-supplies-nobody"),
        None => Message::new("cli-supplies-nothing-known"),
    };
    text.push_str(&format!("{}\n", console.say(&line)));
    if !found.without_data.is_empty() {
        let names: Vec<&str> = found
            .without_data
            .iter()
            .filter_map(|key| Some(Item::of(key)?.name(console.locale.lang())))
            .collect();
        let line = Message::new("cli-supplies-without-data")
            .with("items", names.join(&console.tr("cli-list-separator")));
        text.push_str(&format!("{}\n", console.say(&line)));
    }
    if !found.notes.is_empty() {
        let count = Message::new("cli-supplies-not-counted").with("n", found.notes.len());
        text.push_str(&format!("\n{}\n", console.say(&count)));
        let mut table = console.table(&[("name", Left), ("why", Left), ("id", Left)]);
        for note in found.notes.iter().take(SHOWN) {
            table.row(vec![
                note.name.clone(),
                console.say(&note.why.message()),
                note.stock.to_string(),
            ]);
        }
        text.push_str(&table.render());
        if found.notes.len() > SHOWN {
            let more = Message::new("cli-more").with("n", found.notes.len() - SHOWN);
            text.push_str(&format!("{}\n", console.say(&more)));
        }
    }
    if let Some(relief) = &out.relief {
        text.push_str(&relief.text(console));
    }
    text.push('\n');
    text.push_str(&source::text(&out.sources, console));
    let standard = Message::new("cli-supplies-standard").with("standard", out.norm.standard);
    text.push_str(&format!("{}\n", console.say(&standard)));
    text
}

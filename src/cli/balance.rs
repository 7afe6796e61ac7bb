//! `shouye balance`: people against places, township by township.

use std::time::Instant;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::args::BalanceArgs;
use super::console::{Answer, Console, Timing, ms_since};
use super::fault::Fault;
use super::source::{Source, sources_of};
use super::table::Align::{Left, Right};
use super::{figure, source};
use crate::analysis::balance::{Balance, BalanceSheet, ShelterArea, Sums, balance};
use crate::base::{Feedback, Message, Persons};
use crate::model::{Kind, StayClass};
use crate::view::shelter_check::outcome_name;

/// So many overloaded shelters are shown to people.
const SHOWN: usize = 20;

#[derive(Serialize)]
struct BalanceOut<'a> {
    stay: &'static str,
    county: SumsOut,
    townships: Vec<TownshipOut<'a>>,
    shelters: Vec<ShelterOut<'a>>,
    timing: Timing,
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct TownshipOut<'a> {
    id: Option<String>,
    code: Option<&'a str>,
    name: &'a str,
    #[serde(flatten)]
    sums: SumsOut,
}

#[derive(Serialize)]
struct SumsOut {
    people: Option<u64>,
    people_day: Option<u64>,
    settlements: usize,
    without_data: usize,
    shelters: usize,
    without_capacity: usize,
    places: Map<String, Json>,
    free: u64,
    free_share: Option<f64>,
    without_place: Option<u64>,
    fixed_places: u64,
    fixed_needed: Option<u64>,
    fixed_share: Option<f64>,
    shortfall: Option<u64>,
    rule: &'static str,
    beyond: Option<u64>,
}

#[derive(Serialize)]
struct ShelterOut<'a> {
    id: String,
    code: Option<&'a str>,
    name: &'a str,
    class: Option<&'static str>,
    radius_m: Option<u32>,
    within: u64,
    responsible: u64,
    places: Option<u64>,
    shortfall: Option<u64>,
}

/// Sets people against places.
pub fn run(ask: &BalanceArgs, console: &Console) -> Result<Answer, Fault> {
    let (workspace, load_ms) = console.open()?;
    let county = workspace.county();
    let started = Instant::now();
    let sheet = balance(county, &Balance { stay: ask.stay }, &Feedback::default())?;
    let timing = Timing { load_ms, solve_ms: ms_since(started) };
    let out = BalanceOut {
        stay: ask.stay.key(),
        county: sums_out(&sheet.county),
        townships: sheet
            .townships
            .iter()
            .map(|line| TownshipOut {
                id: line.id.map(|id| id.to_string()),
                code: line.code.as_deref(),
                name: &line.name,
                sums: sums_out(&line.sums),
            })
            .collect(),
        shelters: sheet.shelters.iter().map(shelter_out).collect(),
        timing,
        sources: sources_of(county, &[Kind::Settlement, Kind::Shelter, Kind::Township]),
    };
    console.answer(&out, || text(&out, &sheet, ask.stay, console))
}

fn sums_out(sums: &Sums) -> SumsOut {
    let people = |people: Option<Persons>| people.map(|people| people.0);
    let places = StayClass::ALL.into_iter().zip(sums.places);
    SumsOut {
        people: people(sums.known_residents()),
        people_day: people(sums.known_by_day()),
        settlements: sums.settlements,
        without_data: sums.without_data,
        shelters: sums.shelters,
        without_capacity: sums.without_capacity,
        places: places.map(|(stay, n)| (stay.key().to_owned(), Json::from(n.0))).collect(),
        free: sums.free.0,
        free_share: sums.free_share().map(|share| figure::rounded(share, 6)),
        without_place: people(sums.without_place()),
        fixed_places: sums.fixed_places.0,
        fixed_needed: people(sums.fixed_needed()),
        fixed_share: sums.fixed_share().map(|share| figure::rounded(share, 6)),
        shortfall: people(sums.shortfall()),
        rule: sums.rule().key(),
        beyond: people(sums.known_residents().map(|_| sums.beyond)),
    }
}

fn shelter_out(area: &ShelterArea) -> ShelterOut<'_> {
    ShelterOut {
        id: area.id.to_string(),
        code: area.code.as_deref(),
        name: &area.name,
        class: area.class.map(|class| class.key()),
        radius_m: area.radius.map(|radius| radius.whole()),
        within: area.within.0,
        responsible: area.responsible.0,
        places: area.places.map(|places| places.0),
        shortfall: area.shortfall().map(|people| people.0),
    }
}

fn text(out: &BalanceOut<'_>, sheet: &BalanceSheet, stay: StayClass, console: &Console) -> String {
    let known = |n: Option<u64>| n.map_or_else(|| console.tr("cli-no-data"), figure::count);
    let percent = |share: Option<f64>| {
        share.map_or_else(|| console.tr("cli-no-data"), |x| format!("{:.1} %", x * 100.0))
    };
    let head = Message::new("cli-balance-head")
        .with("stay", console.tr(&format!("stay-{}", out.stay)))
        .with("people", known(out.county.people))
        .with("places", figure::count(sheet.county.places_for(stay).0))
        .with("free", figure::count(out.county.free));
    let mut text = format!("{}\n", console.say(&head));
    let mut table = console.table(&[
        ("township", Left),
        ("people", Right),
        ("day", Right),
        ("free", Right),
        ("share", Right),
        ("fixed-places", Right),
        ("fixed-needed", Right),
        ("rule", Left),
        ("shortfall", Right),
        ("beyond", Right),
    ]);
    let whole = console.tr("cli-balance-county");
    let nowhere = console.tr("cli-balance-nowhere");
    let lines = out.townships.iter().zip(&sheet.townships).map(|(line, sums)| {
        (if line.name.is_empty() { &nowhere } else { &sums.name }, &line.sums, &sums.sums)
    });
    for (name, line, sums) in lines.chain([(&whole, &out.county, &sheet.county)]) {
        let rule = sums.rule();
        table.row(vec![
            name.clone(),
            known(line.people),
            known(line.people_day),
            figure::count(line.free),
            percent(line.free_share),
            figure::count(line.fixed_places),
            known(line.fixed_needed),
            format!("{} {}", rule.sign(), console.say(&outcome_name(rule))),
            known(line.shortfall),
            known(line.beyond),
        ]);
    }
    text.push_str(&table.render());
    if out.county.without_data > 0 {
        let note = Message::new("cli-exposure-without-data").with("n", out.county.without_data);
        text.push_str(&format!("{}\n", console.say(&note)));
    }
    if out.county.without_capacity > 0 {
        let note = Message::new("cli-balance-gaps").with("n", out.county.without_capacity);
        text.push_str(&format!("{}\n", console.say(&note)));
    }
    text.push_str(&overloaded(out, console));
    text.push('\n');
    text.push_str(&source::text(&out.sources, console));
    text
}

/// Shelters with fewer places than people they are responsible for, the greatest shortfall first.
fn overloaded(out: &BalanceOut<'_>, console: &Console) -> String {
    let mut over: Vec<&ShelterOut<'_>> =
        out.shelters.iter().filter(|shelter| shelter.shortfall.is_some_and(|n| n > 0)).collect();
    over.sort_by(|a, b| b.shortfall.cmp(&a.shortfall).then(a.id.cmp(&b.id)));
    if over.is_empty() {
        return String::new();
    }
    let head = Message::new("cli-balance-overloaded").with("n", over.len());
    let mut text = format!("\n{}\n", console.say(&head));
    let mut table = console.table(&[
        ("shelter", Left),
        ("class", Left),
        ("radius", Right),
        ("responsible", Right),
        ("capacity", Right),
        ("shortfall", Right),
    ]);
    let count = |n: Option<u64>| n.map_or_else(|| console.tr("cli-no-data"), figure::count);
    for shelter in over.iter().take(SHOWN) {
        let class = shelter.class.map(|class| console.tr(&format!("site-class-{class}")));
        table.row(vec![
            shelter.name.to_owned(),
            class.unwrap_or_else(|| console.tr("cli-no-data")),
            count(shelter.radius_m.map(u64::from)),
            figure::count(shelter.responsible),
            count(shelter.places),
            count(shelter.shortfall),
        ]);
    }
    text.push_str(&table.render());
    if over.len() > SHOWN {
        let more = Message::new("cli-more").with("n", over.len() - SHOWN);
        text.push_str(&format!("{}\n", console.say(&more)));
    }
    text
}

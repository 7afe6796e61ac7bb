//! `shouye demand`: what the people of an area need, in three cases.

use std::time::Instant;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::args::{DemandArgs, When};
use super::console::{Answer, Console, Timing, ms_since};
use super::fault::Fault;
use super::source::{Source, sources_of};
use super::table::Align::{Left, Right};
use super::{figure, place, source};
use crate::analysis::demand::{
    Case, Demand, DemandAsk, InstitutionNeed, Need, Rates, SettlementDemand, Shift, TimeOfDay,
    Walking, demand,
};
use crate::base::{Feedback, Message, Persons};
use crate::model::Kind;

/// So many villages are shown to people.
const SHOWN: usize = 20;

/// What the answer rests on.
const KINDS: [Kind; 5] =
    [Kind::Settlement, Kind::HazardSource, Kind::Mine, Kind::Hospital, Kind::CareHome];

#[derive(Serialize)]
struct DemandOut<'a> {
    time: TimeOfDay,
    cases: Option<Map<String, Json>>,
    groups: Vec<GroupOut<'a>>,
    notified_share: Option<f64>,
    moved_share: Option<f64>,
    without_data: usize,
    without_notified: usize,
    without_moved: usize,
    settlements: Vec<SettlementOut<'a>>,
    workers: Vec<ShiftOut<'a>>,
    institutions: Vec<InstitutionOut<'a>>,
    rates_mark: &'static str,
    timing: Timing,
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct GroupOut<'a> {
    group: &'a str,
    walking_ms: Walking,
    mark: &'a str,
    source: &'a str,
}

#[derive(Serialize)]
struct NeedOut {
    people: u64,
    moved: u64,
    to_move: u64,
    relatives: u64,
    sheltered: u64,
    with_help: u64,
    by_car: u64,
    on_foot: u64,
    by_bus: u64,
    cars: u64,
    buses: u64,
    vulnerable: Map<String, Json>,
}

#[derive(Serialize)]
struct SettlementOut<'a> {
    id: String,
    name: &'a str,
    share: f64,
    notified_share: Option<f64>,
    moved_share: Option<f64>,
    day_estimated: bool,
    cases: Option<Map<String, Json>>,
}

#[derive(Serialize)]
struct ShiftOut<'a> {
    id: String,
    kind: &'static str,
    name: &'a str,
    workers: Option<u64>,
    on_shift: Option<Map<String, Json>>,
}

#[derive(Serialize)]
struct InstitutionOut<'a> {
    id: String,
    kind: &'static str,
    group: &'static str,
    name: &'a str,
    people: Option<u64>,
    with_help: Option<Map<String, Json>>,
}

/// Works out what people need.
pub fn run(ask: &DemandArgs, console: &Console) -> Result<Answer, Fault> {
    let area = place::area_of_file(&ask.area)?;
    let (workspace, load_ms) = console.open()?;
    let county = workspace.county();
    let time = match ask.time {
        When::Day => TimeOfDay::Day,
        When::Night => TimeOfDay::Night,
    };
    let started = Instant::now();
    let found = demand(county, &area, &DemandAsk { time }, &Feedback::default())?;
    let timing = Timing { load_ms, solve_ms: ms_since(started) };
    let rates = Rates::usual();
    let out = DemandOut {
        time,
        cases: found.is_known().then(|| cases(&found.needs)).transpose()?,
        groups: rates
            .group
            .iter()
            .map(|group| GroupOut {
                group: &group.key,
                walking_ms: group.walking_ms,
                mark: &group.mark,
                source: &group.source,
            })
            .collect(),
        notified_share: found.notified.map(|share| figure::rounded(share, 4)),
        moved_share: found.moved.map(|share| figure::rounded(share, 4)),
        without_data: found.without_data(),
        without_notified: found.without_notified(),
        without_moved: found.without_moved(),
        settlements: found.settlements.iter().map(settlement).collect::<Result<_, _>>()?,
        workers: found.shifts.iter().map(shift).collect(),
        institutions: found.institutions.iter().map(institution).collect(),
        rates_mark: &rates.sheltered.mark,
        timing,
        sources: sources_of(county, &KINDS),
    };
    console.answer(&out, || text(&found, &out.sources, console))
}

fn cases(needs: &[Need; 3]) -> Result<Map<String, Json>, Fault> {
    let mut out = Map::new();
    for (case, need) in Case::ALL.into_iter().zip(needs) {
        let value = serde_json::to_value(need_out(need, case)).map_err(|error| {
            Fault::new("internal", Message::new("cli-internal").with("reason", error.to_string()))
        })?;
        out.insert(case.key().to_owned(), value);
    }
    Ok(out)
}

fn need_out(need: &Need, case: Case) -> NeedOut {
    let groups = Rates::usual().group.iter().zip(&need.groups);
    NeedOut {
        people: need.people.0,
        moved: need.moved.0,
        to_move: need.to_move.0,
        relatives: need.relatives.0,
        sheltered: need.sheltered.0,
        with_help: need.with_help.0,
        by_car: need.by_car.0,
        on_foot: need.on_foot.0,
        by_bus: need.by_bus.0,
        cars: need.cars(case),
        buses: need.buses(case),
        vulnerable: groups.map(|(group, n)| (group.key.clone(), Json::from(n.0))).collect(),
    }
}

fn settlement(village: &SettlementDemand) -> Result<SettlementOut<'_>, Fault> {
    Ok(SettlementOut {
        id: village.id.to_string(),
        name: &village.name,
        share: figure::rounded(village.share, 6),
        notified_share: village.notified,
        moved_share: village.moved.map(|share| figure::rounded(share, 4)),
        day_estimated: village.day_estimated,
        cases: village.needs.as_ref().map(cases).transpose()?,
    })
}

fn range(people: [Persons; 3]) -> Map<String, Json> {
    Case::ALL.iter().zip(people).map(|(case, n)| (case.key().to_owned(), Json::from(n.0))).collect()
}

fn shift(shift: &Shift) -> ShiftOut<'_> {
    ShiftOut {
        id: shift.id.to_string(),
        kind: shift.kind.key(),
        name: &shift.name,
        workers: shift.workers.map(|people| people.0),
        on_shift: shift.on_shift.map(range),
    }
}

fn institution(home: &InstitutionNeed) -> InstitutionOut<'_> {
    InstitutionOut {
        id: home.id.to_string(),
        kind: home.kind.key(),
        group: home.group,
        name: &home.name,
        people: home.people.map(|people| people.0),
        with_help: home.with_help.map(range),
    }
}

fn text(found: &Demand, sources: &[Source], console: &Console) -> String {
    let mut text = format!("{}\n", console.tr(head(found)));
    let no_data = || console.tr("cli-no-data");
    let percent =
        |share: Option<f64>| share.map_or_else(no_data, |x| format!("{:.0} %", x * 100.0));
    if found.is_known() {
        text.push_str(&needs_table(&found.needs, console));
    }
    let rates = Message::new("cli-demand-rates")
        .with("notified", percent(found.notified))
        .with("moved", percent(found.moved));
    text.push_str(&format!("{}\n", console.say(&rates)));
    if found.without_data() > 0 {
        let note = Message::new("cli-exposure-without-data").with("n", found.without_data());
        text.push_str(&format!("{}\n", console.say(&note)));
    }
    if !found.settlements.is_empty() {
        let mut table = console.table(&[
            ("settlement", Left),
            ("people", Right),
            ("to-move", Right),
            ("sheltered", Right),
            ("with-help", Right),
            ("notified", Right),
            ("moved", Right),
        ]);
        let of = |village: &SettlementDemand, get: fn(&Need) -> Persons| {
            village.needs.as_ref().map_or_else(no_data, |needs| span(needs.each_ref().map(get)))
        };
        for village in found.settlements.iter().take(SHOWN) {
            table.row(vec![
                village.name.clone(),
                of(village, |need| need.people),
                of(village, |need| need.to_move),
                of(village, |need| need.sheltered),
                of(village, |need| need.with_help),
                percent(village.notified),
                percent(village.moved),
            ]);
        }
        text.push_str(&format!("\n{}", table.render()));
        if found.settlements.len() > SHOWN {
            let more = Message::new("cli-more").with("n", found.settlements.len() - SHOWN);
            text.push_str(&format!("{}\n", console.say(&more)));
        }
    }
    text.push_str(&besides(found, console));
    text.push_str(&format!("\n{}\n", console.tr("cli-demand-caveat")));
    text.push_str(&source::text(sources, console));
    text
}

fn head(found: &Demand) -> &'static str {
    match (found.is_known(), found.time) {
        (false, _) => "cli-demand-no-data",
        (true, TimeOfDay::Day) => "cli-demand-head-day",
        (true, TimeOfDay::Night) => "cli-demand-head-night",
    }
}

/// The three cases side by side.
fn needs_table(needs: &[Need; 3], console: &Console) -> String {
    let mut table =
        console.table(&[("item", Left), ("low", Right), ("likely", Right), ("high", Right)]);
    let mut row = |id: &str, figures: [u64; 3]| {
        let cells = figures.map(figure::count);
        table.row(std::iter::once(console.tr(&format!("demand-{id}"))).chain(cells).collect());
    };
    let get = |get: fn(&Need) -> Persons| needs.each_ref().map(|need| get(need).0);
    row("people", get(|need| need.people));
    row("moved", get(|need| need.moved));
    row("to-move", get(|need| need.to_move));
    row("relatives", get(|need| need.relatives));
    row("sheltered", get(|need| need.sheltered));
    row("with-help", get(|need| need.with_help));
    row("by-car", get(|need| need.by_car));
    row("on-foot", get(|need| need.on_foot));
    row("by-bus", get(|need| need.by_bus));
    let vehicles = |count: fn(&Need, Case) -> u64| {
        let [low, likely, high] = needs;
        [count(low, Case::Low), count(likely, Case::Likely), count(high, Case::High)]
    };
    row("cars", vehicles(Need::cars));
    row("buses", vehicles(Need::buses));
    for (at, group) in Rates::usual().group.iter().enumerate() {
        let people = |need: &Need| need.groups.get(at).map_or(0, |people| people.0);
        row(&format!("group-{}", group.key), needs.each_ref().map(people));
    }
    table.render()
}

/// Plants, mines, hospitals and care homes.
fn besides(found: &Demand, console: &Console) -> String {
    if found.shifts.is_empty() && found.institutions.is_empty() {
        return String::new();
    }
    let no_data = || console.tr("cli-no-data");
    let mut table = console.table(&[
        ("facility", Left),
        ("kind", Left),
        ("people", Right),
        ("on-shift", Right),
        ("with-help", Right),
    ]);
    let count = |people: Option<Persons>| people.map_or_else(no_data, |n| figure::count(n.0));
    for shift in &found.shifts {
        let on_shift = shift.on_shift.map_or_else(no_data, span);
        let kind = console.kind(shift.kind);
        let dash = "–".to_owned();
        table.row(vec![shift.name.clone(), kind, count(shift.workers), on_shift, dash]);
    }
    for home in &found.institutions {
        let help = home.with_help.map_or_else(no_data, span);
        let kind = console.kind(home.kind);
        let dash = "–".to_owned();
        table.row(vec![home.name.clone(), kind, count(home.people), dash, help]);
    }
    format!("\n{}\n{}", console.tr("cli-demand-besides"), table.render())
}

/// `1,200–1,500`, or one figure where all cases agree.
fn span(people: [Persons; 3]) -> String {
    let [low, _, high] = people.map(|n| n.0);
    let (least, most) = (low.min(high), low.max(high));
    if least == most {
        figure::count(least)
    } else {
        format!("{}–{}", figure::count(least), figure::count(most))
    }
}

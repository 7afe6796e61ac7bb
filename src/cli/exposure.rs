//! `shouye exposure`: who and what is in an area.

use std::time::Instant;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::args::ExposureArgs;
use super::console::{Answer, Console, Timing, ms_since};
use super::fault::Fault;
use super::source::{Source, sources_of};
use super::table::Align::{Left, Right};
use super::{figure, place, source};
use crate::analysis::{Exposure, exposure};
use crate::base::{Feedback, Message};
use crate::model::Kind;
use crate::spatial::Area;

#[derive(Serialize)]
struct ExposureOut<'a> {
    people: Option<u64>,
    people_day: Option<u64>,
    settlements: Vec<SettlementOut<'a>>,
    facilities: Map<String, Json>,
    without_data: usize,
    timing: Timing,
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct SettlementOut<'a> {
    id: String,
    name: &'a str,
    people: Option<u64>,
    share: f64,
    people_day: Option<u64>,
    on_edge: bool,
    point_only: bool,
}

/// Counts people and facilities in an area.
pub fn run(ask: &ExposureArgs, console: &Console) -> Result<Answer, Fault> {
    let area = area(ask)?;
    let (workspace, load_ms) = console.open()?;
    let county = workspace.county();
    let started = Instant::now();
    let found = exposure(county, &area, &Feedback::default())?;
    let timing = Timing { load_ms, solve_ms: ms_since(started) };
    let kinds: Vec<Kind> =
        Kind::ALL.iter().copied().filter(|k| *k == Kind::Settlement || k.is_facility()).collect();
    let out = ExposureOut {
        people: found.known_people().map(|people| people.0),
        people_day: found.known_people_day().map(|people| people.0),
        settlements: settlements(&found),
        facilities: found
            .facilities
            .iter()
            .map(|(kind, ids)| (kind.key().to_owned(), Json::from(ids.len())))
            .collect(),
        without_data: found.without_data,
        timing,
        sources: sources_of(county, &kinds),
    };
    console.answer(&out, || text(&out, &found, console))
}

fn area(ask: &ExposureArgs) -> Result<Area, Fault> {
    match (&ask.area, &ask.at, &ask.within) {
        (Some(file), _, _) => place::area_of_file(file),
        (None, Some(at), Some(within)) => {
            place::circle(place::lonlat(at)?, place::metres("--within", within)?)
        }
        _ => Err(Fault::usage(Message::new("cli-usage-missing").with("argument", "--area"))),
    }
}

fn settlements(found: &Exposure) -> Vec<SettlementOut<'_>> {
    found
        .settlements
        .iter()
        .map(|settlement| SettlementOut {
            id: settlement.id.to_string(),
            name: &settlement.name,
            people: settlement.people.map(|people| people.0),
            share: figure::rounded(settlement.share, 6),
            people_day: settlement.people_day.map(|people| people.0),
            on_edge: settlement.on_edge,
            point_only: settlement.point_only,
        })
        .collect()
}

fn text(out: &ExposureOut<'_>, found: &Exposure, console: &Console) -> String {
    let people = |n: Option<u64>| match n {
        Some(n) => Message::new("cli-people").with("n", figure::count(n)),
        None => Message::new("cli-no-data"),
    };
    let head = Message::new("cli-exposure-head")
        .with("people", people(out.people))
        .with("day", people(out.people_day))
        .with("settlements", out.settlements.len());
    let mut text = format!("{}\n", console.say(&head));
    if out.without_data > 0 {
        let note = Message::new("cli-exposure-without-data").with("n", out.without_data);
        text.push_str(&console.say(&note));
        text.push('\n');
    }
    if !out.settlements.is_empty() {
        let mut table = console.table(&[
            ("settlement", Left),
            ("people", Right),
            ("day", Right),
            ("share", Right),
            ("remark", Left),
        ]);
        let number = |n: Option<u64>| n.map_or_else(|| console.tr("cli-no-data"), figure::count);
        for row in &out.settlements {
            let remark = match (row.on_edge, row.point_only) {
                (true, _) => console.tr("cli-on-edge"),
                (_, true) => console.tr("cli-point-only"),
                _ => String::new(),
            };
            table.row(vec![
                row.name.to_owned(),
                number(row.people),
                number(row.people_day),
                percent(row.share),
                remark,
            ]);
        }
        text.push('\n');
        text.push_str(&table.render());
    }
    if !found.facilities.is_empty() {
        let mut table = console.table(&[("facility", Left), ("number", Right)]);
        for (kind, ids) in &found.facilities {
            table.row(vec![console.kind(*kind), figure::count(ids.len() as u64)]);
        }
        text.push('\n');
        text.push_str(&table.render());
    }
    text.push('\n');
    text.push_str(&source::text(&out.sources, console));
    text
}

/// A share that is not zero never looks like it.
fn percent(share: f64) -> String {
    match share * 100.0 {
        small if small > 0.0 && small < 1.0 => "< 1 %".to_owned(),
        percent => format!("{percent:.0} %"),
    }
}

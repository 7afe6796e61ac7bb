//! `shouye coverage`: whom the first team reaches in time, and what one more station would add.

use std::time::Instant;

use serde::Serialize;

use super::args::CoverageArgs;
use super::basis::TimeBasis;
use super::console::{Answer, Console, Timing, ms_since};
use super::fault::Fault;
use super::source::{Source, sources_of};
use super::table::Align::{Left, Right};
use super::{figure, nearest, source, travel};
use crate::analysis::roads::{Trips, candidates, coverage};
use crate::base::{Feedback, Message};
use crate::model::Kind;

/// So many uncovered villages and candidates are shown to people.
const SHOWN: usize = 20;

#[derive(Serialize)]
struct CoverageOut<'a> {
    people: u64,
    within: Vec<WithinOut>,
    uncovered: Vec<UncoveredOut<'a>>,
    one_more: Vec<CandidateOut<'a>>,
    vehicle: &'a str,
    #[serde(flatten)]
    basis: TimeBasis<'a>,
    turnout_s: u32,
    timing: Timing,
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct WithinOut {
    minutes: u32,
    people: u64,
}

#[derive(Serialize)]
struct UncoveredOut<'a> {
    id: String,
    name: &'a str,
    people: Option<u64>,
    travel_s: Option<u32>,
}

#[derive(Serialize)]
struct CandidateOut<'a> {
    id: String,
    name: &'a str,
    gained: u64,
    saved_person_minutes: u64,
}

/// Counts the people the first team reaches.
pub fn run(ask: &CoverageArgs, console: &Console) -> Result<Answer, Fault> {
    let conditions = nearest::conditions(&ask.conditions)?;
    let travel = travel::travel(&ask.travel, console)?;
    let (workspace, load_ms) = console.open_roads()?;
    let county = workspace.county();
    for condition in &conditions {
        nearest::meaningful(condition, county, ask.kind)?;
    }
    let started = Instant::now();
    let feedback = Feedback::default();
    let trips = Trips::new(county, &travel, Some(ask.kind))?;
    let serves = |row: &_| conditions.iter().all(|condition| condition.holds(row));
    let mut minutes = ask.minutes.clone();
    minutes.sort_unstable();
    minutes.dedup();
    let longest = minutes.last().copied().unwrap_or_default();
    let found = coverage(county, &trips, ask.kind, &minutes, &serves, &feedback)?;
    let more = if ask.one_more {
        candidates(county, &trips, ask.kind, &found, longest, &feedback)?
    } else {
        Vec::new()
    };
    let timing = Timing { load_ms, solve_ms: ms_since(started) };
    let uncovered = found.uncovered(longest);
    let out = CoverageOut {
        people: found.people.0,
        within: found
            .within
            .iter()
            .map(|(minutes, people)| WithinOut { minutes: *minutes, people: people.0 })
            .collect(),
        uncovered: uncovered
            .iter()
            .map(|village| UncoveredOut {
                id: village.id.to_string(),
                name: &village.name,
                people: village.people.map(|people| people.0),
                travel_s: village.travel_s,
            })
            .collect(),
        one_more: more
            .iter()
            .map(|site| CandidateOut {
                id: site.id.to_string(),
                name: &site.name,
                gained: site.gained.0,
                saved_person_minutes: site.saved_person_minutes,
            })
            .collect(),
        vehicle: &trips.vehicle.key,
        basis: TimeBasis::of(county, &trips),
        turnout_s: trips.table.turnout_s(ask.kind),
        timing,
        sources: sources_of(county, &[ask.kind, Kind::Settlement, Kind::Road, Kind::Closure]),
    };
    console.answer(&out, || text(&out, longest, ask.kind, console))
}

fn text(out: &CoverageOut<'_>, longest: u32, kind: Kind, console: &Console) -> String {
    let head = Message::new("cli-coverage-head")
        .with("kind", console.kind(kind))
        .with("people", figure::count(out.people));
    let mut text = format!("{}{}\n", out.basis.head(console), console.say(&head));
    let mut table = console.table(&[("minutes", Right), ("people", Right), ("share", Right)]);
    for within in &out.within {
        let share = within.people as f64 * 100.0 / (out.people.max(1)) as f64;
        table.row(vec![
            within.minutes.to_string(),
            figure::count(within.people),
            format!("{share:.1} %"),
        ]);
    }
    text.push_str(&table.render());
    let count = Message::new("cli-coverage-uncovered")
        .with("minutes", longest)
        .with("n", out.uncovered.len());
    text.push_str(&format!("\n{}\n", console.say(&count)));
    if !out.uncovered.is_empty() {
        let mut table =
            console.table(&[("settlement", Left), ("people", Right), ("travel", Right)]);
        for village in out.uncovered.iter().take(SHOWN) {
            let no_data = || console.tr("cli-no-data");
            table.row(vec![
                village.name.to_owned(),
                village.people.map_or_else(no_data, figure::count),
                village.travel_s.map_or_else(|| console.tr("cli-no-way"), figure::minutes),
            ]);
        }
        text.push_str(&table.render());
        more(out.uncovered.len(), &mut text, console);
    }
    if !out.one_more.is_empty() {
        text.push_str(&format!("\n{}\n", console.tr("cli-coverage-one-more")));
        let mut table = console.table(&[
            ("settlement", Left),
            ("gained", Right),
            ("saved-person-minutes", Right),
        ]);
        for site in out.one_more.iter().take(SHOWN) {
            table.row(vec![
                site.name.to_owned(),
                figure::count(site.gained),
                figure::count(site.saved_person_minutes),
            ]);
        }
        text.push_str(&table.render());
        more(out.one_more.len(), &mut text, console);
    }
    text.push('\n');
    text.push_str(&source::text(&out.sources, console));
    text.push_str(&out.basis.text(console));
    text
}

fn more(all: usize, text: &mut String, console: &Console) {
    if all > SHOWN {
        let more = Message::new("cli-more").with("n", all - SHOWN);
        text.push_str(&format!("{}\n", console.say(&more)));
    }
}

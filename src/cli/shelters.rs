//! `shouye shelters`: shelters held against the standards, the worst first.

use std::time::Instant;

use serde::Serialize;

use super::args::SheltersArgs;
use super::console::{Answer, Console, Timing, ms_since};
use super::fault::Fault;
use super::source::{Source, sources_of};
use super::table::Align::{Left, Right};
use super::{figure, place, source};
use crate::analysis::shelter_check::{
    Check, CheckNote, Outcome, ShelterCheck, ShelterChecks, ShelterRules, shelter_checks,
};
use crate::base::{Feedback, Message};
use crate::county::County;
use crate::model::Kind;
use crate::view::shelter_check::{CheckRow, check_rows};

/// What the checks look at.
const KINDS: [Kind; 6] =
    [Kind::Shelter, Kind::Fault, Kind::HazardSource, Kind::Waterbody, Kind::River, Kind::Levee];

/// So many shelters are shown to people check by check.
const SHOWN: usize = 20;

#[derive(Serialize)]
struct SheltersOut<'a> {
    stay: Option<&'static str>,
    wind_from_deg: Option<f64>,
    wind_cone_deg: f64,
    shelters: Vec<ShelterOut<'a>>,
    timing: Timing,
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct ShelterOut<'a> {
    id: String,
    code: Option<&'a str>,
    name: &'a str,
    class: Option<&'static str>,
    fail: usize,
    warn: usize,
    no_data: usize,
    pass: usize,
    checks: Vec<CheckOut<'a>>,
}

#[derive(Serialize)]
struct CheckOut<'a> {
    check: &'static str,
    outcome: &'static str,
    figure: Option<f64>,
    limit: Option<f64>,
    unit: Option<&'a str>,
    other: Option<String>,
    other_name: Option<&'a str>,
    note: Option<CheckNote>,
    clause: &'a str,
    mark: &'a str,
    source: &'a str,
}

/// Checks all shelters.
pub fn run(ask: &SheltersArgs, console: &Console) -> Result<Answer, Fault> {
    let area = ask.area.as_deref().map(place::area_of_file).transpose()?;
    let wind = ask.wind.as_deref().map(|text| place::degrees("--wind", text)).transpose()?;
    let (workspace, load_ms) = console.open()?;
    let county = workspace.county();
    let started = Instant::now();
    let question = ShelterCheck { stay: ask.stay, area: area.as_ref(), wind_from_deg: wind };
    let found = shelter_checks(county, &question, &Feedback::default())?;
    let timing = Timing { load_ms, solve_ms: ms_since(started) };
    let out = SheltersOut {
        stay: ask.stay.map(|stay| stay.key()),
        wind_from_deg: wind,
        wind_cone_deg: ShelterRules::usual().wind_cone_deg.value,
        shelters: found.iter().map(|checked| shelter_out(county, checked)).collect(),
        timing,
        sources: sources_of(county, &KINDS),
    };
    console.answer(&out, || text(&out, &found, county, console))
}

fn shelter_out<'a>(county: &'a County, checked: &'a ShelterChecks) -> ShelterOut<'a> {
    ShelterOut {
        id: checked.id.to_string(),
        code: checked.code.as_deref(),
        name: &checked.name,
        class: checked.class.map(|class| class.key()),
        fail: checked.count(Outcome::Fail),
        warn: checked.count(Outcome::Warn),
        no_data: checked.count(Outcome::NoData),
        pass: checked.count(Outcome::Pass),
        checks: checked.checks.iter().filter_map(|check| check_out(county, check)).collect(),
    }
}

fn check_out<'a>(county: &'a County, check: &Check) -> Option<CheckOut<'a>> {
    let rule = ShelterRules::usual().check(check.kind)?;
    Some(CheckOut {
        check: check.kind.key(),
        outcome: check.outcome.key(),
        figure: check.figure.map(|figure| figure::rounded(figure, 3)),
        limit: check.limit,
        unit: rule.unit.as_deref(),
        other: check.other.map(|id| id.to_string()),
        other_name: check
            .other
            .and_then(|id| county.feature(id))
            .map(|feature| feature.name.as_str())
            .filter(|name| !name.is_empty()),
        note: check.note,
        clause: &rule.clause,
        mark: &rule.mark,
        source: &rule.source,
    })
}

fn text(
    out: &SheltersOut<'_>,
    found: &[ShelterChecks],
    county: &County,
    console: &Console,
) -> String {
    let failed = out.shelters.iter().filter(|shelter| shelter.fail > 0).count();
    let head = Message::new("cli-shelters-head")
        .with("n", out.shelters.len())
        .with("failed", failed)
        .with("cone", out.wind_cone_deg);
    let mut text = format!("{}\n", console.say(&head));
    let mut table = console.table(&[
        ("shelter", Left),
        ("class", Left),
        ("fail", Right),
        ("warn", Right),
        ("gaps", Right),
        ("pass", Right),
    ]);
    for shelter in &out.shelters {
        let class = shelter.class.map(|class| console.tr(&format!("site-class-{class}")));
        table.row(vec![
            shelter.name.to_owned(),
            class.unwrap_or_else(|| console.tr("cli-no-data")),
            shelter.fail.to_string(),
            shelter.warn.to_string(),
            shelter.no_data.to_string(),
            shelter.pass.to_string(),
        ]);
    }
    text.push_str(&table.render());
    let told =
        |checked: &&ShelterChecks| checked.count(Outcome::Fail) + checked.count(Outcome::Warn) > 0;
    let all = found.iter().filter(told).count();
    for checked in found.iter().filter(told).take(SHOWN) {
        text.push_str(&format!("\n{}\n", super::table::one_line(&checked.name)));
        for row in check_rows(county, checked) {
            if matches!(row.outcome, Outcome::Fail | Outcome::Warn) {
                text.push_str(&line(&row, console));
            }
        }
    }
    if all > SHOWN {
        let more = Message::new("cli-more").with("n", all - SHOWN);
        text.push_str(&format!("{}\n", console.say(&more)));
    }
    text.push_str(&format!("\n{}\n", console.tr("card-checks-caveat")));
    text.push_str(&source::text(&out.sources, console));
    text
}

/// `× set-back · 87 m · at least 200 m · GB …`
fn line(row: &CheckRow, console: &Console) -> String {
    let parts: Vec<String> = std::iter::once(row.name())
        .chain(row.details())
        .chain([row.basis()])
        .map(|part| console.say(&part))
        .collect();
    format!("  {} {}\n", row.outcome.sign(), parts.join(" · "))
}

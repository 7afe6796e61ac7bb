//! `shouye cutoff`: which villages have no road left, and which bridge or road would cut off more.

use std::time::Instant;

use serde::Serialize;

use super::args::CutoffArgs;
use super::basis::TimeBasis;
use super::console::{Answer, Console, Timing, ms_since};
use super::fault::Fault;
use super::source::{Source, sources_of};
use super::table::Align::{Left, Right};
use super::{figure, source, travel};
use crate::analysis::roads::{CutOff, Loss, Trips, cut_off, losses, reopening, road_losses};
use crate::base::{Feedback, Id, Message};
use crate::county::County;
use crate::model::Kind;

#[derive(Serialize)]
struct CutoffOut<'a> {
    people: u64,
    of_people: u64,
    settlements: Vec<CutOut<'a>>,
    bridges: Vec<LossOut<'a>>,
    roads: Vec<LossOut<'a>>,
    reopening: Vec<ReopeningOut<'a>>,
    vehicle: &'a str,
    #[serde(flatten)]
    basis: TimeBasis<'a>,
    timing: Timing,
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct CutOut<'a> {
    id: String,
    name: &'a str,
    people: Option<u64>,
    teams: Vec<String>,
    always: bool,
}

#[derive(Serialize)]
struct LossOut<'a> {
    id: String,
    name: &'a str,
    /// The middle of the stretch; none for a bridge.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<[f64; 2]>,
    people: u64,
    settlements: Vec<String>,
}

#[derive(Serialize)]
struct ReopeningOut<'a> {
    id: Option<String>,
    name: &'a str,
    regained: u64,
    proven: bool,
}

/// Says who is cut off.
pub fn run(ask: &CutoffArgs, console: &Console) -> Result<Answer, Fault> {
    let travel = travel::travel(&ask.travel, console)?;
    let (workspace, load_ms) = console.open_roads()?;
    let county = workspace.county();
    let started = Instant::now();
    let feedback = Feedback::default();
    let trips = Trips::new(county, &travel, None)?;
    let found = cut_off(county, &trips, &feedback)?;
    let bridges = if ask.bridges { losses(county, &trips, &feedback)? } else { Vec::new() };
    let roads = if ask.roads { road_losses(county, &trips, &feedback)? } else { Vec::new() };
    let order = reopening(county, &trips, &feedback)?;
    let timing = Timing { load_ms, solve_ms: ms_since(started) };
    let ids = |ids: &[Id]| ids.iter().map(Id::to_string).collect::<Vec<_>>();
    let out = CutoffOut {
        people: found.people.0,
        of_people: found.of_people.0,
        settlements: found
            .settlements
            .iter()
            .map(|village| CutOut {
                id: village.id.to_string(),
                name: &village.name,
                people: village.people.map(|people| people.0),
                teams: ids(&village.teams),
                always: village.always,
            })
            .collect(),
        bridges: bridges.iter().map(loss_out).collect(),
        roads: roads.iter().map(loss_out).collect(),
        reopening: order
            .iter()
            .map(|step| {
                let barrier = trips.barriers.get(step.barrier);
                ReopeningOut {
                    id: barrier.and_then(|barrier| barrier.id).map(|id| id.to_string()),
                    name: barrier.map_or("", |barrier| barrier.name.as_str()),
                    regained: step.regained.0,
                    proven: step.proven,
                }
            })
            .collect(),
        vehicle: &trips.vehicle.key,
        basis: TimeBasis::of(county, &trips),
        timing,
        sources: sources_of(
            county,
            &[Kind::Settlement, Kind::Road, Kind::Bridge, Kind::Closure, Kind::Station],
        ),
    };
    let asked = [ask.bridges.then_some(&bridges[..]), ask.roads.then_some(&roads[..])];
    console.answer(&out, || text(&out, &found, asked, county, console))
}

fn loss_out(loss: &Loss) -> LossOut<'_> {
    LossOut {
        id: loss.id.to_string(),
        name: &loss.name,
        at: loss.at.map(figure::lonlat),
        people: loss.people.0,
        settlements: loss.settlements.iter().map(Id::to_string).collect(),
    }
}

fn text(
    out: &CutoffOut<'_>,
    found: &CutOff,
    [bridges, roads]: [Option<&[Loss]>; 2],
    county: &County,
    console: &Console,
) -> String {
    let name = |id: &Id| county.feature(*id).map_or("", |row| row.name.as_str());
    let names = |ids: &[Id]| ids.iter().map(name).collect::<Vec<_>>().join("、");
    let people = |n: Option<u64>| n.map_or_else(|| console.tr("cli-no-data"), figure::count);
    let head = if out.settlements.is_empty() { "cli-cutoff-none" } else { "cli-cutoff-head" };
    let head = Message::new(head)
        .with("n", out.settlements.len())
        .with("people", figure::count(out.people));
    let mut text = format!("{}{}\n", out.basis.head(console), console.say(&head));
    if !out.settlements.is_empty() {
        let mut table = console.table(&[("settlement", Left), ("people", Right), ("teams", Left)]);
        for village in &found.settlements {
            table.row(vec![
                village.name.clone(),
                people(village.people.map(|people| people.0)),
                names(&village.teams),
            ]);
        }
        text.push_str(&table.render());
    }
    if !out.reopening.is_empty() {
        text.push_str(&format!("\n{}\n", console.tr("cli-cutoff-reopening")));
        let mut table = console.table(&[("rank", Right), ("barrier", Left), ("gained", Right)]);
        for (rank, step) in (1_u64..).zip(&out.reopening) {
            table.row(vec![rank.to_string(), step.name.to_owned(), figure::count(step.regained)]);
        }
        text.push_str(&table.render());
    }
    for (losses, heading, head, none) in [
        (bridges, "bridge", "cli-cutoff-bridges", "cli-cutoff-bridges-none"),
        (roads, "road", "cli-cutoff-roads", "cli-cutoff-roads-none"),
    ] {
        let Some(losses) = losses else { continue };
        if losses.is_empty() {
            text.push_str(&format!("\n{}\n", console.tr(none)));
            continue;
        }
        text.push_str(&format!("\n{}\n", console.tr(head)));
        let mut table = console.table(&[(heading, Left), ("people", Right), ("settlements", Left)]);
        for loss in losses {
            let place = loss.at.map(|at| format!(" {:.5},{:.5}", at.x, at.y)).unwrap_or_default();
            let name = match loss.name.as_str() {
                "" => console.tr("roads-unnamed-road"),
                name => name.to_owned(),
            };
            table.row(vec![
                format!("{name}{place}"),
                figure::count(loss.people.0),
                names(&loss.settlements),
            ]);
        }
        text.push_str(&table.render());
    }
    text.push('\n');
    text.push_str(&source::text(&out.sources, console));
    text.push_str(&out.basis.text(console));
    text
}

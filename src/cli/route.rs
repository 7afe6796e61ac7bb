//! `shouye route`: the quickest way by road, and others.

use std::time::Instant;

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::args::RouteArgs;
use super::basis::TimeBasis;
use super::console::{Answer, Console, Timing, ms_since};
use super::fault::Fault;
use super::geojson_out::FeatureCollection;
use super::source::{Source, sources_of};
use super::table::Align::{Left, Right};
use super::{figure, place, source, travel};
use crate::analysis::roads::{Route, Routes, Trips, route};
use crate::base::{Feedback, Message};
use crate::model::Kind;

/// Ways beside the quickest.
const OTHERS: usize = 2;

#[derive(Serialize)]
struct RouteOut<'a> {
    #[serde(flatten)]
    ways: &'a FeatureCollection,
    vehicle: &'a str,
    #[serde(flatten)]
    basis: TimeBasis<'a>,
    avoided: Vec<&'a str>,
    far_from_road_m: [Option<f64>; 2],
    timing: Timing,
    sources: Vec<Source>,
}

/// Finds the quickest way and others that really differ.
pub fn run(ask: &RouteArgs, console: &Console) -> Result<Answer, Fault> {
    let (from, to) = (place::lonlat(&ask.from)?, place::lonlat(&ask.to)?);
    let travel = travel::travel(&ask.travel, console)?;
    let (workspace, load_ms) = console.open_roads()?;
    let county = workspace.county();
    let started = Instant::now();
    let trips = Trips::new(county, &travel, None)?;
    let found = route(county, &trips, from, to, OTHERS, &Feedback::default())?;
    let timing = Timing { load_ms, solve_ms: ms_since(started) };
    let mut ways = FeatureCollection::new();
    for (rank, way) in (1_u64..).zip(&found.routes) {
        ways.path(&way.line, properties(rank, way));
    }
    let out = RouteOut {
        ways: &ways,
        vehicle: &trips.vehicle.key,
        basis: TimeBasis::of(county, &trips),
        avoided: names(&found.avoided, &trips),
        far_from_road_m: found.far_from_road.map(|far| far.map(|far| figure::metres(far.0))),
        timing,
        sources: sources_of(county, &[Kind::Road, Kind::Closure]),
    };
    console.answer(&out, || text(&found, &out, console))
}

/// What people call some barriers.
pub fn names<'a>(barriers: &[usize], trips: &'a Trips<'_>) -> Vec<&'a str> {
    barriers.iter().filter_map(|n| trips.barriers.get(*n)).map(|b| b.name.as_str()).collect()
}

fn properties(rank: u64, way: &Route) -> Map<String, Json> {
    let steps: Vec<Json> = way
        .steps
        .iter()
        .map(|step| {
            json!({
                "turn": step.turn.key(),
                "road": step.road,
                "distance_m": figure::metres(step.distance_m),
                "at": figure::lonlat(step.at),
            })
        })
        .collect();
    let mut out = Map::new();
    out.insert("rank".to_owned(), Json::from(rank));
    out.insert("distance_m".to_owned(), Json::from(figure::metres(way.distance.0)));
    out.insert("travel_s".to_owned(), Json::from(way.travel_s));
    out.insert("travel_p90_s".to_owned(), Json::from(way.travel_p90_s));
    out.insert("steps".to_owned(), Json::Array(steps));
    out
}

fn text(found: &Routes, out: &RouteOut<'_>, console: &Console) -> String {
    let mut text = out.basis.head(console);
    let mut say = |message: Message| {
        text.push_str(&console.say(&message));
        text.push('\n');
    };
    if found.routes.is_empty() {
        say(Message::new("cli-route-none"));
    }
    for far in found.far_from_road.into_iter().flatten() {
        say(Message::new("cli-road-far").with("metres", figure::metres_text(far.0)));
    }
    if !out.avoided.is_empty() {
        say(Message::new("cli-route-avoided").with("names", out.avoided.join("、")));
    }
    for (rank, way) in (1_u64..).zip(&found.routes) {
        text.push_str(
            &console.say(
                &Message::new("cli-route-head")
                    .with("rank", rank)
                    .with("km", format!("{:.1}", way.distance.0 / 1000.0))
                    .with("p50", figure::minutes(way.travel_s))
                    .with("p90", figure::minutes(way.travel_p90_s)),
            ),
        );
        text.push('\n');
        let mut table =
            console.table(&[("rank", Right), ("turn", Left), ("road", Left), ("metres", Right)]);
        for (number, step) in (1_u64..).zip(&way.steps) {
            table.row(vec![
                number.to_string(),
                console.tr(&format!("turn-{}", step.turn.key())),
                step.road.clone(),
                figure::metres_text(step.distance_m),
            ]);
        }
        text.push_str(&table.render());
        text.push('\n');
    }
    text.push_str(&source::text(&out.sources, console));
    text.push_str(&out.basis.text(console));
    text
}

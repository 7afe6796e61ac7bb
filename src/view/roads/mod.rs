//! What the roads panel shows: one question and its answer.

mod coverage;
mod cutoff;
mod net;
mod route;

pub use coverage::{BEST, CandidateRow, CoverRow, CoverageView, VillageRow, uncovered_table};
pub use cutoff::{CutOffView, CutRow, LossRow, ReopeningRow, losses_table};
pub use net::{NetRow, NetView, net_marks};
pub use route::{AvoidedRow, RouteView, StepRow, WayRow};

use super::conditions::TravelHeading;
use super::nearest::place_message;
use super::sources::SourcesLine;
use super::travel;
use crate::base::{Id, Message, Timestamp};
use crate::county::County;
use crate::model::Kind;
use crate::network::{Conditions, CostTable};
use crate::scene::FeatureRef;
use crate::session::AppState;
use crate::session::job::JobKind;
use crate::session::roads::{Found, RoadAnswer, RoadQuestion, RouteEnd, Spot};
use crate::session::state::Tool;

/// What is shown for a question.
#[derive(Clone, Debug, PartialEq)]
pub enum RoadsBody {
    /// A place is missing.
    Incomplete,
    /// Nothing is known yet: being answered, or stopped.
    Empty,
    /// There are no roads.
    NoRoads,
    /// Ways between two places.
    Route(RouteView),
    /// Minutes of the bands; empty if no road is near.
    Reach(Vec<u32>),
    /// Who is covered.
    Coverage(CoverageView),
    /// Who is cut off.
    CutOff(CutOffView),
}

/// What the roads panel shows.
#[derive(Clone, Debug, PartialEq)]
pub struct RoadsSummary {
    /// Which question is open.
    pub question: RoadQuestion,
    /// Where the journey begins, in words; `None` = not chosen.
    pub from: Option<Message>,
    /// Where it ends.
    pub to: Option<Message>,
    /// Where the reach begins.
    pub centre: Option<Message>,
    /// Which end the next click chooses; `None` = a click means what it hits.
    pub picking: Option<RouteEnd>,
    /// Keys of the vehicles, to choose from.
    pub vehicles: Vec<&'static str>,
    /// The vehicle that travels.
    pub vehicle: String,
    /// Night, rain, snow, as the form has them.
    pub conditions: Conditions,
    /// What the answer was worked out for.
    pub heading: Option<TravelHeading>,
    /// Kinds that can cover.
    pub kinds: Vec<Kind>,
    /// The one that does.
    pub kind: Kind,
    /// Minutes within which a village counts as covered.
    pub limit: u32,
    /// Being answered.
    pub busy: bool,
    /// What takes longer is being answered.
    pub busy_more: bool,
    /// The answer was computed on an older county.
    pub stale: bool,
    /// How many closures the answer takes into account.
    pub closures: Option<usize>,
    /// The answer.
    pub body: RoadsBody,
    /// What is wrong with the net; `None` while it is not made.
    pub net: Option<NetView>,
    /// The chosen feature.
    pub selected: Option<FeatureRef>,
    /// What the answer rests on.
    pub sources: SourcesLine,
}

/// A feature of whatever kind.
pub(super) fn feature_of(county: &County, id: Id) -> Option<FeatureRef> {
    county.feature(id).map(|row| FeatureRef { kind: row.kind, id })
}

/// What an answer was worked out for; nothing without roads.
fn heading(answer: &RoadAnswer) -> Option<TravelHeading> {
    let RoadAnswer { form, found, .. } = answer;
    let vehicle = form.vehicle();
    (!matches!(found, Found::Fault(_)))
        .then_some(TravelHeading { vehicle, conditions: form.conditions })
}

/// Builds what the roads panel shows.
pub fn roads_summary(state: &AppState, now: Timestamp) -> RoadsSummary {
    let roads = &state.roads;
    let form = &roads.form;
    let name = |spot: &Option<Spot>| spot.as_ref().map(|s| place_message(&s.name, s.at));
    let answer = roads.answer();
    let busy = state.is_busy(JobKind::Roads);
    let body = match answer.map(|answer| (answer, &answer.found)) {
        _ if !form.is_complete() => RoadsBody::Incomplete,
        None => RoadsBody::Empty,
        Some((_, Found::Fault(_))) => RoadsBody::NoRoads,
        Some((answer, Found::Route(routes))) => {
            RoadsBody::Route(RouteView::new(answer, routes, roads.chosen))
        }
        Some((_, Found::Reach(bands))) => {
            let filled = bands.iter().filter(|band| !band.roads.0.is_empty());
            RoadsBody::Reach(filled.map(|band| band.minutes).collect())
        }
        Some((answer, Found::Coverage(coverage))) => {
            RoadsBody::Coverage(CoverageView::new(answer, coverage, form.limit))
        }
        Some((answer, Found::CutOff(cut, order))) => {
            RoadsBody::CutOff(CutOffView::new(answer, cut, order))
        }
    };
    let mut kinds: Vec<Kind> = CostTable::usual()
        .turnout
        .iter()
        .filter_map(|row| Kind::parse(&row.kind))
        .filter(|kind| state.county.layer(*kind).is_some())
        .collect();
    if !kinds.contains(&form.kind) {
        kinds.push(form.kind);
    }
    RoadsSummary {
        question: form.question,
        from: name(&form.from),
        to: name(&form.to),
        centre: name(&form.centre),
        picking: (state.tool == Tool::PickPlace).then_some(form.picking),
        vehicles: travel::vehicles(),
        vehicle: form.vehicle(),
        conditions: form.conditions,
        heading: answer.filter(|_| form.is_complete()).and_then(heading),
        kinds,
        kind: form.kind,
        limit: form.limit,
        busy,
        busy_more: state.is_busy(JobKind::RoadsMore),
        stale: !busy && state.roads_are_stale() == Some(true),
        closures: answer.map(|answer| answer.barriers.len()),
        body,
        net: answer
            .filter(|answer| !matches!(answer.found, Found::Fault(_)))
            .map(|answer| NetView::new(&answer.county, roads.net_open)),
        selected: state.selected,
        sources: answer
            .map(|a| SourcesLine::new(a.sources(), now).reckoned_with(Some(a.county.costing())))
            .unwrap_or_default(),
    }
}

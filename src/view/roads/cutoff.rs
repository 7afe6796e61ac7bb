//! Villages without a road, bridges that would cut off more, and the order of reopening.

use super::feature_of;
use crate::analysis::roads::{CutOff, Loss, Reopening};
use crate::base::Message;
use crate::county::County;
use crate::model::Kind;
use crate::scene::FeatureRef;
use crate::session::AppState;
use crate::session::roads::{More, RoadAnswer, RoadQuestion};
use crate::view::table::{Cell, Heading, Row, Table};
use crate::view::travel::{barrier_name, road_name};

/// Villages that the panel lists.
const LISTED: usize = 20;
/// Bridges that the panel lists.
const BRIDGES: usize = 5;
/// Names of villages in a line.
const NAMED: usize = 3;

/// A village without a road.
#[derive(Clone, Debug, PartialEq)]
pub struct CutRow {
    /// Which one.
    pub feature: FeatureRef,
    /// Its name.
    pub name: String,
    /// Its people; `None` = no data.
    pub people: Option<u64>,
    /// Names of the teams inside with it.
    pub teams: Vec<String>,
    /// It has no road even when all are open.
    pub always: bool,
}

/// A bridge that would cut off more.
#[derive(Clone, Debug, PartialEq)]
pub struct LossRow {
    /// Which one.
    pub feature: FeatureRef,
    /// What it is called.
    pub name: Message,
    /// People cut off without it.
    pub people: u64,
    /// How many villages.
    pub villages: usize,
    /// Some of their names.
    pub names: Vec<String>,
}

/// A step of reopening.
#[derive(Clone, Debug, PartialEq)]
pub struct ReopeningRow {
    /// The record of the closure.
    pub feature: Option<FeatureRef>,
    /// What it is called.
    pub name: Message,
    /// People who have a road again.
    pub regained: u64,
}

/// What the panel shows of what is cut off.
#[derive(Clone, Debug, PartialEq)]
pub struct CutOffView {
    /// People cut off now.
    pub people: u64,
    /// Of how many.
    pub of_people: u64,
    /// Villages, most people first, as many as the panel lists; those that never have a road last.
    pub villages: Vec<CutRow>,
    /// How many there are.
    pub village_count: usize,
    /// In which order to reopen; empty while nothing is closed.
    pub reopening: Vec<ReopeningRow>,
    /// That order is proven best.
    pub proven: bool,
    /// Bridges, most people first, as many as the panel lists; `None` if nobody has asked.
    pub bridges: Option<Vec<LossRow>>,
    /// How many bridges there are that matter.
    pub bridge_count: usize,
}

impl CutOffView {
    pub(super) fn new(answer: &RoadAnswer, cut: &CutOff, order: &[Reopening]) -> Self {
        let county = &answer.county;
        let mut villages: Vec<_> = cut.settlements.iter().collect();
        villages.sort_by_key(|village| village.always);
        let team = |id: &crate::base::Id| county.feature(*id).map(|row| row.name.clone());
        let losses = match &answer.more {
            Some(More::Losses(losses)) => Some(losses),
            _ => None,
        };
        Self {
            people: cut.people.0,
            of_people: cut.of_people.0,
            village_count: villages.len(),
            villages: villages
                .into_iter()
                .take(LISTED)
                .map(|village| CutRow {
                    feature: FeatureRef { kind: Kind::Settlement, id: village.id },
                    name: village.name.clone(),
                    people: village.people.map(|people| people.0),
                    teams: village.teams.iter().filter_map(team).collect(),
                    always: village.always,
                })
                .collect(),
            reopening: order
                .iter()
                .filter_map(|step| {
                    let barrier = answer.barriers.get(step.barrier)?;
                    Some(ReopeningRow {
                        feature: barrier.id.and_then(|id| feature_of(county, id)),
                        name: barrier_name(&barrier.name),
                        regained: step.regained.0,
                    })
                })
                .collect(),
            proven: order.iter().all(|step| step.proven),
            bridge_count: losses.map_or(0, Vec::len),
            bridges: losses.map(|all| all.iter().take(BRIDGES).map(|l| loss(county, l)).collect()),
        }
    }
}

fn loss(county: &County, loss: &Loss) -> LossRow {
    let village =
        |id: &crate::base::Id| Some(county.layer(Kind::Settlement)?.by_id(*id)?.name.clone());
    LossRow {
        feature: FeatureRef { kind: loss.kind, id: loss.id },
        name: match loss.kind {
            Kind::Road => road_name(&loss.name),
            _ => barrier_name(&loss.name),
        },
        people: loss.people.0,
        villages: loss.settlements.len(),
        names: loss.settlements.iter().take(NAMED).filter_map(village).collect(),
    }
}

/// All bridges and stretches of road that would cut off more.
pub fn losses_table(state: &AppState) -> Option<Table> {
    let answer = state.roads.answers.get(&RoadQuestion::CutOff)?;
    let Some(More::Losses(losses)) = &answer.more else { return None };
    let columns = vec![
        (Heading::Message("column-bridge"), false),
        (Heading::Message("column-people"), true),
        (Heading::Message("column-villages"), true),
        (Heading::Message("column-village"), false),
    ];
    let rows = losses.iter().map(|one| {
        let row = loss(&answer.county, one);
        Row {
            feature: Some(row.feature),
            cells: vec![
                Cell::Message(row.name),
                Cell::Count(row.people),
                Cell::Count(row.villages as u64),
                Cell::Text(row.names.join(" ")),
            ],
        }
    });
    Some(Table::new(Message::new("losses-title"), columns, rows.collect()))
}

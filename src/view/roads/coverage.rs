//! Who is reached in how many minutes, who is not, and where one more station would stand best.

use crate::analysis::roads::{Coverage, SettlementTime};
use crate::base::Message;
use crate::model::Kind;
use crate::scene::FeatureRef;
use crate::session::AppState;
use crate::session::roads::{Found, More, RoadAnswer, RoadQuestion};
use crate::view::label::kind_id;
use crate::view::table::{Cell, Heading, Row, Table};
use crate::view::travel::TravelTime;

/// Villages that the panel lists; the table has all of them.
const LISTED: usize = 8;
/// Sites that the panel lists.
pub const BEST: usize = 3;

/// People reached within so many minutes.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverRow {
    /// The minutes.
    pub minutes: u32,
    /// How many people.
    pub people: u64,
    /// Their share of all, 0 to 1.
    pub share: f64,
}

/// A village that is not reached in time.
#[derive(Clone, Debug, PartialEq)]
pub struct VillageRow {
    /// Which one.
    pub feature: FeatureRef,
    /// Its name.
    pub name: String,
    /// Its people; `None` = no data.
    pub people: Option<u64>,
    /// How long it takes, turnout included; `None` if nobody gets there.
    pub time: Option<TravelTime>,
}

/// Where one more station could stand.
#[derive(Clone, Debug, PartialEq)]
pub struct CandidateRow {
    /// In this settlement.
    pub feature: FeatureRef,
    /// Its name.
    pub name: String,
    /// People reached in time who are not today.
    pub gained: u64,
    /// Person-minutes saved.
    pub saved: u64,
}

/// What the panel shows of a coverage.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverageView {
    /// People with a figure.
    pub people: u64,
    /// By minutes.
    pub within: Vec<CoverRow>,
    /// Villages without a figure.
    pub without_data: usize,
    /// Most people first, as many as the panel lists.
    pub uncovered: Vec<VillageRow>,
    /// How many there are.
    pub uncovered_count: usize,
    /// The best sites for one more; `None` if nobody has asked.
    pub candidates: Option<Vec<CandidateRow>>,
}

fn settlement(id: crate::base::Id) -> FeatureRef {
    FeatureRef { kind: Kind::Settlement, id }
}

/// How long the first team takes: only its driving spreads, not its turnout.
fn time_of(answer: &RoadAnswer, row: &SettlementTime) -> Option<TravelTime> {
    let table = answer.county.costing().table();
    let turnout_s = table.turnout_s(answer.form.kind);
    row.travel_s.map(|seconds| TravelTime::spread(seconds, turnout_s, table.p90()))
}

fn village(answer: &RoadAnswer, row: &SettlementTime) -> VillageRow {
    VillageRow {
        feature: settlement(row.id),
        name: row.name.clone(),
        people: row.people.map(|people| people.0),
        time: time_of(answer, row),
    }
}

impl CoverageView {
    pub(super) fn new(answer: &RoadAnswer, coverage: &Coverage, limit: u32) -> Self {
        let all = coverage.people.0;
        let uncovered = coverage.uncovered(limit);
        let candidates = match &answer.more {
            Some(More::Candidates(all)) => Some(
                all.iter()
                    .take(BEST)
                    .map(|site| CandidateRow {
                        feature: settlement(site.id),
                        name: site.name.clone(),
                        gained: site.gained.0,
                        saved: site.saved_person_minutes,
                    })
                    .collect(),
            ),
            _ => None,
        };
        Self {
            people: all,
            within: coverage
                .within
                .iter()
                .map(|(minutes, people)| CoverRow {
                    minutes: *minutes,
                    people: people.0,
                    share: people.0 as f64 / all.max(1) as f64,
                })
                .collect(),
            without_data: coverage.settlements.iter().filter(|s| s.people.is_none()).count(),
            uncovered_count: uncovered.len(),
            uncovered: uncovered.into_iter().take(LISTED).map(|row| village(answer, row)).collect(),
            candidates,
        }
    }
}

/// All villages that are not reached in time.
pub fn uncovered_table(state: &AppState) -> Option<Table> {
    let answer = state.roads.answers.get(&RoadQuestion::Coverage)?;
    let Found::Coverage(coverage) = &answer.found else { return None };
    let limit = state.roads.form.limit;
    let layer = answer.county.layer(answer.form.kind);
    let columns = vec![
        (Heading::Message("column-village"), false),
        (Heading::Message("column-people"), true),
        (Heading::Message("column-time"), true),
        (Heading::Message("column-time-range"), true),
        (Heading::Message("column-first-team"), false),
    ];
    let rows = coverage.uncovered(limit).into_iter().map(|row| {
        let time = time_of(answer, row);
        let first = row.first.and_then(|id| layer?.by_id(id)).map(|row| row.name.clone());
        Row {
            feature: Some(settlement(row.id)),
            cells: vec![
                Cell::Text(row.name.clone()),
                Cell::count(row.people.map(|people| people.0)),
                match time {
                    Some(time) => Cell::Duration(time.p50_s),
                    None => Cell::Message(Message::new("roads-no-way")),
                },
                time.map_or(Cell::NoData, |time| Cell::Message(time.range())),
                first.map_or(Cell::NoData, Cell::Text),
            ],
        }
    });
    let title = Message::new("uncovered-title")
        .with("kind", Message::new(kind_id(answer.form.kind)))
        .with("minutes", limit);
    Some(Table::new(title, columns, rows.collect()))
}

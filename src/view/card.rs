//! What the card of one feature shows.

use super::label::name_of;
use super::nearest::{available, capacity, over};
use super::shelter_check::{CheckRow, check_rows};
use super::sources::{SourceEntry, SourcesLine};
use crate::analysis::shelter_check::{Outcome, ShelterCheck, checks_of};
use crate::base::{Message, Timestamp};
use crate::county::SourceNote;
use crate::model::{Feature, FieldType, Kind, Value};
use crate::scene::FeatureRef;
use crate::session::AppState;
use crate::session::search::position;
use crate::session::state::HistoryLine;

/// A field that can be changed in two taps.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusEdit {
    /// Its choice now; `None` = no data.
    pub now: Option<String>,
    /// All choices.
    pub choices: Vec<String>,
}

/// A count that can be changed in two taps.
#[derive(Clone, Debug, PartialEq)]
pub struct CountEdit {
    /// Which field.
    pub field: &'static str,
    /// Its figure now; `None` = no data.
    pub now: Option<u64>,
    /// What is being typed.
    pub typed: Option<String>,
}

/// A shelter held against the standards.
#[derive(Clone, Debug, PartialEq)]
pub struct ChecksPart {
    /// How many fail, warn, have no data and pass.
    pub head: Message,
    /// The checks, the worst first.
    pub rows: Vec<CheckRow>,
}

/// What the card of one feature shows.
#[derive(Clone, Debug, PartialEq)]
pub struct IdentifyCard {
    /// Which feature.
    pub feature: FeatureRef,
    /// Its name, else its code; empty if it has neither.
    pub name: String,
    /// Its status, if its kind has one.
    pub status: Option<StatusEdit>,
    /// It carries traffic: whether it is closed.
    pub closed: Option<bool>,
    /// Its occupancy and such.
    pub counts: Vec<CountEdit>,
    /// Capacity and what it rests on, for shelters.
    pub capacity: Option<Message>,
    /// Places left, for shelters.
    pub available: Option<u64>,
    /// How many more people than places, for shelters that are too full.
    pub over: Option<u64>,
    /// How its checks come out, for shelters.
    pub checks: Option<ChecksPart>,
    /// Its phone.
    pub phone: Option<String>,
    /// Fields and values; `None` = no data.
    pub fields: Vec<(&'static str, Option<Value>)>,
    /// Columns we do not know.
    pub extra: Vec<(String, String)>,
    /// Where it stands, in degrees.
    pub at: Option<(f64, f64)>,
    /// Where its figures come from.
    pub source: SourceEntry,
    /// It has an outline that can be a danger area.
    pub has_outline: bool,
    /// The store cannot be written.
    pub read_only: bool,
    /// Its changes, newest first.
    pub history: Vec<HistoryLine>,
}

/// Counts that change by the minute.
fn live_counts(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Shelter => &["occupied", "reserved"],
        Kind::Hospital => &["beds_free", "ambulances"],
        Kind::CareHome => &["residents"],
        Kind::Station => &["headcount"],
        _ => &[],
    }
}

/// Whether traffic runs over it, so that it can be closed.
fn carries_traffic(kind: Kind) -> bool {
    matches!(kind, Kind::Road | Kind::Bridge)
}

/// Builds the card; `None` if none is open.
pub fn identify_card(state: &AppState, now: Timestamp) -> Option<IdentifyCard> {
    let card = state.card.as_ref()?;
    let kind = card.feature.kind;
    let row = state.county.layer(kind)?.by_id(card.feature.id)?;
    let counts = live_counts(kind);
    let closed = carries_traffic(kind).then(|| row.text("status") == Some("closed"));
    let status = kind
        .field("status")
        .filter(|_| closed.is_none())
        .filter(|field| field.field_type == FieldType::Choice);
    let note = SourceNote {
        kind,
        source: row.provenance.source.clone().unwrap_or_default(),
        as_of: row.provenance.as_of.clone(),
        sample: row.provenance.sample,
    };
    let source = SourcesLine::new([&note], now).entries.into_iter().next()?;
    let geometry = row.geometry.as_ref();
    Some(IdentifyCard {
        feature: card.feature,
        name: name_of(row),
        status: status.map(|field| StatusEdit {
            now: row.text("status").map(str::to_owned),
            choices: field.values.iter().map(|choice| choice.key.clone()).collect(),
        }),
        closed,
        counts: counts
            .iter()
            .map(|field| CountEdit {
                field,
                now: row.count(field),
                typed: card
                    .typed
                    .as_ref()
                    .filter(|(own, _)| own == field)
                    .map(|(_, text)| text.clone()),
            })
            .collect(),
        capacity: capacity(row),
        available: available(row),
        over: over(row),
        checks: (kind == Kind::Shelter).then(|| checks(state, row)),
        phone: row.text("phone").map(str::to_owned),
        fields: kind
            .table_def()
            .fields
            .iter()
            .map(|field| field.name.as_str())
            .filter(|name| {
                !matches!(*name, "name" | "source" | "as_of" | "status") && !counts.contains(name)
            })
            .map(|name| (name, row.value(name)))
            .collect(),
        extra: row.extra.iter().map(|(head, value)| (head.clone(), value.to_string())).collect(),
        at: geometry.and_then(position).map(|at| (at.x, at.y)),
        source,
        has_outline: geometry.is_some_and(|g| {
            matches!(g, geo_types::Geometry::Polygon(_) | geo_types::Geometry::MultiPolygon(_))
        }),
        read_only: state.store.read_only,
        history: card.history.clone(),
    })
}

/// The checks of a shelter, with the danger area if one is chosen.
fn checks(state: &AppState, shelter: &Feature) -> ChecksPart {
    let area = state.evacuation.area.as_ref().map(|chosen| chosen.area.as_ref());
    let ask = ShelterCheck { area, ..ShelterCheck::default() };
    let checked = checks_of(&state.county, shelter, &ask);
    let head = Message::new("card-checks-head")
        .with("fail", checked.count(Outcome::Fail))
        .with("warn", checked.count(Outcome::Warn))
        .with("gaps", checked.count(Outcome::NoData))
        .with("pass", checked.count(Outcome::Pass));
    ChecksPart { head, rows: check_rows(&state.county, &checked) }
}

//! What the evacuation panel shows.

use super::conditions::TravelHeading;
use super::sources::SourcesLine;
use super::table::{Cell, Heading, Row, Table};
use super::travel::{self, TravelTime};
use crate::analysis::EvacuationPlan;
use crate::analysis::evacuation::{LimitKind, ShelterLoad, UnresolvedArrangement};
use crate::base::{Message, Metres, Timestamp};
use crate::model::{CapacityBasis, HazardKind, Kind, StayClass};
use crate::scene::FeatureRef;
use crate::session::AppState;
use crate::session::evacuation::{AreaOrigin, EvacuationForm, PlanAnswer};
use crate::session::job::JobKind;
use crate::session::nearest::Measure;
use crate::session::state::Tool;

/// Who is in the danger area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AreaFigures {
    /// Settlements touched; `None` where the county knows none.
    pub settlements: Option<u64>,
    /// Residents; `None` = no data.
    pub people: Option<u64>,
    /// Settlements without a population figure.
    pub without_data: usize,
    /// Settlements on the edge, to be confirmed.
    pub on_edge: usize,
    /// Settlements counted whole by their point.
    pub point_only: usize,
    /// Facilities in the area.
    pub facilities: usize,
}

/// A shelter that the plan uses.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadRow {
    /// Which shelter.
    pub feature: FeatureRef,
    /// Its name.
    pub name: String,
    /// People the plan sends there.
    pub assigned: u64,
    /// Places left before the plan; `None` = no data.
    pub room: Option<u64>,
    /// The capacity was worked out from the area.
    pub estimated: bool,
}

/// People without a place.
#[derive(Clone, Debug, PartialEq)]
pub struct UnassignedRow {
    /// Which settlement.
    pub feature: FeatureRef,
    /// Its name.
    pub name: String,
    /// How many.
    pub people: u64,
    /// Why.
    pub why: Message,
}

/// How long people travel.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanFigures {
    /// What the times were worked out for.
    pub heading: TravelHeading,
    /// On average over those with a place.
    pub mean: TravelTime,
    /// The longest.
    pub longest: TravelTime,
}

/// The plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanSummary {
    /// People to move.
    pub people: u64,
    /// With a place.
    pub assigned: u64,
    /// Without.
    pub unassigned: u64,
    /// Mean distance of those with a place.
    pub mean_distance: Option<Metres>,
    /// Farthest anybody goes.
    pub farthest: Option<Metres>,
    /// How long they travel, by time.
    pub times: Option<PlanFigures>,
    /// Proven optimal, or how far at most from it.
    pub quality: Message,
    /// Shelters used, fullest first.
    pub loads: Vec<LoadRow>,
    /// Shelters that cannot be used.
    pub unusable: usize,
    /// How many lines of who goes where.
    pub assignments: usize,
    /// People without a place, most first.
    pub left: Vec<UnassignedRow>,
    /// What holds the plan back.
    pub limits: Vec<(Option<FeatureRef>, Message)>,
    /// Settlements on the edge.
    pub to_confirm: usize,
    /// Assignments that deviate from the preplanned shelter.
    pub deviations: usize,
    /// Rows of the preplanned table that nobody can follow: settlement and shelter as written, why.
    pub unresolved: Vec<Message>,
    /// The county or the form has changed since.
    pub stale: bool,
    /// Name under which it is saved.
    pub saved_as: Option<String>,
    /// What it rests on.
    pub sources: SourcesLine,
}

/// What the evacuation panel shows.
#[derive(Clone, Debug, PartialEq)]
pub struct EvacuationSummary {
    /// The form.
    pub form: EvacuationForm,
    /// The form is folded into these words; `None` = it is open.
    pub folded: Option<Message>,
    /// What the class of stay means, and where that is written.
    pub stay_basis: Message,
    /// The trade's word for moving people away from this hazard.
    pub verb: Message,
    /// The tool in the hand.
    pub tool: Tool,
    /// How the area came about; `None` = there is none yet.
    pub area: Option<Message>,
    /// Who is in it; `None` while it is being counted.
    pub figures: Option<AreaFigures>,
    /// Areas of the county that can be chosen.
    pub choices: Vec<(FeatureRef, String)>,
    /// Keys of the vehicles, to choose from.
    pub vehicles: Vec<&'static str>,
    /// The limit cannot be read.
    pub bad_distance: bool,
    /// The plan is being made.
    pub busy: bool,
    /// The county has settlements and shelters.
    pub has_settlements: bool,
    /// The county has shelters.
    pub has_shelters: bool,
    /// The plan.
    pub plan: Option<PlanSummary>,
    /// Name under which the plan is to be saved.
    pub name: String,
    /// Saved plans.
    pub saved: Vec<String>,
    /// The store cannot be written.
    pub read_only: bool,
    /// The chosen feature.
    pub selected: Option<FeatureRef>,
}

/// The trade's word: 转移 for floods, 疏散 for chemicals and fire, 避险安置 for earthquakes.
pub fn verb(hazard: Option<HazardKind>) -> Message {
    Message::new(match hazard {
        None => "verb-any",
        Some(HazardKind::Flood) => "verb-flood",
        Some(HazardKind::Earthquake) => "verb-earthquake",
        Some(HazardKind::Chemical) => "verb-chemical",
        Some(HazardKind::Fire) => "verb-fire",
    })
}

/// Area per person and opening time of a class of stay with their standard and how sure they are.
pub fn stay_basis(stay: StayClass) -> Message {
    let standard = StayClass::table().standard.as_str();
    match stay.rule() {
        Some(rule) => Message::new("stay-basis")
            .with("area", rule.area_per_person_m2)
            .with("days", u64::from(rule.opening_days))
            .with("standard", standard)
            .with("mark", Message::new(format!("mark-{}", rule.mark))),
        None => Message::new("no-data"),
    }
}

fn origin_message(origin: &AreaOrigin) -> Message {
    match origin {
        AreaOrigin::Polygon => Message::new("area-polygon"),
        AreaOrigin::Circle { radius } => {
            Message::new("area-circle").with("metres", u64::from(radius.whole()))
        }
        AreaOrigin::Feature { name } => Message::new("area-feature").with("name", name.as_str()),
        AreaOrigin::File { name } => Message::new("area-file").with("name", name.as_str()),
        AreaOrigin::Plan { name } => Message::new("area-plan").with("name", name.as_str()),
    }
}

/// Builds what the evacuation panel shows.
pub fn evacuation_summary(state: &AppState, now: Timestamp) -> EvacuationSummary {
    let own = &state.evacuation;
    let figures = own.exposure.as_ref().map(|answer| {
        let exposure = &answer.exposure;
        AreaFigures {
            settlements: (!exposure.no_settlements).then_some(exposure.settlements.len() as u64),
            people: exposure.known_people().map(|people| people.0),
            without_data: exposure.without_data,
            on_edge: exposure.settlements.iter().filter(|s| s.on_edge).count(),
            point_only: exposure.settlements.iter().filter(|s| s.point_only).count(),
            facilities: exposure.facilities.values().map(Vec::len).sum(),
        }
    });
    let choices = [Kind::Waterbody, Kind::Township]
        .into_iter()
        .flat_map(|kind| state.county.features(kind))
        .filter(|row| !row.name.is_empty())
        .map(|row| (FeatureRef { kind: row.kind, id: row.id }, row.name.clone()))
        .collect();
    EvacuationSummary {
        folded: folded(state),
        form: own.form.clone(),
        stay_basis: stay_basis(own.form.stay),
        verb: verb(own.form.hazard),
        tool: state.tool,
        area: own.area.as_ref().map(|area| origin_message(&area.origin)),
        figures,
        choices,
        vehicles: travel::vehicles(),
        bad_distance: own.form.ask().is_none(),
        busy: state.is_busy(JobKind::Evacuation),
        has_settlements: !state.county.features(Kind::Settlement).is_empty(),
        has_shelters: !state.county.features(Kind::Shelter).is_empty(),
        plan: own.answer.as_ref().map(|answer| plan_summary(answer, state, now)),
        name: own.name.clone(),
        saved: own.saved.clone(),
        read_only: state.store.read_only,
        selected: state.selected,
    }
}

/// Area and conditions in one line, once there is a plan.
fn folded(state: &AppState) -> Option<Message> {
    let own = &state.evacuation;
    let area = own.area.as_ref().filter(|_| own.folded && own.answer.is_some())?;
    let hazard = own.form.hazard.map_or("any", HazardKind::key);
    let (km, minutes) = (own.form.max_km.trim(), own.form.max_minutes.trim());
    let limit = match own.form.measure {
        Measure::Distance if km.is_empty() => Message::new("no-limit-distance"),
        Measure::Distance => Message::new("limit-km").with("km", km),
        Measure::Time if minutes.is_empty() => Message::new("no-limit-time"),
        Measure::Time => Message::new("limit-minutes").with("minutes", minutes),
    };
    let id = if own.form.keep_together { "conditions-together" } else { "conditions" };
    Some(
        Message::new(id)
            .with("area", origin_message(&area.origin))
            .with("hazard", Message::new(format!("hazard-{hazard}")))
            .with("stay", Message::new(format!("stay-{}", own.form.stay.key())))
            .with("limit", limit),
    )
}

fn plan_summary(answer: &PlanAnswer, state: &AppState, now: Timestamp) -> PlanSummary {
    let plan = &answer.plan;
    let mut loads: Vec<LoadRow> =
        plan.shelters.iter().filter(|s| s.assigned.0 > 0).map(load_row).collect();
    loads.sort_by(|a, b| b.assigned.cmp(&a.assigned).then(a.feature.cmp(&b.feature)));
    let mut left: Vec<UnassignedRow> = plan
        .unassigned_settlements
        .iter()
        .map(|row| UnassignedRow {
            feature: FeatureRef { kind: Kind::Settlement, id: row.id },
            name: row.name.clone(),
            people: row.people.0,
            why: row.why.message(),
        })
        .collect();
    left.sort_by(|a, b| b.people.cmp(&a.people).then(a.feature.cmp(&b.feature)));
    let assigned = plan.assigned.0;
    PlanSummary {
        people: plan.people.0,
        assigned,
        unassigned: plan.unassigned.0,
        mean_distance: (assigned > 0).then(|| Metres(metres(plan) / assigned as f64)),
        farthest: plan.assignments.iter().map(|a| a.distance_m).max().map(|m| Metres(m.into())),
        times: figures(answer),
        quality: quality(plan, answer.times.is_some()),
        loads,
        unusable: plan.shelters.iter().filter(|s| s.unusable.is_some()).count(),
        assignments: plan.assignments.len(),
        left,
        limits: limits(plan),
        to_confirm: plan.to_confirm.len(),
        deviations: plan.assignments.iter().filter(|a| a.deviates_from.is_some()).count(),
        unresolved: plan.unresolved_arrangements.iter().map(unresolved).collect(),
        stale: state.plan_is_stale() || form_differs(&state.evacuation.form, answer),
        saved_as: answer.saved_as.clone(),
        sources: SourcesLine::new(answer.sources(), now)
            .reckoned_with(answer.times.as_ref().map(|times| &times.costing)),
    }
}

/// Whether the form asks for something else than the plan.
fn form_differs(form: &EvacuationForm, answer: &PlanAnswer) -> bool {
    let journey = answer.times.as_ref().map(|times| &times.journey);
    form.ask().as_ref() != Some(&answer.ask) || form.journey().as_ref() != journey
}

/// Person-metres, whatever the plan was reckoned in.
fn metres(plan: &EvacuationPlan) -> f64 {
    plan.assignments.iter().map(|line| line.people.0 as f64 * f64::from(line.distance_m)).sum()
}

/// How long people travel, where the plan was made by time.
fn figures(answer: &PlanAnswer) -> Option<PlanFigures> {
    let (plan, times) = (&answer.plan, answer.times.as_ref()?);
    let p90 = times.costing.table().p90();
    let longest = plan.assignments.iter().filter_map(|line| line.travel_s).max()?;
    // `as` saturates.
    let mean = (plan.cost as f64 / plan.assigned.0.max(1) as f64).round() as u32;
    Some(PlanFigures {
        heading: TravelHeading {
            vehicle: times.journey.vehicle.clone(),
            conditions: times.journey.conditions,
        },
        mean: TravelTime::spread(mean, 0, p90),
        longest: TravelTime::spread(longest, 0, p90),
    })
}

fn unresolved(row: &UnresolvedArrangement) -> Message {
    Message::new("plan-unresolved-row")
        .with("settlement", row.settlement_as_written.as_str())
        .with("shelter", row.shelter_as_written.as_str())
        .with("why", row.why.message())
}

/// What holds the plan back. Shelters of which one more place brings as many people make one line.
fn limits(plan: &EvacuationPlan) -> Vec<(Option<FeatureRef>, Message)> {
    let gain = |at: usize| {
        let limit = plan.limits.get(at).filter(|limit| limit.kind == LimitKind::Shelter)?;
        Some(limit.gain_people).filter(|people| *people > 0)
    };
    let alike = |at: usize, other: usize| gain(at).is_some() && gain(at) == gain(other);
    let mut out = Vec::new();
    for (at, limit) in plan.limits.iter().enumerate() {
        if (0..at).any(|earlier| alike(earlier, at)) {
            continue;
        }
        let shelter = limit.id.filter(|_| limit.kind == LimitKind::Shelter);
        let feature = shelter.map(|id| FeatureRef { kind: Kind::Shelter, id });
        let count = (0..plan.limits.len()).filter(|other| alike(at, *other)).count();
        let message = if count > 1 {
            Message::new("limit-shelters")
                .with("name", limit.name.as_str())
                .with("count", count)
                .with("people", limit.gain_people)
        } else {
            limit.message.clone()
        };
        out.push((feature, message));
    }
    out
}

fn quality(plan: &EvacuationPlan, by_time: bool) -> Message {
    if plan.optimal {
        Message::new(if by_time { "plan-optimal-time" } else { "plan-optimal" })
    } else {
        Message::new(if by_time { "plan-gap-time" } else { "plan-gap" })
            .with("percent", plan.gap * 100.0)
            .with("people", plan.people_gap)
    }
}

fn load_row(load: &ShelterLoad) -> LoadRow {
    LoadRow {
        feature: FeatureRef { kind: Kind::Shelter, id: load.id },
        name: load.name.clone(),
        assigned: load.assigned.0,
        room: load.capacity.map(|capacity| (capacity - load.occupied - load.reserved).0),
        estimated: load.capacity_basis == Some(CapacityBasis::Area),
    }
}

/// Who goes where.
pub fn assignments_table(answer: &PlanAnswer) -> Table {
    let mut columns = vec![
        (Heading::Message("column-from"), false),
        (Heading::Message("column-people"), true),
        (Heading::Message("column-to"), false),
        (Heading::Message("column-distance"), true),
        (Heading::Message("column-remark"), false),
    ];
    let p90 = answer.times.as_ref().map(|times| times.costing.table().p90());
    if p90.is_some() {
        let times = ["column-time", "column-time-range"];
        columns.splice(3..3, times.map(|column| (Heading::Message(column), true)));
    }
    let rows = answer
        .plan
        .assignments
        .iter()
        .map(|line| {
            let remark = line.deviates_from.map(|id| {
                let name = answer.county.feature(id).map(|row| row.name.clone());
                Message::new("deviates-from").with("name", name.unwrap_or_default())
            });
            let mut cells = vec![
                Cell::Text(line.settlement_name.clone()),
                Cell::Count(line.people.0),
                Cell::Text(line.shelter_name.clone()),
                Cell::Distance(Metres(line.distance_m.into())),
                remark.map_or(Cell::Text(String::new()), Cell::Message),
            ];
            if let Some(p90) = p90 {
                let time = line.travel_s.map(|seconds| TravelTime::spread(seconds, 0, p90));
                let range = time.map_or(Cell::NoData, |time| Cell::Message(time.range()));
                let time = time.map_or(Cell::NoData, |time| Cell::Duration(time.p50_s));
                cells.splice(3..3, [time, range]);
            }
            Row { feature: Some(FeatureRef { kind: Kind::Settlement, id: line.settlement }), cells }
        })
        .collect();
    Table::new(Message::new("assignments-title"), columns, rows)
}

/// All shelters, those the plan uses first.
pub fn shelters_table(answer: &PlanAnswer) -> Table {
    let columns = vec![
        (Heading::Message("column-shelter"), false),
        (Heading::Message("column-capacity"), true),
        (Heading::Message("column-basis"), false),
        (Heading::Message("column-occupied"), true),
        (Heading::Message("column-assigned"), true),
        (Heading::Message("column-left"), true),
        (Heading::Message("column-use"), false),
    ];
    let mut loads: Vec<&ShelterLoad> = answer.plan.shelters.iter().collect();
    loads.sort_by(|a, b| b.assigned.cmp(&a.assigned).then(a.id.cmp(&b.id)));
    let rows = loads
        .into_iter()
        .map(|load| {
            let room = load.capacity.map(|c| c - load.occupied - load.reserved - load.assigned);
            let basis = match load.capacity_basis {
                Some(CapacityBasis::Declared) => Cell::Message(Message::new("basis-declared")),
                Some(CapacityBasis::Area) => Cell::Message(Message::new("basis-area")),
                None => Cell::NoData,
            };
            let usable = load.unusable.map_or(Message::new("usable"), |why| why.message());
            Row {
                feature: Some(FeatureRef { kind: Kind::Shelter, id: load.id }),
                cells: vec![
                    Cell::Text(load.name.clone()),
                    Cell::count(load.capacity.map(|people| people.0)),
                    basis,
                    Cell::Count((load.occupied + load.reserved).0),
                    Cell::Count(load.assigned.0),
                    Cell::count(room.map(|people| people.0)),
                    Cell::Message(usable),
                ],
            }
        })
        .collect();
    Table::new(Message::new("shelters-title"), columns, rows)
}

/// People without a place.
pub fn unassigned_table(answer: &PlanAnswer) -> Table {
    let columns = vec![
        (Heading::Message("column-from"), false),
        (Heading::Message("column-people"), true),
        (Heading::Message("column-why"), false),
    ];
    let rows = answer
        .plan
        .unassigned_settlements
        .iter()
        .map(|row| Row {
            feature: Some(FeatureRef { kind: Kind::Settlement, id: row.id }),
            cells: vec![
                Cell::Text(row.name.clone()),
                Cell::Count(row.people.0),
                Cell::Message(row.why.message()),
            ],
        })
        .collect();
    Table::new(Message::new("unassigned-title"), columns, rows)
}

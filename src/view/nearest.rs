//! What the nearest panel shows.

use geo_types::Coord;

use super::conditions::TravelHeading;
use super::label::name_of;
use super::sources::SourcesLine;
use super::table::{Cell, Heading, Row, Table, cells_of, columns_of};
use super::travel::{self, TravelTime};
use crate::base::{Message, Metres, Timestamp};
use crate::county::County;
use crate::model::{CapacityBasis, Feature, Field, FieldType, Kind, Shelter, StayClass, Value};
use crate::network::CostTable;
use crate::scene::{FeatureRef, coordinate_text};
use crate::session::AppState;
use crate::session::job::JobKind;
use crate::session::nearest::{NearestAnswer, NearestForm, kilometres};

/// How far the question has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NearestStage {
    /// The county has nothing of this kind.
    NoLayer,
    /// No place is chosen yet.
    NoPlace,
    /// The distance cannot be read.
    BadDistance,
    /// There are no roads to travel on.
    NoRoads,
    /// Being answered.
    Busy,
    /// Nothing fits.
    Nothing,
    /// Answered.
    Found,
}

/// One of the nearest facilities.
#[derive(Clone, Debug, PartialEq)]
pub struct NearestRow {
    /// Rank, from 1.
    pub number: usize,
    /// Which facility.
    pub feature: FeatureRef,
    /// Its name, else its code; empty if it has neither.
    pub name: String,
    /// How far, by road where it is ranked by time.
    pub distance: Metres,
    /// How long, where it is ranked by time.
    pub time: Option<TravelTime>,
    /// The figures that matter for its kind: field and value.
    pub facts: Vec<(&'static str, Option<Value>)>,
    /// Capacity and what it rests on, for shelters.
    pub capacity: Option<Message>,
    /// Places left, for shelters.
    pub available: Option<u64>,
    /// How many more people than places, for shelters that are too full.
    pub over: Option<u64>,
    /// Its phone.
    pub phone: Option<String>,
}

/// A facility without a way.
#[derive(Clone, Debug, PartialEq)]
pub struct UnreachedRow {
    /// Which facility.
    pub feature: FeatureRef,
    /// Its name, else its code; empty if it has neither.
    pub name: String,
    /// What cuts it off.
    pub why: Message,
}

/// What the panel shows beside the rows where they are ranked by time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeFigures {
    /// Facilities without a way, as many as the panel lists.
    pub unreached: Vec<UnreachedRow>,
    /// How many there are.
    pub unreached_count: usize,
    /// What the times were worked out for.
    pub heading: TravelHeading,
    /// Seconds of turnout in every time.
    pub turnout_s: u32,
    /// The place is this far from the nearest road.
    pub far_from_road: Option<Metres>,
}

/// Facilities without a way that the panel lists.
const LISTED: usize = 8;

/// A field that can be filtered by.
#[derive(Clone, Debug, PartialEq)]
pub struct FilterField {
    /// Its name.
    pub field: &'static str,
    /// Its choices; empty for numbers ("at least") and yes or no.
    pub choices: Vec<String>,
    /// Yes or no.
    pub boolean: bool,
}

/// What the nearest panel shows.
#[derive(Clone, Debug, PartialEq)]
pub struct NearestSummary {
    /// The form.
    pub form: NearestForm,
    /// Kinds the county has, to choose from.
    pub kinds: Vec<Kind>,
    /// Fields of the kind that can be filtered by.
    pub filters: Vec<FilterField>,
    /// Keys of the vehicles, to choose from.
    pub vehicles: Vec<&'static str>,
    /// The vehicle that travels, where it is ranked by time.
    pub vehicle: String,
    /// What else there is to say about times.
    pub times: Option<TimeFigures>,
    /// How far the question has come.
    pub stage: NearestStage,
    /// The answer.
    pub rows: Vec<NearestRow>,
    /// The chosen row's feature.
    pub selected: Option<FeatureRef>,
    /// What the answer rests on.
    pub sources: SourcesLine,
    /// Sample rows that real rows have taken the place of.
    pub left_out: usize,
}

/// Kinds people ask for, in this order; others follow in the order of the model.
const ASKED_FIRST: [Kind; 6] =
    [Kind::Shelter, Kind::Station, Kind::Hospital, Kind::Warehouse, Kind::Hydrant, Kind::Police];

/// The figures that matter for a kind.
pub fn facts_of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Shelter => &["status"],
        Kind::Station => &["tier", "headcount", "status"],
        Kind::Hospital => &["level", "beds_free", "ambulances"],
        Kind::Warehouse => &["level", "floor_area_m2", "status"],
        Kind::Hydrant => &["hydrant_type", "status"],
        Kind::School => &["students"],
        Kind::CareHome => &["residents", "bedridden"],
        Kind::HazardSource => &["substance", "tonnes"],
        Kind::Mine => &["mineral", "status"],
        Kind::Pump => &["pump_m3h", "status"],
        Kind::Gauge => &["level_m", "warning_level_m"],
        Kind::Bridge => &["max_weight_t", "status"],
        Kind::Settlement => &["residents"],
        Kind::Township => &["residents"],
        Kind::Road => &["road_class"],
        _ => &[],
    }
}

/// Builds what the nearest panel shows.
pub fn nearest_summary(state: &AppState, now: Timestamp) -> NearestSummary {
    let form = state.nearest.clone();
    let has = |kind: &Kind| kind.has_geometry() && state.county.layer(*kind).is_some();
    let mut kinds: Vec<Kind> = ASKED_FIRST.into_iter().filter(has).collect();
    kinds.extend(Kind::ALL.iter().copied().filter(|kind| has(kind) && !ASKED_FIRST.contains(kind)));
    let readable = form.at.is_some() && kilometres(&form.within_km).is_ok();
    let answer = state.nearest_answer.as_ref().filter(|_| readable);
    let layer = state.county.layer(form.kind);
    let stage = if layer.is_none() {
        NearestStage::NoLayer
    } else if form.at.is_none() {
        NearestStage::NoPlace
    } else if kilometres(&form.within_km).is_err() {
        NearestStage::BadDistance
    } else {
        match answer {
            _ if state.is_busy(JobKind::Nearest) => NearestStage::Busy,
            Some(answer) if has_no_roads(answer) => NearestStage::NoRoads,
            Some(answer) if is_empty(answer) => NearestStage::Nothing,
            Some(_) => NearestStage::Found,
            None => NearestStage::Busy,
        }
    };
    NearestSummary {
        filters: filter_fields(form.kind),
        kinds,
        vehicles: travel::vehicles(),
        vehicle: vehicle(&form),
        times: answer.and_then(times),
        stage,
        rows: answer.map(rows).unwrap_or_default(),
        selected: state.selected,
        sources: answer
            .map(|a| {
                let notes = a.sources().iter().chain(a.road_sources());
                let costing = a.by_road.as_ref().map(|_| a.county.costing().as_ref());
                SourcesLine::new(notes, now).reckoned_with(costing)
            })
            .unwrap_or_default(),
        left_out: layer.map_or(0, |layer| layer.samples_left_out()),
        form,
    }
}

fn has_no_roads(answer: &NearestAnswer) -> bool {
    answer.by_road.as_ref().is_some_and(|by_road| by_road.fault.is_some())
}

fn is_empty(answer: &NearestAnswer) -> bool {
    answer.reaches.is_empty()
        && answer.by_road.as_ref().is_none_or(|by_road| by_road.unreached.is_empty())
}

/// The vehicle of the form: the chosen one, or what the kind sends.
fn vehicle(form: &NearestForm) -> String {
    let usual = || CostTable::usual().vehicle_of(form.kind).to_owned();
    form.vehicle.clone().unwrap_or_else(usual)
}

fn times(answer: &NearestAnswer) -> Option<TimeFigures> {
    let by_road = answer.by_road.as_ref()?;
    let kind = answer.ask.kind;
    let layer = answer.county.layer(kind)?;
    let row = |cut: &crate::session::by_road::CutFacility| {
        Some(UnreachedRow {
            feature: FeatureRef { kind, id: cut.id },
            name: name_of(layer.by_id(cut.id)?),
            why: travel::no_way(&cut.barriers),
        })
    };
    Some(TimeFigures {
        unreached: by_road.unreached.iter().filter_map(row).take(LISTED).collect(),
        unreached_count: by_road.unreached.len(),
        heading: TravelHeading { vehicle: by_road.vehicle.clone(), conditions: by_road.conditions },
        turnout_s: by_road.turnout_s,
        far_from_road: by_road.far_from_road,
    })
}

/// How long a facility takes, where it is ranked by time.
fn time_of(answer: &NearestAnswer, travel_s: Option<u32>) -> Option<TravelTime> {
    let by_road = answer.by_road.as_ref()?;
    Some(TravelTime::spread(travel_s?, by_road.turnout_s, by_road.p90))
}

fn rows(answer: &NearestAnswer) -> Vec<NearestRow> {
    let kind = answer.ask.kind;
    let Some(layer) = answer.county.layer(kind) else { return Vec::new() };
    answer
        .reaches
        .iter()
        .zip(1..)
        .filter_map(|(reach, number)| {
            let feature = layer.by_id(reach.id)?;
            Some(NearestRow {
                number,
                feature: FeatureRef { kind, id: reach.id },
                name: name_of(feature),
                distance: reach.distance,
                time: time_of(answer, reach.travel_s),
                facts: facts_of(kind).iter().map(|field| (*field, feature.value(field))).collect(),
                capacity: capacity(feature),
                available: available(feature),
                over: over(feature),
                phone: feature.text("phone").map(str::to_owned),
            })
        })
        .collect()
}

/// Capacity of a shelter for a short stay: the declared figure, or as worked out from its area.
pub fn capacity(feature: &Feature) -> Option<Message> {
    if feature.kind != Kind::Shelter {
        return None;
    }
    Some(match Shelter::of(feature).capacity(StayClass::default()) {
        Some((people, CapacityBasis::Declared)) => {
            Message::new("capacity-declared").with("people", people.0)
        }
        Some((people, CapacityBasis::Area)) => {
            Message::new("capacity-area").with("people", people.0)
        }
        None => Message::new("capacity-no-data"),
    })
}

/// Places left for a short stay in a shelter that lets people in.
pub fn available(feature: &Feature) -> Option<u64> {
    if feature.kind != Kind::Shelter {
        return None;
    }
    let shelter = Shelter::of(feature);
    shelter.available(StayClass::default()).filter(|_| shelter.can_open()).map(|people| people.0)
}

/// How many more people than places are in a shelter, or are promised one.
pub fn over(feature: &Feature) -> Option<u64> {
    if feature.kind != Kind::Shelter {
        return None;
    }
    let shelter = Shelter::of(feature);
    let (capacity, _) = shelter.capacity(StayClass::default())?;
    let taken = shelter.occupied().0 + shelter.reserved().0;
    taken.checked_sub(capacity.0).filter(|over| *over > 0)
}

fn filter_fields(kind: Kind) -> Vec<FilterField> {
    let usable = |field: &&'static Field| {
        matches!(
            field.field_type,
            FieldType::Choice
                | FieldType::Choices
                | FieldType::Integer
                | FieldType::Real
                | FieldType::Boolean
        )
    };
    kind.table_def()
        .attribute_fields()
        .filter(usable)
        .map(|field| FilterField {
            field: &field.name,
            choices: field.values.iter().map(|choice| choice.key.clone()).collect(),
            boolean: field.field_type == FieldType::Boolean,
        })
        .collect()
}

/// What a place is called: its name, or its coordinates.
pub fn place_message(place: &str, at: Coord<f64>) -> Message {
    if place.is_empty() {
        Message::new("place-at").with("at", coordinate_text(at))
    } else {
        Message::new("place-named").with("name", place)
    }
}

/// The answer with all attributes.
pub fn nearest_table(answer: &NearestAnswer) -> Option<Table> {
    let county: &County = &answer.county;
    let kind = answer.ask.kind;
    let layer = county.layer(kind)?;
    let own = columns_of(layer);
    // The name stands first of a layer's own columns.
    let distance = (Heading::Message("column-distance"), true);
    let mut columns = vec![(Heading::Message("column-number"), true)];
    columns.extend(own.first().cloned());
    if answer.by_road.is_some() {
        columns.push((Heading::Message("column-time"), true));
        columns.push((Heading::Message("column-time-range"), true));
    }
    columns.push(distance);
    let rows = answer
        .reaches
        .iter()
        .zip(1_u64..)
        .filter_map(|(reach, number)| {
            let feature = layer.by_id(reach.id)?;
            let mut cells = cells_of(feature, &own);
            let after_name = 1.min(cells.len());
            cells.insert(after_name, Cell::Distance(reach.distance));
            if answer.by_road.is_some() {
                let time = time_of(answer, reach.travel_s);
                let range = time.map_or(Cell::NoData, |time| Cell::Message(time.range()));
                let time = time.map_or(Cell::NoData, |time| Cell::Duration(time.p50_s));
                cells.splice(after_name..after_name, [time, range]);
            }
            cells.insert(0, Cell::Count(number));
            Some(Row { feature: Some(FeatureRef { kind, id: reach.id }), cells })
        })
        .collect();
    columns.extend(own.iter().skip(1).cloned());
    let title = Message::new("nearest-table-title")
        .with("kind", Message::new(super::label::kind_id(kind)))
        .with("place", place_message(&answer.place, answer.ask.at));
    Some(Table::new(title, columns, rows))
}

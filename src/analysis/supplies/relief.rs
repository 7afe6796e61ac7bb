//! First relief by road: which warehouse supplies which place, when it arrives, who has it in time.

use geo_types::Coord;
use serde::{Deserialize, Serialize};

use super::allocate::{Sources, allocate};
use super::depot::Depots;
use super::item::Item;
use super::lasting::lasting;
use super::milli::Milli;
use super::norm::{Norm, Season};
use super::stock::Stock;
use super::table::{Issue, ReliefTable};
use super::truck::{Load, loads};
use crate::analysis::roads::Trips;
use crate::base::{Cancelled, Feedback, Id, Message, Persons, Timestamp};
use crate::county::County;
use crate::spatial::Area;

/// A place with people who need relief.
#[derive(Clone, Debug, PartialEq)]
pub struct ReliefPlace {
    /// Which one: a shelter, a village.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Where.
    pub at: Coord<f64>,
    /// How many people.
    pub people: Persons,
}

/// The question: who has first relief in time?
#[derive(Clone, Copy, Debug)]
pub struct ReliefAsk<'a> {
    /// The places.
    pub places: &'a [ReliefPlace],
    /// For how many days stocks are to last.
    pub days: u32,
    /// By which norm they are used up.
    pub norm: &'a Norm,
    /// In which season.
    pub season: Season,
    /// The moment of the order.
    pub now: Timestamp,
    /// Warehouses in it cannot be used.
    pub danger: Option<&'a Area>,
}

/// Why some people of a place have no first relief in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoRelief {
    /// No warehouse has a road there.
    NoRoad,
    /// The stock within reach goes to others, or there is none.
    NoStock,
    /// It arrives after the deadline.
    TooLate,
    /// Nobody knows what is in stock.
    NoData,
}

impl NoRelief {
    /// All reasons.
    pub const ALL: [Self; 4] = [Self::NoRoad, Self::NoStock, Self::TooLate, Self::NoData];

    /// The reason in words.
    pub fn message(self) -> Message {
        Message::new(match self {
            Self::NoRoad => "relief-no-road",
            Self::NoStock => "relief-no-stock",
            Self::TooLate => "relief-too-late",
            Self::NoData => "relief-no-data",
        })
    }
}

/// Goods for some people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goods {
    /// Key of the item.
    pub item: &'static str,
    /// How much of its unit.
    pub quantity: Milli,
    /// For how many people.
    pub people: Persons,
}

/// Goods that travel from one warehouse to one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Shipment {
    /// From which warehouse.
    pub warehouse: Id,
    /// What.
    pub goods: Vec<Goods>,
    /// Weight in kilograms, rounded up.
    pub weight_kg: u64,
    /// Volume in cubic metres, rounded up to a litre.
    pub volume_m3: Milli,
    /// Trucks by weight and volume.
    pub trucks: u64,
    /// Driving time in seconds.
    pub drive_s: u32,
    /// From the order until the last truck leaves.
    pub departs_s: u32,
    /// From the order until everything is handed out, estimated: half of all journeys are faster.
    pub eta_s: u32,
    /// The same with a drive that nine of ten are faster than.
    pub eta_p90_s: u32,
}

/// What becomes of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRelief {
    /// Which place.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Its people.
    pub people: Persons,
    /// People with first relief by the deadline.
    pub in_time: Persons,
    /// People with first relief after it.
    pub late: Persons,
    /// Why not all of them have it in time.
    pub why: Option<NoRelief>,
    /// Until the last shipment is handed out; `None` without any.
    pub eta_s: Option<u32>,
    /// The same for nine of ten journeys.
    pub eta_p90_s: Option<u32>,
    /// Whole days that the stocks last here if all places share them, at most those asked for;
    /// `None` = no data.
    pub days: Option<u32>,
    /// The item that ends first, if one ends before the last day.
    pub ends_with: Option<&'static str>,
    /// What arrives, by warehouse.
    pub shipments: Vec<Shipment>,
}

/// Who has first relief in time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relief {
    /// By place, in the order of their ids.
    pub places: Vec<PlaceRelief>,
    /// People of all places.
    pub people: Persons,
    /// With first relief by the deadline.
    pub in_time: Persons,
    /// With first relief after it.
    pub late: Persons,
    /// Proven: no plan brings first relief to more people in time, if no truck waits for another.
    pub optimal: bool,
    /// Items of the first issue whose stock nobody knows: left out.
    pub without_data: Vec<&'static str>,
    /// Warehouses in the danger area: not used.
    pub in_danger: Vec<Id>,
    /// Trucks needed if each drives once.
    pub trucks: u64,
}

/// Supplies places from warehouses by road. As many people as possible have first relief by the
/// deadline, then Σ people × seconds is least: an exact minimum-cost flow for every item. There are
/// taken to be trucks enough; in each warehouse they wait for a place to load.
pub fn relief(
    county: &County,
    trips: &Trips<'_>,
    ask: &ReliefAsk<'_>,
    feedback: &Feedback,
) -> Result<Relief, Cancelled> {
    let mut places: Vec<&ReliefPlace> = ask.places.iter().collect();
    places.sort_by_key(|place| place.id);
    let people: Vec<u64> = places.iter().map(|place| place.people.0).collect();
    let at: Vec<Coord<f64>> = places.iter().map(|place| place.at).collect();
    let depots = Depots::new(county, trips, &at, ask.danger, feedback)?;
    let table = ReliefTable::usual();
    let issue = table.issue(ask.season);
    let items: Vec<&'static Item> = issue.iter().map(|issue| issue.item).collect();
    // What is handed out on the first day has to be good on that day.
    let stock = Stock::read(county, &items, ask.now, 1);
    let (known, unknown): (Vec<Issue>, Vec<Issue>) =
        issue.into_iter().partition(|issue| stock.have(issue.item).is_some());
    let mut sources: Sources = known
        .iter()
        .map(|issue| depots.sources(&stock, issue.item, |quantity| issue.people(quantity)))
        .collect();
    let deadline_s = table.deadline.hours.saturating_mul(3600);
    let first = allocate(&people, &mut sources, &depots, &table.time, Some(deadline_s), feedback)?;
    let left: Vec<u64> = people.iter().zip(&first.served).map(|(all, own)| all - own).collect();
    let later = allocate(&left, &mut sources, &depots, &table.time, None, feedback)?;
    let flows = first.flows.into_iter().chain(later.flows);
    let loads = loads(flows, &known, &depots, table, trips.table.p90());
    let lasts = {
        let of_norm = ask.norm.lines_in(ask.season).filter_map(|line| Item::of(&line.item));
        let parts = |item: &'static Item| item.part.iter().filter_map(|part| Item::of(&part.key));
        let items: Vec<&'static Item> =
            of_norm.flat_map(|item| std::iter::once(item).chain(parts(item))).collect();
        let stock = Stock::read(county, &items, ask.now, ask.days);
        lasting(&stock, &depots, &people, (ask.norm, ask.season, ask.days), feedback)?
    };
    let mut out = Relief {
        people: places.iter().map(|place| place.people).sum(),
        optimal: first.optimal,
        without_data: unknown.iter().map(|issue| issue.item.key.as_str()).collect(),
        in_danger: depots.in_danger.clone(),
        trucks: loads.iter().map(|load| load.trucks).sum(),
        ..Relief::default()
    };
    for (at, place) in places.into_iter().enumerate() {
        let own: Vec<&Load> = loads.iter().filter(|load| load.place == at).collect();
        // Whoever lacks one item has no first relief.
        let with_all = |by_s: u32| {
            let of = |item| {
                let in_time = own.iter().filter(|load| load.eta_s <= by_s);
                in_time.map(|load| load.people_of(item)).sum::<u64>()
            };
            (0..known.len()).map(of).min().unwrap_or(0).min(place.people.0)
        };
        let (in_time, reached) = (with_all(deadline_s), with_all(u32::MAX));
        let why = if in_time == place.people.0 {
            None
        } else if known.is_empty() {
            Some(NoRelief::NoData)
        } else if !depots.reach(at) {
            Some(NoRelief::NoRoad)
        } else if reached < place.people.0 {
            Some(NoRelief::NoStock)
        } else {
            Some(NoRelief::TooLate)
        };
        let lasts = lasts.as_ref().and_then(|all| all.get(at)).copied();
        out.in_time += Persons(in_time);
        out.late += Persons(reached - in_time);
        out.places.push(PlaceRelief {
            id: place.id,
            name: place.name.clone(),
            people: place.people,
            in_time: Persons(in_time),
            late: Persons(reached - in_time),
            why,
            eta_s: own.iter().map(|load| load.eta_s).max(),
            eta_p90_s: own.iter().map(|load| load.eta_p90_s).max(),
            days: lasts.map(|(days, _)| days),
            ends_with: lasts.and_then(|(_, item)| item),
            shipments: own.iter().map(|load| shipment(load, &depots, &known)).collect(),
        });
    }
    Ok(out)
}

fn shipment(load: &Load, depots: &Depots, issues: &[Issue]) -> Shipment {
    let goods = |(issue, quantity, people): (Issue, Milli, u64)| Goods {
        item: &issue.item.key,
        quantity,
        people: Persons(people),
    };
    Shipment {
        warehouse: depots.ids[load.depot],
        goods: load.goods(issues).map(goods).collect(),
        weight_kg: load.weight_g.div_ceil(1000),
        volume_m3: Milli(load.volume_cm3.div_ceil(1000)),
        trucks: load.trucks,
        drive_s: load.drive_s,
        departs_s: load.departs_s,
        eta_s: load.eta_s,
        eta_p90_s: load.eta_p90_s,
    }
}

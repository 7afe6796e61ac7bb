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
        } else if !depots.ids.is_empty() && !depots.reach(at) {
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

#[cfg(test)]
mod tests {
    use geo_types::line_string;

    use super::super::norm::NormTable;
    use super::super::trial::{row, stock, warehouse};
    use super::*;
    use crate::analysis::roads::Travel;
    use crate::model::{Feature, Kind};

    /// A street of 0.02° along 35.70 N, and a street of its own far in the north.
    fn county(warehouses: Vec<Feature>, stock: Vec<Feature>) -> County {
        let street = |name: &str, lat: f64| {
            let mut out = row(Kind::Road, Some(name), name, None);
            let line = line_string![(x: 116.50, y: lat), (x: 116.52, y: lat)];
            out.geometry = Some(line.into());
            assert!(out.attributes.set(Kind::Road, "road_class", Some("primary".into())));
            out
        };
        let roads = vec![street("R1", 35.70), street("R2", 35.90)];
        let all = [(Kind::Warehouse, warehouses), (Kind::Stock, stock), (Kind::Road, roads)];
        County::new(1, all)
    }

    fn place(name: &str, lon: f64, lat: f64, people: u64) -> ReliefPlace {
        let id = Id::from_natural_key("shelter", name);
        ReliefPlace {
            id,
            name: name.to_owned(),
            at: Coord { x: lon, y: lat },
            people: Persons(people),
        }
    }

    fn kit(warehouse: &str, water: f64, meals: f64, quilts: f64) -> Vec<Feature> {
        vec![
            stock(warehouse, "桶装饮用水", Some(water), "升"),
            stock(warehouse, "方便食品", Some(meals), "份"),
            stock(warehouse, "棉被", Some(quilts), "床"),
        ]
    }

    fn ask(county: &County, places: &[ReliefPlace]) -> Relief {
        let travel = Travel { vehicle: Some("truck".to_owned()), ..Travel::default() };
        let trips = Trips::new(county, &travel, None).unwrap();
        let norm = NormTable::usual().norm("county").unwrap();
        let question = ReliefAsk {
            places,
            days: 15,
            norm,
            season: Season::Summer,
            now: Timestamp::parse("2026-10-02T08:00").unwrap(),
            danger: None,
        };
        relief(county, &trips, &question, &Feedback::default()).unwrap()
    }

    fn of<'a>(found: &'a Relief, name: &str) -> &'a PlaceRelief {
        found.places.iter().find(|place| place.name == name).unwrap()
    }

    #[test]
    fn goods_are_loaded_driven_and_handed_out() {
        let county =
            county(vec![warehouse("W1", 116.50, 35.70)], kit("W1", 9000.0, 9000.0, 3000.0));
        let found = ask(&county, &[place("东院", 116.52, 35.70, 1000)]);
        let east = of(&found, "东院");
        assert_eq!((east.in_time, east.late, east.why), (Persons(1000), Persons(0), None));
        let shipment = &east.shipments[0];
        // 3000 L × 1.05 + 3000 meals × 0.4 + 1000 quilts × 3 kg = 7350 kg, one truck of 8000 kg by
        // weight; 3000 × 1.5 L + 3000 × 1.5 L + 1000 × 25 L = 34 m³, one of 35 m³ by volume.
        assert_eq!((shipment.weight_kg, shipment.volume_m3), (7350, Milli::whole(34)));
        assert_eq!((shipment.trucks, found.trucks), (1, 1));
        // 1810.13 m at 60 × 0.85 km/h are 127.8 s; an hour to prepare, 45 minutes to load, then
        // half an hour to unload and one to hand out.
        assert_eq!((shipment.drive_s, shipment.departs_s), (128, 6300));
        assert_eq!((shipment.eta_s, shipment.eta_p90_s), (6300 + 128 + 5400, 6300 + 173 + 5400));
        assert!(found.optimal && found.without_data.is_empty());
        // 9000 L ÷ 3000 a day.
        assert_eq!((east.days, east.ends_with), (Some(3), Some("water-drinking")));
    }

    #[test]
    fn trucks_wait_for_a_place_to_load() {
        let stock = kit("W1", 90_000.0, 90_000.0, 30_000.0);
        let county = county(vec![warehouse("W1", 116.50, 35.70)], stock);
        let found = ask(&county, &[place("东院", 116.52, 35.70, 3000)]);
        // Three truck loads, two at a time: the third is loaded 45 minutes after the others.
        let shipment = &of(&found, "东院").shipments[0];
        assert_eq!((shipment.trucks, shipment.departs_s), (3, 9000));
        // Thirty loads, two at a time: the last pair is loaded at 3600 + 15 × 2700 s.
        let found = ask(&county, &[place("东院", 116.52, 35.70, 30_000)]);
        let east = of(&found, "东院");
        assert_eq!(east.shipments[0].trucks, 30);
        assert_eq!(east.shipments[0].departs_s, 3600 + 15 * 2700);
        // That is 12 h 15 min before anything is driven.
        assert_eq!((east.in_time, east.late), (Persons(0), Persons(30_000)));
        assert_eq!(east.why, Some(NoRelief::TooLate));
    }

    #[test]
    fn who_has_none_and_why() {
        // Water for 500 people only; in the north nobody gets there.
        let county =
            county(vec![warehouse("W1", 116.50, 35.70)], kit("W1", 1500.0, 9000.0, 3000.0));
        let places = [
            place("西院", 116.505, 35.70, 300),
            place("东院", 116.52, 35.70, 400),
            place("北院", 116.51, 35.90, 50),
        ];
        let found = ask(&county, &places);
        assert_eq!((found.people, found.in_time), (Persons(750), Persons(500)));
        // The nearer ones first.
        assert_eq!((of(&found, "西院").in_time, of(&found, "西院").why), (Persons(300), None));
        let east = of(&found, "东院");
        assert_eq!((east.in_time, east.why), (Persons(200), Some(NoRelief::NoStock)));
        // Nothing else travels for those who get no water.
        assert!(east.shipments[0].goods.iter().all(|goods| goods.people == Persons(200)));
        let north = of(&found, "北院");
        assert_eq!((north.in_time, north.why), (Persons(0), Some(NoRelief::NoRoad)));
        assert_eq!((north.days, north.eta_s), (Some(0), None));
        assert!(found.optimal);
    }

    #[test]
    fn items_may_come_from_different_warehouses() {
        let mut all = kit("W1", 3000.0, 3000.0, 0.0);
        all.push(stock("W2", "棉被", Some(1000.0), "床"));
        let houses = vec![warehouse("W1", 116.50, 35.70), warehouse("W2", 116.52, 35.70)];
        let found = ask(&county(houses, all), &[place("院", 116.51, 35.70, 1000)]);
        assert_eq!((found.in_time, of(&found, "院").shipments.len()), (Persons(1000), 2));
    }

    #[test]
    fn reserves_that_take_longer_come_later() {
        let mut all = kit("W1", 3000.0, 3000.0, 0.0);
        let mut agreed = stock("W1", "棉被（产能）", Some(1000.0), "床");
        agreed.attributes.set(Kind::Stock, "reserve_kind", Some("production".into()));
        all.push(agreed.clone());
        let houses = || vec![warehouse("W1", 116.50, 35.70)];
        let found = ask(&county(houses(), all.clone()), &[place("院", 116.51, 35.70, 10)]);
        // Production needs 24 h before the first truck is loaded.
        let yard = of(&found, "院");
        assert_eq!(
            (yard.in_time, yard.late, yard.why),
            (Persons(0), Persons(10), Some(NoRelief::TooLate))
        );
        assert!(yard.eta_s > Some(86_400));
        // The row's own figure goes before it.
        let last = all.len() - 1;
        all[last].attributes.set(Kind::Stock, "activation_h", Some(2.0.into()));
        let found = ask(&county(houses(), all), &[place("院", 116.51, 35.70, 10)]);
        assert_eq!(found.in_time, Persons(10));
    }

    #[test]
    fn nobody_nothing_and_nowhere_are_answers() {
        let houses = || vec![warehouse("W1", 116.50, 35.70)];
        let found = ask(&county(houses(), Vec::new()), &[place("院", 116.51, 35.70, 10)]);
        assert_eq!(of(&found, "院").why, Some(NoRelief::NoData));
        assert_eq!(of(&found, "院").days, None);
        let found = ask(&county(houses(), kit("W1", 1.0, 1.0, 1.0)), &[]);
        assert_eq!((found.people, found.places.len()), (Persons(0), 0));
        let mut closed = warehouse("W1", 116.50, 35.70);
        closed.attributes.set(Kind::Warehouse, "status", Some("unavailable".into()));
        let places = [place("院", 116.51, 35.70, 10)];
        let found = ask(&county(vec![closed], kit("W1", 90.0, 90.0, 90.0)), &places);
        assert_eq!((found.in_time, of(&found, "院").why), (Persons(0), Some(NoRelief::NoStock)));
    }
}

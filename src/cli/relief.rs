//! First relief in the answer of `supplies --area`: who has it in time, from where, and who has not.

use geo_types::Coord;
use serde::Serialize;

use super::args::TravelArgs;
use super::basis::TimeBasis;
use super::console::Console;
use super::fault::Fault;
use super::supplies::number;
use super::table::Align::{Left, Right};
use super::{figure, travel};
use crate::analysis::roads::{Travel, Trips};
use crate::analysis::supplies::{
    Goods, Item, NoRelief, PlaceRelief, Relief, ReliefAsk, ReliefPlace, ReliefTable, Shipment,
    SuppliesAsk, relief,
};
use crate::analysis::{Evacuation, EvacuationProblem, evacuation_with_costs};
use crate::base::{Feedback, Message, Persons, Timestamp};
use crate::county::County;
use crate::model::Kind;
use crate::spatial::Area;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// The people of an area in the shelters of its evacuation plan.
pub struct Sheltered {
    /// People of the area.
    pub people: Persons,
    /// Those whom the plan has no place for.
    unsheltered: Persons,
    places: Vec<ReliefPlace>,
}

impl Sheltered {
    /// Plans where the people of an area go, as `evacuate` does.
    pub fn new(county: &County, area: &Area) -> Result<Self, Fault> {
        let feedback = Feedback::default();
        let ask = Evacuation::default();
        let problem = EvacuationProblem::new(county, area, &ask, &feedback)?;
        let costs = problem.geodesic_costs(&feedback)?;
        let plan = evacuation_with_costs(&problem, &ask, &costs, &feedback)?;
        let at = |id| -> Option<Coord<f64>> {
            problem.places.iter().find(|place| place.id == id).map(|place| place.at)
        };
        let used = plan.shelters.iter().filter(|shelter| shelter.assigned > Persons::ZERO);
        let places = used
            .filter_map(|shelter| {
                let (id, name) = (shelter.id, shelter.name.clone());
                Some(ReliefPlace { id, name, at: at(shelter.id)?, people: shelter.assigned })
            })
            .collect();
        Ok(Self { people: plan.people, unsheltered: plan.unassigned, places })
    }
}

/// How the trucks travel.
pub fn travel(ask: &TravelArgs, console: &Console) -> Result<Travel, Fault> {
    let mut travel = travel::travel(ask, console)?;
    travel.vehicle.get_or_insert_with(|| ReliefTable::usual().truck.vehicle.clone());
    Ok(travel)
}

/// Without an area nobody travels: a vehicle or a closed road would be silently without effect.
pub fn unused(ask: &TravelArgs) -> Result<(), Fault> {
    let message = || Message::new("cli-supplies-travel");
    travel::unused(ask).map_err(|fault| Fault { message: message(), hint: None, ..fault })
}

/// Who has first relief, and who has no shelter.
pub struct ReliefAnswer {
    relief: Relief,
    unsheltered: Persons,
    days: u32,
}

/// Asks who has first relief in time.
pub fn answer(
    county: &County,
    trips: &Trips<'_>,
    ask: &SuppliesAsk<'_>,
    area: &Area,
    sheltered: Sheltered,
) -> Result<ReliefAnswer, Fault> {
    let question = ReliefAsk {
        places: &sheltered.places,
        days: ask.days,
        norm: ask.norm,
        season: ask.season,
        now: ask.now,
        danger: Some(area),
    };
    let relief = relief(county, trips, &question, &Feedback::default())?;
    Ok(ReliefAnswer { relief, unsheltered: sheltered.unsheltered, days: ask.days })
}

/// First relief as programs read it.
#[derive(Serialize)]
pub struct ReliefOut<'a> {
    relief: Vec<PlaceOut<'a>>,
    relief_totals: TotalsOut<'a>,
    vehicle: &'a str,
    #[serde(flatten)]
    basis: TimeBasis<'a>,
}

#[derive(Serialize)]
struct TotalsOut<'a> {
    deadline_h: u32,
    people: u64,
    in_time: u64,
    late: u64,
    without: u64,
    unsheltered: u64,
    optimal: bool,
    trucks: u64,
    without_data: Vec<&'a str>,
    in_danger: Vec<String>,
}

#[derive(Serialize)]
struct PlaceOut<'a> {
    shelter: String,
    shelter_name: &'a str,
    people: u64,
    in_time: u64,
    late: u64,
    why: Option<NoRelief>,
    eta_s: Option<u32>,
    eta_p90_s: Option<u32>,
    days: Option<u32>,
    runs_out: Option<String>,
    ends_with: Option<&'a str>,
    shipments: Vec<ShipmentOut<'a>>,
}

#[derive(Serialize)]
struct ShipmentOut<'a> {
    warehouse: String,
    warehouse_name: &'a str,
    trucks: u64,
    weight_kg: u64,
    volume_m3: serde_json::Number,
    drive_s: u32,
    departs_s: u32,
    eta_s: u32,
    eta_p90_s: u32,
    goods: Vec<GoodsOut<'a>>,
}

#[derive(Serialize)]
struct GoodsOut<'a> {
    code: &'a str,
    quantity: serde_json::Number,
    unit: &'a str,
    people: u64,
}

impl<'a> ReliefOut<'a> {
    /// Puts an answer into the form of programs.
    pub fn new(
        answer: &'a ReliefAnswer,
        county: &'a County,
        trips: &'a Trips<'_>,
        now: Timestamp,
    ) -> Self {
        let relief = &answer.relief;
        let places = relief.places.iter();
        Self {
            relief: places.map(|place| place_out(place, county, answer.days, now)).collect(),
            relief_totals: TotalsOut {
                deadline_h: ReliefTable::usual().deadline.hours,
                people: relief.people.0,
                in_time: relief.in_time.0,
                late: relief.late.0,
                without: (relief.people - relief.in_time - relief.late).0,
                unsheltered: answer.unsheltered.0,
                optimal: relief.optimal,
                trucks: relief.trucks,
                without_data: relief.without_data.clone(),
                in_danger: relief.in_danger.iter().map(ToString::to_string).collect(),
            },
            vehicle: &trips.vehicle.key,
            basis: TimeBasis::of(county, trips),
        }
    }

    /// Vehicle and conditions, one line above the answer.
    pub fn head(&self, console: &Console) -> String {
        self.basis.head(console)
    }

    /// The county's own figures, below the sources.
    pub fn own(&self, console: &Console) -> String {
        self.basis.text(console)
    }

    /// The answer for people.
    pub fn text(&self, console: &Console) -> String {
        let totals = &self.relief_totals;
        let head = Message::new("cli-relief-head")
            .with("hours", totals.deadline_h)
            .with("people", figure::count(totals.people))
            .with("in_time", figure::count(totals.in_time))
            .with("late", figure::count(totals.late))
            .with("without", figure::count(totals.without))
            .with("trucks", totals.trucks);
        let mut text = format!("\n{}\n", console.say(&head));
        if totals.unsheltered > 0 {
            let line = Message::new("cli-relief-unsheltered")
                .with("people", figure::count(totals.unsheltered));
            text.push_str(&format!("{}\n", console.say(&line)));
        }
        let mut table = console.table(&[
            ("shelter", Left),
            ("people", Right),
            ("in-time", Right),
            ("eta", Right),
            ("days", Right),
            ("from", Left),
            ("trucks", Right),
            ("why", Left),
        ]);
        for place in &self.relief {
            // Minutes in the place of seconds: hours and minutes.
            let eta = place.eta_s.zip(place.eta_p90_s).map_or_else(
                || console.tr("cli-no-data"),
                |(low, high)| {
                    format!("{}–{}", figure::minutes(low / 60), figure::minutes(high.div_ceil(60)))
                },
            );
            let from: Vec<&str> =
                place.shipments.iter().map(|shipment| shipment.warehouse_name).collect();
            table.row(vec![
                place.shelter_name.to_owned(),
                figure::count(place.people),
                figure::count(place.in_time),
                eta,
                place.days.map_or_else(|| console.tr("cli-no-data"), |days| days.to_string()),
                from.join(&console.tr("cli-list-separator")),
                place.shipments.iter().map(|shipment| shipment.trucks).sum::<u64>().to_string(),
                place.why.map(|why| console.say(&why.message())).unwrap_or_default(),
            ]);
        }
        text.push_str(&table.render());
        text.push_str(&format!("{}\n", console.tr("cli-relief-note")));
        text
    }
}

fn place_out<'a>(
    place: &'a PlaceRelief,
    county: &'a County,
    days: u32,
    now: Timestamp,
) -> PlaceOut<'a> {
    // The day after the last that is provided for.
    let runs_out = place
        .days
        .filter(|own| *own < days)
        .map(|own| Timestamp(now.0.saturating_add(i64::from(own).saturating_mul(DAY_MS))).date());
    PlaceOut {
        shelter: place.id.to_string(),
        shelter_name: &place.name,
        people: place.people.0,
        in_time: place.in_time.0,
        late: place.late.0,
        why: place.why,
        eta_s: place.eta_s,
        eta_p90_s: place.eta_p90_s,
        days: place.days,
        runs_out,
        ends_with: place.ends_with.map(|key| Item::of(key).map_or(key, Item::code)),
        shipments: place.shipments.iter().map(|shipment| shipment_out(shipment, county)).collect(),
    }
}

fn shipment_out<'a>(shipment: &'a Shipment, county: &'a County) -> ShipmentOut<'a> {
    let warehouse = county.layer(Kind::Warehouse).and_then(|layer| layer.by_id(shipment.warehouse));
    ShipmentOut {
        warehouse: shipment.warehouse.to_string(),
        warehouse_name: warehouse.map_or("", |row| row.name.as_str()),
        trucks: shipment.trucks,
        weight_kg: shipment.weight_kg,
        volume_m3: number(shipment.volume_m3),
        drive_s: shipment.drive_s,
        departs_s: shipment.departs_s,
        eta_s: shipment.eta_s,
        eta_p90_s: shipment.eta_p90_s,
        goods: shipment.goods.iter().filter_map(goods_out).collect(),
    }
}

fn goods_out(goods: &Goods) -> Option<GoodsOut<'static>> {
    let item = Item::of(goods.item)?;
    Some(GoodsOut {
        code: item.code(),
        quantity: number(goods.quantity),
        unit: &item.unit,
        people: goods.people.0,
    })
}

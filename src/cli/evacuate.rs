//! `shouye evacuate`: who goes where, within the shelters' real capacity.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use geo_types::Coord;
use serde::Serialize;

use super::args::{By, EvacuateArgs};
use super::basis::TimeBasis;
use super::console::{Answer, Console, Timing, ms_since};
use super::evacuate_text::text;
use super::fault::Fault;
use super::geojson_out::FeatureCollection;
use super::movement::{self, MovementOut};
use super::print::{Print, Printed};
use super::source::{Source, sources_of};
use super::{figure, place, travel};
use crate::analysis::evacuation::{
    Assignment, Limit, LimitKind, ShelterLoad, Unassigned, UnassignedWhy, UnresolvedArrangement,
    UnresolvedWhy, Unusable,
};
use crate::analysis::roads::{Trips, evacuation_by_time};
use crate::analysis::{Evacuation, EvacuationPlan, EvacuationProblem, evacuation_with_costs};
use crate::base::{Feedback, Id, Message};
use crate::model::{CapacityBasis, Kind, StayClass};
use crate::report::{Occasion, legs};
use crate::view::conditions::TravelHeading;

/// The plan as programs read it.
#[derive(Serialize)]
pub struct PlanOut<'a> {
    /// `null` if the county knows no settlements.
    people: Option<u64>,
    assigned: u64,
    unassigned: Option<u64>,
    cost: u64,
    unit: &'static str,
    optimal: bool,
    gap: f64,
    people_gap: u64,
    stay: StayOut,
    assignments: Vec<AssignmentOut<'a>>,
    shelters: Vec<ShelterOut<'a>>,
    unassigned_settlements: Vec<UnassignedOut<'a>>,
    limits: Vec<LimitOut<'a>>,
    to_confirm: Vec<String>,
    point_only: Vec<String>,
    unresolved_arrangements: Vec<UnresolvedOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    movement: Option<MovementOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vehicle: Option<String>,
    #[serde(flatten)]
    basis: Option<TimeBasis<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    printed: Option<Printed>,
    timing: Timing,
    /// What it rests on.
    pub sources: Vec<Source>,
}

/// What capacities by area rest on.
#[derive(Serialize)]
struct StayOut {
    class: &'static str,
    area_per_person_m2: Option<f64>,
    standard: &'static str,
    mark: Option<&'static str>,
}

#[derive(Serialize)]
struct AssignmentOut<'a> {
    settlement: String,
    settlement_name: &'a str,
    shelter: String,
    shelter_name: &'a str,
    people: u64,
    distance_m: u32,
    travel_s: Option<u32>,
    deviates_from: Option<String>,
}

#[derive(Serialize)]
struct ShelterOut<'a> {
    id: String,
    code: Option<&'a str>,
    name: &'a str,
    capacity: Option<u64>,
    capacity_basis: Option<CapacityBasis>,
    occupied: u64,
    reserved: u64,
    assigned: u64,
    usable: bool,
    why: Option<Unusable>,
}

#[derive(Serialize)]
struct UnassignedOut<'a> {
    id: String,
    name: &'a str,
    people: u64,
    why: UnassignedWhy,
}

#[derive(Serialize)]
struct UnresolvedOut<'a> {
    settlement: Option<String>,
    settlement_as_written: &'a str,
    shelter_as_written: &'a str,
    why: UnresolvedWhy,
}

#[derive(Serialize)]
struct LimitOut<'a> {
    kind: LimitKind,
    id: Option<String>,
    name: &'a str,
    gain_one_more: u64,
    gain_unit: &'static str,
    message: String,
}

/// What a plan rests on: by distance on the first three.
const BY_TIME: [Kind; 5] =
    [Kind::Settlement, Kind::Shelter, Kind::Arrangement, Kind::Road, Kind::Closure];

/// Makes a plan for an area.
pub fn run(ask: &EvacuateArgs, console: &Console) -> Result<Answer, Fault> {
    let by_time = ask.cost.by == By::Time;
    let on_roads = by_time || ask.movement.movement;
    if !on_roads {
        travel::unused(&ask.cost.travel)?;
    }
    let travel = on_roads.then(|| travel::travel(&ask.cost.travel, console)).transpose()?;
    let max_distance = ask.max.as_deref().map(|text| place::metres("--max", text)).transpose()?;
    let area = place::area_of_file(&ask.area)?;
    if ask.out.as_ref().is_some_and(|out| same_file(out, &ask.area)) {
        return Err(Fault::usage(Message::new("cli-out-is-area"))
            .hint(Message::new("cli-out-is-area-hint")));
    }
    let print = Print::of(ask)?;
    let (workspace, load_ms) = console.open()?;
    let county = workspace.county();
    let question = Evacuation {
        hazard: ask.hazard,
        stay: ask.stay,
        keep_together: ask.keep_together,
        max_distance,
    };
    let preparing = Instant::now();
    if on_roads {
        county.network();
    }
    let load_ms = figure::rounded(load_ms + ms_since(preparing), 3);
    let started = Instant::now();
    let feedback = Feedback::default();
    let problem = EvacuationProblem::new(county, &area, &question, &feedback)?;
    let timed = travel.as_ref().filter(|_| by_time);
    let trips = timed.map(|travel| Trips::new(county, travel, None)).transpose()?;
    let plan = match &trips {
        Some(trips) => evacuation_by_time(&problem, trips, &question, &feedback)?,
        None => {
            let costs = problem.geodesic_costs(&feedback)?;
            evacuation_with_costs(&problem, &question, &costs, &feedback)?
        }
    };
    let moved = travel.as_ref().filter(|_| ask.movement.movement).map(|travel| {
        let solved = (&problem, &plan);
        movement::moved(&ask.movement, travel, county, solved, &feedback, console)
    });
    let moved = moved.transpose()?;
    let timing = Timing { load_ms, solve_ms: ms_since(started) };
    if let Some(file) = &ask.out {
        lines(&plan, &problem).write(file)?;
    }
    let on_paper = moved.as_ref().map(|moved| movement::on_paper(moved, console));
    let printed = print.map(|print| {
        let legs = match &trips {
            Some(trips) => legs(county, trips, &problem, &plan, &feedback)?,
            None => Vec::new(),
        };
        let travel = trips.as_ref().map(|trips| {
            let (vehicle, conditions) = (trips.vehicle.key.clone(), trips.conditions);
            TravelHeading { vehicle, conditions }.text(&console.locale)
        });
        let on = Occasion {
            county,
            area: &area,
            ask: &question,
            plan: &plan,
            at: console.clock.now(),
            legs: &legs,
            travel: travel.as_deref(),
            movements: on_paper.as_deref(),
        };
        print.write(&on, console)
    });
    let printed = printed.transpose()?;
    let knows_settlements = !county.features(Kind::Settlement).is_empty();
    let out = PlanOut {
        people: knows_settlements.then_some(plan.people.0),
        assigned: plan.assigned.0,
        unassigned: knows_settlements.then_some(plan.unassigned.0),
        cost: plan.cost,
        unit: if by_time { "person-seconds" } else { "person-metres" },
        optimal: plan.optimal,
        gap: figure::rounded(plan.gap, 9),
        people_gap: plan.people_gap,
        stay: stay_out(ask.stay),
        assignments: plan.assignments.iter().map(assignment_out).collect(),
        shelters: plan.shelters.iter().map(shelter_out).collect(),
        unassigned_settlements: plan.unassigned_settlements.iter().map(unassigned_out).collect(),
        limits: plan.limits.iter().map(|limit| limit_out(limit, by_time, console)).collect(),
        to_confirm: ids(&plan.to_confirm),
        point_only: ids(&plan.point_only),
        unresolved_arrangements: plan.unresolved_arrangements.iter().map(unresolved_out).collect(),
        movement: moved.as_ref().map(|moved| movement::out(moved, console)),
        vehicle: trips.as_ref().map(|trips| trips.vehicle.key.clone()),
        basis: trips.as_ref().map(|trips| TimeBasis::of(county, trips)),
        printed,
        timing,
        sources: sources_of(county, if on_roads { &BY_TIME } else { &BY_TIME[..3] }),
    };
    console.answer(&out, || {
        let head = out.basis.as_ref().map(|basis| basis.head(console)).unwrap_or_default();
        let own = out.basis.as_ref().map(|basis| basis.text(console)).unwrap_or_default();
        let text = text(&plan, ask.stay, by_time, &out.sources, county, console);
        let moved = moved.as_ref().map(|moved| movement::text(moved, console) + "\n");
        let moved = moved.unwrap_or_default();
        let printed = out.printed.as_ref().map(|printed| printed.text(console));
        format!("{head}{moved}{text}{own}{}", printed.unwrap_or_default())
    })
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

fn stay_out(stay: StayClass) -> StayOut {
    let rule = stay.rule();
    StayOut {
        class: stay.key(),
        area_per_person_m2: rule.map(|rule| rule.area_per_person_m2),
        standard: &StayClass::table().standard,
        mark: rule.map(|rule| rule.mark.as_str()),
    }
}

fn ids(ids: &[Id]) -> Vec<String> {
    ids.iter().map(Id::to_string).collect()
}

fn assignment_out(assignment: &Assignment) -> AssignmentOut<'_> {
    AssignmentOut {
        settlement: assignment.settlement.to_string(),
        settlement_name: &assignment.settlement_name,
        shelter: assignment.shelter.to_string(),
        shelter_name: &assignment.shelter_name,
        people: assignment.people.0,
        distance_m: assignment.distance_m,
        travel_s: assignment.travel_s,
        deviates_from: assignment.deviates_from.map(|id| id.to_string()),
    }
}

fn shelter_out(shelter: &ShelterLoad) -> ShelterOut<'_> {
    ShelterOut {
        id: shelter.id.to_string(),
        code: shelter.code.as_deref(),
        name: &shelter.name,
        capacity: shelter.capacity.map(|people| people.0),
        capacity_basis: shelter.capacity_basis,
        occupied: shelter.occupied.0,
        reserved: shelter.reserved.0,
        assigned: shelter.assigned.0,
        usable: shelter.unusable.is_none(),
        why: shelter.unusable,
    }
}

fn unassigned_out(unassigned: &Unassigned) -> UnassignedOut<'_> {
    UnassignedOut {
        id: unassigned.id.to_string(),
        name: &unassigned.name,
        people: unassigned.people.0,
        why: unassigned.why,
    }
}

fn unresolved_out(row: &UnresolvedArrangement) -> UnresolvedOut<'_> {
    UnresolvedOut {
        settlement: row.settlement.map(|id| id.to_string()),
        settlement_as_written: &row.settlement_as_written,
        shelter_as_written: &row.shelter_as_written,
        why: row.why,
    }
}

/// One more place gains people if anybody is left over, else metres.
fn limit_out<'a>(limit: &'a Limit, by_time: bool, console: &Console) -> LimitOut<'a> {
    let (gain_one_more, gain_unit) = if limit.gain_people > 0 {
        (limit.gain_people, "persons")
    } else {
        (limit.gain_cost, if by_time { "person-seconds" } else { "person-metres" })
    };
    LimitOut {
        kind: limit.kind,
        id: limit.id.map(|id| id.to_string()),
        name: &limit.name,
        gain_one_more,
        gain_unit,
        message: console.say(&limit.message),
    }
}

/// A straight line per assignment, from where the settlement's people start to the shelter.
fn lines(plan: &EvacuationPlan, problem: &EvacuationProblem) -> FeatureCollection {
    let from: BTreeMap<Id, Coord<f64>> =
        problem.origins.iter().map(|origin| (origin.id, origin.at)).collect();
    let to: BTreeMap<Id, Coord<f64>> = problem
        .places
        .iter()
        .filter_map(|place| Some((problem.shelters.get(place.shelter)?.id, place.at)))
        .collect();
    let mut out = FeatureCollection::new();
    for assignment in &plan.assignments {
        let ends = (from.get(&assignment.settlement), to.get(&assignment.shelter));
        let (Some(from), Some(to)) = ends else { continue };
        // The same fields as in the answer, under the same names.
        let properties = match serde_json::to_value(assignment_out(assignment)) {
            Ok(serde_json::Value::Object(properties)) => properties,
            _ => serde_json::Map::new(),
        };
        out.line(*from, *to, properties);
    }
    out
}

//! An evacuation plan in words and tables.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::console::Console;
use super::figure;
use super::source::{self, Source};
use super::table::Align::{Left, Right};
use crate::analysis::EvacuationPlan;
use crate::analysis::evacuation::{Assignment, ShelterLoad};
use crate::base::{Id, Message, Persons};
use crate::county::County;
use crate::model::{CapacityBasis, Kind, StayClass};
use crate::view::evacuation::stay_basis;

/// How many limits are shown to people; `--json` has them all.
const LIMITS_SHOWN: usize = 8;

/// The plan for people: the answer first, the tables below, then the reasons.
pub fn text(
    plan: &EvacuationPlan,
    stay: StayClass,
    by_time: bool,
    sources: &[Source],
    county: &County,
    console: &Console,
) -> String {
    let mut parts = vec![summary(plan, by_time, county, console)];
    parts.extend(assignments(plan, by_time, console));
    parts.extend(shelters(plan, console));
    parts.extend(unassigned(plan, console));
    parts.extend(unresolved(plan, console));
    parts.extend(limits(plan, console));
    parts.extend(to_confirm(plan, county, console));
    if plan.shelters.iter().any(|load| load.capacity_basis == Some(CapacityBasis::Area)) {
        parts.push(format!("{}\n", console.say(&stay_basis(stay))));
    }
    parts.push(source::text(sources, console));
    parts.join("\n")
}

fn summary(plan: &EvacuationPlan, by_time: bool, county: &County, console: &Console) -> String {
    let head = Message::new("cli-evacuate-head")
        .with("people", figure::count(plan.people.0))
        .with("assigned", figure::count(plan.assigned.0))
        .with("unassigned", figure::count(plan.unassigned.0));
    let mean = if plan.assigned.0 == 0 { 0.0 } else { plan.cost as f64 / plan.assigned.0 as f64 };
    let effort = if by_time { "cli-evacuate-time" } else { "cli-evacuate-cost" };
    let effort = Message::new(effort)
        .with("cost", figure::count(plan.cost))
        .with("mean", figure::count(mean.round() as u64));
    if plan.people.0 == 0 {
        let id = if county.features(Kind::Settlement).is_empty() {
            "cli-evacuate-no-settlements"
        } else {
            "cli-evacuate-nobody"
        };
        return format!("{}\n", console.tr(id));
    }
    let proof = if plan.optimal {
        Message::new("cli-evacuate-optimal")
    } else if plan.people_gap > 0 {
        let people = figure::count(plan.people_gap);
        Message::new("cli-evacuate-people-gap").with("people", people)
    } else {
        Message::new("cli-evacuate-gap").with("gap", format!("{:.2} %", plan.gap * 100.0))
    };
    format!("{}\n{}\n{}\n", console.say(&head), console.say(&effort), console.say(&proof))
}

/// The largest settlements first, each with its shelters from near to far.
fn assignments(plan: &EvacuationPlan, by_time: bool, console: &Console) -> Option<String> {
    let mut columns =
        vec![("from", Left), ("to", Left), ("people", Right), ("metres", Right), ("remark", Left)];
    if by_time {
        columns.insert(4, ("travel", Right));
    }
    let mut table = console.table(&columns);
    let mut moved: BTreeMap<Id, Persons> = BTreeMap::new();
    for row in &plan.assignments {
        *moved.entry(row.settlement).or_default() += row.people;
    }
    let mut rows: Vec<&Assignment> = plan.assignments.iter().collect();
    rows.sort_by_key(|row| {
        let people = moved.get(&row.settlement).copied().unwrap_or_default();
        (Reverse(people), row.settlement, row.distance_m, row.shelter)
    });
    for row in rows {
        let remark = row.deviates_from.map_or_else(String::new, |_| console.tr("cli-deviates"));
        let mut cells = vec![
            row.settlement_name.clone(),
            row.shelter_name.clone(),
            figure::count(row.people.0),
            figure::count(row.distance_m.into()),
            remark,
        ];
        if by_time {
            cells.insert(4, row.travel_s.map(figure::minutes).unwrap_or_default());
        }
        table.row(cells);
    }
    section("cli-evacuate-assignments", &table, console)
}

/// The shelters the plan fills, fullest first, then those that cannot be used.
fn shelters(plan: &EvacuationPlan, console: &Console) -> Option<String> {
    let mut table = console.table(&[
        ("shelter", Left),
        ("capacity", Right),
        ("basis", Left),
        ("occupied", Right),
        ("assigned", Right),
        ("remark", Left),
    ]);
    let asked = |shelter: &&ShelterLoad| shelter.assigned.0 > 0 || shelter.unusable.is_some();
    let mut rows: Vec<&ShelterLoad> = plan.shelters.iter().filter(asked).collect();
    rows.sort_by_key(|shelter| (Reverse(shelter.assigned), shelter.id));
    for shelter in rows {
        let capacity = shelter.capacity.map(|people| figure::count(people.0));
        let basis = shelter.capacity_basis.map(|basis| match basis {
            CapacityBasis::Declared => console.tr("cli-basis-declared"),
            CapacityBasis::Area => console.tr("cli-basis-area"),
        });
        let why = shelter.unusable.map(|why| console.say(&why.message()));
        table.row(vec![
            shelter.name.clone(),
            capacity.unwrap_or_else(|| console.tr("cli-no-data")),
            basis.unwrap_or_default(),
            figure::count(shelter.occupied.0 + shelter.reserved.0),
            figure::count(shelter.assigned.0),
            why.unwrap_or_default(),
        ]);
    }
    section("cli-evacuate-shelters", &table, console)
}

fn unassigned(plan: &EvacuationPlan, console: &Console) -> Option<String> {
    let mut table = console.table(&[("settlement", Left), ("people", Right), ("why", Left)]);
    for row in &plan.unassigned_settlements {
        let why = console.say(&row.why.message());
        table.row(vec![row.name.clone(), figure::count(row.people.0), why]);
    }
    section("cli-evacuate-unassigned", &table, console)
}

/// Rows of the preplanned table that nobody can follow.
fn unresolved(plan: &EvacuationPlan, console: &Console) -> Option<String> {
    let mut table = console.table(&[("settlement", Left), ("shelter", Left), ("why", Left)]);
    for row in &plan.unresolved_arrangements {
        let why = console.say(&row.why.message());
        table.row(vec![row.settlement_as_written.clone(), row.shelter_as_written.clone(), why]);
    }
    section("cli-evacuate-unresolved", &table, console)
}

fn limits(plan: &EvacuationPlan, console: &Console) -> Option<String> {
    let mut out = format!("{}\n", console.tr("cli-evacuate-limits"));
    for limit in plan.limits.iter().take(LIMITS_SHOWN) {
        out.push_str(&format!("  {}\n", console.say(&limit.message)));
    }
    let more = plan.limits.len().saturating_sub(LIMITS_SHOWN);
    if more > 0 {
        let more = console.say(&Message::new("cli-more").with("n", more));
        out.push_str(&format!("  {more}\n"));
    }
    (!plan.limits.is_empty()).then_some(out)
}

fn to_confirm(plan: &EvacuationPlan, county: &County, console: &Console) -> Option<String> {
    let names = |ids: &[Id]| {
        let names: Vec<&str> =
            ids.iter().filter_map(|id| county.feature(*id)).map(|row| row.name.as_str()).collect();
        names.join(&console.tr("cli-list-separator"))
    };
    let line = |id: &'static str, ids: &[Id]| {
        (!ids.is_empty()).then(|| {
            let message = Message::new(id).with("n", ids.len()).with("names", names(ids));
            format!("{}\n", console.say(&message))
        })
    };
    let edge = line("cli-evacuate-to-confirm", &plan.to_confirm);
    let points = line("cli-evacuate-point-only", &plan.point_only);
    (edge.is_some() || points.is_some())
        .then(|| format!("{}{}", edge.unwrap_or_default(), points.unwrap_or_default()))
}

fn section(title: &str, table: &super::table::Table, console: &Console) -> Option<String> {
    (!table.is_empty()).then(|| format!("{}\n{}", console.tr(title), table.render()))
}

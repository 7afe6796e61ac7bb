//! From the moves of single vehicles to what is told.

use std::collections::BTreeMap;

use super::course::{Mode, Outcome};
use super::figures::Estimate;
use super::plan::{Bottleneck, MovementPlan, Range, Stuck, StuckWhy, VillageMovement, Wave};
use super::setting::Setting;
use super::{Trial, seconds};
use crate::analysis::evacuation::EvacuationPlan;
use crate::base::{Id, Persons};
use crate::model::Kind;

/// People who leave within so many seconds of each other are one wave.
const WAVE_S: u32 = 900;
/// The arrival curve has a point for so many seconds.
const CURVE_S: u32 = 300;
/// So many queues are told.
const MOST_BOTTLENECKS: usize = 10;

pub(super) fn summary(
    trial: &Trial<'_>,
    plan: &EvacuationPlan,
    outcomes: &[(Estimate, Outcome)],
) -> MovementPlan {
    let mut out = MovementPlan { people: plan.assigned, ..MovementPlan::default() };
    let likely = outcomes.iter().find(|(estimate, _)| *estimate == Estimate::Likely);
    let Some((_, likely)) = likely else { return out };
    let setting = Setting::new(trial.ask, Estimate::Likely);
    for moved in &likely.moves {
        out.by_mode.entry(moved.mode).or_default().0 += moved.people;
    }
    out.villages = villages(trial, plan, outcomes, likely);
    out.stuck = stuck(trial, plan, &setting, likely);
    if !likely.moves.is_empty() {
        let mut range = Range::default();
        for (estimate, outcome) in outcomes {
            range.set(*estimate, clear_s(outcome));
        }
        out.clear = Some(range);
        out.bound_s = bound_s(trial, &setting);
    }
    out.curve = curve(likely);
    out.bottlenecks = bottlenecks(trial, &setting, likely);
    out.buses = (likely.buses, likely.trips);
    out
}

/// When the last have arrived.
pub(super) fn clear_s(outcome: &Outcome) -> u32 {
    seconds(outcome.moves.iter().map(|moved| moved.arrive_ms).max().unwrap_or(0))
}

/// Everybody leaves when ready, on an empty road.
fn bound_s(trial: &Trial<'_>, setting: &Setting) -> u32 {
    let end = setting.all_ready_ms();
    let ends = trial.flows.iter().map(|flow| {
        let split = flow.split(setting);
        let foot = flow.foot.filter(|_| split.foot > 0).map(|(leg, _)| end + leg.free_ms);
        let car = flow.car.filter(|_| split.car > 0).map(|leg| end + leg.free_ms);
        let bus = flow
            .bus
            .filter(|_| split.bus > 0)
            .map(|leg| setting.mobilised_ms.max(end) + setting.load_ms + leg.free_ms);
        foot.max(car).max(bus).unwrap_or(0)
    });
    seconds(ends.max().unwrap_or(0))
}

fn villages(
    trial: &Trial<'_>,
    plan: &EvacuationPlan,
    outcomes: &[(Estimate, Outcome)],
    likely: &Outcome,
) -> Vec<VillageMovement> {
    let mut clear: BTreeMap<Id, Range> = BTreeMap::new();
    for (estimate, outcome) in outcomes {
        let mut last: BTreeMap<Id, u32> = BTreeMap::new();
        for moved in &outcome.moves {
            let at = last.entry(trial.flows[moved.flow].settlement).or_default();
            *at = (*at).max(moved.arrive_ms);
        }
        for (settlement, ms) in last {
            clear.entry(settlement).or_default().set(*estimate, seconds(ms));
        }
    }
    let mut out: Vec<VillageMovement> = Vec::new();
    for (settlement, clear) in clear {
        let danger_s = trial.ask.danger(settlement);
        out.push(VillageMovement {
            settlement,
            name: name_of(plan, settlement),
            people: Persons::ZERO,
            clear,
            danger_s,
            latest_start_s: danger_s.map(|at| i64::from(at) - i64::from(clear.high_s)),
            waves: Vec::new(),
        });
    }
    // By village, shelter and mode, with the number of the quarter of an hour.
    let mut waves: BTreeMap<(Id, Id, Mode, u32), Wave> = BTreeMap::new();
    for moved in &likely.moves {
        let flow = &trial.flows[moved.flow];
        let leave_s = moved.leave_ms / 1000;
        let key = (flow.settlement, flow.shelter, moved.mode, leave_s / WAVE_S);
        let wave = waves.entry(key).or_insert_with(|| Wave {
            shelter: flow.shelter,
            mode: moved.mode,
            leave_s,
            arrive_s: 0,
            people: Persons::ZERO,
            vehicles: 0,
        });
        wave.arrive_s = wave.arrive_s.max(seconds(moved.arrive_ms));
        wave.people.0 += moved.people;
        wave.vehicles += moved.vehicles;
    }
    for ((settlement, ..), wave) in waves {
        if let Some(village) = out.iter_mut().find(|village| village.settlement == settlement) {
            village.people.0 += wave.people.0;
            village.waves.push(wave);
        }
    }
    for village in &mut out {
        village.waves.sort_by_key(|wave| (wave.leave_s, wave.mode, wave.shelter));
    }
    out.sort_by_key(|village| {
        let slack = village.latest_start_s.unwrap_or(i64::MAX);
        (slack, std::cmp::Reverse(village.clear.high_s), village.settlement)
    });
    out
}

fn name_of(plan: &EvacuationPlan, settlement: Id) -> String {
    let found = plan.assignments.iter().find(|assignment| assignment.settlement == settlement);
    found.map(|assignment| assignment.settlement_name.clone()).unwrap_or_default()
}

fn stuck(
    trial: &Trial<'_>,
    plan: &EvacuationPlan,
    setting: &Setting,
    likely: &Outcome,
) -> Vec<Stuck> {
    let mut all: BTreeMap<(Id, StuckWhy), u64> = BTreeMap::new();
    for (at, flow) in trial.flows.iter().enumerate() {
        let split = flow.split(setting);
        let no_room = likely.left_over.get(&at).copied().unwrap_or(0);
        for (why, people) in [
            (StuckWhy::NoRoad, split.no_road),
            (StuckWhy::NoVehicle, split.no_vehicle),
            (StuckWhy::NoRoom, no_room),
        ] {
            if people > 0 {
                *all.entry((flow.settlement, why)).or_default() += people;
            }
        }
    }
    let one = |((settlement, why), people)| Stuck {
        settlement,
        name: name_of(plan, settlement),
        people: Persons(people),
        why,
    };
    all.into_iter().map(one).collect()
}

fn curve(likely: &Outcome) -> Vec<(u32, u64)> {
    let mut arrivals: BTreeMap<u32, u64> = BTreeMap::new();
    for moved in &likely.moves {
        *arrivals.entry(seconds(moved.arrive_ms).div_ceil(CURVE_S)).or_default() += moved.people;
    }
    let Some(last) = arrivals.keys().max().copied() else { return Vec::new() };
    let mut sum = 0;
    (0..=last)
        .map(|at| {
            sum += arrivals.get(&at).copied().unwrap_or(0);
            (at * CURVE_S, sum)
        })
        .collect()
}

fn bottlenecks(trial: &Trial<'_>, setting: &Setting, likely: &Outcome) -> Vec<Bottleneck> {
    let graph = &trial.means.car.net.graph;
    let lanes = super::course::lanes(trial.county, graph, setting);
    let rows = trial.county.features(Kind::Road);
    let gates = trial.county.features(Kind::RoadGate);
    let mut queues: Vec<_> = likely.queues.iter().filter(|(_, queue)| queue.waited > 0).collect();
    queues.sort_by_key(|(way, queue)| (std::cmp::Reverse(queue.sum_ms), **way));
    let told = queues.into_iter().take(MOST_BOTTLENECKS);
    let one = |(way, queue): (&u32, &super::course::Queue)| {
        let edge = &graph.edges[(*way / 2) as usize];
        let row = if edge.gate.is_some() { gates } else { rows }.get(edge.row as usize)?;
        let per_step = u64::from(lanes.capacity(*way));
        Some(Bottleneck {
            way: *way,
            road: row.id,
            name: row.name.clone(),
            bridge: edge.bridge,
            cars_per_hour: (per_step * 3_600 / u64::from(lanes.step_ms())) as u32,
            vehicles: queue.passed,
            waited: queue.waited,
            worst_s: seconds(queue.worst_ms),
            vehicle_minutes: queue.vehicle_minutes(),
        })
    };
    told.filter_map(one).collect()
}

//! The movement of an evacuation: who leaves when, and the latest safe start.

use std::collections::BTreeMap;

use serde::Serialize;

use super::args::MovementArgs;
use super::console::Console;
use super::fault::Fault;
use super::figure;
use super::table::Align::{Left, Right};
use crate::analysis::evacuation::{EvacuationPlan, EvacuationProblem};
use crate::analysis::movement::{
    Bottleneck, Change, Estimate, Figures, Means, Mode, MovementAsk, MovementPlan, Range, Remedy,
    VillageMovement, movement,
};
use crate::analysis::roads::Travel;
use crate::base::{Feedback, Message, Timestamp};
use crate::county::County;
use crate::report;

/// Villages whose first people leave within so many seconds of each other are one batch.
const BATCH_S: u32 = 1800;
/// How many villages and queues are shown to people; `--json` has them all.
const SHOWN: usize = 20;

/// The movement as programs read it: times in seconds after the order, which is given now.
#[derive(Serialize)]
pub struct MovementOut<'a> {
    order_at: String,
    people: u64,
    by_mode: BTreeMap<&'static str, u64>,
    stuck: Vec<StuckOut<'a>>,
    clear_s: Option<RangeOut>,
    bound_s: u32,
    curve: &'a [(u32, u64)],
    villages: Vec<VillageOut<'a>>,
    bottlenecks: Vec<BottleneckOut<'a>>,
    buses: BusesOut,
    remedies: Vec<RemedyOut<'a>>,
    figures: Vec<FigureOut<'static>>,
}

#[derive(Serialize)]
struct StuckOut<'a> {
    settlement: String,
    name: &'a str,
    people: u64,
    why: &'static str,
}

#[derive(Serialize)]
struct RangeOut {
    low: u32,
    likely: u32,
    high: u32,
}

#[derive(Serialize)]
struct VillageOut<'a> {
    settlement: String,
    name: &'a str,
    people: u64,
    clear_s: RangeOut,
    danger_at: Option<String>,
    latest_start: Option<String>,
    latest_start_s: Option<i64>,
    waves: Vec<WaveOut>,
}

#[derive(Serialize)]
struct WaveOut {
    shelter: String,
    mode: &'static str,
    leave_s: u32,
    arrive_s: u32,
    people: u64,
    vehicles: u32,
}

#[derive(Serialize)]
struct BottleneckOut<'a> {
    road: String,
    name: &'a str,
    bridge: bool,
    cars_per_hour: u32,
    vehicles: u64,
    waited: u64,
    worst_wait_s: u32,
    vehicle_minutes: u64,
}

#[derive(Serialize)]
struct BusesOut {
    used: u32,
    trips: u64,
}

#[derive(Serialize)]
struct RemedyOut<'a> {
    change: &'static str,
    buses: Option<u32>,
    id: Option<String>,
    name: Option<&'a str>,
    clear_s: u32,
    sooner_s: u32,
    more_people: u64,
    message: String,
}

#[derive(Serialize)]
struct FigureOut<'a> {
    key: &'a str,
    unit: &'a str,
    low: f64,
    likely: f64,
    high: f64,
    source: &'a str,
    mark: &'a str,
}

/// Carries out a plan of places from now on.
pub fn moved(
    args: &MovementArgs,
    travel: &Travel,
    county: &County,
    (problem, plan): (&EvacuationProblem, &EvacuationPlan),
    feedback: &Feedback,
    console: &Console,
) -> Result<MovementPlan, Fault> {
    let ask = ask(args, console.clock.now())?;
    let means = Means::new(county, travel)?;
    Ok(movement(county, &means, problem, plan, &ask, feedback)?)
}

fn ask(args: &MovementArgs, now: Timestamp) -> Result<MovementAsk, Fault> {
    let bad = |option: &str, text: &str| {
        Fault::usage(Message::new("movement-bad-value").with("option", option).with("value", text))
            .hint(Message::new("movement-bad-value-hint"))
    };
    let minutes = |option: &str, given: Option<f64>| match given {
        Some(m) if !m.is_finite() || !(0.0..=10_080.0).contains(&m) => {
            Err(bad(option, &m.to_string()))
        }
        other => Ok(other),
    };
    let car_share = match args.car_share {
        Some(share) if !(0.0..=1.0).contains(&share) => {
            return Err(bad("--car-share", &share.to_string()));
        }
        other => other,
    };
    let danger_s = match &args.danger {
        None => None,
        Some(text) => Some(seconds_until(text, now).ok_or_else(|| bad("--danger", text))?),
    };
    Ok(MovementAsk {
        buses: args.buses,
        seats: args.seats,
        car_share,
        notify_min: minutes("--notify-min", args.notify_min)?,
        prepare_min: minutes("--prepare-min", args.prepare_min)?,
        danger_s,
        danger_by_settlement: BTreeMap::new(),
        remedies: true,
    })
}

/// Minutes from now, or a moment; what is past already is now.
fn seconds_until(text: &str, now: Timestamp) -> Option<u32> {
    if let Ok(minutes) = text.trim().parse::<f64>() {
        return (0.0..=10_080.0).contains(&minutes).then(|| (minutes * 60.0).round() as u32);
    }
    let ms = Timestamp::parse(text)?.0.saturating_sub(now.0).max(0);
    u32::try_from(ms / 1000).ok()
}

/// As programs read it.
pub fn out<'a>(plan: &'a MovementPlan, console: &Console) -> MovementOut<'a> {
    let now = console.clock.now();
    let by_mode = plan.by_mode.iter().map(|(mode, people)| (mode.key(), people.0));
    let stuck = plan.stuck.iter().map(|stuck| StuckOut {
        settlement: stuck.settlement.to_string(),
        name: &stuck.name,
        people: stuck.people.0,
        why: stuck.why.key(),
    });
    let figures = Figures::usual().all().iter().map(|figure| FigureOut {
        key: &figure.key,
        unit: &figure.unit,
        low: figure.value(Estimate::Low),
        likely: figure.value(Estimate::Likely),
        high: figure.value(Estimate::High),
        source: &figure.source,
        mark: &figure.mark,
    });
    MovementOut {
        order_at: now.to_string(),
        people: plan.people.0,
        by_mode: by_mode.collect(),
        stuck: stuck.collect(),
        clear_s: plan.clear.map(range),
        bound_s: plan.bound_s,
        curve: &plan.curve,
        villages: plan.villages.iter().map(|village| village_out(village, now)).collect(),
        bottlenecks: plan.bottlenecks.iter().map(bottleneck_out).collect(),
        buses: BusesOut { used: plan.buses.0, trips: plan.buses.1 },
        remedies: plan.remedies.iter().map(|remedy| remedy_out(remedy, console)).collect(),
        figures: figures.collect(),
    }
}

fn range(range: Range) -> RangeOut {
    RangeOut { low: range.low_s, likely: range.likely_s, high: range.high_s }
}

fn village_out(village: &VillageMovement, now: Timestamp) -> VillageOut<'_> {
    let after = |seconds: i64| Timestamp(now.0.saturating_add(seconds.saturating_mul(1000)));
    let waves = village.waves.iter().map(|wave| WaveOut {
        shelter: wave.shelter.to_string(),
        mode: wave.mode.key(),
        leave_s: wave.leave_s,
        arrive_s: wave.arrive_s,
        people: wave.people.0,
        vehicles: wave.vehicles,
    });
    VillageOut {
        settlement: village.settlement.to_string(),
        name: &village.name,
        people: village.people.0,
        clear_s: range(village.clear),
        danger_at: village.danger_s.map(|s| after(s.into()).to_string()),
        latest_start: village.latest_start_s.map(|s| after(s).to_string()),
        latest_start_s: village.latest_start_s,
        waves: waves.collect(),
    }
}

fn bottleneck_out(bottleneck: &Bottleneck) -> BottleneckOut<'_> {
    BottleneckOut {
        road: bottleneck.road.to_string(),
        name: &bottleneck.name,
        bridge: bottleneck.bridge,
        cars_per_hour: bottleneck.cars_per_hour,
        vehicles: bottleneck.vehicles,
        waited: bottleneck.waited,
        worst_wait_s: bottleneck.worst_s,
        vehicle_minutes: bottleneck.vehicle_minutes,
    }
}

fn remedy_out<'a>(remedy: &'a Remedy, console: &Console) -> RemedyOut<'a> {
    let (change, buses, id, name) = match &remedy.change {
        Change::Buses(more) => ("buses", Some(*more), None, None),
        Change::Road { road, name, .. } => ("road", None, Some(road.to_string()), Some(name)),
        Change::Reopen { closure, name } => {
            ("reopen", None, closure.map(|id| id.to_string()), Some(name))
        }
    };
    RemedyOut {
        change,
        buses,
        id,
        name: name.map(String::as_str),
        clear_s: remedy.clear_s,
        sooner_s: remedy.sooner_s,
        more_people: remedy.more_people,
        message: console.say(&remedy.message()),
    }
}

/// As orders say it: times of the likely course, the order being given now.
pub fn on_paper(plan: &MovementPlan, console: &Console) -> Vec<report::Movement> {
    let now = console.clock.now();
    let after = |seconds: i64| Timestamp(now.0.saturating_add(seconds.saturating_mul(1000)));
    let one = |village: &VillageMovement| {
        let first = village.waves.iter().map(|wave| wave.leave_s).min()?;
        let last = village.waves.iter().map(|wave| wave.leave_s).max()?;
        let by = |mode: Mode| {
            let waves = village.waves.iter().filter(move |wave| wave.mode == mode);
            waves.fold((0, 0), |(people, n), wave| (people + wave.people.0, n + wave.vehicles))
        };
        let (bus, trips) = by(Mode::Bus);
        let vehicle = Message::new("movement-vehicles")
            .with("foot", by(Mode::Foot).0)
            .with("car", by(Mode::Car).0)
            .with("bus", bus);
        Some(report::Movement {
            settlement: village.settlement,
            wave: 1 + first / BATCH_S,
            notify_from: now,
            leave_from: after(first.into()),
            leave_by: after(last.into()),
            arrive_by: after(village.clear.likely_s.into()),
            latest_start: village.latest_start_s.map(after),
            vehicle: Some(console.say(&vehicle)),
            trips: (trips > 0).then_some(trips),
        })
    };
    plan.villages.iter().filter_map(one).collect()
}

/// For people: the times first, then who has to start when, then what is in the way and would help.
pub fn text(plan: &MovementPlan, console: &Console) -> String {
    let mut parts = vec![head(plan, console)];
    parts.extend(villages(plan, console));
    parts.extend(bottlenecks(plan, console));
    if !plan.remedies.is_empty() {
        let lines = plan.remedies.iter().map(|remedy| console.say(&remedy.message()));
        let lines: Vec<String> = lines.collect();
        parts.push(format!("{}\n{}\n", console.tr("movement-remedies"), lines.join("\n")));
    }
    parts.join("\n")
}

fn head(plan: &MovementPlan, console: &Console) -> String {
    let mut lines = vec![console.tr("movement-head")];
    let people = |key| plan.by_mode.iter().find(|(mode, _)| mode.key() == key);
    let count = |key| people(key).map_or(0, |(_, people)| people.0);
    let by_mode = Message::new("movement-by-mode")
        .with("foot", figure::count(count("foot")))
        .with("car", figure::count(count("car")))
        .with("bus", figure::count(count("bus")))
        .with("buses", plan.buses.0)
        .with("trips", figure::count(plan.buses.1));
    lines.push(console.say(&by_mode));
    if let Some(clear) = plan.clear {
        let clear = Message::new("movement-clear")
            .with("likely", minutes(clear.likely_s))
            .with("low", minutes(clear.low_s))
            .with("high", minutes(clear.high_s))
            .with("bound", minutes(plan.bound_s));
        lines.push(console.say(&clear));
    }
    for stuck in &plan.stuck {
        let words = Message::new(format!("movement-stuck-{}", stuck.why.key().replace('_', "-")))
            .with("name", stuck.name.as_str())
            .with("people", figure::count(stuck.people.0));
        lines.push(console.say(&words));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn minutes(seconds: u32) -> u32 {
    seconds.div_ceil(60)
}

fn villages(plan: &MovementPlan, console: &Console) -> Option<String> {
    let now = console.clock.now();
    let mut table = console.table(&[
        ("settlement", Left),
        ("people", Right),
        ("first-leave", Right),
        ("all-there", Right),
        ("latest-start", Left),
    ]);
    for village in plan.villages.iter().take(SHOWN) {
        let first = village.waves.first().map(|wave| minutes(wave.leave_s).to_string());
        let clear = village.clear;
        let latest = village.latest_start_s.map(|s| {
            let at = Timestamp(now.0.saturating_add(s.saturating_mul(1000)));
            let left = s.div_euclid(60);
            let id = if left < 0 { "movement-too-late" } else { "movement-left" };
            // `2026-11-27T14:25`; the day is told only if it is another one.
            let moment = at.to_string().replace('T', " ");
            let told = if at.date() == now.date() { 11..16 } else { 5..16 };
            let words = Message::new(id)
                .with("at", moment.get(told).unwrap_or_default())
                .with("minutes", left.unsigned_abs());
            console.say(&words)
        });
        table.row(vec![
            village.name.clone(),
            figure::count(village.people.0),
            first.unwrap_or_default(),
            format!(
                "{} ({}–{})",
                minutes(clear.likely_s),
                minutes(clear.low_s),
                minutes(clear.high_s)
            ),
            latest.unwrap_or_default(),
        ]);
    }
    (!table.is_empty()).then(|| format!("{}\n{}", console.tr("movement-villages"), table.render()))
}

fn bottlenecks(plan: &MovementPlan, console: &Console) -> Option<String> {
    let mut table = console.table(&[
        ("road", Left),
        ("cars-per-hour", Right),
        ("vehicles", Right),
        ("longest-wait", Right),
    ]);
    for bottleneck in plan.bottlenecks.iter().take(SHOWN) {
        let name = match bottleneck.name.as_str() {
            "" => console.tr("movement-unnamed"),
            name => name.to_owned(),
        };
        table.row(vec![
            name,
            figure::count(bottleneck.cars_per_hour.into()),
            figure::count(bottleneck.vehicles),
            minutes(bottleneck.worst_s).to_string(),
        ]);
    }
    (!table.is_empty())
        .then(|| format!("{}\n{}", console.tr("movement-bottlenecks"), table.render()))
}

//! What would help: each change is reckoned through before it is told.

use super::figures::Estimate;
use super::flow::Means;
use super::plan::{Change, MovementPlan, Remedy};
use super::setting::Setting;
use super::summary::clear_s;
use super::{Outcome, Trial, flow};
use crate::analysis::evacuation::{EvacuationPlan, EvacuationProblem};
use crate::base::{Cancelled, Feedback};
use crate::network::Direction;

/// So many roads are tried.
const ROADS_TRIED: usize = 2;
/// So many closures are tried.
const CLOSURES_TRIED: usize = 3;
/// Less is not worth telling, in seconds.
const WORTH_S: u32 = 60;

/// Tries more buses and wider roads.
pub(super) fn remedies(
    trial: &Trial<'_>,
    now: &MovementPlan,
    feedback: &Feedback,
) -> Result<Vec<Remedy>, Cancelled> {
    let setting = Setting::new(trial.ask, Estimate::Likely);
    let before = now.clear.map_or(0, |clear| clear.likely_s);
    let moved: u64 = now.by_mode.values().map(|people| people.0).sum();
    let judge = |change: Change, outcome: &Outcome| judged(change, outcome, before, moved);
    let mut out = Vec::new();
    let waiting = now.stuck.iter().any(|stuck| stuck.why == super::StuckWhy::NoVehicle);
    if now.buses.0 >= setting.buses || waiting {
        out.extend(more_buses(trial, &setting, feedback, &judge)?);
    }
    for bottleneck in now.bottlenecks.iter().take(ROADS_TRIED) {
        let outcome = trial.run(&setting, &[bottleneck.way], feedback)?;
        let change = Change::Road {
            road: bottleneck.road,
            name: bottleneck.name.clone(),
            bridge: bottleneck.bridge,
        };
        out.extend(judge(change, &outcome));
    }
    Ok(out)
}

/// The fewest buses more that bring most of what buses can bring.
fn more_buses(
    trial: &Trial<'_>,
    setting: &Setting,
    feedback: &Feedback,
    judge: &impl Fn(Change, &Outcome) -> Option<Remedy>,
) -> Result<Option<Remedy>, Cancelled> {
    let with = |more: u32| {
        let mut setting = setting.clone();
        setting.buses = setting.buses.saturating_add(more);
        trial.run(&setting, &[], feedback)
    };
    let mut best: Option<Remedy> = None;
    let mut more = setting.buses.clamp(1, 8).div_ceil(4);
    // Each time twice as many, for as long as that helps.
    for _ in 0..4 {
        let Some(remedy) = judge(Change::Buses(more), &with(more)?) else { break };
        let further = best.as_ref().is_none_or(|before| {
            remedy.more_people > before.more_people
                || remedy.sooner_s >= before.sooner_s + before.sooner_s / 4
        });
        if !further {
            break;
        }
        best = Some(remedy);
        more = more.saturating_mul(2);
    }
    Ok(best)
}

fn judged(change: Change, outcome: &Outcome, before: u32, moved: u64) -> Option<Remedy> {
    let clear = clear_s(outcome);
    let people: u64 = outcome.moves.iter().map(|moved| moved.people).sum();
    let more_people = people.saturating_sub(moved);
    let sooner_s = before.saturating_sub(clear);
    let helps = more_people > 0 || (people == moved && sooner_s >= WORTH_S);
    helps.then_some(Remedy { change, clear_s: clear, sooner_s, more_people })
}

/// The greatest gain first.
pub(super) fn sort(remedies: &mut [Remedy]) {
    remedies.sort_by_key(|r| (std::cmp::Reverse(r.more_people), std::cmp::Reverse(r.sooner_s)));
}

/// Barriers on the ways that the most people would take if nothing were closed, by their position.
fn in_the_way(
    trial: &Trial<'_>,
    problem: &EvacuationProblem,
    plan: &EvacuationPlan,
    feedback: &Feedback,
) -> Result<Vec<usize>, Cancelled> {
    let trips = &trial.means.car;
    let (graph, open) = (&trips.net.graph, trips.unbarred());
    let mut people = vec![0_u64; trips.barriers.len()];
    if people.is_empty() {
        return Ok(Vec::new());
    }
    for place in &problem.places {
        let mut sent = plan.assignments.iter().filter(|sent| sent.shelter == place.id).peekable();
        if sent.peek().is_none() {
            continue;
        }
        feedback.check()?;
        let Some(end) = trips.net.enter_for(open, place.at, Direction::To) else { continue };
        let search = trips.search(open, &[end], Direction::To);
        for sent in sent {
            let from = problem.origins.iter().find(|origin| origin.id == sent.settlement);
            let start = from.and_then(|from| trips.net.enter_for(open, from.at, Direction::From));
            let path = start.and_then(|start| search.path(graph, open, &start));
            for barrier in path.map(|path| trips.barriers_on(&path)).unwrap_or_default() {
                people[barrier] += sent.people.0;
            }
        }
    }
    let mut out: Vec<usize> = (0..people.len()).filter(|at| people[*at] > 0).collect();
    out.sort_by_key(|at| (std::cmp::Reverse(people[*at]), *at));
    out.truncate(CLOSURES_TRIED);
    Ok(out)
}

/// What lifting a closure in the way would bring, if people are moved to the same places.
pub(super) fn reopened(
    trial: &Trial<'_>,
    problem: &EvacuationProblem,
    plan: &EvacuationPlan,
    now: &MovementPlan,
    feedback: &Feedback,
) -> Result<Vec<Remedy>, Cancelled> {
    let setting = Setting::new(trial.ask, Estimate::Likely);
    let before = now.clear.map_or(0, |clear| clear.likely_s);
    let moved: u64 = now.by_mode.values().map(|people| people.0).sum();
    let mut out = Vec::new();
    for at in in_the_way(trial, problem, plan, feedback)? {
        let barrier = &trial.means.car.barriers[at];
        let means: Means<'_> = trial.means.without(at);
        let (flows, destinations) = flow::flows(&means, problem, plan, feedback)?;
        let other = Trial { means: &means, flows: &flows, destinations: &destinations, ..*trial };
        let outcome = other.run(&setting, &[], feedback)?;
        let change = Change::Reopen { closure: barrier.id, name: barrier.name.clone() };
        out.extend(judged(change, &outcome, before, moved));
    }
    Ok(out)
}

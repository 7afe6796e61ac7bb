//! Movement: who leaves when, by what and on which roads, when the last have arrived, and when it must
//! begin at the latest.
//!
//! A plan of places is carried out vehicle by vehicle on roads that take in so many an hour
//! (capacity-constrained route planning); times are estimates between a quick and a slow course.

mod course;
mod figures;
mod flow;
mod plan;
mod remedy;
mod setting;
mod summary;

use std::collections::BTreeMap;

pub use course::Mode;
pub use figures::{Estimate, Figure, Figures};
pub use flow::Means;
pub use plan::{
    Bottleneck, Change, MovementPlan, Range, Remedy, Stuck, StuckWhy, VillageMovement, Wave,
};

use super::evacuation::{EvacuationPlan, EvacuationProblem};
use crate::base::{Cancelled, Feedback, Id};
use crate::county::County;
use course::{Course, Outcome};
use flow::{Destination, Flow};
use setting::Setting;

/// The question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MovementAsk {
    /// Buses at hand; the table's figure without it.
    pub buses: Option<u32>,
    /// Seats of a bus.
    pub seats: Option<u32>,
    /// Of those who do not walk, the share with a car of their own.
    pub car_share: Option<f64>,
    /// Minutes from the order until everybody is warned.
    pub notify_min: Option<f64>,
    /// Minutes until half of the people are ready.
    pub prepare_min: Option<f64>,
    /// When the danger comes, seconds after the present.
    pub danger_s: Option<u32>,
    /// The same for single settlements.
    pub danger_by_settlement: BTreeMap<Id, u32>,
    /// Also look for what would help.
    pub remedies: bool,
}

impl MovementAsk {
    fn danger(&self, settlement: Id) -> Option<u32> {
        self.danger_by_settlement.get(&settlement).copied().or(self.danger_s)
    }
}

/// Carries out a plan of places that was made for this problem.
pub fn movement(
    county: &County,
    means: &Means<'_>,
    problem: &EvacuationProblem,
    plan: &EvacuationPlan,
    ask: &MovementAsk,
    feedback: &Feedback,
) -> Result<MovementPlan, Cancelled> {
    let (flows, destinations) = flow::flows(means, problem, plan, feedback)?;
    let trial = Trial { county, means, flows: &flows, destinations: &destinations, ask };
    let mut outcomes = Vec::new();
    for estimate in Estimate::ALL {
        let setting = Setting::new(ask, estimate);
        outcomes.push((estimate, trial.run(&setting, &[], feedback)?));
    }
    let mut out = summary::summary(&trial, plan, &outcomes);
    if ask.remedies {
        let mut remedies = remedy::remedies(&trial, &out, feedback)?;
        remedies.extend(remedy::reopened(&trial, problem, plan, &out, feedback)?);
        remedy::sort(&mut remedies);
        out.remedies = remedies;
    }
    Ok(out)
}

/// What every course of one question shares.
#[derive(Clone, Copy)]
struct Trial<'a> {
    county: &'a County,
    means: &'a Means<'a>,
    flows: &'a [Flow],
    destinations: &'a [Destination],
    ask: &'a MovementAsk,
}

impl Trial<'_> {
    /// One course, with these ways taking in twice as much.
    fn run(
        &self,
        setting: &Setting,
        doubled: &[u32],
        feedback: &Feedback,
    ) -> Result<Outcome, Cancelled> {
        let mut lanes = course::lanes(self.county, &self.means.car.net.graph, setting);
        doubled.iter().for_each(|way| lanes.double(*way));
        let order = self.order();
        let (means, flows, destinations) = (self.means, self.flows, self.destinations);
        let known = BTreeMap::new();
        Course { means, setting, flows, destinations, order: &order, lanes, known }.run(feedback)
    }

    /// Flows by urgency: where the danger comes first, then where the way is longest, then by id.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.flows.len()).collect();
        order.sort_by_key(|at| {
            let flow = &self.flows[*at];
            let far = flow.car.or(flow.bus).map_or(0, |leg| leg.free_ms);
            let danger = self.ask.danger(flow.settlement).unwrap_or(u32::MAX);
            (danger, std::cmp::Reverse(far), flow.settlement, flow.shelter)
        });
        order
    }
}

/// Whole seconds, rounded up: an arrival is not told too early.
fn seconds(ms: u32) -> u32 {
    ms.div_ceil(1000)
}

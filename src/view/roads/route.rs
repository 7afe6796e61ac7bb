//! Ways between two places: times, the turn list, and the closures they go around.

use super::feature_of;
use crate::analysis::roads::{Routes, Step};
use crate::base::{Message, Metres};
use crate::scene::FeatureRef;
use crate::session::roads::RoadAnswer;
use crate::view::travel::{TravelTime, barrier_name, road_name};

/// One of the ways.
#[derive(Clone, Debug, PartialEq)]
pub struct WayRow {
    /// How long it takes.
    pub time: TravelTime,
    /// By road.
    pub distance: Metres,
}

/// One line of the turn list.
#[derive(Clone, Debug, PartialEq)]
pub struct StepRow {
    /// What to do.
    pub words: Message,
    /// How far to go then.
    pub distance: Metres,
}

/// A closure that the quickest way would run into.
#[derive(Clone, Debug, PartialEq)]
pub struct AvoidedRow {
    /// Its record.
    pub feature: Option<FeatureRef>,
    /// What it is called.
    pub name: Message,
}

/// What the panel shows of a route.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteView {
    /// The quickest first; empty if there is no way.
    pub ways: Vec<WayRow>,
    /// Which of them is chosen.
    pub chosen: usize,
    /// What to do on the chosen one.
    pub steps: Vec<StepRow>,
    /// Closures in the way of the quickest journey: gone around, or the reason why there is no way.
    pub avoided: Vec<AvoidedRow>,
    /// How far the ends are from the nearest road, if that is worth telling.
    pub far_from_road: [Option<Metres>; 2],
}

impl RouteView {
    pub(super) fn new(answer: &RoadAnswer, routes: &Routes, chosen: usize) -> Self {
        let chosen = chosen.min(routes.routes.len().saturating_sub(1));
        let steps = routes.routes.get(chosen).map(|way| way.steps.iter().map(step).collect());
        let avoided = routes.avoided.iter().filter_map(|n| answer.barriers.get(*n));
        Self {
            ways: routes
                .routes
                .iter()
                .map(|way| WayRow {
                    time: TravelTime { p50_s: way.travel_s, p90_s: way.travel_p90_s },
                    distance: way.distance,
                })
                .collect(),
            chosen,
            steps: steps.unwrap_or_default(),
            avoided: avoided
                .map(|barrier| AvoidedRow {
                    feature: barrier.id.and_then(|id| feature_of(&answer.county, id)),
                    name: barrier_name(&barrier.name),
                })
                .collect(),
            far_from_road: routes.far_from_road,
        }
    }
}

fn step(step: &Step) -> StepRow {
    let road = road_name(&step.road);
    StepRow {
        words: Message::new(format!("roads-turn-{}", step.turn.key())).with("road", road),
        distance: Metres(step.distance_m),
    }
}

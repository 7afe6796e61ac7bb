//! The running question's answer on the map.

use crate::analysis::roads::{Coverage, CutOff};
use crate::model::Kind;
use crate::scene::{
    Band, DangerArea, FeatureRef, Flow, Load, Mark, Overlay, Pin, ReachLine, Severity, Way,
};
use crate::session::AppState;
use crate::session::evacuation::PlanAnswer;
use crate::session::roads::{Found, More, RoadAnswer, RoadQuestion, Spot};
use crate::session::search::position;
use crate::session::state::Task;

/// What the open task puts on the map.
pub fn overlay(state: &AppState) -> Overlay {
    let mut out = Overlay { highlight: state.selected, ..Overlay::default() };
    match state.task {
        Task::Nearest => nearest(state, &mut out),
        Task::Evacuation => evacuation(state, &mut out),
        Task::Roads => roads(state, &mut out),
        Task::Layers | Task::Data | Task::Settings => {}
    }
    out
}

fn nearest(state: &AppState, out: &mut Overlay) {
    let Some(at) = state.nearest.at else { return };
    out.pins.push(Pin { at, label: state.nearest.place.clone(), goal: false });
    let Some(answer) = state.nearest_answer.as_ref().filter(|answer| answer.ask.at == at) else {
        return;
    };
    let way = |n: usize| answer.by_road.as_ref()?.ways.get(n).cloned();
    out.reaches = answer
        .reaches
        .iter()
        .enumerate()
        .zip(1..)
        .map(|((n, reach), number)| ReachLine {
            from: at,
            to: reach.at,
            way: way(n).unwrap_or_default(),
            number,
            emphasised: state.selected.is_some_and(|chosen| chosen.id == reach.id),
        })
        .collect();
}

fn roads(state: &AppState, out: &mut Overlay) {
    let roads = &state.roads;
    let form = &roads.form;
    let (start, goal) = match form.question {
        RoadQuestion::Route => (&form.from, &form.to),
        RoadQuestion::Reach => (&form.centre, &None),
        RoadQuestion::Coverage | RoadQuestion::CutOff => (&None, &None),
    };
    let pin = |spot: &Spot, goal| Pin { at: spot.at, label: spot.name.clone(), goal };
    out.pins.extend(start.iter().map(|spot| pin(spot, false)));
    out.pins.extend(goal.iter().map(|spot| pin(spot, true)));
    let Some(answer) = roads.answer() else { return };
    if roads.net_open && !matches!(answer.found, Found::Fault(_)) {
        out.faults = super::roads::net_marks(&answer.county);
    }
    match &answer.found {
        Found::Route(routes) => {
            let chosen = roads.chosen.min(routes.routes.len().saturating_sub(1));
            let ways = routes.routes.iter().enumerate();
            out.ways = ways
                .map(|(n, way)| Way { line: way.line.clone(), emphasised: n == chosen })
                .collect();
        }
        Found::Reach(bands) => {
            let bands = bands.iter().filter(|band| !band.area.0.is_empty());
            out.bands = bands
                .map(|band| Band { polygons: band.area.clone(), minutes: band.minutes })
                .collect();
        }
        Found::Coverage(coverage) => covered(answer, coverage, form.limit, out),
        Found::CutOff(cut, _) => cut_off(answer, cut, out),
        Found::Fault(_) => {}
    }
}

fn village(answer: &RoadAnswer, id: crate::base::Id) -> Option<geo_types::Coord<f64>> {
    let row = answer.county.layer(Kind::Settlement)?.by_id(id)?;
    position(row.geometry.as_ref()?)
}

fn covered(answer: &RoadAnswer, coverage: &Coverage, limit: u32, out: &mut Overlay) {
    let late = coverage.uncovered(limit).into_iter();
    out.unassigned = late
        .filter_map(|row| {
            let people = row.people.unwrap_or_default();
            Some(Mark { id: row.id, at: village(answer, row.id)?, people })
        })
        .collect();
    if let Some(More::Candidates(sites)) = &answer.more {
        let best = sites.iter().take(super::roads::BEST).zip(1..);
        out.reaches = best
            .filter_map(|(site, number)| {
                let at = village(answer, site.id)?;
                Some(ReachLine { from: at, to: at, way: Vec::new(), number, emphasised: false })
            })
            .collect();
    }
}

fn cut_off(answer: &RoadAnswer, cut: &CutOff, out: &mut Overlay) {
    out.unassigned = cut
        .settlements
        .iter()
        .filter_map(|row| {
            let people = row.people.unwrap_or_default();
            Some(Mark { id: row.id, at: village(answer, row.id)?, people })
        })
        .collect();
}

fn evacuation(state: &AppState, out: &mut Overlay) {
    let Some(chosen) = &state.evacuation.area else { return };
    out.areas
        .push(DangerArea { polygons: chosen.area.polygons().clone(), severity: Severity::Red });
    if let Some(answer) = &state.evacuation.answer {
        plan(answer, state.selected, out);
    }
}

fn plan(answer: &PlanAnswer, selected: Option<FeatureRef>, out: &mut Overlay) {
    let place = |kind: Kind, id| {
        let row = answer.county.layer(kind)?.by_id(id)?;
        position(row.geometry.as_ref()?)
    };
    let is_chosen = |id| selected.is_some_and(|chosen| chosen.id == id);
    let lines = answer.plan.assignments.iter();
    out.flows = lines
        .filter_map(|line| {
            Some(Flow {
                from: place(Kind::Settlement, line.settlement)?,
                to: place(Kind::Shelter, line.shelter)?,
                people: line.people,
                emphasised: is_chosen(line.settlement) || is_chosen(line.shelter),
            })
        })
        .collect();
    let used = answer.plan.shelters.iter().filter(|shelter| shelter.assigned.0 > 0);
    out.loads = used
        .filter_map(|shelter| {
            let room = shelter.capacity? - shelter.occupied - shelter.reserved;
            Some(Load {
                id: shelter.id,
                name: shelter.name.clone(),
                at: place(Kind::Shelter, shelter.id)?,
                people: shelter.assigned,
                share: (shelter.assigned.0 as f32 / room.0.max(1) as f32).min(1.0),
            })
        })
        .collect();
    out.unassigned = answer
        .plan
        .unassigned_settlements
        .iter()
        .filter_map(|row| {
            Some(Mark { id: row.id, at: place(Kind::Settlement, row.id)?, people: row.people })
        })
        .collect();
    out.unusable = answer
        .plan
        .shelters
        .iter()
        .filter(|shelter| shelter.unusable.is_some())
        .map(|shelter| FeatureRef { kind: Kind::Shelter, id: shelter.id })
        .collect();
}

//! The running question's answer on the map.

use crate::model::Kind;
use crate::scene::{DangerArea, FeatureRef, Flow, Load, Mark, Overlay, Pin, ReachLine, Severity};
use crate::session::AppState;
use crate::session::evacuation::PlanAnswer;
use crate::session::search::position;
use crate::session::state::Task;

/// What the open task puts on the map.
pub fn overlay(state: &AppState) -> Overlay {
    let mut out = Overlay { highlight: state.selected, ..Overlay::default() };
    match state.task {
        Task::Nearest => nearest(state, &mut out),
        Task::Evacuation => evacuation(state, &mut out),
        Task::Layers | Task::Data | Task::Settings => {}
    }
    out
}

fn nearest(state: &AppState, out: &mut Overlay) {
    let Some(at) = state.nearest.at else { return };
    out.pins.push(Pin { at, label: state.nearest.place.clone() });
    let Some(answer) = state.nearest_answer.as_ref().filter(|answer| answer.ask.at == at) else {
        return;
    };
    out.reaches = answer
        .reaches
        .iter()
        .zip(1..)
        .map(|(reach, number)| ReachLine {
            from: at,
            to: reach.at,
            number,
            emphasised: state.selected.is_some_and(|chosen| chosen.id == reach.id),
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

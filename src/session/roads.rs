//! The roads task: its form and its answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use geo_types::Coord;

use crate::analysis::roads::{
    Candidate, Coverage, CutOff, Loss, ReachBand, Reopening, Routes, TravelFault,
};
use crate::base::Id;
use crate::county::{County, SourceNote};
use crate::model::Kind;
use crate::network::{Conditions, CostTable};

/// Minutes of the reach question.
pub const REACH_MINUTES: [u32; 3] = [5, 10, 15];
/// Minutes of the coverage question.
pub const COVER_MINUTES: [u32; 3] = [5, 15, 30];

/// What is asked of the roads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoadQuestion {
    /// 路线.
    #[default]
    Route,
    /// 可达.
    Reach,
    /// 覆盖.
    Coverage,
    /// 孤岛.
    CutOff,
}

impl RoadQuestion {
    /// All of them, as they stand side by side.
    pub const ALL: [Self; 4] = [Self::Route, Self::Reach, Self::Coverage, Self::CutOff];
}

/// Which place the next click on the map, or what is found by name, stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RouteEnd {
    /// Where the journey begins.
    #[default]
    From,
    /// Where it ends.
    To,
}

/// A place of the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Where, in degrees.
    pub at: Coord<f64>,
    /// What it is called; empty for a bare point.
    pub name: String,
}

/// What stands in the form.
#[derive(Clone, Debug, PartialEq)]
pub struct RoadsForm {
    /// Which question.
    pub question: RoadQuestion,
    /// Key of the vehicle; without it what is usual for the question.
    pub vehicle: Option<String>,
    /// Night, rain, snow.
    pub conditions: Conditions,
    /// Where the journey begins.
    pub from: Option<Spot>,
    /// Where it ends.
    pub to: Option<Spot>,
    /// Which of them is chosen next.
    pub picking: RouteEnd,
    /// Where the reach begins.
    pub centre: Option<Spot>,
    /// Who covers.
    pub kind: Kind,
    /// Villages that are not reached in so many minutes are listed.
    pub limit: u32,
}

impl Default for RoadsForm {
    fn default() -> Self {
        Self {
            question: RoadQuestion::default(),
            vehicle: None,
            conditions: Conditions::default(),
            from: None,
            to: None,
            picking: RouteEnd::default(),
            centre: None,
            kind: Kind::Station,
            limit: COVER_MINUTES[1],
        }
    }
}

impl RoadsForm {
    /// The vehicle that travels: the chosen one, what the covering kind sends, or a car.
    pub fn vehicle(&self) -> String {
        let usual = match self.question {
            RoadQuestion::Coverage => CostTable::usual().vehicle_of(self.kind),
            _ => "car",
        };
        self.vehicle.clone().unwrap_or_else(|| usual.to_owned())
    }

    /// Whether everything is there that the question needs.
    pub fn is_complete(&self) -> bool {
        match self.question {
            RoadQuestion::Route => self.from.is_some() && self.to.is_some(),
            RoadQuestion::Reach => self.centre.is_some(),
            RoadQuestion::Coverage | RoadQuestion::CutOff => true,
        }
    }

    /// Puts a place where the next one belongs.
    pub fn place(&mut self, spot: Spot) {
        match (self.question, self.picking) {
            (RoadQuestion::Route, RouteEnd::From) => {
                self.from = Some(spot);
                if self.to.is_none() {
                    self.picking = RouteEnd::To;
                }
            }
            (RoadQuestion::Route, RouteEnd::To) => {
                self.to = Some(spot);
                if self.from.is_none() {
                    self.picking = RouteEnd::From;
                }
            }
            _ => self.centre = Some(spot),
        }
    }
}

/// A barrier in force.
#[derive(Clone, Debug, PartialEq)]
pub struct BarrierNote {
    /// The record it comes from.
    pub id: Option<Id>,
    /// What it is called.
    pub name: String,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// Ways between two places.
    Route(Routes),
    /// How far one gets.
    Reach(Vec<ReachBand>),
    /// Who is covered.
    Coverage(Coverage),
    /// Who is cut off, and in which order to reopen.
    CutOff(CutOff, Vec<Reopening>),
    /// There is no answer.
    Fault(TravelFault),
}

/// What takes longer and is asked for by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum More {
    /// Where one more station would stand best.
    Candidates(Vec<Candidate>),
    /// Which bridges and stretches of road would cut off more.
    Losses(Vec<Loss>),
}

/// An answer and what it rests on.
#[derive(Clone, Debug)]
pub struct RoadAnswer {
    /// The form as it was asked.
    pub form: RoadsForm,
    /// The county it was computed on.
    pub county: Arc<County>,
    /// Barriers in force, in the order the answer counts them.
    pub barriers: Vec<BarrierNote>,
    /// What was found.
    pub found: Found,
    /// What was asked for besides.
    pub more: Option<More>,
}

impl RoadAnswer {
    /// Where the figures come from.
    pub fn sources(&self) -> impl Iterator<Item = &SourceNote> {
        let people = match self.form.question {
            RoadQuestion::Route | RoadQuestion::Reach => None,
            RoadQuestion::Coverage => Some(self.form.kind),
            RoadQuestion::CutOff => Some(Kind::Bridge),
        };
        let settlements = people.map(|_| Kind::Settlement);
        [Some(Kind::Road), settlements, people]
            .into_iter()
            .flatten()
            .filter_map(|kind| self.county.layer(kind))
            .flat_map(|layer| layer.sources())
    }
}

/// The roads task.
#[derive(Clone, Debug, Default)]
pub struct RoadsState {
    /// The form.
    pub form: RoadsForm,
    /// The newest answer to each question.
    pub answers: BTreeMap<RoadQuestion, RoadAnswer>,
    /// Which of the ways is chosen.
    pub chosen: usize,
    /// What is wrong with the net is shown.
    pub net_open: bool,
}

impl RoadsState {
    /// The answer to the question that is open.
    pub fn answer(&self) -> Option<&RoadAnswer> {
        self.answers.get(&self.form.question)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clicks_fill_the_form_in_turn() {
        let spot = |x: f64| Spot { at: Coord { x, y: 35.7 }, name: String::new() };
        let mut form = RoadsForm::default();
        form.place(spot(1.0));
        assert!(!form.is_complete() && form.picking == RouteEnd::To);
        form.place(spot(2.0));
        assert!(form.is_complete());
        // What is chosen again is what was chosen last.
        form.place(spot(3.0));
        assert_eq!((form.from, form.to), (Some(spot(1.0)), Some(spot(3.0))));
    }

    #[test]
    fn the_usual_vehicle_follows_the_question() {
        let mut form = RoadsForm::default();
        assert_eq!(form.vehicle(), "car");
        form.question = RoadQuestion::Coverage;
        assert_eq!(form.vehicle(), "fire-engine");
        form.vehicle = Some("bus".to_owned());
        assert_eq!(form.vehicle(), "bus");
    }
}

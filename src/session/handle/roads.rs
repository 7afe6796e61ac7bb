//! The roads task: places, questions, and what closes or opens a road.

use std::sync::Arc;

use crate::base::Message;
use crate::county::County;
use crate::model::Kind;
use crate::session::Session;
use crate::session::command::RoadsCommand;
use crate::session::job::JobKind;
use crate::session::news::News;
use crate::session::roads::{More, RoadAnswer, RoadQuestion, RouteEnd, Spot};
use crate::session::roads_job;
use crate::session::state::{Drawer, Tool};

/// What decides where one can drive.
const ROADS: [Kind; 5] =
    [Kind::Road, Kind::Bridge, Kind::Closure, Kind::RoadGate, Kind::TurnRestriction];

impl Session {
    pub(in crate::session) fn apply_roads(&mut self, command: RoadsCommand) {
        match command {
            RoadsCommand::Question(question) => {
                self.state.roads.form.question = question;
                self.state.closures.open = false;
                self.state.selected = None;
                if matches!(self.state.drawer, Some(Drawer::Uncovered | Drawer::Losses)) {
                    self.state.drawer = None;
                }
                self.begin_roads();
            }
            RoadsCommand::Vehicle(vehicle) => {
                self.state.roads.form.vehicle = Some(vehicle);
                self.ask_roads();
            }
            RoadsCommand::Conditions(conditions) => {
                self.state.roads.form.conditions = conditions;
                self.ask_roads();
            }
            RoadsCommand::Kind(kind) => {
                let form = &mut self.state.roads.form;
                form.kind = kind;
                form.vehicle = None;
                self.ask_roads();
            }
            RoadsCommand::Limit(minutes) => {
                self.state.roads.form.limit = minutes;
                // The best place for one more depends on the limit, the times do not.
                let asked = self.state.is_busy(JobKind::RoadsMore);
                let roads = &mut self.state.roads;
                let wanted = roads.answers.get_mut(&RoadQuestion::Coverage).is_some_and(|answer| {
                    answer.form.limit = minutes;
                    answer.more.take().is_some()
                });
                if wanted || asked {
                    self.ask_more_roads();
                }
            }
            RoadsCommand::Pick(end) => {
                self.state.roads.form.picking = end;
                self.state.tool = Tool::PickPlace;
            }
            RoadsCommand::Swap => {
                let form = &mut self.state.roads.form;
                std::mem::swap(&mut form.from, &mut form.to);
                self.ask_roads();
            }
            RoadsCommand::Choose(way) => self.state.roads.chosen = way,
            RoadsCommand::Net(open) => self.state.roads.net_open = open,
            RoadsCommand::Ask => self.ask_roads(),
            RoadsCommand::More => self.ask_more_roads(),
        }
    }

    /// Shows the question that is open: asks it unless its answer is as new as the county.
    pub(in crate::session) fn begin_roads(&mut self) {
        let form = &self.state.roads.form;
        if !form.is_complete() {
            self.state.roads.form.picking =
                if form.from.is_none() { RouteEnd::From } else { RouteEnd::To };
        }
        self.state.tool = self.tool_of_task();
        if self.state.roads_are_stale() != Some(false) {
            self.ask_roads();
        }
    }

    /// A place was chosen on the map or by its name.
    pub(in crate::session) fn place_roads(&mut self, spot: Spot) {
        self.state.roads.form.place(spot);
        self.state.card = None;
        self.state.tool = self.tool_of_task();
        self.ask_roads();
    }

    /// Asks the question that is open, if its form is complete.
    pub(in crate::session) fn ask_roads(&mut self) {
        let roads = &mut self.state.roads;
        let form = roads.form.clone();
        self.stop(JobKind::RoadsMore);
        if !form.is_complete() {
            self.stop(JobKind::Roads);
            self.state.roads.answers.remove(&form.question);
            return;
        }
        let county = Arc::clone(&self.state.county);
        let now = self.clock.now();
        let label = Message::new(match form.question {
            RoadQuestion::Route => "job-roads-route",
            RoadQuestion::Reach => "job-roads-reach",
            RoadQuestion::Coverage => "job-roads-coverage",
            RoadQuestion::CutOff => "job-roads-cut-off",
        });
        self.start(JobKind::Roads, label, true, move |feedback| {
            match roads_job::answer(county, form, now, feedback) {
                Ok(answer) => News::Roads(Box::new(answer)),
                Err(_) => News::Stopped,
            }
        });
    }

    fn ask_more_roads(&mut self) {
        let Some(answer) = self.state.roads.answer().cloned() else { return };
        let now = self.clock.now();
        let label = Message::new(match answer.form.question {
            RoadQuestion::CutOff => "job-roads-losses",
            _ => "job-roads-candidates",
        });
        let (question, version) = (answer.form.question, answer.county.version());
        self.start(JobKind::RoadsMore, label, true, move |feedback| {
            match roads_job::more(&answer, now, feedback) {
                Ok(Some(more)) => News::RoadsMore(question, version, more),
                Ok(None) | Err(_) => News::Stopped,
            }
        });
    }

    pub(in crate::session) fn take_roads(&mut self, answer: RoadAnswer) {
        self.state.prefs.hint_dismissed = true;
        let question = answer.form.question;
        self.state.roads.chosen = 0;
        let before = self.state.roads.answers.insert(question, answer);
        // What had been worked out besides is worked out again.
        let wanted = before.is_some_and(|before| before.more.is_some());
        if wanted && self.state.roads.form.question == question {
            self.ask_more_roads();
        }
    }

    pub(in crate::session) fn take_more_roads(
        &mut self,
        question: RoadQuestion,
        version: u64,
        more: More,
    ) {
        let answer = self.state.roads.answers.get_mut(&question);
        if let Some(answer) = answer.filter(|answer| answer.county.version() == version) {
            answer.more = Some(more);
        }
    }

    /// The county changed: what depends on it is asked again at once if a road did, or if it is asked
    /// quickly; otherwise the answer is marked as old.
    pub(in crate::session) fn follow_roads(&mut self, before: &County) {
        if self.state.roads.answer().is_none() {
            return;
        }
        let quick =
            matches!(self.state.roads.form.question, RoadQuestion::Route | RoadQuestion::Reach);
        if quick || roads_differ(before, &self.state.county) {
            self.ask_roads();
        }
    }
}

/// Whether a layer that decides where one can drive is another one, or what driving costs.
fn roads_differ(a: &County, b: &County) -> bool {
    let of = |county: &County, kind: Kind| {
        county.shared_layers().find(|layer| layer.kind() == kind).cloned()
    };
    if a.costing() != b.costing() {
        return true;
    }
    ROADS.iter().any(|kind| match (of(a, *kind), of(b, *kind)) {
        (Some(a), Some(b)) => !Arc::ptr_eq(&a, &b),
        (None, None) => false,
        _ => true,
    })
}

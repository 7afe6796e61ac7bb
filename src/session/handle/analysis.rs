//! The commander's questions: forms in, jobs out.

use std::sync::Arc;

use geo_types::{Geometry, MultiPolygon};

use crate::analysis::exposure;
use crate::base::Message;
use crate::scene::FeatureRef;
use crate::session::Session;
use crate::session::by_road;
use crate::session::command::AnalysisCommand;
use crate::session::evacuation::{AreaOrigin, ExposureAnswer, saved_json};
use crate::session::evacuation_job;
use crate::session::job::JobKind;
use crate::session::nearest::NearestForm;
use crate::session::news::{Fault, News};
use crate::session::notice::Level;
use crate::session::search::search;
use crate::session::state::{Drawer, Task};

/// How many places the search box lists.
const HITS: usize = 12;

impl Session {
    pub(in crate::session) fn apply_analysis(&mut self, command: AnalysisCommand) {
        match command {
            AnalysisCommand::Nearest(form) => self.ask_nearest(form),
            AnalysisCommand::Evacuation(form) => self.state.evacuation.form = form,
            AnalysisCommand::AreaOf(feature) => self.area_of(feature),
            AnalysisCommand::ClearArea => {
                self.stop(JobKind::Evacuation);
                self.stop(JobKind::Exposure);
                let evacuation = &mut self.state.evacuation;
                evacuation.area = None;
                evacuation.name.clear();
                evacuation.folded = false;
                evacuation.exposure = None;
                evacuation.answer = None;
                if !matches!(self.state.drawer, Some(Drawer::Nearest | Drawer::Layer(_))) {
                    self.state.drawer = None;
                }
            }
            AnalysisCommand::Unfold => self.state.evacuation.folded = false,
            AnalysisCommand::Plan => self.ask_plan(),
            AnalysisCommand::NamePlan(name) => self.state.evacuation.name = name,
            AnalysisCommand::SavePlan => self.ask_save_plan(),
            AnalysisCommand::ReplacePlan(name) => self.save_plan(name),
            AnalysisCommand::LoadPlan(name) => {
                let label = Message::new("job-load-plan");
                self.on_store(label, move |keeper, _| keeper.load_plan(&name));
            }
            AnalysisCommand::DeletePlan(name) => {
                let label = Message::new("job-delete-plan");
                self.on_store(label, move |keeper, _| keeper.delete_plan(&name));
            }
            AnalysisCommand::Search(words) => self.ask_search(words),
        }
    }

    /// Takes the form; asks if it is complete.
    pub(in crate::session) fn ask_nearest(&mut self, form: NearestForm) {
        let ask = form.ask();
        let place = form.place.clone();
        self.state.nearest = form;
        let Some(ask) = ask else {
            // An answer to another question must not stand beside this one.
            self.stop(JobKind::Nearest);
            self.state.nearest_answer = None;
            return;
        };
        let county = Arc::clone(&self.state.county);
        let how = by_road::How {
            measure: self.state.nearest.measure,
            vehicle: self.state.nearest.vehicle.clone(),
            conditions: self.state.nearest.conditions,
            now: self.clock.now(),
        };
        self.start(JobKind::Nearest, Message::new("job-nearest"), true, move |feedback| {
            match by_road::nearest(county, ask, place, &how, feedback) {
                Ok(answer) => News::Nearest(answer),
                Err(_) => News::Stopped,
            }
        });
    }

    /// Counts who is in the danger area.
    pub(in crate::session) fn ask_exposure(&mut self) {
        let Some(chosen) = &self.state.evacuation.area else { return };
        let area = Arc::clone(&chosen.area);
        self.state.evacuation.exposure = None;
        let county = Arc::clone(&self.state.county);
        self.start(JobKind::Exposure, Message::new("job-exposure"), true, move |feedback| {
            match exposure(&county, &area, feedback) {
                Ok(exposure) => {
                    News::Exposure(ExposureAnswer { version: county.version(), exposure })
                }
                Err(_) => News::Stopped,
            }
        });
    }

    fn ask_plan(&mut self) {
        let Some(area) = self.state.evacuation.area.clone() else { return };
        let Some(ask) = self.state.evacuation.form.ask() else { return };
        let journey = self.state.evacuation.form.journey();
        let county = Arc::clone(&self.state.county);
        let now = self.clock.now();
        self.start(JobKind::Evacuation, Message::new("job-plan"), true, move |feedback| {
            match evacuation_job::plan(county, area, ask, journey, now, feedback) {
                Ok(Ok(answer)) => News::Plan(Box::new(answer)),
                Ok(Err(fault)) => News::Failed(Fault {
                    message: fault.message(),
                    hint: Some(Message::new("roads-none-hint")),
                }),
                Err(_) => News::Stopped,
            }
        });
    }

    fn area_of(&mut self, feature: FeatureRef) {
        let row = self.state.county.layer(feature.kind).and_then(|layer| layer.by_id(feature.id));
        let Some(row) = row else { return };
        let polygons = match &row.geometry {
            Some(Geometry::Polygon(polygon)) => MultiPolygon::new(vec![polygon.clone()]),
            Some(Geometry::MultiPolygon(polygons)) => polygons.clone(),
            _ => {
                let message = Message::new("evacuation-no-outline").with("name", row.name.clone());
                let hint = Some(Message::new("evacuation-no-outline-hint"));
                self.notify(Level::Attention, message, hint, Some(Task::Evacuation));
                return;
            }
        };
        let origin = AreaOrigin::Feature { name: row.name.clone() };
        self.choose_area(polygons, origin);
    }

    /// Saves the plan under the name that was typed, unless that would overwrite another one unasked.
    fn ask_save_plan(&mut self) {
        let own = &self.state.evacuation;
        let name = own.name.trim().to_owned();
        let Some(answer) = own.answer.as_ref().filter(|_| !name.is_empty()) else { return };
        if own.saved.contains(&name) && answer.saved_as.as_ref() != Some(&name) {
            self.state.confirm = Some(AnalysisCommand::ReplacePlan(name).into());
        } else {
            self.save_plan(name);
        }
    }

    fn save_plan(&mut self, name: String) {
        let Some(answer) = &self.state.evacuation.answer else { return };
        // A plan is plain data; it always has a JSON form.
        let Ok(json) = saved_json(answer) else { return };
        let label = Message::new("job-save-plan");
        self.on_store(label, move |keeper, _| keeper.save_plan(&name, &json));
    }

    fn ask_search(&mut self, words: String) {
        self.state.search.clone_from(&words);
        if words.trim().is_empty() {
            self.state.hits = Vec::new();
            self.stop(JobKind::Search);
            return;
        }
        let county = Arc::clone(&self.state.county);
        self.start(
            JobKind::Search,
            Message::new("job-search"),
            false,
            move |feedback| match search(&county, &words, HITS, feedback) {
                Ok(hits) => News::Hits(hits),
                Err(_) => News::Stopped,
            },
        );
    }
}

//! What news from jobs change.

use std::sync::Arc;

use geo_types::{Coord, Rect};

use crate::base::Message;
use crate::county::County;
use crate::io::ImportReport;
use crate::model::Kind;
use crate::scene::{FeatureRef, MapScene};
use crate::session::Session;
use crate::session::evacuation::EvacuationForm;
use crate::session::job::JobKind;
use crate::session::news::{News, Opened};
use crate::session::notice::Level;
use crate::session::state::{Camera, Drawer, StoreState, Task};

impl Session {
    pub(in crate::session) fn receive(&mut self, news: News) {
        match news {
            News::Stopped => {}
            News::Failed(fault) => self.notify(Level::Failed, fault.message, fault.hint, None),
            News::NotOpened(fault) => {
                self.state.store.failed = self.state.store.path.is_none();
                self.notify(Level::Failed, fault.message, fault.hint, Some(Task::Data));
            }
            News::Opened(opened) => self.opened(opened),
            News::Changed { county, id, undone } => self.changed(county, id, undone),
            News::Followed(county) => {
                self.take_county(county);
                self.notify(Level::Attention, Message::new("county-followed"), None, None);
            }
            News::History(id, history) => {
                if let Some(card) = &mut self.state.card
                    && card.feature.id == id
                {
                    card.history = history;
                }
            }
            News::Scene(scene) => self.take_scene(scene),
            News::Nearest(answer) => self.state.nearest_answer = Some(answer),
            News::Exposure(answer) => self.state.evacuation.exposure = Some(answer),
            News::Plan(answer) => {
                let evacuation = &mut self.state.evacuation;
                if let Some(name) = &answer.saved_as {
                    evacuation.name.clone_from(name);
                    evacuation.form = EvacuationForm::of(&answer.ask);
                    evacuation.area = Some(answer.area.clone());
                    self.state.camera = Some(Camera::Fit(answer.area.area.extent()));
                }
                self.state.evacuation.folded = true;
                self.state.evacuation.answer = Some(*answer);
            }
            News::Plans(saved, name) => {
                let message = match &name {
                    Some(name) => Message::new("plan-saved").with("name", name.as_str()),
                    None => Message::new("plan-deleted"),
                };
                if let Some(answer) = &mut self.state.evacuation.answer
                    && name.is_some()
                {
                    answer.saved_as = name;
                }
                self.state.evacuation.saved = saved;
                self.notify(Level::Done, message, None, None);
            }
            News::Hits(hits) => self.state.hits = hits,
            News::FileChosen(wish, path) => {
                if let Some(path) = path {
                    self.apply(crate::session::DataCommand::UseFile(wish, path).into());
                }
            }
            News::Preview(Ok(preview)) => {
                self.state.import.preview = Some(preview);
                self.state.import.fault = None;
            }
            News::Preview(Err(fault)) | News::NotImported(fault) => {
                self.state.import.fault = Some(fault);
            }
            News::Imported { reports, county } => self.imported(reports, county),
            News::ImportUndone { batch, county } => {
                self.take_county(county);
                match batch {
                    Some(batch) => {
                        let message = Message::new("import-undone").with("source", batch.source);
                        self.notify(Level::Done, message, None, None);
                    }
                    None => {
                        let message = Message::new("nothing-to-undo");
                        self.notify(Level::Attention, message, None, None);
                    }
                }
            }
            News::Exported { file, features } => {
                let message = Message::new("exported")
                    .with("file", file.display().to_string())
                    .with("features", features);
                self.notify(Level::Done, message, None, None);
            }
        }
    }

    fn opened(&mut self, opened: Opened) {
        let state = &mut self.state;
        let path = opened.path.display().to_string();
        state.prefs.store = (!opened.own).then(|| path.clone());
        state.store = StoreState {
            title: title(&opened.county),
            path: Some(opened.path),
            read_only: opened.read_only,
            failed: false,
        };
        state.county = opened.county;
        state.scene = None;
        state.selected = None;
        state.card = None;
        state.drawer = None;
        state.nearest_answer = None;
        state.nearest.at = None;
        state.nearest.place = String::new();
        state.evacuation = crate::session::state::EvacuationState {
            form: state.evacuation.form.clone(),
            saved: opened.plans,
            ..Default::default()
        };
        if opened.read_only {
            let hint = Some(Message::new("store-opened-read-only-hint"));
            self.notify(Level::Attention, Message::new("store-opened-read-only"), hint, None);
        }
        self.prepare_scene();
    }

    fn imported(&mut self, reports: Vec<ImportReport>, county: Arc<County>) {
        let accepted: u64 = reports.iter().map(|report| report.accepted).sum();
        let refused: usize = reports.iter().map(|report| report.refused.len()).sum();
        let before: usize = self.state.county.layers().map(|layer| layer.samples_left_out()).sum();
        self.take_county(county);
        let after: usize = self.state.county.layers().map(|layer| layer.samples_left_out()).sum();
        let done = Message::new("imported").with("accepted", accepted);
        if refused > 0 {
            let message =
                Message::new("imported-partly").with("accepted", accepted).with("refused", refused);
            self.notify(Level::Attention, message, None, Some(Task::Data));
        } else {
            self.notify(Level::Done, done, None, None);
        }
        if after > before {
            let message = Message::new("samples-left-out").with("count", after - before);
            self.notify(Level::Attention, message, None, Some(Task::Layers));
        }
        let extents = reports.iter().filter_map(|report| report.extent);
        self.state.camera = extents
            .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
            .map(|[x, y, u, v]| Camera::Fit(Rect::new(Coord { x, y }, Coord { x: u, y: v })));
        self.state.import.fault = None;
        self.state.import.reports = Some(reports);
    }

    fn changed(&mut self, county: Arc<County>, id: Option<crate::base::Id>, undone: bool) {
        self.take_county(county);
        match id {
            Some(id) => {
                let name = self.state.county.feature(id).map(|row| row.name.clone());
                let key = if undone { "record-undone" } else { "record-changed" };
                let message = Message::new(key).with("name", name.unwrap_or_default());
                self.notify(Level::Done, message, None, None);
                if self.state.card.as_ref().is_some_and(|card| card.feature.id == id) {
                    self.ask_history(id);
                }
            }
            None => self.notify(Level::Attention, Message::new("nothing-to-undo"), None, None),
        }
    }

    /// The county changed: the map follows, quick answers are asked again, the plan is marked as old.
    pub(in crate::session) fn take_county(&mut self, county: Arc<County>) {
        self.state.county = county;
        self.state.store.title = title(&self.state.county);
        let gone = |feature: &FeatureRef| {
            self.state
                .county
                .layer(feature.kind)
                .and_then(|layer| layer.by_id(feature.id))
                .is_none()
        };
        if self.state.card.as_ref().is_some_and(|card| gone(&card.feature)) {
            self.state.card = None;
        }
        if self.state.selected.as_ref().is_some_and(gone) {
            self.state.selected = None;
        }
        if let Some(Drawer::Layer(kind)) = self.state.drawer
            && self.state.county.layer(kind).is_none()
        {
            self.state.drawer = None;
        }
        if self.state.nearest_answer.is_some() {
            self.ask_nearest(self.state.nearest.clone());
        }
        if self.state.evacuation.area.is_some() {
            self.ask_exposure();
        }
        self.prepare_scene();
    }

    fn prepare_scene(&mut self) {
        let county = Arc::clone(&self.state.county);
        let old = self.state.scene.clone();
        self.start(JobKind::Scene, Message::new("job-scene"), true, move |_| {
            News::Scene(match old {
                Some(old) => old.updated(&county),
                None => MapScene::new(&county),
            })
        });
    }

    fn take_scene(&mut self, mut scene: MapScene) {
        for kind in Kind::ALL {
            scene.set_visible(*kind, !self.state.prefs.hidden.contains(kind));
        }
        let first = self.state.scene.is_none();
        if first {
            let kept = self.state.prefs.view.as_ref().is_some_and(|view| {
                self.state
                    .store
                    .path
                    .as_ref()
                    .is_some_and(|path| path.display().to_string() == view.store)
            });
            if !kept {
                self.state.camera = scene.extent().map(Camera::Fit);
            }
        }
        self.state.scene = Some(scene);
    }
}

/// What the county is called: the name of its boundary.
fn title(county: &County) -> Option<String> {
    let mut names = county.features(Kind::Boundary).iter().map(|row| row.name.clone());
    names.find(|name| !name.is_empty())
}

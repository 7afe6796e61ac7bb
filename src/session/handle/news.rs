//! What news from jobs change.

use std::path::PathBuf;
use std::sync::Arc;

use geo_types::{Coord, Rect};

use crate::base::Message;
use crate::county::County;
use crate::io::{self, ImportReport};
use crate::model::Kind;
use crate::scene::{FeatureRef, MapScene};
use crate::session::Session;
use crate::session::closures::ClosuresState;
use crate::session::command::DataCommand;
use crate::session::dialog::Choice;
use crate::session::evacuation::{AreaOrigin, EvacuationForm};
use crate::session::import::ImportState;
use crate::session::job::JobKind;
use crate::session::news::{News, Opened};
use crate::session::notice::{ChangeNote, Level};
use crate::session::state::{Camera, Drawer, StoreState, Task};
use crate::store::Change;

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
            News::Changed { county, id, changes, undone, whose } => {
                self.changed(county, id, changes, undone.then(|| whose.unwrap_or_default()));
            }
            News::Costing(county) => {
                self.take_county(county);
                self.notify(Level::Done, Message::new("costing-saved"), None, None);
            }
            News::Closed { county, id } => {
                self.take_county(county);
                self.closure_added(id);
            }
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
            News::Net(of, bytes) => self.keep_net(of, bytes),
            News::Nearest(answer) => {
                self.state.prefs.hint_dismissed = true;
                self.state.nearest_answer = Some(answer);
            }
            News::Roads(answer) => self.take_roads(*answer),
            News::RoadsMore(question, version, more) => {
                self.take_more_roads(question, version, more);
            }
            News::Exposure(answer) => self.state.evacuation.exposure = Some(answer),
            News::Plan(answer) => {
                let evacuation = &mut self.state.evacuation;
                if let Some(name) = &answer.saved_as {
                    evacuation.name.clone_from(name);
                    evacuation.form = EvacuationForm::of(&answer);
                    evacuation.area = Some(answer.area.clone());
                    self.state.camera = Some(Camera::Fit(self.extent_of(&answer)));
                    self.ask_exposure();
                }
                self.state.prefs.hint_dismissed = true;
                self.state.evacuation.folded = true;
                self.state.evacuation.answer = Some(*answer);
            }
            News::AreaRead(polygons, name) => {
                self.choose_area(polygons, AreaOrigin::File { name });
                let area = self.state.evacuation.area.as_ref();
                self.state.camera = area.map(|chosen| Camera::Fit(chosen.area.extent()));
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
            News::FileChosen { wish, choice, name } => match choice {
                Choice::File(path) => {
                    self.apply(DataCommand::UseFile(wish, path).into());
                }
                Choice::NoDialog => self.ask_for_path(wish, &name),
                Choice::Cancelled => {}
            },
            News::Preview(Ok(preview)) => {
                self.state.import.preview = Some(preview);
                self.state.import.fault = None;
                self.try_import();
            }
            News::DryRun(reports) => self.state.import.outlook = Some(reports),
            News::Preview(Err(fault)) | News::NotImported(fault) => {
                self.state.import.fault = Some(fault);
            }
            News::Imported { reports, county } => self.imported(reports, county),
            News::LastImport(Some(source)) => {
                self.state.confirm = Some(DataCommand::UndoImport(source).into());
            }
            News::LastImport(None) => {
                self.notify(Level::Attention, Message::new("nothing-to-undo"), None, None);
            }
            News::ImportUndone { batch, county } => {
                self.state.import = ImportState::default();
                self.take_county(county);
                match batch {
                    Some(batch) => {
                        self.state.notices.withdraw_import();
                        self.state.camera = seat(&self.state.county).map(Camera::Fit);
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
        state.notices.withdraw(&["imported", "imported-partly", "samples-left-out"]);
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
        state.roads = crate::session::roads::RoadsState::default();
        state.costing = crate::session::costing::CostingState::default();
        state.closures = ClosuresState::default();
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
        self.note_next_turn();
        self.prepare_scene();
        self.prepare_net();
    }

    fn imported(&mut self, reports: Vec<ImportReport>, county: Arc<County>) {
        let accepted: u64 = reports.iter().map(|report| report.accepted).sum();
        let refused: usize = reports.iter().map(|report| report.refused.len()).sum();
        let before: usize = self.state.county.layers().map(|layer| layer.samples_left_out()).sum();
        let known = seat(&self.state.county);
        self.state.prefs.hint_dismissed = true;
        self.state.typed_path = None;
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
        let brought = extents
            .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
            .map(rect);
        self.state.camera = brought.map(|brought| Camera::Fit(in_view(known, brought)));
        self.state.import.fault = None;
        self.state.import.outlook = None;
        self.state.import.reports = Some(reports);
    }

    /// A record was changed; `taken_back` says whose change it undoes, if it does.
    fn changed(
        &mut self,
        county: Arc<County>,
        id: Option<crate::base::Id>,
        changes: Vec<Change>,
        taken_back: Option<String>,
    ) {
        let before = id.and_then(|id| self.state.county.feature(id)).map(|row| row.name.clone());
        self.take_county(county);
        match id {
            // An addition was taken back.
            Some(id) if self.state.county.feature(id).is_none() => {
                let name = before.unwrap_or_default();
                let message = Message::new("record-withdrawn").with("name", name);
                self.notify(Level::Done, message, None, None);
            }
            Some(id) => {
                let key = if taken_back.is_some() { "record-undone" } else { "record-changed" };
                let row = self.state.county.feature(id).map(|row| (row.kind, row.name.clone()));
                let (kind, name) = row.unzip();
                let name = name.unwrap_or_default();
                let message = Message::new(key).with("name", name.as_str());
                self.notify(Level::Done, message, None, None);
                if let Some(kind) = kind {
                    let note = ChangeNote { kind, name, changes, taken_back };
                    self.state.notices.about_change(note);
                }
                if self.state.card.as_ref().is_some_and(|card| card.feature.id == id) {
                    self.ask_history(id);
                }
            }
            None => self.notify(Level::Attention, Message::new("nothing-to-undo"), None, None),
        }
    }

    /// The county changed: the map follows, quick answers are asked again, the plan is marked as old.
    pub(in crate::session) fn take_county(&mut self, county: Arc<County>) {
        let before = std::mem::replace(&mut self.state.county, county);
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
        self.follow_roads(&before);
        self.note_next_turn();
        if self.state.evacuation.area.is_some() {
            self.ask_exposure();
        }
        self.prepare_scene();
        self.prepare_net();
    }

    pub(in crate::session) fn prepare_scene(&mut self) {
        let county = Arc::clone(&self.state.county);
        let now = self.clock.now();
        let old = self.state.scene.clone();
        self.start(JobKind::Scene, Message::new("job-scene"), true, move |_| {
            let mut scene = match old {
                Some(old) => old.updated(&county),
                None => MapScene::new(&county),
            };
            scene.tell_time(now);
            News::Scene(scene)
        });
    }

    /// Makes the road net and its hierarchy ahead of the first question, which need not wait for them:
    /// until they are ready it is answered without a hierarchy.
    fn prepare_net(&mut self) {
        let county = Arc::clone(&self.state.county);
        let of = self.state.store.path.clone();
        if !county.has_net_ready() {
            self.start(JobKind::Net, Message::new("job-net"), false, move |_| {
                let bytes = county.net_to_keep();
                county.prepare_times();
                News::Net(of, bytes)
            });
        }
    }

    /// The next start need not make it again. A store that cannot be written does without, and so does
    /// one that was opened while the net of another was in the making.
    fn keep_net(&mut self, of: Option<PathBuf>, bytes: Option<Vec<u8>>) {
        let store = &self.state.store;
        if let Some(bytes) = bytes.filter(|_| !store.read_only && store.path == of) {
            self.on_store_unseen(Message::new("job-net"), move |keeper, _| keeper.keep_net(&bytes));
        }
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

fn rect([x, y, u, v]: [f64; 4]) -> Rect<f64> {
    Rect::new(Coord { x, y }, Coord { x: u, y: v })
}

/// Where the county lies: its boundary, else all it holds.
fn seat(county: &County) -> Option<Rect<f64>> {
    io::surroundings(county).extent.map(rect)
}

/// What to show of data that were brought into a county: the part of them that lies in it, or the county
/// if none does. An empty store shows all of them.
fn in_view(known: Option<Rect<f64>>, brought: Rect<f64>) -> Rect<f64> {
    let Some(known) = known else { return brought };
    let (a, b) = (known.min(), known.max());
    let (c, d) = (brought.min(), brought.max());
    let low = Coord { x: a.x.max(c.x), y: a.y.max(c.y) };
    let high = Coord { x: b.x.min(d.x), y: b.y.min(d.y) };
    if low.x <= high.x && low.y <= high.y { Rect::new(low, high) } else { known }
}

/// What the county is called: the name of its boundary.
fn title(county: &County) -> Option<String> {
    let mut names = county.features(Kind::Boundary).iter().map(|row| row.name.clone());
    names.find(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_from_far_away_do_not_take_the_county_out_of_view() {
        let county = rect([116.3, 35.5, 116.7, 35.9]);
        let far = rect([121.0, 31.0, 121.5, 31.4]);
        let partly = rect([116.5, 35.6, 121.5, 35.8]);
        assert_eq!(in_view(Some(county), far), county);
        assert_eq!(in_view(Some(county), partly), rect([116.5, 35.6, 116.7, 35.8]));
        assert_eq!(in_view(None, far), far);
    }
}

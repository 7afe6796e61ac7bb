//! Everything the window knows; drawn from it, changed by commands and news only.

use std::path::PathBuf;
use std::sync::Arc;

use geo_types::{Coord, Rect};

use super::closures::ClosuresState;
use super::command::Command;
use super::costing::CostingState;
use super::evacuation::{ChosenArea, EvacuationForm, ExposureAnswer, PlanAnswer};
use super::import::ImportState;
use super::job::JobKind;
use super::nearest::{NearestAnswer, NearestForm};
use super::notice::Notices;
use super::prefs::Prefs;
use super::roads::RoadsState;
use super::search::Hit;
use crate::base::{Feedback, Message};
use crate::county::County;
use crate::model::Kind;
use crate::scene::{FeatureRef, MapScene};

/// A task of the left rail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Task {
    /// 图层.
    #[default]
    Layers,
    /// 最近资源.
    Nearest,
    /// 疏散安置.
    Evacuation,
    /// 路网.
    Roads,
    /// 数据: open, new, import, export.
    Data,
    /// 设置.
    Settings,
}

impl Task {
    /// All of them, from the top of the rail down.
    pub const ALL: [Self; 6] =
        [Self::Layers, Self::Nearest, Self::Evacuation, Self::Roads, Self::Data, Self::Settings];
}

/// What a press on the map means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Identify what is there.
    #[default]
    Select,
    /// Choose a place of the open question.
    PickPlace,
    /// Close the road that is pressed.
    CloseRoad,
    /// Draw a line that closes roads.
    DrawLine,
    /// Draw an area corner by corner.
    DrawPolygon,
    /// Draw the danger area as a circle.
    DrawCircle,
}

/// A wide table at the bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawer {
    /// The nearest facilities with their attributes.
    Nearest,
    /// Who goes where.
    Assignments,
    /// Shelters and their load.
    Shelters,
    /// People without a place.
    Unassigned,
    /// Villages that are not reached in time.
    Uncovered,
    /// Bridges that would cut off more.
    Losses,
    /// All records of a kind.
    Layer(Kind),
    /// The first rows of the file that is about to be imported.
    Preview,
    /// What the last import refused and warned of.
    Report,
}

/// What a file is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileWish {
    /// Open a store.
    Open,
    /// Make a store from the demo county.
    NewDemo,
    /// Make an empty store.
    NewEmpty,
    /// Import.
    Import,
    /// Export the layer named in the form.
    Export,
    /// Write a table as text.
    SaveText,
    /// Write the nearest facilities.
    ExportAnswer,
    /// Read a danger area.
    Area,
}

/// Where the map should move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Camera {
    /// Show an extent in degrees.
    Fit(Rect<f64>),
    /// Move to a place in degrees, close enough to see it.
    FlyTo(Coord<f64>),
}

/// The open store.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoreState {
    /// Which file; `None` = none is open.
    pub path: Option<PathBuf>,
    /// It can only be read.
    pub read_only: bool,
    /// What the county is called.
    pub title: Option<String>,
    /// Opening it failed.
    pub failed: bool,
}

/// A job that runs or waits.
#[derive(Clone, Debug)]
pub struct RunningJob {
    /// Its number.
    pub ticket: u64,
    /// What kind.
    pub kind: JobKind,
    /// What it does.
    pub label: Message,
    /// Progress and cancel.
    pub feedback: Feedback,
    /// Whether people see it in the status bar.
    pub shown: bool,
    /// How far it is, 0 to 1; never goes back. `None` = unknown.
    pub share: Option<f32>,
}

impl RunningJob {
    /// Looks how far the work is.
    pub fn watch(&mut self) {
        let Some((done, all)) = self.feedback.progress() else { return };
        let part = done as f32 / all as f32;
        let share = match self.label.id.as_ref() {
            // An import reads the layers of the county, then the bytes of the file; it ends with
            // writing what nobody can count.
            "job-import" if all <= Kind::ALL.len() as u64 => part * 0.1,
            "job-import" => 0.1 + part * 0.85,
            _ => part,
        };
        self.share = Some(self.share.unwrap_or(0.0).max(share));
    }
}

/// One change of a record, as the card shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryLine {
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// It tells that the record was added by hand.
    pub added: bool,
    /// Which field.
    pub field: String,
    /// Before; `None` = no data.
    pub old: Option<crate::model::Value>,
    /// After; `None` = no data.
    pub new: Option<crate::model::Value>,
}

/// The card of one feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Which feature.
    pub feature: FeatureRef,
    /// What is typed into its occupancy field, while it is being typed.
    pub typed: Option<(String, String)>,
    /// Its changes, newest first.
    pub history: Vec<HistoryLine>,
}

/// The evacuation task.
#[derive(Clone, Debug, Default)]
pub struct EvacuationState {
    /// The form.
    pub form: EvacuationForm,
    /// The danger area.
    pub area: Option<ChosenArea>,
    /// Who is in it.
    pub exposure: Option<ExposureAnswer>,
    /// The plan.
    pub answer: Option<PlanAnswer>,
    /// The form is folded away, so that the answer comes first.
    pub folded: bool,
    /// Name under which the plan is to be saved.
    pub name: String,
    /// Saved plans.
    pub saved: Vec<String>,
}

/// Everything the window knows.
#[derive(Default)]
pub struct AppState {
    /// What is remembered between runs.
    pub prefs: Prefs,
    /// The county as it is now.
    pub county: Arc<County>,
    /// The open store.
    pub store: StoreState,
    /// The map of the county, once it is prepared.
    pub scene: Option<MapScene>,
    /// Which task is open.
    pub task: Task,
    /// The tool in the hand.
    pub tool: Tool,
    /// The marked feature.
    pub selected: Option<FeatureRef>,
    /// Where the map should move next.
    pub camera: Option<Camera>,
    /// The words in the search box.
    pub search: String,
    /// What was found for them.
    pub hits: Vec<Hit>,
    /// The nearest form.
    pub nearest: NearestForm,
    /// Its answer.
    pub nearest_answer: Option<NearestAnswer>,
    /// The evacuation task.
    pub evacuation: EvacuationState,
    /// The roads task.
    pub roads: RoadsState,
    /// The costing as it is edited.
    pub costing: CostingState,
    /// Closing roads.
    pub closures: ClosuresState,
    /// The open card; it covers the task panel.
    pub card: Option<Card>,
    /// The running import.
    pub import: ImportState,
    /// Which layer is to be exported.
    pub export_kind: Option<Kind>,
    /// A table waiting for a file to be written to.
    pub text_to_save: Option<String>,
    /// A path being typed into the data panel.
    pub typed_path: Option<(FileWish, String)>,
    /// A path asked for in the window, because this computer has no file dialog.
    pub path_ask: Option<(FileWish, String)>,
    /// What waits for a yes.
    pub confirm: Option<Command>,
    /// The wide table at the bottom.
    pub drawer: Option<Drawer>,
    /// Notices.
    pub notices: Notices,
    /// Jobs that run or wait, oldest first.
    pub jobs: Vec<RunningJob>,
    /// Grows with every command and all news: whoever shows the state can tell that it changed.
    pub revision: u64,
}

impl AppState {
    /// Whether the nearest answer was computed on an older county.
    pub fn nearest_is_stale(&self) -> bool {
        let version = self.county.version();
        self.nearest_answer.as_ref().is_some_and(|answer| answer.county.version() != version)
    }

    /// Whether the plan was computed on an older county.
    pub fn plan_is_stale(&self) -> bool {
        let version = self.county.version();
        self.evacuation.answer.as_ref().is_some_and(|answer| answer.version != version)
    }

    /// Whether the answer about the roads was computed on an older county; `None` if there is none.
    pub fn roads_are_stale(&self) -> Option<bool> {
        let version = self.county.version();
        self.roads.answer().map(|answer| answer.county.version() != version)
    }

    /// Whether work of this kind runs or waits.
    pub fn is_busy(&self, kind: JobKind) -> bool {
        self.jobs.iter().any(|job| job.kind == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_an_import_never_goes_back() {
        let feedback = Feedback::default();
        let mut job = RunningJob {
            ticket: 1,
            kind: JobKind::Store,
            label: Message::new("job-import"),
            feedback: feedback.clone(),
            shown: true,
            share: None,
        };
        let mut last = 0.0;
        // The layers of the county, then the bytes of two sheets.
        for (done, all) in [(5, 20), (20, 20), (10, 9000), (9000, 9000), (100, 9000)] {
            feedback.report(done, all);
            job.watch();
            let share = job.share.unwrap();
            assert!(share >= last && share < 1.0, "{done} of {all}: {share} after {last}");
            last = share;
        }
    }
}

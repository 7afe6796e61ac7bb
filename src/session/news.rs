//! What jobs bring back to the window.

use std::path::PathBuf;
use std::sync::Arc;

use geo_types::MultiPolygon;

use super::dialog::Choice;
use super::evacuation::{ExposureAnswer, PlanAnswer};
use super::import::PreviewFault;
use super::nearest::NearestAnswer;
use super::roads::{More, RoadAnswer, RoadQuestion};
use super::search::Hit;
use super::state::{FileWish, HistoryLine};
use crate::base::{Id, Message};
use crate::county::County;
use crate::io::{ImportReport, Preview};
use crate::scene::MapScene;
use crate::store::{BatchSummary, Change};

/// Something failed: what happened and what to do next.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What happened.
    pub message: Message,
    /// What to do next.
    pub hint: Option<Message>,
}

/// A store that was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Which file.
    pub path: PathBuf,
    /// It can only be read.
    pub read_only: bool,
    /// Its county.
    pub county: Arc<County>,
    /// Names of its saved plans.
    pub plans: Vec<String>,
    /// It is the user's own store.
    pub own: bool,
}

/// What a job brings back.
pub enum News {
    /// It was stopped.
    Stopped,
    /// It failed.
    Failed(Fault),
    /// A store was opened.
    Opened(Opened),
    /// No store could be opened.
    NotOpened(Fault),
    /// The county changed: a record was set, or a change was taken back.
    Changed {
        /// The county as it is now.
        county: Arc<County>,
        /// The record, if anything changed.
        id: Option<Id>,
        /// Its fields.
        changes: Vec<Change>,
        /// It was an undo.
        undone: bool,
        /// Whose change was taken back.
        whose: Option<String>,
    },
    /// A figure of the costing changed.
    Costing(Arc<County>),
    /// A closure was recorded.
    Closed {
        /// The county as it is now.
        county: Arc<County>,
        /// The closure.
        id: Id,
    },
    /// Another program had changed the store; this is the county as it is now.
    Followed(Arc<County>),
    /// What happened to a record.
    History(Id, Vec<HistoryLine>),
    /// The map is prepared.
    Scene(MapScene),
    /// The road net of a store is ready; as bytes if the store should keep it.
    Net(Option<PathBuf>, Option<Vec<u8>>),
    /// The nearest facilities.
    Nearest(NearestAnswer),
    /// Who is in the area.
    Exposure(ExposureAnswer),
    /// An evacuation plan.
    Plan(Box<PlanAnswer>),
    /// An answer about the roads.
    Roads(Box<RoadAnswer>),
    /// What takes longer about the answer to a question at a version of the county.
    RoadsMore(RoadQuestion, u64, More),
    /// The names of the saved plans, after one was saved under this name or deleted (`None`).
    Plans(Vec<String>, Option<String>),
    /// Places that were found.
    Hits(Vec<Hit>),
    /// How the file dialog ended, and the name it had proposed.
    FileChosen {
        /// What the file is wanted for.
        wish: FileWish,
        /// How it ended.
        choice: Choice,
        /// The proposed name.
        name: String,
    },
    /// A danger area was read from a file of this name.
    AreaRead(MultiPolygon<f64>, String),
    /// What a file holds, or why it cannot be looked into.
    Preview(Result<Preview, PreviewFault>),
    /// What an import of the file would do.
    DryRun(Vec<ImportReport>),
    /// What became of an import.
    Imported {
        /// One report per layer of the file.
        reports: Vec<ImportReport>,
        /// The county as it is now.
        county: Arc<County>,
    },
    /// The import did not happen.
    NotImported(PreviewFault),
    /// Which file the last import brought that can be taken back.
    LastImport(Option<String>),
    /// The last import was taken back; `None` if there was none.
    ImportUndone {
        /// What was taken back.
        batch: Option<BatchSummary>,
        /// The county as it is now.
        county: Arc<County>,
    },
    /// Features were written to a file.
    Exported {
        /// Which file.
        file: PathBuf,
        /// How many.
        features: u64,
    },
}

//! State, commands and jobs: the only place where thinking and disk meet.

pub mod by_road;
pub mod closures;
pub mod command;
pub mod costing;
pub mod dialog;
pub mod evacuation;
mod evacuation_job;
mod handle;
pub mod home;
pub mod import;
pub mod job;
mod keeper;
pub mod nearest;
pub mod news;
pub mod notice;
pub mod prefs;
pub mod roads;
mod roads_job;
pub mod search;
#[allow(clippy::module_inception, reason = "the session of the folder session")]
mod session;
pub mod state;
pub mod watch;
pub mod whole_file;
pub mod workspace;

pub use command::{
    AnalysisCommand, AppCommand, ClosuresCommand, Command, CostingCommand, DataCommand,
    EditCommand, MapCommand, RoadsCommand,
};
pub use news::News;
pub use prefs::{Light, Prefs};
pub use session::{Opening, Session, Wake};
pub use state::AppState;
pub use workspace::{Workspace, WorkspaceError};

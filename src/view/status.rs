//! What the status bar shows.

use crate::base::Message;
use crate::session::AppState;
use crate::session::notice::{Level, Notice};

/// A job on the status bar.
#[derive(Clone, Debug, PartialEq)]
pub struct JobLine {
    /// Its number.
    pub ticket: u64,
    /// What it does.
    pub label: Message,
    /// How far it is, 0 to 1; `None` = unknown.
    pub share: Option<f32>,
}

/// What the status bar shows.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusSummary {
    /// Jobs that run or wait.
    pub jobs: Vec<JobLine>,
    /// State of the store.
    pub store: Message,
    /// The notice that matters most of those that were not put away; of equals the last.
    pub attention: Option<Notice>,
}

/// Builds what the status bar shows.
pub fn status_summary(state: &AppState) -> StatusSummary {
    let jobs = state
        .jobs
        .iter()
        .filter(|job| job.shown)
        .map(|job| JobLine { ticket: job.ticket, label: job.label.clone(), share: job.share })
        .collect();
    let store = Message::new(match &state.store {
        store if store.path.is_none() && store.failed => "status-not-open",
        store if store.path.is_none() => "status-opening",
        store if store.read_only => "status-read-only",
        _ => "status-saved",
    });
    let attention = state
        .notices
        .fresh()
        .filter(|notice| notice.level != Level::Done)
        .max_by_key(|notice| (notice.rank(), notice.number));
    StatusSummary { jobs, store, attention: attention.cloned() }
}

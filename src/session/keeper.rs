//! The thread that owns the store: opens it, reads it, changes it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::closures::{ClosureForm, Marked, is_again, located};
use super::evacuation::answer_from_json;
use super::import::PreviewFault;
use super::news::{Fault, News, Opened};
use super::state::HistoryLine;
use super::workspace::{Workspace, WorkspaceError, create_store, default_path};
use crate::base::{Clock, Feedback, Id, Message, Timestamp};
use crate::io::ImportAsk;
use crate::model::Value;
use crate::store::{Change, ChangeRecord, StoreError, WHOLE_RECORD};

/// What the store thread owns.
pub struct Keeper {
    clock: Arc<dyn Clock>,
    open: Option<Workspace>,
}

impl From<WorkspaceError> for News {
    fn from(error: WorkspaceError) -> Self {
        match error {
            WorkspaceError::Store(StoreError::Cancelled(_)) => Self::Stopped,
            other => Self::Failed(Fault { message: other.message(), hint: other.hint() }),
        }
    }
}

impl From<StoreError> for News {
    fn from(error: StoreError) -> Self {
        WorkspaceError::Store(error).into()
    }
}

impl Keeper {
    /// A keeper without a store.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, open: None }
    }

    /// Opens the user's own store, made from the demo county at the first start.
    pub fn open_default(&mut self, feedback: &Feedback) -> News {
        let opened = Workspace::open_default(Arc::clone(&self.clock), feedback);
        self.take(opened)
    }

    /// Opens a store. The one that is open stays open if that fails.
    pub fn open(&mut self, path: &Path, feedback: &Feedback) -> News {
        let opened = Workspace::open(path, Arc::clone(&self.clock), feedback);
        self.take(opened)
    }

    /// Makes a store and opens it.
    pub fn create(&mut self, path: &Path, empty: bool, feedback: &Feedback) -> News {
        match create_store(path, empty, Arc::clone(&self.clock), feedback) {
            Ok(()) => self.open(path, feedback),
            Err(error) => error.into(),
        }
    }

    fn take(&mut self, opened: Result<Workspace, WorkspaceError>) -> News {
        let read = opened.and_then(|workspace| Ok((workspace.store().plans()?, workspace)));
        match read {
            Ok((plans, workspace)) => {
                let path = workspace.store().path().to_owned();
                let own = default_path().is_ok_and(|own| own == path);
                let news = News::Opened(Opened {
                    read_only: workspace.store().is_read_only(),
                    county: Arc::clone(workspace.county()),
                    plans: plans.into_iter().map(|plan| plan.name).collect(),
                    own,
                    path,
                });
                self.open = Some(workspace);
                news
            }
            Err(error) => match News::from(error) {
                News::Failed(fault) => News::NotOpened(fault),
                other => other,
            },
        }
    }

    /// Takes in what another program has written since.
    pub fn follow(&mut self, feedback: &Feedback) -> News {
        let Some(workspace) = &mut self.open else { return News::Stopped };
        match workspace.refresh_if_changed(feedback) {
            Ok(true) => News::Followed(Arc::clone(workspace.county())),
            Ok(false) => News::Stopped,
            Err(error) => error.into(),
        }
    }

    /// Imports a file.
    pub fn import(&mut self, ask: &ImportAsk, who: &str, feedback: &Feedback) -> News {
        let Some(workspace) = &mut self.open else { return News::Stopped };
        match workspace.import(ask, who, feedback) {
            Ok(reports) => News::Imported { reports, county: Arc::clone(workspace.county()) },
            // Whoever notices it first: the reader, the store, or the store on behalf of the reader.
            Err(error) if error.code() == "cancelled" => News::Stopped,
            Err(error) => News::NotImported(PreviewFault {
                code: error.code().to_owned(),
                fault: Fault { message: error.message(), hint: error.hint() },
            }),
        }
    }

    /// Which file the last import brought.
    pub fn last_import(&self) -> News {
        let Some(workspace) = &self.open else { return News::Stopped };
        match workspace.store().last_import() {
            Ok(source) => News::LastImport(source),
            Err(error) => error.into(),
        }
    }

    /// Takes the last import back.
    pub fn undo_import(&mut self, who: &str) -> News {
        let Some(workspace) = &mut self.open else { return News::Stopped };
        match workspace.undo_import(who) {
            Ok(batch) => News::ImportUndone { batch, county: Arc::clone(workspace.county()) },
            Err(error) => error.into(),
        }
    }

    /// Changes a record.
    pub fn set(&mut self, id: Id, changes: &[(String, Option<Value>)], who: &str) -> News {
        let Some(workspace) = &mut self.open else { return News::Stopped };
        match workspace.set(id, changes, who, None) {
            Ok(changes) => News::Changed {
                county: Arc::clone(workspace.county()),
                id: Some(id),
                changes,
                undone: false,
                whose: None,
            },
            Err(error) => error.into(),
        }
    }

    /// Records a closure of what was marked on the map.
    pub fn close(&mut self, form: &ClosureForm, marked: Marked, who: &str, now: Timestamp) -> News {
        let Some(workspace) = &mut self.open else { return News::Stopped };
        let Some(place) = located(workspace.county(), form.extent, marked) else {
            return News::Failed(Fault {
                message: Message::new("closure-no-road"),
                hint: Some(Message::new("closure-no-road-hint")),
            });
        };
        if is_again(workspace.county(), &place, form.begins(now)) {
            return News::Stopped;
        }
        // Several of one second are told apart by their number.
        let mut number = 1;
        loop {
            let record = form.record(place.clone(), now, number).said_by(who, now);
            match workspace.add(&record, who, None) {
                Ok((id, _)) => {
                    return News::Closed { county: Arc::clone(workspace.county()), id };
                }
                Err(WorkspaceError::Store(StoreError::RecordExists { .. })) => number += 1,
                Err(error) => return error.into(),
            }
        }
    }

    /// Takes the last change of a record back.
    pub fn undo(&mut self, who: &str) -> News {
        let Some(workspace) = &mut self.open else { return News::Stopped };
        match workspace.undo_set(who) {
            Ok(undone) => {
                let whose = undone.as_ref().and_then(|(id, made)| whose(workspace, *id, made));
                let (id, changes) = undone.unzip();
                News::Changed {
                    county: Arc::clone(workspace.county()),
                    id,
                    changes: changes.unwrap_or_default(),
                    undone: true,
                    whose,
                }
            }
            Err(error) => error.into(),
        }
    }

    /// Sets figures of the costing, or makes them as usual again; without any changes, all.
    pub fn set_costing(&mut self, changes: Option<&[(String, Option<f64>)]>, who: &str) -> News {
        let Some(workspace) = &mut self.open else { return News::Stopped };
        match workspace.set_costing(changes, who) {
            Ok(()) => News::Costing(Arc::clone(workspace.county())),
            Err(error) => error.into(),
        }
    }

    /// What happened to a record, newest first.
    pub fn history(&self, id: Id) -> News {
        let Some(workspace) = &self.open else { return News::Stopped };
        match workspace.store().history(id) {
            Ok(records) => {
                // Of an addition the fields are the record itself.
                let added: BTreeSet<i64> = records
                    .iter()
                    .filter(|r| r.change.field == WHOLE_RECORD && r.seq == r.act && !r.is_undo)
                    .filter(|r| r.source.is_none() && r.change.old.is_none())
                    .map(|record| record.act)
                    .collect();
                let told = |r: &ChangeRecord| r.seq == r.act || !added.contains(&r.act);
                let lines = records.into_iter().rev().filter(told).map(|record| HistoryLine {
                    at: record.at,
                    who: record.who,
                    added: added.contains(&record.act),
                    field: record.change.field,
                    old: record.change.old,
                    new: record.change.new,
                });
                News::History(id, lines.collect())
            }
            Err(error) => error.into(),
        }
    }

    /// Keeps the road net for the next start. It can be made again at any time: nobody need hear of it
    /// if that fails.
    pub fn keep_net(&mut self, bytes: &[u8]) -> News {
        if let Some(workspace) = &mut self.open {
            let _made_again_at_the_next_start = workspace.store_mut().keep_net(bytes);
        }
        News::Stopped
    }

    /// Saves a plan under a name.
    pub fn save_plan(&mut self, name: &str, json: &str) -> News {
        let Some(workspace) = &mut self.open else { return News::Stopped };
        let store = workspace.store_mut();
        match store.save_plan(name, json).and_then(|()| store.plans()) {
            Ok(plans) => {
                News::Plans(plans.into_iter().map(|p| p.name).collect(), Some(name.to_owned()))
            }
            Err(error) => error.into(),
        }
    }

    /// Forgets a plan.
    pub fn delete_plan(&mut self, name: &str) -> News {
        let Some(workspace) = &mut self.open else { return News::Stopped };
        let store = workspace.store_mut();
        match store.delete_plan(name).and_then(|_| store.plans()) {
            Ok(plans) => News::Plans(plans.into_iter().map(|p| p.name).collect(), None),
            Err(error) => error.into(),
        }
    }

    /// Opens a saved plan.
    pub fn load_plan(&self, name: &str) -> News {
        let Some(workspace) = &self.open else { return News::Stopped };
        match workspace.store().load_plan(name) {
            Ok(json) => match json.map(|json| answer_from_json(name, &json, workspace.county())) {
                Some(Ok(answer)) => News::Plan(Box::new(answer)),
                _ => News::Failed(Fault {
                    message: Message::new("plan-unreadable").with("name", name),
                    hint: Some(Message::new("plan-unreadable-hint")),
                }),
            },
            Err(error) => error.into(),
        }
    }
}

/// Who had made the change that was taken back just now.
fn whose(workspace: &Workspace, id: Id, made: &[Change]) -> Option<String> {
    let back = made.first()?;
    let history = workspace.store().history(id).ok()?;
    let own = history.into_iter().rev().find(|record| {
        let change = &record.change;
        !record.is_undo && change.field == back.field && change.new == back.old
    });
    own.map(|record| record.who)
}

//! Files and the store.

use std::path::PathBuf;
use std::sync::Arc;

use crate::base::Message;
use crate::io;
use crate::model::Kind;
use crate::session::Session;
use crate::session::command::DataCommand;
use crate::session::dialog;
use crate::session::import::{ImportForm, ImportState, PreviewFault};
use crate::session::job::JobKind;
use crate::session::news::{Fault, News};
use crate::session::state::{Drawer, FileWish, Task};
use crate::session::whole_file::write_whole;
use crate::store::spare_stores;

impl Session {
    pub(in crate::session) fn apply_data(&mut self, command: DataCommand) {
        match command {
            DataCommand::OpenDefault => {
                let label = Message::new("job-open-own");
                self.on_store(label, |keeper, feedback| keeper.open_default(feedback));
            }
            DataCommand::Open(path) => {
                let label = Message::new("job-open").with("file", file_name(&path));
                self.on_store(label, move |keeper, feedback| keeper.open(&path, feedback));
            }
            DataCommand::New { path, empty } => {
                let path = with_ending(path, "gpkg");
                let label = Message::new("job-new").with("file", file_name(&path));
                self.on_store(label, move |keeper, feedback| keeper.create(&path, empty, feedback));
            }
            DataCommand::ChooseFile { wish, title, name } => {
                self.start(JobKind::Dialog, Message::new("job-dialog"), false, move |_| {
                    News::FileChosen(wish, dialog::choose(wish, &title, &name))
                });
            }
            DataCommand::SaveText { text, title, name } => {
                self.state.text_to_save = Some(text);
                let wish = FileWish::SaveText;
                self.apply_data(DataCommand::ChooseFile { wish, title, name });
            }
            DataCommand::TypePath(wish, path) => self.state.typed_path = Some((wish, path)),
            DataCommand::UseFile(wish, path) => self.use_file(wish, path),
            DataCommand::ExportKind(kind) => self.state.export_kind = Some(kind),
            DataCommand::ImportForm(form) => self.look_into(form),
            DataCommand::CloseImport => {
                self.stop(JobKind::Preview);
                self.state.import = ImportState::default();
                if matches!(self.state.drawer, Some(Drawer::Preview | Drawer::Report)) {
                    self.state.drawer = None;
                }
            }
            DataCommand::Import => {
                let Some(form) = &self.state.import.form else { return };
                let ask = form.ask();
                let label = Message::new("job-import").with("file", file_name(&form.file));
                let who = self.who.clone();
                self.on_store(label, move |keeper, feedback| keeper.import(&ask, &who, feedback));
            }
            DataCommand::UndoImport => {
                let label = Message::new("job-undo-import");
                let who = self.who.clone();
                self.on_store(label, move |keeper, _| keeper.undo_import(&who));
            }
            DataCommand::Follow => {
                if self.state.store.path.is_some() && !self.state.is_busy(JobKind::Store) {
                    let label = Message::new("job-follow");
                    self.on_store_unseen(label, |keeper, feedback| keeper.follow(feedback));
                }
            }
        }
    }

    fn use_file(&mut self, wish: FileWish, path: PathBuf) {
        self.state.typed_path = None;
        match wish {
            FileWish::Open => self.apply_data(DataCommand::Open(path)),
            FileWish::NewDemo => self.apply_data(DataCommand::New { path, empty: false }),
            FileWish::NewEmpty => self.apply_data(DataCommand::New { path, empty: true }),
            FileWish::Import => {
                self.state.task = Task::Data;
                self.state.card = None;
                self.state.prefs.panel_open = true;
                self.state.import = ImportState::default();
                self.look_into(ImportForm { file: path, ..ImportForm::default() });
            }
            FileWish::Export => {
                let shelters =
                    Some(Kind::Shelter).filter(|k| self.state.county.layer(*k).is_some());
                let first = self.state.county.layers().next().map(|layer| layer.kind());
                if let Some(kind) = self.state.export_kind.or(shelters).or(first) {
                    self.export(kind, path);
                }
            }
            FileWish::SaveText => self.save_text(path),
        }
    }

    /// Looks into a file before it is imported; again whenever the form changes.
    fn look_into(&mut self, form: ImportForm) {
        let ask = form.ask();
        // Whether rows are added or take the place of others shows in no preview.
        let same =
            self.state.import.form.as_ref().is_some_and(|before| {
                ImportForm { replace: form.replace, ..before.clone() } == form
            });
        self.state.import.form = Some(form);
        if same {
            return;
        }
        self.state.import.reports = None;
        let county = Arc::clone(&self.state.county);
        let label = Message::new("job-preview").with("file", file_name(&ask.file));
        self.start(JobKind::Preview, label, true, move |feedback| {
            let around = io::surroundings(&county);
            match io::preview_by(&io::Reader::usual(), &ask, &around, feedback) {
                Ok(preview) => News::Preview(Ok(preview)),
                Err(io::ImportError::Cancelled(_)) => News::Stopped,
                Err(error) => News::Preview(Err(PreviewFault {
                    code: error.code().to_owned(),
                    fault: Fault { message: error.message(), hint: error.hint() },
                })),
            }
        });
    }

    fn export(&mut self, kind: Kind, path: PathBuf) {
        let county = Arc::clone(&self.state.county);
        let label = Message::new("job-export").with("file", file_name(&path));
        self.on_store(label, move |_, _| {
            if let Err(error) = spare_stores(&path) {
                return error.into();
            }
            match io::export(county.features(kind), kind, &path) {
                Ok(features) => News::Exported { file: path, features },
                Err(error) => News::Failed(Fault { message: error.message(), hint: error.hint() }),
            }
        });
    }

    fn save_text(&mut self, path: PathBuf) {
        let Some(text) = self.state.text_to_save.take() else { return };
        let path = with_ending(path, "csv");
        let label = Message::new("job-export").with("file", file_name(&path));
        self.on_store(label, move |_, _| {
            if let Err(error) = spare_stores(&path) {
                return error.into();
            }
            match write_whole(&path, &text) {
                Ok(()) => {
                    let rows = text.lines().count().saturating_sub(1);
                    News::Exported { file: path, features: rows as u64 }
                }
                Err(error) => News::Failed(Fault { message: error.message(), hint: error.hint() }),
            }
        });
    }
}

fn file_name(path: &std::path::Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// A path without an ending gets this one.
fn with_ending(path: PathBuf, ending: &str) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension(ending) }
}

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
use crate::store::{Store, spare_stores};

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
                    let choice = dialog::choose(wish, &title, &name);
                    News::FileChosen { wish, choice, name }
                });
            }
            DataCommand::SaveText { text, title, name } => {
                self.state.text_to_save = Some(text);
                let wish = FileWish::SaveText;
                self.apply_data(DataCommand::ChooseFile { wish, title, name });
            }
            DataCommand::TypePath(wish, path) => match &mut self.state.path_ask {
                Some((_, asked)) => *asked = path,
                None => self.state.typed_path = Some((wish, path)),
            },
            DataCommand::AnswerPath(path) => {
                let asked = self.state.path_ask.take();
                if let (Some((wish, _)), Some(path)) = (asked, path) {
                    self.use_file(wish, PathBuf::from(path.trim()));
                }
            }
            DataCommand::UseFile(wish, path) => self.use_file(wish, path),
            DataCommand::ExportKind(kind) => self.state.export_kind = Some(kind),
            DataCommand::ImportForm(form) => self.look_into(form),
            DataCommand::CloseImport => {
                self.stop(JobKind::Preview);
                self.stop(JobKind::DryRun);
                // Whoever has read the report need not be told again.
                self.state.notices.withdraw(&["imported-partly"]);
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
            DataCommand::AskUndoImport => {
                let label = Message::new("job-undo-import");
                self.on_store_unseen(label, |keeper, _| keeper.last_import());
            }
            DataCommand::UndoImport(_) => {
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

    /// Asks for a path in the window; a new file is proposed beside the open store.
    pub(in crate::session) fn ask_for_path(&mut self, wish: FileWish, name: &str) {
        let folder = self.state.store.path.as_deref().and_then(std::path::Path::parent);
        let proposed = match folder {
            Some(folder) if !name.is_empty() => folder.join(name).display().to_string(),
            _ => name.to_owned(),
        };
        self.state.path_ask = Some((wish, proposed));
    }

    fn use_file(&mut self, wish: FileWish, path: PathBuf) {
        // A path with a slip in it is corrected more easily than typed again.
        if wish != FileWish::Import {
            self.state.typed_path = None;
        }
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
            FileWish::ExportAnswer => self.export_answer(path),
            FileWish::Area => self.read_area(path),
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
        self.state.import.outlook = None;
        self.stop(JobKind::DryRun);
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

    /// Tries out what an import would accept and refuse, on a connection of its own.
    pub(in crate::session) fn try_import(&mut self) {
        let (Some(form), Some(store)) = (&self.state.import.form, &self.state.store.path) else {
            return;
        };
        let ask = io::ImportAsk { dry_run: true, ..form.ask() };
        let (store, clock, who) = (store.clone(), Arc::clone(&self.clock), self.who.clone());
        let label = Message::new("job-try").with("file", file_name(&ask.file));
        self.start(JobKind::DryRun, label, true, move |feedback| {
            let tried = Store::open(&store, clock)
                .map(|mut store| io::import(&mut store, &ask, &who, feedback));
            match tried {
                Ok(Ok(reports)) => News::DryRun(reports),
                // What is missing is said by the preview, and a fault by the import itself.
                Ok(Err(_)) | Err(_) => News::Stopped,
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

    /// Writes the nearest facilities, nearest first, with their rank and distance.
    fn export_answer(&mut self, path: PathBuf) {
        let Some(answer) = self.state.nearest_answer.clone() else { return };
        let path = with_ending(path, "xlsx");
        let label = Message::new("job-export").with("file", file_name(&path));
        self.on_store(label, move |_, _| {
            let kind = answer.ask.kind;
            match io::export(&answer.features(), kind, &path) {
                Ok(features) => News::Exported { file: path, features },
                Err(error) => News::Failed(Fault { message: error.message(), hint: error.hint() }),
            }
        });
    }

    /// Reads a danger area from a file.
    fn read_area(&mut self, path: PathBuf) {
        let label = Message::new("job-area").with("file", file_name(&path));
        self.start(JobKind::Exposure, label, true, move |_| match io::read_area(&path) {
            Ok(polygons) => News::AreaRead(polygons, file_name(&path)),
            Err(error) => News::Failed(Fault { message: error.message(), hint: error.hint() }),
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

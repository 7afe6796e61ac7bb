//! Files into the store: read elsewhere, checked here, written in one transaction or not at all.

use std::path::Path;

use geo::BoundingRect;
use geo_types::Rect;

use super::ask::{ImportAsk, ImportReport, Preview, RowNote};
use super::error::ImportError;
use super::fault::ReadFault;
use super::gate::Ready;
use super::read::{LayerStart, Sink, Surroundings, look, read_file};
use super::shift::ShiftWatch;
use super::source::Input;
use super::worker::{Order, Reader, supervise};
use crate::base::Feedback;
use crate::county::{County, Layer};
use crate::model::Kind;
use crate::spatial::joined;
use crate::store::{ImportBatch, ImportTransaction, Store};

/// Imports a file: one transaction or nothing. A file with several layers gives several reports.
/// `who` is named in the change table.
///
/// The store stays as it is on an error, on a dry run, and when no row was accepted.
pub fn import(
    store: &mut Store,
    ask: &ImportAsk,
    who: &str,
    feedback: &Feedback,
) -> Result<Vec<ImportReport>, ImportError> {
    import_by(&Reader::usual(), store, ask, who, feedback)
}

/// The same, with a say in who reads the file.
pub fn import_by(
    reader: &Reader,
    store: &mut Store,
    ask: &ImportAsk,
    who: &str,
    feedback: &Feedback,
) -> Result<Vec<ImportReport>, ImportError> {
    let county = store.read_county(feedback)?;
    let around = surroundings(&county);
    // Who names the system has decided about shifts.
    let watch = if ask.crs.is_none() { ShiftWatch::of(&county) } else { ShiftWatch::default() };
    drop(county);
    let by = Author { who, demo: false };
    let mut intake = Intake::new(store, ask, by, feedback, watch);
    match reader {
        Reader::Own => {
            let input = Input::File(ask.file.clone());
            read_file(&input, ask, &around, &mut intake).map_err(|e| e.about(&ask.file))?;
        }
        Reader::Process(program) => {
            let order = Order { ask: ask.clone(), around, preview: false };
            supervise(program, &order, feedback, &mut intake)?;
        }
    }
    intake.finish()
}

/// Imports files that are part of the program, all in one transaction; a refused row is left to the caller.
pub(super) fn import_embedded(
    store: &mut Store,
    files: &[(Input, ImportAsk)],
    feedback: &Feedback,
) -> Result<Vec<ImportReport>, ImportError> {
    let Some((_, first)) = files.first() else { return Ok(Vec::new()) };
    let by = Author { who: "shouye", demo: true };
    let mut intake = Intake::new(store, first, by, feedback, ShiftWatch::default());
    for (input, ask) in files {
        intake.ask = ask;
        read_file(input, ask, &Surroundings::default(), &mut intake)
            .map_err(|e| e.about(&ask.file))?;
    }
    intake.finish()
}

/// Looks at a file without importing it.
pub fn preview(ask: &ImportAsk, feedback: &Feedback) -> Result<Preview, ImportError> {
    preview_by(&Reader::usual(), ask, &Surroundings::default(), feedback)
}

/// The same, with a say in who reads the file and what is known of the county.
pub fn preview_by(
    reader: &Reader,
    ask: &ImportAsk,
    around: &Surroundings,
    feedback: &Feedback,
) -> Result<Preview, ImportError> {
    match reader {
        Reader::Own => look(&Input::File(ask.file.clone()), ask, around)
            .map_err(|fault| ImportError::read(&ask.file, fault)),
        Reader::Process(program) => {
            let order = Order { ask: ask.clone(), around: around.clone(), preview: true };
            let preview = supervise(program, &order, feedback, &mut Nobody(&ask.file))?;
            preview.ok_or_else(|| ImportError::WorkerDied {
                file: ask.file.clone(),
                why: "no preview".to_owned(),
            })
        }
    }
}

/// What the reader should know about the county: the boundary's extent, else that of everything.
pub fn surroundings(county: &County) -> Surroundings {
    let boundary = county.layer(Kind::Boundary).and_then(Layer::extent);
    let corners = |r: Rect<f64>| [r.min().x, r.min().y, r.max().x, r.max().y];
    Surroundings { extent: boundary.or_else(|| county.extent()).map(corners) }
}

/// Who imports.
#[derive(Clone, Copy)]
struct Author<'a> {
    who: &'a str,
    /// The program itself, which lays down the demo county.
    demo: bool,
}

/// Takes rows into the store and keeps the reports.
struct Intake<'s> {
    /// Until the first row of the first layer.
    store: Option<&'s mut Store>,
    transaction: Option<ImportTransaction<'s>>,
    ask: &'s ImportAsk,
    by: Author<'s>,
    feedback: &'s Feedback,
    columns: Vec<String>,
    reports: Vec<ImportReport>,
    extent: Option<Rect<f64>>,
    watch: ShiftWatch,
}

impl<'s> Intake<'s> {
    fn new(
        store: &'s mut Store,
        ask: &'s ImportAsk,
        by: Author<'s>,
        feedback: &'s Feedback,
        watch: ShiftWatch,
    ) -> Self {
        Self {
            store: Some(store),
            transaction: None,
            ask,
            by,
            feedback,
            columns: Vec::new(),
            reports: Vec::new(),
            extent: None,
            watch,
        }
    }

    fn report(&mut self) -> Result<&mut ImportReport, ImportError> {
        let file = &self.ask.file;
        self.reports
            .last_mut()
            .ok_or_else(|| ImportError::read(file, ReadFault::damaged(0, "rows without a layer")))
    }

    /// The transaction begins with the first accepted row: a file without any replaces nothing.
    fn begin(&mut self, kind: Kind) -> Result<(), ImportError> {
        if self.ask.dry_run {
            return Ok(());
        }
        if let Some(store) = self.store.take() {
            let name = self.ask.file.file_name().unwrap_or_default();
            self.transaction = Some(store.import(ImportBatch {
                kind,
                source: name.to_string_lossy().into_owned(),
                replace: self.ask.replace,
                who: self.by.who.to_owned(),
                demo: self.by.demo,
            })?);
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<ImportReport>, ImportError> {
        self.feedback.check()?;
        if let Some(transaction) = self.transaction.take() {
            transaction.commit()?;
        }
        Ok(self.reports)
    }
}

impl Sink for Intake<'_> {
    type Error = ImportError;

    fn layer(&mut self, start: LayerStart) -> Result<(), ImportError> {
        self.extent = None;
        self.columns.clear();
        self.reports.push(ImportReport {
            file: self.ask.file.display().to_string(),
            format: start.format,
            layer: start.name,
            kind: start.kind,
            crs: start.crs,
            encoding: start.encoding,
            read: 0,
            accepted: 0,
            refused: Vec::new(),
            warnings: Vec::new(),
            extent: None,
        });
        Ok(())
    }

    fn columns(&mut self, fresh: &[String]) -> Result<(), ImportError> {
        self.columns.extend_from_slice(fresh);
        Ok(())
    }

    fn row(&mut self, ready: Ready) -> Result<(), ImportError> {
        self.feedback.check()?;
        let Ready { mut feature, extra, .. } = ready;
        self.begin(feature.kind)?;
        feature.extra = extra
            .into_iter()
            .filter_map(|(at, value)| Some((self.columns.get(at as usize)?.clone(), value)))
            .collect();
        if let Some(own) = feature.geometry.as_ref().and_then(BoundingRect::bounding_rect) {
            self.extent = Some(self.extent.map_or(own, |all| joined(all, own)));
            self.watch.see(&feature.name, own);
        }
        if let Some(transaction) = &mut self.transaction {
            transaction.put(&feature)?;
        }
        self.report()?.accepted += 1;
        Ok(())
    }

    fn refuse(&mut self, note: RowNote) -> Result<(), ImportError> {
        self.report()?.refused.push(note);
        Ok(())
    }

    fn warn(&mut self, note: RowNote) -> Result<(), ImportError> {
        self.report()?.warnings.push(note);
        Ok(())
    }

    fn progress(&mut self, done: u64, total: u64) -> Result<(), ImportError> {
        self.feedback.report(done, total);
        Ok(self.feedback.check()?)
    }

    fn end(&mut self, read: u64) -> Result<(), ImportError> {
        let extent = self.extent.map(|r| [r.min().x, r.min().y, r.max().x, r.max().y]);
        let shifted = self.watch.verdict();
        let report = self.report()?;
        report.read = read;
        report.extent = extent;
        let told = report.warnings.iter().any(|note| note.code == "likely_shifted");
        report.warnings.extend(shifted.filter(|_| !told));
        Ok(())
    }
}

/// Takes nothing: for a look.
struct Nobody<'a>(&'a Path);

impl Nobody<'_> {
    fn unexpected(&self) -> ImportError {
        ImportError::WorkerDied { file: self.0.to_owned(), why: "rows for a preview".to_owned() }
    }
}

impl Sink for Nobody<'_> {
    type Error = ImportError;
    fn layer(&mut self, _: LayerStart) -> Result<(), ImportError> {
        Err(self.unexpected())
    }
    fn columns(&mut self, _: &[String]) -> Result<(), ImportError> {
        Err(self.unexpected())
    }
    fn row(&mut self, _: Ready) -> Result<(), ImportError> {
        Err(self.unexpected())
    }
    fn refuse(&mut self, _: RowNote) -> Result<(), ImportError> {
        Err(self.unexpected())
    }
    fn warn(&mut self, _: RowNote) -> Result<(), ImportError> {
        Err(self.unexpected())
    }
    fn progress(&mut self, _: u64, _: u64) -> Result<(), ImportError> {
        Ok(())
    }
    fn end(&mut self, _: u64) -> Result<(), ImportError> {
        Err(self.unexpected())
    }
}

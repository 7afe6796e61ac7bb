//! Files into the store: read elsewhere, checked here, written in one transaction or not at all.

use std::path::Path;

use geo::BoundingRect;
use geo_types::Rect;

use super::ask::{ImportAsk, ImportReport, Preview, RowNote, RowsTaken};
use super::clip::{Clip, boundary};
use super::error::ImportError;
use super::fault::ReadFault;
use super::gate::Ready;
use super::known::Known;
use super::note::Tally;
use super::read::{LayerStart, Sink, Surroundings, look, read_file};
use super::shift::ShiftWatch;
use super::source::Input;
use super::worker::{Order, Reader, supervise};
use crate::base::Feedback;
use crate::county::{County, Layer};
use crate::model::{Feature, Kind};
use crate::spatial::joined;
use crate::store::{ImportBatch, ImportTransaction, Put, Store};

/// Memory for notes of one import: some two hundred thousand of them. More are only counted.
const MAX_NOTES_WEIGHT: usize = 64 << 20;

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
    let mut around = surroundings(&county);
    if ask.clip == Some(Clip::Boundary) {
        around.boundary = boundary(&county);
    }
    let known = Known::of(&county);
    drop(county);
    let by = Author { who, demo: false };
    let mut intake = Intake::new(store, ask, by, feedback, known);
    match reader.program() {
        None => {
            let input = Input::File(ask.file.clone());
            read_file(&input, ask, &around, &mut intake).map_err(|e| e.about(&ask.file))?;
        }
        Some((program, limits)) => {
            let order = Order { ask: ask.clone(), around, preview: false, limits };
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
    let mut intake = Intake::new(store, first, by, feedback, Known::default());
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
    match reader.program() {
        None => look(&Input::File(ask.file.clone()), ask, around)
            .map_err(|fault| ImportError::read(&ask.file, fault)),
        Some((program, limits)) => {
            let order = Order { ask: ask.clone(), around: around.clone(), preview: true, limits };
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
    Surroundings { extent: boundary.or_else(|| county.extent()).map(corners), boundary: None }
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
    known: Known,
    watch: ShiftWatch,
    /// Our own warnings of the present layer.
    tally: Tally,
    /// What all notes weigh so far, and how many of the present layer were too many.
    weight: usize,
    untold: [u64; 2],
}

impl<'s> Intake<'s> {
    fn new(
        store: &'s mut Store,
        ask: &'s ImportAsk,
        by: Author<'s>,
        feedback: &'s Feedback,
        known: Known,
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
            known,
            watch: ShiftWatch::default(),
            tally: Tally::default(),
            weight: 0,
            untold: [0; 2],
        }
    }

    fn report(&mut self) -> Result<&mut ImportReport, ImportError> {
        let file = &self.ask.file;
        self.reports
            .last_mut()
            .ok_or_else(|| ImportError::read(file, ReadFault::damaged(0, "rows without a layer")))
    }

    /// The transaction begins with the first accepted row: a file without any replaces nothing. A dry run
    /// has one too, which is never committed: so it says what would change.
    fn begin(&mut self, kind: Kind) -> Result<(), ImportError> {
        let Some(store) = self.store.take() else { return Ok(()) };
        let name = self.ask.file.file_name().unwrap_or_default();
        let begun = store.import(ImportBatch {
            kind,
            source: name.to_string_lossy().into_owned(),
            replace: self.ask.replace,
            who: self.by.who.to_owned(),
            demo: self.by.demo,
        });
        match begun {
            Ok(transaction) => self.transaction = Some(transaction),
            // One may also try what a file would do to a store that cannot be written.
            Err(_) if self.ask.dry_run => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// Says that a record has another name now: two ledgers may use one code for different things.
    fn tell_new_name(&mut self, row: u64, new: &Feature) {
        // Without a code the record's own id says that it is the same.
        let (Some(code), Some(before)) = (new.code.clone(), self.known.other_name(new)) else {
            return;
        };
        let before = before.to_owned();
        if !self.ask.replace && self.tally.admits("renamed") {
            let note = RowNote::new(row, "renamed").with("code", code).with("before", before);
            self.note(note.with("name", new.name.as_str()), false);
        }
    }

    /// What the row says about others of its name.
    fn compare(&mut self, row: u64, new: &Feature, own: Rect<f64>, put: Option<Put>) {
        if new.name.is_empty() {
            return;
        }
        // Who names the system has decided about shifts.
        if self.ask.crs.is_none()
            && let Some(known) = self.known.only(new.kind, &new.name)
        {
            self.watch.see(own, known);
        }
        if put == Some(Put::Added)
            && !self.ask.replace
            && let Some(other) = self.known.double_of(new, own)
            && self.tally.admits("possible_duplicate")
        {
            let note = RowNote::new(row, "possible_duplicate").with("name", new.name.as_str());
            self.note(note.with("id", other.to_string()), false);
        }
    }

    /// Keeps a note, or only counts it once all together are too many: who reads the file is not trusted.
    fn note(&mut self, note: RowNote, refused: bool) {
        self.weight += note.weight();
        let room = self.weight <= MAX_NOTES_WEIGHT;
        match self.reports.last_mut() {
            Some(report) if room && refused => report.refused.push(note),
            Some(report) if room => report.warnings.push(note),
            _ => self.untold[usize::from(refused)] += 1,
        }
    }

    fn finish(mut self) -> Result<Vec<ImportReport>, ImportError> {
        self.feedback.check()?;
        if let Some(transaction) = self.transaction.take()
            && !self.ask.dry_run
        {
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
            taken: None,
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
        let Ready { row, mut feature, extra } = ready;
        self.begin(feature.kind)?;
        feature.extra = extra
            .into_iter()
            .filter_map(|(at, value)| Some((self.columns.get(at as usize)?.clone(), value)))
            .collect();
        let put = match &mut self.transaction {
            Some(transaction) => Some(transaction.put(&feature)?),
            None => None,
        };
        if put == Some(Put::Updated) {
            self.tell_new_name(row, &feature);
        }
        if let Some(own) = feature.geometry.as_ref().and_then(BoundingRect::bounding_rect) {
            self.extent = Some(self.extent.map_or(own, |all| joined(all, own)));
            self.compare(row, &feature, own, put);
        }
        let report = self.report()?;
        report.accepted += 1;
        if let Some(put) = put {
            let taken = report.taken.get_or_insert_with(RowsTaken::default);
            *match put {
                Put::Added => &mut taken.added,
                Put::Updated => &mut taken.updated,
                Put::Unchanged => &mut taken.unchanged,
            } += 1;
        }
        Ok(())
    }

    fn refuse(&mut self, note: RowNote) -> Result<(), ImportError> {
        self.report()?;
        self.note(note, true);
        Ok(())
    }

    fn warn(&mut self, note: RowNote) -> Result<(), ImportError> {
        self.report()?;
        self.note(note, false);
        Ok(())
    }

    fn progress(&mut self, done: u64, total: u64) -> Result<(), ImportError> {
        self.feedback.report(done, total);
        Ok(self.feedback.check()?)
    }

    fn end(&mut self, read: u64) -> Result<(), ImportError> {
        let extent = self.extent.map(|r| [r.min().x, r.min().y, r.max().x, r.max().y]);
        let shifted = self.watch.verdict();
        let more = self.tally.rest();
        let [warnings, refused] = std::mem::take(&mut self.untold);
        let report = self.report()?;
        report.read = read;
        report.extent = extent;
        if report.accepted == 0 {
            report.taken = Some(RowsTaken::default());
        }
        let told = report.warnings.iter().any(|note| note.code == "likely_shifted");
        report.warnings.extend(shifted.filter(|_| !told));
        report.warnings.extend(more);
        for (code, count) in [("more_refused", refused), ("more_warnings", warnings)] {
            if count > 0 {
                report.warnings.push(RowNote::new(0, code).with("count", count));
            }
        }
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::base::{FixedClock, Timestamp};

    #[test]
    fn more_notes_than_can_be_kept_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(FixedClock::at(Timestamp(0)));
        let mut store = Store::create(&folder.path().join("county.gpkg"), clock).unwrap();
        let (ask, feedback) = (ImportAsk::default(), Feedback::default());
        let by = Author { who: "test", demo: false };
        let mut intake = Intake::new(&mut store, &ask, by, &feedback, Known::default());
        let start = LayerStart {
            format: "CSV".to_owned(),
            name: "a".to_owned(),
            kind: Kind::School,
            crs: String::new(),
            encoding: "UTF-8".to_owned(),
        };
        intake.layer(start).unwrap();
        let why = crate::base::Message::new("x".repeat(10_000));
        let note = RowNote::new(1, "damaged_row").with("why", why);
        for _ in 0..10_000 {
            intake.refuse(note.clone()).unwrap();
        }
        intake.end(10_000).unwrap();
        let report = intake.finish().unwrap().remove(0);
        let kept = report.refused.len();
        assert!((5000..10_000).contains(&kept), "{kept}");
        let [more] = &report.warnings[..] else {
            unreachable!("one warning: {:?}", report.warnings)
        };
        assert_eq!(more.code, "more_refused");
        assert!(more.message.args.contains(&("count".into(), (10_000 - kept).into())));
    }
}

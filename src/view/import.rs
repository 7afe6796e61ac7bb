//! What the import panel shows: what a file holds, how it was understood, what became of it.

use super::table::{Cell, Heading, Row, Table};
use crate::base::{Arg, Message};
use crate::io::{ImportReport, PreviewLayer, RowNote};
use crate::model::Kind;
use crate::session::AppState;
use crate::session::import::{ImportForm, PreviewFault};
use crate::session::job::JobKind;
use crate::session::state::FileWish;

/// How far the import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportStage {
    /// The file is being looked into.
    Looking,
    /// It could not be looked into.
    Failed,
    /// It can be imported.
    Ready,
    /// Nothing in it can be imported as it was understood.
    Nothing,
    /// Something has to be decided by hand first.
    Ask,
    /// It is being imported.
    Importing,
    /// It was imported, or nothing of it was fit.
    Done,
}

/// What an import would do, or has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows taken in.
    pub accepted: u64,
    /// Rows refused.
    pub refused: u64,
    /// Rows somebody should look at.
    pub warned: u64,
}

/// Notes that say the same about several rows.
#[derive(Clone, Debug, PartialEq)]
pub struct NoteGroup {
    /// How many there are.
    pub count: u64,
    /// The first one.
    pub message: Message,
    /// All say the same words.
    pub same: bool,
    /// The first rows; empty if the file as a whole is meant.
    pub rows: Vec<u64>,
}

/// How many rows a group of notes names.
const NAMED: usize = 5;

/// Groups notes by what they are about, the most frequent first.
pub fn grouped(notes: &[RowNote]) -> Vec<NoteGroup> {
    let mut groups: Vec<(&str, NoteGroup)> = Vec::new();
    for note in notes {
        // The reader stops listing at some point and says how many more there are.
        let (code, count) = match (arg(note, "code"), arg(note, "count")) {
            (Some(Arg::Text(code)), Some(Arg::Count(more))) if note.code == "more_notes" => {
                (code.as_str(), u64::try_from(*more).unwrap_or(0))
            }
            _ => (note.code.as_str(), 1),
        };
        match groups.iter_mut().find(|(own, _)| *own == code) {
            Some((_, group)) => {
                group.count += count;
                group.same &= note.code == "more_notes" || note.message == group.message;
                if note.row > 0 && group.rows.len() < NAMED {
                    group.rows.push(note.row);
                }
            }
            None => {
                let rows = if note.row > 0 { vec![note.row] } else { Vec::new() };
                let message = note.message.clone();
                groups.push((code, NoteGroup { count, message, same: true, rows }));
            }
        }
    }
    let mut out: Vec<NoteGroup> = groups.into_iter().map(|(_, group)| group).collect();
    out.sort_by_key(|group| std::cmp::Reverse(group.count));
    out
}

fn arg<'n>(note: &'n RowNote, name: &str) -> Option<&'n Arg> {
    note.message.args.iter().find(|(own, _)| own == name).map(|(_, value)| value)
}

/// Rows accepted, refused and warned of in these reports.
pub fn counts(reports: &[ImportReport]) -> Counts {
    let warned = |report: &ImportReport| grouped(&report.warnings).iter().map(|g| g.count).sum();
    reports.iter().fold(Counts::default(), |sum, report| {
        let more: u64 = warned(report);
        Counts {
            accepted: sum.accepted + report.accepted,
            refused: sum.refused + report.refused.len() as u64,
            warned: sum.warned + more,
        }
    })
}

/// What the import panel shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportSummary {
    /// The form.
    pub form: ImportForm,
    /// The file's name.
    pub file: String,
    /// How far it has come.
    pub stage: ImportStage,
    /// Why it failed; what to do next is said by [`Self::hint`].
    pub fault: Option<Message>,
    /// What to do next.
    pub hint: Option<Message>,
    /// Format and encoding, once known.
    pub format: Option<(String, String)>,
    /// Layers or sheets.
    pub layers: Vec<String>,
    /// The layer looked at.
    pub layer: Option<PreviewLayer>,
    /// Kind of the layer looked at: by hand, or as recognised.
    pub kind: Option<Kind>,
    /// The form can mend what is wrong; there is nothing to choose in it for a file that is not there.
    pub mendable: bool,
    /// What an import would do; `None` while that is tried out.
    pub outlook: Option<Counts>,
    /// What it would refuse and warn of.
    pub outlook_notes: (Vec<NoteGroup>, Vec<NoteGroup>),
    /// It is being tried out.
    pub trying: bool,
    /// A path being typed in place of this one.
    pub typed: Option<(FileWish, String)>,
    /// What became of it.
    pub reports: Vec<ImportReport>,
    /// Refused rows and warnings in all.
    pub notes: usize,
}

/// What can be mended in the form.
fn mendable(code: &str) -> Option<&'static str> {
    match code {
        "wrong_encoding" | "encoding_unknown" | "encoding_name" => Some("import-mend-encoding"),
        "kind_unknown" => Some("import-mend-kind"),
        code if code.starts_with("crs_") => Some("import-mend-crs"),
        "column_not_found" | "unknown_field" => Some("import-mend-column"),
        _ => None,
    }
}

/// Builds what the import panel shows; `None` if no file is being imported.
pub fn import_summary(state: &AppState) -> Option<ImportSummary> {
    let own = &state.import;
    let form = own.form.clone()?;
    let preview = own.preview.as_ref();
    let layer = preview.and_then(|preview| {
        let named = form.source_layer.as_deref();
        match named {
            Some(name) => preview.layers.iter().find(|layer| layer.name == name),
            // The first that is recognised is what an import without a choice begins with.
            None => {
                preview.layers.iter().find(|layer| layer.kind.is_some()).or(preview.layers.first())
            }
        }
    });
    let kind = form.kind.or(layer.and_then(|layer| layer.kind));
    let importing = state.jobs.iter().any(|job| job.label.id == "job-import");
    let needs_crs = layer.is_some_and(|layer| layer.crs.is_none() && form.crs.is_none());
    let on_map = kind.is_some_and(Kind::has_geometry);
    let stage = if importing {
        ImportStage::Importing
    } else if state.is_busy(JobKind::Preview) {
        ImportStage::Looking
    } else if own.reports.is_some() {
        ImportStage::Done
    } else if own.fault.is_some() {
        ImportStage::Failed
    } else if kind.is_none() || (needs_crs && on_map) {
        ImportStage::Ask
    } else if own.outlook.as_deref().is_some_and(|tried| counts(tried).accepted == 0) {
        ImportStage::Nothing
    } else {
        ImportStage::Ready
    };
    let (fault, hint) = match (&own.fault, stage) {
        (Some(fault), ImportStage::Failed) => (Some(fault.fault.message.clone()), hint(fault)),
        (_, ImportStage::Ask) if kind.is_none() => (None, Some(Message::new("import-mend-kind"))),
        (_, ImportStage::Ask) => (None, Some(Message::new("import-mend-crs"))),
        (_, ImportStage::Nothing) => (None, Some(Message::new("import-nothing"))),
        _ => (None, None),
    };
    let reports = own.reports.clone().unwrap_or_default();
    let tried = own.outlook.as_deref().unwrap_or_default();
    let all = |notes: fn(&ImportReport) -> &Vec<RowNote>| {
        let all: Vec<RowNote> = tried.iter().flat_map(notes).cloned().collect();
        grouped(&all)
    };
    let mendable = own.fault.as_ref().is_none_or(|fault| mendable(&fault.code).is_some());
    Some(ImportSummary {
        file: form
            .file
            .file_name()
            .map_or_else(|| form.file.display().to_string(), |n| n.to_string_lossy().into_owned()),
        stage,
        fault,
        hint,
        format: preview.map(|p| (p.format.clone(), p.encoding.clone())),
        layers: preview
            .map(|p| p.layers.iter().map(|l| l.name.clone()).collect())
            .unwrap_or_default(),
        layer: layer.cloned(),
        kind,
        mendable: mendable || preview.is_some(),
        outlook: own.outlook.as_deref().map(counts),
        outlook_notes: (all(|report| &report.refused), all(|report| &report.warnings)),
        typed: state.typed_path.clone().filter(|(wish, _)| *wish == FileWish::Import),
        trying: state.is_busy(JobKind::DryRun),
        notes: reports.iter().map(|r| r.refused.len() + r.warnings.len()).sum(),
        reports,
        form,
    })
}

/// What to do next: in the form where it can be mended there, else as the importer says.
fn hint(fault: &PreviewFault) -> Option<Message> {
    mendable(&fault.code).map(Message::new).or_else(|| fault.fault.hint.clone())
}

/// The first rows of the file.
pub fn preview_table(state: &AppState) -> Option<Table> {
    let summary = import_summary(state)?;
    let layer = summary.layer?;
    let columns = layer.columns.iter().map(|c| (Heading::Header(c.name.clone()), false)).collect();
    let rows = layer
        .rows
        .iter()
        .map(|row| Row {
            feature: None,
            cells: row.iter().map(|text| Cell::Text(text.clone())).collect(),
        })
        .collect();
    let title = Message::new("import-preview-title").with("file", summary.file);
    Some(Table::new(title, columns, rows))
}

/// What the import refused and warned of.
pub fn report_table(state: &AppState) -> Option<Table> {
    let summary = import_summary(state)?;
    let columns = vec![
        (Heading::Message("column-row"), true),
        (Heading::Message("column-outcome"), false),
        (Heading::Message("column-reason"), false),
    ];
    let line = |note: &RowNote, outcome: &'static str| Row {
        feature: None,
        cells: vec![
            if note.row == 0 {
                Cell::Message(Message::new("whole-file"))
            } else {
                Cell::Count(note.row)
            },
            Cell::Message(Message::new(outcome)),
            Cell::Message(note.message.clone()),
        ],
    };
    let tried = state.import.outlook.as_deref().unwrap_or_default();
    let done = !summary.reports.is_empty();
    let rows = if done { summary.reports.as_slice() } else { tried }
        .iter()
        .flat_map(|report| {
            let refused = report.refused.iter().map(|note| line(note, "outcome-refused"));
            refused.chain(report.warnings.iter().map(|note| line(note, "outcome-warning")))
        })
        .collect();
    let id = if done { "import-report-title" } else { "import-outlook-title" };
    let title = Message::new(id).with("file", summary.file);
    Some(Table::new(title, columns, rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(row: u64, code: &str, text: &str) -> RowNote {
        let message = Message::new("import-note-negative-value").with("text", text);
        RowNote { row, code: code.to_owned(), message }
    }

    #[test]
    fn notes_about_the_same_make_one_line_with_all_of_them_counted() {
        let mut notes: Vec<RowNote> = (2..=8).map(|row| note(row, "far_away", "")).collect();
        notes.push(note(9, "negative_value", "-5"));
        notes.push(note(10, "negative_value", "-7"));
        let mut more = note(0, "more_notes", "");
        more.message = Message::new("import-note-more-notes").with("code", "far_away");
        more.message = more.message.with("count", 100_u64);
        notes.push(more);
        let groups = grouped(&notes);
        assert_eq!((groups[0].count, groups[0].same), (107, true));
        assert_eq!(groups[0].rows, [2, 3, 4, 5, 6]);
        assert_eq!((groups[1].count, groups[1].same), (2, false));
    }
}

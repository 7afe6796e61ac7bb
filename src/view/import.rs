//! What the import panel shows: what a file holds, how it was understood, what became of it.

use super::table::{Cell, Heading, Row, Table};
use crate::base::Message;
use crate::io::{ImportReport, PreviewLayer, RowNote};
use crate::model::Kind;
use crate::session::AppState;
use crate::session::import::{ImportForm, PreviewFault};
use crate::session::job::JobKind;

/// How far the import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportStage {
    /// The file is being looked into.
    Looking,
    /// It could not be looked into.
    Failed,
    /// It can be imported.
    Ready,
    /// Something has to be decided by hand first.
    Ask,
    /// It is being imported.
    Importing,
    /// It was imported, or nothing of it was fit.
    Done,
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
    } else {
        ImportStage::Ready
    };
    let (fault, hint) = match (&own.fault, stage) {
        (Some(fault), ImportStage::Failed) => (Some(fault.fault.message.clone()), hint(fault)),
        (_, ImportStage::Ask) if kind.is_none() => (None, Some(Message::new("import-mend-kind"))),
        (_, ImportStage::Ask) => (None, Some(Message::new("import-mend-crs"))),
        _ => (None, None),
    };
    let reports = own.reports.clone().unwrap_or_default();
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
    let rows = summary
        .reports
        .iter()
        .flat_map(|report| {
            let refused = report.refused.iter().map(|note| line(note, "outcome-refused"));
            refused.chain(report.warnings.iter().map(|note| line(note, "outcome-warning")))
        })
        .collect();
    let title = Message::new("import-report-title").with("file", summary.file);
    Some(Table::new(title, columns, rows))
}

//! `shouye import`: reads files into the store, one transaction each, or takes the last one back.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::args::ImportArgs;
use super::console::{Answer, Console, ErrorBody};
use super::fault::{Fault, path_text};
use super::table::Align::{Left, Right};
use super::{figure, progress};
use crate::base::Message;
use crate::county::County;
use crate::io::{Clip, ImportAsk, ImportReport, NoClip, RowNote};
use crate::model::Kind;
use crate::session::home::login_name;
use crate::session::workspace;
use crate::store::{BatchSummary, Store, StoreError};

/// How many refused rows and warnings are shown to people; `--json` has them all.
const NOTES_SHOWN: usize = 20;

#[derive(Serialize)]
struct Imported<'a> {
    files: Vec<FileOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorBody>,
}

#[derive(Serialize)]
struct FileOut<'a> {
    file: &'a str,
    format: &'a str,
    layer: &'a str,
    kind: &'static str,
    crs: &'a str,
    encoding: &'a str,
    read: u64,
    accepted: u64,
    added: Option<u64>,
    updated: Option<u64>,
    unchanged: Option<u64>,
    refused: Vec<NoteOut<'a>>,
    warnings: Vec<NoteOut<'a>>,
    extent: Option<[f64; 4]>,
    /// Sample rows of the kind that count nowhere now, because there are real ones.
    samples_left_out: u64,
}

#[derive(Serialize)]
struct NoteOut<'a> {
    row: u64,
    code: &'a str,
    message: String,
}

/// Imports files in order; the first that fails ends the run and leaves earlier ones in.
pub fn run(ask: &ImportArgs, console: &Console) -> Result<Answer, Fault> {
    if ask.undo {
        return undo(console);
    }
    let columns = columns(&ask.column)?;
    let clip = ask.clip.as_deref().map(clip).transpose()?;
    let mut store = console.open_store()?;
    let mut reports = Vec::new();
    let mut fault = None;
    for file in &ask.files {
        match import(&mut store, file, ask, (&columns, clip), console) {
            Ok(more) => reports.extend(more),
            Err(why) => {
                fault = Some(why);
                break;
            }
        }
        if let Some(why) = nothing_accepted(file, &reports) {
            fault = Some(why);
            break;
        }
    }
    let brings_roads =
        |report: &ImportReport| County::ROADS.contains(&report.kind) && report.accepted > 0;
    if !ask.dry_run && reports.iter().any(brings_roads) {
        let title = Message::new("job-net");
        progress::shown(&console.say(&title), |feedback| {
            workspace::keep_net(&mut store, feedback);
        });
    }
    match fault {
        // Without a single report the error object says it all.
        Some(fault) if reports.is_empty() => Err(fault),
        fault => {
            let samples = samples_left_out(&store, &reports)?;
            done(&reports, &samples, fault.as_ref(), ask, console)
        }
    }
}

/// The sample rows that no longer count, of each kind that was imported.
fn samples_left_out(
    store: &Store,
    reports: &[ImportReport],
) -> Result<BTreeMap<Kind, u64>, StoreError> {
    let kinds = reports.iter().map(|report| report.kind);
    kinds.map(|kind| Ok((kind, store.samples_left_out(kind)?))).collect()
}

fn import(
    store: &mut Store,
    file: &Path,
    ask: &ImportArgs,
    (columns, clip): (&[(String, String)], Option<Clip>),
    console: &Console,
) -> Result<Vec<ImportReport>, Fault> {
    let ask = ImportAsk {
        file: file.to_owned(),
        kind: ask.kind,
        source_layer: ask.layer.clone(),
        crs: ask.crs.clone(),
        encoding: ask.encoding.clone(),
        columns: columns.to_vec(),
        clip,
        replace: ask.replace,
        dry_run: ask.dry_run,
    };
    let title = Message::new("cli-progress-import").with("file", path_text(file));
    progress::shown(&console.say(&title), |feedback| {
        Ok(workspace::import(store, &ask, &login_name(), feedback)?)
    })
}

fn clip(text: &str) -> Result<Clip, Fault> {
    text.parse().map_err(|_no_extent: NoClip| {
        Fault::usage(Message::new("cli-clip-unreadable").with("text", text))
            .hint(Message::new("cli-clip-hint"))
    })
}

fn columns(texts: &[String]) -> Result<Vec<(String, String)>, Fault> {
    let read = |text: &String| {
        let (field, column) = text.split_once('=')?;
        let (field, column) = (field.trim(), column.trim());
        (!field.is_empty() && !column.is_empty()).then(|| (field.to_owned(), column.to_owned()))
    };
    texts
        .iter()
        .map(|text| {
            read(text).ok_or_else(|| {
                Fault::usage(Message::new("cli-column-unreadable").with("text", text.as_str()))
                    .hint(Message::new("cli-column-hint"))
            })
        })
        .collect()
}

/// A file that was read but gave nothing counts as failed.
fn nothing_accepted(file: &Path, reports: &[ImportReport]) -> Option<Fault> {
    let name = path_text(file);
    let mut own = reports.iter().filter(|report| report.file == name).peekable();
    own.peek()?;
    own.all(|report| report.accepted == 0).then(|| {
        Fault::new("nothing_accepted", Message::new("cli-import-nothing").with("file", name))
            .hint(Message::new("cli-import-nothing-hint"))
    })
}

fn done(
    reports: &[ImportReport],
    samples: &BTreeMap<Kind, u64>,
    fault: Option<&Fault>,
    ask: &ImportArgs,
    console: &Console,
) -> Result<Answer, Fault> {
    let out = Imported {
        files: reports.iter().map(|report| file_out(report, samples, console)).collect(),
        error: fault.map(|fault| console.error(fault)),
    };
    let mut answer = console.answer(&out, || {
        let parts: Vec<String> = reports.iter().map(|report| text(report, ask, console)).collect();
        let left_out = samples.iter().filter(|(_, count)| **count > 0).map(|(kind, count)| {
            let words = Message::new("cli-import-samples-left-out")
                .with("kind", console.kind(*kind))
                .with("count", figure::count(*count));
            format!("{}\n", console.say(&words))
        });
        parts.into_iter().chain(left_out).collect::<Vec<_>>().join("\n")
    })?;
    if let Some(fault) = fault {
        console.complain(fault);
        answer.ok = false;
    }
    Ok(answer)
}

fn file_out<'a>(
    report: &'a ImportReport,
    samples: &BTreeMap<Kind, u64>,
    console: &Console,
) -> FileOut<'a> {
    let notes = |notes: &'a [RowNote]| {
        notes
            .iter()
            .map(|note| NoteOut {
                row: note.row,
                code: &note.code,
                message: console.say(&note.message),
            })
            .collect()
    };
    FileOut {
        file: &report.file,
        format: &report.format,
        layer: &report.layer,
        kind: report.kind.key(),
        crs: &report.crs,
        encoding: &report.encoding,
        read: report.read,
        accepted: report.accepted,
        added: report.taken.map(|taken| taken.added),
        updated: report.taken.map(|taken| taken.updated),
        unchanged: report.taken.map(|taken| taken.unchanged),
        refused: notes(&report.refused),
        warnings: notes(&report.warnings),
        extent: report.extent.map(|extent| extent.map(|x| figure::rounded(x, 7))),
        samples_left_out: samples.get(&report.kind).copied().unwrap_or(0),
    }
}

fn text(report: &ImportReport, ask: &ImportArgs, console: &Console) -> String {
    let words = if ask.dry_run { "cli-import-dry-run" } else { "cli-import-done" };
    let head = Message::new(words)
        .with("file", report.file.as_str())
        .with("kind", console.kind(report.kind))
        .with("read", figure::count(report.read))
        .with("accepted", figure::count(report.accepted))
        .with("refused", figure::count(report.refused.len() as u64))
        .with("warnings", figure::count(report.warnings.len() as u64));
    let details = Message::new("cli-import-details")
        .with("format", report.format.as_str())
        .with("layer", report.layer.as_str())
        .with("crs", report.crs.as_str())
        .with("encoding", report.encoding.as_str());
    let mut out = format!("{}\n{}\n", console.say(&head), console.say(&details));
    if let Some(taken) = report.taken {
        let words = Message::new("cli-import-taken")
            .with("added", figure::count(taken.added))
            .with("updated", figure::count(taken.updated))
            .with("unchanged", figure::count(taken.unchanged));
        out.push_str(&console.say(&words));
        out.push('\n');
    }
    out.push_str(&notes_text("cli-import-refused", &report.refused, console));
    out.push_str(&notes_text("cli-import-warnings", &report.warnings, console));
    out
}

fn notes_text(title: &'static str, notes: &[RowNote], console: &Console) -> String {
    if notes.is_empty() {
        return String::new();
    }
    let mut table = console.table(&[("row", Right), ("message", Left), ("reason", Left)]);
    for note in notes.iter().take(NOTES_SHOWN) {
        // Row 0 is the file as a whole.
        let row = if note.row == 0 { String::new() } else { note.row.to_string() };
        table.row(vec![row, console.say(&note.message), note.code.clone()]);
    }
    let mut out = format!("\n{}\n{}", console.tr(title), table.render());
    if let Some(more) = notes.len().checked_sub(NOTES_SHOWN).filter(|more| *more > 0) {
        out.push_str(&console.say(&Message::new("cli-more").with("n", more)));
        out.push('\n');
    }
    out
}

#[derive(Serialize)]
struct Undone<'a> {
    files: [FileOut<'a>; 0],
    undone: Option<BatchOut>,
}

#[derive(Serialize)]
struct BatchOut {
    kind: &'static str,
    source: String,
    added: u64,
    updated: u64,
    removed: u64,
}

fn batch_out(batch: &BatchSummary) -> BatchOut {
    BatchOut {
        kind: batch.kind.key(),
        source: batch.source.clone(),
        added: batch.added,
        updated: batch.updated,
        removed: batch.removed,
    }
}

fn undo(console: &Console) -> Result<Answer, Fault> {
    let undone = console.open_store()?.undo_import(&login_name())?;
    let out = Undone { files: [], undone: undone.as_ref().map(batch_out) };
    console.answer(&out, || match &undone {
        None => console.tr("cli-import-nothing-to-undo"),
        Some(batch) => console.say(
            &Message::new("cli-import-undone")
                .with("kind", console.kind(batch.kind))
                .with("source", batch.source.as_str()),
        ),
    })
}

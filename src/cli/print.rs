//! `--print`: a plan as documents for people, in the format that the file's ending names.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::args::{EvacuateArgs, Paper};
use super::console::Console;
use super::fault::{Fault, path_text};
use crate::base::Message;
use crate::report::{self, Document, Occasion};
use crate::scene::MapScene;
use crate::session::whole_file::write_whole;
use crate::store::spare_stores;

/// What a file can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Pdf,
    Html,
    Csv,
}

/// Which documents go where.
#[derive(Debug)]
pub struct Print {
    file: PathBuf,
    format: Format,
    paper: Option<Paper>,
}

/// `printed` of an answer.
#[derive(Debug, Serialize)]
pub struct Printed {
    file: String,
    documents: usize,
}

impl Print {
    /// What is asked for, checked before anything is worked out; `None` if nothing is printed.
    pub fn of(ask: &EvacuateArgs) -> Result<Option<Self>, Fault> {
        let Some(file) = &ask.print else { return Ok(None) };
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or("");
        let format = match ending.to_lowercase().as_str() {
            "pdf" => Format::Pdf,
            "html" | "htm" => Format::Html,
            "csv" => Format::Csv,
            _ => {
                let message = Message::new("cli-print-unknown").with("file", path_text(file));
                return Err(Fault::usage(message).hint(Message::new("cli-print-unknown-hint")));
            }
        };
        if format == Format::Csv && ask.document.is_none() {
            return Err(Fault::usage(Message::new("cli-print-csv"))
                .hint(Message::new("cli-print-csv-hint")));
        }
        let read = [Some(&ask.area), ask.cost.travel.closed.as_ref(), ask.out.as_ref()];
        if read.into_iter().flatten().any(|other| is_same(file, other)) {
            let message = Message::new("cli-print-taken").with("file", path_text(file));
            return Err(Fault::usage(message).hint(Message::new("cli-print-taken-hint")));
        }
        spare_stores(file)?;
        Ok(Some(Self { file: file.clone(), format, paper: ask.document }))
    }

    /// Draws the documents up and writes them, whole or not at all.
    pub fn write(&self, on: &Occasion<'_>, console: &Console) -> Result<Printed, Fault> {
        let words = &console.locale;
        let documents = documents(self.paper, on, console);
        let bytes = match self.format {
            Format::Pdf => report::pdf(&documents, words)
                .map_err(|fault| Fault::new(fault.code(), fault.message()))?,
            Format::Html => report::html(&documents, words).into_bytes(),
            Format::Csv => report::csv(&documents, words).into_bytes(),
        };
        spare_stores(&self.file)?;
        write_whole(&self.file, bytes)?;
        Ok(Printed { file: path_text(&self.file), documents: documents.len() })
    }
}

impl Printed {
    /// The line for people.
    pub fn text(&self, console: &Console) -> String {
        let message = Message::new("cli-print-done")
            .with("file", self.file.as_str())
            .with("documents", self.documents);
        format!("{}\n", console.say(&message))
    }
}

/// The brief comes first, then what is sent out.
fn documents(paper: Option<Paper>, on: &Occasion<'_>, console: &Console) -> Vec<Document> {
    let words = &console.locale;
    let wanted = |which: Paper| paper.is_none_or(|paper| paper == which);
    let mut out = Vec::new();
    if wanted(Paper::Brief) {
        let scene = MapScene::new(on.county);
        out.push(report::brief(on, Some(&scene), words));
    }
    if wanted(Paper::Orders) {
        out.extend(report::transfer_orders(on, words));
    }
    if wanted(Paper::Opening) {
        out.push(report::opening_list(on, words));
    }
    out
}

/// Whether two paths are one file, also where it is not there yet.
fn is_same(a: &Path, b: &Path) -> bool {
    a == b || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

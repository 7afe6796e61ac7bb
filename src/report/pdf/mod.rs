//! Documents as PDF: A4, embedded Chinese letters, pages numbered, the same bytes every time.

mod flow;
mod paint;
mod typeface;
mod wrap;

use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;

use super::document::Document;
use super::words::Words;
use crate::base::{Message, Timestamp};
use flow::{Flow, Leaf};
use typeface::Typeface;

pub use typeface::CHINESE;

/// A4 in points.
const PAGE: [f32; 2] = [595.0, 842.0];

/// A document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PdfFault {
    /// The embedded letters cannot be read.
    #[error("the embedded font cannot be read")]
    Font,
    /// The writer gave up.
    #[error("cannot write PDF: {reason}")]
    Write {
        /// What it says.
        reason: String,
    },
}

impl PdfFault {
    /// One word for programs.
    pub fn code(&self) -> &'static str {
        "cannot_print"
    }

    /// What happened.
    pub fn message(&self) -> Message {
        Message::new("report-pdf-failed").with("reason", self.to_string())
    }
}

/// Documents in one file, each beginning on a page of its own and with page numbers of its own.
/// Letters that the embedded font lacks are shown as □ and counted in a note.
pub fn pdf(documents: &[Document], words: &dyn Words) -> Result<Vec<u8>, PdfFault> {
    let face = Typeface::new().ok_or(PdfFault::Font)?;
    let mut out = krilla::Document::new();
    for document in documents {
        let leaves = Flow::lay_out(document, &face, words);
        let pages = leaves.len();
        for (leaf, page) in leaves.iter().zip(1_usize..) {
            let number = Message::new("report-page").with("page", page).with("pages", pages);
            add(&mut out, document, leaf, &words.say(&number), &face, words)?;
        }
    }
    out.set_metadata(metadata(documents, words));
    out.finish().map_err(|error| PdfFault::Write { reason: format!("{error:?}") })
}

fn add(
    out: &mut krilla::Document,
    document: &Document,
    leaf: &Leaf,
    number: &str,
    face: &Typeface,
    words: &dyn Words,
) -> Result<(), PdfFault> {
    let settings = PageSettings::from_wh(PAGE[0], PAGE[1])
        .ok_or_else(|| PdfFault::Write { reason: "page size".to_owned() })?;
    let mut page = out.start_page_with(settings);
    let mut surface = page.surface();
    paint::leaf(leaf, document, number, face, words, &mut surface);
    surface.finish();
    page.finish();
    Ok(())
}

/// Title, language and time; nothing of the machine it was made on.
fn metadata(documents: &[Document], words: &dyn Words) -> Metadata {
    let metadata = Metadata::new().language(words.tag().to_owned()).creator("Shouye".to_owned());
    let Some(first) = documents.first() else { return metadata };
    let metadata = metadata
        .title(first.title.clone())
        .document_id(format!("{} {}", first.title, first.number));
    match date_time(first.at) {
        Some(at) => metadata.creation_date(at),
        None => metadata,
    }
}

fn date_time(at: Timestamp) -> Option<DateTime> {
    let date = at.date();
    let mut days = date.splitn(3, '-');
    let (year, month, day) = (days.next()?, days.next()?, days.next()?);
    let time = at.time_of_day();
    let mut parts = time.splitn(3, ':').map(|part| part.parse::<u8>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let date = DateTime::new(year.parse().ok()?).month(month.parse().ok()?).day(day.parse().ok()?);
    Some(date.hour(hour).minute(minute).second(second).utc_offset_hour(8).utc_offset_minute(0))
}

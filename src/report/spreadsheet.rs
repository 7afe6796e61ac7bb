//! Documents as CSV: UTF-8 with a byte order mark, so that office programs in Chinese show it right.

use super::document::{Block, Document};
use super::words::{Words, moment};
use crate::base::guard;

/// Documents one below the other, with an empty line between them. Tables keep their columns; a cell
/// that a spreadsheet would run as a formula is made harmless.
pub fn csv(documents: &[Document], words: &dyn Words) -> String {
    let mut out = String::from("\u{feff}");
    for (at, document) in documents.iter().enumerate() {
        if at > 0 {
            record(&[], &mut out);
        }
        put(document, words, &mut out);
    }
    out
}

fn put(document: &Document, words: &dyn Words, out: &mut String) {
    record(&[&document.title], out);
    record(&[&words.tr("report-number"), &document.number], out);
    record(&[&words.tr("report-drawn-up"), &moment(document.at)], out);
    if let Some(signature) = &document.signature {
        record(&[&words.tr("report-status"), &signature.status], out);
        for blank in &signature.blanks {
            record(&[blank, ""], out);
        }
    }
    if document.sample {
        record(&[&words.tr("sample-warning")], out);
    }
    for block in &document.blocks {
        match block {
            Block::Heading(text) | Block::Paragraph(text) | Block::Note(text) => {
                record(&[text], out);
            }
            Block::Facts(facts) => {
                for (name, value) in facts {
                    record(&[name, value], out);
                }
            }
            Block::Table(table) => {
                if !table.title.is_empty() {
                    record(&[&table.title], out);
                }
                let heads: Vec<&str> =
                    table.columns.iter().map(|column| column.heading.as_str()).collect();
                record(&heads, out);
                for row in &table.rows {
                    let cells: Vec<&str> = row.iter().map(String::as_str).collect();
                    record(&cells, out);
                }
            }
            // A sheet has neither pages nor pictures.
            Block::PageBreak | Block::Map(_) => {}
            Block::Sources => {
                record(&[&words.tr("report-sources")], out);
                for source in &document.sources {
                    record(&[source], out);
                }
            }
        }
    }
}

/// One line; quoted where it has to be.
fn record(cells: &[&str], out: &mut String) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        // A table's line break is a blank in a cell: few programs show it otherwise.
        let cell = guard(&cell.replace(['\r', '\n'], " "));
        if cell.contains([',', '"']) || cell.starts_with(' ') || cell.ends_with(' ') {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_run() {
        let mut out = String::new();
        record(&["a,b", "say \"no\"", "=1+1", "-5", "two\nlines", "+86", "@x"], &mut out);
        assert_eq!(out, "\"a,b\",\"say \"\"no\"\"\",'=1+1,'-5,two lines,'+86,'@x\r\n");
    }
}

//! The door list (逐户清单): an empty form, because nobody keeps households here.

use crate::base::Message;
use crate::report::document::{Align, Block, Table};
use crate::report::occasion::Village;
use crate::report::words::Words;

/// Lines on a page of the form.
const LINES: u64 = 25;

/// The form of a village: a line per household, one page at most.
pub(super) fn list(village: &Village<'_>, words: &dyn Words, out: &mut Vec<Block>) {
    let households = village.feature.and_then(|row| row.count("households"));
    out.push(Block::Heading(
        words.say(&Message::new("report-door-title").with("name", village.name)),
    ));
    let lines = households.map_or(LINES, |households| households.clamp(1, LINES));
    let told = match households {
        Some(households) => Message::new("report-door-households")
            .with("households", words.count(households))
            .with("lines", lines),
        None => Message::new("report-door-unknown").with("lines", lines),
    };
    out.push(Block::Note(words.say(&told)));
    let mut table = Table::new("")
        .column(words.tr("report-col-number"), Align::Right, 0.6)
        .column(words.tr("report-door-head"), Align::Left, 1.6)
        .column(words.tr("report-door-members"), Align::Left, 0.9)
        .column(words.tr("report-door-help"), Align::Left, 1.2)
        .column(words.tr("field-phone"), Align::Left, 1.6)
        .column(words.tr("report-door-told"), Align::Left, 1.2)
        .column(words.tr("report-door-gone"), Align::Left, 1.2)
        .column(words.tr("report-door-signed"), Align::Left, 1.2);
    table.form = true;
    for line in 1..=lines {
        table.row(vec![line.to_string()]);
    }
    out.push(Block::Table(table));
}

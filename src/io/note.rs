//! Notes about rows: kept short whatever a cell holds, counted, and bounded in number.

use std::collections::BTreeMap;

use super::ask::RowNote;
use crate::base::{Arg, Message};

/// Characters of a cell that a note quotes.
const QUOTED: usize = 40;
/// Characters of a technical reason.
const REASON: usize = 200;
/// Notes of one code that are handed on; more say nothing new.
const MAX_NOTES: usize = 2000;

/// The beginning of a text, with a sign that there is more.
pub fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl RowNote {
    /// A note under the message `import-note-<code>`.
    pub fn new(row: u64, code: &str) -> Self {
        Self::said(row, code, code)
    }

    /// A note under the message `import-note-<words>`.
    pub fn said(row: u64, code: &str, words: &str) -> Self {
        let message = Message::new(format!("import-note-{}", words.replace('_', "-")));
        Self { row, code: code.to_owned(), message }
    }

    /// The same with one more argument of its message. A text is cut to what people need to find it again.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        let value = match value.into() {
            Arg::Text(text) => Arg::Text(clip(&text, if name == "why" { REASON } else { QUOTED })),
            other => other,
        };
        self.message = self.message.with(name, value);
        self
    }

    /// The same with what the file calls the row: `way/123`.
    #[must_use]
    pub fn about(self, element: &str) -> Self {
        let message = Message::new("import-note-about").with("note", self.message);
        let message = message.with("element", clip(element, QUOTED));
        Self { message, ..self }
    }

    /// About how many bytes it takes in memory.
    pub fn weight(&self) -> usize {
        fn of(message: &Message) -> usize {
            let args = message.args.iter().map(|(name, value)| {
                let inner = match value {
                    Arg::Text(text) => text.len(),
                    Arg::Message(inner) => of(inner),
                    Arg::Count(_) | Arg::Number(_) => 0,
                };
                64 + name.len() + inner
            });
            64 + message.id.len() + args.sum::<usize>()
        }
        64 + self.code.len() + of(&self.message)
    }
}

/// Counts notes by code, so that the two-thousandth of a sort is the last that is told.
#[derive(Default)]
pub struct Tally(BTreeMap<String, usize>);

impl Tally {
    /// Whether a note of this code may still be told.
    pub fn admits(&mut self, code: &str) -> bool {
        let count = match self.0.get_mut(code) {
            Some(count) => count,
            None => self.0.entry(code.to_owned()).or_default(),
        };
        *count += 1;
        *count <= MAX_NOTES
    }

    /// How many more of each code there were; forgets everything.
    pub fn rest(&mut self) -> Vec<RowNote> {
        std::mem::take(&mut self.0)
            .into_iter()
            .filter(|(_, count)| *count > MAX_NOTES)
            .map(|(code, count)| {
                RowNote::new(0, "more_notes").with("code", code).with("count", count - MAX_NOTES)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_quotes_the_beginning_of_a_long_cell() {
        let cell = "长".repeat(60_000);
        let note = RowNote::new(3, "unreadable_coordinates").with("text", cell.as_str());
        let [(_, Arg::Text(text))] = &note.message.args[..] else { unreachable!("one text") };
        assert_eq!(text.chars().count(), 41);
        assert!(text.ends_with('…') && note.weight() < 600);
        assert_eq!(clip("短", 40), "短");
    }

    #[test]
    fn notes_of_one_sort_end_with_their_number() {
        let mut tally = Tally::default();
        let told = (0..2500).filter(|_| tally.admits("far_away")).count();
        assert!(tally.admits("wrong_type"));
        assert_eq!(told, 2000);
        let rest = tally.rest();
        assert_eq!(rest.len(), 1);
        assert!(rest[0].message.args.contains(&("count".into(), 500_i64.into())));
    }
}

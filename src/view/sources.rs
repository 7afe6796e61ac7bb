//! The line under every answer: what it rests on, and how old that is.

use crate::base::{Message, Timestamp};
use crate::county::SourceNote;
use crate::model::Kind;
use crate::network::Costing;
use crate::view::label::kind_id;

/// One layer's source and age.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceEntry {
    /// Which layer.
    pub kind: Kind,
    /// Who says so; empty if unknown.
    pub source: String,
    /// The oldest day of its figures.
    pub as_of: Option<String>,
    /// Days since then.
    pub age_days: Option<i64>,
    /// Sample data.
    pub sample: bool,
}

/// What an answer rests on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourcesLine {
    /// By layer, then source.
    pub entries: Vec<SourceEntry>,
    /// Figures of the costing that are the county's own, where the answer rests on them.
    pub own_figures: usize,
}

impl SourceEntry {
    /// Who says so, in words: sample data are called that in every language.
    pub fn name(&self) -> Message {
        if self.sample {
            Message::new("sample")
        } else if self.source.is_empty() {
            Message::new("source-unknown")
        } else {
            Message::new("source-named").with("source", self.source.as_str())
        }
    }
}

impl SourcesLine {
    /// From the notes of the layers an answer used.
    pub fn new<'a>(notes: impl IntoIterator<Item = &'a SourceNote>, now: Timestamp) -> Self {
        let entries = notes
            .into_iter()
            .map(|note| SourceEntry {
                kind: note.kind,
                source: note.source.clone(),
                as_of: note.as_of.clone(),
                age_days: note.as_of.as_deref().and_then(|day| now.days_since(day)),
                sample: note.sample,
            })
            .collect();
        Self { entries, own_figures: 0 }
    }

    /// The same for an answer that also rests on a costing.
    #[must_use]
    pub fn reckoned_with(self, costing: Option<&Costing>) -> Self {
        Self { own_figures: costing.map_or(0, |costing| costing.own().len()), ..self }
    }

    /// Whether any of it is sample data.
    pub fn sample(&self) -> bool {
        self.entries.iter().any(|entry| entry.sample)
    }

    /// One line for the county's own figures, and one per entry.
    pub fn messages(&self) -> Vec<Message> {
        let own = (self.own_figures > 0)
            .then(|| Message::new("sources-own-figures").with("count", self.own_figures));
        let entries = self.entries.iter().map(|entry| {
            let kind = Message::new(kind_id(entry.kind));
            let line = match (&entry.as_of, entry.age_days) {
                (Some(day), Some(age)) if age >= 1 => {
                    Message::new("source-line-aged").with("day", day.as_str()).with("age", age)
                }
                (Some(day), _) => Message::new("source-line-dated").with("day", day.as_str()),
                (None, _) => Message::new("source-line-undated"),
            };
            line.with("kind", kind).with("source", entry.name())
        });
        own.into_iter().chain(entries).collect()
    }
}

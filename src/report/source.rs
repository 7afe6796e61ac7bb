//! What a document rests on, line by line, and how old that is.

use super::occasion::Occasion;
use super::words::Words;
use crate::base::{Message, Timestamp};
use crate::county::{County, SourceNote};
use crate::model::{Kind, StayClass};

/// The sources of some kinds, in the order of the kinds.
pub(super) fn notes<'a>(county: &'a County, kinds: &[Kind]) -> Vec<&'a SourceNote> {
    let layers = kinds.iter().filter_map(|kind| county.layer(*kind));
    layers.flat_map(|layer| layer.sources()).collect()
}

/// One line for each.
pub(super) fn lines(notes: &[&SourceNote], at: Timestamp, words: &dyn Words) -> Vec<String> {
    notes.iter().map(|note| words.say(&line(note, at))).collect()
}

/// Whether any of it is sample data (示例数据).
pub(super) fn is_sample(notes: &[&SourceNote]) -> bool {
    notes.iter().any(|note| note.sample)
}

/// Layer, source, day and age.
pub(super) fn line(note: &SourceNote, at: Timestamp) -> Message {
    let source = if note.sample {
        Message::new("sample")
    } else if note.source.is_empty() {
        Message::new("source-unknown")
    } else {
        Message::new("source-named").with("source", note.source.as_str())
    };
    let line = match note.as_of.as_deref().map(|day| (day, at.days_since(day))) {
        Some((day, Some(age))) if age >= 1 => {
            Message::new("source-line-aged").with("day", day).with("age", age)
        }
        Some((day, _)) => Message::new("source-line-dated").with("day", day),
        None => Message::new("source-line-undated"),
    };
    line.with("kind", Message::new(format!("kind-{}", note.kind.key()))).with("source", source)
}

/// What capacities by area rest on.
pub(super) fn stay_basis(stay: StayClass) -> Message {
    let standard = StayClass::table().standard.as_str();
    match stay.rule() {
        Some(rule) => Message::new("stay-basis")
            .with("area", rule.area_per_person_m2)
            .with("days", u64::from(rule.opening_days))
            .with("standard", standard)
            .with("mark", Message::new(format!("mark-{}", rule.mark))),
        None => Message::new("no-data"),
    }
}

/// What a document about a plan rests on: on roads only if it was made by time.
pub(super) fn of_plan<'a>(on: &Occasion<'a>, kinds: &[Kind]) -> Vec<&'a SourceNote> {
    let mut kinds = kinds.to_vec();
    if on.travel.is_some() {
        kinds.extend([Kind::Road, Kind::Closure]);
    }
    notes(on.county, &kinds)
}

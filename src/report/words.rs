//! How documents come to their words: the caller brings the language.

use crate::base::{Message, Metres, Timestamp};

/// Puts messages and figures into the words of one language.
pub trait Words {
    /// A message in words.
    fn say(&self, message: &Message) -> String;
    /// A whole number with its thousands separated.
    fn count(&self, n: u64) -> String;
    /// A distance in a fitting unit.
    fn distance(&self, distance: Metres) -> String;
    /// What HTML calls the language: `zh-CN`.
    fn tag(&self) -> &'static str;

    /// A message without arguments.
    fn tr(&self, id: &'static str) -> String {
        self.say(&Message::new(id))
    }

    /// A number of people; `None` is written as no data.
    fn people(&self, people: Option<u64>) -> String {
        people.map_or_else(|| self.tr("no-data"), |n| self.count(n))
    }

    /// A text; what is absent or blank is written as no data.
    fn text(&self, text: Option<&str>) -> String {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        text.map_or_else(|| self.tr("no-data"), str::to_owned)
    }

    /// Names one after the other.
    fn list(&self, names: &[&str]) -> String {
        names.join(&self.tr("list-separator"))
    }
}

/// A moment to the minute, in China standard time: `2026-11-23 14:20`.
pub fn moment(at: Timestamp) -> String {
    format!("{} {}", at.date(), clock_time(at))
}

/// Day and time without the year: `11-23 14:20`.
pub fn short_moment(at: Timestamp) -> String {
    let date = at.date();
    format!("{} {}", date.get(5..).unwrap_or(&date), clock_time(at))
}

fn clock_time(at: Timestamp) -> String {
    let time = at.time_of_day();
    time.get(..5).unwrap_or(&time).to_owned()
}

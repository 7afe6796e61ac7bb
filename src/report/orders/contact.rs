//! Who is responsible for a village: its information officer (灾害信息员) and its keeper (包保责任人).

use std::collections::BTreeMap;

use crate::base::Id;
use crate::county::County;
use crate::model::{Feature, Kind};
use crate::report::words::Words;

/// The roles that orders name, in the order in which they are called.
const ROLES: [&str; 2] = ["informant", "responsible"];

/// The contacts of all villages.
pub(in crate::report) struct Contacts<'a>(BTreeMap<(Id, &'static str), Vec<&'a Feature>>);

impl<'a> Contacts<'a> {
    /// The contacts of a county; those of no known village are left out.
    pub fn new(county: &'a County) -> Self {
        let mut out: BTreeMap<_, Vec<&'a Feature>> = BTreeMap::new();
        for row in county.features(Kind::Contact) {
            let village =
                row.text("settlement").and_then(|of| county.resolve(Kind::Settlement, of));
            let role = row.text("role").and_then(|role| ROLES.into_iter().find(|r| *r == role));
            if let (Some(village), Some(role)) = (village, role) {
                out.entry((village.id, role)).or_default().push(row);
            }
        }
        Self(out)
    }

    /// Whether somebody of the village can be called.
    pub fn can_be_called(&self, village: Id) -> bool {
        ROLES
            .iter()
            .filter_map(|role| self.0.get(&(village, role)))
            .flatten()
            .any(|row| row.text("phone").is_some_and(|phone| !phone.trim().is_empty()))
    }

    /// Role and people of a village: name and phone.
    pub fn facts(&self, village: Id, words: &dyn Words) -> Vec<(String, String)> {
        let facts = ROLES.map(|role| {
            let people = self.0.get(&(village, role)).map_or(&[][..], Vec::as_slice);
            let people: Vec<String> = people
                .iter()
                .map(|row| format!("{} {}", row.name, words.text(row.text("phone"))))
                .collect();
            let people: Vec<&str> = people.iter().map(String::as_str).collect();
            let value = if people.is_empty() { words.tr("no-data") } else { words.list(&people) };
            let id = if role == "informant" { "report-informant" } else { "report-responsible" };
            (words.say(&crate::base::Message::new(id)), value)
        });
        facts.to_vec()
    }
}

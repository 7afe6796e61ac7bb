//! What documents are drawn up from: a plan, the county it was made for, and what is known of its times.

use std::collections::BTreeMap;

use super::orders::Leg;
use super::words::Words;
use crate::analysis::evacuation::{Assignment, Unassigned};
use crate::analysis::{Evacuation, EvacuationPlan};
use crate::base::{Id, Message, Timestamp};
use crate::county::County;
use crate::model::{Feature, HazardKind, Kind};
use crate::spatial::Area;

/// When the people of one settlement move, and in what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Which settlement.
    pub settlement: Id,
    /// Its wave (批次), from 1.
    pub wave: u32,
    /// From when on they are told.
    pub notify_from: Timestamp,
    /// When the first leave.
    pub leave_from: Timestamp,
    /// When the last have left.
    pub leave_by: Timestamp,
    /// When the last have arrived.
    pub arrive_by: Timestamp,
    /// After this it is no longer safe to begin; `None` = not known.
    pub latest_start: Option<Timestamp>,
    /// What they travel in.
    pub vehicle: Option<String>,
    /// How many trips that takes.
    pub trips: Option<u32>,
}

/// A plan that is to be put on paper.
#[derive(Clone, Copy, Debug)]
pub struct Occasion<'a> {
    /// The county.
    pub county: &'a County,
    /// The danger area.
    pub area: &'a Area,
    /// The question.
    pub ask: &'a Evacuation,
    /// The answer.
    pub plan: &'a EvacuationPlan,
    /// When the documents are drawn up.
    pub at: Timestamp,
    /// The ways by road, where the plan was made by time; else empty.
    pub legs: &'a [Leg],
    /// The plan was made by time: what it was reckoned for, `客车 · 夜间`.
    pub travel: Option<&'a str>,
    /// When people move, if that has been worked out.
    pub movements: Option<&'a [Movement]>,
}

/// A township, as far as the plan touches it.
pub(super) struct Township<'a> {
    /// Its name; empty where none is known.
    pub name: String,
    /// Its villages, by code.
    pub villages: Vec<Village<'a>>,
}

/// A village (村、社区) as the plan treats it.
pub(super) struct Village<'a> {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: &'a str,
    /// Its row; `None` if the county no longer has it.
    pub feature: Option<&'a Feature>,
    /// Who goes where, most people first.
    pub lines: Vec<&'a Assignment>,
    /// Who has no place.
    pub left: Vec<&'a Unassigned>,
}

impl Village<'_> {
    /// People to move; `None` = no data.
    pub fn people(&self) -> Option<u64> {
        use crate::analysis::evacuation::UnassignedWhy::NoData;
        if self.left.iter().any(|row| row.why == NoData) {
            return None;
        }
        let placed: u64 = self.lines.iter().map(|line| line.people.0).sum();
        Some(placed + self.left.iter().map(|row| row.people.0).sum::<u64>())
    }
}

impl<'a> Occasion<'a> {
    fn village(&self, id: Id, name: &'a str) -> Village<'a> {
        let feature = self.county.layer(Kind::Settlement).and_then(|layer| layer.by_id(id));
        Village { id, name, feature, lines: Vec::new(), left: Vec::new() }
    }

    /// When a village moves, if that is known.
    pub(super) fn movement(&self, village: Id) -> Option<&'a Movement> {
        self.movements?.iter().find(|movement| movement.settlement == village)
    }

    /// What people are moved away from, in words.
    pub(super) fn hazard(&self, words: &dyn Words) -> String {
        let key = self.ask.hazard.map_or("any", HazardKind::key);
        words.say(&Message::new(format!("hazard-{key}")))
    }

    /// How long they stay, in words.
    pub(super) fn stay(&self, words: &dyn Words) -> String {
        words.say(&Message::new(format!("stay-{}", self.ask.stay.key())))
    }

    /// The time in the number of a document: `20261123-1420`.
    pub(super) fn stamp(&self) -> String {
        let digits = |text: String| text.replace(['-', ':'], "");
        let time = digits(self.at.time_of_day());
        format!("{}-{}", digits(self.at.date()), time.get(..4).unwrap_or(&time))
    }

    /// The villages of the plan by township, in the order of their codes; those of no known
    /// township come last.
    pub(super) fn townships(&self) -> Vec<Township<'a>> {
        let mut villages: BTreeMap<Id, Village<'a>> = BTreeMap::new();
        for line in self.plan.assignments.iter().filter(|line| line.people.0 > 0) {
            let village = villages.entry(line.settlement);
            let village =
                village.or_insert_with(|| self.village(line.settlement, &line.settlement_name));
            village.lines.push(line);
        }
        for row in &self.plan.unassigned_settlements {
            let village = villages.entry(row.id);
            village.or_insert_with(|| self.village(row.id, &row.name)).left.push(row);
        }
        let mut townships: BTreeMap<(bool, String, String), Vec<Village<'a>>> = BTreeMap::new();
        for (_, mut village) in villages {
            village.lines.sort_by_key(|line| (std::cmp::Reverse(line.people), line.shelter));
            let written = village.feature.and_then(|row| row.text("township")).unwrap_or("").trim();
            let row = self.county.resolve(Kind::Township, written);
            let code = row.and_then(|row| row.code.clone()).unwrap_or_default();
            let name = row.map_or(written, |row| row.name.as_str()).to_owned();
            townships.entry((name.is_empty(), code, name)).or_default().push(village);
        }
        townships
            .into_iter()
            .map(|((.., name), mut villages)| {
                villages.sort_by(|a, b| {
                    let code = |v: &Village<'a>| v.feature.and_then(|row| row.code.as_deref());
                    (code(a), a.name, a.id).cmp(&(code(b), b.name, b.id))
                });
                Township { name, villages }
            })
            .collect()
    }
}

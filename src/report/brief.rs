//! The commander's brief (指挥员简报): one page with the answer, the map, what binds and what is weak.

use std::collections::BTreeMap;

use super::document::{Align, Block, Document, Table};
use super::map::MapSheet;
use super::occasion::{Occasion, Township};
use super::opening::{opened, room};
use super::orders::Contacts;
use super::source;
use super::words::Words;
use crate::analysis::evacuation::{ShelterLoad, UnassignedWhy};
use crate::base::Message;
use crate::county::SourceNote;
use crate::model::{CapacityBasis, Kind};
use crate::scene::MapScene;

/// How many shelters, limits and names stand on the page.
const SHELTERS: usize = 6;
const LIMITS: usize = 3;
const NAMES: usize = 4;

/// The brief of a plan, with the map of this scene if there is one.
pub fn brief(on: &Occasion<'_>, scene: Option<&MapScene>, words: &dyn Words) -> Document {
    let kinds = [Kind::Boundary, Kind::Settlement, Kind::Shelter, Kind::Arrangement, Kind::Contact];
    let notes = source::of_plan(on, &kinds);
    let townships = on.townships();
    let mut blocks = vec![Block::Facts(facts(on, &townships, words))];
    blocks.push(Block::Paragraph(quality(on, words)));
    if let Some(scene) = scene {
        blocks.push(Block::Map(Box::new(MapSheet::of_plan(scene, on))));
        blocks.push(Block::Note(words.tr("report-map-legend")));
    }
    let shelters = opened(on);
    if !shelters.is_empty() {
        blocks.push(Block::Table(fullest(&shelters, words)));
    }
    if !on.plan.unassigned_settlements.is_empty() {
        blocks.push(Block::Table(unassigned(on, words)));
    }
    let binding = on.plan.limits.iter().take(LIMITS).map(|limit| words.say(&limit.message));
    titled("report-binding", binding.collect(), &mut blocks, words);
    let weak = weak(on, &shelters, &townships, &notes, words);
    titled("report-weak", weak, &mut blocks, words);
    blocks.push(Block::Sources);
    let number = Message::new("report-brief-number").with("stamp", on.stamp());
    Document {
        title: words.tr("report-brief-title"),
        number: words.say(&number),
        at: on.at,
        signature: None,
        blocks,
        sources: source::lines(&notes, on.at, words),
        sample: source::is_sample(&notes),
        one_page: true,
    }
}

/// A heading with a remark per line; nothing without lines.
fn titled(id: &'static str, lines: Vec<String>, blocks: &mut Vec<Block>, words: &dyn Words) {
    if !lines.is_empty() {
        blocks.push(Block::Heading(words.tr(id)));
        blocks.extend(lines.into_iter().map(Block::Note));
    }
}

fn facts(
    on: &Occasion<'_>,
    townships: &[Township<'_>],
    words: &dyn Words,
) -> Vec<(String, String)> {
    let plan = on.plan;
    let knows = !on.county.features(Kind::Settlement).is_empty();
    let mut all = townships.iter().flat_map(|township| &township.villages);
    // Villages without figures are not villages without people.
    let counted = townships.is_empty() || all.any(|village| village.people().is_some());
    let known = |n: u64| words.people(knows.then_some(n));
    let people = |n: u64| words.people((knows && counted).then_some(n));
    let villages: usize = townships.iter().map(|township| township.villages.len()).sum();
    let fact = |id: &'static str, value: String| (words.tr(id), value);
    let mut out = vec![
        fact("report-hazard", on.hazard(words)),
        fact("report-stay", on.stay(words)),
        fact("report-in-area", people(plan.people.0)),
        fact("report-villages", known(villages as u64)),
        fact("report-placed", known(plan.assigned.0)),
        fact("report-left", people(plan.unassigned.0)),
        fact("report-townships", known(townships.len() as u64)),
        fact("report-opened", words.count(opened(on).len() as u64)),
    ];
    if let Some(travel) = on.travel {
        out.push(fact("report-travel", travel.to_owned()));
    }
    out
}

/// Whether the plan is proven to be the best.
fn quality(on: &Occasion<'_>, words: &dyn Words) -> String {
    let by_time = on.travel.is_some();
    if on.plan.assignments.is_empty() {
        let nobody = on.plan.unassigned_settlements.is_empty();
        return words.tr(if nobody { "report-nobody" } else { "report-nobody-placed" });
    }
    words.say(&if on.plan.optimal {
        Message::new(if by_time { "plan-optimal-time" } else { "plan-optimal" })
    } else {
        Message::new(if by_time { "plan-gap-time" } else { "plan-gap" })
            .with("percent", on.plan.gap * 100.0)
            .with("people", on.plan.people_gap)
    })
}

/// The shelters with the least room left.
fn fullest(loads: &[&ShelterLoad], words: &dyn Words) -> Table {
    let mut table = Table::new(words.tr("report-fullest"))
        .column(words.tr("column-shelter"), Align::Left, 3.0)
        .column(words.tr("report-expected"), Align::Right, 1.0)
        .column(words.tr("report-free"), Align::Right, 1.0)
        .column(words.tr("report-used"), Align::Right, 1.0);
    let share = |load: &ShelterLoad| room(load).map(|room| load.assigned.0 * 1000 / room.max(1));
    let mut loads = loads.to_vec();
    loads.sort_by_key(|load| (std::cmp::Reverse(share(load)), load.id));
    for load in loads.into_iter().take(SHELTERS) {
        let share = share(load).map(|share| format!("{} %", (share + 5) / 10));
        table.row(vec![
            load.name.clone(),
            words.count(load.assigned.0),
            words.people(room(load)),
            words.text(share.as_deref()),
        ]);
    }
    table
}

/// Who has no place, by reason.
fn unassigned(on: &Occasion<'_>, words: &dyn Words) -> Table {
    let mut table = Table::new(words.tr("unassigned-title"))
        .column(words.tr("column-why"), Align::Left, 3.0)
        .column(words.tr("report-col-villages"), Align::Left, 2.4)
        .column(words.tr("column-people"), Align::Right, 0.8);
    for why in UnassignedWhy::ALL {
        let rows = on.plan.unassigned_settlements.iter().filter(|row| row.why == why);
        let mut rows: Vec<_> = rows.collect();
        if rows.is_empty() {
            continue;
        }
        rows.sort_by_key(|row| (std::cmp::Reverse(row.people), row.id));
        let names: Vec<&str> = rows.iter().take(NAMES).map(|row| row.name.as_str()).collect();
        let names = Message::new("report-names")
            .with("names", words.list(&names))
            .with("more", rows.len().saturating_sub(NAMES))
            .with("count", rows.len());
        let people: u64 = rows.iter().map(|row| row.people.0).sum();
        let people = (why != UnassignedWhy::NoData).then_some(people);
        table.row(vec![words.say(&why.message()), words.say(&names), words.people(people)]);
    }
    table
}

/// What the plan rests on that is weak, the gravest first.
fn weak(
    on: &Occasion<'_>,
    shelters: &[&ShelterLoad],
    townships: &[Township<'_>],
    notes: &[&SourceNote],
    words: &dyn Words,
) -> Vec<String> {
    let mut out = Vec::new();
    let mut some = |id: &'static str, count: usize| {
        if count > 0 {
            out.push(words.say(&Message::new(id).with("count", count)));
        }
    };
    let left = &on.plan.unassigned_settlements;
    some("area-without-data", left.iter().filter(|r| r.why == UnassignedWhy::NoData).count());
    some("area-on-edge", on.plan.to_confirm.len());
    some("area-point-only", on.plan.point_only.len());
    let by_area = shelters.iter().filter(|s| s.capacity_basis == Some(CapacityBasis::Area));
    some("report-weak-by-area", by_area.count());
    let contacts = Contacts::new(on.county);
    let villages = townships.iter().flat_map(|township| &township.villages);
    some("report-weak-contacts", villages.filter(|v| !contacts.can_be_called(v.id)).count());
    let layer = on.county.layer(Kind::Shelter);
    let phone = |id| layer.and_then(|layer| layer.by_id(id)?.text("phone"));
    some("report-weak-phones", shelters.iter().filter(|s| phone(s.id).is_none()).count());
    some("plan-unresolved", on.plan.unresolved_arrangements.len());
    let dated = notes.iter().filter(|note| note.as_of.is_some());
    let ages: BTreeMap<_, _> = dated.map(|note| (&note.as_of, note)).collect();
    if let Some((_, oldest)) = ages.first_key_value() {
        let line = source::line(oldest, on.at);
        out.push(words.say(&Message::new("report-weak-oldest").with("source", line)));
    }
    out
}

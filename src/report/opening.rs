//! The shelter opening list (避难场所启用清单): which shelters open, for how many, who opens them, what is missing.

use super::document::{Align, Block, Document, Table};
use super::occasion::Occasion;
use super::orders::signature;
use super::source;
use super::words::Words;
use crate::analysis::evacuation::ShelterLoad;
use crate::base::Message;
use crate::model::{CapacityBasis, Feature, Kind};

/// What a shelter that opens ought to have on record.
const WANTED: [&str; 6] =
    ["address", "person_in_charge", "phone", "toilets", "water_l", "power_kw"];

/// The list of a plan.
pub fn opening_list(on: &Occasion<'_>, words: &dyn Words) -> Document {
    let notes = source::of_plan(on, &[Kind::Shelter, Kind::Settlement, Kind::Arrangement]);
    let loads = opened(on);
    let mut blocks = Vec::new();
    if loads.is_empty() {
        blocks.push(Block::Paragraph(words.tr("report-opening-none")));
    } else {
        let people: u64 = loads.iter().map(|load| load.assigned.0).sum();
        let opening = Message::new("report-opening-opening")
            .with("shelters", words.count(loads.len() as u64))
            .with("people", words.count(people));
        blocks.push(Block::Paragraph(words.say(&opening)));
        blocks.push(Block::Facts(vec![
            (words.tr("report-hazard"), on.hazard(words)),
            (words.tr("report-stay"), on.stay(words)),
        ]));
        blocks.push(Block::Table(table(on, &loads, words)));
    }
    if loads.iter().any(|load| load.capacity_basis == Some(CapacityBasis::Area)) {
        blocks.push(Block::Note(words.say(&source::stay_basis(on.ask.stay))));
    }
    if on.plan.shelters.iter().any(|load| load.unusable.is_some()) {
        blocks.push(Block::Table(unusable(on, words)));
    }
    blocks.push(Block::Sources);
    let number = Message::new("report-opening-number").with("stamp", on.stamp());
    Document {
        title: words.tr("report-opening-title"),
        number: words.say(&number),
        at: on.at,
        signature: Some(signature(words)),
        blocks,
        sources: source::lines(&notes, on.at, words),
        sample: source::is_sample(&notes),
        one_page: false,
    }
}

/// The shelters that the plan uses, most people first.
pub(super) fn opened<'a>(on: &Occasion<'a>) -> Vec<&'a ShelterLoad> {
    let mut loads: Vec<_> = on.plan.shelters.iter().filter(|load| load.assigned.0 > 0).collect();
    loads.sort_by_key(|load| (std::cmp::Reverse(load.assigned), load.id));
    loads
}

/// Places that are free before anybody of the plan comes; `None` = no data.
pub(super) fn room(load: &ShelterLoad) -> Option<u64> {
    Some((load.capacity? - load.occupied - load.reserved).0)
}

fn table(on: &Occasion<'_>, loads: &[&ShelterLoad], words: &dyn Words) -> Table {
    let mut table = Table::new("")
        .column(words.tr("column-shelter"), Align::Left, 2.6)
        .column(words.tr("report-expected"), Align::Right, 0.9)
        .column(words.tr("report-present"), Align::Right, 0.9)
        .column(words.tr("column-left"), Align::Right, 0.9)
        .column(words.tr("report-per-person"), Align::Right, 1.0)
        .column(words.tr("report-shelter-contact"), Align::Left, 1.5)
        .column(words.tr("report-missing"), Align::Left, 1.6);
    for load in loads {
        let row = on.county.layer(Kind::Shelter).and_then(|layer| layer.by_id(load.id));
        let left = room(load).map(|room| room.saturating_sub(load.assigned.0));
        let present = load.occupied + load.assigned;
        let area = row.and_then(area).filter(|_| present.0 > 0);
        let per_person = area.map(|area| format!("{:.1}", area / present.0 as f64));
        table.row(vec![
            named(&load.name, row),
            words.count(load.assigned.0),
            words.count((load.occupied + load.reserved).0),
            words.people(left),
            words.text(per_person.as_deref()),
            in_charge(row, words),
            missing(row, words),
        ]);
    }
    table
}

/// The shelter's name and, below it, its address where that is known.
pub(super) fn named(name: &str, row: Option<&Feature>) -> String {
    match row.and_then(|row| row.text("address")).map(str::trim).filter(|text| !text.is_empty()) {
        Some(address) => format!("{name}\n{address}"),
        None => name.to_owned(),
    }
}

/// Who is in charge of a shelter and, below, the phone.
pub(super) fn in_charge(row: Option<&Feature>, words: &dyn Words) -> String {
    let field = |name: &str| row.and_then(|row| row.text(name)).map(str::trim);
    let known = ["person_in_charge", "phone"].map(field).into_iter().flatten();
    let known: Vec<&str> = known.filter(|text| !text.is_empty()).collect();
    if known.is_empty() { words.tr("no-data") } else { known.join("\n") }
}

/// Effective area indoors and outdoors in m²; `None` = no data.
fn area(row: &Feature) -> Option<f64> {
    let parts = ["effective_area_in_m2", "effective_area_out_m2"].map(|field| row.number(field));
    parts.iter().any(Option::is_some).then(|| parts.into_iter().flatten().sum())
}

/// What is not on record, by the names of the fields.
fn missing(row: Option<&Feature>, words: &dyn Words) -> String {
    let is_known = |name: &str| {
        let value = row.and_then(|row| row.value(name));
        value.is_some_and(|value| value.as_text().is_none_or(|text| !text.trim().is_empty()))
    };
    let names: Vec<String> = WANTED
        .iter()
        .filter(|name| !is_known(name))
        .map(|name| words.say(&Message::new(format!("field-{name}"))))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if names.is_empty() { words.tr("report-missing-none") } else { words.list(&names) }
}

/// Shelters that stay shut, and why.
fn unusable(on: &Occasion<'_>, words: &dyn Words) -> Table {
    let mut table = Table::new(words.tr("report-unusable"))
        .column(words.tr("column-shelter"), Align::Left, 2.0)
        .column(words.tr("column-why"), Align::Left, 3.0);
    for load in &on.plan.shelters {
        if let Some(why) = load.unusable {
            table.row(vec![load.name.clone(), words.say(&why.message())]);
        }
    }
    table
}

//! A village's part of an order: how many, from where, to where, by which way, who answers for it.

use super::contact::Contacts;
use super::pickup::pickup;
use crate::analysis::evacuation::Assignment;
use crate::base::{Message, Metres};
use crate::model::{Kind, Settlement};
use crate::report::document::{Align, Block, Table};
use crate::report::occasion::{Movement, Occasion, Village};
use crate::report::words::{Words, short_moment};

/// Adds the part of a village.
pub(super) fn part(
    on: &Occasion<'_>,
    village: &Village<'_>,
    number: u32,
    contacts: &Contacts<'_>,
    words: &dyn Words,
    out: &mut Vec<Block>,
) {
    let heading =
        Message::new("report-village").with("number", number).with("name", village.name);
    out.push(Block::Heading(words.say(&heading)));
    let fact = |id: &'static str, value: String| (words.tr(id), value);
    let people = village.people();
    let place = village.feature.and_then(|row| pickup(on.county, row));
    let place = place.map_or_else(|| words.tr("no-data"), |place| words.say(&place));
    let mut facts = vec![
        fact("report-people", words.people(people)),
        fact("report-vulnerable", vulnerable(village, people, words)),
        fact("report-pickup", place),
    ];
    facts.extend(contacts.facts(village.id, words));
    if let Some(movement) = on.movement(village.id) {
        times(movement, words, &mut facts);
    }
    out.push(Block::Facts(facts));
    if !village.lines.is_empty() {
        out.push(Block::Table(destinations(on, village, words)));
    }
    for row in &village.left {
        let why = row.why.message();
        let left = if people.is_none() {
            Message::new("report-left-unknown").with("why", why)
        } else {
            Message::new("report-left-line").with("people", words.count(row.people.0)).with("why", why)
        };
        out.push(Block::Paragraph(words.say(&left)));
    }
    let deviates = |line: &&&Assignment| line.deviates_from.is_some();
    if let Some(line) = village.lines.iter().find(deviates) {
        let planned = line.deviates_from.and_then(|id| on.county.feature(id));
        let name = planned.map_or("", |row| row.name.as_str());
        out.push(Block::Note(words.say(&Message::new("deviates-from").with("name", name))));
    }
}

/// How many need help: the share of the village's people who do. Where only a part of the village
/// moves nobody knows who lives there, so that the range holds every case.
fn vulnerable(village: &Village<'_>, people: Option<u64>, words: &dyn Words) -> String {
    let figures = village.feature.map(Settlement::of);
    let share = figures.and_then(|figures| figures.vulnerable_share);
    let residents = figures.and_then(|figures| figures.residents);
    let (Some(share), Some(residents), Some(people)) = (share, residents, people) else {
        return words.tr("no-data");
    };
    let all = share.clamp(0.0, 1.0) * residents.0 as f64;
    let elsewhere = residents.0.saturating_sub(people);
    let low = (all.floor() as u64).saturating_sub(elsewhere);
    let high = (all.ceil() as u64).min(people);
    if low >= high {
        return words.say(&Message::new("report-estimate-about").with("people", words.count(high)));
    }
    words.say(
        &Message::new("report-estimate-range")
            .with("low", words.count(low))
            .with("high", words.count(high)),
    )
}

/// When the village moves, and in what.
fn times(movement: &Movement, words: &dyn Words, facts: &mut Vec<(String, String)>) {
    let mut fact = |id: &'static str, value: String| facts.push((words.tr(id), value));
    fact("report-wave", words.count(movement.wave.into()));
    fact("report-notify", short_moment(movement.notify_from));
    let leave = Message::new("report-from-to")
        .with("from", short_moment(movement.leave_from))
        .with("to", short_moment(movement.leave_by));
    fact("report-leave", words.say(&leave));
    fact("report-arrive", short_moment(movement.arrive_by));
    let latest = movement.latest_start.map(short_moment);
    fact("report-latest", words.text(latest.as_deref()));
    fact("report-vehicle", words.text(movement.vehicle.as_deref()));
    fact("report-trips", words.people(movement.trips.map(u64::from)));
}

/// Where the people go, a line per shelter.
fn destinations(on: &Occasion<'_>, village: &Village<'_>, words: &dyn Words) -> Table {
    let mut table = Table::new("")
        .column(words.tr("column-shelter"), Align::Left, 2.4)
        .column(words.tr("column-people"), Align::Right, 0.8)
        .column(words.tr("report-way"), Align::Left, 3.0)
        .column(words.tr("report-shelter-contact"), Align::Left, 1.8);
    for line in &village.lines {
        let shelter = on.county.layer(Kind::Shelter).and_then(|layer| layer.by_id(line.shelter));
        let field = |name: &str| words.text(shelter.and_then(|row| row.text(name)));
        let leg = on
            .legs
            .iter()
            .find(|leg| (leg.settlement, leg.shelter) == (line.settlement, line.shelter));
        let way = match leg {
            Some(leg) => leg.text(words),
            None => {
                let distance = words.distance(Metres(line.distance_m.into()));
                let id = if on.travel.is_some() { "report-by-road" } else { "report-straight" };
                words.say(&Message::new(id).with("distance", distance))
            }
        };
        table.row(vec![
            format!("{}\n{}", line.shelter_name, field("address")),
            words.count(line.people.0),
            way,
            format!("{}\n{}", field("person_in_charge"), field("phone")),
        ]);
    }
    table
}

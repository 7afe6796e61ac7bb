//! A village's part of an order: how many, from where, to where, by which way, who answers for it.

use super::contact::Contacts;
use super::pickup::pickup;
use crate::analysis::evacuation::Assignment;
use crate::base::{Message, Metres};
use crate::model::{Kind, Settlement};
use crate::report::document::{Align, Block, Table};
use crate::report::occasion::{Movement, Occasion, Village};
use crate::report::opening::{in_charge, named};
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
    let heading = Message::new("report-village").with("number", number).with("name", village.name);
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
            Message::new("report-left-line")
                .with("people", words.count(row.people.0))
                .with("why", why)
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

/// Standard deviations to each side of an estimate: about nineteen cases in twenty lie between.
const SPREAD: f64 = 2.0;

/// How many need help, by the share of the village's people who do. Where only a part of the village
/// moves it is taken as a random part of it (hypergeometric), which makes the range.
fn vulnerable(village: &Village<'_>, people: Option<u64>, words: &dyn Words) -> String {
    let figures = village.feature.map(Settlement::of);
    let share = figures.and_then(|figures| figures.vulnerable_share);
    let residents = figures.and_then(|figures| figures.residents);
    let (Some(share), Some(residents), Some(people)) = (share, residents, people) else {
        return words.tr("no-data");
    };
    let share = share.clamp(0.0, 1.0);
    let (all, moving) = (residents.0 as f64, people as f64);
    let elsewhere = (all - moving).max(0.0) / (all - 1.0).max(1.0);
    let around = SPREAD * (moving * share * (1.0 - share) * elsewhere).sqrt();
    let low = (moving * share - around).floor().max(0.0) as u64;
    let high = ((moving * share + around).ceil() as u64).min(people);
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
            named(&line.shelter_name, shelter),
            words.count(line.people.0),
            way,
            in_charge(shelter, words),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Id;
    use crate::model::{Attributes, Feature, Provenance};

    /// Figures without words.
    struct Plain;

    impl Words for Plain {
        fn say(&self, message: &Message) -> String {
            let args = message.args.iter().map(|(_, arg)| match arg {
                crate::base::Arg::Text(text) => text.clone(),
                other => format!("{other:?}"),
            });
            args.collect::<Vec<_>>().join("–")
        }

        fn count(&self, n: u64) -> String {
            n.to_string()
        }

        fn distance(&self, distance: Metres) -> String {
            distance.0.to_string()
        }

        fn tag(&self) -> &'static str {
            "en"
        }
    }

    #[test]
    fn a_part_of_a_village_makes_a_wider_range_than_the_whole() {
        let mut attributes = Attributes::default();
        attributes.set(Kind::Settlement, "residents", Some(1000_i64.into()));
        attributes.set(Kind::Settlement, "vulnerable_share", Some(0.3.into()));
        let row = Feature {
            id: Id::from_natural_key("settlement", "a"),
            kind: Kind::Settlement,
            code: None,
            name: "a".to_owned(),
            geometry: None,
            attributes,
            extra: Vec::new(),
            provenance: Provenance::default(),
        };
        let told = |people: u64| {
            let feature = Some(&row);
            let village =
                Village { id: row.id, name: "a", feature, lines: Vec::new(), left: Vec::new() };
            vulnerable(&village, Some(people), &Plain)
        };
        assert_eq!(told(1000), "300");
        // 100 of 1000: 30 ± 2 √(100 × 0.3 × 0.7 × 900 / 999) = 30 ± 8.7.
        assert_eq!(told(100), "21–39");
        assert_eq!(told(1), "0–1");
    }
}

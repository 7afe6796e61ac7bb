//! Transfer orders (人员转移指令): one per township, a part per village, a door list for each.

mod contact;
mod door;
mod leg;
mod pickup;
mod village;

pub use leg::{Leg, legs};

pub(super) use contact::Contacts;

use super::document::{Align, Block, Document, Signature, Table};
use super::occasion::{Occasion, Township};
use super::source;
use super::words::Words;
use crate::base::Message;
use crate::model::Kind;

/// What the orders rest on.
const RESTS_ON: [Kind; 6] = [
    Kind::Township,
    Kind::Settlement,
    Kind::Shelter,
    Kind::Arrangement,
    Kind::Contact,
    Kind::School,
];

/// The transfer orders of a plan, one per township, in the order of the townships' codes. Of a plan
/// that moves nobody there is one sheet that says so, and that nobody signs.
pub fn transfer_orders(on: &Occasion<'_>, words: &dyn Words) -> Vec<Document> {
    let contacts = Contacts::new(on.county);
    let notes = source::of_plan(on, &RESTS_ON);
    let sources = source::lines(&notes, on.at, words);
    let sample = source::is_sample(&notes);
    let townships = on.townships();
    if townships.is_empty() {
        return vec![Document {
            title: words.tr("report-orders-none-title"),
            number: number(on, 0, words),
            at: on.at,
            signature: None,
            blocks: vec![Block::Paragraph(words.tr("report-orders-none")), Block::Sources],
            sources,
            sample,
            one_page: false,
        }];
    }
    let orders = townships.into_iter().zip(1_u32..).map(|(township, place)| {
        let name = match township.name.as_str() {
            "" => words.tr("report-township-unknown"),
            name => name.to_owned(),
        };
        Document {
            title: words.say(&Message::new("report-orders-title").with("name", name.as_str())),
            number: number(on, place, words),
            at: on.at,
            signature: Some(signature(words)),
            blocks: blocks(on, &township, &name, &contacts, words),
            sources: sources.clone(),
            sample,
            one_page: false,
        }
    });
    orders.collect()
}

/// The number under which an order is drawn up.
fn number(on: &Occasion<'_>, place: u32, words: &dyn Words) -> String {
    words.say(&Message::new("report-orders-number").with("stamp", on.stamp()).with("number", place))
}

/// Nothing is signed by a program.
pub(super) fn signature(words: &dyn Words) -> Signature {
    Signature {
        status: words.tr("report-to-be-signed"),
        blanks: vec![words.tr("report-signed-by"), words.tr("report-signed-at")],
    }
}

fn blocks(
    on: &Occasion<'_>,
    township: &Township<'_>,
    name: &str,
    contacts: &Contacts<'_>,
    words: &dyn Words,
) -> Vec<Block> {
    let villages = &township.villages;
    let sum = |of: &dyn Fn(&super::occasion::Village<'_>) -> u64| -> u64 {
        villages.iter().map(of).sum()
    };
    let placed = sum(&|v| v.lines.iter().map(|line| line.people.0).sum());
    let left = sum(&|v| v.left.iter().map(|row| row.people.0).sum());
    let unknown = villages.iter().filter(|village| village.people().is_none()).count();
    // Where nobody knows how many, it is not nobody.
    let known = |n: u64| words.people((unknown < villages.len()).then_some(n));
    let fact = |id: &'static str, value: String| (words.tr(id), value);
    let mut facts = vec![
        fact("report-to", name.to_owned()),
        fact("report-hazard", on.hazard(words)),
        fact("report-stay", on.stay(words)),
        fact("report-villages", words.count(villages.len() as u64)),
        fact("report-people", known(placed + left)),
        fact("report-placed", words.count(placed)),
        fact("report-left", known(left)),
    ];
    if unknown > 0 {
        facts.push(fact("report-without-data", words.count(unknown as u64)));
    }
    if let Some(travel) = on.travel {
        facts.push(fact("report-travel", travel.to_owned()));
    }
    let mut out = vec![
        Block::Paragraph(words.say(&Message::new("report-orders-opening").with("name", name))),
        Block::Facts(facts),
        Block::Table(overview(on, township, words)),
    ];
    for (village, number) in villages.iter().zip(1_u32..) {
        village::part(on, village, number, contacts, words, &mut out);
    }
    out.push(Block::Note(words.tr("report-estimates")));
    out.push(Block::Sources);
    for village in villages {
        out.push(Block::PageBreak);
        door::list(village, words, &mut out);
    }
    out
}

/// All villages on one glance.
fn overview(on: &Occasion<'_>, township: &Township<'_>, words: &dyn Words) -> Table {
    let mut table = Table::new(words.tr("report-overview"))
        .column(words.tr("report-col-number"), Align::Right, 0.6)
        .column(words.tr("column-village"), Align::Left, 2.2)
        .column(words.tr("column-people"), Align::Right, 1.0)
        .column(words.tr("report-placed"), Align::Right, 1.0)
        .column(words.tr("report-left"), Align::Right, 1.0);
    if on.movements.is_some() {
        table = table.column(words.tr("report-wave"), Align::Right, 0.8);
    }
    for (village, number) in township.villages.iter().zip(1_u64..) {
        let placed: u64 = village.lines.iter().map(|line| line.people.0).sum();
        let left = village.people().map(|people| people - placed);
        let wave = on.movement(village.id).map(|movement| words.count(movement.wave.into()));
        table.row(vec![
            words.count(number),
            village.name.to_owned(),
            words.people(village.people()),
            words.count(placed),
            words.people(left),
            wave.unwrap_or_default(),
        ]);
    }
    table
}

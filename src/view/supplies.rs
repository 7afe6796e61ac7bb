//! What a panel of relief supplies shows: what is needed and there, what runs out first, who has
//! first relief in time.

use super::table::{Cell, Heading, Row, Table};
use super::travel::duration;
use crate::analysis::supplies::{
    Item, ItemCover, Milli, Norm, PlaceRelief, Relief, ReliefTable, Season, Supplies, SuppliesAsk,
};
use crate::base::{Lang, Message};
use crate::model::Kind;
use crate::scene::FeatureRef;

/// How an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// As much as is needed.
    Enough,
    /// Some is missing.
    Short,
    /// Nobody knows.
    NoData,
}

/// One item.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemRow {
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Message,
    /// What is needed.
    pub need: Milli,
    /// What is there; `None` = no data.
    pub have: Option<Milli>,
    /// How long it lasts; `None` = no data, or not used up.
    pub days: Option<Milli>,
    /// For how many people it lasts; `None` = no data.
    pub people: Option<u64>,
    /// Share of the need that is covered, 0 to 1; `None` = no data, or nothing is needed.
    pub share: Option<f64>,
    /// How it stands.
    pub standing: Standing,
    /// Without it nobody is provided for.
    pub mandatory: bool,
    /// How sure the norm's figure is.
    pub mark: Message,
}

/// How far the stocks go.
#[derive(Clone, Debug, PartialEq)]
pub struct SuppliesSummary {
    /// People, days, season and norm.
    pub heading: Message,
    /// What it comes to.
    pub verdict: Message,
    /// By item, in the order of the norm.
    pub items: Vec<ItemRow>,
    /// Mandatory items without data.
    pub without_data: Vec<String>,
    /// Stock rows that do not count, with the reason.
    pub not_counted: Vec<(FeatureRef, String, Message)>,
    /// The standard, and that the one in force decides.
    pub standard: Message,
}

/// A place that is supplied.
#[derive(Clone, Debug, PartialEq)]
pub struct ReliefRow {
    /// Which shelter.
    pub feature: FeatureRef,
    /// Its name.
    pub name: String,
    /// Its people.
    pub people: u64,
    /// With first relief in time.
    pub in_time: u64,
    /// When everything is handed out: estimated, from and to; `None` without any shipment.
    pub eta: Option<(Message, Message)>,
    /// Why not all have it in time.
    pub why: Option<Message>,
    /// Whole days that stocks last; `None` = no data.
    pub days: Option<u32>,
    /// Trucks that drive there.
    pub trucks: u64,
}

/// Who has first relief in time.
#[derive(Clone, Debug, PartialEq)]
pub struct ReliefSummary {
    /// What it comes to.
    pub verdict: Message,
    /// Everybody has it in time.
    pub is_met: bool,
    /// Those who have not first, most people first.
    pub rows: Vec<ReliefRow>,
    /// What the times rest on.
    pub note: Message,
}

fn name_of(key: &str, lang: Lang) -> String {
    Item::of(key).map_or_else(|| key.to_owned(), |item| item.name(lang).to_owned())
}

/// A figure in words, with one decimal, rounded down.
fn figure(n: Milli) -> Message {
    Message::new("supplies-figure").with("amount", (n.0 / 100) as f64 / 10.0)
}

fn item_row(cover: &ItemCover, lang: Lang) -> ItemRow {
    let standing = match cover.short() {
        None => Standing::NoData,
        Some(Milli::ZERO) => Standing::Enough,
        Some(_) => Standing::Short,
    };
    let unit = Item::of(cover.item).map_or("piece", |item| item.unit.as_str());
    let share = cover.have.filter(|_| cover.need > Milli::ZERO);
    ItemRow {
        name: name_of(cover.item, lang),
        unit: Message::new(format!("supplies-unit-{unit}")),
        need: cover.need,
        have: cover.have,
        days: cover.days,
        people: cover.people.map(|people| people.0),
        share: share.map(|have| (have.value() / cover.need.value()).min(1.0)),
        standing,
        mandatory: cover.mandatory,
        mark: Message::new(format!("mark-{}", cover.mark)),
    }
}

/// People, days, season and norm of a question.
fn heading(people: u64, days: u32, season: Season, norm: &Norm, lang: Lang) -> Message {
    Message::new("supplies-heading")
        .with("people", people)
        .with("days", days)
        .with("season", Message::new(format!("season-{}", season.key())))
        .with("norm", norm.name(lang))
}

/// What a panel shows of an answer.
pub fn supplies_summary(found: &Supplies, ask: &SuppliesAsk<'_>, lang: Lang) -> SuppliesSummary {
    let figure = |n: Option<Milli>| n.map_or_else(|| Message::new("no-data"), figure);
    let verdict = match found.bottleneck {
        Some(item) => Message::new("supplies-verdict")
            .with("item", name_of(item, lang))
            .with("days", figure(found.days))
            .with("people", figure(found.people.map(|people| Milli::whole(people.0)))),
        None if ask.people.0 == 0 => Message::new("supplies-nobody"),
        None => Message::new("supplies-nothing-known"),
    };
    SuppliesSummary {
        heading: heading(ask.people.0, ask.days, ask.season, ask.norm, lang),
        verdict,
        items: found.items.iter().map(|cover| item_row(cover, lang)).collect(),
        without_data: found.without_data.iter().map(|key| name_of(key, lang)).collect(),
        not_counted: found
            .notes
            .iter()
            .map(|note| {
                let feature = FeatureRef { kind: Kind::Stock, id: note.stock };
                (feature, note.name.clone(), note.why.message())
            })
            .collect(),
        standard: Message::new("supplies-standard").with("standard", ask.norm.standard.as_str()),
    }
}

fn relief_row(place: &PlaceRelief) -> ReliefRow {
    ReliefRow {
        feature: FeatureRef { kind: Kind::Shelter, id: place.id },
        name: place.name.clone(),
        people: place.people.0,
        in_time: place.in_time.0,
        eta: place.eta_s.zip(place.eta_p90_s).map(|(from, to)| (duration(from), duration(to))),
        why: place.why.map(|why| why.message()),
        days: place.days,
        trucks: place.shipments.iter().map(|shipment| shipment.trucks).sum(),
    }
}

/// What a panel shows of first relief.
pub fn relief_summary(relief: &Relief) -> ReliefSummary {
    let without = relief.people - relief.in_time - relief.late;
    let mut rows: Vec<ReliefRow> = relief.places.iter().map(relief_row).collect();
    rows.sort_by_key(|row| {
        (std::cmp::Reverse(row.people - row.in_time.min(row.people)), row.feature.id)
    });
    ReliefSummary {
        verdict: Message::new("relief-verdict")
            .with("hours", ReliefTable::usual().deadline.hours)
            .with("people", relief.people.0)
            .with("in_time", relief.in_time.0)
            .with("late", relief.late.0)
            .with("without", without.0),
        is_met: relief.in_time == relief.people,
        rows,
        note: Message::new("relief-note").with("trucks", relief.trucks),
    }
}

/// All items as a table.
pub fn supplies_table(summary: &SuppliesSummary) -> Table {
    let columns = vec![
        (Heading::Message("supplies-item"), false),
        (Heading::Message("supplies-unit"), false),
        (Heading::Message("supplies-need"), true),
        (Heading::Message("supplies-have"), true),
        (Heading::Message("supplies-days"), true),
        (Heading::Message("supplies-people"), true),
    ];
    let figure = |n: Option<Milli>| n.map_or(Cell::NoData, |n| Cell::Message(figure(n)));
    let rows = summary.items.iter().map(|item| Row {
        feature: None,
        cells: vec![
            Cell::Text(item.name.clone()),
            Cell::Message(item.unit.clone()),
            figure(Some(item.need)),
            figure(item.have),
            figure(item.days),
            Cell::count(item.people),
        ],
    });
    Table::new(summary.heading.clone(), columns, rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::supplies::{NoRelief, NormTable, supplies};
    use crate::base::{Id, Persons, Timestamp};
    use crate::county::County;
    use crate::view::Locale;

    fn ask(people: u64) -> SuppliesAsk<'static> {
        SuppliesAsk {
            people: Persons(people),
            days: 15,
            norm: NormTable::usual().norm("county").unwrap(),
            season: Season::Summer,
            now: Timestamp::parse("2026-10-02T08:00").unwrap(),
        }
    }

    #[test]
    fn every_word_is_there_and_no_data_is_said() {
        for lang in Lang::ALL {
            let locale = Locale::new(lang);
            let ask = ask(5000);
            let summary = supplies_summary(&supplies(&County::default(), &ask), &ask, lang);
            assert!(summary.items.iter().all(|item| item.standing == Standing::NoData));
            assert_eq!((summary.without_data.len(), summary.items.len()), (5, 14));
            let table = supplies_table(&summary).to_text(&locale);
            assert!(table.contains("225,000") && table.contains(&locale.tr("no-data")), "{table}");
            for item in Item::all() {
                assert!(locale.has(&format!("supplies-unit-{}", item.unit)), "{}", item.unit);
            }
            for why in NoRelief::ALL {
                assert!(locale.has(&why.message().id));
            }
            for why in crate::analysis::supplies::NotCounted::ALL {
                assert!(locale.has(&why.message().id));
            }
            let nobody = supplies_summary(&supplies(&County::default(), &ask), &self::ask(0), lang);
            assert_eq!(nobody.verdict, Message::new("supplies-nobody"));
        }
    }

    #[test]
    fn whoever_has_no_relief_stands_first() {
        let place = |name: &str, people: u64, in_time: u64| PlaceRelief {
            id: Id::from_natural_key("shelter", name),
            name: name.to_owned(),
            people: Persons(people),
            in_time: Persons(in_time),
            late: Persons(0),
            why: (in_time < people).then_some(NoRelief::NoRoad),
            eta_s: (in_time > 0).then_some(11_828),
            eta_p90_s: (in_time > 0).then_some(11_873),
            days: Some(15),
            ends_with: None,
            shipments: Vec::new(),
        };
        let relief = Relief {
            places: vec![place("a", 900, 900), place("b", 50, 0), place("c", 200, 100)],
            people: Persons(1150),
            in_time: Persons(1000),
            ..Relief::default()
        };
        let summary = relief_summary(&relief);
        let names: Vec<&str> = summary.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!((names, summary.is_met), (vec!["c", "b", "a"], false));
        let zh = Locale::new(Lang::Zh);
        assert!(zh.text(&summary.verdict).contains("1,150"), "{}", zh.text(&summary.verdict));
        let (from, _) = summary.rows[2].eta.clone().unwrap();
        assert_eq!(zh.text(&from), "3 小时 17 分");
    }
}

//! Days and people covered by item, and the item that runs out first.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::item::Item;
use super::milli::Milli;
use super::norm::{Basis, Norm, Season};
use super::stock::{Stock, StockNote};
use crate::base::{Persons, Timestamp};
use crate::county::County;

/// The question: is there enough for so many people and days?
#[derive(Clone, Copy, Debug)]
pub struct SuppliesAsk<'a> {
    /// How many people.
    pub people: Persons,
    /// For how many days.
    pub days: u32,
    /// By which norm.
    pub norm: &'a Norm,
    /// In which season.
    pub season: Season,
    /// The present moment: what expires before the last day does not count.
    pub now: Timestamp,
}

/// How far the stock of one item goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemCover {
    /// Key of the item.
    pub item: &'static str,
    /// How it is used up.
    pub basis: Basis,
    /// What is needed, in the item's unit.
    pub need: Milli,
    /// What is there; `None` = no data.
    pub have: Option<Milli>,
    /// How long it lasts; `None` = no data, not used up, or nobody needs it.
    pub days: Option<Milli>,
    /// For how many people it lasts; `None` = no data.
    pub people: Option<Persons>,
    /// Without it nobody is provided for.
    pub mandatory: bool,
    /// What is there by kind of reserve.
    pub reserves: Vec<(String, Milli)>,
    /// How sure the norm's figure is.
    pub mark: String,
}

impl ItemCover {
    /// What is missing; `None` = no data.
    pub fn short(&self) -> Option<Milli> {
        self.have.map(|have| self.need.saturating_sub(have))
    }

    /// Have ÷ need of two items, compared.
    fn ratio_cmp(&self, other: &Self) -> Ordering {
        let cross =
            |a: &Self, b: &Self| u128::from(a.have.unwrap_or_default().0) * u128::from(b.need.0);
        cross(self, other).cmp(&cross(other, self))
    }
}

/// How far the stocks of a county go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplies {
    /// By item, in the order of the norm.
    pub items: Vec<ItemCover>,
    /// How long the mandatory items last that are used up; `None` = no data, or nobody needs them.
    pub days: Option<Milli>,
    /// For how many people the mandatory items last; `None` = no data.
    pub people: Option<Persons>,
    /// The mandatory item that covers the least share of what is needed.
    pub bottleneck: Option<&'static str>,
    /// Mandatory items without data: nobody knows whether they are there.
    pub without_data: Vec<&'static str>,
    /// Stock rows that do not count.
    pub notes: Vec<StockNote>,
    /// Stock rows that are none of the norm's items.
    pub others: usize,
}

/// Says how far the stocks go: by item, and for how many days and people in all.
pub fn supplies(county: &County, ask: &SuppliesAsk<'_>) -> Supplies {
    let lines: Vec<_> = ask
        .norm
        .lines_in(ask.season)
        .filter_map(|line| Some((line, Item::of(&line.item)?)))
        .collect();
    let mut known: Vec<&'static Item> = Vec::new();
    for (_, item) in &lines {
        let parts = item.part.iter().filter_map(|part| Item::of(&part.key));
        for item in parts.chain([*item]) {
            if !known.iter().any(|own| own.key == item.key) {
                known.push(item);
            }
        }
    }
    let stock = Stock::read(county, &known, ask.now, ask.days);
    let items: Vec<ItemCover> = lines
        .into_iter()
        .map(|(line, item)| {
            let have = stock.have(item);
            let mut reserves: BTreeMap<&str, Milli> = BTreeMap::new();
            for (holding, quantity) in stock.holdings_of(item) {
                *reserves.entry(&holding.reserve).or_default() += quantity;
            }
            ItemCover {
                item: &item.key,
                basis: line.basis,
                need: line.need(ask.people, ask.days, ask.season),
                have,
                days: have.and_then(|have| line.days(have, ask.people, ask.season)),
                people: have.and_then(|have| line.people(have, ask.days, ask.season)),
                mandatory: line.mandatory,
                reserves: reserves.into_iter().map(|(key, n)| (key.to_owned(), n)).collect(),
                mark: line.mark.clone(),
            }
        })
        .collect();
    let mandatory = || items.iter().filter(|item| item.mandatory);
    let needed = mandatory().filter(|item| item.have.is_some() && item.need > Milli::ZERO);
    Supplies {
        days: mandatory().filter_map(|item| item.days).min(),
        people: mandatory().filter_map(|item| item.people).min(),
        // The first of equal ones stands first in the norm.
        bottleneck: needed.min_by(|a, b| a.ratio_cmp(b)).map(|item| item.item),
        without_data: mandatory().filter(|i| i.have.is_none()).map(|i| i.item).collect(),
        notes: stock.notes,
        others: stock.others,
        items,
    }
}

#[cfg(test)]
mod tests {
    use super::super::norm::NormTable;
    use super::super::stock::NotCounted;
    use super::super::trial::{county, stock, warehouse};
    use super::*;
    use crate::model::Feature;

    fn ask(people: u64, days: u32, norm: &str) -> SuppliesAsk<'static> {
        SuppliesAsk {
            people: Persons(people),
            days,
            norm: NormTable::usual().norm(norm).unwrap(),
            season: Season::Summer,
            now: Timestamp::parse("2026-10-02T08:00").unwrap(),
        }
    }

    fn rows() -> Vec<Feature> {
        vec![
            stock("W1", "12 m² 单帐篷", Some(400.0), "顶"),
            stock("W1", "折叠床", Some(3200.0), "张"),
            stock("W1", "棉被", Some(5200.0), "床"),
            stock("W1", "瓶装饮用水 550 mL", Some(100_000.0), "瓶"),
            stock("W1", "方便食品", Some(45_000.0), "份"),
            stock("W1", "铁锹", Some(100.0), "把"),
        ]
    }

    fn item<'a>(found: &'a Supplies, key: &str) -> &'a ItemCover {
        found.items.iter().find(|item| item.item == key).unwrap()
    }

    #[test]
    fn the_scarcest_mandatory_item_decides() {
        let county = county(vec![warehouse("W1", 116.5, 35.7)], rows());
        let found = supplies(&county, &ask(5000, 15, "county"));
        // 55,000 L ÷ 15,000 L a day = 3.666 days, enough for 55,000 ÷ 45 = 1222 people.
        let water = item(&found, "water-drinking");
        assert_eq!((water.need, water.have), (Milli::whole(225_000), Some(Milli::whole(55_000))));
        assert_eq!((water.days, water.people), (Some(Milli(3666)), Some(Persons(1222))));
        // 45,000 meals ÷ 15,000 = 3 days, for 1000 people; the least of all.
        let meal = item(&found, "meal");
        assert_eq!((meal.days, meal.people), (Some(Milli::whole(3)), Some(Persons(1000))));
        let tent = item(&found, "tent");
        assert_eq!((tent.days, tent.people), (None, Some(Persons(2000))));
        assert_eq!(tent.short(), Some(Milli::whole(600)));
        assert_eq!(found.bottleneck, Some("meal"));
        assert_eq!((found.days, found.people), (Some(Milli::whole(3)), Some(Persons(1000))));
        assert_eq!((found.others, found.without_data.len()), (1, 0));
    }

    #[test]
    fn nobody_and_nothing_are_answers() {
        let county = county(vec![warehouse("W1", 116.5, 35.7)], rows());
        let nobody = supplies(&county, &ask(0, 15, "county"));
        assert!(nobody.items.iter().all(|item| item.need == Milli::ZERO));
        assert_eq!((nobody.days, nobody.bottleneck), (None, None));
        assert_eq!(nobody.people, Some(Persons(1000)));
        let empty = supplies(&County::default(), &ask(5000, 15, "county"));
        assert!(empty.items.iter().all(|item| item.have.is_none() && item.days.is_none()));
        assert_eq!((empty.days, empty.people, empty.bottleneck), (None, None, None));
        assert_eq!(
            empty.without_data,
            ["tent", "bed", "quilt", "water-drinking", "meal"],
            "no data is never nothing"
        );
    }

    #[test]
    fn what_cannot_be_used_does_not_count_and_says_why() {
        let with = |field: &str, value: crate::model::Value| {
            let mut row = stock("W1", "方便食品", Some(1000.0), "份");
            row.attributes.set(crate::model::Kind::Stock, field, Some(value));
            row
        };
        let why = |row: Feature| {
            let county =
                county(vec![warehouse("W1", 116.5, 35.7), warehouse("W2", 116.6, 35.7)], vec![row]);
            let found = supplies(&county, &ask(100, 15, "county"));
            let have = item(&found, "meal").have.map(Milli::value);
            (have, found.notes.first().map(|note| note.why))
        };
        // Fifteen days from 2 October end on 17 October: a day short, and just good enough.
        assert_eq!(why(with("expiry", "2026-10-17".into())), (Some(1000.0), None));
        let expiring = why(with("expiry", "2026-10-16".into()));
        assert_eq!(expiring, (Some(0.0), Some(NotCounted::Expiring)));
        let expired = why(with("expiry", "2026-10-01".into()));
        assert_eq!(expired, (Some(0.0), Some(NotCounted::Expired)));
        assert_eq!(why(with("reserved_quantity", 400.0.into())), (Some(600.0), None));
        let reserved = why(with("reserved_quantity", 1000.0.into()));
        assert_eq!(reserved, (Some(0.0), Some(NotCounted::Reserved)));
        assert_eq!(why(with("quantity", (-5.0).into())), (None, Some(NotCounted::Negative)));
        let unit = why(with("unit", "箱".into()));
        assert_eq!(unit, (None, Some(NotCounted::UnknownUnit)));
        let late = why(with("activation_h", 361.0.into()));
        assert_eq!(late, (Some(0.0), Some(NotCounted::TooLate)));
        assert_eq!(why(with("activation_h", 360.0.into())), (Some(1000.0), None));
        let none = stock("W1", "方便食品", None, "份");
        assert_eq!(why(none), (None, Some(NotCounted::NoQuantity)));
    }

    #[test]
    fn stock_of_a_closed_warehouse_does_not_count() {
        let mut closed = warehouse("W1", 116.5, 35.7);
        let kind = crate::model::Kind::Warehouse;
        closed.attributes.set(kind, "status", Some("unavailable".into()));
        let found = supplies(&county(vec![closed], rows()), &ask(5000, 15, "county"));
        assert_eq!(item(&found, "meal").have, Some(Milli::ZERO));
        assert_eq!(found.notes[0].why, NotCounted::WarehouseClosed);
    }

    #[test]
    fn parts_serve_for_the_whole() {
        let found = supplies(&county(Vec::new(), rows()), &ask(5000, 15, "sphere"));
        // 55,000 L of drinking water are water; 400 tents cover 4800 m², enough for 1371 people.
        assert_eq!(item(&found, "water").have, Some(Milli::whole(55_000)));
        let floor = item(&found, "floor");
        assert_eq!((floor.have, floor.people), (Some(Milli::whole(4800)), Some(Persons(1371))));
        assert_eq!(item(&found, "energy").have, None);
        assert_eq!(found.without_data, ["energy"]);
    }

    #[test]
    fn the_five_kinds_of_reserve_are_told_apart() {
        let mut agreed = stock("W1", "自热米饭", Some(500.0), "份");
        let kind = crate::model::Kind::Stock;
        agreed.attributes.set(kind, "reserve_kind", Some("enterprise".into()));
        let mut all = rows();
        all.push(agreed);
        let found = supplies(&county(Vec::new(), all), &ask(5000, 15, "county"));
        let reserves = [
            ("enterprise".to_owned(), Milli::whole(500)),
            ("government".to_owned(), Milli::whole(45_000)),
        ];
        assert_eq!(item(&found, "meal").reserves, reserves);
    }
}

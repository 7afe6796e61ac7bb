//! What is there: stock rows that can be used by a day, as relief items.

use super::item::Item;
use super::milli::Milli;
use super::table::ReliefTable;
use crate::base::{Id, Message, Timestamp};
use crate::county::County;
use crate::model::{Feature, Kind};

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// A stock row that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Which row.
    pub stock: Id,
    /// Key of the item.
    pub item: &'static str,
    /// How much, in the item's unit; may be nothing.
    pub quantity: Milli,
    /// Where it lies, if that is a warehouse of the county.
    pub warehouse: Option<Id>,
    /// Kind of reserve: `government` where the row does not say.
    pub reserve: String,
    /// From the order until it can be loaded, in seconds.
    pub activation_s: u32,
}

/// Why a row that is a relief item does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCounted {
    /// No quantity.
    NoQuantity,
    /// Less than nothing.
    Negative,
    /// Its unit is missing or unknown.
    UnknownUnit,
    /// Its day is past.
    Expired,
    /// It expires before the last day.
    Expiring,
    /// All of it is reserved.
    Reserved,
    /// Its warehouse is out of use.
    WarehouseClosed,
    /// It cannot be had within the days asked for.
    TooLate,
}

impl NotCounted {
    /// All reasons.
    pub const ALL: [Self; 8] = [
        Self::NoQuantity,
        Self::Negative,
        Self::UnknownUnit,
        Self::Expired,
        Self::Expiring,
        Self::Reserved,
        Self::WarehouseClosed,
        Self::TooLate,
    ];

    /// The word programs read.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoQuantity => "no_quantity",
            Self::Negative => "negative",
            Self::UnknownUnit => "unknown_unit",
            Self::Expired => "expired",
            Self::Expiring => "expiring",
            Self::Reserved => "reserved",
            Self::WarehouseClosed => "warehouse_closed",
            Self::TooLate => "too_late",
        }
    }

    /// The reason in words.
    pub fn message(self) -> Message {
        Message::new(match self {
            Self::NoQuantity => "stock-no-quantity",
            Self::Negative => "stock-negative",
            Self::UnknownUnit => "stock-unknown-unit",
            Self::Expired => "stock-expired",
            Self::Expiring => "stock-expiring",
            Self::Reserved => "stock-reserved",
            Self::WarehouseClosed => "stock-warehouse-closed",
            Self::TooLate => "stock-too-late",
        })
    }

    /// Whether the row says how much is there for certain: nothing.
    fn is_known(self) -> bool {
        !matches!(self, Self::NoQuantity | Self::Negative | Self::UnknownUnit)
    }
}

/// A row that does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockNote {
    /// Which row.
    pub stock: Id,
    /// Its name.
    pub name: String,
    /// Key of the item.
    pub item: &'static str,
    /// Why.
    pub why: NotCounted,
}

/// All stock of some items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stock {
    /// What can be used, by row.
    pub holdings: Vec<Holding>,
    /// What does not count, by row.
    pub notes: Vec<StockNote>,
    /// Rows that are none of these items.
    pub others: usize,
}

impl Stock {
    /// The stock of some items that is good for so many days from `now`.
    pub fn read(county: &County, items: &[&'static Item], now: Timestamp, days: u32) -> Self {
        let ends = Timestamp(now.0.saturating_add(i64::from(days).saturating_mul(DAY_MS))).date();
        let today = now.date();
        let mut out = Self::default();
        for row in county.features(Kind::Stock) {
            let Some(item) = Item::recognise(items, row.text("item_code"), &row.name) else {
                out.others += 1;
                continue;
            };
            let warehouse =
                row.text("warehouse").and_then(|word| county.resolve(Kind::Warehouse, word));
            let reserve = row.text("reserve_kind").unwrap_or("government").to_owned();
            let activation_s = ReliefTable::usual().activation_s(row, &reserve);
            let late = u64::from(activation_s) > u64::from(days) * 86_400;
            let expiry = row.text("expiry");
            let counted = quantity(item, row).and_then(|quantity| {
                if expiry.is_some_and(|day| day < today.as_str()) {
                    Err(NotCounted::Expired)
                } else if expiry.is_some_and(|day| day < ends.as_str()) {
                    Err(NotCounted::Expiring)
                } else if warehouse.is_some_and(|at| at.text("status") == Some("unavailable")) {
                    Err(NotCounted::WarehouseClosed)
                } else if late {
                    Err(NotCounted::TooLate)
                } else {
                    Ok(quantity)
                }
            });
            let holding = |quantity| Holding {
                stock: row.id,
                item: &item.key,
                quantity,
                warehouse: warehouse.map(|at| at.id),
                reserve: reserve.clone(),
                activation_s,
            };
            match counted {
                Ok(quantity) => out.holdings.push(holding(quantity)),
                Err(why) => {
                    if why.is_known() {
                        out.holdings.push(holding(Milli::ZERO));
                    }
                    let (stock, name) = (row.id, row.name.clone());
                    out.notes.push(StockNote { stock, name, item: &item.key, why });
                }
            }
        }
        out
    }

    /// How much of an item there is, its parts included; `None` = no data.
    pub fn have(&self, item: &Item) -> Option<Milli> {
        let mut own = self.holdings_of(item).peekable();
        own.peek()?;
        Some(own.map(|(_, quantity)| quantity).sum())
    }

    /// The rows that hold an item or a part of it, with how much of the item's unit.
    pub fn holdings_of<'a>(
        &'a self,
        item: &'a Item,
    ) -> impl Iterator<Item = (&'a Holding, Milli)> + 'a {
        self.holdings.iter().filter_map(move |holding| {
            if holding.item == item.key {
                return Some((holding, holding.quantity));
            }
            let part = item.part.iter().find(|part| part.key == holding.item)?;
            Some((holding, holding.quantity.scaled(part.gives.into(), 1)?))
        })
    }
}

/// What a row holds and has not promised to others.
fn quantity(item: &Item, row: &Feature) -> Result<Milli, NotCounted> {
    let figure = row.number("quantity").ok_or(NotCounted::NoQuantity)?;
    // Another program may have written what an import refuses.
    let all = Milli::of(figure).ok_or(NotCounted::Negative)?;
    let reserved = row.number("reserved_quantity").and_then(Milli::of).unwrap_or_default();
    let free = all.saturating_sub(reserved);
    if free == Milli::ZERO && all > Milli::ZERO {
        return Err(NotCounted::Reserved);
    }
    item.quantity(free, row.text("unit"), &row.name).ok_or(NotCounted::UnknownUnit)
}

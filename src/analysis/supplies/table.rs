//! First relief in figures: its deadline, the first issue, trucks and times, from a table.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::item::Item;
use super::milli::Milli;
use super::norm::Season;
use crate::model::Feature;

/// A delay beyond this is a slip, in hours.
const MOST_H: f64 = 100_000.0;

/// The figures of `assets/supplies/relief.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ReliefTable {
    /// By when everybody has first relief.
    pub deadline: Deadline,
    activation: Activation,
    /// The first issue.
    pub kit: Kit,
    /// What it travels on.
    pub truck: Truck,
    /// How long the steps take.
    pub time: Times,
}

/// By when everybody has first relief (初步救助).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Deadline {
    /// Hours from the order.
    pub hours: u32,
    /// Who says so.
    pub source: String,
    /// How sure the figure is.
    pub mark: String,
}

/// Hours until a kind of reserve can be loaded.
#[derive(Clone, Debug, Default, Deserialize)]
struct Activation {
    #[serde(rename = "mark")]
    _mark: String,
    #[serde(rename = "source")]
    _source: String,
    #[serde(flatten)]
    hours: BTreeMap<String, f64>,
}

/// The first issue to a person.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Kit {
    /// How sure the figures are.
    pub mark: String,
    line: Vec<KitLine>,
}

/// One item of the first issue.
#[derive(Clone, Debug, Deserialize)]
struct KitLine {
    item: String,
    amount: u64,
    persons: u64,
    #[serde(default)]
    season: Option<String>,
}

/// A truck.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Truck {
    /// The vehicle of the costing that it drives like.
    pub vehicle: String,
    /// What it carries.
    pub payload_kg: u64,
    /// What fits in.
    pub volume_m3: u64,
    /// How sure the figures are.
    pub mark: String,
}

/// How long the steps take, in minutes.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Times {
    /// From the order until the first truck can be loaded.
    pub prepare_min: u32,
    /// Loading a truck.
    pub load_min: u32,
    /// How many are loaded at a time in a warehouse.
    pub bays: u32,
    /// Unloading a truck.
    pub unload_min: u32,
    /// Handing out.
    pub distribute_min: u32,
    /// How sure the figures are.
    pub mark: String,
}

/// An item of the first issue: `amount` of its unit for `persons` people.
#[derive(Clone, Copy, Debug)]
pub struct Issue {
    /// The item.
    pub item: &'static Item,
    /// How much.
    pub amount: u64,
    /// For how many people.
    pub persons: u64,
}

static TABLE: LazyLock<ReliefTable> = LazyLock::new(|| {
    // Part of the program; a unit test proves that it reads.
    toml::from_str(include_str!("../../../assets/supplies/relief.toml")).unwrap_or_default()
});

impl ReliefTable {
    /// The table that comes with the program.
    pub fn usual() -> &'static Self {
        &TABLE
    }

    /// Seconds until a stock row can be loaded: the row's own figure, else that of its kind of reserve.
    pub fn activation_s(&self, row: &Feature, reserve: &str) -> u32 {
        let usual = || self.activation.hours.get(reserve).copied().unwrap_or(0.0);
        let own = row.number("activation_h").filter(|hours| (0.0..=MOST_H).contains(hours));
        (own.unwrap_or_else(usual) * 3600.0).round() as u32
    }

    /// The first issue in a season.
    pub fn issue(&self, season: Season) -> Vec<Issue> {
        let counts = |line: &&KitLine| match line.season.as_deref() {
            Some(own) => own == season.key(),
            None => true,
        };
        let lines = self.kit.line.iter().filter(counts);
        lines
            .filter_map(|line| {
                let (amount, persons) = (line.amount.max(1), line.persons.max(1));
                Some(Issue { item: Item::of(&line.item)?, amount, persons })
            })
            .collect()
    }
}

impl Issue {
    /// How many people so much is for.
    pub fn people(&self, quantity: Milli) -> u64 {
        let of = u128::from(self.amount) * 1000;
        quantity.scaled(self.persons.into(), of).map_or(0, |people| people.0)
    }

    /// How much so many people get.
    pub fn quantity(&self, people: u64) -> Milli {
        Milli::whole(people.saturating_mul(self.amount).div_ceil(self.persons))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_has_every_kind_of_reserve() {
        let table = ReliefTable::usual();
        assert_eq!(table.deadline.hours, 12);
        for kind in ["government", "enterprise", "production", "team", "social"] {
            assert!(table.activation.hours.contains_key(kind), "{kind}");
        }
        assert_eq!(table.activation.hours.len(), 5);
        let marks = [&table.deadline.mark, &table.kit.mark, &table.truck.mark, &table.time.mark];
        assert!(marks.iter().all(|mark| ["found", "recalled", "default"].contains(&mark.as_str())));
        let items = |season| table.issue(season).len();
        assert_eq!((items(Season::Summer), items(Season::Winter)), (3, 4));
        assert!(table.truck.payload_kg > 0 && table.truck.volume_m3 > 0 && table.time.bays > 0);
    }

    #[test]
    fn an_issue_is_for_so_many_people() {
        let tent = Issue { item: Item::of("tent").unwrap(), amount: 1, persons: 5 };
        assert_eq!((tent.people(Milli::whole(3)), tent.quantity(11)), (15, Milli::whole(3)));
        let water = Issue { item: Item::of("water-drinking").unwrap(), amount: 3, persons: 1 };
        assert_eq!((water.people(Milli::whole(10)), water.quantity(4)), (3, Milli::whole(12)));
    }
}

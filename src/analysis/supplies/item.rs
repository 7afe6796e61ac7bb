//! Relief items: how a stock row is recognised as one, and how much of it the row holds.

use std::sync::LazyLock;

use serde::Deserialize;

use super::milli::{Milli, narrow};
use crate::base::Lang;

/// A unit that stock rows are counted in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// How rows write it; an empty word stands for a row without a unit.
    pub word: Vec<String>,
    /// One of it is `gives` ÷ `of` of the item's unit.
    #[serde(default = "one")]
    pub gives: u32,
    /// See `gives`.
    #[serde(default = "one")]
    pub of: u32,
    /// A piece, whose size the row's name may tell.
    #[serde(default)]
    pub piece: bool,
}

/// Another item that serves as well.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its key.
    pub key: String,
    /// One unit of it is so many of the item's.
    #[serde(default = "one")]
    pub gives: u32,
}

/// A relief item (物资品种).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// `water-drinking`.
    pub key: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// Code of GB/T 38565, where known.
    pub code: Option<String>,
    /// `piece`, `meal`, `L`, `kg`, `g`, `m2` or `kcal`.
    pub unit: String,
    /// A row is this item if its name contains one of them.
    pub word: Vec<String>,
    /// Unless the name contains one of these.
    #[serde(default)]
    pub except: Vec<String>,
    /// Units of stock rows.
    pub measure: Vec<Measure>,
    /// Sizes that names tell.
    #[serde(default)]
    pub size: Vec<Measure>,
    /// Items that serve as well.
    #[serde(default)]
    pub part: Vec<Part>,
    /// Weight of a unit as packed.
    pub weight_kg: Option<f64>,
    /// Volume of a unit as packed.
    pub volume_m3: Option<f64>,
    /// How sure weight and volume are.
    #[serde(default)]
    pub mark: String,
}

fn one() -> u32 {
    1
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemTable {
    #[serde(rename = "source")]
    _source: String,
    item: Vec<Item>,
}

static ITEMS: LazyLock<Vec<Item>> = LazyLock::new(|| {
    // Part of the program; a unit test proves that it reads.
    toml::from_str(include_str!("../../../assets/supplies/items.toml"))
        .map_or_else(|_fault| Vec::new(), |table: ItemTable| table.item)
});

impl Item {
    /// All items, in the order of the table.
    pub fn all() -> &'static [Self] {
        &ITEMS
    }

    /// The item with this key.
    pub fn of(key: &str) -> Option<&'static Self> {
        ITEMS.iter().find(|item| item.key == key)
    }

    /// Its name.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// What programs know it by: its official code where that is known, else its key.
    pub fn code(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.key)
    }

    /// Whether there are no halves of its unit.
    pub fn is_counted(&self) -> bool {
        matches!(self.unit.as_str(), "piece" | "meal")
    }

    /// The item among `items` that a stock row of this code and name is.
    pub fn recognise<'a>(items: &[&'a Self], code: Option<&str>, name: &str) -> Option<&'a Self> {
        let coded = |item: &&&Self| item.code.is_some() && item.code.as_deref() == code;
        if let Some(item) = items.iter().find(coded) {
            return Some(item);
        }
        let name = name.to_lowercase();
        let mut best: Option<((usize, usize), &Self)> = None;
        for item in items {
            if item.except.iter().any(|word| name.contains(&word.to_lowercase())) {
                continue;
            }
            for word in &item.word {
                let word = word.to_lowercase();
                let Some(end) = last_end(&name, &word) else { continue };
                let rank = (end, word.len());
                if best.as_ref().is_none_or(|(own, _)| rank > *own) {
                    best = Some((rank, item));
                }
            }
        }
        best.map(|(_, item)| item)
    }

    /// How much of the item's unit a stock row holds; `None` if its unit is unknown.
    pub fn quantity(&self, quantity: Milli, unit: Option<&str>, name: &str) -> Option<Milli> {
        let unit = unit.unwrap_or_default().trim().to_lowercase();
        let is_it = |measure: &&Measure| measure.word.iter().any(|w| w.to_lowercase() == unit);
        let measure = self.measure.iter().find(is_it)?;
        if let Some((size, of_size)) = self.told_size(name).filter(|_| measure.piece) {
            let by = u128::from(size.0) * u128::from(of_size.gives);
            return quantity.scaled(by, 1000 * u128::from(of_size.of));
        }
        quantity.scaled(measure.gives.into(), measure.of.into())
    }

    /// The size of a piece that the name tells, the last one if there are several.
    fn told_size(&self, name: &str) -> Option<(Milli, &Measure)> {
        let name = name.to_lowercase();
        let mut found = None;
        let mut rest = name.as_str();
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            let tail = &rest[at..];
            let end = tail.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(tail.len());
            let (number, after) = tail.split_at(end);
            let unit = after.trim_start();
            let measure = |size: &&Measure| {
                size.word.iter().any(|word| begins_with(unit, &word.to_lowercase()))
            };
            if let (Ok(number), Some(size)) =
                (number.parse::<f64>(), self.size.iter().find(measure))
            {
                found = Milli::of(number).filter(|n| *n > Milli::ZERO).map(|n| (n, size));
            }
            rest = after;
        }
        found
    }

    /// Weight of so much in grams; 0 where no figure is known.
    pub fn weight_g(&self, quantity: Milli) -> u64 {
        per_unit(self.weight_kg, 1.0e3, quantity)
    }

    /// Volume of so much in cubic centimetres; 0 where no figure is known.
    pub fn volume_cm3(&self, quantity: Milli) -> u64 {
        per_unit(self.volume_m3, 1.0e6, quantity)
    }
}

/// A figure per unit in finer units, times a quantity, rounded up.
fn per_unit(figure: Option<f64>, finer: f64, quantity: Milli) -> u64 {
    let figure = (figure.unwrap_or(0.0) * finer).round().max(0.0) as u64;
    narrow((u128::from(figure) * u128::from(quantity.0)).div_ceil(1000))
}

/// Where a word ends last in a name; one of Latin letters has to stand by itself, or in the plural.
fn last_end(name: &str, word: &str) -> Option<usize> {
    let latin = word.is_ascii();
    name.rmatch_indices(word).find_map(|(at, _)| {
        let end = at + word.len();
        let before = name[..at].chars().next_back();
        let letter = |c: char| latin && c.is_ascii_alphabetic();
        let alone = !before.is_some_and(letter)
            && !name[end..].trim_start_matches('s').chars().next().is_some_and(letter);
        alone.then_some(end)
    })
}

/// Whether a text begins with a unit that does not go on as another one.
fn begins_with(text: &str, unit: &str) -> bool {
    text.strip_prefix(unit).is_some_and(|rest| {
        let goes_on = |c: char| c.is_ascii_alphabetic() || matches!(c, '²' | '³' | '2' | '3');
        !unit.is_ascii() || !rest.chars().next().is_some_and(goes_on)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(name: &str) -> Option<&'static str> {
        let all: Vec<&Item> = Item::all().iter().collect();
        Item::recognise(&all, None, name).map(|item| item.key.as_str())
    }

    #[test]
    fn the_table_reads_and_parts_are_items() {
        assert!(Item::all().len() > 20);
        let mut keys: Vec<&str> = Item::all().iter().map(|item| item.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), Item::all().len());
        for item in Item::all() {
            assert!(item.part.iter().all(|part| Item::of(&part.key).is_some()), "{}", item.key);
            assert!(item.measure.iter().chain(&item.size).all(|m| m.gives > 0 && m.of > 0));
            let figures = item.weight_kg.is_some() && item.volume_m3.is_some();
            assert_eq!(figures, !item.mark.is_empty(), "{}", item.key);
            assert!(
                item.mark.is_empty()
                    || ["found", "recalled", "default"].contains(&item.mark.as_str())
            );
        }
    }

    #[test]
    fn a_name_says_at_its_end_what_it_is() {
        for (name, key) in [
            ("12 m² 单帐篷", Some("tent")),
            ("瓶装饮用水 550 mL", Some("water-drinking")),
            ("折叠床", Some("bed")),
            ("棉帐篷取暖炉", Some("stove")),
            ("帐篷用取暖器", Some("stove")),
            ("饮用水净化设备", None),
            ("毛巾被", Some("blanket")),
            ("棉大衣", Some("coat")),
            ("发电机组 30 kW", Some("generator")),
            ("潜水泵", None),
            ("Folding beds", Some("bed")),
            ("content", None),
            ("Relief tents", Some("tent")),
        ] {
            assert_eq!(is(name), key, "{name}");
        }
    }

    #[test]
    fn units_are_converted_and_unknown_ones_are_not() {
        let of = |key: &str, n: u64, unit: Option<&str>, name: &str| {
            Item::of(key).unwrap().quantity(Milli::whole(n), unit, name)
        };
        let water = "water-drinking";
        // 8000 bottles of 550 mL are 4400 L; without a size a bottle counts 0.55 L.
        assert_eq!(of(water, 8000, Some("瓶"), "瓶装饮用水 550 mL"), Some(Milli::whole(4400)));
        assert_eq!(of(water, 8000, Some("瓶"), "瓶装饮用水"), Some(Milli::whole(4400)));
        assert_eq!(of(water, 10, Some("瓶"), "矿泉水 1.5L"), Some(Milli::whole(15)));
        assert_eq!(of(water, 10, Some("桶"), "桶装水"), Some(Milli::whole(189)));
        assert_eq!(of(water, 2, Some("吨"), "桶装水 18.9 L"), Some(Milli::whole(2000)));
        assert_eq!(of(water, 10, Some("箱"), "矿泉水 550mL"), None);
        assert_eq!(of(water, 10, None, "矿泉水"), None);
        // A tent of 36 m² is three of 12 m²; a row without a unit counts pieces.
        assert_eq!(of("tent", 5, Some("顶"), "36m² 棉帐篷"), Some(Milli::whole(15)));
        assert_eq!(of("tent", 5, None, "单帐篷"), Some(Milli::whole(5)));
        // 33.75 t of staple food are 225,000 meals.
        assert_eq!(of("meal", 33_750, Some("kg"), "大米"), Some(Milli::whole(225_000)));
    }
}

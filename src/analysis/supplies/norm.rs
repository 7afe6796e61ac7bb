//! Norms: how much of each item people need, with unit, period and source.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::item::Item;
use super::milli::{Milli, narrow};
use crate::base::{Lang, Message, Persons, Timestamp};

/// The season people have to live through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Season {
    /// Not winter.
    #[default]
    Summer,
    /// Winter: quilts, coats, heating.
    Winter,
}

impl Season {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Summer, Self::Winter];

    /// The word used on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Summer => "summer",
            Self::Winter => "winter",
        }
    }

    /// The season with this key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|season| season.key() == key)
    }

    /// The season of a moment, by the months of the table.
    pub fn at(now: Timestamp) -> Self {
        let table = NormTable::usual();
        let date = now.date();
        let month = date.get(5..7).and_then(|month| month.parse::<u8>().ok());
        let (from, to) = (table.winter_from, table.winter_to);
        let is_winter = |month: u8| {
            if from <= to { (from..=to).contains(&month) } else { month >= from || month <= to }
        };
        if month.is_some_and(is_winter) { Self::Winter } else { Self::Summer }
    }
}

/// How an item is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Used up by every person in so many days (消耗品).
    Consumable {
        /// Days that the amount is for.
        period_days: u32,
    },
    /// Given out once for so many people (耐用品).
    Durable {
        /// People that the amount is for.
        persons: u32,
    },
}

impl Basis {
    /// The word programs read.
    pub fn key(self) -> &'static str {
        match self {
            Self::Consumable { .. } => "consumable",
            Self::Durable { .. } => "durable",
        }
    }
}

/// What a norm says of one item.
#[derive(Clone, Debug, PartialEq)]
pub struct NormLine {
    /// Key of the item.
    pub item: String,
    /// How it is used up.
    pub basis: Basis,
    /// How much of the item's unit.
    pub amount: Milli,
    /// How much in winter.
    pub winter_amount: Milli,
    /// Needed in winter only.
    pub winter_only: bool,
    /// Without it nobody is provided for.
    pub mandatory: bool,
    /// Where the standard says so.
    pub clause: Option<String>,
    /// How sure the figure is: `found`, `recalled` or `default`.
    pub mark: String,
}

/// A norm (标准).
#[derive(Clone, Debug, PartialEq)]
pub struct Norm {
    /// `county`.
    pub key: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// The standard it comes from.
    pub standard: String,
    /// Item by item.
    pub lines: Vec<NormLine>,
}

/// Norms, and which months are winter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NormTable {
    /// First month of winter.
    pub winter_from: u8,
    /// Last month of winter.
    pub winter_to: u8,
    /// The norms.
    pub norms: Vec<Norm>,
}

/// Why a table of norms is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NormFault {
    /// Key of the norm; empty if the table as a whole cannot be read.
    pub norm: String,
    /// Key of the item; empty if it is the norm itself.
    pub item: String,
    /// What is wrong.
    pub why: NormFaultKind,
}

/// What is wrong with a norm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NormFaultKind {
    /// Not a table of norms.
    Unreadable(String),
    /// It has no key, name or standard, or no lines.
    Nameless,
    /// Two norms of one key, or two lines for one item.
    Twice,
    /// No such item.
    UnknownItem,
    /// No unit.
    NoUnit,
    /// Not the unit the item is counted in, which is this one.
    OtherUnit(String),
    /// Neither consumable nor durable.
    NoBasis,
    /// A consumable without a period.
    NoPeriod,
    /// A durable without the people it is for.
    NoPersons,
    /// No amount, or not a number above zero.
    BadAmount,
    /// It does not say how sure it is.
    NoMark,
}

impl NormFault {
    /// Words for people.
    pub fn message(&self) -> Message {
        let of = |id: &'static str| {
            Message::new(id).with("norm", self.norm.as_str()).with("item", self.item.as_str())
        };
        match &self.why {
            NormFaultKind::Unreadable(detail) => {
                Message::new("norm-unreadable").with("detail", detail.as_str())
            }
            NormFaultKind::Nameless => of("norm-nameless"),
            NormFaultKind::Twice => of("norm-twice"),
            NormFaultKind::UnknownItem => of("norm-unknown-item"),
            NormFaultKind::NoUnit => of("norm-no-unit"),
            NormFaultKind::OtherUnit(unit) => of("norm-other-unit").with("unit", unit.as_str()),
            NormFaultKind::NoBasis => of("norm-no-basis"),
            NormFaultKind::NoPeriod => of("norm-no-period"),
            NormFaultKind::NoPersons => of("norm-no-persons"),
            NormFaultKind::BadAmount => of("norm-bad-amount"),
            NormFaultKind::NoMark => of("norm-no-mark"),
        }
    }
}

/// Everything may be missing, so that what is missing can be named.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTable {
    #[serde(default)]
    winter_from: Option<u8>,
    #[serde(default)]
    winter_to: Option<u8>,
    #[serde(default)]
    norm: Vec<RawNorm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNorm {
    #[serde(default)]
    key: String,
    #[serde(default)]
    zh: String,
    #[serde(default)]
    en: String,
    #[serde(default)]
    standard: String,
    #[serde(default)]
    line: Vec<RawLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    #[serde(default)]
    item: String,
    basis: Option<String>,
    amount: Option<f64>,
    winter_amount: Option<f64>,
    period: Option<String>,
    persons: Option<u32>,
    unit: Option<String>,
    season: Option<String>,
    #[serde(default)]
    mandatory: bool,
    clause: Option<String>,
    mark: Option<String>,
}

static NORMS: LazyLock<NormTable> = LazyLock::new(|| {
    // Part of the program; a unit test proves that it reads.
    NormTable::parse(include_str!("../../../assets/supplies/norms.toml")).unwrap_or_default()
});

impl NormTable {
    /// The norms that come with the program.
    pub fn usual() -> &'static Self {
        &NORMS
    }

    /// The norm with this key; underscores count as hyphens.
    pub fn norm(&self, key: &str) -> Option<&Norm> {
        let key = key.trim().to_lowercase().replace('_', "-");
        self.norms.iter().find(|norm| norm.key == key)
    }

    /// Reads a table; one line without unit, basis, period or amount spoils it.
    pub fn parse(text: &str) -> Result<Self, NormFault> {
        let raw: RawTable = toml::from_str(text).map_err(|fault| NormFault {
            norm: String::new(),
            item: String::new(),
            why: NormFaultKind::Unreadable(fault.message().to_owned()),
        })?;
        let mut out = Self {
            winter_from: raw.winter_from.unwrap_or(11),
            winter_to: raw.winter_to.unwrap_or(3),
            norms: Vec::new(),
        };
        for norm in raw.norm {
            let fault = |item: &str, why| {
                Err(NormFault { norm: norm.key.clone(), item: item.to_owned(), why })
            };
            let named = [&norm.key, &norm.zh, &norm.en, &norm.standard];
            if named.iter().any(|text| text.trim().is_empty()) || norm.line.is_empty() {
                return fault("", NormFaultKind::Nameless);
            }
            if out.norm(&norm.key).is_some() {
                return fault("", NormFaultKind::Twice);
            }
            let mut lines: Vec<NormLine> = Vec::new();
            for raw in &norm.line {
                match line(raw) {
                    Ok(line) if lines.iter().any(|own| own.item == line.item) => {
                        return fault(&raw.item, NormFaultKind::Twice);
                    }
                    Ok(line) => lines.push(line),
                    Err(why) => return fault(&raw.item, why),
                }
            }
            let RawNorm { key, zh, en, standard, .. } = norm;
            out.norms.push(Norm { key, zh, en, standard, lines });
        }
        Ok(out)
    }
}

fn line(raw: &RawLine) -> Result<NormLine, NormFaultKind> {
    let item = Item::of(&raw.item).ok_or(NormFaultKind::UnknownItem)?;
    let unit = raw.unit.as_deref().filter(|unit| !unit.trim().is_empty());
    if unit.ok_or(NormFaultKind::NoUnit)? != item.unit {
        return Err(NormFaultKind::OtherUnit(item.unit.clone()));
    }
    let basis = match raw.basis.as_deref() {
        Some("consumable") => {
            let period_days = match raw.period.as_deref() {
                Some("day") => 1,
                Some("week") => 7,
                Some("month") => 30,
                _ => return Err(NormFaultKind::NoPeriod),
            };
            Basis::Consumable { period_days }
        }
        Some("durable") => match raw.persons {
            Some(persons) if persons > 0 => Basis::Durable { persons },
            _ => return Err(NormFaultKind::NoPersons),
        },
        _ => return Err(NormFaultKind::NoBasis),
    };
    let figure = |x: Option<f64>| {
        x.and_then(Milli::of).filter(|n| *n > Milli::ZERO).ok_or(NormFaultKind::BadAmount)
    };
    let amount = figure(raw.amount)?;
    let mark = raw.mark.as_deref().filter(|mark| ["found", "recalled", "default"].contains(mark));
    Ok(NormLine {
        item: raw.item.clone(),
        basis,
        amount,
        winter_amount: if raw.winter_amount.is_some() {
            figure(raw.winter_amount)?
        } else {
            amount
        },
        winter_only: raw.season.as_deref() == Some("winter"),
        mandatory: raw.mandatory,
        clause: raw.clause.clone(),
        mark: mark.ok_or(NormFaultKind::NoMark)?.to_owned(),
    })
}

impl Norm {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The lines that count in a season.
    pub fn lines_in(&self, season: Season) -> impl Iterator<Item = &NormLine> {
        self.lines.iter().filter(move |line| !line.winter_only || season == Season::Winter)
    }
}

impl NormLine {
    /// The amount in a season.
    pub fn amount_in(&self, season: Season) -> Milli {
        match season {
            Season::Summer => self.amount,
            Season::Winter => self.winter_amount,
        }
    }

    /// What so many people need for so many days, rounded up; whole pieces and meals.
    pub fn need(&self, people: Persons, days: u32, season: Season) -> Milli {
        let amount = u128::from(self.amount_in(season).0) * u128::from(people.0);
        let (amount, of) = match self.basis {
            Basis::Consumable { period_days } => {
                (amount * u128::from(days), u128::from(period_days))
            }
            Basis::Durable { persons } => (amount, u128::from(persons)),
        };
        match Item::of(&self.item) {
            Some(item) if item.is_counted() => {
                Milli(narrow(amount.div_ceil(of * 1000).saturating_mul(1000)))
            }
            _ => Milli(narrow(amount.div_ceil(of))),
        }
    }

    /// How many people so much lasts for, for so many days; `None` if it lasts for any number.
    pub fn people(&self, have: Milli, days: u32, season: Season) -> Option<Persons> {
        let amount = u128::from(self.amount_in(season).0);
        let (by, of) = match self.basis {
            Basis::Consumable { period_days } => {
                (u128::from(period_days), amount * u128::from(days))
            }
            Basis::Durable { persons } => (u128::from(persons), amount),
        };
        Some(Persons(have.scaled(by, of)?.0))
    }

    /// How many days so much lasts for so many people, rounded down to thousandths; `None` for
    /// what is not used up, and for nobody.
    pub fn days(&self, have: Milli, people: Persons, season: Season) -> Option<Milli> {
        let Basis::Consumable { period_days } = self.basis else { return None };
        let amount = u128::from(self.amount_in(season).0) * u128::from(people.0);
        have.scaled(u128::from(period_days) * 1000, amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(norm: &str, item: &str, season: Season) -> f64 {
        let norm = NormTable::usual().norm(norm).unwrap();
        let line = norm.lines.iter().find(|line| line.item == item).unwrap();
        line.need(Persons(5000), 15, season).value()
    }

    #[test]
    fn five_thousand_people_for_fifteen_days() {
        for (item, amount) in [
            ("tent", 1000.0),
            ("bed", 5000.0),
            ("quilt", 5000.0),
            ("mat", 5000.0),
            ("water-drinking", 225_000.0),
            ("water-domestic", 900_000.0),
            ("meal", 225_000.0),
            ("toilet", 100.0),
            ("lamp", 1000.0),
            ("generator", 25.0),
            ("first-aid", 50.0),
            ("baby-pack", 250.0),
            ("sanitary-pack", 1250.0),
            ("mask", 150_000.0),
        ] {
            assert_eq!(need("county", item, Season::Summer), amount, "{item}");
        }
        assert_eq!(need("county", "quilt", Season::Winter), 10_000.0);
        assert_eq!(need("county", "coat", Season::Winter), 5000.0);
    }

    #[test]
    fn the_figures_of_other_norms() {
        let summer = Season::Summer;
        for (norm, item, amount) in [
            ("bnpb", "rice", 30_000.0),
            ("bnpb", "water-drinking", 187_500.0),
            // 5000 × 15 × 67 ÷ 7 = 717,857.142…, rounded up to a millilitre.
            ("bnpb", "water-domestic", 717_857.143),
            ("bnpb", "family-kit", 1000.0),
            ("bnpb", "toilet", 250.0),
            ("sphere", "water", 1_125_000.0),
            ("sphere", "energy", 157_500_000.0),
            ("sphere", "floor", 17_500.0),
            ("sphere", "soap", 625_000.0),
            ("sphere", "toilet", 250.0),
            ("philippines", "water-drinking", 225_000.0),
            ("philippines", "child-area", 420.0),
            ("philippines", "laundry", 50.0),
            ("philippines", "water-point", 20.0),
        ] {
            assert_eq!(need(norm, item, summer), amount, "{norm} {item}");
        }
    }

    #[test]
    fn winter_lines_count_in_winter_only() {
        let county = NormTable::usual().norm("county").unwrap();
        let has = |season| county.lines_in(season).any(|line| line.item == "coat");
        assert_eq!((has(Season::Summer), has(Season::Winter)), (false, true));
        let of = |text| Season::at(Timestamp::parse(text).unwrap());
        assert_eq!(of("2026-10-31T12:00"), Season::Summer);
        assert_eq!(of("2026-11-01T12:00"), Season::Winter);
        assert_eq!(of("2027-03-31T12:00"), Season::Winter);
        assert_eq!(of("2027-04-01T12:00"), Season::Summer);
    }

    #[test]
    fn a_norm_without_unit_or_period_is_refused() {
        let why = |line: &str| {
            let head = "[[norm]]\nkey = \"n\"\nzh = \"n\"\nen = \"n\"\nstandard = \"s\"\n";
            NormTable::parse(&format!("{head}line = [{{ {line} }}]")).map_err(|fault| fault.why)
        };
        let base = "item = \"water-drinking\", amount = 15, mark = \"found\"";
        let full = format!("{base}, unit = \"L\", basis = \"consumable\", period = \"day\"");
        assert_eq!(why(&full).unwrap().norms.len(), 1);
        let refused = |line: String| why(&line).unwrap_err();
        assert_eq!(
            refused(format!("{base}, basis = \"consumable\", period = \"day\"")),
            NormFaultKind::NoUnit
        );
        assert_eq!(
            refused(format!("{base}, unit = \"L\", basis = \"consumable\"")),
            NormFaultKind::NoPeriod
        );
        assert_eq!(
            refused(format!("{base}, unit = \"L\", basis = \"durable\"")),
            NormFaultKind::NoPersons
        );
        assert_eq!(refused(format!("{base}, unit = \"L\"")), NormFaultKind::NoBasis);
        assert_eq!(
            refused(full.replace("\"L\"", "\"kg\"")),
            NormFaultKind::OtherUnit("L".to_owned())
        );
        assert_eq!(refused(full.replace("15", "-15")), NormFaultKind::BadAmount);
        assert_eq!(refused(full.replace("15", "0")), NormFaultKind::BadAmount);
        assert_eq!(refused(full.replace("found", "sure")), NormFaultKind::NoMark);
        assert_eq!(refused(full.replace("water-drinking", "gold")), NormFaultKind::UnknownItem);
        assert!(matches!(refused(format!("{full}, perod = 1")), NormFaultKind::Unreadable(_)));
    }

    #[test]
    fn every_figure_says_how_sure_it_is() {
        assert_eq!(NormTable::usual().norms.len(), 4);
        let found = |key: &str| NormTable::usual().norm(key).unwrap().lines.len();
        assert_eq!((found("county"), found("bnpb")), (16, 5));
    }
}

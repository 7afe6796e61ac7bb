//! The canonical fields of every kind, read from the data table `assets/model/fields.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Kind, Value};
use crate::base::Timestamp;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldType {
    /// Free text.
    Text,
    /// A whole number.
    Integer,
    /// A measured number.
    Real,
    /// Yes or no.
    Boolean,
    /// A day, `2026-11-23`.
    Date,
    /// A moment, `2026-11-23T14:20:00+08:00`.
    Time,
    /// One of the field's values.
    Choice,
    /// Several of the field's values, joined by `;`.
    Choices,
}

impl FieldType {
    /// Whether it counts or measures.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Real)
    }

    /// The word used in `shouye fields`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Time => "time",
            Self::Choice => "choice",
            Self::Choices => "choices",
        }
    }
}

/// One allowed value of a choice field and the words ledgers use for it.
#[derive(Clone, Debug, Deserialize)]
pub struct Choice {
    /// How it is stored.
    pub key: String,
    /// How ledgers write it.
    pub aliases: Vec<String>,
}

/// One canonical field.
#[derive(Clone, Debug, Deserialize)]
pub struct Field {
    /// Name in the store and on the command line.
    pub name: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub field_type: FieldType,
    /// Unit of a number, if it has one.
    pub unit: Option<String>,
    /// Allowed values of a choice, else empty.
    #[serde(default)]
    pub values: Vec<Choice>,
    /// Headings under which ledgers carry it.
    pub aliases: Vec<String>,
}

/// How a layer of a kind is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LayerClass {
    /// Replaced whole, with version and source.
    Reference,
    /// Changed record by record through the change table.
    Record,
}

impl LayerClass {
    /// Word for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Record => "record",
        }
    }
}

/// A kind with its fields: the common ones first, then its own.
#[derive(Clone, Debug)]
pub struct KindTable {
    /// Which kind.
    pub kind: Kind,
    /// How its layer is kept.
    pub class: LayerClass,
    /// File, sheet and layer names that suggest this kind.
    pub aliases: Vec<String>,
    /// Geometries it may have: `point`, `line`, `polygon`; empty for plain tables.
    pub geometry: Vec<String>,
    /// Groups of fields that make the natural key, best first; `@place` is the rounded position.
    pub key_fields: Vec<Vec<String>>,
    /// All canonical fields.
    pub fields: Vec<Field>,
}

#[derive(Deserialize)]
struct KindEntry {
    key: String,
    aliases: Vec<String>,
    class: LayerClass,
    geometry: Vec<String>,
    key_fields: Vec<Vec<String>>,
    #[serde(default)]
    field: Vec<Field>,
}

#[derive(Deserialize)]
struct FieldFile {
    common: Vec<Field>,
    kind: Vec<KindEntry>,
}

static TABLES: LazyLock<Vec<KindTable>> = LazyLock::new(|| {
    // The table is part of the program; a unit test proves that it reads and is complete.
    let file: FieldFile = toml::from_str(include_str!("../../assets/model/fields.toml"))
        .unwrap_or(FieldFile { common: Vec::new(), kind: Vec::new() });
    let FieldFile { common, kind } = file;
    let mut tables: Vec<KindTable> = kind
        .into_iter()
        .filter_map(|entry| {
            let mut fields = common.clone();
            fields.extend(entry.field);
            Some(KindTable {
                kind: Kind::parse(&entry.key)?,
                class: entry.class,
                aliases: entry.aliases,
                geometry: entry.geometry,
                key_fields: entry.key_fields,
                fields,
            })
        })
        .collect();
    tables.sort_by_key(|table| table.kind);
    tables
});

static EMPTY: KindTable = KindTable {
    kind: Kind::Boundary,
    class: LayerClass::Reference,
    aliases: Vec::new(),
    geometry: Vec::new(),
    key_fields: Vec::new(),
    fields: Vec::new(),
};

impl Kind {
    /// The kind's fields and rules.
    pub fn table_def(self) -> &'static KindTable {
        TABLES.iter().find(|table| table.kind == self).unwrap_or(&EMPTY)
    }

    /// Whether features of this kind stand on the map.
    pub fn has_geometry(self) -> bool {
        !self.table_def().geometry.is_empty()
    }

    /// The canonical field with this name.
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.table_def().fields.iter().find(|field| field.name == name)
    }
}

/// Fields that every feature keeps outside its attributes.
pub const HEAD_FIELDS: [&str; 4] = ["code", "name", "source", "as_of"];

impl KindTable {
    /// The fields kept among a feature's attributes: all but [`HEAD_FIELDS`].
    pub fn attribute_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| !HEAD_FIELDS.contains(&field.name.as_str()))
    }
}

/// Why a text is not a value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueFault {
    /// Not a number, date or truth value at all.
    WrongType,
    /// Not one of the allowed values.
    NotAllowed,
    /// A number where less than zero makes no sense.
    Negative,
    /// Not finite, or outside what the field can mean.
    OutOfRange,
}

impl Field {
    /// Whether a number below zero is an error; all our numeric fields count or measure, but water levels and the
    /// levels of crossing roads may be negative.
    pub fn must_be_non_negative(&self) -> bool {
        matches!(self.field_type, FieldType::Integer | FieldType::Real)
            && !self.name.ends_with("level_m")
            && !matches!(self.name.as_str(), "crest_m" | "level")
    }

    /// Reads a ledger's text as a value of this field; `Ok(None)` for an empty cell.
    pub fn read(&self, text: &str) -> Result<Option<Value>, ValueFault> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        match self.field_type {
            FieldType::Text => Ok(Some(Value::Text(text.to_owned()))),
            FieldType::Integer | FieldType::Real => self.number(text).map(Some),
            FieldType::Boolean => {
                boolean(text).map(|b| Some(Value::Boolean(b))).ok_or(ValueFault::WrongType)
            }
            FieldType::Date => {
                date(text).map(|d| Some(Value::Text(d))).ok_or(ValueFault::WrongType)
            }
            FieldType::Time => {
                time(text).map(|t| Some(Value::Text(t))).ok_or(ValueFault::WrongType)
            }
            FieldType::Choice => self
                .choice(text)
                .map(|c| Some(Value::Text(c.to_owned())))
                .ok_or(ValueFault::NotAllowed),
            FieldType::Choices => {
                let mut keys = Vec::new();
                for part in text.split([',', ';', '，', '；', '、', '/', '|', ' ']) {
                    if part.trim().is_empty() {
                        continue;
                    }
                    let key = self.choice(part).ok_or(ValueFault::NotAllowed)?;
                    if !keys.contains(&key) {
                        keys.push(key);
                    }
                }
                Ok((!keys.is_empty()).then(|| Value::Text(keys.join(";"))))
            }
        }
    }

    /// Fits an already typed value to this field.
    pub fn fit(&self, value: Value) -> Result<Option<Value>, ValueFault> {
        match (self.field_type, &value) {
            (FieldType::Boolean, Value::Boolean(_)) => Ok(Some(value)),
            (_, Value::Text(text)) => self.read(text),
            (_, other) => self.read(&other.to_string()),
        }
    }

    fn number(&self, text: &str) -> Result<Value, ValueFault> {
        let plain: String = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
        let x: f64 =
            plain.parse().map_err(|_ignored: std::num::ParseFloatError| ValueFault::WrongType)?;
        if !x.is_finite() || x.abs() > 1.0e15 {
            return Err(ValueFault::OutOfRange);
        }
        if x < 0.0 && self.must_be_non_negative() {
            return Err(ValueFault::Negative);
        }
        let most = match self.unit.as_deref() {
            Some("share") => 1.0,
            // More than live on Earth: such a figure is a slip, and sums must stay exact.
            Some("persons") => 1.0e10,
            _ => f64::INFINITY,
        };
        if x > most {
            return Err(ValueFault::OutOfRange);
        }
        if self.field_type == FieldType::Integer {
            return if x.fract() == 0.0 {
                Ok(Value::Integer(x as i64))
            } else {
                Err(ValueFault::WrongType)
            };
        }
        Ok(Value::Real(x))
    }

    fn choice(&self, text: &str) -> Option<&str> {
        let wanted = normalised(text);
        self.values
            .iter()
            .find(|choice| {
                normalised(&choice.key) == wanted
                    || choice.aliases.iter().any(|alias| normalised(alias) == wanted)
            })
            .map(|choice| choice.key.as_str())
    }
}

/// The form in which headings and words are compared: lower case, without spaces, underscores,
/// hyphens and anything in brackets; full-width ASCII becomes half-width.
pub fn normalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_u32;
    for c in text.chars() {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            other => other,
        };
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '_' | '-' | '\u{feff}' => {}
            c if c.is_whitespace() => {}
            c if depth == 0 => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

fn boolean(text: &str) -> Option<bool> {
    const YES: [&str; 5] = ["true", "yes", "y", "1", "t"];
    const NO: [&str; 5] = ["false", "no", "n", "0", "f"];
    let word = normalised(text);
    if YES.contains(&word.as_str()) || WORDS.yes.contains(&word) {
        Some(true)
    } else if NO.contains(&word.as_str()) || WORDS.no.contains(&word) {
        Some(false)
    } else {
        None
    }
}

/// How ledgers write truth values and moments.
#[derive(Default, Deserialize)]
struct Words {
    yes: Vec<String>,
    no: Vec<String>,
    moment: Vec<char>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // The table is part of the program; the unit tests below prove that it reads.
    toml::from_str(include_str!("../../assets/model/words.toml")).unwrap_or_default()
});

/// A moment as it is stored, in China standard time so that the order of texts is that of the moments:
/// ISO 8601, or as ledgers write it, `2026/11/23 14:20` or `2026年11月23日14时20分`. A day begins at
/// midnight.
fn time(text: &str) -> Option<String> {
    if let Some(moment) = Timestamp::parse(text) {
        return Some(moment.to_string());
    }
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || WORDS.moment.contains(&c))
        .filter(|part| !part.is_empty())
        .collect();
    let [year, month, day, rest @ ..] = parts.as_slice() else { return None };
    if year.len() != 4 || rest.len() > 3 {
        return None;
    }
    let clock = rest.iter().map(|part| part.parse::<u8>().ok()).collect::<Option<Vec<u8>>>()?;
    let [hour, minute, second] = [0, 1, 2].map(|at| clock.get(at).copied().unwrap_or(0));
    let (month, day) = (month.parse::<u8>().ok()?, day.parse::<u8>().ok()?);
    let iso = format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
    Timestamp::parse(&iso).map(|moment| moment.to_string())
}

/// Reads `2026-11-23`, `2026/11/23`, `20261123`, `2026.11.23` and the same with Chinese marks or a time behind it.
fn date(text: &str) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut digits = String::new();
    for c in text.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else if !digits.is_empty() {
            parts.push(std::mem::take(&mut digits));
        }
        if parts.len() == 3 {
            break;
        }
    }
    if !digits.is_empty() {
        parts.push(digits);
    }
    if let [whole, ..] = parts.as_slice()
        && whole.len() == 8
    {
        parts = vec![whole[..4].to_owned(), whole[4..6].to_owned(), whole[6..].to_owned()];
    }
    let [year, month, day, ..] = parts.as_slice() else { return None };
    let day =
        jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (day.year() >= 1900).then(|| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_covers_every_kind() {
        let file: FieldFile =
            toml::from_str(include_str!("../../assets/model/fields.toml")).unwrap();
        assert_eq!(file.kind.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            let table = kind.table_def();
            assert_eq!(table.kind, *kind);
            assert!(!table.key_fields.is_empty(), "{kind} has no natural key");
            for group in &table.key_fields {
                for name in group {
                    assert!(
                        name == "@place" || kind.field(name).is_some(),
                        "{kind}: key field {name}"
                    );
                }
            }
            for field in &table.fields {
                let choice = matches!(field.field_type, FieldType::Choice | FieldType::Choices);
                assert_eq!(choice, !field.values.is_empty(), "{kind}.{}", field.name);
            }
        }
    }

    #[test]
    fn no_heading_means_two_fields_of_a_kind() {
        for kind in Kind::ALL {
            let mut seen = std::collections::BTreeMap::new();
            let common: Vec<_> = kind.table_def().fields.iter().collect();
            for field in common {
                for alias in field.aliases.iter().chain([&field.name]) {
                    let word = normalised(alias);
                    assert!(!word.is_empty(), "{kind}.{}: alias {alias}", field.name);
                    if let Some(other) = seen.insert(word, field.name.clone()) {
                        assert_eq!(other, field.name, "{kind}: {alias}");
                    }
                }
            }
        }
    }

    #[test]
    fn cells_become_values() {
        let capacity = Kind::Shelter.field("capacity").unwrap();
        assert_eq!(capacity.read(" 1,200 "), Ok(Some(Value::Integer(1200))));
        assert_eq!(capacity.read(""), Ok(None));
        assert_eq!(capacity.read("-5"), Err(ValueFault::Negative));
        assert_eq!(capacity.read("many"), Err(ValueFault::WrongType));
        assert_eq!(capacity.read("NaN"), Err(ValueFault::OutOfRange));
        assert_eq!(capacity.read("9e14"), Err(ValueFault::OutOfRange));
        assert_eq!(capacity.read("8000000000"), Ok(Some(Value::Integer(8_000_000_000))));
        let hazards = Kind::Shelter.field("hazards").unwrap();
        assert_eq!(hazards.read("水災,土石流"), Ok(Some("flood;landslide".into())));
        let status = Kind::Shelter.field("status").unwrap();
        assert_eq!(status.read("停用"), Ok(Some("closed".into())));
        assert_eq!(status.read("somewhere"), Err(ValueFault::NotAllowed));
        let indoor = Kind::Shelter.field("indoor").unwrap();
        assert_eq!(indoor.read("否"), Ok(Some(false.into())));
        let as_of = Kind::Shelter.field("as_of").unwrap();
        assert_eq!(as_of.read("2026年3月5日"), Ok(Some("2026-03-05".into())));
        assert_eq!(as_of.read("20260305"), Ok(Some("2026-03-05".into())));
        assert_eq!(as_of.read("2026-02-30"), Err(ValueFault::WrongType));
    }

    #[test]
    fn moments_are_stored_in_china_standard_time() {
        let from = Kind::Closure.field("valid_from").unwrap();
        let read = |text: &str| from.read(text).map(|v| v.map(|v| v.to_string()));
        let noon = Ok(Some("2026-07-05T12:00:00+08:00".to_owned()));
        for text in [
            "2026-07-05T12:00:00+08:00",
            "2026-07-05T04:00:00Z",
            "2026-07-05T12:00",
            "2026-07-05 12:00",
            "2026/7/5 12:00:00",
            "2026年7月5日12时00分",
            "2026年7月5日 12点",
        ] {
            assert_eq!(read(text), noon, "{text}");
        }
        assert_eq!(read("2026-07-05"), Ok(Some("2026-07-05T00:00:00+08:00".to_owned())));
        for text in ["tomorrow", "12:00", "2026-02-30 12:00", "2026-07-05 25:00", "5/7/2026 12:00"]
        {
            assert_eq!(read(text), Err(ValueFault::WrongType), "{text}");
        }
    }
}

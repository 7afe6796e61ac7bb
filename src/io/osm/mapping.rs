//! Which tags become which kind and which fields: the table `assets/osm/mapping.toml`, read once.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::element::Tags;
use super::quantity::{kilometres_per_hour, metres, tonnes, whole};
use crate::model::{Kind, Value};

/// Bytes of the longest value: 255 characters.
const MAX_TEXT: usize = 1020;

/// Number of a field within its kind, and what the row says there.
pub type Cells = Vec<(usize, Value)>;

/// What a rule makes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum From {
    /// A point of a node.
    Node,
    /// A line of a way.
    Way,
    /// An area of a closed way or a multipolygon.
    Area,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
enum Unit {
    #[default]
    #[serde(rename = "text")]
    Text,
    #[serde(rename = "yes")]
    Yes,
    #[serde(rename = "whole")]
    Whole,
    #[serde(rename = "m")]
    Metres,
    #[serde(rename = "t")]
    Tonnes,
    #[serde(rename = "km/h")]
    KilometresPerHour,
}

#[derive(Clone, Debug, Deserialize)]
struct FieldEntry {
    field: String,
    tags: Vec<String>,
    #[serde(default)]
    read: Unit,
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct RuleEntry {
    from: Vec<From>,
    when: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    unless: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    set: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct LayerEntry {
    kind: String,
    name: String,
    #[serde(default)]
    optional: bool,
    of: Option<String>,
    #[serde(default)]
    set: BTreeMap<String, String>,
    #[serde(default)]
    rule: Vec<RuleEntry>,
    #[serde(default)]
    field: Vec<FieldEntry>,
}

#[derive(Default, Deserialize)]
struct TableFile {
    field: Vec<FieldEntry>,
    layer: Vec<LayerEntry>,
}

/// How one field is read from tags.
#[derive(Debug)]
struct FieldMap {
    at: usize,
    tags: Vec<String>,
    unit: Unit,
    /// Value of the tag and of the field; empty if any text will do.
    words: HashMap<String, String>,
}

#[derive(Debug)]
struct Rule {
    from: Vec<From>,
    when: BTreeMap<String, Vec<String>>,
    unless: BTreeMap<String, Vec<String>>,
    set: Cells,
}

/// One layer that an extract may give.
#[derive(Debug)]
pub struct LayerMap {
    /// What it holds.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// Only when asked for.
    pub optional: bool,
    /// Its rows come from those of this kind.
    pub of: Option<Kind>,
    /// Whether its kind may have areas.
    pub areas: bool,
    set: Cells,
    rules: Vec<Rule>,
    fields: Vec<FieldMap>,
}

/// The whole table.
pub struct Mapping {
    /// All layers in the order in which they are imported.
    pub layers: Vec<LayerMap>,
    /// Layer and rule by one of the keys that a rule needs.
    index: HashMap<String, Vec<(usize, usize)>>,
}

/// The table that is part of the program; a unit test proves that it reads.
pub static MAPPING: LazyLock<Mapping> = LazyLock::new(|| {
    let file = toml::from_str(include_str!("../../../assets/osm/mapping.toml"));
    Mapping::of(file.unwrap_or_default())
});

impl Mapping {
    fn of(file: TableFile) -> Self {
        let common = &file.field;
        let layers: Vec<LayerMap> =
            file.layer.into_iter().filter_map(|layer| LayerMap::of(layer, common)).collect();
        let mut index: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (layer, map) in layers.iter().enumerate() {
            for (rule, entry) in map.rules.iter().enumerate() {
                // A key with listed values is rarer than one that may have any.
                let listed =
                    entry.when.iter().find(|(_, values)| !values.contains(&"*".to_owned()));
                if let Some((key, _)) = listed.or_else(|| entry.when.iter().next()) {
                    index.entry(key.clone()).or_default().push((layer, rule));
                }
            }
        }
        Self { layers, index }
    }

    /// The layer of a kind.
    pub fn layer(&self, kind: Kind) -> Option<&LayerMap> {
        self.layers.iter().find(|layer| layer.kind == kind)
    }

    /// The layers that an element with these tags belongs to, each with the number of its first rule that fits.
    pub fn matches(&self, tags: Tags<'_>, from: From) -> Vec<(&LayerMap, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (key, _) in tags.0 {
            for (layer, rule) in self.index.get(*key).into_iter().flatten() {
                if self.layers[*layer].rules[*rule].fits(tags, from) {
                    found.push((*layer, *rule));
                }
            }
        }
        found.sort_unstable();
        found.dedup_by_key(|(layer, _)| *layer);
        found.into_iter().map(|(layer, rule)| (&self.layers[layer], rule)).collect()
    }
}

impl Rule {
    fn fits(&self, tags: Tags<'_>, from: From) -> bool {
        let has = |key: &String, values: &[String]| {
            tags.get(key).is_some_and(|value| {
                values.iter().any(|own| own == value || own == "*" && value != "no")
            })
        };
        self.from.contains(&from)
            && self.when.iter().all(|(key, values)| has(key, values))
            && !self.unless.iter().any(|(key, values)| has(key, values))
    }
}

impl LayerMap {
    fn of(entry: LayerEntry, common: &[FieldEntry]) -> Option<Self> {
        let kind = Kind::parse(&entry.kind)?;
        let own = |name: &str| entry.field.iter().any(|field| field.field == name);
        let shared = common.iter().filter(|field| !own(&field.field));
        let fields = shared.chain(&entry.field).filter_map(|field| FieldMap::of(kind, field));
        let rules = entry.rule.into_iter().map(|rule| Rule {
            from: rule.from,
            when: rule.when,
            unless: rule.unless,
            set: constant(kind, &rule.set),
        });
        Some(Self {
            kind,
            optional: entry.optional,
            of: entry.of.as_deref().and_then(Kind::parse),
            areas: kind.table_def().geometry.iter().any(|shape| shape == "polygon"),
            set: constant(kind, &entry.set),
            rules: rules.collect(),
            fields: fields.collect(),
            name: entry.name,
        })
    }

    /// What a row says that comes from these tags by this rule.
    pub fn cells(&self, tags: Tags<'_>, rule: Option<usize>) -> Cells {
        let mut cells = self.set.clone();
        if let Some(rule) = rule.and_then(|rule| self.rules.get(rule)) {
            cells.extend(rule.set.iter().cloned());
        }
        for field in &self.fields {
            if !cells.iter().any(|(at, _)| *at == field.at)
                && let Some(value) = field.value(tags)
            {
                cells.push((field.at, value));
            }
        }
        cells
    }

    /// Whether any of its rows come from areas.
    pub fn takes_areas(&self) -> bool {
        self.rules.iter().any(|rule| rule.from.contains(&From::Area))
    }

    /// The number of a field.
    pub fn field(&self, name: &str) -> Option<usize> {
        field_number(self.kind, name)
    }
}

impl FieldMap {
    fn of(kind: Kind, entry: &FieldEntry) -> Option<Self> {
        let words = entry
            .words
            .iter()
            .flat_map(|(value, words)| words.iter().map(move |word| (word.clone(), value.clone())));
        Some(Self {
            at: field_number(kind, &entry.field)?,
            tags: entry.tags.clone(),
            unit: entry.read,
            words: words.collect(),
        })
    }

    fn value(&self, tags: Tags<'_>) -> Option<Value> {
        let mut texts = self.tags.iter().filter_map(|key| tags.get(key));
        if !self.words.is_empty() {
            return texts.find_map(|text| self.words.get(text)).map(|word| word.as_str().into());
        }
        let text = texts.find(|text| text.len() <= MAX_TEXT)?.trim();
        match self.unit {
            Unit::Text => (!text.is_empty()).then(|| text.into()),
            Unit::Yes => (!matches!(text, "no" | "false" | "0")).then_some(Value::Boolean(true)),
            Unit::Whole => whole(text).map(Value::Integer),
            Unit::Metres => metres(text).map(Value::Real),
            Unit::Tonnes => tonnes(text).map(Value::Real),
            Unit::KilometresPerHour => kilometres_per_hour(text).map(Value::Real),
        }
    }
}

fn field_number(kind: Kind, name: &str) -> Option<usize> {
    kind.table_def().fields.iter().position(|field| field.name == name)
}

fn constant(kind: Kind, set: &BTreeMap<String, String>) -> Cells {
    let read = |(name, text): (&String, &String)| {
        let at = field_number(kind, name)?;
        Some((at, kind.table_def().fields[at].read(text).ok()??))
    };
    set.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_names_only_what_there_is() {
        let file: TableFile =
            toml::from_str(include_str!("../../../assets/osm/mapping.toml")).unwrap();
        for layer in &file.layer {
            let kind = Kind::parse(&layer.kind).unwrap();
            let fits = |from: &From| {
                let shapes = &kind.table_def().geometry;
                let has = |shape: &str| shapes.iter().any(|own| own == shape);
                match from {
                    From::Node => has("point"),
                    From::Way => has("line"),
                    From::Area => has("polygon") || has("point"),
                }
            };
            let words = layer.rule.iter().map(|rule| &rule.set).chain([&layer.set]);
            for (name, text) in words.flatten() {
                let field = kind.field(name).unwrap_or_else(|| unreachable!("{kind}.{name}"));
                assert!(field.read(text).is_ok(), "{kind}.{name} = {text}");
            }
            for field in &layer.field {
                let own = kind.field(&field.field);
                let own = own.unwrap_or_else(|| unreachable!("{kind}.{}", field.field));
                for word in field.words.keys() {
                    let key = own.read(word).unwrap().unwrap();
                    assert_eq!(key.to_string(), *word, "{kind}.{}", field.field);
                }
            }
            for rule in &layer.rule {
                assert!(rule.from.iter().all(fits) && !rule.when.is_empty(), "{kind}");
            }
        }
        assert_eq!(MAPPING.layers.len(), file.layer.len());
        assert_eq!(MAPPING.layer(Kind::Bridge).unwrap().of, Some(Kind::Road));
    }

    #[test]
    fn an_element_may_belong_to_several_layers_but_once_to_each() {
        let of = |tags: &[(&str, &str)], from: From| -> Vec<Kind> {
            MAPPING.matches(Tags(tags), from).iter().map(|(layer, _)| layer.kind).collect()
        };
        assert_eq!(of(&[("highway", "trunk_link")], From::Way), [Kind::Road]);
        assert_eq!(of(&[("highway", "trunk"), ("area", "yes")], From::Way), []);
        assert_eq!(of(&[("highway", "construction")], From::Way), []);
        let ward = [("building", "yes"), ("amenity", "hospital"), ("healthcare", "hospital")];
        assert_eq!(of(&ward, From::Area), [Kind::Building, Kind::Hospital]);
        assert_eq!(of(&ward, From::Node), [Kind::Hospital]);
        assert_eq!(of(&[("building", "no")], From::Area), []);
        assert_eq!(of(&[("place", "village")], From::Node), [], "nobody knows which");
        let night = [("amenity", "social_facility"), ("social_facility", "shelter")];
        assert_eq!(of(&night, From::Node), [Kind::Shelter]);
    }
}

//! Closest facility: what is nearest to a place.

use std::cmp::Ordering;

use geo_types::Coord;

use crate::base::{Cancelled, Feedback, Id, Metres};
use crate::county::County;
use crate::model::{Feature, FieldType, Kind, Shelter, StayClass, Value};

/// A filter on one attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Canonical field or header of an unknown column.
    pub field: String,
    /// How it is compared.
    pub comparison: Comparison,
    /// What it is compared with.
    pub value: String,
}

/// How a field is compared with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `FIELD=VALUE`; for several choices: contains all of VALUE.
    Equal,
    /// `FIELD!=VALUE`.
    NotEqual,
    /// `FIELD>=N`, of numbers and days.
    AtLeast,
    /// `FIELD<=N`.
    AtMost,
    /// `FIELD>N`.
    MoreThan,
    /// `FIELD<N`.
    LessThan,
}

impl Condition {
    /// Reads `FIELD=VALUE` (also `==`), `FIELD!=VALUE` (also `<>`), `FIELD>=N`, `FIELD<=N`, `FIELD>N`, `FIELD<N`.
    pub fn parse(text: &str) -> Option<Self> {
        const SIGNS: [(&str, Comparison); 8] = [
            (">=", Comparison::AtLeast),
            ("<=", Comparison::AtMost),
            ("!=", Comparison::NotEqual),
            ("<>", Comparison::NotEqual),
            ("==", Comparison::Equal),
            ("=", Comparison::Equal),
            (">", Comparison::MoreThan),
            ("<", Comparison::LessThan),
        ];
        let at = text.find(['>', '<', '!', '='])?;
        let (field, rest) = text.split_at(at);
        let (sign, comparison) = SIGNS.into_iter().find(|(sign, _)| rest.starts_with(sign))?;
        let field = field.trim();
        (!field.is_empty()).then(|| Self {
            field: field.to_owned(),
            comparison,
            value: rest[sign.len()..].trim().to_owned(),
        })
    }

    /// Whether features of this kind can be compared like this: an order needs a number, a day or a moment.
    pub fn can_hold(&self, kind: Kind) -> bool {
        if matches!(self.comparison, Comparison::Equal | Comparison::NotEqual) {
            return true;
        }
        match kind.field(&self.field).map(|field| field.field_type) {
            Some(FieldType::Integer | FieldType::Real) => self.number().is_some(),
            Some(FieldType::Date | FieldType::Time) => {
                kind.field(&self.field).is_some_and(|field| field.read(&self.value).is_ok())
            }
            Some(_) => false,
            // A column we do not know may hold numbers.
            None => self.number().is_some(),
        }
    }

    fn number(&self) -> Option<f64> {
        self.value.trim().parse().ok()
    }

    /// Whether a feature satisfies it; a feature without data for the field does not. A shelter
    /// without a declared capacity is taken at what its area gives for a short stay.
    pub fn holds(&self, feature: &Feature) -> bool {
        let value = feature.value(&self.field).or_else(|| {
            if feature.kind == Kind::Shelter && self.field == "capacity" {
                let (people, _) = Shelter::of(feature).capacity(StayClass::default())?;
                return i64::try_from(people.0).ok().map(Value::Integer);
            }
            feature.extra.iter().find(|(header, _)| *header == self.field).map(|(_, v)| v.clone())
        });
        let Some(value) = value else { return false };
        let order = || self.order(feature.kind, &value);
        match self.comparison {
            Comparison::Equal => self.equal(feature.kind, &value),
            Comparison::NotEqual => !self.equal(feature.kind, &value),
            Comparison::AtLeast => order().is_some_and(Ordering::is_ge),
            Comparison::AtMost => order().is_some_and(Ordering::is_le),
            Comparison::MoreThan => order().is_some_and(Ordering::is_gt),
            Comparison::LessThan => order().is_some_and(Ordering::is_lt),
        }
    }

    /// How a feature's value stands to ours; `None` if they cannot be ordered.
    fn order(&self, kind: Kind, value: &Value) -> Option<Ordering> {
        let field = kind.field(&self.field);
        // Tables bring the columns we do not know as text.
        let own = value.as_f64().or_else(|| {
            value.as_text().filter(|_| field.is_none()).and_then(|text| text.trim().parse().ok())
        });
        if let (Some(own), Some(wanted)) = (own, self.number()) {
            return own.partial_cmp(&wanted);
        }
        let field = field?;
        let dated = matches!(field.field_type, FieldType::Date | FieldType::Time);
        let own = value.as_text().filter(|_| dated)?;
        match field.read(&self.value).ok().flatten()? {
            // Days and moments are stored year first, so that text order is their order.
            Value::Text(wanted) => Some(own.cmp(wanted.as_str())),
            _ => None,
        }
    }

    fn equal(&self, kind: Kind, value: &Value) -> bool {
        if let (Some(a), Ok(b)) = (value.as_f64(), self.value.parse::<f64>()) {
            return a == b;
        }
        // "status=启用" means the same as "status=open".
        let field = kind.field(&self.field);
        let wanted = field.and_then(|field| field.read(&self.value).ok().flatten());
        let wanted = wanted.map_or_else(|| self.value.clone(), |value| value.to_string());
        let own = value.to_string();
        let several = field.is_some_and(|field| field.field_type == FieldType::Choices);
        own == wanted
            || (several && wanted.split(';').all(|key| own.split(';').any(|part| part == key)))
    }
}

/// The question.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosestFacility {
    /// Where we stand, in degrees.
    pub at: Coord<f64>,
    /// What we look for.
    pub kind: Kind,
    /// How many at most.
    pub k: usize,
    /// How far at most.
    pub within: Option<Metres>,
    /// All of these must hold.
    pub conditions: Vec<Condition>,
}

/// One answer: a facility and how far it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// Which facility.
    pub id: Id,
    /// Its nearest point in degrees.
    pub at: Coord<f64>,
    /// Geodesic distance; 0 inside an area.
    pub distance: Metres,
    /// Travel time in seconds; `None` when ranked by distance.
    pub travel_s: Option<u32>,
}

/// The nearest facilities, nearest first, ties by id. None found is an answer too, and the only one
/// to a place that is not on the globe or to a distance that is no number.
pub fn closest_facility(
    county: &County,
    ask: &ClosestFacility,
    feedback: &Feedback,
) -> Result<Vec<Reach>, Cancelled> {
    feedback.check()?;
    let somewhere = ask.at.x.is_finite() && ask.at.y.is_finite() && ask.at.y.abs() <= 90.0;
    if ask.k == 0 || !somewhere || ask.within.is_some_and(|w| w.0.is_nan() || w.0 < 0.0) {
        return Ok(Vec::new());
    }
    let Some(layer) = county.layer(ask.kind) else { return Ok(Vec::new()) };
    let features = layer.features();
    let feature = |item: u32| features.get(item as usize);
    let mut accept =
        |item: u32| feature(item).is_some_and(|f| ask.conditions.iter().all(|c| c.holds(f)));
    Ok(layer
        .index()
        .nearest(ask.at, ask.k, ask.within, &mut accept)
        .into_iter()
        .filter_map(|near| {
            Some(Reach {
                id: feature(near.item)?.id,
                at: near.at,
                distance: near.distance,
                travel_s: None,
            })
        })
        .collect())
}

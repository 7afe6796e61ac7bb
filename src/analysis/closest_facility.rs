//! Closest facility: what is nearest to a place.

use geo_types::Coord;

use crate::base::{Cancelled, Feedback, Id, Metres};
use crate::county::County;
use crate::model::{Feature, Kind, Value};

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
    /// `FIELD=VALUE`; for several choices: contains it.
    Equal,
    /// `FIELD!=VALUE`.
    NotEqual,
    /// `FIELD>=N`.
    AtLeast,
    /// `FIELD<=N`.
    AtMost,
    /// `FIELD>N`.
    MoreThan,
    /// `FIELD<N`.
    LessThan,
}

impl Condition {
    /// Reads `FIELD=VALUE`, `FIELD!=VALUE`, `FIELD>=N`, `FIELD<=N`, `FIELD>N`, `FIELD<N`.
    pub fn parse(text: &str) -> Option<Self> {
        const SIGNS: [(&str, Comparison); 6] = [
            (">=", Comparison::AtLeast),
            ("<=", Comparison::AtMost),
            ("!=", Comparison::NotEqual),
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

    /// Whether a feature satisfies it; a feature without data for the field does not.
    pub fn holds(&self, feature: &Feature) -> bool {
        let value = feature.value(&self.field).or_else(|| {
            feature.extra.iter().find(|(header, _)| *header == self.field).map(|(_, v)| v.clone())
        });
        let Some(value) = value else { return false };
        let number = || Some((value.as_f64()?, self.value.parse::<f64>().ok()?));
        match self.comparison {
            Comparison::Equal => self.equal(feature.kind, &value),
            Comparison::NotEqual => !self.equal(feature.kind, &value),
            Comparison::AtLeast => number().is_some_and(|(a, b)| a >= b),
            Comparison::AtMost => number().is_some_and(|(a, b)| a <= b),
            Comparison::MoreThan => number().is_some_and(|(a, b)| a > b),
            Comparison::LessThan => number().is_some_and(|(a, b)| a < b),
        }
    }

    fn equal(&self, kind: Kind, value: &Value) -> bool {
        if let (Some(a), Ok(b)) = (value.as_f64(), self.value.parse::<f64>()) {
            return a == b;
        }
        // "status=启用" means the same as "status=open".
        let wanted =
            kind.field(&self.field).and_then(|field| field.read(&self.value).ok().flatten());
        let wanted = wanted.map_or_else(|| self.value.clone(), |value| value.to_string());
        let own = value.to_string();
        own == wanted || own.split(';').any(|part| part == wanted)
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

/// The nearest facilities, nearest first, ties by id. None found is an answer too.
pub fn closest_facility(
    county: &County,
    ask: &ClosestFacility,
    feedback: &Feedback,
) -> Result<Vec<Reach>, Cancelled> {
    feedback.check()?;
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

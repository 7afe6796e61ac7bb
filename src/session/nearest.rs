//! The nearest panel's form and answer.

use std::sync::Arc;

use geo_types::Coord;

use super::by_road::ByRoad;
use crate::analysis::{ClosestFacility, Condition, Reach};
use crate::base::{Id, Metres};
use crate::county::{County, SourceNote};
use crate::model::{Feature, Kind};
use crate::network::Conditions;

/// One filter line of the form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilterLine {
    /// Canonical field.
    pub field: String,
    /// Choice key, or the least number.
    pub value: String,
}

/// What makes one facility nearer than another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// As the crow flies.
    #[default]
    Distance,
    /// Who is there first by road.
    Time,
}

/// What stands in the form.
#[derive(Clone, Debug, PartialEq)]
pub struct NearestForm {
    /// Where we stand, in degrees.
    pub at: Option<Coord<f64>>,
    /// What the place is called; empty for a bare point.
    pub place: String,
    /// What we look for.
    pub kind: Kind,
    /// What makes one nearer than another.
    pub measure: Measure,
    /// Key of the vehicle; without it what the kind sends.
    pub vehicle: Option<String>,
    /// Night, rain, snow.
    pub conditions: Conditions,
    /// How many.
    pub k: usize,
    /// How far at most in kilometres, as typed; empty = no limit.
    pub within_km: String,
    /// Filters, all of them must hold; an unfinished line does not count.
    pub filters: Vec<FilterLine>,
}

impl Default for NearestForm {
    fn default() -> Self {
        Self {
            at: None,
            place: String::new(),
            kind: Kind::Shelter,
            measure: Measure::default(),
            vehicle: None,
            conditions: Conditions::default(),
            k: 5,
            within_km: String::new(),
            filters: Vec::new(),
        }
    }
}

/// Reads a distance in kilometres; `Ok(None)` for an empty text.
pub fn kilometres(text: &str) -> Result<Option<Metres>, NotADistance> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<f64>() {
        Ok(km) if km.is_finite() && km > 0.0 && km < 50_000.0 => Ok(Some(Metres(km * 1000.0))),
        _ => Err(NotADistance),
    }
}

/// The text is no distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADistance;

impl NearestForm {
    /// The question, once there is a place and all that is typed can be read.
    pub fn ask(&self) -> Option<ClosestFacility> {
        Some(ClosestFacility {
            at: self.at?,
            kind: self.kind,
            k: self.k,
            within: kilometres(&self.within_km).ok()?,
            conditions: self
                .filters
                .iter()
                .filter(|line| !line.field.is_empty() && !line.value.trim().is_empty())
                .filter_map(|line| self.condition(line))
                .collect(),
        })
    }

    /// Numbers are filtered by "at least", everything else by "is".
    fn condition(&self, line: &FilterLine) -> Option<Condition> {
        let field = self.kind.field(&line.field)?;
        let sign = if field.field_type.is_number() { ">=" } else { "=" };
        Condition::parse(&format!("{}{sign}{}", line.field, line.value.trim()))
    }
}

/// The answer and what it rests on.
#[derive(Clone, Debug)]
pub struct NearestAnswer {
    /// The question.
    pub ask: ClosestFacility,
    /// What the place was called.
    pub place: String,
    /// The county it was computed on.
    pub county: Arc<County>,
    /// Nearest first.
    pub reaches: Vec<Reach>,
    /// What else there is to say where they are ranked by time.
    pub by_road: Option<ByRoad>,
}

impl NearestAnswer {
    /// Where the figures come from.
    pub fn sources(&self) -> &[SourceNote] {
        self.county.layer(self.ask.kind).map_or(&[], |layer| layer.sources())
    }

    /// Where the figures of the roads come from, if the answer rests on them.
    pub fn road_sources(&self) -> &[SourceNote] {
        let roads = self.county.layer(Kind::Road).filter(|_| self.by_road.is_some());
        roads.map_or(&[], |layer| layer.sources())
    }

    /// The facilities with their rank and distance as columns of their own, nearest first.
    pub fn features(&self) -> Vec<Feature> {
        let Some(layer) = self.county.layer(self.ask.kind) else { return Vec::new() };
        let ranked = self.reaches.iter().zip(1_i64..);
        ranked
            .filter_map(|(reach, rank)| {
                let mut feature = layer.by_id(reach.id)?.clone();
                let metres = reach.distance.0.round() as i64;
                feature.extra.push(("rank".to_owned(), rank.into()));
                feature.extra.push(("distance_m".to_owned(), metres.into()));
                if let Some(seconds) = reach.travel_s {
                    feature.extra.push(("travel_s".to_owned(), i64::from(seconds).into()));
                }
                Some(feature)
            })
            .collect()
    }

    /// The answer about one facility.
    pub fn reach(&self, id: Id) -> Option<&Reach> {
        self.reaches.iter().find(|reach| reach.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::closest_facility::Comparison;

    #[test]
    fn a_form_becomes_a_question_once_it_has_a_place() {
        let mut form = NearestForm::default();
        assert_eq!(form.ask(), None);
        form.at = Some(Coord { x: 116.5, y: 35.7 });
        form.within_km = "2.5".to_owned();
        form.filters = vec![
            FilterLine { field: "status".to_owned(), value: "open".to_owned() },
            FilterLine { field: "capacity".to_owned(), value: "200".to_owned() },
            FilterLine { field: "occupied".to_owned(), value: String::new() },
        ];
        let ask = form.ask().unwrap();
        assert_eq!(ask.within, Some(Metres(2500.0)));
        let signs: Vec<Comparison> = ask.conditions.iter().map(|c| c.comparison).collect();
        assert_eq!(signs, [Comparison::Equal, Comparison::AtLeast]);
        form.within_km = "far".to_owned();
        assert_eq!(form.ask(), None);
    }
}

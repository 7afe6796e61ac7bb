//! The evacuation panel's form and answer, and plans as they are saved.

use std::sync::Arc;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use serde::{Deserialize, Serialize};

use super::nearest::{Measure, NotADistance, kilometres};
use crate::analysis::{Evacuation, EvacuationPlan, Exposure};
use crate::base::Metres;
use crate::county::{County, SourceNote};
use crate::model::{HazardKind, Kind, StayClass};
use crate::network::{Conditions, Costing};
use crate::spatial::Area;

/// How the danger area came about.
#[derive(Clone, Debug, PartialEq)]
pub enum AreaOrigin {
    /// Drawn corner by corner.
    Polygon,
    /// Drawn as a circle.
    Circle {
        /// Its radius.
        radius: Metres,
    },
    /// The outline of a feature.
    Feature {
        /// Its name.
        name: String,
    },
    /// From a file.
    File {
        /// The file's name.
        name: String,
    },
    /// From a saved plan.
    Plan {
        /// The plan's name.
        name: String,
    },
}

/// A danger area and how it came about.
#[derive(Clone, Debug)]
pub struct ChosenArea {
    /// The polygons.
    pub area: Arc<Area>,
    /// How it came about.
    pub origin: AreaOrigin,
}

/// What stands in the form beside the area.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EvacuationForm {
    /// What people are moved away from.
    pub hazard: Option<HazardKind>,
    /// How long they stay.
    pub stay: StayClass,
    /// Villages are not split.
    pub keep_together: bool,
    /// What makes one shelter nearer than another.
    pub measure: Measure,
    /// Key of the vehicle, by time; a car without it.
    pub vehicle: Option<String>,
    /// Night, rain, snow.
    pub conditions: Conditions,
    /// How far at most in kilometres, as typed; empty = no limit.
    pub max_km: String,
    /// How long at most in minutes, by time, as typed; empty = no limit.
    pub max_minutes: String,
}

/// How people are moved, where a plan is made by travel time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journey {
    /// Key of the vehicle.
    pub vehicle: String,
    /// Night, rain, snow.
    pub conditions: Conditions,
}

/// Reads minutes as seconds; `Ok(None)` for an empty text.
fn seconds(text: &str) -> Result<Option<f64>, NotADistance> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<f64>() {
        Ok(minutes) if minutes > 0.0 && minutes <= 1440.0 => Ok(Some((minutes * 60.0).round())),
        _ => Err(NotADistance),
    }
}

impl EvacuationForm {
    /// The question, if the limit can be read. By time its limit is in seconds.
    pub fn ask(&self) -> Option<Evacuation> {
        let limit = match self.measure {
            Measure::Distance => kilometres(&self.max_km).ok()?,
            Measure::Time => seconds(&self.max_minutes).ok()?.map(Metres),
        };
        Some(Evacuation {
            hazard: self.hazard,
            stay: self.stay,
            keep_together: self.keep_together,
            max_distance: limit,
        })
    }

    /// The vehicle that travels, by time.
    pub fn vehicle(&self) -> &str {
        self.vehicle.as_deref().unwrap_or("car")
    }

    /// How people are moved; `None` by distance.
    pub fn journey(&self) -> Option<Journey> {
        (self.measure == Measure::Time)
            .then(|| Journey { vehicle: self.vehicle().to_owned(), conditions: self.conditions })
    }

    /// The form that asks for this plan.
    pub fn of(answer: &PlanAnswer) -> Self {
        let ask = &answer.ask;
        let limit = |unit: f64| ask.max_distance.map(|most| (most.0 / unit).to_string());
        let form = Self {
            hazard: ask.hazard,
            stay: ask.stay,
            keep_together: ask.keep_together,
            ..Self::default()
        };
        match &answer.times {
            None => Self { max_km: limit(1000.0).unwrap_or_default(), ..form },
            Some(times) => Self {
                measure: Measure::Time,
                vehicle: Some(times.journey.vehicle.clone()),
                conditions: times.journey.conditions,
                max_minutes: limit(60.0).unwrap_or_default(),
                ..form
            },
        }
    }
}

/// People and facilities of the chosen area.
#[derive(Clone, Debug)]
pub struct ExposureAnswer {
    /// Version of the county it was computed on.
    pub version: u64,
    /// The answer.
    pub exposure: Exposure,
}

/// What the times of a plan rest on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanTimes {
    /// How people are moved.
    pub journey: Journey,
    /// The figures it was reckoned with, the county's own among them.
    pub costing: Costing,
}

/// The plan and what it rests on.
#[derive(Clone, Debug)]
pub struct PlanAnswer {
    /// The question.
    pub ask: Evacuation,
    /// The danger area.
    pub area: ChosenArea,
    /// The county it was computed on; for a saved plan the one it was opened in.
    pub county: Arc<County>,
    /// Version of the county it was computed on.
    pub version: u64,
    /// The plan.
    pub plan: EvacuationPlan,
    /// What its times rest on; `None` by distance.
    pub times: Option<PlanTimes>,
    /// Name under which it is saved.
    pub saved_as: Option<String>,
}

impl PlanAnswer {
    /// Where the figures come from.
    pub fn sources(&self) -> impl Iterator<Item = &SourceNote> {
        let plan = &self.plan;
        let arranged = plan.arranged > 0
            || !plan.unresolved_arrangements.is_empty()
            || plan.assignments.iter().any(|line| line.deviates_from.is_some());
        let roads = self.times.as_ref().map(|_| [Kind::Road, Kind::Closure]);
        [Kind::Settlement, Kind::Shelter]
            .into_iter()
            .chain(arranged.then_some(Kind::Arrangement))
            .chain(roads.into_iter().flatten())
            .filter_map(|kind| self.county.layer(kind))
            .flat_map(|layer| layer.sources())
    }
}

/// A saved plan's file format: by distance, which every version of the program can open.
const FORMAT: u32 = 1;
/// By time: whoever does not know it must not take its seconds for metres.
const FORMAT_BY_TIME: u32 = 2;

/// A plan as it stands in the store, as JSON.
#[derive(Serialize, Deserialize)]
struct SavedPlan {
    format: u32,
    hazard: Option<HazardKind>,
    stay: StayClass,
    keep_together: bool,
    /// Metres; seconds by time.
    max_distance_m: Option<f64>,
    /// Polygons of rings of longitude and latitude, as in GeoJSON.
    area: Vec<Vec<Vec<[f64; 2]>>>,
    county_version: u64,
    plan: EvacuationPlan,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<PlanTimes>,
}

/// Why a saved plan cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("the saved plan cannot be read")]
pub struct UnreadablePlan;

/// The JSON under which an answer is saved.
pub fn saved_json(answer: &PlanAnswer) -> Result<String, serde_json::Error> {
    let ring = |line: &LineString<f64>| line.0.iter().map(|c| [c.x, c.y]).collect::<Vec<_>>();
    let area = answer.area.area.polygons().0.iter();
    serde_json::to_string(&SavedPlan {
        format: if answer.times.is_some() { FORMAT_BY_TIME } else { FORMAT },
        hazard: answer.ask.hazard,
        stay: answer.ask.stay,
        keep_together: answer.ask.keep_together,
        max_distance_m: answer.ask.max_distance.map(|d| d.0),
        area: area
            .map(|p| std::iter::once(p.exterior()).chain(p.interiors()).map(ring).collect())
            .collect(),
        county_version: answer.version,
        plan: answer.plan.clone(),
        times: answer.times.clone(),
    })
}

/// The answer that was saved under `name`.
pub fn answer_from_json(
    name: &str,
    json: &str,
    county: &Arc<County>,
) -> Result<PlanAnswer, UnreadablePlan> {
    let saved: SavedPlan = serde_json::from_str(json).map_err(|_fault| UnreadablePlan)?;
    let format = if saved.times.is_some() { FORMAT_BY_TIME } else { FORMAT };
    if saved.format != format {
        return Err(UnreadablePlan);
    }
    let line = |ring: &Vec<[f64; 2]>| -> LineString<f64> {
        ring.iter().map(|[x, y]| Coord { x: *x, y: *y }).collect()
    };
    let polygons = saved
        .area
        .iter()
        .filter_map(|rings| {
            let (outer, inner) = rings.split_first()?;
            Some(Polygon::new(line(outer), inner.iter().map(line).collect()))
        })
        .collect();
    let area = Area::new(MultiPolygon::new(polygons)).map_err(|_fault| UnreadablePlan)?;
    Ok(PlanAnswer {
        ask: Evacuation {
            hazard: saved.hazard,
            stay: saved.stay,
            keep_together: saved.keep_together,
            max_distance: saved.max_distance_m.map(Metres),
        },
        area: ChosenArea {
            area: Arc::new(area),
            origin: AreaOrigin::Plan { name: name.to_owned() },
        },
        county: Arc::clone(county),
        version: saved.county_version,
        plan: saved.plan,
        times: saved.times,
        saved_as: Some(name.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Id, Persons};
    use crate::model::{Attributes, Feature, Provenance};
    use crate::network::OwnFigure;

    #[test]
    fn a_saved_plan_comes_back_as_it_was() {
        let centre = Coord { x: 116.5, y: 35.7 };
        let area = Area::circle(centre, Metres(1500.0)).unwrap();
        let answer = PlanAnswer {
            ask: Evacuation {
                hazard: Some(HazardKind::Flood),
                max_distance: Some(Metres(8000.0)),
                ..Evacuation::default()
            },
            area: ChosenArea {
                area: Arc::new(area),
                origin: AreaOrigin::Circle { radius: Metres(1500.0) },
            },
            county: Arc::default(),
            version: 7,
            plan: EvacuationPlan { people: Persons(12), ..EvacuationPlan::default() },
            times: None,
            saved_as: None,
        };
        let json = saved_json(&answer).unwrap();
        let back = answer_from_json("夜间方案", &json, &Arc::default()).unwrap();
        assert_eq!((&back.ask, &back.plan, back.version), (&answer.ask, &answer.plan, 7));
        let corners = |answer: &PlanAnswer| answer.area.area.polygons().0[0].exterior().0.clone();
        for (a, b) in corners(&back).into_iter().zip(corners(&answer)) {
            assert!((a.x - b.x).abs() < 1e-9 && (a.y - b.y).abs() < 1e-9);
        }
        assert_eq!(EvacuationForm::of(&back).ask().as_ref(), Some(&answer.ask));
        // A plan saved before unresolved rows were listed still opens.
        let mut old: serde_json::Value = serde_json::from_str(&json).unwrap();
        for field in ["arranged", "unresolved_arrangements"] {
            assert!(old["plan"].as_object_mut().unwrap().remove(field).is_some());
        }
        let back = answer_from_json("old", &old.to_string(), &Arc::default()).unwrap();
        assert_eq!(back.plan, answer.plan);
        assert!(answer_from_json("x", "{}", &Arc::default()).is_err());
        // By time it keeps the figures it was reckoned with, whatever the county says later.
        let own = OwnFigure {
            key: "speed.trunk".to_owned(),
            value: 55.5,
            who: "li".to_owned(),
            at: crate::base::Timestamp(7),
        };
        let journey = Journey {
            vehicle: "bus".to_owned(),
            conditions: Conditions { night: true, ..Conditions::default() },
        };
        let times = PlanTimes { journey, costing: Costing::new([own]) };
        let answer = PlanAnswer { times: Some(times), ..answer };
        let json = saved_json(&answer).unwrap();
        let back = answer_from_json("night", &json, &Arc::default()).unwrap();
        assert_eq!(back.times, answer.times);
        let form = EvacuationForm::of(&back);
        assert_eq!(
            (form.ask(), form.journey()),
            (Some(answer.ask), answer.times.map(|times| times.journey),)
        );
        let mut odd: serde_json::Value = serde_json::from_str(&json).unwrap();
        odd["format"] = 1.into();
        assert!(answer_from_json("x", &odd.to_string(), &Arc::default()).is_err());
    }

    #[test]
    fn a_limit_in_minutes_is_asked_in_seconds() {
        let form = |text: &str| EvacuationForm {
            measure: Measure::Time,
            max_minutes: text.to_owned(),
            ..EvacuationForm::default()
        };
        assert_eq!(form("12.5").ask().unwrap().max_distance, Some(Metres(750.0)));
        assert_eq!(form(" ").ask().unwrap().max_distance, None);
        for text in ["0", "-3", "soon", "NaN", "99999"] {
            assert_eq!(form(text).ask(), None, "{text}");
        }
        assert_eq!(form("").journey().unwrap().vehicle, "car");
    }

    #[test]
    fn a_plan_that_follows_the_table_rests_on_the_table() {
        let row = Feature {
            id: Id::from_natural_key("arrangement", "a"),
            kind: Kind::Arrangement,
            code: None,
            name: "a".to_owned(),
            geometry: None,
            attributes: Attributes::default(),
            extra: Vec::new(),
            provenance: Provenance {
                source: Some("plan book".to_owned()),
                ..Provenance::default()
            },
        };
        let area = Area::circle(Coord { x: 116.5, y: 35.7 }, Metres(1500.0)).unwrap();
        let mut answer = PlanAnswer {
            ask: Evacuation::default(),
            area: ChosenArea { area: Arc::new(area), origin: AreaOrigin::Polygon },
            county: Arc::new(County::new(1, vec![(Kind::Arrangement, vec![row])])),
            version: 1,
            plan: EvacuationPlan::default(),
            times: None,
            saved_as: None,
        };
        assert_eq!(answer.sources().count(), 0);
        answer.plan.arranged = 1;
        assert_eq!(answer.sources().count(), 1);
    }
}

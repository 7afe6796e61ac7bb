//! The evacuation panel's form and answer, and plans as they are saved.

use std::sync::Arc;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use serde::{Deserialize, Serialize};

use super::nearest::kilometres;
use crate::analysis::{Evacuation, EvacuationPlan, Exposure};
use crate::base::Metres;
use crate::county::{County, SourceNote};
use crate::model::{HazardKind, Kind, StayClass};
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
    /// How far at most in kilometres, as typed; empty = no limit.
    pub max_km: String,
}

impl EvacuationForm {
    /// The question, if the distance can be read.
    pub fn ask(&self) -> Option<Evacuation> {
        Some(Evacuation {
            hazard: self.hazard,
            stay: self.stay,
            keep_together: self.keep_together,
            max_distance: kilometres(&self.max_km).ok()?,
        })
    }

    /// The form that asks this question.
    pub fn of(ask: &Evacuation) -> Self {
        Self {
            hazard: ask.hazard,
            stay: ask.stay,
            keep_together: ask.keep_together,
            max_km: ask.max_distance.map(|d| (d.0 / 1000.0).to_string()).unwrap_or_default(),
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
        [Kind::Settlement, Kind::Shelter]
            .into_iter()
            .chain(arranged.then_some(Kind::Arrangement))
            .filter_map(|kind| self.county.layer(kind))
            .flat_map(|layer| layer.sources())
    }
}

/// A saved plan's file format.
const FORMAT: u32 = 1;

/// A plan as it stands in the store, as JSON.
#[derive(Serialize, Deserialize)]
struct SavedPlan {
    format: u32,
    hazard: Option<HazardKind>,
    stay: StayClass,
    keep_together: bool,
    max_distance_m: Option<f64>,
    /// Polygons of rings of longitude and latitude, as in GeoJSON.
    area: Vec<Vec<Vec<[f64; 2]>>>,
    county_version: u64,
    plan: EvacuationPlan,
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
        format: FORMAT,
        hazard: answer.ask.hazard,
        stay: answer.ask.stay,
        keep_together: answer.ask.keep_together,
        max_distance_m: answer.ask.max_distance.map(|d| d.0),
        area: area
            .map(|p| std::iter::once(p.exterior()).chain(p.interiors()).map(ring).collect())
            .collect(),
        county_version: answer.version,
        plan: answer.plan.clone(),
    })
}

/// The answer that was saved under `name`.
pub fn answer_from_json(
    name: &str,
    json: &str,
    county: &Arc<County>,
) -> Result<PlanAnswer, UnreadablePlan> {
    let saved: SavedPlan = serde_json::from_str(json).map_err(|_fault| UnreadablePlan)?;
    if saved.format != FORMAT {
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
        saved_as: Some(name.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Id, Persons};
    use crate::model::{Attributes, Feature, Provenance};

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
            saved_as: None,
        };
        let json = saved_json(&answer).unwrap();
        let back = answer_from_json("夜间方案", &json, &Arc::default()).unwrap();
        assert_eq!((&back.ask, &back.plan, back.version), (&answer.ask, &answer.plan, 7));
        let corners = |answer: &PlanAnswer| answer.area.area.polygons().0[0].exterior().0.clone();
        for (a, b) in corners(&back).into_iter().zip(corners(&answer)) {
            assert!((a.x - b.x).abs() < 1e-9 && (a.y - b.y).abs() < 1e-9);
        }
        assert_eq!(EvacuationForm::of(&back.ask).ask(), Some(answer.ask));
        // A plan saved before unresolved rows were listed still opens.
        let mut old: serde_json::Value = serde_json::from_str(&json).unwrap();
        for field in ["arranged", "unresolved_arrangements"] {
            assert!(old["plan"].as_object_mut().unwrap().remove(field).is_some());
        }
        let back = answer_from_json("old", &old.to_string(), &Arc::default()).unwrap();
        assert_eq!(back.plan, answer.plan);
        assert!(answer_from_json("x", "{}", &Arc::default()).is_err());
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
            saved_as: None,
        };
        assert_eq!(answer.sources().count(), 0);
        answer.plan.arranged = 1;
        assert_eq!(answer.sources().count(), 1);
    }
}

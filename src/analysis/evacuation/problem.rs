//! From the county to a transportation problem: who has to leave, and which places are usable.

use geo::BooleanOps;
use geo_types::{Coord, Geometry, MultiPolygon};

use super::arrangement::{self, Preference};
use super::plan::{ShelterLoad, UnresolvedArrangement, Unusable};
use super::{CostMatrix, Evacuation};
use crate::analysis::exposure::exposure;
use crate::base::{Cancelled, Feedback, Id, Persons};
use crate::county::County;
use crate::model::{Feature, Kind, Shelter};
use crate::spatial::Area;
use crate::spatial::measure::geodesic_distance;
use crate::spatial::middle;

/// A settlement whose people have to leave.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// Which one.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Residents in the area.
    pub people: Persons,
    /// Where they start: the settlement's point or, where an extent is known, the middle of the
    /// part in danger (its centroid, or a point inside if the centroid lies outside).
    pub at: Coord<f64>,
}

/// A usable shelter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Which one.
    pub id: Id,
    /// Its position in [`EvacuationProblem::shelters`].
    pub shelter: usize,
    /// Places left.
    pub left: Persons,
    /// Where people arrive: its point, or the middle of its extent.
    pub at: Coord<f64>,
}

/// Everything a plan needs but the costs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EvacuationProblem {
    /// Rows of the cost matrix, by settlement id.
    pub origins: Vec<Origin>,
    /// Columns of the cost matrix, by shelter id.
    pub places: Vec<Place>,
    /// All shelters, by id, nobody assigned yet.
    pub shelters: Vec<ShelterLoad>,
    /// Settlements without a population figure, id and name.
    pub without_data: Vec<(Id, String)>,
    /// Settlements on the edge of the area.
    pub to_confirm: Vec<Id>,
    /// Settlements counted whole by their point.
    pub point_only: Vec<Id>,
    /// Rows of the preplanned table that nobody can follow.
    pub unresolved_arrangements: Vec<UnresolvedArrangement>,
    pub(super) preferences: Vec<Preference>,
}

impl EvacuationProblem {
    /// Counts the people of the area and looks at every shelter.
    pub fn new(
        county: &County,
        area: &Area,
        ask: &Evacuation,
        feedback: &Feedback,
    ) -> Result<Self, Cancelled> {
        let mut problem = Self::default();
        let mut exposed = exposure(county, area, feedback)?.settlements;
        exposed.sort_by_key(|settlement| settlement.id);
        for settlement in exposed {
            if settlement.on_edge {
                problem.to_confirm.push(settlement.id);
            }
            if settlement.point_only {
                problem.point_only.push(settlement.id);
            }
            let Some(people) = settlement.people else {
                problem.without_data.push((settlement.id, settlement.name));
                continue;
            };
            let geometry = county
                .layer(Kind::Settlement)
                .and_then(|layer| layer.by_id(settlement.id)?.geometry.as_ref());
            let at = geometry.and_then(|geometry| {
                let part = if settlement.on_edge { part_in(geometry, area) } else { None };
                part.or_else(|| middle(geometry))
            });
            if let (Some(at), true) = (at, people > Persons::ZERO) {
                problem.origins.push(Origin {
                    id: settlement.id,
                    name: settlement.name,
                    people,
                    at,
                });
            }
        }
        for feature in county.features(Kind::Shelter) {
            feedback.check()?;
            let (load, left) = inspect(feature, area, ask);
            let at = feature.geometry.as_ref().and_then(middle);
            if let (None, Some(at)) = (load.unusable, at) {
                let shelter = problem.shelters.len();
                problem.places.push(Place { id: feature.id, shelter, left, at });
            }
            problem.shelters.push(load);
        }
        let origins: Vec<Id> = problem.origins.iter().map(|origin| origin.id).collect();
        let places: Vec<Id> = problem.places.iter().map(|place| place.id).collect();
        let table = arrangement::table(county, &origins, &places);
        problem.preferences = table.preferences;
        problem.unresolved_arrangements = table.unresolved;
        Ok(problem)
    }

    /// Straight lines on the ellipsoid in whole metres.
    pub fn geodesic_costs(&self, feedback: &Feedback) -> Result<CostMatrix, Cancelled> {
        let mut cells = Vec::with_capacity(self.origins.len() * self.places.len());
        for origin in &self.origins {
            feedback.check()?;
            cells.extend(
                self.places.iter().map(|place| geodesic_distance(origin.at, place.at).whole()),
            );
        }
        Ok(CostMatrix::new(self.places.len(), cells).unwrap_or_default())
    }

    /// People by origin.
    pub(super) fn supply(&self) -> Vec<u64> {
        self.origins.iter().map(|origin| origin.people.0).collect()
    }

    /// Places left by place.
    pub(super) fn capacity(&self) -> Vec<u64> {
        self.places.iter().map(|place| place.left.0).collect()
    }
}

/// A shelter as the plan lists it, and its places left.
fn inspect(feature: &Feature, area: &Area, ask: &Evacuation) -> (ShelterLoad, Persons) {
    let shelter = Shelter::of(feature);
    let capacity = shelter.capacity(ask.stay);
    let left = shelter.available(ask.stay);
    let fit = ask.hazard.is_none_or(|hazard| shelter.serves(hazard));
    // What an order could change stands first: a closed shelter is closed, wherever it lies.
    let unusable = if !shelter.can_open() {
        let full = feature.text("status") == Some("full");
        Some(if full { Unusable::Full } else { Unusable::Closed })
    } else if feature.geometry.as_ref().is_some_and(|geometry| area.touches(geometry)) {
        Some(Unusable::InDanger)
    } else if !fit {
        Some(Unusable::UnfitForHazard)
    } else if feature.geometry.as_ref().and_then(middle).is_none() {
        Some(Unusable::NoPosition)
    } else {
        match left {
            None => Some(Unusable::NoData),
            Some(Persons::ZERO) => Some(Unusable::Full),
            Some(_) => None,
        }
    };
    let load = ShelterLoad {
        id: feature.id,
        code: feature.code.clone(),
        name: feature.name.clone(),
        capacity: capacity.map(|(people, _)| people),
        capacity_basis: capacity.map(|(_, basis)| basis),
        occupied: shelter.occupied(),
        reserved: shelter.reserved(),
        assigned: Persons::ZERO,
        unusable,
    };
    (load, left.unwrap_or_default())
}

/// The middle of the part of an extent that lies in the area.
fn part_in(geometry: &Geometry<f64>, area: &Area) -> Option<Coord<f64>> {
    let surface = match geometry {
        Geometry::Polygon(polygon) => MultiPolygon::new(vec![polygon.clone()]),
        Geometry::MultiPolygon(polygons) => polygons.clone(),
        _ => return None,
    };
    middle(&Geometry::MultiPolygon(area.polygons().intersection(&surface)))
}

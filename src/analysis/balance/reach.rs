//! Who can walk to which shelter: areas of responsibility within the walking radius of each class.

use geo::CoordsIter;
use geo_types::MultiPolygon;

use crate::analysis::shelter_check::{ShelterRules, SiteClass};
use crate::base::{Cancelled, Feedback, Id, Metres, Persons};
use crate::county::County;
use crate::model::{Feature, Kind, Settlement, Shelter, StayClass};
use crate::spatial::measure::geodesic_distance;
use crate::spatial::{Area, Coverage, middle};

/// A shelter, whom it is near enough for and whom it has to take.
#[derive(Clone, Debug, PartialEq)]
pub struct ShelterArea {
    /// Which shelter.
    pub id: Id,
    /// Its code.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Its class; `None` = no data.
    pub class: Option<SiteClass>,
    /// How far people walk to it, by its class, else by the stay asked for; `None` if closed or nowhere.
    pub radius: Option<Metres>,
    /// Residents within that radius, who may be within another's too.
    pub within: Persons,
    /// Residents it is responsible for: of each settlement those within any radius, by the nearest shelter
    /// whose radius touches the settlement.
    pub responsible: Persons,
    /// Places for its own class, else for the stay asked for; `None` = no data.
    pub places: Option<Persons>,
}

impl ShelterArea {
    /// People it is responsible for and has no place for.
    pub fn shortfall(&self) -> Option<Persons> {
        Some(self.responsible - self.places?)
    }
}

/// Areas of responsibility.
pub(super) struct Walking {
    /// By id.
    pub shelters: Vec<ShelterArea>,
    /// Residents beyond every radius, by settlement.
    pub beyond: Vec<Persons>,
}

/// Draws the walking radius of every shelter and counts who lives in it.
///
/// A settlement counts by the share of its extent, one known by its point whole or not at all.
pub(super) fn walking(
    county: &County,
    stay: StayClass,
    feedback: &Feedback,
) -> Result<Walking, Cancelled> {
    let shelters = county.features(Kind::Shelter);
    let mut areas: Vec<ShelterArea> = shelters.iter().map(|row| area_of(row, stay)).collect();
    let mut circles: Vec<Option<Area>> = Vec::with_capacity(shelters.len());
    let mut farthest = 0.0_f64;
    for (row, area) in shelters.iter().zip(&areas) {
        feedback.check()?;
        let centre = row.geometry.as_ref().and_then(middle);
        let circle = centre.zip(area.radius).and_then(|(at, radius)| Area::circle(at, radius).ok());
        if let (Some(_), Some(radius)) = (&circle, area.radius) {
            farthest = farthest.max(radius.0);
        }
        circles.push(circle);
    }
    let settlements = county.features(Kind::Settlement);
    let mut beyond = vec![Persons::ZERO; settlements.len()];
    for (number, (row, beyond)) in settlements.iter().zip(&mut beyond).enumerate() {
        feedback.check()?;
        feedback.report(number as u64, settlements.len() as u64);
        let Some(residents) = Settlement::of(row).residents else { continue };
        let part = |share: f64| Persons((residents.0 as f64 * share).round() as u64);
        let touching = touching(county, row, &circles, farthest);
        for (shelter, share) in &touching {
            areas[*shelter].within += part(*share);
        }
        let covered = part(together(row, &touching, &circles));
        if let Some((nearest, _)) = touching.first() {
            areas[*nearest].responsible += covered;
        }
        *beyond = residents - covered;
    }
    Ok(Walking { shelters: areas, beyond })
}

fn area_of(row: &Feature, stay: StayClass) -> ShelterArea {
    let shelter = Shelter::of(row);
    let class = SiteClass::of(row);
    let counted = class.unwrap_or_else(|| stay.into());
    let there = !shelter.is_closed() && row.geometry.is_some();
    ShelterArea {
        id: row.id,
        code: row.code.clone(),
        name: row.name.clone(),
        class,
        radius: ShelterRules::usual().radius(counted).filter(|_| there),
        within: Persons::ZERO,
        responsible: Persons::ZERO,
        places: shelter.capacity(counted.stay()).map(|(places, _)| places),
    }
}

/// Shelters whose radius touches a settlement, with the share of it inside, nearest first, ties by id.
fn touching(
    county: &County,
    settlement: &Feature,
    circles: &[Option<Area>],
    farthest: f64,
) -> Vec<(usize, f64)> {
    let (Some(layer), Some(geometry)) = (county.layer(Kind::Shelter), &settlement.geometry) else {
        return Vec::new();
    };
    let Some(at) = middle(geometry) else { return Vec::new() };
    let corners = geometry.coords_iter().map(|corner| geodesic_distance(at, corner).0);
    // A little more than needed: whether a circle touches is for the circle to say.
    let around = Metres(corners.fold(0.0, f64::max) + farthest * 1.001);
    let mut accept = |item: u32| circles.get(item as usize).is_some_and(|circle| circle.is_some());
    let near = layer.index().nearest(at, circles.len(), Some(around), &mut accept);
    near.into_iter()
        .filter_map(|near| {
            let shelter = near.item as usize;
            let share = match circles.get(shelter)?.as_ref()?.coverage(geometry) {
                Coverage::Outside => return None,
                Coverage::Inside => 1.0,
                Coverage::Partly(share) => share,
            };
            Some((shelter, share))
        })
        .collect()
}

/// Share of a settlement inside any of the circles that touch it.
fn together(settlement: &Feature, touching: &[(usize, f64)], circles: &[Option<Area>]) -> f64 {
    match touching {
        [] => 0.0,
        [(_, share)] => *share,
        several if several.iter().any(|(_, share)| *share >= 1.0) => 1.0,
        several => {
            let circles = several.iter().filter_map(|(shelter, _)| circles.get(*shelter)?.as_ref());
            let drawn: Vec<_> = circles.flat_map(|circle| circle.polygons().0.clone()).collect();
            let most = several.iter().map(|(_, share)| *share).fold(0.0, f64::max);
            let united = Area::new(MultiPolygon::new(drawn)).ok();
            match united.zip(settlement.geometry.as_ref()) {
                Some((area, geometry)) => match area.coverage(geometry) {
                    Coverage::Inside => 1.0,
                    Coverage::Partly(share) => share,
                    Coverage::Outside => most,
                },
                None => most,
            }
        }
    }
}

//! Exposure: who and what is in an area.

use std::collections::BTreeMap;

use geo_types::Geometry;

use crate::base::{Cancelled, Feedback, Id, Persons};
use crate::county::County;
use crate::model::{Kind, Settlement};
use crate::spatial::{Area, Coverage};

/// A settlement in the area.
#[derive(Clone, Debug, PartialEq)]
pub struct ExposedSettlement {
    /// Which one.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Residents in the area; `None` = no data.
    pub people: Option<Persons>,
    /// People in the area by day; `None` = no data.
    pub people_day: Option<Persons>,
    /// Share of its extent in the area, 0 to 1.
    pub share: f64,
    /// It lies on the edge: somebody has to confirm.
    pub on_edge: bool,
    /// No extent is known: it counts whole by its point.
    pub point_only: bool,
}

/// Who and what is in the area.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exposure {
    /// Residents; settlements without data count nothing and are in `without_data`.
    pub people: Persons,
    /// People by day; settlements without a figure count nothing.
    pub people_day: Persons,
    /// Settlements, most residents first, ties by id.
    pub settlements: Vec<ExposedSettlement>,
    /// How many of them have no population figure.
    pub without_data: usize,
    /// The county knows no settlements at all, so that nothing can be said of people.
    pub no_settlements: bool,
    /// Facilities by kind, only kinds with at least one.
    pub facilities: BTreeMap<Kind, Vec<Id>>,
}

impl Exposure {
    /// Residents in the area; `None` if the county knows no settlements, or none of those in the
    /// area has a figure.
    pub fn known_people(&self) -> Option<Persons> {
        self.known(self.people, |settlement| settlement.people)
    }

    /// The same by day.
    pub fn known_people_day(&self) -> Option<Persons> {
        self.known(self.people_day, |settlement| settlement.people_day)
    }

    fn known(
        &self,
        sum: Persons,
        figure: fn(&ExposedSettlement) -> Option<Persons>,
    ) -> Option<Persons> {
        let no_data =
            !self.settlements.is_empty() && self.settlements.iter().all(|s| figure(s).is_none());
        (!no_data && !self.no_settlements).then_some(sum)
    }
}

/// Counts the people and facilities of `area`.
///
/// A settlement counts by the share of its extent; people are rounded to the nearest whole person.
pub fn exposure(county: &County, area: &Area, feedback: &Feedback) -> Result<Exposure, Cancelled> {
    let mut out = Exposure {
        no_settlements: county.features(Kind::Settlement).is_empty(),
        ..Exposure::default()
    };
    let part = |people: Option<Persons>, share: f64| {
        people.map(|p| Persons((p.0 as f64 * share).round() as u64))
    };
    if let Some(layer) = county.layer(Kind::Settlement) {
        for item in layer.index().window(area.extent()) {
            feedback.check()?;
            let Some(feature) = layer.features().get(item as usize) else { continue };
            let Some(geometry) = &feature.geometry else { continue };
            let (share, on_edge) = match area.coverage(geometry) {
                Coverage::Outside => continue,
                Coverage::Inside => (1.0, false),
                Coverage::Partly(share) => (share, true),
            };
            let figures = Settlement::of(feature);
            let exposed = ExposedSettlement {
                id: feature.id,
                name: feature.name.clone(),
                people: part(figures.residents, share),
                people_day: part(figures.residents_day, share),
                share,
                on_edge,
                point_only: !matches!(geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_)),
            };
            out.people += exposed.people.unwrap_or_default();
            out.people_day += exposed.people_day.unwrap_or_default();
            out.without_data += usize::from(exposed.people.is_none());
            out.settlements.push(exposed);
        }
    }
    out.settlements.sort_by(|a, b| b.people.cmp(&a.people).then(a.id.cmp(&b.id)));
    for layer in county.layers().filter(|layer| layer.kind().is_facility()) {
        let mut inside: Vec<Id> = Vec::new();
        for item in layer.index().window(area.extent()) {
            feedback.check()?;
            let Some(feature) = layer.features().get(item as usize) else { continue };
            if feature.geometry.as_ref().is_some_and(|geometry| area.touches(geometry)) {
                inside.push(feature.id);
            }
        }
        inside.sort_unstable();
        if !inside.is_empty() {
            out.facilities.insert(layer.kind(), inside);
        }
    }
    Ok(out)
}

//! The named places that the store already holds, to compare new rows with.

use std::collections::{BTreeMap, HashMap};

use geo::BoundingRect;
use geo_types::{Coord, Rect};

use crate::base::Id;
use crate::county::County;
use crate::model::{Feature, Kind};
use crate::spatial::measure::geodesic_distance;

/// Two records of one name this close together are likely the same thing.
const SAME_PLACE_M: f64 = 30.0;

struct Place {
    id: Id,
    extent: Rect<f64>,
    sample: bool,
}

/// Named records by kind and name, and what each is called.
#[derive(Default)]
pub struct Known {
    places: BTreeMap<Kind, HashMap<String, Vec<Place>>>,
    /// Name, and whether it is a sample.
    names: HashMap<Id, (Box<str>, bool)>,
}

impl Known {
    /// The named places of a county.
    pub fn of(county: &County) -> Self {
        let mut known = Self::default();
        for kind in Kind::ALL {
            let features = county.features(*kind);
            if features.is_empty() {
                continue;
            }
            let names = known.places.entry(*kind).or_default();
            for feature in features.iter().filter(|feature| !feature.name.is_empty()) {
                let called = (feature.name.as_str().into(), feature.provenance.sample);
                known.names.insert(feature.id, called);
                let Some(extent) = feature.geometry.as_ref().and_then(BoundingRect::bounding_rect)
                else {
                    continue;
                };
                let place = Place { id: feature.id, extent, sample: feature.provenance.sample };
                match names.get_mut(&feature.name) {
                    Some(others) => others.push(place),
                    None => {
                        names.insert(feature.name.clone(), vec![place]);
                    }
                }
            }
        }
        known
    }

    /// The one place of this name: among records of the kind itself, else among boundary, townships and
    /// settlements. Names that several places have prove nothing.
    pub fn only(&self, kind: Kind, name: &str) -> Option<Rect<f64>> {
        let of = |kind: Kind| self.places.get(&kind).and_then(|names| names.get(name));
        let around = [Kind::Boundary, Kind::Township, Kind::Settlement];
        let mut found: Box<dyn Iterator<Item = &Place>> = match of(kind) {
            Some(own) => Box::new(own.iter()),
            None => Box::new(around.into_iter().filter_map(of).flatten()),
        };
        let first = found.next()?;
        found.next().is_none().then_some(first.extent)
    }

    /// What a record was called until now, if a new row calls it otherwise. A real row that takes the place of
    /// a sample owes it no name.
    pub fn other_name(&self, new: &Feature) -> Option<&str> {
        let (name, sample) = self.names.get(&new.id)?;
        let owes = new.provenance.sample || !sample;
        (owes && !new.name.is_empty() && **name != *new.name).then_some(name)
    }

    /// Another record that a new one of the same name and place may double. A sample record is none: it steps
    /// back by itself.
    pub fn double_of(&self, new: &Feature, extent: Rect<f64>) -> Option<Id> {
        let others = self.places.get(&new.kind)?.get(&new.name)?;
        let near = |a: Coord<f64>, b: Coord<f64>| geodesic_distance(a, b).0 <= SAME_PLACE_M;
        let same = |own: Rect<f64>| near(own.min(), extent.min()) && near(own.max(), extent.max());
        others
            .iter()
            .filter(|other| other.id != new.id && (new.provenance.sample || !other.sample))
            .find(|other| same(other.extent))
            .map(|other| other.id)
    }
}

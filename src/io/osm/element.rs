//! What an OpenStreetMap file is made of: nodes, ways and relations with their tags.

use crate::io::fault::ReadFault;

/// The three sorts of elements, in the order of a sorted file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// A point.
    Node,
    /// A line of nodes.
    Way,
    /// Several elements, each with a role.
    Relation,
}

impl Sort {
    /// `way/123`: how an element is called in codes and messages.
    pub fn label(self, id: i64) -> String {
        let word = match self {
            Self::Node => "node",
            Self::Way => "way",
            Self::Relation => "relation",
        };
        format!("{word}/{id}")
    }
}

/// Keys and values of one element.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tags<'a>(pub &'a [(&'a str, &'a str)]);

impl<'a> Tags<'a> {
    /// The value of a key.
    pub fn get(self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(own, _)| *own == key).map(|(_, value)| *value)
    }

    /// Whether a key has this value.
    pub fn is(self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }

    /// The first of these keys that has a value.
    pub fn first(self, keys: &[impl AsRef<str>]) -> Option<&'a str> {
        keys.iter().find_map(|key| self.get(key.as_ref()))
    }
}

/// A member of a relation.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// What it is.
    pub sort: Sort,
    /// Its number.
    pub id: i64,
    /// Its role.
    pub role: &'a str,
}

/// A place in units of 1e-7 degrees, as OpenStreetMap keeps it: the same node gives the same number to the bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// Longitude.
    pub lon: i32,
    /// Latitude.
    pub lat: i32,
}

impl Spot {
    /// From units of 1e-9 degrees; `None` off the globe.
    pub fn from_nano(lon: i64, lat: i64) -> Option<Self> {
        let round = |nano: i64| nano.checked_add(if nano < 0 { -50 } else { 50 }).map(|n| n / 100);
        Self::from_units(round(lon)?, round(lat)?)
    }

    /// From degrees.
    pub fn from_degrees(lon: f64, lat: f64) -> Option<Self> {
        let units = |degrees: f64| (degrees * 1e7).round() as i64;
        (lon.is_finite() && lat.is_finite()).then(|| Self::from_units(units(lon), units(lat)))?
    }

    fn from_units(lon: i64, lat: i64) -> Option<Self> {
        let on_globe = lon.abs() <= 1_800_000_000 && lat.abs() <= 900_000_000;
        let spot = Self { lon: i32::try_from(lon).ok()?, lat: i32::try_from(lat).ok()? };
        on_globe.then_some(spot)
    }

    /// In degrees: the double next to the decimal number.
    pub fn coord(self) -> geo_types::Coord<f64> {
        geo_types::Coord { x: f64::from(self.lon) / 1e7, y: f64::from(self.lat) / 1e7 }
    }
}

/// Who takes the elements of a file, in whatever order they come.
pub trait Taker {
    /// A node; without a place if it is not on the globe.
    fn node(&mut self, id: i64, spot: Option<Spot>, tags: Tags<'_>) -> Result<(), ReadFault>;
    /// A way.
    fn way(&mut self, id: i64, refs: &[i64], tags: Tags<'_>) -> Result<(), ReadFault>;
    /// A relation.
    fn relation(
        &mut self,
        id: i64,
        members: &[Member<'_>],
        tags: Tags<'_>,
    ) -> Result<(), ReadFault>;
    /// Bytes of the file read so far.
    fn progress(&mut self, done: u64) -> Result<(), ReadFault>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_keep_seven_decimals() {
        let spot = Spot::from_degrees(116.4874123, 35.7324567).unwrap();
        assert_eq!(spot, Spot { lon: 1_164_874_123, lat: 357_324_567 });
        assert_eq!(spot.coord(), geo_types::Coord { x: 116.4874123, y: 35.7324567 });
        assert_eq!(Spot::from_nano(116_487_412_300, 35_732_456_700), Some(spot));
        assert_eq!(Spot::from_nano(-149, -151), Some(Spot { lon: -1, lat: -2 }));
        for (lon, lat) in [(180.1, 0.0), (0.0, -90.1), (f64::NAN, 0.0), (1e300, 0.0)] {
            assert_eq!(Spot::from_degrees(lon, lat), None);
        }
        assert_eq!(Spot::from_nano(i64::MAX, 0), None);
    }
}

//! What moving people rests on, as a low, a likely and a high estimate.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::network::RoadClass;

/// One course of events: the quickest, the likeliest or the slowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Estimate {
    /// Everything goes well.
    Low,
    /// What is to be expected.
    #[default]
    Likely,
    /// Everything takes long.
    High,
}

impl Estimate {
    /// From quick to slow.
    pub const ALL: [Self; 3] = [Self::Low, Self::Likely, Self::High];
}

/// One figure with its source.
#[derive(Clone, Debug, Deserialize)]
pub struct Figure {
    /// Its key.
    pub key: String,
    /// Its unit; empty for a plain number.
    pub unit: String,
    low: f64,
    likely: f64,
    high: f64,
    /// Where it comes from.
    pub source: String,
    /// `found`, `recalled` or `default`.
    pub mark: String,
}

impl Figure {
    /// Its value in an estimate.
    pub fn value(&self, estimate: Estimate) -> f64 {
        match estimate {
            Estimate::Low => self.low,
            Estimate::Likely => self.likely,
            Estimate::High => self.high,
        }
    }
}

/// What roads of a class take in, in cars per hour.
#[derive(Clone, Debug, Deserialize)]
struct RoadFigure {
    class: RoadKey,
    /// Lanes in one direction where the road does not say.
    lanes: u32,
    /// With one lane.
    one_lane: u32,
    /// Each of several lanes.
    each_lane: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
struct RoadKey(RoadClass);

impl TryFrom<String> for RoadKey {
    type Error = String;

    fn try_from(key: String) -> Result<Self, String> {
        RoadClass::parse(&key).map(Self).ok_or(key)
    }
}

/// The table.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Figures {
    figure: Vec<Figure>,
    road: Vec<RoadFigure>,
}

static FIGURES: LazyLock<Figures> = LazyLock::new(|| {
    // The table is part of the program; a unit test proves that it reads and is complete.
    toml::from_str(include_str!("../../../assets/evacuation/movement.toml")).unwrap_or_default()
});

impl Figures {
    /// The usual table.
    pub fn usual() -> &'static Self {
        &FIGURES
    }

    /// All figures with their sources.
    pub fn all(&self) -> &[Figure] {
        &self.figure
    }

    /// A figure in an estimate; 0 for a key that there is not.
    pub fn value(&self, key: &str, estimate: Estimate) -> f64 {
        let found = self.figure.iter().find(|figure| figure.key == key);
        found.map_or(0.0, |figure| figure.value(estimate))
    }

    /// Cars per hour that a road takes in in one direction, before the factor of an evacuation. `lanes`
    /// are those in this direction, if the road says how many it has.
    pub fn cars_per_hour(&self, class: RoadClass, lanes: Option<u32>) -> u32 {
        let Some(road) = self.road.iter().find(|road| road.class.0 == class) else { return 0 };
        let lanes = lanes.unwrap_or(road.lanes).max(1);
        if lanes == 1 { road.one_lane } else { road.each_lane.saturating_mul(lanes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_has_every_figure_and_class() {
        let figures = Figures::usual();
        for key in super::super::setting::KEYS {
            let figure = figures.all().iter().find(|figure| figure.key == key).unwrap();
            assert!(["found", "recalled", "default"].contains(&figure.mark.as_str()), "{key}");
            assert!(!figure.source.is_empty(), "{key}");
        }
        assert_eq!(figures.all().len(), super::super::setting::KEYS.len());
        assert_eq!(figures.road.len(), RoadClass::ALL.len());
    }

    #[test]
    fn more_lanes_take_in_more() {
        let figures = Figures::usual();
        assert_eq!(figures.cars_per_hour(RoadClass::Primary, None), 1300);
        assert_eq!(figures.cars_per_hour(RoadClass::Primary, Some(2)), 2700);
        assert_eq!(figures.cars_per_hour(RoadClass::Motorway, None), 4000);
        assert_eq!(figures.cars_per_hour(RoadClass::Path, Some(1)), 0);
    }
}

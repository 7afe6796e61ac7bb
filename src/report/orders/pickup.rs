//! Where the people of a village gather (集合点): at its committee, a school within it, or its point.

use std::sync::LazyLock;

use geo::Contains;
use geo_types::{Geometry, Point};
use serde::Deserialize;

use crate::base::Message;
use crate::county::County;
use crate::model::{Feature, Kind};
use crate::scene::coordinate_text;
use crate::spatial::measure::geodesic_distance;
use crate::spatial::middle;

/// `assets/report/pickup.toml`.
#[derive(Debug, Default, Deserialize)]
struct Table {
    /// Columns that may name the committee.
    columns: Vec<String>,
    /// How the name of a committee ends.
    endings: Vec<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    // Part of the program; a unit test proves that it reads.
    toml::from_str(include_str!("../../../assets/report/pickup.toml")).unwrap_or_default()
});

/// The village's committee (村委会、居委会), if its row names it; else the school within its extent
/// that is nearest to its middle; else its own point. `None`: nothing is known.
pub(super) fn pickup(county: &County, village: &Feature) -> Option<Message> {
    if let Some(committee) = committee(village) {
        return Some(Message::new("place-named").with("name", committee));
    }
    let geometry = village.geometry.as_ref()?;
    let at = middle(geometry)?;
    let school = county
        .features(Kind::School)
        .iter()
        .filter(|school| !school.name.is_empty())
        .filter_map(|school| Some((school, school.geometry.as_ref().and_then(middle)?)))
        .filter(|(_, place)| contains(geometry, Point(*place)))
        .map(|(school, place)| (geodesic_distance(at, place).whole(), school))
        .min_by_key(|(metres, school)| (*metres, school.id));
    Some(match school {
        Some((_, school)) => Message::new("place-named").with("name", school.name.as_str()),
        None => Message::new("report-pickup-point").with("place", coordinate_text(at)),
    })
}

fn committee(village: &Feature) -> Option<&str> {
    let named = village.extra.iter().filter(|(header, _)| TABLE.columns.contains(header));
    named
        .filter_map(|(_, value)| value.as_text())
        .find(|name| TABLE.endings.iter().any(|ending| name.trim().ends_with(ending.as_str())))
}

fn contains(geometry: &Geometry<f64>, at: Point<f64>) -> bool {
    match geometry {
        Geometry::Polygon(polygon) => polygon.contains(&at),
        Geometry::MultiPolygon(many) => many.contains(&at),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads() {
        assert!(!TABLE.columns.is_empty() && !TABLE.endings.is_empty());
    }
}

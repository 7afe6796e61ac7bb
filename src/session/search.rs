//! Search by place: names and codes of everything on the map, and coordinates typed by hand.

use geo::{BoundingRect, Centroid};
use geo_types::{Coord, Geometry};

use crate::base::{Cancelled, Feedback};
use crate::county::County;
use crate::model::{Feature, Kind};
use crate::scene::FeatureRef;

/// A place that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Which feature; `None` for a typed coordinate.
    pub feature: Option<FeatureRef>,
    /// Its name, or the coordinate as typed.
    pub name: String,
    /// Its township or address, to tell namesakes apart; may be empty.
    pub place: String,
    /// Where, in degrees.
    pub at: Coord<f64>,
}

/// Finds features whose name or code contains the words, best first: the same, then beginning with
/// them, then containing them; settlements before other kinds. At most `limit`.
pub fn search(
    county: &County,
    words: &str,
    limit: usize,
    feedback: &Feedback,
) -> Result<Vec<Hit>, Cancelled> {
    let wanted = words.trim().to_lowercase();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(at) = coordinates(words) {
        let name = format!("{:.5}, {:.5}", at.x, at.y);
        return Ok(vec![Hit { feature: None, name, place: String::new(), at }]);
    }
    let mut found: Vec<((u8, u8, usize), &Feature)> = Vec::new();
    for layer in county.layers() {
        for feature in layer.features() {
            feedback.check()?;
            if let Some(rank) = rank(feature, &wanted) {
                found.push((rank, feature));
            }
        }
    }
    found.sort_by(|(a, f), (b, g)| {
        a.cmp(b).then_with(|| (f.kind, &f.name, f.id).cmp(&(g.kind, &g.name, g.id)))
    });
    let hits = found.into_iter().filter_map(|(_, feature)| {
        Some(Hit {
            feature: Some(FeatureRef { kind: feature.kind, id: feature.id }),
            name: match feature.code.as_deref() {
                Some(code) if feature.name.is_empty() => code.to_owned(),
                _ => feature.name.clone(),
            },
            place: feature
                .text("township")
                .or_else(|| feature.text("address"))
                .unwrap_or_default()
                .to_owned(),
            at: position(feature.geometry.as_ref()?)?,
        })
    });
    Ok(hits.take(limit).collect())
}

/// How well a feature fits, less is better; `None` if it does not.
fn rank(feature: &Feature, wanted: &str) -> Option<(u8, u8, usize)> {
    let name = feature.name.to_lowercase();
    let code = feature.code.as_deref().unwrap_or_default().to_lowercase();
    let fit = if name == wanted || code == wanted {
        0
    } else if name.starts_with(wanted) {
        1
    } else if name.contains(wanted) {
        2
    } else if code.starts_with(wanted) {
        3
    } else {
        return None;
    };
    // Lines are named after what they belong to; places and facilities are what people look for.
    let class = match feature.kind {
        Kind::Township | Kind::Settlement => 0,
        Kind::Road | Kind::River | Kind::Levee | Kind::Fault | Kind::Boundary => 2,
        _ => 1,
    };
    Some((fit, class, feature.name.chars().count()))
}

/// Reads `116.489, 35.733`, also with Chinese comma, spaces or a degree sign; the larger one is the
/// longitude where only one order is possible.
pub fn coordinates(text: &str) -> Option<Coord<f64>> {
    let plain: String = text
        .chars()
        .map(|c| match c {
            '，' | '、' | ';' | '；' => ',',
            '°' | '\u{3000}' => ' ',
            other => other,
        })
        .filter(|c| !matches!(c, 'E' | 'N' | 'e' | 'n'))
        .collect();
    let numbers: Option<Vec<f64>> = plain
        .split([',', ' '])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| part.parse::<f64>().ok())
        .collect();
    let numbers = numbers?;
    let [a, b] = numbers.as_slice() else { return None };
    let (x, y) = if b.abs() > 90.0 { (*b, *a) } else { (*a, *b) };
    (x.abs() <= 180.0 && y.abs() <= 90.0).then_some(Coord { x, y })
}

/// A point that stands for a geometry: the point itself, the middle of a line, the centroid of an area.
pub fn position(geometry: &Geometry<f64>) -> Option<Coord<f64>> {
    match geometry {
        Geometry::Point(point) => Some(point.0),
        Geometry::LineString(line) => line.0.get(line.0.len() / 2).copied(),
        other => other
            .centroid()
            .map(|point| point.0)
            .or_else(|| other.bounding_rect().map(|extent| extent.center())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_coordinates_are_read_in_either_order() {
        let seat = Some(Coord { x: 116.489, y: 35.733 });
        assert_eq!(coordinates("116.489,35.733"), seat);
        assert_eq!(coordinates(" 116.489°E， 35.733°N "), seat);
        assert_eq!(coordinates("35.733 116.489"), seat);
        assert_eq!(coordinates("刘楼村"), None);
        assert_eq!(coordinates("116.489"), None);
        assert_eq!(coordinates("500,35"), None);
    }
}

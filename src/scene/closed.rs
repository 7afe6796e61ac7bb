//! What is closed to traffic: closed roads and bridges, and closures in force.

use geo_types::{Coord, Geometry, LineString, Polygon};

use super::FeatureRef;
use crate::base::Timestamp;
use crate::county::{County, Window, window_of};
use crate::model::Kind;
use crate::spatial::middle;

/// Something closed to traffic, or slowing it down.
#[derive(Clone, Debug, PartialEq)]
pub struct Closed {
    /// Its record.
    pub feature: FeatureRef,
    /// Its lines and outlines in degrees; none for a point.
    pub lines: Vec<LineString<f64>>,
    /// Its middle.
    pub middle: Option<Coord<f64>>,
    /// Nobody gets through: its mark stands in the middle.
    pub stops: bool,
    /// When it is in force.
    pub window: Window,
    /// It has not begun yet, at the moment the map was told.
    pub coming: bool,
}

impl Closed {
    /// Where its mark stands; `None` where one still gets through.
    pub fn mark(&self) -> Option<Coord<f64>> {
        self.middle.filter(|_| self.stops)
    }
}

/// Everything that is closed, in the order of the county's barriers. What has a time window shows at
/// any time, with its window: a map knows no clock.
pub fn closed(county: &County) -> Vec<Closed> {
    let roads = county.features(Kind::Road);
    let mut out = Vec::new();
    for barrier in county.barriers(None) {
        let row = barrier.id.and_then(|id| county.feature(id));
        let Some(feature) = row.map(|row| FeatureRef { kind: row.kind, id: row.id }) else {
            continue;
        };
        let rows = barrier.roads.iter().filter_map(|row| roads.get(*row as usize));
        let shapes = rows.filter_map(|road| road.geometry.as_ref()).chain(&barrier.shape);
        let stops = barrier.factor <= 0.0 || barrier.depth_m.is_some();
        let window = match row.filter(|row| row.kind == Kind::Closure) {
            Some(closure) => window_of(closure),
            None => Window::default(),
        };
        for shape in shapes {
            let mut lines = Vec::new();
            lines_of(shape, &mut lines);
            let middle = mark_of(shape);
            out.push(Closed { feature, lines, middle, stops, window, coming: false });
        }
    }
    out
}

/// A time window in figures, `11-24 14:20–17:20`; an open side stays empty. `None` = at any time.
pub fn window_text(window: &Window) -> Option<String> {
    let day = |at: Timestamp| at.date().get(5..).unwrap_or_default().to_owned();
    let time = |at: Timestamp| at.time_of_day().get(..5).unwrap_or_default().to_owned();
    let whole = |at: Timestamp| format!("{} {}", day(at), time(at));
    Some(match (window.from, window.to) {
        (None, None) => return None,
        (Some(from), None) => format!("{} –", whole(from)),
        (None, Some(to)) => format!("– {}", whole(to)),
        (Some(from), Some(to)) if from.date() == to.date() => {
            format!("{}–{}", whole(from), time(to))
        }
        (Some(from), Some(to)) => format!("{} – {}", whole(from), whole(to)),
    })
}

/// The mark of a line stands on it, in the middle of its way.
fn mark_of(shape: &Geometry<f64>) -> Option<Coord<f64>> {
    let longest = match shape {
        Geometry::LineString(line) => Some(line),
        Geometry::MultiLineString(lines) => lines.0.iter().max_by_key(|line| line.0.len()),
        _ => None,
    };
    let Some(line) = longest else { return middle(shape) };
    let steps = || {
        line.lines().map(|step| {
            let way = step.delta();
            (step, way.x.hypot(way.y * 1.2))
        })
    };
    let mut left = steps().map(|(_, length)| length).sum::<f64>() / 2.0;
    for (step, length) in steps() {
        if left <= length && length > 0.0 {
            return Some(step.start + step.delta() * (left / length));
        }
        left -= length;
    }
    line.0.first().copied()
}

fn lines_of(shape: &Geometry<f64>, out: &mut Vec<LineString<f64>>) {
    let mut rings = |polygon: &Polygon<f64>| {
        out.push(polygon.exterior().clone());
        out.extend(polygon.interiors().iter().cloned());
    };
    match shape {
        Geometry::Polygon(polygon) => rings(polygon),
        Geometry::MultiPolygon(many) => many.0.iter().for_each(rings),
        Geometry::LineString(line) => out.push(line.clone()),
        Geometry::MultiLineString(many) => out.extend(many.0.iter().cloned()),
        Geometry::GeometryCollection(many) => many.0.iter().for_each(|one| lines_of(one, out)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_window_is_written_in_figures() {
        let at = |text: &str| Timestamp::parse(text);
        let text = |from: Option<Timestamp>, to| window_text(&Window { from, to });
        let (noon, night) = (at("2026-11-24T12:00"), at("2026-11-24T23:30"));
        assert_eq!(text(noon, night).as_deref(), Some("11-24 12:00–23:30"));
        let morning = at("2026-11-25T06:00");
        assert_eq!(text(noon, morning).as_deref(), Some("11-24 12:00 – 11-25 06:00"));
        assert_eq!(text(noon, None).as_deref(), Some("11-24 12:00 –"));
        assert_eq!(text(None, night).as_deref(), Some("– 11-24 23:30"));
        assert_eq!(text(None, None), None);
    }

    #[test]
    fn the_mark_of_a_road_stands_on_it() {
        let line: LineString<f64> = vec![(0.0, 0.0), (1.0, 0.0), (1.0, 3.0)].into();
        let mark = mark_of(&Geometry::LineString(line)).unwrap();
        assert!(mark.x == 1.0 && mark.y > 0.5 && mark.y < 2.0, "{mark:?}");
    }
}

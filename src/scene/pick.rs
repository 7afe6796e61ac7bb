//! What lies under a pixel.

use geo::Contains;
use geo_types::{Coord, Geometry, LineString, Point};

use super::ground::ToPixels;
use super::layer::SceneLayer;
use super::simplify::square_distance;
use super::style::{Style, StyleTable};
use super::{FeatureRef, MapScene, View};
use crate::model::Feature;

/// Half the width of the mark of what is closed, in pixels.
const CLOSED_PX: f32 = 8.5;

/// A feature under a pixel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Which one.
    pub feature: FeatureRef,
    /// How far its sign or line is, in pixels; 0 inside a surface.
    pub distance_px: f32,
}

impl MapScene {
    /// The feature nearest to a pixel of a view, no farther than `reach` pixels: signs before
    /// lines, lines before surfaces, small surfaces before large ones. Only what shows counts.
    pub fn pick(&self, view: &View, at: [f32; 2], reach: f32) -> Option<Hit> {
        let to = ToPixels::new(self, view, 0.0);
        // Signs are as wide as 13 px.
        let (scale, offset) = view.screen_from_local(&self.frame());
        let wide = reach + 14.0;
        let window = [
            (at[0] - wide - offset[0]) / scale,
            (at[1] - wide - offset[1]) / scale,
            (at[0] + wide - offset[0]) / scale,
            (at[1] + wide - offset[1]) / scale,
        ];
        let mut best: Option<((u8, f32, f64), Hit)> = None;
        for closed in self.closed() {
            let Some(mark) = closed.mark() else { continue };
            let [x, y] = view.screen_from_lonlat(mark);
            // Its mark lies on top of all signs.
            let distance_px = (x - at[0]).hypot(y - at[1]) - CLOSED_PX;
            if distance_px <= reach && best.is_none_or(|(other, _)| distance_px < other.1) {
                let hit = Hit { feature: closed.feature, distance_px };
                best = Some(((0, distance_px.min(0.0), 0.0), hit));
            }
        }
        for layer in self.visible_layers() {
            for row in layer.rows_in(&window) {
                let Some(feature) = layer.source().features().get(row as usize) else { continue };
                let Some((rank, distance_px, size)) =
                    hit(self, layer, row, feature, view, &to, at, reach)
                else {
                    continue;
                };
                let key = (rank, distance_px, size);
                if best.is_none_or(|(other, _)| key < other) {
                    let feature = FeatureRef { kind: feature.kind, id: feature.id };
                    best = Some((key, Hit { feature, distance_px }));
                }
            }
        }
        best.map(|(_, hit)| hit)
    }
}

/// Rank (sign, line, surface), distance in pixels and size of a feature at a pixel, if it is there.
#[expect(clippy::too_many_arguments, reason = "what, where and how; a struct would be named once")]
fn hit(
    scene: &MapScene,
    layer: &SceneLayer,
    row: u32,
    feature: &Feature,
    view: &View,
    to: &ToPixels,
    at: [f32; 2],
    reach: f32,
) -> Option<(u8, f32, f64)> {
    let table = StyleTable::get();
    let style = table.style(table.number(feature.kind, table.class_of(feature))?)?;
    let zoom = view.zoom as f32;
    if let Some(sign) = &style.sign {
        let spots = layer.spots();
        let first = spots.partition_point(|spot| spot.row < row);
        let near = spots[first..]
            .iter()
            .take_while(|spot| spot.row == row)
            .filter(|spot| zoom >= sign.min_zoom || scene.is_far(spot.at))
            .map(|spot| to.apply(spot.at))
            .map(|[x, y]| (x - at[0]).hypot(y - at[1]) - sign.size.at(zoom))
            .fold(f32::INFINITY, f32::min);
        if near <= reach {
            // The nearer centre wins, also inside two signs.
            return Some((0, near, 0.0));
        }
    }
    let geometry = feature.geometry.as_ref()?;
    ground(geometry, style, view, at, reach)
}

fn ground(
    geometry: &Geometry<f64>,
    style: &Style,
    view: &View,
    at: [f32; 2],
    reach: f32,
) -> Option<(u8, f32, f64)> {
    use geo::Area;
    let zoom = view.zoom as f32;
    let line_width =
        style.line.as_ref().filter(|line| zoom >= line.min_zoom).map(|line| line.width.at(zoom));
    let line = |line: &LineString<f64>| {
        let width = line_width?;
        let pixels: Vec<[f32; 2]> = line.0.iter().map(|c| view.screen_from_lonlat(*c)).collect();
        let near = pixels
            .windows(2)
            .map(|s| square_distance(at, s[0], s[1]))
            .fold(f32::INFINITY, f32::min)
            .sqrt();
        (near <= width / 2.0 + reach).then_some((1, (near - width / 2.0).max(0.0), 0.0))
    };
    let place = Point(view.lonlat_from_screen(at));
    let shows = style.line.is_some() || style.area.as_ref().is_some_and(|a| zoom >= a.min_zoom);
    let surface = |inside: bool, area: f64| (inside && shows).then_some((2, 0.0, area));
    match geometry {
        Geometry::LineString(l) => line(l),
        Geometry::MultiLineString(m) => {
            m.0.iter().filter_map(line).min_by(|a, b| a.1.total_cmp(&b.1))
        }
        Geometry::Polygon(p) => surface(p.contains(&place), p.unsigned_area()),
        Geometry::MultiPolygon(m) => surface(m.contains(&place), m.unsigned_area()),
        _ => None,
    }
}

/// The place a feature is shown at: its point, or a point on it.
pub fn place_of(feature: &Feature) -> Option<Coord<f64>> {
    use geo::{Centroid, InteriorPoint};
    match feature.geometry.as_ref()? {
        Geometry::Point(p) => Some(p.0),
        polygon @ (Geometry::Polygon(_) | Geometry::MultiPolygon(_)) => {
            polygon.interior_point().map(|p| p.0)
        }
        other => other.centroid().map(|p| p.0),
    }
}

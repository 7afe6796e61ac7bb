//! Answers as GeoJSON (RFC 7946), for `--out`.

use std::path::Path;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::console::to_json;
use super::fault::Fault;
use super::figure;
use crate::session::whole_file::write_whole;
use crate::store::spare_stores;

/// A feature collection.
#[derive(Debug, Serialize)]
pub struct FeatureCollection {
    #[serde(rename = "type")]
    object: &'static str,
    features: Vec<Feature>,
}

#[derive(Debug, Serialize)]
struct Feature {
    #[serde(rename = "type")]
    object: &'static str,
    geometry: Geometry,
    properties: Map<String, Json>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Point([f64; 2]),
    LineString(Vec<[f64; 2]>),
    MultiPolygon(Vec<Vec<Vec<[f64; 2]>>>),
}

impl FeatureCollection {
    /// An empty one.
    pub fn new() -> Self {
        Self { object: "FeatureCollection", features: Vec::new() }
    }

    /// Adds a point.
    pub fn point(&mut self, at: Coord<f64>, properties: Map<String, Json>) {
        self.push(Geometry::Point(figure::lonlat(at)), properties);
    }

    /// Adds a straight line.
    pub fn line(&mut self, from: Coord<f64>, to: Coord<f64>, properties: Map<String, Json>) {
        self.path(&[from, to], properties);
    }

    /// Adds a line.
    pub fn path(&mut self, line: &[Coord<f64>], properties: Map<String, Json>) {
        let line = line.iter().map(|at| figure::lonlat(*at)).collect();
        self.push(Geometry::LineString(line), properties);
    }

    /// Adds an area.
    pub fn area(&mut self, area: &MultiPolygon<f64>, properties: Map<String, Json>) {
        let ring = |ring: &LineString<f64>| ring.coords().map(|at| figure::lonlat(*at)).collect();
        let polygon = |polygon: &Polygon<f64>| {
            std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()
        };
        self.push(Geometry::MultiPolygon(area.iter().map(polygon).collect()), properties);
    }

    fn push(&mut self, geometry: Geometry, properties: Map<String, Json>) {
        self.features.push(Feature { object: "Feature", geometry, properties });
    }

    /// Writes it to a file, whole or not at all.
    pub fn write(&self, file: &Path) -> Result<(), Fault> {
        spare_stores(file)?;
        let mut text = to_json(self)?;
        text.push('\n');
        Ok(write_whole(file, &text)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_lines_are_geojson() {
        let mut out = FeatureCollection::new();
        let (a, b) = (Coord { x: 116.0, y: 35.5 }, Coord { x: 116.25, y: -0.0 });
        out.point(a, Map::new());
        out.line(a, b, Map::from_iter([("people".to_owned(), Json::from(3))]));
        assert_eq!(
            to_json(&out).unwrap(),
            concat!(
                r#"{"type":"FeatureCollection","features":["#,
                r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[116.0,35.5]},"properties":{}},"#,
                r#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[[116.0,35.5],[116.25,0.0]]},"properties":{"people":3}}]}"#
            )
        );
    }
}

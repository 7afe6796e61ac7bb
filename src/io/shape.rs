//! The shape of one record from a small GeoJSON file: a point, line or area, or several of a sort.

use std::path::Path;

use geo_types::{
    Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};

use super::area::{AreaFileError, geojson_rows};
use super::source::Shape;

/// All features of a GeoJSON file as one geometry in degrees (CGCS2000/WGS 84): a single one as it
/// is, several of a sort as a collection of that sort.
pub fn read_shape(file: &Path) -> Result<Geometry<f64>, AreaFileError> {
    let mut parts = Parts::default();
    geojson_rows(file, &mut |row, _| {
        if let Shape::Given(geometry) = std::mem::take(&mut row.shape) {
            parts.take(geometry);
        }
    })?;
    parts.whole().ok_or_else(|| AreaFileError::NoShape { file: file.to_owned() })
}

#[derive(Default)]
struct Parts {
    points: Vec<Point<f64>>,
    lines: Vec<LineString<f64>>,
    areas: Vec<Polygon<f64>>,
}

impl Parts {
    fn take(&mut self, geometry: Geometry<f64>) {
        match geometry {
            Geometry::Point(point) => self.points.push(point),
            Geometry::MultiPoint(many) => self.points.extend(many.0),
            Geometry::Line(line) => self.lines.push(line.into()),
            Geometry::LineString(line) => self.lines.push(line),
            Geometry::MultiLineString(many) => self.lines.extend(many.0),
            Geometry::Polygon(area) => self.areas.push(area),
            Geometry::MultiPolygon(many) => self.areas.extend(many.0),
            Geometry::Rect(area) => self.areas.push(area.to_polygon()),
            Geometry::Triangle(area) => self.areas.push(area.to_polygon()),
            Geometry::GeometryCollection(all) => all.0.into_iter().for_each(|one| self.take(one)),
        }
    }

    fn whole(self) -> Option<Geometry<f64>> {
        let mut sorts: Vec<Geometry<f64>> = Vec::new();
        let Self { mut points, mut lines, mut areas } = self;
        match points.len() {
            0 => {}
            1 => sorts.extend(points.pop().map(Geometry::from)),
            _ => sorts.push(MultiPoint::new(points).into()),
        }
        match lines.len() {
            0 => {}
            1 => sorts.extend(lines.pop().map(Geometry::from)),
            _ => sorts.push(MultiLineString::new(lines).into()),
        }
        match areas.len() {
            0 => {}
            1 => sorts.extend(areas.pop().map(Geometry::from)),
            _ => sorts.push(MultiPolygon::new(areas).into()),
        }
        match sorts.len() {
            0 | 1 => sorts.pop(),
            _ => Some(Geometry::GeometryCollection(GeometryCollection(sorts))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Geometry<f64>, AreaFileError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        read_shape(file.path())
    }

    #[test]
    fn one_is_as_it_is_and_several_are_a_collection_of_their_sort() {
        let line = r#"{"type":"LineString","coordinates":[[116,35],[117,35]]}"#;
        let point = r#"{"type":"Point","coordinates":[116,35]}"#;
        let all = |parts: &[&str]| {
            let features: Vec<String> = parts
                .iter()
                .map(|part| format!(r#"{{"type":"Feature","properties":{{}},"geometry":{part}}}"#))
                .collect();
            format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
        };
        assert!(matches!(read(&all(&[line])), Ok(Geometry::LineString(_))));
        assert!(matches!(read(&all(&[line, line])), Ok(Geometry::MultiLineString(_))));
        assert!(matches!(read(point), Ok(Geometry::Point(_))));
        let mixed = read(&all(&[line, point, point]));
        let Ok(Geometry::GeometryCollection(mixed)) = mixed else { panic!("{mixed:?}") };
        assert_eq!(mixed.0.len(), 2);
        assert_eq!(read(&all(&[])).unwrap_err().code(), "no_shape");
        assert_eq!(read("not json").unwrap_err().code(), "not_geojson");
    }
}

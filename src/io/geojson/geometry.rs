//! GeoJSON geometries (RFC 7946, section 3.1), read without intermediate values.

use std::fmt;

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon,
    Point, Polygon,
};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::io::source::Shape;

/// Reads a geometry object or null.
pub struct GeometrySeed(pub u32);

const MAX_DEPTH: u32 = 8;

impl<'de> DeserializeSeed<'de> for GeometrySeed {
    type Value = Shape;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Shape, D::Error> {
        if self.0 > MAX_DEPTH {
            return Err(D::Error::custom("geometry nested too deeply"));
        }
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for GeometrySeed {
    type Value = Shape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry or null")
    }

    fn visit_unit<E>(self) -> Result<Shape, E> {
        Ok(Shape::Absent)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Shape, A::Error> {
        let mut of_type: Option<String> = None;
        let mut coords: Option<Coords> = None;
        let mut members: Option<Vec<Shape>> = None;
        while let Some(key) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            match key.as_ref() {
                "type" => of_type = Some(map.next_value()?),
                "coordinates" => {
                    let mut all = Coords::default();
                    map.next_value_seed(Nest { into: &mut all, depth: 0 })?;
                    coords = Some(all);
                }
                "geometries" => members = Some(map.next_value_seed(Members(self.0))?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(built(of_type.as_deref().unwrap_or(""), coords, members))
    }
}

struct Members(u32);

impl<'de> DeserializeSeed<'de> for Members {
    type Value = Vec<Shape>;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Vec<Shape>, D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Members {
    type Value = Vec<Shape>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of geometries")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Shape>, A::Error> {
        let mut out = Vec::new();
        while let Some(member) = list.next_element_seed(GeometrySeed(self.0 + 1))? {
            out.push(member);
        }
        Ok(out)
    }
}

/// Positions in file order, with the ends of the lists that hold them.
#[derive(Default)]
struct Coords {
    points: Vec<Coord<f64>>,
    /// Ends of lists of positions, as counts of `points`.
    lines: Vec<usize>,
    /// Ends of lists of lists, as counts of `lines`.
    polygons: Vec<usize>,
    numbers: [f64; 2],
    count: usize,
    height: u8,
}

/// What an element of nested coordinates was: a number, or a list this high.
enum Element {
    Number,
    List(u8),
    Empty,
}

struct Nest<'a> {
    into: &'a mut Coords,
    depth: u32,
}

impl<'de> DeserializeSeed<'de> for Nest<'_> {
    type Value = Element;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Element, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Nest<'_> {
    type Value = Element;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a list of coordinates")
    }

    fn visit_f64<E: Error>(self, x: f64) -> Result<Element, E> {
        if let Some(place) = self.into.numbers.get_mut(self.into.count) {
            *place = x;
        }
        self.into.count += 1;
        Ok(Element::Number)
    }

    fn visit_i64<E: Error>(self, x: i64) -> Result<Element, E> {
        self.visit_f64(x as f64)
    }

    fn visit_u64<E: Error>(self, x: u64) -> Result<Element, E> {
        self.visit_f64(x as f64)
    }

    fn visit_unit<E: Error>(self) -> Result<Element, E> {
        // `[null, null]` and `null` stand for "no position"; the gate refuses NaN.
        self.visit_f64(f64::NAN)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Element, A::Error> {
        if self.depth > 4 {
            return Err(A::Error::custom("coordinates nested too deeply"));
        }
        let into = self.into;
        let mut height: Option<u8> = None;
        into.count = 0;
        while let Some(element) =
            list.next_element_seed(Nest { into: &mut *into, depth: self.depth + 1 })?
        {
            let own = match element {
                Element::Number => 0,
                Element::List(below) => below + 1,
                Element::Empty => continue,
            };
            if *height.get_or_insert(own) != own {
                return Err(A::Error::custom("coordinates of different depth"));
            }
        }
        let Some(height) = height else { return Ok(Element::Empty) };
        match height {
            0 if into.count < 2 => return Err(A::Error::custom("a position needs two numbers")),
            0 => into.points.push(Coord { x: into.numbers[0], y: into.numbers[1] }),
            1 => into.lines.push(into.points.len()),
            2 => into.polygons.push(into.lines.len()),
            _ => {}
        }
        into.count = 0;
        into.height = height;
        Ok(Element::List(height))
    }
}

impl Coords {
    fn line(&self, index: usize) -> LineString<f64> {
        let start = index.checked_sub(1).map_or(0, |before| self.lines[before]);
        LineString(self.points[start..self.lines[index]].to_vec())
    }

    fn polygon(&self, lines: std::ops::Range<usize>) -> Polygon<f64> {
        let mut rings = lines.map(|at| self.line(at));
        let shell = rings.next().unwrap_or(LineString(Vec::new()));
        Polygon::new(shell, rings.collect())
    }

    fn geometry(&self, of_type: &str) -> Option<Geometry<f64>> {
        let wanted = match of_type {
            "Point" => 0,
            "LineString" | "MultiPoint" => 1,
            "Polygon" | "MultiLineString" => 2,
            "MultiPolygon" => 3,
            _ => return None,
        };
        if self.height != wanted {
            return None;
        }
        Some(match of_type {
            "Point" => Point(self.points[0]).into(),
            "MultiPoint" => MultiPoint::new(self.points.iter().map(|c| Point(*c)).collect()).into(),
            "LineString" => LineString(self.points.clone()).into(),
            "MultiLineString" => {
                MultiLineString::new((0..self.lines.len()).map(|at| self.line(at)).collect()).into()
            }
            "Polygon" => self.polygon(0..self.lines.len()).into(),
            _ => {
                let starts = std::iter::once(0).chain(self.polygons.iter().copied());
                let ranges = starts.zip(&self.polygons).map(|(start, end)| start..*end);
                MultiPolygon::new(ranges.map(|lines| self.polygon(lines)).collect()).into()
            }
        })
    }
}

fn built(of_type: &str, coords: Option<Coords>, members: Option<Vec<Shape>>) -> Shape {
    if of_type == "GeometryCollection" {
        let mut all = Vec::new();
        for member in members.unwrap_or_default() {
            match member {
                Shape::Given(geometry) => all.push(geometry),
                Shape::Absent => {}
                broken @ Shape::Broken(_) => return broken,
            }
        }
        return if all.is_empty() {
            Shape::Absent
        } else {
            Shape::Given(Geometry::GeometryCollection(GeometryCollection::from(all)))
        };
    }
    match coords {
        Some(coords) if coords.points.is_empty() => Shape::Absent,
        Some(coords) => match coords.geometry(of_type) {
            Some(geometry) => Shape::Given(geometry),
            None => Shape::Broken(format!("{of_type:.40}: coordinates do not fit the type")),
        },
        None => Shape::Broken(format!("{of_type:.40}: no coordinates")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{line_string, polygon};

    fn read(text: &str) -> Result<Shape, serde_json::Error> {
        let mut from = serde_json::Deserializer::from_str(text);
        GeometrySeed(0).deserialize(&mut from)
    }

    #[test]
    fn every_type_is_read_whatever_the_order_of_members() {
        let given = |g: Geometry<f64>| Shape::Given(g);
        let shape = read(r#"{"coordinates":[116.5,35.7,40],"type":"Point"}"#).unwrap();
        assert_eq!(shape, given(Point::new(116.5, 35.7).into()));
        let shape = read(r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#).unwrap();
        assert_eq!(shape, given(line_string![(x: 1., y: 2.), (x: 3., y: 4.)].into()));
        let hole = polygon!(
            exterior: [(x: 0., y: 0.), (x: 9., y: 0.), (x: 9., y: 9.), (x: 0., y: 0.)],
            interiors: [[(x: 2., y: 1.), (x: 4., y: 1.), (x: 4., y: 2.), (x: 2., y: 1.)]]);
        let rings = "[[0,0],[9,0],[9,9],[0,0]],[[2,1],[4,1],[4,2],[2,1]]";
        let shape = read(&format!(r#"{{"type":"Polygon","coordinates":[{rings}]}}"#)).unwrap();
        assert_eq!(shape, given(hole.clone().into()));
        let text = format!(r#"{{"type":"MultiPolygon","coordinates":[[{rings}],[{rings}]]}}"#);
        let two = MultiPolygon::new(vec![hole.clone(), hole.clone()]);
        assert_eq!(read(&text).unwrap(), given(two.into()));
        let inner = r#"{"type":"Point","coordinates":[1,2]}"#;
        let text = format!(r#"{{"type":"GeometryCollection","geometries":[{inner}]}}"#);
        let one = GeometryCollection::from(vec![Geometry::from(Point::new(1.0, 2.0))]);
        assert_eq!(read(&text).unwrap(), given(Geometry::GeometryCollection(one)));
    }

    #[test]
    fn nothing_is_absent_and_nonsense_is_broken() {
        assert_eq!(read("null").unwrap(), Shape::Absent);
        assert_eq!(read(r#"{"type":"Polygon","coordinates":[]}"#).unwrap(), Shape::Absent);
        let odd = read(r#"{"type":"Polygon","coordinates":[1,2]}"#).unwrap();
        assert!(matches!(odd, Shape::Broken(_)));
        assert!(read(r#"{"type":"Point","coordinates":[1]}"#).is_err());
        assert!(read(r#"{"type":"LineString","coordinates":[[1,2],3]}"#).is_err());
        let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
        assert!(read(&format!(r#"{{"type":"Polygon","coordinates":{deep}}}"#)).is_err());
    }
}

//! Small counties on a kilometre grid near 116.5°E 35.7°N.

use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon};
use shouye::base::{Id, Metres};
use shouye::county::County;
use shouye::model::{Attributes, Feature, Kind, Provenance};
use shouye::spatial::measure::destination;

/// The place `x` km east and `y` km north of the corner.
pub fn at(x: f64, y: f64) -> Coord<f64> {
    let corner = Coord { x: 116.4, y: 35.6 };
    let north = destination(corner, 0.0, Metres(y * 1000.0));
    destination(north, 90.0, Metres(x * 1000.0))
}

/// A rectangle on the grid.
pub fn block(x0: f64, y0: f64, x1: f64, y1: f64) -> MultiPolygon<f64> {
    let ring = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)].map(|(x, y)| at(x, y));
    MultiPolygon::new(vec![Polygon::new(LineString::new(ring.to_vec()), Vec::new())])
}

/// A row of any kind with its fields as a ledger writes them.
pub fn row(kind: &str, name: &str, place: Option<(f64, f64)>, fields: &[(&str, &str)]) -> Feature {
    let kind = Kind::parse(kind).unwrap();
    let mut attributes = Attributes::default();
    for (field, text) in fields {
        let value = kind.field(field).unwrap().read(text).unwrap();
        assert!(attributes.set(kind, field, value));
    }
    Feature {
        id: Id::from_natural_key(kind.key(), name),
        kind,
        code: None,
        name: name.to_owned(),
        geometry: place.map(|(x, y)| Point(at(x, y)).into()),
        attributes,
        extra: Vec::new(),
        provenance: Provenance::default(),
    }
}

/// A village point with residents.
pub fn settlement(name: &str, x: f64, y: f64, residents: u32) -> Feature {
    row("settlement", name, Some((x, y)), &[("residents", &residents.to_string())])
}

/// A shelter with a declared capacity.
pub fn shelter(name: &str, x: f64, y: f64, capacity: u32) -> Feature {
    row("shelter", name, Some((x, y)), &[("capacity", &capacity.to_string())])
}

/// A row of the preplanned table.
pub fn arrangement(settlement: &str, shelter: &str, priority: u32) -> Feature {
    let fields =
        [("settlement", settlement), ("shelter", shelter), ("priority", &priority.to_string())];
    row("arrangement", &format!("{settlement} {shelter}"), None, &fields)
}

/// A county of these rows.
pub fn county(rows: Vec<Feature>) -> County {
    let mut layers: Vec<(Kind, Vec<Feature>)> = Vec::new();
    for row in rows {
        match layers.iter_mut().find(|(kind, _)| *kind == row.kind) {
            Some((_, rows)) => rows.push(row),
            None => layers.push((row.kind, vec![row])),
        }
    }
    County::new(1, layers)
}

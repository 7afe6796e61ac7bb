//! Reads the files in `maps/` the way the tests need them.

use std::collections::BTreeMap;
use std::path::Path;

use geo_types::{Coord, LineString, Polygon};
use serde_json::Value;
use shouye::model::Kind;

use crate::demo::plane::{P, lonlat};

#[derive(Clone)]
pub struct Row {
    /// Cells by column.
    pub cells: BTreeMap<String, String>,
    /// Vertices, degrees.
    pub points: Vec<[f64; 2]>,
}

impl Row {
    pub fn get(&self, name: &str) -> &str {
        self.cells.get(name).map_or("", String::as_str)
    }

    pub fn number(&self, name: &str) -> f64 {
        self.get(name).parse().unwrap()
    }

    /// Vertices in the generator's plane, metres.
    pub fn line(&self) -> Vec<P> {
        self.points.iter().map(|c| lonlat(c[0], c[1])).collect()
    }

    /// The vertices of a ring, the last not repeated.
    pub fn ring(&self) -> Vec<P> {
        let mut line = self.line();
        line.pop();
        line
    }

    /// The point, or the middle of the vertices.
    pub fn place(&self) -> P {
        let line = if self.points.len() > 1 { self.ring() } else { self.line() };
        let n = line.len() as f64;
        P {
            x: line.iter().map(|q| q.x).sum::<f64>() / n,
            y: line.iter().map(|q| q.y).sum::<f64>() / n,
        }
    }
}

pub fn maps() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("maps")
}

pub fn read(file: &str) -> String {
    std::fs::read_to_string(maps().join(file)).unwrap()
}

pub fn geojson(text: &str) -> Vec<Row> {
    let file: Value = serde_json::from_str(text).unwrap();
    let rows = file["features"].as_array().unwrap().iter();
    rows.map(|feature| {
        let cells = feature["properties"].as_object().unwrap().iter();
        let cells = cells
            .map(|(name, value)| match value {
                Value::String(text) => (name.clone(), text.clone()),
                other => (name.clone(), other.to_string()),
            })
            .collect();
        let shape = &feature["geometry"];
        let coordinates = match shape["type"].as_str().unwrap() {
            "Polygon" => {
                assert_eq!(shape["coordinates"].as_array().unwrap().len(), 1);
                &shape["coordinates"][0]
            }
            _ => &shape["coordinates"],
        };
        Row { cells, points: serde_json::from_value(coordinates.clone()).unwrap() }
    })
    .collect()
}

pub fn table(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            let cells: BTreeMap<String, String> =
                names.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
            let points = match (cells.get("lon"), cells.get("lat")) {
                (Some(lon), Some(lat)) => vec![[lon.parse().unwrap(), lat.parse().unwrap()]],
                _ => Vec::new(),
            };
            Row { cells, points }
        })
        .collect()
}

/// The manifest's layers: file and kind, in load order.
pub fn layers() -> Vec<(String, Kind)> {
    let manifest: toml::Table = toml::from_str(&read("county.toml")).unwrap();
    let layers = manifest["layer"].as_array().unwrap().iter();
    layers
        .map(|layer| {
            let kind = Kind::parse(layer["kind"].as_str().unwrap()).unwrap();
            (layer["file"].as_str().unwrap().to_owned(), kind)
        })
        .collect()
}

pub fn layer(kind: Kind) -> Vec<Row> {
    let (file, _) = layers().into_iter().find(|(_, k)| *k == kind).unwrap();
    if file.ends_with(".csv") { table(&read(&file)) } else { geojson(&read(&file)) }
}

pub fn polygon(ring: &[P]) -> Polygon<f64> {
    let line = ring.iter().map(|q| Coord { x: q.x, y: q.y }).collect();
    Polygon::new(LineString(line), Vec::new())
}

pub fn outline() -> Vec<P> {
    layer(Kind::Boundary)[0].ring()
}

/// Township ring by name.
pub fn townships() -> BTreeMap<String, Vec<P>> {
    layer(Kind::Township).iter().map(|row| (row.get("name").to_owned(), row.ring())).collect()
}

/// Kinds of places where people and things are.
pub const FACILITIES: [Kind; 12] = [
    Kind::Shelter,
    Kind::Warehouse,
    Kind::Station,
    Kind::Hospital,
    Kind::Police,
    Kind::School,
    Kind::CareHome,
    Kind::Hydrant,
    Kind::Mine,
    Kind::HazardSource,
    Kind::Pump,
    Kind::Gauge,
];

/// Rivers with half their width.
pub fn rivers() -> Vec<(String, Vec<P>, f64)> {
    layer(Kind::River)
        .iter()
        .map(|row| (row.get("name").to_owned(), row.line(), row.number("width_m") / 2.0))
        .collect()
}

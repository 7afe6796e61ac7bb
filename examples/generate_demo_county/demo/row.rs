//! One row of a layer and how layers are written: GeoJSON with a feature a line, and CSV.

use std::fmt::Write;

use super::plane::{Micro, P};

/// Source of every invented row.
pub const SAMPLE_SOURCE: &str = "示例数据";
/// Date of every invented row.
pub const SAMPLE_DAY: &str = "2026-10-02";

/// A cell.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Text.
    Text(String),
    /// Whole number.
    Whole(i64),
    /// Number with this many decimals.
    Real(f64, usize),
    /// Truth.
    Yes(bool),
}

/// Where a row stands.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Nowhere: a plain table.
    None,
    /// A point.
    Point(Micro),
    /// A line.
    Line(Vec<Micro>),
    /// A ring, closed on writing.
    Ring(Vec<Micro>),
}

/// A row: columns in writing order.
#[derive(Clone, Debug)]
pub struct Row {
    /// Names and cells.
    pub cells: Vec<(&'static str, Cell)>,
    /// Geometry.
    pub shape: Shape,
}

impl Row {
    /// An empty row.
    pub fn new(shape: Shape) -> Self {
        Self { cells: Vec::new(), shape }
    }

    /// A row at a place.
    pub fn at(place: P) -> Self {
        Self::new(Shape::Point(place.micro()))
    }

    /// With a text.
    pub fn text(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.cells.push((name, Cell::Text(value.into())));
        self
    }

    /// With a whole number.
    pub fn whole(mut self, name: &'static str, value: impl TryInto<i64>) -> Self {
        self.cells.push((name, Cell::Whole(value.try_into().unwrap_or(0))));
        self
    }

    /// With a measured number.
    pub fn real(mut self, name: &'static str, value: f64, decimals: usize) -> Self {
        self.cells.push((name, Cell::Real(value, decimals)));
        self
    }

    /// With yes or no.
    pub fn yes(mut self, name: &'static str, value: bool) -> Self {
        self.cells.push((name, Cell::Yes(value)));
        self
    }

    /// With the marks of sample data.
    pub fn sample(self) -> Self {
        self.text("source", SAMPLE_SOURCE).text("as_of", SAMPLE_DAY).yes("sample", true)
    }

    /// A cell's text.
    pub fn get(&self, name: &str) -> Option<String> {
        self.cells.iter().find(|(n, _)| *n == name).map(|(_, cell)| plain(cell))
    }
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Whole(n) => n.to_string(),
        Cell::Real(x, decimals) => {
            let text = format!("{x:.decimals$}");
            if text.contains('.') {
                text.trim_end_matches('0').trim_end_matches('.').to_owned()
            } else {
                text
            }
        }
        Cell::Yes(b) => b.to_string(),
    }
}

fn json(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
        other => plain(other),
    }
}

/// Millionths of a degree as degrees, without needless zeros.
fn degrees(micro: i64) -> String {
    let text = format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn position(m: &Micro) -> String {
    format!("[{},{}]", degrees(m.0), degrees(m.1))
}

fn positions(line: &[Micro]) -> String {
    let parts: Vec<String> = line.iter().map(position).collect();
    format!("[{}]", parts.join(","))
}

/// A layer as GeoJSON.
pub fn geojson(rows: &[Row]) -> String {
    let mut out = String::from("{\"type\":\"FeatureCollection\",\"features\":[\n");
    for (i, row) in rows.iter().enumerate() {
        let cells: Vec<String> =
            row.cells.iter().map(|(name, cell)| format!("\"{name}\":{}", json(cell))).collect();
        let geometry = match &row.shape {
            Shape::None => "null".to_owned(),
            Shape::Point(m) => format!("{{\"type\":\"Point\",\"coordinates\":{}}}", position(m)),
            Shape::Line(line) => {
                format!("{{\"type\":\"LineString\",\"coordinates\":{}}}", positions(line))
            }
            Shape::Ring(ring) => {
                let mut ring = ring.clone();
                ring.push(ring[0]);
                format!("{{\"type\":\"Polygon\",\"coordinates\":[{}]}}", positions(&ring))
            }
        };
        let comma = if i + 1 < rows.len() { "," } else { "" };
        let _ = writeln!(
            out,
            "{{\"type\":\"Feature\",\"properties\":{{{}}},\"geometry\":{geometry}}}{comma}",
            cells.join(",")
        );
    }
    out.push_str("]}\n");
    out
}

/// A layer as CSV; points become the columns `lon` and `lat`.
pub fn csv(rows: &[Row]) -> String {
    let mut columns: Vec<&str> = Vec::new();
    for row in rows {
        let mut at = 0;
        for (name, _) in &row.cells {
            match columns.iter().position(|column| column == name) {
                Some(found) => at = found + 1,
                None => {
                    columns.insert(at, name);
                    at += 1;
                }
            }
        }
    }
    let placed = rows.iter().any(|row| matches!(row.shape, Shape::Point(_)));
    let mut out = columns.join(",");
    out.push_str(if placed { ",lon,lat\n" } else { "\n" });
    for row in rows {
        let mut cells: Vec<String> =
            columns.iter().map(|column| quoted(&row.get(column).unwrap_or_default())).collect();
        if let Shape::Point(m) = row.shape {
            cells.push(degrees(m.0));
            cells.push(degrees(m.1));
        }
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

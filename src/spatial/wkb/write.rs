//! The writer: little-endian two-dimensional WKB.

use geo_types::{Coord, Geometry, LineString, Polygon};

use super::kind;

/// Writes a geometry as WKB.
pub fn write_wkb(geometry: &Geometry<f64>) -> Vec<u8> {
    let mut out = Vec::with_capacity(64);
    append_wkb(geometry, &mut out);
    out
}

/// Appends a geometry as WKB.
pub(super) fn append_wkb(geometry: &Geometry<f64>, out: &mut Vec<u8>) {
    match geometry {
        Geometry::Point(p) => point(p.0, out),
        Geometry::Line(l) => line(&LineString::from(*l), out),
        Geometry::LineString(l) => line(l, out),
        Geometry::Polygon(p) => polygon(p, out),
        Geometry::Rect(r) => polygon(&r.to_polygon(), out),
        Geometry::Triangle(t) => polygon(&t.to_polygon(), out),
        Geometry::MultiPoint(m) => {
            header(kind::MULTI_POINT, m.0.len(), out);
            m.0.iter().for_each(|p| point(p.0, out));
        }
        Geometry::MultiLineString(m) => {
            header(kind::MULTI_LINE_STRING, m.0.len(), out);
            m.0.iter().for_each(|l| line(l, out));
        }
        Geometry::MultiPolygon(m) => {
            header(kind::MULTI_POLYGON, m.0.len(), out);
            m.0.iter().for_each(|p| polygon(p, out));
        }
        Geometry::GeometryCollection(c) => {
            header(kind::COLLECTION, c.0.len(), out);
            c.0.iter().for_each(|g| append_wkb(g, out));
        }
    }
}

fn start(kind: u32, out: &mut Vec<u8>) {
    out.push(1);
    out.extend(kind.to_le_bytes());
}

fn header(kind: u32, members: usize, out: &mut Vec<u8>) {
    start(kind, out);
    count(members, out);
}

fn count(n: usize, out: &mut Vec<u8>) {
    // No geometry in memory has 2³² members of eight bytes and more.
    out.extend(u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
}

fn coord(at: Coord<f64>, out: &mut Vec<u8>) {
    out.extend(at.x.to_le_bytes());
    out.extend(at.y.to_le_bytes());
}

fn coords(line: &LineString<f64>, out: &mut Vec<u8>) {
    count(line.0.len(), out);
    out.reserve(16 * line.0.len());
    line.0.iter().for_each(|at| coord(*at, out));
}

fn point(at: Coord<f64>, out: &mut Vec<u8>) {
    start(kind::POINT, out);
    coord(at, out);
}

fn line(line: &LineString<f64>, out: &mut Vec<u8>) {
    start(kind::LINE_STRING, out);
    coords(line, out);
}

fn polygon(polygon: &Polygon<f64>, out: &mut Vec<u8>) {
    start(kind::POLYGON, out);
    if polygon.exterior().0.is_empty() {
        count(0, out);
        return;
    }
    count(1 + polygon.interiors().len(), out);
    coords(polygon.exterior(), out);
    polygon.interiors().iter().for_each(|ring| coords(ring, out));
}

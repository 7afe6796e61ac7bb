//! Lines and areas taken apart: their outlines in pieces, their extents, their insides.

use geo::BoundingRect;
use geo_types::{Coord, Geometry, LineString, Polygon, Rect};

use super::on_globe;
use crate::spatial::edges::{Edges, Location};
use crate::spatial::globe::Arc;

/// A piece of outline is no longer than this, or its box would be mostly empty.
const STEP_DEG: f64 = 0.25;
/// Pieces that lines longer than a step may add on top of two per edge, before steps grow.
const SPARE_PIECES: f64 = 200_000.0;

/// A line or an area.
#[derive(Debug)]
pub(super) struct Shape {
    pub item: u32,
    /// In degrees.
    pub extent: Rect<f64>,
    /// Each polygon by itself: parts of a bad multi-polygon may overlap.
    surfaces: Vec<Edges>,
}

impl Shape {
    /// Whether the place lies in the area or on its outline.
    pub fn contains(&self, at: Coord<f64>) -> bool {
        self.surfaces.iter().any(|edges| edges.locate(at) != Location::Outside)
    }
}

/// Collects the lines and areas of a layer before its tree is built.
#[derive(Default)]
pub(super) struct Outlines {
    pub shapes: Vec<Shape>,
    edges: Vec<(u32, Arc)>,
}

impl Outlines {
    /// Adds a geometry; left out if any corner is not on the globe.
    pub fn add(&mut self, item: u32, geometry: &Geometry<f64>) {
        use geo::CoordsIter;
        let Some(extent) = geometry.bounding_rect() else { return };
        if !geometry.coords_iter().all(on_globe) {
            return;
        }
        let mut surfaces = Vec::new();
        self.parts(item, geometry, &mut surfaces);
        self.shapes.push(Shape { item, extent, surfaces });
    }

    fn parts(&mut self, item: u32, geometry: &Geometry<f64>, surfaces: &mut Vec<Edges>) {
        match geometry {
            Geometry::Point(p) => self.edges.push((item, Arc { a: p.0, b: p.0 })),
            Geometry::MultiPoint(m) => {
                self.edges.extend(m.iter().map(|p| (item, Arc { a: p.0, b: p.0 })));
            }
            Geometry::Line(l) => self.edges.push((item, Arc { a: l.start, b: l.end })),
            Geometry::LineString(l) => self.line(item, l),
            Geometry::MultiLineString(m) => m.iter().for_each(|l| self.line(item, l)),
            Geometry::Polygon(p) => self.polygon(item, p, surfaces),
            Geometry::MultiPolygon(m) => m.iter().for_each(|p| self.polygon(item, p, surfaces)),
            Geometry::Rect(r) => self.polygon(item, &r.to_polygon(), surfaces),
            Geometry::Triangle(t) => self.polygon(item, &t.to_polygon(), surfaces),
            Geometry::GeometryCollection(c) => {
                c.iter().for_each(|g| self.parts(item, g, surfaces));
            }
        }
    }

    fn line(&mut self, item: u32, line: &LineString<f64>) {
        if let [only] = line.0[..] {
            self.edges.push((item, Arc { a: only, b: only }));
        }
        self.edges.extend(line.lines().map(|l| (item, Arc { a: l.start, b: l.end })));
    }

    fn polygon(&mut self, item: u32, polygon: &Polygon<f64>, surfaces: &mut Vec<Edges>) {
        let rings = || std::iter::once(polygon.exterior()).chain(polygon.interiors());
        rings().for_each(|ring| self.line(item, ring));
        surfaces.push(Edges::new(rings()));
    }

    /// The shapes, and the pieces of all outlines with the numbers of their features.
    pub fn cut(self) -> (Vec<Shape>, Vec<(u32, Arc)>) {
        let Self { shapes, edges } = self;
        let most = edges.len() as f64 * 2.0 + SPARE_PIECES;
        let mut step = STEP_DEG;
        while edges.iter().map(|(_, edge)| pieces(edge, step)).sum::<f64>() > most {
            step *= 2.0;
        }
        let arcs = edges
            .into_iter()
            .flat_map(|(item, edge)| {
                let n = pieces(&edge, step) as u32;
                let cut = move |i: u32| edge.at(f64::from(i) / f64::from(n));
                (0..n).map(move |i| (item, Arc { a: cut(i), b: cut(i + 1) }))
            })
            .collect();
        (shapes, arcs)
    }
}

/// How many pieces an edge is cut into.
fn pieces(edge: &Arc, step: f64) -> f64 {
    let (width, height) = ((edge.a.x - edge.b.x).abs(), (edge.a.y - edge.b.y).abs());
    (width.max(height) / step).ceil().max(1.0)
}

//! The lines and areas of a layer: their outlines in pieces, their extents, their insides.

use geo::BoundingRect;
use geo_types::{Coord, Geometry, LineString, Polygon, Rect};

use super::on_globe;
use crate::spatial::edges::{Edges, Location};
use crate::spatial::globe::{Arc, space};
use crate::spatial::packed::{Packed, order};

/// A piece of outline is no longer than this, or its box would be mostly empty.
const STEP_DEG: f64 = 0.25;
/// Pieces that lines longer than a step may add on top of two per edge, before steps grow.
const SPARE_PIECES: f64 = 200_000.0;

#[derive(Debug)]
struct Shape {
    item: u32,
    extent: Rect<f64>,
    /// Each polygon by itself: parts of a bad multi-polygon may overlap.
    surfaces: Vec<Edges>,
}

/// Lines and areas behind two trees.
#[derive(Debug)]
pub(super) struct Shapes {
    shapes: Vec<Shape>,
    /// Pieces and the numbers of their features, in the order of the tree.
    arcs: Vec<(u32, Arc)>,
    /// Over the pieces, in space.
    pub tree: Packed<3>,
    /// Over the extents, in degrees.
    extents: Packed<2>,
}

/// Collects shapes before the trees are built.
#[derive(Default)]
pub(super) struct Builder {
    shapes: Vec<Shape>,
    edges: Vec<(u32, Arc)>,
}

impl Builder {
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

    /// Cuts the edges into pieces and builds the trees.
    pub fn build(self) -> Shapes {
        let Self { shapes, edges } = self;
        let most = edges.len() as f64 * 2.0 + SPARE_PIECES;
        let mut step = STEP_DEG;
        while edges.iter().map(|(_, edge)| pieces(edge, step)).sum::<f64>() > most {
            step *= 2.0;
        }
        let unordered: Vec<(u32, Arc)> = edges
            .into_iter()
            .flat_map(|(item, edge)| {
                let n = pieces(&edge, step) as u32;
                let cut = move |i: u32| edge.at(f64::from(i) / f64::from(n));
                (0..n).map(move |i| (item, Arc { a: cut(i), b: cut(i + 1) }))
            })
            .collect();
        let arcs: Vec<(u32, Arc)> = order(&unordered, |(_, arc)| space(arc.at(0.5)))
            .into_iter()
            .map(|i| unordered[i as usize])
            .collect();
        let tree = Packed::new(arcs.iter().map(|(_, arc)| {
            let (a, b, sag) = (space(arc.a), space(arc.b), arc.sag());
            (
                [0, 1, 2].map(|d: usize| a[d].min(b[d]) - sag),
                [0, 1, 2].map(|d: usize| a[d].max(b[d]) + sag),
            )
        }));
        let middle = |shape: &Shape| [shape.extent.center().x, shape.extent.center().y];
        let order = order(&shapes, middle);
        let mut slots: Vec<Option<Shape>> = shapes.into_iter().map(Some).collect();
        let shapes: Vec<Shape> = order
            .into_iter()
            .filter_map(|i| slots.get_mut(i as usize).and_then(Option::take))
            .collect();
        let extents = Packed::new(shapes.iter().map(|shape| {
            let (low, high) = (shape.extent.min(), shape.extent.max());
            ([low.x, low.y], [high.x, high.y])
        }));
        Shapes { shapes, arcs, tree, extents }
    }
}

/// How many pieces an edge is cut into.
fn pieces(edge: &Arc, step: f64) -> f64 {
    let (width, height) = ((edge.a.x - edge.b.x).abs(), (edge.a.y - edge.b.y).abs());
    (width.max(height) / step).ceil().max(1.0)
}

impl Shapes {
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// The piece at this position in the tree's order and the number of its feature.
    pub fn arc(&self, at: usize) -> Option<(u32, Arc)> {
        self.arcs.get(at).copied()
    }

    /// Adds the numbers of the features whose extent meets a window of degrees.
    pub fn window(&self, window: Rect<f64>, hits: &mut Vec<u32>) {
        let (low, high) = (window.min(), window.max());
        self.extents.meeting(&[low.x, low.y], &[high.x, high.y], &mut |i| {
            use geo::Intersects;
            let meets = self.shapes.get(i).filter(|shape| shape.extent.intersects(&window));
            hits.extend(meets.map(|shape| shape.item));
            true
        });
    }

    /// Adds the numbers of the areas around a place.
    pub fn containing(&self, at: Coord<f64>, hits: &mut Vec<u32>) {
        self.extents.meeting(&[at.x, at.y], &[at.x, at.y], &mut |i| {
            let around = self.shapes.get(i).filter(|shape| {
                shape.surfaces.iter().any(|edges| edges.locate(at) != Location::Outside)
            });
            hits.extend(around.map(|shape| shape.item));
            true
        });
    }
}

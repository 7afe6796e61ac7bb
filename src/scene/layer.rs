//! One layer ready to be drawn: copies of its lines and surfaces for each band of zooms, its
//! points, its names. Made once per layer and version, off the window's thread, and shared.

use std::collections::BTreeMap;
use std::sync::Arc;

use geo::{Centroid, Contains, InteriorPoint, TriangulateEarcut};
use geo_types::{Coord, Geometry, LineString, Point, Polygon};

use super::chain::{Piece, chain};
use super::grid::{Bounds, Grid, NOWHERE, bounds_of};
use super::simplify::{Corner, simplify, simplify_ring};
use super::style::{LabelPlace, StyleTable};
use super::{Frame, style::Style};
use crate::county::Layer;
use crate::model::Kind;

/// The highest zoom of each band but the last, which holds every corner.
const BAND_TOPS: [f64; 5] = [9.5, 11.0, 12.5, 14.0, 15.5];
/// How far a band's lines may stray from the true ones, in pixels at the band's highest zoom.
const STRAY_PX: f64 = 0.5;
/// Number of bands.
pub const BANDS: usize = BAND_TOPS.len() + 1;

/// The band of a zoom.
pub fn band_of(zoom: f64) -> usize {
    BAND_TOPS.iter().position(|top| zoom <= *top).unwrap_or(BAND_TOPS.len())
}

/// Tolerance of a band in local units; 0 in the last.
fn tolerance(band: usize) -> f32 {
    BAND_TOPS.get(band).map_or(0.0, |top| (STRAY_PX / Frame::scale(*top)) as f32)
}

/// A line of a band; where its ends are the same it is a ring.
#[derive(Clone, Debug)]
pub struct Part {
    /// Number of its style.
    pub style: u16,
    /// Row whose name it carries.
    pub row: u32,
    /// Its corners in local units.
    pub corners: Vec<Corner>,
    /// Around them.
    pub bounds: Bounds,
}

/// A triangulated surface of a band.
#[derive(Clone, Debug)]
pub struct Fill {
    /// Number of its style.
    pub style: u16,
    /// Corners of all its rings in local units.
    pub corners: Vec<Corner>,
    /// Three corners each.
    pub triangles: Vec<[u32; 3]>,
    /// Around it.
    pub bounds: Bounds,
}

/// Lines and surfaces for one band of zooms.
#[derive(Clone, Debug, Default)]
pub struct Band {
    /// Lines and outlines.
    pub parts: Vec<Part>,
    /// Surfaces.
    pub fills: Vec<Fill>,
}

/// A sign at a place.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// Number of its style.
    pub style: u16,
    /// Row in the layer.
    pub row: u32,
    /// Where, in local units.
    pub at: Corner,
    /// Whether it can be counted on.
    pub usable: bool,
}

/// A name at a place. Names along lines are found in the bands.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// Number of its style.
    pub style: u16,
    /// Row in the layer.
    pub row: u32,
    /// Where, in local units.
    pub at: Corner,
    /// Among equals the larger keeps its place: people, or surface.
    pub weight: f32,
}

/// A layer ready to be drawn.
#[derive(Debug)]
pub struct SceneLayer {
    source: Arc<Layer>,
    frame: Frame,
    bands: [Band; BANDS],
    spots: Vec<Spot>,
    names: Vec<Name>,
    grid: Grid,
}

impl SceneLayer {
    /// Prepares a layer for the local frame.
    pub fn build(source: Arc<Layer>, frame: Frame) -> Self {
        let table = StyleTable::get();
        let mut gather = Gather { frame, ..Gather::default() };
        let mut boxes = Vec::with_capacity(source.features().len());
        let mut names: BTreeMap<&str, u32> = BTreeMap::new();
        for (row, feature) in (0_u32..).zip(source.features()) {
            gather.bounds = NOWHERE;
            let style = table.number(feature.kind, table.class_of(feature));
            if let (Some(geometry), Some(number)) = (&feature.geometry, style)
                && let Some(style) = table.style(number)
            {
                // Pieces are joined by name; pieces without one only where nothing is lost by it.
                let name = *names.entry(&feature.name).or_insert(row);
                gather.weight = feature.count("residents").unwrap_or(0) as f32;
                gather.usable = table.is_usable(feature);
                gather.take(geometry, style, number, row, name);
            }
            boxes.push(gather.bounds);
        }
        let bands = gather.bands();
        Self {
            source,
            frame,
            bands,
            spots: gather.spots,
            names: gather.names,
            grid: Grid::build(boxes),
        }
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.source.kind()
    }

    /// The layer it was made from.
    pub fn source(&self) -> &Arc<Layer> {
        &self.source
    }

    /// The frame it was made for.
    pub fn frame(&self) -> Frame {
        self.frame
    }

    /// Lines and surfaces for a zoom.
    pub fn band(&self, zoom: f64) -> &Band {
        &self.bands[band_of(zoom)]
    }

    /// Signs.
    pub fn spots(&self) -> &[Spot] {
        &self.spots
    }

    /// Names at places.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// Rows whose bounds meet a window in local units, in ascending order.
    pub fn rows_in(&self, window: &Bounds) -> Vec<u32> {
        self.grid.query(window)
    }
}

/// What has been gathered from the rows so far.
struct Gather {
    frame: Frame,
    lines: Vec<Piece>,
    rings: Vec<(u16, u32, Polygon<f32>)>,
    spots: Vec<Spot>,
    names: Vec<Name>,
    bounds: Bounds,
    weight: f32,
    usable: bool,
}

impl Default for Gather {
    fn default() -> Self {
        Self {
            frame: Frame { origin: Coord { x: 0.5, y: 0.5 } },
            lines: Vec::new(),
            rings: Vec::new(),
            spots: Vec::new(),
            names: Vec::new(),
            bounds: NOWHERE,
            weight: 0.0,
            usable: true,
        }
    }
}

impl Gather {
    fn local(&mut self, line: &LineString<f64>) -> Vec<Corner> {
        let mut corners: Vec<Corner> =
            line.0.iter().map(|c| self.frame.local_from_lonlat(*c)).collect();
        corners.dedup();
        let b = bounds_of(&corners);
        let a = self.bounds;
        self.bounds = [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
        corners
    }

    fn take(&mut self, geometry: &Geometry<f64>, style: &Style, number: u16, row: u32, name: u32) {
        match geometry {
            Geometry::Point(p) => self.point(p.0, style, number, row),
            Geometry::MultiPoint(m) => {
                m.0.iter().for_each(|p| self.point(p.0, style, number, row));
            }
            Geometry::LineString(l) => self.line(l, number, name),
            Geometry::Line(l) => self.line(&LineString::from(*l), number, name),
            Geometry::MultiLineString(m) => m.0.iter().for_each(|l| self.line(l, number, name)),
            Geometry::Polygon(p) => self.surface(std::slice::from_ref(p), style, number, row),
            Geometry::MultiPolygon(m) => self.surface(&m.0, style, number, row),
            Geometry::Rect(r) => self.surface(&[r.to_polygon()], style, number, row),
            Geometry::Triangle(t) => self.surface(&[t.to_polygon()], style, number, row),
            Geometry::GeometryCollection(c) => {
                c.0.iter().for_each(|g| self.take(g, style, number, row, name));
            }
        }
        if matches!(geometry, Geometry::LineString(_) | Geometry::MultiLineString(_))
            && style.sign.is_some()
            && let Some(middle) = geometry.centroid()
        {
            self.point(middle.0, style, number, row);
        }
    }

    fn line(&mut self, line: &LineString<f64>, style: u16, name: u32) {
        let line = self.local(line);
        if line.len() >= 2 {
            self.lines.push(Piece { line, style, name });
        }
    }

    fn point(&mut self, at: Coord<f64>, style: &Style, number: u16, row: u32) {
        let [corner] = self.local(&LineString::new(vec![at]))[..] else { return };
        if style.sign.is_some() {
            self.spots.push(Spot { style: number, row, at: corner, usable: self.usable });
        }
        if style.label.as_ref().is_some_and(|label| label.place != LabelPlace::Along) {
            self.names.push(Name { style: number, row, at: corner, weight: self.weight });
        }
    }

    fn surface(&mut self, polygons: &[Polygon<f64>], style: &Style, number: u16, row: u32) {
        use geo::Area;
        for polygon in polygons {
            let outer = self.local(polygon.exterior());
            let ring = |corners: Vec<Corner>| {
                LineString::new(corners.into_iter().map(|[x, y]| Coord { x, y }).collect())
            };
            let inner = polygon.interiors().iter().map(|r| ring(self.local(r))).collect();
            self.rings.push((number, row, Polygon::new(ring(outer), inner)));
        }
        // The largest surface carries the name and the sign, where one would point at it.
        let largest = polygons
            .iter()
            .max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))
            .and_then(|p| {
                let middle = p.centroid().filter(|c| p.contains(c)).or_else(|| p.interior_point());
                Some((middle?, p.unsigned_area()))
            });
        if let Some((Point(at), area)) = largest {
            let bounds = self.bounds;
            let weight = self.weight;
            self.weight = weight.max(area as f32);
            self.point(at, style, number, row);
            (self.bounds, self.weight) = (bounds, weight);
        }
    }

    fn bands(&mut self) -> [Band; BANDS] {
        let table = StyleTable::get();
        let rings = std::mem::take(&mut self.rings);
        let mut lines = chain(std::mem::take(&mut self.lines));
        lines.extend(chain(sides(&rings)));
        std::array::from_fn(|band| {
            let tolerance = tolerance(band);
            let mut out = Band::default();
            for piece in &lines {
                let corners = simplify(&piece.line, tolerance);
                let bounds = bounds_of(&corners);
                let closed = piece.line.len() > 3 && piece.line.first() == piece.line.last();
                if closed && (bounds[2] - bounds[0]).max(bounds[3] - bounds[1]) < tolerance {
                    continue;
                }
                out.parts.push(Part { style: piece.style, row: piece.name, corners, bounds });
            }
            for (number, _, polygon) in &rings {
                if table.style(*number).is_none_or(|style| style.area.is_none()) {
                    continue;
                }
                let rings: Vec<Vec<Corner>> = std::iter::once(polygon.exterior())
                    .chain(polygon.interiors())
                    .map(|ring| {
                        let open = ring.0.split_last().map_or(&[][..], |(_, rest)| rest);
                        let corners: Vec<Corner> = open.iter().map(|c| [c.x, c.y]).collect();
                        simplify_ring(&corners, tolerance)
                    })
                    .collect();
                if !rings[0].is_empty() {
                    out.fills.push(fill(*number, &rings));
                }
            }
            out
        })
    }
}

/// The sides of all outlines, each once: a border that two neighbours share is one line.
fn sides(rings: &[(u16, u32, Polygon<f32>)]) -> Vec<Piece> {
    let table = StyleTable::get();
    let mut seen = std::collections::BTreeSet::new();
    let mut out = Vec::new();
    for (style, row, polygon) in rings {
        if table.style(*style).is_none_or(|style| style.line.is_none()) {
            continue;
        }
        for side in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            for pair in side.0.windows(2) {
                let (a, b) = ([pair[0].x, pair[0].y], [pair[1].x, pair[1].y]);
                let (p, q) = (a.map(f32::to_bits), b.map(f32::to_bits));
                if a != b && seen.insert((*style, p.min(q), p.max(q))) {
                    // Borders carry no name along them, so the first row stands for all.
                    out.push(Piece { line: vec![a, b], style: *style, name: *row });
                }
            }
        }
    }
    // Sides of one border belong together whichever neighbour gave them.
    if let Some(row) = out.iter().map(|piece| piece.name).min() {
        out.iter_mut().for_each(|piece| piece.name = row);
    }
    out
}

fn fill(style: u16, rings: &[Vec<Corner>]) -> Fill {
    let line = |ring: &Vec<Corner>| {
        LineString::new(ring.iter().map(|[x, y]| Coord { x: *x, y: *y }).collect())
    };
    let (corners, triangles) = triangulate(&Polygon::new(
        line(&rings[0]),
        rings[1..].iter().filter(|ring| !ring.is_empty()).map(line).collect(),
    ));
    let bounds = bounds_of(&corners);
    Fill { style, corners, triangles, bounds }
}

/// Corners and triangles of a polygon.
pub fn triangulate(polygon: &Polygon<f32>) -> (Vec<Corner>, Vec<[u32; 3]>) {
    let raw = polygon.earcut_triangles_raw();
    let corners = raw.vertices;
    let triangles = raw
        .triangle_indices
        .chunks_exact(3)
        .filter_map(|t| {
            Some([u32::try_from(t[0]).ok()?, u32::try_from(t[1]).ok()?, u32::try_from(t[2]).ok()?])
        })
        .collect();
    (corners, triangles)
}

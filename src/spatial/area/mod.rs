//! A danger area: polygons that settlements and facilities are held against.

use std::collections::BTreeSet;

use geo::bool_ops::{BooleanOps, FillRule};
use geo::line_intersection::{LineIntersection, line_intersection};
use geo::{BoundingRect, Intersects};
use geo_types::{Coord, Geometry, Line, LineString, MultiPolygon, Point, Polygon, Rect};

use super::edges::{Edges, Location};
use super::measure::{destination, surface};
use super::tmerc::wrap_degrees;
use super::validity::{Invalid, Repair, Tangle, polygons};
use crate::base::Metres;

/// Why polygons are no area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AreaFault {
    /// No ring with at least three different corners.
    #[error("the area has no surface")]
    Empty,
    /// A coordinate is not a number or not on the globe.
    #[error("the area has coordinates that are not on the globe")]
    OffTheGlobe,
}

/// How much of a geometry lies in an area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Coverage {
    /// Nothing.
    Outside,
    /// All of it.
    Inside,
    /// This share of its surface on the ground, between 0 and 1: on the edge.
    Partly(f64),
}

/// Shares below this, or this near to one, are rounding: a millimetre on the edge of a village.
const NEGLIGIBLE: f64 = 1e-6;

/// Polygons in degrees that do not overlap, prepared for many questions.
///
/// ```
/// use geo_types::{Coord, polygon};
/// use shouye::spatial::Area;
/// let square = polygon![(x: 116.4, y: 35.6), (x: 116.6, y: 35.6), (x: 116.6, y: 35.8), (x: 116.4, y: 35.8)];
/// let area = Area::new(square.into()).unwrap();
/// assert!(area.contains(Coord { x: 116.5, y: 35.7 }));
/// ```
#[derive(Clone, Debug)]
pub struct Area {
    polygons: MultiPolygon<f64>,
    extent: Rect<f64>,
    edges: Edges,
    repairs: Vec<Repair>,
}

/// Corners of a circle.
const CIRCLE_CORNERS: u32 = 720;

impl Area {
    /// An area from polygons in degrees as people draw them: they may cross themselves and overlap,
    /// everything they enclose belongs to the area.
    pub fn new(drawn: MultiPolygon<f64>) -> Result<Self, AreaFault> {
        let mut repairs = BTreeSet::new();
        let polygons = polygons(&drawn.0, &mut repairs, Tangle::Fill).map_err(|why| match why {
            Invalid::NotFinite | Invalid::OffTheGlobe => AreaFault::OffTheGlobe,
            Invalid::TooFewCorners | Invalid::NoSurface | Invalid::Tangled => AreaFault::Empty,
        })?;
        let extent = polygons.bounding_rect().ok_or(AreaFault::Empty)?;
        let edges = Edges::new(rings(&polygons));
        Ok(Self { polygons, extent, edges, repairs: repairs.into_iter().collect() })
    }

    /// All places within `radius` of `centre`, as a polygon of 720 corners. Corners lie as far outside
    /// the geodesic circle as the middles of the sides lie inside: 5 parts in a million.
    pub fn circle(centre: Coord<f64>, radius: Metres) -> Result<Self, AreaFault> {
        if !(centre.x.is_finite() && centre.y.is_finite() && radius.0.is_finite()) {
            return Err(AreaFault::OffTheGlobe);
        }
        let half_turn = std::f64::consts::PI / f64::from(CIRCLE_CORNERS);
        let reach = Metres(radius.0 * 2.0 / (1.0 + half_turn.cos()));
        let ring: Vec<Coord<f64>> = (0..CIRCLE_CORNERS)
            .map(|i| {
                // Clockwise from north would run backward; and near ±180° corners must stay together.
                let turn = f64::from(CIRCLE_CORNERS - i) * 360.0 / f64::from(CIRCLE_CORNERS);
                let at = destination(centre, turn, reach);
                Coord { x: centre.x + wrap_degrees(at.x - centre.x), y: at.y }
            })
            .collect();
        Self::new(MultiPolygon::new(vec![Polygon::new(LineString::new(ring), Vec::new())]))
    }

    /// The polygons.
    pub fn polygons(&self) -> &MultiPolygon<f64> {
        &self.polygons
    }

    /// The smallest rectangle around it.
    pub fn extent(&self) -> Rect<f64> {
        self.extent
    }

    /// What had to be put right in what was drawn.
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// Surface on the ground in square metres.
    pub fn surface(&self) -> f64 {
        surface(&self.polygons)
    }

    /// Whether a place lies in it or on its outline.
    pub fn contains(&self, at: Coord<f64>) -> bool {
        self.extent.intersects(&at) && self.edges.locate(at) != Location::Outside
    }

    /// The stretches of a segment that lie in it, as shares of the way from `a` to `b`, in order.
    pub fn stretches(&self, a: Coord<f64>, b: Coord<f64>) -> Vec<[f64; 2]> {
        let segment = Line::new(a, b);
        if a == b || !segment.bounding_rect().intersects(&self.extent) {
            return Vec::new();
        }
        let mut cuts = vec![0.0, 1.0];
        let along = b - a;
        let length = along.x * along.x + along.y * along.y;
        let share = |at: Coord<f64>| {
            let way = at - a;
            ((way.x * along.x + way.y * along.y) / length).clamp(0.0, 1.0)
        };
        let (low, high) = (segment.bounding_rect().min(), segment.bounding_rect().max());
        self.edges.meeting(low, high, &mut |edge| {
            match line_intersection(segment, *edge) {
                Some(LineIntersection::SinglePoint { intersection, .. }) => {
                    cuts.push(share(intersection));
                }
                Some(LineIntersection::Collinear { intersection }) => {
                    cuts.extend([share(intersection.start), share(intersection.end)]);
                }
                None => {}
            }
            true
        });
        cuts.sort_unstable_by(f64::total_cmp);
        let mut out: Vec<[f64; 2]> = Vec::new();
        for pair in cuts.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let middle = a + along * ((from + to) / 2.0);
            if to <= from || self.edges.locate(middle) == Location::Outside {
                continue;
            }
            match out.last_mut() {
                Some(last) if last[1] >= from => last[1] = to,
                _ => out.push([from, to]),
            }
        }
        out
    }

    /// Whether any part of a geometry lies in it or on its outline.
    pub fn touches(&self, geometry: &Geometry<f64>) -> bool {
        match geometry {
            Geometry::Point(p) => self.contains(p.0),
            Geometry::MultiPoint(m) => m.iter().any(|p| self.contains(p.0)),
            Geometry::Line(l) => self.touches_line(&LineString::from(*l)),
            Geometry::LineString(l) => self.touches_line(l),
            Geometry::MultiLineString(m) => m.iter().any(|l| self.touches_line(l)),
            Geometry::Polygon(p) => self.touches_polygon(p),
            Geometry::MultiPolygon(m) => m.iter().any(|p| self.touches_polygon(p)),
            Geometry::Rect(r) => self.touches_polygon(&r.to_polygon()),
            Geometry::Triangle(t) => self.touches_polygon(&t.to_polygon()),
            Geometry::GeometryCollection(c) => c.iter().any(|g| self.touches(g)),
        }
    }

    /// How much of a geometry lies in it: polygons by surface, everything else whole or not at all.
    pub fn coverage(&self, geometry: &Geometry<f64>) -> Coverage {
        let settled;
        let surface_of: &MultiPolygon<f64> = match geometry {
            Geometry::MultiPolygon(m) => m,
            Geometry::Polygon(p) => {
                settled = MultiPolygon::new(vec![p.clone()]);
                &settled
            }
            other => return self.whole(other),
        };
        let Some(extent) = surface_of.bounding_rect() else { return Coverage::Outside };
        if !extent.intersects(&self.extent) {
            return Coverage::Outside;
        }
        if !self.edges.any_near(extent.min(), extent.max()) {
            // No outline anywhere near: any one place decides for all.
            let inside = self.edges.locate(extent.min()) != Location::Outside;
            return if inside { Coverage::Inside } else { Coverage::Outside };
        }
        let whole = surface(surface_of);
        if whole <= 0.0 {
            return self.whole(geometry);
        }
        let inside =
            surface_of.intersection_with_fill_rule(&self.clipped(extent), FillRule::EvenOdd);
        let share = surface(&inside) / whole;
        if share <= NEGLIGIBLE {
            Coverage::Outside
        } else if share >= 1.0 - NEGLIGIBLE {
            Coverage::Inside
        } else {
            Coverage::Partly(share)
        }
    }

    fn whole(&self, geometry: &Geometry<f64>) -> Coverage {
        if self.touches(geometry) { Coverage::Inside } else { Coverage::Outside }
    }

    fn touches_line(&self, line: &LineString<f64>) -> bool {
        let Some(extent) = line.bounding_rect() else { return false };
        // If no edge is crossed, one corner decides for all.
        extent.intersects(&self.extent)
            && (line.0.first().is_some_and(|at| self.contains(*at))
                || line.lines().any(|l| self.edges.cross(&l)))
    }

    fn touches_polygon(&self, polygon: &Polygon<f64>) -> bool {
        let Some(extent) = polygon.bounding_rect() else { return false };
        if !extent.intersects(&self.extent) {
            return false;
        }
        let rings = || std::iter::once(polygon.exterior()).chain(polygon.interiors());
        rings().any(|ring| self.touches_line(ring))
            // Or a whole part of the area lies inside.
            || self.polygons.iter().filter_map(|part| part.exterior().0.first()).any(|at| {
                extent.intersects(at) && polygon.intersects(&Point(*at))
            })
    }

    /// The area near a rectangle: overlays become quick, and exact to the size of what is measured.
    fn clipped(&self, near: Rect<f64>) -> MultiPolygon<f64> {
        let margin = 0.05 * near.width().max(near.height());
        let (low, high) = (near.min(), near.max());
        let frame = [low.x - margin, low.y - margin, high.x + margin, high.y + margin];
        let clip = |ring: &LineString<f64>| LineString::new(clip_ring(&ring.0, frame));
        MultiPolygon::new(
            self.polygons
                .iter()
                .filter(|part| part.bounding_rect().is_some_and(|r| r.intersects(&near)))
                .map(|part| {
                    let holes = part.interiors().iter().map(clip).filter(|r| r.0.len() > 2);
                    Polygon::new(clip(part.exterior()), holes.collect())
                })
                .collect(),
        )
    }
}

fn rings(polygons: &MultiPolygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    polygons.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
}

/// Clips a ring to `[west, south, east, north]` (Sutherland and Hodgman 1974). Where the ring leaves
/// the frame several times, edges run to and fro along it; they enclose nothing.
fn clip_ring(ring: &[Coord<f64>], frame: [f64; 4]) -> Vec<Coord<f64>> {
    let mut ring = ring.to_vec();
    ring.pop();
    for (side, limit) in frame.into_iter().enumerate() {
        // Signed distance inward.
        let depth = |c: &Coord<f64>| match side {
            0 => c.x - limit,
            1 => c.y - limit,
            2 => limit - c.x,
            _ => limit - c.y,
        };
        let mut out = Vec::with_capacity(ring.len() + 8);
        for (i, at) in ring.iter().enumerate() {
            let before = &ring[(i + ring.len() - 1) % ring.len()];
            let (a, b) = (depth(before), depth(at));
            if (a >= 0.0) != (b >= 0.0) {
                let mut cut = *before + (*at - *before) * (a / (a - b));
                // On the frame itself, not beside it by rounding.
                if side % 2 == 0 {
                    cut.x = limit
                } else {
                    cut.y = limit
                }
                out.push(cut);
            }
            if b >= 0.0 {
                out.push(*at);
            }
        }
        ring = out;
    }
    if let Some(first) = ring.first().copied() {
        ring.push(first);
    }
    ring
}

#[cfg(test)]
mod tests;

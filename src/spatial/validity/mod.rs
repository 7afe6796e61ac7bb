//! Whether a geometry makes sense, and repair where it is safe.

mod cross;
mod overlap;

use std::collections::BTreeSet;

use cross::crosses_itself;
use geo::Area;
use geo::bool_ops::{BooleanOps, FillRule, OpType, unary_union};
use geo::orient::{Direction, Orient};
use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon,
    Polygon,
};
use overlap::{is_inside, nested, overlap};

use super::edges::Edges;
use super::measure::{polygon_surface, surface};
use crate::base::Message;

/// Something that was put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Repair {
    /// Vertices that repeat the one before were taken out.
    RepeatedVertices,
    /// A ring that crosses itself was cut at the crossings.
    SelfIntersection,
    /// A hole without surface, outside its polygon or within another hole was dropped.
    StrayHole,
    /// A part without surface was dropped.
    EmptyPart,
    /// Parts that overlap were joined.
    OverlappingParts,
}

impl Repair {
    /// A short code for reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::RepeatedVertices => "repeated_vertices",
            Self::SelfIntersection => "self_intersection",
            Self::StrayHole => "stray_hole",
            Self::EmptyPart => "empty_part",
            Self::OverlappingParts => "overlapping_parts",
        }
    }

    /// What was done, for people.
    pub fn message(self) -> Message {
        Message::new(match self {
            Self::RepeatedVertices => "repair-repeated-vertices",
            Self::SelfIntersection => "repair-self-intersection",
            Self::StrayHole => "repair-stray-hole",
            Self::EmptyPart => "repair-empty-part",
            Self::OverlappingParts => "repair-overlapping-parts",
        })
    }
}

/// A geometry that makes sense: shells counter-clockwise, holes clockwise, all rings closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Repaired {
    /// The geometry.
    pub geometry: Geometry<f64>,
    /// What was put right, each kind once; empty if it was sound.
    pub what: Vec<Repair>,
}

/// Why a geometry makes no sense and cannot safely be repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// A coordinate is infinite or not a number.
    #[error("a coordinate is not a number")]
    NotFinite,
    /// A coordinate in degrees is not on the globe.
    #[error("a coordinate is not on the globe")]
    OffTheGlobe,
    /// No parts, a line without length or a ring of fewer than three different corners.
    #[error("too few different corners")]
    TooFewCorners,
    /// Polygons without surface.
    #[error("the area has no surface")]
    NoSurface,
    /// A ring runs around some of its surface twice: nobody can say what is meant.
    #[error("the outline runs over itself")]
    Tangled,
}

impl Invalid {
    /// A short code for reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFinite => "not_finite",
            Self::OffTheGlobe => "off_the_globe",
            Self::TooFewCorners => "too_few_corners",
            Self::NoSurface => "no_surface",
            Self::Tangled => "tangled",
        }
    }

    /// Why, for people, with the next step.
    pub fn message(self) -> Message {
        Message::new(match self {
            Self::NotFinite => "invalid-not-finite",
            Self::OffTheGlobe => "invalid-off-the-globe",
            Self::TooFewCorners => "invalid-too-few-corners",
            Self::NoSurface => "invalid-no-surface",
            Self::Tangled => "invalid-tangled",
        })
    }
}

/// What to do with outlines that run around some surface twice.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tangle {
    /// Refuse, if it is more than a twentieth of the whole.
    Refuse,
    /// Count everything they enclose: the safe side for a danger area.
    Fill,
}

/// Checks a geometry in degrees and repairs it where that is safe.
///
/// ```
/// use geo_types::polygon;
/// use shouye::spatial::validity::{Repair, repair};
/// let bow_tie = polygon![(x: 0., y: 0.), (x: 2., y: 2.), (x: 2., y: 0.), (x: 0., y: 2.)];
/// assert_eq!(repair(&bow_tie.into()).unwrap().what, [Repair::SelfIntersection]);
/// ```
pub fn repair(geometry: &Geometry<f64>) -> Result<Repaired, Invalid> {
    let mut what = BTreeSet::new();
    let geometry = any(geometry, &mut what)?;
    Ok(Repaired { geometry, what: what.into_iter().collect() })
}

fn any(geometry: &Geometry<f64>, what: &mut BTreeSet<Repair>) -> Result<Geometry<f64>, Invalid> {
    Ok(match geometry {
        Geometry::Point(p) => {
            coord(p.0)?;
            (*p).into()
        }
        Geometry::MultiPoint(m) => {
            m.iter().try_for_each(|p| coord(p.0))?;
            let mut points = m.0.clone();
            points.dedup();
            note(what, Repair::RepeatedVertices, points.len() < m.0.len());
            if points.is_empty() {
                return Err(Invalid::TooFewCorners);
            }
            MultiPoint::new(points).into()
        }
        Geometry::Line(l) => line(&LineString::from(*l), what)?.into(),
        Geometry::LineString(l) => line(l, what)?.into(),
        Geometry::MultiLineString(m) => {
            let mut lines = Vec::with_capacity(m.0.len());
            for part in &m.0 {
                match line(part, what) {
                    Ok(part) => lines.push(part),
                    Err(Invalid::TooFewCorners) => note(what, Repair::EmptyPart, true),
                    Err(other) => return Err(other),
                }
            }
            if lines.is_empty() {
                return Err(Invalid::TooFewCorners);
            }
            MultiLineString::new(lines).into()
        }
        Geometry::Rect(r) => r.to_polygon().into(),
        Geometry::Triangle(t) => any(&t.to_polygon().into(), what)?,
        Geometry::Polygon(p) => {
            let mut parts = polygons(std::slice::from_ref(p), what, Tangle::Refuse)?;
            match (parts.0.pop(), parts.0.is_empty()) {
                (Some(only), true) => only.into(),
                (last, _) => {
                    parts.0.extend(last);
                    parts.into()
                }
            }
        }
        Geometry::MultiPolygon(m) => polygons(&m.0, what, Tangle::Refuse)?.into(),
        Geometry::GeometryCollection(c) => {
            let parts: Vec<Geometry<f64>> =
                c.iter().map(|part| any(part, what)).collect::<Result<_, _>>()?;
            if parts.is_empty() {
                return Err(Invalid::TooFewCorners);
            }
            Geometry::GeometryCollection(GeometryCollection::from(parts))
        }
    })
}

fn note(what: &mut BTreeSet<Repair>, repair: Repair, done: bool) {
    if done {
        what.insert(repair);
    }
}

fn coord(at: Coord<f64>) -> Result<(), Invalid> {
    if !(at.x.is_finite() && at.y.is_finite()) {
        Err(Invalid::NotFinite)
    } else if at.x.abs() > 180.0 || at.y.abs() > 90.0 {
        Err(Invalid::OffTheGlobe)
    } else {
        Ok(())
    }
}

/// The line without repeated vertices; an error if nothing of a line is left.
fn line(line: &LineString<f64>, what: &mut BTreeSet<Repair>) -> Result<LineString<f64>, Invalid> {
    line.0.iter().try_for_each(|at| coord(*at))?;
    let mut coords = line.0.clone();
    coords.dedup();
    note(what, Repair::RepeatedVertices, coords.len() < line.0.len());
    if coords.len() < 2 { Err(Invalid::TooFewCorners) } else { Ok(LineString::new(coords)) }
}

/// The ring without repeated vertices, closed.
fn ring(ring: &LineString<f64>, what: &mut BTreeSet<Repair>) -> Result<LineString<f64>, Invalid> {
    let mut clean = line(ring, what)?;
    clean.close();
    if clean.0.len() < 4 { Err(Invalid::TooFewCorners) } else { Ok(clean) }
}

/// Polygons that make sense and do not overlap.
pub(super) fn polygons(
    parts: &[Polygon<f64>],
    what: &mut BTreeSet<Repair>,
    tangle: Tangle,
) -> Result<MultiPolygon<f64>, Invalid> {
    let mut sound: Vec<Polygon<f64>> = Vec::with_capacity(parts.len());
    let mut fault = Invalid::TooFewCorners;
    for part in parts {
        match polygon(part, what, tangle) {
            Ok(pieces) => sound.extend(pieces),
            // A part may be dropped as long as another is left.
            Err(why @ (Invalid::TooFewCorners | Invalid::NoSurface)) => {
                fault = why;
                note(what, Repair::EmptyPart, parts.len() > 1);
            }
            Err(why) => return Err(why),
        }
    }
    if sound.is_empty() {
        return Err(fault);
    }
    let sound = MultiPolygon::new(sound);
    if overlap(&sound.0) {
        what.insert(Repair::OverlappingParts);
        let joined = unary_union(&sound.orient(Direction::Default));
        return Ok(joined.orient(Direction::Default));
    }
    Ok(sound.orient(Direction::Default))
}

/// One polygon; it may fall into several where it crosses itself.
fn polygon(
    polygon: &Polygon<f64>,
    what: &mut BTreeSet<Repair>,
    tangle: Tangle,
) -> Result<Vec<Polygon<f64>>, Invalid> {
    let shell = ring(polygon.exterior(), what)?;
    let mut holes = Vec::with_capacity(polygon.interiors().len());
    for hole in polygon.interiors() {
        match ring(hole, what) {
            Ok(hole) => holes.push(hole),
            Err(Invalid::TooFewCorners) => note(what, Repair::StrayHole, true),
            Err(why) => return Err(why),
        }
    }
    let whole = Polygon::new(shell, holes);
    if crosses_itself(&whole) {
        what.insert(Repair::SelfIntersection);
        return untangle(&whole, tangle);
    }
    let (shell, holes) = whole.into_inner();
    if has_no_surface(&shell) {
        return Err(Invalid::NoSurface);
    }
    if holes.is_empty() {
        return Ok(vec![Polygon::new(shell, holes)]);
    }
    let edges = Edges::new(std::iter::once(&shell));
    let count = holes.len();
    let holes: Vec<LineString<f64>> =
        holes.into_iter().filter(|hole| is_inside(hole, &edges)).collect();
    let within = nested(&holes);
    let holes: Vec<LineString<f64>> =
        holes.into_iter().zip(within).filter(|(_, within)| !within).map(|(hole, _)| hole).collect();
    note(what, Repair::StrayHole, holes.len() < count);
    Ok(vec![Polygon::new(shell, holes)])
}

/// Whether a ring that does not cross itself encloses nothing that could be measured.
fn has_no_surface(shell: &LineString<f64>) -> bool {
    // A hundredth of a square metre is surface enough; only slivers need the ellipsoid.
    let outline = Polygon::new(shell.clone(), Vec::new());
    outline.unsigned_area() < 1e-12 && polygon_surface(&outline) <= 0.0
}

/// Cuts a polygon whose rings cross at the crossings.
fn untangle(polygon: &Polygon<f64>, tangle: Tangle) -> Result<Vec<Polygon<f64>>, Invalid> {
    let nothing = MultiPolygon::<f64>::new(Vec::new());
    let fill = |ring: &LineString<f64>, rule: FillRule| {
        Polygon::new(ring.clone(), Vec::new()).boolean_op_with_fill_rule(
            &nothing,
            OpType::Union,
            rule,
        )
    };
    let shell = fill(polygon.exterior(), FillRule::NonZero);
    let enclosed = surface(&shell);
    if enclosed <= 0.0 {
        return Err(Invalid::NoSurface);
    }
    let once = surface(&fill(polygon.exterior(), FillRule::EvenOdd));
    if tangle == Tangle::Refuse && once < enclosed * 0.95 {
        return Err(Invalid::Tangled);
    }
    let mut left = shell;
    for hole in polygon.interiors() {
        left = left.difference(&fill(hole, FillRule::NonZero));
    }
    // Crossings leave crumbs of the size of rounding.
    left.0.retain(|part| polygon_surface(part) > enclosed * 1e-9);
    if left.0.is_empty() { Err(Invalid::NoSurface) } else { Ok(left.0) }
}

#[cfg(test)]
mod tests;

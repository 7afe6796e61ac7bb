//! Whether a geometry is sound, and what can safely be mended.

use geo::algorithm::bool_ops::{BooleanOps, FillRule, OpType};
use geo::line_intersection::{LineIntersection, line_intersection};
use geo::{Area, CoordsIter};
use geo_types::{
    Coord, Geometry, Line, LineString, MultiLineString, MultiPoint, MultiPolygon, Polygon,
};

/// Mends a geometry; true if something had to be mended. The error says why it cannot be.
///
/// Left as they are: sound geometries; a point repeated at once is dropped without a word. Mended: rings
/// without surface inside a polygon, line parts of a single point, and rings that cross themselves where
/// both ways to fill them give nearly the same surface, as in a bow-tie.
pub fn mend(geometry: Geometry<f64>) -> Result<(Geometry<f64>, bool), &'static str> {
    if geometry.coords_iter().any(|c| !(c.x.is_finite() && c.y.is_finite())) {
        return Err("not-finite");
    }
    let mut mended = false;
    let sound = match geometry {
        Geometry::Point(_) => geometry,
        Geometry::MultiPoint(MultiPoint(mut points)) => match points.len() {
            0 => return Err("no-points"),
            1 => points.remove(0).into(),
            _ => MultiPoint(points).into(),
        },
        Geometry::LineString(line) => line_of(line).map(Geometry::from).ok_or("too-short")?,
        Geometry::MultiLineString(MultiLineString(lines)) => {
            let all = lines.len();
            let mut kept: Vec<_> = lines.into_iter().filter_map(line_of).collect();
            mended |= kept.len() < all;
            match kept.len() {
                0 => return Err("too-short"),
                1 => kept.remove(0).into(),
                _ => MultiLineString(kept).into(),
            }
        }
        Geometry::Polygon(polygon) => polygons(vec![polygon], &mut mended)?,
        Geometry::MultiPolygon(MultiPolygon(all)) => polygons(all, &mut mended)?,
        Geometry::GeometryCollection(mut members) if members.0.len() == 1 => {
            return mend(members.0.remove(0));
        }
        _ => return Err("collection"),
    };
    Ok((sound, mended))
}

/// The line without repeated points; `None` if fewer than two are left.
fn line_of(mut line: LineString<f64>) -> Option<LineString<f64>> {
    line.0.dedup();
    (line.0.len() >= 2).then_some(line)
}

/// A ring that encloses something: at least three different points.
fn ring_of(mut ring: LineString<f64>) -> Option<LineString<f64>> {
    ring.0.dedup();
    (ring.0.len() >= 4 && has_width(&ring)).then_some(ring)
}

/// Whether the corners do not all lie on one line. The surface does not tell: a bow-tie has none in sum.
fn has_width(ring: &LineString<f64>) -> bool {
    let Some(first) = ring.0.first().copied() else { return false };
    let reach = |c: &Coord<f64>| (c.x - first.x).hypot(c.y - first.y);
    let Some(far) = ring.0.iter().copied().max_by(|a, b| reach(a).total_cmp(&reach(b))) else {
        return false;
    };
    let length = reach(&far);
    ring.0.iter().any(|c| {
        let across = (far.x - first.x) * (c.y - first.y) - (far.y - first.y) * (c.x - first.x);
        across.abs() > 1e-12 * length * length
    })
}

fn polygons(all: Vec<Polygon<f64>>, mended: &mut bool) -> Result<Geometry<f64>, &'static str> {
    let mut out: Vec<Polygon<f64>> = Vec::with_capacity(all.len());
    let many = all.len() > 1;
    for polygon in all {
        let (shell, holes) = polygon.into_inner();
        let Some(shell) = ring_of(shell) else {
            if many {
                *mended = true;
                continue;
            }
            return Err("no-surface");
        };
        let before = holes.len();
        let holes: Vec<_> = holes.into_iter().filter_map(ring_of).collect();
        *mended |= holes.len() < before;
        let rings: Vec<&LineString<f64>> = std::iter::once(&shell).chain(&holes).collect();
        if crosses_itself(&rings) {
            *mended = true;
            out.extend(untangled(&Polygon::new(shell, holes)).ok_or("tangled")?);
        } else {
            out.push(Polygon::new(shell, holes));
        }
    }
    match out.len() {
        0 => Err("no-surface"),
        1 => Ok(out.remove(0).into()),
        _ => Ok(MultiPolygon(out).into()),
    }
}

/// The surface of a polygon that crosses itself, if it is the same however one fills it.
fn untangled(polygon: &Polygon<f64>) -> Option<Vec<Polygon<f64>>> {
    let nothing = MultiPolygon::<f64>(Vec::new());
    let fill = |rule| polygon.boolean_op_with_fill_rule(&nothing, OpType::Union, rule);
    let (odd, all) = (fill(FillRule::EvenOdd), fill(FillRule::NonZero));
    let (odd_area, all_area) = (odd.unsigned_area(), all.unsigned_area());
    // Real outlines overlap themselves by slivers where they were digitised twice.
    let same = (odd_area - all_area).abs() <= 1e-4 * all_area;
    (same && odd_area > 0.0).then_some(all.0)
}

/// Whether rings cross or touch themselves or each other otherwise than end to end.
///
/// Segments are swept by their left ends, so that only those side by side are compared.
fn crosses_itself(rings: &[&LineString<f64>]) -> bool {
    let mut segments: Vec<(usize, usize, Line<f64>)> = Vec::new();
    for (ring, line) in rings.iter().enumerate() {
        segments.extend(line.lines().enumerate().map(|(at, segment)| (ring, at, segment)));
    }
    if repeats_a_point(rings) {
        return true;
    }
    let left = |s: &Line<f64>| s.start.x.min(s.end.x);
    let right = |s: &Line<f64>| s.start.x.max(s.end.x);
    segments.sort_by(|a, b| left(&a.2).total_cmp(&left(&b.2)));
    let mut open: Vec<&(usize, usize, Line<f64>)> = Vec::new();
    for segment in &segments {
        open.retain(|other| right(&other.2) >= left(&segment.2));
        for other in &open {
            let (low, high) =
                (segment.2.start.y.min(segment.2.end.y), segment.2.start.y.max(segment.2.end.y));
            let (from, to) =
                (other.2.start.y.min(other.2.end.y), other.2.start.y.max(other.2.end.y));
            if to >= low && from <= high && crosses(segment, other) {
                return true;
            }
        }
        open.push(segment);
    }
    false
}

fn crosses(a: &(usize, usize, Line<f64>), b: &(usize, usize, Line<f64>)) -> bool {
    match line_intersection(a.2, b.2) {
        None => false,
        Some(LineIntersection::Collinear { intersection }) => {
            intersection.start != intersection.end
        }
        // Neighbours share a point; a corner of one ring may rest on another.
        Some(LineIntersection::SinglePoint { is_proper, .. }) => is_proper,
    }
}

/// Whether a ring comes back to one of its corners before it closes.
fn repeats_a_point(rings: &[&LineString<f64>]) -> bool {
    rings.iter().any(|ring| {
        let mut corners: Vec<Coord<f64>> = ring.0.iter().skip(1).copied().collect();
        corners.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        corners.windows(2).any(|pair| pair[0] == pair[1])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{Point, line_string, polygon};

    fn area(geometry: &Geometry<f64>) -> f64 {
        geometry.unsigned_area()
    }

    #[test]
    fn sound_geometries_stay_as_they_are() {
        let hole = polygon!(
            exterior: [(x: 0., y: 0.), (x: 9., y: 0.), (x: 9., y: 9.), (x: 0., y: 9.), (x: 0., y: 0.)],
            interiors: [[(x: 2., y: 1.), (x: 4., y: 1.), (x: 4., y: 2.), (x: 2., y: 1.)]]);
        for sound in [
            Geometry::from(Point::new(1.0, 2.0)),
            line_string![(x: 0., y: 0.), (x: 1., y: 1.), (x: 0., y: 1.), (x: 1., y: 0.)].into(),
            hole.into(),
        ] {
            assert_eq!(mend(sound.clone()), Ok((sound, false)));
        }
    }

    #[test]
    fn a_bow_tie_becomes_its_two_halves() {
        let tie = polygon![(x: 0., y: 0.), (x: 2., y: 2.), (x: 2., y: 0.), (x: 0., y: 2.), (x: 0., y: 0.)];
        let (mended, changed) = mend(tie.into()).unwrap();
        assert!(changed && matches!(mended, Geometry::MultiPolygon(ref m) if m.0.len() == 2));
        assert!((area(&mended) - 2.0).abs() < 1e-6);
    }

    #[test]
    fn a_ring_that_covers_itself_twice_is_refused() {
        let twice = polygon![(x: 0., y: 0.), (x: 4., y: 0.), (x: 4., y: 4.), (x: 1., y: 4.),
            (x: 1., y: 1.), (x: 6., y: 1.), (x: 6., y: 2.), (x: 0., y: 2.), (x: 0., y: 0.)];
        assert_eq!(mend(twice.into()), Err("tangled"));
    }

    #[test]
    fn what_has_no_extent_is_refused_and_what_repeats_is_thinned() {
        assert_eq!(mend(line_string![(x: 1., y: 1.), (x: 1., y: 1.)].into()), Err("too-short"));
        let flat = polygon![(x: 0., y: 0.), (x: 1., y: 1.), (x: 2., y: 2.), (x: 0., y: 0.)];
        assert_eq!(mend(flat.into()), Err("no-surface"));
        assert_eq!(mend(Point::new(f64::NAN, 1.0).into()), Err("not-finite"));
        let double = line_string![(x: 0., y: 0.), (x: 0., y: 0.), (x: 1., y: 1.)];
        let (thin, changed) = mend(double.into()).unwrap();
        assert_eq!((thin.coords_count(), changed), (2, false));
    }
}

//! Joins lines of layers that were drawn without regard to a net: ends are moved onto the road
//! they nearly meet, crossings become corners of both roads.

use std::collections::BTreeMap;

use geo::line_intersection::{LineIntersection, line_intersection};
use geo_types::{Coord, Line};

use super::build::{BuildReport, Gap, RoadLine, key};
use super::place::Scale;
use crate::spatial::FeatureIndex;

/// An end that lies nearer than this to another road belongs to it, in metres.
const TOLERANCE_M: f64 = 2.0;
/// An end that lies nearer than this to another road is pointed out, in metres.
const GAP_M: f64 = 15.0;

/// Corners to be put into lines: line, segment, share of the segment, where.
type Cuts = BTreeMap<(usize, usize), Vec<(f64, Coord<f64>)>>;

/// Joins the lines that are not joined at their nodes, to each other and to the rest.
pub(super) fn node_lines(lines: &mut [RoadLine], report: &mut BuildReport) {
    if lines.iter().all(|line| line.noded) {
        return;
    }
    let segments: Vec<(usize, usize)> = lines
        .iter()
        .enumerate()
        .flat_map(|(n, line)| (0..line.corners.len() - 1).map(move |segment| (n, segment)))
        .collect();
    let line_of = |lines: &[RoadLine], (n, at): (usize, usize)| {
        Line::new(lines[n].corners[at], lines[n].corners[at + 1])
    };
    let shapes: Vec<geo_types::Geometry<f64>> =
        segments.iter().map(|at| geo_types::LineString::from(line_of(lines, *at)).into()).collect();
    let index = FeatureIndex::build((0_u32..).zip(&shapes));
    let mut cuts = Cuts::new();
    cross(lines, &segments, &index, &line_of, &mut cuts, report);
    snap(lines, &segments, &index, &line_of, &mut cuts, report);
    for ((n, segment), mut places) in cuts.into_iter().rev() {
        places.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let corners = places.into_iter().map(|(_, at)| at);
        lines[n].corners.splice(segment + 1..segment + 1, corners);
        lines[n].corners.dedup_by_key(|at| key(*at));
    }
}

/// How far another road is in metres, which segment, which share of it, and where.
type Near = (f64, (usize, usize), f64, Coord<f64>);

type LineOf<'a> = &'a dyn Fn(&[RoadLine], (usize, usize)) -> Line<f64>;

/// Finds crossings of roads on one level.
fn cross(
    lines: &[RoadLine],
    segments: &[(usize, usize)],
    index: &FeatureIndex,
    line_of: LineOf<'_>,
    cuts: &mut Cuts,
    report: &mut BuildReport,
) {
    use geo::BoundingRect;
    for (number, at) in segments.iter().enumerate() {
        let own = &lines[at.0];
        if own.noded {
            continue;
        }
        let segment = line_of(lines, *at);
        for other_number in index.window(segment.bounding_rect()) {
            let other_at = segments[other_number as usize];
            let other = &lines[other_at.0];
            // Each pair once; what is joined at its nodes is not cut by itself.
            let again = other_number as usize <= number && !other.noded;
            let one_level = own.level.is_some() && own.level == other.level;
            if again || other_at.0 == at.0 || !one_level {
                continue;
            }
            let other_segment = line_of(lines, other_at);
            let Some(LineIntersection::SinglePoint { intersection, is_proper: true }) =
                line_intersection(segment, other_segment)
            else {
                continue;
            };
            report.joined += 1;
            for (at, line) in [(*at, segment), (other_at, other_segment)] {
                cuts.entry(at).or_default().push((share(line, intersection), intersection));
            }
        }
    }
}

/// Moves ends onto roads that they nearly meet, and notes gaps.
fn snap(
    lines: &mut [RoadLine],
    segments: &[(usize, usize)],
    index: &FeatureIndex,
    line_of: LineOf<'_>,
    cuts: &mut Cuts,
    report: &mut BuildReport,
) {
    let mut ends: BTreeMap<(i32, i32), usize> = BTreeMap::new();
    for line in lines.iter() {
        for at in &line.corners {
            *ends.entry(key(*at)).or_default() += 1;
        }
    }
    for n in 0..lines.len() {
        for last in [false, true] {
            let at = if last { lines[n].corners.len() - 1 } else { 0 };
            let end = lines[n].corners[at];
            if lines[n].noded || ends.get(&key(end)).copied().unwrap_or(0) > 1 {
                continue;
            }
            let scale = Scale::at(end);
            let reach = Coord { x: GAP_M / scale.x, y: GAP_M / scale.y };
            let window = geo_types::Rect::new(end - reach, end + reach);
            let mut best: Option<Near> = None;
            for number in index.window(window) {
                let other = segments[number as usize];
                let levels = (lines[n].level, lines[other.0].level);
                // A bridge ends on the ground; what lies on two levels does not meet.
                if other.0 == n || matches!(levels, (Some(a), Some(b)) if a != b) {
                    continue;
                }
                let line = line_of(lines, other);
                let share = share_near(line, end, &scale);
                let place = line.start + (line.end - line.start) * share;
                let metres = scale.length(place - end);
                if best.is_none_or(|best| metres < best.0) {
                    best = Some((metres, other, share, place));
                }
            }
            match best {
                Some((metres, other, share, place)) if metres <= TOLERANCE_M => {
                    report.joined += 1;
                    lines[n].corners[at] = place;
                    cuts.entry(other).or_default().push((share, place));
                }
                Some((metres, ..)) if metres <= GAP_M => {
                    report.gaps.push(Gap { row: lines[n].row, at: end, metres });
                }
                _ => {}
            }
        }
    }
}

fn share(line: Line<f64>, at: Coord<f64>) -> f64 {
    let (way, to) = (line.end - line.start, at - line.start);
    ((to.x * way.x + to.y * way.y) / (way.x * way.x + way.y * way.y)).clamp(0.0, 1.0)
}

/// The share of the way along a line that is nearest to a place.
fn share_near(line: Line<f64>, at: Coord<f64>, scale: &Scale) -> f64 {
    let (way, to) = (scale.metres(line.end - line.start), scale.metres(at - line.start));
    let length2 = way[0] * way[0] + way[1] * way[1];
    if length2 <= 0.0 {
        return 0.0;
    }
    ((to[0] * way[0] + to[1] * way[1]) / length2).clamp(0.0, 1.0)
}

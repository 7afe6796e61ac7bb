//! Areas against features, with shares one can work out by hand.

use geo_types::{line_string, point, polygon};

use super::*;
use crate::spatial::measure::{destination, geodesic_distance};

fn square(x: f64, y: f64, side: f64) -> Polygon<f64> {
    Rect::new((x, y), (x + side, y + side)).to_polygon()
}

fn area(parts: Vec<Polygon<f64>>) -> Area {
    Area::new(MultiPolygon::new(parts)).unwrap()
}

#[track_caller]
fn check_share(area: &Area, village: impl Into<Geometry<f64>>, share: f64) {
    let own = match area.coverage(&village.into()) {
        Coverage::Outside => 0.0,
        Coverage::Inside => 1.0,
        Coverage::Partly(share) => share,
    };
    // Degrees of latitude differ in width: half the degrees is not quite half the surface.
    assert!((own - share).abs() < 2e-5, "{own} instead of {share}");
}

#[test]
fn shares_by_hand() {
    let danger = area(vec![square(116.4, 35.6, 0.1)]);
    // A village of 0.02° a side, moved across the western edge.
    check_share(&danger, square(116.38, 35.65, 0.02), 0.0);
    check_share(&danger, square(116.385, 35.65, 0.02), 0.25);
    check_share(&danger, square(116.39, 35.65, 0.02), 0.5);
    check_share(&danger, square(116.395, 35.65, 0.02), 0.75);
    check_share(&danger, square(116.4, 35.65, 0.02), 1.0);
    check_share(&danger, square(116.45, 35.65, 0.02), 1.0);
    // Over the corner: a quarter.
    check_share(&danger, square(116.39, 35.59, 0.02), 0.25);
    // Around the danger area: (0.1 / 0.3)².
    check_share(&danger, square(116.3, 35.5, 0.3), 1.0 / 9.0);
    // Half by a diagonal, and a little more: its middle lies 1/60° south of the square's, where a degree
    // of longitude is tan(35.65°) · 1/60° = 0.0209 % longer.
    let half = polygon![(x: 116.4, y: 35.6), (x: 116.5, y: 35.6), (x: 116.5, y: 35.7)];
    check_share(&area(vec![half]), square(116.4, 35.6, 0.1), 0.500_104);
}

#[test]
fn inside_and_outside_are_exact() {
    let danger = area(vec![square(116.4, 35.6, 0.1)]);
    assert_eq!(danger.coverage(&square(116.4, 35.6, 0.1).into()), Coverage::Inside);
    assert_eq!(danger.coverage(&square(116.4, 35.6, 0.05).into()), Coverage::Inside);
    assert_eq!(danger.coverage(&square(116.5, 35.6, 0.1).into()), Coverage::Outside);
    assert_eq!(danger.coverage(&square(117.5, 35.6, 0.1).into()), Coverage::Outside);
    assert_eq!(danger.coverage(&point!(x: 116.4, y: 35.6).into()), Coverage::Inside);
    assert_eq!(danger.coverage(&point!(x: 116.3999, y: 35.6).into()), Coverage::Outside);
}

#[test]
fn overlapping_polygons_count_once() {
    let danger = area(vec![square(116.4, 35.6, 0.1), square(116.45, 35.6, 0.1)]);
    assert_eq!(danger.repairs(), [Repair::OverlappingParts]);
    assert!(danger.contains(Coord { x: 116.47, y: 35.65 }));
    check_share(&danger, square(116.44, 35.64, 0.02), 1.0);
    check_share(&danger, square(116.35, 35.6, 0.1), 0.5);
    assert!((danger.surface() / surface(&square(116.4, 35.6, 0.1).into()) - 1.5).abs() < 1e-4);
}

#[test]
fn a_hole_is_not_in_danger() {
    let ring = Polygon::new(
        square(116.4, 35.6, 0.1).exterior().clone(),
        vec![square(116.44, 35.64, 0.02).exterior().clone()],
    );
    let danger = area(vec![ring]);
    assert!(!danger.contains(Coord { x: 116.45, y: 35.65 }));
    assert!(danger.contains(Coord { x: 116.44, y: 35.65 }));
    assert_eq!(danger.coverage(&square(116.445, 35.645, 0.01).into()), Coverage::Outside);
    check_share(&danger, square(116.43, 35.63, 0.04), 0.75);
    assert!(!danger.touches(&square(116.445, 35.645, 0.01).into()));
    assert!(danger.touches(&square(116.43, 35.63, 0.04).into()));
    // An island of danger inside the hole.
    let island = area(vec![danger.polygons().0[0].clone(), square(116.445, 35.645, 0.01)]);
    assert!(island.contains(Coord { x: 116.45, y: 35.65 }));
}

#[test]
fn a_bow_tie_drawn_by_hand_counts_both_halves() {
    let bow_tie = polygon![(x: 116.4, y: 35.6), (x: 116.6, y: 35.8), (x: 116.6, y: 35.6), (x: 116.4, y: 35.8)];
    let danger = area(vec![bow_tie]);
    assert_eq!(danger.repairs(), [Repair::SelfIntersection]);
    assert!(danger.contains(Coord { x: 116.42, y: 35.7 }));
    assert!(danger.contains(Coord { x: 116.58, y: 35.7 }));
    assert!(!danger.contains(Coord { x: 116.5, y: 35.62 }));
    check_share(&danger, square(116.4, 35.6, 0.2), 0.5);
}

#[test]
fn lines_touch_by_crossing_or_lying_inside() {
    let danger = area(vec![square(116.4, 35.6, 0.1), square(116.7, 35.6, 0.1)]);
    let touches = |line: LineString<f64>| danger.touches(&line.into());
    assert!(touches(line_string![(x: 116.3, y: 35.65), (x: 116.6, y: 35.66)]));
    assert!(touches(line_string![(x: 116.45, y: 35.65), (x: 116.46, y: 35.66)]));
    assert!(touches(line_string![(x: 116.3, y: 35.6), (x: 116.6, y: 35.6)]));
    assert!(!touches(line_string![(x: 116.55, y: 35.5), (x: 116.65, y: 35.9)]));
    assert!(danger.touches(&square(116.0, 35.0, 1.0).into()));
    assert!(!danger.touches(&square(116.55, 35.6, 0.1).into()));
}

#[test]
fn a_circle_is_round_on_the_ground() {
    let centre = Coord { x: 116.5, y: 35.7 };
    let circle = Area::circle(centre, Metres(2000.0)).unwrap();
    for corner in circle.polygons().0[0].exterior() {
        assert!((geodesic_distance(centre, *corner).0 - 2000.0).abs() < 0.0105);
    }
    let expected = std::f64::consts::PI * 4e6;
    assert!((circle.surface() / expected - 1.0).abs() < 1e-5);
    // What is nearer than the radius is in it, and nothing beyond, to a centimetre.
    for turn in 0..360 {
        let at = |metres: f64| destination(centre, f64::from(turn) * 1.003, Metres(metres));
        assert!(circle.contains(at(1999.98)) && !circle.contains(at(2000.02)));
    }
    assert!(circle.repairs().is_empty());
}

#[test]
fn nonsense_is_no_area() {
    let fault = |ring: Vec<(f64, f64)>| {
        Area::new(MultiPolygon::new(vec![Polygon::new(ring.into(), vec![])])).unwrap_err()
    };
    assert_eq!(fault(vec![]), AreaFault::Empty);
    assert_eq!(fault(vec![(0., 0.), (1., 1.)]), AreaFault::Empty);
    assert_eq!(fault(vec![(0., 0.), (1., 1.), (2., 2.)]), AreaFault::Empty);
    assert_eq!(fault(vec![(0., 0.), (f64::NAN, 1.), (2., 2.)]), AreaFault::OffTheGlobe);
    assert_eq!(fault(vec![(0., 0.), (190., 1.), (2., 2.)]), AreaFault::OffTheGlobe);
    assert_eq!(Area::circle(Coord { x: 0., y: 0. }, Metres(0.0)).unwrap_err(), AreaFault::Empty);
    assert!(Area::circle(Coord { x: 0., y: f64::NAN }, Metres(1.0)).is_err());
}

/// Against the plain predicates of `geo`, for a jagged area and features all over it.
#[test]
fn agrees_with_the_unprepared_predicates() {
    let ring: Vec<Coord<f64>> = (0..2000)
        .map(|i| {
            let turn = f64::from(i) * std::f64::consts::TAU / 2000.0;
            let r = 0.1 + 0.03 * (turn * 7.0).sin() + 0.002 * (turn * 311.0).cos();
            Coord { x: 116.5 + r * turn.cos(), y: 35.7 + r * turn.sin() }
        })
        .collect();
    let jagged = Polygon::new(LineString::new(ring), vec![]);
    let danger = area(vec![jagged.clone()]);
    for i in 0..40 {
        for j in 0..40 {
            let at = Coord { x: 116.36 + 0.007 * f64::from(i), y: 35.56 + 0.007 * f64::from(j) };
            assert_eq!(danger.contains(at), jagged.intersects(&Point(at)), "{at:?}");
            let village = square(at.x, at.y, 0.004);
            assert_eq!(danger.touches(&village.clone().into()), jagged.intersects(&village));
            let plain = {
                use geo::Area;
                jagged.intersection(&village).unsigned_area() / village.unsigned_area()
            };
            check_share(&danger, village, if plain < 1e-6 { 0.0 } else { plain });
        }
    }
}

#[test]
fn stretches_of_a_segment_by_hand() {
    let at = |x: f64, y: f64| Coord { x, y };
    let near = |found: Vec<[f64; 2]>, wanted: &[[f64; 2]]| {
        let equal = found.len() == wanted.len()
            && found
                .iter()
                .flatten()
                .zip(wanted.iter().flatten())
                .all(|(a, b)| (a - b).abs() < 1e-9);
        assert!(equal, "{found:?} instead of {wanted:?}");
    };
    // Two squares of a degree with a degree between them.
    let danger = area(vec![square(1.0, 0.0, 1.0), square(3.0, 0.0, 1.0)]);
    near(danger.stretches(at(0.0, 0.5), at(5.0, 0.5)), &[[0.2, 0.4], [0.6, 0.8]]);
    near(danger.stretches(at(5.0, 0.5), at(0.0, 0.5)), &[[0.2, 0.4], [0.6, 0.8]]);
    near(danger.stretches(at(1.2, 0.5), at(1.8, 0.5)), &[[0.0, 1.0]]);
    near(danger.stretches(at(1.5, 0.5), at(2.5, 0.5)), &[[0.0, 0.5]]);
    near(danger.stretches(at(0.0, 2.0), at(5.0, 2.0)), &[]);
    near(danger.stretches(at(2.2, 0.5), at(2.8, 0.5)), &[]);
    near(danger.stretches(at(1.5, 0.5), at(1.5, 0.5)), &[]);
}

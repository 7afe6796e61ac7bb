//! Geometries as hands and programs spoil them, with what is left worked out by hand.

use super::*;
use geo_types::{point, polygon};

#[track_caller]
fn check(geometry: impl Into<Geometry<f64>>, what: &[Repair]) -> Geometry<f64> {
    let repaired = repair(&geometry.into()).unwrap();
    assert_eq!(repaired.what, what);
    assert_eq!(repair(&repaired.geometry).unwrap().what, [], "repair is not complete");
    repaired.geometry
}

#[track_caller]
fn refused(geometry: impl Into<Geometry<f64>>, why: Invalid) {
    assert_eq!(repair(&geometry.into()), Err(why));
}

fn square(x: f64, y: f64, side: f64) -> LineString<f64> {
    vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)].into()
}

fn area(geometry: &Geometry<f64>) -> f64 {
    use geo::Area;
    geometry.unsigned_area()
}

#[test]
fn sound_geometries_stay_as_they_are() {
    let with_hole = Polygon::new(square(0., 0., 4.), vec![square(1., 1., 1.)]);
    let out = check(with_hole.clone(), &[]);
    assert_eq!(area(&out), 15.0);
    check(point!(x: 116.5, y: 35.7), &[]);
    check(LineString::from(vec![(0., 0.), (1., 1.), (0., 1.), (1., 0.)]), &[]);
    // A hole that touches the shell in one corner is allowed.
    check(
        Polygon::new(square(0., 0., 4.), vec![vec![(0., 2.), (1., 1.), (1., 3.), (0., 2.)].into()]),
        &[],
    );
    // Neighbours that share an edge do not overlap.
    check(
        MultiPolygon::new(vec![
            Polygon::new(square(0., 0., 1.), vec![]),
            Polygon::new(square(1., 0., 1.), vec![]),
        ]),
        &[],
    );
}

#[test]
fn shells_run_counter_clockwise_and_holes_clockwise() {
    use geo::Winding;
    let mut shell = square(0., 0., 4.);
    shell.0.reverse();
    let out = check(Polygon::new(shell, vec![square(1., 1., 1.)]), &[]);
    let Geometry::Polygon(p) = out else { panic!("{out:?}") };
    assert!(p.exterior().is_ccw() && p.interiors()[0].is_cw());
}

#[test]
fn repeated_vertices_go() {
    let out = check(
        polygon![(x: 0., y: 0.), (x: 1., y: 0.), (x: 1., y: 0.), (x: 1., y: 1.)],
        &[Repair::RepeatedVertices],
    );
    assert_eq!(area(&out), 0.5);
    check(LineString::from(vec![(0., 0.), (0., 0.), (1., 1.)]), &[Repair::RepeatedVertices]);
}

#[test]
fn a_bow_tie_falls_into_its_two_triangles() {
    let out = check(
        polygon![(x: 0., y: 0.), (x: 2., y: 2.), (x: 2., y: 0.), (x: 0., y: 2.)],
        &[Repair::SelfIntersection],
    );
    let Geometry::MultiPolygon(m) = &out else { panic!("{out:?}") };
    assert_eq!(m.0.len(), 2);
    assert!((area(&out) - 2.0).abs() < 1e-6);
}

#[test]
fn a_spike_is_cut_off() {
    let out = check(
        polygon![(x: 0., y: 0.), (x: 2., y: 0.), (x: 2., y: 2.), (x: 2., y: 5.), (x: 2., y: 2.), (x: 0., y: 2.)],
        &[Repair::SelfIntersection],
    );
    assert!((area(&out) - 4.0).abs() < 1e-6);
}

#[test]
fn an_outline_that_runs_twice_around_is_refused() {
    // A pentagram: its middle is enclosed twice.
    let corner = |i: u32| {
        let turn = f64::from(i * 2 % 5) * std::f64::consts::TAU / 5.0;
        Coord { x: turn.sin(), y: turn.cos() }
    };
    let star = Polygon::new(LineString::new((0..5).map(corner).collect()), vec![]);
    refused(star.clone(), Invalid::Tangled);
    let filled = polygons(&[star], &mut BTreeSet::new(), Tangle::Fill).unwrap();
    // Pentagon of the tips (2.3776) less its five notches: 1.1226 for circumradius 1.
    assert!((area(&filled.into()) - 1.122_57).abs() < 1e-4);
}

#[test]
fn stray_holes_and_empty_parts_are_dropped() {
    let out = check(
        Polygon::new(square(0., 0., 4.), vec![square(9., 9., 1.), square(1., 1., 1.)]),
        &[Repair::StrayHole],
    );
    assert_eq!(area(&out), 15.0);
    let flat = Polygon::new(vec![(9., 9.), (8., 8.), (9., 9.)].into(), vec![]);
    let out = check(
        MultiPolygon::new(vec![flat.clone(), Polygon::new(square(0., 0., 2.), vec![])]),
        &[Repair::EmptyPart],
    );
    assert_eq!(area(&out), 4.0);
    refused(flat, Invalid::TooFewCorners);
}

#[test]
fn a_hole_across_the_shell_is_cut_out_of_it() {
    let out = check(
        Polygon::new(square(0., 0., 4.), vec![square(3., 1., 2.)]),
        &[Repair::SelfIntersection],
    );
    assert!((area(&out) - 14.0).abs() < 1e-6);
}

#[test]
fn overlapping_parts_are_joined() {
    let out = check(
        MultiPolygon::new(vec![
            Polygon::new(square(0., 0., 2.), vec![]),
            Polygon::new(square(1., 1., 2.), vec![]),
        ]),
        &[Repair::OverlappingParts],
    );
    assert!((area(&out) - 7.0).abs() < 1e-6);
}

#[test]
fn nonsense_is_refused() {
    refused(point!(x: f64::NAN, y: 0.), Invalid::NotFinite);
    refused(point!(x: 181., y: 0.), Invalid::OffTheGlobe);
    refused(LineString::from(vec![(0., 0.), (0., 91.)]), Invalid::OffTheGlobe);
    refused(LineString::from(vec![(0., 0.), (0., 0.)]), Invalid::TooFewCorners);
    refused(LineString::<f64>::new(vec![]), Invalid::TooFewCorners);
    refused(MultiPolygon::<f64>::new(vec![]), Invalid::TooFewCorners);
    refused(polygon![(x: 0., y: 0.), (x: 1., y: 1.), (x: 2., y: 2.)], Invalid::NoSurface);
    refused(
        polygon![(x: 0., y: 0.), (x: 1., y: f64::INFINITY), (x: 2., y: 0.)],
        Invalid::NotFinite,
    );
}

#[test]
fn the_touching_corner_of_a_figure_eight_is_cut() {
    let out = check(
        polygon![(x: 0., y: 0.), (x: 1., y: 1.), (x: 2., y: 0.), (x: 2., y: 2.), (x: 1., y: 1.), (x: 0., y: 2.)],
        &[Repair::SelfIntersection],
    );
    assert!((area(&out) - 2.0).abs() < 1e-6);
}

#[test]
fn a_hole_larger_than_its_shell_is_dropped() {
    let out =
        check(Polygon::new(square(1., 1., 1.), vec![square(0., 0., 4.)]), &[Repair::StrayHole]);
    assert_eq!(area(&out), 1.0);
}

#[test]
fn a_hole_within_a_hole_is_dropped() {
    let out = check(
        Polygon::new(
            square(0., 0., 9.),
            vec![square(2., 2., 1.), square(1., 1., 4.), square(6., 6., 1.)],
        ),
        &[Repair::StrayHole],
    );
    assert_eq!(area(&out), 81.0 - 16.0 - 1.0);
}

#[test]
fn a_part_within_a_part_or_twice_is_joined_and_an_island_is_not() {
    let plain = |x, y, side| Polygon::new(square(x, y, side), vec![]);
    for (parts, surface) in [
        (vec![plain(0., 0., 4.), plain(1., 1., 1.)], 16.0),
        (vec![plain(1., 1., 1.), plain(0., 0., 4.)], 16.0),
        (vec![plain(0., 0., 4.), plain(0., 0., 4.)], 16.0),
        // Within, and along the outline.
        (vec![plain(0., 0., 4.), plain(0., 0., 1.)], 16.0),
    ] {
        let out = check(MultiPolygon::new(parts), &[Repair::OverlappingParts]);
        assert!((area(&out) - surface).abs() < 1e-6);
    }
    let lake = Polygon::new(square(0., 0., 4.), vec![square(1., 1., 2.)]);
    check(MultiPolygon::new(vec![lake.clone(), plain(1.5, 1.5, 1.)]), &[]);
    // An island that fills the lake shares its whole shore and no surface.
    check(MultiPolygon::new(vec![lake, plain(1., 1., 2.)]), &[]);
    check(MultiPolygon::new(vec![plain(0., 0., 1.), plain(1., 1., 1.), plain(0.5, 1., 0.5)]), &[]);
}

#[test]
fn a_small_part_on_the_edge_of_a_large_one_is_apart() {
    // Its corners lie on the long slanted edge only as far as numbers can say.
    let on = |t: f64| (116.0 + t, 35.0 + t / 3.0);
    let large = Polygon::new(vec![on(0.0), on(1.0), (116.0, 36.0), on(0.0)].into(), vec![]);
    let small = Polygon::new(vec![on(0.31), on(0.311), (116.312, 35.1), on(0.31)].into(), vec![]);
    check(MultiPolygon::new(vec![large, small]), &[]);
}

/// Long teeth side by side, turned by an angle so that no axis is parallel to them.
fn comb(teeth: u32, turn: f64) -> Polygon<f64> {
    let mut ring: Vec<(f64, f64)> = Vec::new();
    for tooth in 0..teeth {
        let y = f64::from(tooth) * 2e-5;
        ring.extend([(0.0, y), (0.3, y), (0.3, y + 1e-5), (0.0, y + 1e-5)]);
    }
    ring.extend([(-0.1, f64::from(teeth) * 2e-5), (-0.1, 0.0)]);
    let (sin, cos) = turn.sin_cos();
    let turned = ring.into_iter().map(|(x, y)| (x * cos - y * sin, x * sin + y * cos));
    Polygon::new(turned.collect::<Vec<_>>().into(), vec![])
}

#[test]
fn long_outlines_and_many_parts_are_checked_quickly() {
    let start = std::time::Instant::now();
    let sound = |geometry: Geometry<f64>| assert_eq!(repair(&geometry).unwrap().what, []);
    for turn in [0.0, 0.4, 0.8, 2.0] {
        sound(comb(5_000, turn).into());
    }
    let islands = (0..10_000_u32)
        .map(|i| square(f64::from(i % 100), f64::from(i / 100) * 0.5, 0.4))
        .map(|shore| Polygon::new(shore, vec![]));
    sound(MultiPolygon::new(islands.collect()).into());
    // Well under a second where each edge is compared with its neighbours only; all with all takes minutes.
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

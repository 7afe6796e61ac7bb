//! The index against brute force by geodesic, from a village to the whole world.

use geo_types::{LineString, MultiPolygon, Point, Polygon, line_string, point, polygon};

use super::*;

/// A fixed sequence without pattern (splitmix64), 0 to 1.
struct Scatter(u64);

impl Scatter {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn within(&mut self, [x0, y0, x1, y1]: [f64; 4]) -> Coord<f64> {
        Coord { x: x0 + self.next() * (x1 - x0), y: y0 + self.next() * (y1 - y0) }
    }
}

const COUNTY: [f64; 4] = [116.2, 35.5, 116.7, 36.0];
const CHINA: [f64; 4] = [73.0, 18.0, 135.0, 53.0];
const WORLD: [f64; 4] = [-180.0, -90.0, 180.0, 90.0];

fn index_of(geometries: &[Geometry<f64>]) -> FeatureIndex {
    FeatureIndex::build((0..).zip(geometries))
}

fn brute(points: &[Coord<f64>], at: Coord<f64>, accept: impl Fn(u32) -> bool) -> Vec<Near> {
    let mut all: Vec<Near> = (0..)
        .zip(points)
        .filter(|(item, _)| accept(*item))
        .map(|(item, p)| Near { item, at: *p, distance: geodesic_distance(at, *p) })
        .collect();
    all.sort_by(|a, b| a.distance.0.total_cmp(&b.distance.0).then(a.item.cmp(&b.item)));
    all
}

fn check_points(points: &[Coord<f64>], queries: &[Coord<f64>]) {
    let geometries: Vec<Geometry<f64>> = points.iter().map(|p| Point(*p).into()).collect();
    let index = index_of(&geometries);
    for at in queries {
        let all = brute(points, *at, |_| true);
        for k in [1, 5, 40] {
            let near = index.nearest(*at, k, None, &mut |_| true);
            assert_eq!(near, all[..k.min(all.len())], "{at:?}");
        }
        // Within: the border itself counts.
        let border = all[all.len() / 10].distance;
        let inside = all.iter().filter(|n| n.distance.0 <= border.0).count();
        let near = index.nearest(*at, usize::MAX, Some(border), &mut |_| true);
        assert_eq!(near, all[..inside], "{at:?}");
        // A filter that rejects nearly everything.
        let few = brute(points, *at, |item| item % 97 == 3);
        let near = index.nearest(*at, 3, None, &mut |item| item % 97 == 3);
        assert_eq!(near, few[..3.min(few.len())], "{at:?}");
    }
}

#[test]
fn points_of_a_county_come_in_geodesic_order() {
    let mut scatter = Scatter(1);
    let points: Vec<_> = (0..2000).map(|_| scatter.within(COUNTY)).collect();
    let queries: Vec<_> = (0..20).map(|_| scatter.within(COUNTY)).collect();
    check_points(&points, &queries);
}

#[test]
fn points_of_a_country_come_in_geodesic_order() {
    let mut scatter = Scatter(2);
    let points: Vec<_> = (0..2000).map(|_| scatter.within(CHINA)).collect();
    let queries: Vec<_> = (0..20).map(|_| scatter.within(CHINA)).collect();
    check_points(&points, &queries);
}

#[test]
fn points_of_the_world_come_in_geodesic_order() {
    let mut scatter = Scatter(3);
    let points: Vec<_> = (0..2000).map(|_| scatter.within(WORLD)).collect();
    let mut queries: Vec<_> = (0..15).map(|_| scatter.within(WORLD)).collect();
    queries.extend(
        [(180.0, 0.0), (-180.0, 10.0), (0.0, 90.0), (77.0, -90.0), (0.0, 0.0)].map(Coord::from),
    );
    check_points(&points, &queries);
}

/// From the far side of the globe a whole county is within the bounds of doubt.
#[test]
fn antipodal_questions_are_answered_in_order() {
    let mut scatter = Scatter(4);
    let points: Vec<_> = (0..500).map(|_| scatter.within(COUNTY)).collect();
    check_points(&points, &[Coord { x: -63.5, y: -35.7 }, Coord { x: -60.0, y: -30.0 }]);
}

#[test]
fn real_places_of_the_world_come_in_geodesic_order() {
    let Some(text) = crate::spatial::test_data("bench/geonames_cities500_world.csv") else {
        return;
    };
    let points: Vec<Coord<f64>> = text
        .lines()
        .skip(1)
        .filter_map(|line| {
            // A quoted name may hold a comma: count from the end.
            let cells: Vec<&str> = line.rsplit(',').collect();
            Some(Coord { x: cells.get(3)?.parse().ok()?, y: cells.get(4)?.parse().ok()? })
        })
        .collect();
    assert_eq!(points.len(), 234_908);
    let geometries: Vec<Geometry<f64>> = points.iter().map(|p| Point(*p).into()).collect();
    let index = index_of(&geometries);
    for at in [(116.489, 35.733), (-179.9, -17.0), (-140.0, 0.0)] {
        let at = Coord::from(at);
        let near = index.nearest(at, 20, None, &mut |_| true);
        assert_eq!(near, brute(&points, at, |_| true)[..20]);
    }
    // Every thousandth place as a question to every fiftieth.
    let some: Vec<Coord<f64>> = points.iter().step_by(50).copied().collect();
    let queries: Vec<Coord<f64>> = points.iter().skip(7).step_by(10_000).copied().collect();
    check_points(&some, &queries);
}

#[test]
fn ties_are_broken_by_number() {
    let twin: Geometry<f64> = point!(x: 116.5, y: 35.7).into();
    let far: Geometry<f64> = point!(x: 116.6, y: 35.7).into();
    let index = index_of(&[far, twin.clone(), twin.clone(), twin.clone(), twin]);
    let items = |k: usize| -> Vec<u32> {
        let at = Coord { x: 116.4, y: 35.7 };
        index.nearest(at, k, None, &mut |_| true).into_iter().map(|n| n.item).collect()
    };
    assert_eq!(items(2), [1, 2]);
    assert_eq!(items(9), [1, 2, 3, 4, 0]);
    // East and west of a meridian, mirrored: the same distance to the last bit.
    let mirrored: Vec<Geometry<f64>> =
        [0.1, -0.1, 0.1, -0.1].iter().map(|dx| point!(x: *dx, y: 35.0).into()).collect();
    let near = index_of(&mirrored).nearest(Coord { x: 0.0, y: 35.2 }, 3, None, &mut |_| true);
    assert_eq!(near.iter().map(|n| n.item).collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn nothing_asked_or_nothing_there_gives_nothing() {
    let index = index_of(&[point!(x: 116.5, y: 35.7).into()]);
    let at = Coord { x: 116.5, y: 35.7 };
    let mut all = |_: u32| true;
    assert_eq!(index.nearest(at, 0, None, &mut all), []);
    assert_eq!(index.nearest(at, 5, Some(Metres(-1.0)), &mut all), []);
    assert_eq!(index.nearest(at, 5, Some(Metres(f64::NAN)), &mut all), []);
    assert_eq!(index.nearest(Coord { x: f64::NAN, y: 0.0 }, 5, None, &mut all), []);
    assert_eq!(index.nearest(at, 5, Some(Metres(0.0)), &mut all).len(), 1);
    assert_eq!(index.nearest(at, 5, None, &mut |_| false), []);
    assert_eq!(FeatureIndex::default().nearest(at, 5, None, &mut all), []);
    assert_eq!(FeatureIndex::default().window(Rect::new((0., 0.), (1., 1.))), [0_u32; 0]);
    // A question that wrapped around the globe once is the same question.
    assert_eq!(index.nearest(Coord { x: 476.5, y: 35.7 }, 1, None, &mut all)[0].item, 0);
    let broken = [
        point!(x: f64::NAN, y: 0.0).into(),
        line_string![(x: 0.0, y: 0.0), (x: 0.0, y: 99.0)].into(),
    ];
    assert_eq!(index_of(&broken).nearest(at, 5, None, &mut all), []);
}

/// The least distance to any edge, by sampling each edge finely; 0 inside.
fn sampled(geometry: &Geometry<f64>, at: Coord<f64>) -> f64 {
    use geo::Contains;
    if geometry.contains(&at) {
        return 0.0;
    }
    let lines: Vec<_> = match geometry {
        Geometry::LineString(l) => l.lines().collect(),
        Geometry::Polygon(p) => p.exterior().lines().collect(),
        other => panic!("{other:?}"),
    };
    lines
        .into_iter()
        .map(|l| {
            let arc = crate::spatial::globe::Arc { a: l.start, b: l.end };
            let d = |t: f64| geodesic_distance(at, arc.at(t)).0;
            let best = (0..=16)
                .map(|i| f64::from(i) / 16.0)
                .min_by(|a, b| d(*a).total_cmp(&d(*b)))
                .unwrap();
            let (mut low, mut high) = ((best - 0.0625).max(0.0), (best + 0.0625).min(1.0));
            for _ in 0..40 {
                let (a, b) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
                if d(a) < d(b) { high = b } else { low = a }
            }
            d((low + high) / 2.0).min(d(0.0)).min(d(1.0))
        })
        .fold(f64::INFINITY, f64::min)
}

fn check_shapes(shapes: &[Geometry<f64>], queries: &[Coord<f64>]) {
    let index = index_of(shapes);
    for at in queries {
        let mut all: Vec<(f64, u32)> =
            (0..).zip(shapes).map(|(item, g): (u32, _)| (sampled(g, *at), item)).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let near = index.nearest(*at, 12, None, &mut |_| true);
        assert_eq!(near.len(), 12.min(shapes.len()));
        for (near, (distance, item)) in near.iter().zip(&all) {
            let close = 1e-4 + distance * 1e-8;
            assert!((near.distance.0 - distance).abs() < close, "{at:?}: {near:?}, not {distance}");
            // Two that are as far may change places with the sampling.
            let clear = all.iter().filter(|(d, _)| (d - distance).abs() < close).count() == 1;
            assert!(!clear || near.item == *item, "{at:?}: {near:?}, not {item}");
            assert_eq!(near.distance, geodesic_distance(*at, near.at));
        }
    }
}

fn mixed(scatter: &mut Scatter, frame: [f64; 4], size: f64, n: usize) -> Vec<Geometry<f64>> {
    (0..n)
        .map(|i| {
            let c = scatter.within(frame);
            let mut near = || Coord {
                x: (c.x + (scatter.next() - 0.5) * size).clamp(-180.0, 180.0),
                y: (c.y + (scatter.next() - 0.5) * size).clamp(-90.0, 90.0),
            };
            match i % 3 {
                0 => LineString::new(vec![near(), near(), near(), near()]).into(),
                1 => Polygon::new(LineString::new(vec![near(), near(), near()]), vec![]).into(),
                _ => Point(c).into(),
            }
        })
        .map(|g| match g {
            // The sampling wants edges.
            Geometry::Point(p) => LineString::new(vec![p.0, p.0]).into(),
            other => other,
        })
        .collect()
}

#[test]
fn lines_and_areas_of_a_county_come_in_order() {
    let mut scatter = Scatter(5);
    let shapes = mixed(&mut scatter, COUNTY, 0.05, 150);
    let queries: Vec<_> = (0..8).map(|_| scatter.within(COUNTY)).collect();
    check_shapes(&shapes, &queries);
}

#[test]
fn lines_and_areas_of_the_world_come_in_order() {
    let mut scatter = Scatter(6);
    let shapes = mixed(&mut scatter, WORLD, 8.0, 150);
    let mut queries: Vec<_> = (0..6).map(|_| scatter.within(WORLD)).collect();
    queries.extend([(180.0, 40.0), (10.0, 89.9)].map(Coord::from));
    check_shapes(&shapes, &queries);
}

#[test]
fn the_other_side_of_the_date_line_is_near() {
    let fiji: Geometry<f64> = polygon![(x: 179.0, y: -17.0), (x: 180.0, y: -17.0), (x: 180.0, y: -16.0), (x: 179.0, y: -16.0)].into();
    let samoa: Geometry<f64> = line_string![(x: -172.0, y: -14.0), (x: -171.0, y: -14.0)].into();
    let near =
        index_of(&[samoa, fiji]).nearest(Coord { x: -179.9, y: -16.5 }, 2, None, &mut |_| true);
    assert_eq!(near[0].item, 1);
    // 0.1° of longitude at 16.5°S is 10 676.4 m.
    assert!((near[0].distance.0 - 10_676.4).abs() < 0.1, "{near:?}");
}

#[test]
fn inside_an_area_is_no_distance_and_a_hole_is_outside() {
    let lake = Polygon::new(
        vec![(116.4, 35.6), (116.6, 35.6), (116.6, 35.8), (116.4, 35.8)].into(),
        vec![vec![(116.49, 35.69), (116.51, 35.69), (116.51, 35.71), (116.49, 35.71)].into()],
    );
    let well: Geometry<f64> = point!(x: 116.5, y: 35.7).into();
    let index = index_of(&[lake.clone().into(), well]);
    let near = |x: f64, y: f64| index.nearest(Coord { x, y }, 2, None, &mut |_| true);
    let inside = near(116.45, 35.65);
    assert_eq!((inside[0].item, inside[0].distance.0), (0, 0.0));
    assert_eq!(inside[0].at, Coord { x: 116.45, y: 35.65 });
    let on_island = near(116.501, 35.7);
    assert_eq!(on_island[0].item, 1);
    // 0.009° of longitude at 35.7° is 814.5 m.
    assert!((on_island[1].distance.0 - 814.5).abs() < 0.5, "{on_island:?}");
    assert_eq!(index.containing(Coord { x: 116.45, y: 35.65 }), [0]);
    assert_eq!(index.containing(Coord { x: 116.5, y: 35.7 }), [0_u32; 0]);
    assert_eq!(index.containing(Coord { x: 116.4, y: 35.7 }), [0]);
    // Parts of one feature count once, and the nearer one.
    let both: Geometry<f64> = MultiPolygon::new(vec![lake.clone(), lake]).into();
    assert_eq!(
        index_of(&[both]).nearest(Coord { x: 116.3, y: 35.7 }, 5, None, &mut |_| true).len(),
        1
    );
}

#[test]
fn each_feature_is_asked_for_once() {
    let river: Geometry<f64> = LineString::new(
        (0..100).map(|i| Coord { x: 116.3 + 0.004 * f64::from(i), y: 35.7 }).collect(),
    )
    .into();
    let index = index_of(&[river.clone(), river]);
    let mut asked = Vec::new();
    index.nearest(Coord { x: 116.5, y: 35.71 }, 5, None, &mut |item| {
        asked.push(item);
        false
    });
    asked.sort_unstable();
    assert_eq!(asked, [0, 1]);
}

#[test]
fn a_window_gives_what_it_meets() {
    let shapes: Vec<Geometry<f64>> = vec![
        point!(x: 116.5, y: 35.7).into(),
        line_string![(x: 116.0, y: 35.0), (x: 117.0, y: 36.0)].into(),
        point!(x: 116.6, y: 35.7).into(),
        polygon![(x: 116.55, y: 35.6), (x: 116.7, y: 35.6), (x: 116.7, y: 35.8)].into(),
    ];
    let index = index_of(&shapes);
    assert_eq!(index.window(Rect::new((116.45, 35.65), (116.55, 35.75))), [0, 1, 3]);
    assert_eq!(index.window(Rect::new((116.6, 35.7), (116.6, 35.7))), [1, 2, 3]);
    assert_eq!(index.window(Rect::new((118.0, 35.7), (119.0, 35.8))), [0_u32; 0]);
}

/// A line around the globe in a file of many must not blow the index up.
#[test]
fn absurdly_long_lines_stay_bounded() {
    let around: Geometry<f64> = line_string![(x: -180.0, y: -80.0), (x: 180.0, y: 80.0)].into();
    let index = index_of(&vec![around; 2000]);
    assert!(matches!(index.tree, Tree::Space(_)));
    let near = index.nearest(Coord { x: 0.0, y: 0.0 }, 1, None, &mut |_| true);
    assert!(near[0].distance.0 < 1.0, "{near:?}");
}

/// Which tree a layer stands in must not be told from its answers.
#[test]
fn both_trees_give_the_same_answers() {
    let mut scatter = Scatter(8);
    let mut shapes = mixed(&mut scatter, COUNTY, 0.05, 300);
    shapes.extend((0..300).map(|_| Geometry::from(Point(scatter.within(COUNTY)))));
    let all = || (0..).zip(&shapes);
    let planar = FeatureIndex::in_plane(all()).expect("a county lies in one zone");
    let packed = FeatureIndex::in_space(all());
    assert!(matches!(index_of(&shapes).tree, Tree::Plane(_)), "a county stands in its plane");

    // In the county, in the next province, across the sea and on the far side of the globe.
    let mut places: Vec<_> = (0..40).map(|_| scatter.within(COUNTY)).collect();
    places.extend((0..10).map(|_| scatter.within([112.0, 32.0, 121.0, 40.0])));
    places.extend([(139.7, 35.7), (-63.5, -35.7), (-60.0, 20.0), (27.0, 0.0)].map(Coord::from));
    for at in places {
        for (k, within) in [(1, None), (7, None), (usize::MAX, Some(9000.0)), (5, Some(2000.0))] {
            let within = within.map(Metres);
            let ask = |index: &FeatureIndex| index.nearest(at, k, within, &mut |_| true);
            assert_eq!(ask(&planar), ask(&packed), "{at:?} {k} {within:?}");
            let some = |index: &FeatureIndex| index.nearest(at, k, within, &mut |i| i % 5 == 2);
            assert_eq!(some(&planar), some(&packed), "{at:?} {k} {within:?}");
        }
        let window = Rect::new(at, at + Coord { x: 0.03, y: 0.03 });
        assert_eq!(planar.window(window), packed.window(window));
        assert_eq!(planar.containing(at), packed.containing(at));
    }
}

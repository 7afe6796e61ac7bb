//! Areas that make no sense: repaired where that is safe and said, else refused; never taken as they are.

use geo::Area;
use geo_types::Geometry;
use shouye::base::{Arg, Feedback, Message};
use shouye::io::ImportReport;
use shouye::model::Kind;

use crate::support::{Desk, ask, refused, shared, warned};

/// A ring as GeoJSON writes it: a square of this side, in thousandths of a degree from 116.4, 35.6.
fn square(x: u32, y: u32, side: u32) -> String {
    ring(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)])
}

fn ring(corners: &[(u32, u32)]) -> String {
    let corner = |(x, y): &(u32, u32)| {
        format!("[{},{}]", 116.4 + f64::from(*x) / 1e3, 35.6 + f64::from(*y) / 1e3)
    };
    format!("[{}]", corners.iter().map(corner).collect::<Vec<_>>().join(","))
}

fn lake(kind: &str, coordinates: &str) -> String {
    format!(
        r#"{{"type":"Feature","geometry":{{"type":"{kind}","coordinates":{coordinates}}},"properties":{{"name":"湖"}}}}"#
    )
}

/// The ids of the messages that say what was repaired.
fn repairs(report: &ImportReport) -> Vec<String> {
    fn each(message: &Message, out: &mut Vec<String>) {
        if !message.id.starts_with("import-note") && message.id != "repair-and" {
            out.push(message.id.to_string());
        }
        for (_, arg) in &message.args {
            if let Arg::Message(inner) = arg {
                each(inner, out);
            }
        }
    }
    let mut out = Vec::new();
    for note in report.warnings.iter().filter(|note| note.code == "repaired_geometry") {
        each(&note.message, &mut out);
    }
    out
}

/// Imports one area; what was said of it, and its surface in millionths of a square degree.
fn taken(feature: &str) -> (Vec<String>, f64) {
    let mut desk = Desk::new();
    let file = desk.file("湖.geojson", feature);
    let report = desk.take(&file, Kind::Waterbody);
    assert_eq!((report.accepted, refused(&report)), (1, vec![]), "{feature}");
    let findings = desk.store.check(&Feedback::default()).unwrap();
    assert!(findings.iter().all(|f| f.code != "geometry_invalid"), "{findings:?}");
    let geometry = desk.rows(Kind::Waterbody)[0].geometry.clone().unwrap();
    (repairs(&report), geometry.unsigned_area() * 1e6)
}

#[track_caller]
fn repaired(feature: &str, what: &[&str], surface: f64) {
    let (said, found) = taken(feature);
    assert_eq!(said, what, "{feature}");
    assert!((found - surface).abs() < 1e-3, "{found} instead of {surface}: {feature}");
}

#[test]
fn holes_and_parts_that_make_no_sense_are_put_right_and_said() {
    let of = |rings: &[String]| lake("Polygon", &format!("[{}]", rings.join(",")));
    let parts = |rings: &[String]| {
        let parts: Vec<String> = rings.iter().map(|ring| format!("[{ring}]")).collect();
        lake("MultiPolygon", &format!("[{}]", parts.join(",")))
    };
    let stray = ["repair-stray-hole"];
    repaired(&of(&[square(0, 0, 4), square(9, 9, 1)]), &stray, 16.0);
    repaired(&of(&[square(2, 2, 1), square(0, 0, 9)]), &stray, 1.0);
    repaired(&of(&[square(0, 0, 9), square(1, 1, 4), square(2, 2, 1)]), &stray, 65.0);
    let joined = ["repair-overlapping-parts"];
    repaired(&parts(&[square(0, 0, 4), square(2, 2, 4)]), &joined, 28.0);
    repaired(&parts(&[square(0, 0, 4), square(0, 0, 4)]), &joined, 16.0);
    repaired(&parts(&[square(0, 0, 4), square(1, 1, 2)]), &joined, 16.0);
    let tie = ring(&[(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)]);
    repaired(&of(std::slice::from_ref(&tie)), &["repair-self-intersection"], 2.0);
    // Everything that was done is said.
    let both = ["repair-self-intersection", "repair-overlapping-parts"];
    repaired(&parts(&[tie, square(0, 1, 1)]), &both, 2.5);
}

#[test]
fn sound_areas_pass_as_they_are() {
    let with_hole = format!("[{},{}]", square(0, 0, 4), square(1, 1, 1));
    assert_eq!(taken(&lake("Polygon", &with_hole)).0, [""; 0]);
    let neighbours = format!("[[{}],[{}]]", square(0, 0, 1), square(1, 0, 1));
    assert_eq!(taken(&lake("MultiPolygon", &neighbours)).0, [""; 0]);
    // A corner said twice is thinned without a word.
    let twice = ring(&[(0, 0), (4, 0), (4, 0), (4, 4), (0, 4), (0, 0)]);
    repaired(&lake("Polygon", &format!("[{twice}]")), &[], 16.0);
    // A collection of one is that one; the winding is the file's own.
    let mut desk = Desk::new();
    let one = format!("[[{}]]", ring(&[(0, 0), (0, 4), (4, 4), (4, 0), (0, 0)]));
    let file = desk.file("a.geojson", lake("MultiPolygon", &one));
    assert_eq!(warned(&desk.take(&file, Kind::Waterbody)), []);
    let Some(Geometry::Polygon(area)) = desk.rows(Kind::Waterbody)[0].geometry.clone() else {
        unreachable!("a polygon")
    };
    assert!(area.signed_area() < 0.0);
}

#[test]
fn an_outline_of_forty_thousand_corners_is_taken_at_once() {
    let mut corners: Vec<(f64, f64)> = Vec::new();
    for i in 0..20_000_u32 {
        let y = 35.5 + f64::from(i) * 1e-5;
        let (from, to) = if i % 2 == 0 { (116.3, 116.6) } else { (116.6, 116.3) };
        corners.extend([(from, y), (to, y)]);
    }
    corners.extend([(116.2, 35.7), (116.2, 35.5), (116.3, 35.5)]);
    let corners: Vec<String> = corners.iter().map(|(x, y)| format!("[{x},{y}]")).collect();
    let comb = lake("Polygon", &format!("[[{}]]", corners.join(",")));
    let mut desk = Desk::new();
    let file = desk.file("湖.geojson", comb);
    let start = std::time::Instant::now();
    let report = desk.take(&file, Kind::Waterbody);
    assert_eq!((report.accepted, warned(&report)), (1, vec![]));
    // Each edge is compared with its neighbours only; all with all takes minutes.
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

#[test]
fn outlines_of_real_counties_are_sound_afterwards() {
    let file = "county-facts/370800_jining_11counties_echarts_gcj02.geojson";
    let Some(file) = shared(file) else { return };
    let mut desk = Desk::new();
    let report = desk.import(&ask(&file, Kind::Boundary)).unwrap().remove(0);
    assert_eq!((report.accepted, refused(&report)), (11, vec![]));
    let said = repairs(&report);
    assert!(!said.is_empty() && said.iter().all(|what| what == "repair-self-intersection"));
    let findings = desk.store.check(&Feedback::default()).unwrap();
    assert!(findings.iter().all(|f| f.code != "geometry_invalid"), "{findings:?}");
}

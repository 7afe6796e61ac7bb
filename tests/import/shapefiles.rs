//! Shapefiles: in which encoding their tables are read, and every type of shape.

use encoding_rs::{BIG5, Encoding, GBK, UTF_8};
use geo_types::Geometry;
use shapefile::{
    Multipoint, NO_DATA, Point, PointM, PolygonM, PolygonRing, Polyline, PolylineM, Shape,
};
use shouye::io::ImportReport;
use shouye::model::{Kind, Value};

use crate::shape::{dbf_in, point, shp, write};
use crate::support::{Desk, refused, warned};

const HEADINGS: [(&str, u8); 2] = [("name", 3), ("ok", 2)];

/// A table of schools with these names and answers, its language byte, and what its `.cpg` says.
fn schools(
    encoding: &'static Encoding,
    language: u8,
    cpg: Option<&str>,
    headings: &[(&str, u8)],
    rows: &[&[&str]],
) -> (Desk, ImportReport) {
    let mut desk = Desk::new();
    let places = (0..rows.len()).map(|at| point(116.4 + at as f64 * 0.01, 35.7)).collect();
    let mut parts = vec![("shp", shp(places)), ("dbf", dbf_in(encoding, language, headings, rows))];
    parts.extend(cpg.map(|cpg| ("cpg", cpg.as_bytes().to_vec())));
    let file = write(&desk.path(""), "学校", &parts);
    let report = desk.take(&file, Kind::School);
    assert_eq!((report.accepted as usize, refused(&report)), (rows.len(), vec![]));
    (desk, report)
}

fn names(desk: &Desk) -> Vec<String> {
    desk.rows(Kind::School).into_iter().map(|row| row.name).collect()
}

#[test]
fn short_gbk_cells_are_no_utf8_that_was_cut() {
    let rows: [&[&str]; 3] = [&["1号", "是"], &["2号", "否"], &["3号", "是"]];
    let (desk, report) = schools(GBK, 0, None, &HEADINGS, &rows);
    assert_eq!((report.encoding.as_str(), warned(&report)), ("GBK", vec![]));
    assert_eq!(names(&desk), ["1号", "2号", "3号"]);
    let answers: Vec<Value> =
        desk.rows(Kind::School).into_iter().map(|r| r.extra[0].1.clone()).collect();
    assert_eq!(answers, ["是", "否", "是"].map(Value::from));
    // Two bytes of GBK that look like the beginning of a character in UTF-8.
    let (desk, report) = schools(GBK, 0, None, &[("name", 2)], &[&["涓"], &["浜"]]);
    assert_eq!((report.encoding.as_str(), warned(&report)), ("GBK", vec![]));
    assert_eq!(names(&desk), ["浜", "涓"]);
}

#[test]
fn the_cpg_comes_first_then_the_language_then_utf8_then_gbk() {
    // Bytes that are text in GBK and in Big5: only what stands beside them tells.
    let one = |encoding, language, cpg| {
        let (desk, report) = schools(encoding, language, cpg, &[("name", 20)], &[&["台中國小"]]);
        assert_eq!(warned(&report), []);
        (report.encoding, names(&desk).remove(0))
    };
    let said = |encoding: &str| (encoding.to_owned(), "台中國小".to_owned());
    assert_eq!(one(BIG5, 0, Some("Big5")), said("Big5"));
    assert_eq!(one(BIG5, 0x4d, Some("950")), said("Big5"), "the .cpg goes before the language");
    assert_eq!(one(BIG5, 0x78, None), said("Big5"));
    assert_eq!(one(GBK, 0x4d, None), said("GBK"));
    assert_eq!(one(UTF_8, 0, None), said("UTF-8"));
    assert_eq!(one(UTF_8, 0x57, None), said("UTF-8"), "a language that says nothing");
    assert_eq!(one(GBK, 0, None), said("GBK"));
    assert_eq!(one(GBK, 0, Some("GBK")), said("GBK"));
    // A language byte that does not fit is passed over.
    assert_eq!(one(UTF_8, 0x7b, None).1, "台中國小");
}

#[test]
fn a_character_cut_by_the_width_of_its_field_is_left_out_and_said() {
    for (encoding, width) in [(UTF_8, 11), (GBK, 7)] {
        let headings = [("name", width), ("班主任联系人", 20)];
        let rows: [&[&str]; 2] = [&["人民公园", "甲"], &["一中", "乙"]];
        let (desk, report) = schools(encoding, 0, None, &headings, &rows);
        assert_eq!(
            (report.encoding.as_str(), warned(&report)),
            (encoding.name(), vec![(1, "cut_text")])
        );
        assert_eq!(names(&desk), ["一中", "人民公"]);
        // Ten bytes of a heading are three characters and a third, or five.
        let heading = if encoding == UTF_8 { "班主任" } else { "班主任联系" };
        assert_eq!(desk.rows(Kind::School)[0].extra, [(heading.to_owned(), Value::from("乙"))]);
    }
}

fn geometry(shapes: Vec<Shape>, kind: Kind) -> Result<Geometry<f64>, String> {
    let mut desk = Desk::new();
    let file = write(&desk.path(""), "a", &[("shp", shp(shapes))]);
    let report = desk.take(&file, kind);
    match report.refused.first() {
        Some(note) => Err(note.code.clone()),
        None => Ok(desk.rows(kind)[0].geometry.clone().unwrap()),
    }
}

#[test]
fn lines_of_one_part_and_of_many() {
    let part = |x: f64| vec![Point::new(x, 35.7), Point::new(x + 0.1, 35.8)];
    let found = geometry(vec![Shape::Polyline(Polyline::new(part(116.4)))], Kind::River).unwrap();
    let line = geo_types::LineString::from(vec![(116.4, 35.7), (116.5, 35.8)]);
    assert_eq!(found, line.into());
    let many = Polyline::with_parts(vec![part(116.4), part(116.6)]);
    let Ok(Geometry::MultiLineString(found)) = geometry(vec![Shape::Polyline(many)], Kind::River)
    else {
        unreachable!("two parts")
    };
    assert_eq!(found.0.len(), 2);
    assert_eq!(found.0[1].0[1], geo_types::Coord { x: 116.6 + 0.1, y: 35.8 });
}

#[test]
fn a_multipoint_of_one_is_a_point_and_of_many_no_place() {
    let of = |points: &[f64]| {
        let points = points.iter().map(|x| Point::new(*x, 35.7)).collect();
        geometry(vec![Shape::Multipoint(Multipoint::new(points))], Kind::Hydrant)
    };
    assert_eq!(of(&[116.4]), Ok(geo_types::Point::new(116.4, 35.7).into()));
    assert_eq!(of(&[116.4, 116.5]), Err("wrong_geometry".to_owned()));
}

#[test]
fn measures_along_shapes_are_left_out() {
    let point = Shape::PointM(PointM::new(116.4, 35.7, 12.0));
    assert_eq!(geometry(vec![point], Kind::Hydrant), Ok(geo_types::Point::new(116.4, 35.7).into()));
    let ends = vec![PointM::new(116.4, 35.7, 0.0), PointM::new(116.5, 35.8, 14.0)];
    let line = geo_types::LineString::from(vec![(116.4, 35.7), (116.5, 35.8)]);
    let found = geometry(vec![Shape::PolylineM(PolylineM::new(ends))], Kind::River);
    assert_eq!(found, Ok(line.into()));
    let ring = [(0.0, 0.0), (0.0, 0.1), (0.1, 0.1), (0.1, 0.0), (0.0, 0.0)];
    let ring = ring.map(|(x, y)| PointM::new(116.4 + x, 35.7 + y, NO_DATA)).to_vec();
    let area = Shape::PolygonM(PolygonM::with_rings(vec![PolygonRing::Outer(ring)]));
    let found = geometry(vec![area], Kind::Waterbody).unwrap();
    assert!((geo::Area::unsigned_area(&found) - 0.01).abs() < 1e-9);
}

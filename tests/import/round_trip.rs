//! Out and in again: nothing is lost, nothing is run, nothing changes.

use geo_types::{Geometry, MultiPolygon, Point, polygon};
use shouye::base::Id;
use shouye::io::export;
use shouye::model::{Attributes, Feature, Kind, Provenance, Value};

use crate::support::{Desk, ask, refused, warned};

fn shelter(number: usize, name: &str, geometry: Geometry<f64>, extra: &[(&str, Value)]) -> Feature {
    let mut attributes = Attributes::default();
    attributes.set(Kind::Shelter, "capacity", Some(Value::Integer(300 + number as i64)));
    attributes.set(Kind::Shelter, "hazards", Some("flood;earthquake".into()));
    attributes.set(Kind::Shelter, "indoor", Some(true.into()));
    attributes.set(Kind::Shelter, "water_l", Some(0.1.into()));
    attributes.set(Kind::Shelter, "note", Some("第一行\n第二行, \"引号\"".into()));
    Feature {
        id: Id::from_natural_key("shelter", &format!("kept {number}")),
        kind: Kind::Shelter,
        code: Some(format!("00{number}")),
        name: name.to_owned(),
        geometry: Some(geometry),
        attributes,
        extra: extra.iter().map(|(h, v)| ((*h).to_owned(), v.clone())).collect(),
        provenance: Provenance {
            source: Some("应急局台账".to_owned()),
            as_of: Some("2026-03-05".to_owned()),
            sample: number.is_multiple_of(2),
        },
    }
}

/// Cells that a spreadsheet would run, that already carry apostrophes, and that look like numbers.
const CELLS: [&str; 12] = [
    "=1+1", "+86 537", "-5", "@home", "'=1+1", "''-x", "'quoted'", "007", "\tx", "\rx", "1e5",
    " blank ",
];

fn all(points_only: bool) -> Vec<Feature> {
    let mut out: Vec<Feature> = CELLS
        .iter()
        .enumerate()
        .map(|(at, cell)| {
            let place = Point::new(116.4 + at as f64 / 100.0, 35.7).into();
            shelter(at, &format!("所{at}"), place, &[("=水井", Value::from(*cell))])
        })
        .collect();
    if !points_only {
        let square = polygon![(x: 116.4, y: 35.6), (x: 116.5, y: 35.6), (x: 116.5, y: 35.65), (x: 116.4, y: 35.6)];
        out.push(shelter(90, "广场", MultiPolygon::new(vec![square]).into(), &[]));
    }
    out
}

fn plain(geometry: Option<Geometry<f64>>) -> Option<Geometry<f64>> {
    match geometry {
        Some(Geometry::MultiPolygon(MultiPolygon(mut all))) if all.len() == 1 => {
            Some(all.remove(0).into())
        }
        other => other,
    }
}

fn back(features: &[Feature], name: &str) -> Vec<Feature> {
    let mut desk = Desk::new();
    let file = desk.path(name);
    export(features, Kind::Shelter, &file).unwrap();
    let report = desk.take(&file, Kind::Shelter);
    assert_eq!((refused(&report), warned(&report)), (vec![], vec![]), "{name}");
    let mut rows = desk.rows(Kind::Shelter);
    rows.sort_by(|a, b| a.code.cmp(&b.code));
    rows
}

fn same(features: &[Feature], name: &str) {
    let mut expected = features.to_vec();
    expected.sort_by(|a, b| a.code.cmp(&b.code));
    let got = back(features, name);
    assert_eq!(got.len(), expected.len(), "{name}");
    for (got, expected) in got.into_iter().zip(expected) {
        let got = Feature { geometry: plain(got.geometry), ..got };
        let expected = Feature { geometry: plain(expected.geometry), ..expected };
        assert_eq!(got, expected, "{name}");
    }
}

#[test]
fn every_format_brings_back_what_it_took() {
    for name in ["points.csv", "points.xlsx", "points.geojson", "points.gpkg"] {
        same(&all(true), name);
    }
    for name in ["mixed.csv", "mixed.xlsx", "mixed.geojson", "mixed.gpkg"] {
        same(&all(false), name);
    }
}

#[test]
fn typed_unknown_columns_keep_their_types_where_the_format_has_types() {
    let extra = [
        ("整数", Value::Integer(4)),
        ("小数", Value::Real(0.1 + 0.2)),
        ("是否", Value::Boolean(true)),
        ("文字", Value::from("12")),
    ];
    let one = [shelter(1, "公园", Point::new(116.5, 35.7).into(), &extra)];
    for name in ["a.geojson", "a.gpkg", "a.xlsx"] {
        same(&one, name);
    }
}

#[test]
fn a_cell_that_was_not_understood_goes_out_and_in_under_its_own_heading() {
    let mut desk = Desk::new();
    let file =
        desk.file("a.csv", "名称,经度,纬度,容纳人数,日期\n公园,116.5,35.7,约300,2026-03-05\n");
    desk.import(&ask(&file, Kind::Shelter)).unwrap();
    let rows = desk.rows(Kind::Shelter);
    assert_eq!(rows[0].extra, [("容纳人数".to_owned(), "约300".into())]);
    let mut again = Desk::new();
    let file = again.path("b.csv");
    export(&rows, Kind::Shelter, &file).unwrap();
    let report = again.take(&file, Kind::Shelter);
    assert_eq!(warned(&report), [(2, "wrong_type")]);
    assert_eq!(again.rows(Kind::Shelter), rows);
}

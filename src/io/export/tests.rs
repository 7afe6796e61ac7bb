//! What is written can be read by others and holds what it should.

use geo_types::{Point, line_string};

use super::*;
use crate::base::Id;
use crate::model::{Attributes, Provenance, Value};

fn school(name: &str) -> Feature {
    let mut attributes = Attributes::default();
    attributes.set(Kind::School, "students", Some(320_i64.into()));
    attributes.set(Kind::School, "note", Some("=HYPERLINK(\"x\")".into()));
    Feature {
        id: Id::from_natural_key("school", name),
        kind: Kind::School,
        code: Some("007".to_owned()),
        name: name.to_owned(),
        geometry: Some(Point::new(116.5, 35.7).into()),
        attributes,
        extra: vec![("FID".to_owned(), Value::Integer(4)), ("+备用".to_owned(), "-3".into())],
        provenance: Provenance { source: Some("a".to_owned()), as_of: None, sample: true },
    }
}

#[test]
fn csv_makes_formulas_harmless_and_keeps_codes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.csv");
    assert_eq!(export(&[school("一中")], Kind::School, &file).unwrap(), 1);
    let text = std::fs::read_to_string(&file).unwrap();
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    assert_eq!(
        lines.next(),
        Some("shouye_id,code,name,note,students,source,as_of,sample,FID,'+备用,lon,lat")
    );
    let row = lines.next().unwrap();
    assert!(
        row.contains(",007,一中,\"'=HYPERLINK(\"\"x\"\")\",320,a,,true,4,'-3,116.5,35.7"),
        "{row}"
    );
}

#[test]
fn geojson_keeps_types() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.geojson");
    let mut road = school("road");
    road.geometry = Some(line_string![(x: 1.0, y: 2.0), (x: 3.0, y: 4.0)].into());
    export(&[road], Kind::School, &file).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let feature = &json["features"][0];
    assert_eq!(feature["geometry"]["coordinates"], serde_json::json!([[1.0, 2.0], [3.0, 4.0]]));
    assert_eq!(feature["properties"]["students"], serde_json::json!(320));
    assert_eq!(feature["properties"]["code"], serde_json::json!("007"));
    assert_eq!(feature["properties"]["sample"], serde_json::json!(true));
}

#[test]
fn a_geopackage_holds_every_column_even_those_named_like_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.gpkg");
    export(&[school("一中")], Kind::School, &file).unwrap();
    let open = rusqlite::Connection::open(&file).unwrap();
    let (name, fid): (String, i64) = open
        .query_row("SELECT name, \"FID_2\" FROM school", [], |r| Ok((r.get(0)?, r.get(1)?)))
        .unwrap();
    assert_eq!((name.as_str(), fid), ("一中", 4));
}

#[test]
fn a_failed_export_leaves_the_old_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        export(&[], Kind::School, &folder.path().join("a.doc")).unwrap_err().code(),
        "unknown_format"
    );
    assert_eq!(
        export(&[], Kind::School, &folder.path().join("a.kml")).unwrap_err().code(),
        "not_available"
    );
    let missing = folder.path().join("no/folder/a.csv");
    assert_eq!(export(&[], Kind::School, &missing).unwrap_err().code(), "cannot_write");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_workbook_keeps_every_figure_of_a_long_number() {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.xlsx");
    let mut parcel = school("一中");
    parcel.extra = vec![
        ("地块".to_owned(), Value::Integer(370_830_199_001_011_234)),
        ("负".to_owned(), Value::Integer(-1_000_000_000_000_000)),
        ("短".to_owned(), Value::Integer(999_999_999_999_999)),
    ];
    export(&[parcel], Kind::School, &file).unwrap();
    let mut book: Xlsx<_> = open_workbook(&file).unwrap();
    let range = book.worksheet_range("school").unwrap();
    let cell = |header: &str| {
        let at = range.rows().next().unwrap().iter().position(|c| *c == header).unwrap();
        range.get((1, at)).unwrap().clone()
    };
    assert_eq!(cell("地块"), Data::String("370830199001011234".to_owned()));
    assert_eq!(cell("负"), Data::String("-1000000000000000".to_owned()));
    assert_eq!(cell("短"), Data::Float(999_999_999_999_999.0));
}

#[test]
fn what_no_cell_can_hold_stops_the_export_and_names_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.xlsx");
    std::fs::write(&file, "the old one").unwrap();
    let corner = |i: u32| {
        let (sin, cos) = (f64::from(i) * std::f64::consts::TAU / 2_500.0).sin_cos();
        (116.5 + 0.1 * cos, 35.7 + 0.1 * sin)
    };
    let mut lake = school("马踏湖");
    let shore: Vec<(f64, f64)> = (0..2_500).map(corner).collect();
    lake.geometry = Some(geo_types::Polygon::new(shore.into(), vec![]).into());
    let fault = export(&[school("一中"), lake.clone()], Kind::School, &file).unwrap_err();
    assert_eq!(fault.code(), "too_long");
    let Some((_, crate::base::Arg::Text(named))) =
        fault.message().args.into_iter().find(|(name, _)| name == "name")
    else {
        unreachable!("the record is named")
    };
    assert_eq!(named, "马踏湖");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "the old one");
    let mut talker = school("一中");
    talker.extra = vec![("说明".to_owned(), Value::Text("长".repeat(32_768)))];
    assert_eq!(export(&[talker], Kind::School, &file).unwrap_err().code(), "too_long");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    for ending in ["gpkg", "geojson", "csv"] {
        let file = folder.path().join("a").with_extension(ending);
        assert_eq!(export(std::slice::from_ref(&lake), Kind::School, &file).unwrap(), 1);
    }
}

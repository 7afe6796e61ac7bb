//! Workbooks, shapefiles and GeoPackages.

use geo_types::Geometry;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use shouye::io::{ImportAsk, export};
use shouye::model::{Kind, Value};

use crate::shape::{DEGREES, ZONE, dbf, point, point_z, shp, square_with_hole, write, zip};
use crate::support::{Desk, ask, guess, refused, warned};

fn place(desk: &Desk, kind: Kind, at: usize) -> (f64, f64) {
    match desk.rows(kind)[at].geometry.clone() {
        Some(Geometry::Point(p)) => (p.x(), p.y()),
        other => unreachable!("not a point: {other:?}"),
    }
}

#[test]
fn a_workbook_gives_a_report_for_each_sheet_it_recognises() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("避难场所").unwrap();
    sheet.write(0, 0, "汶上县应急避难场所台账").unwrap();
    for (at, heading) in ["名称", "经度", "纬度", "容纳人数", "核查日期", "水井"].iter().enumerate()
    {
        sheet.write(1, at as u16, *heading).unwrap();
    }
    sheet.write(2, 0, "人民公园").unwrap();
    sheet.write(2, 1, 116.489).unwrap();
    sheet.write(2, 2, 35.733).unwrap();
    sheet.write(2, 3, 320).unwrap();
    let day = ExcelDateTime::parse_from_str("2026-03-05").unwrap();
    sheet.write_with_format(2, 4, &day, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
    sheet.write(2, 5, 2.5).unwrap();
    sheet.write(4, 0, "无坐标").unwrap();
    let sheet = book.add_worksheet().set_name("医院").unwrap();
    for (at, heading) in ["名称", "lon", "lat", "床位数"].iter().enumerate() {
        sheet.write(0, at as u16, *heading).unwrap();
    }
    sheet.write(1, 0, "县医院").unwrap();
    sheet.write(1, 1, 116.5).unwrap();
    sheet.write(1, 2, 35.7).unwrap();
    sheet.write(1, 3, 600).unwrap();
    let sheet = book.add_worksheet().set_name("说明").unwrap();
    sheet.write(0, 0, "由应急局填报").unwrap();
    let mut desk = Desk::new();
    let file = desk.file("台账.xlsx", book.save_to_buffer().unwrap());
    let reports = desk.import(&guess(&file)).unwrap();
    let kinds: Vec<_> = reports.iter().map(|r| (r.layer.as_str(), r.kind, r.accepted)).collect();
    assert_eq!(kinds, [("避难场所", Kind::Shelter, 1), ("医院", Kind::Hospital, 1)]);
    assert_eq!(refused(&reports[0]), [(5, "no_coordinates")]);
    let shelter = &desk.rows(Kind::Shelter)[0];
    assert_eq!(shelter.count("capacity"), Some(320));
    assert_eq!(shelter.provenance.as_of.as_deref(), Some("2026-03-05"));
    assert_eq!(shelter.extra, [("水井".to_owned(), Value::Real(2.5))]);
    assert_eq!(desk.rows(Kind::Hospital)[0].count("beds"), Some(600));
    // One sheet alone, by name.
    let one = ImportAsk { source_layer: Some("医院".to_owned()), ..guess(&file) };
    assert_eq!(desk.import(&one).unwrap().len(), 1);
    let none = ImportAsk { source_layer: Some("学校".to_owned()), ..guess(&file) };
    assert_eq!(desk.import(&none).unwrap_err().code(), "layer_not_found");
}

#[test]
fn a_gbk_shapefile_without_cpg_and_without_shx_is_read() {
    let mut desk = Desk::new();
    let table = dbf(&[("名称", 20), ("容纳人数", 8)], &[&["人民公园", "320"], &["刘楼小学", ""]]);
    let shapes = shp(vec![point(453771.3541, 3956037.6714), point(436504.655, 3932509.8361)]);
    let parts = [("shp", shapes), ("dbf", table), ("prj", ZONE.as_bytes().to_vec())];
    let file = write(&desk.path(""), "避难场所", &parts);
    let report = desk.import(&guess(&file)).unwrap().remove(0);
    assert_eq!((report.kind, report.format.as_str()), (Kind::Shelter, "Shapefile"));
    assert_eq!((report.crs.as_str(), report.encoding.as_str()), ("EPSG:4548", "GBK"));
    assert_eq!(desk.rows(Kind::Shelter)[0].name, "人民公园");
    assert_eq!(desk.rows(Kind::Shelter)[0].count("capacity"), Some(320));
    let (x, y) = place(&desk, Kind::Shelter, 0);
    assert!((x - 116.489).abs() < 1e-7 && (y - 35.733).abs() < 1e-7);
}

#[test]
fn a_zipped_shapefile_is_read_whatever_its_names() {
    let mut desk = Desk::new();
    let shapes = shp(vec![square_with_hole(116.4, 35.6)]);
    let table = dbf(&[("名称", 20)], &[&["老湖区"]]);
    let archive = zip(&[
        ("../../湖洼.shp", &shapes),
        ("../../湖洼.dbf", &table),
        ("../../湖洼.prj", DEGREES.as_bytes()),
        ("con.txt", b"nothing"),
    ]);
    let file = desk.file("upload.zip", archive);
    let report = desk.import(&guess(&file)).unwrap().remove(0);
    assert_eq!((report.kind, report.layer.as_str()), (Kind::Waterbody, "湖洼"));
    let Some(geometry) = desk.rows(Kind::Waterbody)[0].geometry.clone() else {
        unreachable!("a waterbody has an area")
    };
    let area = geo::Area::unsigned_area(&geometry);
    assert!((area - (0.03 * 0.03 - 0.01 * 0.01)).abs() < 1e-9, "the hole counts: {area}");
    assert!(!desk.path("../../湖洼.shp").exists());
}

#[test]
fn what_is_missing_beside_a_shapefile_is_said() {
    let mut desk = Desk::new();
    let shapes = shp(vec![point_z(116.489, 35.733)]);
    let file = write(&desk.path(""), "shelters", &[("shp", shapes)]);
    let report = desk.import(&guess(&file)).unwrap().remove(0);
    assert_eq!((report.kind, report.accepted), (Kind::Shelter, 1));
    assert_eq!(warned(&report), [(0, "missing_dbf")]);
    // A .cpg that lies, and a name cut within its last character.
    let parts = [
        ("shp", shp(vec![point(116.5, 35.7)])),
        ("dbf", dbf(&[("名称", 7)], &[&["人民公园"]])),
        ("cpg", b"UTF-8".to_vec()),
    ];
    let file = write(&desk.path(""), "cut", &parts);
    let report = desk.take(&file, Kind::School);
    assert_eq!(warned(&report), [(0, "cpg_wrong"), (1, "cut_text")]);
    assert_eq!(desk.rows(Kind::School)[0].name, "人民公");
}

#[test]
fn cells_of_a_shapefile_that_cannot_be_read_are_said_once_for_each_column() {
    let mut table = dbf(
        &[("名称", 20), ("备忘", 10), ("容纳人数", 6)],
        &[&["公园", "", ""], &["广场", "         1", "******"], &["学校", "         2", "******"]],
    );
    table[32 + 32 + 11] = b'M';
    table[32 + 64 + 11] = b'N';
    let mut desk = Desk::new();
    let shapes = shp(vec![point(116.5, 35.7), point(116.6, 35.7), point(116.7, 35.7)]);
    let parts = [("shp", shapes), ("dbf", table), ("prj", DEGREES.as_bytes().to_vec())];
    let file = write(&desk.path(""), "避难场所", &parts);
    let report = desk.take(&file, Kind::Shelter);
    assert_eq!(warned(&report), [(2, "unreadable_cells"), (2, "unreadable_cells")]);
    assert_eq!(report.accepted, 3);
}

#[test]
fn changes_that_lie_beside_a_package_are_not_passed_over_in_silence() {
    let mut desk = Desk::new();
    let plain = desk.file("避难场所.csv", "名称,lon,lat\n公园,116.489,35.733\n");
    desk.take(&plain, Kind::Shelter);
    let file = desk.path("b.gpkg");
    export(&desk.rows(Kind::Shelter), Kind::Shelter, &file).unwrap();
    assert_eq!(warned(&desk.take(&file, Kind::Shelter)), []);
    // Another program has it open.
    let open = rusqlite::Connection::open(&file).unwrap();
    open.execute_batch("PRAGMA journal_mode = WAL; UPDATE shelter SET name = '新名';").unwrap();
    let mut desk = Desk::new();
    let report = desk.take(&file, Kind::Shelter);
    assert_eq!((warned(&report), report.accepted), (vec![(0, "wal_pending")], 1));
    drop(open);
    let report = desk.take(&file, Kind::Shelter);
    assert_eq!(warned(&report), []);
    assert!(desk.rows(Kind::Shelter).iter().any(|row| row.name == "新名"));
    // A journal that was left behind by a broken off change.
    let journal = file.with_file_name("b.gpkg-journal");
    std::fs::write(journal, [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7, 0, 0]).unwrap();
    assert_eq!(warned(&desk.take(&file, Kind::Shelter)), [(0, "wal_pending")]);
}

#[test]
fn a_store_of_another_county_comes_in_layer_by_layer() {
    let mut desk = Desk::new();
    shouye::io::load_demo(&mut desk.store, &shouye::base::Feedback::default()).unwrap();
    let shelters = desk.rows(Kind::Shelter);
    let layers = desk.store.layers().unwrap().len();
    let backup = desk.path("other.gpkg");
    desk.store.backup(&backup).unwrap();
    let mut fresh = Desk::new();
    let reports = fresh.import(&guess(&backup)).unwrap();
    assert_eq!(reports.len(), layers);
    assert!(reports.iter().all(|r| r.refused.is_empty() && r.format == "GeoPackage"));
    assert_eq!(fresh.rows(Kind::Shelter), shelters);
    // All in one transaction, so it is taken back at once.
    assert!(fresh.store.undo_import("王五").unwrap().is_some());
    assert!(fresh.store.layers().unwrap().is_empty());
}

#[test]
fn a_wrong_ending_is_said_and_the_content_read() {
    let mut desk = Desk::new();
    let file = desk.file("避难场所.xlsx", "名称,lon,lat\n公园,116.489,35.733\n");
    let report = desk.import(&guess(&file)).unwrap().remove(0);
    assert_eq!((report.format.as_str(), report.accepted), ("CSV", 1));
    assert_eq!(warned(&report), [(0, "wrong_ending")]);
    let school = desk.rows(Kind::Shelter);
    let out = desk.path("a.gpkg");
    export(&school, Kind::Shelter, &out).unwrap();
    let disguised = desk.file("b.geojson", std::fs::read(&out).unwrap());
    let report = desk.take(&disguised, Kind::Shelter);
    assert_eq!((report.format.as_str(), report.accepted), ("GeoPackage", 1));
}

#[test]
fn columns_and_kinds_can_be_corrected() {
    let mut desk = Desk::new();
    let file = desk.file("data.csv", "甲,乙,丙,丁\n公园,116.489,35.733,80\n");
    assert_eq!(desk.import(&guess(&file)).unwrap_err().code(), "kind_unknown");
    let pairs = [("name", "甲"), ("lon", "乙"), ("lat", "丙"), ("capacity", "丁")];
    let columns = pairs.map(|(field, column)| (field.to_owned(), column.to_owned())).to_vec();
    let corrected = ImportAsk { columns, ..ask(&file, Kind::Shelter) };
    assert_eq!(desk.import(&corrected).unwrap()[0].accepted, 1);
    assert_eq!(desk.rows(Kind::Shelter)[0].count("capacity"), Some(80));
}

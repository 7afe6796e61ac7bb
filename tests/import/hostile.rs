//! Files that are broken or meant to do harm: an error, never a crash, and the store as it was.

use rusqlite::Connection;
use shouye::io::ImportAsk;
use shouye::model::Kind;

use crate::shape::{dbf, point, shp, zip};
use crate::support::{Desk, ask, refused, warned};

const GOOD: &str = "名称,经度,纬度\n旧公园,116.4,35.6\n";

/// A store with a row, so that there is something to lose.
fn desk() -> Desk {
    let mut desk = Desk::new();
    let file = desk.file("good.csv", GOOD);
    desk.take(&file, Kind::Shelter);
    desk
}

/// Imports hostile bytes and gives the code of the error; the store must be as before.
fn fails(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let mut desk = desk();
    let file = desk.file(name, bytes);
    fails_at(&mut desk, &ImportAsk { replace: true, ..ask(&file, Kind::Shelter) })
}

fn fails_at(desk: &mut Desk, ask: &ImportAsk) -> String {
    let before = desk.everything();
    let code = match desk.import(ask) {
        Err(error) => error.code().to_owned(),
        Ok(reports) => {
            assert!(reports.iter().all(|r| r.accepted == 0), "{}: taken", ask.file.display());
            reports[0].refused.first().map_or_else(String::new, |note| note.code.clone())
        }
    };
    assert_eq!(desk.everything(), before, "{}", ask.file.display());
    code
}

#[test]
fn nothing_at_all() {
    for name in ["a.csv", "a.geojson", "a.xlsx", "a.shp", "a.zip", "a.gpkg"] {
        assert_eq!(fails(name, b""), "empty_file", "{name}");
    }
    let mut desk = desk();
    let missing = ask(&desk.path("none.csv"), Kind::Shelter);
    assert_eq!(fails_at(&mut desk, &missing), "not_found");
    let folder = ask(&desk.path(""), Kind::Shelter);
    assert_eq!(fails_at(&mut desk, &folder), "unreadable_file");
    assert_eq!(fails("a.csv", "名称,经度,纬度\n"), "empty_file");
    assert_eq!(fails("a.pdf", b"%PDF-1.7 and so on"), "unknown_format");
}

#[test]
fn cut_off_files() {
    let feature = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[116.5,35.7]},"properties":{"name":"a"}}"#;
    let whole = format!(r#"{{"type":"FeatureCollection","features":[{feature},{feature}]}}"#);
    for cut in [20, 60, 150, whole.len() - 1] {
        assert_eq!(fails("a.geojson", &whole[..cut]), "damaged_file", "{cut}");
    }
    let utf8 = "名称,经度,纬度\n公园,116.4,35.6\n园".as_bytes();
    assert_eq!(fails("a.csv", &utf8[..utf8.len() - 1]), "damaged_file");
    let archive = zip(&[("a.shp", &shp(vec![point(116.5, 35.7)]))]);
    assert_eq!(fails("a.zip", &archive[..archive.len() / 2]), "damaged_file");
    let shapes = shp(vec![point(116.5, 35.7), point(116.6, 35.8)]);
    assert_eq!(fails("a.shp", &shapes[..shapes.len() - 5]), "damaged_file");
    assert_eq!(fails("a.shp", &shapes[..50]), "damaged_file");
    // A cut table keeps what it has, and says of the others that they have no attributes.
    let table = dbf(&[("名称", 20)], &[&["公园"], &["广场"]]);
    let beside = |table: &[u8]| {
        let parts = [("shp", shapes.clone()), ("dbf", table.to_vec())];
        let mut desk = desk();
        let file = crate::shape::write(&desk.path(""), "cut", &parts);
        desk.import(&ask(&file, Kind::Shelter))
    };
    let report = beside(&table[..table.len() - 10]).unwrap().remove(0);
    assert_eq!((report.accepted, warned(&report)), (2, vec![(2, "no_attributes")]));
    assert_eq!(beside(&table[..40]).unwrap_err().code(), "damaged_file");
    let book = good_workbook();
    for cut in [30, book.len() / 3, book.len() * 2 / 3, book.len() - 1] {
        let code = fails("a.xlsx", &book[..cut]);
        assert!(["damaged_file", "unknown_format"].contains(&code.as_str()), "{cut}: {code}");
    }
    let desk = desk();
    let store = std::fs::read(desk.path("county.gpkg")).unwrap();
    assert_eq!(fails("a.gpkg", &store[..store.len() / 2]), "damaged_file");
}

#[test]
fn wrong_encodings() {
    let mut desk = desk();
    let gbk = encoding_rs::GBK.encode("名称,经度,纬度\n公园,116.4,35.6\n").0.into_owned();
    let file = desk.file("a.csv", gbk);
    let utf8 = ImportAsk { encoding: Some("UTF-8".to_owned()), ..ask(&file, Kind::Shelter) };
    assert_eq!(fails_at(&mut desk, &utf8), "wrong_encoding");
    let none = ImportAsk { encoding: Some("klingon".to_owned()), ..ask(&file, Kind::Shelter) };
    assert_eq!(fails_at(&mut desk, &none), "encoding_name");
    assert_eq!(fails("a.csv", b"name,lon,lat\n\xff\xff\xfe\x81,116.4,35.6\n"), "encoding_unknown");
}

#[test]
fn deep_nesting() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let objects = format!("{}1{}", r#"{"a":"#.repeat(10_000), "}".repeat(10_000));
    let point = r#"{"type":"Point","coordinates":[116.5,35.7]}"#;
    let wrapped = |geometry: &str, properties: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":{geometry},"properties":{properties}}}]}}"#
        )
    };
    let polygon = format!(r#"{{"type":"Polygon","coordinates":{deep}}}"#);
    assert_eq!(fails("a.geojson", wrapped(&polygon, "{}")), "damaged_row");
    assert_eq!(fails("a.geojson", wrapped(point, &objects)), "damaged_row");
    assert_eq!(fails("a.geojson", &deep), "damaged_row");
    assert_eq!(fails("a.geojson", &objects), "damaged_row");
    assert_eq!(fails("a.geojson", "[".repeat(1_000_000)), "damaged_file");
    let collections = r#"{"type":"GeometryCollection","geometries":["#.repeat(10_000);
    assert_eq!(fails("a.geojson", wrapped(&collections, "{}")), "damaged_file");
    let ends = "]}".repeat(10_000);
    assert_eq!(fails("a.geojson", wrapped(&format!("{collections}{ends}"), "{}")), "damaged_row");
    let wkt = format!("name,wkt\na,\"{}\"\n", "GEOMETRYCOLLECTION(".repeat(10_000));
    assert_eq!(fails("a.csv", wkt), "unreadable_coordinates");
    let (open, close) = ("<a>".repeat(200_000), "</a>".repeat(200_000));
    let sheet = |inner: &str| {
        format!(
            r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{inner}</sheetData></worksheet>"#
        )
    };
    assert_eq!(fails("a.xlsx", workbook(&sheet(&format!("{open}{close}")))), "empty_file");
    assert_eq!(fails("a.xlsx", workbook(&sheet(&open))), "empty_file");
    assert_eq!(fails("a.xlsx", workbook(&"<worksheet>".repeat(200_000))), "damaged_file");
}

#[test]
fn archives_that_unpack_to_too_much() {
    let zeros = vec![0_u8; 80 << 20];
    assert_eq!(fails("a.zip", zip(&[("a.shp", &zeros)])), "too_large");
    let bomb = zip(&[("xl/workbook.xml", b"<x/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert_eq!(fails("a.xlsx", bomb), "damaged_file");
}

/// The bytes of a workbook with one shelter.
fn good_workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, cell) in (0_u16..).zip(["名称", "经度", "纬度"]) {
        sheet.write(0, at, cell).unwrap();
    }
    sheet.write(1, 0, "公园").unwrap().write(1, 1, 116.5).unwrap().write(1, 2, 35.7).unwrap();
    book.save_to_buffer().unwrap()
}

/// A workbook with this sheet.
pub fn workbook(sheet: &str) -> Vec<u8> {
    zip(&parts_of(sheet).each_ref().map(|(name, text)| (*name, text.as_bytes())))
}

/// A workbook whose sheet goes on with so many megabytes of one letter.
pub fn bomb(sheet: &str, megabytes: usize) -> Vec<u8> {
    use std::io::Write;
    let mut out = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = ::zip::write::SimpleFileOptions::default().compression_level(Some(1));
    for (name, text) in parts_of(sheet) {
        out.start_file(name, options).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    let letters = vec![b'x'; 1 << 20];
    (0..megabytes).for_each(|_| out.write_all(&letters).unwrap());
    out.write_all(b"</t></is></c></row></sheetData></worksheet>").unwrap();
    out.finish().unwrap().into_inner()
}

/// The parts of a workbook, its sheet last.
fn parts_of(sheet: &str) -> [(&'static str, String); 5] {
    let types = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;
    let book = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let links = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let root = links
        .replace("worksheets/sheet1.xml", "xl/workbook.xml")
        .replace("relationships/worksheet", "relationships/officeDocument");
    [
        ("[Content_Types].xml", types.to_owned()),
        ("_rels/.rels", root),
        ("xl/workbook.xml", book.to_owned()),
        ("xl/_rels/workbook.xml.rels", links.to_owned()),
        ("xl/worksheets/sheet1.xml", sheet.to_owned()),
    ]
}

#[test]
fn a_long_text_in_every_row_is_quoted_briefly_and_bounded() {
    let book = |rows: u32| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (at, cell) in (0_u16..).zip(["名称", "经度", "纬度"]) {
            sheet.write(0, at, cell).unwrap();
        }
        // Stored once, however often it is used.
        let text = "x".repeat(32_000);
        for row in 1..=rows {
            sheet.write(row, 0, row).unwrap().write(row, 1, &text).unwrap();
            sheet.write(row, 2, 35.7).unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    let mut desk = desk();
    let file = desk.file("a.xlsx", book(1000));
    let report = desk.take(&file, Kind::Shelter);
    assert_eq!(report.refused.len(), 1000);
    assert!(report.refused.iter().all(|note| note.weight() < 500));
    assert_eq!(fails("a.xlsx", book(17_000)), "too_large");
}

#[test]
fn tables_wider_than_any_ledger() {
    let began = std::time::Instant::now();
    let many: Vec<String> = (0..60_000).map(|at| format!("c{at}")).collect();
    assert_eq!(fails("a.csv", many.join(",")), "too_large");
    let same = vec!["名称"; 4000].join(",");
    let mut desk = desk();
    let file = desk.file("a.csv", format!("{same},经度,纬度\n{}116.5,35.7\n", "甲,".repeat(4000)));
    assert_eq!(desk.take(&file, Kind::Shelter).accepted, 1);
    assert!(began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
}

#[test]
fn a_sheet_that_declares_the_largest_size() {
    let text =
        |at: &str, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let sheet = |far: &str| {
        format!(
            r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1">{}{}{}</row><row r="1048576">{}<c r="B1048576"><v>116.5</v></c><c r="C1048576"><v>35.7</v></c>{far}</row></sheetData></worksheet>"#,
            text("A1", "名称"),
            text("B1", "经度"),
            text("C1", "纬度"),
            text("A1048576", "公园")
        )
    };
    // Only declared: the one row is read.
    let mut desk = desk();
    let file = desk.file("a.xlsx", workbook(&sheet("")));
    assert_eq!(desk.take(&file, Kind::Shelter).accepted, 1);
    // Used: no ledger is that wide.
    let wide = workbook(&sheet(&text("XFD1048576", "x")));
    assert_eq!(fails("a.xlsx", wide), "too_large");
}

#[test]
fn shapefiles_that_lie_about_their_size() {
    let mut shapes = shp(vec![point(116.5, 35.7)]);
    shapes[104..108].copy_from_slice(&u32::MAX.to_be_bytes());
    assert_eq!(fails("a.shp", &shapes), "damaged_file");
    // A polygon of four billion points in a record of forty bytes.
    let mut shapes = shp(vec![crate::shape::square_with_hole(116.5, 35.7)]);
    let counts = 108 + 36;
    shapes[counts..counts + 8].copy_from_slice(&[0xff; 8]);
    assert_eq!(fails("a.shp", &shapes), "invalid_geometry");
    // A table that declares four billion records keeps those it has.
    let mut desk = desk();
    let mut table = dbf(&[("名称", 20)], &[&["公园"]]);
    table[4..8].copy_from_slice(&[0xff; 4]);
    let parts = [("shp", shp(vec![point(116.5, 35.7)])), ("dbf", table)];
    let file = crate::shape::write(&desk.path(""), "many", &parts);
    let report = desk.take(&file, Kind::Shelter);
    assert_eq!((report.read, report.accepted), (1, 1));
}

#[test]
fn geopackages_that_lie() {
    let mut desk = desk();
    let rows = desk.rows(Kind::Shelter);
    let file = desk.path("lying.gpkg");
    shouye::io::export(&rows, Kind::Shelter, &file).unwrap();
    let change = |sql: &str| Connection::open(&file).unwrap().execute_batch(sql).unwrap();
    let ask = ImportAsk { replace: true, ..ask(&file, Kind::Shelter) };
    // A line of 0xFFFFFFFF points.
    change("UPDATE shelter SET geom = x'47500001e61000000102000000ffffffff'");
    assert_eq!(fails_at(&mut desk, &ask), "invalid_geometry");
    change("UPDATE shelter SET geom = 'text'");
    assert_eq!(fails_at(&mut desk, &ask), "invalid_geometry");
    // A layer that is a view with an endless query behind it is no layer.
    change(
        "DROP TABLE shelter; CREATE VIEW shelter AS
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i AS geom FROM n;",
    );
    assert_eq!(fails_at(&mut desk, &ask), "empty_file");
    // An SQLite file that is no GeoPackage.
    let plain = desk.path("plain.gpkg");
    Connection::open(&plain).unwrap().execute_batch("CREATE TABLE a (b)").unwrap();
    let ask = ImportAsk { file: plain, ..ask };
    assert_eq!(fails_at(&mut desk, &ask), "unknown_format");
    let mut bytes = std::fs::read(desk.path("county.gpkg")).unwrap();
    // The second page and the third, whatever their size.
    let page = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    bytes[page..3 * page].fill(0xff);
    assert_eq!(fails("a.gpkg", &bytes), "damaged_file");
}

#[test]
fn numbers_that_are_none() {
    let collection =
        |feature: &str| format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#);
    let nan = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[NaN,35.7]},"properties":{"name":"a"}}"#;
    assert_eq!(fails("a.geojson", collection(nan)), "damaged_row");
    let huge = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1e999,35.7]},"properties":{"name":"a"}}"#;
    assert_eq!(fails("a.geojson", collection(huge)), "damaged_row");
    assert_eq!(fails("a.csv", "name,lon,lat\na,NaN,35.7\n"), "not_finite");
    assert_eq!(fails("a.csv", "name,lon,lat\na,inf,35.7\n"), "not_finite");
}

#[test]
fn a_bow_tie_is_repaired_and_said_and_a_tangle_refused() {
    let area = |ring: &str| {
        format!(
            r#"{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":[[{ring}]]}},"properties":{{"name":"a"}}}}"#
        )
    };
    let mut desk = desk();
    let tie = area("[116.4,35.6],[116.5,35.7],[116.5,35.6],[116.4,35.7],[116.4,35.6]");
    let file = desk.file("a.geojson", tie);
    let report = desk.take(&file, Kind::Shelter);
    assert_eq!((report.accepted, warned(&report)), (1, vec![(1, "repaired_geometry")]));
    let twice = "[116,35],[116.4,35],[116.4,35.4],[116.1,35.4],[116.1,35.1],[116.6,35.1],[116.6,35.2],[116,35.2],[116,35]";
    assert_eq!(fails("a.geojson", area(twice)), "invalid_geometry");
    let line = r#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[[116,35],[117,36]]},"properties":{"name":"a"}}"#;
    assert_eq!(fails("a.geojson", line), "wrong_geometry");
}

#[test]
fn names_like_sql_are_names() {
    let mut desk = desk();
    let name = "'); DROP TABLE shelter;--";
    let heading = "\"; DELETE FROM shelter; --";
    let file = desk.file(
        "x'; DROP TABLE shelter;--.csv",
        format!("名称,经度,纬度,\"\"\"; DELETE FROM shelter; --\"\n{name},116.5,35.7,x\n"),
    );
    let report = desk.take(&file, Kind::Shelter);
    assert_eq!((report.accepted, refused(&report)), (1, vec![]));
    let row = desk.rows(Kind::Shelter).into_iter().find(|row| row.name == name).unwrap();
    assert_eq!(row.extra, [(heading.to_owned(), "x".into())]);
    assert_eq!(desk.rows(Kind::Shelter).len(), 2);
}

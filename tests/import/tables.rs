//! Delimited tables in the encodings and habits of real ledgers.

use encoding_rs::{BIG5, GB18030, GBK};
use shouye::io::ImportAsk;
use shouye::model::Kind;

use crate::support::{Desk, ask, guess, refused, warned};

const LEDGER: &str = "名称,地址,经度,纬度,容纳人数\n人民公园,汶上县中都街道宝相寺路,116.489,35.733,320\n刘楼镇中心小学,刘楼镇政府驻地,116.3,35.52,\n";

#[test]
fn the_same_ledger_comes_in_from_every_encoding() {
    let utf16 = |text: &str, mark: &[u8], turn: fn(u16) -> [u8; 2]| {
        let mut out = mark.to_vec();
        out.extend(text.encode_utf16().flat_map(turn));
        out
    };
    let cases: [(&str, Vec<u8>, &str); 6] = [
        ("utf8", LEDGER.as_bytes().to_vec(), "UTF-8"),
        ("gbk", GBK.encode(LEDGER).0.into_owned(), "GBK"),
        ("gb18030", GB18030.encode(&LEDGER.replace("人民", "𠮷㐂")).0.into_owned(), "GB18030"),
        ("le", utf16(LEDGER, &[0xff, 0xfe], u16::to_le_bytes), "UTF-16LE"),
        ("be", utf16(LEDGER, &[0xfe, 0xff], u16::to_be_bytes), "UTF-16BE"),
        (
            "big5",
            BIG5.encode("名稱,地址,經度,緯度,容量\n人民公園,臺中市南區,116.489,35.733,320\n劉樓國小,臺中市中區,116.3,35.52,\n")
                .0
                .into_owned(),
            "Big5",
        ),
    ];
    for (name, bytes, encoding) in cases {
        let mut desk = Desk::new();
        let file = desk.file(&format!("{name}.csv"), bytes);
        let report = desk.take(&file, Kind::Shelter);
        assert_eq!((report.encoding.as_str(), report.accepted), (encoding, 2), "{name}");
        let rows = desk.rows(Kind::Shelter);
        let park = rows.iter().find(|row| row.count("capacity") == Some(320)).unwrap();
        assert!(
            park.name.ends_with("公园") || park.name.ends_with("公園"),
            "{name}: {}",
            park.name
        );
    }
}

#[test]
fn every_refusal_names_its_row_and_reason() {
    let mut desk = Desk::new();
    let file = desk.file(
        "避难场所.csv",
        "名称,经度,纬度,容纳人数,状态\n\
         好,116.489,35.733,320,启用\n\
         无坐标,,,10,\n\
         零坐标,0,0,10,\n\
         反,35.7,116.5,10,\n\
         负,116.4,35.7,-10,\n\
         远出,500,35.7,10,\n\
         好,116.489,35.733,300,\n\
         看不懂,待测,35.7,10,\n\
         ?,116.5,35.8,约300,开着\n",
    );
    let report = desk.import(&guess(&file)).unwrap().remove(0);
    assert_eq!(report.kind, Kind::Shelter);
    assert_eq!(
        refused(&report),
        [
            (3, "no_coordinates"),
            (4, "zero_coordinates"),
            (5, "swapped_coordinates"),
            (6, "negative_capacity"),
            (7, "out_of_range"),
            (8, "duplicate"),
            (9, "unreadable_coordinates"),
        ]
    );
    assert_eq!(warned(&report), [(10, "wrong_type"), (10, "not_allowed")]);
    assert_eq!((report.read, report.accepted), (9, 2));
    let rows = desk.rows(Kind::Shelter);
    // Placeholder text is data; what is no number is kept as it stands, and no number is invented.
    assert_eq!(rows[0].name, "?");
    assert_eq!(rows[0].count("capacity"), None);
    assert_eq!(
        rows[0].extra,
        [("容纳人数".to_owned(), "约300".into()), ("状态".to_owned(), "开着".into())]
    );
}

#[test]
fn a_quotation_mark_too_many_loses_no_row_in_silence() {
    let mut desk = Desk::new();
    let open = desk.file(
        "a.csv",
        "名称,经度,纬度,备注\n甲,116.4,35.6,好\n乙,116.41,35.6,\"未闭合\n丙,116.42,35.6,x\n",
    );
    let before = desk.everything();
    let error = desk.import(&ask(&open, Kind::School)).unwrap_err();
    assert_eq!((error.code(), error.to_string().contains("row 3")), ("open_quote", true));
    assert_eq!(desk.everything(), before);
    // The next mark closes it, rows later.
    let late = desk.file(
        "b.csv",
        "名称,经度,纬度,备注\n乙,116.41,35.6,\"未闭合\n丙,116.42,35.6,\"x\"\n丁,116.43,35.6,两行\n",
    );
    let report = desk.take(&late, Kind::School);
    assert_eq!(warned(&report), [(2, "swallowed_lines")]);
    let fine = desk.file("c.csv", "名称,经度,纬度,备注\n戊,116.44,35.6,\"上午,下午\n两行\"\n");
    assert_eq!(warned(&desk.take(&fine, Kind::School)), []);
}

#[test]
fn rows_of_very_old_tables_are_counted() {
    let mut desk = Desk::new();
    let file = desk.file("a.csv", "名称,经度,纬度\r甲,116.4,35.6\r乙,,\r丙,0,0\r");
    let report = desk.take(&file, Kind::School);
    assert_eq!(refused(&report), [(3, "no_coordinates"), (4, "zero_coordinates")]);
}

#[test]
fn survey_tables_have_the_northing_under_x() {
    let mut desk = Desk::new();
    let file =
        desk.file("台账.csv", "名称,X坐标,Y坐标,容纳人数\n公园,3956037.6714,453771.3541,10\n");
    let report = desk
        .import(&ImportAsk { crs: Some("EPSG:4548".to_owned()), ..guess(&file) })
        .unwrap()
        .remove(0);
    assert_eq!(warned(&report), [(0, "x_is_northing")]);
    let Some(geo_types::Geometry::Point(at)) = desk.rows(Kind::Shelter)[0].geometry.clone() else {
        unreachable!("a shelter from a table is a point")
    };
    assert!((at.x() - 116.489).abs() < 1e-7 && (at.y() - 35.733).abs() < 1e-7, "{at:?}");
    // Without the system nobody can know the zone: asked for, not guessed.
    let before = desk.everything();
    assert_eq!(desk.import(&guess(&file)).unwrap_err().code(), "crs_unknown");
    assert_eq!(desk.everything(), before);
}

#[test]
fn shifted_web_map_coordinates_are_brought_back() {
    let mut desk = Desk::new();
    let file = desk.file("点.csv", "名称,经度,纬度,容纳人数\n公园,116.4945716,35.7329604,10\n");
    let mut gcj = ask(&file, Kind::Shelter);
    gcj.crs = Some("GCJ02".to_owned());
    desk.import(&gcj).unwrap();
    let Some(geo_types::Geometry::Point(at)) = desk.rows(Kind::Shelter)[0].geometry.clone() else {
        unreachable!("a shelter from a table is a point")
    };
    let true_place = geo_types::Coord { x: 116.489, y: 35.733 };
    assert!(shouye::spatial::measure::geodesic_distance(at.0, true_place).0 < 0.5);
    let named = desk.file("高德导出.csv", "名称,经度,纬度,容纳人数\n公园,116.4945,35.7329,10\n");
    assert_eq!(warned(&desk.take(&named, Kind::Shelter)), [(0, "likely_shifted")]);
}

#[test]
fn a_dry_run_and_a_file_without_good_rows_change_nothing() {
    let mut desk = Desk::new();
    let good = desk.file("a.csv", LEDGER);
    desk.take(&good, Kind::Shelter);
    let before = desk.everything();
    let dry = ImportAsk { dry_run: true, replace: true, ..ask(&good, Kind::Shelter) };
    assert_eq!(desk.import(&dry).unwrap()[0].accepted, 2);
    assert_eq!(desk.everything(), before);
    let bad = desk.file("b.csv", "名称,经度,纬度\n甲,,\n");
    let replace = ImportAsk { replace: true, ..ask(&bad, Kind::Shelter) };
    assert_eq!(desk.import(&replace).unwrap()[0].accepted, 0);
    assert_eq!(desk.everything(), before);
}

#[test]
fn replacing_leaves_just_this_file_and_adding_updates_by_natural_key() {
    let mut desk = Desk::new();
    let first = desk.file("a.csv", LEDGER);
    desk.take(&first, Kind::Shelter);
    let more = LEDGER.replace(",320", ",350") + "新,新街,116.5,35.6,80\n";
    let second = desk.file("b.csv", more);
    desk.take(&second, Kind::Shelter);
    let capacities: Vec<_> =
        desk.rows(Kind::Shelter).iter().map(|row| row.count("capacity")).collect();
    assert_eq!(capacities, [Some(350), None, Some(80)]);
    let third = desk.file("c.csv", "名称,地址,经度,纬度\n新,新街,116.5,35.6\n");
    desk.import(&ImportAsk { replace: true, ..ask(&third, Kind::Shelter) }).unwrap();
    assert_eq!(desk.rows(Kind::Shelter).len(), 1);
    assert!(desk.store.undo_import("王五").unwrap().is_some());
    assert_eq!(desk.rows(Kind::Shelter).len(), 3);
}

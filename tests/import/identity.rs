//! Which rows are the same record: serial numbers, codes, names and places.

use rust_xlsxwriter::Workbook;
use shouye::base::{Arg, Feedback};
use shouye::io::{ImportAsk, ImportReport, export, load_demo};
use shouye::model::Kind;
use shouye::spatial::Crs;

use crate::support::{Desk, ask, guess, refused, warned};

fn taken(report: &ImportReport) -> (u64, u64, u64) {
    let taken = report.taken.unwrap();
    (taken.added, taken.updated, taken.unchanged)
}

#[test]
fn ledgers_that_each_count_from_one_do_not_blend() {
    let mut desk = Desk::new();
    let first = desk.file(
        "甲镇学校.csv",
        "编号,名称,经度,纬度,学生数\n1,甲一小,116.40,35.60,100\n2,甲二小,116.41,35.60,200\n",
    );
    let second = desk.file(
        "乙镇学校.csv",
        "编号,名称,经度,纬度,学生数\n1,乙一小,116.50,35.70,\n2,乙二小,116.51,35.70,400\n",
    );
    assert_eq!(taken(&desk.take(&first, Kind::School)), (2, 0, 0));
    assert_eq!(taken(&desk.take(&second, Kind::School)), (2, 0, 0));
    let rows = desk.rows(Kind::School);
    let all: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.count("students"))).collect();
    assert_eq!(
        all,
        [("乙一小", None), ("乙二小", Some(400)), ("甲一小", Some(100)), ("甲二小", Some(200))]
    );
    // The same ledger again, one figure and one position corrected: the same records.
    let again = desk.file(
        "甲镇学校.csv",
        "编号,名称,经度,纬度,学生数\n1,甲一小,116.4003,35.6001,100\n2,甲二小,116.41,35.60,200\n",
    );
    assert_eq!(taken(&desk.take(&again, Kind::School)), (0, 1, 1));
    assert_eq!(desk.rows(Kind::School).len(), 4);
}

#[test]
fn sheets_that_each_count_from_one_all_come_in_and_a_row_in_two_sheets_once() {
    let mut book = Workbook::new();
    let sheets = [
        ("中都街道", ["甲公园", "乙广场"], 116.49),
        ("南旺镇", ["丙学校", "丁学校"], 116.38),
        ("汇总", ["甲公园", "戊中学"], 116.49),
    ];
    for (name, places, x) in sheets {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (at, heading) in ["编号", "名称", "经度", "纬度"].iter().enumerate() {
            sheet.write(0, at as u16, *heading).unwrap();
        }
        for (at, place) in (1_u32..).zip(places) {
            sheet.write(at, 0, at).unwrap();
            sheet.write(at, 1, place).unwrap();
            sheet.write(at, 2, x + f64::from(at) / 100.0).unwrap();
            sheet.write(at, 3, 35.73).unwrap();
        }
    }
    let mut desk = Desk::new();
    let file = desk.file("避难场所.xlsx", book.save_to_buffer().unwrap());
    let reports = desk.import(&ask(&file, Kind::Shelter)).unwrap();
    let accepted: Vec<u64> = reports.iter().map(|report| report.accepted).collect();
    assert_eq!(accepted, [2, 2, 1]);
    assert_eq!(refused(&reports[2]), [(2, "duplicate")]);
    assert_eq!(desk.rows(Kind::Shelter).len(), 5);
}

#[test]
fn one_code_for_two_names_is_refused_and_both_are_named() {
    let mut desk = Desk::new();
    let file = desk.file(
        "学校.csv",
        "编号,名称,经度,纬度\nXX1,甲,116.40,35.60\nXX1,乙,116.50,35.70\n1,丙,116.41,35.60\n1,丁,116.42,35.60\n",
    );
    let report = desk.take(&file, Kind::School);
    assert_eq!(refused(&report), [(3, "duplicate")]);
    let text = |name: &str| {
        report.refused[0].message.args.iter().find(|(own, _)| own == name).map(|(_, arg)| arg)
    };
    assert_eq!(text("name"), Some(&Arg::Text("乙".to_owned())));
    assert_eq!(text("first"), Some(&Arg::Text("甲".to_owned())));
    assert_eq!(text("code"), Some(&Arg::Text("XX1".to_owned())));
    assert_eq!(report.accepted, 3);
}

#[test]
fn a_ledger_that_got_codes_since_is_pointed_out() {
    let mut desk = Desk::new();
    let plain = desk.file("学校.csv", "名称,经度,纬度\n一中,116.4,35.6\n二中,116.5,35.6\n");
    desk.take(&plain, Kind::School);
    let known = desk.rows(Kind::School)[0].id;
    let coded = desk.file(
        "学校.csv",
        "编号,名称,经度,纬度\nXX1,一中,116.4001,35.6001\nXX2,二中,116.502,35.6\n",
    );
    // Fourteen metres away it may be the same; two hundred metres away it may not.
    let report = desk.take(&coded, Kind::School);
    assert_eq!(warned(&report), [(2, "possible_duplicate")]);
    assert!(
        report.warnings.iter().any(|note| {
            note.message.args.contains(&("id".into(), Arg::Text(known.to_string())))
        })
    );
    assert_eq!(taken(&report), (2, 0, 0));
    // Once it is there nothing is new any more; and what replaces the layer doubles nothing.
    assert_eq!(warned(&desk.take(&coded, Kind::School)), []);
    let replace = ImportAsk { replace: true, ..ask(&plain, Kind::School) };
    assert_eq!(warned(&desk.import(&replace).unwrap()[0]), []);
}

#[test]
fn a_code_that_now_stands_for_another_name_is_pointed_out() {
    let mut desk = Desk::new();
    let first = desk.file("甲镇学校.csv", "编号,名称,经度,纬度\nXX1,甲一小,116.4,35.6\n");
    desk.take(&first, Kind::School);
    let second = desk.file("乙镇学校.csv", "编号,名称,经度,纬度\nXX1,乙一小,116.5,35.7\n");
    let report = desk.take(&second, Kind::School);
    assert_eq!((warned(&report), taken(&report)), (vec![(2, "renamed")], (0, 1, 0)));
    assert_eq!(warned(&desk.take(&second, Kind::School)), []);
}

#[test]
fn a_dry_run_says_what_would_change() {
    let mut desk = Desk::new();
    let first = desk.file("学校.csv", "编号,名称,经度,纬度\nXX1,一中,116.4,35.6\n");
    desk.take(&first, Kind::School);
    let before = desk.everything();
    let second = desk.file(
        "学校.csv",
        "编号,名称,经度,纬度\nXX1,一中,116.4,35.6\nXX2,二中,116.5,35.6\nXX3,,,\n",
    );
    let dry = ImportAsk { dry_run: true, ..ask(&second, Kind::School) };
    assert_eq!(taken(&desk.import(&dry).unwrap()[0]), (1, 0, 1));
    assert_eq!(desk.everything(), before);
}

#[test]
fn facilities_from_a_web_map_are_pointed_out() {
    let mut desk = Desk::new();
    load_demo(&mut desk.store, &Feedback::default()).unwrap();
    let mut shelters = desk.rows(Kind::Shelter);
    for row in &mut shelters {
        let Some(geo_types::Geometry::Point(at)) = row.geometry else { continue };
        row.geometry = Crs::Gcj02.from_lonlat(at.0).map(|at| geo_types::Point::from(at).into());
    }
    let file = desk.path("避难场所.csv");
    export(&shelters, Kind::Shelter, &file).unwrap();
    let dry = ImportAsk { dry_run: true, ..guess(&file) };
    let report = desk.import(&dry).unwrap().remove(0);
    assert_eq!((report.kind, warned(&report)), (Kind::Shelter, vec![(0, "likely_shifted")]));
    // Said to be what they are, or as they are, they are no news.
    let told = ImportAsk { crs: Some("GCJ02".to_owned()), ..dry.clone() };
    assert_eq!(warned(&desk.import(&told).unwrap()[0]), []);
    let plain = desk.path("plain.csv");
    export(&desk.rows(Kind::Shelter), Kind::Shelter, &plain).unwrap();
    let dry = ImportAsk { dry_run: true, ..ask(&plain, Kind::Shelter) };
    assert_eq!(warned(&desk.import(&dry).unwrap()[0]), []);
}

//! The facts around the county, each file with its true count.

use shouye::base::Feedback;
use shouye::io::{ImportAsk, load_demo};
use shouye::model::Kind;

use crate::support::{Desk, ask, guess, refused, shared, warned};

#[test]
fn every_layer_of_the_facts_comes_in() {
    let files = [
        ("county-facts/370800_jining_11counties_wgs84_derived.geojson", Kind::Boundary, 11),
        ("county-facts/370800_jining_11counties_echarts_gcj02.geojson", Kind::Boundary, 11),
        ("county-facts/370830_county_wgs84_derived.geojson", Kind::Boundary, 1),
        ("county-facts/370830_county_wgs84_simplified.geojson", Kind::Boundary, 1),
        ("county-facts/cn4m_hyd2_4l_jining_clip.geojson", Kind::River, 45),
        ("county-facts/cn4m_hyd2_4p_jining_clip.geojson", Kind::Waterbody, 7),
        ("county-facts/cn_faults_1to4M_shandong_2021.geojson", Kind::Fault, 126),
        ("county-facts/gshhg_wdb2_rivers_jining.geojson", Kind::River, 22),
        ("county-facts/ne10m_lakes_weishan_dongping.geojson", Kind::Waterbody, 2),
        ("county-facts/geonames_cities500_around_jining.csv", Kind::Settlement, 80),
        ("fgb/countries.geojson", Kind::Boundary, 179),
    ];
    for (name, kind, count) in files {
        let Some(file) = shared(name) else { continue };
        let mut desk = Desk::new();
        let crs = name.contains("gcj02").then(|| "GCJ02".to_owned());
        let report = desk.import(&ImportAsk { crs, ..ask(&file, kind) }).unwrap().remove(0);
        assert_eq!((report.read, refused(&report)), (count, vec![]), "{name}");
        assert_eq!(desk.rows(kind).len() as u64, count, "{name}");
    }
}

#[test]
fn ledgers_without_coordinates_are_refused_row_by_row() {
    for (name, kind, rows) in [
        ("county-facts/370830_townships_2023.csv", Kind::Township, 15),
        ("county-facts/370830_villages_2023.csv", Kind::Settlement, 372),
    ] {
        let Some(file) = shared(name) else { continue };
        let mut desk = Desk::new();
        let before = desk.everything();
        let report = desk.import(&guess(&file)).unwrap().remove(0);
        assert_eq!((report.kind, report.read, report.accepted), (kind, rows, 0));
        assert!(report.refused.iter().all(|note| note.code == "no_coordinates"));
        assert_eq!(desk.everything(), before);
    }
}

#[test]
fn an_outline_from_a_web_map_is_pointed_out() {
    let names = [
        "county-facts/370830_county_echarts2018_gcj02.geojson",
        "county-facts/370830_county_wgs84_derived.geojson",
    ];
    let [Some(shifted), Some(plain)] = names.map(shared) else { return };
    let mut desk = Desk::new();
    load_demo(&mut desk.store, &Feedback::default()).unwrap();
    // Under a name that does not give it away.
    let bytes = std::fs::read(&shifted).unwrap();
    let outline = desk.file("outline.geojson", bytes);
    let report = desk.take(&outline, Kind::Boundary);
    assert_eq!(warned(&report), [(0, "likely_shifted")]);
    let mut desk = Desk::new();
    load_demo(&mut desk.store, &Feedback::default()).unwrap();
    assert_eq!(warned(&desk.take(&plain, Kind::Boundary)), []);
    // Brought back, it lies on the derived outline.
    let mut desk = Desk::new();
    let mut gcj = ask(&outline_copy(&desk, &shifted), Kind::Boundary);
    gcj.crs = Some("GCJ02".to_owned());
    desk.import(&gcj).unwrap();
    let back = corner(&desk);
    let mut desk = Desk::new();
    desk.take(&plain, Kind::Boundary);
    let metres = shouye::spatial::measure::geodesic_distance(back, corner(&desk)).0;
    assert!(metres < 0.5, "{metres} m");
}

fn outline_copy(desk: &Desk, file: &std::path::Path) -> std::path::PathBuf {
    desk.file("outline.geojson", std::fs::read(file).unwrap())
}

fn corner(desk: &Desk) -> geo_types::Coord<f64> {
    use geo::BoundingRect;
    let rows = desk.rows(Kind::Boundary);
    rows[0].geometry.as_ref().unwrap().bounding_rect().unwrap().min()
}

#[test]
fn rows_far_from_the_county_are_warned_of_and_taken() {
    let mut desk = Desk::new();
    load_demo(&mut desk.store, &Feedback::default()).unwrap();
    let file =
        desk.file("学校.csv", "名称,经度,纬度\n汶上一中,116.489,35.733\n台中学校,120.667,24.119\n");
    let report = desk.import(&guess(&file)).unwrap().remove(0);
    assert_eq!((report.kind, report.accepted), (Kind::School, 2));
    assert_eq!(warned(&report), [(3, "far_away")]);
}

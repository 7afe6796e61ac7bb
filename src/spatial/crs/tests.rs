//! Figures of PROJ 9.5.1 and of public GCJ-02 implementations, and definitions as real files carry them.

use geo_types::{Coord, Rect};

use super::*;

fn at(x: f64, y: f64) -> Coord<f64> {
    Coord { x, y }
}

#[track_caller]
fn check_both_ways(crs: &str, lonlat: (f64, f64), there: (f64, f64), tolerance: f64) {
    let crs = Crs::parse(crs).unwrap();
    let forward = crs.from_lonlat(at(lonlat.0, lonlat.1)).unwrap();
    assert!((forward.x - there.0).abs() < tolerance, "{crs}: {forward:?}");
    assert!((forward.y - there.1).abs() < tolerance, "{crs}: {forward:?}");
    let back = crs.to_lonlat(forward).unwrap();
    assert!(
        (back.x - lonlat.0).abs() < 1e-9 && (back.y - lonlat.1).abs() < 1e-9,
        "{crs}: {back:?}"
    );
}

#[test]
fn projections_agree_with_proj() {
    check_both_ways("EPSG:4548", (116.489, 35.733), (453_771.354_1, 3_956_037.671_4), 1e-4);
    check_both_ways("EPSG:4527", (116.489, 35.733), (39_453_771.354_1, 3_956_037.671_4), 1e-4);
    check_both_ways("4509", (116.489, 35.733), (453_771.354_1, 3_956_037.671_4), 1e-4);
    check_both_ways("EPSG:4498", (116.489, 35.733), (20_453_771.354_1, 3_956_037.671_4), 1e-4);
    // UTM is of WGS 84, whose flattening moves northings by less than 0.1 mm.
    check_both_ways("EPSG:32650", (116.489, 35.733), (453_789.845_6, 3_954_455.256_4), 2e-4);
    check_both_ways("EPSG:32650", (116.30, 35.52), (436_530.053_1, 3_930_936.832_3), 2e-4);
    check_both_ways("EPSG:3857", (116.489, 35.733), (12_967_496.163_0, 4_263_944.504_8), 1e-4);
    check_both_ways("EPSG:4490", (116.489, 35.733), (116.489, 35.733), 1e-15);
    check_both_ways("EPSG:32750", (117.0, -10.0), (500_000.0, 8_894_587.508_7), 2e-4);
}

#[test]
fn web_map_shifts_agree_with_the_published_figures() {
    for (wgs, gcj, bd) in [
        ((116.489, 35.733), (116.494_571_6, 35.732_960_4), (116.501_027_3, 35.739_037_5)),
        ((116.3, 35.52), (116.305_574_4, 35.519_851_5), (116.312_049_8, 35.525_931_6)),
        ((116.397_428, 39.909_23), (116.403_671_6, 39.910_633_5), (116.410_044_1, 39.916_972_9)),
    ] {
        check_both_ways("GCJ02", wgs, gcj, 1e-7);
        check_both_ways("bd-09", wgs, bd, 1e-7);
    }
    // Taiwan lies in the frame, Tokyo does not.
    check_both_ways("GCJ-02", (139.7, 35.7), (139.7, 35.7), 1e-12);
}

#[test]
fn public_gcj_vectors() {
    let Some(text) = crate::spatial::test_data("gcj/eviltransform_vectors.csv") else { return };
    for line in text.lines().skip(1) {
        let cells: Vec<f64> = line.split(',').skip(1).map(|c| c.parse().unwrap()).collect();
        check_both_ways("GCJ02", (cells[1], cells[0]), (cells[3], cells[2]), 1e-6);
    }
}

#[test]
fn old_datums_are_refused_by_name() {
    for code in [2365, 4610, 2327, 2390] {
        let fault = Crs::from_epsg(code).unwrap_err();
        assert_eq!(fault, CrsFault::OldDatum { name: "Xian 1980".to_owned() });
        assert_eq!(fault.message().id, "crs-old-datum");
    }
    assert!(matches!(Crs::from_epsg(2437), Err(CrsFault::OldDatum { .. })));
    assert!(matches!(Crs::from_epsg(4214), Err(CrsFault::OldDatum { .. })));
    assert_eq!(Crs::from_epsg(27700), Err(CrsFault::UnknownEpsg { code: 27700 }));
    assert_eq!(Crs::parse("EPSG:x").unwrap_err().code(), "crs_not_a_crs");
    assert_eq!(Crs::parse("").unwrap_err().code(), "crs_not_a_crs");
}

#[test]
fn every_gauss_kruger_number_names_the_meridian_of_its_zone() {
    for (code, meridian, easting) in [
        (4491, 75.0, 13_500_000.0),
        (4501, 135.0, 23_500_000.0),
        (4502, 75.0, 500_000.0),
        (4513, 75.0, 25_500_000.0),
        (4533, 135.0, 45_500_000.0),
        (4534, 75.0, 500_000.0),
        (4554, 135.0, 500_000.0),
    ] {
        let Ok(Crs::TransverseMercator(Some(own), tm)) = Crs::from_epsg(code) else { panic!() };
        assert_eq!((own, tm.meridian, tm.false_easting), (code, meridian, easting));
    }
}

const ESRI_CM: &str = r#"PROJCS["CGCS2000_3_Degree_GK_CM_117E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;
const ESRI_XIAN: &str = r#"PROJCS["Xian_1980_3_Degree_GK_Zone_39",GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980",SPHEROID["Xian_1980",6378140.0,298.257]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",39500000.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],UNIT["Meter",1.0]]"#;
const WKT2: &str = r#"PROJCRS["CGCS2000 / 3-degree Gauss-Kruger zone 39",BASEGEOGCRS["China Geodetic Coordinate System 2000",DATUM["China 2000",ELLIPSOID["CGCS2000",6378137,298.257222101,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]]],CONVERSION["3-degree Gauss-Kruger zone 39",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Latitude of natural origin",0,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Longitude of natural origin",117],PARAMETER["Scale factor at natural origin",1],PARAMETER["False easting",39500000],PARAMETER["False northing",0]],CS[Cartesian,2],AXIS["northing (X)",north],AXIS["easting (Y)",east],LENGTHUNIT["metre",1]]"#;

#[test]
fn definitions_of_real_files_are_read() {
    let read = |text: &str| Crs::from_wkt(text).map(|crs| crs.label());
    assert_eq!(read(ESRI_CM).unwrap(), "EPSG:4548");
    assert_eq!(read(WKT2).unwrap(), "EPSG:4527");
    assert_eq!(read(ESRI_XIAN), Err(CrsFault::OldDatum { name: "Xian 1980".to_owned() }));
    assert_eq!(
        read(r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#)
            .unwrap(),
        "EPSG:4326"
    );
    assert_eq!(
        read(r#"GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#)
            .unwrap(),
        "EPSG:4490"
    );
    assert_eq!(
        read(r#"PROJCS["WGS_1984_UTM_Zone_50N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#)
            .unwrap(),
        "EPSG:32650"
    );
    assert_eq!(
        read(r#"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["Central_Meridian",0.0],UNIT["Meter",1.0]]"#)
            .unwrap(),
        "EPSG:3857"
    );
    let feet = ESRI_CM.replace(r#"UNIT["Meter",1.0]"#, r#"UNIT["Foot",0.3048]"#);
    assert_eq!(read(&feet).unwrap_err().code(), "crs_unsupported");
    let paris = ESRI_CM.replace(r#"PRIMEM["Greenwich",0.0]"#, r#"PRIMEM["Paris",2.33722917]"#);
    assert_eq!(read(&paris).unwrap_err().code(), "crs_unsupported");
}

/// PROJ 9.5.1, `+proj=aea +lat_1=25 +lat_2=47 +lon_0=105 +ellps=GRS80` at 116.489, 35.733.
#[test]
fn national_albers_maps_are_read() {
    let text = r#"PROJCS["China_Albers",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Albers"],PARAMETER["False_Easting",0.0],PARAMETER["Central_Meridian",105.0],PARAMETER["Standard_Parallel_1",25.0],PARAMETER["Standard_Parallel_2",47.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;
    let crs = Crs::from_wkt(text).unwrap();
    assert_eq!(crs.label(), "China_Albers");
    let there = crs.from_lonlat(at(116.489, 35.733)).unwrap();
    assert!((there.x - ALBERS.0).abs() < 0.01 && (there.y - ALBERS.1).abs() < 0.01, "{there:?}");
    let back = crs.to_lonlat(there).unwrap();
    assert!((back.x - 116.489).abs() < 1e-8 && (back.y - 35.733).abs() < 1e-8);
}
const ALBERS: (f64, f64) = (1_018_249.893_3, 3_876_608.290_4);

#[test]
fn hostile_definitions_are_refused_quietly() {
    for text in ["[", "PROJCS", "PROJCS[", "PROJCS[]", "]]]]", "\"", "GEOGCS[\"a", "FOO[\"x\"]"] {
        assert!(Crs::from_wkt(text).is_err(), "{text}");
    }
    assert!(Crs::from_wkt(&"A[".repeat(100_000)).is_err());
    assert!(Crs::from_wkt(&"A[".repeat(1000)).is_err());
}

fn near() -> Option<Rect<f64>> {
    Some(Rect::new((116.2, 35.5), (116.7, 36.0)))
}

#[track_caller]
fn check_guess(pairs: &[(f64, f64)], near: Option<Rect<f64>>, label: &str, axes: Axes, sure: bool) {
    let found = guess(pairs, near).unwrap();
    assert_eq!((found.crs.label().as_str(), found.axes, found.sure), (label, axes, sure));
}

#[test]
fn magnitudes_tell_the_system() {
    check_guess(&[(116.4, 35.7), (0.0, 0.0)], None, "EPSG:4490", Axes::XEast, true);
    check_guess(&[(35.7, 116.4)], None, "EPSG:4490", Axes::XNorth, true);
    check_guess(&[(35.7, 76.0)], None, "EPSG:4490", Axes::XNorth, true);
    // A Chinese survey table: X is the northing, Y the easting with its zone number.
    check_guess(&[(3_956_037.7, 39_453_771.4)], None, "EPSG:4527", Axes::XNorth, true);
    check_guess(&[(39_453_771.4, 3_956_037.7)], near(), "EPSG:4527", Axes::XEast, true);
    check_guess(&[(20_453_771.4, 3_956_037.7)], None, "EPSG:4498", Axes::XEast, true);
    check_guess(&[(12_967_496.0, 4_263_944.0)], None, "EPSG:3857", Axes::XEast, true);
    // Without zone number the county decides; UTM fits as well, so somebody has to confirm.
    check_guess(&[(3_956_037.7, 453_771.4)], near(), "EPSG:4548", Axes::XNorth, false);
    assert_eq!(guess(&[(453_771.4, 3_956_037.7)], None), None);
    assert_eq!(guess(&[(f64::NAN, 1.0), (0.0, 0.0)], near()), None);
    assert_eq!(guess(&[(1e12, 1e12)], near()), None);
    // Far from everything known: said, but not sure.
    check_guess(&[(10.0, 20.0)], near(), "EPSG:4490", Axes::XEast, false);
}

#[test]
fn a_web_map_shift_shows_against_trusted_places() {
    let villages: Vec<Coord<f64>> = (0..20)
        .map(|i| at(116.3 + 0.017 * f64::from(i), 35.55 + 0.013 * f64::from(i * 7 % 20)))
        .collect();
    let as_seen_in = |crs: &Crs| -> Vec<(Coord<f64>, Coord<f64>)> {
        villages.iter().map(|v| (crs.from_lonlat(*v).unwrap(), *v)).collect()
    };
    assert_eq!(shift_against_pairs(&as_seen_in(&Crs::Gcj02)).verdict, ShiftVerdict::LikelyGcj02);
    assert_eq!(shift_against_pairs(&as_seen_in(&Crs::Bd09)).verdict, ShiftVerdict::LikelyBd09);
    assert_eq!(shift_against_pairs(&as_seen_in(&WGS84)).verdict, ShiftVerdict::Fits);
    assert_eq!(shift_against_pairs(&as_seen_in(&Crs::Gcj02)[..4]).verdict, ShiftVerdict::Unclear);
}

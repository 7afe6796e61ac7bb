//! Bytes as PostGIS, GDAL and attackers write them.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon,
    Point, Polygon, point, polygon,
};
use proptest::prelude::*;

use super::*;

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

#[test]
fn both_byte_orders_and_all_dialects_give_the_same_point() {
    for text in [
        "01 01000000 000000000000F03F 0000000000000040",
        "00 00000001 3FF0000000000000 4000000000000000",
        // ISO Z, ISO M, ISO ZM.
        "01 E9030000 000000000000F03F 0000000000000040 0000000000000840",
        "01 D1070000 000000000000F03F 0000000000000040 0000000000000840",
        "01 B90B0000 000000000000F03F 0000000000000040 0000000000000840 0000000000001040",
        // PostGIS with SRID 4490, with Z, with NaN for Z.
        "01 01000020 8A110000 000000000000F03F 0000000000000040",
        "01 01000080 000000000000F03F 0000000000000040 0000000000000840",
        "01 010000C0 000000000000F03F 0000000000000040 000000000000F87F 000000000000F87F",
    ] {
        assert_eq!(read_wkb(&hex(text)).unwrap().unwrap(), point!(x: 1.0, y: 2.0).into(), "{text}");
    }
}

#[test]
fn members_may_have_another_byte_order_than_their_collection() {
    let text = "00 00000004 00000002 01 01000000 000000000000F03F 0000000000000040 \
                00 00000001 3FF0000000000000 4000000000000000";
    let MultiPoint(points) = MultiPoint::from(vec![(1.0, 2.0), (1.0, 2.0)]);
    assert_eq!(read_wkb(&hex(text)).unwrap().unwrap(), MultiPoint(points).into());
}

#[test]
fn empty_geometries_are_nothing() {
    assert_eq!(read_wkb(&hex("01 01000000 000000000000F87F 000000000000F87F")), Ok(None));
    assert_eq!(read_wkb(&hex("01 02000000 00000000")), Ok(None));
    assert_eq!(read_wkb(&hex("01 03000000 00000000")), Ok(None));
    assert_eq!(read_wkb(&hex("01 03000000 01000000 00000000")), Ok(None));
    assert_eq!(read_wkb(&hex("01 07000000 00000000")), Ok(None));
    let blob = read_gpkg(&hex("4750 00 11 8A110000 01 03000000 00000000")).unwrap();
    assert_eq!(blob, (4490, None));
}

#[test]
fn lies_and_damage_are_refused() {
    for (text, fault) in [
        ("", WkbFault::Truncated),
        ("02 01000000", WkbFault::BadHeader),
        ("01 01000000 000000000000F03F 00", WkbFault::Truncated),
        ("01 02000000 FFFFFFFF", WkbFault::Truncated),
        ("01 03000000 FFFFFFFF 00000000", WkbFault::Truncated),
        ("01 06000000 FFFFFFFF 01 03000000 FFFFFFFF", WkbFault::Truncated),
        ("01 07000000 FFFFFFFF", WkbFault::Truncated),
        ("01 08000000 00000000", WkbFault::Unsupported(8)),
        (
            "01 04000000 01000000 01 02000000 01000000 0000000000000000 0000000000000000",
            WkbFault::Unsupported(2),
        ),
        ("01 02000000 01000000 000000000000F07F 0000000000000000", WkbFault::NotFinite),
        ("01 01000000 000000000000F87F 0000000000000000", WkbFault::NotFinite),
    ] {
        assert_eq!(read_wkb(&hex(text)), Err(fault), "{text}");
    }
    let nested = "01 07000000 01000000".repeat(10_000);
    assert_eq!(read_wkb(&hex(&nested)), Err(WkbFault::TooDeep));
    for (text, fault) in [
        ("", WkbFault::BadHeader),
        ("4751 00 01 00000000", WkbFault::BadHeader),
        ("4750 00 0B 00000000", WkbFault::BadHeader),
        ("4750 00 03 00000000 00", WkbFault::Truncated),
        ("4750 00 21 00000000 00", WkbFault::Unsupported(0)),
        ("4750 00 01 00000000", WkbFault::Truncated),
    ] {
        assert_eq!(read_gpkg(&hex(text)), Err(fault), "{text}");
    }
}

#[test]
fn a_blob_has_the_bytes_of_the_standard() {
    let point = write_gpkg(&point!(x: 1.0, y: 2.0).into(), 4490);
    assert_eq!(point, hex("4750 00 01 8A110000 01 01000000 000000000000F03F 0000000000000040"));
    let line = write_gpkg(&LineString::from(vec![(1.0, 2.0), (0.0, 4.0)]).into(), -1);
    assert_eq!(
        line[..40],
        hex(
            "4750 00 03 FFFFFFFF 0000000000000000 000000000000F03F 0000000000000040 0000000000001040"
        )
    );
    let big_endian = hex("4750 00 00 0000118A 00 00000001 3FF0000000000000 4000000000000000");
    assert_eq!(read_gpkg(&big_endian).unwrap().0, 4490);
}

#[test]
fn a_polygon_with_a_hole_survives() {
    let with_hole = polygon!(
        exterior: [(x: 0., y: 0.), (x: 9., y: 0.), (x: 9., y: 9.)],
        interiors: [[(x: 5., y: 1.), (x: 6., y: 1.), (x: 6., y: 2.)]],
    );
    let blob = read_gpkg(&write_gpkg(&with_hole.clone().into(), 4490)).unwrap();
    assert_eq!(blob.1.unwrap(), with_hole.into());
}

fn coord() -> impl Strategy<Value = Coord<f64>> {
    (-180.0..180.0_f64, -90.0..90.0_f64).prop_map(|(x, y)| Coord { x, y })
}

fn line() -> impl Strategy<Value = LineString<f64>> {
    prop::collection::vec(coord(), 1..8).prop_map(LineString::new)
}

fn ring_polygon() -> impl Strategy<Value = Polygon<f64>> {
    (line(), prop::collection::vec(line(), 0..3))
        .prop_map(|(shell, holes)| Polygon::new(shell, holes))
}

fn geometry() -> impl Strategy<Value = Geometry<f64>> {
    let leaf = prop_oneof![
        coord().prop_map(|at| Point(at).into()),
        line().prop_map(Geometry::from),
        ring_polygon().prop_map(Geometry::from),
        prop::collection::vec(coord().prop_map(Point), 1..6)
            .prop_map(|m| MultiPoint::new(m).into()),
        prop::collection::vec(line(), 1..4).prop_map(|m| MultiLineString::new(m).into()),
        prop::collection::vec(ring_polygon(), 1..4).prop_map(|m| MultiPolygon::new(m).into()),
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        prop::collection::vec(inner, 1..4)
            .prop_map(|m| Geometry::GeometryCollection(GeometryCollection::from(m)))
    })
}

proptest! {
    #[test]
    fn any_geometry_survives_writing_and_reading(geometry in geometry()) {
        let blob = read_gpkg(&write_gpkg(&geometry, 4490)).unwrap();
        prop_assert_eq!(blob.1.unwrap(), geometry);
    }

    #[test]
    fn random_bytes_never_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..200), kind in 0u8..9) {
        let _ = read_wkb(&bytes);
        let _ = read_gpkg(&bytes);
        if bytes.len() > 5 {
            bytes[..5].copy_from_slice(&[1, kind, 0, 0, 0]);
            let _ = read_wkb(&bytes);
        }
    }

    #[test]
    fn damaged_geometries_never_panic(geometry in geometry(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut blob = write_gpkg(&geometry, 4490);
        let place = at.index(blob.len());
        blob[place] = byte;
        let _ = read_gpkg(&blob);
        let _ = read_gpkg(&blob[..cut.index(blob.len())]);
    }
}

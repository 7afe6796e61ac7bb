//! OpenStreetMap extracts: what tags become, files that are broken or meant to do harm, and real ones with true counts.

use std::collections::BTreeMap;
use std::io::Write;

use geo::CoordsIter;
use geo_types::{Coord, Geometry};
use shouye::io::osm::{read_roads, read_roads_from};
use shouye::io::{Clip, ImportAsk, ImportReport};
use shouye::model::{Feature, Kind, Value};

use crate::support::{Desk, ask, guess, refused, shared, warned};

/// Nodes 1 to 9 on a grid of a hundredth of a degree: 1 2 3 in the south, 7 8 9 in the north.
fn grid() -> String {
    (1..=9)
        .map(|n| {
            let (x, y) = ((n - 1) % 3, (n - 1) / 3);
            format!("<node id='{n}' lon='116.{}00001' lat='35.{}00007'/>", 40 + x, 60 + y)
        })
        .collect()
}

fn osm(body: &str) -> String {
    format!("<?xml version='1.0' encoding='UTF-8'?>\n<osm version='0.6'>{}{body}</osm>", grid())
}

fn tags(tags: &[(&str, &str)]) -> String {
    let safe =
        |text: &str| text.replace('&', "&amp;").replace('\'', "&apos;").replace('"', "&quot;");
    tags.iter().map(|(k, v)| format!("<tag k='{}' v='{}'/>", safe(k), safe(v))).collect()
}

fn way(id: i64, nodes: &[i64], tagged: &[(&str, &str)]) -> String {
    let refs: String = nodes.iter().map(|node| format!("<nd ref='{node}'/>")).collect();
    format!("<way id='{id}'>{refs}{}</way>", tags(tagged))
}

fn relation(id: i64, members: &[(&str, i64, &str)], tagged: &[(&str, &str)]) -> String {
    let members: String = members
        .iter()
        .map(|(sort, id, role)| format!("<member type='{sort}' ref='{id}' role='{role}'/>"))
        .collect();
    format!("<relation id='{id}'>{members}{}</relation>", tags(tagged))
}

fn node(id: i64, tagged: &[(&str, &str)]) -> String {
    format!("<node id='{id}' lon='116.45' lat='35.65'>{}</node>", tags(tagged))
}

const STREET: (&str, &str) = ("highway", "residential");

/// Imports a body and gives the desk with the reports by kind.
fn take(body: &str) -> (Desk, BTreeMap<Kind, ImportReport>) {
    let mut desk = Desk::new();
    let file = desk.file("map.osm", osm(body));
    let reports = desk.import(&guess(&file)).unwrap();
    (desk, reports.into_iter().map(|report| (report.kind, report)).collect())
}

fn by_code(desk: &Desk, kind: Kind, code: &str) -> Feature {
    let found = desk.rows(kind).into_iter().find(|row| row.code.as_deref() == Some(code));
    found.unwrap_or_else(|| unreachable!("no {kind} {code}"))
}

fn coords(feature: &Feature) -> Vec<Coord<f64>> {
    feature.geometry.as_ref().unwrap().coords_iter().collect()
}

#[test]
fn one_file_gives_a_layer_of_every_kind_in_a_fixed_order() {
    let body = [
        way(
            1,
            &[1, 2, 3],
            &[("highway", "primary"), ("bridge", "yes"), ("name", "A"), ("name:zh", "甲路")],
        ),
        way(2, &[4, 5], &[("waterway", "river"), ("name", "B")]),
        way(3, &[4, 5, 8, 7, 4], &[("landuse", "residential")]),
        way(4, &[5, 6, 9, 8, 5], &[("amenity", "school"), ("name", "C")]),
        way(5, &[4, 7], &[("railway", "rail")]),
        way(6, &[1, 2, 5, 4, 1], &[("building", "yes")]),
        node(20, &[("place", "village"), ("name", "D"), ("population", "1200")]),
        node(21, &[("amenity", "fuel")]),
        node(22, &[("emergency", "fire_hydrant")]),
    ]
    .concat();
    let mut desk = Desk::new();
    let file = desk.file("map.osm", osm(&body));
    let reports = desk.import(&guess(&file)).unwrap();
    let kinds: Vec<Kind> = reports.iter().map(|report| report.kind).collect();
    use Kind::*;
    assert_eq!(
        kinds,
        [Settlement, Road, Bridge, River, Railway, Landuse, School, Hydrant, HazardSource]
    );
    assert!(reports.iter().all(|r| r.accepted == 1 && r.read == 1 && r.format == "OSM XML"));
    assert_eq!(warned(&reports[0]), [(0, "optional_left_out")]);
    let road = by_code(&desk, Road, "way/1");
    assert_eq!((road.name.as_str(), road.text("road_class")), ("甲路", Some("primary")));
    let yes = Some(&Value::Boolean(true));
    assert_eq!((road.attributes.get("bridge"), road.attributes.get("noded")), (yes, yes));
    let bridge = by_code(&desk, Bridge, "way/1");
    assert_eq!((bridge.text("road"), bridge.text("status")), (Some("way/1"), Some("open")));
    assert!((bridge.number("length_m").unwrap() - 1811.0).abs() < 10.0);
    assert_eq!(by_code(&desk, Settlement, "node/20").count("residents"), Some(1200));
    assert_eq!(by_code(&desk, HazardSource, "node/21").text("substance"), Some("petrol"));
    let school = by_code(&desk, School, "way/4");
    assert!(matches!(school.geometry, Some(Geometry::Polygon(_))));
    // The same file again changes nothing, and one step takes all of it back.
    let again = desk.import(&guess(&file)).unwrap();
    assert!(again.iter().all(|report| report.taken.unwrap().unchanged == 1));
    desk.store.undo_import("张三").unwrap();
    assert!(Kind::ALL.iter().all(|kind| desk.rows(*kind).is_empty()));
}

#[test]
fn buildings_come_only_when_asked_for() {
    let body = way(6, &[1, 2, 5, 4, 1], &[("building", "house"), ("building:levels", "3")])
        + &way(1, &[1, 2], &[STREET]);
    let mut desk = Desk::new();
    let file = desk.file("map.osm", osm(&body));
    let reports = desk.import(&guess(&file)).unwrap();
    assert_eq!(reports.iter().map(|r| r.kind).collect::<Vec<_>>(), [Kind::Road]);
    let layer = |name: &str| ImportAsk { source_layer: Some(name.to_owned()), ..guess(&file) };
    for asked in [layer("buildings"), layer("building"), ask(&file, Kind::Building)] {
        let reports = desk.import(&asked).unwrap();
        assert_eq!(reports.iter().map(|r| r.kind).collect::<Vec<_>>(), [Kind::Building]);
    }
    let house = by_code(&desk, Kind::Building, "way/6");
    assert_eq!((house.text("building_use"), house.count("levels")), (Some("house"), Some(3)));
    for asked in [layer("castles"), layer("rivers"), ask(&file, Kind::Fault)] {
        assert_eq!(desk.import(&asked).unwrap_err().code(), "layer_not_found");
    }
}

#[test]
fn roads_carry_what_a_network_needs() {
    let body = [
        way(1, &[1, 2], &[("highway", "motorway_link"), ("lanes", "2"), ("maxspeed", "30 mph")]),
        way(2, &[2, 3, 6], &[("highway", "tertiary"), ("oneway", "-1"), ("maxspeed", "walk")]),
        way(
            3,
            &[6, 9],
            &[
                ("highway", "track"),
                ("ford", "yes"),
                ("surface", "dirt"),
                ("layer", "-1"),
                ("tunnel", "yes"),
            ],
        ),
        way(
            4,
            &[9, 8],
            &[("highway", "footway"), ("maxheight", "12'6\""), ("maxweight", "3500 kg")],
        ),
        way(5, &[8, 7], &[("highway", "service"), ("access", "private"), ("ref", "S1")]),
        way(6, &[7, 4], &[("highway", "construction")]),
        way(7, &[1, 2, 5, 1], &[("highway", "pedestrian"), ("area", "yes")]),
    ]
    .concat();
    let (desk, reports) = take(&body);
    assert_eq!((reports[&Kind::Road].read, reports[&Kind::Road].accepted), (5, 5));
    assert_eq!(warned(&reports[&Kind::Road]), []);
    let road = |id: u32| by_code(&desk, Kind::Road, &format!("way/{id}"));
    let yes = Some(Value::Boolean(true));
    let link = road(1);
    assert_eq!((link.text("road_class"), link.value("link")), (Some("motorway"), yes.clone()));
    assert_eq!((link.value("oneway"), link.count("lanes")), (yes.clone(), Some(2)));
    assert_eq!(link.number("max_speed_kmh"), Some(48.28));
    let turned = road(2);
    assert_eq!((turned.value("oneway"), turned.value("max_speed_kmh")), (yes.clone(), None));
    let at = |x: u32, y: u32| Coord {
        x: format!("116.4{x}00001").parse().unwrap(),
        y: format!("35.6{y}00007").parse().unwrap(),
    };
    assert_eq!(coords(&turned), [at(2, 1), at(2, 0), at(1, 0)]);
    let track = road(3);
    assert_eq!((track.value("ford"), track.text("surface")), (yes, Some("unpaved")));
    assert_eq!(track.value("level"), Some(Value::Integer(-1)));
    // The node they share is the same to the bit.
    assert_eq!(coords(&track)[0], coords(&turned)[0]);
    let foot = road(4);
    assert_eq!((foot.text("road_class"), foot.text("access")), (Some("path"), Some("walking")));
    assert_eq!((foot.number("max_height_m"), foot.number("max_weight_t")), (Some(3.81), Some(3.5)));
    assert_eq!((road(5).text("access"), road(5).name.as_str()), (Some("private"), "S1"));
}

#[test]
fn the_order_of_the_file_does_not_matter() {
    let street = way(1, &[1, 50, 2], &[STREET]);
    let late = "<node id='50' lon='116.405' lat='35.61'/>";
    let read = |text: String| read_roads_from(text.as_bytes()).unwrap();
    let first = read(osm(&format!("{late}{street}")));
    let last = read(osm(&format!("{street}{late}")));
    let before = format!("<osm version='0.6'>{street}{late}{}</osm>", grid());
    assert_eq!(first, last);
    assert_eq!(first, read(before));
    assert_eq!(coords(&first.roads[0]).len(), 3);
    // Of two nodes of one number the later one counts.
    let (_, reports) = take(&format!("{street}{late}<node id='50' lon='116.406' lat='35.61'/>"));
    assert_eq!(warned(&reports[&Kind::Road]), [(0, "repeated_elements")]);
}

#[test]
fn ways_are_split_where_nodes_are_missing() {
    let body = way(1, &[1, 2, 77, 3, 78, 5, 6], &[STREET])
        + &way(2, &[77, 78], &[STREET])
        + &way(3, &[2, 3], &[STREET])
        + &relation(
            8,
            &[("way", 3, "from"), ("node", 6, "via"), ("way", 1, "to")],
            &[("type", "restriction"), ("restriction", "no_left_turn")],
        )
        + &relation(
            9,
            &[("way", 1, "from"), ("node", 2, "via"), ("way", 3, "to")],
            &[("type", "restriction"), ("restriction", "no_left_turn")],
        );
    let (desk, reports) = take(&body);
    let report = &reports[&Kind::Road];
    let codes: Vec<Option<String>> =
        desk.rows(Kind::Road).into_iter().map(|row| row.code).collect();
    let mut codes: Vec<String> = codes.into_iter().flatten().collect();
    codes.sort();
    assert_eq!(codes, ["way/1", "way/1#2", "way/3"]);
    assert_eq!(refused(report), [(3, "missing_nodes")]);
    assert!(format!("{:?}", report.refused[0].message).contains("way/2"));
    assert_eq!(warned(report), [(0, "incomplete_ways")]);
    let turn = &desk.rows(Kind::TurnRestriction)[0];
    assert_eq!((turn.text("from_road"), turn.text("to_road")), (Some("way/1"), Some("way/3")));
    assert_eq!(warned(&reports[&Kind::TurnRestriction]), [(0, "restrictions_incomplete")]);
}

#[test]
fn turn_restrictions_at_a_node() {
    let streets =
        way(1, &[1, 2], &[STREET]) + &way(2, &[2, 3], &[STREET]) + &way(3, &[2, 5], &[STREET]);
    let is = |word: &'static str| [("type", "restriction"), ("restriction", word)];
    let plain = [("way", 1, "from"), ("node", 2, "via"), ("way", 3, "to")];
    let body = [
        streets,
        relation(1, &plain, &is("no_left_turn")),
        relation(
            2,
            &plain,
            &[is("only_straight_on").as_slice(), &[("except", "psv;bicycle")]].concat(),
        ),
        relation(
            3,
            &[("way", 1, "from"), ("way", 2, "from"), ("node", 2, "via"), ("way", 3, "to")],
            &is("no_entry"),
        ),
        relation(4, &[("way", 1, "from"), ("way", 2, "via"), ("way", 3, "to")], &is("no_u_turn")),
        relation(
            5,
            &plain,
            &[("type", "restriction"), ("restriction:conditional", "no_left_turn @ (07:00-09:00)")],
        ),
        relation(
            6,
            &[("way", 99, "from"), ("node", 2, "via"), ("way", 3, "to")],
            &is("no_left_turn"),
        ),
    ]
    .concat();
    let (desk, reports) = take(&body);
    let report = &reports[&Kind::TurnRestriction];
    assert_eq!((report.read, report.accepted), (4, 4));
    assert_eq!(warned(report), [(0, "restrictions_unsupported"), (0, "restrictions_incomplete")]);
    let only = by_code(&desk, Kind::TurnRestriction, "relation/2");
    assert_eq!(
        (only.text("restriction"), only.text("exempt")),
        (Some("only"), Some("psv;bicycle"))
    );
    let road = by_code(&desk, Kind::Road, "way/1");
    assert_eq!(coords(&only)[0], coords(&road)[1]);
    assert_eq!(
        by_code(&desk, Kind::TurnRestriction, "relation/3#2").text("from_road"),
        Some("way/2")
    );
}

#[test]
fn gates_stand_on_roads() {
    let gate = |id: i64, tagged: &[(&str, &str)]| {
        node(id, tagged).replace("116.45", &format!("116.4{id}"))
    };
    let body = [
        gate(60, &[("barrier", "lift_gate"), ("access", "private")]),
        gate(61, &[("barrier", "bollard"), ("access", "no"), ("emergency", "yes")]),
        gate(62, &[("barrier", "height_restrictor"), ("maxheight", "2.1")]),
        gate(63, &[("barrier", "gate")]),
        gate(64, &[("barrier", "toll_booth")]),
        way(1, &[60, 61, 62, 64], &[STREET]),
    ]
    .concat();
    let (desk, reports) = take(&body);
    assert_eq!(reports[&Kind::RoadGate].accepted, 3, "63 is in a fence, a toll booth is open");
    let of = |id: i64| by_code(&desk, Kind::RoadGate, &format!("node/{id}"));
    assert_eq!((of(60).text("gate_type"), of(60).text("access")), (Some("gate"), Some("private")));
    assert_eq!(
        (of(61).text("gate_type"), of(61).text("access")),
        (Some("bollard"), Some("emergency"))
    );
    assert_eq!(
        (of(62).text("gate_type"), of(62).number("max_height_m")),
        (Some("height"), Some(2.1))
    );
    let street = coords(&by_code(&desk, Kind::Road, "way/1"));
    assert_eq!(coords(&of(61))[0], street[1]);
}

#[test]
fn multipolygons() {
    let inner = "<node id='30' lon='116.405' lat='35.605'/><node id='31' lon='116.415' lat='35.605'/>\
                 <node id='32' lon='116.41' lat='35.615'/>";
    let lake = [("type", "multipolygon"), ("natural", "water"), ("water", "lake"), ("name", "湖")];
    let members = [("way", 1, "outer"), ("way", 2, "outer"), ("way", 3, "inner")];
    let body = [
        inner.to_owned(),
        way(1, &[1, 3, 9], &[]),
        way(2, &[1, 7, 9], &[]),
        way(3, &[30, 31, 32, 30], &[("natural", "wood")]),
        relation(5, &members, &lake),
        // Not closed, and with a member that is not there.
        relation(6, &members[..1], &lake),
        relation(7, &[("way", 1, "outer"), ("way", 99, "outer")], &lake),
        // As drawn long ago: the tags are on the outline.
        way(4, &[4, 5, 8, 7, 4], &[("landuse", "forest")]),
        relation(8, &[("way", 4, "outer")], &[("type", "multipolygon")]),
        // The same said twice.
        way(10, &[2, 3, 6, 5, 2], &[("landuse", "industrial")]),
        relation(
            9,
            &[("way", 10, "outer")],
            &[("type", "multipolygon"), ("landuse", "industrial")],
        ),
        way(11, &[1, 2, 3], &[("landuse", "grass")]),
    ]
    .concat();
    let (desk, reports) = take(&body);
    let water = &reports[&Kind::Waterbody];
    assert_eq!(refused(water), [(2, "open_ring"), (3, "missing_members")]);
    assert!(format!("{:?}", water.refused[0].message).contains("relation/6"));
    let Some(Geometry::Polygon(lake)) = by_code(&desk, Kind::Waterbody, "relation/5").geometry
    else {
        unreachable!("a polygon")
    };
    assert_eq!((lake.exterior().0.len(), lake.interiors().len()), (5, 1));
    assert_eq!(refused(&reports[&Kind::Landuse]), [(2, "open_ring")]);
    let mut codes: Vec<Option<String>> =
        desk.rows(Kind::Landuse).into_iter().map(|row| row.code).collect();
    codes.sort();
    let own = ["relation/8", "relation/9", "way/3"].map(|code| Some(code.to_owned()));
    assert_eq!(codes, own);
}

#[test]
fn levels_of_boundaries() {
    let ring = way(1, &[1, 3, 9, 7, 1], &[]);
    let level = |id: i64, level: &str| {
        let tagged = [
            ("type", "boundary"),
            ("boundary", "administrative"),
            ("admin_level", level),
            ("name", level),
        ];
        relation(id, &[("way", 1, "outer"), ("node", 1, "admin_centre")], &tagged)
    };
    let (desk, _) =
        take(&[ring, level(4, "4"), level(6, "6"), level(7, "7"), level(8, "8")].concat());
    let names = |kind: Kind| desk.rows(kind).into_iter().map(|row| row.name).collect::<Vec<_>>();
    assert_eq!(
        (names(Kind::Boundary), names(Kind::Township)),
        (vec!["6".to_owned()], vec!["7".to_owned(), "8".to_owned()])
    );
}

#[test]
fn facilities_from_points_and_areas() {
    let area = |id: i64, tagged: &[(&str, &str)]| way(id, &[1, 2, 5, 4, 1], tagged);
    let body = [
        node(20, &[("amenity", "clinic"), ("name", "a"), ("contact:phone", "119")]),
        area(1, &[("amenity", "fire_station"), ("name", "b")]),
        area(2, &[("amenity", "nursing_home"), ("name", "c")]),
        node(21, &[("amenity", "social_facility"), ("social_facility", "food_bank")]),
        node(22, &[("emergency", "assembly_point"), ("capacity", "300")]),
        node(23, &[("amenity", "shelter"), ("shelter_type", "picnic_shelter")]),
        node(24, &[("amenity", "police")]),
        node(25, &[("man_made", "works"), ("product", "furniture")]),
        node(26, &[("man_made", "storage_tank"), ("content", "lpg")]),
    ]
    .concat();
    let (desk, reports) = take(&body);
    let kinds: Vec<Kind> = reports.keys().copied().collect();
    use Kind::*;
    assert_eq!(kinds, [Shelter, Station, Hospital, Police, CareHome, HazardSource]);
    assert!(reports.values().all(|report| report.accepted == 1));
    let station = by_code(&desk, Station, "way/1");
    assert!(matches!(station.geometry, Some(Geometry::Point(_))), "stations are points");
    assert_eq!(station.text("tier"), Some("1"));
    assert_eq!(by_code(&desk, Hospital, "node/20").text("phone"), Some("119"));
    let shelter = by_code(&desk, Shelter, "node/22");
    assert_eq!(
        (shelter.text("shelter_type"), shelter.count("capacity")),
        (Some("emergency"), Some(300))
    );
}

#[test]
fn clipping_keeps_roads_whole() {
    let body = [
        way(1, &[1, 2, 3], &[STREET]),
        way(2, &[3, 6, 9], &[STREET]),
        way(3, &[1, 3, 9, 7, 1], &[("landuse", "forest")]),
        node(20, &[("amenity", "police")]).replace("116.45", "116.42"),
    ]
    .concat();
    let mut desk = Desk::new();
    let file = desk.file("map.osm", osm(&body));
    let clip = Some(Clip::Extent([116.395, 35.595, 116.405, 35.605]));
    let reports = desk.import(&ImportAsk { clip, ..guess(&file) }).unwrap();
    let accepted: Vec<(Kind, u64)> = reports.iter().map(|r| (r.kind, r.accepted)).collect();
    assert_eq!(accepted, [(Kind::Road, 1), (Kind::Landuse, 1), (Kind::Police, 0)]);
    assert_eq!(warned(&reports[0]), [(0, "clipped")]);
    assert_eq!(coords(&desk.rows(Kind::Road)[0]).len(), 3);
    let boundary = ImportAsk { clip: Some(Clip::Boundary), ..guess(&file) };
    assert_eq!(desk.import(&boundary).unwrap_err().code(), "no_boundary");
    let square = r#"{"type":"Polygon","coordinates":[[[116.415,35.595],[116.425,35.595],[116.425,35.7],[116.415,35.7],[116.415,35.595]]]}"#;
    let county = desk.file(
        "county.geojson",
        format!(r#"{{"type":"Feature","geometry":{square},"properties":{{"name":"县"}}}}"#),
    );
    desk.take(&county, Kind::Boundary);
    let reports = desk.import(&boundary).unwrap();
    let accepted: Vec<(Kind, u64)> = reports.iter().map(|r| (r.kind, r.accepted)).collect();
    assert_eq!(accepted, [(Kind::Road, 2), (Kind::Landuse, 1), (Kind::Police, 1)]);
}

#[test]
fn ids_of_any_size() {
    let far = i64::MAX;
    let near = i64::MIN + 1;
    let body = format!(
        "<node id='{far}' lon='116.5' lat='35.6'/><node id='{near}' lon='116.6' lat='35.6'/>"
    ) + &way(far, &[near, far], &[STREET])
        + &way(-5, &[far, 1, near], &[STREET]);
    let (desk, _) = take(&body);
    assert_eq!(coords(&by_code(&desk, Kind::Road, &format!("way/{far}"))).len(), 2);
    assert_eq!(coords(&by_code(&desk, Kind::Road, "way/-5")).len(), 3);
    let mut desk = Desk::new();
    let file = desk.file("a.osm", osm("<way id='99999999999999999999'/>"));
    assert_eq!(desk.import(&guess(&file)).unwrap_err().code(), "damaged_file");
}

#[test]
fn nodes_that_lie_on_each_other_without_joining_are_counted() {
    let body = "<node id='80' lon='116.4000001' lat='35.6000007'/>".to_owned()
        + &way(1, &[1, 2], &[STREET])
        + &way(2, &[80, 5], &[STREET]);
    let (_, reports) = take(&body);
    assert_eq!(warned(&reports[&Kind::Road]), [(0, "same_place_nodes")]);
}

fn code_of(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let mut desk = Desk::new();
    let file = desk.file(name, bytes);
    let before = desk.everything();
    let code = match desk.import(&guess(&file)) {
        Err(error) => error.code().to_owned(),
        Ok(reports) => format!("{} layers", reports.len()),
    };
    assert_eq!(desk.everything(), before, "{name}");
    code
}

#[test]
fn nothing_and_less() {
    assert_eq!(code_of("a.osm.pbf", b""), "empty_file");
    assert_eq!(code_of("a.osm", "<osm version='0.6'/>"), "empty_file");
    assert_eq!(code_of("a.osm", osm("")), "empty_file");
    assert_eq!(code_of("a.osm", "<osm version='0.6'><node id='1'"), "damaged_file");
    let whole = osm(&way(1, &[1, 2], &[STREET]));
    for cut in [60, 200, whole.len() - 7, whole.len() - 1] {
        assert_eq!(code_of("a.osm", &whole[..cut]), "damaged_file", "{cut}");
    }
    assert_eq!(code_of("a.osm", whole.replace("</osm>", "</osm><osm>")), "damaged_file");
    assert_eq!(code_of("a.osc", "<osmChange version='0.6'/>"), "not_available");
}

#[test]
fn xml_bombs() {
    let entities =
        "<?xml version='1.0'?><!DOCTYPE osm [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>";
    // A document type stands before the element: such a file is not known as a map.
    assert_ne!(
        code_of("a.osm", format!("{entities}<osm><node id='1' lon='&b;'/></osm>")),
        "1 layers"
    );
    assert_eq!(code_of("a.osm", format!("<osm>{entities}</osm>")), "damaged_file");
    assert_eq!(code_of("a.osm", osm("<way id='1'><tag k='name' v='&b;'/></way>")), "damaged_file");
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    assert_eq!(code_of("a.osm", osm(&deep)), "damaged_file");
    let long = format!("<way id='1'><tag k='name' v='{}'/></way>", "x".repeat(3 << 20));
    assert_eq!(code_of("a.osm", osm(&long)), "too_large");
    let many = format!("<way id='1'>{}</way>", "<nd ref='1'/>".repeat((1 << 20) + 1));
    assert_eq!(code_of("a.osm", osm(&many)), "too_large");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn packed_files() {
    let whole = osm(&way(1, &[1, 2], &[STREET]));
    let mut desk = Desk::new();
    let packed = desk.file("map.osm.gz", gzip(whole.as_bytes()));
    let report = desk.import(&guess(&packed)).unwrap().remove(0);
    assert_eq!((report.accepted, warned(&report)), (1, vec![]));
    let mut packer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    packer.write_all(whole.as_bytes()).unwrap();
    let bytes = packer.finish().unwrap();
    let other = desk.file("map.osm.bz2", &bytes);
    let report = desk.import(&guess(&other)).unwrap().remove(0);
    // The same road from another file.
    assert_eq!((report.accepted, report.taken.unwrap().added), (1, 0));
    assert_eq!(code_of("a.osm.bz2", &bytes[..bytes.len() / 2]), "unknown_format");
    let long = gzip(osm(&way(1, &[1, 2], &[STREET]).repeat(10_000)).as_bytes());
    assert_eq!(code_of("a.osm.gz", &long[..long.len() - 20]), "damaged_file");
    assert_eq!(code_of("a.gz", gzip(b"something else")), "unknown_format");
    // A gigabyte of blanks in a megabyte.
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    bomb.write_all(b"<osm>").unwrap();
    for _ in 0..1024 {
        bomb.write_all(&[b' '; 1 << 20]).unwrap();
    }
    assert_eq!(code_of("bomb.osm.gz", bomb.finish().unwrap()), "too_large");
}

/// A blob of a PBF file with its head; `said` is the size it says it has unpacked.
fn blob(name: &str, block: &[u8], said: usize) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(block).unwrap();
    let packed = packer.finish().unwrap();
    let mut body = field(2, None, said as u64);
    body.extend(field(3, Some(&packed), 0));
    let mut head = field(1, Some(name.as_bytes()), 0);
    head.extend(field(3, None, body.len() as u64));
    let mut out = (head.len() as u32).to_be_bytes().to_vec();
    out.extend(head);
    out.extend(body);
    out
}

fn varint(mut number: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while number > 0x7f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
    out
}

/// A field of bytes, or of a number.
fn field(number: u64, bytes: Option<&[u8]>, value: u64) -> Vec<u8> {
    let mut out = varint(number << 3 | if bytes.is_some() { 2 } else { 0 });
    match bytes {
        Some(bytes) => {
            out.extend(varint(bytes.len() as u64));
            out.extend(bytes);
        }
        None => out.extend(varint(value)),
    }
    out
}

#[test]
fn hostile_pbf() {
    let schema = field(4, Some(b"OsmSchema-V0.6"), 0);
    let head = blob("OSMHeader", &schema, schema.len());
    let with = |block: &[u8], said: usize| [head.clone(), blob("OSMData", block, said)].concat();
    let of = |bytes: Vec<u8>| code_of("a.osm.pbf", bytes);
    assert_eq!(of(head.clone()), "empty_file");
    assert_eq!(of(head[..head.len() - 1].to_vec()), "damaged_file");
    assert_eq!(of([&head[..], &[0, 0]].concat()), "damaged_file");
    assert_eq!(of([&head[..], &0x10001_u32.to_be_bytes()].concat()), "damaged_file");
    assert_eq!(of([&head[..], &u32::MAX.to_be_bytes()].concat()), "damaged_file");
    // Sizes that lie, in either direction, and one beyond the format's limit.
    let zeros = vec![0; 40 << 20];
    assert_eq!(of(with(&zeros, 40 << 20)), "damaged_file");
    assert_eq!(of(with(&zeros, 1 << 20)), "damaged_file");
    assert_eq!(of(with(b"", 10)), "damaged_file");
    // A way whose tags point beyond the table of texts.
    let way = [field(1, None, 1), field(2, Some(&[9]), 0), field(3, Some(&[9]), 0)].concat();
    let block = field(2, Some(&field(3, Some(&way), 0)), 0);
    assert_eq!(of(with(&block, block.len())), "damaged_file");
    // A million nodes that are nowhere, none with a latitude.
    let dense = field(1, Some(&vec![2; 1_000_000]), 0);
    let block = field(2, Some(&field(2, Some(&dense), 0)), 0);
    assert_eq!(of(with(&block, block.len())), "damaged_file");
    let histories = field(4, Some(b"HistoricalInformation"), 0);
    assert_eq!(of(blob("OSMHeader", &histories, histories.len())), "not_available");
    assert_eq!(of(blob("OSMHeader", b"\xff\xff", 2)), "damaged_file");
}

#[test]
fn a_truncated_real_file() {
    let Some(path) = shared("osm/pyrosm_test.osm.pbf") else { return };
    let bytes = std::fs::read(path).unwrap();
    for cut in [20, 5000, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(code_of("cut.osm.pbf", &bytes[..cut]), "damaged_file", "{cut}");
    }
    // Whatever a wrong byte does, it is no crash.
    for at in (0..bytes.len()).step_by(bytes.len() / 40) {
        let mut wrong = bytes.clone();
        wrong[at] ^= 0x55;
        let _good_or_bad = read_roads_from(&wrong);
    }
}

/// What a real file holds, counted with osmium-tool 1.15 and checked with a script of its own over `osmium cat -f opl`:
///
/// - roads: `osmium tags-filter -R FILE w/highway=motorway,motorway_link,…,bridleway`, from that
///   `osmium tags-filter -R -i - w/area=yes`; `osmium fileinfo -e -g data.count.ways`
/// - of those bridges: `osmium tags-filter -R ROADS w/bridge`, without those of `w/bridge=no`
/// - rivers `w/waterway=river,stream,drain,ditch,tidal_channel,canal`, railways
///   `w/railway=rail,narrow_gauge,light_rail,monorail,funicular,tram,subway`
/// - settlements `n/place=city,town,village,hamlet,suburb,neighbourhood,quarter` with a name
/// - gates: nodes with `barrier=…` that a road has; restrictions: pairs of a road from and a road to, where the
///   relation names both and a node of both (by the script)
/// - hydrants `n/emergency=fire_hydrant`, schools `nwr/amenity=school,kindergarten,university,college`
struct Held {
    file: &'static str,
    roads: u64,
    /// Roads of which the extract has no two nodes that follow each other.
    without_nodes: usize,
    bridges: u64,
    gates: u64,
    restrictions: u64,
    rivers: u64,
    railways: u64,
    settlements: u64,
    hydrants: u64,
    schools: u64,
}

const HELD: [Held; 5] = [
    Held {
        file: "osm/liechtenstein-2013-08-03.osm.pbf",
        roads: 2749,
        without_nodes: 0,
        bridges: 109,
        gates: 43,
        restrictions: 1,
        rivers: 73,
        railways: 34,
        settlements: 18,
        hydrants: 0,
        schools: 27,
    },
    Held {
        file: "osm/liechtenstein-2015.osm.pbf",
        roads: 4658,
        without_nodes: 0,
        bridges: 188,
        gates: 48,
        restrictions: 2,
        rivers: 194,
        railways: 31,
        settlements: 23,
        hydrants: 0,
        schools: 30,
    },
    Held {
        file: "osm/monaco.osm.gz",
        roads: 860,
        without_nodes: 0,
        bridges: 20,
        gates: 6,
        restrictions: 0,
        rivers: 3,
        railways: 1,
        settlements: 5,
        hydrants: 0,
        schools: 2,
    },
    Held {
        file: "osm/pyrosm_test.osm.pbf",
        roads: 342,
        without_nodes: 11,
        bridges: 8,
        gates: 1,
        restrictions: 0,
        rivers: 1,
        railways: 1,
        settlements: 6,
        hydrants: 0,
        schools: 2,
    },
    Held {
        file: "bench/real_mix_9areas.osm.pbf",
        roads: 24_976,
        without_nodes: 112,
        bridges: 633,
        gates: 428,
        restrictions: 188,
        rivers: 849,
        railways: 631,
        settlements: 328,
        hydrants: 85,
        schools: 131,
    },
];

#[test]
fn real_extracts_give_what_osmium_counts() {
    for held in HELD {
        let Some(path) = shared(held.file) else { continue };
        let mut desk = Desk::new();
        let reports = desk.import(&guess(&path)).unwrap();
        let read = |kind: Kind| reports.iter().find(|r| r.kind == kind).map_or(0, |r| r.read);
        let name = held.file;
        assert_eq!(read(Kind::Road), held.roads, "{name}: roads");
        assert_eq!(read(Kind::Bridge), held.bridges, "{name}: bridges");
        assert_eq!(read(Kind::RoadGate), held.gates, "{name}: gates");
        assert_eq!(read(Kind::River), held.rivers, "{name}: rivers");
        assert_eq!(read(Kind::Railway), held.railways, "{name}: railways");
        assert_eq!(read(Kind::Settlement), held.settlements, "{name}: settlements");
        assert_eq!(read(Kind::Hydrant), held.hydrants, "{name}: hydrants");
        assert_eq!(read(Kind::School), held.schools, "{name}: schools");
        let roads = reports.iter().find(|report| report.kind == Kind::Road).unwrap();
        let gone = roads.refused.iter().filter(|note| note.code == "missing_nodes").count();
        assert_eq!(gone, held.without_nodes, "{name}");
        assert_eq!(roads.accepted + roads.refused.len() as u64, held.roads, "{name}");
        assert_eq!(read(Kind::TurnRestriction), held.restrictions, "{name}: restrictions");
        assert!(reports.iter().all(|report| report.kind != Kind::Building), "{name}");
        // The reader alone gives the same roads as the store.
        let alone = read_roads(&path).unwrap();
        let mut stored: Vec<_> = desk.rows(Kind::Road).into_iter().map(|row| row.code).collect();
        let mut own: Vec<_> = alone.roads.into_iter().map(|row| row.code).collect();
        stored.sort();
        own.sort();
        own.retain(|code| stored.binary_search(code).is_ok());
        assert_eq!(own, stored, "{name}");
    }
}

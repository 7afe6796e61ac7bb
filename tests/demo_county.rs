//! The rules of the demo county, checked on the files in `maps/` as they are committed.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

#[path = "../examples/generate_demo_county/demo/mod.rs"]
mod demo;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use demo::facts::Facts;
use demo::plane::{P, crossing, inside, length, lonlat, to_line, to_ring};
use demo::terrain::Terrain;
use geo::{Area, BooleanOps};
use geo_types::{Coord, LineString, Polygon};
use serde_json::Value;
use shouye::model::Kind;

/// A row of a layer file: its cells as text, and its vertices in degrees (empty for plain tables).
#[derive(Clone)]
struct Row {
    cells: BTreeMap<String, String>,
    points: Vec<[f64; 2]>,
}

impl Row {
    fn get(&self, name: &str) -> &str {
        self.cells.get(name).map_or("", String::as_str)
    }

    fn number(&self, name: &str) -> f64 {
        self.get(name).parse().unwrap()
    }

    /// Vertices in the generator's plane, metres.
    fn line(&self) -> Vec<P> {
        self.points.iter().map(|c| lonlat(c[0], c[1])).collect()
    }

    /// The vertices of a ring, the last not repeated.
    fn ring(&self) -> Vec<P> {
        let mut line = self.line();
        line.pop();
        line
    }

    /// The point, or the middle of the vertices.
    fn place(&self) -> P {
        let line = if self.points.len() > 1 { self.ring() } else { self.line() };
        let n = line.len() as f64;
        P {
            x: line.iter().map(|q| q.x).sum::<f64>() / n,
            y: line.iter().map(|q| q.y).sum::<f64>() / n,
        }
    }
}

fn maps() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("maps")
}

fn read(file: &str) -> String {
    std::fs::read_to_string(maps().join(file)).unwrap()
}

fn geojson(text: &str) -> Vec<Row> {
    let file: Value = serde_json::from_str(text).unwrap();
    let rows = file["features"].as_array().unwrap().iter();
    rows.map(|feature| {
        let cells = feature["properties"].as_object().unwrap().iter();
        let cells = cells
            .map(|(name, value)| match value {
                Value::String(text) => (name.clone(), text.clone()),
                other => (name.clone(), other.to_string()),
            })
            .collect();
        let shape = &feature["geometry"];
        let coordinates = match shape["type"].as_str().unwrap() {
            "Polygon" => {
                assert_eq!(shape["coordinates"].as_array().unwrap().len(), 1);
                &shape["coordinates"][0]
            }
            _ => &shape["coordinates"],
        };
        Row { cells, points: serde_json::from_value(coordinates.clone()).unwrap() }
    })
    .collect()
}

fn table(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            let cells: BTreeMap<String, String> =
                names.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
            let points = match (cells.get("lon"), cells.get("lat")) {
                (Some(lon), Some(lat)) => vec![[lon.parse().unwrap(), lat.parse().unwrap()]],
                _ => Vec::new(),
            };
            Row { cells, points }
        })
        .collect()
}

/// The manifest's layers: file and kind, in load order.
fn layers() -> Vec<(String, Kind)> {
    let manifest: toml::Table = toml::from_str(&read("county.toml")).unwrap();
    let layers = manifest["layer"].as_array().unwrap().iter();
    layers
        .map(|layer| {
            let kind = Kind::parse(layer["kind"].as_str().unwrap()).unwrap();
            (layer["file"].as_str().unwrap().to_owned(), kind)
        })
        .collect()
}

fn layer(kind: Kind) -> Vec<Row> {
    let (file, _) = layers().into_iter().find(|(_, k)| *k == kind).unwrap();
    if file.ends_with(".csv") { table(&read(&file)) } else { geojson(&read(&file)) }
}

fn polygon(ring: &[P]) -> Polygon<f64> {
    let line = ring.iter().map(|q| Coord { x: q.x, y: q.y }).collect();
    Polygon::new(LineString(line), Vec::new())
}

fn outline() -> Vec<P> {
    layer(Kind::Boundary)[0].ring()
}

/// Township ring by name.
fn townships() -> BTreeMap<String, Vec<P>> {
    layer(Kind::Township).iter().map(|row| (row.get("name").to_owned(), row.ring())).collect()
}

/// Kinds of places where people and things are.
const FACILITIES: [Kind; 12] = [
    Kind::Shelter,
    Kind::Warehouse,
    Kind::Station,
    Kind::Hospital,
    Kind::Police,
    Kind::School,
    Kind::CareHome,
    Kind::Hydrant,
    Kind::Mine,
    Kind::HazardSource,
    Kind::Pump,
    Kind::Gauge,
];

#[test]
fn the_generator_writes_the_committed_bytes() {
    for (file, text) in demo::files() {
        assert!(
            text == read(file),
            "maps/{file} is not what the generator writes: cargo run --example generate_demo_county"
        );
    }
}

#[test]
fn the_manifest_names_every_file_once_and_knows_every_kind_with_data() {
    let listed: Vec<String> = layers().into_iter().map(|(file, _)| file).collect();
    let written: BTreeSet<String> =
        demo::files().iter().map(|(file, _)| (*file).to_owned()).collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), written);
    assert_eq!(listed.len(), written.len());
    let kinds: BTreeSet<Kind> = layers().into_iter().map(|(_, kind)| kind).collect();
    assert_eq!(kinds.len(), Kind::ALL.len());
}

#[test]
fn all_of_it_is_small() {
    let bytes: usize = layers().iter().map(|(file, _)| read(file).len()).sum();
    assert!(bytes < 3_000_000, "{bytes} bytes");
}

#[test]
fn every_row_says_where_it_comes_from() {
    for (file, kind) in layers() {
        let fact = matches!(kind, Kind::Boundary | Kind::Fault);
        for row in layer(kind) {
            if fact {
                assert_eq!(row.get("sample"), "false", "{file}");
                assert!(!row.get("source").is_empty() && row.get("source") != "示例数据", "{file}");
                assert!(row.get("note").contains("示意"), "{file}");
            } else {
                assert_eq!(
                    (row.get("sample"), row.get("source"), row.get("as_of")),
                    ("true", "示例数据", "2026-10-02"),
                    "{file}"
                );
            }
        }
    }
}

#[test]
fn every_column_is_a_field_and_every_cell_a_value_of_it() {
    for (file, kind) in layers() {
        let extra: &[&str] = match kind {
            Kind::River => &["width_m", "bed_start_m", "bed_end_m"],
            Kind::Settlement => &["urban", "official_name"],
            _ => &[],
        };
        for row in layer(kind) {
            for (name, cell) in &row.cells {
                if ["lon", "lat", "sample"].contains(&name.as_str())
                    || extra.contains(&name.as_str())
                {
                    continue;
                }
                let field = kind.field(name).unwrap_or_else(|| panic!("{file}: no field {name}"));
                assert!(field.read(cell).is_ok(), "{file}: {name} = {cell}");
            }
        }
    }
}

#[test]
fn codes_are_unique() {
    for (file, kind) in layers() {
        let rows = layer(kind);
        let codes: BTreeSet<&str> = rows.iter().map(|row| row.get("code")).collect();
        if codes != BTreeSet::from([""]) {
            assert_eq!(codes.len(), rows.len(), "{file}");
            assert!(!codes.contains(""), "{file}");
        }
    }
}

#[test]
fn names_and_codes_are_the_public_ones() {
    let facts = Facts::read();
    let townships: Vec<(String, String)> = layer(Kind::Township)
        .iter()
        .map(|row| (row.get("code").to_owned(), row.get("name").to_owned()))
        .collect();
    assert_eq!(townships.len(), 15);
    assert!(townships.contains(&("370830110".to_owned(), "白石镇".to_owned())));
    let villages = layer(Kind::Settlement);
    assert_eq!(villages.len(), 372);
    for (row, fact) in villages.iter().zip(&facts.villages) {
        assert_eq!(
            (row.get("code"), row.get("official_name")),
            (fact.code.as_str(), fact.official.as_str())
        );
        let own = townships.iter().find(|(code, _)| fact.code.starts_with(code.as_str())).unwrap();
        assert_eq!(row.get("township"), own.1);
    }
}

#[test]
fn residents_add_up_to_the_census() {
    let villages = layer(Kind::Settlement);
    let sum = |rows: &mut dyn Iterator<Item = &Row>| -> u64 {
        rows.map(|row| row.get("residents").parse::<u64>().unwrap()).sum()
    };
    assert_eq!(sum(&mut villages.iter()), 687_544);
    assert_eq!(sum(&mut villages.iter().filter(|row| row.get("urban") == "true")), 384_532);
    for township in layer(Kind::Township) {
        let own = &mut villages.iter().filter(|row| row.get("township") == township.get("name"));
        assert_eq!(sum(own), township.get("residents").parse::<u64>().unwrap());
    }
    for row in &villages {
        assert!(row.number("residents") >= 150.0, "{}", row.get("name"));
        assert!((2.0..5.0).contains(&(row.number("residents") / row.number("households"))));
        assert!((0.2..0.5).contains(&row.number("vulnerable_share")));
    }
}

#[test]
fn townships_fill_the_outline_without_gaps_or_overlaps() {
    let whole = polygon(&outline());
    let areas: Vec<Polygon<f64>> = townships().values().map(|ring| polygon(ring)).collect();
    let sum: f64 = areas.iter().map(Area::unsigned_area).sum();
    // Cutting at millionths of a degree moves the outline by less than a decimetre.
    assert!((sum / whole.unsigned_area() - 1.0).abs() < 1e-6, "{sum}");
    assert!(whole.unsigned_area() > 870e6 && whole.unsigned_area() < 885e6);
    for (i, a) in areas.iter().enumerate() {
        assert!(a.difference(&whole).unsigned_area() < 2_000.0);
        for b in &areas[..i] {
            assert!(a.intersection(b).unsigned_area() < 1.0);
        }
    }
    // Neighbours share their vertices exactly: each inner edge is walked once in each direction.
    let mut edges: BTreeMap<_, usize> = BTreeMap::new();
    for row in layer(Kind::Township) {
        for s in row.line().windows(2) {
            let (a, b) = (s[0].micro(), s[1].micro());
            *edges.entry((a.min(b), a.max(b))).or_default() += 1;
        }
    }
    let border = outline();
    for ((a, b), times) in edges {
        let middle = P::of(a).towards(P::of(b), 0.5);
        let on_border = to_ring(middle, &border) < 0.5;
        assert_eq!(times, if on_border { 1 } else { 2 }, "{a:?} {b:?}");
    }
}

#[test]
fn seats_lie_in_their_own_township() {
    let areas = townships();
    for fact in Facts::read().townships {
        assert!(inside(fact.seat, &areas[&fact.name]), "{}", fact.name);
    }
}

#[test]
fn extents_lie_in_their_township_and_apart() {
    let areas = townships();
    let villages = layer(Kind::Settlement);
    let shapes: Vec<Polygon<f64>> = villages.iter().map(|row| polygon(&row.ring())).collect();
    for (row, shape) in villages.iter().zip(&shapes) {
        let own = polygon(&areas[row.get("township")]);
        let outside = shape.difference(&own).unsigned_area();
        assert!(
            outside < 50.0,
            "{}: {outside} m² outside {}",
            row.get("name"),
            row.get("township")
        );
        assert!(inside(row.place(), &areas[row.get("township")]));
        assert!(shape.unsigned_area() > 15_000.0, "{}", row.get("name"));
    }
    for i in 0..shapes.len() {
        for j in 0..i {
            if villages[i].place().distance(villages[j].place()) < 2_500.0 {
                let common = shapes[i].intersection(&shapes[j]).unsigned_area();
                assert!(
                    common < 1.0,
                    "{} and {}",
                    villages[i].get("name"),
                    villages[j].get("name")
                );
            }
        }
    }
}

/// Rivers with half their width.
fn rivers() -> Vec<(String, Vec<P>, f64)> {
    layer(Kind::River)
        .iter()
        .map(|row| (row.get("name").to_owned(), row.line(), row.number("width_m") / 2.0))
        .collect()
}

#[test]
fn rivers_run_downhill() {
    let facts = Facts::read();
    let ground = Terrain::new(facts.highest_m, facts.lowest_m);
    for (name, line, _) in rivers() {
        let heights: Vec<f64> = line.iter().map(|q| ground.height(*q)).collect();
        for pair in heights.windows(2) {
            // The ground beside a river may rise a hand's breadth, never its course as a whole.
            assert!(pair[1] < pair[0] + 0.05, "{name} climbs from {} to {}", pair[0], pair[1]);
        }
        assert!(heights[0] - heights[heights.len() - 1] > 0.3, "{name}");
    }
    for row in layer(Kind::River) {
        assert!(row.number("bed_start_m") > row.number("bed_end_m"), "{}", row.get("name"));
    }
}

#[test]
fn the_ground_has_the_published_highest_and_lowest_points() {
    let facts = Facts::read();
    let ground = Terrain::new(facts.highest_m, facts.lowest_m);
    let ring = outline();
    let (mut low, mut high, mut highest_at) = (f64::INFINITY, 0.0, ring[0]);
    for i in -180..190 {
        for j in -250..240 {
            let q = P { x: f64::from(i) * 100.0, y: f64::from(j) * 100.0 };
            if inside(q, &ring) {
                let h = ground.height(q);
                low = h.min(low);
                if h > high {
                    (high, highest_at) = (h, q);
                }
            }
        }
    }
    assert!((high - 171.7).abs() < 1.5, "{high}");
    assert!((low - 36.5).abs() < 0.05, "{low}");
    assert!(inside(highest_at, &townships()["白石镇"]));
}

#[test]
fn rivers_meet() {
    let rivers = rivers();
    let line = |name: &str| &rivers.iter().find(|r| r.0 == name).unwrap().1;
    for (from, into) in [("小汶河", "梁济运河"), ("泉河", "小汶河"), ("小新河", "小汶河")]
    {
        let mouth = *line(from).last().unwrap();
        assert!(line(into).contains(&mouth), "{from} does not reach {into}");
    }
    assert!(line("大汶河").contains(&line("小汶河")[0]));
    assert!(length(line("小汶河")) > 50_000.0);
    assert!((length(line("梁济运河")) - 12_500.0).abs() < 1_500.0);
    // Along the northern and the south-western border.
    let border = outline();
    assert!(line("大汶河").iter().all(|q| to_ring(*q, &border) < 900.0));
    assert!(line("梁济运河").iter().all(|q| to_ring(*q, &border) < 1_300.0));
}

#[test]
fn rivers_pass_the_places_they_should() {
    let rivers = rivers();
    let areas = townships();
    let touches = |river: &str, township: &str| {
        rivers.iter().find(|r| r.0 == river).unwrap().1.iter().any(|q| inside(*q, &areas[township]))
    };
    for township in ["军屯乡", "杨店镇", "郭仓镇", "汶上街道", "南旺镇"] {
        assert!(touches("小汶河", township), "小汶河 misses {township}");
    }
    assert!(touches("泉河", "中都街道") && touches("泉河", "南旺镇"));
}

#[test]
fn nothing_stands_in_water() {
    let rivers = rivers();
    let lakes: Vec<Vec<P>> = layer(Kind::Waterbody).iter().map(Row::ring).collect();
    let check = |q: P, what: &str, margin: f64| {
        for (name, line, half) in &rivers {
            assert!(to_line(q, line) > half + margin, "{what} stands in {name}");
        }
        for ring in &lakes {
            assert!(!inside(q, ring), "{what} stands in a lake");
        }
    };
    for kind in FACILITIES {
        for row in layer(kind) {
            check(row.place(), &format!("{} {}", row.get("code"), row.get("name")), 5.0);
        }
    }
    for row in layer(Kind::Settlement) {
        for q in row.ring() {
            check(q, row.get("name"), 5.0);
        }
        // Nor does a lake lie in a village.
        for lake in &lakes {
            assert!(!lake.iter().any(|q| inside(*q, &row.ring())), "{}", row.get("name"));
        }
    }
    for row in layer(Kind::Levee) {
        for q in row.line() {
            check(q, row.get("name"), 0.0);
        }
    }
}

#[test]
fn facilities_stand_in_their_township_beside_a_road() {
    let areas = townships();
    let roads: Vec<Vec<P>> = layer(Kind::Road)
        .iter()
        .filter(|row| row.get("road_class") != "motorway")
        .map(Row::line)
        .collect();
    for kind in FACILITIES {
        for row in layer(kind) {
            let what = format!("{} {}", row.get("code"), row.get("name"));
            let q = row.place();
            assert!(inside(q, &areas[row.get("township")]), "{what} is not in its township");
            if kind == Kind::Gauge {
                continue;
            }
            let nearest = roads
                .iter()
                .filter(|line| line[0].distance(q) < 4_000.0)
                .map(|line| to_line(q, line))
                .fold(f64::INFINITY, f64::min);
            assert!((10.0..60.0).contains(&nearest), "{what} is {nearest} m from a road");
        }
    }
}

type Node = (i64, i64);

struct Net {
    rows: Vec<Row>,
    lines: Vec<Vec<P>>,
}

impl Net {
    fn read() -> Self {
        let rows = layer(Kind::Road);
        let lines = rows.iter().map(Row::line).collect();
        Self { rows, lines }
    }

    fn ends(&self, at: usize) -> (Node, Node) {
        let line = &self.lines[at];
        (line[0].micro(), line[line.len() - 1].micro())
    }

    fn motorway(&self, at: usize) -> bool {
        self.rows[at].get("road_class") == "motorway"
    }
}

#[test]
fn the_road_net_is_one_piece_and_reaches_every_village() {
    let net = Net::read();
    assert!((3_000..7_000).contains(&net.lines.len()), "{}", net.lines.len());
    let classes: BTreeSet<&str> = net.rows.iter().map(|row| row.get("road_class")).collect();
    assert_eq!(
        classes,
        BTreeSet::from([
            "motorway",
            "primary",
            "secondary",
            "tertiary",
            "track",
            "trunk",
            "village"
        ])
    );
    let mut around: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
    for at in 0..net.lines.len() {
        let (a, b) = net.ends(at);
        assert_ne!(a, b, "{} goes nowhere", net.rows[at].get("code"));
        around.entry(a).or_default().push(b);
        around.entry(b).or_default().push(a);
    }
    // Everything can be reached from a junction of the county town.
    let seat = lonlat(116.4961, 35.7275);
    let start = *around
        .keys()
        .min_by(|a, b| P::of(**a).distance2(seat).total_cmp(&P::of(**b).distance2(seat)))
        .unwrap();
    let mut seen = BTreeSet::from([start]);
    let mut open = vec![start];
    while let Some(node) = open.pop() {
        for next in &around[&node] {
            if seen.insert(*next) {
                open.push(*next);
            }
        }
    }
    assert_eq!(seen.len(), around.len());
    for village in layer(Kind::Settlement) {
        let ring = village.ring();
        assert!(
            seen.iter().any(|n| inside(P::of(*n), &ring) || to_ring(P::of(*n), &ring) < 40.0),
            "no road reaches {}",
            village.get("name")
        );
    }
}

#[test]
fn roads_join_where_they_cross_and_motorways_only_at_slip_roads() {
    let net = Net::read();
    let mut by_cell: BTreeMap<(i64, i64), BTreeSet<usize>> = BTreeMap::new();
    let cell = |v: f64| (v / 400.0).floor() as i64;
    for (at, line) in net.lines.iter().enumerate() {
        for s in line.windows(2) {
            for i in cell(s[0].x.min(s[1].x))..=cell(s[0].x.max(s[1].x)) {
                for j in cell(s[0].y.min(s[1].y))..=cell(s[0].y.max(s[1].y)) {
                    by_cell.entry((i, j)).or_default().insert(at);
                }
            }
        }
    }
    let mut pairs = BTreeSet::new();
    for members in by_cell.values() {
        let members: Vec<usize> = members.iter().copied().collect();
        for (n, a) in members.iter().enumerate() {
            pairs.extend(members[n + 1..].iter().map(|b| (*a, *b)));
        }
    }
    for (a, b) in pairs {
        let ((a0, a1), (b0, b1)) = (net.ends(a), net.ends(b));
        let shared = [a0, a1].iter().any(|n| *n == b0 || *n == b1);
        let name = |at: usize| format!("{} {}", net.rows[at].get("code"), net.rows[at].get("name"));
        if net.motorway(a) != net.motorway(b) {
            let other = if net.motorway(a) { b } else { a };
            let slip = net.rows[other].get("name").contains("互通匝道");
            assert!(!shared || slip, "{} joins {} without an interchange", name(a), name(b));
            continue;
        }
        for s in net.lines[a].windows(2) {
            for t in net.lines[b].windows(2) {
                if let Some((u, _)) = crossing(s[0], s[1], t[0], t[1]) {
                    let at = s[0].towards(s[1], u);
                    let node = [a0, a1].iter().any(|n| P::of(*n).distance(at) < 0.5)
                        && [b0, b1].iter().any(|n| P::of(*n).distance(at) < 0.5);
                    assert!(
                        node,
                        "{} crosses {} without a junction at {:?}",
                        name(a),
                        name(b),
                        at.micro()
                    );
                }
            }
        }
    }
    let slips = net.rows.iter().filter(|row| row.get("name").contains("互通匝道")).count();
    assert!(slips >= 6, "{slips}");
}

#[test]
fn a_bridge_stands_wherever_a_road_crosses_water() {
    let net = Net::read();
    let rivers = rivers();
    let bridges = layer(Kind::Bridge);
    let mut crossings = 0;
    for (row, line) in net.rows.iter().zip(&net.lines) {
        for (river, course, _) in &rivers {
            for s in line.windows(2) {
                for t in course.windows(2) {
                    if let Some((u, _)) = crossing(s[0], s[1], t[0], t[1]) {
                        crossings += 1;
                        assert_eq!(row.get("bridge"), "true", "{} fords {river}", row.get("code"));
                        let at = s[0].towards(s[1], u);
                        assert!(
                            bridges.iter().any(|b| b.get("river") == river
                                && b.place().distance(at) < 20.0 + b.number("length_m")),
                            "no record of the bridge of {} over {river}",
                            row.get("code")
                        );
                    }
                }
            }
        }
    }
    assert!(crossings >= 40, "{crossings}");
    let flagged = net.rows.iter().filter(|row| row.get("bridge") == "true").count();
    assert_eq!(flagged, bridges.len());
    // Lakes are gone round.
    for lake in
        layer(Kind::Waterbody).iter().filter(|row| row.get("water_type") != "old_lake_basin")
    {
        let ring = lake.ring();
        assert!(net.lines.iter().flatten().all(|q| !inside(*q, &ring)), "{}", lake.get("name"));
    }
}

#[test]
fn there_is_enough_of_everything() {
    let count = |kind: Kind, field: &str, value: &str| {
        layer(kind).iter().filter(|row| row.get(field) == value).count()
    };
    let shelters = layer(Kind::Shelter);
    assert!((55..=70).contains(&shelters.len()), "{}", shelters.len());
    for shelter_type in ["emergency", "fixed_short", "fixed_medium", "fixed_long", "central"] {
        assert!(count(Kind::Shelter, "shelter_type", shelter_type) > 0, "{shelter_type}");
    }
    for row in &shelters {
        let known = ["capacity", "effective_area_in_m2", "effective_area_out_m2"];
        assert!(known.iter().any(|field| !row.get(field).is_empty()), "{}", row.get("name"));
        assert!(row.get("hazards").contains("earthquake"));
    }
    assert!(shelters.iter().filter(|row| row.get("hazards").contains("flood")).count() > 25);
    let stores = layer(Kind::Warehouse);
    let county: Vec<_> = stores.iter().filter(|row| row.get("level") == "county").collect();
    assert_eq!(county.len(), 2);
    assert!(county.iter().all(|row| row.number("floor_area_m2") >= 2000.0));
    assert_eq!(count(Kind::Warehouse, "level", "township"), 15);
    assert_eq!(count(Kind::Station, "tier", "1"), 1);
    assert_eq!(count(Kind::Station, "tier", "M"), 15);
    assert!(count(Kind::Station, "tier", "N") >= 80);
    assert!(
        layer(Kind::Station)
            .iter()
            .filter(|r| r.get("tier") == "M")
            .all(|r| r.get("headcount") == "30")
    );
    assert_eq!(layer(Kind::Hospital).len(), 10);
    assert_eq!(layer(Kind::HazardSource).len(), 15);
    for substance in ["液氨", "液氯", "液化石油气", "汽油"] {
        assert!(count(Kind::HazardSource, "substance", substance) > 0, "{substance}");
    }
    assert!(count(Kind::Mine, "name", "义桥煤矿") == 1);
    assert!(layer(Kind::School).len() >= 40 && layer(Kind::CareHome).len() >= 15);
    for gauge in layer(Kind::Gauge) {
        assert!(gauge.number("guarantee_level_m") > gauge.number("warning_level_m"));
        assert!(gauge.number("warning_level_m") > gauge.number("level_m"));
    }
}

#[test]
fn tables_refer_to_rows_that_exist() {
    let codes = |kind: Kind| -> BTreeSet<String> {
        layer(kind).iter().map(|row| row.get("code").to_owned()).collect()
    };
    let (villages, shelters) = (codes(Kind::Settlement), codes(Kind::Shelter));
    let (stores, stations) = (codes(Kind::Warehouse), codes(Kind::Station));
    let mut kinds = BTreeSet::new();
    for row in layer(Kind::Stock) {
        assert!(stores.contains(row.get("warehouse")), "{}", row.get("warehouse"));
        let code = row.get("item_code");
        assert!(code.len() == 7 && ["1", "2", "3"].contains(&&code[..1]), "{code}");
        kinds.insert(row.get("reserve_kind").to_owned());
    }
    assert_eq!(kinds.len(), 5);
    assert!(layer(Kind::Equipment).iter().all(|row| stations.contains(row.get("station"))));
    assert!(layer(Kind::Equipment).iter().any(|row| !row.get("reach_m").is_empty()));
    assert!(layer(Kind::Equipment).iter().any(|row| !row.get("pump_m3h").is_empty()));
    let mut roles: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in layer(Kind::Contact) {
        roles
            .entry(row.get("settlement").to_owned())
            .or_default()
            .insert(row.get("role").to_owned());
    }
    assert_eq!(roles.keys().cloned().collect::<BTreeSet<_>>(), villages);
    assert!(roles.values().all(|own| own.contains("informant") && own.contains("responsible")));
    let arrangements = layer(Kind::Arrangement);
    assert!((30..200).contains(&arrangements.len()));
    for row in arrangements {
        assert!(villages.contains(row.get("settlement")) && shelters.contains(row.get("shelter")));
    }
}

#[test]
fn no_telephone_number_can_exist() {
    for kind in Kind::ALL {
        for row in layer(*kind) {
            let phone = row.get("phone");
            assert!(
                phone.is_empty() || phone.starts_with("0537-0") || phone.starts_with("100"),
                "{phone}"
            );
        }
    }
}

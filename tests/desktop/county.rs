//! A small county on paper: four villages in a row along the 35.70 parallel, three shelters, a station,
//! a lake that floods the two western villages.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use geo_types::{Geometry, LineString, Point, Polygon};
use shouye::base::{Clock, FixedClock, Id, Timestamp};
use shouye::model::{Attributes, Feature, Kind, Provenance, Value};
use shouye::store::{ImportBatch, Store};

/// 2026-11-24 14:20:05 in China.
pub fn hands() -> Arc<FixedClock> {
    Arc::new(FixedClock::at(Timestamp(1_795_501_205_000)))
}

/// The same, for those who only read it.
pub fn clock() -> Arc<dyn Clock> {
    hands()
}

fn row(
    kind: Kind,
    code: &str,
    name: &str,
    geometry: Option<Geometry<f64>>,
    values: &[(&str, Value)],
) -> Feature {
    let mut attributes = Attributes::default();
    for (field, value) in values {
        assert!(attributes.set(kind, field, Some(value.clone())), "{kind} has no {field}");
    }
    Feature {
        id: id(kind, code),
        kind,
        code: Some(code.to_owned()),
        name: name.to_owned(),
        geometry,
        attributes,
        extra: Vec::new(),
        provenance: Provenance {
            source: Some("县应急局台账".to_owned()),
            as_of: Some("2026-10-02".to_owned()),
            sample: kind == Kind::Station,
        },
    }
}

/// The id of a row.
pub fn id(kind: Kind, code: &str) -> Id {
    Id::from_natural_key(kind.key(), code)
}

fn square(x: f64, y: f64, half: f64) -> Geometry<f64> {
    let ring = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)];
    let ring: LineString<f64> =
        ring.iter().map(|(dx, dy)| (x + dx * half, y + dy * half)).collect();
    Polygon::new(ring, Vec::new()).into()
}

fn point(x: f64, y: f64) -> Option<Geometry<f64>> {
    Some(Point::new(x, y).into())
}

fn rows() -> Vec<Feature> {
    let village = |code, name, x: f64, people: i64| {
        let values = [("residents", people.into()), ("township", "南站街道".into())];
        row(Kind::Settlement, code, name, Some(square(x, 35.70, 0.004)), &values)
    };
    let shelter = |code, name, x: f64, values: &[(&str, Value)]| {
        row(Kind::Shelter, code, name, point(x, 35.71), values)
    };
    vec![
        row(Kind::Boundary, "370830", "示范县", Some(square(116.55, 35.70, 0.12)), &[]),
        row(Kind::Township, "370830101", "南站街道", Some(square(116.50, 35.70, 0.05)), &[]),
        village("v1", "西洼村", 116.48, 400),
        village("v2", "东洼村", 116.50, 300),
        village("v3", "高庄村", 116.56, 500),
        village("v4", "岗上村", 116.60, 600),
        shelter(
            "s1",
            "实验小学",
            116.52,
            &[
                ("capacity", 450_i64.into()),
                ("status", "standby".into()),
                ("phone", "0537-0000001".into()),
            ],
        ),
        shelter(
            "s2",
            "人民公园",
            116.54,
            &[("effective_area_out_m2", 400.0.into()), ("status", "open".into())],
        ),
        shelter(
            "s3",
            "老礼堂",
            116.50,
            &[("capacity", 900_i64.into()), ("status", "closed".into())],
        ),
        row(
            Kind::Station,
            "f1",
            "消防救援站",
            point(116.55, 35.72),
            &[("tier", "1".into()), ("headcount", 32_i64.into()), ("status", "available".into())],
        ),
        row(Kind::Waterbody, "l1", "西湖洼", Some(square(116.49, 35.70, 0.02)), &[]),
        row(
            Kind::Contact,
            "c1",
            "王建国",
            None,
            &[("settlement", "v1".into()), ("role", "informant".into())],
        ),
    ]
}

/// A main road from the western villages to the eastern ones, the station's street, a way around the
/// north, and a bridge on the main road. The westernmost village hangs on one road.
fn roads() -> Vec<Feature> {
    let road = |code: &str, name: &str, class: &str, line: &[(f64, f64)]| {
        let line: LineString<f64> = line.to_vec().into();
        row(Kind::Road, code, name, Some(line.into()), &[("road_class", class.into())])
    };
    vec![
        road("r0", "西洼路", "village", &[(116.478, 35.70), (116.495, 35.70)]),
        road("r1", "幸福大道", "primary", &[(116.495, 35.70), (116.53, 35.70), (116.55, 35.70)]),
        road("r2", "站前路", "primary", &[(116.55, 35.70), (116.55, 35.72)]),
        road(
            "r3",
            "北环路",
            "trunk",
            &[(116.495, 35.70), (116.495, 35.74), (116.55, 35.74), (116.55, 35.72)],
        ),
        road("r4", "东大街", "tertiary", &[(116.55, 35.70), (116.56, 35.70), (116.602, 35.70)]),
        row(Kind::Bridge, "b1", "泉河桥", point(116.57, 35.70), &[]),
    ]
}

/// Writes the county into a new store.
pub fn store(folder: &Path) -> PathBuf {
    write(folder, rows())
}

/// Writes the county with its roads into a new store.
pub fn store_with_roads(folder: &Path) -> PathBuf {
    write(folder, rows().into_iter().chain(roads()).collect())
}

fn write(folder: &Path, rows: Vec<Feature>) -> PathBuf {
    let path = folder.join("county.gpkg");
    let mut store = Store::create(&path, clock()).unwrap();
    for kind in Kind::ALL {
        let own: Vec<&Feature> = rows.iter().filter(|row| row.kind == *kind).collect();
        if own.is_empty() {
            continue;
        }
        let batch = ImportBatch {
            kind: *kind,
            source: "县应急局台账".to_owned(),
            replace: false,
            who: "test".to_owned(),
            demo: false,
        };
        let mut transaction = store.import(batch).unwrap();
        for row in own {
            transaction.put(row).unwrap();
        }
        transaction.commit().unwrap();
    }
    path
}

//! Hospitals, schools, care homes, police and hydrants.

use super::place::{Builder, SEAT, Wish};
use super::plane::{P, lonlat};
use super::rng::Rng;
use super::row::Row;
use super::sample::{Sample, phone};

/// Seven townships' health centres beside the county's hospitals: ten in all.
const HEALTH_CENTRES: [usize; 7] = [3, 4, 5, 7, 9, 11, 14];

/// A row with the columns all facilities share.
fn facility(builder: &Builder, code: String, name: String, k: usize, place: P) -> Row {
    Row::at(place).text("code", code).text("name", name).text("township", builder.township_name(k))
}

/// The hospitals.
pub fn hospitals(builder: &mut Builder, sample: &Sample) -> Vec<Row> {
    let mut rng = Rng::new("hospitals");
    let mut rows = Vec::new();
    for (i, item) in sample.hospital.iter().enumerate() {
        let near = lonlat(item.lon, item.lat);
        let k = builder.township_at(near);
        let place = builder.beside_road(Wish::new(near, k).within(SEAT), &mut rng);
        rows.push(
            facility(builder, format!("YY{:02}", i + 1), item.name.clone(), k, place)
                .text("level", &item.level)
                .whole("beds", item.beds)
                .whole("beds_free", item.beds * 14 / 100)
                .whole("ambulances", item.ambulances)
                .text("phone", phone(4000 + i))
                .sample(),
        );
    }
    for k in HEALTH_CENTRES {
        let near = builder.county.facts.townships[k].seat;
        let place = builder.beside_road(Wish::new(near, k).within(SEAT), &mut rng);
        let beds = 40 + rng.below(7) as i64 * 10;
        let code = format!("YY{:02}", rows.len() + 1);
        let name = format!("{}中心卫生院", builder.township_name(k));
        rows.push(
            facility(builder, code, name, k, place)
                .text("level", "一级")
                .whole("beds", beds)
                .whole("beds_free", beds * 3 / 10)
                .whole("ambulances", 1)
                .text("phone", phone(4010 + k))
                .sample(),
        );
    }
    rows
}

/// The schools.
pub fn schools(builder: &mut Builder, sample: &Sample) -> Vec<Row> {
    let mut rng = Rng::new("schools");
    let mut wanted: Vec<(String, usize, P, i64, i64)> = Vec::new();
    for (name, lon, lat, students, boarders) in [
        ("县第一中学", 116.4850, 35.7350, 4200, 3100),
        ("县实验中学", 116.5080, 35.7210, 3600, 900),
        ("县职业中专", 116.4690, 35.7410, 2800, 2300),
        ("尚书小学", 116.4770, 35.7280, 2200, 0),
        ("泉河小学", 116.4960, 35.7450, 1900, 0),
        ("中都幼儿园", 116.5040, 35.7290, 420, 0),
    ] {
        let near = lonlat(lon, lat);
        wanted.push((name.to_owned(), builder.township_at(near), near, students, boarders));
    }
    for k in 2..builder.county.facts.townships.len() {
        let seat = builder.county.facts.townships[k].seat;
        let short = builder.short(k);
        wanted.push((
            format!("{short}中学"),
            k,
            seat,
            900 + rng.below(12) as i64 * 50,
            300 + rng.below(6) as i64 * 30,
        ));
        wanted.push((format!("{short}中心小学"), k, seat, 600 + rng.below(12) as i64 * 40, 0));
        wanted.push((format!("{short}中心幼儿园"), k, seat, 150 + rng.below(9) as i64 * 20, 0));
    }
    for k in 2..builder.county.facts.townships.len() {
        let own = builder.villages_of(k);
        let village = own
            .into_iter()
            .filter(|&i| !builder.county.villages[i].urban)
            .max_by_key(|&i| builder.county.villages[i].residents);
        if let Some(i) = village {
            let v = &builder.county.villages[i];
            wanted.push((
                format!("{}小学", v.fact.stem()),
                k,
                v.place,
                180 + rng.below(10) as i64 * 20,
                0,
            ));
        }
    }
    wanted
        .into_iter()
        .enumerate()
        .map(|(i, (name, k, near, students, boarders))| {
            let at_seat = near == builder.county.facts.townships[k].seat;
            let reach = if at_seat { SEAT } else { 240.0 };
            let place = builder.beside_road(Wish::new(near, k).within(reach), &mut rng);
            facility(builder, format!("XX{:03}", i + 1), name, k, place)
                .whole("students", students)
                .whole("staff", students / 13 + 4)
                .whole("boarders", boarders)
                .text("person_in_charge", sample.person(&mut rng))
                .text("phone", phone(5000 + i))
                .sample()
        })
        .collect()
}

/// The care homes.
pub fn care_homes(builder: &mut Builder, sample: &Sample) -> Vec<Row> {
    let mut rng = Rng::new("care homes");
    (0..builder.county.facts.townships.len())
        .map(|k| {
            let near = builder.county.facts.townships[k].seat;
            let place = builder.beside_road(Wish::new(near, k).clear(120.0).within(SEAT), &mut rng);
            let name = if k < 2 {
                format!("{}养老服务中心", builder.short(k))
            } else {
                format!("{}敬老院", builder.township_name(k))
            };
            let beds = 60 + rng.below(10) as i64 * 12;
            let residents = beds * (62 + rng.below(25) as i64) / 100;
            facility(builder, format!("YL{:02}", k + 1), name, k, place)
                .whole("residents", residents)
                .whole("beds", beds)
                .whole("bedridden", residents * (18 + rng.below(20) as i64) / 100)
                .text("person_in_charge", sample.person(&mut rng))
                .text("phone", phone(6000 + k))
                .sample()
        })
        .collect()
}

/// The police.
pub fn police(builder: &mut Builder) -> Vec<Row> {
    let mut rng = Rng::new("police");
    let near = lonlat(116.4990, 35.7300);
    let k = builder.township_at(near);
    let place = builder.beside_road(Wish::new(near, k).within(SEAT), &mut rng);
    let mut rows = vec![
        facility(builder, "GA00".to_owned(), "县公安局".to_owned(), k, place)
            .text("phone", phone(7000))
            .sample(),
    ];
    for k in 0..builder.county.facts.townships.len() {
        let near = builder.county.facts.townships[k].seat;
        let place = builder.beside_road(Wish::new(near, k).within(SEAT), &mut rng);
        let name = format!("{}派出所", builder.short(k));
        rows.push(
            facility(builder, format!("GA{:02}", k + 1), name, k, place)
                .text("phone", phone(7001 + k))
                .sample(),
        );
    }
    rows
}

/// Hydrants in the town and the seats, tanks in large villages.
pub fn hydrants(builder: &mut Builder) -> Vec<Row> {
    let mut rng = Rng::new("hydrants");
    let mut rows: Vec<Row> = Vec::new();
    let mut add = |builder: &mut Builder, near: P, k: usize, kind: &str| {
        let place = builder.beside_road(Wish::new(near, k).clear(25.0), &mut rng);
        let status = if rng.chance(0.05) { "unavailable" } else { "available" };
        let code = format!("SS{:03}", rows.len() + 1);
        rows.push(
            Row::at(place)
                .text("code", code)
                .text("township", builder.township_name(k))
                .text("hydrant_type", kind)
                .text("status", status)
                .sample(),
        );
    };
    let county = builder.county;
    for village in county.villages.iter().filter(|v| v.town_block) {
        for side in [-300.0, 0.0, 300.0] {
            let near = village.place.plus(side, -side * 0.7);
            let k = builder.township_at(near);
            add(builder, near, k, "hydrant");
        }
    }
    for (k, township) in county.facts.townships.iter().enumerate().skip(2) {
        for _ in 0..3 {
            add(builder, township.seat, k, "hydrant");
        }
        let own = builder.villages_of(k);
        let largest = own
            .into_iter()
            .filter(|&i| !county.villages[i].urban)
            .max_by_key(|&i| county.villages[i].residents);
        if let Some(i) = largest {
            add(builder, county.villages[i].place, k, "tank");
        }
    }
    rows
}

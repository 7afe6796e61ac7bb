//! Levees along the rivers, gauges with warning levels, pumping stations, ponds.

use super::place::{Builder, Wish};
use super::plane::{CIRCLE, P, along, beside, chainage, length, lonlat, part, resample};
use super::rng::{Rng, noise};
use super::row::{Row, Shape};

/// Levees in reaches of about six kilometres on both banks of the greater rivers.
pub fn levees(builder: &Builder) -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, years, banks) in [
        ("大汶河", 50, &[("左堤", 1.0)][..]),
        ("梁济运河", 50, &[("左堤", 1.0)][..]),
        ("小汶河", 20, &[("左堤", 1.0), ("右堤", -1.0)][..]),
        ("泉河", 10, &[("左堤", 1.0), ("右堤", -1.0)][..]),
    ] {
        let river = builder.county.water.river(name);
        let total = length(&river.line);
        for (bank, side) in banks {
            let line = beside(&river.line, side * (river.half_width + 45.0));
            // Away from both ends, where other rivers come in.
            let (from, to) = (total * 0.02 + 150.0, total * 0.98 - 200.0);
            let reaches = ((to - from) / 6000.0).round().max(1.0);
            for reach in 0..reaches as usize {
                let span = (length(&line) - 350.0) / reaches;
                let start = 150.0 + span * reach as f64;
                let piece = part(&line, start, start + span);
                for dry in dry_parts(builder, &piece) {
                    let ground = builder.county.terrain.height(along(&dry, length(&dry) / 2.0));
                    let number = rows.len() + 1;
                    rows.push(
                        Row::new(Shape::Line(dry.iter().map(|q| q.micro()).collect()))
                            .text("code", format!("DF{number:03}"))
                            .text("name", format!("{name}{bank}第{}段", reach + 1))
                            .real("crest_m", ground + if years == 50 { 4.5 } else { 3.2 }, 1)
                            .whole("design_return_period", years)
                            .real("length_m", length(&dry), 0)
                            .sample(),
                    );
                }
            }
        }
    }
    rows
}

/// The parts of a levee that keep clear of every river: it stops where another one comes in.
fn dry_parts(builder: &Builder, piece: &[P]) -> Vec<Vec<P>> {
    let mut out: Vec<Vec<P>> = vec![Vec::new()];
    for q in resample(piece, 110.0) {
        if builder.county.water.clearance(q) > 18.0 {
            if let Some(last) = out.last_mut() {
                last.push(q);
            }
        } else {
            out.push(Vec::new());
        }
    }
    out.retain(|line| length(line) > 400.0);
    out
}

/// Gauges at bridges, spread along each river.
pub fn gauges(builder: &Builder) -> Vec<Row> {
    let mut rows = Vec::new();
    for (river_name, count) in
        [("大汶河", 2), ("梁济运河", 2), ("小汶河", 6), ("泉河", 3), ("小新河", 2)]
    {
        let river = builder.county.water.river(river_name);
        let total = length(&river.line);
        for i in 0..count {
            let wanted = total * (i as f64 + 0.5) / count as f64;
            let bridge = builder
                .county
                .roads
                .bridges
                .iter()
                .filter(|b| b.river == river_name)
                .min_by(|a, b| {
                    let off = |q: P| (chainage(q, &river.line) - wanted).abs();
                    off(a.place).total_cmp(&off(b.place))
                })
                .filter(|b| {
                    (chainage(b.place, &river.line) - wanted).abs() < total / count as f64 / 2.0
                });
            let at = bridge.map_or(wanted, |b| chainage(b.place, &river.line) + 30.0);
            // A gauge stands on the bank; where the river is the border, on the nearest bank inside.
            let banks =
                [1.0, -1.0].map(|side| beside(&river.line, side * (river.half_width + 12.0)));
            let found = (0..60)
                .flat_map(|n| [at + f64::from(n) * 50.0, at - f64::from(n) * 50.0])
                .find_map(|d| {
                    banks.iter().find_map(|bank| {
                        let q = along(bank, d);
                        builder.find_township(q).map(|k| (q, k))
                    })
                });
            let Some((bank, k)) = found else { continue };
            let vertex = (0..river.line.len())
                .min_by(|a, b| {
                    river.line[*a].distance2(bank).total_cmp(&river.line[*b].distance2(bank))
                })
                .unwrap();
            let bed = river.bed[vertex];
            let ground = builder.county.terrain.height(bank);
            let village = builder
                .county
                .villages
                .iter()
                .min_by(|a, b| a.place.distance2(bank).total_cmp(&b.place.distance2(bank)))
                .unwrap();
            let depth = (ground - bed).max(1.8);
            let code = format!("SW{:02}", rows.len() + 1);
            rows.push(
                Row::at(bank)
                    .text("code", code)
                    .text("name", format!("{}水位站", village.fact.stem()))
                    .text("township", builder.township_name(k))
                    .text("river", river_name)
                    .real("warning_level_m", bed + depth * 0.8, 2)
                    .real("guarantee_level_m", bed + depth * 1.15, 2)
                    .real("level_m", bed + depth * 0.3, 2)
                    .sample(),
            );
        }
    }
    rows
}

/// Pumping stations of the lowland, where roads come near the rivers.
pub fn pumps(builder: &mut Builder) -> Vec<Row> {
    let mut rng = Rng::new("pumps");
    let mut rows: Vec<Row> = Vec::new();
    for (river_name, count) in [("梁济运河", 3), ("小汶河", 7), ("泉河", 3), ("小新河", 3)]
    {
        let line = builder.county.water.river(river_name).line.clone();
        let total = length(&line);
        for i in 0..count {
            // Only the lower half drains against the river.
            let at = total * (0.45 + 0.5 * (i as f64 + 0.5) / count as f64);
            let wanted = along(&line, at);
            let Some(near) = builder
                .county
                .villages
                .iter()
                .min_by(|a, b| a.place.distance2(wanted).total_cmp(&b.place.distance2(wanted)))
            else {
                continue;
            };
            let (name, k) = (near.fact.stem().to_owned(), near.township);
            let place = builder
                .beside_road(Wish::new(near.place.towards(wanted, 0.5), k).clear(30.0), &mut rng);
            let number = rows.len() + 1;
            rows.push(
                Row::at(place)
                    .text("code", format!("BZ{number:02}"))
                    .text("name", format!("{name}排涝站"))
                    .text("township", builder.township_name(k))
                    .whole("pump_m3h", 3600 * (1 + rng.below(6) as i64))
                    .text("status", if number == 9 { "unavailable" } else { "available" })
                    .text("note", format!("排入{river_name}"))
                    .sample(),
            );
        }
    }
    rows
}

/// Lakes and ponds that hold water all year, where nothing else is.
pub fn ponds(builder: &mut Builder) -> Vec<Row> {
    let mut rng = Rng::new("ponds");
    let mut rows = Vec::new();
    for (name, kind, lon, lat, radius, volume) in [
        ("莲花湖", "lake", 116.4530, 35.7215, 330.0, 620_000.0),
        ("南湖", "lake", 116.4730, 35.6690, 200.0, 160_000.0),
        ("北湖", "lake", 116.5010, 35.7540, 230.0, 240_000.0),
        ("白石山塘", "pond", 116.6420, 35.8260, 130.0, 60_000.0),
        ("彩山水库", "reservoir", 116.6480, 35.7860, 260.0, 480_000.0),
        ("杨店塘坝", "pond", 116.5700, 35.8080, 120.0, 45_000.0),
    ] {
        let wanted = lonlat(lon, lat);
        let (mut reach, mut size) = (0.0, radius);
        let centre = loop {
            let (dx, dy) = rng.direction();
            let q = wanted.plus(dx * reach, dy * reach);
            if builder.open_ground(q, size * 1.1 + 30.0) {
                break q;
            }
            reach += 25.0;
            if reach > 1800.0 {
                (reach, size) = (0.0, size * 0.85);
            }
        };
        let ring: Vec<P> = CIRCLE
            .iter()
            .step_by(2)
            .enumerate()
            .map(|(i, (c, s))| {
                let r =
                    size * (0.86 + 0.14 * noise(77, centre.x + 900.0 * i as f64, centre.y, 700.0));
                centre.plus(c * r, s * r * 0.8)
            })
            .collect();
        let code = format!("LH{:02}", 11 + rows.len());
        rows.push(
            Row::new(Shape::Ring(ring.iter().map(|q| q.micro()).collect()))
                .text("code", code)
                .text("name", name)
                .text("water_type", kind)
                .real("storage_m3", volume, 0)
                .sample(),
        );
        builder.ponds.push(ring);
    }
    rows
}

//! Fire station, township and village rescue stations (1 + M + N), and their equipment.

use super::place::{Builder, SEAT, Wish};
use super::plane::lonlat;
use super::rng::Rng;
use super::row::{Row, Shape};
use super::sample::{Sample, phone};

/// Village stations: at least so many.
const VILLAGE_STATIONS: usize = 90;

/// The stations; the code tells the tier.
pub fn stations(builder: &mut Builder, sample: &Sample) -> Vec<Row> {
    let mut rng = Rng::new("stations");
    let near = lonlat(116.5030, 35.7260);
    let k = builder.township_at(near);
    let mut rows = vec![station(
        builder,
        sample,
        &mut rng,
        near,
        k,
        "XF001".to_owned(),
        "县消防救援大队".to_owned(),
        "1",
        58,
        "灭火救援;危化品处置;高层救援;水域救援;地震救援",
        1,
    )];
    for k in 0..builder.county.facts.townships.len() {
        let near = builder.county.facts.townships[k].seat;
        let wet = builder.floods(near);
        let hills = builder.short(k) == "白石";
        let specialties = match (wet, hills) {
            (_, true) => "灭火救援;森林防火;地质灾害",
            (true, _) => "灭火救援;抗洪抢险;水域救援",
            _ => "灭火救援;抗洪抢险;道路抢险",
        };
        let name = format!("{}应急救援站", builder.township_name(k));
        rows.push(station(
            builder,
            sample,
            &mut rng,
            near,
            k,
            format!("XZ{:03}", k + 1),
            name,
            "M",
            30,
            specialties,
            10 + k,
        ));
    }
    // Villages by turns of the townships, the most populous first.
    let townships = builder.county.facts.townships.len();
    let mut by_size: Vec<Vec<usize>> = (0..townships)
        .map(|k| {
            let mut own: Vec<usize> = builder.villages_of(k);
            own.retain(|&i| {
                !builder.county.villages[i].urban || builder.county.villages[i].town_block
            });
            own.sort_by_key(|&i| std::cmp::Reverse(builder.county.villages[i].residents));
            own
        })
        .collect();
    let mut number = 0;
    while number < VILLAGE_STATIONS {
        for own in &mut by_size {
            if own.is_empty() || number >= VILLAGE_STATIONS {
                continue;
            }
            let village = &builder.county.villages[own.remove(0)];
            let (near, k, name) =
                (village.place, village.township, format!("{}应急救援站", village.fact.name));
            number += 1;
            let heads = 8 + rng.below(8) as i64;
            let specialties = if builder.floods(near) {
                "初期火灾扑救;巡堤查险"
            } else {
                "初期火灾扑救;人员转移"
            };
            rows.push(station(
                builder,
                sample,
                &mut rng,
                near,
                k,
                format!("CZ{number:03}"),
                name,
                "N",
                heads,
                specialties,
                100 + number,
            ));
        }
    }
    rows
}

#[allow(clippy::too_many_arguments, reason = "one line of a ledger has as many columns")]
fn station(
    builder: &mut Builder,
    sample: &Sample,
    rng: &mut Rng,
    near: super::plane::P,
    k: usize,
    code: String,
    name: String,
    tier: &str,
    headcount: i64,
    specialties: &str,
    number: usize,
) -> Row {
    let place = builder.beside_road(
        Wish::new(near, k).clear(80.0).within(if tier == "N" { 240.0 } else { SEAT }),
        rng,
    );
    let status = match number {
        17 | 143 => "unavailable",
        121 => "dispatched",
        _ => "available",
    };
    Row::at(place)
        .text("code", code)
        .text("name", name)
        .text("township", builder.township_name(k))
        .text("tier", tier)
        .whole("headcount", headcount)
        .text("specialties", specialties)
        .text("status", status)
        .text("person_in_charge", sample.person(rng))
        .text("phone", phone(1000 + number))
        .sample()
}

/// The equipment of all stations.
pub fn equipment(stations: &[Row], sample: &Sample) -> Vec<Row> {
    let mut rng = Rng::new("equipment");
    let mut rows = Vec::new();
    for station in stations {
        let (code, tier) = (station.get("code").unwrap(), station.get("tier").unwrap());
        for (i, item) in sample.equipment.iter().filter(|item| item.tier == tier).enumerate() {
            let mut row = Row::new(Shape::None)
                .text("code", format!("ZB-{code}-{:02}", i + 1))
                .text("station", &code)
                .text("name", &item.name);
            if let Some(model) = &item.model {
                row = row.text("model", model);
            }
            row = row.whole("quantity", item.quantity);
            if let Some(reach) = item.reach_m {
                row = row.real("reach_m", reach, 1);
            }
            if let Some(pump) = item.pump_m3h {
                row = row.real("pump_m3h", pump, 0);
            }
            let status = if rng.chance(0.04) { "unavailable" } else { "available" };
            rows.push(row.text("status", status).sample());
        }
    }
    rows
}

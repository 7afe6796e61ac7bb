//! Warehouses (物资储备库) and what lies in them.

use super::place::{Builder, SEAT, Wish};
use super::plane::lonlat;
use super::rng::Rng;
use super::row::{Row, Shape};
use super::sample::{Sample, phone};

/// Two county warehouses, and a store in each township.
pub fn warehouses(builder: &mut Builder, sample: &Sample) -> Vec<Row> {
    let mut rng = Rng::new("warehouses");
    let mut rows = Vec::new();
    let mut row = |builder: &mut Builder,
                   code: String,
                   name: String,
                   k: usize,
                   near,
                   area: f64,
                   level: &str,
                   number| {
        let place = builder.beside_road(Wish::new(near, k).clear(120.0).within(SEAT), &mut rng);
        rows.push(
            Row::at(place)
                .text("code", code)
                .text("name", name)
                .text("township", builder.township_name(k))
                .real("floor_area_m2", area, 0)
                .text("level", level)
                .text("status", "available")
                .text("person_in_charge", sample.person(&mut rng))
                .text("phone", phone(3000 + number))
                .sample(),
        );
    };
    for (i, (name, lon, lat, area)) in [
        ("县应急物资储备库", 116.5120, 35.7150, 2400.0),
        ("县防汛抗旱物资储备库", 116.4760, 35.7190, 2200.0),
    ]
    .into_iter()
    .enumerate()
    {
        let near = lonlat(lon, lat);
        let k = builder.township_at(near);
        row(builder, format!("CK{:02}", i + 1), name.to_owned(), k, near, area, "county", i + 1);
    }
    for k in 0..builder.county.facts.townships.len() {
        let near = builder.county.facts.townships[k].seat;
        let name = format!("{}应急物资储备点", builder.township_name(k));
        let area = 80.0 + (k * 37 % 13) as f64 * 10.0;
        row(builder, format!("CK{:02}", k + 3), name, k, near, area, "township", k + 3);
    }
    rows
}

/// The stock lines.
pub fn stock(townships: usize, sample: &Sample) -> Vec<Row> {
    let mut rng = Rng::new("stock");
    let mut rows = Vec::new();
    let mut line = |warehouse: String,
                    name: &str,
                    item_code: &str,
                    quantity: i64,
                    unit: &str,
                    expiry: Option<i64>,
                    kind: &str,
                    note: &str| {
        let mut row = Row::new(Shape::None)
            .text("warehouse", warehouse)
            .text("item_code", item_code)
            .text("name", name)
            .whole("quantity", quantity)
            .text("unit", unit);
        if let Some(months) = expiry {
            row = row.text("expiry", month_end(months));
        }
        row = row.text("reserve_kind", kind);
        if !note.is_empty() {
            row = row.text("note", note);
        }
        rows.push(row.sample());
    };
    for item in &sample.stock {
        let warehouse = if item.flood { "CK02" } else { "CK01" };
        let lots = if item.expiry_months.is_some() { 3 } else { 1 };
        for lot in 0..lots {
            // Lots bought at different times; the oldest is about to expire.
            let expiry = item.expiry_months.map(|m| 1 + m * lot / 3);
            line(
                warehouse.to_owned(),
                &item.name,
                &item.item_code,
                item.county / lots,
                &item.unit,
                expiry,
                "government",
                "",
            );
        }
    }
    for k in 0..townships {
        for item in &sample.stock {
            if let Some(base) = item.township {
                let quantity = (base as f64 * rng.between(0.7, 1.4)).round() as i64;
                let expiry = item.expiry_months.map(|m| (m as f64 * rng.between(0.0, 1.0)) as i64);
                line(
                    format!("CK{:02}", k + 3),
                    &item.name,
                    &item.item_code,
                    quantity.max(1),
                    &item.unit,
                    expiry,
                    "government",
                    "",
                );
            }
        }
    }
    for deal in &sample.agreement {
        line(
            "CK01".to_owned(),
            &deal.name,
            &deal.item_code,
            deal.quantity,
            &deal.unit,
            None,
            &deal.reserve_kind,
            &deal.note,
        );
    }
    rows
}

/// The last day of the month so many months after October 2026.
fn month_end(months: i64) -> String {
    let month0 = 9 + months;
    let (year, month) = (2026 + month0 / 12, month0 % 12 + 1);
    let leap = year % 4 == 0;
    let day = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    format!("{year}-{month:02}-{day:02}")
}

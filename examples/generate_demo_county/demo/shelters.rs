//! Shelters (应急避难场所) of all types, and which village goes where (预案对口安置).

use super::place::{Builder, SEAT, Wish};
use super::plane::{P, lonlat};
use super::rng::Rng;
use super::row::{Row, Shape};
use super::sample::{Sample, phone};

/// A shelter with what arrangements need.
pub struct Shelter {
    /// Code.
    pub code: String,
    /// Place.
    pub place: P,
    /// Places for a short stay.
    pub places: u64,
    /// Fit in a flood.
    pub flood: bool,
    /// Its row.
    pub row: Row,
}

/// What is known of a shelter before it is written.
struct Plan {
    name: String,
    near: P,
    reach: f64,
    township: usize,
    shelter_type: String,
    grade: &'static str,
    out_m2: f64,
    in_m2: f64,
    declared: Option<i64>,
}

/// All shelters.
pub fn build(builder: &mut Builder, sample: &Sample, schools: &[Row]) -> Vec<Shelter> {
    let mut rng = Rng::new("shelters");
    let mut plans = Vec::new();
    for item in &sample.shelter {
        let near = lonlat(item.lon, item.lat);
        plans.push(Plan {
            name: item.name.clone(),
            reach: 260.0,
            near,
            township: builder.township_at(near),
            shelter_type: item.shelter_type.clone(),
            grade: "county",
            out_m2: item.out_m2,
            in_m2: item.in_m2.unwrap_or(0.0),
            declared: None,
        });
    }
    for k in 2..builder.county.facts.townships.len() {
        let near = builder.county.facts.townships[k].seat;
        let area =
            |rng: &mut Rng, low: f64, high: f64| (rng.between(low, high) / 50.0).round() * 50.0;
        let short = builder.short(k).to_owned();
        let medium = rng.chance(0.5);
        let mut plan =
            |name: &str, shelter_type: &str, out_m2: f64, in_m2: f64, declared: Option<i64>| {
                plans.push(Plan {
                    name: format!("{short}{name}避难场所"),
                    reach: SEAT,
                    near,
                    township: k,
                    shelter_type: shelter_type.to_owned(),
                    grade: "township",
                    out_m2,
                    in_m2,
                    declared,
                });
            };
        let kind = if medium { "fixed_medium" } else { "fixed_short" };
        let (low, high) = if medium { (10_500.0, 14_500.0) } else { (6_000.0, 9_500.0) };
        plan("中学", kind, area(&mut rng, low, high), area(&mut rng, 2400.0, 4800.0), None);
        // Some ledgers declare a capacity instead of areas.
        let persons = (rng.between(900.0, 1900.0) / 50.0).round() as i64 * 50;
        if rng.chance(0.6) {
            plan("中心小学", "fixed_short", 0.0, 0.0, Some(persons));
        } else {
            plan(
                "中心小学",
                "fixed_short",
                area(&mut rng, 2600.0, 4200.0),
                area(&mut rng, 1200.0, 2200.0),
                None,
            );
        }
        plan("文化广场", "emergency", area(&mut rng, 1400.0, 3600.0), 0.0, None);
    }
    // Village yards, far from the seats.
    for k in [3, 3, 4, 4, 5, 6, 7, 8, 9, 11, 12, 13] {
        let own = builder.villages_of(k);
        let seat = builder.county.facts.townships[k].seat;
        let used: Vec<P> = plans.iter().map(|p: &Plan| p.near).collect();
        let far = own
            .into_iter()
            .filter(|&i| {
                let v = &builder.county.villages[i];
                v.place.distance(seat) > 2000.0 && used.iter().all(|q| q.distance(v.place) > 1500.0)
            })
            .max_by_key(|&i| builder.county.villages[i].residents);
        if let Some(i) = far {
            let v = &builder.county.villages[i];
            plans.push(Plan {
                name: format!("{}村委大院避难点", v.fact.stem()),
                reach: 240.0,
                near: v.place,
                township: k,
                shelter_type: "emergency".to_owned(),
                grade: "village",
                out_m2: 0.0,
                in_m2: 0.0,
                declared: Some((rng.between(180.0, 460.0) / 10.0).round() as i64 * 10),
            });
        }
    }
    // A school's shelter is the school.
    for plan in &mut plans {
        let school = plan.name.trim_end_matches("避难场所");
        let row = schools.iter().find(|row| row.get("name").as_deref() == Some(school));
        if let Some(Shape::Point(place)) = row.map(|row| &row.shape) {
            (plan.near, plan.reach) = (P::of(*place), 90.0);
        }
    }
    plans
        .into_iter()
        .enumerate()
        .map(|(i, plan)| finish(builder, sample, plan, i + 1, &mut rng))
        .collect()
}

fn finish(
    builder: &mut Builder,
    sample: &Sample,
    plan: Plan,
    number: usize,
    rng: &mut Rng,
) -> Shelter {
    let place = builder
        .beside_road(Wish::new(plan.near, plan.township).clear(90.0).within(plan.reach), rng);
    let flood = !builder.floods(place);
    let indoor = plan.in_m2 > 0.0 || plan.name.contains("小学") || plan.grade == "village";
    let outdoor = plan.out_m2 > 0.0 || plan.declared.is_some();
    let mut hazards = vec!["earthquake", "fire"];
    if flood {
        hazards.insert(0, "flood");
    }
    if indoor {
        hazards.extend(["chemical", "storm"]);
    }
    let per_person = match plan.shelter_type.as_str() {
        "emergency" => 1.0,
        "fixed_short" => 2.0,
        "fixed_medium" => 3.0,
        _ => 4.5,
    };
    let places =
        plan.declared.unwrap_or(((plan.out_m2 + plan.in_m2) / per_person) as i64).max(0) as u64;
    let code = format!("BN{number:03}");
    let mut row = Row::at(place)
        .text("code", &code)
        .text("name", &plan.name)
        .text("township", builder.township_name(plan.township))
        .text("shelter_type", &plan.shelter_type)
        .text("grade", plan.grade);
    if let Some(persons) = plan.declared {
        row = row.whole("capacity", persons);
    }
    if plan.in_m2 > 0.0 {
        row = row.real("effective_area_in_m2", plan.in_m2, 0);
    }
    if plan.out_m2 > 0.0 {
        row = row.real("effective_area_out_m2", plan.out_m2, 0);
        let gross = (plan.out_m2 + plan.in_m2) * rng.between(1.5, 1.9);
        row = row.real("gross_area_m2", (gross / 100.0).round() * 100.0, 0);
    }
    let status = match number {
        7 | 23 => "prepared",
        31 => "closed",
        _ => "standby",
    };
    row = row.whole("occupied", 0);
    if number % 9 == 4 {
        row = row.whole("reserved", (places / 10 / 10 * 10) as i64);
    }
    let row = row
        .text("status", status)
        .text("hazards", hazards.join(";"))
        .yes("indoor", indoor)
        .yes("outdoor", outdoor)
        .yes("accessible", plan.grade == "county" || rng.chance(0.5))
        .whole("toilets", (places / 50).clamp(4, 400) as i64)
        .whole("exits", if plan.grade == "county" { 4 } else { 2 })
        .real("water_l", (places as f64 * 3.0 / 100.0).round() * 100.0, 0)
        .real("power_kw", if plan.grade == "county" { 120.0 } else { 30.0 }, 0)
        .text("person_in_charge", sample.person(rng))
        .text("phone", phone(2000 + number))
        .text("note", if number == 31 { "校舍维修，暂停使用" } else { "" })
        .sample();
    Shelter { code, place, places, flood, row }
}

/// Low-lying villages and the shelter planned for each, as long as there is room; each shelter keeps a fifth free.
pub fn arrangements(builder: &Builder, shelters: &[Shelter]) -> Vec<Row> {
    let mut left: Vec<u64> = shelters.iter().map(|s| s.places * 8 / 10).collect();
    let closed = |s: &Shelter| s.row.get("status").as_deref() == Some("closed");
    let mut rows = Vec::new();
    for village in &builder.county.villages {
        let water = &builder.county.water;
        let low =
            water.clearance(village.place) < 1100.0 || water.basin_distance(village.place) < 900.0;
        if village.urban || !low || builder.county.terrain.height(village.place) > 44.0 {
            continue;
        }
        let mut order: Vec<usize> = (0..shelters.len())
            .filter(|&s| shelters[s].flood && !closed(&shelters[s]) && left[s] >= village.residents)
            .filter(|&s| shelters[s].place.distance(village.place) < 9000.0)
            .collect();
        order.sort_by(|a, b| {
            let d = |s: usize| shelters[s].place.distance2(village.place);
            d(*a).total_cmp(&d(*b)).then(a.cmp(b))
        });
        if let Some(&s) = order.first() {
            left[s] -= village.residents;
            rows.push(
                Row::new(Shape::None)
                    .text("settlement", &village.fact.code)
                    .text("shelter", &shelters[s].code)
                    .whole("priority", 1)
                    .text("note", format!("{}转移安置", village.fact.name))
                    .sample(),
            );
        }
    }
    rows
}

//! Mines and plants with dangerous substances.

use super::place::{Builder, Wish};
use super::rng::Rng;
use super::row::Row;
use super::sample::{Sample, phone};

/// The mines: names are public, places are not.
pub fn mines(builder: &mut Builder) -> Vec<Row> {
    let mut rng = Rng::new("mines");
    let county = builder.county;
    county
        .facts
        .mines
        .iter()
        .enumerate()
        .map(|(i, mine)| {
            let k = county.facts.townships.iter().position(|t| t.name == mine.township).unwrap();
            let seat = county.facts.townships[k].seat;
            // Shafts stand away from the seat: the iron mine in the north-west.
            let (dx, dy) = [(2300.0, -1500.0), (-900.0, -2600.0), (-1500.0, 3200.0)][i % 3];
            let place = builder.beside_road(
                Wish::new(seat.plus(dx, dy), k).clear(200.0).within(500.0).apart(150.0),
                &mut rng,
            );
            let mut row = Row::at(place)
                .text("code", format!("KS{:02}", i + 1))
                .text("name", &mine.name)
                .text("township", &mine.township)
                .text("mineral", &mine.mineral)
                .whole("workers", [1450, 620, 380][i % 3]);
            if let Some(output) = mine.output_t_year {
                row = row.real("output_t_year", output, 0);
            }
            row.text("status", "active")
                .text("phone", phone(8000 + i))
                .text("note", "矿名、矿种为公开资料，位置与人数为示例")
                .sample()
        })
        .collect()
}

/// The plants: one to three kilometres from the seat, downstream of nothing in particular.
pub fn plants(builder: &mut Builder, sample: &Sample) -> Vec<Row> {
    let mut rng = Rng::new("plants");
    let county = builder.county;
    sample
        .plant
        .iter()
        .enumerate()
        .map(|(i, plant)| {
            let k = county
                .facts
                .townships
                .iter()
                .position(|t| t.code.ends_with(&plant.township))
                .unwrap();
            let seat = county.facts.townships[k].seat;
            let mut near = seat;
            for _ in 0..200 {
                let (dx, dy) = rng.direction();
                let far = rng.between(1300.0, 3200.0);
                near = seat.plus(dx * far, dy * far);
                let open =
                    county.villages.iter().all(|v| v.place.distance(near) > v.radius + 300.0);
                if open && builder.in_township(near, k) {
                    break;
                }
            }
            let place = builder
                .beside_road(Wish::new(near, k).clear(250.0).within(400.0).apart(200.0), &mut rng);
            Row::at(place)
                .text("code", format!("WX{:02}", i + 1))
                .text("name", &plant.name)
                .text("township", builder.township_name(k))
                .text("substance", &plant.substance)
                .real("tonnes", plant.tonnes, 1)
                .text("major_hazard_class", &plant.class)
                .whole("workers", plant.workers)
                .text("person_in_charge", sample.person(&mut rng))
                .text("phone", phone(9000 + i))
                .sample()
        })
        .collect()
}

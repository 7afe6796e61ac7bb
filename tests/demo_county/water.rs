//! Rivers run downhill and meet, and nothing stands in them.

use shouye::model::Kind;

use crate::demo::facts::Facts;
use crate::demo::plane::{P, area, inside, length, to_line, to_ring};
use crate::demo::terrain::Terrain;
use crate::demo::water::Water;
use crate::files::{FACILITIES, Row, layer, outline, rivers, townships};

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
fn rivers_have_one_bed_where_they_meet() {
    let facts = Facts::read();
    let water = Water::new(&Terrain::new(facts.highest_m, facts.lowest_m));
    let bed = |name: &str, q: P| {
        let river = water.river(name);
        river.bed[river.line.iter().position(|v| *v == q).unwrap()]
    };
    let rows = layer(Kind::River);
    let row = |name: &str| rows.iter().find(|row| row.get("name") == name).unwrap();
    let within = |level: f64, other: &str| {
        let (start, end) = (row(other).number("bed_start_m"), row(other).number("bed_end_m"));
        assert!(
            (end..=start).contains(&level),
            "{level} is not between {end} and {start}, {other}"
        );
    };
    for (from, into) in [("小汶河", "梁济运河"), ("泉河", "小汶河"), ("小新河", "小汶河")]
    {
        let mouth = *water.river(from).line.last().unwrap();
        assert_eq!(bed(from, mouth), bed(into, mouth), "{from} into {into}");
        within(row(from).number("bed_end_m"), into);
    }
    let offtake = water.river("小汶河").line[0];
    assert_eq!(bed("小汶河", offtake), bed("大汶河", offtake));
    within(row("小汶河").number("bed_start_m"), "大汶河");
    for river in &water.rivers {
        assert!(river.bed.windows(2).all(|pair| pair[1] <= pair[0]), "{} climbs", river.name);
    }
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
fn the_old_lakes_lie_apart_and_clear_of_the_rivers_of_today() {
    let basins: Vec<Vec<P>> = layer(Kind::Waterbody)
        .iter()
        .filter(|row| row.get("water_type") == "old_lake_basin")
        .map(Row::ring)
        .collect();
    assert_eq!(basins.len(), 3);
    // Historically about 65 km²; the rest is where people live now.
    let sum: f64 = basins.iter().map(|ring| area(ring).abs()).sum();
    assert!((40e6..65e6).contains(&sum), "{sum}");
    let border = outline();
    for (at, basin) in basins.iter().enumerate() {
        assert!(basin.iter().all(|q| inside(*q, &border)));
        for other in &basins[..at] {
            assert!(!basin.iter().any(|q| inside(*q, other)));
        }
        for (name, line, _) in rivers() {
            assert!(!line.iter().any(|q| inside(*q, basin)), "{name} runs through an old lake");
        }
    }
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

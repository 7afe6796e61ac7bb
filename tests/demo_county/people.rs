//! Townships and villages: public names and codes, a partition of the outline, sums that agree.

use std::collections::BTreeMap;

use geo::{Area, BooleanOps};
use geo_types::Polygon;
use shouye::model::Kind;

use crate::demo::facts::Facts;
use crate::demo::plane::{P, inside, to_ring};
use crate::files::{Row, layer, outline, polygon, townships};

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
fn most_people_live_in_the_county_town() {
    let people = |name: &str| {
        let townships = layer(Kind::Township);
        townships.iter().find(|row| row.get("name") == name).unwrap().number("residents")
    };
    // The seat first, then the other town street, before every other township by far.
    let (seat, town) = (people("中都街道"), people("汶上街道"));
    assert!(seat > town, "{seat} and {town}");
    for row in layer(Kind::Township) {
        let (name, residents) = (row.get("name"), row.number("residents"));
        if name != "中都街道" && name != "汶上街道" {
            assert!(residents < town, "{name}: {residents} people, 汶上街道 {town}");
            assert!(residents * 1.5 < seat, "{name}: {residents} people, 中都街道 {seat}");
        }
    }
    // Not every village of a street office is town.
    let villages = layer(Kind::Settlement);
    let own = villages.iter().filter(|row| row.get("township") == "南站街道");
    let (urban, rural): (Vec<_>, Vec<_>) = own.partition(|row| row.get("urban") == "true");
    assert!(urban.len() < rural.len(), "{} urban, {} rural", urban.len(), rural.len());
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

//! The demo county, built step by step: ground, water, townships, villages, roads, then what stands beside them.

pub mod bridges;
pub mod civic;
pub mod design_lines;
pub mod facts;
pub mod hazards;
pub mod names;
pub mod network;
pub mod people;
pub mod place;
pub mod plane;
pub mod rescue;
pub mod rng;
pub mod routes;
pub mod row;
pub mod sample;
pub mod settlements;
pub mod shelters;
pub mod stores;
pub mod terrain;
pub mod townships;
pub mod water;
pub mod waterworks;

use facts::Facts;
use network::Network;
use place::Builder;
use plane::P;
use row::{Row, Shape, csv, geojson};
use sample::Sample;
use settlements::{Ground, Settlement};
use terrain::Terrain;
use water::Water;

/// The county while it is being built.
pub struct County {
    /// What is public.
    pub facts: Facts,
    /// The ground.
    pub terrain: Terrain,
    /// Rivers and basins.
    pub water: Water,
    /// Township rings.
    pub areas: Vec<Vec<plane::Micro>>,
    /// Villages and communities.
    pub villages: Vec<Settlement>,
    /// Roads.
    pub roads: Network,
}

impl County {
    /// Builds it.
    pub fn new() -> Self {
        let facts = Facts::read();
        let terrain = Terrain::new(facts.highest_m, facts.lowest_m);
        let water = Water::new(&terrain);
        let areas = townships::partition(&facts);
        let highways = design_lines::highways();
        let villages = settlements::settle(&Ground {
            facts: &facts,
            areas: areas.iter().map(|ring| ring.iter().map(|m| P::of(*m)).collect()).collect(),
            water: &water,
            terrain: &terrain,
            highways: &highways,
        });
        let roads = network::build(routes::lines(&facts, &water, &villages), &water);
        Self { facts, terrain, water, areas, villages, roads }
    }
}

/// Every generated file: its name in `maps/` and its text.
pub fn files() -> Vec<(&'static str, String)> {
    let county = County::new();
    let facts = &county.facts;
    let sample = Sample::read();
    let mut builder = Builder::new(&county);
    let mut waterbodies = water::basin_rows(&county.water);
    waterbodies.extend(waterworks::ponds(&mut builder));
    let residents = settlements::by_township(facts, &county.villages);
    let schools = civic::schools(&mut builder, &sample);
    let shelters = shelters::build(&mut builder, &sample, &schools);
    let warehouses = stores::warehouses(&mut builder, &sample);
    let stations = rescue::stations(&mut builder, &sample);
    let shelter_rows: Vec<Row> = shelters.iter().map(|s| s.row.clone()).collect();
    vec![
        ("boundary.geojson", geojson(&[boundary(facts)])),
        ("townships.geojson", geojson(&townships::rows(facts, &county.areas, &residents))),
        ("settlements.geojson", geojson(&settlements::rows(facts, &county.villages))),
        ("rivers.geojson", geojson(&county.water.river_rows(facts))),
        ("waterbodies.geojson", geojson(&waterbodies)),
        ("levees.geojson", geojson(&waterworks::levees(&builder))),
        ("gauges.csv", csv(&waterworks::gauges(&builder))),
        ("faults.geojson", geojson(&faults(facts))),
        ("roads.geojson", geojson(&county.roads.road_rows())),
        ("bridges.csv", csv(&bridges::rows(&county.roads.bridges))),
        ("shelters.csv", csv(&shelter_rows)),
        ("warehouses.csv", csv(&warehouses)),
        ("stock.csv", csv(&stores::stock(facts.townships.len(), &sample))),
        ("stations.csv", csv(&stations)),
        ("equipment.csv", csv(&rescue::equipment(&stations, &sample))),
        ("hospitals.csv", csv(&civic::hospitals(&mut builder, &sample))),
        ("schools.csv", csv(&schools)),
        ("care_homes.csv", csv(&civic::care_homes(&mut builder, &sample))),
        ("police.csv", csv(&civic::police(&mut builder))),
        ("mines.csv", csv(&hazards::mines(&mut builder))),
        ("hazard_sources.csv", csv(&hazards::plants(&mut builder, &sample))),
        ("pumps.csv", csv(&waterworks::pumps(&mut builder))),
        ("hydrants.csv", csv(&civic::hydrants(&mut builder))),
        ("contacts.csv", csv(&people::contacts(&builder, &sample))),
        ("arrangements.csv", csv(&shelters::arrangements(&builder, &shelters))),
    ]
}

/// The outline, a fact.
fn boundary(facts: &Facts) -> Row {
    Row::new(Shape::Ring(facts.outline.iter().map(|q| q.micro()).collect()))
        .text("code", "370830")
        .text("name", "汶上县")
        .text("note", &facts.outline_note)
        .text("source", &facts.outline_source)
        .text("as_of", "2018-12-31")
        .yes("sample", false)
}

/// The inferred faults, facts in outline.
fn faults(facts: &Facts) -> Vec<Row> {
    let file = &facts.faults;
    file.fault
        .iter()
        .map(|f| {
            Row::new(Shape::Line(plane::lonlats(&f.points).iter().map(|q| q.micro()).collect()))
                .text("code", &f.code)
                .text("name", &f.name)
                .text("activity", "inferred")
                .real("strike_deg", f.strike_deg, 0)
                .text("note", "推测断裂，线位示意，不作选址和抗震设防依据")
                .text("source", &file.source)
                .text("as_of", &file.as_of)
                .yes("sample", false)
        })
        .collect()
}

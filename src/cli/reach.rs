//! `shouye reach`: how far one gets in some minutes.

use std::time::Instant;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::args::ReachArgs;
use super::basis::TimeBasis;
use super::console::{Answer, Console, Timing, ms_since};
use super::fault::Fault;
use super::geojson_out::FeatureCollection;
use super::source::{Source, sources_of};
use super::table::Align::Right;
use super::{figure, place, source, travel};
use crate::analysis::roads::{Trips, reach};
use crate::base::Feedback;
use crate::model::Kind;
use crate::spatial::measure::{geodesic_distance, surface};

#[derive(Serialize)]
struct ReachOut<'a> {
    #[serde(flatten)]
    bands: &'a FeatureCollection,
    vehicle: &'a str,
    #[serde(flatten)]
    basis: TimeBasis<'a>,
    timing: Timing,
    sources: Vec<Source>,
}

/// Draws how far one gets.
pub fn run(ask: &ReachArgs, console: &Console) -> Result<Answer, Fault> {
    let from = place::lonlat(&ask.from)?;
    let travel = travel::travel(&ask.travel, console)?;
    let (workspace, load_ms) = console.open_roads()?;
    let county = workspace.county();
    let started = Instant::now();
    let trips = Trips::new(county, &travel, None)?;
    let found = reach(&trips, from, &ask.minutes, &Feedback::default())?;
    let timing = Timing { load_ms, solve_ms: ms_since(started) };
    let mut bands = FeatureCollection::new();
    let mut table = console.table(&[("minutes", Right), ("road-km", Right), ("area-km2", Right)]);
    for band in &found {
        let lines = band.roads.iter().flat_map(|line| line.lines());
        let road_m: f64 = lines.map(|line| geodesic_distance(line.start, line.end).0).sum();
        let area_km2 = surface(&band.area) / 1e6;
        let mut properties = Map::new();
        properties.insert("minutes".to_owned(), Json::from(band.minutes));
        properties.insert("road_m".to_owned(), Json::from(figure::metres(road_m)));
        properties.insert("area_km2".to_owned(), Json::from(figure::rounded(area_km2, 3)));
        bands.area(&band.area, properties);
        table.row(vec![
            band.minutes.to_string(),
            format!("{:.1}", road_m / 1000.0),
            format!("{area_km2:.1}"),
        ]);
    }
    let out = ReachOut {
        bands: &bands,
        vehicle: &trips.vehicle.key,
        basis: TimeBasis::of(county, &trips),
        timing,
        sources: sources_of(county, &[Kind::Road, Kind::Closure]),
    };
    console.answer(&out, || {
        let (head, own) = (out.basis.head(console), out.basis.text(console));
        format!("{head}{}\n{}{own}", table.render(), source::text(&out.sources, console))
    })
}

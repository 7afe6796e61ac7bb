//! `shouye nearest`: what is nearest to a place, or to each of many.

use std::time::Instant;

use geo_types::Coord;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::args::{By, NearestArgs};
use super::basis::TimeBasis;
use super::console::{Answer, Console, Timing, ms_since};
use super::fault::Fault;
use super::geojson_out::FeatureCollection;
use super::source::{Source, sources_of};
use super::table::Align::{Left, Right};
use super::{figure, place, route, source, travel};
use crate::analysis::roads::{Trips, Unreached, arrivals};
use crate::analysis::{ClosestFacility, Condition, Reach, closest_facility};
use crate::base::{Feedback, Message, Metres};
use crate::county::County;
use crate::io;
use crate::model::{Feature, FieldType, Kind};
use crate::store::StoreError;

#[derive(Serialize)]
struct Nearest<'a> {
    queries: Vec<QueryOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vehicle: Option<&'a str>,
    #[serde(flatten)]
    basis: Option<TimeBasis<'a>>,
    timing: Timing,
    sources: &'a [Source],
}

#[derive(Serialize)]
struct QueryOut<'a> {
    id: Option<&'a str>,
    at: [f64; 2],
    results: Vec<ResultOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unreached: Vec<UnreachedOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    far_from_road_m: Option<f64>,
}

/// A facility without a way, and what stands in it.
#[derive(Serialize)]
struct UnreachedOut<'a> {
    id: String,
    name: &'a str,
    barriers: Vec<&'a str>,
}

#[derive(Serialize)]
struct ResultOut<'a> {
    id: String,
    code: Option<&'a str>,
    name: &'a str,
    kind: &'static str,
    lon: f64,
    lat: f64,
    distance_m: f64,
    travel_s: Option<u32>,
    attributes: Map<String, Json>,
}

/// A place asked about, with its answer.
struct Query {
    id: Option<String>,
    at: Coord<f64>,
    reaches: Vec<Reach>,
    unreached: Vec<Unreached>,
    far_from_road: Option<Metres>,
}

/// Finds the nearest facilities of a kind.
pub fn run(ask: &NearestArgs, console: &Console) -> Result<Answer, Fault> {
    let travel = match ask.cost.by {
        By::Distance => {
            travel::unused(&ask.cost.travel)?;
            None
        }
        By::Time => Some(travel::travel(&ask.cost.travel, console)?),
    };
    let within = ask.within.as_deref().map(|text| place::metres("--within", text)).transpose()?;
    let conditions = conditions(&ask.conditions)?;
    let mut queries = places(ask)?;
    let (workspace, load_ms) = console.open()?;
    let county = workspace.county();
    for condition in &conditions {
        meaningful(condition, county, ask.kind)?;
    }
    let indexing = Instant::now();
    // The index belongs to the county; it is only built when first needed.
    if travel.is_some() {
        county.network();
    } else if let Some(layer) = county.layer(ask.kind) {
        layer.index();
    }
    let load_ms = figure::rounded(load_ms + ms_since(indexing), 3);
    let started = Instant::now();
    let feedback = Feedback::default();
    let trips = travel.map(|travel| Trips::new(county, &travel, Some(ask.kind))).transpose()?;
    for query in &mut queries {
        let question = ClosestFacility {
            at: query.at,
            kind: ask.kind,
            k: ask.k as usize,
            within,
            conditions: conditions.clone(),
        };
        match &trips {
            Some(trips) => {
                let found = arrivals(county, trips, &question, &feedback)?;
                query.reaches = found.reached;
                query.unreached = found.unreached;
                query.far_from_road = found.far_from_road;
            }
            None => query.reaches = closest_facility(county, &question, &feedback)?,
        }
    }
    let timing = Timing { load_ms, solve_ms: ms_since(started) };
    if let Some(file) = &ask.out {
        points(&queries, county, ask.kind).write(file)?;
    }
    let roads: &[Kind] = if trips.is_some() { &[Kind::Road, Kind::Closure] } else { &[] };
    let sources = sources_of(county, &[&[ask.kind], roads].concat());
    let out = Nearest {
        queries: queries
            .iter()
            .map(|query| query_out(query, county, ask.kind, trips.as_ref()))
            .collect(),
        vehicle: trips.as_ref().map(|trips| trips.vehicle.key.as_str()),
        basis: trips.as_ref().map(|trips| TimeBasis::of(county, trips)),
        timing,
        sources: &sources,
    };
    console.answer(&out, || text(&out, ask.kind, console))
}

/// Reads `--where`.
pub fn conditions(texts: &[String]) -> Result<Vec<Condition>, Fault> {
    let read = |text: &String| {
        Condition::parse(text).ok_or_else(|| {
            Fault::usage(Message::new("cli-where-unreadable").with("text", text.as_str()))
                .hint(Message::new("cli-where-hint"))
        })
    };
    texts.iter().map(read).collect()
}

/// A misspelt field or choice would find nothing and say "none".
pub fn meaningful(condition: &Condition, county: &County, kind: Kind) -> Result<(), Fault> {
    let name = condition.field.as_str();
    let Some(field) = kind.field(name) else {
        let rows = county.features(kind);
        let known = |row: &Feature| row.extra.iter().any(|(header, _)| header == name);
        if rows.is_empty() || rows.iter().any(known) {
            return Ok(());
        }
        return Err(StoreError::NoField { kind: kind.key(), field: name.to_owned() }.into());
    };
    if !field.values.is_empty() && field.read(&condition.value).is_err() {
        let values: Vec<&str> = field.values.iter().map(|choice| choice.key.as_str()).collect();
        return Err(StoreError::BadValue {
            field: name.to_owned(),
            value: condition.value.clone(),
            expected: values.join(", "),
        }
        .into());
    }
    if !condition.can_hold(kind) {
        let expected = match field.field_type {
            FieldType::Integer | FieldType::Real | FieldType::Date | FieldType::Time => {
                field.field_type.key()
            }
            _ => "= !=",
        };
        return Err(StoreError::BadValue {
            field: name.to_owned(),
            value: condition.value.clone(),
            expected: expected.to_owned(),
        }
        .into());
    }
    Ok(())
}

fn places(ask: &NearestArgs) -> Result<Vec<Query>, Fault> {
    let query =
        |id, at| Query { id, at, reaches: Vec::new(), unreached: Vec::new(), far_from_road: None };
    match (&ask.at, &ask.points) {
        (Some(at), _) => Ok(vec![query(None, place::lonlat(at)?)]),
        (None, Some(file)) => {
            let points = io::read_points_csv(file)?;
            Ok(points.into_iter().map(|point| query(Some(point.id), point.at)).collect())
        }
        (None, None) => Ok(Vec::new()),
    }
}

fn query_out<'a>(
    query: &'a Query,
    county: &'a County,
    kind: Kind,
    trips: Option<&'a Trips<'_>>,
) -> QueryOut<'a> {
    let results = found(query, county, kind).map(|(reach, row)| result_out(reach, row)).collect();
    let unreached = query.unreached.iter().filter_map(|lost| {
        let row = county.layer(kind)?.by_id(lost.id)?;
        let barriers = route::names(&lost.barriers, trips?);
        Some(UnreachedOut { id: row.id.to_string(), name: &row.name, barriers })
    });
    QueryOut {
        id: query.id.as_deref(),
        at: figure::lonlat(query.at),
        results,
        unreached: unreached.collect(),
        far_from_road_m: query.far_from_road.map(|far| figure::metres(far.0)),
    }
}

fn found<'a>(
    query: &'a Query,
    county: &'a County,
    kind: Kind,
) -> impl Iterator<Item = (&'a Reach, &'a Feature)> {
    let layer = county.layer(kind);
    query.reaches.iter().filter_map(move |reach| Some((reach, layer?.by_id(reach.id)?)))
}

fn result_out<'a>(reach: &Reach, row: &'a Feature) -> ResultOut<'a> {
    let [lon, lat] = figure::lonlat(reach.at);
    ResultOut {
        id: row.id.to_string(),
        code: row.code.as_deref(),
        name: &row.name,
        kind: row.kind.key(),
        lon,
        lat,
        distance_m: figure::metres(reach.distance.0),
        travel_s: reach.travel_s,
        attributes: figure::attributes_of(row),
    }
}

/// A point per facility found, at its nearest point, with the query and its rank.
fn points(queries: &[Query], county: &County, kind: Kind) -> FeatureCollection {
    let mut out = FeatureCollection::new();
    for (number, query) in (1_u64..).zip(queries) {
        for (rank, (reach, row)) in (1_u64..).zip(found(query, county, kind)) {
            let result = result_out(reach, row);
            let mut properties = Map::new();
            let mut put = |name: &str, value: Json| properties.insert(name.to_owned(), value);
            put("query", query.id.clone().map_or_else(|| Json::from(number), Json::String));
            put("rank", Json::from(rank));
            put("id", Json::String(result.id));
            put("code", result.code.map_or(Json::Null, Json::from));
            put("name", Json::from(result.name));
            put("kind", Json::from(result.kind));
            put("distance_m", Json::from(result.distance_m));
            for (name, value) in result.attributes {
                properties.entry(name).or_insert(value);
            }
            out.point(reach.at, properties);
        }
    }
    out
}

fn text(out: &Nearest<'_>, kind: Kind, console: &Console) -> String {
    let mut text = out.basis.as_ref().map(|basis| basis.head(console)).unwrap_or_default();
    for query in &out.queries {
        let at = figure::lonlat_text(Coord { x: query.at[0], y: query.at[1] });
        let at = query.id.map_or(at.clone(), |id| format!("{id} ({at})"));
        let head = if query.results.is_empty() { "cli-nearest-none" } else { "cli-nearest-head" };
        let head = Message::new(head)
            .with("at", at)
            .with("kind", console.kind(kind))
            .with("n", query.results.len());
        text.push_str(&console.say(&head));
        text.push('\n');
        if let Some(far) = query.far_from_road_m {
            let far = Message::new("cli-road-far").with("metres", figure::metres_text(far));
            text.push_str(&console.say(&far));
            text.push('\n');
        }
        if !query.results.is_empty() {
            text.push_str(&results_table(query, out.vehicle.is_some(), console));
        }
        if !query.unreached.is_empty() {
            text.push_str(&format!("\n{}\n", console.tr("cli-nearest-unreached")));
            let mut table = console.table(&[("name", Left), ("barrier", Left)]);
            for lost in &query.unreached {
                let why = if lost.barriers.is_empty() {
                    console.tr("cli-no-way")
                } else {
                    lost.barriers.join("、")
                };
                table.row(vec![lost.name.to_owned(), why]);
            }
            text.push_str(&table.render());
        }
        text.push('\n');
    }
    text.push_str(&source::text(out.sources, console));
    text.extend(out.basis.as_ref().map(|basis| basis.text(console)));
    text
}

fn results_table(query: &QueryOut<'_>, by_time: bool, console: &Console) -> String {
    let mut columns = vec![
        ("rank", Right),
        ("name", Left),
        ("metres", Right),
        ("township", Left),
        ("phone", Left),
        ("lon", Right),
        ("lat", Right),
        ("code", Left),
    ];
    if by_time {
        columns.insert(2, ("travel", Right));
    }
    let mut table = console.table(&columns);
    for (rank, result) in (1_u64..).zip(&query.results) {
        let attribute = |name: &str| {
            result.attributes.get(name).and_then(Json::as_str).unwrap_or_default().to_owned()
        };
        let township = Some(attribute("township")).filter(|text| !text.is_empty());
        let mut cells = vec![
            rank.to_string(),
            result.name.to_owned(),
            figure::metres_text(result.distance_m),
            township.unwrap_or_else(|| attribute("address")),
            attribute("phone"),
            format!("{:.6}", result.lon),
            format!("{:.6}", result.lat),
            result.code.map_or_else(|| result.id.clone(), str::to_owned),
        ];
        if by_time {
            cells.insert(2, result.travel_s.map(figure::minutes).unwrap_or_default());
        }
        table.row(cells);
    }
    table.render()
}

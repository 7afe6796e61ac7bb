//! Towns drawn in letters: each letter is a junction, ten metres a column and twenty a row.

use std::collections::BTreeMap;

use geo_types::{Coord, Geometry, LineString, Point};
use shouye::base::Id;
use shouye::county::County;
use shouye::model::{Attributes, Feature, Kind, Provenance, Value};
use shouye::network::{
    Barrier, Conditions, CostTable, Direction, Metric, Network, Path, Place, Search,
};

/// South-west of the town.
const CORNER: Coord<f64> = Coord { x: 116.5, y: 35.7 };
/// Degrees to a metre there, by the radii of curvature of GRS 80.
pub const METRE: Coord<f64> = Coord { x: 1.105_060_6e-5, y: 9.012_74e-6 };

pub struct Town {
    places: BTreeMap<char, Coord<f64>>,
    pub roads: Vec<Feature>,
    pub restrictions: Vec<Feature>,
    pub gates: Vec<Feature>,
    pub barriers: Vec<Barrier>,
    pub things: Vec<Feature>,
}

fn row(kind: Kind, code: &str, shape: Geometry<f64>, values: &[(&str, Value)]) -> Feature {
    let mut attributes = Attributes::default();
    for (name, value) in values {
        assert!(attributes.set(kind, name, Some(value.clone())), "{kind} has no {name}");
    }
    Feature {
        id: Id::from_natural_key(kind.key(), code),
        kind,
        code: Some(code.to_owned()),
        name: code.to_owned(),
        geometry: Some(shape),
        attributes,
        extra: Vec::new(),
        provenance: Provenance::default(),
    }
}

impl Town {
    /// A town with the junctions of a drawing; its lines are for the eye.
    pub fn new(drawing: &str) -> Self {
        let mut places = BTreeMap::new();
        let rows: Vec<&str> = drawing.lines().filter(|line| !line.trim().is_empty()).collect();
        for (y, line) in rows.iter().rev().enumerate() {
            for (x, letter) in line.chars().enumerate().filter(|(_, c)| c.is_ascii_alphabetic()) {
                let at = Coord { x: x as f64 * 10.0, y: y as f64 * 20.0 };
                places.insert(letter, at);
            }
        }
        let (roads, restrictions, gates) = (Vec::new(), Vec::new(), Vec::new());
        let (barriers, things) = (Vec::new(), Vec::new());
        Self { places, roads, restrictions, gates, barriers, things }
    }

    /// A place in degrees, some metres east and north of a junction.
    pub fn near(&self, letter: char, east: f64, north: f64) -> Coord<f64> {
        let at = self.places[&letter];
        Coord { x: CORNER.x + (at.x + east) * METRE.x, y: CORNER.y + (at.y + north) * METRE.y }
    }

    pub fn at(&self, letter: char) -> Coord<f64> {
        self.near(letter, 0.0, 0.0)
    }

    /// A road along junctions, joined at its nodes, of class village unless the values say otherwise.
    pub fn road(&mut self, along: &str, values: &[(&str, Value)]) -> &mut Self {
        let line: LineString<f64> = along.chars().map(|letter| self.at(letter)).collect();
        let mut all: Vec<(&str, Value)> =
            vec![("noded", true.into()), ("road_class", "village".into())];
        all.extend_from_slice(values);
        self.roads.push(row(Kind::Road, along, line.into(), &all));
        self
    }

    /// Several roads without further facts.
    pub fn roads(&mut self, all: &str) -> &mut Self {
        for along in all.split_whitespace() {
            self.road(along, &[]);
        }
        self
    }

    pub fn turn(&mut self, rule: &str, from: &str, via: char, to: &str) -> &mut Self {
        let values =
            [("from_road", from.into()), ("to_road", to.into()), ("restriction", rule.into())];
        let code = format!("{rule} {from}{via}{to}");
        let at = Point(self.at(via)).into();
        self.restrictions.push(row(Kind::TurnRestriction, &code, at, &values));
        self
    }

    pub fn gate(&mut self, at: char, values: &[(&str, Value)]) -> &mut Self {
        let place = Point(self.at(at)).into();
        self.gates.push(row(Kind::RoadGate, &format!("gate {at}"), place, values));
        self
    }

    pub fn barrier(&mut self, shape: impl Into<Geometry<f64>>) -> &mut Barrier {
        let name = format!("barrier {}", self.barriers.len());
        let shape = Some(shape.into());
        let roads = Vec::new();
        self.barriers.push(Barrier { id: None, name, shape, roads, factor: 0.0, depth_m: None });
        self.barriers.last_mut().unwrap()
    }

    /// Something that lies at a junction, with its name.
    pub fn put(&mut self, kind: Kind, name: &str, at: char, values: &[(&str, Value)]) -> &mut Self {
        let mut thing = row(kind, name, Point(self.at(at)).into(), values);
        thing.name = name.to_owned();
        self.things.push(thing);
        self
    }

    /// A village with so many residents.
    pub fn village(&mut self, name: &str, at: char, residents: i64) -> &mut Self {
        self.put(Kind::Settlement, name, at, &[("residents", residents.into())])
    }

    /// Everything as a county.
    pub fn county(&self) -> County {
        let mut layers: BTreeMap<Kind, Vec<Feature>> = BTreeMap::new();
        let roads = self.roads.iter().chain(&self.restrictions).chain(&self.gates);
        for row in roads.chain(&self.things) {
            layers.entry(row.kind).or_default().push(row.clone());
        }
        County::new(1, layers)
    }

    pub fn name(&self, id: Id) -> &str {
        &self.things.iter().find(|thing| thing.id == id).unwrap().name
    }

    pub fn net(&self) -> Network {
        Network::new(&self.roads, &self.restrictions, &self.gates)
    }

    /// Seconds between two places by a vehicle, the shorter way of the two searches; they must agree.
    pub fn trip(&self, vehicle: &str, from: Coord<f64>, to: Coord<f64>) -> Option<Trip> {
        let net = self.net();
        let metric = metric(&net, vehicle, &self.barriers);
        let start = net.enter(&metric, from)?;
        let end = net.enter(&metric, to)?;
        let there = route(&net, &metric, &start, &end, Direction::From);
        let back = route(&net, &metric, &end, &start, Direction::To);
        assert_eq!(there.as_ref().map(|path| path.ms), back.as_ref().map(|path| path.ms));
        let path = there?;
        let codes = path.ways.iter().map(|way| {
            let edge = &net.graph.edges[(*way / 2) as usize];
            match edge.gate {
                Some(_) => "gate".to_owned(),
                None => self.roads[edge.row as usize].name.clone(),
            }
        });
        Some(Trip {
            seconds: f64::from(path.ms) / 1000.0,
            roads: codes.collect::<Vec<_>>().join(" "),
        })
    }

    /// The trip by car between two junctions.
    pub fn car(&self, from: char, to: char) -> Option<Trip> {
        self.trip("car", self.at(from), self.at(to))
    }
}

pub struct Trip {
    pub seconds: f64,
    pub roads: String,
}

pub fn metric(net: &Network, vehicle: &str, barriers: &[Barrier]) -> Metric {
    let table = CostTable::usual();
    net.metric(table, table.vehicle(vehicle).unwrap(), Conditions::default(), barriers)
}

pub fn route(
    net: &Network,
    metric: &Metric,
    seed: &Place,
    place: &Place,
    direction: Direction,
) -> Option<Path> {
    let mut search = Search::new(&net.graph);
    search.run(&net.graph, metric, &[*seed], direction, u32::MAX, |_, _| true);
    search.path(&net.graph, metric, place)
}

/// Seconds for some metres at a speed, as one works them out by hand.
pub fn seconds(metres: f64, kmh: f64) -> f64 {
    metres * 3.6 / kmh
}

#[track_caller]
pub fn check(trip: Option<Trip>, roads: &str, seconds: f64) {
    let trip = trip.expect("there is a way");
    assert_eq!(trip.roads, roads);
    // Edges are whole millimetres, times whole milliseconds; a degree is not everywhere as wide.
    let apart = (trip.seconds - seconds).abs();
    assert!(
        apart < 0.02 + seconds * 2e-4,
        "{} instead of {seconds} s by {}",
        trip.seconds,
        trip.roads
    );
}

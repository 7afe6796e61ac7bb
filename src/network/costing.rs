//! What it costs to pass a road: speeds by class, vehicles and conditions, from a table.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::graph::{Access, Edge, Gate, RoadClass, Surface};
use crate::model::Kind;

/// Least speed that counts as driving, km/h; below it a road is closed.
const LEAST_KMH: f64 = 1.0;
/// Speed through a ford in km/h.
const FORD_KMH: f64 = 10.0;

/// The figures of `assets/network/costing.toml`, or what a county put in their place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostTable {
    /// Where the figures come from.
    pub source: String,
    /// km/h by road class, and `link` for slip roads.
    pub speed: Figures,
    /// Factors by surface.
    pub surface: Figures,
    /// Factors by condition.
    pub condition: Figures,
    /// Delay at junctions in seconds.
    pub junction: Figures,
    /// P90 as a multiple of P50.
    pub spread: Figures,
    /// Vehicles.
    pub vehicle: Vec<Vehicle>,
    /// Turnout times.
    pub turnout: Vec<Turnout>,
}

/// Named figures with one mark of how sure they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// `found`, `recalled` or `default`.
    pub mark: String,
    /// The figures.
    #[serde(flatten)]
    pub figure: BTreeMap<String, f64>,
}

impl Figures {
    fn get(&self, key: &str) -> Option<f64> {
        self.figure.get(key).copied()
    }
}

/// Time between the order and departure (出动时间).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turnout {
    /// Of this kind of facility.
    pub kind: String,
    /// The vehicle it sends.
    pub vehicle: String,
    /// Seconds.
    pub seconds: u32,
    /// How sure the figure is.
    pub mark: String,
}

/// A vehicle, or people on foot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vehicle {
    /// `fire-engine`.
    pub key: String,
    /// Speed on foot, for those who walk.
    #[serde(default)]
    pub walking_kmh: Option<f64>,
    /// Times as fast as the table's speeds.
    pub factor: f64,
    /// Whether posted limits bind it.
    pub obeys_limits: bool,
    /// Height in metres.
    pub height_m: f64,
    /// Weight in tonnes.
    pub weight_t: f64,
    /// Depth of water from which it can no longer drive, in metres.
    pub ford_depth_m: f64,
    /// Gates that open for it: `gate private emergency bollard height`.
    pub gates: Vec<String>,
    /// Whether it may use private roads, and streets that are closed to other vehicles.
    #[serde(default)]
    pub private: bool,
    /// How sure its figures are.
    pub mark: String,
}

/// What slows everybody down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Conditions {
    /// By night.
    pub night: bool,
    /// In heavy rain (暴雨).
    pub rain: bool,
    /// On snow or ice.
    pub snow: bool,
}

impl Conditions {
    /// `night`, `rain`, `snow`: those that prevail.
    pub fn keys(self) -> impl Iterator<Item = &'static str> {
        [(self.night, "night"), (self.rain, "rain"), (self.snow, "snow")]
            .into_iter()
            .filter_map(|(prevails, key)| prevails.then_some(key))
    }
}

static TABLE: LazyLock<CostTable> = LazyLock::new(|| {
    // Part of the program; a unit test proves that it reads.
    toml::from_str(include_str!("../../assets/network/costing.toml")).unwrap_or_else(|_fault| {
        let none = || Figures { mark: String::new(), figure: BTreeMap::new() };
        CostTable {
            source: String::new(),
            speed: none(),
            surface: none(),
            condition: none(),
            junction: none(),
            spread: none(),
            vehicle: Vec::new(),
            turnout: Vec::new(),
        }
    })
});

impl CostTable {
    /// The table that comes with the program.
    pub fn usual() -> &'static Self {
        &TABLE
    }

    /// The vehicle with this key; underscores count as hyphens.
    pub fn vehicle(&self, key: &str) -> Option<&Vehicle> {
        let key = key.trim().to_lowercase().replace('_', "-");
        self.vehicle.iter().find(|vehicle| vehicle.key == key)
    }

    /// The turnout time of a kind of facility in seconds; 0 if it sends nobody.
    pub fn turnout_s(&self, kind: Kind) -> u32 {
        self.turnout.iter().find(|row| row.kind == kind.key()).map_or(0, |row| row.seconds)
    }

    /// Whether a kind of facility sends somebody, however quickly.
    pub fn sends(&self, kind: Kind) -> bool {
        self.turnout.iter().any(|row| row.kind == kind.key())
    }

    /// The vehicle that a kind of facility sends; a car where the table says nothing.
    pub fn vehicle_of(&self, kind: Kind) -> &str {
        let row = self.turnout.iter().find(|row| row.kind == kind.key());
        row.map_or("car", |row| row.vehicle.as_str())
    }

    /// P90 of a travel time as a multiple of P50.
    pub fn p90(&self) -> f64 {
        self.spread.get("p90").unwrap_or(1.0)
    }

    /// Milliseconds lost at a junction of important roads.
    pub fn major_ms(&self) -> u32 {
        (self.junction.get("major_s").unwrap_or(0.0).max(0.0) * 1000.0).round() as u32
    }

    /// The product of the factors of what prevails.
    fn prevailing(&self, conditions: Conditions) -> f64 {
        conditions.keys().map(|key| self.condition.get(key).unwrap_or(1.0)).product()
    }

    /// How fast a vehicle passes an edge in km/h; `None` where it may not or cannot. Direction is
    /// not looked at.
    pub fn speed_kmh(&self, vehicle: &Vehicle, conditions: Conditions, edge: &Edge) -> Option<f64> {
        if let Some(gate) = edge.gate {
            return vehicle.passes(gate, edge.max_height_cm).then_some(5.0);
        }
        let may = match edge.access {
            Access::Yes | Access::Destination => true,
            Access::Private => vehicle.private,
            // Emergency vehicles may drive where others must not, but not on a path.
            Access::Walking => {
                vehicle.walking_kmh.is_some() || vehicle.private && edge.class != RoadClass::Path
            }
            Access::No => false,
        };
        let fits = edge
            .max_height_cm
            .is_none_or(|most| vehicle.height_m * 100.0 <= f64::from(most))
            && edge.max_weight_100kg.is_none_or(|most| vehicle.weight_t * 10.0 <= f64::from(most));
        if !may || !fits {
            return None;
        }
        if let Some(speed) = vehicle.walking_kmh {
            return (edge.class != RoadClass::Motorway).then_some(speed);
        }
        let mut speed = self.speed.get(edge.class.key())?;
        if edge.link {
            speed = speed.min(self.speed.get("link").unwrap_or(speed));
        }
        speed *= vehicle.factor;
        if let (true, Some(most)) = (vehicle.obeys_limits, edge.max_speed_kmh) {
            speed = speed.min(f64::from(most));
        }
        let surface = match edge.surface {
            Surface::Paved => "paved",
            Surface::Gravel => "gravel",
            Surface::Unpaved => "unpaved",
        };
        speed *= self.surface.get(surface).unwrap_or(1.0) * self.prevailing(conditions);
        if edge.ford {
            speed = speed.min(FORD_KMH);
        }
        (speed >= LEAST_KMH && speed.is_finite()).then_some(speed)
    }
}

impl Vehicle {
    /// Whether it walks.
    pub fn walks(&self) -> bool {
        self.walking_kmh.is_some()
    }

    fn passes(&self, gate: Gate, height_cm: Option<u16>) -> bool {
        let opens = |key: &str| self.gates.iter().any(|gate| gate == key);
        match gate {
            Gate::Open => opens("gate"),
            Gate::Private => opens("private"),
            Gate::Emergency => opens("emergency"),
            Gate::Bollard => opens("bollard"),
            Gate::Height => {
                // A limit whose height nobody knows stops whatever is higher than a car.
                let most = height_cm.map_or(200.0, f64::from);
                opens("height") || self.height_m * 100.0 <= most
            }
            Gate::Block => self.walks(),
        }
    }

    /// Greatest speed in km/h through water of a depth: 0.0009 w² − 0.5529 w + 86.9448 with w in
    /// millimetres up to 300 mm (Pregnolato and others, 2017), which is what a car can do; heavier
    /// vehicles go on at its last speed until their own depth.
    pub fn wading_kmh(&self, depth_m: f64) -> Option<f64> {
        if depth_m >= self.ford_depth_m {
            return None;
        }
        let w = (depth_m.max(0.0) * 1000.0).min(300.0);
        Some((0.0009 * w * w - 0.5529 * w + 86.9448).max(2.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn road(class: RoadClass) -> Edge {
        Edge {
            nodes: [0, 1],
            corners: 0..2,
            length_mm: 1_000_000,
            row: 0,
            class,
            access: Access::Yes,
            surface: Surface::Paved,
            open: [true, true],
            link: false,
            bridge: false,
            ford: false,
            max_speed_kmh: None,
            max_height_cm: None,
            max_weight_100kg: None,
            gate: None,
        }
    }

    fn speed(vehicle: &str, conditions: Conditions, edge: &Edge) -> Option<f64> {
        let table = CostTable::usual();
        let speed = table.speed_kmh(table.vehicle(vehicle).unwrap(), conditions, edge)?;
        Some((speed * 1000.0).round() / 1000.0)
    }

    #[test]
    fn the_table_reads_and_names_every_class() {
        let table = CostTable::usual();
        for class in RoadClass::ALL {
            assert!(table.speed.get(class.key()).is_some(), "{}", class.key());
        }
        assert_eq!(table.turnout_s(Kind::Station), 60);
        assert_eq!(table.vehicle_of(Kind::Hospital), "ambulance");
        assert_eq!(table.turnout_s(Kind::School), 0);
        for vehicle in &table.vehicle {
            assert!(["found", "recalled", "default"].contains(&vehicle.mark.as_str()));
        }
    }

    #[test]
    fn speed_by_class_vehicle_and_condition() {
        let dry = Conditions::default();
        let night_rain = Conditions { night: true, rain: true, snow: false };
        assert_eq!(speed("car", dry, &road(RoadClass::Trunk)), Some(70.0));
        assert_eq!(speed("fire-engine", dry, &road(RoadClass::Trunk)), Some(59.5));
        assert_eq!(speed("car", night_rain, &road(RoadClass::Trunk)), Some(44.1));
        assert_eq!(speed("car", dry, &road(RoadClass::Path)), None);
        assert_eq!(speed("walking", dry, &road(RoadClass::Path)), Some(4.5));
        assert_eq!(speed("walking", dry, &road(RoadClass::Motorway)), None);
        let slip = Edge { link: true, ..road(RoadClass::Motorway) };
        assert_eq!(speed("car", dry, &slip), Some(40.0));
    }

    #[test]
    fn limits_bind_those_they_bind() {
        let dry = Conditions::default();
        let slow = Edge { max_speed_kmh: Some(30), ..road(RoadClass::Primary) };
        assert_eq!(speed("car", dry, &slow), Some(30.0));
        assert_eq!(speed("ambulance", dry, &slow), Some(60.0));
        let weak = Edge { max_weight_100kg: Some(150), ..road(RoadClass::Primary) };
        assert_eq!(speed("fire-engine", dry, &weak), None);
        assert_eq!(speed("ambulance", dry, &weak), Some(60.0));
        let low = Edge { max_height_cm: Some(360), ..road(RoadClass::Primary) };
        assert_eq!(speed("ladder-truck", dry, &low), None);
        assert_eq!(speed("fire-engine", dry, &low), Some(51.0));
        let yard = Edge { access: Access::Private, ..road(RoadClass::Service) };
        assert_eq!((speed("car", dry, &yard), speed("ambulance", dry, &yard)), (None, Some(15.0)));
        let absurd = Edge { max_speed_kmh: Some(0), ..road(RoadClass::Primary) };
        assert_eq!(speed("car", dry, &absurd), None, "a speed of nought is no way through");
    }

    #[test]
    fn gates_open_for_those_they_open_for() {
        let dry = Conditions::default();
        let gate = |gate| Edge { gate: Some(gate), ..road(RoadClass::Village) };
        assert!(speed("car", dry, &gate(Gate::Bollard)).is_none());
        assert!(speed("walking", dry, &gate(Gate::Bollard)).is_some());
        assert!(speed("fire-engine", dry, &gate(Gate::Bollard)).is_none());
        assert!(speed("fire-engine", dry, &gate(Gate::Private)).is_some());
        assert!(speed("car", dry, &gate(Gate::Private)).is_none());
        let low = Edge { max_height_cm: Some(250), ..gate(Gate::Height) };
        assert!(speed("car", dry, &low).is_some() && speed("bus", dry, &low).is_none());
    }

    #[test]
    fn water_slows_and_then_stops() {
        let table = CostTable::usual();
        let car = table.vehicle("car").unwrap();
        // The values of the source, to a tenth.
        for (depth, kmh) in [(0.1, 40.7), (0.15, 24.3), (0.2, 12.4)] {
            assert!((car.wading_kmh(depth).unwrap() - kmh).abs() < 0.06, "{depth}");
        }
        assert_eq!(car.wading_kmh(0.3), None);
        let truck = table.vehicle("truck").unwrap();
        assert!(truck.wading_kmh(0.4).is_some() && truck.wading_kmh(0.5).is_none());
    }
}

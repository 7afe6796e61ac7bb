//! A county's costing: the usual table, and the figures that the county has put in their place.

use serde::{Deserialize, Serialize};

use super::costing::{CostTable, Figures, Vehicle};
use super::graph::RoadClass;
use crate::base::{Message, Timestamp};

/// What a figure measures, and with that its unit and what it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Driving speed in km/h.
    Speed,
    /// Walking speed in km/h.
    Walking,
    /// Times as fast; never faster.
    Factor,
    /// Times as fast as the table's speeds; a siren may be faster.
    Pace,
    /// P90 as a multiple of P50.
    Spread,
    /// Seconds.
    Delay,
    /// Whole seconds.
    Turnout,
    /// Height in metres.
    Height,
    /// Weight in tonnes.
    Weight,
    /// Depth of water in metres.
    Depth,
}

impl Quantity {
    /// The least and the greatest value it may have.
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::Speed => (1.0, 160.0),
            Self::Walking => (1.0, 15.0),
            Self::Factor => (0.05, 1.0),
            Self::Pace => (0.05, 1.5),
            Self::Spread => (1.0, 5.0),
            Self::Delay => (0.0, 300.0),
            Self::Turnout => (0.0, 3600.0),
            Self::Height => (0.5, 10.0),
            Self::Weight => (0.05, 100.0),
            Self::Depth => (0.0, 3.0),
        }
    }

    /// Its unit; empty for a bare number.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Speed | Self::Walking => "km/h",
            Self::Factor | Self::Pace | Self::Spread => "",
            Self::Delay | Self::Turnout => "s",
            Self::Height | Self::Depth => "m",
            Self::Weight => "t",
        }
    }

    fn allows(self, value: f64) -> bool {
        let (least, most) = self.range();
        let whole = self != Self::Turnout || value.fract() == 0.0;
        value.is_finite() && value >= least && value <= most && whole
    }
}

/// A figure of the table that a county may put its own in place of.
#[derive(Clone, Debug, PartialEq)]
pub struct CostFigure {
    /// `speed.primary`, `vehicle.fire-engine.height_m`, `turnout.station`.
    pub key: String,
    /// Its value.
    pub value: f64,
    /// What it measures.
    pub quantity: Quantity,
    /// `found`, `recalled` or `default`.
    pub mark: String,
}

impl CostFigure {
    /// Reads a value for this figure.
    pub fn read(&self, text: &str) -> Result<f64, CostFault> {
        let value = text.trim().parse().ok().filter(|value| self.quantity.allows(*value));
        value.ok_or_else(|| self.refuses(text.trim()))
    }

    fn refuses(&self, value: &str) -> CostFault {
        CostFault::BadValue {
            key: self.key.clone(),
            value: value.to_owned(),
            quantity: self.quantity,
        }
    }
}

/// Why a figure cannot be set.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CostFault {
    /// The table has no figure of this name.
    #[error("no figure {key}")]
    NoFigure {
        /// What was asked for.
        key: String,
    },
    /// The figure cannot have this value.
    #[error("{key} cannot be {value}")]
    BadValue {
        /// The figure.
        key: String,
        /// What was given.
        value: String,
        /// What it measures.
        quantity: Quantity,
    },
}

impl CostFault {
    /// The stable word for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoFigure { .. } => "no_figure",
            Self::BadValue { .. } => "bad_value",
        }
    }

    /// What happened.
    pub fn message(&self) -> Message {
        match self {
            Self::NoFigure { key } => Message::new("costing-no-figure").with("key", key.as_str()),
            Self::BadValue { key, value, .. } => Message::new("costing-bad-value")
                .with("key", key.as_str())
                .with("value", value.as_str()),
        }
    }

    /// What to do next.
    pub fn hint(&self) -> Message {
        match self {
            Self::NoFigure { .. } => Message::new("costing-no-figure-hint"),
            Self::BadValue { quantity, .. } => quantity.expected(),
        }
    }
}

impl Quantity {
    /// What it may be, in words.
    pub fn expected(self) -> Message {
        let (least, most) = self.range();
        let whole = self == Self::Turnout;
        Message::new(if whole { "costing-expected-whole" } else { "costing-expected" })
            .with("least", least.to_string())
            .with("most", most.to_string())
            .with("unit", self.unit_name())
    }

    /// Its unit in words.
    pub fn unit_name(self) -> Message {
        Message::new(match self {
            Self::Speed | Self::Walking => "costing-unit-kmh",
            Self::Factor | Self::Pace | Self::Spread => "costing-unit-times",
            Self::Delay | Self::Turnout => "costing-unit-seconds",
            Self::Height | Self::Depth => "costing-unit-metres",
            Self::Weight => "costing-unit-tonnes",
        })
    }
}

/// A figure that a county has put in place of the usual one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnFigure {
    /// Which figure.
    pub key: String,
    /// Its value.
    pub value: f64,
    /// Who says so.
    pub who: String,
    /// Since when.
    pub at: Timestamp,
}

/// The usual table with a county's own figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Costing {
    table: CostTable,
    own: Vec<OwnFigure>,
    #[serde(default)]
    lost: Vec<OwnFigure>,
}

impl Default for Costing {
    fn default() -> Self {
        Self::new([])
    }
}

impl Costing {
    /// The usual table with these figures in the place of its own; of two for the same one the later
    /// counts. What the table has no place for is kept apart, see [`Costing::lost`].
    pub fn new(own: impl IntoIterator<Item = OwnFigure>) -> Self {
        let mut table = CostTable::usual().clone();
        let usual = table.figures();
        let (mut kept, mut lost) = (Vec::<OwnFigure>::new(), Vec::new());
        for figure in own {
            kept.retain(|other| other.key != figure.key);
            match usual.iter().find(|known| known.key == figure.key) {
                Some(known) if known.quantity.allows(figure.value) => {
                    // A figure that is as usual is no difference.
                    if known.value != figure.value {
                        kept.push(figure);
                    }
                }
                _ => lost.push(figure),
            }
        }
        let place = |figure: &OwnFigure| usual.iter().position(|known| known.key == figure.key);
        kept.sort_by_key(place);
        for figure in &kept {
            table.put(&figure.key, figure.value);
        }
        Self { table, own: kept, lost }
    }

    /// The figures as they count.
    pub fn table(&self) -> &CostTable {
        &self.table
    }

    /// The county's own, in the order of the table.
    pub fn own(&self) -> &[OwnFigure] {
        &self.own
    }

    /// Figures that this version of the table has no place for, or that they cannot be; they count
    /// nowhere.
    pub fn lost(&self) -> &[OwnFigure] {
        &self.lost
    }

    /// The county's own figure of this name.
    pub fn own_figure(&self, key: &str) -> Option<&OwnFigure> {
        self.own.iter().find(|figure| figure.key == key)
    }

    /// The same with some figures set, or as usual again (`None`). All of them change or none.
    pub fn with(
        &self,
        changes: &[(String, Option<f64>)],
        who: &str,
        at: Timestamp,
    ) -> Result<Self, CostFault> {
        let usual = CostTable::usual().figures();
        let mut own: Vec<OwnFigure> = self.own.iter().chain(&self.lost).cloned().collect();
        for (key, value) in changes {
            let known = usual.iter().find(|figure| figure.key == *key);
            let known = known.ok_or_else(|| CostFault::NoFigure { key: key.clone() })?;
            if let Some(value) = value.filter(|value| !known.quantity.allows(*value)) {
                return Err(known.refuses(&value.to_string()));
            }
            // Who says the same again has not said it first.
            if value.is_some() && self.own_figure(key).map(|figure| figure.value) == *value {
                continue;
            }
            own.retain(|figure| figure.key != *key);
            own.extend(value.map(|value| OwnFigure {
                key: key.clone(),
                value,
                who: who.to_owned(),
                at,
            }));
        }
        Ok(Self::new(own))
    }
}

impl CostTable {
    /// All figures that a county may put its own in place of, in the order of the table. Paths are left
    /// out: that nobody drives there is a rule, not a figure.
    pub fn figures(&self) -> Vec<CostFigure> {
        let mut out = Vec::new();
        let mut put = |key: String, value: f64, quantity: Quantity, mark: &str| {
            out.push(CostFigure { key, value, quantity, mark: mark.to_owned() });
        };
        let classes = RoadClass::ALL.iter().filter(|class| **class != RoadClass::Path);
        let classes: Vec<&str> = classes.map(|class| class.key()).chain(["link"]).collect();
        let groups: [(&str, &Figures, &[&str], Quantity); 5] = [
            ("speed", &self.speed, &classes, Quantity::Speed),
            ("surface", &self.surface, &["paved", "gravel", "unpaved"], Quantity::Factor),
            ("condition", &self.condition, &["night", "rain", "snow"], Quantity::Factor),
            ("junction", &self.junction, &["major_s"], Quantity::Delay),
            ("spread", &self.spread, &["p90"], Quantity::Spread),
        ];
        for (group, figures, names, quantity) in groups {
            for name in names {
                if let Some(value) = figures.figure.get(*name) {
                    put(format!("{group}.{name}"), *value, quantity, &figures.mark);
                }
            }
        }
        for vehicle in &self.vehicle {
            for (field, quantity) in FIELDS {
                if let Some(value) = field_of(vehicle, field) {
                    let key = format!("vehicle.{}.{field}", vehicle.key);
                    put(key, value, quantity, &vehicle.mark);
                }
            }
        }
        for row in &self.turnout {
            let key = format!("turnout.{}", row.kind);
            put(key, row.seconds.into(), Quantity::Turnout, &row.mark);
        }
        out
    }

    /// Puts a value that is allowed in the place of a figure.
    fn put(&mut self, key: &str, value: f64) {
        let parts: Vec<&str> = key.split('.').collect();
        let group = match parts[..] {
            ["speed", _] => &mut self.speed,
            ["surface", _] => &mut self.surface,
            ["condition", _] => &mut self.condition,
            ["junction", _] => &mut self.junction,
            ["spread", _] => &mut self.spread,
            ["vehicle", name, field] => {
                let vehicle = self.vehicle.iter_mut().find(|vehicle| vehicle.key == name);
                if let Some(vehicle) = vehicle {
                    set_field(vehicle, field, value);
                }
                return;
            }
            ["turnout", kind] => {
                if let Some(row) = self.turnout.iter_mut().find(|row| row.kind == kind) {
                    // `as` saturates; what is allowed is whole and small.
                    row.seconds = value as u32;
                }
                return;
            }
            _ => return,
        };
        if let Some(slot) = parts.get(1).and_then(|name| group.figure.get_mut(*name)) {
            *slot = value;
        }
    }
}

/// Figures of a vehicle.
const FIELDS: [(&str, Quantity); 5] = [
    ("walking_kmh", Quantity::Walking),
    ("factor", Quantity::Pace),
    ("height_m", Quantity::Height),
    ("weight_t", Quantity::Weight),
    ("ford_depth_m", Quantity::Depth),
];

/// A figure of a vehicle, if it has it: who walks has a speed of their own instead of a pace.
fn field_of(vehicle: &Vehicle, field: &str) -> Option<f64> {
    match field {
        "walking_kmh" => vehicle.walking_kmh,
        "factor" => Some(vehicle.factor).filter(|_| !vehicle.walks()),
        "height_m" => Some(vehicle.height_m),
        "weight_t" => Some(vehicle.weight_t),
        "ford_depth_m" => Some(vehicle.ford_depth_m),
        _ => None,
    }
}

fn set_field(vehicle: &mut Vehicle, field: &str, value: f64) {
    match field {
        "walking_kmh" => vehicle.walking_kmh = Some(value),
        "factor" => vehicle.factor = value,
        "height_m" => vehicle.height_m = value,
        "weight_t" => vehicle.weight_t = value,
        "ford_depth_m" => vehicle.ford_depth_m = value,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(key: &str, value: f64) -> OwnFigure {
        OwnFigure { key: key.to_owned(), value, who: "li".to_owned(), at: Timestamp(7) }
    }

    fn figure(costing: &Costing, key: &str) -> f64 {
        costing.table().figures().into_iter().find(|figure| figure.key == key).unwrap().value
    }

    #[test]
    fn every_figure_is_allowed_as_it_is_and_can_be_changed() {
        for usual in CostTable::usual().figures() {
            assert!(usual.quantity.allows(usual.value), "{}", usual.key);
            let (least, most) = usual.quantity.range();
            let other = if usual.value == least { most } else { least };
            let costing = Costing::new([own(&usual.key, other)]);
            assert_eq!(figure(&costing, &usual.key), other, "{}", usual.key);
            assert_eq!(costing.own().len(), 1);
        }
    }

    #[test]
    fn a_figure_as_usual_is_no_difference() {
        let costing = Costing::new([own("speed.primary", 60.0), own("speed.trunk", 65.0)]);
        assert_eq!(costing.own(), [own("speed.trunk", 65.0)]);
        let back = costing.with(&[("speed.trunk".to_owned(), None)], "li", Timestamp(8)).unwrap();
        assert_eq!(back, Costing::default());
    }

    #[test]
    fn the_later_of_two_counts_and_the_order_is_that_of_the_table() {
        let costing = Costing::new([
            own("turnout.station", 90.0),
            own("speed.trunk", 50.0),
            own("speed.trunk", 55.0),
        ]);
        let keys: Vec<&str> = costing.own().iter().map(|figure| figure.key.as_str()).collect();
        assert_eq!(keys, ["speed.trunk", "turnout.station"]);
        assert_eq!(figure(&costing, "speed.trunk"), 55.0);
    }

    #[test]
    fn what_cannot_be_is_refused_or_kept_apart() {
        let usual = Costing::default();
        let set = |key: &str, value: f64| {
            usual.with(&[(key.to_owned(), Some(value))], "li", Timestamp(7))
        };
        for (key, value) in [
            ("speed.primary", 0.0),
            ("speed.primary", f64::NAN),
            ("surface.gravel", 1.2),
            ("condition.snow", 0.0),
            ("junction.major_s", -1.0),
            ("turnout.station", 60.5),
            ("spread.p90", 0.9),
            ("vehicle.car.height_m", 200.0),
        ] {
            assert_eq!(set(key, value).unwrap_err().code(), "bad_value", "{key} {value}");
        }
        for key in ["speed.path", "speed.lane", "vehicle.horse.factor", "vehicle.car.wheels", ""] {
            assert_eq!(set(key, 1.0).unwrap_err().code(), "no_figure", "{key}");
        }
        let costing = Costing::new([own("speed.lane", 30.0), own("speed.trunk", -4.0)]);
        assert_eq!((costing.own().len(), costing.lost().len()), (0, 2));
        // What another version of the program wrote is not thrown away by a change.
        let changed = [("speed.trunk".to_owned(), Some(60.0))];
        let costing = costing.with(&changed, "li", Timestamp(8)).unwrap();
        assert_eq!((costing.own().len(), costing.lost().len()), (1, 1));
    }

    #[test]
    fn who_says_the_same_again_has_not_said_it_first() {
        let costing = Costing::new([own("speed.trunk", 55.0)]);
        let again = [("speed.trunk".to_owned(), Some(55.0))];
        assert_eq!(costing.with(&again, "wang", Timestamp(9)).unwrap(), costing);
    }

    #[test]
    fn text_is_read_within_its_range() {
        let figures = CostTable::usual().figures();
        let gravel = figures.iter().find(|figure| figure.key == "surface.gravel").unwrap();
        assert_eq!(gravel.read(" 0.7 "), Ok(0.7));
        for text in ["", "fast", "2", "inf"] {
            assert!(gravel.read(text).is_err(), "{text}");
        }
    }
}

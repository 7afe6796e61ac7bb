//! Shelters (应急避难场所): capacity by class of stay, and when one may be used.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Feature;
use crate::base::Persons;

/// Class of stay (避难时长分类) of GB 51143; sets the effective area per person.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum StayClass {
    /// 紧急, up to 1 day.
    Emergency,
    /// 临时, up to 3 days.
    Temporary,
    /// 短期, up to 15 days.
    #[default]
    Short,
    /// 中期, up to 30 days.
    Medium,
    /// 长期, up to 100 days.
    Long,
}

/// A row of `assets/model/stay_classes.toml`.
#[derive(Clone, Debug, Deserialize)]
pub struct StayRule {
    /// Which class.
    pub key: StayClass,
    /// Effective area per person in m².
    pub area_per_person_m2: f64,
    /// How long such a shelter stays open, in days.
    pub opening_days: u32,
    /// How sure the figure is: `found`, `recalled` or `default`.
    pub mark: String,
}

/// The stay classes with their standard.
#[derive(Clone, Debug, Deserialize)]
pub struct StayTable {
    /// The standard the figures come from.
    pub standard: String,
    /// One rule per class.
    pub class: Vec<StayRule>,
}

static STAYS: LazyLock<StayTable> = LazyLock::new(|| {
    // Part of the program; a unit test proves that it reads.
    toml::from_str(include_str!("../../assets/model/stay_classes.toml"))
        .unwrap_or(StayTable { standard: String::new(), class: Vec::new() })
});

impl StayClass {
    /// All classes, shortest stay first.
    pub const ALL: [Self; 5] =
        [Self::Emergency, Self::Temporary, Self::Short, Self::Medium, Self::Long];

    /// The word used on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::Temporary => "temporary",
            Self::Short => "short",
            Self::Medium => "medium",
            Self::Long => "long",
        }
    }

    /// The class with this key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stay| stay.key() == key)
    }

    /// The table all classes come from.
    pub fn table() -> &'static StayTable {
        &STAYS
    }

    /// Its row of the table; `None` only if the table does not read.
    pub fn rule(self) -> Option<&'static StayRule> {
        STAYS.class.iter().find(|rule| rule.key == self)
    }

    /// Effective area per person in m².
    pub fn area_per_person_m2(self) -> f64 {
        self.rule().map_or(f64::INFINITY, |rule| rule.area_per_person_m2)
    }

    /// The shelter field that declares a capacity for this stay alone.
    fn capacity_field(self) -> &'static str {
        match self {
            Self::Emergency => "capacity_emergency",
            Self::Temporary => "capacity_temporary",
            Self::Short => "capacity_short",
            Self::Medium => "capacity_medium",
            Self::Long => "capacity_long",
        }
    }
}

/// What people are moved away from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HazardKind {
    /// 洪涝: people are moved (转移).
    Flood,
    /// 地震: people take refuge and are settled (避险、安置).
    Earthquake,
    /// 危化品泄漏: people are evacuated (疏散).
    Chemical,
    /// 火灾: people are evacuated (疏散).
    Fire,
}

impl HazardKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Flood, Self::Earthquake, Self::Chemical, Self::Fire];

    /// The word used on the command line and in the shelter field `hazards`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Flood => "flood",
            Self::Earthquake => "earthquake",
            Self::Chemical => "chemical",
            Self::Fire => "fire",
        }
    }

    /// The hazard with this key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hazard| hazard.key() == key)
    }
}

/// What a shelter's capacity rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CapacityBasis {
    /// The figure declared in the ledger.
    Declared,
    /// Effective area divided by the area per person of the stay.
    Area,
}

/// The figures of a shelter that questions use.
#[derive(Clone, Copy, Debug)]
pub struct Shelter<'a> {
    feature: &'a Feature,
}

impl<'a> Shelter<'a> {
    /// Reads a shelter feature.
    pub fn of(feature: &'a Feature) -> Self {
        Self { feature }
    }

    /// How many people fit for this stay: the figure declared for it, else the one declared for the
    /// shelter, else ⌊Σ effective area ÷ area per person⌋ (GB 51143); `None` = no data.
    ///
    /// A figure declared for the shelter is used for every stay it says nothing else of, because most
    /// ledgers do not say which stay it was made for.
    pub fn capacity(&self, stay: StayClass) -> Option<(Persons, CapacityBasis)> {
        let declared = self.feature.count(stay.capacity_field());
        if let Some(declared) = declared.or_else(|| self.feature.count("capacity")) {
            return Some((Persons(declared), CapacityBasis::Declared));
        }
        let area = self.effective_area_m2()?;
        Some((Persons((area / stay.area_per_person_m2()).floor() as u64), CapacityBasis::Area))
    }

    /// Whether the ledger declares a capacity for this very stay.
    pub fn declares(&self, stay: StayClass) -> bool {
        self.feature.count(stay.capacity_field()).is_some()
    }

    /// Effective area indoors and outdoors together in m²; a half that is not recorded adds nothing,
    /// `None` if neither is.
    pub fn effective_area_m2(&self) -> Option<f64> {
        let indoors = self.feature.number("effective_area_in_m2");
        let outdoors = self.feature.number("effective_area_out_m2");
        (indoors.is_some() || outdoors.is_some())
            .then(|| indoors.unwrap_or(0.0) + outdoors.unwrap_or(0.0))
    }

    /// People already there; no figure counts as nobody.
    pub fn occupied(&self) -> Persons {
        Persons(self.feature.count("occupied").unwrap_or(0))
    }

    /// Places promised to others; no figure counts as none.
    pub fn reserved(&self) -> Persons {
        Persons(self.feature.count("reserved").unwrap_or(0))
    }

    /// Places left: capacity − occupied − reserved, never below zero.
    pub fn available(&self, stay: StayClass) -> Option<Persons> {
        let (capacity, _) = self.capacity(stay)?;
        Some(capacity - self.occupied() - self.reserved())
    }

    /// Whether its status lets people in: anything but `full` and `closed`. A shelter in
    /// peacetime (平时) can be opened on order; one without a status is taken at its word.
    pub fn can_open(&self) -> bool {
        !matches!(self.feature.text("status"), Some("full" | "closed"))
    }

    /// Whether it is out of use (停用) and counts nowhere.
    pub fn is_closed(&self) -> bool {
        self.feature.text("status") == Some("closed")
    }

    /// Whether it serves this hazard; a shelter that names no hazards serves all.
    pub fn serves(&self, hazard: HazardKind) -> bool {
        self.feature
            .text("hazards")
            .is_none_or(|hazards| hazards.split(';').any(|key| key == hazard.key()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Id;
    use crate::model::{Attributes, Kind, Provenance, Value};

    fn shelter(values: &[(&str, Value)]) -> Feature {
        let mut attributes = Attributes::default();
        for (name, value) in values {
            assert!(attributes.set(Kind::Shelter, name, Some(value.clone())));
        }
        Feature {
            id: Id::from_natural_key("shelter", "a"),
            kind: Kind::Shelter,
            code: None,
            name: "a".to_owned(),
            geometry: None,
            attributes,
            extra: Vec::new(),
            provenance: Provenance::default(),
        }
    }

    #[test]
    fn the_stay_table_reads() {
        assert_eq!(StayClass::table().class.len(), 5);
        assert_eq!(StayClass::Short.area_per_person_m2(), 2.0);
        assert_eq!(StayClass::Long.area_per_person_m2(), 4.5);
    }

    #[test]
    fn declared_capacity_wins_over_area() {
        let f = shelter(&[("capacity", 100_i64.into()), ("effective_area_out_m2", 5000.0.into())]);
        assert_eq!(
            Shelter::of(&f).capacity(StayClass::Short),
            Some((Persons(100), CapacityBasis::Declared))
        );
    }

    #[test]
    fn a_capacity_declared_for_the_stay_comes_first() {
        let f = shelter(&[("capacity", 100_i64.into()), ("capacity_long", 40_i64.into())]);
        let people = |stay| Shelter::of(&f).capacity(stay).map(|(people, _)| people.0);
        assert_eq!((people(StayClass::Long), people(StayClass::Short)), (Some(40), Some(100)));
    }

    #[test]
    fn area_is_divided_by_the_norm_of_the_stay() {
        let f = shelter(&[
            ("effective_area_in_m2", 101.0.into()),
            ("effective_area_out_m2", 900.0.into()),
            ("occupied", 20_i64.into()),
            ("reserved", 30_i64.into()),
        ]);
        let s = Shelter::of(&f);
        // 1001 m² / 2.0 = 500.5; / 4.5 = 222.4
        assert_eq!(s.capacity(StayClass::Short), Some((Persons(500), CapacityBasis::Area)));
        assert_eq!(s.available(StayClass::Short), Some(Persons(450)));
        assert_eq!(s.available(StayClass::Long), Some(Persons(172)));
    }

    #[test]
    fn no_figure_is_no_data_and_never_negative() {
        assert_eq!(Shelter::of(&shelter(&[])).capacity(StayClass::Short), None);
        let over = shelter(&[("capacity", 10_i64.into()), ("occupied", 50_i64.into())]);
        assert_eq!(Shelter::of(&over).available(StayClass::Short), Some(Persons::ZERO));
    }

    #[test]
    fn status_and_hazards_decide_on_use() {
        let closed = shelter(&[("status", "closed".into())]);
        assert!(!Shelter::of(&closed).can_open());
        let quake = shelter(&[("hazards", "earthquake;fire".into()), ("status", "standby".into())]);
        assert!(Shelter::of(&quake).can_open());
        assert!(Shelter::of(&quake).serves(HazardKind::Earthquake));
        assert!(!Shelter::of(&quake).serves(HazardKind::Flood));
        assert!(Shelter::of(&shelter(&[])).serves(HazardKind::Flood));
    }
}

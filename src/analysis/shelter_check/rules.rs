//! The figures of `assets/evacuation/shelter_checks.toml`: what is checked, and from where on it warns or fails.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::class::SiteClass;
use crate::base::Metres;

macro_rules! check_kinds {
    ($($(#[$doc:meta])* $variant:ident = $key:literal,)*) => {
        /// What is checked.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum CheckKind {
            $($(#[$doc])* #[serde(rename = $key)] $variant,)*
        }

        impl CheckKind {
            /// Every check, in the order in which they are shown.
            pub const ALL: &'static [CheckKind] = &[$(CheckKind::$variant,)*];

            /// The word for programs; `check-…` is its message id.
            pub fn key(self) -> &'static str {
                match self { $(CheckKind::$variant => $key,)* }
            }
        }
    };
}

check_kinds! {
    /// Distance to the nearest fault (断裂避让).
    Fault = "fault",
    /// Distance to ordinary sources of secondary fire (次生火灾).
    FireSource = "fire-source",
    /// Distance to major hazard installations (重大危险源).
    MajorSource = "major-source",
    /// Downwind of a hazard source, within the cone of wind shift.
    Downwind = "downwind",
    /// In the danger area.
    DangerArea = "danger-area",
    /// In water or in an old lake basin.
    Water = "water",
    /// Distance to the nearest river.
    River = "river",
    /// Distance to the nearest levee.
    Levee = "levee",
    /// Directions of main exits.
    Exits = "exits",
    /// Independent sources of water.
    WaterSources = "water-sources",
    /// Independent sources of power.
    PowerSources = "power-sources",
    /// Stored water a person and day over the stay.
    WaterStored = "water-stored",
    /// People to a toilet.
    Toilets = "toilets",
    /// Accessibility (无障碍).
    Accessible = "accessible",
    /// Effective area of the site.
    SiteArea = "site-area",
    /// Capacity against the cap of the class.
    CapacityCap = "capacity-cap",
    /// Effective area per person at the declared capacity.
    AreaPerPerson = "area-per-person",
    /// People to a rest unit (避难宿住单元).
    RestUnit = "rest-unit",
}

/// Which side of a figure is worse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sense {
    /// Below it.
    #[default]
    Least,
    /// Above it.
    Most,
}

/// From which figure on a check warns or fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
pub struct Limit {
    /// Shelters of this class; of every class without it.
    pub class: Option<SiteClass>,
    /// Warns beyond this.
    pub warn: Option<f64>,
    /// Fails beyond this.
    pub fail: Option<f64>,
}

/// One check of the table.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CheckRule {
    /// Which one.
    pub key: CheckKind,
    /// The standard and, where known, the part of it; empty if there is none.
    pub clause: String,
    /// Where its figures come from.
    pub source: String,
    /// How sure they are: `found`, `recalled` or `default`.
    pub mark: String,
    /// Unit of the figure; `None` = yes or no.
    pub unit: Option<String>,
    /// Which side of a figure is worse.
    #[serde(default)]
    pub sense: Sense,
    /// Figures by class.
    limit: Vec<Limit>,
}

/// A figure of its own.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RuleFigure {
    /// The figure.
    pub value: f64,
    /// Where the standard has it; empty if it does not.
    pub clause: String,
    /// Where it comes from.
    pub source: String,
    /// How sure it is.
    pub mark: String,
}

/// How far people walk to a shelter of a class (避难疏散距离).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Radius {
    /// Which class.
    pub class: SiteClass,
    /// In a straight line.
    pub metres: f64,
    /// Where the standard has it.
    pub clause: String,
    /// What is meant.
    pub source: String,
    /// How sure it is.
    pub mark: String,
}

/// All figures.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ShelterRules {
    /// The checks.
    pub check: Vec<CheckRule>,
    /// Half of the cone of wind shift in degrees.
    pub wind_cone_deg: RuleFigure,
    /// Walking radius by class.
    pub radius: Vec<Radius>,
    /// Least capacity of fixed and central shelters, as a share of the people they are for.
    pub fixed_share: RuleFigure,
}

static RULES: LazyLock<ShelterRules> = LazyLock::new(|| {
    // Part of the program; a unit test proves that it reads.
    toml::from_str(include_str!("../../../assets/evacuation/shelter_checks.toml")).unwrap_or_else(
        |_fault| {
            let none = || RuleFigure {
                value: 0.0,
                clause: String::new(),
                source: String::new(),
                mark: String::new(),
            };
            ShelterRules {
                check: Vec::new(),
                wind_cone_deg: none(),
                radius: Vec::new(),
                fixed_share: none(),
            }
        },
    )
});

impl ShelterRules {
    /// The table that comes with the program.
    pub fn usual() -> &'static Self {
        &RULES
    }

    /// The rule of a check.
    pub fn check(&self, key: CheckKind) -> Option<&CheckRule> {
        self.check.iter().find(|rule| rule.key == key)
    }

    /// How far people walk to a shelter of this class; `None` = the table does not say.
    pub fn radius(&self, class: SiteClass) -> Option<Metres> {
        self.radius.iter().find(|row| row.class == class).map(|row| Metres(row.metres))
    }
}

impl CheckRule {
    /// Whether what it asks depends on the class of the shelter.
    pub fn by_class(&self) -> bool {
        self.limit.iter().any(|limit| limit.class.is_some())
    }

    /// Its figures for a class; `None` = a shelter of this class is not checked.
    pub fn limit(&self, class: Option<SiteClass>) -> Option<Limit> {
        let fits = |limit: &&Limit| limit.class.is_none() || limit.class == class;
        self.limit.iter().find(fits).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_has_every_check_once() {
        let table: ShelterRules =
            toml::from_str(include_str!("../../../assets/evacuation/shelter_checks.toml")).unwrap();
        let keys: Vec<CheckKind> = table.check.iter().map(|rule| rule.key).collect();
        assert_eq!(keys, CheckKind::ALL);
        for rule in &table.check {
            assert!(["found", "recalled", "default"].contains(&rule.mark.as_str()), "{rule:?}");
            assert!(!rule.source.is_empty() && !rule.limit.is_empty(), "{rule:?}");
        }
    }

    #[test]
    fn figures_are_those_of_the_class() {
        let rules = ShelterRules::usual();
        let exits = rules.check(CheckKind::Exits).unwrap();
        assert_eq!(exits.limit(Some(SiteClass::Long)).unwrap().fail, Some(4.0));
        assert_eq!(exits.limit(Some(SiteClass::Short)).unwrap().fail, Some(2.0));
        assert_eq!(exits.limit(Some(SiteClass::Emergency)), None);
        assert!(exits.by_class());
        let radii = SiteClass::ALL.map(|class| rules.radius(class).map(Metres::whole));
        assert_eq!(radii, [500, 500, 1000, 1500, 2500, 2500].map(Some));
        assert_eq!((rules.fixed_share.value, rules.wind_cone_deg.value), (0.15, 30.0));
    }
}

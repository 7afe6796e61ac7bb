//! Settlements (村、社区): who lives where.

use super::Feature;
use crate::base::Persons;

/// The figures of a settlement that questions use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settlement {
    /// Residents, present by night; `None` = no data.
    pub residents: Option<Persons>,
    /// People present by day; `None` = no data.
    pub residents_day: Option<Persons>,
    /// Share of vulnerable people, 0 to 1.
    pub vulnerable_share: Option<f64>,
    /// Share of people notified in person (入户叫应率), 0 to 1; `None` = no data.
    pub notified_share: Option<f64>,
    /// People already moved; `None` = no data.
    pub moved: Option<Persons>,
}

impl Settlement {
    /// Reads the figures of a settlement feature.
    pub fn of(feature: &Feature) -> Self {
        Self {
            residents: feature.count("residents").map(Persons),
            residents_day: feature.count("residents_day").map(Persons),
            vulnerable_share: feature.number("vulnerable_share"),
            notified_share: feature.number("notified_share"),
            moved: feature.count("moved_people").map(Persons),
        }
    }
}

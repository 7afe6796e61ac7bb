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
}

impl Settlement {
    /// Reads the figures of a settlement feature.
    pub fn of(feature: &Feature) -> Self {
        Self {
            residents: feature.count("residents").map(Persons),
            residents_day: feature.count("residents_day").map(Persons),
            vulnerable_share: feature.number("vulnerable_share"),
        }
    }
}

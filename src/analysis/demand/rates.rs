//! The shares of `assets/evacuation/demand.toml`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// Which end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Case {
    /// Least need for places and transport.
    Low,
    /// Likely.
    Likely,
    /// Greatest need.
    High,
}

impl Case {
    /// All cases, least need first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Likely, Self::High];

    /// The word for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Likely => "likely",
            Self::High => "high",
        }
    }
}

/// A figure for each case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
pub struct Range {
    /// At least need.
    pub low: f64,
    /// Likely.
    pub likely: f64,
    /// At greatest need.
    pub high: f64,
}

impl Range {
    /// The figure of a case.
    pub fn at(self, case: Case) -> f64 {
        match case {
            Case::Low => self.low,
            Case::Likely => self.likely,
            Case::High => self.high,
        }
    }
}

/// A range and where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Rate {
    /// The figures.
    #[serde(flatten)]
    pub range: Range,
    /// Where they come from.
    pub source: String,
    /// How sure they are: `found`, `recalled` or `default`.
    pub mark: String,
}

/// Speed on foot in metres per second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Walking {
    /// The slow ones.
    pub slow: f64,
    /// Most.
    pub usual: f64,
    /// The fast ones.
    pub fast: f64,
}

/// A vulnerable group (脆弱人群).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Group {
    /// `aged`, `child`, `disabled`; `demand-group-…` is its message id.
    pub key: String,
    /// Share of residents.
    pub share: Range,
    /// Of these, how many need a vehicle with help.
    pub transport: Range,
    /// How fast they walk.
    pub walking_ms: Walking,
    /// Where the figures come from.
    pub source: String,
    /// How sure they are.
    pub mark: String,
}

/// People in institutions.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Institution {
    /// `patient`, `resident`; `demand-group-…` is its message id.
    pub key: String,
    /// Kind of facility.
    pub kind: String,
    /// How many need a vehicle with help.
    pub transport: Range,
    /// Where the figures come from.
    pub source: String,
    /// How sure they are.
    pub mark: String,
}

/// All shares.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Rates {
    /// People present by day over residents.
    pub day_presence: Rate,
    /// Settled together (集中安置率).
    pub sheltered: Rate,
    /// By their own car.
    pub by_car: Rate,
    /// On foot.
    pub on_foot: Rate,
    /// People to a car.
    pub car_load: Rate,
    /// People to a bus.
    pub bus_load: Rate,
    /// Workers on shift by day.
    pub shift_day: Rate,
    /// Workers on shift by night.
    pub shift_night: Rate,
    /// Vulnerable groups.
    pub group: Vec<Group>,
    /// Institutions.
    pub institution: Vec<Institution>,
}

static RATES: LazyLock<Rates> = LazyLock::new(|| {
    // Part of the program; a unit test proves that it reads.
    toml::from_str(include_str!("../../../assets/evacuation/demand.toml")).unwrap_or_default()
});

impl Rates {
    /// The table that comes with the program.
    pub fn usual() -> &'static Self {
        &RATES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_its_shares_leave_something_for_the_rest() {
        let rates: Rates =
            toml::from_str(include_str!("../../../assets/evacuation/demand.toml")).unwrap();
        assert_eq!((rates.group.len(), rates.institution.len()), (3, 2));
        for case in Case::ALL {
            let modes = rates.by_car.range.at(case) + rates.on_foot.range.at(case);
            assert!(modes < 1.0, "{case:?}: nobody is left for buses");
            let groups: f64 = rates.group.iter().map(|group| group.share.at(case)).sum();
            assert!(groups < 1.0, "{case:?}: {groups}");
        }
        let ordered = |range: Range| range.low <= range.likely && range.likely <= range.high;
        assert!(ordered(rates.sheltered.range) && ordered(rates.day_presence.range));
        assert!(rates.group.iter().all(|group| ordered(group.share) && ordered(group.transport)));
    }
}

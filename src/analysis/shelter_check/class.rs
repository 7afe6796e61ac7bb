//! The class a shelter is checked as.

use serde::{Deserialize, Serialize};

use crate::model::{Feature, StayClass};

/// Class of a shelter: its stay, or the central one of a whole town.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SiteClass {
    /// 紧急避难场所.
    Emergency,
    /// 临时: a stay of up to three days; no shelter is only that.
    Temporary,
    /// 短期固定避难场所.
    Short,
    /// 中期固定避难场所.
    Medium,
    /// 长期固定避难场所.
    Long,
    /// 中心避难场所.
    Central,
}

impl SiteClass {
    /// All classes.
    pub const ALL: [Self; 6] =
        [Self::Emergency, Self::Temporary, Self::Short, Self::Medium, Self::Long, Self::Central];

    /// The word for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Central => "central",
            other => other.stay().key(),
        }
    }

    /// The class its ledger gives a shelter; `None` = no data.
    pub fn of(shelter: &Feature) -> Option<Self> {
        Some(match shelter.text("shelter_type")? {
            "emergency" => Self::Emergency,
            "fixed_short" => Self::Short,
            "fixed_medium" => Self::Medium,
            "fixed_long" => Self::Long,
            "central" => Self::Central,
            _ => return None,
        })
    }

    /// How long people stay in such a shelter; a central one also serves long stays.
    pub fn stay(self) -> StayClass {
        match self {
            Self::Emergency => StayClass::Emergency,
            Self::Temporary => StayClass::Temporary,
            Self::Short => StayClass::Short,
            Self::Medium => StayClass::Medium,
            Self::Long | Self::Central => StayClass::Long,
        }
    }

    /// Fixed (固定) and central shelters are those that count for the share of people with a place.
    pub fn is_fixed(self) -> bool {
        matches!(self, Self::Short | Self::Medium | Self::Long | Self::Central)
    }
}

impl From<StayClass> for SiteClass {
    fn from(stay: StayClass) -> Self {
        match stay {
            StayClass::Emergency => Self::Emergency,
            StayClass::Temporary => Self::Temporary,
            StayClass::Short => Self::Short,
            StayClass::Medium => Self::Medium,
            StayClass::Long => Self::Long,
        }
    }
}

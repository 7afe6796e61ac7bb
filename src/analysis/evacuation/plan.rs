//! The plan: assignments, loads, who stays, and what limits it.

use serde::{Deserialize, Serialize};

use crate::base::{Id, Message, Persons};
use crate::model::CapacityBasis;

/// Some people of one settlement go to one shelter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    /// From.
    pub settlement: Id,
    /// Its name.
    pub settlement_name: String,
    /// To.
    pub shelter: Id,
    /// Its name.
    pub shelter_name: String,
    /// How many.
    pub people: Persons,
    /// How far, whole metres.
    pub distance_m: u32,
    /// How long; `None` by distance.
    pub travel_s: Option<u32>,
    /// The preplanned shelter (预案对口安置) of this settlement, if it has one and this is not it.
    pub deviates_from: Option<Id>,
}

/// Why a shelter cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unusable {
    /// Its status is closed.
    Closed,
    /// Its status is full, or nothing is left.
    Full,
    /// It lies in the danger area.
    InDanger,
    /// It does not serve this hazard.
    UnfitForHazard,
    /// No capacity and no effective area are known.
    NoData,
    /// It has no position.
    NoPosition,
}

impl Unusable {
    /// All reasons.
    pub const ALL: [Self; 6] = [
        Self::Closed,
        Self::Full,
        Self::InDanger,
        Self::UnfitForHazard,
        Self::NoData,
        Self::NoPosition,
    ];

    /// The reason in words.
    pub fn message(self) -> Message {
        Message::new(match self {
            Self::Closed => "unusable-closed",
            Self::Full => "unusable-full",
            Self::InDanger => "unusable-in-danger",
            Self::UnfitForHazard => "unusable-unfit-for-hazard",
            Self::NoData => "unusable-no-data",
            Self::NoPosition => "unusable-no-position",
        })
    }
}

/// A shelter and what the plan asks of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShelterLoad {
    /// Which one.
    pub id: Id,
    /// Its code.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Capacity for the stay; `None` = no data.
    pub capacity: Option<Persons>,
    /// What the capacity rests on.
    pub capacity_basis: Option<CapacityBasis>,
    /// People already there.
    pub occupied: Persons,
    /// Places promised to others.
    pub reserved: Persons,
    /// People the plan sends there.
    pub assigned: Persons,
    /// Why it cannot be used; `None` = usable.
    pub unusable: Option<Unusable>,
}

/// Why people stay unassigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnassignedWhy {
    /// No usable shelter within the permitted distance.
    TooFar,
    /// The usable shelters within reach are full.
    NoCapacity,
    /// There is no usable shelter at all.
    NoShelter,
    /// No population figure: nobody knows how many to move.
    NoData,
    /// The settlement is too large to stay together in any shelter left.
    TooLargeToKeepTogether,
}

impl UnassignedWhy {
    /// All reasons.
    pub const ALL: [Self; 5] = [
        Self::TooFar,
        Self::NoCapacity,
        Self::NoShelter,
        Self::NoData,
        Self::TooLargeToKeepTogether,
    ];

    /// The reason in words.
    pub fn message(self) -> Message {
        Message::new(match self {
            Self::TooFar => "why-too-far",
            Self::NoCapacity => "why-no-capacity",
            Self::NoShelter => "why-no-shelter",
            Self::NoData => "why-no-data",
            Self::TooLargeToKeepTogether => "why-too-large-to-keep-together",
        })
    }
}

/// People of one settlement for whom there is no place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unassigned {
    /// Which settlement.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// How many.
    pub people: Persons,
    /// Why.
    pub why: UnassignedWhy,
}

/// What holds the plan back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitKind {
    /// A full shelter.
    Shelter,
    /// The permitted distance.
    Distance,
}

/// Something that holds the plan back, found by solving again without it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// What it is.
    pub kind: LimitKind,
    /// The shelter, if it is one.
    pub id: Option<Id>,
    /// Its name.
    pub name: String,
    /// What one more place there gains: people first ...
    pub gain_people: u64,
    /// ... then person-metres saved when no more people can be assigned.
    pub gain_cost: u64,
    /// In words.
    pub message: Message,
}

/// Why a row of the preplanned table cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnresolvedWhy {
    /// It names no settlement of the county, or several.
    UnknownSettlement,
    /// It names no shelter of the county, or several.
    UnknownShelter,
}

impl UnresolvedWhy {
    /// All reasons.
    pub const ALL: [Self; 2] = [Self::UnknownSettlement, Self::UnknownShelter];

    /// The reason in words.
    pub fn message(self) -> Message {
        Message::new(match self {
            Self::UnknownSettlement => "unresolved-unknown-settlement",
            Self::UnknownShelter => "unresolved-unknown-shelter",
        })
    }
}

/// A row of the preplanned table that nobody can follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnresolvedArrangement {
    /// The settlement, if that is known.
    pub settlement: Option<Id>,
    /// How the row names it.
    pub settlement_as_written: String,
    /// How the row names the shelter.
    pub shelter_as_written: String,
    /// What is wrong with it.
    pub why: UnresolvedWhy,
}

/// The plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EvacuationPlan {
    /// People to move.
    pub people: Persons,
    /// People with a place.
    pub assigned: Persons,
    /// People without.
    pub unassigned: Persons,
    /// Σ people × whole metres.
    pub cost: u64,
    /// Proven optimal.
    pub optimal: bool,
    /// Proven bound: cost is at most (1 + gap) × the least possible for a plan that places as many
    /// people, as many of them where the preplanned table says and no later in it; 0 when optimal.
    pub gap: f64,
    /// Proven bound on the people a better plan could still place.
    pub people_gap: u64,
    /// Who goes where, by settlement id then shelter id.
    pub assignments: Vec<Assignment>,
    /// All shelters, by id.
    pub shelters: Vec<ShelterLoad>,
    /// Who stays unassigned.
    pub unassigned_settlements: Vec<Unassigned>,
    /// What holds the plan back, greatest gain first.
    pub limits: Vec<Limit>,
    /// Settlements on the edge of the area: to be confirmed.
    pub to_confirm: Vec<Id>,
    /// Settlements counted whole by their point because no extent is known.
    pub point_only: Vec<Id>,
    /// How many settlements have shelters in the preplanned table. (Plans saved before it was
    /// counted say 0.)
    #[serde(default)]
    pub arranged: usize,
    /// Rows of the preplanned table that nobody can follow.
    #[serde(default)]
    pub unresolved_arrangements: Vec<UnresolvedArrangement>,
}

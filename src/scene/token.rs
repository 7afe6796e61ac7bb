//! Names of the map's colours; a theme gives each of them a value.

use serde::Deserialize;

/// A colour of the map by its role, so that every theme can fill it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Token {
    /// Outside the county.
    Outside,
    /// The county's land.
    Land,
    /// Built-up ground of a settlement.
    BuiltUp,
    /// Open water.
    Water,
    /// A shore, a river or a canal.
    WaterLine,
    /// A former lake basin: low ground.
    Basin,
    /// Names of rivers and lakes.
    WaterText,
    /// The county's boundary.
    Boundary,
    /// Borders between townships.
    TownshipLine,
    /// Motorways and trunk roads.
    RoadMajor,
    /// Edge of motorways and trunk roads.
    RoadMajorCasing,
    /// Other roads.
    RoadMinor,
    /// Edge of other roads.
    RoadMinorCasing,
    /// Village roads and tracks far out.
    RoadTrack,
    /// Faults.
    Fault,
    /// Levees.
    Levee,
    /// Names that matter.
    Label,
    /// Names of smaller places and roads.
    LabelWeak,
    /// Around names, so that they stand off what lies below.
    Halo,
    /// Signs of facilities.
    Symbol,
    /// Ground of a sign.
    SymbolGround,
    /// Sign of a facility that cannot be used.
    SymbolUnusable,
    /// Our own action: lines to the nearest, flows.
    Action,
    /// Numbers on our own action.
    OnAction,
    /// Ground of a danger area.
    DangerFill,
    /// Edge and hatch of a danger area.
    DangerLine,
    /// People without a place, in the colour they have in the panel.
    Unplaced,
    /// Signs on that colour.
    OnUnplaced,
    /// Closed roads and what closes them.
    Closed,
    /// What is chosen.
    Highlight,
}

impl Token {
    /// Every token.
    pub const ALL: [Self; 30] = [
        Self::Outside,
        Self::Land,
        Self::BuiltUp,
        Self::Water,
        Self::WaterLine,
        Self::Basin,
        Self::WaterText,
        Self::Boundary,
        Self::TownshipLine,
        Self::RoadMajor,
        Self::RoadMajorCasing,
        Self::RoadMinor,
        Self::RoadMinorCasing,
        Self::RoadTrack,
        Self::Fault,
        Self::Levee,
        Self::Label,
        Self::LabelWeak,
        Self::Halo,
        Self::Symbol,
        Self::SymbolGround,
        Self::SymbolUnusable,
        Self::Action,
        Self::OnAction,
        Self::DangerFill,
        Self::DangerLine,
        Self::Unplaced,
        Self::OnUnplaced,
        Self::Closed,
        Self::Highlight,
    ];
}

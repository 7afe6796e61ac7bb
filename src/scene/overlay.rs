//! A question's answer on the map: the only saturated thing there.

use std::collections::BTreeSet;

use geo_types::{Coord, MultiPolygon, Rect};

use super::FeatureRef;
use crate::base::{Id, Persons};

/// Severity of a danger area, most severe first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// 红.
    #[default]
    Red,
    /// 橙.
    Orange,
    /// 黄.
    Yellow,
    /// 蓝.
    Blue,
}

/// A danger area.
#[derive(Clone, Debug, PartialEq)]
pub struct DangerArea {
    /// Polygons in degrees.
    pub polygons: MultiPolygon<f64>,
    /// How severe.
    pub severity: Severity,
}

/// People who move from a settlement to a shelter.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// From, in degrees.
    pub from: Coord<f64>,
    /// To, in degrees.
    pub to: Coord<f64>,
    /// How many; sets the width of the line.
    pub people: Persons,
    /// Drawn strongly: chosen in a table, or belonging to what is chosen.
    pub emphasised: bool,
}

/// A numbered line from a place to one of the nearest facilities.
#[derive(Clone, Debug, PartialEq)]
pub struct ReachLine {
    /// From, in degrees.
    pub from: Coord<f64>,
    /// To, in degrees.
    pub to: Coord<f64>,
    /// The way by road in degrees; empty: as the crow flies.
    pub way: Vec<Coord<f64>>,
    /// Rank as in the table, from 1.
    pub number: u32,
    /// Chosen in the table.
    pub emphasised: bool,
}

/// A way through the roads.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// Its corners in degrees.
    pub line: Vec<Coord<f64>>,
    /// The chosen one of several.
    pub emphasised: bool,
}

/// What is reached within some minutes.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Polygons in degrees.
    pub polygons: MultiPolygon<f64>,
    /// The minutes.
    pub minutes: u32,
}

/// How full a shelter becomes; drawn as a ring around its sign.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// Which shelter.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// Where, in degrees.
    pub at: Coord<f64>,
    /// How many people are sent there.
    pub people: Persons,
    /// Assigned people by available places, 0 to 1.
    pub share: f32,
}

/// A settlement with people for whom there is no place, marked with "!".
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Which settlement.
    pub id: Id,
    /// Where, in degrees.
    pub at: Coord<f64>,
    /// How many people.
    pub people: Persons,
}

/// A pin, such as the place a question was asked from.
#[derive(Clone, Debug, PartialEq)]
pub struct Pin {
    /// Where, in degrees.
    pub at: Coord<f64>,
    /// Words beside it; may be empty.
    pub label: String,
    /// Where a journey ends: a flag instead of a ring.
    pub goal: bool,
}

/// Everything a running question puts on the map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// Danger areas.
    pub areas: Vec<DangerArea>,
    /// Who goes where.
    pub flows: Vec<Flow>,
    /// Lines to the nearest.
    pub reaches: Vec<ReachLine>,
    /// Ways through the roads.
    pub ways: Vec<Way>,
    /// How far one gets, the nearest first.
    pub bands: Vec<Band>,
    /// How full shelters become.
    pub loads: Vec<Load>,
    /// Settlements with people left.
    pub unassigned: Vec<Mark>,
    /// What the answer cannot use; drawn hollow.
    pub unusable: BTreeSet<FeatureRef>,
    /// Pins.
    pub pins: Vec<Pin>,
    /// Places where the road net should be looked at, in degrees.
    pub faults: Vec<Coord<f64>>,
    /// The chosen feature.
    pub highlight: Option<FeatureRef>,
}

impl Overlay {
    /// The extent of the answer in degrees; `None` if there is none.
    pub fn extent(&self) -> Option<Rect<f64>> {
        let rings = self.areas.iter().flat_map(|a| &a.polygons.0).flat_map(|p| &p.exterior().0);
        rings
            .copied()
            .chain(self.flows.iter().flat_map(|f| [f.from, f.to]))
            .chain(self.reaches.iter().flat_map(|r| [r.from, r.to]))
            .chain(self.reaches.iter().flat_map(|r| r.way.iter().copied()))
            .chain(self.ways.iter().flat_map(|way| way.line.iter().copied()))
            .chain(
                self.bands.iter().flat_map(|b| &b.polygons.0).flat_map(|p| p.exterior().0.clone()),
            )
            .chain(self.unassigned.iter().map(|m| m.at))
            .chain(self.pins.iter().map(|p| p.at))
            .map(|c| Rect::new(c, c))
            .reduce(|a, b| {
                Rect::new(
                    Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) },
                    Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) },
                )
            })
    }
}

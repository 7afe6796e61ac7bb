//! What is wrong with the road net: ends that nearly meet another road, and pieces that nothing joins.

use geo_types::Coord;

use crate::base::{Message, Metres};
use crate::county::County;
use crate::model::Kind;
use crate::scene::FeatureRef;

/// Places of a sort that the panel lists.
const LISTED: usize = 10;

/// A place of the net that somebody should look at.
#[derive(Clone, Debug, PartialEq)]
pub struct NetRow {
    /// The road.
    pub feature: FeatureRef,
    /// What it is called.
    pub name: Message,
    /// Where, in degrees.
    pub at: Coord<f64>,
    /// How wide the gap is, or how long the island's roads are.
    pub metres: Metres,
}

/// What is wrong with the net.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetView {
    /// Ends that nearly meet another road, as many as the panel lists.
    pub gaps: Vec<NetRow>,
    /// How many there are.
    pub gap_count: usize,
    /// Pieces that nothing joins to the rest, the longest first, as many as the panel lists.
    pub islands: Vec<NetRow>,
    /// How many there are.
    pub island_count: usize,
    /// The places are shown.
    pub open: bool,
}

impl NetView {
    /// Of a county whose net is made.
    pub(super) fn new(county: &County, open: bool) -> Self {
        let roads = county.features(Kind::Road);
        let row = |row: u32, at: Coord<f64>, metres: f64| {
            let road = roads.get(row as usize)?;
            let name = if road.name.is_empty() {
                Message::new("roads-unnamed-road")
            } else {
                Message::new("place-named").with("name", road.name.as_str())
            };
            let feature = FeatureRef { kind: Kind::Road, id: road.id };
            Some(NetRow { feature, name, at, metres: Metres(metres) })
        };
        let gaps = &county.network().report.gaps;
        let islands = county.islands();
        Self {
            gap_count: gaps.len(),
            gaps: gaps.iter().take(LISTED).filter_map(|g| row(g.row, g.at, g.metres)).collect(),
            island_count: islands.len(),
            islands: islands
                .iter()
                .take(LISTED)
                .filter_map(|island| row(island.row, island.at, island.length_m))
                .collect(),
            open,
        }
    }
}

/// All places of a net that are worth a mark on the map.
pub fn net_marks(county: &County) -> Vec<Coord<f64>> {
    let gaps = county.network().report.gaps.iter().map(|gap| gap.at);
    gaps.chain(county.islands().iter().map(|island| island.at)).collect()
}

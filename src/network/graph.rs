//! The graph: junctions, the stretches of road between them, and in which directions they may be
//! driven. Says nothing about time.

use std::ops::Range;

use geo_types::Coord;
use serde::{Deserialize, Serialize};

use super::place::Scale;

/// Number of a node.
pub type NodeId = u32;
/// Number of an arc: one edge in one direction, from one node.
pub type ArcId = u32;

/// Class of a road, the field `road_class`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RoadClass {
    /// 高速公路.
    Motorway,
    /// 国道, 一级公路.
    Trunk,
    /// 省道, 二级公路.
    Primary,
    /// 县道, 三级公路.
    Secondary,
    /// 乡道, 四级公路.
    Tertiary,
    /// 村道 and residential streets.
    Village,
    /// Yards and drives.
    Service,
    /// 机耕路.
    Track,
    /// On foot only.
    Path,
}

impl RoadClass {
    /// All, the most important first.
    pub const ALL: [Self; 9] = [
        Self::Motorway,
        Self::Trunk,
        Self::Primary,
        Self::Secondary,
        Self::Tertiary,
        Self::Village,
        Self::Service,
        Self::Track,
        Self::Path,
    ];

    /// The value of the field.
    pub fn key(self) -> &'static str {
        match self {
            Self::Motorway => "motorway",
            Self::Trunk => "trunk",
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Tertiary => "tertiary",
            Self::Village => "village",
            Self::Service => "service",
            Self::Track => "track",
            Self::Path => "path",
        }
    }

    /// The class with this key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.key() == key)
    }
}

/// Who may use a road, the field `access`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// Everybody.
    #[default]
    Yes,
    /// Whoever has business there.
    Destination,
    /// Its owner and emergency vehicles.
    Private,
    /// People on foot.
    Walking,
    /// Nobody.
    No,
}

/// What lies on the road.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Surface {
    /// Asphalt or concrete; also when nothing is known.
    #[default]
    Paved,
    /// Stones.
    Gravel,
    /// Earth.
    Unpaved,
}

/// What stands across a road where an edge is a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gate {
    /// A gate that opens for everybody.
    Open,
    /// Opens for its owner and for emergency vehicles.
    Private,
    /// Opens for emergency vehicles.
    Emergency,
    /// Posts that let people pass.
    Bollard,
    /// A height limit.
    Height,
    /// Lets nobody pass.
    Block,
}

/// A stretch of road between two junctions, or a gate at a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// Where it begins and ends.
    pub nodes: [NodeId; 2],
    /// Its corners in the graph's list, both ends included.
    pub corners: Range<u32>,
    /// Its length in millimetres.
    pub length_mm: u32,
    /// Row of the road layer, or of the gate layer for a gate.
    pub row: u32,
    /// Class.
    pub class: RoadClass,
    /// Who may use it.
    pub access: Access,
    /// Surface.
    pub surface: Surface,
    /// Whether it may be driven from its first node to its last, and back.
    pub open: [bool; 2],
    /// A slip road.
    pub link: bool,
    /// On a bridge.
    pub bridge: bool,
    /// Through water.
    pub ford: bool,
    /// Posted limit in km/h.
    pub max_speed_kmh: Option<u16>,
    /// Height limit in centimetres.
    pub max_height_cm: Option<u16>,
    /// Weight limit in hundreds of kilograms.
    pub max_weight_100kg: Option<u16>,
    /// What stands in the way, if it is a gate.
    pub gate: Option<Gate>,
}

/// Nodes, edges and arcs. An arc is an edge in one direction; where a turn is forbidden, the node
/// has copies that are entered only from certain arcs and left only by what is allowed from there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Graph {
    /// Place of each node in degrees.
    #[serde(with = "pairs")]
    pub nodes: Vec<Coord<f64>>,
    /// The node each node is a copy of; itself if it is none.
    pub original: Vec<NodeId>,
    /// All edges.
    pub edges: Vec<Edge>,
    /// Corners of all edges in degrees.
    #[serde(with = "pairs")]
    pub corners: Vec<Coord<f64>>,
    /// Millimetres from the first corner of its edge to each corner.
    #[serde(skip)]
    pub along: Vec<u32>,
    /// First arc out of each node; one more than there are nodes.
    pub first_out: Vec<ArcId>,
    /// Node each arc leads to.
    pub head: Vec<NodeId>,
    /// Edge and direction of each arc: twice the edge, plus one against its corners.
    pub way: Vec<u32>,
    /// Whether time is lost at the junction at the end of each way: where roads of some importance
    /// meet. A roundabout, and the crossing of a dual carriageway, is one junction.
    pub delayed: Vec<bool>,
    /// Copies of nodes: original and copy, in order.
    pub copies: Vec<(NodeId, NodeId)>,
    /// First of [`Self::incoming`] of each node; one more than there are nodes.
    #[serde(skip)]
    pub first_in: Vec<u32>,
    /// Arcs by the node they lead to, with the node they leave.
    #[serde(skip)]
    pub incoming: Vec<(NodeId, ArcId)>,
    /// The arc of each way that leaves no copy of a node.
    #[serde(skip)]
    pub arc_of: Vec<ArcId>,
    /// Whether each node has copies.
    #[serde(skip)]
    pub copied: Vec<bool>,
}

impl Graph {
    /// In place of a way: an arc from a copy to its original, for those whom no turn is forbidden.
    pub const FREE: u32 = u32::MAX;

    /// Entries of [`Self::incoming`] of a node.
    pub fn into(&self, node: NodeId) -> Range<usize> {
        self.first_in[node as usize] as usize..self.first_in[node as usize + 1] as usize
    }

    /// Arcs that leave a node.
    pub fn out(&self, node: NodeId) -> Range<usize> {
        self.first_out[node as usize] as usize..self.first_out[node as usize + 1] as usize
    }

    /// Corners of an edge, in its own direction.
    pub fn line(&self, edge: u32) -> &[Coord<f64>] {
        let range = &self.edges[edge as usize].corners;
        &self.corners[range.start as usize..range.end as usize]
    }

    /// The node and its copies.
    pub fn with_copies(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::once(node).chain(self.copies_of(node))
    }

    /// The copies of a node; most have none.
    fn copies_of(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        let from = if self.copied[node as usize] {
            self.copies.partition_point(|(original, _)| *original < node)
        } else {
            self.copies.len()
        };
        let copies = self.copies[from..].iter().take_while(move |(original, _)| *original == node);
        copies.map(|(_, copy)| *copy)
    }

    /// Arcs that are this edge in this direction, with the nodes they leave.
    pub fn arcs_of(&self, way: u32) -> impl Iterator<Item = (NodeId, ArcId)> {
        let edge = &self.edges[(way / 2) as usize];
        let tail = edge.nodes[(way % 2) as usize];
        let first = std::iter::once((tail, self.arc_of[way as usize]));
        first.chain(self.copies_of(tail).filter_map(move |node| {
            let mut arcs = self.out(node);
            let arc = arcs.find(|arc| self.way[*arc] == way)?;
            Some((node, u32::try_from(arc).ok()?))
        }))
    }

    /// Works out what follows from the rest, and is not kept with it.
    pub(super) fn index(&mut self) {
        self.first_in = vec![0; self.nodes.len() + 1];
        for head in &self.head {
            self.first_in[*head as usize + 1] += 1;
        }
        add_up(&mut self.first_in);
        let mut next = self.first_in.clone();
        self.incoming = vec![(0, 0); self.head.len()];
        for tail in 0..self.nodes.len() as NodeId {
            for arc in self.out(tail) {
                let slot = &mut next[self.head[arc] as usize];
                self.incoming[*slot as usize] = (tail, arc as ArcId);
                *slot += 1;
            }
        }
        self.copied = vec![false; self.nodes.len()];
        for (original, _) in &self.copies {
            self.copied[*original as usize] = true;
        }
        self.along = vec![0; self.corners.len()];
        for edge in &self.edges {
            let range = edge.corners.start as usize..edge.corners.end as usize;
            let line = &self.corners[range.clone()];
            let Some(first) = line.first() else { continue };
            let scale = Scale::at(*first);
            let length = |pair: &[Coord<f64>]| scale.length(pair[1] - pair[0]);
            let whole: f64 = line.windows(2).map(length).sum();
            let share = if whole > 0.0 { f64::from(edge.length_mm) / whole } else { 0.0 };
            let mut metres = 0.0;
            for (mm, pair) in self.along[range].iter_mut().skip(1).zip(line.windows(2)) {
                metres += length(pair);
                *mm = ((metres * share).round() as u32).min(edge.length_mm);
            }
        }
        self.arc_of = vec![ArcId::MAX; self.edges.len() * 2];
        for (node, original) in (0..).zip(&self.original) {
            // An arc of a copy has a twin that leaves the original.
            if node == *original {
                for arc in self.out(node) {
                    self.arc_of[self.way[arc] as usize] = arc as ArcId;
                }
            }
        }
    }
}

/// Turns counts into where each group begins.
pub(super) fn add_up(counts: &mut [u32]) {
    for n in 1..counts.len() {
        counts[n] += counts[n - 1];
    }
}

/// Places as pairs of degrees.
pub(super) mod pairs {
    use geo_types::Coord;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(places: &[Coord<f64>], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(places.iter().map(|at| [at.x, at.y]))
    }

    pub fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Vec<Coord<f64>>, D::Error> {
        let pairs = Vec::<[f64; 2]>::deserialize(from)?;
        Ok(pairs.into_iter().map(|[x, y]| Coord { x, y }).collect())
    }
}

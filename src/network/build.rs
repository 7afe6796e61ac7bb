//! Makes the graph out of rows: roads, turn restrictions and gates.

use std::collections::{BTreeMap, BTreeSet};

use geo_types::{Coord, Geometry, LineString};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::graph::{Access, Graph, NodeId, RoadClass, add_up};
use super::junction::delays;
use super::noding::node_lines;
use super::road::{edge_of, gate_edge};
use crate::model::{Feature, Value};

/// What was noticed while the graph was made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BuildReport {
    /// Rows of roads without a line of some length.
    pub without_line: Vec<u32>,
    /// Line ends that lie near another road without meeting it.
    pub gaps: Vec<Gap>,
    /// Line ends that were moved onto another road, and crossings that were joined.
    pub joined: usize,
    /// Turn restrictions whose roads do not end at their point.
    pub lost_restrictions: usize,
    /// Gates that lie on no road.
    pub lost_gates: usize,
}

/// A line end near another road.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// The road that ends there.
    pub row: u32,
    /// Where.
    #[serde(with = "pair")]
    pub at: Coord<f64>,
    /// How far the other road is, in metres.
    pub metres: f64,
}

/// A place as a pair of degrees.
mod pair {
    use geo_types::Coord;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(at: &Coord<f64>, to: S) -> Result<S::Ok, S::Error> {
        [at.x, at.y].serialize(to)
    }

    pub fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Coord<f64>, D::Error> {
        let [x, y] = <[f64; 2]>::deserialize(from)?;
        Ok(Coord { x, y })
    }
}

/// A corner on the grid of 1e-7 degrees, a centimetre: what coincides there is one place.
pub(super) type Key = (i32, i32);

pub(super) fn key(at: Coord<f64>) -> Key {
    // `as` saturates; degrees fit.
    ((at.x * 1e7).round() as i32, (at.y * 1e7).round() as i32)
}

/// What lifts motorways above every other road.
const MOTORWAY_LEVEL: i64 = 1 << 20;

/// A line of a road with what matters for joining it to others.
#[derive(Clone, Debug)]
pub(super) struct RoadLine {
    /// Row of the road.
    pub row: u32,
    /// Its corners, no two in one place after each other.
    pub corners: Vec<Coord<f64>>,
    /// Whether its corners already are where it meets others.
    pub noded: bool,
    /// Bridges, tunnels and roads on different levels pass each other.
    pub level: Option<i64>,
}

impl Graph {
    /// The graph of some roads. Roads meet where they have a corner in common; those that are not
    /// marked as joined at their nodes are first joined where they cross or nearly meet.
    pub fn build(
        roads: &[Feature],
        restrictions: &[Feature],
        gates: &[Feature],
    ) -> (Self, BuildReport) {
        let mut report = BuildReport::default();
        let mut lines = lines_of(roads, &mut report);
        node_lines(&mut lines, &mut report);
        let gates: BTreeMap<Key, (u32, &Feature)> = (0_u32..)
            .zip(gates)
            .filter_map(|(row, gate)| Some((key(point_of(gate)?), (row, gate))))
            .collect();
        let mut maker = Maker::default();
        let mut uses: FxHashMap<Key, u32> = FxHashMap::default();
        for line in &lines {
            let last = line.corners.len() - 1;
            for (n, at) in line.corners.iter().enumerate() {
                let used = uses.entry(key(*at)).or_default();
                *used += if n == 0 || n == last { 2 } else { 1 };
            }
        }
        for place in gates.keys() {
            uses.entry(*place).and_modify(|used| *used = 2);
        }
        for line in &lines {
            maker.cut(line, &roads[line.row as usize], &uses);
        }
        report.lost_gates = maker.gates(&gates);
        let gated: BTreeSet<Key> = gates.keys().copied().collect();
        let forbidden = maker.turns(roads, restrictions, &gated, &mut report);
        (maker.finish(&forbidden), report)
    }
}

/// The way by which a node is entered, and the ways by which it may not be left then.
type Forbidden = BTreeMap<(NodeId, u32), BTreeSet<u32>>;

#[derive(Default)]
struct Maker {
    graph: Graph,
    ids: FxHashMap<Key, NodeId>,
}

impl Maker {
    fn node(&mut self, at: Coord<f64>) -> NodeId {
        let Self { graph, ids } = self;
        *ids.entry(key(at)).or_insert_with(|| graph.add_node(at))
    }

    /// Cuts a line into edges where it meets others.
    fn cut(&mut self, line: &RoadLine, road: &Feature, uses: &FxHashMap<Key, u32>) {
        let mut begin = 0;
        for n in 1..line.corners.len() {
            if uses.get(&key(line.corners[n])).copied().unwrap_or(0) < 2 {
                continue;
            }
            let corners = &line.corners[begin..=n];
            begin = n;
            let nodes = [self.node(corners[0]), self.node(corners[corners.len() - 1])];
            let first = self.graph.corners.len() as u32;
            self.graph.corners.extend_from_slice(corners);
            let range = first..self.graph.corners.len() as u32;
            self.graph.edges.push(edge_of(road, line.row, nodes, range, corners));
        }
    }

    /// Puts gates across nodes: every arm gets an end of its own. Returns how many lie on no road.
    fn gates(&mut self, gates: &BTreeMap<Key, (u32, &Feature)>) -> usize {
        let gated: BTreeMap<NodeId, (u32, &Feature)> =
            gates.iter().filter_map(|(place, gate)| Some((*self.ids.get(place)?, *gate))).collect();
        for number in 0..self.graph.edges.len() {
            for end in 0..2 {
                let node = self.graph.edges[number].nodes[end];
                let Some((row, gate)) = gated.get(&node) else { continue };
                let at = self.graph.nodes[node as usize];
                let arm = self.graph.add_node(at);
                self.graph.edges[number].nodes[end] = arm;
                let first = self.graph.corners.len() as u32;
                self.graph.corners.extend([at, at]);
                self.graph.edges.push(gate_edge(gate, *row, [arm, node], first..first + 2));
            }
        }
        gates.len() - gated.len()
    }

    /// What the restrictions forbid.
    fn turns(
        &self,
        roads: &[Feature],
        restrictions: &[Feature],
        gated: &BTreeSet<Key>,
        report: &mut BuildReport,
    ) -> Forbidden {
        let places: Vec<Option<NodeId>> = restrictions
            .iter()
            .map(|row| {
                let place = key(point_of(row)?);
                self.ids.get(&place).copied().filter(|_| !gated.contains(&place))
            })
            .collect();
        let wanted: BTreeSet<NodeId> = places.iter().flatten().copied().collect();
        // Ways that leave each of these nodes.
        let mut leaving: BTreeMap<NodeId, Vec<u32>> = BTreeMap::new();
        for (number, edge) in (0_u32..).zip(&self.graph.edges) {
            for (end, node) in (0_u32..).zip(edge.nodes) {
                if wanted.contains(&node) {
                    leaving.entry(node).or_default().push(number * 2 + end);
                }
            }
        }
        let mut forbidden = Forbidden::new();
        for (row, node) in restrictions.iter().zip(places) {
            let ways = node.and_then(|node| Some((node, leaving.get(&node)?)));
            let turn = ways.and_then(|(node, ways)| {
                let of = |field: &str| {
                    let code = row.text(field)?;
                    let is_of = |way: &&u32| {
                        let edge = &self.graph.edges[(**way / 2) as usize];
                        roads[edge.row as usize].code.as_deref() == Some(code)
                    };
                    let mut found = ways.iter().filter(is_of);
                    // A road that goes on through the junction does not say which arm is meant.
                    let first = found.next().copied();
                    first.filter(|_| found.next().is_none())
                };
                Some((node, ways, of("from_road")?, of("to_road")?))
            });
            let Some((node, ways, from, to)) = turn else {
                report.lost_restrictions += 1;
                continue;
            };
            let not_from_here = forbidden.entry((node, from ^ 1)).or_default();
            if row.text("restriction") == Some("only") {
                not_from_here.extend(ways.iter().copied().filter(|way| *way != to));
            } else {
                not_from_here.insert(to);
            }
        }
        forbidden
    }

    /// Arcs, copies of nodes with forbidden turns, and the index of arcs by their heads.
    fn finish(mut self, forbidden: &Forbidden) -> Graph {
        let graph = &mut self.graph;
        let mut entered: BTreeMap<u32, NodeId> = BTreeMap::new();
        let mut out: Vec<(NodeId, u32)> = Vec::new();
        for (number, edge) in (0_u32..).zip(&graph.edges) {
            out.push((edge.nodes[0], number * 2));
            out.push((edge.nodes[1], number * 2 + 1));
        }
        out.sort_unstable();
        let forbidden = &without_u_turns(graph, &out, forbidden);
        for ((node, by), not) in forbidden {
            let copy = graph.add_node(graph.nodes[*node as usize]);
            graph.original[copy as usize] = *node;
            graph.copies.push((*node, copy));
            entered.insert(*by, copy);
            let allowed: Vec<(NodeId, u32)> = leaving(&out, *node)
                .filter(|way| !not.contains(way))
                .chain([Graph::FREE])
                .map(|way| (copy, way))
                .collect();
            // Copies have the highest numbers, so the order stays.
            out.extend(allowed);
        }
        graph.delayed = delays(&graph.edges, graph.nodes.len());
        graph.first_out = vec![0; graph.nodes.len() + 1];
        for (tail, way) in &out {
            graph.first_out[*tail as usize + 1] += 1;
            graph.way.push(*way);
            graph.head.push(if *way == Graph::FREE {
                graph.original[*tail as usize]
            } else {
                let edge = &graph.edges[(*way / 2) as usize];
                let plain = edge.nodes[1 - (*way % 2) as usize];
                entered.get(way).copied().unwrap_or(plain)
            });
        }
        add_up(&mut graph.first_out);
        graph.index();
        self.graph
    }
}

/// Ways that leave a node, of all ways sorted by the node they leave.
fn leaving(out: &[(NodeId, u32)], node: NodeId) -> impl Iterator<Item = u32> {
    let from = out.partition_point(|(tail, _)| *tail < node);
    out[from..].iter().take_while(move |(tail, _)| *tail == node).map(|(_, way)| *way)
}

/// A turn that is forbidden must not be made by going on and turning round: up to and at the next two real
/// junctions nobody turns round, unless the road ends. Elsewhere turning round never gains anything.
fn without_u_turns(graph: &Graph, out: &[(NodeId, u32)], forbidden: &Forbidden) -> Forbidden {
    /// So many stretches make up a road between two junctions at most.
    const STRETCHES: usize = 64;
    /// Behind so many junctions turning round takes longer than any way the driver would rather go.
    const JUNCTIONS: usize = 2;
    let driven = |way: &u32| {
        let edge = &graph.edges[(*way / 2) as usize];
        edge.class != RoadClass::Path && edge.access != Access::No
    };
    // One-way roads offer no way back.
    let returns = |way: u32| {
        let edge = &graph.edges[(way / 2) as usize];
        edge.open[((way ^ 1) % 2) as usize]
    };
    let mut all = forbidden.clone();
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    for ((node, by), not) in forbidden {
        let first = leaving(out, *node).filter(|way| !not.contains(way) && *way != by ^ 1);
        let mut begun: Vec<(u32, usize)> = first.map(|way| (way, JUNCTIONS)).collect();
        while let Some((mut way, junctions)) = begun.pop() {
            for _ in 0..STRETCHES {
                if !returns(way) || !seen.insert(way) {
                    break;
                }
                let head = graph.edges[(way / 2) as usize].nodes[1 - (way % 2) as usize];
                let onward: Vec<u32> = leaving(out, head)
                    .filter(|next| *next != way ^ 1)
                    .filter(driven)
                    .filter(|next| graph.edges[(*next / 2) as usize].open[(*next % 2) as usize])
                    .collect();
                // At its end one has to turn round.
                if !onward.is_empty() {
                    all.entry((head, way)).or_default().insert(way ^ 1);
                }
                match onward[..] {
                    [next] => way = next,
                    _ => {
                        if junctions > 1 {
                            begun.extend(onward.into_iter().map(|next| (next, junctions - 1)));
                        }
                        break;
                    }
                }
            }
        }
    }
    all
}

fn point_of(row: &Feature) -> Option<Coord<f64>> {
    match row.geometry.as_ref()? {
        Geometry::Point(point) => Some(point.0),
        _ => None,
    }
}

fn lines_of(roads: &[Feature], report: &mut BuildReport) -> Vec<RoadLine> {
    let mut out = Vec::with_capacity(roads.len());
    for (row, road) in (0_u32..).zip(roads) {
        let lines: &[LineString<f64>] = match &road.geometry {
            Some(Geometry::LineString(line)) => std::slice::from_ref(line),
            Some(Geometry::MultiLineString(lines)) => &lines.0,
            _ => &[],
        };
        let flag = |field: &str| road.attributes.get(field).and_then(Value::as_bool) == Some(true);
        let level = road.attributes.get("level").and_then(Value::as_i64);
        let apart = flag("bridge") || flag("tunnel");
        // Nothing crosses a motorway on its own level, even where nobody has drawn the bridge.
        let motorway = road.text("road_class") == Some("motorway") && !flag("link");
        let level = level.unwrap_or(0).saturating_add(if motorway { MOTORWAY_LEVEL } else { 0 });
        let before = out.len();
        for line in lines {
            let mut corners: Vec<Coord<f64>> = line.0.clone();
            corners.dedup_by_key(|at| key(*at));
            if corners.len() >= 2 {
                out.push(RoadLine {
                    row,
                    corners,
                    noded: flag("noded"),
                    // A bridge of unknown level passes everything.
                    level: if apart { None } else { Some(level) },
                });
            }
        }
        if out.len() == before {
            report.without_line.push(row);
        }
    }
    out
}

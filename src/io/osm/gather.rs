//! Takes the elements of an extract as they come: tags become fields at once, places wait until all is read.

use std::collections::BTreeMap;

use super::element::{Member, Sort, Spot, Tags, Taker};
use super::mapping::{Cells, From, LayerMap, MAPPING};
use super::register::Register;
use super::restriction::{self, Reading, Turn};
use super::road;
use crate::io::fault::ReadFault;
use crate::model::{Kind, Value};

/// More than any province has: with these the reader stays within the memory it is given.
const MAX_NODES: usize = 60_000_000;
const MAX_WAYS: usize = 20_000_000;
const MAX_REFS: usize = 150_000_000;
const MAX_RELATIONS: usize = 5_000_000;
const MAX_MEMBERS: usize = 30_000_000;
const MAX_ROWS: usize = 5_000_000;

/// A part of one of the long lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    start: u32,
    length: u32,
}

impl Span {
    /// Adds items to a list that may not grow beyond `most`.
    fn added<T: Copy>(
        list: &mut Vec<T>,
        items: impl Iterator<Item = T>,
        most: usize,
    ) -> Result<Self, ReadFault> {
        let start = list.len();
        list.extend(items);
        if list.len() > most {
            return Err(ReadFault::TooLarge { what: format!("OSM > {most}") });
        }
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(Self { start: number(start), length: number(list.len() - start) })
    }

    /// The items.
    pub fn of<T>(self, list: &[T]) -> &[T] {
        let start = self.start as usize;
        list.get(start..start + self.length as usize).unwrap_or_default()
    }
}

/// A run of a way's nodes that are all in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Number of its first node within the way.
    pub first: usize,
    /// How many nodes it has.
    pub length: usize,
}

/// Where a row gets its place from.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A node; `None` off the globe.
    Spot(Option<Spot>),
    /// The line of a way, in as many pieces as it has runs.
    Line(Vec<Run>),
    /// The area within a way.
    Way,
    /// The area of a multipolygon.
    Relation,
}

/// A row without its place.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Which sort of element it comes from.
    pub sort: Sort,
    /// The element's number.
    pub id: i64,
    /// Which of several rows of one relation, from 0.
    pub part: usize,
    /// Where in the file the element stood.
    pub ordinal: u32,
    /// What it says.
    pub cells: Cells,
    /// Where its place comes from.
    pub form: Form,
    /// The line runs against the way.
    pub turned: bool,
}

/// A member way of a multipolygon, and whether it is part of a hole.
pub type RingPart = (i64, bool);

/// Everything taken so far.
pub struct Gather<'p> {
    wanted: Vec<Kind>,
    /// Areas are wanted: then any way may be part of one.
    areas: bool,
    /// Places of nodes.
    pub nodes: Register<Spot>,
    /// Nodes of ways, within `refs`.
    pub ways: Register<Span>,
    /// Member ways of relations, within `members`.
    pub relations: Register<Span>,
    /// Nodes of all ways, one after the other.
    pub refs: Vec<i64>,
    /// Member ways of all multipolygons.
    pub members: Vec<RingPart>,
    /// Rows of each kind.
    pub drafts: BTreeMap<Kind, Vec<Draft>>,
    /// Multipolygons without tags of their own: those of their outline count.
    pub untagged: Vec<(i64, u32)>,
    /// Turn restrictions, with number and place in the file.
    pub turns: Vec<(i64, u32, Turn)>,
    /// Restrictions by way of a road, for some hours or some vehicles.
    pub unsupported: u64,
    /// Restrictions without their members.
    pub incomplete: u64,
    /// Rows of optional layers that nobody asked for.
    pub left_out: BTreeMap<Kind, u64>,
    rows: usize,
    tell: &'p mut dyn FnMut(u64) -> bool,
}

impl<'p> Gather<'p> {
    /// Will take what these kinds need; `tell` hears of bytes read and says whether to go on.
    pub fn new(wanted: &[Kind], tell: &'p mut dyn FnMut(u64) -> bool) -> Self {
        let of_roads = [Kind::Bridge, Kind::TurnRestriction, Kind::RoadGate];
        let mut all = wanted.to_vec();
        if of_roads.iter().any(|kind| all.contains(kind)) {
            all.push(Kind::Road);
        }
        Self {
            areas: all.iter().any(|kind| MAPPING.layer(*kind).is_some_and(LayerMap::takes_areas)),
            wanted: all,
            nodes: Register::new(MAX_NODES),
            ways: Register::new(MAX_WAYS),
            relations: Register::new(MAX_RELATIONS),
            refs: Vec::new(),
            members: Vec::new(),
            drafts: BTreeMap::new(),
            untagged: Vec::new(),
            turns: Vec::new(),
            unsupported: 0,
            incomplete: 0,
            left_out: BTreeMap::new(),
            rows: 0,
            tell,
        }
    }

    fn wants(&self, kind: Kind) -> bool {
        self.wanted.contains(&kind)
    }

    fn add(&mut self, kind: Kind, draft: Draft) -> Result<(), ReadFault> {
        self.rows += 1;
        if self.rows > MAX_ROWS {
            return Err(ReadFault::TooLarge { what: format!("OSM > {MAX_ROWS}") });
        }
        self.drafts.entry(kind).or_default().push(draft);
        Ok(())
    }

    /// Makes rows of an element for all layers it fits; says whether there were any.
    fn match_all(
        &mut self,
        tags: Tags<'_>,
        from: From,
        draft: &dyn Fn() -> Draft,
    ) -> Result<bool, ReadFault> {
        let mut found = false;
        for (layer, rule) in MAPPING.matches(tags, from) {
            found = true;
            if !self.wants(layer.kind) {
                if layer.optional {
                    *self.left_out.entry(layer.kind).or_default() += 1;
                }
                continue;
            }
            let mut row = draft();
            row.cells = layer.cells(tags, Some(rule));
            match layer.kind {
                Kind::Road => {
                    row.turned = road::complete(layer, tags, &mut row.cells);
                    self.bridge(layer, tags, &row)?;
                }
                Kind::RoadGate => road::complete_gate(layer, tags, &mut row.cells),
                _ => {}
            }
            self.add(layer.kind, row)?;
        }
        Ok(found)
    }

    /// A road over a bridge is also a bridge.
    fn bridge(&mut self, roads: &LayerMap, tags: Tags<'_>, road: &Draft) -> Result<(), ReadFault> {
        let at = roads.field("bridge");
        let over = road.cells.iter().any(|(own, v)| Some(*own) == at && *v == Value::Boolean(true));
        let layer = MAPPING.layer(Kind::Bridge).filter(|layer| layer.of == Some(Kind::Road));
        match layer {
            Some(layer) if over && self.wants(Kind::Bridge) => {
                let cells = layer.cells(tags, None);
                self.add(Kind::Bridge, Draft { cells, ..road.clone() })
            }
            _ => Ok(()),
        }
    }
}

/// A multipolygon as it was drawn until 2010 or so: at most these words about the relation itself.
fn is_bare(tags: Tags<'_>) -> bool {
    const ABOUT: [&str; 5] = ["type", "source", "created_by", "note", "fixme"];
    tags.is("type", "multipolygon") && tags.0.iter().all(|(key, _)| ABOUT.contains(key))
}

impl Taker for Gather<'_> {
    fn node(&mut self, id: i64, spot: Option<Spot>, tags: Tags<'_>) -> Result<(), ReadFault> {
        const OFF: Spot = Spot { lon: i32::MAX, lat: i32::MAX };
        let ordinal = self.nodes.push(id, spot.unwrap_or(OFF))?;
        if tags.0.is_empty() {
            return Ok(());
        }
        let draft = || Draft {
            sort: Sort::Node,
            id,
            part: 0,
            ordinal,
            cells: Vec::new(),
            form: Form::Spot(spot),
            turned: false,
        };
        self.match_all(tags, From::Node, &draft).map(|_| ())
    }

    fn way(&mut self, id: i64, refs: &[i64], tags: Tags<'_>) -> Result<(), ReadFault> {
        // The place in the file is known before it is known whether the way's nodes are needed.
        let draft = |ordinal: u32, form: Form| Draft {
            sort: Sort::Way,
            id,
            part: 0,
            ordinal,
            cells: Vec::new(),
            form,
            turned: false,
        };
        let ordinal = self.ways.next_ordinal();
        let mut needed = self.areas;
        if !tags.0.is_empty() {
            needed |=
                self.match_all(tags, From::Way, &|| draft(ordinal, Form::Line(Vec::new())))?;
            self.match_all(tags, From::Area, &|| draft(ordinal, Form::Way))?;
        }
        let refs = if needed { refs } else { &[] };
        let span = Span::added(&mut self.refs, refs.iter().copied(), MAX_REFS)?;
        self.ways.push(id, span).map(|_| ())
    }

    fn relation(
        &mut self,
        id: i64,
        members: &[Member<'_>],
        tags: Tags<'_>,
    ) -> Result<(), ReadFault> {
        let ordinal = self.relations.next_ordinal();
        let mut span = Span::default();
        if restriction::is_restriction(tags) {
            if self.wants(Kind::TurnRestriction) {
                match restriction::read(members, tags) {
                    Reading::Turn(turn) => self.turns.push((id, ordinal, turn)),
                    Reading::Unsupported => self.unsupported += 1,
                    Reading::Incomplete => self.incomplete += 1,
                }
            }
        } else if self.areas && matches!(tags.get("type"), Some("multipolygon" | "boundary")) {
            let draft = || Draft {
                sort: Sort::Relation,
                id,
                part: 0,
                ordinal,
                cells: Vec::new(),
                form: Form::Relation,
                turned: false,
            };
            let bare = is_bare(tags);
            if bare {
                self.untagged.push((id, ordinal));
            }
            if self.match_all(tags, From::Area, &draft)? || bare {
                let ways = members.iter().filter(|member| member.sort == Sort::Way);
                let parts = ways.map(|member| (member.id, member.role == "inner"));
                span = Span::added(&mut self.members, parts, MAX_MEMBERS)?;
            }
        }
        self.relations.push(id, span).map(|_| ())
    }

    fn progress(&mut self, done: u64) -> Result<(), ReadFault> {
        let go_on = (self.tell)(done);
        // Who stopped it knows why.
        if go_on { Ok(()) } else { Err(ReadFault::Unreadable { why: "stopped".to_owned() }) }
    }
}

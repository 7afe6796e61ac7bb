//! A whole extract, put in order: which elements count, what belongs together, and the rows of every layer.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::element::{Sort, Spot};
use super::gather::{Draft, Form, Gather, RingPart, Run, Span};
use super::mapping::{LayerMap, MAPPING};
use super::register::Register;
use super::road;
use crate::io::ask::RowNote;
use crate::model::Kind;

/// The rows of one layer.
pub struct Found {
    /// Which layer.
    pub layer: &'static LayerMap,
    /// Its rows, in the order of their elements' sorts and numbers.
    pub drafts: Vec<Draft>,
    /// What is to say about all of it.
    pub notes: Vec<RowNote>,
}

/// An extract that was read.
pub struct Extract {
    nodes: Register<Spot>,
    ways: Register<Span>,
    relations: Register<Span>,
    refs: Vec<i64>,
    members: Vec<RingPart>,
    /// Layers with rows, in the order of the table.
    pub layers: Vec<Found>,
}

impl Extract {
    /// Puts in order what was gathered; `wanted` are the kinds whose rows are to be had.
    pub fn of(gather: Gather<'_>, wanted: &[Kind]) -> Self {
        let Gather { mut nodes, mut ways, mut relations, refs, members, drafts, .. } = gather;
        let repeated = nodes.finish() + ways.finish() + relations.finish();
        let mut extract = Self { nodes, ways, relations, refs, members, layers: Vec::new() };
        let mut notes: BTreeMap<Kind, Vec<RowNote>> = BTreeMap::new();
        let mut drafts = drafts;
        for rows in drafts.values_mut() {
            rows.retain(|row| extract.counts(row));
            rows.sort_by_key(|row| (row.sort, row.id));
        }
        extract.tell_areas_apart(&mut drafts, &gather.untagged);
        for (kind, rows) in &mut drafts {
            let broken = extract.find_runs(rows);
            if broken > 0 {
                let note = RowNote::new(0, "incomplete_ways").with("count", broken);
                notes.entry(*kind).or_default().push(note);
            }
        }
        let roads = drafts.get(&Kind::Road).map(Vec::as_slice).unwrap_or_default();
        if wanted.contains(&Kind::Road) {
            let same = extract.same_places(roads);
            if same > 0 {
                let note = RowNote::new(0, "same_place_nodes").with("count", same);
                notes.entry(Kind::Road).or_default().push(note);
            }
        }
        let (turns, missing) = extract.turns(&gather.turns, roads);
        let on_roads = drafts.get(&Kind::RoadGate).map(|gates| extract.on_roads(gates, roads));
        if let (Some(gates), Some(on_roads)) = (drafts.get_mut(&Kind::RoadGate), on_roads) {
            gates.retain(|gate| on_roads.contains(&gate.id));
        }
        drafts.insert(Kind::TurnRestriction, turns);
        let counted = [
            ("restrictions_unsupported", gather.unsupported),
            ("restrictions_incomplete", gather.incomplete + missing),
        ];
        // They concern the roads where no restriction is left to carry them.
        let kept = drafts.get(&Kind::TurnRestriction).is_some_and(|rows| !rows.is_empty());
        let told_with = if kept { Kind::TurnRestriction } else { Kind::Road };
        for (code, count) in counted.into_iter().filter(|(_, count)| *count > 0) {
            notes.entry(told_with).or_default().push(RowNote::new(0, code).with("count", count));
        }
        for layer in &MAPPING.layers {
            let rows = drafts.remove(&layer.kind).filter(|rows| !rows.is_empty());
            if let Some(drafts) = rows.filter(|_| wanted.contains(&layer.kind)) {
                let notes = notes.remove(&layer.kind).unwrap_or_default();
                extract.layers.push(Found { layer, drafts, notes });
            }
        }
        extract.tell_of_file(repeated, &gather.left_out);
        extract
    }

    /// What concerns the whole file is said with its first layer.
    fn tell_of_file(&mut self, repeated: usize, left_out: &BTreeMap<Kind, u64>) {
        let Some(first) = self.layers.first_mut() else { return };
        if repeated > 0 {
            first.notes.push(RowNote::new(0, "repeated_elements").with("count", repeated));
        }
        for (kind, count) in left_out {
            let name = MAPPING.layer(*kind).map_or("", |layer| &layer.name);
            let note = RowNote::new(0, "optional_left_out").with("layer", name);
            first.notes.push(note.with("count", *count));
        }
    }

    fn counts(&self, draft: &Draft) -> bool {
        match draft.sort {
            Sort::Node => self.nodes.is_current(draft.id, draft.ordinal),
            Sort::Way => self.ways.is_current(draft.id, draft.ordinal),
            Sort::Relation => self.relations.is_current(draft.id, draft.ordinal),
        }
    }

    /// The place of a node.
    pub fn spot(&self, node: i64) -> Option<Spot> {
        self.nodes.get(node).filter(|spot| spot.lon != i32::MAX)
    }

    /// The nodes of a way.
    pub fn way(&self, id: i64) -> Option<&[i64]> {
        self.ways.get(id).map(|span| span.of(&self.refs))
    }

    /// The member ways of a multipolygon.
    pub fn members(&self, relation: i64) -> &[RingPart] {
        self.relations.get(relation).map(|span| span.of(&self.members)).unwrap_or_default()
    }

    fn outline(&self, relation: i64) -> impl Iterator<Item = i64> {
        self.members(relation).iter().filter(|(_, hole)| !hole).map(|(way, _)| *way)
    }

    /// A way that is tagged like the multipolygon whose outline it is says the same thing twice; where the
    /// multipolygon has no tags, those of its outline are meant for it.
    fn tell_areas_apart(&self, drafts: &mut BTreeMap<Kind, Vec<Draft>>, untagged: &[(i64, u32)]) {
        let mut said: HashSet<(Kind, i64)> = HashSet::new();
        let mut moved: Vec<(Kind, Draft)> = Vec::new();
        for (kind, rows) in drafts.iter() {
            let relations = rows.iter().filter(|row| row.form == Form::Relation);
            said.extend(relations.flat_map(|row| self.outline(row.id)).map(|way| (*kind, way)));
        }
        for (relation, ordinal) in untagged {
            if !self.relations.is_current(*relation, *ordinal) {
                continue;
            }
            for (kind, rows) in drafts.iter() {
                let tagged = self.outline(*relation).find_map(|way| area_of(rows, way));
                let Some(row) = tagged else { continue };
                said.extend(self.outline(*relation).map(|way| (*kind, way)));
                let (sort, form) = (Sort::Relation, Form::Relation);
                moved.push((*kind, Draft { sort, id: *relation, form, ..row.clone() }));
            }
        }
        for (kind, rows) in drafts.iter_mut() {
            rows.retain(|row| row.form != Form::Way || !said.contains(&(*kind, row.id)));
        }
        let fresh: BTreeSet<Kind> = moved.iter().map(|(kind, _)| *kind).collect();
        for (kind, row) in moved {
            drafts.entry(kind).or_default().push(row);
        }
        for (_, rows) in drafts.iter_mut().filter(|(kind, _)| fresh.contains(kind)) {
            rows.sort_by_key(|row| (row.sort, row.id));
        }
    }

    /// Finds the runs of every line; gives the number of ways that miss nodes.
    fn find_runs(&self, rows: &mut [Draft]) -> usize {
        let mut broken = 0;
        for row in rows {
            let Form::Line(runs) = &mut row.form else { continue };
            let refs = self.way(row.id).unwrap_or_default();
            let mut first = None;
            let mut whole = true;
            for (at, node) in refs.iter().enumerate() {
                let there = self.spot(*node).is_some();
                whole &= there;
                match (there, first) {
                    (true, None) => first = Some(at),
                    (false, Some(start)) => {
                        runs.push(Run { first: start, length: at - start });
                        first = None;
                    }
                    _ => {}
                }
            }
            if let Some(start) = first {
                runs.push(Run { first: start, length: refs.len() - start });
            }
            runs.retain(|run| run.length > 1);
            broken += usize::from(!whole);
        }
        broken
    }

    /// Places where different nodes of different roads lie on each other without joining them.
    fn same_places(&self, roads: &[Draft]) -> usize {
        let mut all: Vec<(Spot, i64, i64)> = Vec::new();
        for road in roads {
            for node in self.way(road.id).unwrap_or_default() {
                all.extend(self.spot(*node).map(|spot| (spot, *node, road.id)));
            }
        }
        all.sort_unstable();
        let groups = all.chunk_by(|a, b| a.0 == b.0);
        groups
            .filter(|group| {
                let other = |pick: fn(&(Spot, i64, i64)) -> i64| {
                    group.iter().any(|one| pick(one) != pick(&group[0]))
                };
                other(|one| one.1) && other(|one| one.2)
            })
            .count()
    }

    /// Those of the gates that stand on a node of a road.
    fn on_roads(&self, gates: &[Draft], roads: &[Draft]) -> HashSet<i64> {
        let all: HashSet<i64> = gates.iter().map(|gate| gate.id).collect();
        let nodes = roads.iter().flat_map(|road| self.way(road.id).unwrap_or_default());
        nodes.copied().filter(|node| all.contains(node)).collect()
    }

    /// The rows of turn restrictions whose roads and node are there, and how many lack something.
    fn turns(
        &self,
        turns: &[(i64, u32, super::restriction::Turn)],
        roads: &[Draft],
    ) -> (Vec<Draft>, u64) {
        let Some(layer) = MAPPING.layer(Kind::TurnRestriction) else { return (Vec::new(), 0) };
        let mut rows = Vec::new();
        let mut missing = 0;
        for (id, ordinal, turn) in turns {
            if !self.relations.is_current(*id, *ordinal) {
                continue;
            }
            let codes = |ways: &[i64]| -> Option<Vec<String>> {
                ways.iter().map(|way| self.road_at(*way, turn.via, roads)).collect()
            };
            let (spot, from, to) = (self.spot(turn.via), codes(&turn.from), codes(&turn.to));
            let (Some(spot), Some(from), Some(to)) = (spot, from, to) else {
                missing += 1;
                continue;
            };
            let pairs = from.iter().flat_map(|from| to.iter().map(move |to| (from, to)));
            for (part, (from, to)) in pairs.enumerate() {
                let mut cells = Vec::new();
                let word = if turn.only { "only" } else { "no" };
                road::put(layer, "from_road", Some(from.as_str().into()), &mut cells);
                road::put(layer, "to_road", Some(to.as_str().into()), &mut cells);
                road::put(layer, "restriction", Some(word.into()), &mut cells);
                let exempt = turn.exempt.as_deref().map(Into::into);
                road::put(layer, "exempt", exempt, &mut cells);
                rows.push(Draft {
                    sort: Sort::Relation,
                    id: *id,
                    part,
                    ordinal: *ordinal,
                    cells,
                    form: Form::Spot(Some(spot)),
                    turned: false,
                });
            }
        }
        rows.sort_by_key(|row| (row.id, row.part));
        (rows, missing)
    }

    /// The code of the piece of a road that has this node.
    fn road_at(&self, way: i64, node: i64, roads: &[Draft]) -> Option<String> {
        let at = roads.binary_search_by_key(&(Sort::Way, way), |row| (row.sort, row.id)).ok()?;
        let Form::Line(runs) = &roads[at].form else { return None };
        let refs = self.way(way)?;
        let has = |run: &Run| refs[run.first..run.first + run.length].contains(&node);
        runs.iter().position(has).map(|piece| code(Sort::Way, way, piece))
    }
}

fn area_of(rows: &[Draft], way: i64) -> Option<&Draft> {
    let from = rows.partition_point(|row| (row.sort, row.id) < (Sort::Way, way));
    let own = rows[from..].iter().take_while(|row| (row.sort, row.id) == (Sort::Way, way));
    own.into_iter().find(|row| row.form == Form::Way)
}

/// `way/123`, and for further rows of one element `way/123#2`.
pub fn code(sort: Sort, id: i64, part: usize) -> String {
    let label = sort.label(id);
    if part == 0 { label } else { format!("{label}#{}", part + 1) }
}

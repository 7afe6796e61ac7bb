//! The rows of one layer with their places.

use std::collections::BTreeSet;

use geo::InteriorPoint;
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon};

use super::extract::{Extract, Found, code};
use super::gather::{Draft, Form, RingPart};
use super::mapping::{Cells, LayerMap};
use super::ring::{assemble, nest};
use super::road;
use crate::io::ask::RowNote;
use crate::io::fault::ReadFault;
use crate::io::source::{LayerHead, RawRow, RowReader, Shape};
use crate::model::{Kind, Value};
use crate::spatial::crs::Crs;
use crate::spatial::measure::geodesic_distance;

/// Corners of one area: more than any lake or county has.
const MAX_CORNERS: usize = 4_000_000;
/// OpenStreetMap is in WGS 84.
const EPSG: u32 = 4326;

/// One row of an extract.
pub struct OsmRow {
    /// `way/123`.
    pub code: String,
    /// What it says.
    pub cells: Cells,
    /// Where it lies, or the code of the reason why nobody knows.
    pub geometry: Result<Option<Geometry<f64>>, &'static str>,
}

impl Extract {
    /// How many rows a draft gives: a line one for each piece, and one to say that there is none.
    fn pieces(draft: &Draft) -> usize {
        match &draft.form {
            Form::Line(runs) => runs.len().max(1),
            _ => 1,
        }
    }

    /// Every row of a layer.
    pub fn rows<'e>(&'e self, found: &'e Found) -> impl Iterator<Item = OsmRow> + 'e {
        let pieces = |draft: &'e Draft| (0..Self::pieces(draft)).map(move |piece| (draft, piece));
        let all = found.drafts.iter().flat_map(pieces);
        all.map(|(draft, piece)| self.row(found.layer, draft, piece))
    }

    fn row(&self, layer: &LayerMap, draft: &Draft, piece: usize) -> OsmRow {
        let geometry = match &draft.form {
            Form::Spot(spot) => Ok(spot.map(|spot| Point(spot.coord()).into())),
            Form::Line(_) => self.line(draft, piece).map(|line| Some(line.into())),
            Form::Way => self.closed(draft.id).and_then(|area| placed(layer, area.into())),
            Form::Relation => {
                self.multipolygon(draft.id).and_then(|area| placed(layer, area.into()))
            }
        };
        let code = code(draft.sort, draft.id, draft.part + piece);
        let mut cells = draft.cells.clone();
        if layer.kind == Kind::Bridge {
            road::put(layer, "road", Some(code.as_str().into()), &mut cells);
            if let Ok(Some(Geometry::LineString(line))) = &geometry {
                let length = line.0.windows(2).map(|pair| geodesic_distance(pair[0], pair[1]).0);
                let length = (length.sum::<f64>() * 10.0).round() / 10.0;
                road::put(layer, "length_m", Some(Value::Real(length)), &mut cells);
            }
        }
        OsmRow { code, cells, geometry }
    }

    fn line(&self, draft: &Draft, piece: usize) -> Result<LineString<f64>, &'static str> {
        let Form::Line(runs) = &draft.form else { return Err("missing_nodes") };
        let run = runs.get(piece).ok_or("missing_nodes")?;
        let refs = self.way(draft.id).ok_or("missing_nodes")?;
        let mut corners = self.corners(&refs[run.first..run.first + run.length])?;
        if draft.turned {
            corners.reverse();
        }
        Ok(LineString::new(corners))
    }

    fn corners(&self, nodes: &[i64]) -> Result<Vec<Coord<f64>>, &'static str> {
        let spots = nodes.iter().map(|node| Some(self.spot(*node)?.coord()));
        spots.collect::<Option<Vec<_>>>().ok_or("missing_nodes")
    }

    fn closed(&self, way: i64) -> Result<Polygon<f64>, &'static str> {
        let refs = self.way(way).unwrap_or_default();
        if refs.len() < 4 || refs.first() != refs.last() {
            return Err("open_ring");
        }
        Ok(Polygon::new(LineString::new(self.corners(refs)?), Vec::new()))
    }

    fn multipolygon(&self, relation: i64) -> Result<MultiPolygon<f64>, &'static str> {
        let members = self.members(relation);
        let own = |hole: bool| -> Result<Vec<&[i64]>, &'static str> {
            // Some relations name a way twice.
            let ways: BTreeSet<&RingPart> = members.iter().filter(|part| part.1 == hole).collect();
            let ways = ways.into_iter().map(|(way, _)| self.way(*way).ok_or("missing_members"));
            ways.collect()
        };
        let (outer, inner) = (own(false)?, own(true)?);
        if outer.is_empty() {
            return Err("missing_members");
        }
        let all = outer.iter().chain(&inner).map(|way| way.len()).sum::<usize>();
        if all > MAX_CORNERS {
            return Err("too_large_row");
        }
        let mut rings = assemble(&outer).map_err(|_node| "open_ring")?;
        rings.extend(assemble(&inner).map_err(|_node| "open_ring")?);
        let lines = rings.iter().map(|ring| self.corners(ring).map(LineString::new));
        Ok(nest(lines.collect::<Result<_, _>>()?))
    }
}

/// The area itself, or a point on it where the kind has only points.
fn placed(layer: &LayerMap, area: Geometry<f64>) -> Result<Option<Geometry<f64>>, &'static str> {
    if layer.areas {
        return Ok(Some(area));
    }
    area.interior_point().map(|point| Some(point.into())).ok_or("open_ring")
}

/// How far along the file a layer is.
#[derive(Clone, Copy)]
pub struct Progress {
    /// Rows of the layers before.
    pub before: u64,
    /// Rows of all layers.
    pub all: u64,
    /// Bytes of the file.
    pub size: u64,
    /// No layer follows.
    pub last: bool,
}

/// Reading a file is about this part of importing it.
const READING: u64 = 4;

impl Progress {
    /// What to tell while the file itself is read.
    pub fn reading(done: u64) -> u64 {
        done / READING
    }
}

/// Hands the rows of a layer to the importer.
pub struct OsmRows<'e> {
    rows: Box<dyn Iterator<Item = OsmRow> + 'e>,
    head: LayerHead,
    columns: Vec<String>,
    /// Column of each field of the kind.
    numbers: Vec<Option<u32>>,
    number: u64,
    progress: Progress,
}

impl<'e> OsmRows<'e> {
    /// The rows of a layer.
    pub fn new(extract: &'e Extract, found: &'e Found, progress: Progress) -> Self {
        let fields = &found.layer.kind.table_def().fields;
        let mut used: BTreeSet<usize> =
            found.drafts.iter().flat_map(|row| row.cells.iter().map(|(at, _)| *at)).collect();
        used.extend(["code", "road", "length_m"].iter().filter_map(|name| match *name {
            "code" => found.layer.field("code"),
            other => found.layer.field(other).filter(|_| found.layer.kind == Kind::Bridge),
        }));
        let mut numbers = vec![None; fields.len()];
        let mut columns = Vec::new();
        for at in used {
            numbers[at] = u32::try_from(columns.len()).ok();
            columns.push(fields[at].name.clone());
        }
        let head = LayerHead {
            name: found.layer.name.clone(),
            kind: Some(found.layer.kind),
            crs: Crs::from_epsg(EPSG).ok(),
            encoding: "UTF-8".to_owned(),
            notes: found.notes.clone(),
            ..LayerHead::default()
        };
        Self { rows: Box::new(extract.rows(found)), head, columns, numbers, number: 0, progress }
    }
}

impl RowReader for OsmRows<'_> {
    fn head(&self) -> &LayerHead {
        &self.head
    }

    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn next(&mut self, row: &mut RawRow) -> Result<bool, ReadFault> {
        row.clear();
        let Some(own) = self.rows.next() else { return Ok(false) };
        self.number += 1;
        row.number = self.number;
        row.shape = match own.geometry {
            Ok(Some(geometry)) => Shape::Given(geometry),
            Ok(None) => Shape::Absent,
            Err(why) => {
                row.refusal = Some(RowNote::new(self.number, why));
                Shape::Absent
            }
        };
        let code = self.head.kind.and_then(|kind| {
            let at = kind.table_def().fields.iter().position(|field| field.name == "code")?;
            Some((at, Value::Text(own.code.clone())))
        });
        for (at, value) in code.into_iter().chain(own.cells) {
            row.cells.extend(self.numbers[at].map(|column| (column, value)));
        }
        row.label = Some(own.code);
        Ok(true)
    }

    fn done(&self) -> u64 {
        let Progress { before, all, size, .. } = self.progress;
        let share = (before + self.number).min(all) as f64 / all.max(1) as f64;
        let read = Progress::reading(size);
        read + ((size - read) as f64 * share) as u64
    }

    fn is_last(&self) -> bool {
        self.progress.last
    }
}

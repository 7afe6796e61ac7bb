//! The quality gate: every row becomes a feature, or is refused with the reason.

use geo::BoundingRect;
use geo_types::{Coord, Geometry, Rect};

use super::ask::RowNote;
use super::placing::{NoPlace, Placing, Where, looks_swapped};
use super::recognise::{ColumnPlan, Role};
use super::source::{RawRow, Shape};
use super::twin::Twins;
use crate::base::{Id, Message};
use crate::model::field::ValueFault;
use crate::model::{Attributes, Feature, Field, Kind, Provenance, Value};
use crate::spatial::validity::{Repair, repair};
use crate::spatial::wkb::write_wkb;

/// A row that may enter the store. Its unknown columns are still numbers of columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Ready {
    /// Its number in the file.
    pub row: u64,
    /// The feature, without its unknown columns.
    pub feature: Feature,
    /// Unknown columns and their values.
    pub extra: Vec<(u32, Value)>,
}

/// What is the same for all rows of a layer.
pub struct Gate {
    plan: ColumnPlan,
    placing: Placing,
    source: String,
    as_of: Option<String>,
    /// Extent of the county; a row far outside of it is worth a second look.
    near: Option<Rect<f64>>,
    /// The columns with `id` are the record's own.
    trust_ids: bool,
}

impl Gate {
    /// A gate for the rows of one layer; `source` and `as_of` stand for rows that have none of their own.
    pub fn new(
        plan: ColumnPlan,
        placing: Placing,
        source: String,
        as_of: Option<String>,
        near: Option<Rect<f64>>,
    ) -> Self {
        let trust_ids = plan.find(Role::OwnId).is_some();
        Self { plan, placing, source, as_of, near, trust_ids }
    }

    /// Takes notice of columns that came up since.
    pub fn extend(&mut self, columns: &[String]) {
        self.plan.extend(columns);
    }

    /// Tests one row. Warnings about it are added to `warnings`; `twins` are those of the whole file.
    pub fn pass(
        &self,
        row: &mut RawRow,
        columns: &[String],
        twins: &mut Twins,
        warnings: &mut Vec<RowNote>,
    ) -> Result<Ready, RowNote> {
        if let Some(why) = row.fault.take() {
            return Err(RowNote::new(row.number, "damaged_row").with("why", why));
        }
        if let Some(note) = row.refusal.take() {
            return Err(note);
        }
        let first_warning = warnings.len();
        let geometry = self.geometry(row, warnings)?;
        let kind = self.plan.kind();
        let mut feature = Feature {
            id: Id::from_bytes([0; 16]),
            kind,
            code: None,
            name: String::new(),
            geometry,
            attributes: Attributes::default(),
            extra: Vec::new(),
            provenance: Provenance::default(),
        };
        let (own_id, extra) = self.cells(row, columns, &mut feature, warnings)?;
        feature.provenance.source.get_or_insert_with(|| self.source.clone());
        if feature.provenance.as_of.is_none() {
            feature.provenance.as_of.clone_from(&self.as_of);
        }
        feature.id = match own_id.filter(|_| self.trust_ids) {
            Some(id) => id,
            None => Id::from_natural_key(kind.key(), &key_of(&feature, &extra)),
        };
        let named = feature.geometry.as_ref().filter(|_| !feature.name.is_empty());
        let place = named.map(place_key);
        if let Some(twin) = twins.meet(row.number, &feature, place.as_deref()) {
            warnings.truncate(first_warning);
            return Err(twin);
        }
        Ok(Ready { row: row.number, feature, extra })
    }

    fn geometry(
        &self,
        row: &mut RawRow,
        warnings: &mut Vec<RowNote>,
    ) -> Result<Option<Geometry<f64>>, RowNote> {
        let kind = self.plan.kind();
        if !kind.has_geometry() {
            return Ok(None);
        }
        let number = row.number;
        let refuse = |code: &str| RowNote::new(number, code);
        let raw = match (self.placing.at, &mut row.shape) {
            // The row is read once: its geometry can be taken instead of copied.
            (Where::Shape, shape @ Shape::Given(_)) => match std::mem::take(shape) {
                Shape::Given(geometry) => Ok(geometry),
                _ => Err(NoPlace::Nothing),
            },
            _ => self.placing.raw(row),
        };
        let raw = raw.map_err(|why| match why {
            NoPlace::Nothing => refuse("no_coordinates"),
            NoPlace::Unreadable(text) if self.placing.at == Where::Shape => {
                refuse("invalid_geometry").with("why", text)
            }
            NoPlace::Unreadable(text) => refuse("unreadable_coordinates").with("text", text),
        })?;
        let placed = self.placed(&raw).map_err(refuse)?;
        let placed = single(placed);
        if matches!(placed, Geometry::GeometryCollection(_)) {
            let why = Message::new("import-geometry-collection");
            return Err(refuse("invalid_geometry").with("why", why));
        }
        let repaired =
            repair(&placed).map_err(|why| refuse("invalid_geometry").with("why", why.message()))?;
        let sound = if repaired.what.is_empty() {
            placed
        } else {
            use geo::MapCoords;
            if let Some(what) = said(&repaired.what) {
                warnings.push(refuse("repaired_geometry").with("what", what));
            }
            // Repair computes: a corner on the edge of the globe may come out a hair beyond.
            let on_globe =
                |c: Coord<f64>| Coord { x: c.x.clamp(-180.0, 180.0), y: c.y.clamp(-90.0, 90.0) };
            single(repaired.geometry.map_coords(on_globe))
        };
        if !fits(kind, &sound) {
            return Err(refuse("wrong_geometry"));
        }
        if let (Some(near), Some(own)) = (self.near, sound.bounding_rect())
            && far(near, own)
        {
            warnings.push(refuse("far_away"));
        }
        Ok(Some(sound))
    }

    /// The geometry in degrees, or the code of what is wrong with its coordinates.
    fn placed(&self, raw: &Geometry<f64>) -> Result<Geometry<f64>, &'static str> {
        use geo::MapCoords;
        let degrees = self.placing.crs.is_degrees();
        raw.try_map_coords(|at| {
            if !(at.x.is_finite() && at.y.is_finite()) {
                return Err("not_finite");
            }
            if at.x == 0.0 && at.y == 0.0 {
                return Err("zero_coordinates");
            }
            let at = self.placing.turn(at);
            if degrees {
                if looks_swapped(at, self.placing.in_china) {
                    return Err("swapped_coordinates");
                }
                if at.x.abs() > 180.0 || at.y.abs() > 90.0 {
                    return Err("out_of_range");
                }
            }
            let place = self.placing.crs.to_lonlat(at).ok_or("out_of_range")?;
            // Numbers far outside of a projection's zone give places, but no sensible ones.
            if place.x.abs() > 180.0 || place.y.abs() > 90.0 {
                return Err("out_of_range");
            }
            Ok(place)
        })
    }

    /// Puts the cells into the feature; gives back the record's own id and the unknown columns.
    #[allow(clippy::type_complexity, reason = "used in one place")]
    fn cells(
        &self,
        row: &mut RawRow,
        columns: &[String],
        feature: &mut Feature,
        warnings: &mut Vec<RowNote>,
    ) -> Result<(Option<Id>, Vec<(u32, Value)>), RowNote> {
        let fields = &self.plan.kind().table_def().fields;
        let used = match self.placing.at {
            Where::Columns(x, y) => [Some(x), Some(y)],
            Where::Joined(at) | Where::Text(at) => [Some(at), None],
            Where::Shape | Where::Nowhere => [None, None],
        };
        let mut attributes: Vec<(usize, Value)> = Vec::new();
        let mut extra = Vec::new();
        let mut own_id = None;
        for (column, value) in row.cells.drain(..) {
            if used.contains(&Some(column)) {
                continue;
            }
            match self.plan.role(column) {
                Role::Field(at) => {
                    let field = &fields[at];
                    match self.field(field, value, feature.kind) {
                        Fitted::Value(value) => match field.name.as_str() {
                            "code" => feature.code = Some(value.to_string()),
                            "name" => feature.name = value.to_string(),
                            "source" => feature.provenance.source = Some(value.to_string()),
                            "as_of" => feature.provenance.as_of = Some(value.to_string()),
                            _ => attributes.push((at, value)),
                        },
                        Fitted::Nothing => {}
                        Fitted::Refused(code, text) => {
                            return Err(RowNote::new(row.number, code)
                                .with("field", field.name.as_str())
                                .with("text", text));
                        }
                        Fitted::Kept(code, value) => {
                            let heading = columns.get(column as usize).map_or("", String::as_str);
                            warnings.push(
                                RowNote::new(row.number, code)
                                    .with("column", heading)
                                    .with("text", value.to_string()),
                            );
                            extra.push((column, value));
                        }
                    }
                }
                Role::Sample => match read_boolean(&value) {
                    Some(sample) => feature.provenance.sample = sample,
                    None => extra.push((column, value)),
                },
                Role::OwnId => own_id = value.as_text().and_then(|text| Id::parse(text.trim())),
                _ => extra.push((column, value)),
            }
        }
        attributes.sort_by_key(|(at, _)| *at);
        for (at, value) in attributes {
            feature.attributes.push(&fields[at].name, value);
        }
        Ok((own_id, extra))
    }

    fn field(&self, field: &Field, value: Value, kind: Kind) -> Fitted {
        let original = value.clone();
        match field.fit(value) {
            Ok(Some(value)) => Fitted::Value(value),
            Ok(None) => Fitted::Nothing,
            // The one figure that plans rest on.
            Err(ValueFault::Negative) if kind == Kind::Shelter && field.name == "capacity" => {
                Fitted::Refused("negative_capacity", original.to_string())
            }
            Err(ValueFault::Negative) => Fitted::Kept("negative_value", original),
            Err(ValueFault::OutOfRange) => Fitted::Kept("value_out_of_range", original),
            Err(ValueFault::NotAllowed) => Fitted::Kept("not_allowed", original),
            Err(ValueFault::WrongType) => Fitted::Kept("wrong_type", original),
        }
    }
}

enum Fitted {
    Value(Value),
    Nothing,
    /// The whole row is refused, with this code, because of this text.
    Refused(&'static str, String),
    /// The cell is kept under its own heading, with a warning.
    Kept(&'static str, Value),
}

fn read_boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Boolean(b) => Some(*b),
        other => Kind::Shelter.field("indoor")?.read(&other.to_string()).ok()??.as_bool(),
    }
}

/// The natural key; a row that has none is known by its place, and without a place by all it says.
fn key_of(feature: &Feature, extra: &[(u32, Value)]) -> String {
    if let Some(key) = feature.natural_key() {
        return key;
    }
    match &feature.geometry {
        Some(geometry) => format!("@geometry={}", place_key(geometry)),
        None => {
            let own = feature.attributes.iter().map(|(name, value)| format!("{name}={value}"));
            let unknown = extra.iter().map(|(at, value)| format!("{at}={value}"));
            let head = format!("{}\u{1f}{}", feature.code.as_deref().unwrap_or(""), feature.name);
            let parts: Vec<String> = std::iter::once(head).chain(own).chain(unknown).collect();
            format!("@row={}", parts.join("\u{1f}"))
        }
    }
}

/// The place to about a metre for points, the exact shape for everything else.
fn place_key(geometry: &Geometry<f64>) -> String {
    match geometry {
        Geometry::Point(p) => format!("{:.5},{:.5}", p.x(), p.y()),
        other => Id::from_natural_key("@shape", &hex(&write_wkb(other))).to_string(),
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a string cannot fail.
        let _always_ok = write!(out, "{byte:02x}");
        out
    })
}

/// The only member of a collection or of a geometry of many parts instead of the whole.
fn single(mut geometry: Geometry<f64>) -> Geometry<f64> {
    loop {
        geometry = match geometry {
            Geometry::MultiPoint(mut many) if many.0.len() == 1 => many.0.remove(0).into(),
            Geometry::MultiLineString(mut many) if many.0.len() == 1 => many.0.remove(0).into(),
            Geometry::MultiPolygon(mut many) if many.0.len() == 1 => many.0.remove(0).into(),
            Geometry::GeometryCollection(mut many) if many.0.len() == 1 => many.0.remove(0),
            other => return other,
        };
    }
}

/// What was repaired, for people. A vertex that repeats the one before is no fault worth a word.
fn said(repairs: &[Repair]) -> Option<Message> {
    let told = repairs.iter().filter(|repair| **repair != Repair::RepeatedVertices);
    told.map(|repair| repair.message())
        .reduce(|all, one| Message::new("repair-and").with("first", all).with("next", one))
}

fn fits(kind: Kind, geometry: &Geometry<f64>) -> bool {
    let word = match geometry {
        Geometry::Point(_) => "point",
        Geometry::LineString(_) | Geometry::MultiLineString(_) => "line",
        Geometry::Polygon(_) | Geometry::MultiPolygon(_) => "polygon",
        _ => return false,
    };
    kind.table_def().geometry.iter().any(|own| own == word)
}

/// Farther from the county than the county is wide, at least half a degree.
fn far(near: Rect<f64>, own: Rect<f64>) -> bool {
    let margin = near.width().max(near.height()).max(0.5);
    let apart = |a: (f64, f64), b: (f64, f64)| a.1 + margin < b.0 || b.1 + margin < a.0;
    let span = |r: Rect<f64>, pick: fn(Coord<f64>) -> f64| (pick(r.min()), pick(r.max()));
    apart(span(near, |c| c.x), span(own, |c| c.x)) || apart(span(near, |c| c.y), span(own, |c| c.y))
}

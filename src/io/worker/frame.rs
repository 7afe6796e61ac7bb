//! What the reading process sends: length-prefixed frames of postcard, bounded and checked on arrival.

use geo_types::{Geometry, Point};
use serde::{Deserialize, Serialize};

use super::Limits;
use crate::base::Id;
use crate::io::ask::{ImportAsk, Preview, RowNote};
use crate::io::fault::ReadFault;
use crate::io::gate::Ready;
use crate::io::read::{LayerStart, Surroundings};
use crate::model::{Attributes, Feature, Field, FieldType, Kind, Provenance, Value};
use crate::spatial::wkb::{read_wkb, write_wkb};

/// No frame may be larger.
pub const MAX_FRAME: usize = 64 << 20;
/// Rows are sent in batches of about this many bytes.
pub const BATCH: usize = 256 << 10;
/// A frame's head: length of what follows (four bytes, little endian), then its kind.
pub const HEAD: usize = 5;
/// A frame of rows, one after another.
pub const ROWS: u8 = 1;
/// A frame with one event.
pub const EVENT: u8 = 2;

/// What the process is to do.
#[derive(Debug, Serialize, Deserialize)]
pub struct Order {
    /// What was asked.
    pub ask: ImportAsk,
    /// What is known of the county.
    pub around: Surroundings,
    /// Only look.
    pub preview: bool,
    /// What it may take.
    pub limits: Limits,
}

/// Everything that is not a row.
#[derive(Debug, Serialize, Deserialize)]
pub enum Event {
    /// A layer begins.
    Layer(LayerStart),
    /// More columns of the present layer.
    Columns(Vec<String>),
    /// A row was refused.
    Refused(RowNote),
    /// Something to look at.
    Warned(RowNote),
    /// Bytes read, of all.
    Progress(u64, u64),
    /// The layer ends after so many rows.
    End(u64),
    /// The answer to a look.
    Preview(Preview),
    /// All was read.
    Done,
    /// The file cannot be read.
    Failed(ReadFault),
}

#[derive(Serialize, Deserialize)]
enum Place {
    None,
    Point(f64, f64),
    Wkb(Vec<u8>),
}

#[derive(Serialize)]
struct RowOut<'a> {
    row: u64,
    id: &'a [u8; 16],
    code: Option<&'a str>,
    name: &'a str,
    place: Place,
    attributes: Vec<(u16, &'a Value)>,
    extra: &'a [(u32, Value)],
    source: Option<&'a str>,
    as_of: Option<&'a str>,
    sample: bool,
}

#[derive(Deserialize)]
struct RowIn {
    row: u64,
    id: [u8; 16],
    code: Option<String>,
    name: String,
    place: Place,
    attributes: Vec<(u16, Value)>,
    extra: Vec<(u32, Value)>,
    source: Option<String>,
    as_of: Option<String>,
    sample: bool,
}

/// Adds a row to a batch.
pub fn put_row(batch: Vec<u8>, ready: &Ready) -> Result<Vec<u8>, postcard::Error> {
    let feature = &ready.feature;
    let fields = &feature.kind.table_def().fields;
    let number = |name: &str| fields.iter().position(|f| f.name == name).unwrap_or(usize::MAX);
    let out = RowOut {
        row: ready.row,
        id: feature.id.as_bytes(),
        code: feature.code.as_deref(),
        name: &feature.name,
        place: match &feature.geometry {
            None => Place::None,
            Some(Geometry::Point(p)) => Place::Point(p.x(), p.y()),
            Some(other) => Place::Wkb(write_wkb(other)),
        },
        attributes: feature
            .attributes
            .iter()
            .filter_map(|(name, value)| Some((u16::try_from(number(name)).ok()?, value)))
            .collect(),
        extra: &ready.extra,
        source: feature.provenance.source.as_deref(),
        as_of: feature.provenance.as_of.as_deref(),
        sample: feature.provenance.sample,
    };
    postcard::to_extend(&out, batch)
}

/// Takes the next row from a batch and tests all that the store relies on: a process that was taken over by
/// its file may send anything.
pub fn take_row(batch: &[u8], kind: Kind, columns: usize) -> Result<(Ready, &[u8]), String> {
    let (row, rest): (RowIn, &[u8]) =
        postcard::take_from_bytes(batch).map_err(|e| e.to_string())?;
    let fields = &kind.table_def().fields;
    let geometry = match row.place {
        Place::None => None,
        Place::Point(x, y) => Some(Geometry::from(Point::new(x, y))),
        Place::Wkb(bytes) => read_wkb(&bytes).map_err(|e| e.to_string())?,
    };
    let on_globe = geometry.as_ref().is_none_or(|geometry| {
        use geo::CoordsIter;
        geometry.coords_iter().all(|c| c.x.abs() <= 180.0 && c.y.abs() <= 90.0)
    });
    if !on_globe || (kind.has_geometry() && geometry.is_none()) {
        return Err("a place that is none".to_owned());
    }
    let mut attributes = Attributes::default();
    let mut last = None;
    for (number, value) in row.attributes {
        let field: &'static Field =
            fields.get(usize::from(number)).ok_or("a field that there is not")?;
        if last >= Some(number) || !suits(field, &value) {
            return Err(format!("a value that {} cannot have", field.name));
        }
        last = Some(number);
        attributes.push(&field.name, value);
    }
    if row.extra.iter().any(|(column, value)| *column as usize >= columns || !is_finite(value)) {
        return Err("a column that there is not".to_owned());
    }
    let provenance = Provenance { source: row.source, as_of: row.as_of, sample: row.sample };
    let feature = Feature {
        id: Id::from_bytes(row.id),
        kind,
        code: row.code,
        name: row.name,
        geometry,
        attributes,
        extra: Vec::new(),
        provenance,
    };
    Ok((Ready { row: row.row, feature, extra: row.extra }, rest))
}

fn is_finite(value: &Value) -> bool {
    !matches!(value, Value::Real(x) if !x.is_finite())
}

fn suits(field: &Field, value: &Value) -> bool {
    let right_type = match field.field_type {
        FieldType::Integer => matches!(value, Value::Integer(_)),
        FieldType::Real => matches!(value, Value::Real(_)),
        FieldType::Boolean => matches!(value, Value::Boolean(_)),
        FieldType::Text
        | FieldType::Date
        | FieldType::Time
        | FieldType::Choice
        | FieldType::Choices => {
            matches!(value, Value::Text(_))
        }
    };
    right_type && is_finite(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready() -> Ready {
        let mut attributes = Attributes::default();
        attributes.set(Kind::Shelter, "capacity", Some(300_i64.into()));
        Ready {
            row: 7,
            feature: Feature {
                id: Id::from_natural_key("shelter", "a"),
                kind: Kind::Shelter,
                code: Some("a".to_owned()),
                name: "公园".to_owned(),
                geometry: Some(Point::new(116.5, 35.7).into()),
                attributes,
                extra: Vec::new(),
                provenance: Provenance::default(),
            },
            extra: vec![(2, "x".into())],
        }
    }

    #[test]
    fn rows_arrive_as_they_were_sent() {
        let sent = put_row(Vec::new(), &ready()).unwrap();
        let (row, rest) = take_row(&sent, Kind::Shelter, 3).unwrap();
        assert_eq!((row, rest.len()), (ready(), 0));
    }

    #[test]
    fn what_a_taken_over_process_might_send_is_refused() {
        let sent = put_row(Vec::new(), &ready()).unwrap();
        assert!(take_row(&sent, Kind::Shelter, 2).is_err());
        assert!(take_row(&sent[..sent.len() - 3], Kind::Shelter, 3).is_err());
        let mut off = ready();
        off.feature.geometry = Some(Point::new(f64::NAN, 1.0).into());
        let sent = put_row(Vec::new(), &off).unwrap();
        assert!(take_row(&sent, Kind::Shelter, 3).is_err());
        let mut off = ready();
        off.feature.attributes.set(Kind::Shelter, "capacity", Some("many".into()));
        let sent = put_row(Vec::new(), &off).unwrap();
        assert!(take_row(&sent, Kind::Shelter, 3).is_err());
    }
}

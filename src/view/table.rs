//! Wide tables as plain values: headings, rows that know their feature, and typed cells.

use std::cmp::Ordering;
use std::sync::Arc;

use super::label::{field_label, kind_id, value_with_unit};
use super::locale::Locale;
use super::nearest::facts_of;
use super::travel::duration;
use crate::base::{Message, Metres};
use crate::county::{County, Layer};
use crate::model::{Feature, Kind, Value};
use crate::scene::FeatureRef;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A name or other text.
    Text(String),
    /// A whole number.
    Count(u64),
    /// A distance.
    Distance(Metres),
    /// A time in seconds.
    Duration(u32),
    /// Words.
    Message(Message),
    /// A field's value.
    Field(Kind, &'static str, Value),
    /// Nothing is known.
    NoData,
}

impl Cell {
    /// A count, or no data.
    pub fn count(n: Option<u64>) -> Self {
        n.map_or(Self::NoData, Self::Count)
    }

    /// The cell in words.
    pub fn text(&self, locale: &Locale) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(n) => locale.count(*n),
            Self::Distance(distance) => locale.distance(*distance),
            Self::Duration(seconds) => locale.text(&duration(*seconds)),
            Self::Message(message) => locale.text(message),
            Self::Field(kind, field, value) => value_with_unit(locale, *kind, field, Some(value)),
            Self::NoData => locale.tr("no-data"),
        }
    }

    /// What it is sorted by; `None` = no data.
    fn key(&self, locale: &Locale) -> Option<Key> {
        Some(match self {
            Self::NoData => return None,
            Self::Count(n) => Key::Number(*n as f64),
            Self::Distance(distance) => Key::Number(distance.0),
            Self::Duration(seconds) => Key::Number(f64::from(*seconds)),
            Self::Field(_, _, value) => match value.as_f64() {
                Some(number) => Key::Number(number),
                None => Key::Text(self.text(locale)),
            },
            Self::Text(_) | Self::Message(_) => {
                Some(self.text(locale)).filter(|text| !text.is_empty()).map(Key::Text)?
            }
        })
    }

    /// Numbers stand on the right.
    pub fn is_number(&self) -> bool {
        match self {
            Self::Count(_) | Self::Distance(_) | Self::Duration(_) => true,
            Self::Field(_, _, value) => value.as_f64().is_some(),
            Self::Text(_) | Self::Message(_) | Self::NoData => false,
        }
    }
}

/// What a cell is sorted by: numbers before words.
#[derive(PartialEq, PartialOrd)]
enum Key {
    Number(f64),
    Text(String),
}

/// A column's heading.
#[derive(Clone, Debug, PartialEq)]
pub enum Heading {
    /// Words.
    Message(&'static str),
    /// A field.
    Field(Kind, &'static str),
    /// A column of the ledger that we do not know.
    Header(String),
}

impl Heading {
    /// The heading in words.
    pub fn text(&self, locale: &Locale) -> String {
        match self {
            Self::Message(id) => locale.tr(id),
            Self::Field(kind, field) => field_label(locale, *kind, field),
            Self::Header(text) => text.clone(),
        }
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is about.
    pub feature: Option<FeatureRef>,
    /// One cell per column.
    pub cells: Vec<Cell>,
}

/// The rows of a table.
#[derive(Clone, Debug)]
enum Rows {
    /// Worked out.
    Listed(Vec<Row>),
    /// All records of a layer, worked out one by one when they are looked at.
    Layer(Arc<County>, Kind),
}

/// A wide table.
#[derive(Clone, Debug)]
pub struct Table {
    /// What it is.
    pub title: Message,
    /// Headings; `true` = numbers, on the right.
    pub columns: Vec<(Heading, bool)>,
    rows: Rows,
}

impl Table {
    /// A table of rows.
    pub fn new(title: Message, columns: Vec<(Heading, bool)>, rows: Vec<Row>) -> Self {
        Self { title, columns, rows: Rows::Listed(rows) }
    }

    /// All records of a kind. Only fields that some record has make a column.
    pub fn of_layer(county: &Arc<County>, kind: Kind) -> Option<Self> {
        Some(Self {
            title: Message::new(kind_id(kind)),
            columns: columns_of(county.layer(kind)?),
            rows: Rows::Layer(Arc::clone(county), kind),
        })
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match &self.rows {
            Rows::Listed(rows) => rows.len(),
            Rows::Layer(county, kind) => county.features(*kind).len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A row.
    pub fn row(&self, at: usize) -> Option<Row> {
        match &self.rows {
            Rows::Listed(rows) => rows.get(at).cloned(),
            Rows::Layer(county, kind) => Some(Row {
                feature: self.feature(at),
                cells: cells_of(county.features(*kind).get(at)?, &self.columns),
            }),
        }
    }

    /// The numbers of the rows in the order of a column; what has no data stands last in either direction,
    /// and equal ones stay as they were.
    pub fn order_by(&self, column: usize, down: bool, locale: &Locale) -> Vec<usize> {
        let mut keys: Vec<(Option<Key>, usize)> = (0..self.len())
            .map(|at| {
                let row = self.row(at);
                let cell = row.as_ref().and_then(|row| row.cells.get(column));
                (cell.and_then(|cell| cell.key(locale)), at)
            })
            .collect();
        keys.sort_by(|(a, _), (b, _)| match (a, b) {
            (Some(a), Some(b)) if down => b.partial_cmp(a).unwrap_or(Ordering::Equal),
            (Some(a), Some(b)) => a.partial_cmp(b).unwrap_or(Ordering::Equal),
            (a, b) => b.is_some().cmp(&a.is_some()),
        });
        keys.into_iter().map(|(_, at)| at).collect()
    }

    /// Tells one state of the rows from another: `revision` counts what changed in the window.
    pub fn stamp(&self, revision: u64) -> u64 {
        match &self.rows {
            Rows::Listed(_) => revision,
            // Two stores may have come to the same version.
            Rows::Layer(county, _) => county.version() ^ (Arc::as_ptr(county) as usize as u64),
        }
    }

    /// What a row is about.
    pub fn feature(&self, at: usize) -> Option<FeatureRef> {
        match &self.rows {
            Rows::Listed(rows) => rows.get(at)?.feature,
            Rows::Layer(county, kind) => {
                Some(FeatureRef { kind: *kind, id: county.features(*kind).get(at)?.id })
            }
        }
    }

    /// The table as text, columns by tabs: for tests and for the clipboard.
    pub fn to_text(&self, locale: &Locale) -> String {
        let mut lines = vec![locale.text(&self.title)];
        let head: Vec<String> = self.columns.iter().map(|(head, _)| head.text(locale)).collect();
        lines.push(head.join("\t"));
        for row in (0..self.len()).filter_map(|at| self.row(at)) {
            let cells: Vec<String> = row.cells.iter().map(|cell| cell.text(locale)).collect();
            lines.push(cells.join("\t"));
        }
        lines.join("\n")
    }
}

/// The table as CSV that spreadsheets open as it is: with a byte order mark, and cells that begin like a
/// formula made harmless. `order`: the numbers of its rows as they are to stand.
pub fn to_csv(table: &Table, order: impl Iterator<Item = usize>, locale: &Locale) -> String {
    let quoted = |text: &str| format!("\"{}\"", crate::base::guard(text).replace('"', "\"\""));
    let mut out = String::from('\u{feff}');
    let mut line = |cells: Vec<String>| {
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    };
    line(table.columns.iter().map(|(head, _)| quoted(&head.text(locale))).collect());
    for row in order.filter_map(|at| table.row(at)) {
        line(row.cells.iter().map(|cell| quoted(&cell.text(locale))).collect());
    }
    out
}

/// Figures of a shelter that people look for first.
const PLACES: [&str; 3] = ["capacity", "occupied", "reserved"];
/// Where a record comes from: it matters last.
const ORIGIN: [&str; 3] = ["code", "source", "as_of"];

/// Columns for the records of a layer: the name, the figures that matter, every other field some record
/// has, unknown columns, and where the records come from.
pub fn columns_of(layer: &Layer) -> Vec<(Heading, bool)> {
    let kind = layer.kind();
    let mut columns = vec![(Heading::Field(kind, "name"), false)];
    let rank = |field: &str| {
        let place = |list: &[&str]| list.iter().position(|own| *own == field);
        match (place(facts_of(kind)), place(&PLACES), place(&ORIGIN)) {
            (Some(at), _, _) => (0, at),
            (None, Some(at), _) => (1, at),
            (None, None, None) => (2, 0),
            (None, None, Some(at)) => (3, at),
        }
    };
    let mut fields: Vec<_> = kind
        .table_def()
        .fields
        .iter()
        .filter(|field| field.name != "name")
        .filter(|field| layer.features().iter().any(|row| row.value(&field.name).is_some()))
        .collect();
    fields.sort_by_key(|field| rank(&field.name));
    let is_origin = |field: &str| ORIGIN.contains(&field);
    let column = |field: &&'static crate::model::Field| {
        (Heading::Field(kind, field.name.as_str()), field.field_type.is_number())
    };
    columns.extend(fields.iter().filter(|field| !is_origin(&field.name)).map(column));
    let mut headers: Vec<&String> = Vec::new();
    for (header, _) in layer.features().iter().flat_map(|row| &row.extra) {
        if !headers.contains(&header) {
            headers.push(header);
        }
    }
    columns.extend(headers.into_iter().map(|header| (Heading::Header(header.clone()), false)));
    columns.extend(fields.iter().filter(|field| is_origin(&field.name)).map(column));
    columns
}

/// A record's cells under these headings.
pub fn cells_of(feature: &Feature, columns: &[(Heading, bool)]) -> Vec<Cell> {
    columns
        .iter()
        .map(|(heading, _)| match heading {
            Heading::Field(kind, field) => match feature.value(field) {
                Some(value) => Cell::Field(*kind, field, value),
                None => Cell::NoData,
            },
            Heading::Header(header) => {
                let known = feature.extra.iter().find(|(own, _)| own == header);
                known.map_or(Cell::NoData, |(_, value)| Cell::Text(value.to_string()))
            }
            Heading::Message(_) => Cell::NoData,
        })
        .collect()
}

//! One feature, or one plain object, as a row: cells go straight to their columns.

use std::collections::HashMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::geometry::GeometrySeed;
use crate::io::source::{MAX_COLUMNS, RawRow, Shape};
use crate::model::Value;

/// The columns met so far. Features mostly have the same keys in the same order, so the next column
/// is tried first.
#[derive(Default)]
pub struct Columns {
    names: Vec<String>,
    by_name: HashMap<String, u32>,
    next: usize,
}

impl Columns {
    /// Their names, in the order in which they were met.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    fn column(&mut self, key: &str) -> Option<u32> {
        if self.names.get(self.next).is_some_and(|name| name == key) {
            self.next += 1;
            return u32::try_from(self.next - 1).ok();
        }
        let at = match self.by_name.get(key) {
            Some(at) => *at,
            None if self.names.len() >= MAX_COLUMNS => return None,
            None => {
                let at = u32::try_from(self.names.len()).ok()?;
                self.names.push(key.to_owned());
                self.by_name.insert(key.to_owned(), at);
                at
            }
        };
        self.next = at as usize + 1;
        Some(at)
    }
}

/// What the items of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Items {
    /// `{"type":"Feature", …}`
    Features,
    /// `{"type":"Point", "coordinates": …}`
    Geometries,
    /// Any other object: its members are the cells.
    Objects,
}

/// Reads one item into a row.
pub struct RowSeed<'a> {
    /// What it is.
    pub items: Items,
    /// The columns of the layer.
    pub columns: &'a mut Columns,
    /// Where it goes.
    pub row: &'a mut RawRow,
}

impl<'de> DeserializeSeed<'de> for RowSeed<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.columns.next = 0;
        match self.items {
            Items::Geometries => {
                self.row.shape = GeometrySeed(0).deserialize(from)?;
                Ok(())
            }
            Items::Objects => Cells { columns: self.columns, row: self.row }.deserialize(from),
            Items::Features => from.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for RowSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feature")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut id = None;
        while let Some(key) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            match key.as_ref() {
                "geometry" => self.row.shape = map.next_value_seed(GeometrySeed(0))?,
                "properties" => {
                    map.next_value_seed(Cells { columns: self.columns, row: self.row })?;
                }
                "id" => id = map.next_value_seed(Cell)?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        // A feature's own id is one more cell, unless the properties have one.
        if let Some(id) = id
            && let Some(column) = self.columns.column("id")
            && self.row.cell(column).is_none()
        {
            self.row.cells.push((column, id));
        }
        Ok(())
    }
}

struct Cells<'a> {
    columns: &'a mut Columns,
    row: &'a mut RawRow,
}

impl<'de> DeserializeSeed<'de> for Cells<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Cells<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or null")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(column) = map.next_key_seed(Key(self.columns))? {
            if let Some(value) = map.next_value_seed(Cell)? {
                self.row.cells.push((column, value));
            }
        }
        Ok(())
    }
}

struct Key<'a>(&'a mut Columns);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = u32;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<u32, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = u32;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }
    fn visit_str<E: Error>(self, key: &str) -> Result<u32, E> {
        self.0.column(key).ok_or_else(|| E::custom("too many columns"))
    }
}

/// One value; null is no data, and lists and objects are kept as their own text.
pub struct Cell;

impl<'de> DeserializeSeed<'de> for Cell {
    type Value = Option<Value>;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Option<Value>, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Cell {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Option<Value>, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, b: bool) -> Result<Option<Value>, E> {
        Ok(Some(Value::Boolean(b)))
    }

    fn visit_i64<E>(self, n: i64) -> Result<Option<Value>, E> {
        Ok(Some(Value::Integer(n)))
    }

    fn visit_u64<E>(self, n: u64) -> Result<Option<Value>, E> {
        // Beyond 63 bits it is a serial number, no count: its digits matter.
        Ok(Some(i64::try_from(n).map_or_else(|_big| Value::Text(n.to_string()), Value::Integer)))
    }

    fn visit_f64<E>(self, x: f64) -> Result<Option<Value>, E> {
        Ok(Some(Value::Real(x)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Option<Value>, E> {
        Ok(Some(Value::from(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Option<Value>, A::Error> {
        let mut all = Vec::new();
        while let Some(member) = list.next_element::<serde_json::Value>()? {
            all.push(member);
        }
        Ok(Some(Value::Text(serde_json::Value::Array(all).to_string())))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<Value>, A::Error> {
        let mut all = serde_json::Map::new();
        while let Some((key, value)) = map.next_entry::<String, serde_json::Value>()? {
            all.insert(key, value);
        }
        Ok(Some(Value::Text(serde_json::Value::Object(all).to_string())))
    }
}

/// What an item is, by its members.
pub fn items_of(bytes: &[u8]) -> Result<Items, serde_json::Error> {
    serde_json::Deserializer::from_slice(bytes).deserialize_map(Members)
}

/// Looks at the names of members only: the item may be one huge geometry.
struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Items;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Items, A::Error> {
        let (mut feature, mut geometry) = (false, false);
        while let Some(key) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            match key.as_ref() {
                "type" => {
                    let of_type = map.next_value_seed(Cell)?;
                    feature = of_type.is_some_and(|value| value.as_text() == Some("Feature"));
                    continue;
                }
                "coordinates" | "geometries" => geometry = true,
                _ => {}
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(match (feature, geometry) {
            (true, _) => Items::Features,
            (false, true) => Items::Geometries,
            (false, false) => Items::Objects,
        })
    }
}

/// Reads the bytes of one item; a fault of the item alone becomes the row's fault.
pub fn read_item(bytes: &[u8], items: Items, columns: &mut Columns, row: &mut RawRow) {
    let mut from = serde_json::Deserializer::from_slice(bytes);
    let seed = RowSeed { items, columns, row: &mut *row };
    if let Err(fault) = seed.deserialize(&mut from).and_then(|()| from.end()) {
        row.cells.clear();
        row.shape = Shape::Absent;
        row.fault = Some(fault.to_string());
    }
}

//! One record of a layer: its head, its geometry, its attributes and where it comes from.

use geo_types::Geometry;
use serde::{Deserialize, Serialize};

use super::{Kind, Value};
use crate::base::Id;

/// Where a row comes from and how far to trust it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Who says so: a standard, a ledger, a file name.
    pub source: Option<String>,
    /// The day the figures describe, `2026-11-23`.
    pub as_of: Option<String>,
    /// Sample data (示例数据): invented for the demo county.
    pub sample: bool,
}

/// Canonical attribute values by field name, without the absent ones, in the order of the field table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes(Vec<(&'static str, Value)>);

impl Attributes {
    /// The value of the field `name`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    /// Sets or, with `None`, removes the field `name`; false if `kind` has no such attribute field.
    pub fn set(&mut self, kind: Kind, name: &str, value: Option<Value>) -> bool {
        let mut fields = kind.table_def().attribute_fields();
        let Some(name) = fields.find(|field| field.name == name).map(|field| field.name.as_str())
        else {
            return false;
        };
        let at = self.0.iter().position(|(field, _)| *field == name);
        match (at, value) {
            (Some(at), Some(value)) => self.0[at].1 = value,
            (Some(at), None) => {
                self.0.remove(at);
            }
            (None, Some(value)) => {
                let order = |wanted: &str| {
                    kind.table_def().fields.iter().position(|field| field.name == wanted)
                };
                let place = order(name);
                let at = self.0.iter().position(|(field, _)| order(field) > place);
                self.0.insert(at.unwrap_or(self.0.len()), (name, value));
            }
            (None, None) => {}
        }
        true
    }

    /// Adds a value read in the order of the field table: for readers that already know the static name.
    pub fn push(&mut self, name: &'static str, value: Value) {
        self.0.push((name, value));
    }

    /// Name and value of each attribute present.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// One record of a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// Shouye's own id.
    pub id: Id,
    /// What it is.
    pub kind: Kind,
    /// The official code, or the ledger's own number.
    pub code: Option<String>,
    /// Name; empty if it has none.
    pub name: String,
    /// Where it is, degrees of longitude and latitude (CGCS2000); `None` for plain tables.
    pub geometry: Option<Geometry<f64>>,
    /// Canonical attributes.
    pub attributes: Attributes,
    /// Columns we do not know, under their own header, in the file's order.
    pub extra: Vec<(String, Value)>,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Feature {
    /// The value of any canonical field, head fields included.
    pub fn value(&self, field: &str) -> Option<Value> {
        match field {
            "code" => self.code.as_deref().map(Value::from),
            "name" => (!self.name.is_empty()).then(|| Value::from(self.name.as_str())),
            "source" => self.provenance.source.as_deref().map(Value::from),
            "as_of" => self.provenance.as_of.as_deref().map(Value::from),
            other => self.attributes.get(other).cloned(),
        }
    }

    /// A text attribute.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.attributes.get(field).and_then(Value::as_text)
    }

    /// A numeric attribute.
    pub fn number(&self, field: &str) -> Option<f64> {
        self.attributes.get(field).and_then(Value::as_f64)
    }

    /// A count that cannot be negative.
    pub fn count(&self, field: &str) -> Option<u64> {
        self.attributes.get(field).and_then(Value::as_i64).and_then(|n| u64::try_from(n).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_keep_the_order_of_the_table() {
        let mut a = Attributes::default();
        assert!(a.set(Kind::Shelter, "occupied", Some(3_i64.into())));
        assert!(a.set(Kind::Shelter, "capacity", Some(10_i64.into())));
        assert!(!a.set(Kind::Shelter, "wings", Some(2_i64.into())));
        assert_eq!(a.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["capacity", "occupied"]);
        a.set(Kind::Shelter, "capacity", None);
        assert_eq!(a.get("capacity"), None);
    }
}

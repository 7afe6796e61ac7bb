//! Unknown columns of a ledger as a JSON array of `[header, value]` pairs: order and types survive.

use serde::ser::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::model::Value;

struct Plain<'a>(&'a Value);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Boolean(b) => serializer.serialize_bool(*b),
            Value::Integer(n) => serializer.serialize_i64(*n),
            Value::Real(x) => serializer.serialize_f64(*x),
            Value::Text(text) => serializer.serialize_str(text),
        }
    }
}

/// The pairs as JSON.
pub(super) fn write(extra: &[(String, Value)]) -> String {
    let pairs: Vec<(&str, Plain<'_>)> =
        extra.iter().map(|(header, value)| (header.as_str(), Plain(value))).collect();
    // Strings and finite numbers always have a JSON form; a number that is not finite becomes null.
    serde_json::to_string(&pairs).unwrap_or_default()
}

/// The pairs of a cell; a cell that another program spoilt has none.
pub(super) fn read(json: &[u8]) -> Vec<(String, Value)> {
    serde_json::from_slice::<Vec<(String, &RawValue)>>(json)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(header, raw)| Some((header, read_value(raw.get())?)))
        .collect()
}

/// One value as JSON, as the change table keeps it.
pub(super) fn write_value(value: &Value) -> String {
    serde_json::to_string(&Plain(value)).unwrap_or_default()
}

/// Reads one value; `None` for null and for what is no scalar.
pub(super) fn read_value(json: &str) -> Option<Value> {
    match json.trim().as_bytes().first()? {
        b'"' => serde_json::from_str(json).ok().map(Value::Text),
        b't' => Some(Value::Boolean(true)),
        b'f' => Some(Value::Boolean(false)),
        // Not through serde_json: it may miss the last bit of a real number.
        b'-' | b'0'..=b'9' => match json.trim().parse() {
            Ok(n) => Some(Value::Integer(n)),
            Err(_) => json.trim().parse().ok().map(Value::Real),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_types_survive() {
        let pairs = vec![
            ("建成年份".to_owned(), Value::Integer(1998)),
            ("备用".to_owned(), Value::Text("=1+1".to_owned())),
            ("面积".to_owned(), Value::Real(5.0)),
            ("建成年份".to_owned(), Value::Boolean(true)),
            ("小数".to_owned(), Value::Real(0.1 + 0.2)),
        ];
        let json = write(&pairs);
        assert_eq!(
            json,
            r#"[["建成年份",1998],["备用","=1+1"],["面积",5.0],["建成年份",true],["小数",0.30000000000000004]]"#
        );
        assert_eq!(read(json.as_bytes()), pairs);
        assert!(read(b"not json").is_empty());
    }
}

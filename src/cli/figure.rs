//! Figures as they leave the program: fixed decimals, no negative zero, thousands separated for people.

use geo_types::{Coord, Rect};
use serde_json::{Map, Number, Value as Json};

use crate::model::{Feature, Value};

/// `x` to so many decimals, never −0.
pub fn rounded(x: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    let out = (x * scale).round() / scale;
    // Adding zero turns −0 into 0. Beyond 2^53 scaling can only lose digits.
    if out.is_finite() { out + 0.0 } else { x }
}

/// Metres to the decimetre.
pub fn metres(x: f64) -> f64 {
    rounded(x, 1)
}

/// A place to seven decimals of a degree, about a centimetre.
pub fn lonlat(at: Coord<f64>) -> [f64; 2] {
    [rounded(at.x, 7), rounded(at.y, 7)]
}

/// An extent, `[minx, miny, maxx, maxy]`.
pub fn extent(extent: Rect<f64>) -> [f64; 4] {
    let ([minx, miny], [maxx, maxy]) = (lonlat(extent.min()), lonlat(extent.max()));
    [minx, miny, maxx, maxy]
}

/// A whole number with thousands separated, for people.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// Metres with thousands separated and one decimal, for people.
pub fn metres_text(x: f64) -> String {
    let tenths = (x * 10.0).round().max(0.0) as u64;
    format!("{}.{}", count(tenths / 10), tenths % 10)
}

/// Seconds as minutes and seconds, `6:40`, for people.
pub fn minutes(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A place for people, `116.4890000,35.7330000` without the zeros at the end.
pub fn lonlat_text(at: Coord<f64>) -> String {
    let [lon, lat] = lonlat(at);
    format!("{lon},{lat}")
}

/// An attribute value in JSON; what is not finite becomes null.
pub fn json_of(value: &Value) -> Json {
    match value {
        Value::Boolean(b) => Json::Bool(*b),
        Value::Integer(n) => Json::from(*n),
        Value::Real(x) => Number::from_f64(*x + 0.0).map_or(Json::Null, Json::Number),
        Value::Text(text) => Json::String(text.clone()),
    }
}

/// A feature's attributes: canonical fields in the order of the table, then unknown columns under their own header.
pub fn attributes_of(feature: &Feature) -> Map<String, Json> {
    let mut out = Map::new();
    for (name, value) in feature.attributes.iter() {
        out.insert(name.to_owned(), json_of(value));
    }
    for name in ["source", "as_of"] {
        if let Some(value) = feature.value(name) {
            out.insert(name.to_owned(), json_of(&value));
        }
    }
    for (header, value) in &feature.extra {
        // A canonical field keeps its place if an unknown column has the same header.
        out.entry(header.clone()).or_insert_with(|| json_of(value));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_without_negative_zero() {
        assert_eq!(metres(1234.56), 1234.6);
        assert_eq!(metres(-0.01).to_string(), "0");
        assert_eq!(lonlat(Coord { x: 116.123_456_789, y: -0.0 }), [116.123_456_8, 0.0]);
        assert!(lonlat(Coord { x: -0.000_000_001, y: 0.0 })[0].is_sign_positive());
    }

    #[test]
    fn thousands_are_separated() {
        let cases = [(0, "0"), (999, "999"), (1000, "1,000"), (687_544, "687,544")];
        for (n, text) in cases {
            assert_eq!(count(n), text);
        }
        assert_eq!(metres_text(12_345.06), "12,345.1");
    }
}

//! A file of closed roads that belongs to a question: lines, points and areas with what they do to traffic.

use std::path::Path;

use super::area::{AreaFileError, geojson_rows};
use super::source::Shape;
use crate::base::Timestamp;
use crate::model::Value;
use crate::network::Barrier;

/// The barriers of a GeoJSON file that are in force at a moment. Properties, all optional: `name`,
/// `factor` (1 = open, 0 = closed, which it is without one), `depth_m`, `from` and `to` (ISO 8601).
pub fn read_barriers(file: &Path, at: Timestamp) -> Result<Vec<Barrier>, AreaFileError> {
    let mut out = Vec::new();
    geojson_rows(file, &mut |row, columns| {
        let value = |name: &str| {
            let column = columns.iter().position(|own| own == name)?;
            row.cell(u32::try_from(column).ok()?)
        };
        let number = |name: &str| -> Option<f64> {
            let value = value(name)?;
            let figure = value.as_f64().or_else(|| value.as_text()?.trim().parse().ok())?;
            figure.is_finite().then_some(figure)
        };
        let moment = |name: &str| value(name).and_then(Value::as_text).and_then(Timestamp::parse);
        let in_force =
            moment("from").is_none_or(|from| from <= at) && moment("to").is_none_or(|to| at < to);
        if let (Shape::Given(shape), true) = (&row.shape, in_force) {
            let name = value("name").map_or_else(|| row.number.to_string(), Value::to_string);
            out.push(Barrier {
                id: None,
                name,
                shape: Some(shape.clone()),
                roads: Vec::new(),
                factor: number("factor").unwrap_or(0.0).clamp(0.0, 1.0),
                depth_m: number("depth_m").filter(|depth| *depth > 0.0),
            });
        }
    })?;
    Ok(out)
}

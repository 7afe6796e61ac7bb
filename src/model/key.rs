//! What makes a record the same record in the next ledger: its natural key.

use geo_types::{Coord, Geometry};

use super::Feature;

/// Codes of fewer digits than this are serial numbers: the shortest official one, a county's, has six.
const OFFICIAL_DIGITS: usize = 6;
/// Cells of a degree for a place that may still be corrected: about two kilometres.
const VICINITY_PER_DEGREE: f64 = 50.0;

/// Whether a code only counts the rows of its table: fewer than six digits and no letter. Every
/// ledger has its own number 1, so such a code identifies nothing by itself.
///
/// ```
/// use shouye::model::key::is_serial;
/// assert!(is_serial("1") && is_serial("0012") && is_serial("3.2"));
/// assert!(!is_serial("S1") && !is_serial("370830") && !is_serial("370830102205"));
/// ```
pub fn is_serial(code: &str) -> bool {
    let digits = code.chars().filter(|c| c.is_numeric()).count();
    (1..OFFICIAL_DIGITS).contains(&digits) && !code.chars().any(char::is_alphabetic)
}

impl Feature {
    /// The text that identifies this record within its kind, from the first complete group of key fields.
    ///
    /// A code that [`is_serial`] is no key. Where the name alone is one it is used; else number, name and
    /// vicinity are the key, so that two townships may both have a number 1 and a ledger may still correct
    /// a position; a record without name or place goes by the other groups.
    pub fn natural_key(&self) -> Option<String> {
        let groups = &self.kind.table_def().key_fields;
        if !self.code.as_deref().is_some_and(is_serial) {
            return groups.iter().find_map(|group| self.key_of(group));
        }
        let mut others = groups.iter().filter(|group| !is_only(group, "code"));
        let by_name = others.clone().find(|group| is_only(group, "name"));
        by_name
            .and_then(|group| self.key_of(group))
            .or_else(|| self.serial_key())
            .or_else(|| others.find_map(|group| self.key_of(group)))
    }

    fn key_of(&self, group: &[String]) -> Option<String> {
        let parts: Option<Vec<String>> = group
            .iter()
            .map(|field| match field.as_str() {
                "@place" => self.geometry.as_ref().and_then(place_key),
                // In a group of several fields the later ones may be missing: two stock lines
                // of one item differ by expiry, but not every line has one.
                other => match self.value(other) {
                    Some(value) => Some(value.to_string()),
                    None if group.len() > 2 && field != &group[0] => Some(String::new()),
                    None => None,
                },
            })
            .collect();
        parts.map(|parts| format!("{}={}", group.join("+"), parts.join("\u{1f}")))
    }

    fn serial_key(&self) -> Option<String> {
        let code = self.code.as_deref()?;
        let at = ends(self.geometry.as_ref()?)?.0;
        let cell = |degrees: f64| (degrees * VICINITY_PER_DEGREE).floor();
        (!self.name.is_empty()).then(|| {
            let name = &self.name;
            format!("serial={code}\u{1f}{name}\u{1f}{},{}", cell(at.x), cell(at.y))
        })
    }
}

fn is_only(group: &[String], field: &str) -> bool {
    matches!(group, [only] if only == field)
}

/// Position rounded to 1e-5 degrees (about a metre) of the first and last vertex, and the vertex count.
fn place_key(geometry: &Geometry<f64>) -> Option<String> {
    let (Coord { x, y }, Coord { x: u, y: v }, count) = ends(geometry)?;
    Some(if count == 1 {
        format!("{x:.5},{y:.5}")
    } else {
        format!("{x:.5},{y:.5},{u:.5},{v:.5},{count}")
    })
}

/// First and last vertex, and how many there are.
fn ends(geometry: &Geometry<f64>) -> Option<(Coord<f64>, Coord<f64>, usize)> {
    let mut count = 0_usize;
    let mut first = None;
    let mut last = None;
    visit(geometry, &mut |x, y| {
        count += 1;
        first.get_or_insert(Coord { x, y });
        last = Some(Coord { x, y });
    });
    Some((first?, last?, count))
}

fn visit(geometry: &Geometry<f64>, see: &mut dyn FnMut(f64, f64)) {
    let mut line = |line: &geo_types::LineString<f64>| line.0.iter().for_each(|c| see(c.x, c.y));
    match geometry {
        Geometry::Point(p) => see(p.x(), p.y()),
        Geometry::Line(l) => {
            see(l.start.x, l.start.y);
            see(l.end.x, l.end.y);
        }
        Geometry::LineString(l) => line(l),
        Geometry::Polygon(p) => line(p.exterior()),
        Geometry::MultiPoint(m) => m.0.iter().for_each(|p| see(p.x(), p.y())),
        Geometry::MultiLineString(m) => m.0.iter().for_each(line),
        Geometry::MultiPolygon(m) => m.0.iter().for_each(|p| line(p.exterior())),
        Geometry::GeometryCollection(c) => c.0.iter().for_each(|g| visit(g, see)),
        Geometry::Rect(r) => {
            see(r.min().x, r.min().y);
            see(r.max().x, r.max().y);
        }
        Geometry::Triangle(t) => t.to_array().iter().for_each(|c| see(c.x, c.y)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Id;
    use crate::model::{Attributes, Kind, Provenance};

    fn feature(kind: Kind, name: &str) -> Feature {
        Feature {
            id: Id::from_natural_key(kind.key(), name),
            kind,
            code: None,
            name: name.to_owned(),
            geometry: None,
            attributes: Attributes::default(),
            extra: Vec::new(),
            provenance: Provenance::default(),
        }
    }

    fn key(kind: Kind, code: &str, name: &str, at: (f64, f64)) -> Option<String> {
        let mut f = feature(kind, name);
        f.code = Some(code.to_owned());
        f.geometry = Some(geo_types::Point::from(at).into());
        f.natural_key()
    }

    #[test]
    fn a_serial_number_is_no_key_by_itself() {
        let at = (116.505, 35.705);
        let of = |code, name, at| key(Kind::School, code, name, at).unwrap();
        assert_ne!(of("1", "甲小学", at), of("1", "乙小学", at));
        // Townships like to name their schools alike.
        assert_ne!(of("1", "中心小学", at), of("1", "中心小学", (116.6, 35.705)));
        assert_eq!(of("1", "中心小学", at), of("1", "中心小学", (116.506, 35.706)));
        assert_eq!(of("SX1", "甲小学", at), of("SX1", "乙小学", at));
        assert_eq!(of("370830", "甲小学", at), of("370830", "乙小学", at));
        // Gauges and townships are known by their names, hydrants by their places.
        assert_eq!(key(Kind::Gauge, "1", "北站", at).as_deref(), Some("name=北站"));
        assert_eq!(key(Kind::Hydrant, "1", "", at), Some("@place=116.50500,35.70500".to_owned()));
    }

    #[test]
    fn the_natural_key_is_the_first_complete_group() {
        let mut f = feature(Kind::Settlement, "刘楼村");
        assert_eq!(f.natural_key(), None);
        f.geometry = Some(geo_types::Point::new(116.5, 35.7).into());
        assert_eq!(f.natural_key().unwrap(), "name+@place=刘楼村\u{1f}116.50000,35.70000");
        f.attributes.set(Kind::Settlement, "township", Some("刘楼镇".into()));
        assert_eq!(f.natural_key().unwrap(), "name+township=刘楼村\u{1f}刘楼镇");
        f.code = Some("370830112201".into());
        assert_eq!(f.natural_key().unwrap(), "code=370830112201");
    }
}

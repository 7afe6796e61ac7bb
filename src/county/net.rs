//! Whether other rows make another road net.

use std::fmt::Write;

use crate::model::{Feature, Kind};
use crate::network::NetKey;
use crate::spatial::wkb::write_wkb;

/// Whether rows of roads, gates or turn restrictions make the same net as those before: nothing has
/// changed but whether roads are closed, which bars the net and is no part of it.
pub(super) fn is_same(before: &[Feature], after: &[Feature]) -> bool {
    before.len() == after.len() && before.iter().zip(after).all(|(a, b)| is_same_row(a, b))
}

fn is_same_row(a: &Feature, b: &Feature) -> bool {
    let of = |row: &Feature| -> Vec<_> {
        let all = row.attributes.iter().filter(|(field, _)| counts(a, field));
        all.map(|(field, value)| (field, value.clone())).collect()
    };
    a.id == b.id
        && (&a.code, &a.name, &a.geometry) == (&b.code, &b.name, &b.geometry)
        && (a.attributes == b.attributes || of(a) == of(b))
}

/// A gate that is closed is another edge; a road that is closed the same one with a barrier.
fn counts(row: &Feature, field: &str) -> bool {
    row.kind != Kind::Road || field != "status"
}

/// A digest of the rows a net is made of, but for what [`is_same`] leaves out.
pub(super) fn key(layers: [&[Feature]; 3]) -> NetKey {
    let mut hasher = blake3::Hasher::new();
    let mut line = String::new();
    for rows in layers {
        hasher.update(&(rows.len() as u64).to_le_bytes());
        for row in rows {
            line.clear();
            let code = row.code.as_deref().unwrap_or_default();
            // Strings are quoted, so that no text passes for another field. A `String` takes everything.
            let _always = write!(line, "{} {code:?} {:?}", row.id, row.name);
            for (field, value) in row.attributes.iter().filter(|(field, _)| counts(row, field)) {
                let _always = write!(line, " {field} {value:?}");
            }
            hasher.update(&(line.len() as u64).to_le_bytes());
            hasher.update(line.as_bytes());
            let shape = row.geometry.as_ref().map(write_wkb).unwrap_or_default();
            hasher.update(&(shape.len() as u64).to_le_bytes());
            hasher.update(&shape);
        }
    }
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use geo_types::line_string;

    use super::super::County;
    use super::*;
    use crate::base::Id;
    use crate::model::{Attributes, Provenance, Value};

    fn row(kind: Kind, values: &[(&str, Value)]) -> Feature {
        let mut attributes = Attributes::default();
        for (field, value) in values {
            assert!(attributes.set(kind, field, Some(value.clone())), "{kind} has no {field}");
        }
        Feature {
            id: Id::from_natural_key(kind.key(), "a"),
            kind,
            code: None,
            name: "a".to_owned(),
            geometry: Some(line_string![(x: 116.5, y: 35.7), (x: 116.51, y: 35.7)].into()),
            attributes,
            extra: Vec::new(),
            provenance: Provenance::default(),
        }
    }

    #[test]
    fn closing_a_road_keeps_the_net_and_everything_else_makes_a_new_one() {
        let open = County::new(1, [(Kind::Road, vec![row(Kind::Road, &[])])]);
        let net: *const _ = open.network();
        let with = |rows| open.with_layer(2, Kind::Road, rows);
        let closed = with(vec![row(Kind::Road, &[("status", "closed".into())])]);
        assert!(std::ptr::eq(closed.network(), net));
        assert_eq!((open.barriers(None).len(), closed.barriers(None).len()), (0, 1));
        let barrier = open.with_layer(2, Kind::Closure, vec![row(Kind::Closure, &[])]);
        assert!(std::ptr::eq(barrier.network(), net));
        for other in [
            vec![row(Kind::Road, &[("oneway", true.into())])],
            vec![row(Kind::Road, &[("max_speed_kmh", 30.0.into())])],
            vec![Feature { geometry: None, ..row(Kind::Road, &[]) }],
            vec![Feature { id: Id::from_natural_key("road", "b"), ..row(Kind::Road, &[]) }],
            Vec::new(),
        ] {
            assert!(!std::ptr::eq(with(other).network(), net));
        }
        let gate = |status: &str| vec![row(Kind::RoadGate, &[("status", status.into())])];
        let gated = open.with_layer(2, Kind::RoadGate, gate("open"));
        assert!(!std::ptr::eq(gated.network(), net));
        let shut = gated.with_layer(3, Kind::RoadGate, gate("closed"));
        assert!(!std::ptr::eq(shut.network(), gated.network()));
    }
}

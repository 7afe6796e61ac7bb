//! Small counties for the tests of this folder.

use crate::base::Id;
use crate::county::County;
use crate::model::{Attributes, Feature, Kind, Provenance};

pub(super) fn row(kind: Kind, code: Option<&str>, name: &str, at: Option<(f64, f64)>) -> Feature {
    Feature {
        id: Id::from_natural_key(kind.key(), &format!("{code:?}{name}")),
        kind,
        code: code.map(str::to_owned),
        name: name.to_owned(),
        geometry: at.map(|at| geo_types::Point::from(at).into()),
        attributes: Attributes::default(),
        extra: Vec::new(),
        provenance: Provenance::default(),
    }
}

pub(super) fn warehouse(code: &str, lon: f64, lat: f64) -> Feature {
    row(Kind::Warehouse, Some(code), code, Some((lon, lat)))
}

pub(super) fn stock(warehouse: &str, name: &str, quantity: Option<f64>, unit: &str) -> Feature {
    let mut out = row(Kind::Stock, None, name, None);
    out.id = Id::from_natural_key("stock", &format!("{warehouse} {name}"));
    for (field, value) in [
        ("warehouse", Some(warehouse.into())),
        ("quantity", quantity.map(Into::into)),
        ("unit", Some(unit.into())),
    ] {
        assert!(out.attributes.set(Kind::Stock, field, value));
    }
    out
}

pub(super) fn county(warehouses: Vec<Feature>, stock: Vec<Feature>) -> County {
    County::new(1, [(Kind::Warehouse, warehouses), (Kind::Stock, stock)])
}

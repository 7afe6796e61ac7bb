//! Features as a table: which columns there are, and the cells of a row.

use crate::model::{Feature, Kind, Value};

/// A column of the table.
pub(super) enum Column {
    /// Shouye's own id.
    Id,
    /// A canonical field.
    Field(&'static str),
    /// The sample mark.
    Sample,
    /// The n-th unknown column with this header.
    Extra(String),
}

/// The columns that these features need: head fields always, others if any feature has a value.
pub(super) fn columns(features: &[Feature], kind: Kind) -> Vec<Column> {
    let mut columns = vec![Column::Id, Column::Field("code"), Column::Field("name")];
    columns.extend(
        kind.table_def()
            .attribute_fields()
            .map(|field| field.name.as_str())
            .filter(|name| features.iter().any(|f| f.attributes.get(name).is_some()))
            .map(Column::Field),
    );
    columns.extend([Column::Field("source"), Column::Field("as_of"), Column::Sample]);
    let mut extra: Vec<&str> = Vec::new();
    for feature in features {
        for (header, _) in &feature.extra {
            if !extra.contains(&header.as_str()) {
                extra.push(header);
            }
        }
    }
    columns.extend(extra.into_iter().map(|header| Column::Extra(header.to_owned())));
    columns
}

impl Column {
    /// Its header.
    pub(super) fn header(&self) -> &str {
        match self {
            Self::Id => "shouye_id",
            Self::Field(name) => name,
            Self::Sample => "sample",
            Self::Extra(header) => header,
        }
    }

    /// A feature's cell; `None` = no data.
    pub(super) fn cell(&self, feature: &Feature) -> Option<Value> {
        match self {
            Self::Id => Some(Value::Text(feature.id.to_string())),
            Self::Field(name) => feature.value(name),
            Self::Sample => Some(Value::Boolean(feature.provenance.sample)),
            Self::Extra(header) => {
                feature.extra.iter().find(|(own, _)| own == header).map(|(_, value)| value.clone())
            }
        }
    }
}

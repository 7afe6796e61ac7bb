//! Features as a table: which columns there are, and the cells of a row.

use geo_types::Geometry;
use geozero::ToWkt;

use super::Failure;
use crate::model::{Feature, Kind, Value};

/// Features as rows of cells, their places among them.
pub(super) struct Sheet<'a> {
    features: &'a [Feature],
    columns: Vec<Column>,
    /// Headers of the last columns: `lon` and `lat` if all are points, `wkt` if not, none without places.
    places: &'static [&'static str],
}

impl<'a> Sheet<'a> {
    /// The table of these features.
    pub(super) fn new(features: &'a [Feature], kind: Kind) -> Self {
        let all_points =
            || features.iter().all(|f| matches!(f.geometry, None | Some(Geometry::Point(_))));
        let places: &[&str] = match kind.has_geometry() {
            false => &[],
            true if all_points() => &["lon", "lat"],
            true => &["wkt"],
        };
        Self { features, columns: columns(features, kind), places }
    }

    /// The headers of all columns.
    pub(super) fn headers(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(Column::header).chain(self.places.iter().copied())
    }

    /// Each feature with a cell for each header; `None` = no data.
    pub(super) fn rows(
        &self,
    ) -> impl Iterator<Item = (&'a Feature, Result<Vec<Option<Value>>, Failure>)> {
        self.features.iter().map(|feature| (feature, self.cells(feature)))
    }

    fn cells(&self, feature: &Feature) -> Result<Vec<Option<Value>>, Failure> {
        let mut cells: Vec<_> = self.columns.iter().map(|column| column.cell(feature)).collect();
        match (&feature.geometry, self.places) {
            (_, []) => {}
            (Some(Geometry::Point(p)), [_, _]) => {
                cells.extend([p.x(), p.y()].map(|x| Some(Value::Real(x))));
            }
            (Some(geometry), _) => cells.push(Some(Value::Text(geometry.to_wkt()?))),
            (None, places) => cells.resize(cells.len() + places.len(), None),
        }
        Ok(cells)
    }
}

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

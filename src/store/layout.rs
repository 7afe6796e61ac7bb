//! How a kind's records lie in their table: columns, types, and the statements built from them.

use std::collections::BTreeSet;

use super::geopackage::quoted;
use crate::model::{FieldType, Kind};

/// The geometry type a layer is declared with (OGC 12-128r19, annex G).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GeometryType {
    /// A plain table.
    None,
    /// `POINT`.
    Point,
    /// `MULTILINESTRING`.
    MultiLineString,
    /// `MULTIPOLYGON`.
    MultiPolygon,
    /// `GEOMETRY`: kinds that come as points or as areas.
    Mixed,
}

impl GeometryType {
    /// The type that fits what the kind may be.
    pub(super) fn of(kind: Kind) -> Self {
        let allowed: Vec<&str> = kind.table_def().geometry.iter().map(String::as_str).collect();
        match allowed.as_slice() {
            [] => Self::None,
            ["point"] => Self::Point,
            ["line"] => Self::MultiLineString,
            ["polygon"] => Self::MultiPolygon,
            _ => Self::Mixed,
        }
    }

    /// The name in `gpkg_geometry_columns`; `None` for a plain table.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Point => Some("POINT"),
            Self::MultiLineString => Some("MULTILINESTRING"),
            Self::MultiPolygon => Some("MULTIPOLYGON"),
            Self::Mixed => Some("GEOMETRY"),
        }
    }
}

/// What a content column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// A GeoPackage blob.
    Geometry,
    /// A canonical field.
    Field(FieldType),
    /// Unknown columns, as JSON.
    Extra,
    /// Whether the row is sample data.
    Sample,
}

/// One content column: everything of a row but its `fid`, `id` and `batch`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Its name.
    pub(super) name: &'static str,
    /// What it holds.
    pub(super) holds: Holds,
}

impl Column {
    /// The GeoPackage data type.
    pub(super) fn sql_type(self, geometry: GeometryType) -> &'static str {
        match self.holds {
            Holds::Geometry => geometry.name().unwrap_or("BLOB"),
            Holds::Field(FieldType::Integer) => "INTEGER",
            Holds::Field(FieldType::Real) => "REAL",
            Holds::Field(FieldType::Boolean) => "BOOLEAN",
            Holds::Field(FieldType::Date) => "DATE",
            Holds::Field(
                FieldType::Text | FieldType::Time | FieldType::Choice | FieldType::Choices,
            )
            | Holds::Extra => "TEXT",
            Holds::Sample => "BOOLEAN NOT NULL DEFAULT 0",
        }
    }
}

/// Position of the first content column in a row read with [`Layout::select`].
pub(super) const FIRST: usize = 3;

/// The table of one kind.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// Which kind.
    pub(super) kind: Kind,
    /// Name of its table.
    pub(super) table: String,
    /// The declared geometry type.
    pub(super) geometry: GeometryType,
    /// The content columns: the geometry if there is one, the fields in the order of the field table, `extra`, `sample`.
    pub(super) columns: Vec<Column>,
    /// `SELECT fid, id, batch, content… FROM table`.
    pub(super) select: String,
    /// Inserts `id, batch, content…`; does nothing when the id is there.
    pub(super) insert: String,
    /// Sets `content…` of the row with the `fid` given last.
    pub(super) update: String,
}

impl Layout {
    /// The layout of a kind. A column that `present` does not have (an old store opened for reading)
    /// is read as NULL.
    pub(super) fn new(kind: Kind, present: Option<&BTreeSet<String>>) -> Self {
        let table = kind.table();
        let geometry = GeometryType::of(kind);
        let mut columns = Vec::new();
        if geometry != GeometryType::None {
            columns.push(Column { name: "geom", holds: Holds::Geometry });
        }
        columns.extend(kind.table_def().fields.iter().map(|field| Column {
            name: field.name.as_str(),
            holds: Holds::Field(field.field_type),
        }));
        columns.push(Column { name: "extra", holds: Holds::Extra });
        columns.push(Column { name: "sample", holds: Holds::Sample });

        let names: Vec<String> = columns.iter().map(|column| quoted(column.name)).collect();
        let read: Vec<String> = columns
            .iter()
            .map(|column| match present {
                Some(present) if !present.contains(column.name) => "NULL".to_owned(),
                _ => quoted(column.name),
            })
            .collect();
        let set: Vec<String> = names.iter().map(|name| format!("{name} = ?")).collect();
        Self {
            kind,
            geometry,
            select: format!("SELECT fid, id, batch, {} FROM {}", read.join(", "), quoted(&table)),
            insert: format!(
                "INSERT INTO {} (id, batch, {}) VALUES (?, ?{}) ON CONFLICT (id) DO NOTHING",
                quoted(&table),
                names.join(", "),
                ", ?".repeat(names.len())
            ),
            update: format!("UPDATE {} SET {} WHERE fid = ?", quoted(&table), set.join(", ")),
            table,
            columns,
        }
    }

    /// The position of a content column.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The columns as `CREATE TABLE` declares them, without row number and geometry.
    pub(super) fn declared(&self) -> Vec<String> {
        let ours = ["id TEXT NOT NULL UNIQUE".to_owned(), "batch INTEGER".to_owned()];
        let content = self.columns.iter().filter(|column| column.holds != Holds::Geometry);
        ours.into_iter()
            .chain(content.map(|column| {
                format!("{} {}", quoted(column.name), column.sql_type(self.geometry))
            }))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_field_takes_the_name_of_a_column_of_ours() {
        for kind in Kind::ALL {
            let layout = Layout::new(*kind, None);
            let mut names: Vec<&str> = layout.columns.iter().map(|column| column.name).collect();
            names.extend(["fid", "id", "batch"]);
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all, "{kind}");
        }
    }

    #[test]
    fn layers_are_declared_by_what_they_may_hold() {
        assert_eq!(GeometryType::of(Kind::Gauge).name(), Some("POINT"));
        assert_eq!(GeometryType::of(Kind::Road).name(), Some("MULTILINESTRING"));
        assert_eq!(GeometryType::of(Kind::Township).name(), Some("MULTIPOLYGON"));
        assert_eq!(GeometryType::of(Kind::Shelter).name(), Some("GEOMETRY"));
        assert_eq!(GeometryType::of(Kind::Stock).name(), None);
    }
}

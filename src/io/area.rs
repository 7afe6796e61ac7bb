//! Small files that belong to a question: a danger area, a list of points.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use geo_types::{Coord, Geometry, MultiPolygon};

use super::geojson::GeoJsonRows;
use super::source::{LayerHead, RawRow, RowReader, Shape};
use crate::base::Message;
use crate::model::field::normalised;

/// Bytes of a danger area: a county's outline with every bend has some hundred thousand. These files are read
/// by the program itself, so they have to be small.
const LARGEST_AREA: u64 = 8 << 20;
/// Bytes of a list of places to ask about: more than the places of the whole world.
const LARGEST_LIST: u64 = 16 << 20;

/// The file of a question cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AreaFileError {
    /// The system does not let us read it.
    #[error("cannot read {}: {reason}", file.display())]
    Read {
        /// Which file.
        file: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// No hand-drawn area and no list of places is that large.
    #[error("{} is larger than {megabytes} MB", file.display())]
    TooLarge {
        /// Which file.
        file: PathBuf,
        /// The most it may have.
        megabytes: u64,
    },
    /// Not GeoJSON.
    #[error("{} is not GeoJSON: {reason}", file.display())]
    NotGeoJson {
        /// Which file.
        file: PathBuf,
        /// Why.
        reason: String,
    },
    /// No polygon in it.
    #[error("{} has no polygon", file.display())]
    NoPolygon {
        /// Which file.
        file: PathBuf,
    },
    /// Nothing in it has a place.
    #[error("{} has no geometry", file.display())]
    NoShape {
        /// Which file.
        file: PathBuf,
    },
    /// No columns `lon` and `lat`.
    #[error("{} has no columns lon and lat", file.display())]
    NoColumns {
        /// Which file.
        file: PathBuf,
    },
    /// A row without a usable position.
    #[error("{} row {row}: {text} is no position", file.display())]
    BadRow {
        /// Which file.
        file: PathBuf,
        /// Which line, header = 1.
        row: u64,
        /// What stands there.
        text: String,
    },
}

impl AreaFileError {
    /// One word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Read { .. } => "cannot_read",
            Self::TooLarge { .. } => "too_large",
            Self::NotGeoJson { .. } => "not_geojson",
            Self::NoPolygon { .. } => "no_polygon",
            Self::NoShape { .. } => "no_shape",
            Self::NoColumns { .. } => "no_columns",
            Self::BadRow { .. } => "bad_row",
        }
    }

    /// What happened.
    pub fn message(&self) -> Message {
        let about = |id: &'static str, file: &Path| {
            Message::new(id).with("file", file.display().to_string())
        };
        match self {
            Self::Read { file, reason } => {
                about("area-cannot-read", file).with("reason", reason.as_str())
            }
            Self::TooLarge { file, megabytes } => {
                about("area-too-large", file).with("megabytes", *megabytes)
            }
            Self::NotGeoJson { file, reason } => {
                about("area-not-geojson", file).with("reason", reason.as_str())
            }
            Self::NoPolygon { file } => about("area-no-polygon", file),
            Self::NoShape { file } => about("area-no-shape", file),
            Self::NoColumns { file } => about("area-no-columns", file),
            Self::BadRow { file, row, text } => {
                about("area-bad-row", file).with("row", *row).with("text", text.as_str())
            }
        }
    }

    /// What to do next.
    pub fn hint(&self) -> Option<Message> {
        Some(Message::new(match self {
            Self::Read { .. } => "area-cannot-read-hint",
            Self::TooLarge { .. } => "area-too-large-hint",
            Self::NotGeoJson { .. } | Self::NoPolygon { .. } => "area-polygon-hint",
            Self::NoShape { .. } => "area-shape-hint",
            Self::NoColumns { .. } | Self::BadRow { .. } => "area-points-hint",
        }))
    }
}

fn read(file: &Path, largest: u64) -> Result<Vec<u8>, AreaFileError> {
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|open| open.take(largest + 1).read_to_end(&mut bytes))
        .map_err(|e| AreaFileError::Read { file: file.to_owned(), reason: e.to_string() })?;
    if bytes.len() as u64 > largest {
        return Err(AreaFileError::TooLarge { file: file.to_owned(), megabytes: largest >> 20 });
    }
    Ok(bytes)
}

/// The polygons of a GeoJSON file in degrees (CGCS2000/WGS 84), all of them together.
pub fn read_area(file: &Path) -> Result<MultiPolygon<f64>, AreaFileError> {
    let mut polygons = Vec::new();
    geojson_rows(file, &mut |row, _| {
        if let Shape::Given(geometry) = std::mem::take(&mut row.shape) {
            collect(geometry, &mut polygons);
        }
    })?;
    if polygons.is_empty() {
        return Err(AreaFileError::NoPolygon { file: file.to_owned() });
    }
    Ok(MultiPolygon::new(polygons))
}

/// Calls `visit` with each feature of a small GeoJSON file and the names of its columns so far.
pub(super) fn geojson_rows(
    file: &Path,
    visit: &mut dyn FnMut(&mut RawRow, &[String]),
) -> Result<(), AreaFileError> {
    let bytes = read(file, LARGEST_AREA)?;
    let broken = |reason: String| AreaFileError::NotGeoJson { file: file.to_owned(), reason };
    std::str::from_utf8(&bytes).map_err(|e| broken(e.to_string()))?;
    let mut text = Cursor::new(bytes);
    if text.get_ref().starts_with(b"\xef\xbb\xbf") {
        text.set_position(3);
    }
    // The importer's own reader builds shapes without a tree of values in between.
    let mut rows = GeoJsonRows::over(Box::new(text), LayerHead::default())
        .map_err(|fault| broken(fault.to_string()))?;
    let mut row = RawRow::default();
    while rows.next(&mut row).map_err(|fault| broken(fault.to_string()))? {
        if let Some(fault) = row.fault.take() {
            return Err(broken(fault));
        }
        if let Shape::Broken(why) = &row.shape {
            return Err(broken(why.clone()));
        }
        visit(&mut row, rows.columns());
    }
    Ok(())
}

fn collect(geometry: Geometry<f64>, polygons: &mut Vec<geo_types::Polygon<f64>>) {
    match geometry {
        Geometry::Polygon(polygon) => polygons.push(polygon),
        Geometry::MultiPolygon(many) => polygons.extend(many.0),
        Geometry::GeometryCollection(all) => all.0.into_iter().for_each(|g| collect(g, polygons)),
        _ => {}
    }
}

/// One place of a list to ask about.
#[derive(Clone, Debug, PartialEq)]
pub struct PointRow {
    /// The row's own id, else its number (first = 1).
    pub id: String,
    /// Where, in degrees.
    pub at: Coord<f64>,
}

/// A CSV file with columns `lon`, `lat` and optionally `id`.
pub fn read_points_csv(file: &Path) -> Result<Vec<PointRow>, AreaFileError> {
    let bytes = read(file, LARGEST_LIST)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut reader = ::csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let failed =
        |e: ::csv::Error| AreaFileError::Read { file: file.to_owned(), reason: e.to_string() };
    let header = reader.headers().map_err(failed)?.clone();
    let column = |name: &str| header.iter().position(|own| normalised(own) == name);
    let (Some(lon), Some(lat)) = (column("lon"), column("lat")) else {
        return Err(AreaFileError::NoColumns { file: file.to_owned() });
    };
    let id = column("id");
    let mut points = Vec::new();
    for (number, row) in (1_u64..).zip(reader.records()) {
        let row = row.map_err(failed)?;
        let cell = |at: usize| row.get(at).unwrap_or("").trim();
        let at = cell(lon).parse::<f64>().ok().zip(cell(lat).parse::<f64>().ok());
        let at = at.filter(|(x, y)| x.abs() <= 180.0 && y.abs() <= 90.0);
        let Some((x, y)) = at else {
            let text = format!("{},{}", cell(lon), cell(lat));
            return Err(AreaFileError::BadRow { file: file.to_owned(), row: number + 1, text });
        };
        let own = id.map(cell).filter(|id| !id.is_empty());
        points.push(PointRow {
            id: own.map_or_else(|| number.to_string(), str::to_owned),
            at: Coord { x, y },
        });
    }
    Ok(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    }

    #[test]
    fn polygons_of_every_wrapping_are_found() {
        let ring = "[[[116,35],[117,35],[117,36],[116,35]]]";
        let polygon = format!(r#"{{"type":"Polygon","coordinates":{ring}}}"#);
        let feature = format!(r#"{{"type":"Feature","properties":{{}},"geometry":{polygon}}}"#);
        let collection =
            format!(r#"{{"type":"FeatureCollection","features":[{feature},{feature}]}}"#);
        for (text, count) in [(polygon, 1), (feature, 1), (collection, 2)] {
            assert_eq!(read_area(file(&text).path()).unwrap().0.len(), count);
        }
        let point = r#"{"type":"Point","coordinates":[116,35]}"#;
        assert_eq!(read_area(file(point).path()).unwrap_err().code(), "no_polygon");
        assert_eq!(read_area(file("not json").path()).unwrap_err().code(), "not_geojson");
        let deep = format!(r#"{{"type":"Polygon","coordinates":{}"#, "[".repeat(100_000));
        assert_eq!(read_area(file(&deep).path()).unwrap_err().code(), "not_geojson");
        let collections = r#"{"type":"GeometryCollection","geometries":["#.repeat(10_000);
        assert_eq!(read_area(file(&collections).path()).unwrap_err().code(), "not_geojson");
    }

    #[test]
    fn no_area_is_larger_than_eight_megabytes() {
        let ring = "[116.25,35.25],".repeat(500_000);
        let of = |ring: &str| {
            format!(
                r#"{{"type":"Polygon","coordinates":[[{ring}[116,35],[117,36],[116.25,35.25]]]}}"#
            )
        };
        let area = read_area(file(&of(&ring)).path()).unwrap();
        assert_eq!(area.0[0].exterior().0.len(), 500_003);
        let error = read_area(file(&of(&ring.repeat(2))).path()).unwrap_err();
        assert!(matches!(error, AreaFileError::TooLarge { megabytes: 8, .. }));
    }

    #[test]
    fn points_carry_their_own_ids_or_numbers() {
        let points =
            read_points_csv(file("id,lon,lat\nA,116.5,35.7\n,116.6,35.8\n").path()).unwrap();
        assert_eq!(points[0].id, "A");
        assert_eq!((points[1].id.as_str(), points[1].at.x), ("2", 116.6));
        let bad = read_points_csv(file("lon,lat\n116.5,north\n").path()).unwrap_err();
        assert!(matches!(bad, AreaFileError::BadRow { row: 2, .. }));
        assert_eq!(read_points_csv(file("a,b\n1,2\n").path()).unwrap_err().code(), "no_columns");
    }
}

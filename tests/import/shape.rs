//! Shapefiles made for a test: by the `shapefile` crate, which is not what reads them.

use std::io::{Cursor, Write};
use std::path::Path;

use encoding_rs::{Encoding, GBK};
use shapefile::record::EsriShape;
use shapefile::{
    Multipoint, NO_DATA, Point, PointM, PointZ, Polygon, PolygonM, PolygonRing, Polyline,
    PolylineM, Shape, ShapeWriter,
};

/// CGCS2000 degrees, as ArcGIS writes them.
pub const DEGREES: &str = r#"GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
/// The 3-degree zone of 117°E.
pub const ZONE: &str = r#"PROJCS["CGCS2000_3_Degree_GK_CM_117E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;

/// The bytes of a `.shp` whose shapes are all of the type of the first.
pub fn shp(shapes: Vec<Shape>) -> Vec<u8> {
    match shapes.first().unwrap() {
        Shape::Point(_) => written::<Point>(shapes),
        Shape::PointM(_) => written::<PointM>(shapes),
        Shape::PointZ(_) => written::<PointZ>(shapes),
        Shape::Multipoint(_) => written::<Multipoint>(shapes),
        Shape::Polyline(_) => written::<Polyline>(shapes),
        Shape::PolylineM(_) => written::<PolylineM>(shapes),
        Shape::Polygon(_) => written::<Polygon>(shapes),
        Shape::PolygonM(_) => written::<PolygonM>(shapes),
        other => unreachable!("no test needs {other}"),
    }
}

fn written<S: EsriShape + TryFrom<Shape, Error: std::fmt::Debug>>(shapes: Vec<Shape>) -> Vec<u8> {
    let shapes: Vec<S> = shapes.into_iter().map(|shape| S::try_from(shape).unwrap()).collect();
    let mut out = Cursor::new(Vec::new());
    ShapeWriter::new(&mut out).write_shapes(&shapes).unwrap();
    out.into_inner()
}

pub fn point(x: f64, y: f64) -> Shape {
    Shape::Point(Point::new(x, y))
}

pub fn point_z(x: f64, y: f64) -> Shape {
    Shape::PointZ(PointZ::new(x, y, 40.0, NO_DATA))
}

/// A square with a square hole.
pub fn square_with_hole(x: f64, y: f64) -> Shape {
    let ring = |low: f64, high: f64| {
        [(low, low), (low, high), (high, high), (high, low), (low, low)]
            .into_iter()
            .map(|(a, b)| Point::new(x + a, y + b))
            .collect::<Vec<_>>()
    };
    Shape::Polygon(Polygon::with_rings(vec![
        PolygonRing::Outer(ring(0.0, 0.03)),
        PolygonRing::Inner(ring(0.01, 0.02)),
    ]))
}

/// The bytes of a `.dbf` in GBK: a text field of this width under each heading, no language byte.
pub fn dbf(headings: &[(&str, u8)], rows: &[&[&str]]) -> Vec<u8> {
    dbf_in(GBK, 0, headings, rows)
}

/// The same in another encoding, with this language byte.
pub fn dbf_in(
    encoding: &'static Encoding,
    language: u8,
    headings: &[(&str, u8)],
    rows: &[&[&str]],
) -> Vec<u8> {
    let record: usize = 1 + headings.iter().map(|(_, width)| usize::from(*width)).sum::<usize>();
    let header = 32 + 32 * headings.len() + 1;
    let mut out = vec![3, 126, 11, 24];
    out.extend((rows.len() as u32).to_le_bytes());
    out.extend((header as u16).to_le_bytes());
    out.extend((record as u16).to_le_bytes());
    out.resize(29, 0);
    out.extend([language, 0, 0]);
    for (name, width) in headings {
        let mut field = encoding.encode(name).0.into_owned();
        // Ten bytes and a zero, whatever they cut apart.
        field.truncate(10);
        field.resize(11, 0);
        field.extend([b'C', 0, 0, 0, 0, *width, 0]);
        field.resize(32, 0);
        out.extend(field);
    }
    out.push(0x0d);
    for row in rows {
        out.push(b' ');
        for (cell, (_, width)) in row.iter().zip(headings) {
            let mut bytes = encoding.encode(cell).0.into_owned();
            bytes.resize(usize::from(*width), b' ');
            out.extend(bytes);
        }
    }
    out.push(0x1a);
    out
}

/// Writes the files of a shapefile beside each other.
pub fn write(folder: &Path, stem: &str, parts: &[(&str, Vec<u8>)]) -> std::path::PathBuf {
    for (ending, bytes) in parts {
        std::fs::write(folder.join(format!("{stem}.{ending}")), bytes).unwrap();
    }
    folder.join(format!("{stem}.shp"))
}

/// A zip archive of these files.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

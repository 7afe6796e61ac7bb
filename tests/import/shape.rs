//! Shapefiles made for a test: by the `shapefile` crate, which is not what reads them.

use std::io::{Cursor, Write};
use std::path::Path;

use encoding_rs::GBK;
use shapefile::{NO_DATA, Point, PointZ, Polygon, PolygonRing, Shape, ShapeWriter};

/// CGCS2000 degrees, as ArcGIS writes them.
pub const DEGREES: &str = r#"GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
/// The 3-degree zone of 117°E.
pub const ZONE: &str = r#"PROJCS["CGCS2000_3_Degree_GK_CM_117E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;

/// The bytes of a `.shp`.
pub fn shp(shapes: Vec<Shape>) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let writer = ShapeWriter::new(&mut out);
    match shapes.first().unwrap() {
        Shape::Point(_) => writer.write_shapes(&points(shapes)).unwrap(),
        Shape::Polygon(_) => writer.write_shapes(&polygons(shapes)).unwrap(),
        Shape::PointZ(_) => writer.write_shapes(&points_z(shapes)).unwrap(),
        other => unreachable!("no test needs {other}"),
    }
    out.into_inner()
}

fn points(shapes: Vec<Shape>) -> Vec<Point> {
    shapes
        .into_iter()
        .filter_map(|s| if let Shape::Point(p) = s { Some(p) } else { None })
        .collect()
}

fn points_z(shapes: Vec<Shape>) -> Vec<PointZ> {
    let z = |s| if let Shape::PointZ(p) = s { Some(p) } else { None };
    shapes.into_iter().filter_map(z).collect()
}

fn polygons(shapes: Vec<Shape>) -> Vec<Polygon> {
    let of = |s| if let Shape::Polygon(p) = s { Some(p) } else { None };
    shapes.into_iter().filter_map(of).collect()
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
    let record: usize = 1 + headings.iter().map(|(_, width)| usize::from(*width)).sum::<usize>();
    let header = 32 + 32 * headings.len() + 1;
    let mut out = vec![3, 126, 11, 24];
    out.extend((rows.len() as u32).to_le_bytes());
    out.extend((header as u16).to_le_bytes());
    out.extend((record as u16).to_le_bytes());
    out.resize(32, 0);
    for (name, width) in headings {
        let mut field = GBK.encode(name).0.into_owned();
        field.resize(11, 0);
        field.extend([b'C', 0, 0, 0, 0, *width, 0]);
        field.resize(32, 0);
        out.extend(field);
    }
    out.push(0x0d);
    for row in rows {
        out.push(b' ');
        for (cell, (_, width)) in row.iter().zip(headings) {
            let mut bytes = GBK.encode(cell).0.into_owned();
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

//! Where the rows of a layer lie: in which columns, in which coordinate reference system, which axis first.

use geo::CoordsIter;
use geo_types::{Coord, Geometry, Point, Rect};

use super::ask::RowNote;
use super::fault::ReadFault;
use super::recognise::{ColumnPlan, Role};
use super::source::{LayerHead, RawRow, Shape};
use crate::base::Message;
use crate::model::Value;
use crate::spatial::crs::{self, Axes, Crs};
use crate::spatial::wkb::read_wkb;

/// Bytes of a coordinate in degrees, minutes and seconds, however it is written out.
const MAX_COORDINATE: usize = 200;

/// Where a row's coordinates stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// The file has geometries.
    Shape,
    /// In two columns.
    Columns(u32, u32),
    /// Both in one column.
    Joined(u32),
    /// As WKT, or WKB in hexadecimal, in one column.
    Text(u32),
    /// There are none.
    Nowhere,
}

/// How the rows of one layer are put on the map.
#[derive(Clone, Debug)]
pub struct Placing {
    /// Where the coordinates stand.
    pub at: Where,
    /// In which system.
    pub crs: Crs,
    /// x and y are exchanged.
    pub swapped: bool,
    /// Most rows lie in China, so that exchanged degrees can be told.
    pub in_china: bool,
}

/// Why a row has no place.
#[derive(Clone, Debug, PartialEq)]
pub enum NoPlace {
    /// Nothing stands there.
    Nothing,
    /// What stands there cannot be read.
    Unreadable(String),
}

/// Degrees of mainland, islands and a margin.
fn in_china(at: Coord<f64>) -> bool {
    (73.0..=136.0).contains(&at.x) && (17.0..=54.5).contains(&at.y)
}

/// Degrees that make sense only if longitude and latitude are exchanged.
pub fn looks_swapped(at: Coord<f64>, among_chinese: bool) -> bool {
    let turned = Coord { x: at.y, y: at.x };
    (at.y.abs() > 90.0 && at.y.abs() <= 180.0 && at.x.abs() <= 90.0)
        || (among_chinese && in_china(turned) && !in_china(at))
}

impl Placing {
    /// Decides for a layer from its first rows. `near` is the extent of what is already known of the county.
    pub fn decide(
        head: &LayerHead,
        plan: &ColumnPlan,
        sample: &[RawRow],
        asked: Option<&str>,
        near: Option<Rect<f64>>,
        notes: &mut Vec<RowNote>,
    ) -> Result<Self, ReadFault> {
        let asked = match asked {
            Some(text) => Some(Crs::parse(text).map_err(|fault| ReadFault::crs(&fault))?),
            None => None,
        };
        let mut placing =
            Self { at: Where::Nowhere, crs: crs::CGCS2000, swapped: false, in_china: false };
        if !plan.kind().has_geometry() {
            return Ok(placing);
        }
        let shapes = sample.iter().any(|row| row.shape != Shape::Absent);
        placing.at = if shapes { Where::Shape } else { in_columns(plan) };
        let coords: Vec<Coord<f64>> = sample
            .iter()
            .filter_map(|row| placing.raw(row).ok()?.coords_iter().next())
            .filter(|c| c.x.is_finite() && c.y.is_finite() && (c.x != 0.0 || c.y != 0.0))
            .collect();
        let degrees = |c: &Coord<f64>| c.x.abs() <= 180.0 && c.y.abs() <= 180.0;
        let most = |n: usize| n * 2 > coords.len();
        let all_degrees = coords.is_empty() || most(coords.iter().filter(|c| degrees(c)).count());
        let contradicts = |crs: &Crs| !coords.is_empty() && crs.is_degrees() != all_degrees;
        if let Some(crs) = asked.as_ref().filter(|crs| contradicts(crs)) {
            // Whoever named the system has to decide: the numbers may as well be the wrong columns.
            return Err(mismatch(crs));
        }
        if asked.is_none()
            && let Some(fault) = &head.crs_fault
        {
            return Err(fault.clone());
        }
        // A file whose numbers cannot be in the system it names is wrong about itself; the numbers stand.
        let (stated, wrong) = match head.crs.clone() {
            Some(crs) if contradicts(&crs) => (None, Some(crs)),
            stated => (stated, None),
        };
        if let Some(crs) = wrong.filter(|_| asked.is_none()) {
            let words =
                if crs.is_degrees() { "crs_mismatch_metres" } else { "crs_mismatch_degrees" };
            notes.push(RowNote::said(0, "crs_mismatch", words).with("crs", crs.label()));
        }
        match asked.or(stated) {
            Some(known) if known.is_degrees() => placing.crs = known,
            Some(known) => {
                placing.crs = known;
                // Headings that name the axes can be wrong as well: magnitudes decide.
                let share = |axes| placing.share_nearby(&coords, axes, near);
                placing.swapped = share(Axes::XNorth) > share(Axes::XEast) + 0.5;
                if placing.swapped {
                    notes.push(RowNote::new(0, "x_is_northing"));
                }
                return Ok(placing);
            }
            None if all_degrees => {}
            None => {
                let pairs: Vec<(f64, f64)> = coords.iter().map(|c| (c.x, c.y)).collect();
                let guess = crs::guess(&pairs, near);
                let likely = guess.as_ref().map(|guess| guess.crs.label());
                let guess = guess.filter(|guess| guess.sure);
                let unknown = || ReadFault::CrsUnknown { layer: head.name.clone(), likely };
                let guess = guess.ok_or_else(unknown)?;
                notes.push(RowNote::new(0, "crs_guessed").with("crs", guess.crs.label()));
                placing.swapped = guess.axes == Axes::XNorth;
                if placing.swapped {
                    notes.push(RowNote::new(0, "x_is_northing"));
                }
                placing.crs = guess.crs;
                return Ok(placing);
            }
        }
        placing.swapped = most(coords.iter().filter(|c| looks_swapped(**c, true)).count());
        if placing.swapped {
            notes.push(RowNote::new(0, "axes_swapped"));
        }
        let turned = coords.iter().map(|c| placing.turn(*c));
        placing.in_china = most(turned.filter(|c| in_china(*c)).count());
        Ok(placing)
    }

    fn share_nearby(&self, coords: &[Coord<f64>], axes: Axes, near: Option<Rect<f64>>) -> f64 {
        let here = |at: &Coord<f64>| match near {
            Some(near) => {
                let margin = near.width().max(near.height()).max(1.0);
                (near.min().x - margin..=near.max().x + margin).contains(&at.x)
                    && (near.min().y - margin..=near.max().y + margin).contains(&at.y)
            }
            None => in_china(*at),
        };
        let places = coords.iter().filter_map(|c| self.crs.to_lonlat(axes.east_north(c.x, c.y)));
        places.filter(here).count() as f64 / coords.len().max(1) as f64
    }

    /// The coordinate with x east and y north.
    pub fn turn(&self, at: Coord<f64>) -> Coord<f64> {
        if self.swapped { Coord { x: at.y, y: at.x } } else { at }
    }

    /// The geometry of a row as it stands in the file, in the file's own system.
    pub fn raw(&self, row: &RawRow) -> Result<Geometry<f64>, NoPlace> {
        let unreadable = |value: &Value| NoPlace::Unreadable(value.to_string());
        match self.at {
            Where::Nowhere => Err(NoPlace::Nothing),
            Where::Shape => match &row.shape {
                Shape::Given(geometry) => Ok(geometry.clone()),
                Shape::Absent => Err(NoPlace::Nothing),
                Shape::Broken(why) => Err(NoPlace::Unreadable(why.clone())),
            },
            Where::Columns(x, y) => {
                let cell = |at| row.cell(at).filter(|v| !super::table::is_blank(v));
                let (Some(x), Some(y)) = (cell(x), cell(y)) else { return Err(NoPlace::Nothing) };
                let x = coordinate(x).ok_or_else(|| unreadable(x))?;
                let y = coordinate(y).ok_or_else(|| unreadable(y))?;
                Ok(Point::new(x, y).into())
            }
            Where::Joined(at) => {
                let cell = row.cell(at).filter(|v| !super::table::is_blank(v));
                let cell = cell.ok_or(NoPlace::Nothing)?;
                joined(&cell.to_string()).ok_or_else(|| unreadable(cell))
            }
            Where::Text(at) => {
                let cell = row.cell(at).filter(|v| !super::table::is_blank(v));
                let cell = cell.ok_or(NoPlace::Nothing)?;
                geometry_text(&cell.to_string())
                    .ok_or_else(|| NoPlace::Unreadable(cell.to_string().chars().take(40).collect()))
            }
        }
    }
}

/// The system asked for has metres and the numbers are degrees, or the other way round.
fn mismatch(asked: &Crs) -> ReadFault {
    let held = if asked.is_degrees() { "metres" } else { "degrees" };
    let message = Message::new(format!("import-crs-mismatch-{held}")).with("crs", asked.label());
    let technical = format!("{} was asked for, the numbers are {held}", asked.label());
    ReadFault::Crs { code: "crs_mismatch".to_owned(), message, technical }
}

fn in_columns(plan: &ColumnPlan) -> Where {
    if let Some(at) = plan.find(Role::Wkt) {
        return Where::Text(at);
    }
    let pairs = [(Role::Lon, Role::Lat), (Role::Easting, Role::Northing), (Role::X, Role::Y)];
    for (x, y) in pairs {
        if let (Some(x), Some(y)) = (plan.find(x), plan.find(y)) {
            return Where::Columns(x, y);
        }
    }
    plan.find(Role::Pair).map_or(Where::Nowhere, Where::Joined)
}

/// A coordinate: a number, or degrees, minutes and seconds under whatever signs.
fn coordinate(value: &Value) -> Option<f64> {
    let text = match value {
        Value::Text(text) => text.trim(),
        other => return other.as_f64(),
    };
    if let Ok(x) = text.parse::<f64>() {
        return Some(x);
    }
    if text.len() > MAX_COORDINATE {
        return None;
    }
    let mut parts = text
        .split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .filter(|part| part.bytes().any(|b| b.is_ascii_digit()))
        .map(|part| part.parse::<f64>().ok());
    let degrees = parts.next()??;
    let minutes = parts.next().unwrap_or(Some(0.0))?;
    let seconds = parts.next().unwrap_or(Some(0.0))?;
    let signs = text.chars().any(|c| !(c.is_ascii_digit() || c == '.' || c == ','));
    if parts.next().is_some() || !signs || minutes >= 60.0 || seconds >= 60.0 || degrees > 180.0 {
        return None;
    }
    let value = degrees + minutes / 60.0 + seconds / 3600.0;
    let negative = text.starts_with('-') || text.ends_with(['S', 'W', 's', 'w']);
    Some(if negative { -value } else { value })
}

/// `116.489,35.733`, also with other signs between.
fn joined(text: &str) -> Option<Geometry<f64>> {
    let text = text.trim().trim_start_matches(['(', '[', '（']).trim_end_matches([')', ']', '）']);
    let mut numbers = text
        .split([',', ' ', ';', '，', '；', '、', '/'])
        .filter(|part| !part.trim().is_empty())
        .map(|part| coordinate(&Value::from(part)));
    let (x, y) = (numbers.next()??, numbers.next()??);
    numbers.next().is_none().then(|| Point::new(x, y).into())
}

/// Well-known text, or well-known binary in hexadecimal as databases print it.
fn geometry_text(text: &str) -> Option<Geometry<f64>> {
    use geozero::ToGeo;
    let text = text.trim();
    let text = match text.split_once(';') {
        Some((srid, rest)) if srid.to_ascii_uppercase().starts_with("SRID") => rest,
        _ => text,
    };
    if text.starts_with("00") || text.starts_with("01") {
        let digits = text.as_bytes().chunks_exact(2);
        let bytes: Option<Vec<u8>> = digits
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        return read_wkb(&bytes?).ok().flatten();
    }
    let mut depth = 0_u32;
    for byte in text.bytes() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        // The parser below calls itself for every level.
        if depth > 8 {
            return None;
        }
    }
    geozero::wkt::Wkt(text).to_geo().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    fn decide(
        columns: [&str; 2],
        rows: &[(&str, &str)],
        asked: Option<&str>,
        near: Option<Rect<f64>>,
    ) -> (Result<Placing, ReadFault>, Vec<String>) {
        let columns: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
        let plan = ColumnPlan::new(Kind::Shelter, &columns, &[]).unwrap();
        let rows: Vec<RawRow> = rows
            .iter()
            .map(|(x, y)| RawRow {
                cells: vec![(0, Value::from(*x)), (1, Value::from(*y))],
                ..RawRow::default()
            })
            .collect();
        let mut notes = Vec::new();
        let placing = Placing::decide(&LayerHead::default(), &plan, &rows, asked, near, &mut notes);
        (placing, notes.into_iter().map(|n| n.code).collect())
    }

    fn county() -> Option<Rect<f64>> {
        Some(Rect::new(Coord { x: 116.3, y: 35.5 }, Coord { x: 116.7, y: 35.95 }))
    }

    #[test]
    fn x_is_the_northing_when_its_numbers_say_so() {
        let rows = [("3956037.6714", "453771.3541"), ("3976384.3733", "469944.0087")];
        let (placing, notes) = decide(["X", "Y"], &rows, Some("EPSG:4548"), None);
        assert!(placing.unwrap().swapped);
        assert_eq!(notes, ["x_is_northing"]);
        let zoned = [("3956037.6714", "39453771.3541"), ("3976384.3733", "39469944.0087")];
        let (placing, notes) = decide(["X坐标", "Y坐标"], &zoned, None, county());
        let placing = placing.unwrap();
        assert_eq!((placing.crs.label().as_str(), placing.swapped), ("EPSG:4527", true));
        assert_eq!(notes, ["crs_guessed", "x_is_northing"]);
    }

    #[test]
    fn numbers_overrule_headings_and_what_a_file_says_of_itself() {
        // Eastings under the heading of northings, and the other way round.
        let rows = [("3956037.6714", "453771.3541"), ("3976384.3733", "469944.0087")];
        for columns in [["横坐标", "纵坐标"], ["easting", "northing"]] {
            let (placing, notes) = decide(columns, &rows, Some("EPSG:4548"), None);
            assert!(placing.unwrap().swapped, "{columns:?}");
            assert_eq!(notes, ["x_is_northing"]);
        }
        let right = [("453771.3541", "3956037.6714")];
        let (placing, notes) = decide(["横坐标", "纵坐标"], &right, Some("EPSG:4548"), None);
        assert!(!placing.unwrap().swapped && notes.is_empty());
        // What people say is not overruled but asked about.
        let degrees = [("116.489", "35.733"), ("116.5", "35.7")];
        let (placing, _) = decide(["x", "y"], &degrees, Some("EPSG:4548"), None);
        assert_eq!(placing.unwrap_err().code(), "crs_mismatch");
        let (placing, _) = decide(["x", "y"], &rows, Some("EPSG:4490"), None);
        assert_eq!(placing.unwrap_err().code(), "crs_mismatch");
    }

    #[test]
    fn eastings_without_zone_and_neighbourhood_have_to_be_asked_for() {
        let (placing, _) = decide(["x", "y"], &[("453771", "3956037")], None, None);
        assert_eq!(placing.unwrap_err().code(), "crs_unknown");
        // Gauss–Krüger or UTM: a kilometre and a half apart, so somebody has to say.
        let (placing, _) = decide(["x", "y"], &[("453771", "3956037")], None, county());
        let likely = Some("EPSG:4548".to_owned());
        assert_eq!(placing.unwrap_err(), ReadFault::CrsUnknown { layer: String::new(), likely });
        let (placing, _) = decide(["x", "y"], &[("39453771", "3956037")], None, None);
        assert_eq!(placing.unwrap().crs.label(), "EPSG:4527");
    }

    #[test]
    fn a_whole_file_of_exchanged_degrees_is_turned() {
        let rows = [("35.7", "116.5"), ("35.8", "116.6")];
        let (placing, notes) = decide(["经度", "纬度"], &rows, None, None);
        let placing = placing.unwrap();
        assert!(placing.swapped && placing.in_china);
        assert_eq!(notes, ["axes_swapped"]);
        assert!(looks_swapped(Coord { x: 35.7, y: 116.5 }, false));
        assert!(!looks_swapped(Coord { x: 47.0, y: 80.0 }, false));
    }

    #[test]
    fn degrees_are_read_under_many_signs() {
        let of = |text: &str| coordinate(&Value::from(text));
        assert_eq!(of("116.5"), Some(116.5));
        assert_eq!(of("116°30′"), Some(116.5));
        assert_eq!(of("东经116度30分36秒"), Some(116.51));
        assert_eq!(of("35 30 0 N"), Some(35.5));
        assert_eq!(of("待测"), None);
        assert_eq!(of("12,5"), None);
        assert_eq!(joined("(116.5，35.7)"), Some(Point::new(116.5, 35.7).into()));
        assert_eq!(geometry_text("POINT(1 2)"), Some(Point::new(1.0, 2.0).into()));
        assert_eq!(geometry_text(&"GEOMETRYCOLLECTION(".repeat(10_000)), None);
    }
}

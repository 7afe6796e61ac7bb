//! Coordinate reference systems: by EPSG number, by WKT or `.prj` text, by name; to and from degrees.

mod epsg;
mod guess;
mod mars;
mod shift;
mod wkt;

use std::fmt;
use std::sync::Arc;

use geo_types::Coord;

use super::measure::MAJOR_AXIS;
use super::tmerc::TransverseMercator;
use crate::base::Message;

pub use guess::{Axes, CrsGuess, guess};
pub use shift::{ShiftEvidence, ShiftVerdict, shift_against_pairs};

/// A coordinate reference system whose coordinates can be turned into degrees of CGCS2000 and back.
///
/// CGCS2000 and WGS 84 differ by less than the accuracy of any county data (below 0.1 m in
/// realisation, 0.1 mm in ellipsoid) and are treated as one.
///
/// ```
/// use geo_types::Coord;
/// use shouye::spatial::crs::Crs;
/// let crs = Crs::parse("EPSG:4548").unwrap();
/// let place = crs.to_lonlat(Coord { x: 453_771.3541, y: 3_956_037.6714 }).unwrap();
/// assert!((place.x - 116.489).abs() < 1e-8 && (place.y - 35.733).abs() < 1e-8);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Crs {
    /// Degrees of longitude and latitude: EPSG 4490 (CGCS2000), 4326 (WGS 84) and their kin.
    LonLat(u32),
    /// Spherical Mercator of web maps, EPSG 3857.
    WebMercator,
    /// Gauss–Krüger, UTM or any other transverse Mercator; with its EPSG number if it has one.
    TransverseMercator(Option<u32>, TransverseMercator),
    /// The shifted degrees of Chinese web maps (火星坐标).
    Gcj02,
    /// Baidu's twice shifted degrees (百度坐标).
    Bd09,
    /// Another projection of a `.prj` file, by its name: Albers or Lambert conic.
    Projected(String, Arc<Projected>),
}

/// A projection done by proj4rs.
pub struct Projected {
    proj: proj4rs::Proj,
    degrees: proj4rs::Proj,
    /// The proj string; two projections are the same if it is.
    definition: String,
}

impl fmt::Debug for Projected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.definition)
    }
}

impl PartialEq for Projected {
    fn eq(&self, other: &Self) -> bool {
        self.definition == other.definition
    }
}

/// Why a coordinate reference system cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CrsFault {
    /// Beijing 54 and Xian 80: the parameters of the datum shift are not public.
    #[error("{name}: the shift from this datum to CGCS2000 is not public")]
    OldDatum {
        /// What it is called.
        name: String,
    },
    /// An EPSG number Shouye does not know.
    #[error("EPSG:{code} is not supported")]
    UnknownEpsg {
        /// The number.
        code: u32,
    },
    /// Text that is neither `EPSG:n`, a known name nor WKT.
    #[error("not a coordinate reference system: {text}")]
    NotACrs {
        /// Its beginning.
        text: String,
    },
    /// WKT of a datum, projection or unit Shouye does not know.
    #[error("{what} is not supported")]
    Unsupported {
        /// The datum, projection or unit.
        what: String,
    },
}

impl CrsFault {
    /// A short code for reports.
    pub fn code(&self) -> &'static str {
        match self {
            Self::OldDatum { .. } => "crs_old_datum",
            Self::UnknownEpsg { .. } => "crs_unknown_epsg",
            Self::NotACrs { .. } => "crs_not_a_crs",
            Self::Unsupported { .. } => "crs_unsupported",
        }
    }

    /// What to tell people, with the next step.
    pub fn message(&self) -> Message {
        match self {
            Self::OldDatum { name } => Message::new("crs-old-datum").with("name", name.as_str()),
            Self::UnknownEpsg { code } => {
                Message::new("crs-unknown-epsg").with("code", code.to_string())
            }
            Self::NotACrs { text } => Message::new("crs-not-a-crs").with("text", text.as_str()),
            Self::Unsupported { what } => {
                Message::new("crs-unsupported").with("what", what.as_str())
            }
        }
    }
}

/// What all data are kept in: CGCS2000 degrees.
pub const CGCS2000: Crs = Crs::LonLat(4490);
/// WGS 84 degrees.
pub const WGS84: Crs = Crs::LonLat(4326);

impl Crs {
    /// Reads `EPSG:4548`, `4548`, `GCJ02`, `BD09`, `CGCS2000`, `WGS84`, an OGC URN or WKT.
    pub fn parse(text: &str) -> Result<Self, CrsFault> {
        let trimmed = text.trim().trim_start_matches('\u{feff}');
        let plain: String = trimmed
            .chars()
            .filter(|c| !matches!(c, ' ' | '-' | '_' | '/'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        match plain.as_str() {
            "GCJ02" | "GCJ" | "MARS" => return Ok(Self::Gcj02),
            "BD09" | "BD09LL" | "BAIDU" => return Ok(Self::Bd09),
            "CGCS2000" | "CHINA2000" => return Ok(CGCS2000),
            "WGS84" | "CRS84" | "LONLAT" | "OGC:CRS84" => return Ok(WGS84),
            "WEBMERCATOR" => return Ok(Self::WebMercator),
            _ => {}
        }
        if trimmed.contains(['[', '(']) {
            return wkt::read(trimmed);
        }
        if plain.starts_with("URN:OGC:DEF:CRS:OGC") && plain.ends_with("CRS84") {
            return Ok(WGS84);
        }
        let number = match plain.rsplit_once(':') {
            Some((head, number)) if head.contains("EPSG") => number,
            Some((head, number)) if head.contains("ESRI") => number,
            Some(_) => "",
            None => &plain,
        };
        match number.parse::<u32>() {
            Ok(code) => Self::from_epsg(code),
            Err(_) => Err(CrsFault::NotACrs { text: trimmed.chars().take(60).collect() }),
        }
    }

    /// By EPSG number.
    pub fn from_epsg(code: u32) -> Result<Self, CrsFault> {
        epsg::from_number(code)
    }

    /// From WKT 1, WKT 2 or the text of a `.prj` file.
    pub fn from_wkt(text: &str) -> Result<Self, CrsFault> {
        wkt::read(text)
    }

    /// Short and unique: `EPSG:4548`, `GCJ02`, `BD09`, or the name in the `.prj` file.
    pub fn label(&self) -> String {
        match self {
            Self::LonLat(code) | Self::TransverseMercator(Some(code), _) => format!("EPSG:{code}"),
            Self::WebMercator => "EPSG:3857".to_owned(),
            Self::TransverseMercator(None, tm) => {
                format!("Transverse Mercator {}, {}", tm.meridian, tm.false_easting)
            }
            Self::Gcj02 => "GCJ02".to_owned(),
            Self::Bd09 => "BD09".to_owned(),
            Self::Projected(name, _) => name.clone(),
        }
    }

    /// Whether its coordinates are degrees, true or shifted.
    pub fn is_degrees(&self) -> bool {
        matches!(self, Self::LonLat(_) | Self::Gcj02 | Self::Bd09)
    }

    /// Degrees of longitude and latitude of a coordinate (x east, y north); `None` if it is not on the globe.
    pub fn to_lonlat(&self, at: Coord<f64>) -> Option<Coord<f64>> {
        if !(at.x.is_finite() && at.y.is_finite()) {
            return None;
        }
        let place = match self {
            Self::LonLat(_) => at,
            Self::WebMercator => Coord {
                x: (at.x / MAJOR_AXIS).to_degrees(),
                y: (at.y / MAJOR_AXIS).sinh().atan().to_degrees(),
            },
            Self::TransverseMercator(_, tm) => tm.inverse(at)?,
            Self::Gcj02 => mars::gcj_to_wgs(on_globe(at)?),
            Self::Bd09 => mars::gcj_to_wgs(mars::bd_to_gcj(on_globe(at)?)),
            Self::Projected(_, p) => {
                let mut point = (at.x, at.y, 0.0);
                proj4rs::transform::transform(&p.proj, &p.degrees, &mut point).ok()?;
                Coord { x: point.0.to_degrees(), y: point.1.to_degrees() }
            }
        };
        on_globe(place)
    }

    /// The coordinate (x east, y north) of a place in degrees; `None` where the projection does not reach.
    pub fn from_lonlat(&self, at: Coord<f64>) -> Option<Coord<f64>> {
        let at = on_globe(at)?;
        let there = match self {
            Self::LonLat(_) => at,
            // Beyond these web maps end.
            Self::WebMercator if at.y.abs() > 89.9 => return None,
            Self::WebMercator => Coord {
                x: at.x.to_radians() * MAJOR_AXIS,
                y: at.y.to_radians().tan().asinh() * MAJOR_AXIS,
            },
            Self::TransverseMercator(_, tm) => tm.forward(at)?,
            Self::Gcj02 => mars::wgs_to_gcj(at),
            Self::Bd09 => mars::gcj_to_bd(mars::wgs_to_gcj(at)),
            Self::Projected(_, p) => {
                let mut point = (at.x.to_radians(), at.y.to_radians(), 0.0);
                proj4rs::transform::transform(&p.degrees, &p.proj, &mut point).ok()?;
                Coord { x: point.0, y: point.1 }
            }
        };
        (there.x.is_finite() && there.y.is_finite()).then_some(there)
    }

    /// A projection given as a proj string, for the conic projections of national maps.
    fn projected(name: String, definition: String) -> Result<Self, CrsFault> {
        let make = |text: &str| {
            proj4rs::Proj::from_proj_string(text)
                .map_err(|e| CrsFault::Unsupported { what: format!("{name}: {e}") })
        };
        let proj = make(&definition)?;
        let degrees = make("+proj=longlat +ellps=GRS80 +no_defs")?;
        Ok(Self::Projected(name, Arc::new(Projected { proj, degrees, definition })))
    }
}

impl fmt::Display for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label())
    }
}

/// The place itself if it is on the globe.
fn on_globe(at: Coord<f64>) -> Option<Coord<f64>> {
    (at.x.abs() <= 180.0 && at.y.abs() <= 90.0).then_some(at)
}

#[cfg(test)]
mod tests;

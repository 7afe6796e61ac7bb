//! WKT of a coordinate reference system: WKT 1 of OGC and ESRI (`.prj`), and WKT 2.

use super::{Crs, CrsFault};
use crate::spatial::tmerc::TransverseMercator;

/// No real definition is longer or nested deeper.
const LONGEST: usize = 64 * 1024;
const DEEPEST: usize = 16;

/// `KEYWORD["name", 1.0, CHILD[…]]`.
#[derive(Debug, Default)]
struct Node {
    keyword: String,
    texts: Vec<String>,
    children: Vec<Self>,
}

impl Node {
    fn name(&self) -> &str {
        self.texts.first().map_or("", String::as_str)
    }

    fn child(&self, keywords: &[&str]) -> Option<&Self> {
        self.children.iter().find(|c| keywords.contains(&c.keyword.as_str()))
    }

    /// Anywhere below, first in the order of the text.
    fn find(&self, keywords: &[&str]) -> Option<&Self> {
        self.children.iter().find_map(|c| {
            if keywords.contains(&c.keyword.as_str()) { Some(c) } else { c.find(keywords) }
        })
    }

    fn number(&self, at: usize) -> Option<f64> {
        self.texts.get(at)?.parse().ok().filter(|x: &f64| x.is_finite())
    }

    /// The EPSG number of this very node.
    fn epsg(&self) -> Option<u32> {
        let id = self.child(&["AUTHORITY", "ID"])?;
        if !id.name().eq_ignore_ascii_case("EPSG") {
            return None;
        }
        id.texts.get(1)?.parse().ok()
    }
}

/// Reads a definition.
pub(super) fn read(text: &str) -> Result<Crs, CrsFault> {
    let not_a_crs = || CrsFault::NotACrs { text: text.chars().take(60).collect() };
    if text.len() > LONGEST {
        return Err(not_a_crs());
    }
    let mut root = parse(text).ok_or_else(not_a_crs)?;
    // Layers of wrapping: a compound system, or one bound to a transformation.
    while matches!(root.keyword.as_str(), "COMPD_CS" | "COMPOUNDCRS" | "BOUNDCRS" | "SOURCECRS") {
        let inside = root.children.into_iter().find(|c| {
            matches!(
                c.keyword.as_str(),
                "SOURCECRS"
                    | "PROJCS"
                    | "PROJCRS"
                    | "PROJECTEDCRS"
                    | "GEOGCS"
                    | "GEOGCRS"
                    | "GEODCRS"
                    | "BOUNDCRS"
            )
        });
        root = inside.ok_or_else(not_a_crs)?;
    }
    match root.keyword.as_str() {
        "PROJCS" | "PROJCRS" | "PROJECTEDCRS" => projected(&root),
        "GEOGCS" | "GEOGCRS" | "GEOGRAPHICCRS" | "GEODCRS" | "GEODETICCRS" => geographic(&root),
        _ => Err(not_a_crs()),
    }
}

fn parse(text: &str) -> Option<Node> {
    let mut stack: Vec<Node> = Vec::new();
    let mut word = String::new();
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let mut name = String::new();
                loop {
                    match chars.next()? {
                        '"' if chars.peek() == Some(&'"') => name.push(chars.next()?),
                        '"' => break,
                        other => name.push(other),
                    }
                }
                stack.last_mut()?.texts.push(name);
            }
            '[' | '(' => {
                if stack.len() >= DEEPEST {
                    return None;
                }
                let keyword = word.trim().to_ascii_uppercase();
                word.clear();
                stack.push(Node { keyword, ..Node::default() });
            }
            ',' | ']' | ')' => {
                let bare = word.trim().to_owned();
                word.clear();
                if !bare.is_empty() {
                    stack.last_mut()?.texts.push(bare);
                }
                if c != ',' {
                    let done = stack.pop()?;
                    match stack.last_mut() {
                        Some(parent) => parent.children.push(done),
                        None => return Some(done),
                    }
                }
            }
            other => word.push(other),
        }
    }
    None
}

fn geographic(root: &Node) -> Result<Crs, CrsFault> {
    if let Some(code) = root.epsg() {
        match Crs::from_epsg(code) {
            Err(CrsFault::UnknownEpsg { .. }) => {}
            known => return known,
        }
    }
    let code = datum(root)?;
    greenwich(root)?;
    if let Some(unit) = root.child(&["UNIT", "ANGLEUNIT"])
        && unit.number(1).is_some_and(|size| (size - 1_f64.to_radians()).abs() > 1e-9)
    {
        return Err(CrsFault::Unsupported { what: unit.name().to_owned() });
    }
    Ok(Crs::LonLat(code))
}

/// The EPSG number of the degrees a definition rests on; only datums that are CGCS2000 in effect.
fn datum(root: &Node) -> Result<u32, CrsFault> {
    let names = [
        Some(root),
        root.find(&["GEOGCS", "GEOGCRS", "BASEGEOGCRS", "BASEGEODCRS"]),
        root.find(&["DATUM", "ENSEMBLE", "GEODETICDATUM", "TRF"]),
        root.find(&["SPHEROID", "ELLIPSOID"]),
    ];
    let plain: Vec<String> = names
        .into_iter()
        .flatten()
        .map(|node| {
            node.name()
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|c| c.to_ascii_uppercase())
                .collect()
        })
        .collect();
    let any = |words: &[&str]| plain.iter().any(|name| words.iter().any(|w| name.contains(w)));
    if any(&["XIAN1980", "XIAN80", "IAG75", "IUGG1975"]) {
        return Err(CrsFault::OldDatum { name: "Xian 1980".to_owned() });
    }
    if any(&["BEIJING1954", "BEIJING54", "NEWBEIJING", "KRASSOWSKY", "KRASOVSKY"]) {
        return Err(CrsFault::OldDatum { name: "Beijing 1954".to_owned() });
    }
    if any(&["CGCS2000", "CHINA2000", "CHINAGEODETICCOORDINATESYSTEM2000"]) {
        return Ok(4490);
    }
    if any(&["WGS1984", "WGS84", "WORLDGEODETICSYSTEM1984", "ITRF", "GRS1980AUTHALIC"]) {
        return Ok(4326);
    }
    let what = names.into_iter().flatten().last().map_or("", Node::name);
    Err(CrsFault::Unsupported { what: format!("datum {what}") })
}

fn greenwich(root: &Node) -> Result<(), CrsFault> {
    match root.find(&["PRIMEM", "PRIMEMERIDIAN"]) {
        Some(meridian) if meridian.number(1).is_some_and(|lon| lon != 0.0) => {
            Err(CrsFault::Unsupported { what: format!("prime meridian {}", meridian.name()) })
        }
        _ => Ok(()),
    }
}

fn projected(root: &Node) -> Result<Crs, CrsFault> {
    if let Some(code) = root.epsg() {
        match Crs::from_epsg(code) {
            Err(CrsFault::UnknownEpsg { .. }) => {}
            known => return known,
        }
    }
    datum(root)?;
    greenwich(root)?;
    if let Some(unit) = root.child(&["UNIT", "LENGTHUNIT"])
        && unit.number(1).is_some_and(|size| size != 1.0)
    {
        return Err(CrsFault::Unsupported { what: format!("unit {}", unit.name()) });
    }
    let conversion = root.child(&["CONVERSION"]).unwrap_or(root);
    let method = conversion.child(&["PROJECTION", "METHOD"]).map_or("", Node::name);
    let plain: String = method
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let parameter = |names: &[&str]| {
        conversion.children.iter().filter(|c| c.keyword == "PARAMETER").find_map(|c| {
            let name = c.name().to_ascii_lowercase().replace(' ', "_");
            names.contains(&name.as_str()).then(|| c.number(1)).flatten()
        })
    };
    let meridian = parameter(&[
        "central_meridian",
        "longitude_of_natural_origin",
        "longitude_of_center",
        "longitude_of_false_origin",
        "longitude_of_origin",
    ]);
    let easting = parameter(&["false_easting", "easting_at_false_origin"]).unwrap_or(0.0);
    let northing = parameter(&["false_northing", "northing_at_false_origin"]).unwrap_or(0.0);
    let latitude = parameter(&[
        "latitude_of_origin",
        "latitude_of_natural_origin",
        "latitude_of_false_origin",
        "latitude_of_center",
    ])
    .unwrap_or(0.0);
    let unsupported = || CrsFault::Unsupported { what: format!("projection {method}") };
    match plain.as_str() {
        "transversemercator" | "gausskruger" => {
            let tm = TransverseMercator {
                meridian: meridian.ok_or_else(unsupported)?,
                scale: parameter(&["scale_factor", "scale_factor_at_natural_origin"])
                    .unwrap_or(1.0),
                false_easting: easting,
                false_northing: northing,
            };
            let sane = tm.meridian.abs() <= 180.0 && (0.5..2.0).contains(&tm.scale);
            if latitude != 0.0 || !sane {
                return Err(unsupported());
            }
            Ok(Crs::from_transverse_mercator(tm))
        }
        "mercatorauxiliarysphere" | "popularvisualisationpseudomercator" => Ok(Crs::WebMercator),
        // GDAL writes web Mercator as an ordinary Mercator with a proj string that says otherwise.
        _ if plain.starts_with("mercator")
            && root.name().to_ascii_lowercase().contains("pseudo-mercator") =>
        {
            Ok(Crs::WebMercator)
        }
        _ if plain.starts_with("albers") || plain.starts_with("lambertconformalconic") => {
            let first = parameter(&["standard_parallel_1", "latitude_of_1st_standard_parallel"]);
            let second = parameter(&["standard_parallel_2", "latitude_of_2nd_standard_parallel"]);
            let first = first.ok_or_else(unsupported)?;
            let key = if plain.starts_with("albers") { "aea" } else { "lcc" };
            let definition = format!(
                "+proj={key} +lat_1={first} +lat_2={} +lat_0={latitude} +lon_0={} +x_0={easting} \
                 +y_0={northing} +ellps=GRS80 +units=m +no_defs",
                second.unwrap_or(first),
                meridian.ok_or_else(unsupported)?,
            );
            Crs::projected(root.name().to_owned(), definition)
        }
        _ => Err(unsupported()),
    }
}

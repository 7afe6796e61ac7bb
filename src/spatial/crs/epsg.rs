//! The EPSG numbers that matter in a Chinese county.

use super::{Crs, CrsFault};
use crate::spatial::tmerc::TransverseMercator;

/// The system with this number (EPSG dataset v11; ESRI's own numbers for web Mercator too).
pub(super) fn from_number(code: u32) -> Result<Crs, CrsFault> {
    let gauss =
        |zone: u32, width: u32, prefixed: bool| Crs::gauss_kruger_zone(zone, width, prefixed);
    Ok(match code {
        4490 | 4480 => Crs::LonLat(4490),
        4326 | 4979 => Crs::LonLat(4326),
        3857 | 3785 | 900_913 | 102_100 | 102_113 => Crs::WebMercator,
        4491..=4501 => gauss(code - 4491 + 13, 6, true),
        4502..=4512 => gauss(code - 4502 + 13, 6, false),
        4513..=4533 => gauss(code - 4513 + 25, 3, true),
        4534..=4554 => gauss(code - 4534 + 25, 3, false),
        32_601..=32_660 => utm(code, code - 32_600, 0.0),
        32_701..=32_760 => utm(code, code - 32_700, 10_000_000.0),
        2327..=2390 | 4610 => return Err(old("Xian 1980")),
        2401..=2442 | 4214 | 21_413..=21_423 | 21_453..=21_463 | 21_473..=21_483 => {
            return Err(old("Beijing 1954"));
        }
        4555 | 4568..=4589 | 4652..=4656 | 4766..=4800 | 4812 | 4822 => {
            return Err(old("New Beijing"));
        }
        _ => return Err(CrsFault::UnknownEpsg { code }),
    })
}

fn old(name: &str) -> CrsFault {
    CrsFault::OldDatum { name: name.to_owned() }
}

fn utm(code: u32, zone: u32, false_northing: f64) -> Crs {
    let meridian = f64::from(zone) * 6.0 - 183.0;
    let tm =
        TransverseMercator { meridian, scale: 0.9996, false_easting: 500_000.0, false_northing };
    Crs::TransverseMercator(Some(code), tm)
}

impl Crs {
    /// Gauss–Krüger of CGCS2000 in the 3-degree or 6-degree zone with this number.
    ///
    /// With `prefixed`, eastings begin with the zone number: 39 453 771 instead of 453 771.
    pub fn gauss_kruger_zone(zone: u32, width: u32, prefixed: bool) -> Self {
        let (meridian, first) = if width == 6 { (6 * zone - 3, 13) } else { (3 * zone, 25) };
        let mut tm = TransverseMercator::gauss_kruger(f64::from(meridian));
        if prefixed {
            tm.false_easting += f64::from(zone) * 1e6;
        }
        // Outside 75°E to 135°E the zones exist, but have no number in the EPSG dataset.
        let last = if width == 6 { 23 } else { 45 };
        let base = match (width == 6, prefixed) {
            (true, true) => 4491,
            (true, false) => 4502,
            (false, true) => 4513,
            (false, false) => 4534,
        };
        let code = (first..=last).contains(&zone).then(|| base + zone - first);
        Self::TransverseMercator(code, tm)
    }

    /// Recognises a transverse Mercator of CGCS2000 or WGS 84 that has an EPSG number.
    pub(super) fn from_transverse_mercator(tm: TransverseMercator) -> Self {
        let same = |crs: &Self| matches!(crs, Self::TransverseMercator(_, other) if *other == tm);
        (4491..=4554)
            .rev()
            .chain(32_601..=32_660)
            .chain(32_701..=32_760)
            .filter_map(|code| from_number(code).ok())
            .find(same)
            .unwrap_or(Self::TransverseMercator(None, tm))
    }
}

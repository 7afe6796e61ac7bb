//! Reads places, lengths and areas from the command line.

use std::path::Path;

use geo_types::Coord;

use super::fault::{Fault, path_text};
use crate::base::{Message, Metres};
use crate::io;
use crate::spatial::{Area, AreaFault};

/// Reads `LON,LAT` in degrees.
pub fn lonlat(text: &str) -> Result<Coord<f64>, Fault> {
    let wrong = |id: &'static str| {
        Fault::usage(Message::new(id).with("text", text)).hint(Message::new("cli-at-hint"))
    };
    // A Chinese keyboard writes the full-width comma.
    let mut parts = text.split([',', '\u{ff0c}']).map(|part| part.trim().parse::<f64>());
    let (Some(Ok(lon)), Some(Ok(lat)), None) = (parts.next(), parts.next(), parts.next()) else {
        return Err(wrong("cli-at-unreadable"));
    };
    let on_globe = |lon: f64, lat: f64| lon.abs() <= 180.0 && lat.abs() <= 90.0;
    if on_globe(lon, lat) {
        Ok(Coord { x: lon, y: lat })
    } else if on_globe(lat, lon) {
        Err(wrong("cli-at-swapped"))
    } else {
        Err(wrong("cli-at-off-globe"))
    }
}

/// Reads a length in metres, at least 0.
pub fn metres(option: &'static str, text: &str) -> Result<Metres, Fault> {
    match text.trim().parse::<f64>() {
        Ok(x) if x.is_finite() && x >= 0.0 => Ok(Metres(x)),
        _ => Err(Fault::usage(
            Message::new("cli-metres-unreadable").with("option", option).with("text", text),
        )
        .hint(Message::new("cli-metres-hint"))),
    }
}

/// Reads a direction in degrees clockwise from north, 0 to 360.
pub fn degrees(option: &'static str, text: &str) -> Result<f64, Fault> {
    match text.trim().parse::<f64>() {
        Ok(x) if (0.0..=360.0).contains(&x) => Ok(x),
        _ => Err(Fault::usage(
            Message::new("cli-degrees-unreadable").with("option", option).with("text", text),
        )
        .hint(Message::new("cli-degrees-hint"))),
    }
}

/// A danger area from a file.
pub fn area_of_file(file: &Path) -> Result<Area, Fault> {
    Area::new(io::read_area(file)?).map_err(|fault| area_fault(fault, &path_text(file)))
}

/// A circular area.
pub fn circle(centre: Coord<f64>, radius: Metres) -> Result<Area, Fault> {
    if radius.0 <= 0.0 {
        return Err(Fault::usage(
            Message::new("cli-metres-unreadable").with("option", "--within").with("text", "0"),
        )
        .hint(Message::new("cli-metres-hint")));
    }
    Area::circle(centre, radius).map_err(|fault| area_fault(fault, "--at --within"))
}

fn area_fault(fault: AreaFault, place: &str) -> Fault {
    let id = match fault {
        AreaFault::Empty => "cli-area-empty",
        AreaFault::OffTheGlobe => "cli-area-off-globe",
    };
    Fault::new("invalid_area", Message::new(id).with("file", place))
        .hint(Message::new("cli-area-hint"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_wrong_ones_named() {
        assert_eq!(lonlat("116.489, 35.733").unwrap(), Coord { x: 116.489, y: 35.733 });
        assert_eq!(lonlat("-71.06\u{ff0c}-42.36").unwrap(), Coord { x: -71.06, y: -42.36 });
        let id = |text: &str| lonlat(text).unwrap_err().message.id;
        assert_eq!(id("35.733,116.489"), "cli-at-swapped");
        assert_eq!(id("500,600"), "cli-at-off-globe");
        for text in ["116", "1,2,3", "a,b", "NaN,3", "", ","] {
            assert!(lonlat(text).is_err(), "{text}");
        }
    }

    #[test]
    fn directions_go_once_round() {
        assert_eq!(degrees("--wind", " 360").unwrap(), 360.0);
        for text in ["-1", "361", "NaN", "north"] {
            assert_eq!(degrees("--wind", text).unwrap_err().exit_code(), 2);
        }
    }

    #[test]
    fn lengths_are_finite_and_not_negative() {
        assert_eq!(metres("--within", "1500").unwrap(), Metres(1500.0));
        for text in ["-1", "NaN", "inf", "far"] {
            assert_eq!(metres("--within", text).unwrap_err().exit_code(), 2);
        }
    }
}

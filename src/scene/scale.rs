//! The scale bar and the coordinates beside it.

use geo_types::Coord;

use super::metres_per_pixel;
use crate::base::Metres;

/// A scale bar: a round ground length and how many pixels it takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleBar {
    /// Ground length: 1, 2 or 5 times a power of ten.
    pub length: Metres,
    /// Length on the screen.
    pub pixels: f32,
}

impl ScaleBar {
    /// The longest round bar of at most `room` pixels at a latitude and zoom.
    pub fn fitting(latitude: f64, zoom: f64, room: f32) -> Self {
        let metre = metres_per_pixel(latitude, zoom);
        let most = f64::from(room.max(1.0)) * metre;
        let power = 10_f64.powf(most.log10().floor());
        let round = [5.0, 2.0, 1.0].into_iter().map(|m| m * power).find(|l| *l <= most);
        let length = round.unwrap_or(power);
        Self { length: Metres(length), pixels: (length / metre) as f32 }
    }

    /// `500 m`, `2 km`.
    pub fn text(&self) -> String {
        length_text(self.length)
    }
}

/// A length in the unit people would use: whole metres below one kilometre, else kilometres with
/// at most one decimal.
pub fn length_text(length: Metres) -> String {
    let m = length.0;
    if m < 1.0 {
        format!("{m:.1} m")
    } else if m < 999.5 {
        format!("{m:.0} m")
    } else {
        let km = m / 1000.0;
        let text = if km < 99.95 { format!("{km:.1}") } else { format!("{km:.0}") };
        format!("{} km", text.trim_end_matches(".0"))
    }
}

/// Degrees as everywhere on the screen: `116.48900°E 35.73300°N`; five decimals are about a metre.
pub fn coordinate_text(at: Coord<f64>) -> String {
    let east = if at.x < 0.0 { 'W' } else { 'E' };
    let north = if at.y < 0.0 { 'S' } else { 'N' };
    format!("{:.5}°{east} {:.5}°{north}", at.x.abs(), at.y.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_round_and_fit() {
        // At 35.733 N one pixel of zoom 12 is 38.2185 * cos(35.733) = 31.02 m, so 120 px hold 3.7 km.
        let bar = ScaleBar::fitting(35.733, 12.0, 120.0);
        assert_eq!(bar.text(), "2 km");
        assert!((bar.pixels - 64.46).abs() < 0.05, "{}", bar.pixels);
        for zoom in 4..22 {
            let bar = ScaleBar::fitting(35.733, f64::from(zoom) + 0.3, 120.0);
            assert!(bar.pixels <= 120.0 && bar.pixels >= 120.0 / 2.5 - 0.01);
        }
    }

    #[test]
    fn lengths_read_naturally() {
        let text = |m: f64| length_text(Metres(m));
        assert_eq!(text(0.5), "0.5 m");
        assert_eq!(text(500.0), "500 m");
        assert_eq!(text(999.7), "1 km");
        assert_eq!(text(2345.0), "2.3 km");
        assert_eq!(text(50_000.0), "50 km");
        assert_eq!(text(123_456.0), "123 km");
    }

    #[test]
    fn coordinates_name_their_hemisphere() {
        assert_eq!(coordinate_text(Coord { x: 116.489, y: 35.733 }), "116.48900°E 35.73300°N");
        assert_eq!(coordinate_text(Coord { x: -0.123456, y: -7.5 }), "0.12346°W 7.50000°S");
    }
}

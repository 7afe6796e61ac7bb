//! Travel times in words: minutes and their range, vehicles, and what stands in the way.

use super::Locale;
use crate::base::{Message, Metres};
use crate::network::CostTable;

/// A travel time: half of all journeys are faster than the first, nine of ten than the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TravelTime {
    /// P50 in seconds.
    pub p50_s: u32,
    /// P90 in seconds.
    pub p90_s: u32,
}

impl TravelTime {
    /// From a time that contains a fixed part, such as turnout, and the spread of the rest.
    pub fn spread(p50_s: u32, fixed_s: u32, p90: f64) -> Self {
        let driving = f64::from(p50_s.saturating_sub(fixed_s));
        // `as` saturates.
        let p90_s = fixed_s.saturating_add((driving * p90.max(1.0)).round() as u32);
        Self { p50_s, p90_s: p90_s.max(p50_s) }
    }

    /// The time itself: `6 分 40 秒`.
    pub fn message(self) -> Message {
        duration(self.p50_s)
    }

    /// The estimate in whole minutes: `7–9 分`.
    pub fn range(self) -> Message {
        let low = (self.p50_s + 30) / 60;
        let high = self.p90_s.div_ceil(60).max(low);
        if high == 0 {
            Message::new("travel-range-short")
        } else if low == high {
            Message::new("travel-range-one").with("minutes", high)
        } else {
            Message::new("travel-range").with("low", low).with("high", high)
        }
    }
}

/// A time in words: seconds below a minute, no seconds from an hour on.
pub fn duration(seconds: u32) -> Message {
    let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
    match (hours, minutes) {
        (0, 0) => Message::new("travel-seconds").with("seconds", seconds),
        (0, _) => {
            Message::new("travel-minutes").with("minutes", minutes).with("seconds", seconds % 60)
        }
        _ => Message::new("travel-hours").with("hours", hours).with("minutes", minutes),
    }
}

/// Keys of the vehicles there are, in the order of the table.
pub fn vehicles() -> Vec<&'static str> {
    CostTable::usual().vehicle.iter().map(|vehicle| vehicle.key.as_str()).collect()
}

/// What a vehicle is called; one that somebody has added keeps its key.
pub fn vehicle_label(locale: &Locale, key: &str) -> String {
    let id = format!("roads-vehicle-{key}");
    if locale.has(&id) { locale.tr(&id) } else { key.to_owned() }
}

/// Why there is no way: the barrier that cuts it, or that there never was one.
pub fn no_way(barriers: &[String]) -> Message {
    match barriers {
        [] => Message::new("roads-no-way"),
        [first] => Message::new("roads-cut-by").with("name", barrier_name(first)),
        [first, rest @ ..] => Message::new("roads-cut-by-more")
            .with("name", barrier_name(first))
            .with("more", rest.len()),
    }
}

/// The name of a road, or words for one without.
pub fn road_name(name: &str) -> Message {
    if name.is_empty() {
        Message::new("roads-unnamed-road")
    } else {
        Message::new("place-named").with("name", name)
    }
}

/// What a barrier is called, although it may have no name.
pub fn barrier_name(name: &str) -> Message {
    if name.is_empty() {
        Message::new("roads-unnamed-barrier")
    } else {
        Message::new("place-named").with("name", name)
    }
}

/// Points out that a place lies far from every road.
pub fn far_message(locale: &Locale, far: Metres) -> Message {
    Message::new("roads-far").with("distance", locale.distance(far))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Lang;

    #[test]
    fn times_read_like_words() {
        let (zh, en) = (Locale::new(Lang::Zh), Locale::new(Lang::En));
        assert_eq!(zh.text(&duration(400)), "6 分 40 秒");
        assert_eq!(zh.text(&duration(40)), "40 秒");
        assert_eq!(en.text(&duration(3660)), "1 h 1 min");
        let time = TravelTime::spread(400, 0, 1.35);
        assert_eq!(zh.text(&time.range()), "7–9 分");
        // Turnout does not spread.
        assert_eq!(TravelTime::spread(400, 60, 1.5).p90_s, 570);
        assert_eq!(zh.text(&TravelTime::spread(118, 118, 2.0).range()), "约 2 分");
    }

    #[test]
    fn every_vehicle_has_a_word_in_both_languages() {
        for lang in Lang::ALL {
            let locale = Locale::new(lang);
            for key in vehicles() {
                assert!(locale.has(&format!("roads-vehicle-{key}")), "{key}");
            }
        }
    }
}

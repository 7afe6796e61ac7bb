//! The figures of one course of events, ready for reckoning.

use super::MovementAsk;
use super::figures::{Estimate, Figures};

/// Every key of the table.
#[cfg(test)]
pub(super) const KEYS: [&str; 17] = [
    "notify_min",
    "prepare_min",
    "tail_share",
    "mobilise_min",
    "load_min",
    "unload_min",
    "buses",
    "bus_seats",
    "car_people",
    "car_share",
    "bus_cars",
    "walk_m",
    "walk_most_m",
    "evacuation_factor",
    "congestion",
    "congestion_power",
    "step_s",
];

/// The weight of a car on a road.
pub(super) const CAR: u32 = 1000;

/// Times in milliseconds after the order, loads in persons, weights in thousandths of a car.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) notified_ms: u32,
    /// The scale of the Rayleigh curve.
    sigma_ms: f64,
    tail: f64,
    pub(super) mobilised_ms: u32,
    pub(super) load_ms: u32,
    pub(super) unload_ms: u32,
    pub(super) buses: u32,
    pub(super) seats: u64,
    pub(super) car_people: f64,
    pub(super) car_share: f64,
    pub(super) bus: u32,
    pub(super) walk_m: f64,
    pub(super) walk_most_m: f64,
    pub(super) factor: f64,
    pub(super) congestion: (f64, f64),
    pub(super) step_ms: u32,
}

impl Setting {
    pub(super) fn new(ask: &MovementAsk, estimate: Estimate) -> Self {
        let figures = Figures::usual();
        let value = |key: &str| figures.value(key, estimate);
        // `as` saturates.
        let ms = |minutes: f64| (minutes * 60_000.0).round().max(0.0) as u32;
        let minutes = |key: &str| ms(value(key));
        let notify = ask.notify_min.map_or_else(|| minutes("notify_min"), ms);
        let prepare = ask.prepare_min.unwrap_or_else(|| value("prepare_min"));
        Self {
            notified_ms: notify,
            // Half are ready after σ·√(2 ln 2).
            sigma_ms: prepare.max(0.0) * 60_000.0 / (2.0 * std::f64::consts::LN_2).sqrt(),
            tail: value("tail_share").clamp(0.01, 0.999_999),
            mobilised_ms: minutes("mobilise_min"),
            load_ms: minutes("load_min"),
            unload_ms: minutes("unload_min"),
            buses: ask.buses.unwrap_or(value("buses") as u32),
            seats: ask.seats.map_or(value("bus_seats") as u64, u64::from),
            car_people: value("car_people").max(1.0),
            car_share: ask.car_share.unwrap_or_else(|| value("car_share")).clamp(0.0, 1.0),
            bus: (value("bus_cars") * f64::from(CAR)).round() as u32,
            walk_m: value("walk_m"),
            walk_most_m: value("walk_most_m"),
            factor: value("evacuation_factor"),
            congestion: (value("congestion"), value("congestion_power")),
            step_ms: (value("step_s") * 1000.0).round().max(1000.0) as u32,
        }
    }

    /// Share of the people who are ready at a time: a Rayleigh curve from the warning on, cut where nearly all
    /// are ready.
    pub(super) fn ready(&self, at_ms: u32) -> f64 {
        let Some(since) = at_ms.checked_sub(self.notified_ms) else { return 0.0 };
        if self.sigma_ms <= 0.0 {
            return 1.0;
        }
        let t = f64::from(since) / self.sigma_ms;
        ((1.0 - (-t * t / 2.0).exp()) / self.tail).min(1.0)
    }

    /// When the last are ready.
    pub(super) fn all_ready_ms(&self) -> u32 {
        let t = self.sigma_ms * (-2.0 * (1.0 - self.tail).ln()).sqrt();
        self.notified_ms.saturating_add(t.ceil() as u32)
    }

    /// When a share of the people is ready.
    pub(super) fn ready_ms(&self, share: f64) -> u32 {
        let left = 1.0 - share.clamp(0.0, 1.0) * self.tail;
        let t = self.sigma_ms * (-2.0 * left.ln()).sqrt();
        self.notified_ms.saturating_add(t.ceil() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_are_ready_after_the_usual_time_and_all_at_the_end() {
        let setting = Setting::new(&MovementAsk::default(), Estimate::Likely);
        let minute = 60_000;
        assert_eq!(setting.ready(20 * minute), 0.0);
        // 20 min to be warned and 30 to get ready; the curve is cut at 99 %.
        assert!((setting.ready(50 * minute) - 0.5 / 0.99).abs() < 1e-9);
        let end = setting.all_ready_ms();
        assert_eq!(setting.ready(end), 1.0);
        // 30 min / √(2 ln 2) · √(−2 ln 0.01) = 77.33 min.
        assert!((f64::from(end) / 60_000.0 - 20.0 - 77.33).abs() < 0.01);
        assert!(setting.ready(end - minute) < 1.0);
        assert_eq!(setting.ready_ms(1.0), end);
        let at_once =
            MovementAsk { notify_min: Some(0.0), prepare_min: Some(0.0), ..MovementAsk::default() };
        let setting = Setting::new(&at_once, Estimate::High);
        assert_eq!((setting.ready(0), setting.all_ready_ms()), (1.0, 0));
    }
}

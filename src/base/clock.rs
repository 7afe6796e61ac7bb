//! The only place that knows what time it is.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    fn zoned(self) -> Option<jiff::ZonedDateTime> {
        let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(8));
        Some(jiff::Timestamp::from_millisecond(self.0).ok()?.to_zoned_datetime(zone))
    }

    /// The moment of an ISO 8601 text, `2026-11-23T14:20+08:00`; without an offset it is China
    /// standard time.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(moment) = text.parse::<jiff::Timestamp>() {
            return Some(Self(moment.as_millisecond()));
        }
        let civil: jiff::civil::DateTime = text.parse().ok()?;
        let moment = jiff::tz::offset(8).to_timestamp(civil).ok()?;
        Some(Self(moment.as_millisecond()))
    }

    /// Calendar day in China standard time (UTC+8), `2026-11-23`.
    pub fn date(self) -> String {
        self.zoned().map(|z| z.date().to_string()).unwrap_or_default()
    }

    /// Whole days from a calendar day, `2026-11-23`, to this moment, in China standard time.
    pub fn days_since(self, day: &str) -> Option<i64> {
        let then: jiff::civil::Date = day.parse().ok()?;
        Some(i64::from(then.until(self.zoned()?.date()).ok()?.get_days()))
    }

    /// Time of day in China standard time (UTC+8), `14:20:05`.
    pub fn time_of_day(self) -> String {
        self.zoned().map(|z| z.strftime("%H:%M:%S").to_string()).unwrap_or_default()
    }
}

impl fmt::Display for Timestamp {
    /// ISO 8601 with the +08:00 offset.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.zoned() {
            Some(z) => write!(f, "{}", z.strftime("%Y-%m-%dT%H:%M:%S%:z")),
            None => write!(f, "{}", self.0),
        }
    }
}

/// Where "now" comes from; injected, so that tests and exercises decide.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The computer's own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still until it is set.
#[derive(Debug, Default)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock standing at `at`.
    pub fn at(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.0))
    }

    /// Moves the hands to `at`.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.0, Ordering::Relaxed);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_in_china_standard_time() {
        let at = Timestamp(1_790_000_000_000);
        assert_eq!(at.to_string(), "2026-09-21T22:13:20+08:00");
        assert_eq!(at.date(), "2026-09-21");
        assert_eq!(at.time_of_day(), "22:13:20");
        assert_eq!(at.days_since("2026-09-20"), Some(1));
        assert_eq!(at.days_since("2026-10-01"), Some(-10));
        assert_eq!(at.days_since("last year"), None);
    }
}

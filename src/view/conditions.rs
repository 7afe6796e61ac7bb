//! How somebody travels, as the heading of an answer: nobody shall take a dry day's figure for a night's.

use super::Locale;
use super::travel::vehicle_label;
use crate::network::{Conditions, CostTable};

/// Vehicle and conditions of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TravelHeading {
    /// Key of the vehicle.
    pub vehicle: String,
    /// Night, rain, snow.
    pub conditions: Conditions,
}

impl TravelHeading {
    /// `消防车 · 夜间 · 暴雨`; on a dry day it says that too.
    pub fn text(&self, locale: &Locale) -> String {
        let mut parts = vec![vehicle_label(locale, &self.vehicle)];
        parts.extend(self.conditions.keys().map(|key| condition_label(locale, key)));
        if parts.len() == 1 {
            parts.push(locale.tr("condition-none"));
        }
        parts.join(" · ")
    }

    /// Conditions prevail that do not slow whoever travels: people on foot.
    pub fn is_unaffected(&self) -> bool {
        let walks =
            CostTable::usual().vehicle(&self.vehicle).is_some_and(|vehicle| vehicle.walks());
        walks && self.conditions != Conditions::default()
    }
}

/// What a condition is called.
pub fn condition_label(locale: &Locale, key: &str) -> String {
    locale.tr(&format!("condition-{key}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Lang;

    #[test]
    fn a_heading_says_what_prevails_and_that_nothing_does() {
        let heading = |vehicle: &str, night, rain| TravelHeading {
            vehicle: vehicle.to_owned(),
            conditions: Conditions { night, rain, snow: false },
        };
        let (zh, en) = (Locale::new(Lang::Zh), Locale::new(Lang::En));
        assert_eq!(heading("fire-engine", true, true).text(&zh), "消防车 · 夜间 · 暴雨");
        assert_eq!(heading("car", false, false).text(&zh), "小汽车 · 白天，路面干燥");
        assert_eq!(heading("car", true, false).text(&en), "Car · Night");
        assert!(heading("walking", true, false).is_unaffected());
        assert!(!heading("walking", false, false).is_unaffected());
        assert!(!heading("bus", true, false).is_unaffected());
    }
}

//! Checks of what a shelter's own record says: size, exits, water, power, toilets.

use super::{Check, CheckKind, CheckNote, CheckRule, Limit, Outcome, SiteClass};
use crate::model::{CapacityBasis, Feature, Shelter, Value};

/// Holds one figure of the record against its rule.
pub(super) fn check(
    rule: &CheckRule,
    limit: Limit,
    feature: &Feature,
    class: Option<SiteClass>,
) -> Check {
    let kind = rule.key;
    match measure(kind, feature, class) {
        Ok(Measure::Figure(figure)) => {
            let limit = norm(kind, class).map_or(limit, |norm| Limit { fail: Some(norm), ..limit });
            Check::measured(kind, figure, limit, rule.sense)
        }
        Ok(Measure::Stated(outcome)) => Check::stated(kind, outcome),
        Ok(Measure::AtMost(figure)) => {
            let check = Check::measured(kind, figure, limit, rule.sense);
            if check.outcome == Outcome::Fail {
                return check;
            }
            let note = Some(CheckNote::NoDirections);
            Check { outcome: Outcome::NoData, note, ..check }
        }
        Ok(Measure::InOne(figure)) => {
            let check = Check::measured(kind, figure, limit, rule.sense);
            if check.outcome == Outcome::Pass {
                return check;
            }
            Check::unknown(kind, CheckNote::NotRecorded)
        }
        Err(note) => Check::unknown(kind, note),
    }
}

/// What a record says.
enum Measure {
    /// A figure.
    Figure(f64),
    /// A figure that may be less: exits that may lead the same way.
    AtMost(f64),
    /// People in one unit if there were no second one.
    InOne(f64),
    /// Yes or no.
    Stated(Outcome),
}

/// The figure that another table has for it.
fn norm(kind: CheckKind, class: Option<SiteClass>) -> Option<f64> {
    (kind == CheckKind::AreaPerPerson).then(|| class.map(|c| c.stay().area_per_person_m2()))?
}

fn measure(
    kind: CheckKind,
    feature: &Feature,
    class: Option<SiteClass>,
) -> Result<Measure, CheckNote> {
    use Measure::{AtMost, Figure, InOne, Stated};
    let count = |field| feature.count(field).map(|n| n as f64);
    let recorded = |field| count(field).map(Figure).ok_or(CheckNote::NotRecorded);
    let capacity = || {
        let class = class.ok_or(CheckNote::NoClass)?;
        Shelter::of(feature).capacity(class.stay()).ok_or(CheckNote::NoCapacity)
    };
    // Nobody to share among is no figure.
    let people = || match capacity()? {
        (people, _) if people.0 > 0 => Ok(people.0 as f64),
        _ => Err(CheckNote::NoCapacity),
    };
    match kind {
        CheckKind::Exits => match (count("exit_directions"), count("exits")) {
            (Some(directions), _) => Ok(Figure(directions)),
            (None, Some(exits)) => Ok(AtMost(exits)),
            (None, None) => Err(CheckNote::NotRecorded),
        },
        CheckKind::WaterSources => recorded("water_sources"),
        CheckKind::PowerSources => recorded("power_sources"),
        CheckKind::WaterStored => {
            let litres = feature.number("water_l").ok_or(CheckNote::NotRecorded)?;
            let stay = class.ok_or(CheckNote::NoClass)?.stay();
            let days = stay.rule().ok_or(CheckNote::NoClass)?.opening_days;
            Ok(Figure(litres / (people()? * f64::from(days.max(1)))))
        }
        CheckKind::Toilets => {
            let seats = count("toilets").ok_or(CheckNote::NotRecorded)?;
            let people = people()?;
            // Without any seat all people are one too many.
            Ok(if seats > 0.0 { Figure(people / seats) } else { Stated(Outcome::Fail) })
        }
        CheckKind::Accessible => match feature.attributes.get("accessible") {
            Some(Value::Boolean(true)) => Ok(Stated(Outcome::Pass)),
            Some(Value::Boolean(false)) => Ok(Stated(Outcome::Warn)),
            _ => Err(CheckNote::NotRecorded),
        },
        CheckKind::SiteArea => {
            Shelter::of(feature).effective_area_m2().map(Figure).ok_or(CheckNote::NotRecorded)
        }
        CheckKind::CapacityCap => capacity().map(|(people, _)| Figure(people.0 as f64)),
        CheckKind::AreaPerPerson => {
            let area = Shelter::of(feature).effective_area_m2().ok_or(CheckNote::NotRecorded)?;
            match capacity()? {
                (_, CapacityBasis::Declared) => Ok(Figure(area / people()?)),
                // A capacity worked out from the area keeps to the norm by its making.
                (_, CapacityBasis::Area) => Err(CheckNote::NoCapacity),
            }
        }
        CheckKind::RestUnit => {
            let people = people()?;
            match count("rest_units") {
                Some(units) if units > 0.0 => Ok(Figure(people / units)),
                _ => Ok(InOne(people)),
            }
        }
        _ => Err(CheckNote::NotRecorded),
    }
}

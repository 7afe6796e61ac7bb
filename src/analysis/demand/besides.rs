//! People beside the residents of villages: workers on shift, patients, residents of care homes.

use super::TimeOfDay;
use super::rates::{Case, Institution, Rates};
use crate::base::{Cancelled, Feedback, Id, Persons};
use crate::county::County;
use crate::model::{Feature, Kind};
use crate::spatial::Area;

/// A plant or mine in the area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Which one.
    pub id: Id,
    /// Hazard source or mine.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// All its workers; `None` = no data.
    pub workers: Option<Persons>,
    /// On shift, by case; `None` = no data.
    pub on_shift: Option<[Persons; 3]>,
}

/// A hospital or care home in the area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstitutionNeed {
    /// Which one.
    pub id: Id,
    /// Hospital or care home.
    pub kind: Kind,
    /// `patient` or `resident`.
    pub group: &'static str,
    /// Its name.
    pub name: String,
    /// People there; `None` = no data.
    pub people: Option<Persons>,
    /// Of these, in need of a vehicle with help, by case.
    pub with_help: Option<[Persons; 3]>,
}

/// Rows of a kind that the area touches, by id.
fn touched<'a>(
    county: &'a County,
    area: &Area,
    kind: Kind,
    feedback: &Feedback,
) -> Result<Vec<&'a Feature>, Cancelled> {
    let mut out = Vec::new();
    let Some(layer) = county.layer(kind) else { return Ok(out) };
    for item in layer.index().window(area.extent()) {
        feedback.check()?;
        let row = layer.features().get(item as usize);
        let touches = |row: &&Feature| row.geometry.as_ref().is_some_and(|g| area.touches(g));
        out.extend(row.filter(touches));
    }
    Ok(out)
}

/// Plants and mines of the area; those that are shut for good have nobody on shift.
pub(super) fn shifts(
    county: &County,
    area: &Area,
    time: TimeOfDay,
    feedback: &Feedback,
) -> Result<Vec<Shift>, Cancelled> {
    let rates = Rates::usual();
    let rate = match time {
        TimeOfDay::Day => rates.shift_day.range,
        TimeOfDay::Night => rates.shift_night.range,
    };
    let mut out = Vec::new();
    for kind in [Kind::HazardSource, Kind::Mine] {
        for row in touched(county, area, kind, feedback)? {
            let workers = row.count("workers").map(Persons);
            let shut = row.text("status") == Some("closed");
            let on_shift = if shut {
                Some([Persons::ZERO; 3])
            } else {
                workers.map(|workers| Case::ALL.map(|case| part(workers, rate.at(case))))
            };
            out.push(Shift { id: row.id, kind, name: row.name.clone(), workers, on_shift });
        }
    }
    Ok(out)
}

/// Hospitals and care homes of the area.
pub(super) fn institutions(
    county: &County,
    area: &Area,
    feedback: &Feedback,
) -> Result<Vec<InstitutionNeed>, Cancelled> {
    let mut out = Vec::new();
    for rate in &Rates::usual().institution {
        let Some(kind) = Kind::parse(&rate.kind) else { continue };
        for row in touched(county, area, kind, feedback)? {
            let people = present(kind, row);
            out.push(InstitutionNeed {
                id: row.id,
                kind,
                group: &rate.key,
                name: row.name.clone(),
                people,
                with_help: people.map(|people| with_help(people, row, rate)),
            });
        }
    }
    Ok(out)
}

/// Patients are beds that are not free.
fn present(kind: Kind, row: &Feature) -> Option<Persons> {
    match kind {
        Kind::Hospital => Some(Persons(row.count("beds")?) - Persons(row.count("beds_free")?)),
        _ => row.count("residents").map(Persons),
    }
}

fn with_help(people: Persons, row: &Feature, rate: &Institution) -> [Persons; 3] {
    let bedridden = Persons(row.count("bedridden").unwrap_or(0));
    Case::ALL.map(|case| part(people, rate.transport.at(case)).max(bedridden).min(people))
}

fn part(people: Persons, share: f64) -> Persons {
    Persons((people.0 as f64 * share).round() as u64)
}

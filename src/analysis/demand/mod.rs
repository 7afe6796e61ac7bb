//! Demand (转移需求): how many people have to leave an area, where to, by what, and who needs help. Estimated, so
//! in three cases.

mod besides;
mod need;
mod rates;
mod share;

pub use besides::{InstitutionNeed, Shift};
pub use need::Need;
pub use rates::{Case, Group, Institution, Range, Rate, Rates, Walking};
pub use share::apportioned;

use serde::{Deserialize, Serialize};

use crate::analysis::exposure::{ExposedSettlement, exposure};
use crate::base::{Cancelled, Feedback, Id, Persons};
use crate::county::County;
use crate::model::{Kind, Settlement};
use crate::spatial::Area;

/// When people leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeOfDay {
    /// By day: those at work elsewhere are not there.
    Day,
    /// By night: all residents are at home.
    #[default]
    Night,
}

/// The question beside the area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DemandAsk {
    /// When.
    pub time: TimeOfDay,
}

/// A village of the area.
#[derive(Clone, Debug, PartialEq)]
pub struct SettlementDemand {
    /// Which one.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Share of its extent in the area, 0 to 1.
    pub share: f64,
    /// Share of its people notified in person (入户叫应率); `None` = no data.
    pub notified: Option<f64>,
    /// Share of its residents already moved (转移完成率), at most 1; `None` = no data.
    pub moved: Option<f64>,
    /// People by day are estimated from residents.
    pub day_estimated: bool,
    /// What its people in the area need, by [`Case::ALL`]; `None` without a population figure.
    pub needs: Option<[Need; 3]>,
}

/// What the people of an area need.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Demand {
    /// When.
    pub time: TimeOfDay,
    /// Sum over the villages, by [`Case::ALL`].
    pub needs: [Need; 3],
    /// Villages, most residents first, ties by id.
    pub settlements: Vec<SettlementDemand>,
    /// Plants and mines; by day their workers may be among the people of villages.
    pub shifts: Vec<Shift>,
    /// Hospitals and care homes, beside the people of villages.
    pub institutions: Vec<InstitutionNeed>,
    /// Share notified in person over the villages that know it; `None` = none does.
    pub notified: Option<f64>,
    /// Share already moved over the villages that know it; `None` = none does.
    pub moved: Option<f64>,
    /// The county knows no settlements at all, so that nothing can be said of people.
    pub no_settlements: bool,
}

impl Demand {
    /// Villages without a population figure.
    pub fn without_data(&self) -> usize {
        self.settlements.iter().filter(|village| village.needs.is_none()).count()
    }

    /// Villages that do not know how many are notified.
    pub fn without_notified(&self) -> usize {
        self.settlements.iter().filter(|village| village.notified.is_none()).count()
    }

    /// Villages that do not know how many are moved.
    pub fn without_moved(&self) -> usize {
        self.settlements.iter().filter(|village| village.moved.is_none()).count()
    }

    /// Whether something can be said of people.
    pub fn is_known(&self) -> bool {
        let no_figure = !self.settlements.is_empty()
            && self.settlements.iter().all(|village| village.needs.is_none());
        !self.no_settlements && !no_figure
    }
}

/// Works out what the people of an area need.
///
/// A village counts by the share of its extent, as in [`exposure`]. Of those already moved, as large a share is
/// taken to come from the area; in the low case all of them are.
pub fn demand(
    county: &County,
    area: &Area,
    ask: &DemandAsk,
    feedback: &Feedback,
) -> Result<Demand, Cancelled> {
    feedback.check()?;
    let exposed = exposure(county, area, feedback)?;
    let mut out = Demand {
        time: ask.time,
        no_settlements: exposed.no_settlements,
        shifts: besides::shifts(county, area, ask.time, feedback)?,
        institutions: besides::institutions(county, area, feedback)?,
        ..Demand::default()
    };
    let (mut notified, mut moved) = (Mean::default(), Mean::default());
    for village in exposed.settlements {
        feedback.check()?;
        let Some(row) = county.layer(Kind::Settlement).and_then(|layer| layer.by_id(village.id))
        else {
            continue;
        };
        let figures = Settlement::of(row);
        let found = village_of(village, &figures, ask.time);
        for (sum, need) in out.needs.iter_mut().zip(found.needs.iter().flatten()) {
            sum.add(need);
        }
        if let Some(needs) = &found.needs {
            let people = needs[1].people;
            notified.add(found.notified, people);
            moved.add(found.moved, people);
        }
        out.settlements.push(found);
    }
    out.notified = notified.value();
    out.moved = moved.value();
    Ok(out)
}

fn village_of(
    village: ExposedSettlement,
    figures: &Settlement,
    time: TimeOfDay,
) -> SettlementDemand {
    let estimate = time == TimeOfDay::Day && village.people_day.is_none();
    let people = |case: Case| match (time, village.people_day) {
        (TimeOfDay::Night, _) => village.people,
        (TimeOfDay::Day, Some(day)) => Some(day),
        (TimeOfDay::Day, None) => {
            let share = Rates::usual().day_presence.range.at(case);
            village.people.map(|people| Persons((people.0 as f64 * share).round() as u64))
        }
    };
    let moved = |case: Case| {
        let moved = figures.moved.unwrap_or_default();
        let share = if case == Case::Low { 1.0 } else { village.share };
        Persons((moved.0 as f64 * share).round() as u64)
    };
    let need = |case| Some(Need::of(people(case)?, moved(case), figures.vulnerable_share, case));
    let needs = match Case::ALL.map(need) {
        [Some(low), Some(likely), Some(high)] => Some([low, likely, high]),
        _ => None,
    };
    let done = figures.moved.zip(figures.residents).filter(|(_, all)| *all > Persons::ZERO);
    SettlementDemand {
        id: village.id,
        name: village.name,
        share: village.share,
        notified: figures.notified_share,
        moved: done.map(|(moved, all)| (moved.0 as f64 / all.0 as f64).min(1.0)),
        day_estimated: estimate && needs.is_some(),
        needs,
    }
}

/// A mean of shares, weighed by people, over those that are known.
#[derive(Default)]
struct Mean {
    weighed: f64,
    people: f64,
}

impl Mean {
    fn add(&mut self, share: Option<f64>, people: Persons) {
        if let Some(share) = share {
            self.weighed += share * people.0 as f64;
            self.people += people.0 as f64;
        }
    }

    fn value(&self) -> Option<f64> {
        (self.people > 0.0).then(|| self.weighed / self.people)
    }
}

//! Checks of shelters (避难场所核查): site, equipment and size against the standards, each with its clause.
//!
//! What is not recorded is no data and never a pass.

mod class;
mod equipment;
mod rules;
mod surroundings;

pub use class::SiteClass;
pub use rules::{CheckKind, CheckRule, Limit, RuleFigure, Sense, ShelterRules};

use serde::{Deserialize, Serialize};

use crate::base::{Cancelled, Feedback, Id, Message};
use crate::county::County;
use crate::model::{Feature, Kind, StayClass};
use crate::spatial::Area;

/// The question.
#[derive(Clone, Copy, Debug, Default)]
pub struct ShelterCheck<'a> {
    /// Check every shelter for this stay; as the class its ledger gives it without.
    pub stay: Option<StayClass>,
    /// A danger area.
    pub area: Option<&'a Area>,
    /// Where the wind comes from, degrees clockwise from north.
    pub wind_from_deg: Option<f64>,
}

/// How a check comes out, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Below what is required.
    Fail,
    /// To be looked at.
    Warn,
    /// Not recorded, or not asked.
    NoData,
    /// As required.
    Pass,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Fail, Self::Warn, Self::NoData, Self::Pass];

    /// The word for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Warn => "warn",
            Self::NoData => "no_data",
            Self::Pass => "pass",
        }
    }

    /// A sign that does not need colour: × ! – ✓.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Fail => "×",
            Self::Warn => "!",
            Self::NoData => "–",
            Self::Pass => "✓",
        }
    }
}

/// Why a check has no data, or what else is to be known about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckNote {
    /// The county has no layer of what is measured against.
    NoLayer,
    /// The shelter's record does not say.
    NotRecorded,
    /// The shelter's class is not recorded.
    NoClass,
    /// No capacity is declared.
    NoCapacity,
    /// The shelter has no position.
    NoPlace,
    /// No danger area was given.
    NoArea,
    /// No wind was given.
    NoWind,
    /// Exits are counted, their directions are not.
    NoDirections,
    /// A hazard source whose class is not recorded lies too near to say.
    UnknownSource,
    /// The fault is inferred (推测).
    Inferred,
    /// In an old lake basin, or only its edge in water.
    OldBasin,
}

impl CheckNote {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::NoLayer,
        Self::NotRecorded,
        Self::NoClass,
        Self::NoCapacity,
        Self::NoPlace,
        Self::NoArea,
        Self::NoWind,
        Self::NoDirections,
        Self::UnknownSource,
        Self::Inferred,
        Self::OldBasin,
    ];

    /// In words.
    pub fn message(self) -> Message {
        Message::new(match self {
            Self::NoLayer => "check-note-no-layer",
            Self::NotRecorded => "check-note-not-recorded",
            Self::NoClass => "check-note-no-class",
            Self::NoCapacity => "check-note-no-capacity",
            Self::NoPlace => "check-note-no-place",
            Self::NoArea => "check-note-no-area",
            Self::NoWind => "check-note-no-wind",
            Self::NoDirections => "check-note-no-directions",
            Self::UnknownSource => "check-note-unknown-source",
            Self::Inferred => "check-note-inferred",
            Self::OldBasin => "check-note-old-basin",
        })
    }
}

/// One check of one shelter.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What is checked.
    pub kind: CheckKind,
    /// How it comes out.
    pub outcome: Outcome,
    /// What was measured, in the rule's unit.
    pub figure: Option<f64>,
    /// What it is held against: the figure not kept, else the stricter one.
    pub limit: Option<f64>,
    /// What it was measured to.
    pub other: Option<Id>,
    /// Why there is no data, or what else is to be known.
    pub note: Option<CheckNote>,
}

impl Check {
    /// No data, and why.
    fn unknown(kind: CheckKind, note: CheckNote) -> Self {
        let (figure, limit, other) = (None, None, None);
        Self { kind, outcome: Outcome::NoData, figure, limit, other, note: Some(note) }
    }

    /// A yes-or-no check.
    fn stated(kind: CheckKind, outcome: Outcome) -> Self {
        Self { kind, outcome, figure: None, limit: None, other: None, note: None }
    }

    /// A measured figure against its limits.
    fn measured(kind: CheckKind, figure: f64, limit: Limit, sense: Sense) -> Self {
        let beyond = |bound: Option<f64>| {
            bound.is_some_and(|bound| match sense {
                Sense::Least => figure < bound,
                Sense::Most => figure > bound,
            })
        };
        let (outcome, limit) = if beyond(limit.fail) {
            (Outcome::Fail, limit.fail)
        } else if beyond(limit.warn) {
            (Outcome::Warn, limit.warn)
        } else {
            (Outcome::Pass, limit.warn.or(limit.fail))
        };
        Self { kind, outcome, figure: Some(figure), limit, other: None, note: None }
    }
}

/// A shelter and its checks.
#[derive(Clone, Debug, PartialEq)]
pub struct ShelterChecks {
    /// Which one.
    pub id: Id,
    /// Its code.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// What it was checked as; `None` = no data.
    pub class: Option<SiteClass>,
    /// In the order of [`CheckKind::ALL`], without those that do not apply to its class.
    pub checks: Vec<Check>,
}

impl ShelterChecks {
    /// How many checks come out like this.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.checks.iter().filter(|check| check.outcome == outcome).count()
    }
}

/// Checks every shelter; those with most fails first, then most warnings, then most gaps, ties by id.
pub fn shelter_checks(
    county: &County,
    ask: &ShelterCheck<'_>,
    feedback: &Feedback,
) -> Result<Vec<ShelterChecks>, Cancelled> {
    let shelters = county.features(Kind::Shelter);
    let mut out = Vec::with_capacity(shelters.len());
    for (number, shelter) in shelters.iter().enumerate() {
        feedback.check()?;
        feedback.report(number as u64, shelters.len() as u64);
        out.push(checks_of(county, shelter, ask));
    }
    out.sort_by_cached_key(|checked| {
        let [fails, warnings, gaps, _] =
            Outcome::ALL.map(|outcome| std::cmp::Reverse(checked.count(outcome)));
        (fails, warnings, gaps, checked.id)
    });
    Ok(out)
}

/// Checks one shelter.
pub fn checks_of(county: &County, shelter: &Feature, ask: &ShelterCheck<'_>) -> ShelterChecks {
    let class = ask.stay.map(SiteClass::from).or_else(|| SiteClass::of(shelter));
    let site = surroundings::Site::of(county, shelter);
    let mut checks = Vec::new();
    for rule in &ShelterRules::usual().check {
        if class.is_none() && rule.by_class() {
            checks.push(Check::unknown(rule.key, CheckNote::NoClass));
            continue;
        }
        let Some(limit) = rule.limit(class) else { continue };
        let check = match &site {
            _ if !surroundings::about(rule.key) => equipment::check(rule, limit, shelter, class),
            Some(site) => site.check(rule, limit, ask),
            None => Check::unknown(rule.key, CheckNote::NoPlace),
        };
        checks.push(check);
    }
    ShelterChecks {
        id: shelter.id,
        code: shelter.code.clone(),
        name: shelter.name.clone(),
        class,
        checks,
    }
}

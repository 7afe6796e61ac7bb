//! What a check of a shelter shows: a sign, what was measured, what is asked, and the clause.

use crate::analysis::ShelterChecks;
use crate::analysis::shelter_check::{Check, CheckKind, Outcome, Sense, ShelterRules};
use crate::base::Message;
use crate::county::County;
use crate::view::label::name_of;

/// One check in words.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckRow {
    /// What is checked.
    pub kind: CheckKind,
    /// How it comes out.
    pub outcome: Outcome,
    /// What was measured; `None` = nothing.
    pub figure: Option<Message>,
    /// What it is held against.
    pub required: Option<Message>,
    /// Name of what it was measured to; empty if it has none.
    pub other: String,
    /// Why there is no data, or what else is to be known.
    pub note: Option<Message>,
    /// The standard; empty if there is none.
    pub clause: &'static str,
    /// How sure the figures are: `found`, `recalled` or `default`.
    pub mark: &'static str,
}

impl CheckRow {
    /// The name of the check.
    pub fn name(&self) -> Message {
        Message::new(format!("check-{}", self.kind.key()))
    }

    /// How it comes out, in words.
    pub fn outcome_name(&self) -> Message {
        outcome_name(self.outcome)
    }

    /// Everything behind the name that is there: figure, what is asked, to what, note.
    pub fn details(&self) -> Vec<Message> {
        let named = |name: &String| Message::new("check-other").with("name", name.as_str());
        let other = Some(&self.other).filter(|name| !name.is_empty()).map(named);
        [self.figure.clone(), self.required.clone(), other, self.note.clone()]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Clause and mark: a figure that is not from a public source says so.
    pub fn basis(&self) -> Message {
        let mark = Message::new(format!("rule-mark-{}", self.mark));
        if self.clause.is_empty() {
            mark
        } else {
            Message::new("check-basis").with("clause", self.clause).with("mark", mark)
        }
    }
}

/// How a check comes out, in words.
pub fn outcome_name(outcome: Outcome) -> Message {
    Message::new(match outcome {
        Outcome::Fail => "outcome-fail",
        Outcome::Warn => "outcome-warn",
        Outcome::NoData => "outcome-no-data",
        Outcome::Pass => "outcome-pass",
    })
}

/// The checks of a shelter in words, the worst first, else in the order of the table.
pub fn check_rows(county: &County, checked: &ShelterChecks) -> Vec<CheckRow> {
    let mut rows: Vec<CheckRow> =
        checked.checks.iter().filter_map(|check| row(county, check)).collect();
    rows.sort_by_key(|row| row.outcome);
    rows
}

fn row(county: &County, check: &Check) -> Option<CheckRow> {
    let rule = ShelterRules::usual().check(check.kind)?;
    let unit = rule.unit.as_deref();
    let figure = |value: f64| {
        unit.map(|unit| {
            Message::new(format!("check-figure-{unit}"))
                .with("figure", text(unit, value, rule.sense))
        })
    };
    let required = check.limit.and_then(figure).map(|figure| {
        let id = match rule.sense {
            Sense::Least => "check-at-least",
            Sense::Most => "check-at-most",
        };
        Message::new(id).with("figure", figure)
    });
    Some(CheckRow {
        kind: check.kind,
        outcome: check.outcome,
        figure: check.figure.and_then(figure),
        required,
        other: check.other.and_then(|id| county.feature(id)).map(name_of).unwrap_or_default(),
        note: check.note.map(|note| note.message()),
        clause: &rule.clause,
        mark: &rule.mark,
    })
}

/// A figure with the decimals its unit deserves, cut so that it never looks better than it is.
fn text(unit: &str, value: f64, sense: Sense) -> String {
    let decimals: usize = match unit {
        "m2-person" | "l-person-day" => 2,
        "persons-seat" => 1,
        _ => 0,
    };
    let scale = 10_f64.powi(decimals as i32);
    let whole = match sense {
        Sense::Least => (value * scale + 1e-6).floor(),
        Sense::Most => (value * scale - 1e-6).ceil(),
    };
    let fixed = format!("{:.decimals$}", whole / scale + 0.0);
    if fixed.contains('.') {
        fixed.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        fixed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::shelter_check::CheckNote;
    use crate::view::{Lang, Locale};

    #[test]
    fn figures_never_look_better_than_they_are() {
        use Sense::{Least, Most};
        assert_eq!(text("m", 99.97, Least), "99");
        assert_eq!(text("m2-person", 1.996, Least), "1.99");
        assert_eq!(text("m2-person", 2.0, Least), "2");
        assert_eq!(text("persons-seat", 50.04, Most), "50.1");
        assert_eq!(text("persons", 12_000.0, Most), "12000");
        assert_eq!(text("m", 0.0, Least), "0");
    }

    #[test]
    fn everything_a_check_can_say_has_words_in_both_languages() {
        for lang in Lang::ALL {
            let locale = Locale::new(lang);
            let need = |message: &Message| assert!(locale.has(&message.id), "{lang:?} {message:?}");
            for rule in &ShelterRules::usual().check {
                need(&Message::new(format!("check-{}", rule.key.key())));
                need(&Message::new(format!("rule-mark-{}", rule.mark)));
                if let Some(unit) = &rule.unit {
                    need(&Message::new(format!("check-figure-{unit}")));
                }
            }
            CheckNote::ALL.iter().for_each(|note| need(&note.message()));
            Outcome::ALL.iter().for_each(|outcome| need(&outcome_name(*outcome)));
            for class in crate::analysis::shelter_check::SiteClass::ALL {
                need(&Message::new(format!("site-class-{}", class.key())));
            }
        }
    }
}

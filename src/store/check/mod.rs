//! Is the store sound, does it keep the GeoPackage rules, and does the county make sense?

mod county;
mod file;
mod record;

use std::collections::BTreeMap;

use super::Store;
use super::error::StoreError;
use crate::base::{Feedback, Id, Message};

/// So many findings of one code in one layer are told one by one, the rest as a number.
const TOLD: u64 = 100;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The store is not sound.
    Error,
    /// The county contradicts itself: somebody should look at it.
    Warning,
    /// Something is not known.
    Note,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The stable word for scripts, such as `over_capacity`.
    pub code: &'static str,
    /// How much it matters; a store without errors is sound.
    pub severity: Severity,
    /// The layer, by table name.
    pub layer: Option<String>,
    /// The record.
    pub id: Option<Id>,
    /// In words.
    pub message: Message,
}

/// Collects findings, without drowning in a thousand of the same.
#[derive(Default)]
struct Findings {
    told: Vec<Finding>,
    seen: BTreeMap<(&'static str, Option<String>), (Severity, u64)>,
}

impl Findings {
    fn add(
        &mut self,
        severity: Severity,
        code: &'static str,
        layer: Option<&str>,
        id: Option<Id>,
        message: impl FnOnce() -> Message,
    ) {
        let layer = layer.map(str::to_owned);
        let (_, count) = self.seen.entry((code, layer.clone())).or_insert((severity, 0));
        *count += 1;
        if *count <= TOLD {
            self.told.push(Finding { code, severity, layer, id, message: message() });
        }
    }

    fn finish(mut self) -> Vec<Finding> {
        for ((code, layer), (severity, count)) in self.seen {
            if count > TOLD {
                let message = Message::new("store-check-more").with("count", count - TOLD);
                self.told.push(Finding { code, severity, layer, id: None, message });
            }
        }
        self.told.sort_by(|a, b| {
            (a.severity, a.code, &a.layer, a.id.is_none(), a.id).cmp(&(
                b.severity,
                b.code,
                &b.layer,
                b.id.is_none(),
                b.id,
            ))
        });
        self.told
    }
}

impl Store {
    /// Checks everything: pages and keys, the GeoPackage rules, every geometry, that each record is the
    /// sum of its changes, and the rules of the county. Worst first; no error among them = sound.
    pub fn check(&self, feedback: &Feedback) -> Result<Vec<Finding>, StoreError> {
        const STEPS: u64 = 5;
        let fault = |source| self.fault(source);
        let mut findings = Findings::default();
        feedback.report(0, STEPS);
        file::pages(&self.db, &mut findings).map_err(fault)?;
        feedback.check()?;
        feedback.report(1, STEPS);
        file::geopackage(&self.db, &self.layouts, &mut findings).map_err(fault)?;
        feedback.check()?;
        feedback.report(2, STEPS);
        for layout in self.layouts.values() {
            record::rows(&self.db, layout, &mut findings).map_err(fault)?;
            feedback.check()?;
        }
        feedback.report(3, STEPS);
        record::changes(&self.db, &self.layouts, &mut findings).map_err(fault)?;
        feedback.check()?;
        feedback.report(4, STEPS);
        let county = self.read_county(&Feedback::default())?;
        county::rules(&county, &self.clock.now().date(), &mut findings);
        feedback.report(STEPS, STEPS);
        Ok(findings.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hundred_and_first_of_a_kind_is_only_counted() {
        let mut findings = Findings::default();
        for _ in 0..130 {
            findings
                .add(Severity::Note, "no_capacity", Some("shelter"), None, || Message::new("x"));
        }
        findings.add(Severity::Error, "integrity", None, None, || Message::new("y"));
        let told = findings.finish();
        assert_eq!(told.len(), 102);
        assert_eq!(told[0].code, "integrity");
        assert_eq!(
            told.iter().filter(|f| f.message.id == "store-check-more").map(|f| &f.message).next(),
            Some(&Message::new("store-check-more").with("count", 30_u64))
        );
    }
}

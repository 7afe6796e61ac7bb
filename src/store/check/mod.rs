//! Is the store sound, does it keep the GeoPackage rules, and does the county make sense?

mod costing;
mod county;
mod file;
mod record;
mod roads;

use std::collections::BTreeMap;

use super::Store;
use super::error::StoreError;
use crate::base::{Feedback, Id, Message};

/// So many findings of one code in one layer are told one by one, the rest as a number.
const TOLD: u64 = 100;

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The stable word for scripts, such as `over_capacity`.
    pub code: &'static str,
    /// The layer by table name; empty for the whole store.
    pub layer: String,
    /// The record, if it is one.
    pub id: Option<Id>,
    /// In words.
    pub message: Message,
    /// Whether the store is not sound; the rest is about what it says of the county.
    pub is_fault: bool,
}

/// Collects findings, without drowning in a thousand of the same.
#[derive(Default)]
struct Findings {
    told: Vec<Finding>,
    seen: BTreeMap<(&'static str, String), (bool, u64)>,
}

impl Findings {
    /// The store is not sound.
    fn fault(
        &mut self,
        code: &'static str,
        layer: &str,
        id: Option<Id>,
        message: impl FnOnce() -> Message,
    ) {
        self.add(true, code, layer, id, message);
    }

    /// The county contradicts itself, or something is not known.
    fn note(
        &mut self,
        code: &'static str,
        layer: &str,
        id: Option<Id>,
        message: impl FnOnce() -> Message,
    ) {
        self.add(false, code, layer, id, message);
    }

    fn add(
        &mut self,
        is_fault: bool,
        code: &'static str,
        layer: &str,
        id: Option<Id>,
        message: impl FnOnce() -> Message,
    ) {
        let (_, count) = self.seen.entry((code, layer.to_owned())).or_insert((is_fault, 0));
        *count += 1;
        if *count <= TOLD {
            let layer = layer.to_owned();
            self.told.push(Finding { code, layer, id, message: message(), is_fault });
        }
    }

    fn finish(mut self) -> Vec<Finding> {
        for ((code, layer), (is_fault, count)) in self.seen {
            if count > TOLD {
                let message = Message::new("store-check-more").with("count", count - TOLD);
                self.told.push(Finding { code, layer, id: None, message, is_fault });
            }
        }
        self.told.sort_by(|a, b| {
            (!a.is_fault, a.code, &a.layer, a.id.is_none(), a.id).cmp(&(
                !b.is_fault,
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
    /// sum of its changes, and the rules of the county. Faults first; without faults the store is sound.
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
        roads::net(&county, &mut findings);
        let is_unreadable = super::costing::is_unreadable(&self.db).map_err(fault)?;
        costing::figures(county.costing().lost(), is_unreadable, &mut findings);
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
            findings.note("no_capacity", "shelter", None, || Message::new("x"));
        }
        findings.fault("integrity", "", None, || Message::new("y"));
        let told = findings.finish();
        assert_eq!(told.len(), 102);
        assert_eq!(told[0].code, "integrity");
        assert_eq!(
            told.iter().map(|f| &f.message).find(|m| m.id == "store-check-more"),
            Some(&Message::new("store-check-more").with("count", 30_u64))
        );
    }
}

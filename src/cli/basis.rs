//! What travel times rest on beside the roads: conditions, and figures that are the county's own.

use serde::Serialize;

use super::console::Console;
use crate::analysis::roads::Trips;
use crate::base::Message;
use crate::county::County;
use crate::network::{CostTable, Costing};
use crate::view::conditions::TravelHeading;
use crate::view::costing::{figure_name, group_name};

/// `conditions` and `costing` of an answer.
#[derive(Serialize)]
pub struct TimeBasis<'a> {
    conditions: Vec<&'static str>,
    costing: CostingOut<'a>,
    #[serde(skip)]
    heading: TravelHeading,
}

/// Where the figures come from, and which are the county's own.
#[derive(Serialize)]
struct CostingOut<'a> {
    source: &'a str,
    changed: Vec<ChangedOut<'a>>,
}

/// A figure of the county's own.
#[derive(Serialize)]
pub struct ChangedOut<'a> {
    key: &'a str,
    value: f64,
    usual: Option<f64>,
    who: &'a str,
    at: String,
}

impl<'a> TimeBasis<'a> {
    /// What these times rest on.
    pub fn of(county: &'a County, trips: &Trips<'_>) -> Self {
        let costing = county.costing();
        Self {
            conditions: trips.conditions.keys().collect(),
            costing: CostingOut { source: &costing.table().source, changed: changed(costing) },
            heading: TravelHeading {
                vehicle: trips.vehicle.key.clone(),
                conditions: trips.conditions,
            },
        }
    }

    /// Vehicle and conditions, one line above the answer.
    pub fn head(&self, console: &Console) -> String {
        let heading = self.heading.text(&console.locale);
        format!("{}\n", console.say(&Message::new("cli-travel-head").with("heading", heading)))
    }

    /// The county's own figures, a line each, below the sources.
    pub fn text(&self, console: &Console) -> String {
        let lines = self.costing.changed.iter().map(|figure| {
            let group = figure.key.rsplit_once('.').map_or("", |(group, _)| group);
            let name = figure_name(&console.locale, figure.key);
            let line = Message::new("cli-costing-own")
                .with("group", group_name(&console.locale, group))
                .with("name", name)
                .with("value", figure.value.to_string())
                .with("usual", figure.usual.map_or_else(String::new, |usual| usual.to_string()));
            format!("{}\n", console.say(&line))
        });
        lines.collect()
    }
}

/// The county's own figures beside the usual ones.
pub fn changed(costing: &Costing) -> Vec<ChangedOut<'_>> {
    let usual = CostTable::usual().figures();
    let own = costing.own().iter();
    own.map(|figure| ChangedOut {
        key: &figure.key,
        value: figure.value,
        usual: usual.iter().find(|usual| usual.key == figure.key).map(|usual| usual.value),
        who: &figure.who,
        at: figure.at.to_string(),
    })
    .collect()
}

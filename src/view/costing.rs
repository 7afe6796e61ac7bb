//! The table of speeds, factors and turnout times as people see it: by group, with what is the county's own.

use super::Locale;
use super::label::{choice_label, kind_label};
use super::travel::vehicle_label;
use crate::base::Message;
use crate::model::Kind;
use crate::network::{CostTable, Costing, OwnFigure, Quantity};
use crate::session::AppState;

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct CostRow {
    /// `speed.primary`.
    pub key: String,
    /// Its value as it counts.
    pub value: f64,
    /// Its value in the usual table.
    pub usual: f64,
    /// What it measures.
    pub quantity: Quantity,
    /// How sure the usual value is: `found`, `recalled` or `default`.
    pub mark: String,
    /// Who put another value in its place, and when.
    pub own: Option<OwnFigure>,
}

/// Figures that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct CostGroup {
    /// `speed`, `turnout`, or `vehicle.bus`.
    pub key: String,
    /// The figures, in the order of the table.
    pub rows: Vec<CostRow>,
}

/// What the settings show of the costing.
#[derive(Clone, Debug, PartialEq)]
pub struct CostingSummary {
    /// Where the usual figures come from.
    pub source: String,
    /// The figures.
    pub groups: Vec<CostGroup>,
    /// How many are the county's own.
    pub own: usize,
    /// How many of the county's own count nowhere.
    pub lost: usize,
    /// The group that is open.
    pub open: Option<String>,
    /// The figure being typed, and the text.
    pub typed: Option<(String, String)>,
    /// Why what was typed for a figure is refused, and what it may be.
    pub refused: Option<(String, Message)>,
    /// Nothing can be changed: no store is open, or it can only be read.
    pub read_only: bool,
}

/// Builds what the settings show of the costing.
pub fn costing_summary(state: &AppState) -> CostingSummary {
    let costing = state.county.costing();
    let own = &state.costing;
    CostingSummary {
        source: costing.table().source.clone(),
        groups: cost_groups(costing),
        own: costing.own().len(),
        lost: costing.lost().len(),
        open: own.open.clone(),
        typed: own.typed.clone(),
        refused: own.refused.clone(),
        read_only: state.store.read_only || state.store.path.is_none(),
    }
}

/// All figures of a costing by group, in the order of the table.
pub fn cost_groups(costing: &Costing) -> Vec<CostGroup> {
    let usual = CostTable::usual().figures();
    let mut out: Vec<CostGroup> = Vec::new();
    for figure in costing.table().figures() {
        let group = figure.key.rsplit_once('.').map_or("", |(group, _)| group);
        let usual = usual.iter().find(|usual| usual.key == figure.key);
        let row = CostRow {
            value: figure.value,
            usual: usual.map_or(figure.value, |usual| usual.value),
            quantity: figure.quantity,
            mark: figure.mark,
            own: costing.own_figure(&figure.key).cloned(),
            key: figure.key.clone(),
        };
        // A vehicle's figures make a group; so do those of the small groups of one.
        match out.last_mut().filter(|last| last.key == group) {
            Some(last) => last.rows.push(row),
            None => out.push(CostGroup { key: group.to_owned(), rows: vec![row] }),
        }
    }
    out
}

/// What a group is called.
pub fn group_name(locale: &Locale, group: &str) -> String {
    match group.strip_prefix("vehicle.") {
        Some(vehicle) => vehicle_label(locale, vehicle),
        None => locale.tr(&format!("costing-group-{group}")),
    }
}

/// What a figure is called within its group.
pub fn figure_name(locale: &Locale, key: &str) -> String {
    let parts: Vec<&str> = key.split('.').collect();
    match parts[..] {
        ["speed", "link"] => locale.tr("costing-speed-link"),
        ["speed", class] => choice_label(locale, Kind::Road, "road_class", class),
        ["condition", condition] => super::conditions::condition_label(locale, condition),
        ["vehicle", _, field] => locale.tr(&format!("costing-field-{}", field.replace('_', "-"))),
        ["turnout", kind] => {
            Kind::parse(kind).map_or_else(|| kind.to_owned(), |kind| kind_label(locale, kind))
        }
        _ => locale.tr(&format!("costing-{}", key.replace(['.', '_'], "-"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Timestamp;
    use crate::view::Lang;

    #[test]
    fn every_group_and_figure_has_a_name_in_both_languages() {
        for lang in Lang::ALL {
            let locale = Locale::new(lang);
            for group in cost_groups(&Costing::default()) {
                let name = group_name(&locale, &group.key);
                assert!(!name.contains("costing-"), "{name}");
                for row in group.rows {
                    let name = figure_name(&locale, &row.key);
                    let bare =
                        name.contains("costing-") || name == row.key || name.contains("road-class");
                    assert!(!bare, "{lang:?} {}: {name}", row.key);
                    let unit = locale.text(&row.quantity.unit_name());
                    assert!(!unit.contains("costing-"), "{unit}");
                    assert!(locale.has(&format!("mark-{}", row.mark)), "{}", row.mark);
                }
            }
        }
    }

    #[test]
    fn the_countys_own_figures_say_what_is_usual() {
        let own = OwnFigure {
            key: "turnout.hospital".to_owned(),
            value: 240.0,
            who: "li".to_owned(),
            at: Timestamp(7),
        };
        let groups = cost_groups(&Costing::new([own.clone()]));
        let turnout = groups.last().unwrap();
        assert_eq!(turnout.key, "turnout");
        let row = turnout.rows.iter().find(|row| row.key == own.key).unwrap();
        assert_eq!((row.value, row.usual, row.own.as_ref()), (240.0, 180.0, Some(&own)));
    }
}

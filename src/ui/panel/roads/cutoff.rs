//! Villages without a road, the order of reopening, and the bridges that matter.

use egui::{RichText, Ui};

use super::coverage::{people_of, shows};
use crate::base::Message;
use crate::scene::FeatureRef;
use crate::session::state::Drawer;
use crate::session::{AppCommand, Command};
use crate::ui::theme::Theme;
use crate::ui::widget::{cut, figures_ui, part, remark, row_ui, split_row, weak};
use crate::view::roads::{CutOffView, CutRow, LossRow, ReopeningRow};
use crate::view::{Locale, RoadsSummary};

/// Draws the answer.
pub fn cut_off_ui(
    ui: &mut Ui,
    summary: &RoadsSummary,
    view: &CutOffView,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let figure = |count: u64, unit: &str, name: &str| {
        let color = if count > 0 { theme.danger } else { theme.done };
        (locale.count(count), locale.tr(unit), locale.tr(name), color)
    };
    figures_ui(
        ui,
        theme,
        &[
            figure(view.people, "unit-persons", "roads-cut-people"),
            figure(view.village_count as u64, "unit-settlements", "roads-cut-villages"),
        ],
    );
    if view.villages.is_empty() {
        remark(ui, theme, theme.done, locale.tr("roads-cut-none"));
    }
    for row in &view.villages {
        village_ui(ui, row, summary.selected, locale, theme, commands);
    }
    let more = view.village_count.saturating_sub(view.villages.len());
    if more > 0 {
        weak(ui, theme, locale.text(&Message::new("roads-cut-more").with("count", more)));
    }
    if !view.reopening.is_empty() {
        part(ui, theme, locale.tr("roads-reopening"));
        for (step, number) in view.reopening.iter().zip(1_usize..) {
            step_ui(ui, step, number, summary.selected, locale, theme, commands);
        }
        let id = if view.proven { "roads-reopening-proven" } else { "roads-reopening-greedy" };
        weak(ui, theme, locale.tr(id));
    }
    if let Some(bridges) = &view.bridges {
        part(ui, theme, locale.tr("roads-bridges"));
        if bridges.is_empty() {
            weak(ui, theme, locale.tr("roads-bridges-none"));
        }
        for row in bridges {
            bridge_ui(ui, row, summary.selected, locale, theme, commands);
        }
        if view.bridge_count > bridges.len() && super::further(ui, locale, "open-table") {
            commands.push(AppCommand::Drawer(Some(Drawer::Losses)).into());
        }
    }
}

fn village_ui(
    ui: &mut Ui,
    row: &CutRow,
    selected: Option<FeatureRef>,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let name = if row.name.is_empty() { locale.tr("unnamed") } else { row.name.clone() };
    let below = if row.always {
        locale.tr("roads-cut-always")
    } else if row.teams.is_empty() {
        locale.tr("roads-cut-no-team")
    } else {
        let teams = row.teams.join(&locale.tr("list-separator"));
        locale.text(&Message::new("roads-cut-teams").with("teams", teams))
    };
    let people = people_of(locale, row.people);
    let chosen = selected == Some(row.feature);
    let response = row_ui(ui, theme, chosen, &format!("{name} {people}"), |ui| {
        split_row(
            ui,
            |ui| {
                cut(ui, RichText::new(&name));
            },
            |ui| {
                ui.label(RichText::new(&people).strong());
            },
        );
        ui.label(RichText::new(&below).small().color(theme.text_weak));
    });
    shows(&response, row.feature, commands);
}

fn step_ui(
    ui: &mut Ui,
    step: &ReopeningRow,
    number: usize,
    selected: Option<FeatureRef>,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let name = locale.text(&step.name);
    let regained = Message::new("roads-regained").with("people", locale.count(step.regained));
    let regained = locale.text(&regained);
    let chosen = step.feature.is_some() && selected == step.feature;
    ui.push_id(("reopening", number), |ui| {
        let response = row_ui(ui, theme, chosen, &format!("{number} {name} {regained}"), |ui| {
            split_row(
                ui,
                |ui| {
                    ui.label(RichText::new(number.to_string()).color(theme.action).strong());
                    cut(ui, RichText::new(&name));
                },
                |ui| {
                    ui.label(RichText::new(&regained).strong());
                },
            );
        });
        if let Some(feature) = step.feature {
            shows(&response, feature, commands);
        }
    });
}

fn bridge_ui(
    ui: &mut Ui,
    row: &LossRow,
    selected: Option<FeatureRef>,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let name = locale.text(&row.name);
    let people = people_of(locale, Some(row.people));
    let chosen = selected == Some(row.feature);
    let response = row_ui(ui, theme, chosen, &format!("{name} {people}"), |ui| {
        split_row(
            ui,
            |ui| {
                cut(ui, RichText::new(&name));
            },
            |ui| {
                ui.label(RichText::new(&people).strong());
            },
        );
        let names = row.names.join(&locale.tr("list-separator"));
        let text =
            Message::new("roads-bridge-villages").with("count", row.villages).with("names", names);
        ui.label(RichText::new(locale.text(&text)).small().color(theme.text_weak));
    });
    shows(&response, row.feature, commands);
}

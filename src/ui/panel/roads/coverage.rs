//! Who is reached in time, who is not, and where one more station would stand best.

use egui::{RichText, Ui};

use crate::base::Message;
use crate::scene::FeatureRef;
use crate::session::state::Drawer;
use crate::session::{AppCommand, Command, MapCommand};
use crate::ui::theme::Theme;
use crate::ui::widget::{cut, load_bar, part, row_ui, split_row, weak};
use crate::view::roads::{CandidateRow, CoverageView, VillageRow};
use crate::view::{Locale, RoadsSummary};

/// Draws the answer.
pub fn coverage_ui(
    ui: &mut Ui,
    summary: &RoadsSummary,
    view: &CoverageView,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    for row in &view.within {
        let within = Message::new("roads-within").with("minutes", row.minutes);
        split_row(
            ui,
            |ui| {
                let text = RichText::new(locale.text(&within));
                let strong = row.minutes == summary.limit;
                ui.label(if strong { text.strong() } else { text });
            },
            |ui| {
                let share = locale.percent(row.share);
                ui.label(RichText::new(share).strong());
                weak(ui, theme, people(locale, row.people));
            },
        );
        load_bar(ui, theme, row.share as f32, theme.action);
    }
    weak(ui, theme, locale.tr("roads-coverage-basis"));
    if view.without_data > 0 {
        let text = Message::new("area-without-data").with("count", view.without_data);
        weak(ui, theme, locale.text(&text));
    }
    if let Some(sites) = &view.candidates {
        part(ui, theme, locale.tr("roads-candidates-title"));
        for (site, number) in sites.iter().zip(1_usize..) {
            candidate_ui(ui, site, number, summary.selected, locale, theme, commands);
        }
    }
    let heading = Message::new("roads-uncovered")
        .with("minutes", summary.limit)
        .with("count", view.uncovered_count);
    part(ui, theme, locale.text(&heading));
    for row in &view.uncovered {
        village_ui(ui, row, summary.selected, locale, theme, commands);
    }
    if view.uncovered_count > 0 && super::further(ui, locale, "open-table") {
        commands.push(AppCommand::Drawer(Some(Drawer::Uncovered)).into());
    }
}

fn people(locale: &Locale, count: u64) -> String {
    locale.text(&Message::new("people").with("people", locale.count(count)))
}

/// People of a village, or that nobody knows.
pub(super) fn people_of(locale: &Locale, count: Option<u64>) -> String {
    count.map_or_else(|| locale.tr("no-data"), |count| people(locale, count))
}

fn name_of(locale: &Locale, name: &str) -> String {
    if name.is_empty() { locale.tr("unnamed") } else { name.to_owned() }
}

/// A row that shows its feature on the map.
pub(super) fn shows(response: &egui::Response, feature: FeatureRef, commands: &mut Vec<Command>) {
    if response.double_clicked() {
        commands.push(MapCommand::Identify(feature).into());
    } else if response.clicked() {
        commands.push(MapCommand::Show(feature).into());
    }
}

fn candidate_ui(
    ui: &mut Ui,
    site: &CandidateRow,
    number: usize,
    selected: Option<FeatureRef>,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let name = name_of(locale, &site.name);
    let chosen = selected == Some(site.feature);
    let gained = Message::new("roads-gained").with("people", locale.count(site.gained));
    let gained = locale.text(&gained);
    ui.push_id(("candidate", number), |ui| {
        let response = row_ui(ui, theme, chosen, &format!("{number} {name} {gained}"), |ui| {
            split_row(
                ui,
                |ui| {
                    ui.label(RichText::new(number.to_string()).color(theme.action).strong());
                    cut(ui, RichText::new(&name));
                },
                |ui| {
                    ui.label(RichText::new(&gained).strong());
                },
            );
            let saved = Message::new("roads-saved").with("hours", locale.count(site.saved / 60));
            ui.label(RichText::new(locale.text(&saved)).small().color(theme.text_weak));
        });
        shows(&response, site.feature, commands);
    });
}

fn village_ui(
    ui: &mut Ui,
    row: &VillageRow,
    selected: Option<FeatureRef>,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let name = name_of(locale, &row.name);
    let time = match row.time {
        Some(time) => locale.text(&Message::new("travel-estimate").with("range", time.range())),
        None => locale.tr("roads-no-way"),
    };
    let chosen = selected == Some(row.feature);
    let response = row_ui(ui, theme, chosen, &format!("{name} {time}"), |ui| {
        split_row(
            ui,
            |ui| {
                cut(ui, RichText::new(&name));
            },
            |ui| {
                ui.label(RichText::new(people_of(locale, row.people)).strong());
            },
        );
        ui.label(RichText::new(&time).small().color(theme.text_weak));
    });
    shows(&response, row.feature, commands);
}

//! Ways between two places: the choice among them, the turn list, the closures they go around.

use egui::{RichText, Ui};

use crate::base::Message;
use crate::session::{Command, MapCommand, RoadsCommand};
use crate::ui::theme::Theme;
use crate::ui::widget::{cut, part, remark, row_ui, split_row};
use crate::view::Locale;
use crate::view::roads::{AvoidedRow, RouteView};
use crate::view::travel::far_message;

/// Draws the answer.
pub fn route_ui(
    ui: &mut Ui,
    view: &RouteView,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    for far in view.far_from_road.into_iter().flatten() {
        remark(ui, theme, theme.attention, locale.text(&far_message(locale, far)));
    }
    if view.ways.is_empty() {
        remark(ui, theme, theme.danger, locale.tr("roads-no-way"));
        return avoided_ui(ui, "roads-blocked-by", &view.avoided, locale, theme, commands);
    }
    for (n, way) in view.ways.iter().enumerate() {
        let name = Message::new("roads-way").with("number", n + 1);
        let name = locale.text(&name);
        let time = locale.text(&way.time.message());
        let response = row_ui(ui, theme, view.chosen == n, &format!("{name} {time}"), |ui| {
            split_row(
                ui,
                |ui| {
                    ui.label(RichText::new(&name).strong());
                },
                |ui| {
                    ui.label(RichText::new(&time).strong());
                },
            );
            let estimate = Message::new("travel-estimate").with("range", way.time.range());
            let below = format!("{} · {}", locale.text(&estimate), locale.distance(way.distance));
            ui.label(RichText::new(below).small().color(theme.text_weak));
        });
        if response.clicked() {
            commands.push(RoadsCommand::Choose(n).into());
        }
    }
    avoided_ui(ui, "roads-avoided", &view.avoided, locale, theme, commands);
    part(ui, theme, locale.tr("roads-steps"));
    for (n, step) in view.steps.iter().enumerate() {
        ui.push_id(n, |ui| {
            ui.spacing_mut().interact_size.y = 26.0;
            split_row(
                ui,
                |ui| {
                    cut(ui, RichText::new(locale.text(&step.words)));
                },
                |ui| {
                    if step.distance.0 >= 0.5 {
                        let text = locale.distance(step.distance);
                        ui.label(RichText::new(text).small().color(theme.text_weak));
                    }
                },
            );
        });
    }
}

/// Closures that stand in the way; a tap shows them.
fn avoided_ui(
    ui: &mut Ui,
    heading: &str,
    rows: &[AvoidedRow],
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    if rows.is_empty() {
        return;
    }
    part(ui, theme, locale.tr(heading));
    for (n, row) in rows.iter().enumerate() {
        ui.push_id(("avoided", n), |ui| {
            let name = locale.text(&row.name);
            let response = row_ui(ui, theme, false, &name, |ui| {
                cut(ui, RichText::new(&name).color(theme.attention));
            });
            if let Some(feature) = row.feature.filter(|_| response.clicked()) {
                commands.push(MapCommand::Show(feature).into());
                commands.push(MapCommand::Identify(feature).into());
            }
        });
    }
}

//! The nearest panel by travel time: what its rows say, and what cannot be reached.

use egui::{RichText, Ui};

use crate::base::Message;
use crate::scene::FeatureRef;
use crate::session::{Command, MapCommand};
use crate::ui::panel::travel::heading_ui;
use crate::ui::theme::Theme;
use crate::ui::widget::{cut, part, remark, row_ui, weak};
use crate::view::Locale;
use crate::view::nearest::{NearestRow, TimeFigures};
use crate::view::travel::far_message;

/// What decides about a row, and the line below it: a time with its range and road, or a distance.
pub fn time_lines(row: &NearestRow, locale: &Locale) -> (String, Option<String>) {
    let distance = locale.distance(row.distance);
    match row.time {
        Some(time) => {
            let estimate = Message::new("travel-estimate").with("range", time.range());
            let below = format!("{} · {distance}", locale.text(&estimate));
            (locale.text(&time.message()), Some(below))
        }
        None => (distance, None),
    }
}

/// What is true of all times.
pub fn times_ui(ui: &mut Ui, times: &TimeFigures, locale: &Locale, theme: &Theme) {
    heading_ui(ui, &times.heading, locale, theme);
    if let Some(far) = times.far_from_road {
        remark(ui, theme, theme.attention, locale.text(&far_message(locale, far)));
    }
    if times.turnout_s > 0 {
        let text = Message::new("nearest-turnout").with("seconds", times.turnout_s);
        weak(ui, theme, locale.text(&text));
    }
}

/// What no road leads to, and why.
pub fn unreached_ui(
    ui: &mut Ui,
    times: &TimeFigures,
    selected: Option<FeatureRef>,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    if times.unreached.is_empty() {
        return;
    }
    let heading = Message::new("nearest-unreached").with("count", times.unreached_count);
    part(ui, theme, locale.text(&heading));
    for row in &times.unreached {
        let name = if row.name.is_empty() { locale.tr("unnamed") } else { row.name.clone() };
        let why = locale.text(&row.why);
        let chosen = selected == Some(row.feature);
        let response = row_ui(ui, theme, chosen, &format!("{name} {why}"), |ui| {
            cut(ui, RichText::new(&name).color(theme.text_weak));
            ui.label(RichText::new(&why).small().color(theme.attention));
        });
        if response.double_clicked() {
            commands.push(MapCommand::Identify(row.feature).into());
        } else if response.clicked() {
            commands.push(MapCommand::Show(row.feature).into());
        }
    }
    let more = times.unreached_count.saturating_sub(times.unreached.len());
    if more > 0 {
        let text = Message::new("nearest-unreached-more").with("count", more);
        weak(ui, theme, locale.text(&text));
    }
}

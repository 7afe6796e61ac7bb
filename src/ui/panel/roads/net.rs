//! What is wrong with the road net: how much, and where. A tap shows the place.

use egui::{RichText, Ui};

use crate::base::Message;
use crate::session::{Command, MapCommand, RoadsCommand};
use crate::ui::theme::Theme;
use crate::ui::widget::{cut, part, row_ui, split_row, weak};
use crate::view::Locale;
use crate::view::roads::{NetRow, NetView};

/// Draws the number of places, and the places if they are open.
pub fn net_ui(
    ui: &mut Ui,
    net: &NetView,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    if net.gap_count + net.island_count == 0 {
        weak(ui, theme, locale.tr("net-sound"));
        return;
    }
    let text =
        Message::new("net-found").with("gaps", net.gap_count).with("islands", net.island_count);
    let text = locale.text(&text);
    let response = row_ui(ui, theme, net.open, &text, |ui| {
        cut(ui, RichText::new(&text).color(theme.attention));
    });
    if response.clicked() {
        commands.push(RoadsCommand::Net(!net.open).into());
    }
    if !net.open {
        return;
    }
    weak(ui, theme, locale.tr("net-hint"));
    for (heading, rows, count) in
        [("net-gaps", &net.gaps, net.gap_count), ("net-islands", &net.islands, net.island_count)]
    {
        if rows.is_empty() {
            continue;
        }
        part(ui, theme, locale.tr(heading));
        for (n, row) in rows.iter().enumerate() {
            ui.push_id((heading, n), |ui| place_ui(ui, row, locale, theme, commands));
        }
        if count > rows.len() {
            let more = Message::new("net-more").with("count", count - rows.len());
            weak(ui, theme, locale.text(&more));
        }
    }
}

fn place_ui(
    ui: &mut Ui,
    row: &NetRow,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let (name, distance) = (locale.text(&row.name), locale.distance(row.metres));
    let response = row_ui(ui, theme, false, &format!("{name} {distance}"), |ui| {
        split_row(
            ui,
            |ui| {
                cut(ui, RichText::new(&name));
            },
            |ui| {
                ui.label(RichText::new(&distance).strong());
            },
        );
    });
    if response.clicked() {
        commands.push(MapCommand::LookAt(row.feature, row.at).into());
    }
}

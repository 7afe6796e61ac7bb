//! The table of speeds, factors, vehicles and turnout times in the settings, edited in place.

use egui::{Align, Key, Layout, RichText, TextEdit, Ui, Vec2};

use crate::base::Message;
use crate::session::{AppCommand, Command, CostingCommand};
use crate::ui::style::CONTROL;
use crate::ui::theme::Theme;
use crate::ui::widget::{button, cut, form_row, part, remark, row_ui, split_row, weak};
use crate::view::costing::{CostGroup, CostRow, figure_name, group_name};
use crate::view::{CostingSummary, Locale};

/// Width of the field of a figure.
const FIELD: f32 = 76.0;

/// Draws the table: its groups, and the figures of the one that is open.
pub fn costing_ui(
    ui: &mut Ui,
    summary: &CostingSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    part(ui, theme, locale.tr("costing-title"));
    weak(ui, theme, locale.tr("costing-hint"));
    weak(ui, theme, locale.text(&Message::new("costing-source").with("source", &*summary.source)));
    if summary.lost > 0 {
        let lost = Message::new("costing-lost").with("count", summary.lost);
        remark(ui, theme, theme.attention, locale.text(&lost));
    }
    for group in &summary.groups {
        ui.push_id(&group.key, |ui| group_ui(ui, group, summary, locale, theme, commands));
    }
    if summary.own > 0 && !summary.read_only {
        let text = Message::new("costing-reset-all").with("count", summary.own);
        if button(ui, &locale.text(&text)).clicked() {
            let command = CostingCommand::Reset(None).into();
            commands.push(AppCommand::Confirm(Box::new(command)).into());
        }
    }
}

fn group_ui(
    ui: &mut Ui,
    group: &CostGroup,
    summary: &CostingSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let open = summary.open.as_ref() == Some(&group.key);
    let name = group_name(locale, &group.key);
    let own = group.rows.iter().filter(|row| row.own.is_some()).count();
    let own = (own > 0).then(|| locale.text(&Message::new("costing-own-count").with("count", own)));
    let response = row_ui(ui, theme, open, &name, |ui| {
        split_row(
            ui,
            |ui| {
                cut(ui, RichText::new(&name));
            },
            |ui| {
                if let Some(own) = own {
                    ui.label(RichText::new(own).small().color(theme.action).strong());
                }
            },
        );
    });
    if response.clicked() {
        let group = (!open).then(|| group.key.clone());
        commands.push(CostingCommand::Unfold(group).into());
    }
    if open {
        for row in &group.rows {
            ui.push_id(&row.key, |ui| figure_ui(ui, row, summary, locale, theme, commands));
        }
    }
}

fn figure_ui(
    ui: &mut Ui,
    row: &CostRow,
    summary: &CostingSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    form_row(ui, theme, &figure_name(locale, &row.key), |ui, label| {
        if summary.read_only {
            ui.label(RichText::new(row.value.to_string()).strong());
        } else {
            field_ui(ui, row, summary, label, commands);
        }
        let unit = locale.text(&row.quantity.unit_name());
        weak(
            ui,
            theme,
            match &row.own {
                Some(_) => unit,
                None => format!("{unit} · {}", locale.tr(&format!("mark-{}", row.mark))),
            },
        );
        if row.own.is_some() && !summary.read_only {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let text = Message::new("costing-reset").with("usual", row.usual.to_string());
                if button(ui, &locale.text(&text)).clicked() {
                    commands.push(CostingCommand::Reset(Some(row.key.clone())).into());
                }
            });
        }
    });
    let refused = summary.refused.as_ref().filter(|(key, _)| *key == row.key);
    let below = match (refused, &row.own) {
        (Some((_, expected)), _) => Some((locale.text(expected), theme.danger)),
        (None, Some(own)) => {
            let own = Message::new("costing-own")
                .with("usual", row.usual.to_string())
                .with("who", own.who.as_str())
                .with("day", own.at.date());
            Some((locale.text(&own), theme.action))
        }
        (None, None) => None,
    };
    if let Some((text, color)) = below {
        ui.label(RichText::new(text).small().color(color));
    }
}

/// The field of a figure: what is typed is taken when the field is left, and dropped by Escape.
fn field_ui(
    ui: &mut Ui,
    row: &CostRow,
    summary: &CostingSummary,
    label: egui::Id,
    commands: &mut Vec<Command>,
) {
    let typed = summary.typed.as_ref().filter(|(key, _)| *key == row.key);
    let mut text = typed.map_or_else(|| row.value.to_string(), |(_, text)| text.clone());
    let field = TextEdit::singleline(&mut text)
        .desired_width(FIELD)
        .align(egui::Align2::RIGHT_CENTER)
        .min_size(Vec2::new(FIELD, CONTROL));
    let field = ui.add(field).labelled_by(label);
    if field.changed() {
        commands.push(CostingCommand::Type { key: row.key.clone(), text }.into());
    }
    if field.lost_focus() {
        let given_up = ui.input(|input| input.key_pressed(Key::Escape));
        commands.push(if given_up {
            CostingCommand::Unfold(summary.open.clone()).into()
        } else {
            CostingCommand::Put.into()
        });
    }
}

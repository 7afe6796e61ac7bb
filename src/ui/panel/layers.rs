//! The layers panel: what the county holds, what shows, and where it comes from.

use egui::{RichText, Ui};

use crate::base::Message;
use crate::session::state::Drawer;
use crate::session::{AppCommand, Command, MapCommand};
use crate::ui::map::swatch_ui;
use crate::ui::theme::Theme;
use crate::ui::widget::{button, cut, empty_ui, part, remark};
use crate::view::label::kind_label;
use crate::view::layers::{LayerRow, group};
use crate::view::sources::SourceEntry;
use crate::view::{LayersSummary, Locale};

/// Draws the layers panel.
pub fn layers_ui(
    ui: &mut Ui,
    summary: &LayersSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    if summary.rows.is_empty() {
        let id = if summary.open { "layers-empty" } else { "layers-no-store" };
        empty_ui(ui, theme, &locale.tr(id));
        return;
    }
    let mut on_map = summary.rows.iter().filter(|row| row.on_map).peekable();
    if on_map.peek().is_some() && on_map.all(|row| !row.visible) {
        remark(ui, theme, theme.attention, locale.tr("layers-all-hidden"));
    }
    ui.horizontal(|ui| {
        for (id, visible) in [("layers-show-all", true), ("layers-hide-all", false)] {
            if button(ui, &locale.tr(id)).clicked() {
                let other = summary.rows.iter().filter(|row| row.on_map && row.visible != visible);
                let set = |row: &LayerRow| MapCommand::SetVisible(row.kind, visible).into();
                commands.extend(other.map(set));
            }
        }
    });
    let mut last = None;
    for row in &summary.rows {
        let own = group(row.kind);
        if last != Some(own) {
            part(
                ui,
                theme,
                locale
                    .tr(["layers-people", "layers-ground", "layers-tables"]
                        [usize::from(own.min(2))]),
            );
            last = Some(own);
        }
        layer_ui(ui, row, locale, theme, commands);
    }
}

fn layer_ui(
    ui: &mut Ui,
    row: &LayerRow,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let name = kind_label(locale, row.kind);
    ui.push_id(row.kind.key(), |ui| {
        ui.horizontal(|ui| {
            if row.on_map {
                swatch_ui(ui, row.kind, theme);
            } else {
                ui.add_space(28.0 + ui.spacing().item_spacing.x);
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let records = Message::new("layers-records").with("count", row.count);
                let table = button(ui, &locale.text(&records));
                if table.on_hover_text(locale.tr("layers-table-hint")).clicked() {
                    commands.push(AppCommand::Drawer(Some(Drawer::Layer(row.kind))).into());
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                    if row.on_map {
                        let mut visible = row.visible;
                        let mark = ui.checkbox(&mut visible, &name);
                        if mark.on_hover_text(locale.tr("layers-visible-hint")).changed() {
                            commands.push(MapCommand::SetVisible(row.kind, visible).into());
                        }
                    } else {
                        cut(ui, RichText::new(&name));
                    }
                });
            });
        });
        ui.spacing_mut().interact_size.y = 18.0;
        ui.horizontal(|ui| {
            ui.add_space(28.0 + ui.spacing().item_spacing.x);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                source_ui(ui, row, locale, theme);
                if row.left_out > 0 {
                    let text = Message::new("layers-left-out").with("count", row.left_out);
                    ui.label(RichText::new(locale.text(&text)).small().color(theme.attention));
                }
            });
        });
        ui.add_space(4.0);
    });
}

/// Source and date in one line; all of them when the pointer rests on it.
fn source_ui(ui: &mut Ui, row: &LayerRow, locale: &Locale, theme: &Theme) {
    let lines: Vec<String> =
        row.sources.entries.iter().map(|entry| source_text(entry, locale)).collect();
    let Some(first) = lines.first() else { return };
    let more = lines.len() - 1;
    let shown = if more > 0 {
        let rest = Message::new("sources-more").with("count", more);
        format!("{first} {}", locale.text(&rest))
    } else {
        first.clone()
    };
    let color = if row.sample { theme.attention } else { theme.text_weak };
    let label = egui::Label::new(RichText::new(shown).small().color(color)).truncate();
    ui.add(label).on_hover_text(lines.join("\n"));
}

fn source_text(entry: &SourceEntry, locale: &Locale) -> String {
    let source = locale.text(&entry.name());
    match &entry.as_of {
        // The date first: a long name may be cut.
        Some(day) => format!("{day} · {source}"),
        None => source,
    }
}

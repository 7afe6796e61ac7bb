//! The drawer at the bottom: wide tables, their rows linked with the map.

use egui::{Align, Layout, RichText, ScrollArea, Ui};
use egui_extras::{Column, TableBuilder};

use crate::scene::FeatureRef;
use crate::session::{AppCommand, Command, DataCommand, MapCommand};
use crate::ui::icon::Icon;
use crate::ui::theme::Theme;
use crate::ui::widget::{button, empty_ui, icon_button, weak};
use crate::view::table::{Cell, Table};
use crate::view::{Locale, table};

/// Height of a row: a finger's width.
const ROW: f32 = 34.0;

/// Draws a table. `scroll_to` is a feature that was chosen on the map just now.
pub fn drawer_ui(
    ui: &mut Ui,
    table: &Table,
    selected: Option<FeatureRef>,
    scroll_to: Option<FeatureRef>,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let title = locale.text(&table.title);
    ui.horizontal(|ui| {
        ui.label(RichText::new(&title).strong());
        let count = crate::base::Message::new("layers-records").with("count", table.len());
        weak(ui, theme, locale.text(&count));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, theme, Icon::Close, &locale.tr("table-close")).clicked() {
                commands.push(AppCommand::Drawer(None).into());
            }
            if !table.is_empty() && button(ui, &locale.tr("table-save")).clicked() {
                commands.push(
                    DataCommand::SaveText {
                        text: table::to_csv(table, locale),
                        title: locale.tr("dialog-export"),
                        name: format!("{title}.csv"),
                    }
                    .into(),
                );
            }
        });
    });
    if table.is_empty() {
        empty_ui(ui, theme, &locale.tr("table-empty"));
        return;
    }
    ScrollArea::horizontal().auto_shrink(false).show(ui, |ui| {
        grid_ui(ui, table, selected, scroll_to, locale, theme, commands);
    });
}

fn grid_ui(
    ui: &mut Ui,
    table: &Table,
    selected: Option<FeatureRef>,
    scroll_to: Option<FeatureRef>,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let mut builder = TableBuilder::new(ui)
        .id_salt(&table.title.id)
        .striped(true)
        .resizable(true)
        .sense(egui::Sense::click())
        .auto_shrink(false)
        .cell_layout(Layout::left_to_right(Align::Center));
    for (_, number) in &table.columns {
        let width = if *number { 104.0 } else { 150.0 };
        builder = builder.column(Column::initial(width).at_least(56.0).clip(true));
    }
    let at = scroll_to
        .and_then(|feature| (0..table.len()).find(|at| table.feature(*at) == Some(feature)));
    if let Some(at) = at {
        builder = builder.scroll_to_row(at, Some(Align::Center));
    }
    let heads = builder.header(ROW, |mut header| {
        for (heading, number) in &table.columns {
            header.col(|ui| {
                let text = heading.text(locale);
                let label = RichText::new(&text).small().strong().color(theme.text_weak);
                aligned(ui, *number, |ui| {
                    ui.add(egui::Label::new(label).truncate()).on_hover_text(text);
                });
            });
        }
    });
    heads.body(|body| {
        body.rows(ROW, table.len(), |mut line| {
            let Some(row) = table.row(line.index()) else { return };
            line.set_selected(row.feature.is_some() && row.feature == selected);
            for (cell, (_, number)) in row.cells.iter().zip(&table.columns) {
                line.col(|ui| cell_ui(ui, cell, *number, locale, theme));
            }
            let response = line.response();
            if let Some(feature) = row.feature {
                if response.double_clicked() {
                    commands.push(MapCommand::Identify(feature).into());
                } else if response.clicked() {
                    commands.push(MapCommand::Show(feature).into());
                }
            }
        });
    });
}

fn aligned(ui: &mut Ui, right: bool, content: impl FnOnce(&mut Ui)) {
    if right {
        ui.with_layout(Layout::right_to_left(Align::Center), content);
    } else {
        content(ui);
    }
}

fn cell_ui(ui: &mut Ui, cell: &Cell, right: bool, locale: &Locale, theme: &Theme) {
    let color = if *cell == Cell::NoData { theme.text_weak } else { theme.text };
    let label = egui::Label::new(RichText::new(cell.text(locale)).color(color)).truncate();
    aligned(ui, right, |ui| {
        ui.add(label);
    });
}

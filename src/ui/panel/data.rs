//! The data panel: which store is open, import, export, open and new.

use egui::{Align, Layout, RichText, Ui};

use crate::base::Message;
use crate::session::state::FileWish;
use crate::session::{Command, DataCommand};
use crate::ui::panel::path::{choose, path_ui};
use crate::ui::theme::Theme;
use crate::ui::widget::{button, combo, cut, part, primary_button, remark, weak};
use crate::view::label::kind_label;
use crate::view::{DataSummary, Locale};

/// Draws the data panel.
pub fn data_ui(
    ui: &mut Ui,
    summary: &DataSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    store_ui(ui, summary, locale, theme);
    part(ui, theme, locale.tr("data-import"));
    weak(ui, theme, locale.tr("data-import-hint"));
    let ready = summary.path.is_some() && !summary.read_only;
    if primary_button(ui, theme, ready, &locale.tr("data-choose-file")).clicked() {
        commands.push(choose(FileWish::Import, locale, String::new()));
    }
    path_ui(ui, FileWish::Import, summary.typed.as_ref(), ready, locale, commands);
    ui.add_enabled_ui(ready, |ui| {
        if button(ui, &locale.tr("data-undo-import")).clicked() {
            commands.push(DataCommand::AskUndoImport.into());
        }
    });
    if let Some(kind) = summary.export_kind {
        part(ui, theme, locale.tr("data-export"));
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if button(ui, &locale.tr("data-export-to")).clicked() {
                    let name = format!("{}.xlsx", kind_label(locale, kind));
                    commands.push(choose(FileWish::Export, locale, name));
                }
                let mut chosen = kind;
                let shown = combo(ui, "export-kind", &kind_label(locale, kind), |ui| {
                    for kind in &summary.kinds {
                        ui.selectable_value(&mut chosen, *kind, kind_label(locale, *kind));
                    }
                });
                shown.on_hover_text(locale.tr("data-export-kind"));
                if chosen != kind {
                    commands.push(DataCommand::ExportKind(chosen).into());
                }
            });
        });
        weak(ui, theme, locale.tr("data-export-hint"));
        path_ui(ui, FileWish::Export, summary.typed.as_ref(), true, locale, commands);
    }
    part(ui, theme, locale.tr("data-store"));
    ui.horizontal_wrapped(|ui| {
        for (wish, id) in [
            (FileWish::Open, "data-open"),
            (FileWish::NewDemo, "data-new-demo"),
            (FileWish::NewEmpty, "data-new-empty"),
        ] {
            if button(ui, &locale.tr(id)).clicked() {
                commands.push(choose(wish, locale, "county.gpkg".to_owned()));
            }
        }
        if button(ui, &locale.tr("data-open-own")).clicked() {
            commands.push(DataCommand::OpenDefault.into());
        }
    });
    path_ui(ui, FileWish::Open, summary.typed.as_ref(), true, locale, commands);
}

fn store_ui(ui: &mut Ui, summary: &DataSummary, locale: &Locale, theme: &Theme) {
    match &summary.path {
        Some(path) => {
            weak(ui, theme, locale.tr("data-open-store"));
            cut(ui, RichText::new(path));
            let text = Message::new("data-records").with("count", summary.records);
            weak(ui, theme, locale.text(&text));
            if summary.read_only {
                remark(ui, theme, theme.attention, locale.tr("store-opened-read-only-hint"));
            }
        }
        None if summary.failed => {
            remark(ui, theme, theme.danger, locale.tr("data-none-open"));
        }
        None => {
            weak(ui, theme, locale.tr("working"));
        }
    }
}

//! The data panel: which store is open, import, export, open and new.

use std::path::PathBuf;

use egui::{ComboBox, Key, TextEdit, Ui, Vec2};

use crate::base::Message;
use crate::session::state::FileWish;
use crate::session::{AppCommand, Command, DataCommand};
use crate::ui::style::CONTROL;
use crate::ui::theme::Theme;
use crate::ui::widget::{button, part, primary_button, remark, weak};
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
    path_ui(ui, FileWish::Import, summary, ready, locale, commands);
    ui.add_enabled_ui(ready, |ui| {
        if button(ui, &locale.tr("data-undo-import")).clicked() {
            let command = DataCommand::UndoImport.into();
            commands.push(AppCommand::Confirm(Box::new(command)).into());
        }
    });
    if let Some(kind) = summary.export_kind {
        part(ui, theme, locale.tr("data-export"));
        ui.horizontal(|ui| {
            let mut chosen = kind;
            ComboBox::from_id_salt("export-kind")
                .width(ui.available_width() - 110.0)
                .height(420.0)
                .selected_text(kind_label(locale, kind))
                .show_ui(ui, |ui| {
                    for kind in &summary.kinds {
                        ui.selectable_value(&mut chosen, *kind, kind_label(locale, *kind));
                    }
                })
                .response
                .on_hover_text(locale.tr("data-export-kind"));
            if chosen != kind {
                commands.push(DataCommand::ExportKind(chosen).into());
            }
            if button(ui, &locale.tr("data-export-to")).clicked() {
                let name = format!("{}.xlsx", kind_label(locale, kind));
                commands.push(choose(FileWish::Export, locale, name));
            }
        });
        weak(ui, theme, locale.tr("data-export-hint"));
        path_ui(ui, FileWish::Export, summary, true, locale, commands);
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
    path_ui(ui, FileWish::Open, summary, true, locale, commands);
}

fn store_ui(ui: &mut Ui, summary: &DataSummary, locale: &Locale, theme: &Theme) {
    match &summary.path {
        Some(path) => {
            weak(ui, theme, locale.tr("data-open-store"));
            ui.add(egui::Label::new(path).truncate()).on_hover_text(path);
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

/// The command that asks for a file.
fn choose(wish: FileWish, locale: &Locale, name: String) -> Command {
    let title = locale.tr(match wish {
        FileWish::Open => "dialog-open",
        FileWish::NewDemo | FileWish::NewEmpty => "dialog-new",
        FileWish::Import => "dialog-import",
        FileWish::Export | FileWish::SaveText => "dialog-export",
    });
    DataCommand::ChooseFile { wish, title, name }.into()
}

/// A path typed by hand, where no file dialog can be shown.
fn path_ui(
    ui: &mut Ui,
    wish: FileWish,
    summary: &DataSummary,
    ready: bool,
    locale: &Locale,
    commands: &mut Vec<Command>,
) {
    let own = summary.typed.as_ref().filter(|(own, _)| *own == wish);
    let mut text = own.map(|(_, text)| text.clone()).unwrap_or_default();
    let name = locale.tr(match wish {
        FileWish::Open | FileWish::NewDemo | FileWish::NewEmpty => "path-open",
        FileWish::Import => "path-import",
        FileWish::Export | FileWish::SaveText => "path-export",
    });
    ui.add_enabled_ui(ready, |ui| {
        ui.horizontal(|ui| {
            let field = TextEdit::singleline(&mut text)
                .id_salt(("path", wish as u8))
                .hint_text(&name)
                .desired_width(ui.available_width() - 84.0)
                .align(egui::Align2::LEFT_CENTER)
                .min_size(Vec2::new(80.0, CONTROL));
            let response = ui.add(field).on_hover_text(&name);
            if response.changed() {
                commands.push(DataCommand::TypePath(wish, text.clone()).into());
            }
            let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            let used = button(ui, &locale.tr("use-path")).clicked();
            if (entered || used) && !text.trim().is_empty() {
                commands.push(DataCommand::UseFile(wish, PathBuf::from(text.trim())).into());
            }
        });
    });
}

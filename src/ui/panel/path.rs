//! A path typed by hand: a field of a panel, and the question where this computer has no file dialog.

use std::path::PathBuf;

use egui::{Align, Context, Id, Key, Layout, Modal, RichText, TextEdit, Ui, Vec2};

use crate::session::state::FileWish;
use crate::session::{Command, DataCommand};
use crate::ui::style::CONTROL;
use crate::ui::theme::Theme;
use crate::ui::widget::{button, primary_button, weak, wide};
use crate::view::Locale;

/// Asks for the path that a file dialog would have brought.
pub fn path_dialog_ui(
    ctx: &Context,
    wish: FileWish,
    text: &str,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let modal = Modal::new(Id::unique("path-ask")).show(ctx, |ui| {
        ui.set_width(480.0);
        ui.label(RichText::new(locale.tr(title_of(wish))).strong());
        weak(ui, theme, locale.tr("path-no-dialog"));
        ui.add_space(8.0);
        let mut typed = text.to_owned();
        let field = TextEdit::singleline(&mut typed)
            .id(Id::unique("path-ask-field"))
            .hint_text(locale.tr("path-full"))
            .desired_width(ui.available_width())
            .align(egui::Align2::LEFT_CENTER)
            .min_size(Vec2::new(80.0, CONTROL));
        let field = ui.add(field);
        let entered = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        if field.changed() {
            commands.push(DataCommand::TypePath(wish, typed.clone()).into());
        } else if ui.memory(|memory| memory.focused().is_none()) && !entered {
            field.request_focus();
        }
        ui.add_space(12.0);
        ui.columns(2, |columns| {
            let ready = !typed.trim().is_empty();
            let used = primary_button(&mut columns[0], theme, ready, &locale.tr("use-path"));
            if ready && (used.clicked() || entered) {
                commands.push(DataCommand::AnswerPath(Some(typed.trim().to_owned())).into());
            }
            let cancel = egui::Button::new(locale.tr("cancel"));
            if wide(&mut columns[1], true, cancel).clicked() {
                commands.push(DataCommand::AnswerPath(None).into());
            }
        });
    });
    if modal.should_close() {
        commands.push(DataCommand::AnswerPath(None).into());
    }
}

/// The title of a file dialog.
pub fn title_of(wish: FileWish) -> &'static str {
    match wish {
        FileWish::Open => "dialog-open",
        FileWish::NewDemo | FileWish::NewEmpty => "dialog-new",
        FileWish::Import => "dialog-import",
        FileWish::Area => "dialog-area",
        FileWish::Export | FileWish::ExportAnswer | FileWish::SaveText => "dialog-export",
    }
}

fn hint_of(wish: FileWish) -> &'static str {
    match wish {
        FileWish::Open | FileWish::NewDemo | FileWish::NewEmpty => "path-open",
        FileWish::Import | FileWish::Area => "path-import",
        FileWish::Export | FileWish::ExportAnswer | FileWish::SaveText => "path-export",
    }
}

/// The command that asks for a file.
pub fn choose(wish: FileWish, locale: &Locale, name: String) -> Command {
    DataCommand::ChooseFile { wish, title: locale.tr(title_of(wish)), name }.into()
}

/// A path typed into a panel.
pub fn path_ui(
    ui: &mut Ui,
    wish: FileWish,
    typed: Option<&(FileWish, String)>,
    ready: bool,
    locale: &Locale,
    commands: &mut Vec<Command>,
) {
    let own = typed.filter(|(own, _)| *own == wish);
    let mut text = own.map(|(_, text)| text.clone()).unwrap_or_default();
    ui.add_enabled_ui(ready, |ui| {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let used = button(ui, &locale.tr("use-path")).clicked();
                let field = TextEdit::singleline(&mut text)
                    .id_salt(("path", wish as u8))
                    .hint_text(locale.tr(hint_of(wish)))
                    .desired_width(ui.available_width())
                    .align(egui::Align2::LEFT_CENTER)
                    .min_size(Vec2::new(80.0, CONTROL));
                let response = ui.add(field);
                if response.changed() {
                    commands.push(DataCommand::TypePath(wish, text.clone()).into());
                }
                let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
                if (entered || used) && !text.trim().is_empty() {
                    commands.push(DataCommand::UseFile(wish, PathBuf::from(text.trim())).into());
                }
            });
        });
    });
}

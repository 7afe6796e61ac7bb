//! Asks before something that cannot be undone.

use egui::{Context, Id, Modal, RichText};

use crate::base::Message;
use crate::session::{AnalysisCommand, AppCommand, Command, DataCommand};
use crate::ui::theme::Theme;
use crate::ui::widget::button;
use crate::view::Locale;

/// What is asked before a command.
pub fn question(command: &Command) -> Message {
    match command {
        Command::Analysis(AnalysisCommand::DeletePlan(name)) => {
            Message::new("confirm-delete-plan").with("name", name.as_str())
        }
        Command::Data(DataCommand::UndoImport) => Message::new("confirm-undo-import"),
        Command::Data(DataCommand::Import) => Message::new("confirm-replace"),
        _ => Message::new("confirm-any"),
    }
}

/// Draws the question over everything.
pub fn confirm_ui(
    ctx: &Context,
    command: &Command,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let modal = Modal::new(Id::unique("confirm")).show(ctx, |ui| {
        ui.set_width(360.0);
        ui.label(RichText::new(locale.text(&question(command))).color(theme.text));
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            let yes = egui::Button::new(
                RichText::new(locale.tr("confirm-yes")).color(theme.on_danger).strong(),
            )
            .fill(theme.danger)
            .min_size(egui::Vec2::new(120.0, crate::ui::style::TARGET));
            if ui.add(yes).clicked() {
                commands.push(AppCommand::Confirmed(true).into());
            }
            if button(ui, &locale.tr("confirm-no")).clicked() {
                commands.push(AppCommand::Confirmed(false).into());
            }
        });
    });
    if modal.should_close() {
        commands.push(AppCommand::Confirmed(false).into());
    }
}

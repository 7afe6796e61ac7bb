//! Asks before something that cannot be undone.

use egui::{Button, Context, Id, Modal, RichText};

use crate::base::Message;
use crate::session::{
    AnalysisCommand, AppCommand, Command, CostingCommand, DataCommand, EditCommand,
};
use crate::ui::theme::Theme;
use crate::ui::widget::wide;
use crate::view::Locale;

/// What is asked before a command, and the verb that does it.
pub fn question(command: &Command) -> (Message, &'static str) {
    match command {
        Command::Analysis(AnalysisCommand::DeletePlan(name)) => {
            (Message::new("confirm-delete-plan").with("name", name.as_str()), "confirm-delete")
        }
        Command::Analysis(AnalysisCommand::ReplacePlan(name)) => {
            (Message::new("confirm-replace-plan").with("name", name.as_str()), "confirm-overwrite")
        }
        Command::Costing(CostingCommand::Reset(_)) => {
            (Message::new("confirm-reset-costing"), "costing-reset-yes")
        }
        Command::Edit(EditCommand::SetOver { over, .. }) => {
            (Message::new("confirm-over").with("people", *over), "confirm-save-anyway")
        }
        Command::Data(DataCommand::UndoImport(source)) => {
            (Message::new("confirm-undo-import").with("source", source.as_str()), "confirm-undo")
        }
        Command::Data(DataCommand::Import) => {
            (Message::new("confirm-replace"), "confirm-replace-layer")
        }
        _ => (Message::new("confirm-any"), "confirm-yes"),
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
        let (question, verb) = question(command);
        ui.label(RichText::new(locale.text(&question)).color(theme.text));
        ui.add_space(12.0);
        ui.columns(2, |columns| {
            let text = RichText::new(locale.tr(verb)).color(theme.on_danger).strong();
            let yes = Button::new(text).fill(theme.danger).truncate();
            if wide(&mut columns[0], true, yes).clicked() {
                commands.push(AppCommand::Confirmed(true).into());
            }
            let no = Button::new(locale.tr("confirm-no")).truncate();
            if wide(&mut columns[1], true, no).clicked() {
                commands.push(AppCommand::Confirmed(false).into());
            }
        });
    });
    if modal.should_close() {
        commands.push(AppCommand::Confirmed(false).into());
    }
}

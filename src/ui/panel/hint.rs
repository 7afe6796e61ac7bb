//! The first-start hint: three steps, dismissed once and for all.

use egui::{Align2, Area, Context, Frame, Order, RichText, Vec2};

use crate::session::state::Task;
use crate::session::{AppCommand, Command};
use crate::ui::theme::Theme;
use crate::ui::widget::{button, primary_button};
use crate::view::Locale;

/// Draws the hint over the map.
pub fn hint_ui(
    ctx: &Context,
    area: egui::Rect,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    Area::new(egui::Id::unique("first-hint"))
        .order(Order::Middle)
        .pivot(Align2::LEFT_BOTTOM)
        .fixed_pos(area.left_bottom() + Vec2::new(16.0, -60.0))
        .show(ctx, |ui| {
            let frame = Frame::popup(ui.style()).fill(theme.panel).inner_margin(16);
            frame.show(ui, |ui| {
                ui.set_width(360.0_f32.min(area.width() - 64.0));
                ui.label(RichText::new(locale.tr("hint-title")).heading().strong());
                for (number, id, task) in [
                    ("1", "hint-click", Task::Nearest),
                    ("2", "hint-draw", Task::Evacuation),
                    ("3", "hint-drop", Task::Data),
                ] {
                    ui.horizontal(|ui| {
                        ui.label(RichText::new(number).heading().color(theme.action).strong());
                        let try_it = |ui: &mut egui::Ui| {
                            let name = format!("{} {number}", locale.tr("hint-try"));
                            ui.push_id(number, |ui| button(ui, &locale.tr("hint-try")))
                                .inner
                                .on_hover_text(name)
                        };
                        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                            if try_it(ui).clicked() {
                                commands.push(AppCommand::Open(task).into());
                            }
                            ui.with_layout(egui::Layout::top_down(egui::Align::LEFT), |ui| {
                                ui.add(egui::Label::new(locale.tr(id)).wrap());
                            });
                        });
                    });
                }
                if primary_button(ui, theme, true, &locale.tr("hint-dismiss")).clicked() {
                    commands.push(AppCommand::DismissHint.into());
                }
            });
        });
}

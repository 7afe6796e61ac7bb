//! The left rail: the tasks.

use egui::{FontId, Role, Sense, Ui, Vec2, WidgetInfo, pos2};

use crate::session::state::Task;
use crate::session::{AppCommand, Command};
use crate::ui::icon::{self, Icon};
use crate::ui::theme::Theme;
use crate::view::Locale;

/// Width of the rail.
pub const WIDTH: f32 = 80.0;

fn look(task: Task) -> (Icon, &'static str) {
    match task {
        Task::Layers => (Icon::Layers, "task-layers"),
        Task::Nearest => (Icon::Nearest, "task-nearest"),
        Task::Evacuation => (Icon::Evacuation, "task-evacuation"),
        Task::Roads => (Icon::Roads, "task-roads"),
        Task::Data => (Icon::Data, "task-data"),
        Task::Settings => (Icon::Settings, "task-settings"),
    }
}

/// Draws the rail.
pub fn rail_ui(
    ui: &mut Ui,
    open: Option<Task>,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    let size = Vec2::new(ui.available_width(), 64.0);
    for task in Task::ALL {
        if task == Task::Settings {
            ui.add_space((ui.available_height() - size.y).max(0.0));
        }
        let (icon, id) = look(task);
        let name = locale.tr(id);
        let chosen = open == Some(task);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &name));
        let ink = if chosen { theme.action } else { theme.text };
        if chosen {
            ui.painter().rect_filled(rect, 0.0, theme.selection);
            let mut bar = rect;
            bar.set_width(3.0);
            ui.painter().rect_filled(bar, 0.0, theme.action);
        } else if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, 0.0, theme.hovered);
        }
        let mut upper = rect;
        upper.max.y -= 22.0;
        upper.min.y += 6.0;
        icon::paint(ui.painter(), upper, icon, ink);
        ui.painter().text(
            pos2(rect.center().x, rect.max.y - 14.0),
            egui::Align2::CENTER_CENTER,
            &name,
            FontId::proportional(13.0),
            theme.text,
        );
        if response.clicked() {
            commands.push(AppCommand::Open(task).into());
        }
    }
}

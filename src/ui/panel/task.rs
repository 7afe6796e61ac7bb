//! The panel of the open task: its title, its form and answer, its actions and sources at the foot.

use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui};

use super::{card, data, evacuation, import, layers, nearest, roads, settings};
use crate::session::state::Task;
use crate::session::{AppCommand, Command, Prefs};
use crate::ui::icon::Icon;
use crate::ui::screen::Screen;
use crate::ui::theme::Theme;
use crate::ui::widget::{icon_button, sources_ui};
use crate::view::Locale;
use crate::view::import::ImportStage;

/// Draws the panel of a task, or the card that covers it.
pub fn task_ui(
    ui: &mut Ui,
    task: Task,
    prefs: &Prefs,
    screen: &Screen,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let inner = Frame::new().inner_margin(Margin::symmetric(16, 8));
    Panel::top("task-title").resizable(false).frame(inner).show(ui, |ui| {
        title_ui(ui, task, screen, locale, theme, commands);
    });
    if has_actions(task, screen) {
        Panel::bottom("task-actions").resizable(false).frame(inner).show(ui, |ui| {
            actions_ui(ui, task, screen, locale, theme, commands);
        });
    }
    let body = Frame::new().inner_margin(Margin::symmetric(16, 4));
    CentralPanel::default().frame(body).show(ui, |ui| {
        // What opens anew begins at its top.
        let card = screen.card.as_ref().map(|card| card.feature);
        let done = screen.import.as_ref().map(|import| import.stage == ImportStage::Done);
        let question = screen.roads.question as u8;
        let page = (question, screen.closures.open);
        let id = (task as u8, card, done, screen.evacuation.folded.is_some(), page);
        ScrollArea::vertical().id_salt(id).auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width());
            body_ui(ui, task, prefs, screen, locale, theme, commands);
            ui.add_space(16.0);
        });
    });
}

fn title_ui(
    ui: &mut Ui,
    task: Task,
    screen: &Screen,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        let title = match &screen.card {
            Some(card) => {
                let back = icon_button(ui, theme, Icon::Back, &locale.tr("back"));
                if back.clicked() {
                    commands.push(AppCommand::Open(task).into());
                }
                if card.name.is_empty() { locale.tr("unnamed") } else { card.name.clone() }
            }
            None => locale.tr(match task {
                Task::Layers => "task-layers",
                Task::Nearest => "task-nearest",
                Task::Evacuation => "task-evacuation",
                Task::Roads => "task-roads",
                Task::Data if screen.import.is_some() => "task-import",
                Task::Data => "task-data",
                Task::Settings => "task-settings",
            }),
        };
        ui.set_min_height(44.0);
        let heading = egui::RichText::new(&title).heading().strong();
        ui.add(egui::Label::new(heading).truncate()).on_hover_text(title);
    });
}

fn body_ui(
    ui: &mut Ui,
    task: Task,
    prefs: &Prefs,
    screen: &Screen,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    if let Some(card) = &screen.card {
        return card::card_ui(ui, card, locale, theme, commands);
    }
    match task {
        Task::Layers => layers::layers_ui(ui, &screen.layers, locale, theme, commands),
        Task::Nearest => nearest::nearest_ui(ui, &screen.nearest, locale, theme, commands),
        Task::Evacuation => {
            evacuation::evacuation_ui(ui, &screen.evacuation, locale, theme, commands);
        }
        Task::Roads => {
            roads::roads_ui(ui, &screen.roads, &screen.closures, locale, theme, commands);
        }
        Task::Data if screen.import.is_some() => {
            if let Some(import) = &screen.import {
                import::import_ui(ui, import, locale, theme, commands);
            }
        }
        Task::Data => data::data_ui(ui, &screen.data, locale, theme, commands),
        Task::Settings => {
            settings::settings_ui(ui, prefs, &screen.costing, locale, theme, commands);
        }
    }
}

fn has_actions(task: Task, screen: &Screen) -> bool {
    screen.card.is_some()
        || match task {
            Task::Nearest => !screen.nearest.rows.is_empty(),
            Task::Evacuation => true,
            Task::Roads => screen.closures.open || roads::has_actions(&screen.roads),
            Task::Data => screen.import.is_some(),
            Task::Layers | Task::Settings => false,
        }
}

/// Buttons and sources below the answer.
fn actions_ui(
    ui: &mut Ui,
    task: Task,
    screen: &Screen,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    if let Some(card) = &screen.card {
        return card::actions_ui(ui, card, locale, commands);
    }
    match task {
        Task::Nearest => {
            nearest::actions_ui(ui, &screen.nearest, locale, theme, commands);
            sources_ui(ui, &screen.nearest.sources, locale, theme);
        }
        Task::Evacuation => {
            evacuation::actions_ui(ui, &screen.evacuation, locale, theme, commands);
            if let Some(plan) = &screen.evacuation.plan {
                sources_ui(ui, &plan.sources, locale, theme);
            }
        }
        Task::Roads if screen.closures.open => {
            roads::closures::actions_ui(ui, &screen.closures, locale, commands);
        }
        Task::Roads => {
            roads::actions_ui(ui, &screen.roads, locale, theme, commands);
            sources_ui(ui, &screen.roads.sources, locale, theme);
        }
        Task::Data => {
            if let Some(import) = &screen.import {
                import::actions_ui(ui, import, locale, theme, commands);
            }
        }
        Task::Layers | Task::Settings => {}
    }
}

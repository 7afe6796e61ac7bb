//! The plan: how many have a place, who has not and why, how full the shelters become.

use egui::{Align, Key, Layout, RichText, TextEdit, Ui, Vec2};

use crate::base::Message;
use crate::session::state::Drawer;
use crate::session::{AnalysisCommand, AppCommand, Command, MapCommand};
use crate::ui::panel::travel::heading_ui;
use crate::ui::style::TARGET;
use crate::ui::theme::Theme;
use crate::ui::widget::{button, cut, figures_ui, load_bar, part, remark, row_ui, split_row, weak};
use crate::view::evacuation::{LoadRow, PlanSummary};
use crate::view::{EvacuationSummary, Locale};

/// How many shelters and settlements the panel lists; the tables have all.
const LISTED: usize = 8;

/// How many rows of the preplanned table are shown on hover.
const UNRESOLVED: usize = 20;

/// Draws the plan.
pub fn plan_ui(
    ui: &mut Ui,
    plan: &PlanSummary,
    summary: &EvacuationSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    ui.add_space(8.0);
    if plan.stale {
        remark(ui, theme, theme.attention, locale.tr("plan-stale"));
    }
    let unit = locale.tr("unit-persons");
    let verb = Message::new("plan-people").with("verb", summary.verb.clone());
    let left = if plan.unassigned > 0 { theme.danger } else { theme.text };
    let shown = [
        (plan.people, locale.text(&verb), theme.text),
        (plan.assigned, locale.tr("plan-assigned"), theme.action),
        (plan.unassigned, locale.tr("plan-unassigned"), left),
    ];
    let shown = shown.map(|(count, name, color)| (locale.count(count), unit.clone(), name, color));
    figures_ui(ui, theme, &shown);
    if let Some(times) = &plan.times {
        heading_ui(ui, &times.heading, locale, theme);
        let text = Message::new("plan-times")
            .with("mean", times.mean.range())
            .with("longest", times.longest.range());
        ui.label(RichText::new(locale.text(&text)).strong());
    }
    if let (Some(mean), Some(farthest)) = (plan.mean_distance, plan.farthest) {
        let by_time = plan.times.is_some();
        let id = if by_time { "plan-distances-road" } else { "plan-distances" };
        let text = Message::new(id)
            .with("mean", locale.distance(mean))
            .with("farthest", locale.distance(farthest));
        weak(ui, theme, locale.text(&text));
    }
    weak(ui, theme, locale.text(&plan.quality));
    for (id, count) in [("plan-to-confirm", plan.to_confirm), ("plan-deviations", plan.deviations)]
    {
        if count > 0 {
            let text = Message::new(id).with("count", count).with("verb", summary.verb.clone());
            let text = locale.text(&text);
            remark(ui, theme, theme.attention, text);
        }
    }
    unresolved_ui(ui, plan, locale, theme);
    left_ui(ui, plan, summary, locale, theme, commands);
    loads_ui(ui, plan, summary, locale, theme, commands);
    limits_ui(ui, plan, locale, theme, commands);
}

/// Rows of the preplanned table that nobody can follow: how many, and which on hover.
fn unresolved_ui(ui: &mut Ui, plan: &PlanSummary, locale: &Locale, theme: &Theme) {
    if plan.unresolved.is_empty() {
        return;
    }
    let count = Message::new("plan-unresolved").with("count", plan.unresolved.len());
    let rows: Vec<String> =
        plan.unresolved.iter().take(UNRESOLVED).map(|row| locale.text(row)).collect();
    let shown = ui.scope(|ui| remark(ui, theme, theme.attention, locale.text(&count)));
    shown.response.on_hover_text(rows.join("\n"));
}

fn left_ui(
    ui: &mut Ui,
    plan: &PlanSummary,
    summary: &EvacuationSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    if plan.left.is_empty() {
        return;
    }
    part(ui, theme, locale.tr("plan-left"));
    for row in plan.left.iter().take(LISTED) {
        let people = locale.text(&Message::new("people").with("people", row.people));
        let why = locale.text(&row.why);
        let chosen = summary.selected == Some(row.feature);
        let name = format!("{} {people} {why}", row.name);
        let response = row_ui(ui, theme, chosen, &name, |ui| {
            split_row(
                ui,
                |ui| {
                    cut(ui, RichText::new(&row.name));
                },
                |ui| {
                    ui.label(RichText::new(&people).color(theme.danger).strong());
                },
            );
            ui.label(RichText::new(&why).small().color(theme.text_weak));
        });
        if response.clicked() {
            commands.push(MapCommand::Show(row.feature).into());
        }
    }
    if plan.left.len() > LISTED {
        let text = Message::new("open-table-all").with("count", plan.left.len());
        if button(ui, &locale.text(&text)).clicked() {
            commands.push(AppCommand::Drawer(Some(Drawer::Unassigned)).into());
        }
    }
}

fn loads_ui(
    ui: &mut Ui,
    plan: &PlanSummary,
    summary: &EvacuationSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let title = Message::new("plan-shelters")
        .with("count", plan.loads.len())
        .with("unusable", plan.unusable);
    part(ui, theme, locale.text(&title));
    for load in plan.loads.iter().take(LISTED) {
        load_ui(ui, load, summary, locale, theme, commands);
    }
    ui.horizontal_wrapped(|ui| {
        let text = Message::new("open-assignments").with("count", plan.assignments);
        if button(ui, &locale.text(&text)).clicked() {
            commands.push(AppCommand::Drawer(Some(Drawer::Assignments)).into());
        }
        if button(ui, &locale.tr("open-shelters")).clicked() {
            commands.push(AppCommand::Drawer(Some(Drawer::Shelters)).into());
        }
        if button(ui, &locale.tr("fit-answer")).clicked() {
            commands.push(MapCommand::FitAnswer.into());
        }
    });
}

fn load_ui(
    ui: &mut Ui,
    load: &LoadRow,
    summary: &EvacuationSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let chosen = summary.selected == Some(load.feature);
    let mut figures = Message::new("load").with("assigned", load.assigned);
    figures = match load.room {
        Some(room) => figures.with("room", locale.count(room)),
        None => figures.with("room", locale.tr("no-data")),
    };
    let figures = locale.text(&figures);
    let name = format!("{} {figures}", load.name);
    let response = row_ui(ui, theme, chosen, &name, |ui| {
        split_row(
            ui,
            |ui| {
                cut(ui, RichText::new(&load.name));
            },
            |ui| {
                ui.label(RichText::new(&figures).strong());
                if load.estimated {
                    weak(ui, theme, locale.tr("estimated"));
                }
            },
        );
        let share = load.assigned as f32 / load.room.unwrap_or(0).max(1) as f32;
        let color = if share >= 1.0 { theme.attention } else { theme.action };
        load_bar(ui, theme, share, color);
    });
    if response.clicked() {
        commands.push(MapCommand::Show(load.feature).into());
    }
}

fn limits_ui(
    ui: &mut Ui,
    plan: &PlanSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    if plan.limits.is_empty() {
        return;
    }
    part(ui, theme, locale.tr("plan-limits"));
    for (feature, message) in plan.limits.iter().take(LISTED) {
        let text = locale.text(message);
        let response = row_ui(ui, theme, false, &text, |ui| {
            ui.label(RichText::new(&text).small());
        });
        if let Some(feature) = feature
            && response.clicked()
        {
            commands.push(MapCommand::Show(*feature).into());
        }
    }
}

/// Name and button to save the plan under.
pub fn save_ui(
    ui: &mut Ui,
    plan: &PlanSummary,
    summary: &EvacuationSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    if summary.read_only {
        return;
    }
    if let Some(name) = &plan.saved_as {
        let text = locale.text(&Message::new("plan-saved-as").with("name", name.as_str()));
        cut(ui, RichText::new(text).small().color(theme.text_weak));
    }
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let ready = !summary.name.trim().is_empty();
            let (fill, ink) = if ready {
                (theme.action, theme.on_action)
            } else {
                (theme.raised, theme.text_weak)
            };
            let save = RichText::new(locale.tr("plan-save-title")).color(ink).strong();
            let save = egui::Button::new(save).fill(fill).min_size(Vec2::new(0.0, TARGET));
            let saved = ui.add_enabled(ready, save).clicked();
            let mut name = summary.name.clone();
            let field = TextEdit::singleline(&mut name)
                .hint_text(locale.tr("plan-name-hint"))
                .desired_width(ui.available_width())
                .align(egui::Align2::LEFT_CENTER)
                .min_size(Vec2::new(80.0, TARGET));
            let field = ui.add(field);
            if field.changed() {
                commands.push(AnalysisCommand::NamePlan(name).into());
            }
            let entered = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            if saved || (entered && ready) {
                commands.push(AnalysisCommand::SavePlan.into());
            }
        });
    });
}

//! The evacuation panel: the danger area and the conditions of the plan.

use egui::{Align, ComboBox, RichText, TextEdit, Ui, Vec2};

use crate::base::Message;
use crate::model::{HazardKind, StayClass};
use crate::session::evacuation::EvacuationForm;
use crate::session::state::Tool;
use crate::session::{AnalysisCommand, Command, MapCommand};
use crate::ui::panel::plan;
use crate::ui::style::CONTROL;
use crate::ui::theme::Theme;
use crate::ui::widget::{
    button, choices, empty_ui, figures_ui, part, primary_button, remark, weak,
};
use crate::view::evacuation::AreaFigures;
use crate::view::label::kind_label;
use crate::view::{EvacuationSummary, Locale};

/// Draws the form and the plan.
pub fn evacuation_ui(
    ui: &mut Ui,
    summary: &EvacuationSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    if let (Some(conditions), Some(answer)) = (&summary.folded, &summary.plan) {
        weak(ui, theme, locale.text(conditions));
        ui.horizontal(|ui| {
            if button(ui, &locale.tr("conditions-change")).clicked() {
                commands.push(AnalysisCommand::Unfold.into());
            }
            if answer.stale && button(ui, &locale.tr("plan-again")).clicked() {
                commands.push(AnalysisCommand::Plan.into());
            }
        });
        plan::plan_ui(ui, answer, summary, locale, theme, commands);
        return saved_ui(ui, summary, locale, theme, commands);
    }
    area_ui(ui, summary, locale, theme, commands);
    let mut form = summary.form.clone();
    form_ui(ui, &mut form, &summary.stay_basis, locale, theme);
    if form != summary.form {
        commands.push(AnalysisCommand::Evacuation(form).into());
    }
    if summary.bad_distance {
        remark(ui, theme, theme.danger, locale.tr("distance-unreadable"));
    }
    ui.add_space(8.0);
    if !summary.has_settlements {
        remark(ui, theme, theme.attention, locale.tr("evacuation-no-settlements"));
    } else if !summary.has_shelters {
        remark(ui, theme, theme.attention, locale.tr("evacuation-no-shelters"));
    }
    let ready = summary.area.is_some() && !summary.bad_distance && !summary.busy;
    let id = if summary.busy { "evacuation-busy" } else { "evacuation-make" };
    let text = Message::new(id).with("verb", summary.verb.clone());
    if primary_button(ui, theme, ready, &locale.text(&text)).clicked() {
        commands.push(AnalysisCommand::Plan.into());
    }
    if let Some(answer) = &summary.plan {
        plan::plan_ui(ui, answer, summary, locale, theme, commands);
    } else if summary.area.is_none() {
        empty_ui(ui, theme, &locale.tr("evacuation-empty"));
    }
    saved_ui(ui, summary, locale, theme, commands);
}

fn area_ui(
    ui: &mut Ui,
    summary: &EvacuationSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    part(ui, theme, locale.tr("evacuation-area"));
    let tools = [
        (Tool::DrawPolygon, locale.tr("draw-polygon")),
        (Tool::DrawCircle, locale.tr("draw-circle")),
    ];
    if let Some(tool) = choices(ui, Some(&summary.tool), &tools) {
        commands.push(MapCommand::UseTool(tool).into());
    }
    match summary.tool {
        Tool::DrawPolygon => remark(ui, theme, theme.action, locale.tr("draw-polygon-hint")),
        Tool::DrawCircle => remark(ui, theme, theme.action, locale.tr("draw-circle-hint")),
        Tool::Select | Tool::PickPlace => {}
    }
    if !summary.choices.is_empty() {
        ComboBox::from_id_salt("area-choice")
            .width(ui.available_width() - 8.0)
            .height(360.0)
            .selected_text(locale.tr("area-choose"))
            .show_ui(ui, |ui| {
                for (feature, name) in &summary.choices {
                    let text = format!("{name} · {}", kind_label(locale, feature.kind));
                    if ui.selectable_label(false, text).clicked() {
                        commands.push(AnalysisCommand::AreaOf(*feature).into());
                    }
                }
            });
    }
    let Some(area) = &summary.area else { return };
    ui.horizontal(|ui| {
        ui.label(RichText::new(locale.text(area)).color(theme.danger).strong());
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            if button(ui, &locale.tr("area-clear")).clicked() {
                commands.push(AnalysisCommand::ClearArea.into());
            }
        });
    });
    match &summary.figures {
        Some(figures) => area_figures_ui(ui, figures, locale, theme),
        None => {
            weak(ui, theme, locale.tr("working"));
        }
    }
}

fn area_figures_ui(ui: &mut Ui, figures: &AreaFigures, locale: &Locale, theme: &Theme) {
    let shown = [
        (figures.people, "unit-persons", "area-people"),
        (figures.settlements as u64, "unit-settlements", "area-settlements"),
        (figures.facilities as u64, "unit-facilities", "area-facilities"),
    ];
    let shown = shown.map(|(count, unit, name)| {
        (locale.count(count), locale.tr(unit), locale.tr(name), theme.text)
    });
    figures_ui(ui, theme, &shown);
    for (id, count) in [
        ("area-on-edge", figures.on_edge),
        ("area-point-only", figures.point_only),
        ("area-without-data", figures.without_data),
    ] {
        if count > 0 {
            weak(ui, theme, locale.text(&Message::new(id).with("count", count)));
        }
    }
}

fn form_ui(
    ui: &mut Ui,
    form: &mut EvacuationForm,
    stay_basis: &Message,
    locale: &Locale,
    theme: &Theme,
) {
    part(ui, theme, locale.tr("evacuation-hazard"));
    let mut hazards = vec![(None, locale.tr("hazard-any"))];
    hazards.extend(HazardKind::ALL.map(|h| (Some(h), locale.tr(&format!("hazard-{}", h.key())))));
    if let Some(hazard) = choices(ui, Some(&form.hazard), &hazards) {
        form.hazard = hazard;
    }
    ui.horizontal(|ui| {
        weak(ui, theme, locale.tr("evacuation-stay"));
        let name = |stay: StayClass| locale.tr(&format!("stay-{}", stay.key()));
        ComboBox::from_id_salt("stay")
            .width(ui.available_width() - 8.0)
            .selected_text(name(form.stay))
            .show_ui(ui, |ui| {
                for stay in StayClass::ALL {
                    ui.selectable_value(&mut form.stay, stay, name(stay));
                }
            });
    });
    weak(ui, theme, locale.text(stay_basis));
    ui.horizontal(|ui| {
        let label = weak(ui, theme, locale.tr("evacuation-max"));
        ui.add(
            TextEdit::singleline(&mut form.max_km)
                .hint_text(locale.tr("no-limit"))
                .desired_width(96.0)
                .align(egui::Align2::LEFT_CENTER)
                .min_size(Vec2::new(96.0, CONTROL)),
        )
        .labelled_by(label.id);
        weak(ui, theme, locale.tr("unit-km"));
    });
    ui.checkbox(&mut form.keep_together, locale.tr("evacuation-together"))
        .on_hover_text(locale.tr("evacuation-together-hint"));
}

fn saved_ui(
    ui: &mut Ui,
    summary: &EvacuationSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    if summary.saved.is_empty() {
        return;
    }
    part(ui, theme, locale.tr("plans-saved"));
    for name in &summary.saved {
        ui.push_id(name, |ui| {
            ui.horizontal(|ui| {
                ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
                    let delete = Message::new("plan-delete").with("name", name.as_str());
                    if !summary.read_only
                        && button(ui, &locale.tr("delete"))
                            .on_hover_text(locale.text(&delete))
                            .clicked()
                    {
                        let command = AnalysisCommand::DeletePlan(name.clone()).into();
                        let confirm = crate::session::AppCommand::Confirm(Box::new(command));
                        commands.push(confirm.into());
                    }
                    if button(ui, &locale.tr("open")).clicked() {
                        commands.push(AnalysisCommand::LoadPlan(name.clone()).into());
                    }
                    ui.with_layout(egui::Layout::left_to_right(Align::Center), |ui| {
                        ui.add(egui::Label::new(name).truncate());
                    });
                });
            });
        });
    }
}

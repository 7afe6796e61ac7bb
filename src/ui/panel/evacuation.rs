//! The evacuation panel: the danger area and the conditions of the plan.

use egui::{Align, CollapsingHeader, Layout, RichText, ScrollArea, TextEdit, Ui, Vec2};

use crate::base::Message;
use crate::model::{HazardKind, StayClass};
use crate::session::evacuation::EvacuationForm;
use crate::session::nearest::Measure;
use crate::session::state::{FileWish, Tool};
use crate::session::{AnalysisCommand, AppCommand, Command, MapCommand};
use crate::ui::panel::path::choose;
use crate::ui::panel::plan;
use crate::ui::panel::travel::{Chosen, measure_ui};
use crate::ui::style::{CONTROL, GAP};
use crate::ui::theme::Theme;
use crate::ui::widget::{
    button, choices, combo, cut, empty_ui, figures_ui, form_row, part, primary_button, remark, weak,
};
use crate::view::evacuation::AreaFigures;
use crate::view::label::kind_label;
use crate::view::{EvacuationSummary, Locale};

/// Height at which the list of saved plans scrolls.
const SAVED: f32 = 200.0;

/// Draws the form and the plan.
pub fn evacuation_ui(
    ui: &mut Ui,
    summary: &EvacuationSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    saved_ui(ui, summary, locale, theme, commands);
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
        return plan::plan_ui(ui, answer, summary, locale, theme, commands);
    }
    area_ui(ui, summary, locale, theme, commands);
    let mut form = summary.form.clone();
    form_ui(ui, &mut form, summary, locale, theme);
    if form != summary.form {
        commands.push(AnalysisCommand::Evacuation(form).into());
    }
    if summary.bad_distance {
        let id = match summary.form.measure {
            Measure::Distance => "distance-unreadable",
            Measure::Time => "minutes-unreadable",
        };
        remark(ui, theme, theme.danger, locale.tr(id));
    }
    if !summary.has_settlements {
        remark(ui, theme, theme.attention, locale.tr("evacuation-no-settlements"));
    } else if !summary.has_shelters {
        remark(ui, theme, theme.attention, locale.tr("evacuation-no-shelters"));
    }
    if let Some(answer) = &summary.plan {
        plan::plan_ui(ui, answer, summary, locale, theme, commands);
    } else if summary.area.is_none() {
        empty_ui(ui, theme, &locale.tr("evacuation-empty"));
    }
}

/// What can be done now, at the foot of the panel: make the plan, or save it.
pub fn actions_ui(
    ui: &mut Ui,
    summary: &EvacuationSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    if let (Some(_), Some(answer)) = (&summary.folded, &summary.plan) {
        return plan::save_ui(ui, answer, summary, locale, theme, commands);
    }
    let ready = summary.area.is_some() && !summary.bad_distance && !summary.busy;
    let id = if summary.busy { "evacuation-busy" } else { "evacuation-make" };
    let text = Message::new(id).with("verb", summary.verb.clone());
    if primary_button(ui, theme, ready, &locale.text(&text)).clicked() {
        commands.push(AnalysisCommand::Plan.into());
    }
}

fn area_ui(
    ui: &mut Ui,
    summary: &EvacuationSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    part(ui, theme, locale.tr("evacuation-area"));
    let ways = [
        (Some(Tool::DrawPolygon), locale.tr("draw-polygon")),
        (Some(Tool::DrawCircle), locale.tr("draw-circle")),
        (None, locale.tr("area-from-file")),
    ];
    match choices(ui, Some(&Some(summary.tool)), &ways) {
        Some(Some(tool)) => commands.push(MapCommand::UseTool(tool).into()),
        Some(None) => commands.push(choose(FileWish::Area, locale, String::new())),
        None => {}
    }
    match summary.tool {
        Tool::DrawPolygon => remark(ui, theme, theme.action, locale.tr("draw-polygon-hint")),
        Tool::DrawCircle => remark(ui, theme, theme.action, locale.tr("draw-circle-hint")),
        Tool::Select | Tool::PickPlace | Tool::CloseRoad | Tool::DrawLine => {}
    }
    if !summary.choices.is_empty() {
        combo(ui, "area-choice", &locale.tr("area-choose"), |ui| {
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
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if button(ui, &locale.tr("area-clear")).clicked() {
                commands.push(AnalysisCommand::ClearArea.into());
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                cut(ui, RichText::new(locale.text(area)).color(theme.danger).strong());
            });
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
        (figures.settlements, "unit-settlements", "area-settlements"),
        (Some(figures.facilities as u64), "unit-facilities", "area-facilities"),
    ];
    let shown = shown.map(|(count, unit, name)| match count {
        Some(count) => (locale.count(count), locale.tr(unit), locale.tr(name), theme.text),
        None => (locale.tr("no-data"), String::new(), locale.tr(name), theme.text_weak),
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
    summary: &EvacuationSummary,
    locale: &Locale,
    theme: &Theme,
) {
    part(ui, theme, locale.tr("evacuation-hazard"));
    let mut hazards = vec![(None, locale.tr("hazard-any"))];
    hazards.extend(HazardKind::ALL.map(|h| (Some(h), locale.tr(&format!("hazard-{}", h.key())))));
    if let Some(hazard) = choices(ui, Some(&form.hazard), &hazards) {
        form.hazard = hazard;
    }
    ui.add_space(GAP);
    form_row(ui, theme, &locale.tr("evacuation-stay"), |ui, _| {
        let name = |stay: StayClass| locale.tr(&format!("stay-{}", stay.key()));
        combo(ui, "stay", &name(form.stay), |ui| {
            for stay in StayClass::ALL {
                ui.selectable_value(&mut form.stay, stay, name(stay));
            }
        });
    });
    weak(ui, theme, locale.text(&summary.stay_basis));
    let now = form.vehicle().to_owned();
    let (measure, vehicle) = (&mut form.measure, &mut form.vehicle);
    let chosen = Chosen { measure, vehicle, conditions: &mut form.conditions };
    measure_ui(ui, theme, "evacuation-vehicle", chosen, (&summary.vehicles, &now), locale);
    let (name, most, unit) = match form.measure {
        Measure::Distance => ("evacuation-max", &mut form.max_km, "unit-km"),
        Measure::Time => ("evacuation-max-time", &mut form.max_minutes, "unit-minutes"),
    };
    form_row(ui, theme, &locale.tr(name), |ui, label| {
        ui.add(
            TextEdit::singleline(most)
                .hint_text(locale.tr("no-limit"))
                .desired_width(96.0)
                .align(egui::Align2::LEFT_CENTER)
                .min_size(Vec2::new(96.0, CONTROL)),
        )
        .labelled_by(label);
        weak(ui, theme, locale.tr(unit));
    });
    ui.checkbox(&mut form.keep_together, locale.tr("evacuation-together"))
        .on_hover_text(locale.tr("evacuation-together-hint"));
}

/// The saved plans: open as long as there is nothing else, then one tap away.
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
    let title = Message::new("plans-saved").with("count", summary.saved.len());
    let title = locale.text(&title);
    let mut list = |ui: &mut Ui| {
        ScrollArea::vertical().id_salt("saved-plans").max_height(SAVED).show(ui, |ui| {
            for name in &summary.saved {
                ui.push_id(name, |ui| saved_plan_ui(ui, name, summary, locale, commands));
            }
        });
    };
    if summary.area.is_none() && summary.plan.is_none() {
        part(ui, theme, title);
        list(ui);
    } else {
        CollapsingHeader::new(title).id_salt("saved").show_unindented(ui, list);
    }
}

fn saved_plan_ui(
    ui: &mut Ui,
    name: &str,
    summary: &EvacuationSummary,
    locale: &Locale,
    commands: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let delete = Message::new("plan-delete").with("name", name);
            let delete = locale.text(&delete);
            if !summary.read_only
                && button(ui, &locale.tr("delete")).on_hover_text(delete).clicked()
            {
                let command = AnalysisCommand::DeletePlan(name.to_owned()).into();
                commands.push(AppCommand::Confirm(Box::new(command)).into());
            }
            if button(ui, &locale.tr("open")).clicked() {
                commands.push(AnalysisCommand::LoadPlan(name.to_owned()).into());
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                cut(ui, RichText::new(name));
            });
        });
    });
}

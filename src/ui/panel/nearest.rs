//! The nearest panel: a place, what is looked for, and the answer.

use egui::{Align, ComboBox, Layout, RichText, TextEdit, Ui, Vec2};

use crate::base::Message;
use crate::model::Kind;
use crate::session::nearest::{FilterLine, NearestForm};
use crate::session::state::{Drawer, FileWish};
use crate::session::{AnalysisCommand, AppCommand, Command, MapCommand};
use crate::ui::icon::Icon;
use crate::ui::panel::card::phone_ui;
use crate::ui::panel::nearest_time::{time_lines, times_ui, unreached_ui};
use crate::ui::panel::path::choose;
use crate::ui::panel::travel::{Chosen, measure_ui};
use crate::ui::style::CONTROL;
use crate::ui::theme::Theme;
use crate::ui::widget::{
    button, combo, cut, empty_ui, form_row, icon_button, remark, row_ui, split_row, weak,
};
use crate::view::label::{choice_label, field_label, kind_label, value_with_unit};
use crate::view::nearest::{NearestRow, NearestStage, place_message};
use crate::view::{Locale, NearestSummary};

/// Draws the form and the answer.
pub fn nearest_ui(
    ui: &mut Ui,
    summary: &NearestSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let mut form = summary.form.clone();
    form_ui(ui, summary, &mut form, locale, theme);
    if form != summary.form {
        commands.push(AnalysisCommand::Nearest(form).into());
    }
    ui.add_space(8.0);
    match summary.stage {
        NearestStage::NoLayer => {
            let kind = Message::new(crate::view::label::kind_id(summary.form.kind));
            let text = Message::new("nearest-no-layer").with("kind", kind);
            empty_ui(ui, theme, &locale.text(&text));
        }
        NearestStage::NoPlace => empty_ui(ui, theme, &locale.tr("nearest-no-place")),
        NearestStage::BadDistance => {
            remark(ui, theme, theme.danger, locale.tr("distance-unreadable"));
        }
        NearestStage::Nothing => empty_ui(ui, theme, &locale.tr("nearest-nothing")),
        NearestStage::NoRoads => remark(ui, theme, theme.attention, locale.tr("roads-no-net")),
        NearestStage::Busy if summary.rows.is_empty() && summary.times.is_none() => {
            empty_ui(ui, theme, &locale.tr("working"));
        }
        NearestStage::Busy | NearestStage::Found => {
            if summary.left_out > 0 {
                let text = Message::new("layers-left-out").with("count", summary.left_out);
                weak(ui, theme, locale.text(&text));
            }
            if let Some(times) = &summary.times {
                times_ui(ui, times, locale, theme);
            }
            for row in &summary.rows {
                reach_ui(ui, row, summary, locale, theme, commands);
            }
            if let Some(times) = &summary.times {
                unreached_ui(ui, times, summary.selected, locale, theme, commands);
            }
        }
    }
}

/// The buttons below the answer.
pub fn actions_ui(
    ui: &mut Ui,
    summary: &NearestSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    if summary.rows.is_empty() {
        return;
    }
    let chosen = summary.rows.iter().find(|row| summary.selected == Some(row.feature));
    if let Some(row) = chosen {
        ui.horizontal_wrapped(|ui| {
            if button(ui, &locale.tr("details")).clicked() {
                commands.push(MapCommand::Identify(row.feature).into());
            }
            match &row.phone {
                Some(phone) => phone_ui(ui, phone, locale, commands),
                None => {
                    weak(ui, theme, locale.tr("phone-none"));
                }
            }
        });
    }
    ui.horizontal_wrapped(|ui| {
        if button(ui, &locale.tr("open-table")).clicked() {
            commands.push(AppCommand::Drawer(Some(Drawer::Nearest)).into());
        }
        if button(ui, &locale.tr("fit-answer")).clicked() {
            commands.push(MapCommand::FitAnswer.into());
        }
        if button(ui, &locale.tr("data-export-to")).clicked() {
            let name = format!("{}.xlsx", kind_label(locale, summary.form.kind));
            commands.push(choose(FileWish::ExportAnswer, locale, name));
        }
    });
}

fn form_ui(
    ui: &mut Ui,
    summary: &NearestSummary,
    form: &mut NearestForm,
    locale: &Locale,
    theme: &Theme,
) {
    let place = match form.at {
        Some(at) => locale.text(&place_message(&form.place, at)),
        None => locale.tr("nearest-place-none"),
    };
    form_row(ui, theme, &locale.tr("nearest-place"), |ui, _| {
        cut(ui, RichText::new(place).strong());
    });
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ComboBox::from_id_salt("nearest-k")
                .width(64.0)
                .selected_text(form.k.to_string())
                .show_ui(ui, |ui| {
                    for k in [1, 3, 5, 10, 20, 50] {
                        ui.selectable_value(&mut form.k, k, k.to_string());
                    }
                })
                .response
                .on_hover_text(locale.tr("nearest-k"));
            weak(ui, theme, locale.tr("nearest-first"));
            let shown = combo(ui, "nearest-kind", &kind_label(locale, form.kind), |ui| {
                for kind in &summary.kinds {
                    ui.selectable_value(&mut form.kind, *kind, kind_label(locale, *kind));
                }
            });
            shown.on_hover_text(locale.tr("nearest-kind"));
            if form.kind != summary.form.kind {
                form.filters.clear();
                form.vehicle = None;
            }
        });
    });
    let (measure, vehicle) = (&mut form.measure, &mut form.vehicle);
    let chosen = Chosen { measure, vehicle, conditions: &mut form.conditions };
    let vehicles = (&summary.vehicles[..], summary.vehicle.as_str());
    measure_ui(ui, theme, "nearest-vehicle", chosen, vehicles, locale);
    form_row(ui, theme, &locale.tr("nearest-within"), |ui, label| {
        ui.add(
            TextEdit::singleline(&mut form.within_km)
                .hint_text(locale.tr("no-limit"))
                .desired_width(72.0)
                .align(egui::Align2::LEFT_CENTER)
                .min_size(Vec2::new(72.0, CONTROL)),
        )
        .labelled_by(label);
        weak(ui, theme, locale.tr("unit-km"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let free = summary.filters.iter().find(|f| !has_line(form, f.field));
            if let Some(field) = free
                && button(ui, &locale.tr("filter-add")).clicked()
            {
                let line = FilterLine { field: field.field.to_owned(), value: String::new() };
                form.filters.push(line);
            }
        });
    });
    filters_ui(ui, summary, form, locale, theme);
}

fn has_line(form: &NearestForm, field: &str) -> bool {
    form.filters.iter().any(|line| line.field == field)
}

fn filters_ui(
    ui: &mut Ui,
    summary: &NearestSummary,
    form: &mut NearestForm,
    locale: &Locale,
    theme: &Theme,
) {
    let kind = form.kind;
    let mut gone = None;
    for (at, line) in form.filters.iter_mut().enumerate() {
        ui.push_id(("filter", at), |ui| {
            ui.horizontal(|ui| {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if icon_button(ui, theme, Icon::Close, &locale.tr("filter-remove")).clicked() {
                        gone = Some(at);
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        filter_ui(ui, summary, kind, line, locale, theme);
                    });
                });
            });
        });
    }
    if let Some(at) = gone {
        form.filters.remove(at);
    }
}

fn filter_ui(
    ui: &mut Ui,
    summary: &NearestSummary,
    kind: Kind,
    line: &mut FilterLine,
    locale: &Locale,
    theme: &Theme,
) {
    let before = line.field.clone();
    ui.scope(|ui| {
        ui.set_max_width(130.0);
        let shown = combo(ui, "field", &field_label(locale, kind, &line.field), |ui| {
            for field in &summary.filters {
                let name = field_label(locale, kind, field.field);
                ui.selectable_value(&mut line.field, field.field.to_owned(), name);
            }
        });
        shown.on_hover_text(locale.tr("filter-field"));
    });
    if line.field != before {
        line.value.clear();
    }
    value_ui(ui, summary, kind, line, locale, theme);
}

fn value_ui(
    ui: &mut Ui,
    summary: &NearestSummary,
    kind: Kind,
    line: &mut FilterLine,
    locale: &Locale,
    theme: &Theme,
) {
    let Some(field) = summary.filters.iter().find(|f| f.field == line.field) else { return };
    if field.boolean || !field.choices.is_empty() {
        let word = |key: &str| match (key, field.boolean) {
            ("", _) => locale.tr("filter-any"),
            ("true", true) => locale.tr("yes"),
            ("false", true) => locale.tr("no"),
            (key, _) => choice_label(locale, kind, field.field, key),
        };
        let keys: Vec<String> = if field.boolean {
            vec!["true".to_owned(), "false".to_owned()]
        } else {
            field.choices.clone()
        };
        let shown = combo(ui, "value", &word(&line.value), |ui| {
            ui.selectable_value(&mut line.value, String::new(), locale.tr("filter-any"));
            for key in keys {
                let name = word(&key);
                ui.selectable_value(&mut line.value, key, name);
            }
        });
        shown.on_hover_text(locale.tr("filter-value"));
    } else {
        let label = weak(ui, theme, locale.tr("at-least"));
        ui.add(
            TextEdit::singleline(&mut line.value)
                .desired_width(ui.available_width())
                .align(egui::Align2::LEFT_CENTER)
                .min_size(Vec2::new(40.0, CONTROL)),
        )
        .labelled_by(label.id);
    }
}

fn reach_ui(
    ui: &mut Ui,
    row: &NearestRow,
    summary: &NearestSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let chosen = summary.selected == Some(row.feature);
    let name = if row.name.is_empty() { locale.tr("unnamed") } else { row.name.clone() };
    let (distance, estimate) = time_lines(row, locale);
    let title = format!("{} {name} {distance}", row.number);
    let response = row_ui(ui, theme, chosen, &title, |ui| {
        split_row(
            ui,
            |ui| {
                ui.label(RichText::new(row.number.to_string()).color(theme.action).strong());
                cut(ui, RichText::new(&name));
            },
            |ui| {
                ui.label(RichText::new(distance).strong());
            },
        );
        if let Some(estimate) = estimate {
            ui.label(RichText::new(estimate).small().color(theme.text));
        }
        let mut facts: Vec<String> = row
            .facts
            .iter()
            .map(|(field, value)| {
                let kind = row.feature.kind;
                let label = field_label(locale, kind, field);
                let value = value_with_unit(locale, kind, field, value.as_ref());
                format!("{label} {value}")
            })
            .collect();
        facts.extend(row.capacity.as_ref().map(|capacity| locale.text(capacity)));
        facts.extend(row.phone.clone());
        // The places that are left decide; everything else about the facility is secondary.
        if let Some(over) = row.over {
            let text = locale.text(&Message::new("places-over").with("people", over));
            ui.label(RichText::new(text).color(theme.danger).strong());
        } else if let Some(left) = row.available {
            let text = locale.text(&Message::new("places-left").with("people", left));
            ui.label(RichText::new(text).strong());
        }
        ui.label(RichText::new(facts.join(" · ")).small().color(theme.text_weak));
    });
    if response.double_clicked() {
        commands.push(MapCommand::Identify(row.feature).into());
    } else if response.clicked() {
        commands.push(MapCommand::Show(row.feature).into());
    }
}

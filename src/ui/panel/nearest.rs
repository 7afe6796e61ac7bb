//! The nearest panel: a place, what is looked for, and the answer.

use egui::{Align, ComboBox, RichText, TextEdit, Ui, Vec2};

use crate::base::Message;
use crate::model::Kind;
use crate::session::nearest::{FilterLine, NearestForm};
use crate::session::state::Drawer;
use crate::session::{AnalysisCommand, AppCommand, Command, MapCommand};
use crate::ui::icon::Icon;
use crate::ui::style::CONTROL;
use crate::ui::theme::Theme;
use crate::ui::widget::{button, empty_ui, icon_button, remark, row_ui, split_row, weak};
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
        NearestStage::Busy if summary.rows.is_empty() => {
            empty_ui(ui, theme, &locale.tr("working"));
        }
        NearestStage::Busy | NearestStage::Found => {
            if summary.left_out > 0 {
                let text = Message::new("layers-left-out").with("count", summary.left_out);
                weak(ui, theme, locale.text(&text));
            }
            for row in &summary.rows {
                reach_ui(ui, row, summary, locale, theme, commands);
            }
        }
    }
}

/// The buttons below the answer.
pub fn actions_ui(
    ui: &mut Ui,
    summary: &NearestSummary,
    locale: &Locale,
    commands: &mut Vec<Command>,
) {
    if summary.rows.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        if button(ui, &locale.tr("open-table")).clicked() {
            commands.push(AppCommand::Drawer(Some(Drawer::Nearest)).into());
        }
        if button(ui, &locale.tr("fit-answer")).clicked() {
            commands.push(MapCommand::FitAnswer.into());
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
    ui.horizontal(|ui| {
        weak(ui, theme, locale.tr("nearest-place"));
        ui.add(egui::Label::new(RichText::new(place).strong()).truncate());
    });
    ui.horizontal(|ui| {
        let name = locale.tr("nearest-kind");
        let combo = ComboBox::from_id_salt("nearest-kind")
            .width(ui.available_width() - 132.0)
            .height(420.0)
            .selected_text(kind_label(locale, form.kind));
        let shown = combo.show_ui(ui, |ui| {
            for kind in &summary.kinds {
                ui.selectable_value(&mut form.kind, *kind, kind_label(locale, *kind));
            }
        });
        shown.response.on_hover_text(name);
        if form.kind != summary.form.kind {
            form.filters.clear();
        }
        weak(ui, theme, locale.tr("nearest-first"));
        ComboBox::from_id_salt("nearest-k")
            .width(56.0)
            .selected_text(form.k.to_string())
            .show_ui(ui, |ui| {
                for k in [1, 3, 5, 10, 20, 50] {
                    ui.selectable_value(&mut form.k, k, k.to_string());
                }
            })
            .response
            .on_hover_text(locale.tr("nearest-k"));
    });
    ui.horizontal(|ui| {
        let label = weak(ui, theme, locale.tr("nearest-within"));
        ui.add(
            TextEdit::singleline(&mut form.within_km)
                .hint_text(locale.tr("no-limit"))
                .desired_width(96.0)
                .align(egui::Align2::LEFT_CENTER)
                .min_size(Vec2::new(96.0, CONTROL)),
        )
        .labelled_by(label.id);
        weak(ui, theme, locale.tr("unit-km"));
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            let free = summary.filters.iter().any(|f| !has_line(form, f.field));
            if free && button(ui, &locale.tr("filter-add")).clicked() {
                let first = summary.filters.iter().find(|f| !has_line(form, f.field));
                if let Some(field) = first {
                    form.filters
                        .push(FilterLine { field: field.field.to_owned(), value: String::new() });
                }
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
                let before = line.field.clone();
                ComboBox::from_id_salt("field")
                    .width(130.0)
                    .selected_text(field_label(locale, kind, &line.field))
                    .show_ui(ui, |ui| {
                        for field in &summary.filters {
                            let name = field_label(locale, kind, field.field);
                            ui.selectable_value(&mut line.field, field.field.to_owned(), name);
                        }
                    })
                    .response
                    .on_hover_text(locale.tr("filter-field"));
                if line.field != before {
                    line.value.clear();
                }
                value_ui(ui, summary, kind, line, locale, theme);
                if icon_button(ui, theme, Icon::Close, &locale.tr("filter-remove")).clicked() {
                    gone = Some(at);
                }
            });
        });
    }
    if let Some(at) = gone {
        form.filters.remove(at);
    }
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
    let width = (ui.available_width() - 60.0).max(60.0);
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
        ComboBox::from_id_salt("value")
            .width(width)
            .selected_text(word(&line.value))
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut line.value, String::new(), locale.tr("filter-any"));
                for key in keys {
                    let name = word(&key);
                    ui.selectable_value(&mut line.value, key, name);
                }
            })
            .response
            .on_hover_text(locale.tr("filter-value"));
    } else {
        let label = weak(ui, theme, locale.tr("at-least"));
        ui.add(
            TextEdit::singleline(&mut line.value)
                .desired_width(width - 60.0)
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
    let distance = locale.distance(row.distance);
    let title = format!("{} {name} {distance}", row.number);
    let response = row_ui(ui, theme, chosen, &title, |ui| {
        split_row(
            ui,
            |ui| {
                ui.label(RichText::new(row.number.to_string()).color(theme.action).strong());
                ui.add(egui::Label::new(&name).truncate());
            },
            |ui| {
                ui.label(RichText::new(distance).strong());
            },
        );
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
        if let Some(left) = row.available {
            let text = Message::new("places-left").with("people", left);
            facts.push(locale.text(&text));
        }
        if let Some(phone) = &row.phone {
            facts.push(phone.clone());
        }
        ui.label(RichText::new(facts.join(" · ")).small().color(theme.text_weak));
        if chosen {
            ui.add_space(2.0);
        }
    });
    if response.double_clicked() {
        commands.push(MapCommand::Identify(row.feature).into());
    } else if response.clicked() {
        commands.push(MapCommand::Show(row.feature).into());
    }
    if chosen && button(ui, &locale.tr("details")).clicked() {
        commands.push(MapCommand::Identify(row.feature).into());
    }
}

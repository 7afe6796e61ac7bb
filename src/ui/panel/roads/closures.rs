//! The closures section: how the next closure will be, and what bars the roads now or soon.

use egui::{RichText, TextEdit, Ui, Vec2};

use crate::base::Message;
use crate::session::closures::{ClosureForm, DEPTHS, Effect, Extent, LENGTHS, SPEEDS, STARTS};
use crate::session::{ClosuresCommand, Command, EditCommand, MapCommand};
use crate::ui::segments::segments;
use crate::ui::style::CONTROL;
use crate::ui::theme::Theme;
use crate::ui::widget::{button, cut, form_row, part, remark, row_ui, weak, wide};
use crate::view::closures::{BarrierRow, ClosuresSummary};
use crate::view::roads::RoadsBody;
use crate::view::{Locale, RoadsSummary};

/// Draws the section. The open question's answer stands above the list, so that it is seen to change.
pub fn closures_ui(
    ui: &mut Ui,
    summary: &ClosuresSummary,
    roads: &RoadsSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    if summary.read_only {
        remark(ui, theme, theme.attention, locale.tr("card-read-only"));
    } else {
        remark(ui, theme, theme.action, locale.tr(hint(summary.form.extent)));
        form_ui(ui, &summary.form, locale, theme, commands);
    }
    answer_ui(ui, roads, locale, theme);
    for coming in [false, true] {
        let rows: Vec<&BarrierRow> =
            summary.rows.iter().filter(|row| row.coming == coming).collect();
        if coming && rows.is_empty() {
            continue;
        }
        let heading = if coming { "closures-coming" } else { "closures-in-force" };
        part(ui, theme, locale.text(&Message::new(heading).with("count", rows.len())));
        if rows.is_empty() {
            weak(ui, theme, locale.tr("closures-none"));
        }
        for row in rows {
            barrier_ui(ui, row, summary, locale, theme, commands);
        }
    }
}

/// What can be done at the foot of the panel: take the last change back.
pub fn actions_ui(
    ui: &mut Ui,
    summary: &ClosuresSummary,
    locale: &Locale,
    commands: &mut Vec<Command>,
) {
    let undo = egui::Button::new(RichText::new(locale.tr("undo")).strong());
    if wide(ui, !summary.read_only, undo).on_hover_text(locale.tr("undo-hint")).clicked() {
        commands.push(EditCommand::Undo.into());
    }
}

fn hint(extent: Extent) -> &'static str {
    match extent {
        Extent::Point => "closure-hint-point",
        Extent::Stretch => "closure-hint-stretch",
        Extent::Road => "closure-hint-road",
        Extent::Line => "closure-hint-line",
        Extent::Area => "closure-hint-area",
    }
}

fn form_ui(
    ui: &mut Ui,
    form: &ClosureForm,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let mut next = form.clone();
    let effects = Effect::ALL.map(|effect| (effect, locale.tr(effect_word(effect))));
    if let Some(effect) = segments(ui, theme, &form.effect, &effects) {
        next.effect = effect;
    }
    let figures = |id: &'static str, name: &'static str, all: &[u32]| {
        let word = |figure: &u32| {
            let text = Message::new(id).with(name, *figure);
            (*figure, locale.text(&text))
        };
        all.iter().map(word).collect::<Vec<_>>()
    };
    match form.effect {
        Effect::Closed => {}
        Effect::Slower => {
            let all = figures("closure-speed", "speed", &SPEEDS);
            if let Some(speed) = segments(ui, theme, &form.speed, &all) {
                next.speed = speed;
            }
        }
        Effect::Water => {
            let all = figures("closure-depth", "depth", &DEPTHS);
            if let Some(depth) = segments(ui, theme, &form.depth, &all) {
                next.depth = depth;
            }
        }
    }
    let extents: Vec<_> =
        form.extents().map(|extent| (extent, locale.tr(extent_word(extent)))).collect();
    if let Some(extent) = segments(ui, theme, &form.extent, &extents) {
        next.extent = extent;
    }
    let starts = STARTS.map(|start| match start {
        0 => (0, locale.tr("closure-now")),
        later => (later, format!("+{later}")),
    });
    form_row(ui, theme, &locale.tr("closure-start"), |ui, _| {
        if let Some(start) = segments(ui, theme, &form.start, &starts) {
            next.start = start;
        }
    });
    let word = |hours: u32| hours.to_string();
    let lengths =
        LENGTHS.map(|length| (length, length.map_or_else(|| locale.tr("closure-open-end"), word)));
    form_row(ui, theme, &locale.tr("closure-length"), |ui, _| {
        if let Some(length) = segments(ui, theme, &form.length, &lengths) {
            next.length = length;
        }
    });
    form_row(ui, theme, &locale.tr("closure-name"), |ui, label| {
        let field = TextEdit::singleline(&mut next.name)
            .id_salt("closure-name")
            .hint_text(locale.tr("closure-name-hint"))
            .char_limit(60)
            .desired_width(ui.available_width() - 8.0)
            .align(egui::Align2::LEFT_CENTER)
            .min_size(Vec2::new(0.0, CONTROL));
        ui.add(field).labelled_by(label);
    });
    if next != *form {
        commands.push(ClosuresCommand::Form(next).into());
    }
}

fn effect_word(effect: Effect) -> &'static str {
    match effect {
        Effect::Closed => "closure-closed",
        Effect::Slower => "closure-slower",
        Effect::Water => "closure-water",
    }
}

fn extent_word(extent: Extent) -> &'static str {
    match extent {
        Extent::Point => "closure-point",
        Extent::Stretch => "closure-stretch",
        Extent::Road => "closure-road",
        Extent::Line => "closure-line",
        Extent::Area => "closure-area",
    }
}

/// The answer of the open question in a line.
fn answer_ui(ui: &mut Ui, roads: &RoadsSummary, locale: &Locale, theme: &Theme) {
    let (text, color) = match &roads.body {
        _ if roads.busy => (locale.tr("working"), theme.text_weak),
        RoadsBody::Route(view) => match view.ways.first() {
            Some(way) => {
                let text = Message::new("closures-route")
                    .with("time", way.time.message())
                    .with("distance", locale.distance(way.distance));
                (locale.text(&text), theme.text)
            }
            None => (locale.tr("roads-no-way"), theme.danger),
        },
        RoadsBody::CutOff(view) => {
            let text = Message::new("closures-cut").with("people", locale.count(view.people));
            (locale.text(&text), if view.people > 0 { theme.danger } else { theme.text })
        }
        _ => return,
    };
    ui.add_space(8.0);
    ui.label(RichText::new(text).strong().color(color));
}

/// A barrier: a tap shows it on the map, another lifts it.
fn barrier_ui(
    ui: &mut Ui,
    row: &BarrierRow,
    summary: &ClosuresSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    ui.push_id(row.feature, |ui| {
        let name = locale.text(&row.name);
        let mut what = locale.text(&row.effect);
        if let Some(window) = &row.window {
            what = format!("{what} · {window}");
        }
        let chosen = summary.selected == Some(row.feature);
        let lift = Message::new("closure-lift-named").with("name", name.as_str());
        ui.horizontal(|ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_enabled_ui(!summary.read_only, |ui| {
                    let lifted = button(ui, &locale.tr("closure-lift"));
                    if lifted.on_hover_text(locale.text(&lift)).clicked() {
                        commands.push(ClosuresCommand::Lift(row.feature).into());
                    }
                });
                ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                    let shown = row_ui(ui, theme, chosen, &format!("{name} {what}"), |ui| {
                        let color = if row.coming { theme.text } else { theme.attention };
                        cut(ui, RichText::new(&name).color(color).strong());
                        cut(ui, RichText::new(&what).small().color(theme.text_weak));
                    });
                    if shown.clicked() {
                        commands.push(MapCommand::Show(row.feature).into());
                    }
                });
            });
        });
    });
}

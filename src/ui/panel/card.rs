//! The card of one feature: what is known about it, what of that is old, and what can be changed.

use egui::{Align, Key, Layout, RichText, TextEdit, Ui, Vec2};
use geo_types::Coord;

use super::checks::checks_ui;
use crate::base::{Id, Message};
use crate::model::{Kind, Value};
use crate::scene::coordinate_text;
use crate::session::state::HistoryLine;
use crate::session::{AnalysisCommand, AppCommand, Command, EditCommand, MapCommand};
use crate::ui::style::CONTROL;
use crate::ui::theme::Theme;
use crate::ui::widget::{button, choices, figures_ui, part, remark, weak, wide};
use crate::view::card::{CountEdit, StatusEdit};
use crate::view::label::{
    change_text, choice_label, field_label, kind_label, value_with_unit, who_text,
};
use crate::view::{IdentifyCard, Locale};

/// How many changes the card lists.
const LISTED: usize = 10;

/// Draws the card.
pub fn card_ui(
    ui: &mut Ui,
    card: &IdentifyCard,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let kind = card.feature.kind;
    weak(ui, theme, kind_label(locale, kind));
    if card.source.sample {
        remark(ui, theme, theme.attention, locale.tr("sample-row"));
    }
    let can_change = card.status.is_some() || card.closed.is_some() || !card.counts.is_empty();
    if card.read_only && can_change {
        remark(ui, theme, theme.attention, locale.tr("card-read-only"));
    }
    places_ui(ui, card, locale, theme);
    if let Some(status) = &card.status {
        status_ui(ui, card.feature.id, kind, status, card.read_only, locale, theme, commands);
    }
    if let Some(closed) = card.closed {
        traffic_ui(ui, card, closed, locale, theme, commands);
    }
    for count in &card.counts {
        count_ui(ui, card.feature.id, kind, count, card.read_only, locale, theme, commands);
    }
    if let Some(checks) = &card.checks {
        checks_ui(ui, checks, locale, theme);
    }
    part(ui, theme, locale.tr("card-fields"));
    for (field, value) in &card.fields {
        let name = field_label(locale, kind, field);
        let text = value_with_unit(locale, kind, field, value.as_ref());
        field_row(ui, theme, &name, &text, value.is_none());
    }
    for (header, text) in &card.extra {
        field_row(ui, theme, header, text, false);
    }
    if let Some((lon, lat)) = card.at {
        let text = coordinate_text(Coord { x: lon, y: lat });
        field_row(ui, theme, &locale.tr("card-place"), &text, false);
    }
    let unknown = card.source.source.is_empty() && !card.source.sample;
    let source = if unknown { locale.tr("no-data") } else { locale.text(&card.source.name()) };
    field_row(ui, theme, &locale.tr("field-source"), &source, unknown);
    let as_of = card.source.as_of.clone().unwrap_or_else(|| locale.tr("no-data"));
    field_row(ui, theme, &locale.tr("field-as_of"), &as_of, card.source.as_of.is_none());
    history_ui(ui, kind, &card.history, locale, theme);
}

/// The buttons below the card.
pub fn actions_ui(ui: &mut Ui, card: &IdentifyCard, locale: &Locale, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        if button(ui, &locale.tr("card-show")).clicked() {
            commands.push(MapCommand::Show(card.feature).into());
        }
        if let Some((x, y)) = card.at
            && button(ui, &locale.tr("card-nearest")).clicked()
        {
            commands.push(AppCommand::Open(crate::session::state::Task::Nearest).into());
            commands.push(
                MapCommand::GoTo(crate::session::search::Hit {
                    feature: Some(card.feature),
                    name: card.name.clone(),
                    place: String::new(),
                    at: geo_types::Coord { x, y },
                })
                .into(),
            );
        }
        if let Some(phone) = &card.phone {
            phone_ui(ui, phone, locale, commands);
        }
        // Only what people changed here can be taken back, and it is the store's last act.
        let changed = card.history.iter().any(|line| line.added || line.field != "*");
        let hint = locale.tr("undo-hint");
        if changed
            && !card.read_only
            && button(ui, &locale.tr("undo")).on_hover_text(hint).clicked()
        {
            commands.push(EditCommand::Undo.into());
        }
        if card.has_outline && button(ui, &locale.tr("card-area")).clicked() {
            commands.push(AnalysisCommand::AreaOf(card.feature).into());
        }
    });
}

/// Places left, or people too many: the number that matters about a shelter.
fn places_ui(ui: &mut Ui, card: &IdentifyCard, locale: &Locale, theme: &Theme) {
    let unit = locale.tr("unit-persons");
    let figure = match (card.over, card.available) {
        (Some(over), _) => Some((over, "places-over-name", theme.danger)),
        (None, Some(left)) => Some((left, "places-left-name", theme.text)),
        (None, None) => None,
    };
    if let Some((count, name, color)) = figure {
        figures_ui(ui, theme, &[(locale.count(count), unit, locale.tr(name), color)]);
    }
    if let Some(capacity) = &card.capacity {
        weak(ui, theme, locale.text(capacity));
    }
}

/// A phone number, copied by a tap.
pub fn phone_ui(ui: &mut Ui, phone: &str, locale: &Locale, commands: &mut Vec<Command>) {
    let text = locale.text(&Message::new("phone").with("number", phone));
    let call = egui::Button::new(RichText::new(text).strong()).truncate();
    let call = ui.add(call.min_size(Vec2::new(0.0, CONTROL)));
    if call.on_hover_text(locale.tr("phone-copy")).clicked() {
        ui.copy_text(phone.to_owned());
        commands.push(AppCommand::Copied(phone.to_owned()).into());
    }
}

fn field_row(ui: &mut Ui, theme: &Theme, name: &str, text: &str, no_data: bool) {
    const NAME: f32 = 130.0;
    // A row of text is lower than a row of controls.
    let row = Layout::left_to_right(Align::Min);
    ui.allocate_ui_with_layout(Vec2::new(ui.available_width(), 20.0), row, |ui| {
        ui.allocate_ui_with_layout(Vec2::new(NAME, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(NAME);
            ui.add(egui::Label::new(RichText::new(name).small().color(theme.text_weak)).wrap());
        });
        let color = if no_data { theme.text_weak } else { theme.text };
        ui.add(egui::Label::new(RichText::new(text).color(color)).wrap().selectable(true));
    });
}

/// Whether traffic gets through, and the one button that changes it.
fn traffic_ui(
    ui: &mut Ui,
    card: &IdentifyCard,
    closed: bool,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    part(ui, theme, field_label(locale, card.feature.kind, "status"));
    if closed {
        remark(ui, theme, theme.attention, locale.tr("road-is-closed"));
    } else {
        weak(ui, theme, locale.tr("road-is-open"));
    }
    let (id, status) = if closed { ("road-reopen", "open") } else { ("road-close", "closed") };
    let text = RichText::new(locale.tr(id)).strong();
    let act = if closed {
        egui::Button::new(text.color(theme.on_action)).fill(theme.action)
    } else {
        egui::Button::new(text.color(theme.on_attention)).fill(theme.attention)
    };
    if wide(ui, !card.read_only, act).clicked() {
        let value = Some(Value::Text(status.to_owned()));
        let field = "status".to_owned();
        commands.push(EditCommand::Set { id: card.feature.id, field, value }.into());
    }
}

#[expect(clippy::too_many_arguments, reason = "a widget of one record's one field")]
fn status_ui(
    ui: &mut Ui,
    id: Id,
    kind: Kind,
    status: &StatusEdit,
    read_only: bool,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    part(ui, theme, field_label(locale, kind, "status"));
    let all: Vec<(String, String)> = status
        .choices
        .iter()
        .map(|key| (key.clone(), choice_label(locale, kind, "status", key)))
        .collect();
    if status.now.is_none() {
        weak(ui, theme, locale.tr("no-data"));
    }
    ui.add_enabled_ui(!read_only, |ui| {
        if let Some(key) = choices(ui, status.now.as_ref(), &all) {
            let value = Some(Value::Text(key));
            commands.push(EditCommand::Set { id, field: "status".to_owned(), value }.into());
        }
    });
}

#[expect(clippy::too_many_arguments, reason = "a widget of one record's one field")]
fn count_ui(
    ui: &mut Ui,
    id: Id,
    kind: Kind,
    count: &CountEdit,
    read_only: bool,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let name = field_label(locale, kind, count.field);
    part(ui, theme, name.clone());
    let now = count.now.map(|n| locale.count(n));
    let now = now.unwrap_or_else(|| locale.tr("no-data"));
    let mut set = |n: u64| {
        let value = Some(Value::Integer(i64::try_from(n).unwrap_or(i64::MAX)));
        commands.push(EditCommand::Set { id, field: count.field.to_owned(), value }.into());
    };
    let mut typed = count.typed.clone().unwrap_or_default();
    let mut changed = false;
    ui.add_enabled_ui(!read_only, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(&now).strong().size(18.0));
            ui.spacing_mut().item_spacing.x = 4.0;
            for step in [-10_i64, -1, 1, 10] {
                let text = if step > 0 { format!("+{step}") } else { format!("−{}", -step) };
                if button(ui, &text).on_hover_text(format!("{name} {text}")).clicked() {
                    set(count.now.unwrap_or(0).saturating_add_signed(step));
                }
            }
            let field = TextEdit::singleline(&mut typed)
                .id_salt(("count", count.field))
                .hint_text(locale.tr("card-type-figure"))
                .desired_width(104.0)
                .align(egui::Align2::LEFT_CENTER)
                .min_size(Vec2::new(104.0, CONTROL));
            let response = ui.add(field).on_hover_text(&name);
            changed = response.changed();
            let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
            let figure = typed.trim().replace(',', "").parse::<u64>().ok();
            let saved = count.typed.is_some()
                && figure.is_some()
                && button(ui, &locale.tr("save")).clicked();
            if let Some(figure) = figure.filter(|_| saved || entered) {
                set(figure);
                changed = false;
            }
        });
    });
    if changed {
        commands.push(EditCommand::Type { field: count.field.to_owned(), text: typed }.into());
    }
}

fn history_ui(ui: &mut Ui, kind: Kind, history: &[HistoryLine], locale: &Locale, theme: &Theme) {
    if history.is_empty() {
        return;
    }
    part(ui, theme, locale.tr("card-history"));
    for line in history.iter().take(LISTED) {
        let when = line.at.get(..16).unwrap_or(&line.at).replace('T', " ");
        let what = if line.added {
            locale.tr("history-added")
        } else if line.field == "*" {
            locale.tr("history-import")
        } else {
            change_text(locale, kind, &line.field, (line.old.as_ref(), line.new.as_ref()))
        };
        weak(ui, theme, format!("{when} · {} · {what}", who_text(locale, &line.who)));
    }
}

//! The form of the open question: places, vehicle, who covers within how long.

use egui::{Align, Button, Layout, RichText, Ui, Vec2};

use crate::base::Message;
use crate::session::roads::{COVER_MINUTES, RoadQuestion, RouteEnd};
use crate::session::{Command, RoadsCommand};
use crate::ui::panel::travel::{conditions_ui, vehicle_row};
use crate::ui::segments::segments;
use crate::ui::style::TARGET;
use crate::ui::theme::Theme;
use crate::ui::widget::{combo, cut, form_row, remark};
use crate::view::label::kind_label;
use crate::view::{Locale, RoadsSummary};

/// Draws the form.
pub fn form_ui(
    ui: &mut Ui,
    summary: &RoadsSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let mut row = |ui: &mut Ui, name: &str, place: &Option<Message>, end: RouteEnd| {
        place_ui(ui, summary, name, place, end, locale, theme, commands);
    };
    match summary.question {
        RoadQuestion::Route => {
            row(ui, "roads-from", &summary.from, RouteEnd::From);
            row(ui, "roads-to", &summary.to, RouteEnd::To);
            if summary.from.is_some()
                && summary.to.is_some()
                && super::further(ui, locale, "roads-swap")
            {
                commands.push(RoadsCommand::Swap.into());
            }
        }
        RoadQuestion::Reach => row(ui, "roads-from", &summary.centre, RouteEnd::From),
        RoadQuestion::Coverage => {
            form_row(ui, theme, &locale.tr("roads-kind"), |ui, _| {
                let mut kind = summary.kind;
                let shown = combo(ui, "roads-kind", &kind_label(locale, kind), |ui| {
                    for other in &summary.kinds {
                        ui.selectable_value(&mut kind, *other, kind_label(locale, *other));
                    }
                });
                shown.on_hover_text(locale.tr("roads-kind"));
                if kind != summary.kind {
                    commands.push(RoadsCommand::Kind(kind).into());
                }
            });
        }
        RoadQuestion::CutOff => {}
    }
    let (all, now) = (&summary.vehicles, &summary.vehicle);
    if let Some(vehicle) = vehicle_row(ui, theme, "roads-vehicle", all, now, locale) {
        commands.push(RoadsCommand::Vehicle(vehicle).into());
    }
    if let Some(conditions) = conditions_ui(ui, theme, summary.conditions, locale) {
        commands.push(RoadsCommand::Conditions(conditions).into());
    }
    if summary.question == RoadQuestion::Coverage {
        let limits = COVER_MINUTES.map(|minutes| {
            let text = Message::new("roads-minutes").with("minutes", minutes);
            (minutes, locale.text(&text))
        });
        if let Some(minutes) = segments(ui, theme, &summary.limit, &limits) {
            commands.push(RoadsCommand::Limit(minutes).into());
        }
    }
    if let Some(end) = summary.picking.filter(|_| takes_places(summary.question)) {
        let id = match (summary.question, end) {
            (RoadQuestion::Route, RouteEnd::To) => "roads-pick-to",
            (RoadQuestion::Route, RouteEnd::From) => "roads-pick-from",
            _ => "roads-pick-centre",
        };
        remark(ui, theme, theme.action, locale.tr(id));
    }
}

fn takes_places(question: RoadQuestion) -> bool {
    matches!(question, RoadQuestion::Route | RoadQuestion::Reach)
}

#[expect(clippy::too_many_arguments, reason = "one row of one form")]
fn place_ui(
    ui: &mut Ui,
    summary: &RoadsSummary,
    name: &str,
    place: &Option<Message>,
    end: RouteEnd,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let label = locale.tr(name);
    form_row(ui, theme, &label, |ui, _| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let chosen = match summary.question {
                RoadQuestion::Route => summary.picking == Some(end),
                _ => summary.picking.is_some(),
            };
            let pick = Button::selectable(chosen, locale.tr("roads-pick"))
                .frame_when_inactive(true)
                .min_size(Vec2::new(TARGET, TARGET));
            let hint = format!("{} {label}", locale.tr("roads-pick"));
            if ui.add(pick).on_hover_text(hint).clicked() {
                commands.push(RoadsCommand::Pick(end).into());
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let (text, color) = match place {
                    Some(place) => (locale.text(place), theme.text),
                    None => (locale.tr("roads-not-chosen"), theme.text_weak),
                };
                cut(ui, RichText::new(text).color(color).strong());
            });
        });
    });
}

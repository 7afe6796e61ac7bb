//! The roads panel: four questions and the closures side by side, the form of the open one, its answer.

pub mod closures;
mod coverage;
mod cutoff;
mod form;
mod net;
mod route;

use egui::Ui;

use crate::base::Message;
use crate::session::roads::{REACH_MINUTES, RoadQuestion};
use crate::session::{ClosuresCommand, Command, RoadsCommand};
use crate::ui::map::band_swatch_ui;
use crate::ui::panel::travel::heading_ui;
use crate::ui::segments::segments;
use crate::ui::theme::Theme;
use crate::ui::widget::{button, empty_ui, primary_button, remark, weak};
use crate::view::roads::RoadsBody;
use crate::view::{ClosuresSummary, Locale, RoadsSummary};

/// Draws the question and its answer.
pub fn roads_ui(
    ui: &mut Ui,
    summary: &RoadsSummary,
    closing: &ClosuresSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let all = RoadQuestion::ALL.map(|question| (Some(question), locale.tr(word(question))));
    let pages = [&all[..], &[(None, locale.tr("closures"))]].concat();
    let open = (!closing.open).then_some(summary.question);
    match segments(ui, theme, &open, &pages) {
        Some(Some(question)) => commands.push(RoadsCommand::Question(question).into()),
        Some(None) => commands.push(ClosuresCommand::Open.into()),
        None => {}
    }
    if closing.open {
        return closures::closures_ui(ui, closing, summary, locale, theme, commands);
    }
    form::form_ui(ui, summary, locale, theme, commands);
    ui.add_space(8.0);
    if summary.stale {
        remark(ui, theme, theme.attention, locale.tr("roads-stale"));
    }
    if let Some(heading) = &summary.heading {
        heading_ui(ui, heading, locale, theme);
    }
    match &summary.body {
        RoadsBody::Incomplete => empty_ui(ui, theme, &locale.tr(missing(summary.question))),
        RoadsBody::Empty if summary.busy => empty_ui(ui, theme, &locale.tr("working")),
        RoadsBody::Empty => empty_ui(ui, theme, &locale.tr("roads-stopped")),
        RoadsBody::NoRoads => remark(ui, theme, theme.attention, locale.tr("roads-no-net")),
        RoadsBody::Route(view) => route::route_ui(ui, view, locale, theme, commands),
        RoadsBody::Reach(minutes) => reach_ui(ui, minutes, locale, theme),
        RoadsBody::Coverage(view) => {
            coverage::coverage_ui(ui, summary, view, locale, theme, commands);
        }
        RoadsBody::CutOff(view) => cutoff::cut_off_ui(ui, summary, view, locale, theme, commands),
    }
    if let Some(closures) = summary.closures {
        let text = Message::new("roads-closures").with("count", closures);
        weak(ui, theme, locale.text(&text));
    }
    if let Some(net) = &summary.net {
        net::net_ui(ui, net, locale, theme, commands);
    }
}

/// What can be done with the answer, at the foot of the panel.
pub fn actions_ui(
    ui: &mut Ui,
    summary: &RoadsSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let stopped = summary.body == RoadsBody::Empty && !summary.busy;
    if summary.stale || stopped {
        if primary_button(ui, theme, !summary.busy, &locale.tr("roads-again")).clicked() {
            commands.push(RoadsCommand::Ask.into());
        }
        return;
    }
    let more = match &summary.body {
        RoadsBody::Coverage(view) if view.candidates.is_none() => "roads-candidates",
        RoadsBody::CutOff(view) if view.bridges.is_none() => "roads-losses",
        _ => return,
    };
    let id = if summary.busy_more { "working" } else { more };
    if primary_button(ui, theme, !summary.busy && !summary.busy_more, &locale.tr(id)).clicked() {
        commands.push(RoadsCommand::More.into());
    }
}

/// Whether there is anything at the foot of the panel.
pub fn has_actions(summary: &RoadsSummary) -> bool {
    !matches!(summary.body, RoadsBody::Incomplete | RoadsBody::NoRoads)
}

fn word(question: RoadQuestion) -> &'static str {
    match question {
        RoadQuestion::Route => "roads-route",
        RoadQuestion::Reach => "roads-reach",
        RoadQuestion::Coverage => "roads-coverage",
        RoadQuestion::CutOff => "roads-cut-off",
    }
}

fn missing(question: RoadQuestion) -> &'static str {
    match question {
        RoadQuestion::Reach => "roads-reach-empty",
        _ => "roads-route-empty",
    }
}

/// The legend of the bands on the map.
fn reach_ui(ui: &mut Ui, minutes: &[u32], locale: &Locale, theme: &Theme) {
    if minutes.is_empty() {
        return remark(ui, theme, theme.attention, locale.tr("roads-reach-nothing"));
    }
    for minutes in minutes {
        ui.horizontal(|ui| {
            ui.set_min_height(32.0);
            let step = REACH_MINUTES.iter().position(|own| own == minutes).unwrap_or(0);
            band_swatch_ui(ui, step, theme);
            let text = Message::new("roads-within").with("minutes", *minutes);
            ui.label(locale.text(&text));
        });
    }
    weak(ui, theme, locale.tr("roads-reach-estimate"));
}

/// A small button for something further, cut where it finds no room.
fn further(ui: &mut Ui, locale: &Locale, id: &str) -> bool {
    button(ui, &locale.tr(id)).clicked()
}

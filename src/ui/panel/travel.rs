//! How somebody travels: the choice of vehicle and conditions, and the heading of what was asked.

use egui::{RichText, Ui};

use crate::network::Conditions;
use crate::session::nearest::Measure;
use crate::ui::segments::{segments, toggles};
use crate::ui::theme::Theme;
use crate::ui::widget::{combo, form_row, weak};
use crate::view::Locale;
use crate::view::conditions::{TravelHeading, condition_label};
use crate::view::travel::vehicle_label;

/// What a form holds of how something is measured.
pub struct Chosen<'a> {
    /// By distance or by time.
    pub measure: &'a mut Measure,
    /// The vehicle, if another than the usual one is chosen.
    pub vehicle: &'a mut Option<String>,
    /// What prevails.
    pub conditions: &'a mut Conditions,
}

/// By distance, or by time and with what. `now` is the vehicle that travels.
pub fn measure_ui(
    ui: &mut Ui,
    theme: &Theme,
    salt: &str,
    form: Chosen<'_>,
    (all, now): (&[&'static str], &str),
    locale: &Locale,
) {
    let measures = [
        (Measure::Distance, locale.tr("nearest-by-distance")),
        (Measure::Time, locale.tr("nearest-by-time")),
    ];
    if let Some(measure) = segments(ui, theme, form.measure, &measures) {
        *form.measure = measure;
    }
    if *form.measure == Measure::Time {
        let chosen = vehicle_row(ui, theme, salt, all, now, locale);
        if chosen.is_some() {
            *form.vehicle = chosen;
        }
        if let Some(conditions) = conditions_ui(ui, theme, *form.conditions, locale) {
            *form.conditions = conditions;
        }
    }
}

/// A row of a form with the vehicles to choose from; another one comes back.
pub fn vehicle_row(
    ui: &mut Ui,
    theme: &Theme,
    salt: &str,
    all: &[&'static str],
    now: &str,
    locale: &Locale,
) -> Option<String> {
    form_row(ui, theme, &locale.tr("nearest-vehicle"), |ui, _| {
        let mut key = now.to_owned();
        let shown = combo(ui, salt, &vehicle_label(locale, now), |ui| {
            for vehicle in all {
                let name = vehicle_label(locale, vehicle);
                ui.selectable_value(&mut key, (*vehicle).to_owned(), name);
            }
        });
        shown.on_hover_text(locale.tr("nearest-vehicle"));
        (key != now).then_some(key)
    })
}

/// Night, rain and snow, one tap each; others than before come back.
pub fn conditions_ui(
    ui: &mut Ui,
    theme: &Theme,
    now: Conditions,
    locale: &Locale,
) -> Option<Conditions> {
    let all = [("night", now.night), ("rain", now.rain), ("snow", now.snow)];
    let all = all.map(|(key, prevails)| (prevails, condition_label(locale, key)));
    let mut next = now;
    match toggles(ui, theme, &all)? {
        0 => next.night = !now.night,
        1 => next.rain = !now.rain,
        _ => next.snow = !now.snow,
    }
    Some(next)
}

/// What an answer was worked out for.
pub fn heading_ui(ui: &mut Ui, heading: &TravelHeading, locale: &Locale, theme: &Theme) {
    let ordinary = heading.conditions == Conditions::default();
    let color = if ordinary { theme.text } else { theme.attention };
    ui.label(RichText::new(heading.text(locale)).color(color).strong());
    if heading.is_unaffected() {
        weak(ui, theme, locale.tr("conditions-not-on-foot"));
    }
}

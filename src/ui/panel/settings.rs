//! The settings: language, colours, size, and what driving costs.

use egui::Ui;

use crate::base::Lang;
use crate::session::{AppCommand, Command, Light, Prefs};
use crate::ui::panel::costing::costing_ui;
use crate::ui::theme::Theme;
use crate::ui::widget::{choices, part, weak};
use crate::view::{CostingSummary, Locale};

/// Draws the settings.
pub fn settings_ui(
    ui: &mut Ui,
    prefs: &Prefs,
    costing: &CostingSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    part(ui, theme, locale.tr("settings-language"));
    let languages = [(Lang::Zh, locale.tr("lang-zh")), (Lang::En, locale.tr("lang-en"))];
    if let Some(lang) = choices(ui, Some(&prefs.lang), &languages) {
        commands.push(AppCommand::Language(lang).into());
    }
    part(ui, theme, locale.tr("settings-light"));
    let lights = [
        (Light::Day, locale.tr("light-day")),
        (Light::Night, locale.tr("light-night")),
        (Light::Red, locale.tr("light-red")),
    ];
    if let Some(light) = choices(ui, Some(&prefs.light), &lights) {
        commands.push(AppCommand::Light(light).into());
    }
    part(ui, theme, locale.tr("settings-size"));
    let mut vehicle = prefs.vehicle;
    if ui.checkbox(&mut vehicle, locale.tr("settings-vehicle")).changed() {
        commands.push(AppCommand::ToggleVehicle.into());
    }
    weak(ui, theme, locale.tr("settings-vehicle-hint"));
    costing_ui(ui, costing, locale, theme, commands);
    part(ui, theme, locale.tr("settings-keys"));
    for id in ["keys-search", "keys-panel", "keys-escape", "keys-map"] {
        weak(ui, theme, locale.tr(id));
    }
    part(ui, theme, locale.tr("settings-about"));
    weak(
        ui,
        theme,
        locale.text(
            &crate::base::Message::new("about-version").with("version", env!("CARGO_PKG_VERSION")),
        ),
    );
    weak(ui, theme, locale.tr("about-offline"));
}

//! The top bar: county, state of the data, search, clock, modes.

use egui::{Align, Key, Layout, Modifiers, RichText, TextEdit, TextStyle, Ui, Vec2};

use crate::session::{AnalysisCommand, AppCommand, Command, Light, MapCommand};
use crate::ui::icon::Icon;
use crate::ui::style::CONTROL;
use crate::ui::theme::Theme;
use crate::ui::widget::{button, cut, icon_button, row_ui, weak};
use crate::view::label::kind_label;
use crate::view::{Locale, TopSummary};

/// Draws the top bar. `time` is the time of day, hours and minutes.
pub fn top_ui(
    ui: &mut Ui,
    summary: &TopSummary,
    light: Light,
    time: &str,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        ui.label(RichText::new(locale.tr("app-name")).heading().strong().color(theme.action));
        if let Some(title) = &summary.title {
            ui.add(egui::Label::new(RichText::new(title).size(16.0)).truncate());
        }
        if let Some(data) = &summary.data {
            ui.add_space(8.0);
            let text = RichText::new(locale.text(data)).small().color(theme.attention);
            let shown = ui.label(text);
            let edge = egui::Stroke::new(1.0, theme.attention);
            let chip = egui::Rect::from_center_size(
                shown.rect.center(),
                Vec2::new(shown.rect.width() + 12.0, 24.0),
            );
            ui.painter().rect_stroke(chip, 4.0, edge, egui::StrokeKind::Inside);
            shown.on_hover_text(locale.tr("sample-warning"));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(8.0);
            let language = button(ui, &locale.tr("lang-switch"));
            if language.on_hover_text(locale.tr("lang-switch-hint")).clicked() {
                commands.push(AppCommand::Language(locale.lang().other()).into());
            }
            let (icon, name) = match light {
                Light::Day => (Icon::Sun, "light-day"),
                Light::Night => (Icon::Moon, "light-night"),
                Light::Red => (Icon::Lamp, "light-red"),
            };
            if icon_button(ui, theme, icon, &locale.tr(name)).clicked() {
                commands.push(AppCommand::NextLight.into());
            }
            if icon_button(ui, theme, Icon::Panel, &locale.tr("panel-toggle")).clicked() {
                commands.push(AppCommand::TogglePanel.into());
            }
            ui.label(RichText::new(time).text_style(TextStyle::Body).monospace());
            ui.add_space(8.0);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add_space(16.0);
                search_ui(ui, summary, locale, theme, commands);
            });
        });
    });
}

/// The search box and what was found.
fn search_ui(
    ui: &mut Ui,
    summary: &TopSummary,
    locale: &Locale,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let mut text = summary.search.clone();
    let width = ui.available_width().clamp(120.0, 420.0);
    let field = TextEdit::singleline(&mut text)
        .id(search_id())
        .hint_text(locale.tr("search-hint"))
        .desired_width(width)
        .align(egui::Align2::LEFT_CENTER)
        .min_size(Vec2::new(width, CONTROL));
    // The arrow keys choose among what was found.
    let marked = search_id().with("marked");
    let mut at = ui.data(|data| data.get_temp::<usize>(marked)).unwrap_or(0);
    if ui.memory(|memory| memory.has_focus(search_id())) {
        let (down, up) = ui.input_mut(|i| {
            let down = i.consume_key(Modifiers::NONE, Key::ArrowDown);
            (down, i.consume_key(Modifiers::NONE, Key::ArrowUp))
        });
        at = if down { at + 1 } else { at.saturating_sub(usize::from(up)) };
    }
    at = at.min(summary.hits.len().saturating_sub(1));
    let response = ui.add(field);
    if response.changed() {
        at = 0;
        commands.push(AnalysisCommand::Search(text).into());
    }
    ui.data_mut(|data| data.insert_temp(marked, at));
    if response.lost_focus()
        && ui.input(|i| i.key_pressed(Key::Enter))
        && let Some(hit) = summary.hits.get(at)
    {
        commands.push(MapCommand::GoTo(hit.clone()).into());
    }
    let wanted = summary.nothing || !summary.hits.is_empty();
    if wanted && ui.input(|i| i.key_pressed(Key::Escape)) {
        commands.push(AnalysisCommand::Search(String::new()).into());
        response.surrender_focus();
    }
    let popup = egui::Popup::from_response(&response)
        .id(search_id().with("hits"))
        .open(wanted)
        .accessible_name(locale.tr("search-results"))
        .width(response.rect.width());
    popup.show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if summary.nothing {
            ui.set_min_height(32.0);
            weak(ui, theme, locale.tr("search-nothing"));
        }
        for (number, hit) in summary.hits.iter().enumerate() {
            let kind = hit.feature.map(|feature| kind_label(locale, feature.kind));
            let about = match (kind, hit.place.is_empty()) {
                (Some(kind), false) => format!("{kind} · {}", hit.place),
                (Some(kind), true) => kind,
                (None, _) => locale.tr("search-coordinate"),
            };
            let row = row_ui(ui, theme, number == at, &format!("{} {about}", hit.name), |ui| {
                ui.horizontal(|ui| {
                    ui.label(&hit.name);
                    cut(ui, RichText::new(about).small().color(theme.text_weak));
                });
            });
            if row.clicked() {
                commands.push(MapCommand::GoTo(hit.clone()).into());
            }
        }
    });
}

/// Id of the search box, so that a shortcut can give it the focus.
pub fn search_id() -> egui::Id {
    egui::Id::unique("search")
}

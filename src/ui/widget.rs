//! The few widgets that every panel is made of.

use egui::{
    Align, Button, Color32, Layout, Response, RichText, Role, Sense, Stroke, TextStyle, Ui, Vec2,
    WidgetInfo,
};

use super::icon::{self, Icon};
use super::style::{CONTROL, FORM_LABEL, GAP, TARGET, figure};
use super::theme::Theme;
use crate::view::{Locale, SourcesLine};

/// The one action a panel is about.
pub fn primary_button(ui: &mut Ui, theme: &Theme, enabled: bool, text: &str) -> Response {
    let (fill, ink) =
        if enabled { (theme.action, theme.on_action) } else { (theme.raised, theme.text_weak) };
    let button = Button::new(RichText::new(text).color(ink).strong()).fill(fill);
    wide(ui, enabled, button)
}

/// A button as wide as there is room, with its words in the middle.
pub fn wide(ui: &mut Ui, enabled: bool, button: Button<'_>) -> Response {
    let size = Vec2::new(ui.available_width(), TARGET);
    let layout = Layout::centered_and_justified(egui::Direction::TopDown);
    ui.allocate_ui_with_layout(size, layout, |ui| ui.add_enabled(enabled, button)).inner
}

/// A button that does something further.
pub fn button(ui: &mut Ui, text: &str) -> Response {
    ui.add(Button::new(text).min_size(Vec2::new(0.0, CONTROL)))
}

/// A button that shows a picture; `name` is what it is called.
pub fn icon_button(ui: &mut Ui, theme: &Theme, icon: Icon, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(TARGET), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.shrink(2.0), 6.0, theme.hovered);
    }
    if response.has_focus() {
        let edge = Stroke::new(1.5, theme.action);
        ui.painter().rect_stroke(rect.shrink(2.0), 6.0, edge, egui::StrokeKind::Inside);
    }
    icon::paint(ui.painter(), rect, icon, theme.text);
    response.on_hover_text(name)
}

/// A choice among few, as rows of buttons; what finds no room goes evenly into several rows. The chosen
/// one comes back when it changes.
pub fn choices<T: PartialEq + Clone>(
    ui: &mut Ui,
    now: Option<&T>,
    all: &[(T, String)],
) -> Option<T> {
    let mut out = None;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(4.0);
        for row in all.chunks(per_row(ui, all)) {
            ui.horizontal(|ui| {
                for (value, name) in row {
                    let chosen = now == Some(value);
                    let button = Button::selectable(chosen, name.as_str())
                        .frame_when_inactive(true)
                        .truncate()
                        .min_size(Vec2::new(CONTROL, CONTROL));
                    if ui.add(button).clicked() && !chosen {
                        out = Some(value.clone());
                    }
                }
            });
        }
    });
    out
}

/// How many buttons stand in a row, so that no row is left with a single one where that can be avoided.
fn per_row<T>(ui: &Ui, all: &[(T, String)]) -> usize {
    let font = TextStyle::Button.resolve(ui.style());
    let padding = 2.0 * ui.spacing().button_padding.x + 2.0;
    let widths: Vec<f32> = all
        .iter()
        .map(|(_, name)| {
            let text =
                ui.painter().layout_no_wrap(name.clone(), font.clone(), Color32::PLACEHOLDER);
            (text.size().x + padding).max(CONTROL)
        })
        .collect();
    let fits = |row: &[f32]| {
        row.iter().sum::<f32>() + 4.0 * (row.len() - 1) as f32 <= ui.available_width()
    };
    let mut rows = 1;
    loop {
        let per_row = all.len().div_ceil(rows).max(1);
        if per_row == 1 || widths.chunks(per_row).all(fits) {
            return per_row;
        }
        rows += 1;
    }
}

/// A text that is cut where it finds no room, and whole under the pointer.
pub fn cut(ui: &mut Ui, text: RichText) -> Response {
    let whole = text.text().to_owned();
    ui.add(egui::Label::new(text).truncate()).on_hover_text(whole)
}

/// A line of a form: what it is called, and the field, which takes the rest of the width.
pub fn form_row<R>(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    field: impl FnOnce(&mut Ui, egui::Id) -> R,
) -> R {
    ui.horizontal(|ui| {
        let size = Vec2::new(FORM_LABEL, CONTROL);
        let layout = Layout::left_to_right(Align::Center);
        let label = ui.allocate_ui_with_layout(size, layout, |ui| {
            ui.set_min_size(size);
            let text = RichText::new(name).text_style(TextStyle::Small).color(theme.text_weak);
            ui.add(egui::Label::new(text).wrap())
        });
        field(ui, label.inner.id)
    })
    .inner
}

/// A list to choose from that takes all the width there is.
pub fn combo<R>(
    ui: &mut Ui,
    salt: impl std::hash::Hash + std::fmt::Debug,
    shown: &str,
    list: impl FnOnce(&mut Ui) -> R,
) -> Response {
    let width = ui.available_width();
    ui.scope(|ui| {
        ui.set_max_width(width);
        egui::ComboBox::from_id_salt(salt)
            .width(width)
            .height(420.0)
            .truncate()
            .selected_text(shown)
            .show_ui(ui, list)
            .response
    })
    .inner
}

/// Secondary text.
pub fn weak(ui: &mut Ui, theme: &Theme, text: impl Into<String>) -> Response {
    ui.label(RichText::new(text).text_style(TextStyle::Small).color(theme.text_weak))
}

/// The heading of a part of a panel.
pub fn part(ui: &mut Ui, theme: &Theme, text: impl Into<String>) {
    ui.add_space(GAP);
    ui.label(RichText::new(text).strong().color(theme.text));
}

/// Something that should be noticed: a bar of colour and words.
pub fn remark(ui: &mut Ui, theme: &Theme, color: Color32, text: impl Into<String>) {
    let frame = egui::Frame::new().fill(theme.raised).corner_radius(4).inner_margin(8);
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(text).color(theme.text))
    });
    let mut bar = shown.response.rect;
    bar.set_width(3.0);
    ui.painter().rect_filled(bar, 0.0, color);
}

/// The number that matters, its unit and what it counts.
fn figure_ui(ui: &mut Ui, theme: &Theme, number: &str, unit: &str, name: &str, color: Color32) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().interact_size.y = 24.0;
        weak(ui, theme, name);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.label(RichText::new(number).text_style(figure()).color(color).strong());
            weak(ui, theme, unit);
        });
    });
}

/// Several such numbers side by side; what finds no room goes into the next row.
pub fn figures_ui(ui: &mut Ui, theme: &Theme, figures: &[(String, String, String, Color32)]) {
    const GAP_BETWEEN: f32 = 16.0;
    // What a row holds is only known once it is laid out, so its width is worked out before.
    let width = |(number, unit, name, _): &(String, String, String, Color32)| {
        let text = |text: &str, style: TextStyle| {
            let font = style.resolve(ui.style());
            ui.painter().layout_no_wrap(text.to_owned(), font, theme.text).size().x
        };
        let row = text(number, figure()) + 4.0 + text(unit, TextStyle::Small);
        row.max(text(name, TextStyle::Small)).ceil() + 1.0
    };
    let widths: Vec<f32> = figures.iter().map(width).collect();
    let room = ui.available_width();
    let mut from = 0;
    while from < figures.len() {
        let mut to = from + 1;
        let mut used = widths[from];
        while to < figures.len() && used + GAP_BETWEEN + widths[to] <= room {
            used += GAP_BETWEEN + widths[to];
            to += 1;
        }
        let line = Layout::left_to_right(Align::Min);
        ui.allocate_ui_with_layout(Vec2::new(room, 0.0), line, |ui| {
            ui.spacing_mut().item_spacing.x = GAP_BETWEEN;
            for ((number, unit, name, color), width) in
                figures[from..to].iter().zip(&widths[from..to])
            {
                let column = Layout::top_down(Align::Min);
                ui.allocate_ui_with_layout(Vec2::new(*width, 0.0), column, |ui| {
                    figure_ui(ui, theme, number, unit, name, *color);
                });
            }
        });
        from = to;
    }
}

/// A bar that shows how full something is.
pub fn load_bar(ui: &mut Ui, theme: &Theme, share: f32, color: Color32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 6.0), Sense::hover());
    ui.painter().rect_filled(rect, 3.0, theme.hovered);
    let mut full = rect;
    full.set_width(rect.width() * share.clamp(0.0, 1.0));
    ui.painter().rect_filled(full, 3.0, color);
}

/// A row of a list that can be chosen. `name` is what it is called when it is read out.
pub fn row_ui(
    ui: &mut Ui,
    theme: &Theme,
    chosen: bool,
    name: &str,
    content: impl FnOnce(&mut Ui),
) -> Response {
    let under = ui.painter().add(egui::Shape::Noop);
    let inner = egui::Frame::new().inner_margin(egui::Margin::symmetric(8, 6)).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.set_min_height(TARGET - 12.0);
        ui.spacing_mut().interact_size.y = 22.0;
        ui.spacing_mut().item_spacing.y = 2.0;
        content(ui);
    });
    let rect = inner.response.rect;
    let response = ui.interact(rect, inner.response.id.with("row"), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, name));
    let fill = if chosen {
        Some(theme.selection)
    } else if response.hovered() || response.has_focus() {
        Some(theme.hovered)
    } else {
        None
    };
    if let Some(fill) = fill {
        ui.painter().set(under, egui::Shape::rect_filled(rect, 4.0, fill));
    }
    response
}

/// Name on the left, something short on the right.
pub fn split_row(ui: &mut Ui, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let height = ui.spacing().interact_size.y.min(24.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.set_min_height(height);
            right(ui);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_height(height);
                left(ui);
            });
        });
    });
}

/// What the answer rests on and how old that is.
pub fn sources_ui(ui: &mut Ui, sources: &SourcesLine, locale: &Locale, theme: &Theme) {
    if sources.entries.is_empty() {
        return;
    }
    if sources.sample() {
        let text = locale.tr("sample-warning");
        ui.label(RichText::new(text).text_style(TextStyle::Small).color(theme.attention));
    }
    let lines = sources.messages();
    let shown = 2;
    for line in lines.iter().take(shown) {
        let text = locale.text(line);
        ui.add(
            egui::Label::new(
                RichText::new(&text).text_style(TextStyle::Small).color(theme.text_weak),
            )
            .truncate(),
        )
        .on_hover_text(text);
    }
    if lines.len() > shown {
        let more: Vec<String> = lines.iter().map(|line| locale.text(line)).collect();
        let count = crate::base::Message::new("sources-more").with("count", lines.len() - shown);
        weak(ui, theme, locale.text(&count)).on_hover_text(more.join("\n"));
    }
}

/// What to do when there is nothing to show.
pub fn empty_ui(ui: &mut Ui, theme: &Theme, text: &str) {
    ui.add_space(GAP * 2.0);
    ui.vertical_centered(|ui| {
        ui.set_max_width(280.0);
        ui.label(RichText::new(text).color(theme.text_weak));
    });
    ui.add_space(GAP * 2.0);
}

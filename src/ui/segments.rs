//! A choice among few that always shows: segments side by side that share the width evenly.

use egui::{Align, Align2, CornerRadius, FontId, Layout, Rect, Role, Sense, Stroke, StrokeKind};
use egui::{TextStyle, Ui, Vec2, WidgetInfo};

use super::style::TARGET;
use super::theme::Theme;

/// Draws the segments; the chosen one comes back when it changes.
pub fn segments<T: PartialEq + Clone>(
    ui: &mut Ui,
    theme: &Theme,
    now: &T,
    all: &[(T, String)],
) -> Option<T> {
    let shown = all.iter().map(|(value, name)| (value == now, name.as_str()));
    let clicked = row_of(ui, theme, shown.collect())?;
    all.get(clicked).map(|(value, _)| value.clone()).filter(|value| value != now)
}

/// Draws segments each of which is on or off by itself; the one that was touched comes back.
pub fn toggles(ui: &mut Ui, theme: &Theme, all: &[(bool, String)]) -> Option<usize> {
    row_of(ui, theme, all.iter().map(|(on, name)| (*on, name.as_str())).collect())
}

/// Segments with their names, and whether each is chosen; the one that was touched comes back.
fn row_of(ui: &mut Ui, theme: &Theme, all: Vec<(bool, &str)>) -> Option<usize> {
    let mut out = None;
    let size = Vec2::new(ui.available_width(), TARGET);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let wide = (size.x / all.len().max(1) as f32).floor();
        let font = TextStyle::Button.resolve(ui.style());
        for (n, (chosen, name)) in all.into_iter().enumerate() {
            let (rect, response) = ui.allocate_exact_size(Vec2::new(wide, TARGET), Sense::click());
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, name));
            let ground = match (chosen, response.hovered()) {
                (true, _) => theme.selection,
                (false, true) => theme.hovered,
                (false, false) => theme.raised,
            };
            let painter = ui.painter();
            painter.rect_filled(rect, CornerRadius::ZERO, ground);
            let edge = if chosen || response.has_focus() { theme.action } else { theme.outline };
            let inner = rect.shrink(0.5);
            painter.rect_stroke(
                inner,
                CornerRadius::ZERO,
                Stroke::new(1.0, edge),
                StrokeKind::Middle,
            );
            if chosen {
                // Not by colour alone.
                let mut bar = rect;
                bar.min.y = rect.max.y - 3.0;
                painter.rect_filled(bar, CornerRadius::ZERO, theme.action);
            }
            fit_text(ui, theme, rect, name, &font);
            if response.clicked() {
                out = Some(n);
            }
        }
    });
    out
}

/// The name in the middle of its segment, smaller where there is less room.
fn fit_text(ui: &Ui, theme: &Theme, rect: Rect, name: &str, font: &FontId) {
    let wide = ui.painter().layout_no_wrap(name.to_owned(), font.clone(), theme.text).size().x;
    let room = rect.width() - 8.0;
    let size = if wide > room { (font.size * room / wide).max(9.0) } else { font.size };
    let font = FontId::new(size, font.family.clone());
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, name, font, theme.text);
}

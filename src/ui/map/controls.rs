//! What lies on the map for hand and eye: zoom buttons, scale bar, coordinates, notice.

use egui::{Align2, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2};
use geo_types::Coord;

use super::picture::paint_text;
use crate::scene::{Notice, ScaleBar, Token, coordinate_text};
use crate::ui::theme::Theme;
use crate::view::Locale;

/// Side of a button: wide enough for gloves.
const BUTTON: f32 = 44.0;
const GAP: f32 = 8.0;

/// A button of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// One step closer.
    ZoomIn,
    /// One step back.
    ZoomOut,
    /// The whole county.
    Home,
    /// The whole answer.
    Fit,
}

const CONTROLS: [(Control, &str); 4] = [
    (Control::ZoomIn, "map-zoom-in"),
    (Control::ZoomOut, "map-zoom-out"),
    (Control::Home, "map-home"),
    (Control::Fit, "map-fit"),
];

/// Draws the buttons at the bottom right; the one that was pressed.
pub fn buttons_ui(ui: &mut Ui, rect: Rect, theme: &Theme, locale: &Locale) -> Option<Control> {
    let mut pressed = None;
    for (n, (control, name)) in CONTROLS.into_iter().enumerate() {
        let from_end = (CONTROLS.len() - n) as f32;
        let corner = pos2(
            rect.right() - from_end * (BUTTON + GAP) - GAP / 2.0,
            rect.bottom() - BUTTON - GAP * 1.5,
        );
        let place = Rect::from_min_size(corner, Vec2::splat(BUTTON));
        let response = ui.interact(place, ui.scope_id().with(name), Sense::click());
        let words = locale.tr(name);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
        let visuals = ui.style().interact(&response);
        let painter = ui.painter();
        let edge = if response.has_focus() {
            Stroke::new(2.0, theme.action)
        } else {
            Stroke::new(1.0, theme.outline)
        };
        let fill = if response.hovered() { visuals.bg_fill } else { theme.panel };
        painter.rect(place, 6.0, fill, edge, egui::StrokeKind::Inside);
        icon(painter, place.center(), control, Stroke::new(1.8, theme.text));
        if response.on_hover_text(words).clicked() {
            pressed = Some(control);
        }
    }
    pressed
}

fn icon(painter: &Painter, at: Pos2, control: Control, stroke: Stroke) {
    let line = |points: &[[f32; 2]]| {
        let points = points.iter().map(|[x, y]| at + Vec2::new(*x, *y)).collect();
        painter.line(points, stroke);
    };
    match control {
        Control::ZoomIn => {
            line(&[[-8.0, 0.0], [8.0, 0.0]]);
            line(&[[0.0, -8.0], [0.0, 8.0]]);
        }
        Control::ZoomOut => line(&[[-8.0, 0.0], [8.0, 0.0]]),
        Control::Home => {
            line(&[[-9.0, 0.0], [0.0, -8.5], [9.0, 0.0]]);
            line(&[[-6.0, -2.0], [-6.0, 8.0], [6.0, 8.0], [6.0, -2.0]]);
        }
        Control::Fit => {
            for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                line(&[[8.5 * x, 3.5 * y], [8.5 * x, 8.5 * y], [3.5 * x, 8.5 * y]]);
            }
            painter.circle_filled(at, 2.2, stroke.color);
        }
    }
}

/// Draws scale bar, coordinates and notice at the bottom left.
pub fn legend_ui(
    painter: &Painter,
    rect: Rect,
    theme: &Theme,
    view: (Coord<f64>, f64),
    pointer: Option<Coord<f64>>,
    notice: &Notice,
    locale: &Locale,
) {
    let bar = ScaleBar::fitting(view.0.y, view.1, 140.0);
    let left = rect.left() + 16.0;
    let base = rect.bottom() - 16.0;
    let ends = [left, left + bar.pixels];
    for (width, token) in [(4.6, Token::Halo), (2.0, Token::Label)] {
        let line = vec![
            pos2(ends[0], base - 6.0),
            pos2(ends[0], base),
            pos2(ends[1], base),
            pos2(ends[1], base - 6.0),
        ];
        painter.line(line, Stroke::new(width, theme.map(token)));
    }
    let at = pos2(ends[1] + 8.0, base + 2.0);
    paint_text(painter, theme, &bar.text(), at, Align2::LEFT_BOTTOM, 0.0, 13.0, Token::Label);
    if let Some(pointer) = pointer {
        let at = pos2(left + 230.0, base + 2.0);
        let text = coordinate_text(pointer);
        paint_text(painter, theme, &text, at, Align2::LEFT_BOTTOM, 0.0, 13.0, Token::LabelWeak);
    }
    let sample = notice.sample.then(|| locale.tr("map-notice-sample"));
    let note: Vec<String> = sample.into_iter().chain(notice.boundary.clone()).collect();
    if !note.is_empty() {
        let at = pos2(left, base - 16.0);
        let text = note.join(" · ");
        paint_text(painter, theme, &text, at, Align2::LEFT_BOTTOM, 0.0, 12.0, Token::LabelWeak);
    }
}

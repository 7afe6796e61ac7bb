//! What lies on the map for hand and eye: zoom buttons, scale bar, coordinates, notice.

use egui::{FontId, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2};
use geo_types::Coord;

use crate::scene::{Notice, ScaleBar, coordinate_text};
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
    let font = FontId::proportional(13.0);
    let lay = |text: String, color| painter.layout_no_wrap(text, font.clone(), color);
    let length = lay(bar.text(), theme.text);
    let sample = notice.sample.then(|| locale.tr("map-notice-sample"));
    let notes: Vec<String> = sample.into_iter().chain(notice.boundary.clone()).collect();
    let note = (!notes.is_empty()).then(|| lay(notes.join(" · "), theme.text_weak));
    // Room for the coordinates stays, so that the strip does not jump as the pointer comes and goes.
    let widest = lay("000.0000°E 00.0000°N".to_owned(), theme.text_weak).size().x;
    let note_width = note.as_ref().map_or(0.0, |note| note.size().x + 20.0);
    let width = 12.0 + bar.pixels + 8.0 + length.size().x + 20.0 + widest + note_width + 12.0;
    let corner = pos2(rect.left() + 12.0, rect.bottom() - 12.0 - 30.0);
    let strip = Rect::from_min_size(corner, Vec2::new(width.min(rect.width() - 24.0), 30.0));
    painter.rect_filled(strip, 4.0, theme.panel.gamma_multiply(0.9));
    let painter = painter.with_clip_rect(strip.intersect(painter.clip_rect()));
    let middle = strip.center().y;
    let (left, right) = (strip.left() + 12.0, strip.left() + 12.0 + bar.pixels);
    let shape = [[left, -3.0], [left, 4.0], [right, 4.0], [right, -3.0]];
    let shape = shape.map(|[x, y]| pos2(x, middle + y)).to_vec();
    painter.line(shape, Stroke::new(1.8, theme.text));
    let mut x = right + 8.0;
    let mut put = |galley: std::sync::Arc<egui::Galley>, room: f32| {
        let at = pos2(x, middle - galley.size().y / 2.0);
        painter.galley(at, galley, theme.text);
        x += room + 20.0;
    };
    let room = length.size().x;
    put(length, room);
    let text = pointer.map(coordinate_text).unwrap_or_default();
    put(lay(text, theme.text_weak), widest);
    if let Some(note) = note {
        put(note, 0.0);
    }
}

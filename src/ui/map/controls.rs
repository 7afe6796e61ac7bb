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
            rect.bottom() - BUTTONS_HEIGHT,
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

/// Height of a line of the strip.
const LINE: f32 = 30.0;
/// Free room at both ends of the strip, and around it.
const SIDE: f32 = 12.0;
/// Between two parts of the strip.
const APART: f32 = 20.0;

/// Width of the corner that the buttons take.
fn buttons_width() -> f32 {
    CONTROLS.len() as f32 * (BUTTON + GAP) + GAP / 2.0
}

/// Height from the bottom that buttons take.
pub const BUTTONS_HEIGHT: f32 = BUTTON + GAP * 1.5;

/// How the strip is laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
struct StripPlan {
    /// Scale, coordinates and notice side by side.
    one_line: bool,
    /// Room for the coordinates.
    coordinates: bool,
    /// Lies above the buttons, not beside them.
    above: bool,
    /// Widest line of the notice.
    note_room: f32,
}

/// Where the strip goes on a map of this width. The notice always stays; what gives way is the one
/// line, then the place beside the buttons, then the coordinates.
fn strip_plan(width: f32, scale: f32, coordinates: f32, note: f32) -> StripPlan {
    let ends = 2.0 * SIDE;
    let beside = width - SIDE - buttons_width() - GAP;
    let whole = width - 2.0 * SIDE;
    let figures = scale + APART + coordinates;
    let plan = StripPlan { one_line: false, coordinates: true, above: false, note_room: note };
    if ends + figures + APART + note <= beside {
        StripPlan { one_line: true, ..plan }
    } else if ends + figures.max(note) <= beside {
        plan
    } else {
        let room = (whole - ends).max(40.0);
        StripPlan {
            above: true,
            coordinates: figures <= room,
            one_line: figures + APART + note <= room,
            note_room: note.min(room),
        }
    }
}

/// Draws scale bar, coordinates and notice at the bottom left; how much of the map's height they
/// take with the buttons.
pub fn legend_ui(
    ui: &mut Ui,
    rect: Rect,
    theme: &Theme,
    view: (Coord<f64>, f64),
    pointer: Option<Coord<f64>>,
    notice: &Notice,
    locale: &Locale,
) -> f32 {
    let painter = ui.painter().with_clip_rect(rect);
    let bar = ScaleBar::fitting(view.0.y, view.1, 140.0);
    let font = FontId::proportional(13.0);
    let lay = |text: String, color| painter.layout_no_wrap(text, font.clone(), color);
    let length = lay(bar.text(), theme.text);
    let words = notice_text(notice, locale);
    // Room for the coordinates stays, so that the strip does not jump as the pointer comes and goes.
    let widest = lay("000.00000°E 00.00000°N".to_owned(), theme.text_weak).size().x;
    let scale = bar.pixels + 8.0 + length.size().x;
    let note_width = lay(words.clone(), theme.text_weak).size().x;
    let plan = strip_plan(rect.width(), scale, widest, note_width);
    // Half a pixel more, so that rounding does not break the line.
    let note = painter.layout(words.clone(), font.clone(), theme.text_weak, plan.note_room + 0.5);
    let figures = scale + if plan.coordinates { APART + widest } else { 0.0 };
    let has_note = !words.is_empty();
    let (inner, height) = if !has_note {
        (figures, LINE)
    } else if plan.one_line {
        (figures + APART + note.size().x, LINE)
    } else {
        (figures.max(note.size().x), LINE + note.size().y + 6.0)
    };
    let bottom = if plan.above { BUTTONS_HEIGHT + GAP } else { SIDE };
    let corner = pos2(rect.left() + SIDE, rect.bottom() - bottom - height);
    let strip = Rect::from_min_size(corner, Vec2::new(inner + 2.0 * SIDE, height));
    painter.rect_filled(strip, 4.0, theme.panel.gamma_multiply(0.9));
    let middle = strip.top() + LINE / 2.0;
    let (left, right) = (strip.left() + SIDE, strip.left() + SIDE + bar.pixels);
    let shape = [[left, -3.0], [left, 4.0], [right, 4.0], [right, -3.0]];
    let shape = shape.map(|[x, y]| pos2(x, middle + y)).to_vec();
    painter.line(shape, Stroke::new(1.8, theme.text));
    let on_line = |x: f32, galley: &egui::Galley| pos2(x, middle - galley.size().y / 2.0);
    painter.galley(on_line(right + 8.0, &length), length, theme.text);
    if plan.coordinates
        && let Some(at) = pointer
    {
        let text = lay(coordinate_text(at), theme.text_weak);
        painter.galley(on_line(left + scale + APART, &text), text, theme.text);
    }
    if has_note {
        let at = if plan.one_line {
            on_line(left + figures + APART, &note)
        } else {
            pos2(left, strip.top() + LINE - 2.0)
        };
        let place = Rect::from_min_size(at, note.size());
        painter.galley(at, note, theme.text);
        let response = ui.interact(place, ui.scope_id().with("map-notice"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    }
    (bottom + height).max(BUTTONS_HEIGHT)
}

/// What the map must say about itself, in words.
fn notice_text(notice: &Notice, locale: &Locale) -> String {
    let mut notes = Vec::new();
    if notice.sample {
        notes.push(locale.tr("map-notice-sample"));
    }
    if notice.schematic {
        notes.push(locale.tr("map-notice-schematic"));
    }
    notes.extend(notice.boundary.clone());
    notes.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strip_and_the_buttons_never_share_room_and_the_notice_always_fits() {
        let (scale, coordinates, note) = (190.0, 160.0, 220.0);
        let plan = |width| strip_plan(width, scale, coordinates, note);
        assert!(plan(1000.0).one_line && !plan(1000.0).above);
        assert!(!plan(700.0).one_line && !plan(700.0).above);
        assert!(plan(430.0).above && plan(430.0).coordinates);
        assert!(plan(300.0).above && !plan(300.0).coordinates);
        for width in 120..1200 {
            let width = width as f32;
            let plan = plan(width);
            let figures = scale + APART + coordinates;
            let inner = if plan.one_line {
                figures + APART + plan.note_room
            } else if plan.coordinates {
                figures.max(plan.note_room)
            } else {
                plan.note_room
            };
            let right = SIDE + inner + 2.0 * SIDE;
            let free = if plan.above { width - SIDE } else { width - buttons_width() };
            assert!(right <= free + 0.1, "{width}: {plan:?}");
        }
    }
}

//! The map widget: draws a scene, moves the view, reports what the hand does; decides nothing.
//!
//! Panning and pinching come from walkers' `Map`; its inertia is stopped, its double click and
//! its bounds are our own, because it knows neither fit-to-extent nor flights.

mod answer;
mod band;
mod closed;
mod controls;
mod draft;
mod fault;
mod mesh;
mod names;
mod picture;
mod sheet;
mod sketch;
mod state;
mod swatch;
mod tools;

pub use band::band_swatch_ui;
pub use state::{Drawn, MapResponse, MapState, MapTool};
pub use swatch::swatch_ui;

use egui::{CursorIcon, DragPanButtons, Role, Ui, WidgetInfo};
use walkers::{Map, lon_lat};

use crate::scene::{MapScene, Token, View};
use crate::ui::theme::Theme;
use crate::view::Locale;
use controls::Control;
use draft::Draft;

/// How far from a sign or line a click still means it, in pixels.
const REACH_PX: f32 = 10.0;
/// Zoom steps of one notch of the wheel: 1.2 times as large. Some wheels report two lines a notch.
const NOTCH_STEPS: f64 = 0.28;
/// Pixels that an arrow key moves the view by.
const ARROW_PX: f32 = 120.0;

/// Draws the map over all the space that is left.
pub fn map_ui(
    ui: &mut Ui,
    scene: &MapScene,
    state: &mut MapState,
    theme: &Theme,
    locale: &Locale,
) -> MapResponse {
    let size = ui.available_size();
    if size.x < 8.0 || size.y < 8.0 {
        return MapResponse::default();
    }
    let size = [size.x, size.y];
    let still = ui.style().animation_time <= 0.0;
    let now = ui.input(|i| i.time);
    let flying = state.advance(scene, size, now, still);
    let home = lon_lat(state.place().0.x, state.place().0.y);
    let buttons = if state.tool() == MapTool::Circle {
        DragPanButtons::SECONDARY | DragPanButtons::MIDDLE
    } else {
        DragPanButtons::PRIMARY | DragPanButtons::MIDDLE
    };
    let mut memory = std::mem::take(&mut state.memory);
    let shown = Map::new(None, &mut memory, home)
        // Pinching and Ctrl with the wheel are the widget's; the wheel alone is ours.
        .zoom_with_ctrl(true)
        .panning(ui.input(egui::InputState::any_touches))
        .drag_pan_buttons(buttons)
        .show(ui, |_, _, _, _| ());
    state.memory = memory;
    let response = shown.response;
    if response.dragged() || ui.input(|i| i.zoom_delta() != 1.0) {
        state.land();
    }
    state.settle();
    wheel(ui, &response, state, size);
    let name = locale.tr("map-name");
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    let rect = response.rect;
    let (at, zoom) = state.place();
    let view = View::at(at, zoom, size);

    let painter = ui.painter().with_clip_rect(rect);
    painter.rect_filled(rect, 0.0, theme.map(Token::Outside));
    let moved = state.last_view.map_or(0.0, |last| {
        let [x, y] = view.screen_from_lonlat(last);
        (x - size[0] / 2.0).hypot(y - size[1] / 2.0)
    });
    let resting = !flying && (zoom - state.last_zoom).abs() < 1e-9;
    let ppp = painter.pixels_per_point();
    let mut kept = state.picture.take().filter(|picture| picture.fits(scene, &view, theme, ppp));
    let mut draft = state.draft.take().filter(|draft| draft.suits(scene, &view, theme, ppp));
    let letters = &mut state.lettering;
    if letters.is_outdated(&painter, theme) {
        draft = None;
        kept.iter_mut().for_each(|picture| picture.names.renew(theme, &painter, letters));
    }
    let mut picture = match (kept, draft.take()) {
        (Some(picture), None) => {
            // A view that has come to rest is drawn anew, one that moves on ahead of its edge.
            let stretched = picture.is_stretched(&view);
            if (stretched && resting) || (!stretched && picture.ends_soon(&view)) {
                draft = Some(Draft::new(scene, &view, theme, &painter));
            }
            picture
        }
        (Some(picture), Some(mut next)) => {
            let room = picture.room(&view).max(1.0);
            // One more frame like this one must still find the picture under it.
            let share = if moved > 0.0 { (moved * 1.5 / room).min(1.0) } else { 0.0 };
            if next.advance(theme, &painter, letters, share) {
                next.finish(theme, &painter, letters, locale)
            } else {
                draft = Some(next);
                picture
            }
        }
        (None, Some(next)) => next.finish(theme, &painter, letters, locale),
        (None, None) => Draft::whole(scene, &view, theme, &painter, letters, locale),
    };
    picture.renew_answer(scene, theme, &painter, locale);
    let drawing = matches!(state.tool(), MapTool::Polygon | MapTool::Circle);
    picture.paint(&painter, rect, &view, theme, drawing, &mut state.shown);
    if picture.is_stretched(&view) || draft.is_some() || flying {
        ui.ctx().request_repaint();
    }
    state.draft = draft;
    state.picture = Some(picture);
    state.last_zoom = zoom;
    state.last_view = Some(at);

    let mut out = tools::hand(ui, &response, scene, state, &view);
    tools::paint_sketch(&painter, rect, scene, state, &view, theme, out.pointer);
    keys(ui, &response, state, size);
    // Where a click has a meaning of its own, the second one must not move the map under the hand.
    if matches!(state.tool(), MapTool::Select | MapTool::Pan)
        && response.double_clicked()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        let offset = pointer - rect.min;
        state.zoom_by(1.0, Some([offset.x, offset.y]), size);
        ui.ctx().request_repaint();
    }
    let place = (at, zoom);
    state.controls_height =
        controls::legend_ui(ui, rect, theme, place, out.pointer, scene.notice(), locale);
    if let Some(control) = controls::buttons_ui(ui, rect, theme, locale) {
        match control {
            Control::ZoomIn => state.zoom_by(1.0, None, size),
            Control::ZoomOut => state.zoom_by(-1.0, None, size),
            Control::Home => scene.extent().into_iter().for_each(|extent| state.fit(extent)),
            Control::Fit => {
                let extent = scene.overlay().extent().or(scene.extent());
                extent.into_iter().for_each(|extent| state.fit(extent));
            }
        }
        ui.ctx().request_repaint();
    }
    if response.hovered() {
        let icon = match state.tool() {
            MapTool::Polygon | MapTool::Circle | MapTool::Line | MapTool::PickPoint => {
                CursorIcon::Crosshair
            }
            _ if response.dragged() => CursorIcon::Grabbing,
            MapTool::Pan => CursorIcon::Grab,
            MapTool::Select if out.hovered.is_some() => CursorIcon::PointingHand,
            MapTool::Select => CursorIcon::Default,
        };
        ui.ctx().set_cursor_icon(icon);
    }
    if response.dragged() {
        // While the hand moves the map, nothing is meant.
        out.hovered = None;
    }
    out
}

/// Zooms with the wheel around the pointer: a notch is a small step, whatever the length of a frame.
fn wheel(ui: &Ui, response: &egui::Response, state: &mut MapState, size: [f32; 2]) {
    let Some(pointer) = response.hover_pos() else { return };
    let notch = ui.options(|options| options.input_options.line_scroll_speed).max(1.0);
    // Taken, so that nothing around the map scrolls as well.
    let turned = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta).y);
    if turned != 0.0 {
        let offset = pointer - response.rect.min;
        let steps = NOTCH_STEPS * f64::from(turned / notch);
        state.zoom_now(steps, [offset.x, offset.y], size);
        ui.ctx().request_repaint();
    }
}

/// Keys work when the map has the focus, or nothing has.
fn keys(ui: &Ui, response: &egui::Response, state: &mut MapState, size: [f32; 2]) {
    if response.clicked() || response.drag_started() {
        response.request_focus();
    }
    let focus = ui.memory(|memory| memory.focused());
    // An open list takes the arrow keys for itself.
    if focus.is_some_and(|id| id != response.id) || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    if focus.is_some() {
        let filter = egui::EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: state.is_drawing(),
            ..egui::EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    use egui::Key;
    let (mut steps, mut pan) = (0.0, [0.0, 0.0]);
    ui.input(|input| {
        if input.modifiers.any() && !input.modifiers.shift_only() {
            return;
        }
        for key in [Key::Plus, Key::Equals] {
            steps += f64::from(input.key_pressed(key));
        }
        steps -= f64::from(input.key_pressed(Key::Minus));
        for (key, x, y) in [
            (Key::ArrowLeft, -1.0, 0.0),
            (Key::ArrowRight, 1.0, 0.0),
            (Key::ArrowUp, 0.0, -1.0),
            (Key::ArrowDown, 0.0, 1.0),
        ] {
            if input.key_pressed(key) {
                pan = [pan[0] + x * ARROW_PX, pan[1] + y * ARROW_PX];
            }
        }
    });
    if steps != 0.0 {
        state.zoom_by(steps, None, size);
        ui.ctx().request_repaint();
    }
    if pan != [0.0, 0.0] {
        state.pan_by(pan, size);
        ui.ctx().request_repaint();
    }
}

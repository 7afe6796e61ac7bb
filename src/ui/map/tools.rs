//! What clicks, drags and keys mean with each tool, and the drawing under the hand.

use egui::{Align2, Key, Painter, PointerButton, Pos2, Rect, Response, Ui, Vec2, pos2};
use geo_types::Coord;

use super::REACH_PX;
use super::answer::paint_danger;
use super::mesh::MeshCanvas;
use super::picture::paint_text;
use super::sketch::{Progress, Stroke, circle};
use super::state::{MapResponse, MapState, MapTool};
use crate::scene::{MapScene, Severity, Token, View, length_text};
use crate::ui::theme::Theme;

/// Turns what the hand did in this frame into a response.
pub fn hand(
    ui: &Ui,
    response: &Response,
    scene: &MapScene,
    state: &mut MapState,
    view: &View,
) -> MapResponse {
    let corner = response.rect.min;
    let pixel = |at: Pos2| [at.x - corner.x, at.y - corner.y];
    let degrees = |at: Pos2| view.lonlat_from_screen(pixel(at));
    let over = response.hover_pos();
    let pressed = response.interact_pointer_pos();
    let mut out = MapResponse { pointer: over.map(degrees), ..MapResponse::default() };
    let pick = |at: Pos2| scene.pick(view, pixel(at), REACH_PX).map(|hit| hit.feature);
    match state.tool() {
        MapTool::Select | MapTool::PickPoint | MapTool::Pan => {
            if state.tool() == MapTool::Select && !response.dragged() {
                out.hovered = over.and_then(pick);
            }
            if let Some(at) = pressed.filter(|_| response.clicked())
                && state.tool() != MapTool::Pan
            {
                out.clicked = Some(degrees(at));
                out.hit = pick(at);
            }
            if let Some(at) = pressed {
                let held = response.long_touched() || response.secondary_clicked();
                out.secondary_clicked = held.then(|| degrees(at));
            }
            if state.tool() == MapTool::PickPoint && ui.input(|i| i.key_pressed(Key::Escape)) {
                out.cancelled = true;
            }
        }
        tool @ (MapTool::Polygon | MapTool::Line | MapTool::Circle) => {
            for act in acts(ui, response, tool, &degrees) {
                match state.sketch.take(tool, act, view) {
                    Progress::Going => {}
                    Progress::Done(drawn) => out.drawn = Some(drawn),
                    Progress::Line(line) => out.drawn_line = Some(line),
                    Progress::Cancelled => out.cancelled = true,
                }
            }
        }
    }
    out
}

/// The acts of this frame, in order.
fn acts(
    ui: &Ui,
    response: &Response,
    tool: MapTool,
    degrees: &dyn Fn(Pos2) -> Coord<f64>,
) -> Vec<Stroke> {
    let mut out = Vec::new();
    let pressed = response.interact_pointer_pos();
    if let Some(at) = pressed {
        if response.double_clicked_by(PointerButton::Primary) && tool != MapTool::Circle {
            out.push(Stroke::DoubleClick(degrees(at)));
        } else if response.clicked_by(PointerButton::Primary) {
            out.push(Stroke::Click(degrees(at)));
        }
        if response.clicked_by(PointerButton::Secondary) {
            out.push(Stroke::Back);
        }
        if tool == MapTool::Circle {
            if response.drag_started_by(PointerButton::Primary) {
                let origin = ui.input(|i| i.pointer.press_origin()).unwrap_or(at);
                out.push(Stroke::Press(degrees(origin)));
            }
            if response.drag_stopped_by(PointerButton::Primary) {
                out.push(Stroke::Release(degrees(at)));
            }
        }
    }
    // Keys belong to the drawing unless the hand is writing somewhere.
    let focus = ui.memory(|memory| memory.focused());
    if focus.is_none_or(|id| id == response.id) {
        for (key, act) in [
            (Key::Enter, Stroke::Finish),
            (Key::Backspace, Stroke::Back),
            (Key::Escape, Stroke::Cancel),
        ] {
            if ui.input(|i| i.key_pressed(key)) {
                out.push(act);
            }
        }
    }
    out
}

/// Draws the unfinished polygon or circle with its corners and, for a circle, its radius.
pub fn paint_sketch(
    painter: &Painter,
    rect: Rect,
    scene: &MapScene,
    state: &MapState,
    view: &View,
    theme: &Theme,
    pointer: Option<Coord<f64>>,
) {
    let corners = state.sketch.corners();
    let Some(first) = corners.first().copied() else { return };
    let place = |at: Coord<f64>| {
        let [x, y] = view.screen_from_lonlat(at);
        pos2(x, y)
    };
    let mut canvas = MeshCanvas::new(theme, painter.pixels_per_point());
    let line = theme.map(Token::DangerLine);
    let mut label = None;
    if state.tool() == MapTool::Circle {
        if let Some(rim) = pointer
            && let Some(drawn) = circle(first, rim)
            && let Some((_, radius)) = drawn.circle
        {
            for polygon in &drawn.polygons.0 {
                paint_danger(scene.frame(), polygon, Severity::Red, view, &mut canvas);
            }
            canvas.path(vec![place(first), place(rim)], false, 1.4, line);
            label = Some((place(rim), length_text(radius)));
        }
    } else {
        let mut points: Vec<Pos2> = corners.iter().map(|c| place(*c)).collect();
        points.extend(pointer.map(place));
        canvas.path(points.clone(), false, 5.0, theme.map(Token::Halo));
        canvas.path(points.clone(), false, 2.2, line);
        let closes = state.tool() == MapTool::Polygon && points.len() >= 3;
        if let (true, [start, .., end]) = (closes, points.as_slice()) {
            let pen = egui::Stroke::new(1.4, line);
            for dash in egui::Shape::dashed_line(&[*end, *start], pen, 6.0, 5.0) {
                if let egui::Shape::LineSegment { points: [a, b], .. } = dash {
                    canvas.path(vec![a, b], false, 1.4, line);
                }
            }
        }
    }
    for (n, corner) in corners.iter().enumerate() {
        let at = place(*corner);
        let radius = if n == 0 { 7.0 } else { 5.0 };
        canvas.disc(at, radius, line);
        canvas.disc(at, radius - 2.0, theme.map(Token::Halo));
    }
    let mut mesh = canvas.finish();
    mesh.translate(rect.min.to_vec2());
    painter.add(mesh);
    if let Some((at, text)) = label {
        let at = rect.min + at.to_vec2() + Vec2::new(14.0, -10.0);
        paint_text(painter, theme, &text, at, Align2::LEFT_BOTTOM, 0.0, 15.0, Token::Label);
    }
}

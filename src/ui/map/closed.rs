//! Closed roads: broken lines and a mark as on the sign that forbids to drive in.

use egui::{Align2, Painter, Rect, Vec2, pos2};

use super::answer::place;
use super::mesh::MeshCanvas;
use super::picture::paint_text;
use crate::scene::{Canvas, MapScene, Stroke, Token, View, window_text};
use crate::ui::theme::Theme;

/// Pixels of stroke and gap.
const DASH: [f32; 2] = [7.0, 5.0];
/// Room for a time window in pixels; it is rarely wider.
const WINDOW: Vec2 = Vec2::new(130.0, 15.0);
/// From this zoom on marks have their full size.
const NEAR: f64 = 11.5;

/// Lines and outlines of what is closed.
pub fn paint_closed(scene: &MapScene, view: &View, canvas: &mut MeshCanvas<'_>) {
    for closed in scene.closed() {
        for line in &closed.lines {
            let pixels: Vec<[f32; 2]> =
                line.0.iter().map(|c| view.screen_from_lonlat(*c)).collect();
            // What comes is thinner than what is in force.
            let width = if closed.coming { 2.0 } else { 4.0 };
            canvas.stroke(&pixels, false, Stroke::solid(Token::Halo, width + 2.4));
            let stroke = Stroke { dash: &DASH, ..Stroke::solid(Token::Closed, width) };
            canvas.stroke(&pixels, false, stroke);
        }
    }
}

/// Their marks, above the signs.
pub fn paint_closed_marks(scene: &MapScene, view: &View, canvas: &mut MeshCanvas<'_>) {
    let radius = if view.zoom >= NEAR { 8.5 } else { 6.0 };
    let (ink, halo) = (canvas.color(Token::Closed), canvas.color(Token::Halo));
    // What is in force lies over what comes.
    let in_turn = [true, false].into_iter();
    let in_turn = in_turn.flat_map(|coming| scene.closed().filter(move |c| c.coming == coming));
    for closed in in_turn {
        let Some(at) = closed.mark() else { continue };
        let at = place(view, at);
        canvas.disc(at, radius + 1.6, halo);
        canvas.disc(at, radius, ink);
        // What comes is hollow.
        let bar = if closed.coming {
            canvas.disc(at, radius * 0.74, halo);
            ink
        } else {
            halo
        };
        let half = Vec2::new(radius * 0.58, 0.0);
        let (from, to) = (at - half, at + half);
        canvas.path(vec![pos2(from.x, from.y), pos2(to.x, to.y)], false, radius * 0.36, bar);
    }
}

/// When what has a time window is in force, below its mark.
pub fn paint_windows(scene: &MapScene, view: &View, rect: Rect, painter: &Painter, theme: &Theme) {
    if view.zoom < NEAR {
        return;
    }
    let mut taken: Vec<Rect> = Vec::new();
    for closed in scene.closed() {
        let text = window_text(&closed.window);
        let Some((middle, text)) = closed.middle.zip(text) else { continue };
        let [x, y] = view.screen_from_lonlat(middle);
        let at = rect.min + Vec2::new(x, y + 11.0);
        if !rect.expand(WINDOW.x).contains(at) {
            continue;
        }
        let mut own = Rect::from_center_size(at + Vec2::new(0.0, WINDOW.y / 2.0), WINDOW);
        // Below those that stand there already.
        while taken.iter().any(|other| other.intersects(own)) {
            own = own.translate(Vec2::new(0.0, WINDOW.y));
        }
        taken.push(own.shrink(1.0));
        let at = own.center_top();
        paint_text(painter, theme, &text, at, Align2::CENTER_TOP, 0.0, 12.0, Token::Closed);
    }
}

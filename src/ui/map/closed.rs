//! Closed roads: broken lines and a mark as on the sign that forbids to drive in.

use egui::{Vec2, pos2};

use super::answer::place;
use super::mesh::MeshCanvas;
use crate::scene::{Canvas, MapScene, Stroke, Token, View};

/// Pixels of stroke and gap.
const DASH: [f32; 2] = [7.0, 5.0];
/// From this zoom on marks have their full size.
const NEAR: f64 = 11.5;

/// Lines and outlines of what is closed.
pub fn paint_closed(scene: &MapScene, view: &View, canvas: &mut MeshCanvas<'_>) {
    for closed in scene.closed() {
        for line in &closed.lines {
            let pixels: Vec<[f32; 2]> =
                line.0.iter().map(|c| view.screen_from_lonlat(*c)).collect();
            canvas.stroke(&pixels, false, Stroke::solid(Token::Halo, 6.4));
            let stroke = Stroke { dash: &DASH, ..Stroke::solid(Token::Closed, 4.0) };
            canvas.stroke(&pixels, false, stroke);
        }
    }
}

/// Their marks, above the signs.
pub fn paint_closed_marks(scene: &MapScene, view: &View, canvas: &mut MeshCanvas<'_>) {
    let radius = if view.zoom >= NEAR { 8.5 } else { 6.0 };
    let (ink, halo) = (canvas.color(Token::Closed), canvas.color(Token::Halo));
    for at in scene.closed().filter_map(|closed| closed.mark) {
        let at = place(view, at);
        canvas.disc(at, radius + 1.6, halo);
        canvas.disc(at, radius, ink);
        let half = Vec2::new(radius * 0.58, 0.0);
        let (from, to) = (at - half, at + half);
        canvas.path(vec![pos2(from.x, from.y), pos2(to.x, to.y)], false, radius * 0.36, halo);
    }
}

//! Places where the road net should be looked at: hollow diamonds, unlike every other mark.

use egui::{Vec2, pos2};

use super::answer::place;
use super::mesh::MeshCanvas;
use crate::scene::{MapScene, Token, View};

/// Half the height of a diamond in pixels.
const HALF: f32 = 9.0;

/// Draws the marks, above the signs.
pub fn paint_faults(scene: &MapScene, view: &View, canvas: &mut MeshCanvas<'_>) {
    let (ink, halo) = (canvas.color(Token::Closed), canvas.color(Token::Halo));
    for at in &scene.overlay().faults {
        let at = place(view, *at);
        let corners = |half: f32| {
            [
                Vec2::new(0.0, -half),
                Vec2::new(half, 0.0),
                Vec2::new(0.0, half),
                Vec2::new(-half, 0.0),
            ]
            .map(|way| pos2(at.x + way.x, at.y + way.y))
            .to_vec()
        };
        canvas.path(corners(HALF), true, 5.2, halo);
        canvas.path(corners(HALF), true, 2.6, ink);
    }
}

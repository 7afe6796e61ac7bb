//! Draws the signs of a scene, piece by piece.

use super::canvas::{Canvas, Look};
use super::glyph::Glyph;
use super::ground::ToPixels;
use super::label::Collider;
use super::style::StyleTable;
use super::{FeatureRef, MapScene, SceneLayer, View};

/// A sign that was drawn, for the names that stand beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawnSign {
    /// Layer, by its place among the visible ones, and row.
    pub of: (usize, u32),
    /// Half its width in pixels.
    pub size: f32,
}

/// The signs of a view in their places, drawn step by step, the most important on top.
#[derive(Clone, Debug, Default)]
pub struct Signs {
    signs: Vec<(Glyph, [f32; 2], f32, Look)>,
    drawn: Vec<DrawnSign>,
}

impl Signs {
    /// Chooses the signs. Where they would lie on each other, the more important one stays and the
    /// others shrink to specks. Leaves their place in `taken`.
    pub fn new(scene: &MapScene, view: &View, taken: &mut Collider) -> Self {
        let to = ToPixels::new(scene, view, 16.0);
        let zoom = view.zoom as f32;
        let table = StyleTable::get();
        let mut spots = Vec::new();
        for (at, layer) in scene.visible_layers().enumerate() {
            for spot in layer.spots() {
                let w = &to.window;
                if !(spot.at[0] >= w[0]
                    && spot.at[0] <= w[2]
                    && spot.at[1] >= w[1]
                    && spot.at[1] <= w[3])
                {
                    continue;
                }
                if let Some(sign) = table.style(spot.style).and_then(|s| s.sign.as_ref())
                    && (zoom >= sign.min_zoom || scene.is_far(spot.at))
                {
                    spots.push((-sign.priority, at, spot, sign));
                }
            }
        }
        spots.sort_by_key(|(priority, at, spot, _)| (*priority, *at, spot.row));
        let mut drawn = Vec::new();
        let mut signs = Vec::new();
        let unusable = &scene.overlay().unusable;
        let layers: Vec<&SceneLayer> = scene.visible_layers().collect();
        for (_, at, spot, sign) in spots {
            let usable = spot.usable
                && (unusable.is_empty() || {
                    let rows = layers[at].source().features();
                    rows.get(spot.row as usize).is_none_or(|row| {
                        !unusable.contains(&FeatureRef { kind: row.kind, id: row.id })
                    })
                });
            let place = to.apply(spot.at);
            let size = sign.size.at(zoom);
            let small = (size * 0.36).clamp(1.5, 3.2);
            let (look, size) = if sign.glyph == Glyph::Dot {
                (Look::Full, size)
            } else if zoom >= sign.sign_zoom && taken.take_square(place, size * 0.9) {
                (if usable { Look::Full } else { Look::Hollow }, size)
            } else if taken.take_square(place, small) {
                (if usable { Look::Speck } else { Look::HollowSpeck }, small)
            } else {
                continue;
            };
            signs.push((sign.glyph, place, size, look));
            drawn.push(DrawnSign { of: (at, spot.row), size });
        }
        drawn.sort_by_key(|sign| sign.of);
        Self { signs, drawn }
    }

    /// All of them, sorted by what they stand for.
    pub fn drawn(&self) -> &[DrawnSign] {
        &self.drawn
    }

    /// How many steps are left.
    pub fn left(&self) -> usize {
        self.signs.len()
    }

    /// Draws the next one; `false` when none is left.
    pub fn step(&mut self, canvas: &mut dyn Canvas) -> bool {
        let Some((glyph, place, size, look)) = self.signs.pop() else { return false };
        canvas.sign(glyph, place, size, look);
        true
    }
}

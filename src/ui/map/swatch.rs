//! The legend's little pictures: a kind as it looks on the map.

use egui::{Rect, Sense, Ui, Vec2};

use super::mesh::MeshCanvas;
use crate::model::Kind;
use crate::scene::{Canvas, Look, Stroke, StyleTable};
use crate::ui::theme::Theme;

/// Zoom whose widths and sizes the legend shows.
const ZOOM: f32 = 13.0;

/// Draws a kind's sign, line or ground in a box of 28 pixels.
pub fn swatch_ui(ui: &mut Ui, kind: Kind, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(28.0), Sense::hover());
    let table = StyleTable::get();
    let style = table.number(kind, None).and_then(|number| table.style(number));
    let Some(style) = style else { return };
    let ground = Rect::from_center_size(rect.center(), Vec2::new(24.0, 18.0));
    let mut canvas = MeshCanvas::new(theme, ui.ctx().pixels_per_point());
    let middle = [ground.center().x, ground.center().y];
    // What is drawn as a sign is known by its sign, even where it can also be an area.
    if let Some(sign) = &style.sign {
        canvas.sign(sign.glyph, middle, sign.size.at(ZOOM).clamp(3.0, 10.0), Look::Full);
    } else {
        if let Some(area) = &style.area {
            ui.painter().rect_filled(ground, 2.0, theme.map(area.fill));
        }
        if let Some(line) = &style.line {
            let stroke = Stroke {
                color: line.casing.unwrap_or(line.color),
                width: line.width.at(ZOOM).clamp(1.2, 4.0),
                dash: &line.dash,
                ticks: line.ticks,
            };
            let corners = [
                [ground.left(), ground.bottom()],
                [ground.left(), ground.top()],
                [ground.right(), ground.top()],
                [ground.right(), ground.bottom()],
            ];
            if style.area.is_some() {
                canvas.stroke(&corners, true, stroke);
            } else {
                canvas.stroke(
                    &[
                        [ground.left(), ground.bottom() - 3.0],
                        [ground.left() + 9.0, ground.center().y - 2.0],
                        [ground.right() - 8.0, ground.center().y + 2.0],
                        [ground.right(), ground.top() + 3.0],
                    ],
                    false,
                    stroke,
                );
            }
        }
    }
    ui.painter().add(canvas.finish());
}

//! The legend's little pictures: a kind as it looks on the map.

use egui::{Color32, Rect, Sense, Ui, Vec2};

use super::mesh::MeshCanvas;
use crate::model::Kind;
use crate::scene::{Canvas, Look, Stroke, StyleTable};
use crate::ui::theme::{Theme, contrast};

/// Zoom whose widths and sizes the legend shows.
const ZOOM: f32 = 13.0;

/// A thinner line would not be seen in the list.
const LEAST_WIDTH: f32 = 2.0;
/// What WCAG 2.1 asks of graphics (1.4.11).
const LEAST_CONTRAST: f64 = 3.0;

/// The colour, as much nearer to the text's as it takes to stand off the ground.
fn distinct(color: Color32, ground: Color32, text: Color32) -> Color32 {
    (0..=10_u8)
        .map(|step| color.lerp_to_gamma(text, f32::from(step) / 10.0))
        .find(|mixed| contrast(*mixed, ground) >= LEAST_CONTRAST)
        .unwrap_or(text)
}

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
                width: line.width.at(ZOOM).clamp(LEAST_WIDTH, 4.0),
                dash: &line.dash,
                ticks: line.ticks,
            };
            // The map's quiet greys would be lost in a list.
            canvas.ink = Some(distinct(theme.map(stroke.color), theme.panel, theme.text));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::ThemeMode;

    #[test]
    fn every_line_of_the_list_stands_off_the_panel() {
        let table = StyleTable::get();
        for mode in ThemeMode::ALL {
            let theme = Theme::of(mode);
            let lines = Kind::ALL
                .iter()
                .filter_map(|kind| table.style(table.number(*kind, None)?)?.line.as_ref());
            for line in lines {
                let color = theme.map(line.casing.unwrap_or(line.color));
                let drawn = distinct(color, theme.panel, theme.text);
                assert!(contrast(drawn, theme.panel) >= LEAST_CONTRAST, "{mode:?} {color:?}");
            }
        }
        let black = Color32::BLACK;
        assert_eq!(distinct(black, Color32::WHITE, Color32::RED), black, "good ones stay");
    }
}

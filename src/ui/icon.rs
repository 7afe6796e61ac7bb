//! The icons of the rail and the bars, drawn as lines of one weight.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2, pos2};

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Sheets on top of each other.
    Layers,
    /// A pin with rings around it.
    Nearest,
    /// People who leave an area.
    Evacuation,
    /// A road that forks.
    Roads,
    /// A store and an arrow into it.
    Data,
    /// Sliders.
    Settings,
    /// Day.
    Sun,
    /// Night.
    Moon,
    /// Red light.
    Lamp,
    /// A magnifying glass.
    Search,
    /// A cross that closes.
    Close,
    /// Something that should be looked at.
    Attention,
    /// Back to where one came from.
    Back,
    /// The task panel, to be shown or hidden.
    Panel,
}

/// Draws an icon into the middle of a rectangle, 22 pixels wide.
pub fn paint(painter: &Painter, rect: Rect, icon: Icon, color: Color32) {
    let centre = rect.center();
    let stroke = Stroke::new(1.7, color);
    let at = |x: f32, y: f32| pos2(centre.x + x, centre.y + y);
    let line = |points: &[(f32, f32)]| {
        let points: Vec<Pos2> = points.iter().map(|(x, y)| at(*x, *y)).collect();
        painter.add(Shape::line(points, stroke));
    };
    let ring = |x: f32, y: f32, r: f32| {
        painter.circle_stroke(at(x, y), r, stroke);
    };
    match icon {
        Icon::Layers => {
            line(&[(0.0, -9.0), (10.0, -4.0), (0.0, 1.0), (-10.0, -4.0), (0.0, -9.0)]);
            line(&[(-10.0, 0.5), (0.0, 5.5), (10.0, 0.5)]);
            line(&[(-10.0, 5.0), (0.0, 10.0), (10.0, 5.0)]);
        }
        Icon::Nearest => {
            ring(0.0, 0.0, 9.5);
            ring(0.0, 0.0, 4.5);
            painter.circle_filled(centre, 1.8, color);
        }
        Icon::Evacuation => {
            painter.circle_filled(at(-5.0, -7.5), 2.4, color);
            line(&[(-5.0, -4.0), (-5.0, 2.0), (-8.5, 9.0)]);
            line(&[(-5.0, 2.0), (-1.5, 9.0)]);
            line(&[(-9.0, -1.0), (-5.0, -3.0), (-1.5, 0.0)]);
            line(&[(2.0, -1.0), (10.0, -1.0)]);
            line(&[(6.5, -4.5), (10.0, -1.0), (6.5, 2.5)]);
        }
        Icon::Roads => {
            line(&[(0.0, 10.0), (0.0, 2.0), (-8.0, -5.0), (-8.0, -9.5)]);
            line(&[(0.0, 2.0), (8.0, -5.0), (8.0, -9.5)]);
            line(&[(-11.0, -6.5), (-8.0, -9.5), (-5.0, -6.5)]);
            line(&[(5.0, -6.5), (8.0, -9.5), (11.0, -6.5)]);
        }
        Icon::Data => {
            line(&[(-9.0, 1.0), (-9.0, 9.0), (9.0, 9.0), (9.0, 1.0)]);
            line(&[(0.0, -9.5), (0.0, 4.0)]);
            line(&[(-4.5, -0.5), (0.0, 4.0), (4.5, -0.5)]);
        }
        Icon::Settings => {
            for (y, x) in [(-6.0, 3.5), (0.5, -4.0), (7.0, 1.0)] {
                line(&[(-10.0, y), (10.0, y)]);
                painter.circle_filled(at(x, y), 3.0, color);
            }
        }
        Icon::Sun => {
            ring(0.0, 0.0, 4.5);
            for i in 0..8 {
                let d = Vec2::angled(i as f32 * std::f32::consts::FRAC_PI_4);
                painter.line_segment([centre + d * 7.0, centre + d * 10.0], stroke);
            }
        }
        Icon::Moon => {
            let arc = |r: f32, x: f32, from: f32, to: f32| -> Vec<Pos2> {
                (0..=16)
                    .map(|i| from + (to - from) * i as f32 / 16.0)
                    .map(|a| at(x, 0.0) + Vec2::angled(a) * r)
                    .collect()
            };
            painter.add(Shape::line(arc(9.0, 0.0, 0.9, 5.4), stroke));
            painter.add(Shape::line(arc(7.3, 4.6, 1.45, 4.85), stroke));
        }
        Icon::Lamp => {
            ring(0.0, 0.0, 8.0);
            painter.circle_filled(centre, 4.0, color);
        }
        Icon::Search => {
            ring(-2.0, -2.0, 6.0);
            line(&[(2.5, 2.5), (8.5, 8.5)]);
        }
        Icon::Close => {
            line(&[(-5.5, -5.5), (5.5, 5.5)]);
            line(&[(5.5, -5.5), (-5.5, 5.5)]);
        }
        Icon::Attention => {
            line(&[(0.0, -7.5), (8.5, 7.0), (-8.5, 7.0), (0.0, -7.5)]);
            line(&[(0.0, -2.5), (0.0, 2.0)]);
            painter.circle_filled(at(0.0, 4.6), 1.0, color);
        }
        Icon::Back => line(&[(3.0, -7.0), (-4.0, 0.0), (3.0, 7.0)]),
        Icon::Panel => {
            line(&[(-9.0, -8.0), (9.0, -8.0), (9.0, 8.0), (-9.0, 8.0), (-9.0, -8.0)]);
            line(&[(3.0, -8.0), (3.0, 8.0)]);
        }
    }
}

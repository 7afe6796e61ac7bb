//! The names on the map: laid out and edged once, then only moved.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::emath::Rot2;
use egui::epaint::text::{PlacedRow, Row};
use egui::epaint::{Mesh, TextShape, Vertex};
use egui::{FontId, Galley, Painter, Pos2, Rect, Vec2, pos2};

use super::sheet::Movement;
use crate::scene::{PlacedLabel, Token};
use crate::ui::theme::Theme;

/// Where the edge that sets a text off from the map is drawn, in pixels.
pub const HALO: [(f32, f32); 4] = [(-1.0, -0.9), (1.0, -0.9), (-1.0, 0.9), (1.0, 0.9)];

/// A text of the map as the fonts draw it.
pub fn layout(painter: &Painter, theme: &Theme, text: &str, size: f32) -> Arc<Galley> {
    painter.layout_no_wrap(text.to_owned(), FontId::proportional(size), theme.text)
}

/// How names look, kept from one picture to the next: most of them appear in both, and shaping is
/// slow. The fonts' own memory is too short, it forgets what a frame does not ask for.
#[derive(Default)]
pub struct Lettering {
    /// By size, then text; with the number of the picture that asked last.
    known: BTreeMap<u32, BTreeMap<String, (u32, Arc<Galley>)>>,
    picture: u32,
    /// Asked for in every frame, so it stays the same one for as long as the texture of the fonts is
    /// not made anew. After that the glyphs are no longer where they were.
    watch: Option<Arc<Galley>>,
}

impl Lettering {
    /// Whether the fonts were made anew since the last call; to be called in every frame.
    pub fn is_outdated(&mut self, painter: &Painter, theme: &Theme) -> bool {
        let now = layout(painter, theme, "0", 12.0);
        let same = self.watch.as_ref().is_some_and(|before| Arc::ptr_eq(before, &now));
        self.watch = Some(now);
        if !same {
            self.known.clear();
        }
        !same
    }

    /// A text of the map.
    pub fn galley(
        &mut self,
        painter: &Painter,
        theme: &Theme,
        text: &str,
        size: f32,
    ) -> Arc<Galley> {
        let known = self.known.entry(size.to_bits()).or_default();
        if let Some((picture, galley)) = known.get_mut(text) {
            *picture = self.picture;
            return galley.clone();
        }
        let galley = layout(painter, theme, text, size);
        known.insert(text.to_owned(), (self.picture, galley.clone()));
        galley
    }

    /// A picture is complete: what it did not ask for is forgotten.
    pub fn turn(&mut self) {
        let now = self.picture;
        for known in self.known.values_mut() {
            known.retain(|_, (picture, _)| *picture == now);
        }
        self.known.retain(|_, known| !known.is_empty());
        self.picture = now.wrapping_add(1);
    }
}

/// One name with its edge.
struct Name {
    at: Pos2,
    half: Vec2,
    level: bool,
    row: Arc<Row>,
}

/// The names of a picture.
#[derive(Default)]
pub struct Names {
    labels: Vec<PlacedLabel>,
    names: Vec<Name>,
    /// Names that are not shown.
    hidden: Vec<bool>,
    /// Any galley: a new one cannot be made from nothing.
    pattern: Option<Arc<Galley>>,
    shown: Option<(f32, Arc<Galley>)>,
}

impl Names {
    /// Adds names.
    pub fn add(
        &mut self,
        labels: &[PlacedLabel],
        theme: &Theme,
        painter: &Painter,
        lettering: &mut Lettering,
    ) {
        for label in labels {
            let galley = lettering.galley(painter, theme, &label.text, label.size);
            self.names.extend(Name::new(label, &galley, theme, painter.pixels_per_point()));
            self.labels.push(label.clone());
            self.pattern = Some(galley);
        }
        self.shown = None;
    }

    /// The same names with the glyphs where the fonts have them now.
    pub fn renew(&mut self, theme: &Theme, painter: &Painter, lettering: &mut Lettering) {
        let labels = std::mem::take(&mut self.labels);
        self.names.clear();
        self.add(&labels, theme, painter, lettering);
    }

    /// Shows all names but those that meet one of the boxes.
    pub fn hide(&mut self, boxes: &[Rect]) {
        let met = |label: &PlacedLabel| {
            // Names of few letters are as wide as high, long ones wider; half of that is enough.
            let half = label.text.chars().count() as f32 * label.size / 2.0;
            let size = Vec2::new(2.0 * half * label.angle.cos().abs().max(0.4), label.size * 1.2);
            let name = Rect::from_center_size(pos2(label.at[0], label.at[1]), size);
            boxes.iter().any(|b| b.intersects(name))
        };
        self.hidden = self.labels.iter().map(met).collect();
        self.shown = None;
    }

    /// Paints them where a movement brings them; they keep their size.
    pub fn paint(&mut self, painter: &Painter, theme: &Theme, movement: Movement) {
        let Movement { scale, shift } = movement;
        let kept = self.shown.take().filter(|(at, _)| *at == scale).map(|(_, galley)| galley);
        let Some(galley) = kept.or_else(|| self.galley(scale, painter.pixels_per_point())) else {
            return;
        };
        painter.add(TextShape::new(shift.to_pos2(), galley.clone(), theme.text));
        self.shown = Some((scale, galley));
    }

    /// All names as the rows of one text, so that they are sent in one piece and those out of sight
    /// are left out.
    fn galley(&self, scale: f32, pixels_per_point: f32) -> Option<Arc<Galley>> {
        let mut galley = Galley::clone(self.pattern.as_ref()?);
        let mut hidden = self.hidden.iter();
        galley.rows.clear();
        (galley.num_vertices, galley.num_indices) = (0, 0);
        galley.mesh_bounds = Rect::NOTHING;
        for name in &self.names {
            if hidden.next().is_some_and(|hidden| *hidden) {
                continue;
            }
            let pos = name.place(scale, pixels_per_point);
            let visuals = &name.row.visuals;
            galley.num_vertices += visuals.mesh.vertices.len();
            galley.num_indices += visuals.mesh.indices.len();
            galley.mesh_bounds |= visuals.mesh_bounds.translate(pos.to_vec2());
            galley.rows.push(PlacedRow { pos, row: name.row.clone(), ends_with_newline: false });
        }
        galley.rect = galley.mesh_bounds;
        Some(Arc::new(galley))
    }
}

impl Name {
    /// `None` for a text without any glyph.
    fn new(label: &PlacedLabel, galley: &Galley, theme: &Theme, ppp: f32) -> Option<Self> {
        let level = label.angle == 0.0;
        let half = galley.size() / 2.0;
        let turn = Rot2::from_angle(label.angle);
        let mut mesh = Mesh::default();
        let edge = HALO.map(|(x, y)| {
            let offset = Vec2::new(x, y);
            let offset = if level { (offset * ppp).round() / ppp } else { offset };
            (offset, theme.map(Token::Halo))
        });
        for (offset, color) in edge.into_iter().chain([(Vec2::ZERO, theme.map(label.color))]) {
            for row in &galley.rows {
                let ahead = mesh.vertices.len() as u32;
                let from = &row.visuals.mesh;
                mesh.indices.extend(from.indices.iter().map(|index| index + ahead));
                mesh.vertices.extend(from.vertices.iter().map(|vertex| {
                    Vertex {
                        pos: (turn * (vertex.pos.to_vec2() + row.pos.to_vec2() - half) + offset)
                            .to_pos2(),
                        uv: vertex.uv,
                        color,
                    }
                }));
            }
        }
        let mut row = Row::clone(&galley.rows.first()?.row);
        row.glyphs.clear();
        row.visuals.mesh_bounds = mesh.calc_bounds();
        row.visuals.glyph_index_start = 0;
        row.visuals.glyph_vertex_range = 0..mesh.vertices.len();
        row.visuals.mesh = mesh;
        Some(Self { at: pos2(label.at[0], label.at[1]), half, level, row: Arc::new(row) })
    }

    /// Its middle. Level text is crisp only on whole pixels.
    fn place(&self, scale: f32, ppp: f32) -> Pos2 {
        let middle = self.at.to_vec2() * scale;
        let middle = if self.level {
            ((middle - self.half) * ppp).round() / ppp + self.half
        } else {
            middle
        };
        middle.to_pos2()
    }
}

#[cfg(test)]
mod tests {
    use egui::vec2;

    use super::*;
    use crate::ui::theme::ThemeMode;

    const STILL: Movement = Movement { scale: 1.0, shift: Vec2::ZERO };

    fn label(text: &str, at: [f32; 2], angle: f32) -> PlacedLabel {
        PlacedLabel { text: text.to_owned(), at, angle, size: 13.0, color: Token::Label }
    }

    /// Runs one frame and gives what it drew, as triangles.
    fn frame(ctx: &egui::Context, paint: &mut dyn FnMut(&Painter, &Theme)) -> Vec<Vertex> {
        let theme = Theme::of(ThemeMode::Day);
        let input = egui::RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(400.0, 300.0))),
            ..egui::RawInput::default()
        };
        let mut output = ctx.run_ui(input, |ui| {
            paint(&ui.painter().clone(), &theme);
        });
        output.textures_delta.clear();
        let meshes = ctx.tessellate(output.shapes, output.pixels_per_point).into_iter();
        let meshes = meshes.filter_map(|drawn| match drawn.primitive {
            egui::epaint::Primitive::Mesh(mesh) => Some(mesh.vertices),
            egui::epaint::Primitive::Callback(_) => None,
        });
        meshes.flatten().collect()
    }

    fn bounds(corners: &[Vertex]) -> Rect {
        corners.iter().fold(Rect::NOTHING, |b, v| b.union(Rect::from_pos(v.pos)))
    }

    #[test]
    fn a_name_stands_around_its_place_with_an_edge_and_moves_as_one() {
        let ctx = egui::Context::default();
        let mut letters = Lettering::default();
        let mut names = Names::default();
        let _first = frame(&ctx, &mut |painter, theme| {
            letters.is_outdated(painter, theme);
            names.add(&[label("Wenshang", [100.0, 80.0], 0.0)], theme, painter, &mut letters);
        });
        let here = frame(&ctx, &mut |painter, theme| names.paint(painter, theme, STILL));
        let theme = Theme::of(ThemeMode::Day);
        let of = |color| here.iter().filter(|v| v.color == color).count();
        assert_eq!(of(theme.map(Token::Halo)), 4 * of(theme.map(Token::Label)));
        assert_eq!(of(theme.map(Token::Label)), 4 * "Wenshang".len());
        let around = bounds(&here);
        assert!((around.center() - pos2(100.0, 80.0)).length() < 4.0, "{around:?}");
        let far = Movement { scale: 2.0, shift: vec2(-60.0, 10.0) };
        let there = frame(&ctx, &mut |painter, theme| names.paint(painter, theme, far));
        let moved = bounds(&there);
        assert!((moved.center() - around.center() - vec2(40.0, 90.0)).length() < 1.5, "{moved:?}");
        assert!((moved.size() - around.size()).length() < 0.01, "names keep their size");
    }

    #[test]
    fn a_turned_name_is_as_high_as_it_was_wide() {
        let ctx = egui::Context::default();
        let mut letters = Lettering::default();
        let mut size = |angle| {
            let mut names = Names::default();
            let _first = frame(&ctx, &mut |painter, theme| {
                let label = label("Wenshang", [100.0, 80.0], angle);
                names.add(&[label], theme, painter, &mut letters);
            });
            let drawn = frame(&ctx, &mut |painter, theme| names.paint(painter, theme, STILL));
            bounds(&drawn).size()
        };
        let (level, upright) = (size(0.0), size(std::f32::consts::FRAC_PI_2));
        assert!((level.x - upright.y).abs() < 2.0 && (level.y - upright.x).abs() < 2.0);
    }

    #[test]
    fn names_under_marks_and_out_of_sight_are_not_drawn() {
        let ctx = egui::Context::default();
        let mut letters = Lettering::default();
        let mut names = Names::default();
        let labels = [
            label("AB", [100.0, 80.0], 0.0),
            label("AB", [200.0, 80.0], 0.0),
            label("AB", [2000.0, 80.0], 0.0),
        ];
        let _first = frame(&ctx, &mut |painter, theme| {
            names.add(&labels, theme, painter, &mut letters);
        });
        let both = frame(&ctx, &mut |painter, theme| names.paint(painter, theme, STILL));
        assert_eq!(both.len(), 2 * 2 * 5 * 4);
        names.hide(&[Rect::from_center_size(pos2(100.0, 80.0), vec2(4.0, 4.0))]);
        let one = frame(&ctx, &mut |painter, theme| names.paint(painter, theme, STILL));
        assert_eq!(one.len(), both.len() / 2);
        assert!(one.iter().all(|v| v.pos.x > 150.0));
    }

    #[test]
    fn lettering_is_kept_while_pictures_ask_for_it_and_forgotten_with_the_fonts() {
        let ctx = egui::Context::default();
        let mut letters = Lettering::default();
        let theme = Theme::of(ThemeMode::Day);
        let ask =
            |letters: &mut Lettering, painter: &Painter| letters.galley(painter, &theme, "A", 12.0);
        let mut seen = Vec::new();
        for n in 0..4 {
            let _drawn = frame(&ctx, &mut |painter, theme| {
                let outdated = letters.is_outdated(painter, theme);
                assert_eq!(outdated, n == 0, "frame {n}");
                // Asked for by two pictures, not by the third.
                if n != 2 {
                    seen.push(ask(&mut letters, painter));
                }
            });
            letters.turn();
        }
        assert!(Arc::ptr_eq(&seen[0], &seen[1]));
        assert!(!Arc::ptr_eq(&seen[1], &seen[2]));
        let mut fonts = egui::FontDefinitions::default();
        fonts.families.values_mut().for_each(|family| family.truncate(1));
        ctx.set_fonts(fonts);
        let _drawn = frame(&ctx, &mut |painter, theme| {
            assert!(letters.is_outdated(painter, theme), "the fonts were set anew");
        });
    }
}

//! A map on a sheet: which scene, which part of it, and how it is drawn at a size.

use geo_types::Rect;

use super::answer::{draw_answer, draw_marks};
use super::drawing::{Drawing, Shape};
use super::ink::{Ink, ink};
use crate::base::Id;
use crate::model::Kind;
use crate::report::occasion::Occasion;
use crate::report::words::Words;
use crate::scene::{
    Collider, DangerArea, FeatureRef, Flow, Labels, Load, MapScene, Mark, Marks, Overlay, ScaleBar,
    Severity, Signs, Token, View, paint_ground, place_of,
};

/// Pixels of the scene's styles per point of paper: at the window's size letters would be too large.
const PX_PER_PT: f32 = 1.6;
/// No closer than this: the demo's figures are not better than that.
const CLOSEST: f64 = 15.0;

/// A map that is still to be drawn at some size.
#[derive(Clone, Debug)]
pub struct MapSheet {
    scene: MapScene,
    extent: Option<Rect<f64>>,
}

impl MapSheet {
    /// The map of a plan: the area, who goes where, and what lies around.
    pub fn of_plan(scene: &MapScene, on: &Occasion<'_>) -> Self {
        let mut scene = scene.clone();
        scene.tell_time(on.at);
        scene.set_overlay(overlay(on));
        let extent = scene.overlay().extent().or_else(|| scene.extent());
        Self { scene, extent }
    }

    /// Draws it on a sheet of this size in points.
    pub fn draw(&self, size: [f32; 2], words: &dyn Words) -> Drawing {
        let pixels = size.map(|side| side.max(1.0) * PX_PER_PT);
        let mut out = Drawing::new(pixels);
        if let Some(extent) = self.extent {
            let view = View::fitting(extent, pixels, 46.0, CLOSEST);
            self.draw_scene(&view, words, &mut out);
            furniture(&view, words, &mut out);
        } else {
            let middle = pixels.map(|side| side / 2.0);
            out.words(&words.tr("no-data"), middle, 0.0, 14.0, ink(Token::Label));
        }
        let [w, h] = pixels;
        let frame = vec![[0.0, 0.0], [w, 0.0], [w, h], [0.0, h]];
        out.line(frame, true, 1.6, ink(Token::Boundary));
        out.scaled(1.0 / PX_PER_PT)
    }

    fn draw_scene(&self, view: &View, words: &dyn Words, out: &mut Drawing) {
        let scene = &self.scene;
        let mut measure = |text: &str, size: f32| [width_of(text, size), size * 1.3];
        paint_ground(scene, view, out);
        draw_answer(scene, view, out);
        let count = |n: u64| words.count(n);
        let marks = Marks::new(scene.overlay(), view, &count, &mut measure);
        let mut taken = Collider::new(view.size);
        for written in &marks.written {
            taken.take(&[*written]);
        }
        // Scale, arrow and caption keep their corners.
        for corner in corners(view.size) {
            taken.take(&[corner]);
        }
        let mut first = Labels::first(scene, view);
        while first.step(&mut taken, &mut measure) {}
        let mut signs = Signs::new(scene, view, &mut taken);
        let drawn = signs.drawn().to_vec();
        while signs.step(out) {}
        let mut labels = Labels::new(scene, view, &drawn);
        while labels.step(&mut taken, &mut measure) {}
        for label in first.placed().iter().chain(labels.placed()) {
            out.words(&label.text, label.at, label.angle, label.size, ink(label.color));
        }
        draw_marks(&marks, view, out);
        for word in &marks.words {
            let [x, y] = view.screen_from_lonlat(word.at);
            let [w, h] = [width_of(&word.text, word.size), word.size * 1.3];
            let at = [x + word.offset[0] + w / 2.0, y + word.offset[1] + h / 2.0];
            out.words(&word.text, at, 0.0, word.size, ink(Token::Label));
        }
    }
}

/// Width of a text without asking any font: Chinese letters are square, others about half as wide.
fn width_of(text: &str, size: f32) -> f32 {
    let wide = |c: char| if c.is_ascii() { 0.58 } else { 1.0 };
    text.chars().map(wide).sum::<f32>() * size
}

/// Where scale bar, caption and north arrow stand.
fn corners([w, h]: [f32; 2]) -> [[f32; 4]; 2] {
    [[0.0, h - 40.0, (w * 0.62).min(430.0), h], [w - 44.0, 0.0, w, 62.0]]
}

/// Scale bar, north arrow, and what the map is not good for.
fn furniture(view: &View, words: &dyn Words, out: &mut Drawing) {
    let [w, h] = view.size;
    let (dark, light) = (ink(Token::Label), ink(Token::Halo));
    let bar = ScaleBar::fitting(view.extent().center().y, view.zoom, 140.0);
    let (x, y) = (14.0, h - 14.0);
    let caption = words.tr("report-map-schematic");
    let wide = width_of(&caption, 13.0);
    let [box_left, box_top, ..] = corners(view.size)[0];
    let right = (x + bar.pixels + 76.0 + wide).min(w);
    let ground = vec![[box_left, box_top + 8.0], [right, box_top + 8.0], [right, h], [box_left, h]];
    out.surface(ground, light.at(0.86));
    let ends = [x, x + bar.pixels];
    let line = vec![[ends[0], y - 5.0], [ends[0], y], [ends[1], y], [ends[1], y - 5.0]];
    out.line(line, false, 1.8, dark);
    let text = bar.text();
    out.words(&text, [ends[1] + 8.0 + width_of(&text, 13.0) / 2.0, y - 4.0], 0.0, 13.0, dark);
    out.words(&caption, [ends[1] + 70.0 + wide / 2.0, y - 4.0], 0.0, 13.0, dark);
    north([w - 22.0, 12.0], dark, light, words, out);
}

fn north([x, y]: [f32; 2], dark: Ink, light: Ink, words: &dyn Words, out: &mut Drawing) {
    out.surface(
        vec![[x - 18.0, y - 8.0], [x + 18.0, y - 8.0], [x + 18.0, y + 46.0], [x - 18.0, y + 46.0]],
        light.at(0.86),
    );
    out.surface(vec![[x, y], [x, y + 20.0], [x - 8.0, y + 26.0]], dark);
    out.line(vec![[x, y], [x + 8.0, y + 26.0], [x, y + 20.0]], true, 1.4, dark);
    out.words(&words.tr("report-map-north"), [x, y + 36.0], 0.0, 13.0, dark);
}

/// What a plan puts on the map.
fn overlay(on: &Occasion<'_>) -> Overlay {
    let place = |kind: Kind, id: Id| place_of(on.county.layer(kind)?.by_id(id)?);
    let flows = on.plan.assignments.iter().filter_map(|line| {
        Some(Flow {
            from: place(Kind::Settlement, line.settlement)?,
            to: place(Kind::Shelter, line.shelter)?,
            people: line.people,
            emphasised: false,
        })
    });
    let used = on.plan.shelters.iter().filter(|shelter| shelter.assigned.0 > 0);
    let loads = used.filter_map(|shelter| {
        let room = shelter.capacity? - shelter.occupied - shelter.reserved;
        Some(Load {
            id: shelter.id,
            name: shelter.name.clone(),
            at: place(Kind::Shelter, shelter.id)?,
            people: shelter.assigned,
            share: (shelter.assigned.0 as f32 / room.0.max(1) as f32).min(1.0),
        })
    });
    let left = on.plan.unassigned_settlements.iter().filter_map(|row| {
        Some(Mark { id: row.id, at: place(Kind::Settlement, row.id)?, people: row.people })
    });
    let unusable = on.plan.shelters.iter().filter(|shelter| shelter.unusable.is_some());
    Overlay {
        areas: vec![DangerArea { polygons: on.area.polygons().clone(), severity: Severity::Red }],
        flows: flows.collect(),
        loads: loads.collect(),
        unassigned: left.collect(),
        unusable: unusable.map(|s| FeatureRef { kind: Kind::Shelter, id: s.id }).collect(),
        ..Overlay::default()
    }
}

impl Drawing {
    /// The same drawing so many times as large.
    #[must_use]
    fn scaled(self, k: f32) -> Self {
        let point = |[x, y]: [f32; 2]| [x * k, y * k];
        let line = |points: Vec<[f32; 2]>| points.into_iter().map(point).collect();
        let shapes = self.shapes.into_iter().map(|shape| match shape {
            Shape::Surface { rings, ink } => {
                Shape::Surface { rings: rings.into_iter().map(line).collect(), ink }
            }
            Shape::Line { points, closed, width, dash, ink } => Shape::Line {
                points: line(points),
                closed,
                width: width * k,
                dash: dash.into_iter().map(|length| length * k).collect(),
                ink,
            },
            Shape::Disc { at, radius, ink } => {
                Shape::Disc { at: point(at), radius: radius * k, ink }
            }
            Shape::Words { at, angle, size, text, ink } => {
                Shape::Words { at: point(at), angle, size: size * k, text, ink }
            }
        });
        Self { size: point(self.size), shapes: shapes.collect() }
    }
}

//! Names on the map: where they stand, and which of them give way.

use std::borrow::Cow;
use std::collections::BTreeMap;

use geo_types::{Geometry, Polygon};

use super::grid::meet;
use super::ground::{ToPixels, runs};
use super::sign::DrawnSign;
use super::simplify::Corner;
use super::style::{LabelPlace, LabelStyle, StyleTable};
use super::{MapScene, Token, View};
use crate::model::Feature;

/// No more names than this at once.
pub const MOST: usize = 300;
/// Pixels between two names of the same line.
const REPEAT_PX: f32 = 320.0;
/// No more tries than this along one line.
const MOST_TRIES: f32 = 60.0;

/// Along steeper lines (in radians) Chinese letters stand upright, one below the other.
const STEEP: f32 = 1.05;

/// Longest name on the map, in letters of Latin width; a Chinese letter is as wide as two.
const MOST_LETTERS: usize = 24;

/// A name as the map writes it: a very long one is cut, its card has the whole.
pub fn short_name(name: &str) -> Cow<'_, str> {
    let wide = |c: char| if c.is_ascii() { 1 } else { 2 };
    if name.chars().map(wide).sum::<usize>() <= MOST_LETTERS {
        return Cow::Borrowed(name);
    }
    let mut room = MOST_LETTERS - 2;
    let mut short: String = name
        .chars()
        .take_while(|c| {
            let fits = wide(*c) <= room;
            room = room.saturating_sub(wide(*c));
            fits
        })
        .collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    Cow::Owned(short)
}

/// Boxes that are taken, in pixels.
#[derive(Debug)]
pub struct Collider {
    columns: usize,
    rows: usize,
    cells: Vec<Vec<[f32; 4]>>,
}

const CELL_PX: f32 = 64.0;

impl Collider {
    /// Nothing taken in a window of this size.
    pub fn new(size: [f32; 2]) -> Self {
        let count = |side: f32| ((side / CELL_PX).ceil() as usize).clamp(1, 512);
        let (columns, rows) = (count(size[0]), count(size[1]));
        Self { columns, rows, cells: vec![Vec::new(); columns * rows] }
    }

    fn cells_of(&self, b: &[f32; 4]) -> impl Iterator<Item = usize> + use<> {
        let at = |v: f32, most: usize| ((v / CELL_PX) as usize).min(most - 1);
        let (x0, x1) = (at(b[0], self.columns), at(b[2], self.columns));
        let (y0, y1, columns) = (at(b[1], self.rows), at(b[3], self.rows), self.columns);
        (y0..=y1).flat_map(move |y| (x0..=x1).map(move |x| y * columns + x))
    }

    fn is_free(&self, b: &[f32; 4]) -> bool {
        self.cells_of(b).all(|cell| self.cells[cell].iter().all(|other| !meet(b, other)))
    }

    /// Takes all boxes if all of them are free.
    pub fn take(&mut self, boxes: &[[f32; 4]]) -> bool {
        if !boxes.iter().all(|b| self.is_free(b)) {
            return false;
        }
        for b in boxes {
            for cell in self.cells_of(b) {
                self.cells[cell].push(*b);
            }
        }
        true
    }

    /// Takes a square around a place.
    pub fn take_square(&mut self, at: [f32; 2], half: f32) -> bool {
        self.take(&[[at[0] - half, at[1] - half, at[0] + half, at[1] + half]])
    }
}

/// A name in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedLabel {
    /// The name.
    pub text: String,
    /// Its middle in pixels.
    pub at: [f32; 2],
    /// Turned clockwise, in radians.
    pub angle: f32,
    /// Height of the letters in pixels.
    pub size: f32,
    /// Colour.
    pub color: Token,
}

/// Stretches of line in pixels.
type Lines = Vec<Vec<Corner>>;

#[derive(Debug)]
enum Candidate {
    /// A place, with the radius of the sign that it stands beside.
    Place {
        at: [f32; 2],
        beside: Option<f32>,
    },
    /// Somewhere within a ring, best at a place.
    Within {
        at: [f32; 2],
        ring: Lines,
    },
    Lines {
        lines: Lines,
    },
}

/// Something that wants a name.
#[derive(Debug)]
struct Wish {
    text: String,
    style: &'static LabelStyle,
    candidate: Candidate,
}

/// The names of a view, placed step by step: the important ones first, none on another, none on what
/// is taken already.
#[derive(Debug)]
pub struct Labels {
    zoom: f32,
    /// Least important first.
    wishes: Vec<Wish>,
    /// Where names along lines stand.
    same: BTreeMap<String, Vec<[f32; 2]>>,
    placed: Vec<PlacedLabel>,
}

impl Labels {
    /// The names that are placed before the signs, so that those give way.
    pub fn first(scene: &MapScene, view: &View) -> Self {
        Self::of(wishes(scene, view, &[], true), view)
    }

    /// All other names of a view, given the signs that were drawn.
    pub fn new(scene: &MapScene, view: &View, signs: &[DrawnSign]) -> Self {
        Self::of(wishes(scene, view, signs, false), view)
    }

    fn of(mut wishes: Vec<Wish>, view: &View) -> Self {
        wishes.reverse();
        Self { zoom: view.zoom as f32, wishes, same: BTreeMap::new(), placed: Vec::new() }
    }

    /// How many steps are left at most.
    pub fn left(&self) -> usize {
        self.wishes.len()
    }

    /// The names that have found a place.
    pub fn placed(&self) -> &[PlacedLabel] {
        &self.placed
    }

    /// Finds a place for the next name; `false` when none is left. `measure` gives width and height
    /// of a text at a size.
    pub fn step(
        &mut self,
        taken: &mut Collider,
        measure: &mut dyn FnMut(&str, f32) -> [f32; 2],
    ) -> bool {
        if self.placed.len() >= MOST {
            self.wishes.clear();
        }
        let Some(Wish { text, style, candidate }) = self.wishes.pop() else { return false };
        // Half pixels, so that few sizes of letters have to be made while the zoom changes.
        let size = (style.size.at(self.zoom) * 2.0).round() / 2.0;
        let [width, height] = measure(&text, size);
        let placed = &mut self.placed;
        let mut put = |text: &str, at: [f32; 2], angle: f32| {
            placed.push(PlacedLabel { text: text.to_owned(), at, angle, size, color: style.color });
        };
        match candidate {
            Candidate::Place { at, beside: None } => {
                if taken.take(&[around(at, width, height)]) {
                    put(&text, at, 0.0);
                }
            }
            Candidate::Place { at: [x, y], beside: Some(radius) } => {
                let (dx, dy) = (radius + 3.0 + width / 2.0, radius + 1.0 + height / 2.0);
                let places = [[x + dx, y], [x, y + dy], [x - dx, y], [x, y - dy]];
                let free = places.into_iter().find(|at| taken.take(&[around(*at, width, height)]));
                if let Some(at) = free {
                    put(&text, at, 0.0);
                }
            }
            Candidate::Within { at: [x, y], ring } => {
                let inside = |at: &[f32; 2]| ring.iter().all(|ring| contains(ring, *at));
                let places = SHIFTS.map(|[dx, dy]| [x + dx * width, y + dy * height]);
                let first = places.first().copied();
                let free = places
                    .into_iter()
                    .filter(|at| Some(*at) == first || inside(at))
                    .find(|at| taken.take(&[around(*at, width, height)]));
                if let Some(at) = free {
                    put(&text, at, 0.0);
                }
            }
            Candidate::Lines { lines } => {
                let others = self.same.entry(text.clone()).or_default();
                for line in &lines {
                    for (at, angle) in along(line, width, size) {
                        let far = |b: &[f32; 2]| (at[0] - b[0]).hypot(at[1] - b[1]) > REPEAT_PX;
                        if !others.iter().all(far)
                            || !taken.take(&slanted(at, angle, width, height))
                        {
                            continue;
                        }
                        others.push(at);
                        if angle.abs() > STEEP && text.chars().all(is_han) {
                            stacked(&text, at, angle, width, &mut put);
                        } else {
                            put(&text, at, angle);
                        }
                    }
                }
            }
        }
        true
    }
}

/// Where a name within a surface may stand, from its best place, in widths and heights of the name.
const SHIFTS: [[f32; 2]; 17] = [
    [0.0, 0.0],
    [0.0, -0.8],
    [0.0, 0.8],
    [-0.4, 0.0],
    [0.4, 0.0],
    [-0.4, -0.8],
    [0.4, -0.8],
    [-0.4, 0.8],
    [0.4, 0.8],
    [0.0, -1.6],
    [0.0, 1.6],
    [-0.8, 0.0],
    [0.8, 0.0],
    [-0.6, -1.6],
    [0.6, -1.6],
    [-0.6, 1.6],
    [0.6, 1.6],
];

/// Whether a ring contains a place (even-odd).
fn contains(ring: &[[f32; 2]], at: [f32; 2]) -> bool {
    let mut inside = false;
    for (n, a) in ring.iter().enumerate() {
        let b = ring[(n + 1) % ring.len()];
        if (a[1] > at[1]) != (b[1] > at[1])
            && at[0] < a[0] + (b[0] - a[0]) * (at[1] - a[1]) / (b[1] - a[1])
        {
            inside = !inside;
        }
    }
    inside
}

/// The outline of a feature's largest surface in pixels.
fn outline(feature: &Feature, view: &View) -> Lines {
    use geo::Area;
    let polygon = match &feature.geometry {
        Some(Geometry::Polygon(polygon)) => Some(polygon),
        Some(Geometry::MultiPolygon(many)) => {
            many.0.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))
        }
        _ => None,
    };
    let ring = |polygon: &Polygon<f64>| {
        polygon.exterior().0.iter().map(|c| view.screen_from_lonlat(*c)).collect()
    };
    polygon.map(ring).into_iter().collect()
}

/// Everything that wants a name in this view, most important first: what is placed before the signs,
/// or what comes after.
fn wishes(scene: &MapScene, view: &View, signs: &[DrawnSign], first: bool) -> Vec<Wish> {
    let to = ToPixels::new(scene, view, 0.0);
    let zoom = view.zoom as f32;
    let table = StyleTable::get();
    let shown = |style: u16| {
        let style = table.style(style)?;
        let label = style.label.as_ref()?;
        let shown = label.first == first && zoom >= label.min_zoom && zoom <= label.max_zoom;
        shown.then_some((style, label))
    };
    let mut out = Vec::new();
    if first
        && let (Some(seat), Some(label)) = (scene.seat(), table.seat())
        && zoom <= label.max_zoom
    {
        let place = Candidate::Within { at: to.apply(seat.at), ring: Vec::new() };
        out.push(((-label.priority, 0.0, 0, 0), seat.name.as_str(), label, place));
    }
    for (at, layer) in scene.visible_layers().enumerate() {
        let text = |row: u32| {
            let name = layer.source().features().get(row as usize)?.name.as_str();
            (!name.is_empty()).then_some(name)
        };
        for name in layer.names() {
            let w = &to.window;
            let inside = name.at[0] >= w[0]
                && name.at[0] <= w[2]
                && name.at[1] >= w[1]
                && name.at[1] <= w[3];
            let Some((style, label)) = shown(name.style).filter(|_| inside) else { continue };
            let Some(text) = text(name.row) else { continue };
            let sign = signs
                .binary_search_by_key(&(at, name.row), |sign| sign.of)
                .ok()
                .map(|found| signs[found].size);
            let beside = match label.place {
                LabelPlace::Beside if style.sign.is_some() && sign.is_none() => continue,
                LabelPlace::Beside => Some(sign.unwrap_or(0.0)),
                LabelPlace::Over | LabelPlace::Along => None,
            };
            let place = match layer.source().features().get(name.row as usize) {
                Some(row) if first => {
                    Candidate::Within { at: to.apply(name.at), ring: outline(row, view) }
                }
                _ => Candidate::Place { at: to.apply(name.at), beside },
            };
            out.push(((-label.priority, -name.weight, at, name.row), text, label, place));
        }
        let mut lines: BTreeMap<(u16, &str), (u32, Lines)> = BTreeMap::new();
        for part in &layer.band(view.zoom).parts {
            let along = shown(part.style).filter(|(_, label)| label.place == LabelPlace::Along);
            if along.is_none() || !meet(&part.bounds, &to.window) {
                continue;
            }
            let Some(text) = text(part.row) else { continue };
            let here = lines.entry((part.style, text)).or_insert((part.row, Vec::new()));
            for run in runs(&part.corners, &to.window) {
                here.1.push(run.into_iter().map(|c| to.apply(c)).collect());
            }
        }
        for ((style, text), (row, mut lines)) in lines {
            let Some((_, label)) = shown(style) else { continue };
            let length = |line: &Vec<Corner>| {
                line.windows(2).map(|s| (s[1][0] - s[0][0]).hypot(s[1][1] - s[0][1])).sum::<f32>()
            };
            lines.sort_by(|a, b| length(b).total_cmp(&length(a)));
            let weight = lines.first().map_or(0.0, length);
            let lines = Candidate::Lines { lines };
            out.push(((-label.priority, -weight, at, row), text, label, lines));
        }
    }
    out.sort_by(|(a, ..), (b, ..)| {
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then((a.2, a.3).cmp(&(b.2, b.3)))
    });
    out.into_iter()
        .map(|(_, text, style, candidate)| Wish {
            text: short_name(text).into_owned(),
            style,
            candidate,
        })
        .collect()
}

fn around(at: [f32; 2], width: f32, height: f32) -> [f32; 4] {
    let (x, y) = (width / 2.0 + 1.0, height / 2.0);
    [at[0] - x, at[1] - y, at[0] + x, at[1] + y]
}

/// Small boxes that together cover a slanted text.
fn slanted(at: [f32; 2], angle: f32, width: f32, height: f32) -> Vec<[f32; 4]> {
    let count = (width / height.max(1.0)).ceil().max(1.0);
    let (sin, cos) = angle.sin_cos();
    let half = height / 2.0;
    (0..count as usize)
        .map(|i| {
            let s = ((i as f32 + 0.5) / count - 0.5) * width;
            let (x, y) = (at[0] + s * cos, at[1] + s * sin);
            [x - half, y - half, x + half, y + half]
        })
        .collect()
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

/// Puts the letters of a name upright along a steep line, from the top down.
fn stacked(
    text: &str,
    middle: [f32; 2],
    angle: f32,
    width: f32,
    put: &mut dyn FnMut(&str, [f32; 2], f32),
) {
    let (sin, cos) = angle.sin_cos();
    let down = if sin < 0.0 { [-cos, -sin] } else { [cos, sin] };
    let count = text.chars().count() as f32;
    for (n, letter) in text.chars().enumerate() {
        let s = ((n as f32 + 0.5) / count - 0.5) * width;
        put(
            letter.encode_utf8(&mut [0; 4]),
            [middle[0] + s * down[0], middle[1] + s * down[1]],
            0.0,
        );
    }
}

/// Places along a line, in pixels, where a text of this width lies on an almost straight stretch;
/// middle and angle, upright.
fn along(line: &[[f32; 2]], width: f32, size: f32) -> Vec<([f32; 2], f32)> {
    let mut lengths = vec![0.0];
    for s in line.windows(2) {
        let last = lengths.last().copied().unwrap_or(0.0);
        lengths.push(last + (s[1][0] - s[0][0]).hypot(s[1][1] - s[0][1]));
    }
    let total = lengths.last().copied().unwrap_or(0.0);
    let point = |s: f32| {
        let i = lengths.partition_point(|l| *l <= s).clamp(1, line.len() - 1);
        let (a, b) = (line[i - 1], line[i]);
        let t = (s - lengths[i - 1]) / (lengths[i] - lengths[i - 1]).max(1e-6);
        [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
    };
    let mut out = Vec::new();
    if line.len() < 2 || total < width + size {
        return out;
    }
    let straight = |middle: f32| {
        let (a, m, b) = (point(middle - width / 2.0), point(middle), point(middle + width / 2.0));
        let chord = (b[0] - a[0]).hypot(b[1] - a[1]);
        let centre = [f32::midpoint(a[0], b[0]), f32::midpoint(a[1], b[1])];
        let bulge = (m[0] - centre[0]).hypot(m[1] - centre[1]);
        let mut angle = (b[1] - a[1]).atan2(b[0] - a[0]);
        if angle.abs() > std::f32::consts::FRAC_PI_2 {
            angle -= angle.signum() * std::f32::consts::PI;
        }
        (chord >= width * 0.97 && bulge <= size * 0.3).then_some((centre, angle))
    };
    // Outwards from the middle of a short line; along a long one every stretch gets its turn.
    let step = (width / 2.0).max(total / MOST_TRIES);
    let steps = ((total - width) / 2.0 / step).floor().max(0.0) as u16;
    for n in 0..=steps {
        for side in [1.0, -1.0] {
            if n > 0 || side > 0.0 {
                out.extend(straight(total / 2.0 + side * f32::from(n) * step));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn very_long_names_are_cut() {
        assert_eq!(short_name("泉河公园避难场所"), "泉河公园避难场所");
        let long = "汶上县某某街道办事处应急避难场所及物资储备中心";
        assert_eq!(short_name(long), "汶上县某某街道办事处应…");
        assert_eq!(short_name("G1511 日兰高速"), "G1511 日兰高速");
        assert_eq!(short_name("A very long name of a place"), "A very long name of a…");
    }

    #[test]
    fn boxes_are_taken_all_or_none() {
        let mut taken = Collider::new([200.0, 100.0]);
        assert!(taken.take(&[[0.0, 0.0, 50.0, 10.0], [60.0, 0.0, 130.0, 10.0]]));
        assert!(!taken.take(&[[0.0, 20.0, 10.0, 30.0], [120.0, 5.0, 140.0, 15.0]]));
        assert!(taken.take(&[[0.0, 20.0, 10.0, 30.0]]), "the refused one left nothing behind");
        assert!(taken.take_square([-30.0, 400.0], 5.0), "places outside the window count too");
        assert!(!taken.take_square([-30.0, 400.0], 5.0));
    }

    #[test]
    fn chinese_names_along_steep_lines_read_downwards() {
        let mut letters = Vec::new();
        let mut put =
            |text: &str, at: [f32; 2], angle: f32| letters.push((text.to_owned(), at[1], angle));
        stacked("小汶河", [50.0, 50.0], -std::f32::consts::FRAC_PI_2, 36.0, &mut put);
        let read: String = letters.iter().map(|(text, ..)| text.as_str()).collect();
        assert_eq!(read, "小汶河");
        assert!(letters.is_sorted_by(|a, b| a.1 < b.1) && letters.iter().all(|l| l.2 == 0.0));
    }

    #[test]
    fn names_lie_on_straight_stretches_and_read_from_the_left() {
        let west = [[400.0, 10.0], [0.0, 10.0]];
        let (at, angle) = along(&west, 60.0, 12.0)[0];
        assert_eq!(at, [200.0, 10.0], "the middle comes first");
        assert!(angle.abs() < 1e-6);
        let zigzag: Vec<[f32; 2]> =
            (0..40).map(|i| [i as f32 * 10.0, if i % 2 == 0 { 0.0 } else { 10.0 }]).collect();
        assert!(along(&zigzag, 60.0, 12.0).is_empty());
        assert!(along(&[[0.0, 0.0], [30.0, 0.0]], 60.0, 12.0).is_empty());
        assert!(along(&[], 60.0, 12.0).is_empty());
        let places = along(&[[0.0, 0.0], [9000.0, 0.0]], 60.0, 12.0);
        assert!(places.len() <= 61);
        assert!(places.iter().all(|([x, _], _)| (30.0..=8970.0).contains(x)));
    }
}

//! Marks of an answer in a view: which of them stand, which are taken together, what is written
//! beside them. Marks that lie on each other say nothing.

use geo_types::Coord;

use super::grid::meet;
use super::label::{Collider, short_name};
use super::{Overlay, View};
use crate::base::Persons;

/// Half the width of an unplaced mark's disc in pixels.
const DISC: f32 = 10.0;
/// Half the width of a shelter's large ring with its edge, and of a small one.
const RINGS: [f32; 2] = [18.0, 8.0];
/// No more shelters than this are named.
const MOST_NAMES: usize = 12;
/// Height of the letters beside marks in pixels.
const LETTERS: f32 = 12.5;
/// How far above its place the number of a facility stands, in pixels.
pub const NUMBER_RISE: f32 = 21.0;
/// Half the width of the mark at the place a question was asked from.
pub const ORIGIN: f32 = 9.0;

/// People without a place, of one settlement or of several that lie close together.
#[derive(Clone, Debug, PartialEq)]
pub struct Crowd {
    /// The largest settlement's place in degrees.
    pub at: Coord<f64>,
    /// People of all of them.
    pub people: Persons,
    /// How many settlements.
    pub settlements: usize,
}

/// A shelter's ring.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadRing {
    /// Where, in degrees.
    pub at: Coord<f64>,
    /// Assigned people by available places, 0 to 1.
    pub share: f32,
    /// Large with the shelter's sign in it, or small where a larger one is close.
    pub large: bool,
}

/// Words beside a mark.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkWord {
    /// The mark's place in degrees.
    pub at: Coord<f64>,
    /// From there to the top left corner of the words, in pixels.
    pub offset: [f32; 2],
    /// The words.
    pub text: String,
    /// Height of the letters in pixels.
    pub size: f32,
}

/// All marks of an answer in a view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// Who has no place, most people first.
    pub crowds: Vec<Crowd>,
    /// Shelters that take people in, most people last: they lie on top.
    pub rings: Vec<LoadRing>,
    /// What is written.
    pub words: Vec<MarkWord>,
    /// Boxes in pixels on which no sign of the map may stand.
    pub covered: Vec<[f32; 4]>,
    /// Boxes in pixels on which no name of the map may stand: those and the rest.
    pub written: Vec<[f32; 4]>,
}

impl Marks {
    /// The marks of an answer. `count` puts a number into words, `measure` gives width and height of
    /// a text at a size.
    pub fn new(
        overlay: &Overlay,
        view: &View,
        count: &dyn Fn(u64) -> String,
        measure: &mut dyn FnMut(&str, f32) -> [f32; 2],
    ) -> Self {
        let mut out = Self::default();
        let mut taken = Collider::new(view.size);
        for pin in &overlay.pins {
            out.pin(view, pin.at, &pin.label, &mut taken, measure);
        }
        for reach in &overlay.reaches {
            let [x, y] = view.screen_from_lonlat(reach.to);
            let number = around([x, y - NUMBER_RISE], 11.0);
            taken.take(&[number]);
            out.written.push(number);
        }
        out.crowds(overlay, view, count, &mut taken, measure);
        out.loads(overlay, view, &mut taken, measure);
        out
    }

    /// The place a question was asked from, with its name below.
    fn pin(
        &mut self,
        view: &View,
        at: Coord<f64>,
        label: &str,
        taken: &mut Collider,
        measure: &mut dyn FnMut(&str, f32) -> [f32; 2],
    ) {
        let place = view.screen_from_lonlat(at);
        let mark = around(place, ORIGIN + 2.0);
        taken.take(&[mark]);
        self.written.push(mark);
        if !label.is_empty() {
            let text = short_name(label).into_owned();
            let [width, height] = measure(&text, LETTERS);
            let offset = [-width / 2.0, ORIGIN + 3.0];
            let words = shifted(place, offset, width, height);
            taken.take(&[words]);
            self.written.push(words);
            self.words.push(MarkWord { at, offset, text, size: LETTERS });
        }
    }

    /// Settlements with people left, the largest first; whose mark or number would lie on a larger
    /// one's is counted there.
    fn crowds(
        &mut self,
        overlay: &Overlay,
        view: &View,
        count: &dyn Fn(u64) -> String,
        taken: &mut Collider,
        measure: &mut dyn FnMut(&str, f32) -> [f32; 2],
    ) {
        let mut marks: Vec<_> = overlay.unassigned.iter().collect();
        marks.sort_by_key(|mark| (std::cmp::Reverse(mark.people), mark.id));
        let mut boxes: Vec<([f32; 2], [f32; 4])> = Vec::new();
        for mark in marks {
            let at = view.screen_from_lonlat(mark.at);
            // Room for one digit more, because others may be added.
            let [width, _] = measure(&count(mark.people.0.saturating_mul(10)), LETTERS);
            let own = [at[0] - DISC, at[1] - DISC, at[0] + DISC + 4.0 + width, at[1] + DISC];
            let gap = |place: &[f32; 2]| (place[0] - at[0]).hypot(place[1] - at[1]);
            let near = boxes
                .iter()
                .enumerate()
                .filter(|(_, (_, other))| meet(other, &own))
                .min_by(|(_, (a, _)), (_, (b, _))| gap(a).total_cmp(&gap(b)))
                .map(|(n, _)| n);
            if let Some(crowd) = near.and_then(|n| self.crowds.get_mut(n)) {
                crowd.people.0 += mark.people.0;
                crowd.settlements += 1;
            } else {
                self.crowds.push(Crowd { at: mark.at, people: mark.people, settlements: 1 });
                boxes.push((at, own));
            }
        }
        for (crowd, (_, own)) in self.crowds.iter().zip(&boxes) {
            taken.take(&[*own]);
            self.covered.push(*own);
            self.written.push(*own);
            // Nobody knows how many: the mark alone says so.
            if crowd.people.0 > 0 {
                let text = count(crowd.people.0);
                let [_, height] = measure(&text, LETTERS);
                let offset = [DISC + 3.0, -height / 2.0];
                self.words.push(MarkWord { at: crowd.at, offset, text, size: LETTERS });
            }
        }
    }

    /// Shelters, those that take in most people first: large rings where there is room, and names.
    fn loads(
        &mut self,
        overlay: &Overlay,
        view: &View,
        taken: &mut Collider,
        measure: &mut dyn FnMut(&str, f32) -> [f32; 2],
    ) {
        let mut loads: Vec<_> = overlay.loads.iter().collect();
        loads.sort_by_key(|load| (std::cmp::Reverse(load.people), load.id));
        let mut named = Vec::new();
        for load in loads {
            let at = view.screen_from_lonlat(load.at);
            let large = taken.take_square(at, RINGS[0]);
            let mark = around(at, if large { RINGS[0] } else { RINGS[1] });
            self.covered.push(mark);
            self.written.push(mark);
            self.rings.push(LoadRing { at: load.at, share: load.share, large });
            if large && !load.name.is_empty() && named.len() < MOST_NAMES {
                named.push(load);
            }
        }
        // Names only after all rings have their place.
        for load in named {
            let at = view.screen_from_lonlat(load.at);
            let text = short_name(&load.name).into_owned();
            let [width, height] = measure(&text, LETTERS);
            let (beside, below) = (RINGS[0] + 2.0, RINGS[0] + 1.0);
            let places = [
                [beside, -height / 2.0],
                [-width / 2.0, below],
                [-beside - width, -height / 2.0],
                [-width / 2.0, -below - height],
            ];
            let free = places
                .into_iter()
                .map(|offset| (offset, shifted(at, offset, width, height)))
                .find(|(_, words)| taken.take(&[*words]));
            if let Some((offset, words)) = free {
                self.written.push(words);
                self.words.push(MarkWord { at: load.at, offset, text, size: LETTERS });
            }
        }
        self.rings.reverse();
    }
}

fn around(at: [f32; 2], half: f32) -> [f32; 4] {
    [at[0] - half, at[1] - half, at[0] + half, at[1] + half]
}

fn shifted(at: [f32; 2], offset: [f32; 2], width: f32, height: f32) -> [f32; 4] {
    let (x, y) = (at[0] + offset[0], at[1] + offset[1]);
    [x, y, x + width, y + height]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Id;
    use crate::scene::{Load, Mark};

    const SEAT: Coord<f64> = Coord { x: 116.5, y: 35.7 };

    fn overlay() -> Overlay {
        let place = |n: u32| Coord { x: SEAT.x + 0.004 * f64::from(n), y: SEAT.y };
        let name = |n: u32| format!("{n}");
        Overlay {
            unassigned: (0..40)
                .map(|n| Mark {
                    id: Id::from_natural_key("settlement", &name(n)),
                    at: place(n),
                    people: Persons(100 + u64::from(n)),
                })
                .collect(),
            loads: (0..30)
                .map(|n| Load {
                    id: Id::from_natural_key("shelter", &name(n)),
                    name: format!("避难场所{n}"),
                    at: Coord { y: SEAT.y + 0.2, ..place(n) },
                    people: Persons(50 + u64::from(n)),
                    share: 0.5,
                })
                .collect(),
            ..Overlay::default()
        }
    }

    fn marks(zoom: f64) -> (View, Marks) {
        let view = View::at(SEAT, zoom, [1200.0, 800.0]);
        let count = |n: u64| n.to_string();
        let mut measure = |text: &str, size: f32| [text.chars().count() as f32 * size, size * 1.4];
        let marks = Marks::new(&overlay(), &view, &count, &mut measure);
        (view, marks)
    }

    #[test]
    fn nobody_is_lost_when_marks_are_taken_together_and_none_lies_on_another() {
        let whole: u64 = overlay().unassigned.iter().map(|mark| mark.people.0).sum();
        let mut counts = Vec::new();
        for zoom in [9.0, 11.0, 13.0, 17.0] {
            let (_, marks) = marks(zoom);
            assert_eq!(marks.crowds.iter().map(|crowd| crowd.people.0).sum::<u64>(), whole);
            assert_eq!(marks.crowds.iter().map(|crowd| crowd.settlements).sum::<usize>(), 40);
            let crowds = &marks.covered[..marks.crowds.len()];
            for (i, a) in crowds.iter().enumerate() {
                assert!(crowds[i + 1..].iter().all(|b| !meet(a, b)), "at zoom {zoom}");
            }
            counts.push(marks.crowds.len());
        }
        assert!(counts[0] < 5 && counts.is_sorted() && counts[3] == 40, "{counts:?}");
    }

    #[test]
    fn the_largest_shelters_are_large_and_named() {
        let (_, far) = marks(9.0);
        let last = far.rings.last().unwrap();
        assert!(last.large, "the largest lies on top");
        assert!(far.rings.iter().any(|ring| !ring.large));
        assert_eq!(far.rings.len(), 30);
        assert!(far.words.iter().any(|word| word.text == "避难场所29"));
        assert_eq!(far, marks(9.0).1, "the same every time");
    }
}

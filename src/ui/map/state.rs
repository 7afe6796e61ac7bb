//! What the map remembers between frames, and what it reports.

use std::sync::Arc;

use egui::Mesh;
use geo_types::{Coord, LineString, MultiPolygon, Rect};
use walkers::{MapMemory, lon_lat};

use super::controls::BUTTONS_HEIGHT;
use super::draft::Draft;
use super::names::Lettering;
use super::picture::Picture;
use super::sketch::Sketch;
use crate::base::Metres;
use crate::scene::{FeatureRef, MapScene, View, lonlat_from_world, world_from_lonlat};

/// What a press on the map means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MapTool {
    /// Identify what is there.
    #[default]
    Select,
    /// Choose a place.
    PickPoint,
    /// Draw a polygon corner by corner.
    Polygon,
    /// Draw a line corner by corner.
    Line,
    /// Draw a circle from its centre.
    Circle,
    /// Only move the view.
    Pan,
}

/// A finished drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The polygon in degrees.
    pub polygons: MultiPolygon<f64>,
    /// Centre and radius, if it was drawn as a circle.
    pub circle: Option<(Coord<f64>, Metres)>,
}

/// What the hand did on the map in this frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapResponse {
    /// A click with [`MapTool::Select`] or [`MapTool::PickPoint`], in degrees.
    pub clicked: Option<Coord<f64>>,
    /// The feature under that click.
    pub hit: Option<FeatureRef>,
    /// A right click (or long press) outside drawing, in degrees: for a context menu.
    pub secondary_clicked: Option<Coord<f64>>,
    /// The feature under the pointer.
    pub hovered: Option<FeatureRef>,
    /// The place under the pointer, in degrees.
    pub pointer: Option<Coord<f64>>,
    /// A drawing that was finished in this frame. The tool is still set: choose the next one.
    pub drawn: Option<Drawn>,
    /// A line that was finished in this frame.
    pub drawn_line: Option<LineString<f64>>,
    /// A drawing was given up (Esc).
    pub cancelled: bool,
}

/// Farthest and nearest zoom: a province, and a single house.
pub const ZOOMS: [f64; 2] = [6.0, 20.0];
/// Longest time the view takes to get somewhere, in seconds.
const FLIGHT_S: f64 = 0.18;
/// Pixels left free around what is fitted into the view, beside the map's own controls.
const FIT_MARGIN_PX: f32 = 28.0;
/// Single places are not shown closer than this.
const FIT_ZOOM: f64 = 15.0;

/// Where the view shall go.
#[derive(Clone, Copy, Debug)]
enum Wish {
    Fit(Rect<f64>),
    Place(Coord<f64>, Option<f64>),
}

/// The view on its way.
#[derive(Clone, Copy, Debug)]
struct Flight {
    from: (Coord<f64>, f64),
    to: (Coord<f64>, f64),
    began: f64,
}

/// View, tool and caches of one map.
#[derive(Default)]
pub struct MapState {
    tool: MapTool,
    pub(super) sketch: Sketch,
    pub(super) memory: MapMemory,
    pub(super) picture: Option<Picture>,
    /// What the last frame showed of the picture.
    pub(super) shown: Arc<Mesh>,
    pub(super) lettering: Lettering,
    /// The next picture, begun before the present one ends.
    pub(super) draft: Option<Draft>,
    /// The zoom of the last frame: a view that has come to rest is drawn anew.
    pub(super) last_zoom: f64,
    /// The middle of the last frame in degrees.
    pub(super) last_view: Option<Coord<f64>>,
    /// How much of the map's height strip and buttons took in the last frame.
    pub(super) controls_height: f32,
    wish: Option<Wish>,
    flight: Option<Flight>,
    seen: bool,
}

impl MapState {
    /// The tool in the hand.
    pub fn tool(&self) -> MapTool {
        self.tool
    }

    /// Takes another tool; an unfinished drawing is dropped.
    pub fn set_tool(&mut self, tool: MapTool) {
        if self.tool != tool {
            self.tool = tool;
            self.sketch = Sketch::default();
        }
    }

    /// Shows an extent in degrees.
    pub fn fit(&mut self, extent: Rect<f64>) {
        self.wish = Some(Wish::Fit(extent));
    }

    /// Moves to a place in degrees; keeps the zoom if it is `None`.
    pub fn fly_to(&mut self, at: Coord<f64>, zoom: Option<f64>) {
        self.wish = Some(Wish::Place(at, zoom));
    }

    /// Whether corners have been set or a radius is being drawn.
    pub fn is_drawing(&self) -> bool {
        !self.sketch.is_empty()
    }

    /// Middle in degrees and zoom, to be kept between runs; `None` before the first frame.
    pub fn view(&self) -> Option<(Coord<f64>, f64)> {
        self.seen.then(|| self.place())
    }

    /// Restores a kept view at once.
    pub fn set_view(&mut self, at: Coord<f64>, zoom: f64) {
        self.put(at, zoom);
        self.seen = true;
        self.wish = None;
        self.flight = None;
    }

    /// Middle in degrees and zoom.
    pub(super) fn place(&self) -> (Coord<f64>, f64) {
        let at = self.memory.detached().map_or(Coord { x: 0.0, y: 0.0 }, |p| p.0);
        (at, self.memory.zoom())
    }

    pub(super) fn put(&mut self, at: Coord<f64>, zoom: f64) {
        self.memory.center_at(lon_lat(at.x, at.y.clamp(-85.0, 85.0)));
        // The range lies within the widget's own, so this cannot be refused.
        let _ignored = self.memory.set_zoom(zoom.clamp(ZOOMS[0], ZOOMS[1]));
    }

    /// Keeps the hand's movements within bounds and stops where it lets go: a map that glides on
    /// is hard to aim with in a moving vehicle.
    pub(super) fn settle(&mut self) {
        let (at, zoom) = self.place();
        if self.memory.animating() || !(ZOOMS[0]..=ZOOMS[1]).contains(&zoom) {
            self.put(at, zoom);
        }
    }

    /// Zooms by some steps; what lies under `around` (pixels from the top left corner) stays there.
    pub(super) fn zoom_by(&mut self, steps: f64, around: Option<[f32; 2]>, size: [f32; 2]) {
        let from = self.flight.map_or_else(|| self.place(), |flight| flight.to);
        let pixel = around.unwrap_or([size[0] / 2.0, size[1] / 2.0]);
        let (at, zoom) = zoomed(from, steps, pixel, size);
        self.fly_to(at, Some(zoom));
    }

    /// The same at once, for a hand that turns the wheel.
    pub(super) fn zoom_now(&mut self, steps: f64, around: [f32; 2], size: [f32; 2]) {
        let (at, zoom) = zoomed(self.place(), steps, around, size);
        self.land();
        self.put(at, zoom);
    }

    /// Moves the view by some pixels.
    pub(super) fn pan_by(&mut self, pixels: [f32; 2], size: [f32; 2]) {
        let (at, zoom) = self.flight.map_or_else(|| self.place(), |flight| flight.to);
        let view = View::at(at, zoom, size);
        let middle = [size[0] / 2.0 + pixels[0], size[1] / 2.0 + pixels[1]];
        self.fly_to(view.lonlat_from_screen(middle), None);
    }

    /// The view that shows an extent above the strip and the buttons.
    fn fitting(&self, extent: Rect<f64>, size: [f32; 2]) -> View {
        // A map too low for that shows what it can.
        let below = self.controls_height.max(BUTTONS_HEIGHT).min(size[1] / 3.0);
        let mut view = View::fitting(extent, [size[0], size[1] - below], FIT_MARGIN_PX, FIT_ZOOM);
        view.centre.y += f64::from(below) / 2.0 / view.pixels_per_world();
        View { size, ..view }
    }

    /// Drops a flight, because the hand has taken over.
    pub(super) fn land(&mut self) {
        self.flight = None;
    }

    /// Carries out wishes and flights; true while on the way. `still` asks for no motion at all.
    pub(super) fn advance(
        &mut self,
        scene: &MapScene,
        size: [f32; 2],
        now: f64,
        still: bool,
    ) -> bool {
        if !self.seen {
            // The first frame begins with the whole county, at once.
            if let Some(extent) = scene.extent() {
                let view = self.fitting(extent, size);
                self.put(lonlat_from_world(view.centre), view.zoom);
                self.seen = true;
            } else {
                self.put(Coord { x: 105.0, y: 35.0 }, ZOOMS[0]);
            }
        }
        if let Some(wish) = self.wish.take() {
            let (at, zoom) = match wish {
                Wish::Fit(extent) => {
                    let view = self.fitting(extent, size);
                    (lonlat_from_world(view.centre), view.zoom)
                }
                Wish::Place(at, zoom) => (at, zoom.unwrap_or_else(|| self.place().1)),
            };
            let to = (at, zoom.clamp(ZOOMS[0], ZOOMS[1]));
            self.seen = true;
            self.flight = Some(Flight { from: self.place(), to, began: now });
        }
        let Some(flight) = self.flight else { return false };
        let t = ((now - flight.began) / FLIGHT_S).clamp(0.0, 1.0);
        if t >= 1.0 || still {
            self.put(flight.to.0, flight.to.1);
            self.flight = None;
            return false;
        }
        let ease = 1.0 - (1.0 - t) * (1.0 - t);
        let (a, b) = (world_from_lonlat(flight.from.0), world_from_lonlat(flight.to.0));
        let zoom = flight.from.1 + (flight.to.1 - flight.from.1) * ease;
        // In step with the scale, so that a fixed point of the zoom stays fixed on the way.
        let (ka, kb, k) = ((-flight.from.1).exp2(), (-flight.to.1).exp2(), (-zoom).exp2());
        let share = if (ka - kb).abs() < 1e-12 { ease } else { (ka - k) / (ka - kb) };
        let at = Coord { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
        self.put(lonlat_from_world(at), zoom);
        true
    }
}

/// The view some steps closer, with the place under a pixel where it was.
fn zoomed(
    (at, zoom): (Coord<f64>, f64),
    steps: f64,
    pixel: [f32; 2],
    size: [f32; 2],
) -> (Coord<f64>, f64) {
    let target = (zoom + steps).clamp(ZOOMS[0], ZOOMS[1]);
    let before = View::at(at, zoom, size);
    let fixed = world_from_lonlat(before.lonlat_from_screen(pixel));
    let k = (zoom - target).exp2();
    let centre = Coord {
        x: fixed.x + (before.centre.x - fixed.x) * k,
        y: fixed.y + (before.centre.y - fixed.y) * k,
    };
    (lonlat_from_world(centre), target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::County;

    const SIZE: [f32; 2] = [800.0, 600.0];

    #[test]
    fn a_flight_arrives_within_a_fifth_of_a_second_and_then_rests() {
        let scene = MapScene::new(&County::default());
        let mut state = MapState::default();
        state.set_view(Coord { x: 116.5, y: 35.7 }, 11.0);
        state.fly_to(Coord { x: 116.6, y: 35.8 }, Some(14.0));
        assert!(state.advance(&scene, SIZE, 10.0, false));
        assert!(state.advance(&scene, SIZE, 10.1, false), "on the way");
        let (_, zoom) = state.place();
        assert!(zoom > 11.0 && zoom < 14.0);
        assert!(!state.advance(&scene, SIZE, 10.2, false), "arrived");
        let (at, zoom) = state.place();
        assert_eq!(zoom, 14.0);
        assert!((at.x - 116.6).abs() < 1e-9 && (at.y - 35.8).abs() < 1e-9);
        assert!(!state.advance(&scene, SIZE, 10.3, false));
    }

    #[test]
    fn zooming_keeps_the_place_under_the_pointer() {
        let scene = MapScene::new(&County::default());
        let mut state = MapState::default();
        state.set_view(Coord { x: 116.5, y: 35.7 }, 12.0);
        let pixel = [100.0, 450.0];
        let look = |state: &MapState| {
            let (at, zoom) = state.place();
            View::at(at, zoom, SIZE).lonlat_from_screen(pixel)
        };
        let before = look(&state);
        state.zoom_by(1.0, Some(pixel), SIZE);
        for now in [0.0, 0.05, 0.1, 0.3] {
            state.advance(&scene, SIZE, now, false);
            let after = look(&state);
            assert!((before.x - after.x).abs() < 1e-7 && (before.y - after.y).abs() < 1e-7);
        }
        assert_eq!(state.place().1, 13.0);
        state.zoom_by(50.0, None, SIZE);
        state.advance(&scene, SIZE, 1.0, true);
        assert_eq!(state.place().1, ZOOMS[1]);
    }

    #[test]
    fn another_tool_drops_the_drawing() {
        let mut state = MapState::default();
        state.set_tool(MapTool::Polygon);
        let view = View::at(Coord { x: 116.5, y: 35.7 }, 12.0, SIZE);
        let act = super::super::sketch::Stroke::Click(Coord { x: 116.5, y: 35.7 });
        state.sketch.take(MapTool::Polygon, act, &view);
        assert!(state.is_drawing());
        state.set_tool(MapTool::Polygon);
        assert!(state.is_drawing(), "the same tool again changes nothing");
        state.set_tool(MapTool::Select);
        assert!(!state.is_drawing());
    }
}

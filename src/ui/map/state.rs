//! What the map remembers between frames, and what it reports.

use geo_types::{Coord, MultiPolygon, Rect};

use crate::base::Metres;
use crate::scene::FeatureRef;

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
    /// A drawing was given up (Esc).
    pub cancelled: bool,
}

/// View, tool and caches of one map.
#[derive(Default)]
pub struct MapState {
    tool: MapTool,
    wanted: Option<Rect<f64>>,
}

impl MapState {
    /// The tool in the hand.
    pub fn tool(&self) -> MapTool {
        self.tool
    }

    /// Takes another tool; an unfinished drawing is dropped.
    pub fn set_tool(&mut self, tool: MapTool) {
        self.tool = tool;
    }

    /// Shows an extent in degrees.
    pub fn fit(&mut self, extent: Rect<f64>) {
        self.wanted = Some(extent);
    }

    /// Moves to a place in degrees; keeps the zoom if it is `None`.
    pub fn fly_to(&mut self, at: Coord<f64>, _zoom: Option<f64>) {
        self.wanted = Some(Rect::new(at, at));
    }

    /// Whether corners have been set or a radius is being drawn.
    pub fn is_drawing(&self) -> bool {
        false
    }

    /// Middle in degrees and zoom, to be kept between runs; `None` before the first frame.
    pub fn view(&self) -> Option<(Coord<f64>, f64)> {
        None
    }

    /// Restores a kept view.
    pub fn set_view(&mut self, at: Coord<f64>, _zoom: f64) {
        self.wanted = Some(Rect::new(at, at));
    }
}

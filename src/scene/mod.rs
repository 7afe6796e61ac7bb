//! What a map shows: primitives, styles, labels and hit targets, without any window.

mod canvas;
mod chain;
mod closed;
pub mod glyph;
mod grid;
mod ground;
mod hatch;
mod label;
mod layer;
mod map_scene;
mod mark;
mod overlay;
mod pick;
mod projection;
mod scale;
mod sign;
mod simplify;
mod style;
mod token;

pub use canvas::{Canvas, Look, Stroke};
pub use closed::{Closed, window_text};
pub use ground::{Ground, paint_ground, runs};
pub use hatch::{Hatch, hatch_lines, hatches};
pub use label::{Collider, Labels, PlacedLabel, short_name};
pub use layer::{BANDS, SceneLayer, band_of, triangulate};
pub use map_scene::{FeatureRef, MapScene, Notice, Seat};
pub use mark::{Crowd, LoadRing, MarkWord, Marks, NUMBER_RISE, ORIGIN};
pub use overlay::{Band, DangerArea, Flow, Load, Mark, Overlay, Pin, ReachLine, Severity, Way};
pub use pick::{Hit, place_of};
pub use projection::{Frame, View, lonlat_from_world, metres_per_pixel, world_from_lonlat};
pub use scale::{ScaleBar, coordinate_text, length_text};
pub use sign::{DrawnSign, Signs};
pub use style::{LabelPlace, Style, StyleTable};
pub use token::Token;

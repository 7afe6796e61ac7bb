//! What a map shows: primitives, styles, labels and hit targets, without any window.

mod canvas;
mod chain;
pub mod glyph;
mod grid;
mod label;
mod layer;
mod map_scene;
mod overlay;
mod paint;
mod pick;
mod projection;
mod scale;
mod simplify;
mod style;
mod token;

pub use canvas::{Canvas, Look, Stroke};
pub use label::{Collider, PlacedLabel, place_labels};
pub use layer::{BANDS, SceneLayer, band_of, triangulate};
pub use map_scene::{FeatureRef, MapScene, Notice};
pub use overlay::{DangerArea, Flow, Load, Mark, Overlay, Pin, ReachLine, Severity};
pub use paint::{DrawnSign, paint_ground, paint_signs, runs};
pub use pick::{Hit, place_of};
pub use projection::{Frame, View, lonlat_from_world, metres_per_pixel, world_from_lonlat};
pub use scale::{ScaleBar, coordinate_text, length_text};
pub use style::{LabelPlace, Style, StyleTable};
pub use token::Token;

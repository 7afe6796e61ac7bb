//! What a map shows: primitives, styles, labels and hit targets, without any window.

mod map_scene;
mod overlay;
mod projection;
mod token;

pub use map_scene::{FeatureRef, MapScene};
pub use overlay::{DangerArea, Flow, Load, Mark, Overlay, Pin, ReachLine, Severity};
pub use projection::{Frame, View, lonlat_from_world, metres_per_pixel, world_from_lonlat};
pub use token::Token;

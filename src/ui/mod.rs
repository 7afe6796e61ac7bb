//! The window: draws views, sends commands, decides nothing.

pub mod font;
pub mod icon;
pub mod map;
pub mod panel;
mod run;
pub mod screen;
pub mod segments;
pub mod style;
pub mod theme;
pub mod widget;
pub mod window;

pub use run::{RunError, RunOptions, run};
pub use window::Window;

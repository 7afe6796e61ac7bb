//! The map of a document: the same scene as in the window, drawn in print colours as vectors.

mod answer;
mod drawing;
mod ink;
mod sheet;

pub use drawing::{Drawing, Shape};
pub use ink::{Ink, ink};
pub use sheet::MapSheet;

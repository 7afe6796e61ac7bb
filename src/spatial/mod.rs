//! Where things are: planes, measures, areas and the index.

pub mod area;
pub mod index;
pub mod measure;
pub mod wkb;

pub use area::{Area, AreaFault, Coverage};
pub use index::{FeatureIndex, Near};

//! Where things are: coordinate systems, planes, measures, areas, well-known binary and the index.

mod apart;
pub mod area;
pub mod crs;
mod edges;
mod extent;
mod globe;
pub mod index;
pub mod measure;
mod nearer;
pub(crate) mod packed;
pub mod plane;
mod tmerc;
pub mod validity;
pub mod wkb;

pub use apart::distance_between;
pub use area::{Area, AreaFault, Coverage};
pub use crs::{Crs, CrsFault};
pub use extent::{joined, middle};
pub use index::{FeatureIndex, Near};
pub use nearer::nearer;
pub use plane::Plane;
pub use tmerc::TransverseMercator;

#[cfg(test)]
#[path = "../../tests/support/skip.rs"]
mod skip;

/// The text of a public file beside the repository; says so and gives `None` where it is absent.
#[cfg(test)]
fn test_data(name: &str) -> Option<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared/data", "../../shared/data"]
        .into_iter()
        .find_map(|data| std::fs::read_to_string(root.join(data).join(name)).ok());
    if found.is_none() {
        skip::skipped(format_args!("../shared/data/{name} is not there"));
    }
    found
}

//! Files in, files out.

mod area;
mod export;
mod guard;

pub use area::{AreaFileError, PointRow, read_area, read_points_csv};
pub use export::{ExportError, export};
pub use guard::{guard, unguard};

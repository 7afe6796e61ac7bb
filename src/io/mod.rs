//! Files in, files out.

mod area;
mod ask;
mod csv;
mod demo;
mod encoding;
mod error;
mod export;
mod fault;
mod format;
mod gate;
mod geojson;
mod geopackage;
mod guard;
mod import;
mod placing;
mod read;
mod recognise;
mod shapefile;
mod shift;
mod source;
mod table;
mod worker;
mod xlsx;

pub use area::{AreaFileError, PointRow, read_area, read_points_csv};
pub use ask::{ImportAsk, ImportReport, Preview, PreviewColumn, PreviewLayer, RowNote};
pub use demo::load_demo;
pub use error::ImportError;
pub use export::{ExportError, export};
pub use fault::ReadFault;
pub use guard::{guard, unguard};
pub use import::{import, import_by, preview, preview_by, surroundings};
pub use read::Surroundings;
pub use worker::{Reader, enable_worker, worker_main};

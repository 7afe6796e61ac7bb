//! The store: one county in one GeoPackage, opened by QGIS as it is, changed only in transactions.

mod backup;
mod batch;
mod change;
mod check;
mod disk;
mod error;
mod extra;
mod functions;
mod history;
mod layout;
mod open;
mod past;
mod read;
mod row;
mod schema;
mod shelf;
mod undo;

pub use backup::KEPT_BACKUPS;
pub use batch::{BatchSummary, ImportBatch, ImportTransaction, Put};
pub use change::Change;
pub use check::{Finding, Severity};
pub use error::{NotAStore, StoreError};
pub use history::{ChangeRecord, Event};
pub use open::Store;
pub use read::LayerInfo;
pub use shelf::PlanInfo;

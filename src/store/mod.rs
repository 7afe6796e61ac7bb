//! The store: one county in one GeoPackage, opened by QGIS as it is, changed only in transactions.

mod add;
mod backup;
mod batch;
mod change;
mod check;
mod costing;
mod disk;
mod error;
mod extra;
mod functions;
pub mod geopackage;
mod history;
mod layout;
mod ledger;
mod net;
mod open;
mod past;
pub(crate) mod place;
mod read;
mod row;
mod schema;
mod shelf;
mod undo;

#[cfg(test)]
mod tests;

pub use add::NewRecord;
pub use backup::{KEPT_BACKUPS, restore};
pub use batch::{BatchSummary, ImportBatch, ImportTransaction, Put};
pub use change::Change;
pub use check::Finding;
pub use error::{NotAStore, StoreError};
pub use history::{ChangeRecord, WHOLE_RECORD};
pub use ledger::{LedgerEntry, Movement, StockMovement};
pub use open::{Store, spare_stores};
pub use read::{LayerInfo, LayersAt};
pub use shelf::PlanInfo;

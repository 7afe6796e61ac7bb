//! What the data panel shows.

use crate::model::Kind;
use crate::session::AppState;
use crate::session::state::FileWish;

/// What the data panel shows.
#[derive(Clone, Debug, PartialEq)]
pub struct DataSummary {
    /// The open store's file.
    pub path: Option<String>,
    /// It can only be read.
    pub read_only: bool,
    /// Opening it failed.
    pub failed: bool,
    /// Records in all.
    pub records: usize,
    /// Kinds that can be exported.
    pub kinds: Vec<Kind>,
    /// The kind chosen for export.
    pub export_kind: Option<Kind>,
    /// A path being typed.
    pub typed: Option<(FileWish, String)>,
}

/// Builds what the data panel shows.
pub fn data_summary(state: &AppState) -> DataSummary {
    let kinds: Vec<Kind> = state.county.layers().map(|layer| layer.kind()).collect();
    DataSummary {
        path: state.store.path.as_ref().map(|path| path.display().to_string()),
        read_only: state.store.read_only,
        failed: state.store.failed,
        records: state.county.layers().map(|layer| layer.features().len()).sum(),
        export_kind: state.export_kind.filter(|kind| kinds.contains(kind)).or(kinds
            .iter()
            .copied()
            .find(|kind| *kind == Kind::Shelter)
            .or(kinds.first().copied())),
        kinds,
        typed: state.typed_path.clone(),
    }
}

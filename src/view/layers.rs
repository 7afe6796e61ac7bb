//! What the layers panel shows.

use super::sources::SourcesLine;
use crate::base::Timestamp;
use crate::model::Kind;
use crate::session::AppState;

/// One layer.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerRow {
    /// Its kind.
    pub kind: Kind,
    /// Records that count.
    pub count: usize,
    /// It shows on the map.
    pub visible: bool,
    /// It can show on the map; plain tables cannot.
    pub on_map: bool,
    /// Its records are sample data.
    pub sample: bool,
    /// Sample rows that real rows have taken the place of.
    pub left_out: usize,
    /// Where it comes from.
    pub sources: SourcesLine,
}

/// What the layers panel shows.
#[derive(Clone, Debug, PartialEq)]
pub struct LayersSummary {
    /// In the order of the model: facilities and people first, then the ground, then plain tables.
    pub rows: Vec<LayerRow>,
    /// A store is open.
    pub open: bool,
}

/// Builds what the layers panel shows.
pub fn layers_summary(state: &AppState, now: Timestamp) -> LayersSummary {
    let mut rows: Vec<LayerRow> = state
        .county
        .layers()
        .map(|layer| LayerRow {
            kind: layer.kind(),
            count: layer.features().len(),
            visible: !state.prefs.hidden.contains(&layer.kind()),
            on_map: layer.kind().has_geometry(),
            sample: layer.is_sample(),
            left_out: layer.samples_left_out(),
            sources: SourcesLine::new(layer.sources(), now),
        })
        .collect();
    rows.sort_by_key(|row| (group(row.kind), row.kind));
    LayersSummary { rows, open: state.store.path.is_some() }
}

/// Facilities and people, then the ground, then plain tables.
pub fn group(kind: Kind) -> u8 {
    if !kind.has_geometry() {
        2
    } else if kind.is_facility() || kind == Kind::Settlement {
        0
    } else {
        1
    }
}

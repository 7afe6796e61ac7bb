//! All summaries of one picture, built anew only when something changed.

use crate::base::Timestamp;
use crate::session::AppState;
use crate::session::state::Drawer;
use crate::view::{
    ClosuresSummary, CostingSummary, DataSummary, EvacuationSummary, IdentifyCard, ImportSummary,
    LayersSummary, NearestSummary, RoadsSummary, StatusSummary, Table, TopSummary, card, closures,
    costing, data, evacuation, import, layers, nearest, roads, status, top,
};

/// What the window shows.
pub struct Screen {
    /// The top bar.
    pub top: TopSummary,
    /// The status bar.
    pub status: StatusSummary,
    /// The layers panel.
    pub layers: LayersSummary,
    /// The nearest panel.
    pub nearest: NearestSummary,
    /// The evacuation panel.
    pub evacuation: EvacuationSummary,
    /// The roads panel.
    pub roads: RoadsSummary,
    /// The costing in the settings.
    pub costing: CostingSummary,
    /// The closures section of the roads panel.
    pub closures: ClosuresSummary,
    /// The data panel.
    pub data: DataSummary,
    /// The import, if a file is being imported.
    pub import: Option<ImportSummary>,
    /// The card, if one is open.
    pub card: Option<IdentifyCard>,
    /// The table at the bottom, if one is open.
    pub table: Option<Table>,
}

impl Screen {
    /// What the window shows of a state.
    pub fn of(state: &AppState, now: Timestamp) -> Self {
        let plan = state.evacuation.answer.as_ref();
        let table = state.drawer.and_then(|drawer| match drawer {
            Drawer::Nearest => state.nearest_answer.as_ref().and_then(nearest::nearest_table),
            Drawer::Assignments => plan.map(evacuation::assignments_table),
            Drawer::Shelters => plan.map(evacuation::shelters_table),
            Drawer::Unassigned => plan.map(evacuation::unassigned_table),
            Drawer::Uncovered => roads::uncovered_table(state),
            Drawer::Losses => roads::losses_table(state),
            Drawer::Preview => import::preview_table(state),
            Drawer::Report => import::report_table(state),
            Drawer::Layer(kind) => Table::of_layer(&state.county, kind),
        });
        Self {
            top: top::top_summary(state),
            status: status::status_summary(state),
            layers: layers::layers_summary(state, now),
            nearest: nearest::nearest_summary(state, now),
            evacuation: evacuation::evacuation_summary(state, now),
            roads: roads::roads_summary(state, now),
            costing: costing::costing_summary(state),
            closures: closures::closures_summary(state, now),
            data: data::data_summary(state),
            import: import::import_summary(state),
            card: card::identify_card(state, now),
            table,
        }
    }
}

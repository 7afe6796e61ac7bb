//! What each panel and table shows, as plain values, and the words for it.

pub mod card;
pub mod closures;
pub mod conditions;
pub mod costing;
pub mod data;
pub mod evacuation;
pub mod import;
pub mod label;
pub mod layers;
pub mod locale;
pub mod nearest;
pub mod overlay;
pub mod roads;
pub mod shelter_check;
pub mod sources;
pub mod status;
pub mod supplies;
pub mod table;
pub mod top;
pub mod travel;

pub use card::IdentifyCard;
pub use closures::ClosuresSummary;
pub use costing::CostingSummary;
pub use data::DataSummary;
pub use evacuation::EvacuationSummary;
pub use import::ImportSummary;
pub use layers::LayersSummary;
pub use locale::{Lang, Locale};
pub use nearest::NearestSummary;
pub use roads::RoadsSummary;
pub use sources::SourcesLine;
pub use status::StatusSummary;
pub use supplies::{ReliefSummary, SuppliesSummary};
pub use table::Table;
pub use top::TopSummary;

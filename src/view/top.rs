//! What the top bar shows.

use crate::base::Message;
use crate::session::AppState;
use crate::session::search::Hit;

/// What the top bar shows.
#[derive(Clone, Debug, PartialEq)]
pub struct TopSummary {
    /// What the county is called.
    pub title: Option<String>,
    /// What kind of data it rests on.
    pub data: Option<Message>,
    /// The data are sample data, wholly or partly.
    pub sample: bool,
    /// The words in the search box.
    pub search: String,
    /// What was found for them.
    pub hits: Vec<Hit>,
    /// Nothing was found for them.
    pub nothing: bool,
}

/// Builds what the top bar shows.
pub fn top_summary(state: &AppState) -> TopSummary {
    let layers = state.county.layers().count();
    let samples = state.county.layers().filter(|layer| layer.is_sample()).count();
    let data = match samples {
        _ if layers == 0 => None,
        0 => None,
        n if n == layers => Some(Message::new("top-sample")),
        n => Some(Message::new("top-part-sample").with("layers", n)),
    };
    TopSummary {
        title: state.store.title.clone(),
        sample: samples > 0,
        data,
        search: state.search.clone(),
        hits: state.hits.clone(),
        nothing: !state.search.trim().is_empty()
            && state.hits.is_empty()
            && !state.is_busy(crate::session::job::JobKind::Search),
    }
}

//! What an answer rests on: the sources of the layers it used.

use serde::Serialize;

use super::console::Console;
use crate::base::Message;
use crate::county::{County, SourceNote};
use crate::model::Kind;

/// One entry of `sources`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Name of the layer.
    pub layer: String,
    /// Who says so.
    pub source: Option<String>,
    /// The oldest day of its figures.
    pub as_of: Option<String>,
    /// Sample data (示例数据).
    pub sample: bool,
    #[serde(skip)]
    kind: Kind,
}

/// The sources of some kinds, in the order of the kinds.
pub fn sources_of(county: &County, kinds: &[Kind]) -> Vec<Source> {
    kinds
        .iter()
        .filter_map(|kind| county.layer(*kind))
        .flat_map(|layer| layer.sources())
        .map(|note: &SourceNote| Source {
            layer: note.kind.table(),
            source: (!note.source.is_empty()).then(|| note.source.clone()),
            as_of: note.as_of.clone(),
            sample: note.sample,
            kind: note.kind,
        })
        .collect()
}

/// The sources in words, one line each.
pub fn text(sources: &[Source], console: &Console) -> String {
    let mut out = String::new();
    for source in sources {
        let mut parts = vec![console.kind(source.kind)];
        parts.extend(source.source.clone());
        parts.extend(source.as_of.clone());
        let sample = console.tr("cli-sample");
        if source.sample && !parts.contains(&sample) {
            parts.push(sample);
        }
        let line = Message::new("cli-source").with("source", parts.join(" · "));
        out.push_str(&console.say(&line));
        out.push('\n');
    }
    out
}

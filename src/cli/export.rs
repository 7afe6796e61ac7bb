//! `shouye export`: writes a layer to a file.

use serde::Serialize;

use super::args::ExportArgs;
use super::console::{Answer, Console};
use super::fault::{Fault, path_text};
use crate::base::Message;
use crate::county::Layer;
use crate::io;
use crate::model::Kind;
use crate::store::spare_stores;

#[derive(Serialize)]
struct Exported {
    file: String,
    features: u64,
}

/// Writes a layer; the ending of the file decides the format.
pub fn run(ask: &ExportArgs, console: &Console) -> Result<Answer, Fault> {
    let unknown = || {
        let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.key()).collect();
        Fault::not_found(Message::new("cli-layer-unknown").with("layer", ask.layer.as_str()))
            .hint(Message::new("cli-usage-hint-values").with("values", kinds.join(", ")))
    };
    let kind = Kind::parse(&ask.layer).ok_or_else(unknown)?;
    spare_stores(&ask.file)?;
    // What counts in answers: sample rows stay behind once there are real ones.
    let layer = Layer::new(kind, console.open_store()?.read_layer(kind)?);
    let written = io::export(layer.features(), kind, &ask.file)?;
    let out = Exported { file: path_text(&ask.file), features: written };
    console.answer(&out, || {
        console.say(
            &Message::new("cli-export-done")
                .with("layer", console.kind(kind))
                .with("file", out.file.clone())
                .with("features", out.features),
        )
    })
}

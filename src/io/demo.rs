//! The demo county of `maps/`, embedded in the program and read like any other files.

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::ask::ImportAsk;
use super::error::ImportError;
use super::fault::ReadFault;
use super::import::import_embedded;
use super::source::Input;
use crate::base::Feedback;
use crate::model::Kind;
use crate::store::Store;

static MAPS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/maps");

#[derive(Deserialize)]
struct Manifest {
    layer: Vec<ManifestLayer>,
}

#[derive(Deserialize)]
struct ManifestLayer {
    file: String,
    kind: String,
}

/// Fills a store with the demo county: all layers or none.
///
/// Files that are part of the program are trusted, so they are read in this process.
pub fn load_demo(store: &mut Store, feedback: &Feedback) -> Result<(), ImportError> {
    let mut layers = Vec::new();
    for layer in manifest()?.layer {
        let fault = |fault| ImportError::read(layer.file.as_ref(), fault);
        let kind = Kind::parse(&layer.kind)
            .ok_or_else(|| fault(ReadFault::KindUnknown { layer: layer.kind.clone() }))?;
        let bytes =
            MAPS.get_file(&layer.file).ok_or_else(|| fault(ReadFault::NotFound))?.contents();
        let ask =
            ImportAsk { file: layer.file.clone().into(), kind: Some(kind), ..ImportAsk::default() };
        layers.push((Input::Embedded(layer.file, bytes), ask));
    }
    let reports = import_embedded(store, &layers, feedback)?;
    for report in reports {
        // Every row of the demo county counts: its sums are facts.
        if let Some(note) = report.refused.first() {
            let fault = ReadFault::damaged(note.row, &note.code);
            return Err(ImportError::read(report.file.as_ref(), fault));
        }
    }
    Ok(())
}

fn manifest() -> Result<Manifest, ImportError> {
    const NAME: &str = "county.toml";
    let text = MAPS.get_file(NAME).and_then(include_dir::File::contents_utf8).unwrap_or("");
    toml::from_str(text).map_err(|e| ImportError::read(NAME.as_ref(), ReadFault::damaged(0, e)))
}

//! `shouye layers`: what the store holds.

use serde::Serialize;

use super::console::{Answer, Console};
use super::fault::Fault;
use super::figure;
use super::table::Align::{Left, Right};
use crate::store::LayerInfo;

#[derive(Serialize)]
struct Layers<'a> {
    layers: Vec<LayerOut<'a>>,
}

#[derive(Serialize)]
struct LayerOut<'a> {
    name: &'a str,
    kind: &'static str,
    features: usize,
    extent: Option<[f64; 4]>,
    source: Option<&'a str>,
    as_of: Option<&'a str>,
    sample: bool,
    samples_left_out: usize,
}

/// Lists the layers.
pub fn run(console: &Console) -> Result<Answer, Fault> {
    let layers = console.open_store()?.layers()?;
    let out = Layers { layers: layers.iter().map(layer_out).collect() };
    console.answer(&out, || text(&layers, console))
}

fn layer_out(layer: &LayerInfo) -> LayerOut<'_> {
    LayerOut {
        name: &layer.name,
        kind: layer.kind.key(),
        features: layer.features,
        extent: layer.extent.map(figure::extent),
        source: Some(layer.source.as_str()).filter(|source| !source.is_empty()),
        as_of: layer.as_of.as_deref(),
        sample: layer.sample,
        samples_left_out: layer.samples_left_out,
    }
}

fn text(layers: &[LayerInfo], console: &Console) -> String {
    if layers.is_empty() {
        return console.tr("cli-layers-none");
    }
    let mut table = console.table(&[
        ("layer", Left),
        ("kind", Left),
        ("features", Right),
        ("sample", Left),
        ("as-of", Left),
        ("source", Left),
    ]);
    for layer in layers {
        let sample = if layer.sample { console.tr("cli-sample") } else { String::new() };
        table.row(vec![
            layer.name.clone(),
            console.kind(layer.kind),
            figure::count(layer.features as u64),
            sample,
            layer.as_of.clone().unwrap_or_default(),
            layer.source.clone(),
        ]);
    }
    table.render()
}

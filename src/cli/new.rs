//! `shouye new`: makes a store.

use std::sync::Arc;

use serde::Serialize;

use super::args::NewArgs;
use super::console::{Answer, Console};
use super::fault::{Fault, path_text};
use super::progress;
use crate::base::Message;
use crate::session::workspace;
use crate::store::Store;

#[derive(Serialize)]
struct Made {
    store: String,
    layers: usize,
}

/// Makes a store from the demo county, or an empty one.
pub fn run(ask: &NewArgs, console: &Console) -> Result<Answer, Fault> {
    progress::shown(&console.tr("cli-progress-new"), |feedback| {
        workspace::create_store(&ask.file, ask.empty, Arc::clone(&console.clock), feedback)
    })?;
    let layers = Store::open(&ask.file, Arc::clone(&console.clock))?.layers()?;
    let made = Made { store: path_text(&ask.file), layers: layers.len() };
    console.answer(&made, || {
        console.say(
            &Message::new("cli-new-done")
                .with("file", made.store.clone())
                .with("layers", made.layers),
        )
    })
}

//! `shouye backup` and `shouye restore`: a copy of the store, and back.

use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::args::FileArgs;
use super::console::{Answer, Console};
use super::fault::{Fault, path_text};
use super::figure;
use crate::base::Message;
use crate::session::workspace;

#[derive(Serialize)]
struct Copied {
    file: String,
    bytes: u64,
}

/// Copies the store to a file.
pub fn backup(ask: &FileArgs, console: &Console) -> Result<Answer, Fault> {
    let bytes = console.open_store()?.backup(&ask.file)?;
    done(&ask.file, bytes, "cli-backup-done", console)
}

/// Puts a copy in the place of the store, which need not be readable any more.
pub fn restore(ask: &FileArgs, console: &Console) -> Result<Answer, Fault> {
    let to = console.store_path()?;
    if let Some(file) = &console.store {
        console.named(file)?;
    }
    let bytes = workspace::restore_store(&ask.file, &to, Arc::clone(&console.clock))?;
    done(&ask.file, bytes, "cli-restore-done", console)
}

fn done(file: &Path, bytes: u64, words: &'static str, console: &Console) -> Result<Answer, Fault> {
    let out = Copied { file: path_text(file), bytes };
    console.answer(&out, || {
        let size = figure::count(bytes);
        console.say(&Message::new(words).with("file", out.file.clone()).with("bytes", size))
    })
}

//! The system's file dialogs. They block, so a job shows them.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::state::FileWish;

/// Endings of a store.
const STORE: [&str; 1] = ["gpkg"];
/// Endings of files that can be imported.
const IMPORT: [&str; 13] = [
    "geojson", "json", "csv", "tsv", "txt", "xlsx", "shp", "zip", "gpkg", "pbf", "osm", "gz", "bz2",
];
/// Nobody reads and closes a dialog in this time: one that ended so soon was never there.
const UNSEEN: Duration = Duration::from_millis(400);

/// How a file dialog ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// With a file.
    File(PathBuf),
    /// It was closed.
    Cancelled,
    /// This computer has none: neither a desktop portal nor zenity.
    NoDialog,
}

/// Asks for a file. `title` and `name` are in the user's language.
pub fn choose(wish: FileWish, title: &str, name: &str) -> Choice {
    let began = Instant::now();
    outcome(ask(wish, title, name), began.elapsed())
}

fn outcome(file: Option<PathBuf>, after: Duration) -> Choice {
    match file {
        Some(file) => Choice::File(file),
        None if after < UNSEEN => Choice::NoDialog,
        None => Choice::Cancelled,
    }
}

fn ask(wish: FileWish, title: &str, name: &str) -> Option<PathBuf> {
    let dialog = rfd::FileDialog::new().set_title(title);
    match wish {
        FileWish::Open => dialog.add_filter("GeoPackage", &STORE).pick_file(),
        FileWish::NewDemo | FileWish::NewEmpty => {
            dialog.add_filter("GeoPackage", &STORE).set_file_name(name).save_file()
        }
        FileWish::Import => dialog.add_filter("*", &IMPORT).pick_file(),
        FileWish::Area => dialog.add_filter("GeoJSON", &["geojson", "json"]).pick_file(),
        FileWish::Export | FileWish::ExportAnswer => dialog
            .add_filter("Excel", &["xlsx"])
            .add_filter("CSV", &["csv"])
            .add_filter("GeoJSON", &["geojson"])
            .add_filter("GeoPackage", &["gpkg"])
            .set_file_name(name)
            .save_file(),
        FileWish::SaveText => dialog.add_filter("CSV", &["csv"]).set_file_name(name).save_file(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialog_that_nobody_can_have_seen_was_not_there() {
        let file = PathBuf::from("a.csv");
        let soon = Duration::from_millis(30);
        assert_eq!(outcome(Some(file.clone()), soon), Choice::File(file));
        assert_eq!(outcome(None, soon), Choice::NoDialog);
        assert_eq!(outcome(None, Duration::from_secs(2)), Choice::Cancelled);
    }
}

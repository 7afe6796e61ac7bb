//! The system's file dialogs. They block, so a job shows them.

use std::path::PathBuf;

use super::state::FileWish;

/// Endings of a store.
const STORE: [&str; 1] = ["gpkg"];
/// Endings of files that can be imported.
const IMPORT: [&str; 9] = ["geojson", "json", "csv", "tsv", "txt", "xlsx", "shp", "zip", "gpkg"];

/// Asks for a file. `title` and `name` are in the user's language; `None` if nothing was chosen, or if
/// this system has no dialog.
pub fn choose(wish: FileWish, title: &str, name: &str) -> Option<PathBuf> {
    let dialog = rfd::FileDialog::new().set_title(title);
    match wish {
        FileWish::Open => dialog.add_filter("GeoPackage", &STORE).pick_file(),
        FileWish::NewDemo | FileWish::NewEmpty => {
            dialog.add_filter("GeoPackage", &STORE).set_file_name(name).save_file()
        }
        FileWish::Import => dialog.add_filter("*", &IMPORT).pick_file(),
        FileWish::Export => dialog
            .add_filter("Excel", &["xlsx"])
            .add_filter("CSV", &["csv"])
            .add_filter("GeoJSON", &["geojson"])
            .add_filter("GeoPackage", &["gpkg"])
            .set_file_name(name)
            .save_file(),
        FileWish::SaveText => dialog.add_filter("CSV", &["csv"]).set_file_name(name).save_file(),
    }
}

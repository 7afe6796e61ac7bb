//! The shape of the code, checked like any other behaviour.
//!
//! `src/lib.rs` lists the folders from the ground floor up; a folder may use only
//! the ones listed before it, so imports can never form a cycle between folders.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::fs;
use std::path::{Path, PathBuf};

/// Outside crates and the only places that may name them: a folder, or a file in one.
const CONFINED: &[(&str, &[&str])] = &[
    ("egui", &["ui", "main.rs"]),
    ("eframe", &["ui", "main.rs"]),
    ("walkers", &["ui"]),
    ("rusqlite", &["store", "io/geopackage.rs", "io/export/geopackage.rs"]),
    ("geozero", &["io"]),
    ("geojson::", &["io"]),
    ("krilla", &["report"]),
    ("skrifa", &["report"]),
    ("rfd::", &["session"]),
    ("shapefile", &["io"]),
    ("calamine", &["io"]),
    ("rust_xlsxwriter", &["io"]),
    ("csv::", &["io"]),
    ("zip::", &["io"]),
    ("flate2", &["io"]),
    ("bzip2::", &["io"]),
    ("quick_xml", &["io"]),
    ("encoding_rs", &["io"]),
    ("proj4rs", &["spatial"]),
    ("fluent_bundle", &["view"]),
    ("clap", &["cli", "main.rs"]),
    ("rstar", &["spatial"]),
    ("anyhow", &["main.rs"]),
    ("std::fs", &["store", "io", "session", "main.rs"]),
    ("std::thread", &["session"]),
    ("SystemTime::now", &["base"]),
];

struct Source {
    path: PathBuf,
    /// First component under `src/`: a folder name, `lib.rs` or `main.rs`.
    floor: String,
    text: String,
}

impl Source {
    /// Code without comment lines and without what is compiled for tests only.
    fn code(&self) -> impl Iterator<Item = &str> {
        let mut lines = self.text.lines();
        let is_test = self.path.ends_with("tests.rs");
        std::iter::from_fn(move || {
            loop {
                let line = lines.next().filter(|_| !is_test)?;
                if line.trim() == "#[cfg(test)]" {
                    // Formatted code closes an item where it began, in the same column.
                    let indent = &line[..line.len() - line.trim_start().len()];
                    let close = [format!("{indent}}}"), format!("{indent}}};")];
                    let item = lines.next()?;
                    let mut end = item.trim_end().ends_with(';');
                    while !end {
                        end = close.contains(&lines.next()?.to_owned());
                    }
                } else if !line.trim_start().starts_with("//") {
                    return Some(line);
                }
            }
        })
    }
}

fn sources() -> Vec<Source> {
    fn walk(dir: &Path, root: &Path, out: &mut Vec<Source>) {
        let mut entries: Vec<_> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, root, out);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                let below = path.strip_prefix(root).unwrap();
                let floor = below.iter().next().unwrap().to_string_lossy().into_owned();
                let text = fs::read_to_string(&path).unwrap();
                out.push(Source { path: below.to_owned(), floor, text });
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut out = Vec::new();
    walk(&root, &root, &mut out);
    out
}

fn floors() -> Vec<String> {
    let lib = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    fs::read_to_string(lib)
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

/// `name` used as a whole path segment; one that ends in `::` only where a path goes on.
fn mentions(line: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let goes_on = name.ends_with("::");
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + name.len()..].chars().next();
        !before.is_some_and(is_word) && (goes_on || !after.is_some_and(is_word))
    })
}

#[test]
fn a_name_is_found_only_where_it_is_meant() {
    assert!(mentions("use csv::ReaderBuilder;", "csv::"));
    assert!(mentions("    let zip = zip::ZipArchive::new(file)?;", "zip::"));
    assert!(!mentions("let csv = my_csv::Reader;", "csv::"));
    assert!(!mentions("let zip = ends.zip(starts);", "zip::"));
    assert!(mentions("use rusqlite::Connection;", "rusqlite"));
    assert!(!mentions("let shapefile_name = 1;", "shapefile"));
}

fn report(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn folders_use_only_lower_floors() {
    let floors = floors();
    let mut faults = Vec::new();
    for source in sources() {
        let Some(own) = floors.iter().position(|f| *f == source.floor) else { continue };
        let code: String = source.code().collect::<Vec<_>>().join("\n");
        for higher in &floors[own + 1..] {
            let used = code.contains(&format!("crate::{higher}"))
                || code
                    .split("use crate::{")
                    .skip(1)
                    .any(|group| mentions(group.split(';').next().unwrap_or(group), higher));
            if used {
                faults.push(format!("{}: uses the higher floor `{higher}`", source.path.display()));
            }
        }
    }
    report(faults);
}

#[test]
fn outside_crates_stay_in_their_folder() {
    let mut faults = Vec::new();
    for source in sources() {
        for (name, homes) in CONFINED {
            let home = |home: &&str| *home == source.floor || source.path == Path::new(home);
            if !homes.iter().any(home) && source.code().any(|l| mentions(l, name)) {
                faults.push(format!("{}: names `{name}`", source.path.display()));
            }
        }
    }
    report(faults);
}

#[test]
fn files_introduce_themselves() {
    let faults = sources()
        .into_iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| format!("{}: does not begin with a `//!` line", source.path.display()))
        .collect();
    report(faults);
}

#[test]
fn no_chinese_text_in_code() {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut faults = Vec::new();
    for source in sources() {
        for line in source.code().filter(|line| line.chars().any(is_han)) {
            faults.push(format!("{}: {}", source.path.display(), line.trim()));
        }
    }
    report(faults);
}

//! A store in a folder of its own, files beside it, and the questions the tests ask of both.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use shouye::base::{Feedback, FixedClock, Timestamp};
use shouye::io::{ImportAsk, ImportError, ImportReport, Reader, import_by};
use shouye::model::{Feature, Kind};
use shouye::store::Store;

/// A folder with an empty store.
pub struct Desk {
    folder: tempfile::TempDir,
    pub store: Store,
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(FixedClock::at(Timestamp(1_790_000_000_000)));
        let store = Store::create(&folder.path().join("county.gpkg"), clock).unwrap();
        Self { folder, store }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Imports in the reading process, as the program does.
    pub fn import(&mut self, ask: &ImportAsk) -> Result<Vec<ImportReport>, ImportError> {
        let worker = Reader::Process(env!("CARGO_BIN_EXE_shouye").into());
        import_by(&worker, &mut self.store, ask, "张三", &Feedback::default())
    }

    /// Imports a file that holds one layer of this kind.
    pub fn take(&mut self, file: &Path, kind: Kind) -> ImportReport {
        self.import(&ask(file, kind)).unwrap().remove(0)
    }

    pub fn rows(&self, kind: Kind) -> Vec<Feature> {
        let mut rows = self.store.read_layer(kind).unwrap();
        rows.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
        rows
    }

    /// Everything the store holds, to show that a failure has changed nothing.
    pub fn everything(&self) -> String {
        let layers: Vec<_> = Kind::ALL.iter().map(|kind| self.rows(*kind)).collect();
        format!("{} {layers:?}", self.store.version().unwrap())
    }
}

pub fn ask(file: &Path, kind: Kind) -> ImportAsk {
    ImportAsk { file: file.to_owned(), kind: Some(kind), ..ImportAsk::default() }
}

pub fn guess(file: &Path) -> ImportAsk {
    ImportAsk { file: file.to_owned(), ..ImportAsk::default() }
}

/// Codes of the refused rows, with their numbers.
pub fn refused(report: &ImportReport) -> Vec<(u64, &str)> {
    report.refused.iter().map(|note| (note.row, note.code.as_str())).collect()
}

/// Codes of the warnings, with their numbers; a file's own date is said of every fresh file.
pub fn warned(report: &ImportReport) -> Vec<(u64, &str)> {
    let notes = report.warnings.iter().map(|note| (note.row, note.code.as_str()));
    notes.filter(|(_, code)| *code != "date_of_file").collect()
}

/// A public file beside the repository; says so and gives `None` where it is absent.
pub fn shared(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared/data", "../../shared/data"]
        .into_iter()
        .map(|data| root.join(data).join(name))
        .find(|path| path.exists());
    if found.is_none() {
        crate::skip::skipped(format_args!("../shared/data/{name} is not there"));
    }
    found
}

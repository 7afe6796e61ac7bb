//! Writes a small file whole or not at all.

use std::path::{Path, PathBuf};

use crate::base::Message;
use crate::store::place;

/// A file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {source}", file.display())]
pub struct WholeFileError {
    /// Which file.
    pub file: PathBuf,
    /// What the system says.
    pub source: std::io::Error,
}

impl WholeFileError {
    /// Word for programs.
    pub fn code(&self) -> &'static str {
        "cannot_write"
    }

    /// What happened.
    pub fn message(&self) -> Message {
        Message::new("cli-cannot-write")
            .with("file", self.file.display().to_string())
            .with("reason", self.source.to_string())
    }

    /// What to do next.
    pub fn hint(&self) -> Option<Message> {
        Some(Message::new("cli-cannot-write-hint"))
    }
}

/// Writes `content` to `file`, replacing it: to a temporary file beside it, synced, then renamed.
pub fn write_whole(file: &Path, content: impl AsRef<[u8]>) -> Result<(), WholeFileError> {
    let write = || {
        let made = place::beside(file)?;
        std::fs::write(&made, &content)?;
        place::put(&made, file)
    };
    write().map_err(|source| WholeFileError { file: file.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plan.geojson");
        std::fs::write(&file, "old and longer").unwrap();
        write_whole(&file, "new").unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let missing = folder.path().join("no/such/plan.geojson");
        assert_eq!(write_whole(&missing, "x").unwrap_err().code(), "cannot_write");
    }
}

//! Writes a small file whole or not at all.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::base::Message;

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

/// Writes `text` to `file`, replacing it: to a temporary file beside it, synced, then renamed.
pub fn write_whole(file: &Path, text: &str) -> Result<(), WholeFileError> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let write = || {
        let mut out = tempfile::Builder::new().prefix(".shouye-").tempfile_in(folder)?;
        out.write_all(text.as_bytes())?;
        out.as_file().sync_all()?;
        open_to_others(out.as_file())?;
        out.persist(file).map_err(|error| error.error)?;
        sync_folder(folder)
    };
    write().map_err(|source| WholeFileError { file: file.to_owned(), source })
}

/// Makes a rename in `folder` outlive a power cut.
pub fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Temporary files are private; an answer may be read like any other new file.
#[cfg(unix)]
fn open_to_others(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_others(_file: &File) -> std::io::Result<()> {
    Ok(())
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

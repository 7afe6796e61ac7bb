//! A file of norms of the user's own, in the form of `assets/supplies/norms.toml`.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::analysis::supplies::{NormFault, NormTable};
use crate::base::Message;

/// Bytes of a table of norms: ours has some thousand.
const LARGEST: u64 = 1 << 20;

/// A file of norms cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NormFileError {
    /// The system does not let us read it, or it is no text.
    #[error("cannot read {}: {reason}", file.display())]
    Read {
        /// Which file.
        file: PathBuf,
        /// Why.
        reason: String,
    },
    /// Something is missing in it.
    #[error("{}: {fault:?}", file.display())]
    Bad {
        /// Which file.
        file: PathBuf,
        /// What is missing.
        fault: NormFault,
    },
}

impl NormFileError {
    /// One word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Read { .. } => "cannot_read",
            Self::Bad { .. } => "bad_norm",
        }
    }

    /// What happened.
    pub fn message(&self) -> Message {
        match self {
            Self::Read { file, reason } => Message::new("area-cannot-read")
                .with("file", file.display().to_string())
                .with("reason", reason.as_str()),
            Self::Bad { file, fault } => Message::new("norm-file-bad")
                .with("file", file.display().to_string())
                .with("fault", fault.message()),
        }
    }

    /// What to do next.
    pub fn hint(&self) -> Option<Message> {
        Some(Message::new(match self {
            Self::Read { .. } => "norm-file-hint",
            Self::Bad { .. } => "norm-file-bad-hint",
        }))
    }
}

/// Reads a file of norms; one line without unit or period and the file is refused.
pub fn read_norms(file: &Path) -> Result<NormTable, NormFileError> {
    let failed = |reason: String| NormFileError::Read { file: file.to_owned(), reason };
    let opened = File::open(file).map_err(|error| failed(error.to_string()))?;
    let mut text = String::new();
    let read = opened.take(LARGEST + 1).read_to_string(&mut text);
    let size = read.map_err(|error| failed(error.to_string()))?;
    if size as u64 > LARGEST {
        return Err(failed(format!("> {LARGEST} bytes")));
    }
    let text = text.trim_start_matches('\u{feff}');
    NormTable::parse(text).map_err(|fault| NormFileError::Bad { file: file.to_owned(), fault })
}

//! Why an import did not happen. The store is then as it was before.

use std::path::{Path, PathBuf};

use super::fault::ReadFault;
use crate::base::{Cancelled, Message};
use crate::store::StoreError;

/// Why an import did not happen.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The file could not be read.
    #[error("{}: {fault}", file.display())]
    Read {
        /// Which file.
        file: PathBuf,
        /// Why.
        fault: ReadFault,
    },
    /// The reading process could not be started.
    #[error("{}: the reading process cannot be started: {source}", file.display())]
    WorkerStart {
        /// Which file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The reading process ended before its time: the file is too large or meant to do harm.
    #[error("{}: the reading process died: {why}", file.display())]
    WorkerDied {
        /// Which file.
        file: PathBuf,
        /// How it ended.
        why: String,
    },
    /// The reading process took too long and was ended.
    #[error("{}: not read after {seconds} s", file.display())]
    Timeout {
        /// Which file.
        file: PathBuf,
        /// How long it was given.
        seconds: u64,
    },
    /// Somebody asked to stop.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The store could not take the rows.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ImportError {
    /// A fault of a file.
    pub(super) fn read(file: &Path, fault: ReadFault) -> Self {
        Self::Read { file: file.to_owned(), fault }
    }

    /// The same fault, said of this file.
    pub(super) fn about(self, file: &Path) -> Self {
        match self {
            Self::Read { fault, .. } => Self::read(file, fault),
            other => other,
        }
    }

    /// The stable word for scripts.
    pub fn code(&self) -> &str {
        match self {
            Self::Read { fault, .. } => fault.code(),
            Self::WorkerStart { .. } => "worker_start",
            Self::WorkerDied { .. } => "worker_died",
            Self::Timeout { .. } => "timeout",
            Self::Cancelled(_) => "cancelled",
            Self::Store(error) => error.code(),
        }
    }

    /// What happened, for people.
    pub fn message(&self) -> Message {
        let about = |id: &'static str, file: &Path| {
            Message::new(id).with("file", file.display().to_string())
        };
        match self {
            Self::Read { file, fault } => fault.message(&file.display().to_string()),
            Self::WorkerStart { file, source } => {
                about("import-error-worker-start", file).with("why", source.to_string())
            }
            Self::WorkerDied { file, why } => {
                about("import-error-worker-died", file).with("why", why.as_str())
            }
            Self::Timeout { file, seconds } => {
                about("import-error-timeout", file).with("seconds", *seconds)
            }
            Self::Cancelled(_) => Message::new("import-error-cancelled"),
            Self::Store(error) => error.message(),
        }
    }

    /// What to do next.
    pub fn hint(&self) -> Option<Message> {
        match self {
            Self::Read { fault, .. } => Some(fault.hint()),
            Self::WorkerStart { .. } => Some(Message::new("import-error-worker-start-hint")),
            Self::WorkerDied { .. } => Some(Message::new("import-error-worker-died-hint")),
            Self::Timeout { .. } => Some(Message::new("import-error-timeout-hint")),
            Self::Cancelled(_) => None,
            Self::Store(error) => error.hint(),
        }
    }
}

/// Readers do not know what their file is called outside; whoever opened it adds its name.
impl From<ReadFault> for ImportError {
    fn from(fault: ReadFault) -> Self {
        Self::Read { file: PathBuf::new(), fault }
    }
}

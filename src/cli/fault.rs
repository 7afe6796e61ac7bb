//! What went wrong on the command line: a code for programs, words and a next step for people.

use std::path::Path;

use crate::base::{Cancelled, Message};
use crate::io::{AreaFileError, ExportError, ImportError, NormFileError};
use crate::session::WorkspaceError;
use crate::session::whole_file::WholeFileError;
use crate::store::StoreError;

/// Why a command has no answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Word for programs, `not_found`.
    pub code: String,
    /// What happened.
    pub message: Message,
    /// What to do next.
    pub hint: Option<Message>,
}

impl Fault {
    /// Wrong usage: exit code 2.
    pub const USAGE: &'static str = "usage";

    /// A fault with this code.
    pub fn new(code: impl Into<String>, message: Message) -> Self {
        Self { code: code.into(), message, hint: None }
    }

    /// Wrong usage.
    pub fn usage(message: Message) -> Self {
        Self::new(Self::USAGE, message)
    }

    /// Something that is not there.
    pub fn not_found(message: Message) -> Self {
        Self::new("not_found", message)
    }

    /// Something a later version brings.
    pub fn not_available(what: &str) -> Self {
        Self::new("not_available", Message::new("cli-not-available").with("what", what))
            .hint(Message::new("cli-not-available-hint"))
    }

    /// The same with a next step.
    #[must_use]
    pub fn hint(mut self, hint: Message) -> Self {
        self.hint = Some(hint);
        self
    }

    /// 2 for wrong usage, else 1.
    pub fn exit_code(&self) -> u8 {
        if self.code == Self::USAGE { 2 } else { 1 }
    }
}

/// Every error type of the disk folders says the same three things.
macro_rules! fault_from {
    ($($error:ty),* $(,)?) => {$(
        impl From<$error> for Fault {
            fn from(error: $error) -> Self {
                Self { code: error.code().to_owned(), message: error.message(), hint: error.hint() }
            }
        }
    )*};
}

fault_from!(
    StoreError,
    AreaFileError,
    ExportError,
    ImportError,
    NormFileError,
    WorkspaceError,
    WholeFileError
);

impl From<Cancelled> for Fault {
    fn from(_: Cancelled) -> Self {
        Self::new("cancelled", Message::new("cli-cancelled"))
    }
}

/// A path in words.
pub fn path_text(path: &Path) -> String {
    path.display().to_string()
}

//! The process that reads untrusted files, seen from both sides.
//!
//! A file that makes a parser run out of memory or stack kills a process without windows and without the store.

mod frame;
mod process;
mod supervisor;

use std::path::PathBuf;
use std::sync::OnceLock;

pub use frame::Order;
pub use process::worker_main;
pub use supervisor::supervise;

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Who reads the files of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reader {
    /// A process of this program, started with `--import-worker`.
    Process(PathBuf),
    /// This very process: for files that are part of the program, and for programs that only use the library.
    Own,
}

impl Reader {
    /// The process that [`enable_worker`] named, else this one.
    pub fn usual() -> Self {
        PROGRAM.get().map_or(Self::Own, |program| Self::Process(program.clone()))
    }
}

/// Says that the running program answers to `--import-worker`; its `main` calls this first.
pub fn enable_worker() {
    // The link leads to the running program even after an update has replaced its file.
    let link = PathBuf::from("/proc/self/exe");
    let program = if link.exists() { Some(link) } else { std::env::current_exe().ok() };
    if let Some(program) = program {
        PROGRAM.get_or_init(|| program);
    }
}

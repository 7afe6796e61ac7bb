//! The process that reads untrusted files, seen from both sides.
//!
//! A file that makes a parser run out of memory or stack kills a process without windows and without the store.

mod frame;
mod process;
mod supervisor;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

pub use frame::Order;
pub use process::worker_main;
pub use supervisor::supervise;

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// What reading one file may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Address space of the process in bytes.
    pub memory: u64,
    /// Its time on the processor.
    pub cpu_seconds: u64,
    /// How long it is waited for, in milliseconds.
    pub wait_ms: u64,
}

impl Default for Limits {
    /// What the program allows.
    fn default() -> Self {
        Self { memory: 4 << 30, cpu_seconds: 600, wait_ms: 600_000 }
    }
}

/// Who reads the files of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reader {
    /// A process of this program, started with `--import-worker`.
    Process(PathBuf),
    /// The same with limits of one's own.
    Limited(PathBuf, Limits),
    /// This very process: for files that are part of the program, and for programs that only use the library.
    Own,
}

impl Reader {
    /// The process that [`enable_worker`] named, else this one.
    pub fn usual() -> Self {
        PROGRAM.get().map_or(Self::Own, |program| Self::Process(program.clone()))
    }

    /// The program to start and its limits; `None` to read in this process.
    pub fn program(&self) -> Option<(&Path, Limits)> {
        match self {
            Self::Process(program) => Some((program, Limits::default())),
            Self::Limited(program, limits) => Some((program, *limits)),
            Self::Own => None,
        }
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

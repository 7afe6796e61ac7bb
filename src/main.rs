//! Entry point: answers a command, reads files for an import, or opens the desktop.

use std::process::ExitCode;
use std::sync::Arc;

use shouye::base::SystemClock;
use shouye::cli::{self, Invocation};

fn main() -> ExitCode {
    match cli::run(std::env::args_os().collect(), Arc::new(SystemClock)) {
        Invocation::Done(code) => code,
        Invocation::ImportWorker => ExitCode::FAILURE,
        Invocation::Desktop(desktop) => desktop.no_display(),
    }
}

//! Entry point: answers a command, reads files for an import, or opens the desktop.

use std::process::ExitCode;
use std::sync::Arc;

use shouye::base::SystemClock;
use shouye::cli::{self, Invocation};
use shouye::io;
use shouye::session::home::login_name;
use shouye::ui::{self, RunError, RunOptions};

fn main() -> ExitCode {
    io::enable_worker();
    match cli::run(std::env::args_os().collect(), Arc::new(SystemClock)) {
        Invocation::Done(code) => code,
        Invocation::ImportWorker => io::worker_main(),
        Invocation::Desktop(desktop) => {
            let opened = ui::run(RunOptions {
                store: desktop.store.clone(),
                lang: desktop.lang_given.then_some(desktop.lang),
                clock: Arc::new(SystemClock),
                who: login_name(),
            });
            match opened {
                Ok(()) => ExitCode::SUCCESS,
                Err(RunError::NoDisplay) => desktop.no_display(),
                Err(RunError::Window(reason)) => desktop.no_window(reason),
            }
        }
    }
}

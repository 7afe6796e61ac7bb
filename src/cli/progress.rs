//! A progress bar on stderr, when somebody watches.

use std::io::{IsTerminal, Write};

use super::table::one_line;
use crate::base::Feedback;
use crate::session::watch::watched;

const CELLS: u64 = 30;

/// Runs `work` under a bar with this title; silent when stderr is not a terminal.
pub fn shown<T>(title: &str, work: impl FnOnce(&Feedback) -> T) -> T {
    let feedback = Feedback::default();
    if !std::io::stderr().is_terminal() {
        return work(&feedback);
    }
    let title = one_line(title);
    let mut drawn = false;
    let out = watched(
        &feedback,
        |done, total| {
            drawn = true;
            // A terminal that has gone away is no reason to stop working.
            let _ignored = write!(std::io::stderr(), "\r{title} {}\u{1b}[K", bar(done, total));
        },
        || work(&feedback),
    );
    if drawn {
        let _ignored = write!(std::io::stderr(), "\r\u{1b}[K");
    }
    out
}

fn bar(done: u64, total: u64) -> String {
    let total = total.max(1);
    let done = done.min(total);
    let full = (done as f64 / total as f64 * CELLS as f64) as u64;
    let (full, rest) = (full as usize, (CELLS - full.min(CELLS)) as usize);
    let percent = (done as f64 / total as f64 * 100.0) as u64;
    format!("[{}{}] {percent:>3} %", "#".repeat(full), ".".repeat(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fills() {
        assert_eq!(bar(0, 0), "[..............................]   0 %");
        assert_eq!(bar(5, 10), "[###############...............]  50 %");
        assert_eq!(bar(12, 10), "[##############################] 100 %");
    }
}

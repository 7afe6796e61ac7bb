//! Shows the progress of work that runs on this thread, a few times a second.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use crate::base::Feedback;

const EVERY: Duration = Duration::from_millis(150);

/// Runs `work` while `see` is told steps done and steps in all; `see` runs on a thread of its own.
pub fn watched<T>(
    feedback: &Feedback,
    mut see: impl FnMut(u64, u64) + Send,
    work: impl FnOnce() -> T,
) -> T {
    std::thread::scope(|scope| {
        // The watcher ends when the sender is gone, also when the work panics.
        let (working, done) = channel::<()>();
        scope.spawn(move || {
            while done.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                if let Some((steps, total)) = feedback.progress() {
                    see(steps, total);
                }
            }
        });
        let out = work();
        drop(working);
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_watcher_sees_progress_and_ends_with_the_work() {
        let feedback = Feedback::default();
        let (seen, news) = channel();
        let out = watched(
            &feedback,
            |done, total| {
                let _ignored = seen.send((done, total));
            },
            || {
                feedback.report(3, 10);
                // Goes on only once the watcher has looked.
                news.recv().unwrap()
            },
        );
        assert_eq!(out, (3, 10));
    }
}

//! Progress and cancellation, polled in every long loop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The work was stopped because somebody asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// A handle shared by the worker and whoever watches it; clones are the same handle.
///
/// ```
/// use shouye::base::{Cancelled, Feedback};
/// let feedback = Feedback::default();
/// feedback.report(3, 10);
/// assert_eq!(feedback.progress(), Some((3, 10)));
/// feedback.cancel();
/// assert_eq!(feedback.check(), Err(Cancelled));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Feedback(Arc<State>);

#[derive(Debug, Default)]
struct State {
    cancelled: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
}

impl Feedback {
    /// Asks the worker to stop at its next poll.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    /// `Err(Cancelled)` once somebody asked to stop.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }

    /// Says that `done` of `total` steps are behind us.
    pub fn report(&self, done: u64, total: u64) {
        self.0.done.store(done, Ordering::Relaxed);
        self.0.total.store(total, Ordering::Relaxed);
    }

    /// Steps done and steps in all; `None` before the first report.
    pub fn progress(&self) -> Option<(u64, u64)> {
        let total = self.0.total.load(Ordering::Relaxed);
        (total > 0).then(|| (self.0.done.load(Ordering::Relaxed).min(total), total))
    }
}

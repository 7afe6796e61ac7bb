//! Work that may be done, counted in steps and never by the clock, so that every computer stops
//! at the same point and gives the same plan.

use crate::base::{Cancelled, Feedback};

/// Steps that are left, each about a nanosecond.
#[derive(Debug)]
pub(super) struct Budget<'a> {
    left: u64,
    done: u64,
    feedback: &'a Feedback,
}

impl<'a> Budget<'a> {
    pub(super) fn new(steps: u64, feedback: &'a Feedback) -> Self {
        Self { left: steps, done: 0, feedback }
    }

    /// Takes these steps; `false` if so many are not left, and then nothing more is.
    pub(super) fn spend(&mut self, steps: u64) -> Result<bool, Cancelled> {
        self.feedback.check()?;
        let enough = steps <= self.left;
        if enough {
            self.done += steps;
        }
        self.left = if enough { self.left - steps } else { 0 };
        Ok(enough)
    }

    /// Takes steps that have to be done in any case.
    pub(super) fn charge(&mut self, steps: u64) -> Result<(), Cancelled> {
        self.left = self.left.saturating_sub(steps);
        self.done = self.done.saturating_add(steps);
        self.feedback.check()
    }

    /// A part of what is left, to be given back by [`Self::close`].
    pub(super) fn part(&mut self, steps: u64) -> Budget<'a> {
        let steps = steps.min(self.left);
        self.left -= steps;
        Budget::new(steps, self.feedback)
    }

    /// Takes back what a part has not used.
    pub(super) fn close(&mut self, part: Budget<'_>) {
        self.left += part.left;
        self.done = self.done.saturating_add(part.done);
    }

    /// Steps done so far.
    #[cfg(test)]
    pub(super) fn done(&self) -> u64 {
        self.done
    }

    pub(super) fn left(&self) -> u64 {
        self.left
    }

    pub(super) fn feedback(&self) -> &'a Feedback {
        self.feedback
    }
}

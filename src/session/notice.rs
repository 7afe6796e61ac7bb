//! What the window tells without being asked: shown for a while, kept in a short list.

use crate::base::{Message, Timestamp};
use crate::session::state::Task;

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Something was done.
    Done,
    /// Something should be looked at.
    Attention,
    /// Something failed.
    Failed,
}

/// One notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Counts up.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// How much it matters.
    pub level: Level,
    /// What happened.
    pub message: Message,
    /// What to do next.
    pub hint: Option<Message>,
    /// Where to look (查看).
    pub look: Option<Task>,
}

/// How many notices are kept.
const KEPT: usize = 50;

/// The notices of this run, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    list: Vec<Notice>,
    next: u64,
    /// Notices up to this number are not shown as toasts any more.
    seen: u64,
}

impl Notices {
    /// Adds a notice.
    pub fn push(
        &mut self,
        at: Timestamp,
        level: Level,
        message: Message,
        hint: Option<Message>,
        look: Option<Task>,
    ) {
        self.next += 1;
        self.list.push(Notice { number: self.next, at, level, message, hint, look });
        if self.list.len() > KEPT {
            self.list.remove(0);
        }
    }

    /// All that are kept, oldest first.
    pub fn all(&self) -> &[Notice] {
        &self.list
    }

    /// Those that nobody has put away yet, oldest first.
    pub fn fresh(&self) -> impl Iterator<Item = &Notice> {
        self.list.iter().filter(|notice| notice.number > self.seen)
    }

    /// Puts away everything up to a number.
    pub fn put_away(&mut self, number: u64) {
        self.seen = self.seen.max(number);
    }
}

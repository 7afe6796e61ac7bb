//! What the window tells without being asked: shown for a while, kept in a short list.

use crate::base::{Message, Timestamp};
use crate::model::Kind;
use crate::session::state::Task;
use crate::store::Change;

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

/// What a person changed about a record, or took back.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeNote {
    /// The record's kind, which says what its fields are called.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// The fields.
    pub changes: Vec<Change>,
    /// Whose change was taken back; `None` for a change that was made.
    pub taken_back: Option<String>,
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
    /// What was changed, if it is about a record.
    pub change: Option<ChangeNote>,
}

impl Notice {
    /// How much it matters where there is room for one only: failures, then what was refused.
    pub fn rank(&self) -> u8 {
        match (self.level, self.message.id.as_ref()) {
            (Level::Failed, _) => 3,
            (_, "imported-partly") => 2,
            (_, "samples-left-out") => 0,
            _ => 1,
        }
    }
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
        self.list.push(Notice { number: self.next, at, level, message, hint, look, change: None });
        if self.list.len() > KEPT {
            self.list.remove(0);
        }
    }

    /// Says what the newest notice changed.
    pub fn about_change(&mut self, change: ChangeNote) {
        if let Some(last) = self.list.last_mut() {
            last.change = Some(change);
        }
    }

    /// Takes one away, when it was read.
    pub fn clear(&mut self, number: u64) {
        self.list.retain(|notice| notice.number != number);
    }

    /// Withdraws what the last import had said: it does not hold any more.
    pub fn withdraw_import(&mut self) {
        let is = |notice: &Notice, ids: &[&str]| ids.contains(&notice.message.id.as_ref());
        let last = self.list.iter().rev().find(|n| is(n, &["imported", "imported-partly"]));
        let Some(from) = last.map(|notice| notice.number) else { return };
        self.list.retain(|notice| {
            notice.number < from
                || !is(notice, &["imported", "imported-partly", "samples-left-out"])
        });
    }

    /// Withdraws everything that is said with these words.
    pub fn withdraw(&mut self, ids: &[&str]) {
        self.list.retain(|notice| !ids.contains(&notice.message.id.as_ref()));
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

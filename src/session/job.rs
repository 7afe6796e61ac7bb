//! Jobs: one worker thread per kind of work; a panic in a job is an outcome, never a dead window.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::news::News;
use crate::base::Feedback;

/// The kinds of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JobKind {
    /// Everything that touches the store, in order.
    Store,
    /// Nearest resources.
    Nearest,
    /// Evacuation plan.
    Evacuation,
    /// People and facilities of an area.
    Exposure,
    /// Questions of the roads.
    Roads,
    /// What takes longer about them.
    RoadsMore,
    /// Preparing the map.
    Scene,
    /// Preparing the road net.
    Net,
    /// Search by name.
    Search,
    /// Looking into a file before import.
    Preview,
    /// Trying an import out.
    DryRun,
    /// The system's file dialog.
    Dialog,
}

impl JobKind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Store,
        Self::Nearest,
        Self::Evacuation,
        Self::Exposure,
        Self::Roads,
        Self::RoadsMore,
        Self::Scene,
        Self::Net,
        Self::Search,
        Self::Preview,
        Self::DryRun,
        Self::Dialog,
    ];

    /// Store work is done one after the other; of all other kinds only the newest request counts.
    fn newest_only(self) -> bool {
        self != Self::Store
    }
}

/// How a job ended.
pub enum Outcome {
    /// With news.
    News(Box<News>),
    /// Somebody stopped it, or a newer one took its place.
    Stopped,
    /// It broke down: this query failed.
    Broken,
}

/// A job's end, as it reaches the window.
pub struct Report {
    /// Number of the job.
    pub ticket: u64,
    /// How it ended.
    pub outcome: Outcome,
}

/// Where reports go; also wakes the window up.
pub type Post = Arc<dyn Fn(Report) + Send + Sync>;

/// The work itself.
pub type Work<C> = Box<dyn FnOnce(&mut C, &Feedback) -> News + Send>;

struct Task<C> {
    ticket: u64,
    feedback: Feedback,
    work: Work<C>,
}

struct Queue<C> {
    waiting: VecDeque<Task<C>>,
    running: Option<Feedback>,
    closed: bool,
}

struct Shared<C> {
    queue: Mutex<Queue<C>>,
    wake: Condvar,
}

impl<C> Shared<C> {
    fn queue(&self) -> MutexGuard<'_, Queue<C>> {
        // Nothing under this lock can leave the queue half-changed.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A thread that does the work of one kind. It ends when this handle is dropped.
pub struct Worker<C: Send + 'static> {
    kind: JobKind,
    shared: Arc<Shared<C>>,
    thread: Option<JoinHandle<()>>,
}

impl<C: Send + 'static> Worker<C> {
    /// Starts the thread, which owns `context`.
    pub fn spawn(kind: JobKind, context: C, post: Post) -> Self {
        let shared = Arc::new(Shared {
            queue: Mutex::new(Queue { waiting: VecDeque::new(), running: None, closed: false }),
            wake: Condvar::new(),
        });
        let own = Arc::clone(&shared);
        let thread = std::thread::spawn(move || run(&own, context, &post));
        Self { kind, shared, thread: Some(thread) }
    }

    /// Hands work over. Where only the newest counts, older work is stopped.
    pub fn submit(&self, ticket: u64, feedback: Feedback, work: Work<C>) {
        let mut queue = self.shared.queue();
        if self.kind.newest_only() {
            queue.waiting.clear();
            if let Some(running) = &queue.running {
                running.cancel();
            }
        }
        queue.waiting.push_back(Task { ticket, feedback, work });
        drop(queue);
        self.shared.wake.notify_one();
    }
}

impl<C: Send + 'static> Drop for Worker<C> {
    fn drop(&mut self) {
        let mut queue = self.shared.queue();
        queue.closed = true;
        queue.waiting.clear();
        if let Some(running) = &queue.running {
            running.cancel();
        }
        drop(queue);
        self.shared.wake.notify_one();
        // A file dialog answers only when the user closes it; nobody waits for that.
        if self.kind != JobKind::Dialog
            && let Some(thread) = self.thread.take()
        {
            // The thread catches panics of its work itself.
            let _ended = thread.join();
        }
    }
}

fn run<C>(shared: &Shared<C>, mut context: C, post: &Post) {
    loop {
        let mut queue = shared.queue();
        let task = loop {
            if queue.closed {
                return;
            }
            if let Some(task) = queue.waiting.pop_front() {
                break task;
            }
            queue = shared.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
        };
        let Task { ticket, feedback, work } = task;
        queue.running = Some(feedback.clone());
        drop(queue);
        let outcome = if feedback.is_cancelled() {
            Outcome::Stopped
        } else {
            // The context stays usable: a store rolls its open transaction back by itself.
            match catch_unwind(AssertUnwindSafe(|| work(&mut context, &feedback))) {
                Ok(News::Stopped) => Outcome::Stopped,
                Ok(news) => Outcome::News(Box::new(news)),
                Err(_panic) => Outcome::Broken,
            }
        };
        shared.queue().running = None;
        post(Report { ticket, outcome });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn only_the_newest_question_is_answered_and_a_panic_is_an_outcome() {
        let (send, reports) = channel();
        let post: Post = Arc::new(move |report| send.send(report).unwrap());
        let worker = Worker::spawn(JobKind::Nearest, (), post);
        let (started, has_started) = channel();
        let first = Feedback::default();
        worker.submit(
            1,
            first.clone(),
            Box::new(move |(), feedback| {
                started.send(()).unwrap();
                while feedback.check().is_ok() {
                    std::thread::yield_now();
                }
                News::Stopped
            }),
        );
        has_started.recv().unwrap();
        worker.submit(2, Feedback::default(), Box::new(|(), _| panic!("never asked")));
        worker.submit(3, Feedback::default(), Box::new(|(), _| panic!("a fault in a query")));
        worker_ends(&reports, &[(1, "stopped"), (3, "broken")]);
        // The worker lives on.
        worker.submit(4, Feedback::default(), Box::new(|(), _| News::Hits(Vec::new())));
        worker_ends(&reports, &[(4, "news")]);
    }

    #[test]
    fn store_work_is_done_in_order() {
        let (send, reports) = channel();
        let post: Post = Arc::new(move |report| send.send(report).unwrap());
        let worker = Worker::spawn(JobKind::Store, 0_u64, post);
        for ticket in 1..=3 {
            worker.submit(
                ticket,
                Feedback::default(),
                Box::new(move |sum, _| {
                    assert_eq!(*sum + 1, ticket);
                    *sum += 1;
                    News::Hits(Vec::new())
                }),
            );
        }
        worker_ends(&reports, &[(1, "news"), (2, "news"), (3, "news")]);
    }

    fn worker_ends(reports: &std::sync::mpsc::Receiver<Report>, wanted: &[(u64, &str)]) {
        for wanted in wanted {
            let report = reports.recv().unwrap();
            let word = match report.outcome {
                Outcome::News(_) => "news",
                Outcome::Stopped => "stopped",
                Outcome::Broken => "broken",
            };
            assert_eq!((report.ticket, word), *wanted);
        }
    }
}

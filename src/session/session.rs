//! The session: state, workers, and what carries news from these to that.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::command::Command;
use super::job::{JobKind, Outcome, Post, Report, Work, Worker};
use super::keeper::Keeper;
use super::news::News;
use super::notice::Level;
use super::prefs::Prefs;
use super::state::{AppState, RunningJob, Task};
use crate::base::{Clock, Feedback, Message};

/// Wakes the window up when a job has news.
pub type Wake = Box<dyn Fn() + Send + Sync>;

struct Workers {
    store: Worker<Keeper>,
    nearest: Worker<()>,
    evacuation: Worker<()>,
    exposure: Worker<()>,
    roads: Worker<()>,
    roads_more: Worker<()>,
    scene: Worker<()>,
    net: Worker<()>,
    search: Worker<()>,
    preview: Worker<()>,
    dry_run: Worker<()>,
    dialog: Worker<()>,
}

/// State, commands and jobs of one window.
pub struct Session {
    /// What the window shows.
    pub state: AppState,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) who: String,
    workers: Workers,
    reports: Receiver<Report>,
    next_ticket: u64,
}

/// How a session begins.
pub struct Opening {
    /// What is remembered from the last run.
    pub prefs: Prefs,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
    /// Who changes records.
    pub who: String,
    /// Wakes the window up.
    pub wake: Wake,
}

impl Session {
    /// Starts the workers. No store is open yet: send [`super::DataCommand::Open`].
    pub fn new(opening: Opening) -> Self {
        let Opening { prefs, clock, who, wake } = opening;
        let (send, reports) = channel::<Report>();
        let send: Mutex<Sender<Report>> = Mutex::new(send);
        let post: Post = Arc::new(move |report| {
            // Nobody listens any more once the window is closed.
            let _gone = send.lock().unwrap_or_else(PoisonError::into_inner).send(report);
            wake();
        });
        let plain = |kind| Worker::spawn(kind, (), Arc::clone(&post));
        let keeper = Keeper::new(Arc::clone(&clock));
        let workers = Workers {
            store: Worker::spawn(JobKind::Store, keeper, Arc::clone(&post)),
            nearest: plain(JobKind::Nearest),
            evacuation: plain(JobKind::Evacuation),
            exposure: plain(JobKind::Exposure),
            roads: plain(JobKind::Roads),
            roads_more: plain(JobKind::RoadsMore),
            scene: plain(JobKind::Scene),
            net: plain(JobKind::Net),
            search: plain(JobKind::Search),
            preview: plain(JobKind::Preview),
            dry_run: plain(JobKind::DryRun),
            dialog: plain(JobKind::Dialog),
        };
        Self {
            state: AppState { prefs, ..AppState::default() },
            clock,
            who,
            workers,
            reports,
            next_ticket: 0,
        }
    }

    /// Where "now" comes from.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// Does what a command asks for. Long work becomes a job.
    pub fn apply(&mut self, command: Command) {
        self.state.revision += 1;
        match command {
            Command::Map(command) => self.apply_map(command),
            Command::Data(command) => self.apply_data(command),
            Command::Analysis(command) => self.apply_analysis(command),
            Command::Roads(command) => self.apply_roads(command),
            Command::Costing(command) => self.apply_costing(command),
            Command::Closures(command) => self.apply_closures(command),
            Command::Edit(command) => self.apply_edit(command),
            Command::App(command) => self.apply_app(command),
        }
    }

    /// Takes in what jobs and the clock have brought; says whether jobs had anything.
    pub fn poll(&mut self) -> bool {
        let mut any = false;
        for job in &mut self.state.jobs {
            job.watch();
        }
        self.follow_clock();
        while let Ok(report) = self.reports.try_recv() {
            self.take(report);
            any = true;
        }
        any
    }

    /// Waits until no job is left: for tests and for a tidy end. File dialogs are not waited for.
    pub fn settle(&mut self) {
        while self.state.jobs.iter().any(|job| job.kind != JobKind::Dialog) {
            match self.reports.recv() {
                Ok(report) => self.take(report),
                Err(_) => return,
            }
        }
    }

    fn take(&mut self, report: Report) {
        self.state.revision += 1;
        let Some(at) = self.state.jobs.iter().position(|job| job.ticket == report.ticket) else {
            // A newer question has taken its place.
            return;
        };
        let job = self.state.jobs.remove(at);
        match report.outcome {
            Outcome::News(news) => self.receive(*news),
            Outcome::Stopped => {
                self.receive(News::Stopped);
                if job.label.id == "job-import" {
                    self.notify(Level::Done, Message::new("import-cancelled"), None, None);
                }
            }
            Outcome::Broken => {
                let message = Message::new("job-broken").with("job", job.label);
                let hint = Some(Message::new("job-broken-hint"));
                self.notify(Level::Failed, message, hint, None);
            }
        }
    }

    /// Adds a notice.
    pub(super) fn notify(
        &mut self,
        level: Level,
        message: Message,
        hint: Option<Message>,
        look: Option<Task>,
    ) {
        self.state.notices.push(self.clock.now(), level, message, hint, look);
    }

    /// Starts work on the store.
    pub(super) fn on_store(
        &mut self,
        label: Message,
        work: impl FnOnce(&mut Keeper, &Feedback) -> News + Send + 'static,
    ) {
        let (ticket, feedback) = self.register(JobKind::Store, label, true);
        self.workers.store.submit(ticket, feedback, Box::new(work));
    }

    /// Starts work on the store that people need not see.
    pub(super) fn on_store_unseen(
        &mut self,
        label: Message,
        work: impl FnOnce(&mut Keeper, &Feedback) -> News + Send + 'static,
    ) {
        let (ticket, feedback) = self.register(JobKind::Store, label, false);
        self.workers.store.submit(ticket, feedback, Box::new(work));
    }

    /// Starts other work. `shown`: people see it in the status bar.
    pub(super) fn start(
        &mut self,
        kind: JobKind,
        label: Message,
        shown: bool,
        work: impl FnOnce(&Feedback) -> News + Send + 'static,
    ) {
        let (ticket, feedback) = self.register(kind, label, shown);
        let work: Work<()> = Box::new(move |(), feedback| work(feedback));
        let worker = match kind {
            JobKind::Nearest | JobKind::Store => &self.workers.nearest,
            JobKind::Evacuation => &self.workers.evacuation,
            JobKind::Exposure => &self.workers.exposure,
            JobKind::Roads => &self.workers.roads,
            JobKind::RoadsMore => &self.workers.roads_more,
            JobKind::Scene => &self.workers.scene,
            JobKind::Net => &self.workers.net,
            JobKind::Search => &self.workers.search,
            JobKind::Preview => &self.workers.preview,
            JobKind::DryRun => &self.workers.dry_run,
            JobKind::Dialog => &self.workers.dialog,
        };
        worker.submit(ticket, feedback, work);
    }

    /// Stops all work of a kind, as when its form is put away.
    pub(super) fn stop(&mut self, kind: JobKind) {
        self.state.jobs.retain(|job| {
            if job.kind == kind {
                job.feedback.cancel();
            }
            job.kind != kind
        });
    }

    fn register(&mut self, kind: JobKind, label: Message, shown: bool) -> (u64, Feedback) {
        if kind != JobKind::Store {
            self.stop(kind);
        }
        self.next_ticket += 1;
        let feedback = Feedback::default();
        self.state.jobs.push(RunningJob {
            ticket: self.next_ticket,
            kind,
            label,
            feedback: feedback.clone(),
            shown,
            share: None,
        });
        (self.next_ticket, feedback)
    }
}

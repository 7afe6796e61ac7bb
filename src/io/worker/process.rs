//! The reading process itself: limits what it may use, reads the file, sends what it finds.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use super::Limits;
use super::frame::{BATCH, EVENT, Event, HEAD, MAX_FRAME, Order, ROWS, put_row};
use crate::io::ask::RowNote;
use crate::io::fault::ReadFault;
use crate::io::gate::Ready;
use crate::io::read::{LayerStart, Sink, look, read_file};
use crate::io::source::Input;

/// The hidden side of the program, started as `shouye --import-worker`: takes an order on standard input and
/// answers in frames on standard output.
pub fn worker_main() -> ExitCode {
    let mut bytes = Vec::new();
    let order = io::stdin()
        .lock()
        .take(MAX_FRAME as u64)
        .read_to_end(&mut bytes)
        .ok()
        .and_then(|_| postcard::from_bytes::<Order>(&bytes).ok());
    let Some(order) = order else { return ExitCode::from(2) };
    limit(order.limits);
    let mut sender = Sender { out: io::stdout().lock(), batch: Vec::new() };
    match answer(&order, &mut sender) {
        Ok(()) => ExitCode::SUCCESS,
        // Nobody listens any more.
        Err(Stop::Pipe) => ExitCode::FAILURE,
        Err(Stop::Fault(fault)) => match sender.event(&Event::Failed(fault)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
    }
}

fn answer(order: &Order, sender: &mut Sender<impl Write>) -> Result<(), Stop> {
    let input = Input::File(order.ask.file.clone());
    if order.preview {
        let preview = look(&input, &order.ask, &order.around)?;
        sender.event(&Event::Preview(preview))?;
    } else {
        read_file(&input, &order.ask, &order.around, sender)?;
    }
    sender.event(&Event::Done)
}

/// A hostile file may kill this process; it shall not take the machine with it.
#[cfg_attr(not(unix), allow(unused_variables, reason = "only the supervisor's clock is left"))]
fn limit(limits: Limits) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let all = [
            (Resource::As, limits.memory),
            (Resource::Cpu, limits.cpu_seconds),
            // It has no business writing files, not even a core dump.
            (Resource::Fsize, 0),
            (Resource::Core, 0),
        ];
        for (resource, most) in all {
            let limit = Rlimit { current: Some(most), maximum: Some(most) };
            // A system that refuses a limit still has the others and the supervisor.
            let _may_be_refused = setrlimit(resource, limit);
        }
    }
}

enum Stop {
    Fault(ReadFault),
    Pipe,
}

impl From<ReadFault> for Stop {
    fn from(fault: ReadFault) -> Self {
        Self::Fault(fault)
    }
}

impl From<io::Error> for Stop {
    fn from(_: io::Error) -> Self {
        Self::Pipe
    }
}

struct Sender<W> {
    out: W,
    batch: Vec<u8>,
}

impl<W: Write> Sender<W> {
    fn frame(&mut self, kind: u8, payload: &[u8]) -> Result<(), Stop> {
        let length = u32::try_from(payload.len()).map_err(|_too_long| Stop::Pipe)?;
        let mut head = [0; HEAD];
        head[..4].copy_from_slice(&length.to_le_bytes());
        head[4] = kind;
        self.out.write_all(&head)?;
        self.out.write_all(payload)?;
        Ok(())
    }

    fn flush_rows(&mut self) -> Result<(), Stop> {
        if !self.batch.is_empty() {
            let mut batch = std::mem::take(&mut self.batch);
            self.frame(ROWS, &batch)?;
            batch.clear();
            self.batch = batch;
        }
        Ok(())
    }

    fn event(&mut self, event: &Event) -> Result<(), Stop> {
        self.flush_rows()?;
        let payload = postcard::to_allocvec(event).map_err(|_unserialisable| Stop::Pipe)?;
        self.frame(EVENT, &payload)?;
        self.out.flush()?;
        Ok(())
    }
}

impl<W: Write> Sink for Sender<W> {
    type Error = Stop;

    fn layer(&mut self, start: LayerStart) -> Result<(), Stop> {
        self.event(&Event::Layer(start))
    }

    fn columns(&mut self, fresh: &[String]) -> Result<(), Stop> {
        self.event(&Event::Columns(fresh.to_vec()))
    }

    fn row(&mut self, ready: Ready) -> Result<(), Stop> {
        let before = self.batch.len();
        let batch = std::mem::take(&mut self.batch);
        self.batch = put_row(batch, &ready).map_err(|_unserialisable| Stop::Pipe)?;
        if self.batch.len() - before > MAX_FRAME / 2 {
            self.batch.truncate(before);
            return self.refuse(RowNote::new(ready.row, "too_large_row"));
        }
        if self.batch.len() >= BATCH { self.flush_rows() } else { Ok(()) }
    }

    fn refuse(&mut self, note: RowNote) -> Result<(), Stop> {
        self.event(&Event::Refused(note))
    }

    fn warn(&mut self, note: RowNote) -> Result<(), Stop> {
        self.event(&Event::Warned(note))
    }

    fn progress(&mut self, done: u64, total: u64) -> Result<(), Stop> {
        self.event(&Event::Progress(done, total))
    }

    fn end(&mut self, read: u64) -> Result<(), Stop> {
        self.event(&Event::End(read))
    }
}

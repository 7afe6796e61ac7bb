//! Our side of the reading process: starts it, listens, and ends it when it takes too long or nobody waits any more.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use super::frame::{EVENT, Event, HEAD, MAX_FRAME, Order, ROWS, take_row};
use crate::base::Feedback;
use crate::io::ask::Preview;
use crate::io::error::ImportError;
use crate::io::read::Sink;
use crate::io::source::MAX_COLUMNS;

/// How often a silent process is looked after.
const LOOK: Duration = Duration::from_millis(50);
const CHUNK: usize = 256 << 10;
/// Notes are cut short where they are made; a heavier one comes from a process that was taken over.
const MAX_NOTE: usize = 16 << 10;
/// More layers than any file of a county has.
const MAX_LAYERS: usize = 10_000;

/// Has a file read by the process `program` and hands everything on to `sink`; gives the preview if one was ordered.
pub fn supervise<S: Sink<Error = ImportError>>(
    program: &Path,
    order: &Order,
    feedback: &Feedback,
    sink: &mut S,
) -> Result<Option<Preview>, ImportError> {
    let mut worker = Worker::start(program, order)?;
    let mut listener = Listener { kind: None, layers: 0, columns: 0, preview: None };
    loop {
        let frame = match worker.frame(feedback)? {
            Some(frame) => frame,
            None => return Err(worker.died()),
        };
        let done = match frame {
            (ROWS, range) => listener.rows(&worker.buffer[range], sink),
            (EVENT, range) => match postcard::from_bytes(&worker.buffer[range]) {
                Ok(event) => listener.event(event, &worker.order.ask.file, sink, feedback),
                Err(e) => Err(Trouble::Protocol(e.to_string())),
            },
            (other, _) => Err(Trouble::Protocol(format!("frame {other}"))),
        };
        match done {
            Ok(false) => {}
            Ok(true) => return Ok(listener.preview),
            Err(Trouble::Import(error)) => return Err(error),
            Err(Trouble::Protocol(why)) => return Err(worker.misbehaved(why)),
        }
    }
}

enum Trouble {
    Import(ImportError),
    Protocol(String),
}

impl From<ImportError> for Trouble {
    fn from(error: ImportError) -> Self {
        Self::Import(error)
    }
}

struct Listener {
    kind: Option<crate::model::Kind>,
    layers: usize,
    columns: usize,
    preview: Option<Preview>,
}

impl Listener {
    fn rows<S: Sink<Error = ImportError>>(
        &mut self,
        mut batch: &[u8],
        sink: &mut S,
    ) -> Result<bool, Trouble> {
        let kind = self.kind.ok_or_else(|| Trouble::Protocol("rows without a layer".to_owned()))?;
        while !batch.is_empty() {
            let (ready, rest) = take_row(batch, kind, self.columns).map_err(Trouble::Protocol)?;
            sink.row(ready)?;
            batch = rest;
        }
        Ok(false)
    }

    /// Whatever is kept is bounded: a process that was taken over by its file may send anything.
    fn count(&mut self, event: &Event) -> Result<(), &'static str> {
        match event {
            Event::Refused(note) | Event::Warned(note) if note.weight() > MAX_NOTE => {
                Err("a note too long")
            }
            Event::Layer(_) if self.layers == MAX_LAYERS => Err("too many layers"),
            Event::Layer(_) => {
                self.layers += 1;
                self.columns = 0;
                Ok(())
            }
            Event::Columns(fresh) if self.columns + fresh.len() > MAX_COLUMNS => {
                Err("too many columns")
            }
            Event::Columns(fresh) => {
                self.columns += fresh.len();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// True when all was read.
    fn event<S: Sink<Error = ImportError>>(
        &mut self,
        event: Event,
        file: &Path,
        sink: &mut S,
        feedback: &Feedback,
    ) -> Result<bool, Trouble> {
        self.count(&event).map_err(|why| Trouble::Protocol(why.to_owned()))?;
        match event {
            Event::Layer(start) => {
                self.kind = Some(start.kind);
                sink.layer(start)?;
            }
            Event::Columns(fresh) => sink.columns(&fresh)?,
            Event::Refused(note) => sink.refuse(note)?,
            Event::Warned(note) => sink.warn(note)?,
            Event::Progress(done, total) => {
                feedback.report(done, total);
                sink.progress(done, total)?;
            }
            Event::End(read) => sink.end(read)?,
            Event::Preview(preview) => self.preview = Some(preview),
            Event::Done => return Ok(true),
            Event::Failed(fault) => return Err(ImportError::read(file, fault).into()),
        }
        Ok(false)
    }
}

/// A started process; it is ended with this value.
struct Worker<'o> {
    child: Child,
    out: ChildStdout,
    order: &'o Order,
    began: Instant,
    buffer: Vec<u8>,
    /// Bytes of the buffer that were already handed on.
    used: usize,
    filled: usize,
}

impl<'o> Worker<'o> {
    fn start(program: &Path, order: &'o Order) -> Result<Self, ImportError> {
        let failed = |source| ImportError::WorkerStart { file: order.ask.file.clone(), source };
        let bytes = postcard::to_allocvec(order)
            .map_err(|e| failed(std::io::Error::other(e.to_string())))?;
        let mut child = Command::new(program)
            .arg("--import-worker")
            // The allocator would lay hands on a gigabyte before the process limits itself, and
            // stay outside the limit with it.
            .env("MIMALLOC_ARENA_RESERVE", "16M")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // Whatever a dying process prints is no news for people; how it ended is.
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let (Some(mut stdin), Some(out)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(failed(std::io::Error::other("no pipes")));
        };
        // The process reads it before anything else; with a boundary it may be larger than the pipe.
        let _fails_if_it_died_already = stdin.write_all(&bytes);
        drop(stdin);
        Ok(Self {
            child,
            out,
            order,
            began: Instant::now(),
            buffer: vec![0; CHUNK],
            used: 0,
            filled: 0,
        })
    }

    /// The next frame: its kind and where its payload is in the buffer. `None` when the process has closed its end.
    fn frame(
        &mut self,
        feedback: &Feedback,
    ) -> Result<Option<(u8, std::ops::Range<usize>)>, ImportError> {
        loop {
            if let Some(head) = self.buffer[self.used..self.filled].first_chunk::<HEAD>() {
                let [a, b, c, d, kind] = *head;
                let length = u32::from_le_bytes([a, b, c, d]) as usize;
                if length > MAX_FRAME {
                    return Err(self.misbehaved(format!("frame of {length} bytes")));
                }
                let start = self.used + HEAD;
                if self.filled - start >= length {
                    self.used = start + length;
                    return Ok(Some((kind, start..start + length)));
                }
                if self.buffer.len() < HEAD + length + CHUNK {
                    self.buffer.resize(HEAD + length + CHUNK, 0);
                }
            }
            self.buffer.copy_within(self.used..self.filled, 0);
            self.filled -= self.used;
            self.used = 0;
            self.wait(feedback)?;
            let read = self.out.read(&mut self.buffer[self.filled..]).unwrap_or(0);
            if read == 0 {
                return Ok(None);
            }
            self.filled += read;
        }
    }

    /// Waits until there is something to read, looking for a cancel and at the clock meanwhile.
    fn wait(&self, feedback: &Feedback) -> Result<(), ImportError> {
        loop {
            feedback.check()?;
            let limit = Duration::from_millis(self.order.limits.wait_ms);
            if self.began.elapsed() > limit {
                let seconds = limit.as_secs();
                return Err(ImportError::Timeout { file: self.order.ask.file.clone(), seconds });
            }
            if readable(&self.out) {
                return Ok(());
            }
        }
    }

    fn misbehaved(&self, why: String) -> ImportError {
        ImportError::WorkerDied { file: self.order.ask.file.clone(), why }
    }

    /// Why the process closed its end before it was done.
    fn died(&mut self) -> ImportError {
        let why = match self.child.wait() {
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        };
        self.misbehaved(why)
    }
}

impl Drop for Worker<'_> {
    fn drop(&mut self) {
        // Both fail only if it has ended by itself.
        let _already_gone = self.child.kill();
        let _already_gone = self.child.wait();
    }
}

/// Whether a read would return at once, after waiting a moment for it.
#[cfg(unix)]
fn readable(out: &ChildStdout) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let mut fds = [PollFd::new(out, PollFlags::IN)];
    let moment = Timespec::try_from(LOOK).unwrap_or_default();
    // An interrupted wait is a wait of no length.
    matches!(poll(&mut fds, Some(&moment)), Ok(1..))
}

/// Without a way to wait for a moment only, reading blocks until the next frame.
#[cfg(not(unix))]
fn readable(_: &ChildStdout) -> bool {
    let _unused = LOOK;
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Message;
    use crate::io::ask::RowNote;

    #[test]
    fn what_a_taken_over_process_might_send_is_bounded() {
        let mut listener = Listener { kind: None, layers: 0, columns: 0, preview: None };
        let note = |text: String| RowNote {
            row: 1,
            code: "damaged_row".to_owned(),
            message: Message::new("import-note-damaged-row").with("why", text),
        };
        assert_eq!(listener.count(&Event::Refused(note("x".repeat(200)))), Ok(()));
        assert!(listener.count(&Event::Refused(note("x".repeat(60_000)))).is_err());
        let columns = |n: usize| Event::Columns(vec![String::new(); n]);
        assert_eq!(listener.count(&columns(MAX_COLUMNS)), Ok(()));
        assert!(listener.count(&columns(1)).is_err());
        listener.layers = MAX_LAYERS;
        let start = crate::io::read::LayerStart {
            format: String::new(),
            name: String::new(),
            kind: crate::model::Kind::School,
            crs: String::new(),
            encoding: String::new(),
        };
        assert!(listener.count(&Event::Layer(start)).is_err());
    }
}

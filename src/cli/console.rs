//! Where a command speaks: which store, which language, one JSON object or tables.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use super::fault::Fault;
use super::progress;
use super::table::{Align, Table, one_line};
use crate::base::{Clock, Message};
use crate::model::Kind;
use crate::session::workspace::{self, Workspace};
use crate::store::{Store, StoreError};
use crate::view::locale::Locale;

/// What a command needs to answer.
pub struct Console {
    /// Words for people.
    pub locale: Locale,
    /// One JSON object instead of tables.
    pub json: bool,
    /// The store named on the command line.
    pub store: Option<PathBuf>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
}

/// What a command says.
pub struct Answer {
    /// What stands on stdout.
    pub text: String,
    /// Whether it went well; `false` is exit code 1.
    pub ok: bool,
}

/// How long it took.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Timing {
    /// Opening the store and building the county, in milliseconds.
    pub load_ms: f64,
    /// The question alone.
    pub solve_ms: f64,
}

impl Console {
    /// A sentence in the chosen language.
    pub fn say(&self, message: &Message) -> String {
        one_line(&self.locale.text(message))
    }

    /// A word in the chosen language.
    pub fn tr(&self, id: &str) -> String {
        self.locale.tr(id)
    }

    /// The name of a kind in the chosen language.
    pub fn kind(&self, kind: Kind) -> String {
        self.locale.tr(&format!("kind-{kind}"))
    }

    /// An empty table; headings are `cli-col-…` messages.
    pub fn table(&self, columns: &[(&str, Align)]) -> Table {
        Table::new(
            columns.iter().map(|(id, align)| (self.tr(&format!("cli-col-{id}")), *align)).collect(),
        )
    }

    /// The named store's file, or the user's own.
    pub fn store_path(&self) -> Result<PathBuf, Fault> {
        match &self.store {
            Some(file) => Ok(file.clone()),
            None => Ok(workspace::default_path()?),
        }
    }

    /// Opens the store without reading it; the user's own is made from the demo county at first.
    pub fn open_store(&self) -> Result<Store, Fault> {
        if let Some(file) = &self.store {
            return Ok(Store::open(file, Arc::clone(&self.clock))?);
        }
        progress::shown(&self.tr("cli-progress-first-start"), |feedback| {
            Ok(workspace::open_default_store(Arc::clone(&self.clock), feedback)?)
        })
    }

    /// Opens the store and builds the county; says how many milliseconds that took.
    pub fn open(&self) -> Result<(Workspace, f64), Fault> {
        let started = Instant::now();
        let store = self.open_store()?;
        let workspace = Workspace::new(store, &crate::base::Feedback::default())?;
        Ok((workspace, ms_since(started)))
    }

    /// The same with the road net made.
    pub fn open_roads(&self) -> Result<(Workspace, f64), Fault> {
        let (workspace, load_ms) = self.open()?;
        let started = Instant::now();
        workspace.county().network();
        Ok((workspace, super::figure::rounded(load_ms + ms_since(started), 3)))
    }

    /// Makes sure that a named store is there: only `new` makes one.
    pub fn named(&self, file: &Path) -> Result<(), Fault> {
        if file.exists() {
            return Ok(());
        }
        Err(StoreError::NotFound { file: file.to_owned() }.into())
    }

    /// The answer as JSON or as text, whichever is wanted; only that one is made.
    pub fn answer(
        &self,
        json: &impl Serialize,
        text: impl FnOnce() -> String,
    ) -> Result<Answer, Fault> {
        let text = if self.json { to_json(json)? } else { text() };
        Ok(Answer { text, ok: true })
    }

    /// Says it, and with what code the program ends.
    pub fn close(&self, result: Result<Answer, Fault>) -> ExitCode {
        match result {
            Ok(answer) => {
                let code = u8::from(!answer.ok);
                self.put(&answer.text, code)
            }
            Err(fault) => {
                let code = fault.exit_code();
                self.complain(&fault);
                if self.json {
                    let text = to_json(&ErrorObject { error: self.error(&fault) });
                    return self.put(&text.unwrap_or_default(), code);
                }
                ExitCode::from(code)
            }
        }
    }

    /// The error object of a fault.
    pub fn error(&self, fault: &Fault) -> ErrorBody {
        ErrorBody {
            code: fault.code.clone(),
            message: self.say(&fault.message),
            hint: fault.hint.as_ref().map(|hint| self.say(hint)),
        }
    }

    /// One line for people on stderr.
    pub fn complain(&self, fault: &Fault) {
        let mut line = Message::new("cli-error").with("message", fault.message.clone());
        if let Some(hint) = &fault.hint {
            // Short messages carry no full stop; before the next step there has to be one.
            let mut message = self.say(&fault.message);
            if !message.ends_with(['.', '!', '?', '。', '！', '？', '；', '：', ':']) {
                message.push_str(&self.tr("full-stop"));
            }
            line =
                Message::new("cli-error-hint").with("message", message).with("hint", hint.clone());
        }
        // If even stderr is closed there is nobody left to tell.
        let _ignored = writeln!(std::io::stderr(), "{}", self.say(&line));
    }

    fn put(&self, text: &str, code: u8) -> ExitCode {
        let text = text.trim_end();
        let mut out = std::io::stdout().lock();
        let written = out.write_all(text.as_bytes()).and_then(|()| {
            if !text.is_empty() {
                out.write_all(b"\n")?;
            }
            out.flush()
        });
        match written {
            Ok(()) => ExitCode::from(code),
            // Whoever reads has seen enough, as `head` does.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::from(code),
            Err(error) => {
                let message = Message::new("cli-stdout-failed").with("reason", error.to_string());
                self.complain(&Fault::new("cannot_write", message));
                ExitCode::from(1)
            }
        }
    }
}

/// `{"error":{…}}`
#[derive(Debug, Serialize)]
struct ErrorObject {
    error: ErrorBody,
}

/// What stands under `error`.
#[derive(Debug, Serialize)]
pub struct ErrorBody {
    /// Word for programs.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
}

/// One line of JSON.
pub fn to_json(value: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| {
        Fault::new("internal", Message::new("cli-internal").with("reason", error.to_string()))
    })
}

/// Milliseconds since `started`, to the microsecond.
pub fn ms_since(started: Instant) -> f64 {
    super::figure::rounded(started.elapsed().as_secs_f64() * 1000.0, 3)
}

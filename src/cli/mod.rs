//! The command line: the same questions as on the desktop, for scripts and for terminals.
//!
//! One file per command; `console` knows where and how an answer is said.

mod add;
mod args;
mod backup;
mod balance;
mod basis;
mod check;
mod console;
mod costing;
mod coverage;
mod cutoff;
mod demand;
mod evacuate;
mod evacuate_text;
mod export;
mod exposure;
mod fault;
mod fields;
mod figure;
mod geojson_out;
mod help;
mod import;
mod layers;
mod matrix;
mod movement;
mod nearest;
mod new;
mod place;
mod print;
mod progress;
mod reach;
mod relief;
mod route;
mod set;
mod shelters;
mod source;
mod stock;
mod supplies;
mod table;
mod travel;
mod usage;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::FromArgMatches;
use clap::error::ErrorKind;

use crate::base::{Arg, Clock, Message};
use crate::view::locale::{Lang, Locale};
use args::{Command, CommandLine, Language};
use console::Console;
use fault::Fault;

/// Commands of later versions: they answer `not_available`.
const LATER: [&str; 2] = ["hazard", "impact"];

/// What the arguments ask the program to do.
pub enum Invocation {
    /// Open the desktop.
    Desktop(Box<Desktop>),
    /// Be the hidden process that reads files for an import.
    ImportWorker,
    /// Everything is said; end with this code.
    Done(ExitCode),
}

/// How the desktop is to be opened.
pub struct Desktop {
    /// The store named on the command line.
    pub store: Option<PathBuf>,
    /// Its language.
    pub lang: Lang,
    /// `--lang` was given: it wins over the language the desktop remembers.
    pub lang_given: bool,
    console: Console,
}

impl Desktop {
    /// Says that there is no display, and what works without one.
    pub fn no_display(&self) -> ExitCode {
        self.no_window(Message::new("cli-no-window-reason"))
    }

    /// Says why no window can be opened, and what works without one.
    pub fn no_window(&self, reason: impl Into<Arg>) -> ExitCode {
        let fault = Fault::new("no_display", Message::new("cli-no-window").with("reason", reason))
            .hint(Message::new("cli-no-window-hint"));
        self.console.close(Err(fault))
    }

    /// Says that the store cannot be opened.
    pub fn failed(&self, code: &str, message: Message, hint: Option<Message>) -> ExitCode {
        self.console.close(Err(Fault { code: code.to_owned(), message, hint }))
    }
}

/// Reads the arguments, the program's name first, and answers commands.
pub fn run(args: Vec<OsString>, clock: Arc<dyn Clock>) -> Invocation {
    let lang = match help::language(&args) {
        Language::Zh => Lang::Zh,
        Language::En => Lang::En,
    };
    let given = |option: &str| {
        let words = args.iter().filter_map(|arg| arg.to_str());
        words.into_iter().any(|word| word.split('=').next() == Some(option))
    };
    let mut console =
        Console { locale: Locale::new(lang), json: given("--json"), store: None, clock };
    let command = help::command(&console.locale);
    let parsed = command
        .try_get_matches_from(&args)
        .and_then(|matches| CommandLine::from_arg_matches(&matches));
    let line = match parsed {
        Ok(line) => line,
        Err(error) => return Invocation::Done(complain(&error, &args, &console)),
    };
    if line.import_worker {
        return Invocation::ImportWorker;
    }
    console.store = line.store;
    let Some(command) = line.command else {
        let lang_given = given("--lang");
        return Invocation::Desktop(Box::new(Desktop {
            store: console.store.clone(),
            lang,
            lang_given,
            console,
        }));
    };
    // Commands of later versions swallow every word, `--json` too.
    if later(&command).is_none() {
        console.json = line.json;
    }
    let result = answer(&command, &console);
    Invocation::Done(console.close(result))
}

fn later(command: &Command) -> Option<&'static str> {
    Some(match command {
        Command::Hazard(_) => "hazard",
        Command::Impact(_) => "impact",
        _ => return None,
    })
}

fn answer(command: &Command, console: &Console) -> Result<console::Answer, Fault> {
    match command {
        Command::New(ask) => new::run(ask, console),
        Command::Fields(ask) => fields::run(ask, console),
        Command::Import(ask) => import::run(ask, console),
        Command::Export(ask) => export::run(ask, console),
        Command::Layers => layers::run(console),
        Command::Add(ask) => add::run(ask, console),
        Command::Set(ask) => set::run(ask, console),
        Command::Costing(ask) => costing::run(ask, console),
        Command::Check => check::run(console),
        Command::Backup(ask) => backup::backup(ask, console),
        Command::Restore(ask) => backup::restore(ask, console),
        Command::Nearest(ask) => nearest::run(ask, console),
        Command::Exposure(ask) => exposure::run(ask, console),
        Command::Evacuate(ask) => evacuate::run(ask, console),
        Command::Route(ask) => route::run(ask, console),
        Command::Reach(ask) => reach::run(ask, console),
        Command::Matrix(ask) => matrix::run(ask, console),
        Command::Coverage(ask) => coverage::run(ask, console),
        Command::Cutoff(ask) => cutoff::run(ask, console),
        Command::Shelters(ask) => shelters::run(ask, console),
        Command::Balance(ask) => balance::run(ask, console),
        Command::Demand(ask) => demand::run(ask, console),
        Command::Supplies(ask) => supplies::run(ask, console),
        Command::Stock(ask) => stock::run(ask, console),
        _ => Err(Fault::not_available(later(command).unwrap_or_default())),
    }
}

/// Help and version go to stdout; everything else is wrong usage.
fn complain(error: &clap::Error, args: &[OsString], console: &Console) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // A closed pipe has seen enough help.
        let _ignored = write!(std::io::stdout(), "{}", error.render());
        return ExitCode::SUCCESS;
    }
    let command = help::command(&console.locale);
    let named = args
        .iter()
        .skip(1)
        .filter_map(|arg| arg.to_str())
        .find(|word| command.get_subcommands().any(|sub| sub.get_name() == *word));
    console.close(Err(usage::fault_of(error, named)))
}

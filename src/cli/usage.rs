//! Puts clap's complaints into our own words.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::fault::Fault;
use crate::base::Message;

/// Wrong usage as a fault with code `usage`.
pub fn fault_of(error: &Error, command: Option<&str>) -> Fault {
    let argument = || text(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = text(error, ContextKind::InvalidValue).unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::UnknownArgument => {
            Message::new("cli-usage-unknown-argument").with("argument", argument())
        }
        ErrorKind::InvalidSubcommand => Message::new("cli-usage-unknown-command")
            .with("command", text(error, ContextKind::InvalidSubcommand).unwrap_or_default()),
        ErrorKind::MissingRequiredArgument => {
            Message::new("cli-usage-missing").with("argument", argument())
        }
        ErrorKind::ArgumentConflict if text(error, ContextKind::PriorArg) == Some(argument()) => {
            Message::new("cli-usage-repeated").with("argument", argument())
        }
        ErrorKind::ArgumentConflict => Message::new("cli-usage-conflict")
            .with("argument", argument())
            .with("other", text(error, ContextKind::PriorArg).unwrap_or_default()),
        ErrorKind::InvalidValue if value.is_empty() => {
            Message::new("cli-usage-no-value").with("argument", argument())
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            Message::new("cli-usage-value").with("argument", argument()).with("value", value)
        }
        // Clap's own words, on one line and without what it prints below.
        _ => {
            let words = error.to_string();
            let first = words.lines().next().unwrap_or_default();
            let first = first.strip_prefix("error: ").unwrap_or(first).to_owned();
            Message::new("cli-usage-other").with("text", first)
        }
    };
    Fault::usage(message).hint(hint(error, command))
}

fn hint(error: &Error, command: Option<&str>) -> Message {
    let suggestion =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
            .into_iter()
            .find_map(|kind| text(error, kind));
    if let Some(suggestion) = suggestion {
        return Message::new("cli-usage-hint-suggestion").with("suggestion", suggestion);
    }
    if let Some(values) = text(error, ContextKind::ValidValue) {
        return Message::new("cli-usage-hint-values").with("values", values);
    }
    let help = match command {
        Some(command) => format!("shouye {command} --help"),
        None => "shouye --help".to_owned(),
    };
    Message::new("cli-usage-hint-help").with("command", help)
}

fn text(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) if !texts.is_empty() => Some(texts.join(", ")),
        ContextValue::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

//! Puts words to the commands: help texts in the language asked for.

use clap::{Arg, ArgAction, Command, CommandFactory};

use super::args::{CommandLine, Language};
use crate::view::locale::Locale;

/// The commands with help texts in the locale's language.
pub fn command(locale: &Locale) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).global(true);
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let root = CommandLine::command()
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help)
        .arg(version)
        .about(locale.tr("cli-about"))
        .long_about(None::<&str>)
        .after_help(locale.tr("cli-after-help"))
        .subcommand_help_heading(locale.tr("cli-heading-commands"))
        .subcommand_value_name(locale.tr("cli-value-command"));
    let general = locale.tr("cli-heading-general");
    let root = root
        .mut_args(|arg| {
            let text = locale.tr(&format!("cli-arg-{}", key(arg.get_id().as_str())));
            quiet(arg).help(text).help_heading(general.clone())
        })
        .mut_subcommands(|sub| subcommand(sub, locale));
    let usage = locale.tr("cli-heading-usage");
    with_template(root, &format!("{{about}}\n\n{usage}{{usage}}\n\n{{all-args}}{{after-help}}\n"))
}

/// The language named on the command line, read before anything else can go wrong; the last one counts.
pub fn language(args: &[std::ffi::OsString]) -> Language {
    let words: Vec<&str> = args.iter().map(|arg| arg.to_str().unwrap_or("")).collect();
    let mut language = Language::default();
    for (at, word) in words.iter().enumerate() {
        let value = match word.strip_prefix("--lang") {
            Some("") => words.get(at + 1).copied(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        match value {
            Some("en") => language = Language::En,
            Some("zh") => language = Language::Zh,
            _ => {}
        }
    }
    language
}

fn with_template(command: Command, template: &str) -> Command {
    command.help_template(template.to_owned()).mut_subcommands(|sub| with_template(sub, template))
}

fn subcommand(sub: Command, locale: &Locale) -> Command {
    let name = sub.get_name().to_owned();
    worded(sub, &name, locale)
}

/// The words of a command; `name` is `costing-set` for a command within another.
fn worded(sub: Command, name: &str, locale: &Locale) -> Command {
    let (arguments, options) =
        (locale.tr("cli-heading-arguments"), locale.tr("cli-heading-options"));
    // Commands that come later have no words of their own for their arguments.
    let later = super::LATER.contains(&name);
    let about =
        if later { locale.tr("cli-later") } else { locale.tr(&format!("cli-command-{name}")) };
    sub.about(about)
        .hide(later)
        .long_about(None::<&str>)
        .subcommand_help_heading(locale.tr("cli-heading-commands"))
        .subcommand_value_name(locale.tr("cli-value-command"))
        .mut_args(|arg| {
            let own = format!("cli-arg-{name}-{}", key(arg.get_id().as_str()));
            let text = if later { String::new() } else { locale.tr(&own) };
            let heading = if arg.is_positional() { &arguments } else { &options };
            quiet(arg).help(text).help_heading(heading.clone())
        })
        .mut_subcommands(|inner| {
            let inner_name = format!("{name}-{}", inner.get_name());
            worded(inner, &inner_name, locale)
        })
}

/// Fluent ids have hyphens where argument ids have underscores.
fn key(id: &str) -> String {
    id.replace('_', "-").to_lowercase()
}

/// Possible values and defaults stand in our own words.
fn quiet(arg: Arg) -> Arg {
    let arg = arg.long_help(None::<&str>);
    if arg.get_action().takes_values() {
        arg.hide_possible_values(true).hide_default_value(true)
    } else {
        arg
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::locale::Lang;

    #[test]
    fn every_command_and_option_has_words_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let mut root = command(&Locale::new(lang));
            root.build();
            root.clone().debug_assert();
            let within = root.get_subcommands().flat_map(Command::get_subcommands);
            for sub in root.get_subcommands().chain(within).chain([&root]) {
                let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
                assert!(
                    !about.is_empty() && !about.contains("cli-"),
                    "{}: {about}",
                    sub.get_name()
                );
                if crate::cli::LATER.contains(&sub.get_name()) {
                    continue;
                }
                for arg in sub.get_arguments() {
                    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                    let name = format!("{} {}", sub.get_name(), arg.get_id());
                    assert!(!help.is_empty() && !help.contains("cli-"), "{name}: {help}");
                }
            }
        }
    }

    #[test]
    fn the_language_is_found_before_anything_is_parsed() {
        let of = |words: &[&str]| {
            language(&words.iter().map(std::ffi::OsString::from).collect::<Vec<_>>())
        };
        assert_eq!(of(&["shouye", "layers"]), Language::Zh);
        assert_eq!(of(&["shouye", "--lang", "en", "--bogus"]), Language::En);
        assert_eq!(of(&["shouye", "layers", "--lang=en"]), Language::En);
        assert_eq!(of(&["shouye", "--lang"]), Language::Zh);
    }
}

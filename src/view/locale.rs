//! Messages put into words: the Fluent files of `assets/locales`, one set per language.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use unic_langid::LanguageIdentifier;

pub use crate::base::Lang;
use crate::base::{Arg, Message, Metres};
use crate::report::Words;

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/locales");

/// Name of a language's folder under `assets/locales`.
fn folder(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}

/// The words of one language.
pub struct Locale {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Locale {
    /// Reads the embedded files of a language. A faulty entry is left out; `tests/locales.rs` finds it.
    pub fn new(lang: Lang) -> Self {
        let id: LanguageIdentifier = folder(lang).parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolation marks would be boxes in a terminal and in a font without them; no language here runs right to left.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(n) => Some(plain_number(n.value)),
            _ => None,
        }));
        if let Some(folder) = FILES.get_dir(folder(lang)) {
            for text in folder.files().filter_map(|file| file.contents_utf8()) {
                let resource = match FluentResource::try_new(text.to_owned()) {
                    Ok(resource) | Err((resource, _)) => resource,
                };
                // A key that stands in two files keeps its first words.
                let _kept = bundle.add_resource(resource);
            }
        }
        Self { lang, bundle }
    }

    /// Which language this is.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether there are words for an id.
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// A message in words; the id itself if it has none.
    pub fn text(&self, message: &Message) -> String {
        let mut args = FluentArgs::with_capacity(message.args.len());
        for (name, value) in &message.args {
            let value = match value {
                Arg::Text(text) => FluentValue::from(text.as_str()),
                Arg::Count(n) => FluentValue::from(*n),
                Arg::Number(x) => FluentValue::from(*x),
                Arg::Message(inner) => FluentValue::from(self.text(inner)),
            };
            args.set(name.as_ref(), value);
        }
        self.format(&message.id, Some(&args))
    }

    /// The words of a message without arguments.
    pub fn tr(&self, id: &str) -> String {
        self.format(id, None)
    }

    fn format(&self, id: &str, args: Option<&FluentArgs<'_>>) -> String {
        let pattern = self.bundle.get_message(id).and_then(|message| message.value());
        let Some(pattern) = pattern else { return id.to_owned() };
        let mut faults = Vec::new();
        self.bundle.format_pattern(pattern, args, &mut faults).into_owned()
    }

    /// A whole number with its thousands separated: `12,345`.
    pub fn count(&self, n: u64) -> String {
        grouped(&n.to_string())
    }

    /// A measured number with as many decimals as it deserves: `1,234.5`, `0.25`.
    pub fn number(&self, x: f64) -> String {
        plain_number(x)
    }

    /// A distance: `850 m` below a kilometre, `2.3 km` below a hundred, `123 km` above.
    ///
    /// ```
    /// use shouye::base::Metres;
    /// use shouye::view::{Lang, Locale};
    /// let zh = Locale::new(Lang::Zh);
    /// assert_eq!(zh.distance(Metres(849.6)), "850 m");
    /// assert_eq!(zh.distance(Metres(2345.0)), "2.3 km");
    /// assert_eq!(zh.distance(Metres(1_234_567.0)), "1,235 km");
    /// ```
    pub fn distance(&self, distance: Metres) -> String {
        let metres = distance.0.max(0.0).round();
        if metres < 1000.0 {
            format!("{metres} m")
        } else if metres < 99_950.0 {
            format!("{:.1} km", metres / 1000.0)
        } else {
            format!("{} km", grouped(&format!("{:.0}", metres / 1000.0)))
        }
    }

    /// A share of 1 in per cent: `37 %`.
    pub fn percent(&self, share: f64) -> String {
        format!("{:.0} %", share * 100.0)
    }
}

impl Words for Locale {
    fn say(&self, message: &Message) -> String {
        self.text(message)
    }

    fn count(&self, n: u64) -> String {
        Self::count(self, n)
    }

    fn distance(&self, distance: Metres) -> String {
        Self::distance(self, distance)
    }

    fn tag(&self) -> &'static str {
        folder(self.lang)
    }
}

/// At most four figures behind the point, fewer for larger numbers, no trailing zeros.
fn plain_number(x: f64) -> String {
    if !x.is_finite() {
        return x.to_string();
    }
    let decimals = match x.abs() {
        a if a >= 1000.0 => 1,
        a if a >= 1.0 => 2,
        _ => 4,
    };
    let text = format!("{x:.decimals$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    grouped(if text == "-0" || text.is_empty() { "0" } else { text })
}

/// Separates the thousands of a decimal number.
fn grouped(digits: &str) -> String {
    let (sign, rest) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits),
    };
    let (whole, fraction) = match rest.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (rest, None),
    };
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let en = Locale::new(Lang::En);
        assert_eq!(en.count(0), "0");
        assert_eq!(en.count(999), "999");
        assert_eq!(en.count(687_544), "687,544");
        assert_eq!(en.number(-1234.56), "-1,234.6");
        assert_eq!(en.number(35.7), "35.7");
        assert_eq!(en.number(-0.000_01), "0");
        assert_eq!(en.number(100.0), "100");
    }

    #[test]
    fn messages_nest_and_missing_ones_show_their_id() {
        let zh = Locale::new(Lang::Zh);
        assert_eq!(zh.tr("kind-shelter"), "应急避难场所");
        assert_eq!(zh.tr("no-such-message"), "no-such-message");
        let inner = Message::new("kind-shelter");
        let outer = Message::new("label-with-unit").with("label", inner).with("unit", 12_345_u32);
        assert_eq!(zh.text(&outer), "应急避难场所（12,345）");
    }

    #[test]
    fn distances_stay_readable() {
        let zh = Locale::new(Lang::Zh);
        assert_eq!(zh.distance(Metres(999.6)), "1.0 km");
        assert_eq!(zh.distance(Metres(99_949.0)), "99.9 km");
        assert_eq!(zh.distance(Metres(99_950.0)), "100 km");
        assert_eq!(zh.percent(0.374), "37 %");
    }
}
